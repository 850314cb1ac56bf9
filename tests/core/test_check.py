"""Each mistake between the parts is found, in its place; and nothing else is called a mistake."""

from typing import Any

import pytest

from tabletop.core.check import Fault, inconsistencies, suggestion
from tabletop.core.exercise import Exercise

OFFICIALS = [{"id": "ovd-bz", "name": "Officier", "label": "OvD-BZ"}, {"id": "hpz", "name": "Hoofd publieke zorg"}]
OBJECTIVES = [{"id": "o1", "text": "Eerst vragen."}, {"id": "o2", "text": "Samen kijken."}]


def faults(**values: Any) -> tuple[Fault, ...]:
    written = {
        "id": "proef",
        "title": "Proef",
        "officials": OFFICIALS,
        "objectives": OBJECTIVES,
        "steps": [{"text": "Ja?"}],
    }
    return inconsistencies(Exercise.model_validate(written | values))


def inject(**values: Any) -> tuple[Fault, ...]:
    return faults(steps=[{"text": "Ja?", **values}])


def test_a_sound_exercise_has_none() -> None:
    steps = [
        {"text": "Ja?", "minute": 5, "to": ["ovd-bz", "field"], "objectives": ["o1"], "headline": "VEERTIEN LANG!"},
        {"questions": [{"text": "Een?"}, {"text": "Twee?"}], "round": 2, "minute": 5, "due": "minute"},
        {"text": "Reserve", "reserve": True, "minute": 1},
        {"title": "Zonder vragen", "round": 1},
        {"text": "Kies", "minute": 74.5, "choices": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
    ]
    assert faults(steps=steps, translation_of="ander") == ()


DILEMMA = {"text": "Wat nu?", "choices": [{"id": "open", "text": "Open."}, {"id": "dicht", "text": "Dicht."}]}


def reacting(**keys: Any) -> tuple[Fault, ...]:
    """The faults of an inject that comes after a dilemma with the choices a1.open and a1.dicht."""
    return faults(steps=[DILEMMA, {"text": "En toen", **keys}])


@pytest.mark.parametrize(
    ("found", "path", "code", "values"),
    [
        (faults(translation_of="proef"), ("translation_of",), "translates-itself", {}),
        (faults(minutes=14), ("debrief", "minutes"), "debrief-too-long", {"minutes": "14"}),
        (faults(objectives=[*OBJECTIVES, OBJECTIVES[0]]), ("objectives", 2, "id"), "twice", {"name": "o1"}),
        (
            faults(officials=[*OFFICIALS, {"id": "hpz", "name": "Ander"}]),
            ("officials", 2, "id"),
            "twice",
            {"name": "hpz"},
        ),
        (
            faults(officials=[{"id": "field", "name": "Veld"}]),
            ("officials", 0, "id"),
            "named-as-pool",
            {"name": "field"},
        ),
        (
            faults(officials=[*OFFICIALS, {"id": "ovd", "name": "x", "label": "ovd-bz"}]),
            ("officials", 2, "label"),
            "same-label",
            {"name": "ovd-bz", "other": "ovd-bz"},
        ),
        (faults(officials=[OFFICIALS[0] | {"key": False}]), ("officials",), "no-key-official", {}),
        (
            faults(steps=[{"text": "x", "id": "a1"}, {"text": "y", "id": "a1"}]),
            ("steps", 1, "id"),
            "twice",
            {"name": "a1"},
        ),
        (
            faults(steps=[{"text": "x", "minute": 9}, {"text": "y"}, {"text": "z", "minute": 8}]),
            ("steps", 2, "minute"),
            "minute-backwards",
            {"minute": "9", "step": "a1"},
        ),
        (inject(minute=75), ("steps", 0, "minute"), "minute-after-end", {"minutes": "75"}),
        (
            inject(to=["hpz", "ovdbz"]),
            ("steps", 0, "to", 1),
            "unknown-receiver-meant",
            {"name": "ovdbz", "meant": "ovd-bz"},
        ),
        (inject(to=["zzz"]), ("steps", 0, "to", 0), "unknown-receiver", {"name": "zzz"}),
        (inject(objectives=["zzz"]), ("steps", 0, "objectives", 0), "unknown-objective", {"name": "zzz"}),
        (inject(headline="VIJFTIEN TEKENS"), ("steps", 0, "headline"), "headline-too-long", {"width": 15, "most": 14}),
        (inject(headline="漢" * 8), ("steps", 0, "headline"), "headline-too-long", {"width": 16, "most": 14}),
        (inject(choices=[{"id": "a", "text": "A"}]), ("steps", 0, "choices"), "one-choice", {}),
        (
            inject(choices=[{"id": "a", "text": "A"}, {"id": "a", "text": "B"}]),
            ("steps", 0, "choices", 1, "id"),
            "twice",
            {"name": "a"},
        ),
        (
            faults(steps=[{"text": "x"}, {"questions": [{"text": "?"}], "round": 2}]),
            ("steps", 1, "round"),
            "no-such-question",
            {"round": 2, "count": 1},
        ),
        (reacting(only_after=["nee"]), ("steps", 1, "only_after", 0), "unknown-choice", {"name": "nee"}),
        (
            reacting(only_after=["a1.open", "a1.opent"]),
            ("steps", 1, "only_after", 1),
            "unknown-choice-meant",
            {"name": "a1.opent", "meant": "a1.open"},
        ),
        (
            faults(steps=[{"text": "x", "only_after": ["a2.open"]}, DILEMMA | {"id": "a2"}]),
            ("steps", 0, "only_after", 0),
            "choice-stands-below",
            {"name": "a2.open"},
        ),
        (
            faults(steps=[DILEMMA | {"only_after": ["a1.open"]}]),
            ("steps", 0, "only_after", 0),
            "choice-stands-below",
            {"name": "a1.open"},
        ),
        (reacting(offered_with="a1"), ("steps", 1, "offered_with"), "only-a-reserve", {}),
        (
            reacting(reserve=True, offered_with="r9"),
            ("steps", 1, "offered_with"),
            "unknown-storyline-inject",
            {"name": "r9"},
        ),
        (reacting(reserve=True, unless=["decision"]), ("steps", 1, "unless"), "unless-without-inject", {}),
        (
            reacting(reserve=True, offered_with="a1", unless=["decisions"]),
            ("steps", 1, "unless", 0),
            "unknown-action-meant",
            {"name": "decisions", "meant": "decision"},
        ),
        (faults(steps=[{"text": "x"}, {"due": "minute"}]), ("steps", 1, "due"), "due-without-minute", {}),
    ],
)
def test_a_mistake_is_found(
    found: tuple[Fault, ...], path: tuple[str | int, ...], code: str, values: dict[str, Any]
) -> None:
    assert found == (Fault(path, code, values),)


def test_an_objective_that_is_nearly_right_gets_a_suggestion() -> None:
    (fault,) = inject(objectives=["o11"])
    assert fault.code == "unknown-objective-meant"
    assert fault.values["meant"] == "o1"


def test_all_mistakes_come_at_once() -> None:
    found = faults(
        translation_of="proef",
        officials=[OFFICIALS[0] | {"key": False}],
        steps=[{"text": "x", "minute": 90, "to": ["q"], "headline": "VEEL TE LANGE KOP"}, {"round": 3}],
    )
    assert {fault.code for fault in found} == {
        "translates-itself",
        "no-key-official",
        "minute-after-end",
        "unknown-receiver",
        "headline-too-long",
        "no-such-question",
    }


def test_a_suggestion_ignores_capitals_and_gives_the_word_that_is_meant() -> None:
    known = {"OvD-BZ": "ovd-bz", "Backoffice": "backoffice"}
    assert suggestion("BACK-OFFICE", known) == "backoffice"
    assert suggestion("iets heel anders", known) == ""


def test_an_inject_may_wait_for_a_choice_above_it_and_a_reserve_for_an_action_that_stays_out() -> None:
    assert reacting(only_after=["a1.open", "a1.dicht"]) == ()
    assert reacting(reserve=True, offered_with="a1", unless=["first-question", "choice", "o1"]) == ()
