"""What follows from what happened: the session is a fold over events, and nothing else.

:func:`replay` makes a session from a whole log, :func:`apply` takes one more event. Both take any event in any state:
a fact that does not fit (a late follower of a newer version, a hand-edited log) changes nothing rather than failing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

from tabletop.core import events as e
from tabletop.core.exercise import About, DebriefAbout, Exercise, HeldForm, Inject, Question, Step
from tabletop.core.grown import Grown

WRITING_SECONDS = 120
"""Silent writing at a feedback point: two minutes alone before anybody speaks."""

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
    checked: bool = False
    left: "tuple[HeldForm, e.FeedbackStage] | None" = None
    """Where it was when the leader went for the one-minute form, to go back to."""

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
    """Should government do anything here at all? Open until answered; an inject may open it again."""

    status: FirstStatus = "open"
    answer: e.FirstAnswer | None = None
    because: str = ""
    at: datetime | None = None
    acted_before: bool = False


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
    ended: datetime | None = None

    # --- what is asked often ---

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
    def upcoming_steps(self) -> tuple[Step, ...]:
        """What is left of the storyline, in the order in which it comes; a postponed stop comes after one inject."""
        left = [step for step in self.exercise.storyline if step.id not in self.done]
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
        return after is not None and after not in self.done and self.exercise.inject(after) in self.exercise.injects

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

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks in a round, in order: the highest rank last."""
        order = {official.id: (official.rank, place) for place, official in enumerate(self.exercise.officials)}
        present = [person.official for person in self.participants if person.official in order]
        return tuple(sorted(present, key=lambda official_id: order[official_id]))

    def label(self, official_id: str | None) -> str:
        """The short name of a function; what nobody knows is shown as it is written."""
        official = self.exercise.official(official_id) if official_id else None
        return official.short if official else (official_id or "")


if TYPE_CHECKING:
    from dataclasses import replace as _with
else:

    def _with(session: Session, /, **changes: object) -> Session:
        """``dataclasses.replace`` without a constructor call: ten times quicker, once per event."""
        changed = object.__new__(Session)
        changed.__dict__.update(session.__dict__)
        changed.__dict__.update(changes)
        return changed


def begin(exercise: Exercise, participants: Iterable[e.Participant] = ()) -> Session:
    """The session before anything happened."""
    present = tuple(participants)
    return Session(exercise=exercise, participants_at_start=present, participants=present)


def replay(session: Session, events: Iterable[e.Event]) -> Session:
    """Take all events at once, leaving out what was undone later; linear in their number."""
    events = tuple(events)
    undone = frozenset(event.event for event in events if isinstance(event, e.Undone) and event.event < event.n)
    if undone and len(session.events):
        return replay(_beginning(session), (*session.events, *events))
    reopened: dict[int, datetime] = {}
    for event in events:
        if event.n not in undone:
            session = _happened(session, event)
        elif isinstance(event, e.FeedbackClosed):
            reopened[event.n] = event.at
        if isinstance(event, e.Undone) and event.event in reopened:
            session = _stood_still(session, event.at - reopened[event.event])
    session = _recorded(session, events)
    return _with(session, undone=undone, seen_before=_seen_before(events, undone)) if undone else session


def apply(session: Session, event: e.Event) -> Session:
    """Take one more event. An undo starts over from the first event, without the undone one."""
    if isinstance(event, e.Undone):
        return replay(_beginning(session), (*session.events, event))
    return _recorded(_happened(session, event), (event,))


def _beginning(session: Session) -> Session:
    return begin(session.exercise, session.participants_at_start)


def _seen_before(events: tuple[e.Event, ...], undone: frozenset[int]) -> frozenset[str]:
    """Injects that were shown and then undone: the participants have seen them."""
    shown = (e.InjectShown, e.InjectImprovised)
    return frozenset(event.inject for event in events if event.n in undone and isinstance(event, shown))


def _recorded(session: Session, events: tuple[e.Event, ...]) -> Session:
    """What holds of events even when they are undone: that they happened, when, and the numbers of their points."""
    if not events:
        return session
    noted = session.points_noted + sum(isinstance(event, e.LearningPointNoted) for event in events)
    clock = max(session.clock, *(event.clock for event in events))
    return _with(session, events=session.events.plus(*events), at=events[-1].at, clock=clock, points_noted=noted)


