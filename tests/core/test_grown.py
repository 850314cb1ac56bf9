"""A sequence that grows in constant time while every prefix of it stays what it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core.grown import Grown


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9), st.booleans()), max_size=40))
def test_every_sequence_made_along_the_way_stays_what_it_was(steps: list[tuple[int, int, bool]]) -> None:
    made: list[tuple[Grown[int], tuple[int, ...]]] = [(Grown(), ())]
    for which, item, replaces in steps:
        grown, plain = made[which % len(made)]
        if replaces and plain:
            place = item % len(plain)
            made.append((grown.replaced(place, -item), (*plain[:place], -item, *plain[place + 1 :])))
        else:
            made.append((grown.plus(item), (*plain, item)))
    for grown, plain in made:
        assert tuple(grown) == plain
        assert grown == plain
        assert len(grown) == len(plain)
        assert hash(grown) == hash(Grown(plain))
        assert grown[1:] == plain[1:]
        assert [grown[-place] for place in range(1, len(plain) + 1)] == list(reversed(plain))


def test_what_is_not_there_is_not_found_although_a_longer_one_has_it() -> None:
    short: Grown[int] = Grown((1,))
    short.plus(2)
    with pytest.raises(IndexError):
        short[1]
    assert 2 not in short


def test_growing_copies_nothing() -> None:
    grown: Grown[int] = Grown()
    for item in range(1000):
        grown = grown.plus(item)
    assert grown.plus(1)._items is grown._items
