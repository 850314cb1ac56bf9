"""Each piece of advice is given where it should be, nowhere else, and is gone when what it says was done."""

import copy
from typing import Any

import pytest

from tabletop.core.advice import hints
from tabletop.core.check import inconsistencies
from tabletop.core.exercise import Exercise
from tabletop.locale.sentences import SENTENCES

FIRST, EFFECT = {"text": "Iets doen?", "about": "first-question"}, {"text": "Merkbaar?", "about": "effect"}
SOUND: dict[str, Any] = {
    "id": "proef",
    "title": "Proef",
    "minutes": 60,
    "officials": [
        {"id": "ovd-bz", "name": "Officier"},
        {"id": "hpz", "name": "Hoofd publieke zorg"},
        {"id": "ac-bz", "name": "Commandant", "pool": "leadership"},
        {"id": "burgemeester", "name": "Burgemeester", "pool": "leadership", "key": False},
    ],
    "objectives": [{"id": "o1", "text": "Eerst vragen."}],
    "steps": [
        {"minute": 5, "budget": 5, "text": "Leiding geraakt.", "objectives": ["o1"]},
        {"minute": 10, "form": "short", "questions": [FIRST]},
        {"minute": 12, "budget": 6, "text": "Wie helpt?", "to": ["field"], "objectives": ["o1"]},
        {"minute": 18, "budget": 6, "text": "Bedden?", "to": ["ac-bz"], "objectives": ["o1"]},
        {"minute": 30, "questions": [EFFECT]},
        {"minute": 38, "budget": 6, "text": "Afschalen?", "objectives": ["o1"]},
    ],
}


def found(people: int | None = None, **values: Any) -> list[tuple[Any, ...]]:
    """Where advice is given on the sound exercise with these values, by path and code."""
    exercise = Exercise.model_validate(copy.deepcopy(SOUND) | values)
    assert inconsistencies(exercise) == (), "advice is for what is sound"
    advice = hints(exercise, people)
    assert all(SENTENCES[one.code].format(**one.values) for one in advice)
    return [(*one.path, one.code) for one in advice]


def changed(place: int, **keys: Any) -> list[dict[str, Any]]:
    """The steps with one of them changed; a key that is None is left out."""
    steps = copy.deepcopy(SOUND["steps"])
    steps[place] = {key: value for key, value in (steps[place] | keys).items() if value is not None}
    return steps


def without(*places: int) -> list[dict[str, Any]]:
    return [step for place, step in enumerate(SOUND["steps"]) if place not in places]


def officials(count: int) -> list[dict[str, str]]:
    return [{"id": f"o-{n}", "name": f"Functie {n}"} for n in range(count)]


def to_everyone() -> list[dict[str, Any]]:
    return [{**step, "to": []} if "text" in step else step for step in SOUND["steps"]]


def test_what_is_as_it_should_be_gets_no_advice() -> None:
    assert found() == []


def test_over_eight_key_officials_are_too_many() -> None:
    assert found(officials=officials(8), steps=to_everyone()) == []
    assert found(officials=officials(9), steps=to_everyone()) == [("officials", "hint-many-officials")]
    played = [one | {"key": False} for one in officials(9)[:1]] + officials(9)[1:]
    assert found(officials=played, steps=to_everyone()) == []


def test_over_ten_injects_are_too_many_and_reserves_do_not_count() -> None:
    short = [{**step, "minute": None} for step in SOUND["steps"]]
    more = [{"text": "Nog een.", "objectives": ["o1"], "budget": 1} for _ in range(6)]
    reserve = {"text": "Reserve.", "objectives": ["o1"], "reserve": True}
    assert found(steps=[*more, *short, reserve]) == []
    assert found(steps=[*more, *short, more[0]]) == [("steps", "hint-many-injects")]


