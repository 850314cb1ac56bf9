"""Exercise time, from facts and from a clock that is passed in.

Exercise time is what the group worked: feedback points, pauses and a laptop that slept do not count. It feeds the
budgets. Wall time is for planned against actual and for the forecast; story time is only a text on the shared screen.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeGuard

SLEPT_AFTER = 5.0
"""Seconds between two ticks from which a gap is a laptop that slept, and does not count."""

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""Between these any wall time lies: no sum of times leaves the calendar, also where a laptop does not know the year."""
LONGEST_CLOCK: Final = 1e8
"""The most seconds of exercise time in a log: three years."""
LONGEST_GAP: Final = 31 * 24 * 3600.0
"""The most seconds that are written down of time that passed unseen; a longer sleep is as good as this one."""


def is_wall_time(value: object) -> TypeGuard[datetime]:
    """Whether this is a wall time as an event may have it: with its offset, in a year that can be."""
    return isinstance(value, datetime) and value.utcoffset() is not None and EARLIEST <= value <= LATEST


class Moment(NamedTuple):
    """When something happens: the wall time, with its offset, and the exercise clock in seconds."""

    at: datetime
    clock: float


@dataclass(frozen=True, slots=True)
class ExerciseClock:
    """The exercise clock between two looks at the monotonic clock of the machine, both in seconds."""

    seconds: float
    running: bool
    seen: float

    def tick(self, now: float) -> "tuple[ExerciseClock, float]":
        """Return the clock as it stands now, and the gap that was left out (0.0 when there was none)."""
        passed = max(0.0, now - self.seen)
        if not self.running:
            return replace(self, seen=now), 0.0
        if passed > SLEPT_AFTER:
            return replace(self, seen=now), passed
        return replace(self, seconds=self.seconds + passed, seen=now), 0.0

    def set(self, running: bool) -> "ExerciseClock":
        """Let the clock run or stand still from here."""
        return replace(self, running=running)