def _happened(session: Session, event: e.Event) -> Session:
    match event:
        case e.LearningPointNoted():
            point = _point(event)
            return _counted(_with(session, points=session.points.plus(point)), point, 1)
        case e.Observed() | e.Reviewed() | e.CallLogged() | e.Undone():
            return session
        case e.ClockStopped():
            return _stood_still(session, timedelta(seconds=event.seconds))
        case e.Answered():
            answer = Answer(event.n, event.feedback, event.question, event.official, event.text, event.private)
            return _with(session, answers=session.answers.plus(answer))
        case e.LearningPointRevised():
            return _revised(session, event)
        case e.LearningPointWithdrawn():
            session = _thanked_no_more(session, event.point)
            return _with_point(session, event.point, lambda point: point._replace(withdrawn=True))
        case e.KeptPrivate():
            key = event.official or ""
            return _with(session, kept_private={**session.kept_private, key: session.kept_private.get(key, 0) + 1})
        case e.DecisionMade():
            decision = Decision(event.id, event.text, event.inject, event.at)
            first = session.first
            if first.status != "answered":
                first = first._replace(acted_before=True)
            return _with(session, decisions=session.decisions.plus(decision), first=first)
        case e.DecisionDetailed():
            return _detailed(session, event)
        case e.SessionStarted():
            return _with(session, phase="running", started=event.at, hard_end=event.hard_end,
                         debrief_minutes=event.debrief_minutes)  # fmt: skip
        case e.SessionLeft():
            return _with(session, left=True, still_since=session.still_since or event.at)
        case e.SessionContinued():
            since = session.still_since or event.since or event.at
            return _with(session, left=False, still=session.still or "continued", still_since=since)
        case e.HardEndMoved():
            return _with(session, hard_end=event.hard_end, debrief_postponed=False)
        case e.SessionEnded():
            return _with(session, phase="ended", ended=event.at, still=None, still_since=None, stop=None, bought=None,
                         fingers=None, on_screen=None)  # fmt: skip
        case e.Paused():
            return _with(session, still=event.kind, still_since=session.still_since or event.at)
        case e.Resumed():
            return _resumed(session, event)
        case e.InjectShown():
            return _shown(session, event.inject, event)
        case e.InjectImprovised():
            inject = Inject(id=event.inject, text=event.text or "…", title=event.title, channel=event.channel,
                            sender=event.sender, to=event.to, receiver_only=event.receiver_only)  # fmt: skip
            others = tuple(other for other in session.improvised if other.id != inject.id)
            return _shown(_with(session, improvised=(*others, inject)), event.inject, event)
        case e.PageShown():
            if event.inject != session.current:
                return session
            return _with(session, page=event.page, bought=None, on_screen=None)
        case e.InjectSkipped():
            return _with(session, done={**session.done, event.inject: Done("skipped", event.at, event.clock)})
        case e.InjectChanged():
            return _with(session, changed={**session.changed, event.inject: event.text})
        case e.Chosen():
            return _with(session, choices={**session.choices, event.inject: event})
        case e.GoingWell():
            return _with(session, going_well=session.going_well | {event.inject})
        case e.LearningSeen():
            return _with(session, learning_seen=(*session.learning_seen, event))
        case e.ObjectiveReached():
            return _with(session, reached=session.reached | {event.objective})
        case e.TimeBought():
            return _with(session, bought=Bought(event.minutes, event.official, event.clock))
        case e.TimeBoughtEnded():
            return _with(session, bought=None)
        case e.FeedbackOpened():
            return _opened(session, event)
        case e.FeedbackStep():
            return _staged(session, event)
        case e.FeedbackClosed():
            return _closed(session, event)
        case e.FeedbackPostponed():
            following = session.next_inject
            after = following.id if following else ""
            return _with(session, postponed={**session.postponed, event.feedback: after})
        case e.FeedbackSkipped():
            return _with(session, done={**session.done, event.feedback: Done("skipped", event.at, event.clock)})
        case e.TurnTaken():
            stop = session.stop
            if stop is None:
                return session
            spoken = stop.spoken if event.official in stop.spoken else (*stop.spoken, event.official)
            return _with(session, stop=stop._replace(speaker=event.official, spoken=spoken))
        case e.ListAgreed():
            return _with(session, groups=event.groups)
        case e.Agreed():
            kept = tuple(other for other in session.agreements if other.feedback != event.feedback)
            return _with(session, agreements=(*kept, Agreement(event.feedback, event.text)))
        case e.AgreementChecked():
            return _checked(session, event)
        case e.FingersAsked():
            return _with(session, fingers=Fingers(event.question, event.point))
        case e.FingersCounted():
            stop_id = session.stop.id if session.stop else None
            fingers = Fingers(event.question, event.point, event.fingers, stop_id)
            return _with(session, fingers=fingers, counted=(*session.counted, fingers))
        case e.ScreenShown():
            return _with(session, on_screen=event, page_over=event.page, fingers=None)
        case e.ScreenCleared():
            return _with(session, on_screen=None, fingers=None)
        case e.FirstQuestionAnswered():
            first = FirstQuestion("answered", event.answer, event.because, event.at, session.first.acted_before)
            return _with(session, first=first)
        case e.ActionAgreed():
            return _with(session, actions=(*session.actions, event))
        case e.ParticipantJoined():
            seated = tuple(person for person in session.participants if person.official != event.official)
            person = e.Participant(official=event.official, name=event.name, organisation=event.organisation)
            return _with(session, participants=(*seated, person))
        case e.ParticipantLeft():
            stay = tuple(person for person in session.participants if person.official != event.official)
            order = session.speakers
            place = order.index(event.official) if event.official in order else 0
            heirs = (*order[place + 1 :], *reversed(order[:place]))
            return _with_speaker(_with(session, participants=stay), heirs)
        case e.ParticipantsSwapped():
            swap = {event.official: event.other, event.other: event.official}
            swapped = (
                person.model_copy(update={"official": swap.get(person.official, person.official)})
                for person in session.participants
            )
            both = session.swapped | {event.official, event.other}
            session = _with(session, participants=tuple(swapped), swapped=both)
            return _with_speaker(session, (event.official, event.other))
        case e.DebriefOpened():
            return _with(session, phase="debrief", debrief_opened=event.at, debrief_questions=event.questions,
                         debrief_about=event.about, task="questions", question=1, bought=None, fingers=None,
                         on_screen=None)  # fmt: skip
        case e.DebriefStep():
            return _with(session, task=event.task, question=event.question, thanks_shown=False, reveal_shown=False,
                         fingers=None, on_screen=None)  # fmt: skip
        case e.DebriefPostponed():
            return _with(session, debrief_postponed=True)
        case e.DebriefAnswered():
            answer = Answer(event.n, "debrief", event.question, event.official, event.text, event.private)
            return _with(session, debrief_answers=session.debrief_answers.plus(answer))
        case e.InstrumentUsed():
            kept_used = tuple(name for name in session.used if name != event.instrument)
            return _with(session, used=(*kept_used, event.instrument) if event.used else kept_used)
        case e.ThanksApproved():
            return _with(session, thanks={**session.thanks, event.official: event.text})
        case e.ThanksShown():
            return _with(session, thanks_shown=True, reveal_shown=False, page_over=event.page, on_screen=None,
                         fingers=None)  # fmt: skip
        case e.RevealShown():
            return _with(session, reveal_shown=True, page_over=event.page, on_screen=None, fingers=None)
        case _:
            assert_never(event)


