"""The leader sees what a choice leads to, what can be brought in and why, and leads a minute of rebuttal."""

from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core.exercise import Exercise, Language
from tabletop.core.participants import FingersCard, Message, Rebuttal, view
from tests.builders import HeldClock, inject, small_exercise, stop
from tests.ui.run.leading import Lead, leading

SIZES = ((80, 24), (120, 36))
CHOICES = [
    {"id": "wait", "text": "Wait and see who comes by themselves.", "argument": "Most people look after each other."},
    {"id": "call", "text": "Call everybody who lives alone, all evening.", "argument": "Some people have nobody."},
    {"id": "open", "text": "Open the hall.", "argument": "A roof is something that we can give."},
]
EXERCISE = small_exercise((
    inject("c4", minute=0, budget=4, title="Cold street", choices=CHOICES, objectives=["o1"]),
    inject("c5b", only_after=["c4.call"], title="Nobody answers", budget=3, to=["field", "special-one"]),
    stop("f1", minutes=4),
    inject("c6", minute=20, budget=4, title="On the radio", rebuttal=True, to=["special-one", "field-one"]),
    inject("r1", reserve=True, title="A neighbour asks", offered_with="c4", unless=["decision", "choice"],
           condition=""),
    inject("r2", reserve=True, title="A hall is full", only_after=["c4.open"], condition=""),
))  # fmt: skip
LETTERS: dict[Language, dict[str, str]] = {
    "nl": {"bring-in": "u", "choose": "j", "insert": "i", "rebuttal": "6", "undo": "o"},
    "en": {"bring-in": "y", "choose": "j", "insert": "i", "rebuttal": "6", "undo": "u"},
}
both = pytest.mark.parametrize("language", ["nl", "en"])
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def said(lead: Lead) -> str:
    """What stands on the screen, its line breaks and columns aside."""
    return " ".join(lead.page.split())


def middle(lead: Lead, size: tuple[int, int] = (120, 36)) -> str:
    """The same of the middle column, where there are columns."""
    rows = [row[41:89] for row in lead.rows] if size[0] > 110 else lead.rows
    return " ".join(" ".join(rows).split())


@sizes
@both
async def test_the_choices_say_what_they_lead_to_before_one_is_made(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, EXERCISE, language=language, size=size) as lead:
        await lead.press("space")
        for choice in CHOICES:
            assert choice["text"].split()[-1] in said(lead), "no way out is cut off the dilemma's row"
        assert "→ C5B" in lead.page
        assert "→ R2" in lead.page
        await lead.command("j")
        nothing = lead.words.t("leads to nothing else")
        found = set()
        for _ in CHOICES:  # what has no room comes into sight with the arrows
            found |= {line for line in ("C5B Nobody answers", "R2 A hall is full", nothing) if line in said(lead)}
            await lead.press("down")
        assert found == {"C5B Nobody answers", "R2 A hall is full", nothing}
        await lead.press("down", "enter")
        assert lead.session.choices["c4"].choice == "call"
        assert "C5B  Nobody answers" in lead.bar


@both
async def test_what_may_come_stands_quietly_in_the_storyline_and_not_in_the_ribbon(
    tmp_path: Path, language: Language
) -> None:
    after = {"nl": "na C4", "en": "if C4"}[language]
    async with leading(tmp_path, EXERCISE, language=language) as lead:
        await lead.press("space")
        assert f"{after}  C5B Nobody" in lead.page
        await lead.resize(80, 24)
        assert "C5B" not in lead.rows[2]
        await lead.resize(120, 36)
        await lead.command("j")
        await lead.press("enter")
        assert "C5B" not in lead.page, "passed over in silence"
        await lead.command(LETTERS[language]["undo"])
        await lead.press("enter")
        assert f"{after}  C5B Nobody" in lead.page


async def test_a_choice_that_comes_late_says_that_its_inject_can_be_brought_in(tmp_path: Path) -> None:
    async with leading(tmp_path, EXERCISE) as lead:
        await lead.until_shown("c6")
        await lead.press("slash")
        assert "C4, 3 ways out" in lead.page
        await lead.press("j", "down", "enter")
        assert "Its place has passed: C5B Nobody answers can be brought in." in lead.said
        await lead.wait(241)
        assert "the choice was recorded later: C5B Nobody answers can be brought in /y" in said(lead)
        await lead.command("y")
        assert lead.session.current == "c5b"


