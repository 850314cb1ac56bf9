"""What happened: frozen facts in the past tense, and the version of the format that they are kept in.

A fact is flat: texts, numbers, truths, and tuples of texts or numbers. That is what lets the log be appended block by
block and read by any TOML parser. A field that is empty (``None``, ``""``, ``()``) is not written; a default other than
empty is written out, so that a log explains itself years later.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, ClassVar, Final, Literal, TypeAlias, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from tabletop.core.clock import EARLIEST, LATEST, LONGEST_CLOCK, LONGEST_GAP
from tabletop.core.exercise import About, Channel, DebriefAbout, Exercise, HeldForm, Slug
from tabletop.core.text import Line, Text

FORMAT: Literal["tabletop-log/1"] = "tabletop-log/1"

PauseKind: TypeAlias = Literal["time-out", "break", "real-incident"]
FeedbackStage: TypeAlias = Literal["check", "writing", "round", "list", "fingers", "agreement"]
Outcome: TypeAlias = Literal["agreed", "discussed"]
Kept: TypeAlias = Literal["yes", "partly", "no", "not-discussed"]
FirstAnswer: TypeAlias = Literal["yes", "no", "not-yet"]
Turn: TypeAlias = Literal["keep", "change"]
PointKind: TypeAlias = Literal["question", "practice", "proposal", "observation"]
Level: TypeAlias = Literal["individual", "organisation", "both"]
Aspect: TypeAlias = Literal["process", "effect"]
Where: TypeAlias = Literal["field", "back-office", "operational-team", "policy-team"]
CallOutcome: TypeAlias = Literal["can", "cannot", "not-reached"]
Within: TypeAlias = Literal["yes", "no"]
OnScreen: TypeAlias = Literal["answers", "list", "draft", "checklist", "rebuttal"]
DebriefTask: TypeAlias = Literal["questions", "marks", "kinds", "used", "proposals", "thanks", "reveal"]

SURVEY_QUESTIONS: Final = 5

WallTime: TypeAlias = Annotated[AwareDatetime, Field(strict=True, ge=EARLIEST, le=LATEST)]
"""When something happened or is to happen. A log that was edited by hand holds other dates than a clock gives."""
Number: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000_000)]
"""Of an event, a question: counted from 1."""


class Fact(BaseModel):
    """Something that happened, with the moment at which it did."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    lasting: ClassVar[bool] = False
    """Whether it cannot be undone: starting, resuming, leaving, undoing and time that passed."""

    at: WallTime = Field(description="Wall time, with its offset.")
    clock: float = Field(ge=0, le=LONGEST_CLOCK, description="Seconds of exercise time.")
    n: int = Field(0, ge=0, description="Number in the log, from 1; given when it is appended.")


class Reviewable(Fact):
    """A fact of the run that a reviewer may also add to its log afterwards, under their own name."""

    reviewer: Line = Field("", description="Who added it when looking back; left out for what the leader wrote.")


# --- the run ---------------------------------------------------------------------------------------------------------


class SessionStarted(Fact):
    type: Literal["session-started"] = "session-started"
    lasting: ClassVar[bool] = True
    hard_end: WallTime | None = None
    debrief_minutes: float = Field(14.0, gt=0, le=120)
    card: Slug | None = Field(None, description="The task card of a call-out.")


class SessionLeft(Fact):
    """The leader went away, to go on later."""

    type: Literal["session-left"] = "session-left"
    lasting: ClassVar[bool] = True


class SessionContinued(Fact):
    """The run was opened again after a stop or a kill; the clock stays frozen until the leader goes on."""

    type: Literal["session-continued"] = "session-continued"
    lasting: ClassVar[bool] = True
    since: WallTime | None = Field(None, description="When the last thing before the stop or kill happened.")


class HardEndMoved(Fact):
    type: Literal["hard-end-moved"] = "hard-end-moved"
    hard_end: WallTime


class SessionEnded(Fact):
    type: Literal["session-ended"] = "session-ended"
    lasting: ClassVar[bool] = True


class Undone(Reviewable):
    type: Literal["undone"] = "undone"
    lasting: ClassVar[bool] = True
    event: Number = Field(description="The number of the event that no longer holds.")


