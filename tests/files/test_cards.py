"""Role cards and words on disk: what ships is whole in both languages, and one's own go over it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.core.exercise import POOLS, Language
from tabletop.files import cards, library
from tabletop.files.mistakes import Broken
from tabletop.files.trouble import Trouble

LANGUAGES: tuple[Language, ...] = ("nl", "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(library.ENVIRONMENT, str(tmp_path))
    (tmp_path / cards.FOLDER).mkdir()
    return tmp_path / cards.FOLDER


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_has_a_card_for_every_function_and_words_for_every_pool(language: Language) -> None:
    shipped = cards.shipped(language)
    assert shipped.language == language
    known = {card.id for card in shipped.cards}
    for path in library.shipped_folder().glob("*.toml"):
        wanted = {official.id for official in library.load(path).officials} - {"andere-functie"}
        assert wanted <= known, path.name
    assert all(shipped.competences(pool) for pool in POOLS)
    assert len(shipped.teams) == 3
    assert shipped.note


def test_both_languages_have_the_same_cards_and_as_many_words() -> None:
    dutch, english = (cards.shipped(language) for language in LANGUAGES)
    assert [card.id for card in dutch.cards] == [card.id for card in english.cards]
    assert [len(card.may_decide) for card in dutch.cards] == [len(card.may_decide) for card in english.cards]
    assert {term.other or term.term for term in dutch.terms} == {term.term for term in english.terms}


def test_own_cards_go_over_those_that_ship(folder: Path) -> None:
    (folder / "nl.toml").write_text(
        '[[cards]]\nid = "ovd-bz"\nname = "OvD bij ons"\nwhat = "Anders."\n'
        '[[cards]]\nid = "dorpsteam"\nname = "Dorpsteam"\nwhat = "Nieuw."\n'
        '[[terms]]\nterm = "INJECT"\nmeaning = "Bij ons heet het zo."\n',
        encoding="utf-8",
    )
    found = cards.load("nl")
    shipped = cards.shipped("nl")
    assert {card.id for card in found.cards} == {card.id for card in shipped.cards} | {"dorpsteam"}
    own = found.card("ovd-bz")
    assert own is not None
    assert (own.name, own.may_decide) == ("OvD bij ons", ())
    assert [term.meaning for term in found.terms if term.term.casefold() == "inject"] == ["Bij ons heet het zo."]
    assert found.note == shipped.note
    assert [term.term.casefold() for term in found.terms] == sorted(term.term.casefold() for term in found.terms)
    assert cards.load("en") == cards.shipped("en")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('[[cards]]\nid = "x"\nname = "X"\n', 1, "missing"),
        ('note = "x"\n[[terms]]\nterm = "a"\nmeaning = 3\n', 4, "not-text"),
        ('[[cards]]\nid = "x"\nname = "X"\nwhat = "x"\nwhatever = 1\n', 5, "unknown-key"),
        ("note = \n", 1, "toml-value"),
    ],
)
def test_a_mistake_in_own_cards_has_its_line(folder: Path, text: str, line: int, code: str) -> None:
    (folder / "nl.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Broken) as caught:
        cards.load("nl")
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.line, mistake.code) == ("nl.toml", line, code)


def test_own_cards_that_cannot_be_read_are_said(folder: Path) -> None:
    (folder / "nl.toml").mkdir()
    with pytest.raises(Trouble):
        cards.load("nl")


def test_the_command_writes_them_where_they_count_and_over_nothing(folder: Path) -> None:
    def write() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tabletop", "cards", "--lang", "en"], capture_output=True, text=True, check=False
        )

    first = write()
    assert first.returncode == 0, first.stderr
    assert (folder / "en.toml").read_text(encoding="utf-8") == cards.shipped_text("en")
    assert cards.load("en") == cards.shipped("en").joined(cards.shipped("en"))
    assert write().returncode == 2
