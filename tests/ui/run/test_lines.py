"""The typing line: nothing typed is ever lost, and no letter ever does anything by itself."""

import string
from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.text import LONGEST
from tests.builders import HeldClock
from tests.ui.run.leading import Lead, control_of, leading

HALF = "half a thought @nobody"


@pytest.mark.parametrize("stage", ["introduction", "running", "round", "debrief"])
async def test_no_single_letter_runs_a_command_on_the_empty_line(tmp_path: Path, stage: str) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, stage)
        lead.new()
        for letter in string.ascii_letters + string.digits + "!+-*@#.,?\\":
            await lead.type(letter)
            assert lead.text == letter
            await lead.press("backspace")
        assert lead.new() == []
        assert lead.scene.prompt is None


async def bring(lead: Lead, stage: str) -> None:
    match stage:
        case "running":
            await lead.press("space")
        case "round":
            await lead.until_stage("round")
        case "debrief":
            await lead.space_until(lambda s: s.phase == "debrief")


async def test_a_half_typed_line_survives_the_clock_a_feedback_point_and_an_undo(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type(HALF)
        await lead.wait(700)
        assert lead.text == HALF
        await lead.beside("f")
        assert lead.session.phase == "feedback"
        assert lead.text == HALF
        await lead.beside("u")
        assert lead.scene.prompt is not None
        assert lead.text == ""
        await lead.press("enter")
        assert lead.session.phase == "running"
        assert lead.text == HALF


async def test_a_half_typed_line_survives_resizing_to_too_small_and_back(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type(HALF)
        for size in ((80, 24), (79, 24), (80, 23), (20, 5), (160, 50), (120, 36)):
            await lead.resize(*size)
            assert lead.text == HALF
        await lead.type(" and more")
        assert lead.text == HALF + " and more"
        await lead.press("enter")
        assert lead.text == ""


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (20, 5), (1, 1)])
async def test_a_window_that_is_too_small_says_so_and_takes_no_key(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        if size != (1, 1):
            assert "window" in lead.page
        await lead.press("space", "slash", "n", "f2", "n", "ctrl+p", "n", "enter")
        assert [one for one in lead.new() if not isinstance(one, e.Observed)] == []
        assert lead.session.still is None
        assert lead.scene.prompt is None


@pytest.mark.parametrize("letter", ["1", "w", "o", "c", "i", "x", "p", "u", "e", "h", "v"])
async def test_a_half_typed_line_comes_back_after_a_prompt_that_f2_opened(tmp_path: Path, letter: str) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type(HALF)
        await lead.beside(letter)
        assert lead.scene.prompt is not None
        assert (lead.text == HALF) is (letter == "h"), "the help needs no line"
        await lead.press("escape")
        assert lead.scene.prompt is None
        assert lead.text == HALF


async def test_esc_puts_a_line_aside_and_brings_it_back(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.type(HALF)
        await lead.press("escape")
        assert lead.text == ""
        assert "› 1 concept" in lead.header
        await lead.enter("iets anders")
        assert lead.text == ""
        assert "› 1 concept" in lead.header
        await lead.press("escape")
        assert lead.text == HALF
        assert "concept" not in lead.header


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("stage", ["introduction", "running", "round", "debrief"])
async def test_a_line_put_aside_is_named_in_every_header(tmp_path: Path, stage: str, size: tuple[int, int]) -> None:
    async with leading(tmp_path, language="nl", size=size) as lead:
        await bring(lead, stage)
        await lead.type("een halve regel")
        await lead.press("escape")
        assert "› 1 concept" in lead.header


async def test_a_second_line_put_aside_leaves_the_first_where_it_is(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.type("first")
        await lead.press("escape")
        await lead.type("second")
        await lead.press("escape")
        assert "› 2 drafts" in lead.header
        await lead.type("third")
        await lead.beside("w")
        await lead.press("escape")
        assert lead.text == "third"
        await lead.press("enter", "escape")
        assert lead.text == "second"
        await lead.press("enter", "escape")
        assert lead.text == "first"


async def test_what_was_typed_in_a_prompt_is_put_aside_when_another_command_takes_its_place(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("half a note")
        await lead.beside("1")
        await lead.type("people do it themselves")
        await lead.beside("w")
        await lead.press("escape")
        assert lead.text == "half a note"
        await lead.press("ctrl+u")
        await lead.press("escape")
        assert lead.text == "people do it themselves"


async def test_the_list_over_a_prompt_leaves_the_prompt_as_it_was(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("1")
        await lead.press("down")
        await lead.type("because of this")
        await lead.press("f2", "down", "escape")
        assert lead.text == "because of this"
        await lead.press("enter")
        (first,) = [one for one in lead.new() if isinstance(one, e.FirstQuestionAnswered)]
        assert (first.answer, first.because) == ("no", "because of this")


async def test_the_list_leaves_the_line_as_it_was_whatever_is_pressed_in_it(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.new()
        await lead.type("half a line")
        await lead.press("f2", "backspace", "delete", "left", "right", "home", "ctrl+u", "ctrl+w", "space", "ctrl+k")
        await lead.paste("pasted")
        assert lead.scene.prompt is not None
        await lead.press("escape")
        assert lead.text == "half a line"
        assert lead.new() == []


async def test_beside_text_the_arrows_go_through_the_columns_of_the_list(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("half a line")
        await lead.press("f2")
        before = lead.scene.prompt.selected
        await lead.press("right")
        assert lead.scene.prompt.selected != before


async def test_text_beside_a_choice_that_is_none_of_them_stays(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! the hall stays closed")
        await lead.type("and a note meanwhile")
        await lead.press("enter")
        assert lead.scene.prompt is not None
        assert "Nothing here is called that" in lead.said
        assert lead.text == "and a note meanwhile"
        await lead.press("escape")
        assert lead.scene.prompt is None
        assert lead.text == "and a note meanwhile"
        assert lead.session.decisions[-1].text == "the hall stays closed"


async def test_typing_beside_a_list_chooses_from_it(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! the hall stays closed")
        await lead.type("off")
        assert lead.scene.prompt.chosen.label == "Office One"
        await lead.press("enter")
        assert lead.text == ""
        await lead.type("back")
        await lead.press("enter", "enter")
        decision = lead.session.decisions[-1]
        assert (decision.official, decision.where, decision.within) == ("office-one", "back-office", None)


async def test_the_number_of_a_line_of_the_checklist_chooses_it(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("c")
        await lead.type("2")
        await lead.press("enter")
        assert lead.session.used == ("checklist-two",)


async def test_the_draft_is_kept_on_disk_and_is_back_when_the_run_is_opened_again(tmp_path: Path) -> None:
    clock = HeldClock()
    control = control_of(tmp_path, clock)
    async with leading(tmp_path, control=control, clock=clock) as lead:
        await lead.press("space")
        await lead.type("put aside")
        await lead.press("escape")
        await lead.type(HALF)
        await lead.wait(1)
        kept = lead.scene.drafts.load("run-1")
        assert HALF in kept
        path = lead.scene.control.writer.path
    again = type(control).resume(path, clock)
    async with leading(tmp_path, control=again, clock=clock) as lead:
        assert lead.text == HALF
        await lead.press("enter", "escape")
        assert lead.text == "put aside"
        await lead.press("enter")
        assert lead.scene.drafts.load("run-1") == ""


async def test_a_text_that_a_prompt_put_in_the_line_is_no_draft(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("half a line")
        await lead.beside("x")
        assert lead.text
        await lead.wait(1)
        assert lead.scene.drafts.load("run-1") == "half a line"


async def test_pagedown_beside_text_does_nothing_and_it_is_said(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        lead.new()
        await lead.type("een notitie")
        await lead.press("pagedown")
        assert lead.said == "eerst Enter of Esc"
        assert "bewaar waarneming" in lead.bar
        assert lead.text == "een notitie"
        assert lead.new() == []
        await lead.type("!")
        assert lead.said != "eerst Enter of Esc"


async def test_two_presses_within_a_third_of_a_second_count_once(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        for key in ("space", "space", "pagedown"):
            lead.clock.advance(-0.4)
            await lead.press(key)
        assert [one.type for one in lead.new()] == ["inject-shown"]
        await lead.press("pagedown")
        assert len(lead.new()) == 1


async def test_what_is_pasted_stays_on_one_line_and_whole(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.paste("first line\r\nsecond\tline\x1b[31m\n\nthird\u202e")
        assert lead.text == "first line second line[31m  third"
        await lead.press("enter")
        assert lead.new()[-1].text == "first line second line[31m  third"


async def test_ten_thousand_characters_are_kept_and_more_are_cut_not_refused(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("+ ")
        await lead.paste("x" * (LONGEST + 500))
        assert len(lead.text) == LONGEST
        await lead.press("enter")
        assert len(lead.new()[-1].text) == LONGEST - 2
        assert lead.text == ""


async def test_a_slash_beside_text_is_a_slash(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.type("and/or")
        assert lead.text == "and/or"


@pytest.mark.parametrize("letters", ["e", "x", "v", "u", "w", "1"])
async def test_no_play_is_two_keys_from_whatever_is_asked(tmp_path: Path, letters: str) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command(letters)
        await lead.press("ctrl+u", "slash", "n")
        assert lead.session.still == "real-incident"
        assert lead.text == ""


async def test_where_a_path_is_asked_a_slash_is_typed(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        lead.disk.broken = True
        await lead.press("space", "slash", "d", "ctrl+u", "slash")
        assert lead.text == "/"
        await lead.press("f2", "n")
        assert lead.scene.prompt is None