class ClockStopped(Fact):
    """Time that passed unseen: a laptop that slept. It does not count as exercise time."""

    type: Literal["clock-stopped"] = "clock-stopped"
    lasting: ClassVar[bool] = True
    seconds: float = Field(ge=0, le=LONGEST_GAP)


# --- the storyline ---------------------------------------------------------------------------------------------------


class InjectShown(Fact):
    type: Literal["inject-shown"] = "inject-shown"
    inject: Slug


class PageShown(Fact):
    """A further page of what is on screen, counted from 0."""

    type: Literal["page-shown"] = "page-shown"
    inject: Slug | None = Field(
        None, description="The inject; without one, the starting situation or the questions of a feedback point."
    )
    page: int = Field(ge=0, le=10_000)


class InjectSkipped(Fact):
    type: Literal["inject-skipped"] = "inject-skipped"
    inject: Slug
    reason: Line = ""


class InjectImprovised(Fact):
    """An inject of the leader's own making, shown at once."""

    type: Literal["inject-improvised"] = "inject-improvised"
    inject: Slug
    text: Text
    title: Line = ""
    channel: Channel = "phone"
    sender: Line = ""
    to: tuple[Slug, ...] = ()
    receiver_only: bool = False


class InjectChanged(Fact):
    """The text of an inject that was not yet shown, changed before it is."""

    type: Literal["inject-changed"] = "inject-changed"
    inject: Slug
    text: Text


class Chosen(Fact):
    """The way out of a dilemma that the table took."""

    type: Literal["choice"] = "choice"
    inject: Slug
    choice: Slug
    because: Line = ""


class GoingWell(Fact):
    """The leader let the group go on beyond the budget of this inject."""

    type: Literal["going-well"] = "going-well"
    inject: Slug


class LearningSeen(Fact):
    """The leader saw the learning point, whether or not the group did: from here it is muddling through."""

    type: Literal["learning-seen"] = "learning-seen"
    inject: Slug | None = None


class ObjectiveReached(Fact):
    type: Literal["objective-reached"] = "objective-reached"
    objective: Slug


# --- time ------------------------------------------------------------------------------------------------------------


class Paused(Fact):
    type: Literal["paused"] = "paused"
    kind: PauseKind = "time-out"


class Resumed(Fact):
    type: Literal["resumed"] = "resumed"
    lasting: ClassVar[bool] = True


class TimeBought(Fact):
    """A cup of coffee: play, not a pause. The clock runs on, no inject is offered, the guard sleeps."""

    type: Literal["time-bought"] = "time-bought"
    minutes: float = Field(gt=0, le=60)
    official: Slug | None = Field(None, description="Who bought it; the table when left out.")


class TimeBoughtEnded(Fact):
    type: Literal["time-bought-ended"] = "time-bought-ended"


# --- feedback points -------------------------------------------------------------------------------------------------


class FeedbackOpened(Fact):
    """A stop began. An unplanned one carries its own questions."""

    type: Literal["feedback-opened"] = "feedback-opened"
    feedback: Slug
    planned: bool = True
    form: HeldForm = "full"
    stage: FeedbackStage
    title: Line = ""
    questions: tuple[Line, ...] = ()
    about: tuple[About, ...] = ()
    round: Number = 1


class FeedbackStep(Fact):
    """On to another stage of the stop, or one back."""

    type: Literal["feedback-step"] = "feedback-step"
    feedback: Slug
    stage: FeedbackStage
    form: HeldForm | None = Field(None, description="Only where the form changed: to the one-minute form, or back.")


class FeedbackClosed(Fact):
    type: Literal["feedback-closed"] = "feedback-closed"
    feedback: Slug
    outcome: Outcome
    rewind: bool = Field(False, description="The inject just played is played again.")


class FeedbackPostponed(Fact):
    """Later: after the inject that comes next."""

    type: Literal["feedback-postponed"] = "feedback-postponed"
    feedback: Slug


class FeedbackSkipped(Fact):
    type: Literal["feedback-skipped"] = "feedback-skipped"
    feedback: Slug
    reason: Line


