"""A log that somebody edited by hand: it opens everywhere, or is one sentence everywhere; never a crash later on."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta, timezone
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.clock import Moment
from tabletop.core.events import ClockStopped, Participant
from tabletop.core.fold import begin, replay
from tabletop.core.participants import view
from tabletop.files import blocks, library
from tabletop.files.glance import glance
from tabletop.files.log import Follower, read, share
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tabletop.locale.sentences import say
from tabletop.lookback import Lookback
from tabletop.report.audience import Reader
from tabletop.report.writing import write_summary
from tabletop.report.written import DOCUMENTS, POINTS, report_bytes
from tabletop.ui import paper
from tabletop.ui.desk.scene import Scene
from tabletop.ui.home.past import PastScene
from tabletop.ui.home.scene import HomeScene
from tabletop.ui.home.shelf import look
from tabletop.ui.opening import Outset
from tests.builders import HeldClock
from tests.ui.desks import NOW, PaperDesk

WORDS = words_for("nl")
FORMS = (*DOCUMENTS, *POINTS)
HERE = timezone(timedelta(hours=1))
TIMES = (
    "2026-11-23T14:00:12", "2026-11-23", "14:00:12", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z",
    "2200-01-01T00:00:01Z", "1970-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "2026-11-23T14:00:12+23:59",
)  # fmt: skip
NUMBERS = (
    "inf", "-inf", "nan", "-1", "-0.5", "0", "1", "2", "7", "1e308", "1e8", "99999999", "2678400", "1000000000",
    "9" * 30, "9" * 400, "9" * 5000,
)  # fmt: skip
OTHERS = ('""', '"x"', '"ovd-bz"', "true", "[]", "[1]", '["x"]', "[9, -9]", "{}", "{ a = 1 }")
_KEY = re.compile(rb"^(?!n = )(\w+) = .*$", re.MULTILINE)


@cache
def whole() -> tuple[bytes, ...]:
    """The head, and the blocks of a run with something of everything that holds a time or a number."""
    clock = HeldClock(NOW.astimezone(HERE))
    folder = Path(tempfile.mkdtemp())
    exercise = library.load(library.shipped_folder() / "zonder-gas.toml")
    people = [Participant(official=one.id) for one in exercise.key_officials]

    def wait(control: Control, seconds: float) -> None:
        clock.advance(seconds)
        control.moment()

    control = Control.start(folder / "run.toml", exercise, people, clock, run_id="run")
    control.do(moves.go_on)
    wait(control, 60)
    control.do(moves.note_point, "keep", "eerst koffie", "ovd-bz")
    control.do(moves.decide, "de sporthal blijft dicht")
    control.do(moves.buy_time, 3.0)
    wait(control, 3)
    control.do(moves.pause, "break")
    wait(control, 60)
    control.do(moves.resume)
    for _ in range(6):
        control.do(moves.go_on)
        wait(control, 3)
    control.do(moves.open_unplanned, "", [])
    control.do(moves.ask_fingers, "Werkbaar?")
    control.do(moves.count_fingers, "3450")
    control.do(moves.agree, "eerst vragen")
    control.do(moves.move_hard_end, clock.now() + timedelta(minutes=40))
    control.do(moves.leave)
    control.close()
    control = Control.resume(folder / "run.toml", clock)
    for _ in range(9):
        control.do(moves.go_on)
        wait(control, 3)
    control.do(moves.open_debrief, exercise.debrief.questions)
    control.do(moves.answer_debrief, "goed", "ovd-bz")
    control.do(moves.undo)
    control.do(moves.show_reveal)
    control.do(moves.end)
    control.close()
    data = (folder / "run.toml").read_bytes()
    shutil.rmtree(folder)
    starts = [0, *blocks.block_starts(data), len(data)]
    return tuple(data[start:end] for start, end in pairwise(starts))


def past_of(path: Path, home: Scene, summary: Path | None = None) -> PaperDesk:
    return PaperDesk(PastScene(WORDS, Lookback.open(path, HeldClock()), home, summary))


def everywhere(path: Path) -> str:
    """Open a log in each way that there is; return why it could not be, if so."""
    os.environ["TABLETOP_LOGS"] = str(path.parent)
    os.environ["TABLETOP_STATE"] = str(path.parent / "state")
    outset = Outset(HeldClock(NOW), os.environ)
    desk = PaperDesk(HomeScene(WORDS, outset))
    desk.page()
    try:
        contents = read(path)
    except Trouble as trouble:
        for way in (outset.resume, lambda path: Follower(path).poll(), lambda path: past_of(path, desk.scene)):
            with pytest.raises(Trouble):
                way(path)
        return say(WORDS, trouble.code, trouble.values)
    glance(path)
    session = replay(begin(contents.head.exercise, contents.head.participants), contents.events)
    paper.page(view(session), WORDS, 80, 24, now=NOW)
    share(path, path.with_name("copy.toml"))
    summary = write_summary(session, path)
    for form in FORMS:
        assert report_bytes(contents.head, contents.events, WORDS, Reader(), form)
    past = past_of(path, desk.scene, summary)
    past.page()
    past.press("right")
    for _ in range(4):  # its pages
        past.page()
        past.press("space")
    if session.phase != "ended":
        control = outset.resume(path)
        led = PaperDesk(outset.run(control, WORDS))
        for keys in ((), ("space",), ("space",), ("slash",)):
            led.press(*keys)
            led.page()
        outset.close()
        control.close()
    return ""


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(dir=fast_folder()))
    yield made
    shutil.rmtree(made)


def changed(old: str, new: str, *, upto: int | None = None) -> bytes:
    """The run with the value of a key changed where it stands first: ``old`` is the key, or ``type.key``."""
    data = b"".join(whole()[:upto])
    kind, _, key = old.rpartition(".")
    start = data.index(f'type = "{kind}"'.encode()) if kind else 0
    found = re.compile(rf"^{key} = .*$".encode(), re.MULTILINE).search(data, start)
    assert found is not None
    return data[: found.start()] + f"{key} = {new}".encode() + data[found.end() :]


def test_the_run_itself_opens_everywhere(folder: Path) -> None:
    for upto in range(2, len(whole()) + 1):
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / "run.toml").write_bytes(b"".join(whole()[:upto]))
        assert everywhere(folder / "run.toml") == ""


@pytest.mark.parametrize(
    "place",
    ["started", "session-started.at", "session-started.hard_end", "inject-shown.at", "session-continued.since",
     "time-bought.at", "paused.at", "feedback-opened.at", "hard-end-moved.hard_end", "session-ended.at"],
)  # fmt: skip
@pytest.mark.parametrize("time", TIMES[:-3])
def test_a_time_that_no_clock_gives_is_one_sentence_everywhere(folder: Path, place: str, time: str) -> None:
    path = folder / "run.toml"
    path.write_bytes(changed(place, time))
    said = everywhere(path)
    assert re.search(r"run\.toml:\d+: |run\.toml: started — ", said), said


@pytest.mark.parametrize(
    ("place", "number"),
    [(place, number) for place in ("inject-shown.clock", "clock-stopped.seconds", "time-bought.minutes",
                                   "session-started.debrief_minutes", "debrief-opened.clock")
     for number in ("inf", "-inf", "nan", "-1", "1e308", "9" * 30, "9" * 400, "9" * 5000)],
)  # fmt: skip
def test_a_number_without_bounds_is_one_sentence_everywhere(folder: Path, place: str, number: str) -> None:
    path = folder / "run.toml"
    path.write_bytes(changed(place, number))
    assert re.search(r"run\.toml:\d+: ", everywhere(path))


def test_home_lists_ended_runs_of_one_title_whatever_their_times_are(folder: Path) -> None:
    data = b"".join(whole())
    for name, time in (("a", "2026-11-23T14:00:12"), ("b", "0001-01-01T00:00:00"), ("c", "2026-11-23T14:00:12Z")):
        edited = re.sub(rb"^(at|started) = .*$", rb"\1 = " + time.encode(), data, flags=re.MULTILINE)
        (folder / f"{name}.toml").write_bytes(edited)
    shelf = look(folder)
    assert [run.seen.path.stem for run in shelf.runs] == ["c"]
    assert shelf.last_held(shelf.runs[0].title) is not None


def test_a_run_with_a_last_time_that_is_none_is_listed_by_when_it_began(folder: Path) -> None:
    path = folder / "run.toml"
    path.write_bytes(changed("inject-shown.at", "9999-12-31T23:59:59Z", upto=3))
    assert look(folder).runs[0].seen.last == look(folder).runs[0].seen.started


def test_a_sleep_of_years_is_written_down_as_one_of_a_month() -> None:
    (stopped,) = moves.stopped_clock(Moment(NOW, 1.0), 1e9)
    assert stopped == ClockStopped(at=NOW, clock=1.0, seconds=31 * 24 * 3600.0)


@given(data=st.data())
def test_any_edited_value_ends_in_a_run_or_in_a_sentence(data: st.DataObject) -> None:
    parts = list(whole()[: data.draw(st.integers(2, len(whole())), label="blocks")])
    for _ in range(data.draw(st.integers(1, 3), label="edits")):
        place = data.draw(st.integers(0, len(parts) - 1), label="block")
        lines = list(_KEY.finditer(parts[place]))[: None if place else 5]
        found = data.draw(st.sampled_from(lines), label="line")
        values = st.sampled_from((*TIMES, *NUMBERS, *OTHERS))
        value = data.draw(values, label="value")
        parts[place] = parts[place][: found.start(1)] + found[1] + f" = {value}".encode() + parts[place][found.end() :]
    made = Path(tempfile.mkdtemp(dir=fast_folder()))
    try:
        (made / "run.toml").write_bytes(b"".join(parts))
        everywhere(made / "run.toml")
    finally:
        shutil.rmtree(made)


def fast_folder() -> Path | None:
    """A folder in memory; None means the usual one."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else None
