"""How the leader's screens look, at the two sizes that matter. Looks only: the tests in ``run`` prove the rules."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.core.exercise import Language
from tabletop.files import library
from tabletop.locale import words_for
from tabletop.ui.app import TabletopApp
from tabletop.ui.dossier.known import Known
from tabletop.ui.dossier.scene import DossierScene
from tabletop.ui.home.scene import HomeScene
from tabletop.ui.opening import Outset
from tabletop.ui.prepare.scene import PrepareScene
from tabletop.ui.run.scene import RunScene
from tests.builders import HeldClock
from tests.ui.dossier.fake import TODAY, FakeDossier, with_proposal
from tests.ui.run.leading import BrokenWriter, Lead, control_of

SIZES = ((80, 24), (120, 36))
PEOPLE = ("ovd-bz", "hpz", "backoffice", "ac-bz", "strategisch-adviseur", "communicatie")
AT = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1)))
NAMES: dict[Language, str] = {"nl": "zonder-gas", "en": "without-gas"}
Play = Callable[[Lead], Awaitable[object]]


def lead_app(folder: Path, language: Language) -> tuple[TabletopApp, Callable[[Pilot[None]], Lead]]:
    clock = HeldClock(AT)
    exercise = library.load(library.shipped_folder() / f"{NAMES[language]}.toml")
    control = control_of(folder, clock, exercise, PEOPLE)
    disk = BrokenWriter(control.writer)
    control.writer = disk  # type: ignore[assignment]
    scene = RunScene(control, words_for(language), watching=lambda: True)
    app = TabletopApp(scene, words_for(language), clock)
    return app, lambda pilot: Lead(app, pilot, scene, clock, disk)


async def _introduction(lead: Lead) -> None:
    pass


async def _running(lead: Lead) -> None:
    await lead.wait(5 * 60)
    await lead.press("space")
    await lead.wait(70)
    await lead.enter("+ eerst koffie, dan pas rennen @ovd-bz #medewerkers")
    await lead.enter("- meteen weggereden @hpz")
    await lead.enter("buren bieden bedden aan")
    await lead.wait(60)


async def _undo(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "o")


async def _guard(lead: Lead) -> None:
    await _running(lead)
    await lead.wait(60 * 6)


async def _commands(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash")


async def _point(lead: Lead) -> None:
    await _running(lead)
    await lead.type("- meteen weggereden zonder te bellen @h")


async def _not_saved(lead: Lead) -> None:
    await _running(lead)
    lead.disk.broken = True
    await lead.enter("+ eerst bellen @hpz")


async def _decision(lead: Lead) -> None:
    await _running(lead)
    await lead.enter("! de sporthal blijft dicht")


async def _check(lead: Lead) -> None:
    await _running(lead)
    await lead.until_stage("agreement")
    await lead.enter("eerst vragen wat mensen al doen")
    await lead.until_stage("check")


async def _writing(lead: Lead) -> None:
    await _check(lead)
    await lead.press("up", "up", "space")
    await lead.wait(36)


async def _round(lead: Lead) -> None:
    await _writing(lead)
    await lead.press("space")
    for text in ("ouderen alleen thuis", "gezinnen met een baby", "ouderen die alleen wonen, en wie geen buren kent"):
        await lead.enter(text)
        await lead.press("down")
    await lead.enter("+ hulp bij de bron laten en zelf het effect pakken")


async def _list(lead: Lead) -> None:
    await _round(lead)
    await lead.until_stage("list")
    await lead.enter("ouderen alleen thuis")
    await lead.enter("gezinnen met een baby")


async def _agreement(lead: Lead) -> None:
    await _list(lead)
    await lead.press("space")
    await lead.enter("wij vragen eerst wat mensen zelf al doen, en helpen dan pas")


async def _dilemma(lead: Lead) -> None:
    await _running(lead)
    await lead.until_shown("a4")


async def _choose(lead: Lead) -> None:
    await _dilemma(lead)
    await lead.press("slash", "j")


async def _reserve(lead: Lead) -> None:
    await _running(lead)
    await lead.until_shown("a6")
    await lead.wait(60 * 6)


async def _rebuttal(lead: Lead) -> None:
    await _running(lead)
    await lead.until_shown("a7")
    await lead.press("slash", "6", "enter")
    await lead.wait(18)


async def _no_play(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "n")


async def _pause(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "p", "enter")


async def _debrief(lead: Lead) -> None:
    await _running(lead)
    await lead.enter("+ @backoffice")
    await lead.wait(60 * 50)
    await lead.space_until(lambda s: s.phase == "debrief")
    await lead.enter("rustiger dan verwacht")
    await lead.press("space")


async def _thanks(lead: Lead) -> None:
    await _debrief(lead)
    await lead.space_until(lambda s: s.task == "thanks")
    await lead.press("enter")


async def _ended(lead: Lead) -> None:
    await _debrief(lead)
    await lead.press("slash", "e")
    await lead.enter(lead.words.t("end"))
    lead.scene.actions.leaving.summary = "/home/anna/tabletop/2026-11-23-1000-zonder-gas.md"


async def _change(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "x")


async def _help(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "h")


async def _roster(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "w")


async def _checklist(lead: Lead) -> None:
    await _running(lead)
    await lead.press("slash", "c")


PICTURES: dict[str, Play] = {
    "introduction": _introduction, "running": _running, "undo": _undo, "guard": _guard, "commands": _commands,
    "point": _point, "not-saved": _not_saved, "decision": _decision, "check": _check, "writing": _writing,
    "round": _round, "list": _list, "agreement": _agreement, "no-play": _no_play, "pause": _pause,
    "dilemma": _dilemma, "choose": _choose, "reserve": _reserve, "rebuttal": _rebuttal, "change": _change,
    "help": _help, "roster": _roster, "checklist": _checklist,
    "debrief": _debrief, "thanks": _thanks, "ended": _ended,
}  # fmt: skip
IN_ENGLISH = ("introduction", "running", "commands", "round", "reserve", "rebuttal", "debrief")
CASES = [(name, "nl", size) for name in PICTURES for size in SIZES]
CASES += [(name, "en", size) for name in IN_ENGLISH for size in SIZES[:1]]


def _name(case: object) -> str:
    return f"{case[0]}x{case[1]}" if isinstance(case, tuple) else str(case)


@pytest.mark.parametrize(("name", "language", "size"), CASES, ids=_name)
def test_the_run_looks_as_it_did(
    snap_compare: Any, tmp_path: Path, name: str, language: Language, size: tuple[int, int]
) -> None:
    app, lead_at = lead_app(tmp_path, language)

    async def play(pilot: Pilot[None]) -> None:
        lead = lead_at(pilot)
        await PICTURES[name](lead)
        if name == "ended":
            lead.scene.control.writer = _At("/home/anna/tabletop/2026-11-23-1000-zonder-gas.toml")
        lead.desk._tick()
        await lead.settle()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=play)


class _At:
    """A writer in a place that is the same on every machine."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("size", SIZES, ids=_name)