class TurnTaken(Fact):
    """Who has the word in the round."""

    type: Literal["turn-taken"] = "turn-taken"
    official: Slug
    heard: bool = False
    """Whether whoever had the word before was heard: Space went on from there. Arrows only pass somebody by."""


class Answered(Fact):
    type: Literal["answer"] = "answer"
    feedback: Slug
    question: Number
    official: Slug | None = None
    text: Line
    private: bool = False


class ListAgreed(Fact):
    """The one list of the less self-reliant here that the table agreed, whole, each time it changes."""

    type: Literal["list-agreed"] = "list-agreed"
    groups: tuple[Line, ...] = ()


class Agreed(Fact):
    """What the table does differently in the next fifteen minutes."""

    type: Literal["agreement"] = "agreement"
    feedback: Slug
    text: Line


class AgreementChecked(Fact):
    type: Literal["agreement-checked"] = "agreement-checked"
    feedback: Slug = Field(description="The feedback point at which it was agreed.")
    kept: Kept
    note: Line = ""


class FingersAsked(Fact):
    """The table is asked to show 0 to 5 fingers at once."""

    type: Literal["fingers-asked"] = "fingers-asked"
    question: Line = ""
    point: Slug | None = Field(None, description="The proposal that it is about: workable in practice?")


class FingersCounted(Fact):
    type: Literal["fingers"] = "fingers"
    fingers: tuple[Annotated[int, Field(ge=0, le=5)], ...]
    question: Line = ""
    point: Slug | None = None


class ScreenShown(Fact):
    """Something beside the storyline was put on the shared screen."""

    type: Literal["screen-shown"] = "screen-shown"
    what: OnScreen
    text: Text = Field("", description="The draft message to residents.")
    official: Slug | None = Field(None, description="Who has the word for a rebuttal; the table when left out.")
    page: int = Field(0, ge=0, description="Counted from 0.")


class ScreenCleared(Fact):
    type: Literal["screen-cleared"] = "screen-cleared"


# --- what was said and decided ---------------------------------------------------------------------------------------


class FirstQuestionAnswered(Fact):
    """Should government do anything here at all?"""

    type: Literal["first-question"] = "first-question"
    answer: FirstAnswer
    because: Line = ""


class DecisionMade(Fact):
    type: Literal["decision"] = "decision"
    id: Slug
    text: Line
    inject: Slug | None = None


class DecisionDetailed(Fact):
    """Who decided, where, and within mandate or not; what was skipped is left out."""

    type: Literal["decision-detailed"] = "decision-detailed"
    decision: Slug
    official: Slug | None = None
    where: Where | None = None
    within: Within | None = None


class Observed(Reviewable):
    """A note. With ``contact`` it is an informal contact between two people, never an error."""

    type: Literal["observation"] = "observation"
    text: Line
    official: Slug | None = None
    contact: Slug | None = None
    inject: Slug | None = None
    themes: tuple[Line, ...] = ()
    private: bool = False


# --- learning points -------------------------------------------------------------------------------------------------


class LearningPointNoted(Reviewable):
    """What a key official learned. Without a text it is a mark, to be written out."""

    type: Literal["learning-point"] = "learning-point"
    id: Slug
    official: Slug | None = None
    inject: Slug | None = None
    feedback: Slug | None = None
    objectives: tuple[Slug, ...] = ()
    text: Line = ""
    turn: Turn = "keep"
    kind: PointKind = "observation"
    level: Level = "individual"
    aspect: Aspect = "process"
    themes: tuple[Line, ...] = ()
    private: bool = False


class LearningPointRevised(Reviewable):
    """What changed about a point; what did not change is left out."""

    type: Literal["learning-point-revised"] = "learning-point-revised"
    point: Slug
    text: Line | None = None
    official: Slug | None = None
    turn: Turn | None = None
    kind: PointKind | None = None
    level: Level | None = None
    aspect: Aspect | None = None
    themes: tuple[Line, ...] | None = None
    objectives: tuple[Slug, ...] | None = None
    private: bool | None = None


