"""The schema says of the form of a file what our own check says; asked of jsonschema, and of the real taplo."""

import copy
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from tabletop.core.exercise import Exercise
from tabletop.files import authoring, library, schema
from tabletop.files.mistakes import Broken
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for

FOLDER = library.shipped_folder()
SHIPPED = sorted(FOLDER.glob("*.toml"))
MADE = schema.exercise_schema(words_for("en"))
VALIDATOR = Draft7Validator(MADE)
TAPLO_PACKAGE = "@taplo/cli@0.7.0"

SOUND = """
title = "X"
[[officials]]
id = "ovd-bz"
name = "Officier"
[[steps]]
text = "Een inject"
[[steps]]
questions = [{ text = "En?" }]
"""
# What is wrong in its form: a part of the sound file, and what stands there instead.
BROKEN = {
    "no title": ('title = "X"', ""),
    "an empty title": ('title = "X"', 'title = "  "'),
    "an unknown key": ('title = "X"', 'title = "X"\nduur = 5'),
    "a key with a letter too few": ("text = ", "txt = "),
    "a number as a text": ('title = "X"', 'title = "X"\nminutes = "75"'),
    "a number that is too high": ('title = "X"', 'title = "X"\nminutes = 1441'),
    "no minutes at all": ('title = "X"', 'title = "X"\nminutes = 0'),
    "another language": ('title = "X"', 'title = "X"\nlanguage = "de"'),
    "another version": ('title = "X"', 'title = "X"\nformat = "tabletop-exercise/2"'),
    "an id with capitals": ('id = "ovd-bz"', 'id = "OvD-BZ"'),
    "an official without a name": ('name = "Officier"', ""),
    "no officials": ('[[officials]]\nid = "ovd-bz"\nname = "Officier"', ""),
    "officials as one table": ("[[officials]]", "[officials]"),
    "a flag in words": ('name = "Officier"', 'name = "Officier"\nkey = "nee"'),
    "a flag as a number": ('name = "Officier"', 'name = "Officier"\nkey = 1'),
    "half a rank": ('name = "Officier"', 'name = "Officier"\nrank = 1.5'),
    "an unknown pool": ('name = "Officier"', 'name = "Officier"\npool = "veld"'),
    "nothing to show": ('text = "Een inject"', 'title = "Geen tekst"'),
    "only a reserve": ('text = "Een inject"', 'text = "Een inject"\nreserve = true'),
    "an inject with a key of a feedback point": ('text = "Een inject"', 'text = "Een inject"\nround = 1'),
    "a feedback point with a key of an inject": ("questions = [", 'headline = "X"\nquestions = ['),
    "a type that there is not": ('text = "Een inject"', 'type = "bericht"\ntext = "Een inject"'),
    "a type that the keys belie": ('text = "Een inject"', 'type = "feedback"\ntext = "Een inject"'),
    "a receiver that is not in a list": ('text = "Een inject"', 'text = "Een inject"\nto = "ovd-bz"'),
    "a choice without a text": ('text = "Een inject"', 'text = "Een inject"\nchoices = [{ id = "a" }, { id = "b" }]'),
    "a question that is a text": ('[{ text = "En?" }]', '["En?"]'),
    "a question about something else": ('{ text = "En?" }', '{ text = "En?", about = "weer" }'),
    "round zero": ("questions = [", "round = 0\nquestions = ["),
    "a basis that is a text": ('title = "X"', 'title = "X"\nbasis = "echt"'),
}
# What only shows when the parts are laid side by side: the schema cannot know, our own check does.
SIDE_BY_SIDE = {
    "a receiver who is not there": ('text = "Een inject"', 'text = "Een inject"\nto = ["hpz"]'),
    "one id twice": ("[[steps]]", '[[officials]]\nid = "ovd-bz"\nname = "Y"\n[[steps]]'),
    "a round about nothing": ("questions = [", "round = 2\nquestions = ["),
    "a wide headline": ('text = "Een inject"', 'text = "Een inject"\nheadline = "VIJFTIEN TEKENS"'),
}


def changed(change: tuple[str, str]) -> str:
    old, new = change
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def accepts(text: str, folder: Path) -> bool:
    """Whether our own check finds no mistake in a file."""
    path = folder / "proef.toml"
    path.write_text(text, encoding="utf-8")
    try:
        library.load(path)
    except Broken:
        return False
    return True


broken = pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)


# --- the schema itself


def test_it_is_a_schema_of_draft_7_in_which_everything_is_described_in_both_languages() -> None:
    for language in ("nl", "en"):
        made = schema.exercise_schema(words_for(language))
        Draft7Validator.check_schema(made)
        keys = dict(_keys(made))
        assert len(keys) > 70
        assert [key for key, part in keys.items() if not part.get("description", "").endswith((".", "…"))] == []
    assert "$ref" not in schema.schema_text(words_for("en")), "a reference hides the description beside it"