def _shown(session: Session, inject_id: str, event: e.InjectShown | e.InjectImprovised) -> Session:
    first = session.first
    inject = session.find_inject(inject_id)
    if inject is not None and inject.reopens_first_question and first.status == "answered":
        first = first._replace(status="reopened")
    done = session.done
    before = done.get(inject_id)
    if before is None or before.how != "shown":  # played once more, it was still shown when it was shown
        done = {**done, inject_id: Done("shown", event.at, event.clock)}
    return _with(session, done=done, current=inject_id, current_since=event.clock, is_discussed=False, page=0,
                 first=first, bought=None, fingers=None, on_screen=None)  # fmt: skip


def _stood_still(session: Session, passed: timedelta) -> Session:
    """Leave time that nobody worked out of the feedback point in which it passed."""
    stop = session.stop
    if stop is None:
        return session
    stop = stop._replace(stage_since=stop.stage_since + passed, stood_still=stop.stood_still + passed)
    return _with(session, stop=stop)


def _with_speaker(session: Session, others: tuple[str, ...]) -> Session:
    """Give the word to the first of these who is there, when whoever had it has left the table."""
    stop = session.stop
    if stop is None or stop.speaker is None or session.at_table(stop.speaker):
        return session
    speaker = next((other for other in others if session.at_table(other)), None)
    spoken = tuple(one for one in stop.spoken if session.at_table(one))
    if speaker is not None and speaker not in spoken:
        spoken = (*spoken, speaker)
    return _with(session, stop=stop._replace(speaker=speaker, spoken=spoken))


def _resumed(session: Session, event: e.Resumed) -> Session:
    """Go on. What counts down was still for as long as the pause took."""
    stop = session.stop
    if stop is not None and session.still_since is not None:
        stood = event.at - max(session.still_since, stop.opened)
        since = stop.stage_since + (event.at - max(session.still_since, stop.stage_since))
        stop = stop._replace(stage_since=since, stood_still=stop.stood_still + stood)
    return _with(session, still=None, still_since=None, left=False, stop=stop)


def _opened(session: Session, event: e.FeedbackOpened) -> Session:
    point = session.exercise.feedback_point(event.feedback)
    if point is not None:
        title, questions, turn = point.title, point.questions, point.round
    else:
        other: About = "other"
        about = (*event.about, *(other for _ in event.questions))
        title, turn = event.title, event.round
        questions = tuple(
            Question(text=text or "…", about=kind) for text, kind in zip(event.questions, about, strict=False)
        )
    number = len(session.held) + 1
    stop = Stop(event.feedback, number, event.planned, event.form, title, questions, turn, event.stage, event.at,
                event.at, session.current, event.clock)  # fmt: skip
    return _with(session, phase="feedback", stop=stop, bought=None, fingers=None, on_screen=None)


