"""The exercises that ship are sound, fit their time and their screens, and break only into sentences."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core.exercise import Exercise, Inject
from tabletop.core.text import PAGE_LINES, PAGE_WIDTH, cells, pages
from tabletop.files.library import find, load, shipped_folder
from tabletop.files.mistakes import Broken
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, words_for
from tabletop.locale.sentences import pointed, say

FILES = sorted(shipped_folder().glob("*.toml"))
DUTCH, ENGLISH = load(find("zonder-gas")), load(find("without-gas"))
OBJECTIVES = {
    "a1": ("o1", "o5"),
    "a2": ("o1", "o3", "o4"),
    "a3": ("o1", "o5"),
    "a4": ("o2", "o3"),
    "a5": ("o2",),
    "a6": ("o2", "o5"),
    "a7": ("o3", "o4"),
    "a8": ("o2", "o4"),
    "a9": ("o5",),
}
FACTS = {
    "zonder-gas": ("GRIP 3", "minist", "Inspect", "48", "250", "2020"),
    "kraan-op-de-kade": ("2015", "GRIP 3", "USAR", "Hooftstraat", "58", "16"),
    "honderdvijftig-mensen": ("2015", "162", "141", "24", "Heerenveen", "200", "IJsselstein"),
}
WORDED = frozenset(
    (
        *("title", "summary", "situation", "purpose", "introduction", "content_note", "codeword", "themes"),
        *("name", "label", "column", "short", "practises", "source", "lines", "hint", "argument"),
        *("time", "jump", "sender", "headline", "expect", "ask", "condition"),
        *("sources", "not_known", "reveal", "question"),
        *("rules", "note", "script"),
    )
)
"""The fields of an exercise that a translation has words of its own for; ``text`` is another."""
every_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
both = pytest.mark.parametrize("exercise", [DUTCH, ENGLISH], ids=["nl", "en"])


@every_file
def test_a_shipped_exercise_has_no_mistake_and_goes_by_its_file(path: Path) -> None:
    assert load(path).id == path.stem


@every_file
def test_every_text_fits_the_shared_screen(path: Path) -> None:
    exercise = load(path)
    injects = (*exercise.injects, *exercise.reserves)
    for text in (exercise.situation, exercise.purpose, *(inject.text for inject in injects)):
        assert len(pages(text)) == 1, text
    for step in exercise.steps:
        if isinstance(step, Inject):
            assert 0 < cells(step.headline) <= 14
            assert cells(step.title) <= 20
            assert cells(step.sender) <= 30
        else:
            assert all(len(pages(question.text)[0]) <= 2 for question in step.questions)
    for page in pages(exercise.basis.reveal):
        assert len(page) <= PAGE_LINES
        assert all(cells(line) <= PAGE_WIDTH for line in page)


@every_file
def test_fiction_is_called_fiction_and_facts_have_their_sources(path: Path) -> None:
    exercise = load(path)
    marks = ("fictief", "verzonnen") if exercise.language == "nl" else ("fictional", "fiction")
    assert marks[0] in exercise.situation
    assert marks[1] in exercise.summary
    assert exercise.basis.text
    assert exercise.basis.sources
    assert exercise.basis.not_known
    assert exercise.basis.reveal
    assert exercise.basis.question


@every_file
def test_the_basis_says_what_is_known_of_the_real_events(path: Path) -> None:
    exercise = load(path)
    facts = FACTS.get(exercise.translation_of or exercise.id, ())
    assert [fact for fact in facts if fact not in exercise.basis.text] == []
    assert len(set(exercise.basis.sources)) == len(exercise.basis.sources) >= 2


@every_file
def test_the_leader_has_words_for_the_beginning_and_a_question_at_each_inject(path: Path) -> None:
    exercise = load(path)
    spoken = exercise.call_out.script if exercise.call_out is not None else exercise.introduction
    assert all((spoken, exercise.purpose, exercise.summary, exercise.content_note, exercise.codeword))
    for inject in (*exercise.injects, *exercise.reserves):
        assert all((inject.expect, inject.ask, inject.time, inject.sender, inject.objectives, inject.budget)), inject.id


def test_every_exercise_is_there_in_both_languages() -> None:
    exercises = [load(path) for path in FILES]
    dutch = [one.id for one in exercises if one.language == "nl"]
    assert dutch
    assert sorted(one.translation_of for one in exercises if one.language == "en") == dutch


@pytest.mark.parametrize("path", [path for path in FILES if load(path).translation_of], ids=lambda path: path.stem)
def test_the_twins_differ_in_words_only(path: Path) -> None:
    twin = load(path)
    original = load(find(twin.translation_of))
    assert _shape(_fields(twin)) == _shape(_fields(original))
    assert twin.id != original.id
    assert twin.title != original.title


def _fields(exercise: Exercise) -> dict[str, object]:
    return exercise.model_dump(exclude={"id", "language", "translation_of"})


def _shape(value: object, key: str = "") -> object:
    """All of an exercise but its words: of those, how many paragraphs of a text there are, and that there are any."""
    if isinstance(value, dict):
        return {name: _shape(one, name) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return len(value) if key in WORDED else [_shape(one, key) for one in value]
    if key == "text" and isinstance(value, str):
        return bool(value), value.strip().count("\n\n")
    return bool(value) if key in WORDED else value


@both
def test_the_storyline_is_the_one_that_was_planned(exercise: Exercise) -> None:
    assert {inject.id: inject.objectives for inject in exercise.injects} == OBJECTIVES
    assert [inject.id for inject in exercise.injects if inject.optional] == ["a6", "a7"]
    assert [inject.id for inject in exercise.injects if inject.reopens_first_question] == ["a2", "a9"]
    assert [inject.id for inject in exercise.injects if inject.scale_up] == ["a3"]
    assert [inject.id for inject in exercise.injects if inject.jump] == ["a8", "a9"]
    assert [inject.id for inject in exercise.injects if inject.choices] == ["a4"]
    assert [step.minute for step in exercise.storyline] == [5, 9, 11, 16, 20, 25, 33, 38, 43, 47, 55, 58]
    assert (exercise.minutes, exercise.debrief.minutes) == (75, 14)


@both
def test_the_feedback_points_ask_what_they_should(exercise: Exercise) -> None:
    first, second, third = exercise.feedback_points
    assert (first.form, second.form, third.form) == ("short", "full", "full")
    assert first.questions[0].about == "first-question"
    assert [question.about for question in second.questions] == ["less-self-reliant", "own-action", "wanted-help"]
    assert second.questions[0].hint
    assert third.questions[0].about == "effect"
    in_the_way = {"nl": "zelfredzaamheid van mensen in de weg", "en": "get in the way of people's self-reliance"}
    assert in_the_way[exercise.language] in third.questions[1].text
    for point in (second, third):
        assert 7.5 <= point.planned_minutes(6) <= 8.5, "about eight minutes, as long as people write and listen"
    assert [point.round for point in exercise.feedback_points] == [1, 1, 1]
    assert [question.about for question in exercise.debrief.questions] == [
        "impression",
        "effect",
        "own-point",
        "organisation",
    ]


@both
def test_every_objective_is_practised_and_every_key_official_is_asked_something(exercise: Exercise) -> None:
    practised = {objective for inject in exercise.injects for objective in inject.objectives}
    assert practised == {objective.id for objective in exercise.objectives}
    named = {receiver for inject in exercise.injects for receiver in inject.to}
    assert named == {official.id for official in exercise.key_officials}


@both
def test_a_choice_has_an_argument_and_the_mayor_is_not_the_adviser(exercise: Exercise) -> None:
    dilemma = exercise.inject("a4")
    assert dilemma is not None
    assert len(dilemma.choices) == 3
    assert all(choice.argument for choice in dilemma.choices)
    ranks = {official.id: official.rank for official in exercise.key_officials}
    assert max(ranks, key=lambda official: ranks[official]) == "strategisch-adviseur"
    assert [official.id for official in exercise.officials if not official.key] == ["burgemeester", "wethouder", "ghor"]


# --- whatever happens to a file, it ends in an exercise or in sentences

NASTY = (
    *("\0", "\x1b", "\u202e", "\ufeff", "\r", "\\", "\\u", "👩\u200d🚒", "9" * 30, "nan", "1e999", "0x", "true"),
    *('"""', "'''", "[", "]]", "{", "=", ".", "#", "\n[[steps]]\n", "[steps]", "\n[officials]\n"),
)
mutations = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "drop", "double", "swap", "insert", "empty", "retype"]),
        st.integers(min_value=0, max_value=2**31),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=400)