def test_an_objective_is_practised_and_an_inject_practises_one() -> None:
    both = [*SOUND["objectives"], {"id": "o2", "text": "Samen kijken."}]
    assert found(objectives=both) == [("objectives", 1, "hint-objective-untouched")]
    only_reserve = {"text": "x", "objectives": ["o2"], "reserve": True}
    assert found(objectives=both, steps=[*SOUND["steps"], only_reserve]) == [
        ("objectives", 1, "hint-objective-untouched")
    ]
    assert found(steps=changed(2, objectives=None)) == [("steps", 2, "hint-no-objectives")]
    bare = [{key: value for key, value in step.items() if key != "objectives"} for step in SOUND["steps"]]
    assert found(objectives=[], steps=bare) == []


def test_the_group_is_stopped_and_asked_the_first_question_and_for_the_effect() -> None:
    assert found(steps=without(1, 4)) == [("steps", "hint-no-feedback")]
    assert found(steps=changed(1, questions=[EFFECT])) == [("steps", "hint-no-first-question")]
    assert found(steps=changed(4, questions=[FIRST])) == [("steps", "hint-no-effect")]


def test_a_feedback_point_in_the_first_half_alone_is_too_early() -> None:
    assert found(steps=without(4)) == [("steps", "hint-no-effect"), ("steps", "hint-no-late-feedback")]
    assert found(steps=changed(1, questions=[FIRST, EFFECT])[:4] + SOUND["steps"][5:]) == [
        ("steps", "hint-no-late-feedback")
    ]
    unplanned = [{key: value for key, value in step.items() if key != "minute"} for step in SOUND["steps"]]
    assert found(steps=unplanned) == [], "by what precedes it when there is no minute"


@pytest.mark.parametrize(
    ("lines", "fits"), [(10, True), (11, False), (1, True)], ids=["a full page", "a line more", "a line"]
)
def test_what_is_on_the_wall_is_one_page(lines: int, fits: bool) -> None:
    text = "\n".join(["woord"] * lines)
    expected = [] if fits else [("steps", 2, "text", "hint-long-text")]
    assert found(steps=changed(2, text=text)) == expected
    assert found(steps=changed(2, text=text, receiver_only=True)) == []
    assert found(situation=text) == ([] if fits else [("situation", "hint-long-text")])
    asked = [{**EFFECT, "text": "woord " * (7 * lines)}]
    expected = [] if fits else [("steps", 4, "questions", 0, "text", "hint-long-text")]
    assert found(steps=changed(4, questions=asked)) == expected


def test_nobody_waits_for_half_the_exercise() -> None:
    """The storyline ends at minute 44, and half of that with the debrief is 29."""
    late = ("officials", 2, "hint-idle-official")
    assert found(steps=changed(5, to=["field"])) == [], "waits from 24 to 44 only"
    assert found(steps=changed(3, to=["hpz"])) == [], "waits from 10 to 38: 28 minutes"
    assert found(steps=changed(3, to=["hpz"], optional=True)[:5] + changed(5, to=["field"])[5:]) == [late]
    assert found(steps=changed(0, to=["field"])[:3] + changed(3, to=["field"])[3:]) == [late], "38 minutes at first"
    assert found(steps=changed(0, to=["field"])[:3] + changed(3, to=["leadership"])[3:]) == [], "a pool will do"


def test_minutes_leave_room_for_what_precedes_them_with_the_people_expected() -> None:
    point = ("steps", 5, "minute", "hint-minute-too-early")
    assert found(people=6) == [], "thirty and seven and a half"
    assert found(people=7) == [point], "thirty and more than eight"
    assert found(people=7, steps=changed(4, minutes=8)) == [], "as long as the author says"
    assert found(steps=changed(2, budget=6.5)) == [("steps", 3, "minute", "hint-minute-too-early")]
    assert found(steps=changed(2, budget=None)) == [], "a budget that is left out lasts until what follows"


