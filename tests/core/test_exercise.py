"""The exercise as its author wrote it: defaults, names, receivers and lengths."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tabletop.core.exercise import Exercise, FeedbackPoint, Inject, Objective, Official
from tabletop.core.naming import kind_of, named_steps, slug


def exercise(**values: Any) -> Exercise:
    written: dict[str, Any] = {
        "title": "Zonder gas",
        "officials": [
            {"id": "ovd-bz", "name": "OvD-BZ"},
            {"id": "hpz", "name": "Hoofd publieke zorg"},
            {"id": "ac-bz", "name": "AC-BZ", "pool": "leadership"},
            {"id": "burgemeester", "name": "Burgemeester", "pool": "leadership", "key": False},
        ],
        "steps": [{"text": "Komt u?"}, {"questions": [{"text": "Moet de overheid iets doen?"}]}, {"text": "Nog iets."}],
    }
    return Exercise.model_validate(written | values)


def test_a_title_officials_and_texts_are_enough() -> None:
    found = exercise()
    assert [step.id for step in found.steps] == ["a1", "f1", "a2"]
    assert (found.language, found.minutes, found.codeword) == ("nl", 75.0, "NO PLAY")


def test_reserve_injects_are_not_in_the_storyline() -> None:
    found = exercise(steps=[{"text": "Eén."}, {"text": "Twee.", "reserve": True}, {"title": "Stop", "round": 1}])
    assert [step.id for step in found.storyline] == ["a1", "f1"]
    assert [step.id for step in found.reserves] == ["a2"]
    assert [step.id for step in found.injects] == ["a1"]


def test_an_exercise_without_an_inject_to_show_is_refused() -> None:
    with pytest.raises(ValidationError, match="no-inject"):
        exercise(steps=[{"text": "Eén.", "reserve": True}])


@pytest.mark.parametrize("field", ["title", "officials", "steps"])
def test_what_is_required_cannot_be_empty(field: str) -> None:
    with pytest.raises(ValidationError):
        exercise(**{field: "\u202e \n" if field == "title" else []})


def test_an_unknown_key_is_a_mistake_not_a_wish() -> None:
    with pytest.raises(ValidationError):
        exercise(minuten=75)


def test_text_is_cleaned_as_it_enters() -> None:
    found = exercise(title=" \x1b[1mZonder\ngas ", steps=[{"text": "a\x07\r\nb", "to": [], "from": "x\ny"}])
    assert found.title == "[1mZonder gas"
    assert (found.injects[0].text, found.injects[0].sender) == ("a\nb", "x y")


def test_nobody_named_means_every_key_official() -> None:
    assert [one.id for one in exercise().receivers(())] == ["ovd-bz", "hpz", "ac-bz"]


def test_a_pool_means_its_key_officials_and_a_name_anyone() -> None:
    assert [one.id for one in exercise().receivers(["leadership"])] == ["ac-bz"]
    assert [one.id for one in exercise().receivers(["burgemeester", "hpz"])] == ["hpz", "burgemeester"]


def test_lookups_find_by_id_or_nothing() -> None:
    found = exercise(objectives=[{"id": "o1", "text": "Vragen."}])
    assert found.inject("a2") is found.steps[2]
    assert found.feedback_point("f1") is found.steps[1]
    assert found.official("hpz") is found.officials[1]
    assert found.objective("o1") is found.objectives[0]
    assert found.inject("f1") is found.feedback_point("a1") is found.official("x") is found.objective("o2") is None


def test_what_has_no_short_name_goes_by_its_long_one() -> None:
    assert Objective(id="o1", text="Eerst vragen.").name == "Eerst vragen."
    assert Official(id="hpz", name="Hoofd publieke zorg").short == "Hoofd publieke zorg"
    assert Inject(text="Een twee drie vier vijf zes").name == "Een twee drie vier vijf…"
    assert Inject(text="Een twee", title="Kop").name == "Kop"


@pytest.mark.parametrize(
    ("point", "minutes"),
    [
        (FeedbackPoint(), 7.5),  # 3:30 + 6 x 0:40
        (FeedbackPoint(form="short"), 2.0),
        (FeedbackPoint(form="short", minutes=4), 4.0),
    ],
)
def test_a_feedback_point_takes_the_time_of_six_people(point: FeedbackPoint, minutes: float) -> None:
    assert point.planned_minutes(6) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ({"text": "x", "questions": []}, "inject"),
        ({"questions": []}, "feedback"),
        ({"title": "x"}, "feedback"),
        ({"tekst": "x", "from": "meldkamer"}, "inject"),
        ({"type": "feedback", "text": "x"}, "feedback"),
        ({"type": 3}, 3),
        ({"txt": "x"}, "inject"),
        ({"Tekst": "x"}, "inject"),
        ({"txet": "x", "minute": 5}, "inject"),
        ({"question": []}, "feedback"),
        ({"vragen": []}, "feedback"),
        ({"zzz": 1}, "feedback"),
    ],
)
def test_a_step_is_what_its_keys_say(step: dict[str, object], kind: object) -> None:
    assert kind_of(step) == kind


def test_naming_counts_injects_and_feedback_points_apart_and_leaves_the_rest_alone() -> None:
    steps: list[object] = [{"text": "x"}, {"round": 1}, {"text": "y", "id": "zelf"}, {"text": "z"}, 3, {"type": ["x"]}]
    named = named_steps(steps)
    assert [step.get("id") if isinstance(step, dict) else step for step in named] == ["a1", "f1", "zelf", "a3", 3, None]
    assert steps[0] == {"text": "x"}


def test_an_id_that_another_step_has_is_passed_over() -> None:
    steps: list[object] = [
        {"text": "x", "id": "a2"},
        {"text": "y"},
        {"text": "z"},
        {"round": 1},
        {"round": 2, "id": "f1"},
    ]
    assert [step["id"] for step in named_steps(steps) if isinstance(step, dict)] == ["a2", "a3", "a4", "f2", "f1"]
    assert named_steps(named_steps(steps)) == named_steps(steps)


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    found = slug(text)
    assert not found or Official(id=found, name="x").id == found


def test_slugs_of_functions() -> None:
    assert [slug(name) for name in ("OvD-BZ", "Coördinator backoffice", "!?")] == [
        "ovd-bz",
        "coordinator-backoffice",
        "",
    ]
