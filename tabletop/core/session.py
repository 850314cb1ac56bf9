"""What is known of a run: the session, which ``core.fold`` makes from what happened, and the values that it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from tabletop.core import events as e
from tabletop.core.exercise import DebriefAbout, Exercise, FeedbackPoint, HeldForm, Inject, Official, Question, Step
from tabletop.core.grown import Grown

WRITING_SECONDS = 120
"""Silent writing at a feedback point: two minutes alone before anybody speaks."""
REBUTTAL_SECONDS = 60
"""Of exercise time, in which somebody at the table answers what is on screen out loud."""

Phase: TypeAlias = Literal["new", "running", "feedback", "debrief", "ended"]
Stillness: TypeAlias = Literal["time-out", "break", "real-incident", "continued"]
FirstStatus: TypeAlias = Literal["open", "answered", "reopened"]


class Done(NamedTuple):
    """What became of a step of the storyline."""

    how: Literal["shown", "skipped", "held"]
    at: datetime
    clock: float
    until: datetime | None = None


class Stop(NamedTuple):
    """The feedback point that is being held."""

    id: str
    number: int
    planned: bool
    form: HeldForm
    title: str
    questions: tuple[Question, ...]
    round: int
    stage: e.FeedbackStage
    opened: datetime
    stage_since: datetime
    inject: str | None
    clock: float = 0.0
    stood_still: timedelta = timedelta()
    speaker: str | None = None
    spoken: tuple[str, ...] = ()
    """Who was heard in the round: they said something, or the leader went on from them."""
    checked: bool = False
    left: "tuple[HeldForm, e.FeedbackStage] | None" = None
    """Where it was when the leader went for the one-minute form, to go back to."""
    page: int = 0
    """Of its questions on the shared screen, counted from 0."""

    @property
    def round_question(self) -> Question | None:
        return self.questions[self.round - 1] if 0 < self.round <= len(self.questions) else None

    @property
    def fingers_question(self) -> Question | None:
        """What the table is asked to show fingers on: the question that says so, or the one of the round."""
        return next((question for question in self.questions if question.about == "fingers"), self.round_question)


class Held(NamedTuple):
    """A feedback point that is over."""

    id: str
    title: str
    planned: bool
    form: HeldForm
    opened: datetime
    closed: datetime
    inject: str | None
    outcome: e.Outcome
    clock: float = 0.0
    stood_still: timedelta = timedelta()

    @property
    def minutes(self) -> float:
        """How long it took, without the pauses in it."""
        return (self.closed - self.opened - self.stood_still).total_seconds() / 60


class Agreement(NamedTuple):
    feedback: str
    text: str
    kept: e.Kept | None = None
    note: str = ""


class FirstQuestion(NamedTuple):
    """Should government do anything here at all? Open until answered; an inject may open it again.

    ``answers`` has one answer for each time that it was open: a later one of the same time corrects the earlier one.
    """

    status: FirstStatus = "open"
    answer: e.FirstAnswer | None = None
    because: str = ""
    at: datetime | None = None
    acted_before: bool = False
    answers: tuple[e.FirstQuestionAnswered, ...] = ()


class Decision(NamedTuple):
    id: str
    text: str
    inject: str | None
    at: datetime
    official: str | None = None
    where: e.Where | None = None
    within: e.Within | None = None


class Point(NamedTuple):
    """A learning point as it stands now, after its revisions."""

    id: str
    n: int
    at: datetime
    official: str | None
    inject: str | None
    feedback: str | None
    objectives: tuple[str, ...]
    text: str
    turn: e.Turn
    kind: e.PointKind
    level: e.Level
    aspect: e.Aspect
    themes: tuple[str, ...]
    private: bool
    withdrawn: bool = False
    revised: bool = False
    into: str | None = None
    """The point that says the same, in which this one goes on; it is withdrawn then."""
    reviewer: str = ""
    """Who added it when looking back."""

    @property
    def is_mark(self) -> bool:
        """A mark that was made while talking and still waits for its words."""
        return not self.text and not self.withdrawn


class Count(NamedTuple):
    """How many learning points stand under an official, and how many of those are marks that wait for their words."""

    points: int = 0
    marks: int = 0


class Answer(NamedTuple):
    n: int
    feedback: str
    question: int
    official: str | None
    text: str
    private: bool = False


class Fingers(NamedTuple):
    """A count of fingers: asked, and counted once there are any."""

    question: str
    point: str | None
    counted: tuple[int, ...] = ()
    stop: str | None = None
    """The feedback point at which it was."""
    inject: str | None = None
    """The inject at which it was, outside a feedback point and the debrief."""

    def is_about_same(self, other: "Fingers") -> bool:
        """Whether both are of one question in one place: the later one then corrects the earlier one."""
        return self._replace(counted=()) == other._replace(counted=())


class Rebuttal(NamedTuple):
    """A minute of rebuttal: to which inject, by whom (the table when None), and the fingers shown after it."""

    inject: str
    official: str | None
    at: datetime
    counted: tuple[int, ...] = ()


class Call(NamedTuple):
    """A call of a call-out, with what was added to it later."""

    n: int
    at: datetime
    official: str | None
    name: str
    caller: str | None
    outcome: e.CallOutcome | None
    result: str = ""
    by: str = ""
    missing: str = ""

    @property
    def is_invitation(self) -> bool:
        """Whether the leader called to ask for the hour; the other calls are made by whoever said yes."""
        return self.caller is None


class Comment(NamedTuple):
    """What a reviewer wrote when looking back: on an event, by its number, or on the whole run."""

    n: int
    at: datetime
    reviewer: str
    text: str
    about: int | None = None


class Bought(NamedTuple):
    """Time that somebody bought, on the exercise clock."""

    minutes: float
    official: str | None
    since: float

    @property
    def until(self) -> float:
        return self.since + self.minutes * 60


@dataclass(frozen=True)
class Session:
    """The state of a run: everything that any screen knows, and nothing that the log does not hold."""

    exercise: Exercise
    participants_at_start: tuple[e.Participant, ...] = ()
    participants: tuple[e.Participant, ...] = ()
    swapped: frozenset[str] = frozenset()
    """Functions that changed hands: what was learned in them is of more than one person."""
    events: Grown[e.Event] = field(default_factory=Grown)
    undone: frozenset[int] = frozenset()
    phase: Phase = "new"
    still: Stillness | None = None
    still_since: datetime | None = None
    left: bool = False
    started: datetime | None = None
    begun: datetime | None = None
    """The moment from which planned minutes count: the start, and in a call-out the first yes."""
    card: str | None = None
    """The task card of a call-out."""
    calls: Grown[Call] = field(default_factory=Grown)
    hard_end: datetime | None = None
    debrief_minutes: float = 14.0
    at: datetime | None = None
    clock: float = 0.0
    done: Mapping[str, Done] = field(default_factory=dict)
    current: str | None = None
    current_since: float = 0.0
    is_discussed: bool = False
    """Whether a feedback point was held since the inject on screen was shown: there is no more to ask about it."""
    page: int = 0
    improvised: tuple[Inject, ...] = ()
    changed: Mapping[str, str] = field(default_factory=dict)
    seen_before: frozenset[str] = frozenset()
    postponed: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, e.Chosen] = field(default_factory=dict)
    bought: Bought | None = None
    going_well: frozenset[str] = frozenset()
    learning_seen: tuple[e.LearningSeen, ...] = ()
    reached: frozenset[str] = frozenset()
    stop: Stop | None = None
    held: tuple[Held, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    answers: Grown[Answer] = field(default_factory=Grown)
    groups: tuple[str, ...] = ()
    fingers: Fingers | None = None
    counted: tuple[Fingers, ...] = ()
    rebuttals: tuple[Rebuttal, ...] = ()
    on_screen: e.ScreenShown | None = None
    page_over: int = 0
    """The page of what lies over the message, of the thanks or of what really happened."""
    first: FirstQuestion = field(default_factory=FirstQuestion)
    decisions: Grown[Decision] = field(default_factory=Grown)
    points: Grown[Point] = field(default_factory=Grown)
    points_noted: int = 0
    counts: Mapping[str, Count] = field(default_factory=dict)
    """By official, points that belong to nobody under an empty text; withdrawn ones count nowhere."""
    practised: Mapping[str, int] = field(default_factory=dict)
    """How many learning points there are on each objective, withdrawn ones left out."""
    kept_private: Mapping[str, int] = field(default_factory=dict)
    actions: tuple[e.ActionAgreed, ...] = ()
    """The last of each id; without an owner and a day it is no action yet."""
    comments: Grown[Comment] = field(default_factory=Grown)
    survey: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """By question of the residents' survey, from 1: how many gave each of the answers 1 to 5."""
    debrief_postponed: bool = False
    debrief_opened: datetime | None = None
    debrief_questions: tuple[str, ...] = ()
    debrief_about: tuple[DebriefAbout, ...] = ()
    task: e.DebriefTask = "questions"
    question: int = 0
    debrief_answers: Grown[Answer] = field(default_factory=Grown)
    used: tuple[str, ...] = ()
    thanks: Mapping[str, str] = field(default_factory=dict)
    thanks_shown: bool = False
    reveal_shown: bool = False
    was_revealed: bool = False
    """Whether what really happened was shown at any moment; ``reveal_shown`` is whether it stands there now."""
    ended: datetime | None = None

    # --- what is asked often ---

    @property
    def rebuttal(self) -> e.ScreenShown | None:
        """The rebuttal that has the shared screen, from its sixty seconds to the fingers after it."""
        return self.on_screen if self.on_screen is not None and self.on_screen.what == "rebuttal" else None

    def rebuttal_left(self, clock: float) -> float:
        """Seconds that are left of the rebuttal. It is play, on the exercise clock: a pause takes nothing of it."""
        since = self.rebuttal.clock if self.rebuttal is not None else clock
        return max(0.0, min(REBUTTAL_SECONDS - (clock - since), REBUTTAL_SECONDS))

    @property
    def n(self) -> int:
        """The number of the last event."""
        return self.events[-1].n if len(self.events) else 0

    @property
    def is_running(self) -> bool:
        """Whether the exercise clock runs: not in a stop, a pause, the debrief, or before anybody went on."""
        return self.phase == "running" and self.still is None and not self.left

    @property
    def inject(self) -> Inject | None:
        """The inject on screen, with its changed text."""
        return self.find_inject(self.current) if self.current else None

    def find_inject(self, inject_id: str) -> Inject | None:
        inject = next((inject for inject in self.improvised if inject.id == inject_id), None)
        inject = inject or self.exercise.inject(inject_id)
        if inject is not None and inject_id in self.changed:
            return inject.model_copy(update={"text": self.changed[inject_id]})
        return inject

    @property
    def agreement(self) -> Agreement | None:
        """The agreed line that holds until the next feedback point."""
        return self.agreements[-1] if self.agreements else None

    @property
    def chosen(self) -> frozenset[str]:
        """The choices as they stand now, in the words of an exercise file: ``inject.choice``."""
        return frozenset(f"{inject}.{chosen.choice}" for inject, chosen in self.choices.items())

    def comes(self, step: Step) -> bool:
        """Whether a step comes by itself: it waits for no choice, or for one that was made before its place passed."""
        if isinstance(step, FeedbackPoint) or not step.only_after:
            return True
        return not self.chosen.isdisjoint(step.only_after) and not self.is_past(step)

    def is_past(self, inject: Inject) -> bool:
        """Whether its place in the storyline has passed: an inject below it, that waits for no choice, was shown."""
        storyline = self.exercise.storyline
        place = next((place for place, step in enumerate(storyline) if step.id == inject.id), len(storyline))
        return any(
            isinstance(step, Inject) and not step.only_after and step.id in self.done
            and self.done[step.id].how == "shown"
            for step in storyline[place + 1 :]
        )  # fmt: skip

    @property
    def upcoming_steps(self) -> tuple[Step, ...]:
        """What is left of the storyline, in the order in which it comes; a postponed stop comes after one inject.

        An inject that waits for a choice is left out until that was made.
        """
        left = [step for step in self.exercise.storyline if step.id not in self.done and self.comes(step)]
        moved = [step for step in left if self.is_postponed(step.id)]
        if not moved:
            return tuple(left)
        found: list[Step] = []
        for step in left:
            if step not in moved:
                found += (step, *(stop for stop in moved if self.postponed[stop.id] == step.id))
        return tuple(found)

    def is_postponed(self, feedback_id: str) -> bool:
        """Whether a stop waits for an inject that is still to come."""
        after = self.postponed.get(feedback_id)
        inject = self.exercise.inject(after) if after is not None and after not in self.done else None
        return inject is not None and not inject.reserve and self.comes(inject)

    @property
    def next_inject(self) -> Inject | None:
        inject = next((step for step in self.upcoming_steps if isinstance(step, Inject)), None)
        return self.find_inject(inject.id) if inject else None

    @property
    def open_points(self) -> tuple[Point, ...]:
        """The learning points that were not withdrawn."""
        return tuple(point for point in self.points if not point.withdrawn)

    @property
    def objectives_reached(self) -> frozenset[str]:
        """Objectives with a learning point on them, or ticked by the leader."""
        return self.reached.union(objective for objective, count in self.practised.items() if count)

    @property
    def is_enough(self) -> bool:
        """Whether every objective was reached: exercises are mostly too long."""
        wanted = {objective.id for objective in self.exercise.objectives}
        return bool(wanted) and wanted <= self.objectives_reached

    def at_table(self, official_id: str) -> bool:
        return any(person.official == official_id for person in self.participants)

    def person(self, official_id: str) -> e.Participant | None:
        return next((person for person in self.participants if person.official == official_id), None)

    def in_pool(self, pool: str) -> tuple[Official, ...]:
        """The key officials of a pool who are at the table, in the order of the exercise."""
        return tuple(one for one in self.exercise.key_officials if one.pool == pool and self.at_table(one.id))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks in a round, in order: the highest rank last."""
        order = {official.id: (official.rank, place) for place, official in enumerate(self.exercise.officials)}
        present = [person.official for person in self.participants if person.official in order]
        return tuple(sorted(present, key=lambda official_id: order[official_id]))

    @property
    def counting(self) -> Fingers:
        """What a count of fingers would be about now: what was asked, or the question of the feedback point."""
        stop = self.stop
        inject = self.current if stop is None and self.phase == "running" else None
        asked = stop.fingers_question if stop is not None else None
        question, point = (asked.text if asked is not None else ""), None
        if self.fingers is not None:
            question, point = self.fingers.question, self.fingers.point
        return Fingers(question, point, (), stop.id if stop is not None else None, inject)

    @property
    def corrected(self) -> Fingers | None:
        """The earlier count that a count of fingers would take the place of now."""
        about = self.counting
        return next((count for count in self.counted if count.is_about_same(about)), None)

    @property
    def unheard(self) -> tuple[str, ...]:
        """Who else has not been heard in the round, from whoever has the word on: those passed by come last."""
        stop, order = self.stop, self.speakers
        if stop is None:
            return ()
        place = order.index(stop.speaker) if stop.speaker in order else -1
        return tuple(one for one in (*order[place + 1 :], *order[: max(place, 0)]) if one not in stop.spoken)

    def label(self, official_id: str | None) -> str:
        """The short name of a function; what nobody knows is shown as it is written."""
        official = self.exercise.official(official_id) if official_id else None
        return official.short if official else (official_id or "")
