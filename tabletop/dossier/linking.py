"""Which points say the same: in equal words, or because somebody linked them."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from tabletop.dossier.decisions import Decided
from tabletop.dossier.words import number_of

_One: TypeAlias = str | int
"""A point, by its key, or a wording, by its number."""


class Linked(NamedTuple):
    """What differs from the wordings themselves."""

    wordings: dict[int, int]
    """Another number for wordings that go together."""
    alone: dict[str, int]
    """A number of their own for points that were unlinked, or that of what they were linked to afterwards."""


def named_in(decided: Decided) -> set[str]:
    """The points that were linked or unlinked, by their keys."""
    return decided.alone.union(*decided.links)


def linked(decided: Decided, wordings: Mapping[str, int]) -> Linked:
    """Put together what was linked; ``wordings`` has the wording of each point that is there."""
    heaps = _Heaps()
    for point, words in wordings.items():
        heaps.join(point, f"alone {point}" if point in decided.alone else words)
    for one, other in decided.links:
        if one in wordings and other in wordings:
            heaps.join(one, other)
    found = Linked({}, {})
    for heap in heaps.all():
        numbers = [one for one in heap if isinstance(one, int)]
        number = min(numbers, default=-number_of(min(one for one in heap if isinstance(one, str))))
        found.wordings.update({one: number for one in numbers if one != number})
        found.alone.update({one: number for one in heap if one in decided.alone and isinstance(one, str)})
    return found


class _Heaps:
    """Ones that belong together."""

    def __init__(self) -> None:
        self._above: dict[_One, _One] = {}

    def _top(self, one: _One) -> _One:
        self._above.setdefault(one, one)
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: _One, other: _One) -> None:
        self._above[self._top(one)] = self._top(other)

    def all(self) -> list[list[_One]]:
        heaps: dict[_One, list[_One]] = {}
        for one in list(self._above):
            heaps.setdefault(self._top(one), []).append(one)
        return list(heaps.values())
