"""A call-out from the safety rules to the end at the real desk, in both languages, with few keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.exercise import Exercise, Language
from tabletop.files import library
from tabletop.files.log import read, share
from tabletop.locale import words_for
from tabletop.ui.app import TabletopApp
from tabletop.ui.callout.prepare import CallOutScene
from tabletop.ui.opening import Outset
from tabletop.ui.run.scene import RunScene
from tests.builders import CALL_OUT, HeldClock
from tests.ui.desks import PaperDesk
from tests.ui.run.leading import BrokenWriter, Lead

NAMES: dict[Language, str] = {"nl": "regel-iets", "en": "arrange-something"}
HOSTILE = "\x1b[31m[/x] \u202e {card} {0} %s"
both = pytest.mark.parametrize("language", ["nl", "en"])
sizes = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def outset_in(folder: Path, clock: HeldClock) -> Outset:
    environ = {"TABLETOP_LOGS": str(folder / "logs"), "TABLETOP_STATE": str(folder / "state"), "HOME": str(folder)}
    return Outset(clock, environ, leader="Noor")


def shipped(language: Language) -> Exercise:
    return library.load(library.find(NAMES[language]))


@asynccontextmanager
async def calling_out(
    folder: Path, exercise: Exercise, language: Language, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Lead]:
    """The leader at the safety rules of a call-out; ``begun`` says when the run is on the desk."""
    clock = HeldClock()
    words = words_for(language)
    app = TabletopApp(outset_in(folder, clock).prepare(words, exercise), words, clock)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Lead(app, pilot, StandIn(clock), clock, None)  # type: ignore[arg-type]


class StandIn:
    """In place of a run that has not begun, for :class:`Lead`: its control has a clock and nothing else."""

    def __init__(self, clock: HeldClock) -> None:
        self.control = self
        self.clock = clock

    def moment(self) -> None:
        pass


def begun(lead: Lead) -> Lead:
    """The same leader, once the run is on the desk."""
    scene = lead.desk.scene
    assert isinstance(scene, RunScene)
    disk = BrokenWriter(scene.control.writer)
    scene.control.writer = disk  # type: ignore[assignment]
    return replace(lead, scene=scene, disk=disk)


async def dialled(lead: Lead) -> Lead:
    """Rules read, the first function to be called, the first card: four keys."""
    await lead.press("space", "enter", "space")
    return begun(lead)


@both
@sizes
async def test_it_is_led_from_the_rules_to_the_end(tmp_path: Path, language: Language, size: tuple[int, int]) -> None:
    exercise, t = shipped(language), words_for(language).t
    assert exercise.call_out is not None
    async with calling_out(tmp_path, exercise, language, size) as lead:
        assert all(rule.split()[0] in lead.page for rule in exercise.call_out.rules)
        assert not (tmp_path / "logs").exists(), "nothing begins before the card was chosen"
        await lead.press("space")
        await lead.enter("Jan de Vries")  # the first function, and the cursor goes on
        await lead.press("space", "enter", "down", "space")
        lead = begun(lead)
        assert t("READ ALOUD BY TELEPHONE") in lead.page
        assert "Noor" in lead.page
        assert exercise.call_out.question in lead.page
        assert (lead.session.card, [one.official for one in lead.session.participants_at_start]) == (
            "k2", ["ovd-bz", "hpz"])  # fmt: skip
        await lead.press("space", "up", "enter")
        assert lead.said == t("Logged, without blame.")
        assert lead.session.calls[-1].outcome == "not-reached"
        await lead.press("space", "enter")
        assert lead.session.begun is not None
        assert "1:00:00" in lead.header
        # a call that is reported: who, reached, what, by whom, what is missing
        await lead.command("c")
        await lead.enter("Piet Bakker")
        await lead.press("enter")
        await lead.enter("kerk, 19.00 uur")
        await lead.press("enter")
        await lead.enter("sleutel")
        call = lead.session.calls[-1]
        assert (call.name, call.outcome, call.result, call.by, call.missing) == (
            "Piet Bakker", "can", "kerk, 19.00 uur", "", "sleutel")  # fmt: skip
        await lead.wait(10 * 60)
        assert t("call and ask") in lead.bar
        await lead.press("space")
        await lead.enter("nee, de buren doen het al")
        await lead.press("right")
        await lead.enter("ouderen")
        assert [answer.question for answer in lead.session.answers] == [1, 2]
        await lead.press("space")
        await lead.enter("eerst de kerk bellen")
        await lead.press("space")
        for minutes, step in ((15, "e3"), (13, "e4"), (12, "e5")):
            await lead.wait(minutes * 60)
            await lead.press("space")
            assert lead.session.current == step
            inject = exercise.inject(step)
            assert inject is not None
            assert inject.text.split()[1] in lead.page
        await lead.wait(11 * 60)
        assert t("the hour is over") in lead.page
        await lead.press("space")
        assert exercise.debrief.questions[0].text in lead.page
        await lead.enter("kerk staat, tot 23.00 uur")
        await lead.enter("+ eerst vragen wie het doet @hpz")
        await lead.space_until(lambda s: s.task == "thanks")
        await lead.press("enter", "space")
        assert exercise.basis.question in lead.page
        await lead.press("space")
        assert lead.session.phase == "debrief", "Space never ends it"
        await lead.command("e")
        await lead.enter(t("end"))
        assert lead.session.phase == "ended"
        log = lead.scene.control.writer.path
    summary = log.with_suffix(".md").read_text(encoding="utf-8")
    for text in ("kerk, 19.00 uur", "sleutel", t("no answer"), "eerst vragen wie het doet", "eerst de kerk bellen"):
        assert text in summary
    assert "Jan" not in summary
    assert "Piet" not in summary
    share(log, tmp_path / "shared.toml")
    copy = (tmp_path / "shared.toml").read_text(encoding="utf-8")
    assert "kerk, 19.00 uur" in copy
    assert not any(name in copy for name in ("Noor", "Jan", "Vries", "Piet", "Bakker"))
    calls = [one for one in read(tmp_path / "shared.toml").events if isinstance(one, e.CallLogged)]
    assert {one.about for one in calls if one.about is not None} == {one.n for one in calls if one.caller is not None}


@both
async def test_a_kill_keeps_the_call_and_what_was_typed_and_resume_goes_on(tmp_path: Path, language: Language) -> None:
    exercise, words = shipped(language), words_for(language)
    async with calling_out(tmp_path, exercise, language) as lead:
        lead = await dialled(lead)
        await lead.press("space", "enter")
        await lead.command("c")
        await lead.press("enter", "enter")
        await lead.type("half getypt")
        await lead.wait(1)
        log, clock = lead.scene.control.writer.path, lead.clock
        left = lead.session
        lead.disk._writer.close()  # no goodbye: what a kill leaves behind
    clock.advance(600)
    outset = outset_in(tmp_path, clock)
    scene = outset.run(outset.resume(log), words)
    app = TabletopApp(scene, words, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(scene, RunScene)
        again = Lead(app, pilot, scene, clock, BrokenWriter(scene.control.writer))
        assert again.text == "half getypt"
        assert list(again.session.calls) == list(left.calls)
        assert again.session.begun == left.begun
        assert words.t("opened again") in again.header
        assert "49:" in again.header, "the hour ran on"
        await again.press("escape", "space")
        assert again.session.still is None


async def test_a_real_incident_is_two_keys_and_only_the_word_goes_on(tmp_path: Path) -> None:
    async with calling_out(tmp_path, CALL_OUT, "en") as lead:
        lead = await dialled(lead)
        await lead.command("n")
        assert "NO PLAY" in lead.page
        await lead.press("space", "enter")
        assert lead.session.still == "real-incident"
        await lead.enter("resume")
        assert lead.session.still is None


async def test_a_call_that_cannot_be_saved_is_saved_with_enter_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    async with calling_out(tmp_path, CALL_OUT, "en") as lead:
        lead = await dialled(lead)
        await lead.press("space", "enter")
        await lead.command("c")
        await lead.press("enter", "enter")
        lead.disk.broken = True
        await lead.enter("the church")
        assert lead.text == "the church"
        assert "not saved" in lead.page
        lead.disk.broken = False
        await lead.press("enter")
        assert lead.session.calls[-1].result == "the church"


async def test_private_words_about_a_call_are_a_private_note(tmp_path: Path) -> None:
    async with calling_out(tmp_path, CALL_OUT, "en") as lead:
        lead = await dialled(lead)
        await lead.press("space", "enter")
        await lead.command("c")
        await lead.press("enter", "enter")
        await lead.enter("between us *")
        assert lead.session.calls[-1].result == ""
        event = lead.saved[-1]
        assert isinstance(event, e.Observed)
        assert (event.text, event.private) == ("between us", True)


async def test_an_earlier_call_is_added_to_with_the_arrows(tmp_path: Path) -> None:
    async with calling_out(tmp_path, CALL_OUT, "en") as lead:
        lead = await dialled(lead)
        await lead.press("space", "enter")
        await lead.command("c")
        await lead.press("enter", "enter", "escape")
        await lead.press("up", "enter")
        await lead.enter("the church")
        await lead.enter("@office-one")
        await lead.press("escape")
        call = lead.session.calls[-1]
        assert (call.result, call.by, call.missing) == ("the church", "Office One", "")


def hostile() -> Exercise:
    data = CALL_OUT.model_dump(by_alias=True, exclude_none=True)
    data["call_out"] = {
        "note": HOSTILE,
        "rules": [HOSTILE, "x" * 300],
        "question": HOSTILE,
        "script": HOSTILE + "word " * 400,
        "cards": [{"id": f"k{n}", "title": HOSTILE, "text": HOSTILE} for n in range(12)],
    }
    return Exercise.model_validate(data)


@both
def test_hostile_text_and_long_text_fit_every_part_at_every_size(tmp_path: Path, language: Language) -> None:
    desk = PaperDesk(outset_in(tmp_path, HeldClock()).prepare(words_for(language), hostile()))

    def look() -> None:
        for width, height in ((80, 21), (100, 30), (120, 33)):
            page = desk.page(width, height)
            assert not any(character in page for character in "\x1b\u202e")
            assert max(map(len, page.split("\n"))) <= width

    look()
    for keys in ("down", "space"), ("down", "space", "enter"), ("down", "up", "space"), ("space",), ("enter",):
        desk.press(*keys)
        look()
    assert isinstance(desk.scene, RunScene)
    assert desk.scene.session.begun is not None
    desk.scene.left()


@both
def test_nobody_is_called_before_the_rules_were_read_and_somebody_chosen(tmp_path: Path, language: Language) -> None:
    desk = PaperDesk(outset_in(tmp_path, HeldClock()).prepare(words_for(language), CALL_OUT))
    scene = desk.scene
    assert isinstance(scene, CallOutScene)
    desk.press("space", "up", "space")
    assert scene.part == "who"
    assert scene.notice
    desk.press("up", "space", "enter")
    assert scene.part == "card"
    desk.press("escape", "escape")
    assert scene.part == "rules"
    desk.type("Kim")
    desk.press("enter")
    assert scene.notice
    assert desk.text == "Kim"
    assert not (tmp_path / "logs").exists()


def test_the_officials_of_the_command_line_are_to_be_called_and_the_rules_are_still_read(tmp_path: Path) -> None:
    people = (e.Participant(official="office-one"),)
    scene = outset_in(tmp_path, HeldClock()).prepare(words_for("en"), CALL_OUT, None, people)
    desk = PaperDesk(scene)
    assert "rule-one" in desk.page(80, 21)
    desk.press("space", "enter", "space")
    assert isinstance(desk.scene, RunScene)
    assert [one.official for one in desk.scene.session.participants_at_start] == ["office-one"]
    desk.scene.left()