@sizes
@both
async def test_a_reserve_is_offered_with_its_reason_and_one_letter_brings_it_in(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    letter = LETTERS[language]["bring-in"]
    async with leading(tmp_path, EXERCISE, language=language, size=size) as lead:
        await lead.press("space")
        before = lead.bar
        await lead.wait(230)
        assert "R1 A neighbour asks" not in lead.page
        await lead.command(letter)
        await lead.press("escape")
        assert [event.type for event in lead.new()] == ["inject-shown"], "it is not in the list"
        await lead.wait(12)
        why = {"nl": "nog niets besloten, nog niet gekozen: R1 A neighbour asks kan erbij",
               "en": "nobody decided yet, no choice made yet: R1 A neighbour asks can be brought in"}  # fmt: skip
        assert f"{why[language]} /{letter}" in middle(lead, size)
        assert lead.bar == before, "Space means what it meant"
        await lead.command("i")
        beside = {"nl": "bij C4, als de tijd om is, nog niets besloten", "en": "with C4, when its time is over, nobody"}
        assert beside[language] in said(lead)
        await lead.press("escape")
        await lead.command(letter)
        assert lead.session.current == "r1"
        assert lead.new()[-1].type == "inject-shown"


async def test_going_well_and_a_decision_take_the_offer_away(tmp_path: Path) -> None:
    async with leading(tmp_path, EXERCISE) as lead:
        await lead.press("space")
        await lead.wait(242)
        assert "can be brought in" in said(lead)
        await lead.enter("! the hall stays shut @field-one")
        await lead.press("escape")
        assert "can be brought in" not in said(lead)
        await lead.command("u")
        await lead.press("enter")
        await lead.command("u")
        await lead.press("enter")
        assert "can be brought in" in said(lead)
        await lead.command("g")
        assert "can be brought in" not in said(lead)


async def test_of_several_that_can_be_brought_in_the_leader_says_which(tmp_path: Path) -> None:
    steps = (
        inject("a1", budget=1), inject("r1", reserve=True, offered_with="a1"),
        inject("r2", reserve=True, offered_with="a1"),
    )  # fmt: skip
    async with leading(tmp_path, small_exercise(steps)) as lead:
        await lead.press("space")
        await lead.wait(62)
        assert "its time is over: R1 title-r1 and R2 can be brought in /y" in middle(lead)
        await lead.command("y")
        await lead.press("down", "enter")
        assert lead.session.current == "r2"


# --- rebuttal ---


@sizes
@both
async def test_a_rebuttal_counts_down_and_goes_on_to_fingers_and_back(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, EXERCISE, language=language, size=size) as lead:
        await lead.until_shown("c6")
        assert "/6" in lead.page
        await lead.press("slash")
        row = next(row for row in lead.rows if " 6  " in row)
        assert row.strip().startswith("► 6"), "what its author asks for stands first"
        await lead.press("6")
        assert "► Special One" in lead.page, "who got the inject stands first"
        await lead.press("enter")
        await lead.wait(18)
        assert "0:4" in lead.page
        assert "REBUTTAL" in lead.page, "the participants read the language of the exercise"
        card = view(lead.session).card
        assert isinstance(card, Rebuttal)
        assert card.who == "Special One"
        await lead.enter("+ short and calm")
        assert lead.session.points[-1].official == "special-one", "who speaks is who it is about"
        await lead.wait(80)
        assert "0:00" in lead.page, "nothing goes on by itself"
        await lead.press("space")
        assert isinstance(view(lead.session).card, FingersCard)
        await lead.enter("3445")
        assert lead.session.rebuttals[-1].counted == (3, 4, 4, 5)
        await lead.press("space")
        assert isinstance(view(lead.session).card, Message)
        assert "Special One · " in lead.page
        assert [event.type for event in lead.new()][-5:] == [
            "screen-shown", "learning-point", "fingers-asked", "fingers", "screen-cleared",
        ]  # fmt: skip


async def test_esc_at_the_fingers_goes_back_to_the_message(tmp_path: Path) -> None:
    async with leading(tmp_path, EXERCISE) as lead:
        await lead.until_shown("c6")
        await lead.command("6")
        await lead.press("up", "enter", "space", "escape")
        assert isinstance(view(lead.session).card, Message)
        assert lead.session.rebuttals[-1].official is None
        assert lead.session.rebuttals[-1].counted == ()


async def test_a_rebuttal_is_there_again_after_a_kill_with_what_was_left_of_its_minute(tmp_path: Path) -> None:
    clock = HeldClock()
    async with leading(tmp_path, EXERCISE, clock=clock) as lead:
        await lead.until_shown("c6")
        await lead.command("6")
        await lead.press("enter")
        await lead.wait(20)
        await lead.enter("a note, so that the log knows the time")
        lead.scene.control.close()  # the lock goes with the process, and nothing else is said
    clock.advance(900)
    control = Control.resume(tmp_path / "run.toml", clock)
    async with leading(tmp_path, control=control, clock=clock) as lead:
        card = view(lead.session).card
        assert isinstance(card, Rebuttal)
        assert 38 <= card.left <= 40
        assert card.until is None
        await lead.press("space", "space")
        assert isinstance(view(lead.session).card, FingersCard)


def pool_exercise() -> Exercise:
    return small_exercise((inject("a1", to=["back-office"]), inject("a2", to=["leadership", "field"])))


@both
async def test_a_pool_stands_in_words_with_those_who_are_there(tmp_path: Path, language: Language) -> None:
    async with leading(tmp_path, pool_exercise(), language=language, officials=("field-one", "leader-one")) as lead:
        nobody = {"nl": "de backoffice is er niet", "en": "the back office is not here"}[language]
        assert nobody in lead.bar
        await lead.press("space")
        assert "sender-a1 calls the back office" in said(lead)
        await lead.press("space")
        called = "calls leadership and strategic advice (leader One) and the field (field One)"
        assert called in middle(lead)
        await lead.enter("+ one")
        assert lead.session.points[-1].official is None, "several people got it"
