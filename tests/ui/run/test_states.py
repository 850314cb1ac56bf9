"""What every key does in every state of a run: the table "States and keys", row by row."""

from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import events as e
from tests.builders import HeldClock
from tests.ui.run.leading import Lead, control_of, leading

ARROWS = ("up", "down", "left", "right")


def types(lead: Lead) -> list[str]:
    return [event.type for event in lead.new()]


async def bring(lead: Lead, state: str, buy: str = "t") -> Lead:
    """Bring a run that has just begun into a state of the table."""
    match state:
        case "introduction":
            pass
        case "running":
            await lead.until_shown("a3")
        case "due":
            await lead.press("space")
        case "time bought":
            await lead.until_shown("a3")
            await lead.command(buy)
            await lead.press("enter")
        case "check":
            await lead.until_stage("agreement")
            await lead.enter("ask first")
            await lead.until_stage("check")
        case "round, all heard":
            await lead.until_stage("round")
            await lead.press(*["space"] * 3)
        case "writing" | "round" | "list":
            await lead.until_stage(state)
        case "writing at 0:00":
            await lead.until_stage("writing")
            await lead.wait(200)
        case "agreement, none":
            await lead.until_stage("agreement")
        case "agreement, saved":
            await lead.until_stage("agreement")
            await lead.enter("ask first")
        case "fingers":
            await lead.until_stage("fingers")
        case "debrief due":
            await lead.press("space")
            await lead.wait(60 * 50)
        case "pause":
            await lead.until_shown("a3")
            await lead.command("p")
            await lead.press("enter")
        case "NO PLAY":
            await lead.until_shown("a3")
            await lead.command("n")
        case "debrief":
            await lead.space_until(lambda s: s.phase == "debrief")
        case "end asked":
            await lead.press("space")
            await lead.command("e")
        case "list open":
            await lead.press("space", "slash")
        case "choice":
            await lead.press("space")
            await lead.command("1")
        case _:
            raise AssertionError(state)
    lead.new()
    return lead


STATES = (
    "introduction", "running", "due", "time bought", "check", "writing", "writing at 0:00", "round", "round, all heard",
    "list", "agreement, none", "agreement, saved", "fingers", "debrief due", "pause", "NO PLAY", "debrief", "end asked",
    "list open", "choice",
)  # fmt: skip

SPACE = {
    "introduction": ["inject-shown"],
    "running": ["feedback-opened"],
    "due": ["feedback-opened"],
    "time bought": ["time-bought-ended"],
    "check": ["agreement-checked", "feedback-step"],
    "writing": ["feedback-step"],
    "writing at 0:00": ["feedback-step"],
    "round": ["turn-taken"],
    "round, all heard": ["feedback-step"],
    "list": ["feedback-step"],
    "agreement, none": ["feedback-closed"],
    "agreement, saved": ["feedback-closed"],
    "fingers": ["feedback-step"],
    "debrief due": ["debrief-opened"],
    "pause": ["resumed"],
    "NO PLAY": [],
    "debrief": ["debrief-step"],
    "end asked": [],
    "list open": [],
    "choice": [],
}


@pytest.mark.parametrize("state", STATES)
async def test_space_and_the_clicker_do_the_next_right_thing(tmp_path: Path, state: str) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, state)
        await lead.press("pagedown" if STATES.index(state) % 2 else "space")
        assert types(lead) == SPACE[state]


ENTER = {"check": ["agreement-checked", "feedback-step"], "list open": ["feedback-opened"],
         "choice": ["first-question"]}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
async def test_arrows_esc_the_list_and_enter_on_the_empty_line_do_nothing_but_choose(
    tmp_path: Path, state: str
) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, state)
        before, was = lead.session.phase, lead.scene.prompt
        await lead.press("slash")
        assert "Choose a letter" in lead.page
        assert lead.placeholder == "/"
        await lead.press("space", "escape")
        assert "Choose a letter" not in lead.page
        assert lead.scene.prompt is (None if state == "list open" else was)
        if state == "list open":
            await lead.press("slash")
        await lead.press("enter")
        assert types(lead) == ENTER.get(state, [])
        assert lead.session.phase == ("feedback" if state == "list open" else before)
        if state in ENTER:
            return
        await lead.press(*ARROWS, "escape", "pageup", "tab", "shift+tab", "home", "end", "backspace", "delete")
        assert set(types(lead)) <= ({"turn-taken"} if state.startswith("round") else set())
        assert lead.text == ""
        assert lead.scene.prompt is None


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("NO PLAY", "list open", "end asked")])
async def test_no_play_is_two_keys_from_anywhere_and_only_the_word_goes_on(tmp_path: Path, state: str) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, state)
        before = lead.session
        await lead.press("slash", "n")
        assert lead.session.still == "real-incident"
        assert lead.scene.prompt is None
        assert types(lead) == ["paused"]
        await lead.enter("resume")
        assert lead.session.still is None
        await lead.type("half a line")
        await lead.press("f2", "n")
        assert lead.session.still == "real-incident"
        await lead.press("space", "enter", "pagedown", *ARROWS)
        await lead.enter("anything")
        assert lead.session.still == "real-incident"
        assert "resume" in lead.bar
        await lead.press("ctrl+u", "slash", "u", "o", "escape")
        assert lead.session.still == "real-incident"
        await lead.enter("Resume")
        assert lead.session.still is None
        assert (lead.session.phase, lead.session.stop and lead.session.stop.stage) == (
            before.phase, before.stop and before.stop.stage)  # fmt: skip
        assert lead.text == "half a line"