@given(path=st.sampled_from(FILES), changes=mutations)
def test_a_mutated_file_ends_in_an_exercise_or_in_sentences(
    path: Path, changes: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = path.read_bytes()
    for kind, seed in changes:
        data = _mutated(data, kind, random.Random(seed))
    mutant = tmp_path_factory.getbasetemp() / f"mutant-{path.stem}.toml"
    mutant.write_bytes(data)
    for words in (words_for("nl"), words_for("en")):
        for sentence in _said_of(mutant, words):
            assert sentence.isprintable()
            assert 0 < len(sentence) < 400


def _said_of(path: Path, words: Words) -> list[str]:
    """What is said of a file: nothing when it is an exercise."""
    try:
        load(path)
    except Broken as broken:
        return [pointed(words, mistake) for mistake in broken.mistakes] or [""]
    except Trouble as trouble:
        return [say(words, trouble.code, trouble.values)]
    return []


def _mutated(data: bytes, kind: str, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    match kind:
        case "flip":
            changed = bytearray(data or b"x")
            changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)
        case "cut":
            return data[: chance.randrange(len(data) + 1)]
        case "drop":
            return b"\n".join(lines[:here] + lines[here + 1 :])
        case "double":
            return b"\n".join([*lines[:here], lines[here], *lines[here:]])
        case "swap":
            lines[here], lines[there] = lines[there], lines[here]
            return b"\n".join(lines)
        case "insert":
            at = chance.randrange(len(data) + 1)
            return data[:at] + chance.choice(NASTY).encode() + data[at:]
        case "empty":
            key, _, _ = lines[here].partition(b"=")
            lines[here] = key + b'= ""'
            return b"\n".join(lines)
        case _:
            key, _, _ = lines[here].partition(b"=")
            lines[here] = (
                key + b"= " + chance.choice([b"[]", b"{}", b"3", b"true", b"[[1]]", b"{ id = 1 }", b"1979-05-27"])
            )
            return b"\n".join(lines)
