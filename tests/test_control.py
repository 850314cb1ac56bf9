"""Control is the one owner of change: it writes, believes what was read back, and keeps what could not be saved."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import events as e
from tabletop.core import moves, timeline
from tabletop.core.fold import begin, replay
from tabletop.core.refused import Refused
from tabletop.files.log import read
from tabletop.files.trouble import Trouble
from tests.builders import SMALL, HeldClock, people


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def control(tmp_path: Path, clock: HeldClock) -> Iterator[Control]:
    control = Control.start(tmp_path / "log.toml", SMALL, people(), clock, run_id="run-1")
    yield control
    control.close()


def tick(control: Control, clock: HeldClock, seconds: float) -> None:
    """Let time pass as the screen lets it: a look at the clock every second."""
    for _ in range(int(seconds)):
        clock.advance(1.0)
        control.moment()


def test_a_laptop_that_sleeps_in_a_stop_makes_it_no_longer(control: Control, clock: HeldClock) -> None:
    control.do(moves.go_on)
    control.do(moves.open_unplanned, "", [])
    tick(control, clock, 60)
    clock.advance(1200)
    tick(control, clock, 30)
    stop = control.session.stop
    assert stop is not None
    assert round(timeline.stop_spent(control.session, stop, control.moment()) * 60) == 89
    assert stop.stage_since - stop.opened == timedelta(seconds=1201)


def test_a_kill_in_a_stop_makes_it_no_longer(control: Control, clock: HeldClock) -> None:
    control.do(moves.go_on)
    control.do(moves.open_unplanned, "", [])
    tick(control, clock, 60)
    control.do(moves.observe, "the last that was heard of it")
    path = control.writer.path
    control.close()
    clock.advance(1800)
    again = Control.resume(path, clock)
    stop = again.session.stop
    assert stop is not None
    assert timeline.stop_spent(again.session, stop, again.moment()) == 1.0
    again.do(moves.go_on)
    tick(again, clock, 60)
    assert again.session.stop is not None
    assert timeline.stop_spent(again.session, again.session.stop, again.moment()) == 2.0
    again.close()


def on_disk(control: Control) -> tuple[e.Event, ...]:
    return read(control.writer.path).events


def break_disk(control: Control, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(event: e.Event) -> e.Event:
        raise Trouble("not-saved-full", file="log.toml")

    monkeypatch.setattr(control.writer, "append", fail)


def test_what_was_done_is_what_the_log_says(control: Control, clock: HeldClock) -> None:
    for _ in range(12):
        tick(control, clock, 3)
        control.do(moves.go_on)
    assert control.session == replay(begin(SMALL, people()), on_disk(control))
    assert len(on_disk(control)) >= 13


def test_ten_minutes_of_sleep_are_not_on_the_exercise_clock_and_are_written_down(
    control: Control, clock: HeldClock
) -> None:
    control.do(moves.go_on)
    tick(control, clock, 20)
    clock.advance(600)
    assert control.moment().clock == 20.0
    tick(control, clock, 5)
    assert control.moment().clock == 25.0
    (gap,) = [event for event in on_disk(control) if isinstance(event, e.ClockStopped)]
    assert gap.seconds == 600.0


def test_the_clock_stands_still_in_a_stop_and_in_a_pause(control: Control, clock: HeldClock) -> None:
    control.do(moves.go_on)
    tick(control, clock, 10)
    control.do(moves.pause)
    clock.advance(900)
    assert control.moment().clock == 10.0
    control.do(moves.go_on)
    tick(control, clock, 10)
    control.do(moves.go_on)
    assert control.session.phase == "feedback"
    tick(control, clock, 900)
    assert control.moment().clock == 20.0
    assert not [event for event in on_disk(control) if isinstance(event, e.ClockStopped)]


def test_resuming_lands_in_the_same_place_with_the_clock_frozen_until_space(
    control: Control, clock: HeldClock, tmp_path: Path
) -> None:
    control.do(moves.go_on)
    tick(control, clock, 30)
    control.do(moves.observe, "Neighbours offer beds.")
    left = control.session
    control.close()
    clock.advance(86400)

    again = Control.resume(tmp_path / "log.toml", clock)
    assert (again.session.current, again.session.phase, again.session.done) == (left.current, left.phase, left.done)
    assert again.session.still == "continued"
    tick(again, clock, 60)
    assert again.moment().clock == 30.0
    again.do(moves.go_on)
    assert again.session.current == "a1"
    tick(again, clock, 4)
    assert again.moment().clock == 34.0
    again.close()


def test_a_run_that_ended_is_not_opened_again_and_its_lock_is_let_go(
    control: Control, clock: HeldClock, tmp_path: Path
) -> None:
    control.do(moves.end)
    control.close()
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            Control.resume(tmp_path / "log.toml", clock)
        assert refused.value.code == "run-ended"


def test_a_refused_move_writes_nothing(control: Control) -> None:
    before = control.session
    with pytest.raises(Refused):
        control.do(moves.resume)
    assert control.session is before
    assert len(on_disk(control)) == 1


def test_what_cannot_be_saved_stays_pending_and_nothing_is_believed(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = control.session
    with monkeypatch.context() as broken:
        break_disk(control, broken)
        with pytest.raises(Trouble):
            control.do(moves.go_on)
        assert control.session is before
        with pytest.raises(Trouble):
            control.retry()
        assert [event.type for event in control.pending] == ["inject-shown"]
    control.retry()
    assert control.session.current == "a1"
    assert control.pending == ()


def test_nothing_else_is_recorded_while_something_is_pending_and_no_move_is_made_twice(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_disk(control, broken)
        for _ in range(3):
            with pytest.raises(Trouble):
                control.do(moves.go_on)
        assert len(control.pending) == 1
    control.do(moves.observe, "The disk is back.")
    assert [event.type for event in on_disk(control)] == ["session-started", "inject-shown", "observation"]


def test_looking_at_the_clock_never_fails_when_the_disk_does(
    control: Control, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    control.do(moves.go_on)
    tick(control, clock, 10)
    with monkeypatch.context() as broken:
        break_disk(control, broken)
        clock.advance(600)
        assert control.moment().clock == 10.0
    assert [event.type for event in control.pending] == ["clock-stopped"]
    control.retry()
    assert on_disk(control)[-1].type == "clock-stopped"


def test_a_move_knows_of_the_gap_that_was_written_down_just_before_it(control: Control, clock: HeldClock) -> None:
    control.do(moves.go_on)
    clock.advance(600)
    control.do(moves.decide, "We wait.")
    assert on_disk(control)[-2].type == "clock-stopped"
    assert control.session.decisions[-1].id == f"d-{control.session.n}"


def test_what_is_saved_elsewhere_goes_on_there(
    control: Control, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_disk(control, broken)
        with pytest.raises(Trouble):
            control.do(moves.go_on)
    control.save_elsewhere(tmp_path / "stick" / "log.toml")
    assert control.session.current == "a1"
    assert [event.type for event in read(tmp_path / "stick" / "log.toml").events] == ["session-started", "inject-shown"]
    assert len(read(tmp_path / "log.toml").events) == 1
