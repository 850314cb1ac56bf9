"""Follows a run for the shared screen: finds its log, reads what is new, and makes the view of it.

The session stays in here. What leaves is a ``ParticipantView``: by construction nothing unreleased reaches the screen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tabletop.core.fold import apply, begin, replay
from tabletop.core.participants import ParticipantView, view
from tabletop.core.session import Session
from tabletop.files import heartbeat
from tabletop.files.glance import Glance
from tabletop.files.glance import glance as glance_at
from tabletop.files.log import Follower
from tabletop.files.places import going_on, state_folder
from tabletop.files.trouble import Trouble

_PATIENCE: Final = 1.0
"""Seconds that a log may be out of reach before the screen says so: a file that is just being moved is not lost."""
_LOOK_AROUND: Final = 1.0
"""Seconds between two looks at which runs are going on, while there is none to follow."""
_GLANCE_ASIDE: Final = 3.0
"""Seconds between two such looks while one is followed: it may have moved, or have ended."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the screen shows now: a view, nothing yet, or runs to choose from."""

    view: ParticipantView | None = None
    lost: bool = False
    choices: tuple[Glance, ...] = ()
    awaited: Path | None = None
    """The log that was named, as long as nothing is there: perhaps its name was mistyped."""


class Following:
    """One log and the session that follows from it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.session: Session | None = None
        self.view: ParticipantView | None = None
        self.is_out_of_reach = False
        self.is_missing = False
        self._follower = Follower(path)
        self._generation = 0

    @property
    def log_id(self) -> str:
        return self._follower.head.id if self._follower.head else ""

    @property
    def is_over(self) -> bool:
        """Whether this run ended or was left, so that another one may take its place."""
        return self.session is not None and (self.session.phase == "ended" or self.session.left)

    def poll(self) -> None:
        """Read what is new. Raises Trouble when the file cannot be understood; what was read stays."""
        try:
            events = self._follower.poll()
        except Trouble:
            self.is_out_of_reach = True
            raise
        self.is_out_of_reach = self.is_missing = self._follower.gone
        head = self._follower.head
        if head is None or not (events or self.session is None or self._generation != self._follower.generation):
            return
        if self.session is None or self._generation != self._follower.generation:
            self._generation = self._follower.generation
            self.session = replay(begin(head.exercise, head.participants), events)
        else:
            for event in events:
                self.session = apply(self.session, event)
        self.view = view(self.session)


class Watch:
    """Decides which run is followed: the one named, else the one that is going on, else the one that was chosen.

    A run that nobody leads any more gives way to one that somebody does, unless it was named.
    """

    def __init__(self, path: Path | None, environ: Mapping[str, str], monotonic: Callable[[], float]) -> None:
        self._environ = environ
        self._monotonic = monotonic
        self._named = path
        self._following = Following(path) if path is not None else None
        self._choices: tuple[Glance, ...] = ()
        self._looked_around = self._beaten = self._reached = self._again = float("-inf")
        self._alive = ""
        self._was_away = False

    def check(self) -> None:
        """Look at the log that was named; raises Trouble for a file that is there and is no log."""
        if self._following is not None:
            self._following.poll()

    def look(self) -> Seen:
        """Return what there is to see now. A look costs one question to the disk when nothing happened."""
        now = self._monotonic()
        if now - self._looked_around >= (_LOOK_AROUND if self._following is None else _GLANCE_ASIDE):
            self._looked_around = now
            self._look_around()
        following = self._following
        if following is None:
            self._beat(heartbeat.WAITING, now)
            return Seen(choices=self._choices)
        if now >= self._again:
            try:
                following.poll()
            except Trouble:  # what was seen stays; a file that cannot be understood is not read ten times a second
                self._again = now + _LOOK_AROUND
        if not following.is_out_of_reach:
            self._reached = now
        self._beat(following.log_id or heartbeat.WAITING, now)
        lost = following.view is not None and now - self._reached >= _PATIENCE
        is_awaited = following.view is None and following.is_missing and following.path == self._named
        return Seen(following.view, lost, awaited=following.path if is_awaited else None)

    def choose(self, glance: Glance) -> None:
        """Follow this run, of those that are going on."""
        self._follow(glance.path)

    def close(self) -> None:
        """Say that nobody watches any more."""
        if self._alive:
            heartbeat.stop(self._alive, self._environ)

    def _follow(self, path: Path) -> None:
        self._following, self._choices, self._was_away = Following(path), (), False
        self._reached, self._again = self._monotonic(), float("-inf")

    def _look_around(self) -> None:
        """Find the run to follow, or the place to which the one that is followed has moved."""
        following = self._following
        running = going_on(state_folder(self._environ))
        if following is None:
            if len(running) == 1:
                self._follow(running[0])
            elif running or self._choices:
                self._choices = _glances(running)
            return
        others = [path for path in running if path != following.path]
        if following.path in running or not others:
            self._was_away = False
            return
        moved = next((path for path in others if following.log_id and _id(path) == following.log_id), None)
        if moved is not None:  # the leader saved it elsewhere
            self._follow(moved)
        elif self._named is not None:
            return
        elif not (following.is_over or self._was_away):  # a leader who saves elsewhere is away for a moment
            self._was_away = True
        elif len(others) == 1:
            self._follow(others[0])
        else:
            self._following, self._choices = None, _glances(running)

    def _beat(self, log_id: str, now: float) -> None:
        if log_id == self._alive and now - self._beaten < heartbeat.EVERY:
            return
        if self._alive and self._alive != log_id:
            heartbeat.stop(self._alive, self._environ)
        self._alive, self._beaten = log_id, now
        heartbeat.beat(log_id, self._environ)


def _glances(paths: tuple[Path, ...]) -> tuple[Glance, ...]:
    found: list[Glance] = []
    for path in paths:
        try:
            found.append(glance_at(path))
        except (Trouble, OSError):
            continue  # its file is away for the moment; the next look finds it
    return tuple(found)


def _id(path: Path) -> str:
    try:
        return glance_at(path).id
    except (Trouble, OSError):
        return ""