class LearningPointWithdrawn(Reviewable):
    type: Literal["learning-point-withdrawn"] = "learning-point-withdrawn"
    point: Slug
    reason: Line = ""


class KeptPrivate(Fact):
    """Somebody learned something and keeps it to themselves. There is no text, on purpose."""

    type: Literal["kept-private"] = "kept-private"
    official: Slug | None = None
    inject: Slug | None = None


class ActionAgreed(Reviewable):
    """Who does what by when; once more with the same id it stands in the place of the earlier one."""

    type: Literal["action"] = "action"
    id: Slug
    text: Line
    owner: Line = ""
    due: Line = Field("", description="The day, as YYYY-MM-DD. Without an owner and a day it is an intention.")
    point: Slug | None = Field(None, description="The learning point that it follows from.")


# --- people ----------------------------------------------------------------------------------------------------------


class ParticipantJoined(Fact):
    type: Literal["participant-joined"] = "participant-joined"
    official: Slug
    name: Line = ""
    organisation: Line = ""


class ParticipantLeft(Fact):
    type: Literal["participant-left"] = "participant-left"
    official: Slug


class ParticipantsSwapped(Fact):
    """Two functions of one pool changed hands."""

    type: Literal["participants-swapped"] = "participants-swapped"
    official: Slug
    other: Slug


# --- the debrief -----------------------------------------------------------------------------------------------------


class DebriefOpened(Fact):
    type: Literal["debrief-opened"] = "debrief-opened"
    questions: tuple[Line, ...] = ()
    about: tuple[DebriefAbout, ...] = ()


class DebriefStep(Fact):
    """On to a question (counted from 1) or another task of the debrief."""

    type: Literal["debrief-step"] = "debrief-step"
    task: DebriefTask
    question: int = Field(0, ge=0, le=1_000)


class DebriefPostponed(Fact):
    """The time reserved for the debrief had come, and the leader went on with the storyline on purpose."""

    type: Literal["debrief-postponed"] = "debrief-postponed"


class DebriefAnswered(Fact):
    type: Literal["debrief-answer"] = "debrief-answer"
    question: Number
    official: Slug | None = None
    text: Line
    private: bool = False


class InstrumentUsed(Fact):
    """A checklist line, card or instrument that was really used, or was not after all."""

    type: Literal["instrument-used"] = "instrument-used"
    instrument: Line
    used: bool = True


class ThanksApproved(Fact):
    """A thank-you that the leader approved before it may be shown: a point to keep, never one to change."""

    type: Literal["thanks-approved"] = "thanks-approved"
    official: Slug
    text: Line = ""


class ThanksShown(Fact):
    type: Literal["thanks-shown"] = "thanks-shown"
    page: int = Field(0, ge=0, description="Counted from 0.")


class RevealShown(Fact):
    """What really happened, on the shared screen."""

    type: Literal["reveal-shown"] = "reveal-shown"
    page: int = Field(0, ge=0, description="Counted from 0.")


class CallLogged(Fact):
    """Somebody was called for the call-out, and what came of it; no and not reached carry no blame.

    With ``about`` it adds to an earlier call what was arranged, by whom, or what is still missing.
    """

    type: Literal["call"] = "call"
    official: Slug | None = Field(None, description="The function that was called; left out for anybody else.")
    name: Line = Field("", description="Who that was.")
    caller: Slug | None = Field(None, description="Who called; the leader when left out.")
    outcome: CallOutcome | None = Field(None, description="Reached or not; when reached, whether it was possible now.")
    result: Line = Field("", description="What was arranged.")
    by: Line = Field("", description="Who arranged it.")
    missing: Line = Field("", description="What is still missing.")
    about: Number | None = Field(None, description="The number of the call that it adds to.")


# --- looking back ----------------------------------------------------------------------------------------------------


class Reviewed(Reviewable):
    """A comment of a reviewer, on the whole run or on one event of it."""

    type: Literal["review"] = "review"
    text: Line = ""
    about: Number | None = Field(None, description="The number of the event that it is about.")


class LearningPointMerged(Reviewable):
    """A learning point says the same as another, and goes on in that one."""

    type: Literal["learning-point-merged"] = "learning-point-merged"
    point: Slug
    into: Slug


