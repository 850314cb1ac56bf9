"""Whatever somebody typed or wrote, what is shown is visible text that fits its width."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core.text import LONGEST, PAGE_LINES, PAGE_WIDTH, cells, clean, clean_line, cut, pages, wrap

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
nasty = st.text(
    st.sampled_from(
        "ab1 \n\r\t\0\x1b\x7f\x85\x9b\u2028\u2029\u200b\u200d\u200e\u202e\u2066\ud800\ufeff\U000e0041é漢👍\u0301"
        "🏽👩☎1\ufe0f한\u1161"
    ),
    max_size=80,
)
shown = (anything | nasty).map(clean)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(anything | nasty)
def test_cleaning_leaves_visible_text_only(text: str) -> None:
    cleaned = clean(text)
    for character in cleaned:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in BIDI
        assert character not in "\u200e\u200f\u061c\ufeff"
    cleaned.encode("utf-8")


@given(anything | nasty)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(anything | nasty)
def test_a_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


def test_every_line_end_becomes_a_line_feed() -> None:
    assert clean("a\r\nb\rc\u2028d\x85e\tf") == "a\nb\nc\nd\ne f"


def test_an_escape_sequence_loses_its_escape_and_a_joined_emoji_stays() -> None:
    assert clean("\x1b[31mrood\x1b[0m \u202etxet") == "[31mrood[0m txet"
    assert clean("👩\u200d🚒") == "👩\u200d🚒"


def test_a_text_that_is_too_long_is_cut_not_refused() -> None:
    assert len(clean("x" * (LONGEST + 5))) == LONGEST


@given(shown, st.integers(min_value=2, max_value=50))
def test_wrapped_lines_never_exceed_the_width(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(shown, st.integers(min_value=2, max_value=50))
def test_wrapping_loses_no_visible_character(text: str, width: int) -> None:
    assert _visible("".join(wrap(text, width))) == _visible(text)


@given(shown, st.integers(min_value=2, max_value=50), st.integers(min_value=1, max_value=12))
def test_pages_lose_no_visible_character_and_fit(text: str, width: int, height: int) -> None:
    found = pages(text, width, height)
    assert _visible("".join(line for page in found for line in page)) == _visible(text)
    assert all(len(page) <= height and all(cells(line) <= width for line in page) for page in found)


def test_a_page_ends_at_an_empty_line_where_that_costs_little() -> None:
    text = "\n".join(["regel"] * 8) + "\n\n" + "\n".join(["nog een"] * 4)
    first, second = pages(text, PAGE_WIDTH, PAGE_LINES)
    assert first == ("regel",) * 8
    assert second == ("nog een",) * 4


def test_nothing_is_one_empty_page() -> None:
    assert pages("") == ((),)


@given(shown.map(clean_line), st.integers(min_value=0, max_value=40))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    cut_text = cut(text, width)
    assert cells(cut_text) <= width
    assert cut_text == text or width == 0 or cut_text.endswith("…")


def test_wide_characters_take_two_cells_and_combining_ones_none() -> None:
    assert (cells("abc"), cells("漢字"), cells("e\u0301"), cells("één")) == (3, 4, 1, 3)


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "👨\u200d👩\u200d👧", "☎\ufe0f", "1\ufe0f\u20e3"])
def test_an_emoji_takes_two_cells_however_it_is_put_together_and_is_never_cut_in_two(emoji: str) -> None:
    assert cells(emoji) == 2
    assert wrap(emoji * 3, 4) == (emoji * 2, emoji)
    assert cut(emoji * 3, 4) == emoji + "…"
    assert cut(emoji + "ab", 3) == emoji + "…"


def test_a_joiner_that_joins_nothing_goes() -> None:
    assert clean("\u200da\u200d \u200db\u200d\u200d\nc\u200d") == "a b\nc"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Monteurs draaien door, morgen vanaf 06.30 uur.", ("Monteurs draaien door,", "morgen vanaf 06.30 uur.")),
        ("Wij hebben hier nu nog 58 bewoners over.", ("Wij hebben hier nu nog", "58 bewoners over.")),
        ("Herstel duurt dagen. Prognose onzeker.", ("Herstel duurt dagen.", "Prognose onzeker.")),
        ("Dat gaat niet zomaar. Wie helpt?", ("Dat gaat niet zomaar.", "Wie helpt?")),
        ("Er is vannacht heel lichte vorst.", ("Er is vannacht heel", "lichte vorst.")),
        ("Morgen helpt de bank met de was.", ("Morgen helpt de bank", "met de was.")),
        ("Wat zou ik als inwoner informatie", ("Wat zou ik als inwoner", "informatie")),
    ],
)
def test_no_number_loses_its_unit_and_no_short_word_stands_alone(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 27) == lines
    assert pages(text, 27) == (lines,)


def test_a_number_gives_way_where_it_does_not_fit_beside_its_unit() -> None:
    assert wrap("1000000 kilometers", 10) == ("1000000", "kilometers")


def test_cleaning_a_text_does_not_wait_for_pydantic() -> None:
    program = "import sys, tabletop.core.text; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _visible(text: str) -> str:
    return "".join(text.split(" ")).replace("\n", "")
