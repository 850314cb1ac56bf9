"""Which run is followed, and what becomes of the screen when its log goes away."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.participants import Closing, Message, NoPlay, Waiting
from tabletop.files import heartbeat
from tabletop.files.places import Pointer, state_folder
from tabletop.files.trouble import Trouble
from tabletop.ui.participants.watch import Seen, Watch
from tests.builders import SMALL, HeldClock, people


class Leader:
    """Leads a run on a real disk."""

    def __init__(self, path: Path, name: str = "run-1") -> None:
        self.path = path
        self.control = Control.start(path, SMALL, people(), HeldClock(), run_id=name)
        self.pointer = Pointer(state_folder(os.environ), path)

    def close(self) -> None:
        self.pointer.close()
        self.control.writer.close()


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


def watch(clock: HeldClock, path: Path | None = None) -> Watch:
    return Watch(path, os.environ, clock.monotonic)


def later(watching: Watch, clock: HeldClock, seconds: float = 4.0) -> Seen:
    seen = Seen()
    for _ in range(int(seconds * 2)):
        clock.advance(0.5)
        seen = watching.look()
    return seen


def test_it_waits_for_a_run_and_finds_it(tmp_path: Path, clock: HeldClock) -> None:
    watching = watch(clock)
    assert watching.look() == Seen()
    assert heartbeat.is_alive(heartbeat.WAITING)
    leader = Leader(tmp_path / "run.toml")
    seen = later(watching, clock)
    assert seen.view is not None
    assert isinstance(seen.view.card, Waiting)
    assert heartbeat.is_alive("run-1")
    assert not heartbeat.is_alive(heartbeat.WAITING)
    leader.control.do(moves.go_on)
    seen = watching.look()
    assert seen.view is not None
    assert isinstance(seen.view.card, Message)
    leader.close()
    watching.close()
    assert not heartbeat.is_alive("run-1")


def test_a_named_log_may_still_have_to_begin(tmp_path: Path, clock: HeldClock) -> None:
    path = tmp_path / "run.toml"
    watching = watch(clock, path)
    watching.check()
    assert watching.look() == Seen(awaited=path)
    leader = Leader(path)
    assert watching.look().view is not None
    assert watching.look().awaited is None
    leader.close()


@pytest.mark.parametrize("text", ["", "no log at all", 'format = "tabletop-log/99"\n'])
def test_a_named_file_that_is_no_log_is_refused(tmp_path: Path, clock: HeldClock, text: str) -> None:
    path = tmp_path / "notes.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Trouble):
        watch(clock, path).check()


def test_two_runs_are_offered_and_the_choice_is_followed(tmp_path: Path, clock: HeldClock) -> None:
    leaders = [Leader(tmp_path / f"run-{number}.toml", f"run-{number}") for number in (1, 2)]
    watching = watch(clock)
    seen = watching.look()
    assert {choice.id for choice in seen.choices} == {"run-1", "run-2"}
    watching.choose(next(choice for choice in seen.choices if choice.id == "run-2"))
    seen = watching.look()
    assert seen.choices == ()
    assert seen.view is not None
    assert heartbeat.is_alive("run-2")
    for leader in leaders:
        leader.close()


def test_a_lost_file_leaves_the_last_card(tmp_path: Path, clock: HeldClock) -> None:
    leader = Leader(tmp_path / "run.toml")
    leader.control.do(moves.go_on)
    watching = watch(clock, leader.path)
    before = watching.look()
    leader.path.rename(tmp_path / "elsewhere")
    assert watching.look() == before  # not at once: a file that is just being moved is not lost
    assert later(watching, clock) == Seen(before.view, lost=True)
    (tmp_path / "elsewhere").rename(leader.path)
    assert later(watching, clock) == before
    leader.close()


def test_a_file_that_cannot_be_understood_leaves_the_last_card(tmp_path: Path, clock: HeldClock) -> None:
    leader = Leader(tmp_path / "run.toml")
    watching = watch(clock, leader.path)
    before = watching.look()
    leader.close()
    leader.path.write_text("something else", encoding="utf-8")
    assert later(watching, clock) == Seen(before.view, lost=True)


def test_an_older_log_in_the_same_place_begins_again(tmp_path: Path, clock: HeldClock) -> None:
    leader = Leader(tmp_path / "run.toml")
    first = leader.path.read_bytes()
    leader.control.do(moves.go_on)
    watching = watch(clock, leader.path)
    watching.look()
    leader.close()
    leader.path.write_bytes(first)
    seen = watching.look()
    assert seen.view is not None
    assert isinstance(seen.view.card, Waiting)


@pytest.mark.parametrize("is_named", [True, False])
def test_a_run_that_was_saved_elsewhere_is_followed_there(tmp_path: Path, clock: HeldClock, is_named: bool) -> None:
    leader = Leader(tmp_path / "run.toml")
    watching = watch(clock, leader.path if is_named else None)
    watching.look()
    leader.control.save_elsewhere(tmp_path / "stick" / "run.toml")
    leader.pointer.point_to(tmp_path / "stick" / "run.toml")
    leader.control.do(moves.pause, "real-incident")
    seen = later(watching, clock, 8)
    assert seen.view is not None
    assert isinstance(seen.view.card, NoPlay)
    leader.close()


def test_after_the_end_the_next_run_is_followed(tmp_path: Path, clock: HeldClock) -> None:
    first = Leader(tmp_path / "one.toml", "run-1")
    watching = watch(clock)
    watching.look()
    first.control.do(moves.end)
    first.close()
    seen = later(watching, clock)
    assert seen.view is not None
    assert isinstance(seen.view.card, Closing)
    second = Leader(tmp_path / "two.toml", "run-2")
    seen = later(watching, clock, 8)
    assert seen.view is not None
    assert isinstance(seen.view.card, Waiting)
    assert heartbeat.is_alive("run-2")
    second.close()


@pytest.mark.parametrize("others", [1, 2])
def test_a_run_that_was_closed_without_a_word_gives_way_to_what_is_led_now(
    tmp_path: Path, clock: HeldClock, others: int
) -> None:
    first = Leader(tmp_path / "one.toml", "run-1")
    watching = watch(clock)
    named = watch(clock, first.path)
    watching.look()
    named.look()
    first.close()  # Ctrl+Q: the log says nothing about it
    assert later(watching, clock, 8).view is not None
    led = [Leader(tmp_path / f"next-{number}.toml", f"next-{number}") for number in range(others)]
    led[0].control.do(moves.go_on)
    later(named, clock, 10)
    assert heartbeat.is_alive("run-1")
    seen = later(watching, clock, 10)
    if others == 1:
        assert seen.view is not None
        assert isinstance(seen.view.card, Message)
        assert heartbeat.is_alive("next-0")
    else:
        assert {choice.id for choice in seen.choices} == {"next-0", "next-1"}
    for leader in led:
        leader.close()


def test_a_screen_that_starts_late_sees_the_same(tmp_path: Path, clock: HeldClock) -> None:
    leader = Leader(tmp_path / "run.toml")
    early = watch(clock, leader.path)
    for _ in range(6):
        leader.control.do(moves.go_on)
        assert early.look() == watch(clock, leader.path).look()
    leader.control.do(moves.undo)
    assert early.look() == watch(clock, leader.path).look()
    leader.close()


def test_a_heartbeat_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat.beat("run-1")
    assert heartbeat.is_alive("run-1")
    assert not heartbeat.is_alive("../run-1")
    (file,) = (state_folder(os.environ) / "screens").iterdir()
    old = datetime(2020, 1, 1).timestamp()
    os.utime(file, (old, old))
    assert not heartbeat.is_alive("run-1")
    heartbeat.stop("run-1")
    heartbeat.stop("run-1")


def test_a_state_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TABLETOP_STATE", str(tmp_path / "file"))
    heartbeat.beat("run-1")
    assert not heartbeat.is_alive("run-1")
    heartbeat.stop("run-1")