def test_it_is_over_when_the_debrief_begins() -> None:
    assert found(minutes=58) == []
    assert found(minutes=57) == [("minutes", "hint-too-long")]
    assert found(minutes=58, debrief={"minutes": 15}) == [("minutes", "hint-too-long")]


def branching(*after: dict[str, Any], **keys: Any) -> list[dict[str, Any]]:
    """A dilemma in the third step, and what comes after it before the last feedback point."""
    choices = [{"id": "open", "text": "Open."}, {"id": "dicht", "text": "Dicht."}]
    steps = changed(2, choices=choices, id="d", **keys)
    return [*steps[:3], *({"text": "x", "objectives": ["o1"], **one} for one in after), *steps[3:]]


def test_injects_of_which_only_one_comes_share_their_time() -> None:
    """Between the dilemma, that ends at 18, and the inject at 18 there is no room, at 24 there are six minutes."""
    room = [{**step, "minute": 24} if step.get("minute") == 18 else step for step in branching()]
    head, tail = room[:3], room[3:]
    either = [{"text": "x", "objectives": ["o1"], "budget": 6, "only_after": [f"d.{one}"]} for one in ("open", "dicht")]
    assert found(steps=[*head, *either, *tail]) == []
    both = [{**one, "only_after": ["d.open", "d.dicht"]} for one in either]
    assert found(steps=[*head, *both, *tail]) == [("steps", 5, "minute", "hint-minute-too-early")]
    one_of_two = [either[0], {**either[1], "budget": 6.5}]
    assert found(steps=[*head, *one_of_two, *tail]) == [("steps", 5, "minute", "hint-minute-too-early")]


def test_a_choice_after_which_nothing_comes_is_a_dead_branch() -> None:
    last = {**SOUND["steps"][5], "only_after": ["d.open"]}
    steps = branching(minute=12, budget=6)
    steps = [*steps[:3], steps[4], last]
    assert ("steps", 2, "choices", 1, "hint-dead-branch") in found(steps=steps)
    assert ("steps", 2, "choices", 0, "hint-dead-branch") not in found(steps=steps)
    last["only_after"] = ["d.open", "d.dicht"]
    assert not [one for one in found(steps=steps) if "dead" in one[-1]]
    assert not [one for one in found(steps=branching()) if "dead" in one[-1]], "nothing waits for a choice"


def test_a_reserve_does_not_wait_for_a_choice_that_nobody_can_make() -> None:
    def reserve(inject: str) -> dict[str, Any]:
        return {"text": "r", "objectives": ["o1"], "reserve": True, "offered_with": inject, "unless": ["choice"]}

    assert found(steps=[*branching(), reserve("a1")]) == []
    assert found(steps=[*branching(), reserve("d")]) == []
    assert found(steps=[*branching(), reserve("a3")]) == [("steps", 6, "unless", "hint-no-choice-to-wait-for")]


def test_very_many_ways_through_a_storyline_are_looked_at_in_no_time() -> None:
    """Thirty dilemmas on which the end depends are a thousand million ways; what takes longest is still found."""
    dilemmas = [
        {"text": "x", "objectives": ["o1"], "budget": 1, "choices": [{"id": c, "text": c} for c in ("ja", "nee")]}
        for _ in range(30)
    ]
    late = [
        {"text": "x", "objectives": ["o1"], "budget": 1, "only_after": [f"a{n}.{c}"]}
        for n in range(1, 31)
        for c in ("ja", "nee")
    ]
    advice = hints(Exercise.model_validate(SOUND | {"steps": [*dilemmas, *late], "minutes": 73}))
    codes = {one.code: one.values for one in advice}
    assert codes["hint-too-long"]["minute"] == 60


def test_an_endless_storyline_is_told_so_and_no_more() -> None:
    steps = [{"text": "x", "objectives": ["o1"], "minute": 1}] * 20_000
    assert [one.code for one in hints(Exercise.model_validate(SOUND | {"steps": steps}))] == [
        "hint-many-injects",
        "hint-no-feedback",
    ]
