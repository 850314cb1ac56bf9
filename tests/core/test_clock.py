"""Exercise time: only what the group worked, whatever the laptop did meanwhile."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core.clock import SLEPT_AFTER, ExerciseClock


def test_a_gap_over_five_seconds_does_not_count_and_is_reported() -> None:
    clock = ExerciseClock(60.0, running=True, seen=1000.0)
    clock, gap = clock.tick(1005.0)
    assert (clock.seconds, gap) == (65.0, 0.0)
    clock, gap = clock.tick(1605.0)
    assert (clock.seconds, gap) == (65.0, 600.0)
    clock, gap = clock.tick(1606.0)
    assert (clock.seconds, gap) == (66.0, 0.0)


def test_a_clock_that_stands_still_reports_no_gap() -> None:
    clock, gap = ExerciseClock(60.0, running=False, seen=1000.0).tick(9000.0)
    assert (clock.seconds, gap) == (60.0, 0.0)
    clock, gap = clock.set(running=True).tick(9001.0)
    assert (clock.seconds, gap) == (61.0, 0.0)


@settings(max_examples=200, deadline=None)
@given(ticks=st.lists(st.tuples(st.floats(-20, 900), st.booleans()), max_size=60))
def test_the_clock_never_goes_back_and_counts_exactly_what_was_worked(ticks: list[tuple[float, bool]]) -> None:
    clock, now, worked = ExerciseClock(0.0, running=True, seen=0.0), 0.0, 0.0
    for passed, running in ticks:
        before, is_running = clock.seconds, clock.running
        now += passed
        clock, gap = clock.tick(now)
        assert clock.seconds >= before
        assert gap == 0.0 or gap > SLEPT_AFTER
        elapsed = clock.seconds - before
        assert elapsed <= SLEPT_AFTER + 1e-6
        assert is_running or elapsed == 0.0
        worked += elapsed
        clock = clock.set(running=running)
    assert clock.seconds == worked or abs(clock.seconds - worked) < 1e-6
