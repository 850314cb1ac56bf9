"""Adds to the log of a run that is over: each addition takes the lock, appends, and lets go again.

In between anybody may read along or add; whoever comes next builds on what the log says by then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, Self

from tabletop.control import Clock
from tabletop.core.clock import Moment
from tabletop.core.events import Head
from tabletop.core.fold import begin, replay
from tabletop.core.moves import Facts
from tabletop.core.review import corrected, looked_back
from tabletop.core.session import Session
from tabletop.files.log import LogWriter, read

P = ParamSpec("P")


@dataclass
class Lookback:
    """One reviewer who looks back on one run. The session has the corrected times; the original stays in the log."""

    path: Path
    session: Session
    original: Session
    """The run with the times that the log was written with."""
    clock: Clock
    reviewer: str = ""
    leader: str = ""
    """Who led the run."""
    incident: str = ""
    """Where what is known of a real incident comes from; empty for an exercise."""

    @classmethod
    def open(cls, path: Path, clock: Clock, reviewer: str = "") -> Self:
        """Begin to look back on the run of a log; raises Trouble for what is none."""
        contents = read(path)
        original = replay(begin(contents.head.exercise, contents.head.participants), contents.events)
        session = _by_now(contents.head, original)
        return cls(path, session, original, clock, reviewer, contents.head.leader, contents.head.incident)

    def add(
        self,
        move: Callable[Concatenate[Session, Moment, str, P], Facts],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Make a move of a reviewer. Raises ``Refused`` when it cannot be, ``Trouble`` when it cannot be saved."""
        writer, contents = LogWriter.reopen(self.path)
        with writer:
            first = begin(contents.head.exercise, contents.head.participants)
            original = replay(first, contents.events)
            facts = move(original, Moment(self.clock.now(), original.clock), self.reviewer, *args, **kwargs)
            original = replay(original, [writer.append(fact) for fact in facts])
        self.original = original
        self.session = _by_now(contents.head, original)


def _by_now(head: Head, original: Session) -> Session:
    """The run as it is known by now: another one only where somebody corrected a time."""
    events = tuple(original.events)
    return original if corrected(events) is events else looked_back(head, events)
