"""The hot debrief: questions, then every task, and an end that only a typed word brings."""

from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.participants import Reveal, Thanks, view
from tests.ui.run.leading import Lead, leading


async def debrief(lead: Lead, *notes: str) -> Lead:
    await lead.press("space")
    for note in notes:
        await lead.enter(note)
        if lead.scene.prompt is not None:
            await lead.press("escape")
    await lead.wait(60 * 50)
    await lead.space_until(lambda s: s.phase == "debrief")
    return lead


def written(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


async def until_task(lead: Lead, task: str) -> Lead:
    return await lead.space_until(lambda s: s.task == task)


async def test_answers_belong_to_the_question_in_turn_and_private_ones_are_hidden(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await debrief(lead)
        await lead.enter("calm")
        await lead.press("space")
        await lead.enter("my own secret *")
        answers = [one for one in lead.new() if isinstance(one, e.DebriefAnswered)]
        assert [(one.question, one.private) for one in answers] == [(1, False), (2, True)]
        assert "my own secret" not in lead.page
        await lead.command("b")
        assert lead.session.question == 1


async def test_marks_are_written_out(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+", "-"), "marks")
        await lead.press("down")
        await lead.enter("left without a plan")
        points = lead.session.points
        assert [point.text for point in points] == ["", "left without a plan"]
        assert "►" in lead.page
        await lead.enter("kept calm")
        assert [point.text for point in lead.session.points] == ["kept calm", "left without a plan"]


async def test_a_mark_is_written_out_with_its_official_and_theme(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "-"), "marks")
        await lead.enter("drove off @office-one #staff")
        point = lead.session.points[0]
        assert (point.text, point.official, point.themes) == ("drove off", "office-one", ("staff",))


async def test_what_has_no_field_stays_in_the_words_of_an_answer(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await debrief(lead)
        await lead.enter("calm #staff @office-one")
        answer = lead.session.debrief_answers[-1]
        assert (answer.text, answer.official) == ("calm #staff", "office-one")
        await until_task(lead, "used")
        await lead.enter("the whiteboard @office-one")
        assert lead.session.used == ("the whiteboard Office One",)


async def test_kinds_are_chosen_one_after_another(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+ a point"), "kinds")
        await lead.press("enter", "down", "down", "down", "enter", "down", "enter", "down", "enter")
        point = lead.session.points[0]
        assert (point.kind, point.level, point.aspect) == ("proposal", "organisation", "effect")
        assert lead.scene.prompt is None


async def test_words_that_were_left_as_they_are_do_not_stay_behind_as_a_note(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+ a point"), "kinds")
        await lead.press("enter", "up", "enter", "enter")
        assert lead.text == "a point"
        lead.new()
        await lead.press("enter")
        assert "Nothing changed." in lead.page
        assert lead.text == ""
        assert not lead.new()


async def test_every_part_of_a_point_can_be_revised_from_its_row(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+ a point @field-one", "+ another"), "kinds")
        await lead.press("enter")
        await lead.enter("better words @office-one #staff")
        point = lead.session.points[0]
        assert (point.text, point.official, point.themes) == ("better words", "office-one", ("staff",))
        await lead.press("enter", "up", "enter")
        assert "LEARNING POINT: better words" in lead.page
        await lead.press("up", "enter")
        assert lead.session.points[0].withdrawn
        assert lead.scene.item == 0


async def test_enter_opens_the_task_or_question_that_the_arrows_chose(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await debrief(lead, "+ a point")
        assert lead.session.question == 1
        await lead.press("down", "down")
        assert lead.bar.endswith("Enter opens question 3")
        assert lead.bar.startswith("SPACE")
        await lead.press("enter")
        assert lead.session.question == 3
        await lead.press("down", "down", "enter")
        assert lead.session.task == "used"
        await lead.press("up", "up", "enter")
        assert lead.session.task == "thanks"
        await lead.press("down", "down", "down", "down", "enter")
        assert (lead.session.task, lead.session.question) == ("questions", 3)


async def test_a_second_enter_in_a_task_opens_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+"), "marks")
        await lead.enter("kept calm")
        await lead.press("enter", "enter")
        assert lead.session.task == "marks"
        await until_task(lead, "thanks")
        await lead.press(*["enter"] * 9)
        assert lead.session.task == "thanks"


async def test_on_another_task_a_text_is_a_note_and_the_bar_says_so(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+"), "marks")
        await lead.press("down")
        await lead.type("a note")
        assert "save observation" in lead.bar
        await lead.press("enter")
        assert lead.new()[-1].text == "a note"
        assert lead.session.points[0].is_mark


async def test_a_point_stands_under_the_question_at_which_it_was_noted_and_is_the_tables(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await debrief(lead)
        await lead.type("+ began in time")
        assert "+ the table" in lead.bar
        await lead.press("enter")
        assert lead.session.points[0].official is None
        assert "began in time" in lead.page
        await lead.press("space")
        assert "began in time" not in lead.page
        await lead.enter("- too many lists @office-one")
        assert lead.session.points[1].official == "office-one"
        await lead.command("b")
        assert "began in time" in lead.page
        assert "too many lists" not in lead.page


async def test_what_was_really_used_is_ticked_and_added(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead), "used")
        await lead.press("enter", "down", "enter", "enter")
        await lead.enter("the whiteboard")
        assert set(lead.session.used) == {"checklist-one", "the whiteboard"}


async def test_a_proposal_is_put_to_the_fingers(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead, "+ a shorter list"), "kinds")
        await lead.press("enter", "down", "down", "down", "enter", "escape")
        assert lead.session.points[0].kind == "proposal"
        await until_task(lead, "proposals")
        await lead.press("enter")
        assert lead.session.fingers is not None
        await lead.enter("5431")
        assert lead.session.counted[-1].point == "lp-1"
        assert "1 3 4 5" in lead.page


async def test_thanks_are_approved_one_by_one_and_quote_only_what_may_be_seen(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await debrief(lead, "+ shared keep @field-one", "- shared change @field-one", "+ own keep @leader-one *")
        await until_task(lead, "thanks")
        await lead.command("a")
        await lead.press("escape")
        assert not lead.session.thanks_shown
        await lead.press("enter", "enter")
        assert list(lead.session.thanks) == ["field-one", "leader-one"]
        await lead.command("a")
        card = view(lead.session).card
        assert isinstance(card, Thanks)
        assert "shared keep" in str(card)
        assert "shared change" not in str(card)
        assert "own keep" not in str(card)
        assert "Office One" not in str(card)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_the_reveal_is_shown_only_here_and_only_when_asked(tmp_path: Path, key: str) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead), "reveal")
        assert not isinstance(view(lead.session).card, Reveal)
        assert "what really happened" in lead.bar
        await lead.press(key)
        assert isinstance(view(lead.session).card, Reveal)


async def test_space_alone_passes_every_thank_you_by_and_approves_none(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead), "thanks")
        assert "next thank-you  Leader One" in lead.bar
        assert "Enter approves this one" in lead.bar
        for place in (1, 2, 3):
            await lead.press("space")
            assert (lead.session.task, lead.scene.item) == ("thanks", place)
        assert lead.session.thanks == {}
        await lead.press("space")
        assert lead.session.task == "reveal"


async def test_space_goes_to_the_next_thank_you_that_waits_and_then_shows_the_approved_ones(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await until_task(await debrief(lead), "thanks")
        await lead.press("down", "enter", "up", "up", "space")
        assert lead.scene.item == 2, "the second was approved"
        await lead.press("space")
        assert (lead.scene.item, lead.session.thanks_shown) == (3, False)
        assert "show  the thank-yous" in lead.bar
        await lead.press("space")
        assert isinstance(view(lead.session).card, Thanks)
        assert list(lead.session.thanks) == ["leader-one"]
        await lead.press("space")
        assert lead.session.task == "reveal"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_last_bar_says_what_is_still_open_and_only_then_that_nothing_is(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, size=size) as lead:
        await until_task(await debrief(lead, "+", "-"), "thanks")
        await lead.press("enter")
        await lead.space_until(lambda s: s.task == "reveal")
        await lead.press("space", "space")
        assert "still open:  2 marks · thanks 1 of 4" in lead.bar
        assert "/e end" in lead.bar
        for _ in range(7):
            await lead.command("b")
        await until_task(lead, "marks")
        await lead.enter("one")
        await lead.enter("two")
        await until_task(lead, "thanks")
        await lead.press("enter", "enter", "enter", "enter")
        await lead.space_until(lambda s: s.reveal_shown)
        await lead.press("space", "space")
        assert "nothing is left open; close with" in lead.bar


async def test_at_the_end_the_summary_is_written_and_both_places_are_named(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await debrief(lead, "+ eerst koffie @field-one", "+ voor mij *")
        await lead.command("e")
        await lead.enter("einde")
        assert lead.session.phase == "ended"
        assert "eerst koffie" in lead.page
        assert "voor mij" not in lead.page
        assert "eerst koffie" in written(lead.scene.actions.leaving.summary)
        assert "run.toml" in lead.page.replace("\n", "")
        await lead.enter("nog iets")
        await lead.press("ctrl+u", "space", "enter", "slash", "f2", "up", "down")
        assert lead.saved[-1].type == "session-ended"


async def test_a_task_that_was_passed_is_ticked_unless_something_of_it_is_open(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(120, 36)) as lead:
        await lead.press("space")
        await lead.enter("+ coffee first @field-one")
        await lead.space_until(lambda session: session.task == "reveal")
        rows = [row.strip() for row in lead.rows]
        assert any(row.startswith("✓") and "1 point" in row for row in rows)
        assert any(row.startswith("○") and "0 of 4 approved" in row for row in rows)
