"""The table of commands keeps its own rules, and the README says what it says."""

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.core import moves
from tabletop.core.exercise import Language
from tabletop.locale import LANGUAGES, words_for
from tabletop.ui.run.commands import COMMANDS, GROUPS, fitting, listed
from tests.builders import CALL_OUT, SMALL, Run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / ".ci" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_has_two_meanings_in_a_run(language: Language) -> None:
    for exercise in (SMALL, CALL_OUT):
        letters = Counter(command.letter(language) for command in fitting(Run(exercise).session))
        assert [letter for letter, times in letters.items() if times > 1] == []


def test_a_letter_is_one_key_that_types_one_character() -> None:
    for command in COMMANDS:
        for letter in (command.nl, command.en):
            assert len(letter) == 1
            assert letter.isascii()
            assert letter.isdigit() or letter.islower()


def test_every_command_has_an_id_of_its_own_and_a_group() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert {command.group for command in COMMANDS} == set(GROUPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_named_and_explained(language: Language) -> None:
    words = words_for(language)
    names = [words.t(command.name) for command in COMMANDS]
    assert all(name.strip() for name in names)
    assert len(set(names)) == len(names)
    for command in COMMANDS:
        said = words.t(command.help)
        assert said.endswith((".", "…")), said
        assert "{" not in said
        assert set(re.findall(r"\{(\w+)\}", words.t(command.name))) <= {"object"}


def test_what_is_said_in_dutch_is_not_english() -> None:
    dutch, english = words_for("nl"), words_for("en")
    for command in COMMANDS:
        assert dutch.t(command.help) != english.t(command.help)


RUNS = {
    "introduction": Run,
    "running": lambda: Run().until_shown("a2"),
    "dilemma": lambda: Run().until_shown("a4"),
    "paused": lambda: Run().until_shown("a1").do(moves.pause),
    "time bought": lambda: Run().until_shown("a1").do(moves.buy_time, 3),
    "due": lambda: Run().until_shown("a1").wait(60),
    "agreement": lambda: Run().until_stop("agreement"),
    "round": lambda: Run().until_stop("round"),
    "debrief": lambda: Run().until_debrief(),
    "real incident": lambda: Run().until_shown("a1").do(moves.pause, "real-incident"),
    "dialling": lambda: Run(CALL_OUT),
    "call-out": lambda: Run(CALL_OUT).do(moves.call, "field-one", "can"),
    "ended": lambda: Run().until_debrief().do(moves.end),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", RUNS)
def test_what_is_listed_can_be_read_in_every_state(state: str, language: Language) -> None:
    run, words = RUNS[state](), words_for(language)
    found = listed(run.session, run.moment, words)
    labels = [command.label(offer, words) for command, offer in found]
    assert all(label.strip() and "{" not in label for label in labels)
    assert len(set(labels)) == len(labels)
    wanted = set() if state == "ended" else {"help", "end", "quit"}
    if state not in ("real incident", "ended"):
        wanted.add("no-play")  # two keys from anywhere
    assert {command.id for command, _ in found} >= wanted


def test_the_readme_has_the_tables_that_the_program_works_with() -> None:
    command = [sys.executable, str(ROOT / ".ci" / "docs.py"), "--check", "tables"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_table_that_somebody_edited_is_noticed(docs: ModuleType) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert docs.with_tables(text) == text
    edited = text.replace(f"`/{COMMANDS[0].nl}`", "`/%`", 1)
    assert edited != text
    assert docs.with_tables(edited) == text


def test_a_readme_without_its_markers_is_a_mistake(docs: ModuleType) -> None:
    with pytest.raises(SystemExit, match=r"README\.md needs once"):
        docs.with_tables("# tabletop\n")


def test_the_keys_of_the_readme_are_keys_of_the_line(docs: ModuleType) -> None:
    from tabletop.ui.desk.screen import DeskScreen
    from tabletop.ui.desk.typing_line import _EMPTY_KEYS, _KEYS

    known = {"enter", "space"} | _KEYS | _EMPTY_KEYS | {binding.key for binding in DeskScreen.BINDINGS}
    spelled = {"/": "slash", "esc": "escape", "↑": "up", "↓": "down", "←": "left", "→": "right"}
    named = {spelled.get(key.lower(), key.lower()) for keys, _ in docs.KEYS for key in keys.split()}
    assert named - known == {"ctrl+q"}  # the app's own


def test_no_picture_fetches_anything_or_shows_this_machine() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
    assert pictures
    for picture in pictures:
        text = picture.read_text(encoding="utf-8")
        assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"'<)]*", text) == []
        assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", text)
        assert "/tmp" not in text
