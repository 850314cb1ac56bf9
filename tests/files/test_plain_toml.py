"""The quick way through what our own writer writes: the same tables as the parser makes, or none at all."""

import tracemalloc
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.files.blocks import MARK
from tabletop.files.log.writing import block_of
from tabletop.files.plain_toml import table_of
from tests.files.logs import KINDS, fact, facts


def parsed(text: str) -> Any:
    try:
        return tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):
        return None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_event_goes_the_quick_way(kind: type) -> None:
    text = block_of(fact(kind), 1).removeprefix(MARK).decode()
    assert table_of(text) == parsed(text)


@given(facts())
@settings(max_examples=120, deadline=None)
def test_whatever_is_in_an_event_is_read_as_the_parser_reads_it(event: Any) -> None:
    text = block_of(event, 1).removeprefix(MARK).decode()
    assert table_of(text) == parsed(text)


@given(facts(), st.integers(0, 2000), st.text(max_size=2), st.integers(0, 3))
@settings(max_examples=250, deadline=None)
def test_text_that_was_changed_anywhere_is_read_the_same_way_or_not_at_all(
    event: Any, place: int, put: str, cut: int
) -> None:
    text = block_of(event, 1).removeprefix(MARK).decode()
    place %= len(text)
    changed = text[:place] + put + text[place + cut :]
    found = table_of(changed)
    if found is not None:
        assert found == parsed(changed)


VALUES = (
    "1", "0", "01", "-1", "+1", "1_000", "0x1f", "1.5", "1.", ".5", "1e3", "-0.5", "inf", "nan", "true", "TRUE", "null",
    '"a"', "'a'", '"""a"""', '"\\u0041"', '"\\ud800"', '"\\/"', '"\\b"', '"a\\tb"', '"a\tb"', '"\\u007f"', '"\x7f"',
    '""', "[]", "[ ]", "[1]", "[1, 2]", '["a"]', '["a", 1]', '["a",]', "[[1]]", "{}", "{a = 1}",
    "2026-11-23T14:00:00.000+01:00",
    "2026-11-23T14:00:00.000Z", "2026-02-30T14:00:00.000+01:00", "2026-11-23T24:00:00.000+01:00",
    "2026-11-23T14:60:00.000+01:00", "2026-11-23T14:00:60.000+01:00", "2026-11-23T14:00:00.000+24:00",
    "2026-11-23T14:00:00.000+12:75",
    "2026-11-23 14:00:00.000+01:00", "2026-11-23", "14:00:00", "9" * 30, "1" + "0" * 15, "1 # one", "1 ", " 1", "",
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("line", ["key = {}\n", "key = {}", "key={}\n", "key = {}\r\n", "é = {}\n", "a.b = {}\n",
                                  "key = {}\nkey = 1\n", "key = {}\nother = 1\n"])  # fmt: skip
def test_any_value_is_read_the_same_way_or_not_at_all(value: str, line: str) -> None:
    text = line.format(value)
    found = table_of(text)
    if found is not None:
        assert found == parsed(text)
        assert list(map(type, found.values())) == list(map(type, parsed(text).values()))


def test_an_empty_text_is_read_and_a_key_that_comes_twice_is_not() -> None:
    assert table_of('text = ""\nn = 0\n') == {"text": "", "n": 0}
    assert table_of('text = ""\ntext = ""\n') is None
    assert table_of("") == {}


@pytest.mark.parametrize("before", ["", "n = 1\n", 'text = "'])
def test_what_is_no_line_is_not_kept_sign_by_sign(before: str) -> None:
    """A file that is no log may be large, and a thing for each of its signs would fill the memory."""
    text = before + "\x00" * 300_000
    tracemalloc.start()
    try:
        assert table_of(text) is None
        assert tracemalloc.get_traced_memory()[1] < 2 * len(text)
    finally:
        tracemalloc.stop()