def _keys(part: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in part.get("properties", {}).items():
        yield f"{place}.{key}", value
        yield from _keys(value, f"{place}.{key}")
    for number, kind in enumerate([part["items"], *part["items"].get("oneOf", [])] if "items" in part else []):
        yield from _keys(kind, f"{place}[{number}]")


def test_a_key_is_called_as_the_file_calls_it() -> None:
    inject, feedback = MADE["properties"]["steps"]["items"]["oneOf"]
    assert "from" in inject["properties"]
    assert "sender" not in inject["properties"]
    assert "type" not in inject.get("required", []) + feedback.get("required", [])


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_each_shipped_exercise_names_the_schema_and_is_as_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == schema.directive()
    assert [error.message for error in VALIDATOR.iter_errors(tomllib.loads(text))] == []


def test_the_schema_beside_the_shipped_exercises_is_the_one_that_the_models_make() -> None:
    there = (FOLDER / schema.NAME).read_text(encoding="utf-8")
    assert there == schema.schema_text(words_for("en")), "python .ci/docs.py format"
    assert schema.NAME not in {listing.path.name for listing in library.list_exercises()}


# --- what it says, and what our own check says


def test_both_accept_what_is_sound(tmp_path: Path) -> None:
    assert accepts(SOUND, tmp_path)
    assert VALIDATOR.is_valid(tomllib.loads(SOUND))


@broken
def test_both_refuse_what_is_wrong_in_its_form(change: tuple[str, str], tmp_path: Path) -> None:
    text = changed(change)
    assert not accepts(text, tmp_path)
    assert not VALIDATOR.is_valid(tomllib.loads(text))


@pytest.mark.parametrize("change", SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE)
def test_only_our_own_check_lays_the_parts_side_by_side(change: tuple[str, str], tmp_path: Path) -> None:
    text = changed(change)
    assert not accepts(text, tmp_path)
    assert VALIDATOR.is_valid(tomllib.loads(text))


VALUES = st.sampled_from(
    ["", " ", "x", "Ja?", "phone", "feedback", "inject", "nl", 0, 1, -1, 1.5, 14, 99_999, True, False, [], ["x"], {}]
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "set", "rename", "empty"]), st.integers(0, 2**31), VALUES), max_size=4
)


@settings(max_examples=500, deadline=None)
@given(path=st.sampled_from(SHIPPED), changes=CHANGES)
def test_they_agree_on_any_change_to_a_shipped_exercise(path: Path, changes: list[tuple[str, int, Any]]) -> None:
    data = copy.deepcopy(tomllib.loads(path.read_text(encoding="utf-8")))
    for how, chance, value in changes:
        _change(data, how, chance, value)
    try:
        Exercise.model_validate(data)
    except ValidationError:
        accepted = False
    else:
        accepted = True
    assert VALIDATOR.is_valid(data) == accepted


def _change(data: dict[str, Any], how: str, chance: int, value: Any) -> None:
    """Change one of the tables, whichever chance takes."""
    tables = [*_tables(data)]
    table = tables[chance % len(tables)]
    if not table:
        return
    key = [*table][chance % len(table)]
    match how:
        case "drop":
            del table[key]
        case "set":
            table[key] = value
        case "rename":
            table[f"{key}x"] = table.pop(key)
        case "empty":
            table[key] = type(table[key])()


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _tables(part)


# --- the real taplo


def _from_pypi(_: Path) -> Path:
    found = shutil.which("taplo", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("PyPI has no taplo for this machine; npm's is asked too")
    return Path(found)


def _from_npm(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    done = subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), TAPLO_PACKAGE],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"npm cannot install {TAPLO_PACKAGE} here: {done.stderr.strip()[:200]}")
    return folder / "node_modules" / ".bin" / ("taplo.cmd" if sys.platform == "win32" else "taplo")


Taplo = Callable[[Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module", params=[_from_pypi, _from_npm], ids=["pypi", "npm"])
def taplo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Taplo:
    """The real one, as a program that is asked about files in a folder."""
    program = request.param(tmp_path_factory.mktemp("taplo"))

    def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
        files = sorted(path.name for path in folder.glob("*.toml"))
        return subprocess.run([str(program), "lint", "--colors", "never", *files], cwd=folder, capture_output=True,
                              text=True, encoding="utf-8", check=False, timeout=120)  # fmt: skip

    return lint


def test_taplo_finds_the_schema_of_what_ships_and_nothing_wrong(taplo: Taplo, tmp_path: Path) -> None:
    done = taplo(FOLDER)
    assert done.returncode == 0, done.stderr
    assert f"total={len(SHIPPED)}" in done.stderr
    for path in (*SHIPPED, FOLDER / schema.NAME):
        shutil.copy(path, tmp_path)
    spoilt = tmp_path / SHIPPED[0].name
    spoilt.write_text(spoilt.read_text("utf-8").replace("\nminutes = ", "\nminuten = ", 1), encoding="utf-8")
    assert taplo(tmp_path).returncode != 0, "it did look"


def test_taplo_refuses_every_broken_file_and_accepts_every_sound_one(taplo: Taplo, tmp_path: Path) -> None:
    authoring.put_schema(tmp_path / schema.NAME, words_for("nl"))
    for number, change in enumerate(BROKEN.values()):
        (tmp_path / f"broken-{number}.toml").write_text(f"{schema.directive()}\n{changed(change)}", encoding="utf-8")
    for number, text in enumerate([SOUND, *map(changed, SIDE_BY_SIDE.values())]):
        (tmp_path / f"sound-{number}.toml").write_text(f"{schema.directive()}\n{text}", encoding="utf-8")
    done = taplo(tmp_path)
    assert done.returncode != 0
    refused = {path.name for path in tmp_path.glob("*.toml") if f'{path.name}"' in done.stderr}
    assert refused == {path.name for path in tmp_path.glob("broken-*.toml")}


# --- where it is put


def test_a_schema_goes_over_an_older_one_and_over_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / schema.NAME
    authoring.put_schema(path, words_for("en"))
    assert json.loads(path.read_text("utf-8")) == MADE
    path.write_text(path.read_text("utf-8").replace("What the exercise is called.", "Older."), encoding="utf-8")
    authoring.put_schema(path, words_for("en"))
    assert json.loads(path.read_text("utf-8")) == MADE
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Trouble) as found:
        authoring.put_schema(path, words_for("en"))
    assert found.value.code == "file-exists"
    assert path.read_text("utf-8") == "mine"
    assert [one.name for one in path.parent.iterdir()] == [schema.NAME]
