"""What the tests of the core, the control and the screens build with: a small exercise, held time, and a run to play.

In :func:`small_exercise` every text that may ever have to stay hidden is one word of its own, so that a test can look
for it in whatever the participants see.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.clock import Moment
from tabletop.core.exercise import Exercise
from tabletop.core.fold import apply, begin, replay
from tabletop.core.session import Session
from tabletop.core.upcoming import OnlyByWord, Upcoming, upcoming

P = ParamSpec("P")

START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
PEOPLE = ("field-one", "leader-one", "office-one", "special-one")


def question(step: str, place: int, about: str = "other") -> dict[str, str]:
    return {"text": f"question-{step}-{place}", "hint": f"hint-{step}-{place}", "about": about}


def inject(step: str, **more: object) -> dict[str, object]:
    """An inject of which every text is a word of its own."""
    return {
        "id": step,
        "title": f"title-{step}",
        "headline": f"head-{step}",
        "from": f"sender-{step}",
        "time": f"time-{step}",
        "text": f"text-{step}",
        "expect": f"expect-{step}",
        "ask": [f"ask-{step}"],
        "condition": f"condition-{step}",
        **more,
    }


def stop(step: str, **more: object) -> dict[str, object]:
    return {
        "id": step,
        "type": "feedback",
        "title": f"title-{step}",
        "questions": [question(step, 1), question(step, 2)],
        **more,
    }


STEPS: tuple[dict[str, object], ...] = (
    inject("a1", minute=0, budget=4, objectives=["o1"], channel="lcms"),
    stop("f1", minute=4, form="short"),
    inject("a2", minute=6, budget=5, jump="jump-a2", reopens_first_question=True, scale_up=True,
           text="\n\n".join(f"text-a2 {'long ' * 60}" for _ in range(3))),
    inject("a3", minute=11, budget=4, to=["field-one"], receiver_only=True, objectives=["o2"]),
    stop("f2", minute=15, round=2, questions=[question("f2", 1, "own-action"), question("f2", 2, "less-self-reliant")]),
    inject("a4", minute=23, budget=5, optional=True, choices=[
        {"id": "stay", "text": "choice-a4-stay", "argument": "argument-a4-stay"},
        {"id": "go", "text": "choice-a4-go", "argument": "argument-a4-go"},
    ]),
    stop("f3", due="minute", minute=28, minutes=5, questions=[question("f3", 1, "wanted-help")]),
    inject("a5", minute=33, budget=6, optional=True, to=["leadership", "special-one"]),
    inject("a6", minute=39, budget=3),
    inject("r1", reserve=True),
    inject("r2", reserve=True, receiver_only=True, jump="jump-r2"),
)  # fmt: skip


def small_exercise(steps: tuple[dict[str, object], ...] = STEPS, **more: object) -> Exercise:
    """Six injects, three stops of three kinds, two reserve injects; minutes that leave 14 for the debrief."""
    return Exercise.model_validate(
        {
            "id": "small",
            "title": "Small exercise",
            "language": "en",
            "minutes": 56,
            "summary": "summary-hidden",
            "situation": "situation-open",
            "purpose": "purpose-open",
            "introduction": "introduction-hidden",
            "content_note": "content-note-hidden",
            "codeword": "NO PLAY",
            "themes": ["staff", "self reliance"],
            "basis": {
                "text": "basis-hidden",
                "sources": ["reveal-source"],
                "not_known": "not-known-hidden",
                "reveal": "reveal-text",
                "question": "reveal-question",
            },
            "objectives": [
                {"id": o, "text": f"objective-{o}", "short": f"short-{o}", "practises": f"practises-{o}"}
                for o in ("o1", "o2")
            ],
            "officials": [
                {"id": "leader-one", "name": "Leader One", "pool": "leadership", "rank": 3, "column": "column-hidden"},
                {"id": "field-one", "name": "Field One", "pool": "field"},
                {"id": "field-two", "name": "Field Two", "label": "F2", "pool": "field"},
                {"id": "office-one", "name": "Office One", "pool": "back-office", "rank": 1},
                {"id": "special-one", "name": "Special One", "pool": "specialist"},
                {"id": "mayor", "name": "Mayor", "pool": "leadership", "key": False, "rank": 9},
            ],
            "checklist": {"title": "checklist-title", "lines": ["checklist-one", "checklist-two"]},
            "debrief": {
                "minutes": 14,
                "questions": [
                    {"text": "debrief-1", "hint": "debrief-hint-1", "about": "impression"},
                    {"text": "debrief-2", "hint": "debrief-hint-2", "about": "organisation"},
                    {"text": "debrief-3", "hint": "debrief-hint-3", "about": "effect"},
                ],
            },
            "steps": list(steps),
            **more,
        }
    )


SMALL = small_exercise()
CALL_OUT = small_exercise(
    (
        inject("a1", minute=0, budget=10, objectives=["o1"], text="text-a1 {card}"),
        stop("f1", minute=10, minutes=2, questions=[question("f1", 1, "first-question"), question("f1", 2)]),
        inject("a2", minute=25, budget=5, objectives=["o2"]),
        inject("a3", minute=50, budget=5),
    ),
    mode="call-out",
    minutes=70,
    debrief={"minutes": 10, "questions": [{"text": "debrief-1"}, {"text": "debrief-2"}]},
    call_out={
        "note": "note-hidden",
        "rules": ["rule-one", "rule-two"],
        "question": "question-safe",
        "script": "script-begins {leader} then {card} script-ends",
        "cards": [{"id": f"k{n}", "title": f"card-title-{n}", "text": f"card-text-{n}"} for n in (1, 2)],
    },
)
"""A call-out: the task, one stop by telephone, two calls that the leader plays, and ten minutes to look back."""
REACTING = small_exercise((
    inject("a1", minute=0, budget=4, objectives=["o1"]),
    inject("a4", minute=4, budget=5, objectives=["o1"], choices=[
        {"id": "stay", "text": "choice-a4-stay", "argument": "argument-a4-stay"},
        {"id": "go", "text": "choice-a4-go", "argument": "argument-a4-go"},
        {"id": "fly", "text": "choice-a4-fly", "argument": "argument-a4-fly"},
    ]),
    inject("b1", only_after=["a4.stay"], budget=3, receiver_only=True),
    inject("b2", only_after=["a4.go"], budget=6, choices=[
        {"id": "left", "text": "choice-b2-left"}, {"id": "right", "text": "choice-b2-right"},
    ]),
    stop("f1", minutes=4),
    inject("b3", only_after=["b2.left"], budget=2),
    inject("a5", minute=14, budget=4, optional=True, to=["field"]),
    inject("b4", only_after=["a4.stay", "b2.right"], budget=2, optional=True),
    inject("a6", minute=18, budget=4, rebuttal=True, to=["special-one"]),
    inject("r1", reserve=True, offered_with="a4", unless=["decision", "choice", "first-question", "o2"]),
    inject("r2", reserve=True, only_after=["a4.go"]),
))  # fmt: skip
"""Two dilemmas, the second of which one choice in the first brings; what follows each; reserves that wait."""


def people(*officials: str) -> tuple[e.Participant, ...]:
    return tuple(e.Participant(official=official, name=f"Name of {official}") for official in officials or PEOPLE)


def stored(event: e.Event) -> e.Event:
    """The event as a reader of the log gets it: written as a table, and validated again."""
    return e.read_event(e.as_toml(event))


@dataclass
class HeldClock:
    """The clocks of a machine that a test holds in its hand. A laptop that sleeps moves both on at once."""

    wall: datetime = START
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass
class Run:
    """A run without a disk: makes moves, keeps every event as a reader of the log would have it."""

    exercise: Exercise = field(default_factory=lambda: SMALL)
    officials: tuple[str, ...] = PEOPLE
    hard_end: datetime | None = None
    now: datetime = START
    clock: float = 0.0
    card: str | None = None
    events: list[e.Event] = field(default_factory=list)
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.session = self.beginning
        self.take((moves.start(self.exercise, self.moment, self.hard_end, self.card),))

    @property
    def beginning(self) -> Session:
        return begin(self.exercise, people(*self.officials))

    @property
    def moment(self) -> Moment:
        return Moment(self.now, self.clock)

    @property
    def replayed(self) -> Session:
        return replay(self.beginning, self.events)

    @property
    def next(self) -> Upcoming:
        return upcoming(self.session, self.moment)

    def wait(self, seconds: float) -> "Run":
        """Let time pass; the exercise clock goes on where it runs."""
        self.now += timedelta(seconds=seconds)
        self.clock += seconds if self.session.is_running else 0.0
        return self

    def sleep(self, seconds: float) -> "Run":
        """Let time pass on the wall only."""
        self.now += timedelta(seconds=seconds)
        return self

    def do(
        self, move: Callable[Concatenate[Session, Moment, P], moves.Facts], *args: P.args, **kwargs: P.kwargs
    ) -> "Run":
        self.take(move(self.session, self.moment, *args, **kwargs))
        return self

    def take(self, facts: moves.Facts) -> None:
        for fact in facts:
            event = stored(fact.model_copy(update={"n": len(self.events) + 1}))
            self.events.append(event)
            self.session = apply(self.session, event)

    def space(self, times: int = 1) -> "Run":
        for _ in range(times):
            self.do(moves.go_on)
        return self

    def space_until(self, reached: Callable[[Session], object], most: int = 200) -> "Run":
        """Press Space until something holds of the session; fails where Space leads nowhere."""
        for _ in range(most):
            if reached(self.session):
                return self
            assert not isinstance(self.next, OnlyByWord), self.next
            self.space()
        raise AssertionError("Space never got there")

    def until_shown(self, inject_id: str) -> "Run":
        return self.space_until(lambda session: session.current == inject_id)

    def until_stop(self, stage: str) -> "Run":
        return self.space_until(lambda session: session.stop is not None and session.stop.stage == stage)

    def until_held(self) -> "Run":
        """Press Space until the stop that is open is over."""
        return self.space_until(lambda session: session.stop is None)

    def until_debrief(self) -> "Run":
        return self.space_until(lambda session: session.phase == "debrief")
