"""What goes out comes back the same: every shipped exercise and any other, as a workbook, as CSV and as a file."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from tabletop.core.exercise import Exercise
from tabletop.files.library import load, shipped_folder
from tabletop.files.mistakes import exercise_of
from tabletop.interchange import records
from tabletop.interchange.exercise_file import exercise_text
from tabletop.interchange.exporting import script_bytes
from tabletop.interchange.importing import Asked, Imported, import_script
from tabletop.interchange.tables import HEADINGS, KINDS, lines
from tabletop.locale import Words, words_for
from tests.interchange.exercises import exercises

FILES = sorted(shipped_folder().glob("*.toml"))
WORDS = [words_for("nl"), words_for("en")]
ENDINGS = (".xlsx", ".csv", ".tsv")


def there_and_back(exercise: Exercise, folder: Path, ending: str, words: Words, reader: Words) -> Imported:
    path = folder / f"script{ending}"
    path.write_bytes(script_bytes(list(lines(exercise, words)), path, words))
    return import_script(path, Asked(), reader, folder)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("words", WORDS, ids=["nl", "en"])
@pytest.mark.parametrize("file", FILES, ids=[path.stem for path in FILES])
def test_a_shipped_exercise_comes_back_the_same(file: Path, words: Words, ending: str, tmp_path: Path) -> None:
    exercise = load(file)
    made = there_and_back(exercise, tmp_path, ending, words, WORDS[0])
    assert made.exercise == exercise
    assert made.is_ours
    assert {verdict.how for verdict in made.verdicts} == {"taken"}
    assert made.general == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(exercise=exercises(), ending=st.sampled_from(ENDINGS), words=st.sampled_from(WORDS))
def test_any_exercise_comes_back_the_same(
    exercise: Exercise, ending: str, words: Words, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    made = there_and_back(exercise, folder, ending, words, words)
    assert made.exercise == exercise
    assert {verdict.how for verdict in made.verdicts} == {"taken"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(exercises())
def test_the_file_of_any_exercise_reads_as_that_exercise(exercise: Exercise) -> None:
    text = exercise_text(exercise)
    assert exercise_of("any.toml", tomllib.loads(text), text) == exercise


@pytest.mark.parametrize("file", FILES, ids=[path.stem for path in FILES])
def test_the_file_of_a_shipped_exercise_reads_as_that_exercise_and_has_its_comments(file: Path) -> None:
    exercise = load(file)
    text = exercise_text(exercise)
    assert exercise_of(file.name, tomllib.loads(text), text) == exercise
    assert max(len(line) for line in text.split("\n") if line.startswith("#")) <= 120
    heading = "Draaiboek" if exercise.language == "nl" else "Storyline"
    assert any(line.startswith("# ---") and line.endswith(heading) for line in text.split("\n"))
    assert 'channel = "phone"' not in text, "a key at its default"
    assert (
        text.index("[[objectives]]") < text.index("[[officials]]") < text.index("[[steps]]") < text.index("[debrief]")
    )


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    return {model}.union(*(_models(child.model) for child in records.children(model).values()))


def test_every_field_of_an_exercise_can_be_written_in_a_cell() -> None:
    for model in _models(Exercise):
        for field in records.own_fields(model).values():
            records.shape(field)


@pytest.mark.parametrize("names", [HEADINGS, KINDS], ids=["headings", "kinds"])
def test_no_two_headings_are_the_same_in_either_language(names: dict[str, str]) -> None:
    known: dict[str, str] = {}
    for key, name in names.items():
        for said in {key, *(words.t(name).casefold() for words in WORDS)}:
            assert known.setdefault(said, key) == key, said
