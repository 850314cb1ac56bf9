"""Before a new run: what the group left open last time, read from the dossier while the preparation stands there."""

import os
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.core.moves import reviewing
from tabletop.dossier.decisions import Decision, add
from tabletop.dossier.index import Dossier
from tabletop.files.log import read
from tabletop.locale import words_for
from tabletop.lookback import Lookback
from tabletop.ui.opening import Outset
from tabletop.ui.prepare.scene import PrepareScene
from tabletop.ui.run.scene import RunScene
from tests.builders import CALL_OUT, SMALL, HeldClock
from tests.ui.desks import NOW, PaperDesk

NL, EN = words_for("nl"), words_for("en")


@pytest.fixture
def outset(tmp_path: Path) -> Outset:
    environ = {**os.environ, "TABLETOP_LOGS": str(tmp_path / "logs"), "TABLETOP_STATE": str(tmp_path / "state")}
    return Outset(HeldClock(NOW), environ)


def played(folder: Path, name: str, group: str, days_ago: int, *texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    clock = HeldClock(NOW - timedelta(days=days_ago))
    path = folder / f"{name}.toml"
    people = [Participant(official="field-one", name="Sanne Jansen")]
    control = Control.start(path, SMALL, people, clock, run_id=name, group=group)
    control.do(moves.go_on)
    for text in texts:
        control.do(moves.note_point, "change", text, "field-one")
    control.do(moves.note_point, "keep", "Coffee first", "field-one")
    control.do(moves.note_point, "change", "a secret", "field-one", private=True)
    control.do(moves.end)
    control.close()
    return path


def looked(desk: PaperDesk) -> PaperDesk:
    """Let the thread that reads the dossier come to its end, and what it found be shown."""
    desk.settle()
    for thread in threading.enumerate():
        if thread.name == "last time":
            thread.join(10)
    desk.settle()
    return desk


def prepare(outset: Outset, **more: object) -> PaperDesk:
    return looked(PaperDesk(PrepareScene(EN, SMALL, outset, **more)))  # type: ignore[arg-type]


def test_a_group_is_named_and_what_it_left_open_stands_there(outset: Outset) -> None:
    path = played(outset.logs, "before", "Velsen", 60, "long ago")
    played(outset.logs, "other", "Heemskerk", 20, "of others")
    path = played(outset.logs, "last", "Velsen", 30, "Ring the mayor later", "Sanne waited", "nobody had a list")
    look = Lookback.open(path, outset.clock, "Anna")
    for text, point in (("Make a list", "lp-3"), ("Make a card", "lp-1")):
        look.add(reviewing.agree_action, text, "Mayor", date(2026, 12, 1), point)
    decided = {"at": NOW, "by": "Anna"}
    add(outset.logs, Decision(id="one", what="action-closed", about="last/action-2", text="done", **decided))
    add(outset.logs, Decision(id="two", what="take-along", about="other/lp-1", **decided))
    desk = prepare(outset)
    assert "/g" in desk.page()
    desk.command("g")
    looked(desk)
    assert "Velsen" in desk.scene.look().placeholder
    desk.type("velsen")
    desk.press("enter")
    page = looked(desk).page(120, 40)
    assert "4 points stand open" in page
    assert "LAST TIME" in page
    desk.command("o")
    page = desk.page(120, 40)
    for there in ("of others", "Make a list", "Mayor", "Field One waited", "nobody had a list", "Velsen"):
        assert there in page, there
    for gone in ("long ago", "Ring the mayor later", "Make a card", "Coffee first", "secret", "Sanne"):
        assert gone not in page, gone
    desk.press("escape", "space")
    assert isinstance(desk.scene, RunScene)
    (log,) = (read(path) for path in outset.logs.glob("2026-*.toml"))
    assert log.head.group == "Velsen"


def test_nothing_is_said_of_a_group_that_was_never_there_or_left_nothing(outset: Outset) -> None:
    played(outset.logs, "one", "Velsen", 3)
    desk = prepare(outset)
    desk.command("o")
    assert "Name the group first, with /g" in desk.page()
    for typed, said in (("Leiden", "not seen before"), ("Velsen", "nothing stands open"), ("-", "not named")):
        desk.command("g")
        desk.type(typed)
        desk.press("enter")
        assert said in looked(desk).page(), typed
    desk.press("space")
    (log,) = (read(path) for path in outset.logs.glob("2026-*.toml"))
    assert log.head.group == ""


def test_the_command_line_names_the_group_and_it_is_looked_up_at_once(outset: Outset) -> None:
    played(outset.logs, "one", "Velsen", 3, "Ring the mayor later")
    outset.group = "velsen"
    desk = prepare(outset)
    assert "Ring the mayor later" in desk.page(120, 40)
    desk.press("space")
    (log,) = (read(path) for path in outset.logs.glob("2026-*.toml"))
    assert log.head.group == "Velsen"  # as it was written before
    narrow = prepare(outset).page(80, 24)
    assert "1 point stands open" in narrow
    assert "/o" in narrow


def test_more_than_fits_is_read_with_the_arrows(outset: Outset) -> None:
    texts = [f"learned as number {n}" for n in range(40)]
    played(outset.logs, "one", "Velsen", 3, *texts)
    outset.group = "Velsen"
    desk = prepare(outset)
    desk.command("o")
    seen = desk.page(80, 22)
    while desk.press("down") is None and (page := desk.page(80, 22)) not in seen:
        seen += page
    for text in texts:
        assert text in seen, text
    desk.press("escape")
    assert "learned as number 39" not in desk.page(80, 22)


def test_a_folder_without_logs_and_an_index_that_cannot_be_written_stop_nobody(outset: Outset, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    outset.group = "velsen"
    assert "not seen before" in prepare(outset).page()


def test_leaving_while_it_reads_shows_nothing_and_fails_nowhere(outset: Outset) -> None:
    played(outset.logs, "one", "Velsen", 3, "Ring the mayor later")
    outset.group = "velsen"
    desk = PaperDesk(PrepareScene(EN, SMALL, outset))
    first = desk.scene
    desk.settle()
    first.left()
    looked(desk)
    assert isinstance(first, PrepareScene)
    assert first._last is None


def test_a_call_out_asks_for_the_group_too(outset: Outset) -> None:
    played(outset.logs, "one", "Velsen", 3, "Ring the mayor later")
    desk = PaperDesk(outset.prepare(NL, CALL_OUT))
    desk.command("g")
    desk.type("Velsen")
    desk.press("enter")
    looked(desk)
    desk.command("o")
    assert "Ring the mayor later" in desk.page()
    desk.press("escape")
    assert "Ring the mayor later" not in desk.page()


def test_runs_of_another_region_are_not_this_group(outset: Outset) -> None:
    played(outset.logs, "one", "Velsen", 3, "theirs")
    add(outset.logs, Decision(id="one", at=NOW, by="Anna", what="origin", about="one", text="Zeeland"))
    with Dossier.open([outset.logs]) as dossier:
        assert dossier.groups() == ()
        assert dossier.last_time("Velsen", NOW.date()).run is None