def _staged(session: Session, event: e.FeedbackStep) -> Session:
    stop = session.stop
    if stop is None:
        return session
    left = (stop.form, stop.stage) if event.form == "agreed-line" else stop.left
    stop = stop._replace(stage=event.stage, form=event.form or stop.form, stage_since=event.at, left=left)
    if event.stage == "round" and stop.speaker is None and session.speakers:
        stop = stop._replace(speaker=session.speakers[0], spoken=(session.speakers[0],))
    return _with(session, stop=stop, fingers=None, on_screen=None)


def _closed(session: Session, event: e.FeedbackClosed) -> Session:
    stop = session.stop
    if stop is None:
        return session
    stood = stop.stood_still
    if session.still_since is not None:
        stood += event.at - max(session.still_since, stop.opened)
    held = Held(stop.id, stop.title, stop.planned, stop.form, stop.opened, event.at, stop.inject, event.outcome,
                stop.clock, stood)  # fmt: skip
    done = {**session.done, stop.id: Done("held", stop.opened, event.clock, event.at)}
    phase: Phase = "running" if session.phase == "feedback" else session.phase
    return _with(session, phase=phase, stop=None, held=(*session.held, held), done=done, is_discussed=True,
                 fingers=None, on_screen=None)  # fmt: skip


def _checked(session: Session, event: e.AgreementChecked) -> Session:
    agreements = tuple(
        agreement._replace(kept=event.kept, note=event.note) if agreement.feedback == event.feedback
        else agreement
        for agreement in session.agreements
    )  # fmt: skip
    stop = session.stop._replace(checked=True) if session.stop else None
    return _with(session, agreements=agreements, stop=stop)


def _detailed(session: Session, event: e.DecisionDetailed) -> Session:
    for place in range(len(session.decisions) - 1, -1, -1):
        decision = session.decisions[place]
        if decision.id == event.decision:
            detailed = decision._replace(
                official=event.official or decision.official,
                where=event.where or decision.where,
                within=event.within or decision.within,
            )
            return _with(session, decisions=session.decisions.replaced(place, detailed))
    return session


def _point(event: e.LearningPointNoted) -> Point:
    return Point(
        id=event.id,
        n=event.n,
        at=event.at,
        official=event.official,
        inject=event.inject,
        feedback=event.feedback,
        objectives=event.objectives,
        text=event.text,
        turn=event.turn,
        kind=event.kind,
        level=event.level,
        aspect=event.aspect,
        themes=event.themes,
        private=event.private,
    )


def _revised(session: Session, event: e.LearningPointRevised) -> Session:
    def revise(point: Point) -> Point:
        return point._replace(
            text=point.text if event.text is None else event.text,
            official=event.official or point.official,
            turn=event.turn or point.turn,
            kind=event.kind or point.kind,
            level=event.level or point.level,
            aspect=event.aspect or point.aspect,
            themes=point.themes if event.themes is None else event.themes,
            private=point.private if event.private is None else event.private,
            revised=True,
        )

    if (event.text, event.official, event.turn, event.private) != (None, None, None, None):
        session = _thanked_no_more(session, event.point)
    return _with_point(session, event.point, revise)


def _thanked_no_more(session: Session, point_id: str) -> Session:
    """Take back the approval of a thank-you whose words may come from a point that is no longer what it was."""
    point = next((point for point in session.points if point.id == point_id), None)
    if point is None or point.official not in session.thanks:
        return session
    return _with(session, thanks={who: text for who, text in session.thanks.items() if who != point.official})


def _with_point(session: Session, point_id: str, change: Callable[[Point], Point]) -> Session:
    for place in range(len(session.points) - 1, -1, -1):
        if session.points[place].id == point_id:
            old = session.points[place]
            new = change(old)
            session = _with(session, points=session.points.replaced(place, new))
            return _counted(_counted(session, old, -1), new, 1)
    return session


def _counted(session: Session, point: Point, by: int) -> Session:
    """Count a point with its official and its objectives, or by -1 no longer. A withdrawn one counts nowhere."""
    if point.withdrawn:
        return session
    official = point.official or ""
    so_far = session.counts.get(official, Count())
    count = Count(so_far.points + by, so_far.marks + by * point.is_mark)
    practised = {objective: session.practised.get(objective, 0) + by for objective in point.objectives}
    return _with(session, counts={**session.counts, official: count}, practised={**session.practised, **practised})
