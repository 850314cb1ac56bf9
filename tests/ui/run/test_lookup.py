"""Role cards and words, one key away: found by letters, read with arrows, and gone without a trace."""

from pathlib import Path

import pytest

from tabletop.core.exercise import Language
from tabletop.files import cards, library
from tabletop.locale import words_for
from tabletop.ui.rows import plain, width_of
from tabletop.ui.run.lookup import LookUp
from tests.builders import small_exercise
from tests.ui.run.leading import leading


def looking(language: Language, name: str) -> LookUp:
    exercise = library.load(library.shipped_folder() / f"{name}.toml")
    return LookUp(exercise, cards.shipped(language), words_for(language))


def page(found: LookUp, width: int = 80, height: int = 20) -> str:
    return "\n".join(plain(line) for line in found.rows(width, height))


async def test_one_key_opens_it_letters_search_and_the_line_stays(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        before = lead.session.n
        await lead.type("half a note")
        await lead.press("f3")
        assert "ROLES AND WORDS" in lead.page
        await lead.press("r", "o", "t")
        assert "regional operational team" in lead.page.lower()
        await lead.press("escape")
        assert "ROLES AND WORDS" in lead.page
        await lead.press("escape")
        assert "ROLES AND WORDS" not in lead.page
        assert lead.text == "half a note"
        assert lead.session.n == before


async def test_it_opens_over_a_question_that_is_still_there_afterwards(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("1")
        asked = lead.scene.prompt
        await lead.press("f3")
        assert lead.scene.prompt is not asked
        await lead.press("enter")
        assert lead.scene.prompt is asked


async def test_own_cards_that_are_wrong_are_said_and_those_that_ship_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(library.ENVIRONMENT, str(tmp_path))
    own = cards.own_path("en")
    own.parent.mkdir()
    own.write_text('[[cards]]\nid = "x"\n', encoding="utf-8")
    async with leading(tmp_path) as lead:
        await lead.press("space", "f3")
        assert "en.toml:1" in lead.page
        assert "TEAMS" in lead.page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", [(80, 16), (81, 30), (120, 28), (200, 50)])
def test_every_card_fits_every_size(language: Language, size: tuple[int, int]) -> None:
    found = looking(language, "zonder-gas")
    for place in range(len(found._entries)):
        found.at = place
        rows = found.rows(*size)
        assert len(rows) == size[1]
        assert all(width_of(line) <= size[0] for line in rows)
        assert any("►" in plain(line) for line in rows), place


def test_what_begins_so_is_found_before_what_only_has_it_somewhere() -> None:
    found = looking("nl", "zonder-gas")
    for key in "leer":
        found.take(key)
    assert found._entries[0].name == "leerpunt"
    found.take("backspace")
    assert found.sought == "lee"
    for key in "xyz":
        found.take(key)
    assert "Niets heet hier zo." in page(found)
    found.take("down")
    assert not found.take("escape")
    assert found.take("escape")


def test_a_function_without_a_card_still_says_its_pool() -> None:
    found = LookUp(small_exercise(), cards.shipped("en"), words_for("en"))
    found.at = [entry.name for entry in found._entries].index("Field One")
    assert "pool: field" in page(found)
    assert "no card for this function yet" in page(found, height=30)
    assert cards.shipped("en").competences("field")[0] in page(found, width=120, height=40)
