"""Exercise time, from facts and from a clock that is passed in.

Exercise time is what the group worked: feedback points, pauses and a laptop that slept do not count. It feeds the
budgets. Wall time is for planned against actual and for the forecast; story time is only a text on the shared screen.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

SLEPT_AFTER = 5.0
"""Seconds between two ticks from which a gap is a laptop that slept, and does not count."""


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
