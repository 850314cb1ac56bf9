"""What Space will do: the next right thing, so that the leader never has to decide which key to press."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from tabletop.core import calling, timeline
from tabletop.core.clock import Moment
from tabletop.core.events import DebriefTask, FeedbackStage, Outcome
from tabletop.core.exercise import FeedbackPoint, Inject
from tabletop.core.paging import question_page_count, situation_page_count
from tabletop.core.participants import page_count, page_count_over
from tabletop.core.session import Session, Stillness, Stop


class ShowInject(NamedTuple):
    inject: Inject


class Dial(NamedTuple):
    """Call somebody for the call-out: whom it was planned to call, or whomever the leader thinks of now."""

    official: str | None


class NextPage(NamedTuple):
    """The next page of this inject, or with None of what stands over it or in its place."""

    inject: Inject | None
    page: int
    pages: int


class OpenFeedback(NamedTuple):
    point: FeedbackPoint


class ToStage(NamedTuple):
    """On to the next stage of the stop; from the check, the chosen answer is saved first."""

    stage: FeedbackStage


class NextSpeaker(NamedTuple):
    """In the round, the word goes to the next one who has not been heard."""

    official: str


class CloseFeedback(NamedTuple):
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class EndBoughtTime:
    pass


@dataclass(frozen=True, slots=True)
class AskFingers:
    """The rebuttal is over: the table shows fingers."""


@dataclass(frozen=True, slots=True)
class ClearScreen:
    """Take off what lies over the message on the shared screen."""


class Resume(NamedTuple):
    kind: Stillness


@dataclass(frozen=True, slots=True)
class OpenDebrief:
    pass


class ToTask(NamedTuple):
    task: DebriefTask
    question: int


@dataclass(frozen=True, slots=True)
class ShowThanks:
    """Put the thank-yous that were approved on the shared screen."""


@dataclass(frozen=True, slots=True)
class ShowReveal:
    """Put what really happened on the shared screen."""


class OnlyByWord(NamedTuple):
    """Space does nothing here; a typed word does: ``resume`` after NO PLAY, ``end`` at the end, or nothing at all."""

    word: str


Upcoming: TypeAlias = (
    ShowInject
    | Dial
    | NextPage
    | OpenFeedback
    | ToStage
    | NextSpeaker
    | CloseFeedback
    | EndBoughtTime
    | AskFingers
    | ClearScreen
    | Resume
    | OpenDebrief
    | ToTask
    | ShowThanks
    | ShowReveal
    | OnlyByWord
)

TASKS: tuple[DebriefTask, ...] = ("questions", "marks", "kinds", "used", "proposals", "thanks", "reveal")


def upcoming(session: Session, moment: Moment) -> Upcoming:
    """What Space does now."""
    if session.phase in ("new", "ended"):
        return OnlyByWord("")
    if session.still == "real-incident":
        return OnlyByWord("resume")
    if session.still is not None:
        return Resume(session.still)
    if session.rebuttal is not None and session.fingers is None:
        return AskFingers()
    if session.on_screen is not None or _are_fingers_over_it(session):
        return _next_page_over(session) or ClearScreen()
    if session.phase == "debrief":
        return _in_debrief(session)
    if session.stop is not None:
        return _in_stop(session, session.stop)
    if timeline.is_debrief_due(session, moment):
        return OpenDebrief()
    if calling.is_dialling(session, moment):
        return Dial(next(iter(calling.to_be_called(session)), None))
    if timeline.is_time_bought(session, moment.clock):
        return EndBoughtTime()
    inject = session.inject
    is_seen = session.exercise.call_out is None  # what is read aloud has no pages
    if session.current is None:
        count = situation_page_count(session.exercise)
    else:
        count = 1 if inject is None else page_count(inject)  # a log may name one that the exercise does not have
    if is_seen and session.page + 1 < count:
        return NextPage(inject, session.page + 1, count)
    due = timeline.due_feedback(session, moment)
    if due is not None:
        return OpenFeedback(due)
    following = session.next_inject
    return ShowInject(following) if following is not None else OpenDebrief()


def _next_page_over(session: Session) -> NextPage | None:
    pages = page_count_over(session)
    page = min(session.page_over, pages - 1) + 1
    return NextPage(None, page, pages) if page < pages else None


def _are_fingers_over_it(session: Session) -> bool:
    """Whether a count of fingers lies over the message, and is not itself where the stop or the debrief is."""
    if session.fingers is None or session.phase == "debrief":
        return False
    return session.stop is None or session.stop.stage != "fingers"


def stages(session: Session, stop: Stop) -> tuple[FeedbackStage, ...]:
    """The stages of a stop, in order. The check comes first where something was agreed before."""
    found: list[FeedbackStage] = []
    earlier = [agreement for agreement in session.agreements if agreement.feedback != stop.id]
    if stop.stage == "check" or stop.checked or (earlier and earlier[-1].kept is None):
        found.append("check")
    if stop.form == "short":
        found.append("fingers")
    elif stop.form == "full":
        found += ["writing", "round"] if session.exercise.call_out is None else ["round"]
        question = stop.round_question
        if question is not None and question.about == "less-self-reliant":
            found.append("list")
        if any(question.about == "fingers" for question in stop.questions):
            found.append("fingers")
    return (*found, "agreement")


def _in_stop(session: Session, stop: Stop) -> Upcoming:
    count = question_page_count(stop) if stop.stage == "writing" else 1
    if stop.page + 1 < count:
        return NextPage(None, stop.page + 1, count)
    if stop.stage == "round" and session.unheard:
        return NextSpeaker(session.unheard[0])
    return after_stage(session, stop)


def after_stage(session: Session, stop: Stop) -> ToStage | CloseFeedback:
    """What comes after the stage of a stop, whoever was heard."""
    order = stages(session, stop)
    place = order.index(stop.stage) if stop.stage in order else len(order) - 1
    if place + 1 < len(order):
        return ToStage(order[place + 1])
    agreed = any(agreement.feedback == stop.id for agreement in session.agreements)
    return CloseFeedback("agreed" if agreed else "discussed")


def tasks(session: Session) -> tuple[DebriefTask, ...]:
    """The tasks of the debrief that there is anything to do for, in order."""
    points = session.open_points
    can_count = session.exercise.call_out is None  # nobody sees fingers by telephone
    there_is = {
        "questions": bool(session.debrief_questions),
        "marks": any(point.is_mark for point in points),
        "kinds": any(point.text for point in points),
        "used": bool(session.exercise.checklist.lines),
        "proposals": can_count and any(point.kind == "proposal" and not point.private for point in points),
        "thanks": bool(session.participants),
        "reveal": has_reveal(session),
    }
    return tuple(task for task in TASKS if there_is[task] or task == session.task)


def has_reveal(session: Session) -> bool:
    """Whether the author wrote what really happened."""
    return bool(session.exercise.basis.reveal or session.exercise.basis.text)


class LeftOpen(NamedTuple):
    """What the debrief has not done yet; nothing of it must be done."""

    marks: int = 0
    proposals: int = 0
    """Proposals that no fingers were shown on."""
    thanks: int = 0
    """Thank-yous that were not approved."""
    reveal: bool = False
    """Whether what really happened was never shown."""


def left_open(session: Session) -> LeftOpen:
    """What is still open in the debrief, for whoever is about to end the run."""
    points = session.open_points
    asked = {count.point for count in session.counted}
    can_count = session.exercise.call_out is None
    return LeftOpen(
        sum(point.is_mark for point in points),
        sum(point.kind == "proposal" and not point.private and point.id not in asked for point in points) * can_count,
        sum(person.official not in session.thanks for person in session.participants),
        has_reveal(session) and not session.was_revealed and session.exercise.call_out is None,
    )


def _in_debrief(session: Session) -> Upcoming:
    if following := _next_page_over(session):
        return following
    if session.task == "questions" and session.question < len(session.debrief_questions):
        return ToTask("questions", session.question + 1)
    has_screen = session.exercise.call_out is None  # by telephone these are said, not shown
    if session.task == "thanks" and session.thanks and not session.thanks_shown and has_screen:
        return ShowThanks()
    if session.task == "reveal" and has_reveal(session) and not session.reveal_shown and has_screen:
        return ShowReveal()
    order = tasks(session)
    place = order.index(session.task) if session.task in order else -1
    if place + 1 < len(order):
        return ToTask(order[place + 1], 0)
    return OnlyByWord("end")