@pytest.mark.parametrize(("name", "language"), [("home", "nl"), ("prepare", "nl"), ("home", "en"), ("prepare", "en")])
def test_home_and_prepare_look_as_they_did(
    snap_compare: Any, tmp_path: Path, name: str, language: Language, size: tuple[int, int]
) -> None:
    environ = {**os.environ, "TABLETOP_LOGS": "/home/anna/tabletop"}  # it stands on the screen
    words, outset = words_for(language), Outset(HeldClock(AT), environ)
    exercise = library.load(library.shipped_folder() / f"{NAMES[language]}.toml")
    first = HomeScene(words, outset) if name == "home" else PrepareScene(words, exercise, outset)

    async def settle(pilot: Pilot[None]) -> None:
        await asyncio.sleep(0)
        await pilot.pause()
        await pilot.pause()

    assert snap_compare(TabletopApp(first, words, outset.clock), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES, ids=_name)
@pytest.mark.parametrize("name", ["rules", "cards", "dialling", "hour"])
def test_a_call_out_looks_as_it_did(snap_compare: Any, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    environ = {"TABLETOP_LOGS": str(tmp_path), "TABLETOP_STATE": str(tmp_path / "state")}
    words, outset = words_for("nl"), Outset(HeldClock(AT), environ, leader="Noor")
    app = TabletopApp(outset.prepare(words, library.load(library.find("regel-iets"))), words, outset.clock)
    keys = {"rules": 0, "cards": 2, "dialling": 3, "hour": 5}

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        for key in ("space", "enter", "space", "space", "enter")[: keys[name]]:
            app.desk.scene.pressed(key)
        app.desk._tick()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=play)


@pytest.mark.parametrize("size", SIZES, ids=_name)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_heat_table_looks_as_it_did(snap_compare: Any, language: Language, size: tuple[int, int]) -> None:
    dossier = with_proposal(FakeDossier())
    outset = Outset(HeldClock(AT), {"TABLETOP_LOGS": "/home/anna/tabletop"})
    scene = DossierScene(Known(dossier, TODAY), words_for(language), outset, dossier, (outset.logs,))

    async def play(pilot: Pilot[None]) -> None:
        await pilot.press("down")
        await pilot.pause()

    assert snap_compare(TabletopApp(scene, words_for(language), outset.clock), terminal_size=size, run_before=play)