async def test_in_no_play_the_list_holds_only_the_ways_out(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "NO PLAY")
        await lead.press("slash")
        assert "quit, go on later" in lead.page
        assert "checklist" not in lead.page
        assert "undo" not in lead.page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("introduction", "SPATIE   toon  A1  title-a1"),
        ("running", "SPATIE   open  ◆ title-f2"),
        ("due", "SPATIE   open  ◆ title-f1"),
        ("time bought", "SPATIE   stop de tijd"),
        ("check", "SPATIE   bewaar"),
        ("writing", "SPATIE   open de  ronde"),
        ("writing at 0:00", "SPATIE   open de  ronde"),
        ("round", "SPATIE   het woord aan  Special One"),
        ("round, all heard", "SPATIE   sluit de ronde, op naar  één lijst"),
        ("agreement, none", "SPATIE   sluit  als besproken, niets opgeschreven"),
        ("agreement, saved", "SPATIE   sluit  het feedbackmoment"),
        ("debrief due", "SPATIE   open  ■ de nabespreking"),
        ("pause", "SPATIE   "),
        ("NO PLAY", "typ het woord “verder” en druk op Enter"),
        ("debrief", "SPATIE   volgende vraag"),
    ],
)
async def test_the_bar_names_the_key_and_the_object(tmp_path: Path, state: str, said: str) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await bring(lead, state, buy="k")
        assert lead.bar.startswith(said), lead.bar
        await lead.resize(80, 24)
        assert lead.bar.startswith(said), lead.bar


async def test_nothing_goes_on_by_itself_at_zero(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "writing")
        await lead.wait(1000)
        assert types(lead) == []
        assert lead.session.stop.stage == "writing"


