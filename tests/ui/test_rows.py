"""Rows as values: what is laid over them, broken, and marked keeps every cell where it belongs."""

from hypothesis import given
from hypothesis import strategies as st

from tabletop.core.text import clean_line
from tabletop.ui.rows import broken, laid, ledged, lit, on, plain, row, width_of

TEXTS = st.text(max_size=30).map(clean_line)


def test_what_is_laid_over_a_row_leaves_what_stands_beside_it() -> None:
    under = row(("storyline ", "quiet"), ("middle ", "text"), ("tally", "accent"))
    assert laid(under, row("=====", ("=", "quiet")), 10) == (
        ("storyline ", "quiet"), ("=====", "text"), ("=", "quiet"), (" ", "text"), ("tally", "accent"),
    )  # fmt: skip


@given(TEXTS, TEXTS, st.integers(min_value=0, max_value=40))
def test_a_row_keeps_its_width_under_what_is_laid_over_it(under: str, patch: str, at: int) -> None:
    line = laid(row(under), row(patch), at)
    assert width_of(line) == max(width_of(row(under)), at + width_of(row(patch)))


def test_a_wide_character_that_is_cut_through_becomes_a_space() -> None:
    assert plain(laid(row("漢字"), row("x"), 1)) == " x字"


def test_what_is_selected_has_a_cell_of_its_ground_on_either_side() -> None:
    line = ledged(row("  ", on("now", row("chosen")), "    beside"))
    assert [ink for text, ink in line if text == " "] == ["text", "now.text", "now.text"]
    assert plain(line) == "  chosen    beside"
    assert plain(ledged(row("  ", on("now", row("chosen"))))) == "  chosen "
    assert ledged(row("nothing chosen")) == row("nothing chosen")


def test_a_row_in_several_inks_breaks_at_spaces_and_keeps_them() -> None:
    line = row(("Field One ", "text"), ("coffee first, then run", "plain"))
    assert broken(line, 16, 2) == [
        (("Field One ", "text"), ("coffee", "plain")),
        (("first, then run", "plain"), (" ", "text")),
    ]
    assert [plain(part) for part in broken(line, 16, 1)] == ["Field One coffe…"]


def test_keys_in_a_sentence_stand_out() -> None:
    assert lit(row(("/a shows, /a hides", "quiet")), "/a") == (
        ("/a", "accentstrong"), (" shows, ", "quiet"), ("/a", "accentstrong"), (" hides", "quiet"),
    )  # fmt: skip
