"""Whatever an author answers, the first file is sound, needs no advice, teaches the format and says what they said."""

import tomllib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tabletop.core.advice import hints
from tabletop.core.check import inconsistencies
from tabletop.core.exercise import Exercise, FeedbackPoint, Inject
from tabletop.core.text import clean_line, pages
from tabletop.files import schema
from tabletop.files.starting import (
    FEWEST_MINUTES,
    MOST_MINUTES,
    USUAL_OFFICIALS,
    Answers,
    Kind,
    Seat,
    compose,
    kinds,
    seat_of,
    standard_officials,
)
from tabletop.locale import Language, words_for

LANGUAGES: tuple[Language, ...] = ("nl", "en")
every_language = pytest.mark.parametrize("language", LANGUAGES)
VALIDATOR = Draft7Validator(schema.exercise_schema(words_for("en")))


def usual(language: Language, minutes: int = 75, *own: str) -> Answers:
    officials = [seat for seat in standard_officials(language) if seat.id in USUAL_OFFICIALS]
    officials += [seat for name in own if (seat := seat_of(name, language))]
    kind = kinds(language)[0]
    return Answers(kind.title, language, minutes, officials, kind, kind.text)


def made(answers: Answers) -> Exercise:
    """The exercise that a composed file holds, as a reader gets it."""
    data = tomllib.loads(compose(answers))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    exercise = Exercise.model_validate({**data, "id": "nieuw"})
    assert inconsistencies(exercise) == ()
    return exercise


def advice(exercise: Exercise, people: int | None = None) -> list[tuple[object, ...]]:
    return [(*one.path, one.code) for one in hints(exercise, people)]


@every_language
@pytest.mark.parametrize("count", range(1, 9))
def test_no_length_and_no_number_of_people_leaves_a_hint(language: Language, count: int) -> None:
    standard = standard_officials(language)
    own = tuple(Seat(f"eigen-{n}", f"Eigen {n}", "field") for n in range(8))
    kind = kinds(language)[count % len(kinds(language))]
    tables = ((standard + own)[:count], (standard[::-1] + own)[:count], own[:count])
    for minutes in range(FEWEST_MINUTES, MOST_MINUTES + 1):
        officials = tables[minutes % len(tables)]
        data = tomllib.loads(compose(Answers(kind.title, language, minutes, officials, kind, kind.text)))
        exercise = Exercise.model_validate({**data, "id": "nieuw"})
        assert inconsistencies(exercise) == ()
        assert advice(exercise, count) == advice(exercise) == [], (minutes, officials)
        assert exercise.minutes == minutes
        assert {one.id for one in exercise.key_officials} == {one.id for one in officials}


TYPED = st.text(max_size=60).map(clean_line).map(str.strip)


@settings(max_examples=150, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    title=TYPED.filter(bool),
    text=TYPED.filter(bool),
    names=st.lists(TYPED, min_size=1, max_size=8),
    place=st.integers(0, 4),
)
def test_what_is_typed_comes_back_as_it_was_typed(
    language: Language, title: str, text: str, names: list[str], place: int
) -> None:
    seats = {seat.id: seat for name in names if (seat := seat_of(name, language))}
    assume(seats)
    exercise = made(Answers(title, language, 60, tuple(seats.values()), kinds(language)[place], text))
    assert (exercise.title, exercise.language) == (title, language)
    assert exercise.injects[0].text == text
    assert [(one.id, one.name) for one in exercise.key_officials if one.id not in USUAL_OFFICIALS] == [
        (one.id, one.name) for one in seats.values() if one.id not in USUAL_OFFICIALS
    ]


@pytest.mark.parametrize("name", ["field", "Leadership", "Burgemeester", "burgemeester", "Backoffice", "ovd-bz", "A"])
@every_language
def test_a_name_that_is_taken_makes_no_mistake(name: str, language: Language) -> None:
    exercise = made(usual(language, 75, name))
    assert advice(exercise) == []


def test_a_standard_function_is_known_by_its_id_its_name_and_its_label() -> None:
    for name in ("OvD-BZ", "ovd-bz", "officier van dienst bevolkingszorg"):
        assert seat_of(name, "nl") == standard_officials("nl")[0]
    assert seat_of("…", "nl") is None
    assert seat_of("Teamleider opvang", "nl") == Seat("teamleider-opvang", "Teamleider opvang", "field")


@every_language
def test_an_incident_of_ones_own_has_no_headline(language: Language) -> None:
    answers = usual(language)._replace(kind=Kind("other", "", "", "", "krant", ""), text='Er is "iets" \\ gebeurd')
    first = made(answers).injects[0]
    assert (first.headline, first.sender, first.text) == ("", "krant", 'Er is "iets" \\ gebeurd')


@every_language
def test_every_first_message_fits_the_wall_and_its_headline_the_letters(language: Language) -> None:
    for kind in kinds(language):
        assert len(pages(kind.text)) == 1
        exercise = made(usual(language)._replace(kind=kind, text=kind.text))
        assert exercise.injects[0].headline == kind.headline


@every_language
def test_it_reads_from_top_to_bottom_and_explains_itself(language: Language) -> None:
    text = compose(usual(language))
    assert text.startswith(f"{schema.directive()}\n\n# ")
    assert '\nid = "first"' not in text, "the names that the template has for its own steps"
    assert "dilemma" not in text.replace(" dilemma:", "").replace(" dilemma ", "")
    parts = ["[[objectives]]", "[[officials]]", "[checklist]", "\n[[steps]]", "[debrief]", "# [basis]"]
    assert sorted(parts, key=text.index) == parts
    minutes = [step.minute for step in made(usual(language)).steps]
    assert minutes == sorted(minutes, key=lambda minute: minute or 0)
    explained = {line.split(" = ")[0].strip() for line in text.splitlines() if " = " in line}
    wanted = {"channel", "to", "headline", "expect", "ask", "budget", "optional", "jump", "choices", "form", "round"}
    assert wanted - explained == set()
    for word in ("receiver_only", "reserve", "only_after", "offered_with", "key = false", "tabletop check"):
        assert any(word in line for line in text.splitlines() if "#" in line), word
    assert all(len(line) <= 120 or " = " in line or not line.startswith("#") for line in text.splitlines())


@every_language
def test_what_is_behind_a_hash_can_be_used(language: Language) -> None:
    """The reserve inject and the basis, with their # taken away."""
    text = compose(usual(language))
    lines, is_example = [], False
    for line in text.splitlines():
        is_example = (is_example and line.startswith("#")) or line in {"# [[steps]]", "# [basis]"}
        lines.append(line.removeprefix("# ") if is_example else line)
    exercise = Exercise.model_validate({**tomllib.loads("\n".join(lines)), "id": "nieuw"})
    assert inconsistencies(exercise) == ()
    assert len(exercise.reserves) == 1
    assert exercise.basis.reveal
    assert advice(exercise) == []


def test_the_twins_differ_in_words_only() -> None:
    dutch, english = made(usual("nl", 120)), made(usual("en", 120))
    for one, other in zip(dutch.steps, english.steps, strict=True):
        assert (one.type, one.minute) == (other.type, other.minute)
        if isinstance(one, Inject):
            assert isinstance(other, Inject)
            assert (one.to, one.channel, one.objectives) == (other.to, other.channel, other.objectives)
        else:
            assert isinstance(other, FeedbackPoint)
            assert [question.about for question in one.questions] == [question.about for question in other.questions]
    assert [kind.id for kind in kinds("nl")] == [kind.id for kind in kinds("en")]
