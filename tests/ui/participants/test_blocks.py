"""Block letters."""

import pytest

from tabletop.ui.blocks import draw, width_of


def test_a_word_is_three_rows_of_half_cells() -> None:
    assert draw("Lo!") == ("█    ▄▀▀▄ █", "█    █  █ ▀", "▀▀▀▀  ▀▀  ▀")


def test_a_clock_can_be_large() -> None:
    assert len(draw("1:24", 3, 2)) == 5
    assert width_of(draw("1:24", 3, 2)) == 39


def test_accents_are_drawn_above_the_letters() -> None:
    assert len(draw("één")) == 4
    assert draw("één")[1:] == draw("een")
    assert draw("ÉÉN LIJST")[1:] == draw("EEN LIJST")
    assert draw("façade") == draw("facade")


@pytest.mark.parametrize("text", ["", " ", "日本", "A\u2603"])
def test_what_has_no_glyph_is_not_drawn(text: str) -> None:
    assert draw(text) == ()


def test_every_capital_and_digit_has_a_glyph() -> None:
    for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789?!.,:;-–'’“”()/&%+€°":
        assert draw(character), character
