"""Saving fails: the leader sees it at once, nothing typed is lost, and it goes on, elsewhere if need be."""

from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.participants import view
from tests.ui.run.leading import leading

SIZES = [(80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES)
async def test_red_words_at_once_and_the_line_keeps_the_text(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, language="nl", size=size) as lead:
        await lead.press("space")
        before = view(lead.session)
        lead.disk.broken = True
        lead.new()
        await lead.enter("+ eerst koffie @field-one")
        assert "niet bewaard" in lead.header
        assert lead.text == "+ eerst koffie @field-one"
        assert "probeer opnieuw" in lead.bar
        assert lead.new() == []
        assert view(lead.session) == before
        await lead.press("escape")
        assert lead.text == "+ eerst koffie @field-one"
        await lead.press("enter")
        assert "niet bewaard" in lead.header
        lead.disk.broken = False
        await lead.press("enter")
        assert "niet bewaard" not in lead.header
        assert lead.text == ""
        (point,) = lead.new()
        assert point.text == "eerst koffie"


async def test_text_that_was_changed_is_saved_in_place_of_the_old_one(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.disk.broken = True
        await lead.enter("a first thought")
        lead.disk.broken = False
        lead.new()
        await lead.type(", and a second")
        await lead.press("enter")
        assert [one.text for one in lead.new()] == ["a first thought, and a second"]
        assert lead.text == ""


@pytest.mark.parametrize("key", ["space", "enter", "pagedown"])
async def test_on_the_empty_line_space_and_enter_try_again(tmp_path: Path, key: str) -> None:
    async with leading(tmp_path) as lead:
        lead.disk.broken = True
        await lead.press("space")
        assert "not saved" in lead.header
        assert lead.session.current is None
        await lead.press(key, "up", "down", "left", "escape")
        assert lead.session.current is None
        lead.disk.broken = False
        await lead.press(key)
        assert lead.session.current == "a1"
        assert [one.type for one in lead.new()] == ["inject-shown"]


async def test_a_note_typed_while_a_step_waits_loses_neither(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        lead.disk.broken = True
        await lead.press("space")
        await lead.enter("a note meanwhile")
        assert lead.text == "a note meanwhile"
        lead.disk.broken = False
        await lead.press("enter")
        assert [one.type for one in lead.new()] == ["inject-shown", "observation"]
        assert lead.text == ""


@pytest.mark.parametrize("beside_text", [True, False])
async def test_it_goes_on_in_another_place(tmp_path: Path, beside_text: bool) -> None:
    other = tmp_path / "stick"
    other.mkdir()
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        lead.disk.broken = True
        if beside_text:
            await lead.enter("+ eerst koffie")
            await lead.press("f2")
        else:
            await lead.press("space", "slash")
        await lead.press("b")
        assert "ELDERS" in lead.page.upper()
        await lead.press("ctrl+u")
        await lead.enter(str(other))
        assert lead.scene.trouble is None, lead.bar
        assert "niet bewaard" not in lead.header
        assert lead.text == ""
        assert lead.scene.lines.waiting == 0
        path = lead.scene.control.writer.path
        assert path.parent == other
        wanted = e.LearningPointNoted if beside_text else e.FeedbackOpened
        assert isinstance(lead.saved[-1], wanted)
        await lead.enter("en verder")
        assert lead.saved[-1].text == "en verder"


async def test_a_place_that_does_not_work_either_is_asked_again_and_loses_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.disk.broken = True
        await lead.enter("+ coffee first")
        await lead.press("f2", "d", "ctrl+u")
        await lead.enter("/proc/nowhere/at/all.toml")
        assert lead.scene.prompt is not None
        assert lead.text == "/proc/nowhere/at/all.toml"
        await lead.press("escape")
        assert lead.text == "+ coffee first"
        lead.disk.broken = False
        await lead.press("enter")
        assert lead.session.points[0].text == "coffee first"


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/", "x" * 300 + ".toml", "/proc/1/fd/x/y.toml"])
async def test_a_place_that_cannot_be_is_said_in_a_sentence(tmp_path: Path, typed: str) -> None:
    async with leading(tmp_path) as lead:
        lead.disk.broken = True
        await lead.enter("+ coffee first")
        await lead.press("f2", "d", "ctrl+u")
        await lead.enter(typed)
        assert lead.scene.prompt is not None
        assert lead.scene.notice
        assert lead.scene.notice[:30] in lead.page
        assert lead.scene.trouble is not None


async def test_a_log_that_goes_away_is_told_at_the_next_tick_and_found_again(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        path = lead.scene.control.writer.path
        away = path.rename(path.with_name("away"))
        lead.scene.ticked()
        lead.desk.redraw()
        assert "not saved" in lead.header
        await lead.enter("typed meanwhile")
        assert lead.text == "typed meanwhile"
        away.rename(path)
        await lead.press("enter")
        assert lead.text == ""
        path.rename(away)
        lead.scene.ticked()
        away.rename(path)
        lead.scene.ticked()
        lead.desk.redraw()
        assert "not saved" not in lead.header
        assert lead.saved[-1].text == "typed meanwhile"


async def test_a_follow_up_question_is_asked_again_with_what_was_typed(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.disk.broken = True
        await lead.command("1")
        await lead.enter("they help themselves")
        assert lead.text == "they help themselves"
        lead.disk.broken = False
        await lead.press("enter")
        assert lead.session.first.because == "they help themselves"
        assert lead.text == ""


async def test_no_play_tries_again_too(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.disk.broken = True
        await lead.enter("a note")
        lead.disk.broken = False
        await lead.press("f2", "n")
        assert lead.session.still == "real-incident"
        assert [one.type for one in lead.new()][-2:] == ["observation", "paused"]
        assert lead.text == ""


async def test_what_is_not_saved_is_a_draft_when_the_leader_goes_away(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.disk.broken = True
        await lead.enter("a note")
        await lead.press("f2", "q")
    assert lead.scene.drafts.load("run-1") == "a note"


@pytest.mark.parametrize("size", SIZES)
async def test_what_could_not_be_saved_is_said_where_everything_else_stays(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.until_stage("writing")
        before = lead.header
        lead.disk.broken = True
        await lead.enter("+ coffee first")
        assert lead.header.split("  ")[1] == before.split("  ")[1]  # which feedback point this is
        assert "! not saved, disk full" in lead.header
        assert "Make room and try again" in lead.page
        assert "! not saved" in "".join(text for text, _ in lead.scene.look().aside)
