"""Undo, and revising what was saved: every event has its name, and nothing is out of reach."""

from pathlib import Path
from typing import get_args

import pytest

from tabletop.core import events as e
from tabletop.locale import words_for
from tabletop.ui.run.naming import event_name
from tests.builders import START, Run
from tests.ui.run.leading import leading

LASTING = {kind for kind in get_args(e.Event) if kind.lasting}


def event_of(kind: type[e.Event]) -> e.Event:
    """An event of this kind, with some value in every field that must have one."""
    values = {"stage": "round", "what": "answers", "task": "kinds", "answer": "yes", "kept": "yes", "turn": "keep",
              "outcome": "agreed", "minutes": 3.0, "hard_end": START, "seconds": 1.0, "event": 1, "page": 1,
              "question": 1, "fingers": (1,), "result": "yes", "to": START, "counts": (1, 2, 3, 4, 5)}  # fmt: skip
    needed = {name: values.get(name, "x1") for name, field in kind.model_fields.items() if field.is_required()}
    return kind.model_validate({**needed, "at": START, "clock": 0.0})


@pytest.mark.parametrize("kind", sorted(set(get_args(e.Event)) - LASTING, key=lambda kind: kind.__name__))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_can_be_undone_has_a_name(kind: type[e.Event], language: str) -> None:
    words = words_for(language)
    name = event_name(event_of(kind), Run().session, words)
    assert name
    assert name != words.t("last step")


async def test_undoing_says_what_becomes_of_what_was_shown(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("i")
        await lead.enter("the lights go out")
        await lead.command("u")
        assert "next again" not in lead.page
        assert "its text stays in the log" in lead.page
        await lead.press("enter", "space")
        await lead.command("u")
        assert "next again" in lead.page
        await lead.press("escape", "slash", "i", "down", "enter")
        await lead.command("u")
        assert "in reserve again" in lead.page


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_arrows_reach_everything_that_was_saved_and_stay_in_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        for number in range(20):
            await lead.enter(f"+ point number {number}")
        for number in reversed(range(20)):
            await lead.press("up")
            assert f"point number {number}" in lead.bar
            assert any(row.lstrip().startswith("13:") and f"point number {number}"[:12] in row for row in lead.rows)
        await lead.press("enter")
        await lead.enter("the oldest words #staff")
        point = lead.session.points[0]
        assert (point.text, point.themes) == ("the oldest words", ("staff",))


async def test_themes_are_set_and_cleared_one_by_one(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("+ a point #staff")
        await lead.press("up", "enter", "up", "up", "up", "enter")
        assert "THEMES" in lead.page
        await lead.press("enter", "down", "enter")
        assert lead.session.points[0].themes == ("self reliance",)
        await lead.press("escape")
        assert lead.scene.prompt is None


async def test_what_cannot_be_revised_says_what_is_true_of_it(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("an older note")
        await lead.enter("a newer note")
        await lead.press("up")
        assert lead.bar.startswith("ENTER   undo  \u00b7 a newer note")
        await lead.press("up")
        assert lead.bar.startswith("stays in the log as it is")
        await lead.press("enter")
        assert lead.said == "This stays in the log as it is. Type a correction as a new note."
        assert lead.scene.prompt is None
        await lead.press("up", "enter", "enter")
        assert len(lead.session.undone) == 1
