"""Every key of a TOML file is found on the line where it stands, whatever the author's style."""

import tomllib
from collections.abc import Iterator

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from tabletop.files.library import shipped_folder
from tabletop.files.positions import Positions

STYLES = '''\
# a comment with [brackets] and "quotes"
title = "x"          # 2
a.b = 1
[basis]              # 4
text = """
key = 1
[no]
"" \\""" one more quote""""
other = \'\'\'
[[no]]\'\'\'             # 9
"quoted \\" key".z = 2.5
[[steps]]            # 12
id = 'a1'
to = [ # [
  "x]",
  'y', [1,
  2],
  {a = "}", b.c = 1},
]
[[steps]]            # 20
at = 2015-01-02 03:04:05
[steps.inner]        # 22
empty = {}
[[steps.choices]]
id = 1
[[steps.choices]]
id = 2               # 27
[steps.choices.deep]
x = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a", "b"), 3),
        (("basis",), 4),
        (("basis", "text"), 5),
        (("basis", "other"), 9),
        (("basis", 'quoted " key', "z"), 11),
        (("steps",), 12),
        (("steps", 0), 12),
        (("steps", 0, "id"), 13),
        (("steps", 0, "to", 0), 15),
        (("steps", 0, "to", 1), 16),
        (("steps", 0, "to", 2, 1), 17),
        (("steps", 0, "to", 3, "b", "c"), 18),
        (("steps", 1), 20),
        (("steps", 1, "at"), 21),
        (("steps", 1, "inner", "empty"), 23),
        (("steps", 1, "choices", 1, "id"), 27),
        (("steps", 1, "choices", 1, "deep", "x"), 29),
    ],
)
def test_a_key_stands_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(STYLES)
    assert Positions(STYLES).line(path) == line


def test_what_is_missing_is_on_the_line_of_what_surrounds_it() -> None:
    positions = Positions(STYLES)
    assert positions.line(("steps", 1, "text")) == 20
    assert positions.line(("officials",)) == 1
    assert positions.line(()) == 1


def test_the_shipped_exercises_are_indexed_to_the_last_key() -> None:
    paths = sorted(shipped_folder().glob("*.toml"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert _wrong_lines(text) == []


values = st.recursive(
    st.text(max_size=8) | st.integers(-9, 9) | st.booleans() | st.floats(allow_nan=False, width=16),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), values, max_size=6))
def test_every_key_that_a_writer_can_write_is_found(data: dict[str, object]) -> None:
    text = tomli_w.dumps(data, multiline_strings=True).replace("\r\n", "\n")
    assert _wrong_lines(text) == []


@given(st.text(alphabet='a.=[]{}",#\'\\ \n1"', max_size=60))
def test_what_is_not_toml_ends_quietly(text: str) -> None:
    Positions(text).line(("a", 0, "b"))


def test_depth_and_length_do_not_matter() -> None:
    assert Positions("a = " + "[" * 50_000).line(("a", 0, 0)) == 1
    assert Positions("a = [\n" + "{x = 1},\n" * 5_000 + "]").line(("a", 4_999, "x")) == 5_001


def _wrong_lines(text: str) -> list[tuple[str | int, ...]]:
    """The paths of which the line that was found does not hold the key, or that have no line of their own."""
    positions, lines = Positions(text), text.split("\n")
    wrong = []
    for path in _paths(tomllib.loads(text)):
        found = positions._lines.get(path)
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        plain = key.isascii() and key.replace("_", "").isalnum()
        if found is None or (isinstance(path[-1], str) and plain and key not in lines[found - 1]):
            wrong.append(path)
    return wrong


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*path, key))