class TimeCorrected(Reviewable):
    """An event happened at another moment than the log says; the event itself stays as it was written."""

    type: Literal["time-corrected"] = "time-corrected"
    event: Number
    to: WallTime


class SurveyCounted(Reviewable):
    """How many residents answered a question of the survey with each of 1 to 5; the last count of a question holds."""

    type: Literal["survey"] = "survey"
    question: int = Field(ge=1, le=SURVEY_QUESTIONS)
    counts: tuple[Annotated[int, Field(ge=0, le=10_000_000)], ...] = Field(min_length=5, max_length=5)


Event: TypeAlias = (
    SessionStarted | SessionLeft | SessionContinued | HardEndMoved | SessionEnded | Undone | ClockStopped
    | InjectShown | PageShown | InjectSkipped | InjectImprovised | InjectChanged | Chosen
    | GoingWell | LearningSeen | ObjectiveReached
    | Paused | Resumed | TimeBought | TimeBoughtEnded
    | FeedbackOpened | FeedbackStep | FeedbackClosed | FeedbackPostponed | FeedbackSkipped
    | TurnTaken | Answered | ListAgreed | Agreed | AgreementChecked | FingersAsked | FingersCounted
    | ScreenShown | ScreenCleared
    | FirstQuestionAnswered | DecisionMade | DecisionDetailed | Observed
    | LearningPointNoted | LearningPointRevised | LearningPointWithdrawn | KeptPrivate | ActionAgreed
    | ParticipantJoined | ParticipantLeft | ParticipantsSwapped
    | DebriefOpened | DebriefStep | DebriefPostponed | DebriefAnswered | InstrumentUsed | ThanksApproved | ThanksShown
    | RevealShown | CallLogged
    | Reviewed | LearningPointMerged | TimeCorrected | SurveyCounted
)  # fmt: skip

_KINDS: Final[Mapping[str, type[Event]]] = {kind.model_fields["type"].default: kind for kind in get_args(Event)}


class UnknownEvent(ValueError):
    """A type of event that this version does not know."""


def read_event(table: Mapping[str, object]) -> Event:
    """Make an event of a block of a log.

    Raises ``UnknownEvent``, ``ValidationError`` for a field that is damaged, and ``ValueError`` without a type.
    """
    kind = table.get("type")
    if not isinstance(kind, str):
        raise ValueError("an event without a type")  # noqa: TRY004  # a log is data, not a programming error
    return _reader(kind)(table)


@cache
def _reader(kind: str) -> Callable[[object], Event]:
    """Return what reads this kind of event.

    Not a union of all kinds: their schemas cost as much as everything else here, and a run that begins uses three.
    """
    if kind not in _KINDS:
        raise UnknownEvent(kind)
    return TypeAdapter(_KINDS[kind]).validator.validate_python


class Participant(BaseModel):
    """Who sits at the table when the exercise begins. A name is never needed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    official: Slug
    name: Line = ""
    organisation: Line = ""


class Head(BaseModel):
    """The first part of a log: who and when, and the exercise as it was run."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    format: Literal["tabletop-log/1"] = FORMAT
    id: str = Field(min_length=1, max_length=200)
    started: WallTime
    leader: Line = ""
    group: Line = Field("", description="Which group it was: a municipality, a team. The same group learns on.")
    incident: Line = Field("", description="Of a real incident: where what is known of it comes from.")
    language: Literal["nl", "en"] = "nl"
    exercise: Exercise
    participants: tuple[Participant, ...] = ()


def as_toml(event: Fact) -> dict[str, object]:
    """The event as a flat table: its type first, its number last, what is empty left out.

    Empty is written where it says something: in a field that has to be there, and where themes or a text were cleared.
    """
    values, fields = event.__dict__, type(event).model_fields
    table: dict[str, object] = {"type": values["type"], "at": values["at"], "clock": round(values["clock"], 3)}
    for key, value in values.items():
        if key in table or key == "n" or value is None or (value in ("", ()) and value == fields[key].default):
            continue
        table[key] = list(value) if isinstance(value, tuple) else value
    table["n"] = values["n"]
    return table
