"""Scenarios of IcebergTTX: injects that lead on, by a choice or without, become one storyline."""

import json
from pathlib import Path
from typing import Any

from tabletop.core.exercise import Exercise
from tests.interchange.sheets import about, codes, imported


def node(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": f"Title {name}", "content": f"The content of {name} is here.", **more}


def option(name: str, leads: str | None) -> dict[str, Any]:
    return {"id": name, "label": f"Label {name}", "next_inject_id": leads}


def scenario(tmp_path: Path, *injects: Any, **more: Any) -> Any:
    data = json.dumps({"title": "A scenario", "start_inject_id": injects[0]["id"], "injects": injects, **more})
    return imported(tmp_path, data.encode(), name="scenario.json")


def conditions(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    return {step.id: step.only_after for step in exercise.injects}


def test_a_choice_that_leads_on_is_a_condition(tmp_path: Path) -> None:
    made = scenario(
        tmp_path,
        node("start", options=[option("pay", "paid"), option("refuse", "refused"), option("wait", None)]),
        node("paid", next_inject_id="later"),
        node("refused", next_inject_id="end"),
        node("later"),
        node("end"),
    )
    assert conditions(made.exercise) == {
        "start": (),
        "paid": ("start.pay",),
        "refused": ("start.refuse",),
        "later": ("start.pay",),
        "end": ("start.refuse",),
    }
    assert [one.text for one in made.exercise.injects[0].choices] == ["Label pay", "Label refuse", "Label wait"]
    assert made.exercise.language == "en"


def test_where_every_choice_leads_it_always_comes(tmp_path: Path) -> None:
    made = scenario(tmp_path, node("start", options=[option("pay", "end"), option("refuse", "end")]), node("end"))
    assert conditions(made.exercise) == {"start": (), "end": ()}


def test_two_ways_to_one_inject_are_two_choices(tmp_path: Path) -> None:
    made = scenario(
        tmp_path,
        node("start", options=[option("a", "one"), option("b", "two"), option("c", None)]),
        node("one", next_inject_id="end"),
        node("end"),
        node("two", next_inject_id="end"),
    )
    assert [step.id for step in made.exercise.injects] == ["start", "one", "two", "end"], (
        "what leads to it stands above"
    )
    assert conditions(made.exercise)["end"] == ("start.a", "start.b")


def test_what_leads_back_is_left_out_and_said(tmp_path: Path) -> None:
    made = scenario(
        tmp_path,
        node("start", next_inject_id="end"),
        node("end", options=[option("again", "start"), option("stop", None)]),
    )
    assert conditions(made.exercise) == {"start": (), "end": ()}
    assert codes(made) == {2: ["import-leads-back"]}


def test_planned_minutes_teams_and_what_lies_before_what_leads_to_it(tmp_path: Path) -> None:
    made = scenario(
        tmp_path,
        node("start", release_at_minutes=10, target_teams=["it_ops", "exec"], next_inject_id="end"),
        node("end", release_at_minutes=5, target_teams=[]),
        participant_teams=[{"id": "it_ops", "label": "IT Operations"}, {"id": "exec", "label": "Executive"}],
    )
    first, second = made.exercise.injects
    assert (first.minute, second.minute, first.to, second.to) == (10, None, ("it-ops", "exec"), ())
    assert [(one.id, one.name) for one in made.exercise.officials] == [
        ("it-ops", "IT Operations"),
        ("exec", "Executive"),
    ]
    assert codes(made) == {2: ["import-minute-back"]}
    assert "import-pool-unknown" in about(made)


def test_ids_that_are_none_or_twice(tmp_path: Path) -> None:
    made = scenario(tmp_path, node("Één & twee"), node("Één & twee"), node("!!!"), {"content": "No id at all."})
    assert len({step.id for step in made.exercise.injects}) == 4