async def test_whether_it_happened_can_be_typed_and_the_bar_says_so_first(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await bring(lead, "check")
        await lead.type("Ja")
        assert "ENTER   gebeurd?" in lead.page
        await lead.press("enter")
        (checked, _) = lead.new()
        assert checked.kept == "yes"
        assert lead.text == ""


@pytest.mark.parametrize(
    ("typed", "kept", "note"),
    [("no", "no", ""), ("deels", "partly", ""), ("de", "partly", ""), ("ja, maar te laat", "yes", "maar te laat"),
     ("niet", "not-discussed", ""), ("Ja ze deden het", "yes", "Ja ze deden het")],
)  # fmt: skip
async def test_whether_it_happened_may_be_typed_in_part_in_either_language_and_with_a_remark(
    tmp_path: Path, typed: str, kept: str, note: str
) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await bring(lead, "check")
        await lead.enter(typed)
        (checked, _) = lead.new()
        assert (checked.kept, checked.note) == (kept, note)
        assert lead.text == ""


async def test_other_words_at_the_check_stay_a_note_and_half_an_answer_is_none(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await bring(lead, "check")
        await lead.type("n")
        assert "nee · niet besproken" in lead.bar
        await lead.press("enter")
        assert not lead.new()
        await lead.enter("u keek opzij")
        (note,) = lead.new()
        assert (note.type, note.text) == ("observation", "nu keek opzij")


async def test_the_cursor_of_the_check_starts_on_not_discussed_and_the_arrows_choose(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "check")
        assert lead.scene.chosen.kept == "not-discussed"
        await lead.press("up", "space")
        (checked, _) = lead.new()
        assert checked.kept == "no"


async def test_in_the_round_arrows_choose_who_speaks_the_highest_rank_last(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "round")
        assert lead.session.speakers[-1] == "leader-one"
        first = lead.session.stop.speaker
        await lead.press("down")
        second = lead.session.stop.speaker
        assert [first, second] == list(lead.session.speakers[:2])
        await lead.enter("this is what I said")
        (said,) = [one for one in lead.new() if isinstance(one, e.Answered)]
        assert (said.official, said.question) == (second, lead.session.stop.round)
        await lead.press("left")
        await lead.enter("about the other one")
        assert lead.new()[-1].question == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_round_says_who_is_next_who_was_heard_and_what_the_arrows_do(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, size=size) as lead:
        await bring(lead, "round")
        assert "/k closes the round" in lead.bar
        assert "heard 0 of 4" in lead.page
        assert "↑ ↓ who speaks" in lead.placeholder
        if size[1] > 30:
            assert "3 not heard yet" in lead.bar
        await lead.press("down", "space")
        assert "heard 1 of 4" in lead.page, "the arrows pass by, Space goes on from who was heard"
        await lead.type("so")
        assert "Space Leader One" in lead.bar
        await lead.press("ctrl+u")
        await lead.command("k")
        assert lead.session.stop.stage == "list"


async def test_a_round_that_is_gone_on_with_after_a_kill_is_on_the_same_question(tmp_path: Path) -> None:
    clock = HeldClock()
    async with leading(tmp_path, control=(control := control_of(tmp_path, clock)), clock=clock) as lead:
        await bring(lead, "round")
        path = lead.scene.control.writer.path
    async with leading(tmp_path, control=Control.resume(path, clock), clock=clock) as lead:
        assert lead.session.still == "continued"
        await lead.press(*ARROWS, "escape", "enter")
        assert types(lead) == []
        await lead.press("space")
        assert types(lead) == ["resumed"]
        await lead.enter("an answer")
        assert lead.new()[-1].question == 2
    assert control is not None


async def test_arrows_choose_what_was_saved_and_enter_revises_it(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("+ coffee first @field-one")
        await lead.press("up")
        assert "revise this" in lead.bar
        assert "coffee first" in lead.bar
        await lead.press("enter")
        await lead.type("coffee and then run")
        await lead.press("enter")
        assert lead.session.points[0].text == "coffee and then run"
        await lead.press("up", "escape")
        assert "revise" not in lead.bar


async def test_a_paged_text_shows_its_next_page_first(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_shown("a2")
        assert "next page" in lead.bar
        lead.new()
        await lead.press("space")
        assert types(lead) == ["page-shown"]


async def test_no_inject_is_offered_while_time_is_bought_and_the_guard_sleeps(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.until_shown("a3")
        await lead.wait(4 * 60 + 10)
        assert "≈" in lead.page
        await lead.command("k")
        assert "3 min" in lead.page
        await lead.press("right", "right", "right", "down", "down", "enter")
        (bought,) = [one for one in lead.new() if isinstance(one, e.TimeBought)]
        assert (bought.minutes, bought.official) == (5.0, "leader-one")
        assert "≈" not in lead.page
        assert "stop de tijd" in lead.bar
        await lead.command("k")
        assert isinstance(lead.new()[-1], e.TimeBoughtEnded)
        await lead.command("k")
        await lead.press("left", "left", "left", "enter")
        assert lead.new()[-1].minutes == 2.0
        await lead.wait(121)
        assert "stop de tijd" not in lead.bar


async def test_the_guard_is_silent_after_going_well_for_this_inject_only(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl", size=(80, 24)) as lead:
        await lead.press("space")
        await lead.wait(4 * 60 + 1)
        assert "≈" in lead.page
        await lead.command("g")
        assert "≈" not in lead.page
        await lead.wait(60)
        assert "≈" not in lead.page
        await lead.until_shown("a3")
        await lead.wait(5 * 60)
        assert "≈" in lead.page


async def test_space_never_ends(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        for _ in range(90):
            await lead.press("space")
        assert lead.session.phase == "debrief"
        assert "/e" in lead.bar
        await lead.command("e")
        await lead.press("space", "enter", "pagedown")
        await lead.enter("en")
        assert lead.session.phase == "debrief"
        assert "end" in lead.bar
        await lead.press("ctrl+u")
        await lead.enter("END")
        assert lead.session.phase == "ended"


async def test_when_the_debrief_is_due_going_on_is_deliberate_and_logged(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "debrief due")
        await lead.command("l")
        assert types(lead) == ["debrief-postponed"]
        await lead.press("space")
        assert lead.session.phase != "debrief"


async def test_one_step_back_within_a_feedback_point(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "round")
        await lead.enter("said")
        await lead.command("b")
        assert lead.session.stop.stage == "writing"
        await lead.press("space")
        assert len(lead.session.answers) == 1


async def test_the_rest_of_the_feedback_commands(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await bring(lead, "due")
        await lead.command("l")
        assert types(lead) == ["feedback-postponed"]
        await lead.press("space")
        assert lead.session.current == "a2"
        await lead.press("space", "space", "space")
        await lead.command("k")
        assert "WHY" in lead.page
        await lead.press("enter")
        assert lead.scene.prompt is not None
        lead.new()
        await lead.enter("no time")
        (skipped,) = lead.new()
        assert (skipped.type, skipped.reason) == ("feedback-skipped", "no time")
        await lead.command("k")
        await lead.press("enter")
        assert types(lead) == ["inject-skipped"]
        await lead.command("f")
        assert lead.session.stop is not None
        await lead.command("m")
        assert lead.session.stop.stage == "agreement"
        await lead.command("r")
        assert [one.type for one in lead.new()][-2:] == ["feedback-closed", "inject-shown"]
