"""Exercise control: the exercise, its log, the session that follows from it, and the clock. The only object that
changes anything: screens read :attr:`Control.session` and call :meth:`Control.do`.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.clock import SLEPT_AFTER, ExerciseClock, Moment
from tabletop.core.exercise import Exercise
from tabletop.core.fold import apply, begin, replay
from tabletop.core.session import Session
from tabletop.files.log import LogWriter
from tabletop.files.trouble import Trouble

P = ParamSpec("P")


class Clock(Protocol):
    """The clocks of the machine, passed in so that a test can hold them."""

    def now(self) -> datetime:
        """The wall time, with its offset."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever go forward."""
        ...


class Control:
    """Leads one run. What was done is what the log says: every event is applied as it was read back from the disk."""

    def __init__(self, writer: LogWriter, session: Session, clock: Clock) -> None:
        self.writer = writer
        self.session = session
        self._clock = clock
        self._exercise_clock = ExerciseClock(session.clock, running=False, seen=clock.monotonic())
        self._pending: list[e.Event] = []
        self.trouble: Trouble | None = None
        """Why what is pending could not be saved; None when everything is."""
        self._wall = clock.now()
        self.slept = 0.0
        """Seconds that passed unseen and do not count, since somebody last set this to nothing: a laptop that slept."""
        self.notices: tuple[Trouble, ...] = ()
        """What opening the log had to mend, to be told once."""
        self._follow_session()

    @classmethod
    def start(
        cls,
        path: Path,
        exercise: Exercise,
        participants: Iterable[e.Participant],
        clock: Clock,
        *,
        run_id: str,
        leader: str = "",
        group: str = "",
        hard_end: datetime | None = None,
        card: str | None = None,
    ) -> "Control":
        """Begin a run: put the head and the first event in place together. Raises ``Trouble`` when that fails."""
        now = clock.now()
        present = tuple(participants)
        head = e.Head(
            id=run_id,
            started=now,
            leader=leader,
            group=group,
            language=exercise.language,
            exercise=exercise,
            participants=present,
        )
        first = moves.start(exercise, Moment(now, 0.0), hard_end, card)
        writer = LogWriter.create(path, head, first)
        return cls(writer, replay(begin(exercise, present), writer.opened.events), clock)

    @classmethod
    def resume(cls, path: Path, clock: Clock) -> "Control":
        """Go on with an unfinished run, from the exercise as it stands in the log. The clock is frozen until Space.

        Raises ``Trouble`` when the log cannot be opened, ``Refused`` when the run has ended.
        """
        writer, contents = LogWriter.reopen(path)
        with ExitStack() as undo:
            undo.callback(writer.close)
            session = replay(begin(contents.head.exercise, contents.head.participants), contents.events)
            control = cls(writer, session, clock)
            control.notices = contents.notices
            control.do(moves.carry_on)
            undo.pop_all()
        return control

    # --- time ---

    def moment(self) -> Moment:
        """Now, on the wall and on the exercise clock. A gap (a sleeping laptop) is left out, and written down."""
        seen = self._exercise_clock.seen
        self._exercise_clock, gap = self._exercise_clock.tick(self._clock.monotonic())
        moment = Moment(self._clock.now(), self._exercise_clock.seconds)
        # Some machines stop their monotonic clock in their sleep: then only the wall tells that time has passed.
        passed = self._exercise_clock.seen - seen
        unseen = (moment.at - self._wall).total_seconds() - passed
        self._wall = moment.at
        if not gap and self._is_going_on:
            gap = next((seconds for seconds in (passed, unseen) if seconds > SLEPT_AFTER), 0.0)
        self.slept += gap
        if gap and not self._pending:
            self._pending.extend(moves.stopped_clock(moment, gap))
            with suppress(Trouble):  # it stays pending, and whoever looks at the time must not fail for it
                self.retry()
        return moment

    @property
    def _is_going_on(self) -> bool:
        """Whether time counts for something: on the exercise clock, or towards the length of a feedback point."""
        session = self.session
        return session.is_running or (session.phase == "feedback" and session.still is None and not session.left)

    # --- change ---

    @property
    def pending(self) -> tuple[e.Event, ...]:
        """What could not be saved yet. Until it is, nothing else is recorded and the shared screen stays as it was."""
        return tuple(self._pending)

    def do(
        self, move: Callable[Concatenate[Session, Moment, P], moves.Facts], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Make a move. Raises ``Refused`` when the state does not allow it, ``Trouble`` when it cannot be saved."""
        moment = self.moment()
        if self._pending:
            self.retry()  # what is pending comes first: a move is made from a session that knows of it
        self._pending.extend(move(self.session, moment, *args, **kwargs))
        self.retry()

    def retry(self) -> None:
        """Append what is pending, and believe what was read back. Raises ``Trouble``, and keeps it, when the disk
        says no.
        """
        if not self._pending and self.trouble is not None:
            self.writer.look()
        while self._pending:
            try:
                written = self.writer.append(self._pending[0])
            except Trouble as trouble:
                self.trouble = trouble
                raise
            del self._pending[0]
            self.session = apply(self.session, written)
            self._follow_session()
        self.trouble = None

    def look(self) -> None:
        """Notice that the log went away, or came back, while there is nothing to save."""
        if self._pending:
            return
        try:
            self.writer.look()
        except Trouble as trouble:
            self.trouble = trouble
        else:
            self.trouble = None

    def drop_pending(self) -> None:
        """Forget a move that could not be saved; the line that it was typed in is kept by the screen."""
        self._pending.clear()
        self.trouble = None

    def save_elsewhere(self, path: Path) -> None:
        """Go on in a copy of the log in another place, and save there what is pending."""
        self.writer.save_elsewhere(path)
        self.retry()

    def rescue(self, folders: Iterable[Path]) -> bool:
        """Before everything is closed: see to it that the run is in a file, in its own place or in one of these
        folders. Returns False when no place takes it.
        """
        self.look()
        if self.trouble is None:
            return True
        path = self.writer.path
        for place in (path, *(folder / path.name for folder in folders)):
            with suppress(Trouble):
                self.retry()
                return True
            with suppress(Trouble):
                self.save_elsewhere(place)
                return True
        return False

    def close(self) -> None:
        self.writer.close()

    def _follow_session(self) -> None:
        self._exercise_clock, _ = self._exercise_clock.tick(self._clock.monotonic())
        self._exercise_clock = self._exercise_clock.set(running=self.session.is_running)
