"""What stands on the leader's screen while the storyline runs, at both sizes: everything true, nothing out of reach."""

from pathlib import Path

import pytest

from tests.builders import PEOPLE, STEPS, inject, small_exercise
from tests.ui.run.leading import leading

SIZES = [(80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_pause_past_the_budget_nobody_said_that_it_goes_well(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        await lead.wait(4 * 60 + 18)
        await lead.command("p")
        await lead.press("enter")
        assert "going well" not in lead.page
        assert "over its time" in lead.page
        await lead.press("space")
        await lead.command("g")
        assert "going well, 0:" in lead.page


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_tab_of_the_card_is_whole(tmp_path: Path, language: str) -> None:
    async with leading(tmp_path, size=(80, 24), language=language) as lead:
        await lead.press("space")
        assert lead.words.t("PARTICIPANTS' SCREEN") in lead.page
        await lead.wait(60 * 10)
        assert lead.words.t("PARTICIPANTS' SCREEN") in lead.page


LONG = " ".join(f"word{number}" for number in range(90))
LISTENED = small_exercise((inject("a1", minute=0, to=["field-one"], receiver_only=True, text=LONG), *STEPS[1:]))


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_for_the_receiver_only_can_be_read_out(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, LISTENED, size=size) as lead:
        await lead.press("space")
        assert "Play" in lead.page
        assert "sender-a1" in lead.page
        seen = lead.page
        while "\u2190 back" not in lead.page:
            await lead.press("right")
            seen += lead.page
        assert all(f"word{number}" in seen for number in range(90))
        assert "expect-a1" in seen
        await lead.press("left", "left", "left")
        assert "sender-a1" in lead.page


@pytest.mark.parametrize("size", SIZES)
async def test_guidance_that_is_longer_than_its_place_is_read_with_the_arrows(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    long = inject("a1", minute=0, objectives=["o1"], expect=LONG, ask=["first?", "second?"], text="text\n" * 9)
    async with leading(tmp_path, small_exercise((long, *STEPS[1:])), size=size) as lead:
        await lead.press("space")
        seen = lead.page
        assert "\u2192 read on" in seen
        while "\u2190 back" not in lead.page:
            await lead.press("right")
            seen += lead.page
        assert all(f"word{number}" in seen for number in range(90))
        assert "short-o1" in seen
        await lead.press("space")
        assert lead.scene.read.at == 0


@pytest.mark.parametrize("size", SIZES)
async def test_the_answers_beside_the_one_list_can_all_be_read(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.until_stage("round")
        for place, _ in enumerate(PEOPLE):
            await lead.enter(f"answer{place} " + "and why that is so " * 14)
            await lead.press("down")
        await lead.press("slash", "w", "down", "enter", "down", "enter")
        assert not lead.session.at_table("field-one")
        await lead.until_stage("list")
        seen = lead.page
        for _ in range(9):
            await lead.press("right")
            seen += lead.page
        assert all(f"answer{place}" in seen for place, _ in enumerate(PEOPLE))


@pytest.mark.parametrize("size", SIZES)
async def test_before_the_first_inject_the_words_to_say_have_the_room(tmp_path: Path, size: tuple[int, int]) -> None:
    exercise = small_exercise(introduction="\n".join(f"say{number}" for number in range(40)), situation="open " * 80)
    async with leading(tmp_path, exercise, size=size) as lead:
        assert sum("say" in row for row in lead.rows) >= 6


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", ["running", "check", "writing", "round", "fingers", "agreement"])
async def test_what_was_saved_stands_on_the_screen_at_once(tmp_path: Path, stage: str, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        if stage == "check":
            await lead.until_stage("agreement")
            await lead.enter("ask first")
        if stage != "running":
            await lead.until_stage(stage)
        await lead.enter("+ coffee first @field-one")
        assert "+ Field One coffee first" in lead.page
        await lead.enter("+ a secret word *")
        assert "secret word" not in lead.page
        await lead.enter("! the hall stays shut")
        await lead.press("escape")
        assert "! the hall stays shut" in lead.page


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_stop_the_arrows_show_what_they_chose(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.until_stage("writing")
        await lead.enter("+ the older point")
        await lead.enter("+ the newer point")
        await lead.press("up", "up")
        assert any("\u25ba" in row and "the older point" in row for row in lead.rows)


@pytest.mark.parametrize("size", SIZES)
async def test_the_forecast_names_the_hard_end(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        assert "2 min earlier than 13:56" in lead.page
        await lead.wait(60 * 12)
        assert "min later than 13:56" in lead.page


async def test_at_80_by_24_planned_against_actual_stands_beside_the_inject(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(80, 24)) as lead:
        await lead.wait(60 * 3)
        await lead.press("space")
        assert "title-a1 +3" in lead.page


@pytest.mark.parametrize("size", SIZES)
async def test_the_header_is_never_cut_in_the_middle_of_the_forecast(tmp_path: Path, size: tuple[int, int]) -> None:
    exercise = small_exercise(title="A title that is as long as titles of exercises can be in practice")
    async with leading(tmp_path, exercise, size=size) as lead:
        await lead.press("space")
        for _ in range(9):
            await lead.wait(60 * 12)
            assert not lead.header.rstrip().endswith("…")
            assert "…  " in lead.header or "practice" in lead.header


async def test_in_a_stop_the_one_card_of_the_agreement_leaves_room_for_the_round(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(80, 24)) as lead:
        await lead.until_stage("round")
        await lead.enter("+ ask first")
        await lead.until_stage("agreement")
        await lead.enter("we ask before we help")
        assert any("Field One" in row and "+ ask first" in row for row in lead.rows[4:])


async def test_thank_yous_are_seen_before_they_are_shown(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(120, 36)) as lead:
        await lead.press("space")
        await lead.enter("+ coffee first @field-one")
        await lead.space_until(lambda s: s.phase == "debrief" and s.task == "thanks")
        assert "NEXT ON" not in lead.page
        await lead.press("enter")
        assert "NEXT ON THE PARTICIPANTS' SCREEN" in lead.page
        assert not lead.session.thanks_shown
        await lead.press("slash", "a")
        assert "NEXT ON" not in lead.page


async def test_what_is_typed_takes_the_place_of_a_text_that_was_put_there_for_that(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        lead.desk.put("NO PLAY", replaced=True)
        await lead.type("STOP")
        assert lead.text == "STOP"
        lead.desk.put("NO PLAY")
        await lead.type(" NOW")
        assert lead.text == "NO PLAY NOW"
