"""A run event by event: the leader's and the participants' screen as they were, drawn by what drew them then."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast

from tabletop.control import Control
from tabletop.core.clock import Moment
from tabletop.core.events import DebriefOpened, Event, FeedbackOpened, InjectImprovised, InjectShown
from tabletop.core.fold import begin, replay
from tabletop.core.session import Session
from tabletop.files.log import LogWriter
from tabletop.locale import Words
from tabletop.ui.both import both, wall_of
from tabletop.ui.desk.scene import Desk, Scene
from tabletop.ui.rows import Row
from tabletop.ui.run.naming import event_name
from tabletop.ui.run.scene import RunScene

_COMES: Final = (InjectShown, InjectImprovised, FeedbackOpened, DebriefOpened)


class PastControl(Control):
    """Control of a moment that has passed: it is there to be looked at, and changes nothing."""

    def __init__(self, session: Session, moment: Moment, log: Path, leader: str) -> None:
        self.session = session
        self.trouble = None
        self.notices = ()
        self.slept = 0.0
        self._then = moment
        head = SimpleNamespace(id="", leader=leader)
        self.writer = cast("LogWriter", SimpleNamespace(path=log, head=head))  # all that is drawn of a log

    def moment(self) -> Moment:
        return self._then


class _NoDesk:
    """The desk of a scene that is only drawn: an empty line, and nobody who types."""

    text, cursor = "", 0

    def put(self, text: str, *, replaced: bool = False) -> None: ...
    def catch(self, catching: bool) -> None: ...
    def go(self, scene: Scene) -> None: ...
    def redraw(self) -> None: ...
    def leave(self, code: int = 0, sentence: str = "") -> None: ...
    def later(self, call: object) -> None: ...


@dataclass
class Replay:
    """Where in the run a reviewer stands."""

    whole: Session
    words: Words
    log: Path
    leader: str = ""
    at: int = 0
    """The place of the event that has just happened, counted from 0."""
    _seen: tuple[int, Session] | None = field(default=None, repr=False)

    @property
    def count(self) -> int:
        return len(self.whole.events)

    def move(self, step: int) -> None:
        self.at = max(0, min(self.at + step, self.count - 1))

    def jump(self, step: int) -> None:
        """On to where something else came on the table, or back to it: an inject, a feedback point, the debrief."""
        places = range(self.at + 1, self.count) if step > 0 else range(self.at - 1, -1, -1)
        events = self.whole.events
        ends = self.count - 1 if step > 0 else 0
        self.at = next((place for place in places if isinstance(events[place], _COMES)), ends)

    @property
    def event(self) -> Event:
        return self.whole.events[self.at]

    @property
    def session(self) -> Session:
        """The session as it was then: an undo that came later has not happened yet."""
        if self._seen is None or self._seen[0] != self.at:
            first = begin(self.whole.exercise, self.whole.participants_at_start)
            self._seen = self.at, replay(first, self.whole.events[: self.at + 1])
        return self._seen[1]

    @property
    def said(self) -> str:
        """What happened, in a few words."""
        return event_name(self.event, self.session, self.words)

    def rows(self, width: int, height: int, *, wall_in_front: bool) -> list[Row]:
        event = self.event
        scene = RunScene(PastControl(self.session, Moment(event.at, event.clock), self.log, self.leader), self.words)
        scene.desk = cast("Desk", _NoDesk())
        scene.is_watched = True
        wall = wall_of(self.session, event.at)

        def leader(width: int, height: int) -> list[Row]:
            return [_without_keys(line) for line in scene.draw(width, height)]

        return both(leader, wall, width, height, wall_in_front=wall_in_front)


def _without_keys(line: Row) -> Row:
    """The row without a key that looks as if it could be pressed: what the bar said then is over."""
    return tuple((text, "bar.quiet" if ink.endswith("key") else ink) for text, ink in line)
