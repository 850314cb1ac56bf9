"""Counting fingers: where digits are a count, what the bar says of it before Enter, and a count that corrects one."""

from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.exercise import Exercise
from tabletop.core.participants import FingersCard, view
from tests.builders import inject, question, small_exercise, stop
from tests.ui.run.leading import Lead, leading

SURE = {"text": "How sure are we?", "about": "fingers"}
FINGERED: Exercise = small_exercise((inject("a1"), stop("f1", questions=[question("f1", 1), SURE]), inject("a2")))


def counts(lead: Lead) -> list[tuple[int, ...]]:
    return [one.fingers for one in lead.new() if isinstance(one, e.FingersCounted)]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_question_about_fingers_has_its_step_after_the_round(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, FINGERED, size=size) as lead:
        await lead.until_stage("round")
        await lead.press("space", "space", "space")
        assert "close the round, on to  fingers (0-5)" in lead.bar
        await lead.press("space")
        assert lead.session.stop.stage == "fingers"
        assert view(lead.session).card == FingersCard("How sure are we?", (), number=1)
        lead.new()
        await lead.type("544")
        assert "save  fingers (0-5): 3 of 4" in lead.bar
        await lead.press("enter")
        assert counts(lead) == [(5, 4, 4)]
        assert lead.session.counted[-1].question == "How sure are we?"
        assert "3 of 4" in lead.page
        card = view(lead.session).card
        assert isinstance(card, FingersCard)
        assert card.people == 4
        await lead.type("5443")
        assert "in place of 4 4 5" in lead.bar
        await lead.press("enter")
        assert [one.counted for one in lead.session.counted] == [(5, 4, 4, 3)]
        assert view(lead.session).card == FingersCard("How sure are we?", (0, 0, 0, 1, 2, 1), number=1)
        await lead.press("space")
        assert lead.session.stop.stage == "agreement"


async def test_the_step_of_fingers_may_be_passed_over(tmp_path: Path) -> None:
    async with leading(tmp_path, FINGERED) as lead:
        await lead.until_stage("fingers")
        await lead.press("space")
        assert lead.session.stop.stage == "agreement"
        assert lead.session.counted == ()


async def test_digits_in_place_of_an_agreed_line_are_fingers_and_the_bar_says_so(tmp_path: Path) -> None:
    async with leading(tmp_path, FINGERED) as lead:
        await lead.until_stage("agreement")
        lead.new()
        await lead.type("5443")
        assert "save  fingers (0-5): 4 of 4" in lead.bar
        await lead.press("enter")
        assert counts(lead) == [(5, 4, 4, 3)]
        assert lead.session.agreements == ()
        await lead.press("space")
        await lead.type("5443 addresses first")
        assert "the agreed line" in lead.bar
        await lead.press("enter")
        assert lead.session.agreement is not None


async def test_digits_at_a_proposal_are_its_count_without_asking_first(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("+ a shorter list")
        await lead.wait(60 * 50)
        await lead.space_until(lambda s: s.task == "kinds")
        await lead.press("enter", "down", "down", "down", "enter", "escape")
        await lead.space_until(lambda s: s.task == "proposals")
        assert "one digit for each person" in lead.placeholder
        await lead.type("5431")
        assert "fingers (0-5): 4 of 4" in lead.bar
        await lead.press("enter")
        assert lead.session.counted[-1][:3] == ("a shorter list", "lp-1", (5, 4, 3, 1))
        await lead.enter("5432")
        assert [one.counted for one in lead.session.counted] == [(5, 4, 3, 2)]
        await lead.enter("a note")
        assert lead.new()[-1].text == "a note"


async def test_a_command_counts_with_how_many_of_how_many_and_corrects_at_the_same_inject(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("v")
        await lead.type("443")
        assert "save fingers  3 of 4" in lead.bar
        await lead.press("enter")
        await lead.command("v")
        assert "in place of 3 4 4" in lead.bar
        await lead.enter("4431")
        assert [one.counted for one in lead.session.counted] == [(4, 4, 3, 1)]
        await lead.until_shown("a2")
        await lead.command("v")
        await lead.enter("5555")
        assert len(lead.session.counted) == 2
