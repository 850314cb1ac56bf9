"""A rehearsal: a run like any other, under a clock that jumps to whatever comes next, without anybody at the table.

Its log is a file like any other too, so that everything that works in a run works here; where nobody asked for it, it
lies in a folder that goes when the rehearsal is over.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core import upcoming as u
from tabletop.core.clock import SLEPT_AFTER, Moment
from tabletop.core.events import Participant
from tabletop.core.exercise import DebriefQuestion, Exercise
from tabletop.core.reacting import undecided
from tabletop.core.refused import Refused
from tabletop.core.rehearsing import seconds_to_next
from tabletop.core.session import Session

_MOST_STEPS: Final = 5_000
"""More presses of Space than any exercise takes."""


@dataclass
class SimulatedClock:
    """A clock that goes on only when somebody says so."""

    began: datetime
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.began + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Rehearsal:
    """One rehearsal of an exercise."""

    control: Control
    clock: SimulatedClock
    log: Path | None = None
    """Where the log stays; None when nothing does."""
    _undo: ExitStack = field(default_factory=ExitStack, repr=False)

    @classmethod
    def begin(
        cls,
        exercise: Exercise,
        participants: Iterable[Participant],
        now: datetime,
        *,
        leader: str,
        log: Path | None = None,
    ) -> "Rehearsal":
        """Begin; without ``log`` nothing is left of it afterwards. Raises ``Trouble`` when the log cannot be begun."""
        clock = SimulatedClock(now)
        with ExitStack() as undo:
            path = log
            if path is None:
                made = tempfile.TemporaryDirectory(prefix="tabletop-", ignore_cleanup_errors=True)
                path = Path(undo.enter_context(made)) / "rehearsal.toml"
            control = Control.start(
                *(path, exercise, participants, clock),
                run_id=f"rehearsal-{path.stem}"[:200],
                leader=leader,
                hard_end=now + timedelta(minutes=exercise.minutes),
            )
            undo.callback(control.close)
            return cls(control, clock, log, undo.pop_all())

    def close(self) -> None:
        self._undo.close()

    @property
    def session(self) -> Session:
        return self.control.session

    @property
    def minutes(self) -> float:
        """How much time has passed, in minutes."""
        return self.clock.seconds / 60

    # --- time ---

    @property
    def wait(self) -> float:
        """Seconds until what Space leads to is planned."""
        return seconds_to_next(self.session, self.control.moment())

    def pass_time(self, seconds: float) -> None:
        """Let so many seconds pass, up to where something else than before comes next: a stop that has become due."""
        before = self._upcoming(self.control.moment())
        left = seconds
        while left > 0:
            step = min(left, SLEPT_AFTER - 1)  # in steps that no clock takes for a laptop that slept
            self.clock.seconds += step
            left -= step
            if self._upcoming(self.control.moment()) != before:
                return

    def _upcoming(self, moment: Moment) -> u.Upcoming:
        return u.upcoming(self.session, moment)

    def pass_to_next(self) -> None:
        """Let the time pass until what Space leads to is planned."""
        self.pass_time(self.wait)

    # --- what the table would do ---

    def call(self) -> bool:
        """Let whoever is to be called say yes. Returns whether there was anybody to call."""
        following = self._upcoming(self.control.moment())
        if not isinstance(following, u.Dial) or following.official is None:
            return False
        self.control.do(moves.call, following.official, "can")
        return True

    def choose(self, choice_id: str | None = None) -> bool:
        """Choose in the dilemma on screen: this choice, or the first. Returns whether there was one."""
        dilemma = undecided(self.session)
        if dilemma is None:
            return False
        self.control.do(moves.choose, choice_id or dilemma.choices[0].id)
        return True

    def play(self, questions: Sequence[DebriefQuestion], rebuttal_question: str, choices: "Choices") -> None:
        """Play all that is left, at once, up to where only a word ends it."""
        for _ in range(_MOST_STEPS):
            dilemma = undecided(self.session)
            if dilemma is not None:
                self.choose(choices(dilemma.id))
            if not self.call():
                self.pass_to_next()
                following = self._upcoming(self.control.moment())
                if isinstance(following, (u.OnlyByWord, u.Dial)):
                    return
                try:
                    self.control.do(moves.go_on, questions, rebuttal_question=rebuttal_question)
                except Refused:
                    return


Choices = Callable[[str], str | None]
"""Given the id of a dilemma: the choice to make in it, or None for the first."""
