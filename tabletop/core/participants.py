"""What the participants may see: a view that has no field for anything unreleased or for the leader alone.

The shared screen is given a :class:`ParticipantView` and nothing else; the leader's own card is made from the same
value, so the two can never differ. Every text in it was shown, agreed or said aloud by then.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias, TypeVar

from tabletop.core.events import FeedbackStage, Kept, PauseKind, ScreenShown
from tabletop.core.exercise import POOLS, Channel, Inject, Language, Pool
from tabletop.core.paging import Asked, asked_at, question_pages, situation_pages
from tabletop.core.said import PageLine, Said, answer_pages, checklist_pages, reveal_pages, thanks, thanks_pages
from tabletop.core.session import WRITING_SECONDS, Agreement, Session, Stop
from tabletop.core.text import pages


class Waiting(NamedTuple):
    """Before the first inject: what this is for, and the starting situation."""

    purpose: str
    situation: str
    begun: bool
    by_phone: bool = False
    """A call-out needs no screen: then this is all that it ever says."""
    page: int = 1
    pages: int = 1
    """Both texts are of this page alone; of a further page only one of them is there."""


class Addressed(NamedTuple):
    """A pool that a message is for, with those of its key officials who are at the table."""

    pool: Pool
    officials: tuple[str, ...]


class Message(NamedTuple):
    """A released inject, one page of it. For its receiver only: channel and function, no sender, headline or text."""

    channel: Channel
    time: str
    sender: str
    receivers: tuple[str | Addressed, ...]
    everyone: bool
    headline: str
    lines: tuple[str, ...]
    page: int
    pages: int
    receiver_only: bool


class Jump(NamedTuple):
    """A card of its own: story time jumps."""

    text: str
    time: str


class Check(NamedTuple):
    """Did what we agreed happen?"""

    number: int
    agreed: str


class Writing(NamedTuple):
    """Silent writing, with the moment at which it is over; None while everything stands still."""

    number: int
    questions: tuple[Asked, ...]
    until: datetime | None
    page: int = 1
    pages: int = 1


class Round(NamedTuple):
    """A round on one question; who has the word."""

    number: int
    question: Asked | None
    speaker: str


class Listing(NamedTuple):
    """The table agrees one list of who is less self-reliant here."""

    number: int
    question: Asked | None


class Agreeing(NamedTuple):
    """What do we do differently in the next fifteen minutes?"""

    number: int


class FingersCard(NamedTuple):
    """Show 0 to 5 fingers at once. ``counts`` has six numbers, for 0 to 5 fingers, once they were counted.

    ``about_point``: the question is a proposal that somebody made, and what is asked is whether it works in practice.
    """

    question: str
    counts: tuple[int, ...]
    about_point: bool = False
    number: int = 0
    people: int = 0
    """How many are at the table, where not so many fingers were counted."""


class Answers(NamedTuple):
    """Saved answers shown to the table, so that somebody can say: that is not what I said. One page of them."""

    lines: tuple[PageLine, ...]
    page: int = 1
    pages: int = 1


class Draft(NamedTuple):
    """A draft message to residents, made of what the table would do and want itself. One page of it."""

    lines: tuple[str, ...]
    page: int = 1
    pages: int = 1


class ChecklistCard(NamedTuple):
    """Reminders, one page of them. The first question stands above each, with the table's own answer."""

    title: str
    first_answer: str | None
    because: str
    lines: tuple[PageLine, ...]
    page: int = 1
    pages: int = 1
    asks_again: bool = False
    """The answer is an earlier one: what happened since opened the question again."""


class Rebuttal(NamedTuple):
    """Somebody at the table answers what is on screen, aloud and within a minute. ``who`` is empty for the table.

    It says what is answered as the message did; what was for its receiver only is not named.
    """

    who: str
    headline: str
    sender: str
    channel: Channel
    until: datetime | None
    """When the minute is over; None while everything stands still."""
    left: float
    """Seconds that are left as long as everything stands still."""


class TimeOut(NamedTuple):
    kind: PauseKind


class Bought(NamedTuple):
    """Somebody bought time until then; the timer is quiet. ``until`` is None while everything stands still."""

    who: str
    until: datetime | None


class NoPlay(NamedTuple):
    """A real incident. No exercise marker: this is real."""

    codeword: str


class Debriefing(NamedTuple):
    """The debrief: the question in turn, or nothing in particular."""

    question: str
    hint: str
    number: int
    of: int


class Thanks(NamedTuple):
    """A thank-you for each participant whose was approved. One page of them."""

    lines: tuple[PageLine, ...]
    page: int = 1
    pages: int = 1


class Reveal(NamedTuple):
    """What really happened, a question about it, and where that is known from. One page of it."""

    lines: tuple[PageLine, ...]
    page: int = 1
    pages: int = 1


class Closing(NamedTuple):
    """The end, with a thank-you for each whose was approved."""

    rows: tuple[Said, ...]


Card: TypeAlias = (
    Waiting | Message | Jump | Check | Writing | Round | Listing | Agreeing | FingersCard | Answers | Draft
    | ChecklistCard | Rebuttal | TimeOut | NoPlay | Debriefing | Thanks | Reveal | Closing
)  # fmt: skip


class ParticipantView(NamedTuple):
    """Everything that the shared screen knows."""

    language: Language
    title: str
    codeword: str
    card: Card
    agreed: str = ""
    kept: Kept | None = None
    groups: tuple[str, ...] = ()
    stage: FeedbackStage | None = None
    bought: Bought | None = None
    """The time that was bought, beside what is thought about."""

    def __eq__(self, other: object) -> bool:
        """Equal only with a card of the same kind: a thank-you is not a closing, though it holds the same rows."""
        return (
            isinstance(other, ParticipantView) and type(self.card) is type(other.card) and tuple(self) == tuple(other)
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((type(self.card), *self))


def view(session: Session) -> ParticipantView:
    """What the participants see now. Depends on the session alone, so a screen that starts late sees the same."""
    if session.exercise.call_out is not None:
        exercise = session.exercise
        return ParticipantView(exercise.language, exercise.title, exercise.codeword, _card_by_phone(session))
    agreement = _standing_agreement(session)
    shows_foot = session.phase in ("running", "feedback") and session.still != "real-incident"
    card = _card(session)
    thinking = session.bought is not None and session.clock < session.bought.until
    return ParticipantView(
        language=session.exercise.language,
        title=session.exercise.title,
        codeword=session.exercise.codeword,
        card=card,
        agreed=agreement.text if agreement and shows_foot else "",
        kept=agreement.kept if agreement and shows_foot else None,
        groups=session.groups if shows_foot else (),
        stage=session.stop.stage if session.stop else None,
        bought=_bought(session) if thinking and isinstance(card, (Waiting, Message, Jump)) else None,
    )


def _standing_agreement(session: Session) -> Agreement | None:
    """The agreed line, until the feedback point at which it was asked after is over."""
    agreement = session.agreement
    return agreement if agreement and (agreement.kept is None or session.stop is not None) else None


def _card_by_phone(session: Session) -> Card:
    """A call-out is heard and not seen: a calm card, unless it is over or stands still."""
    return _stopped(session) or Waiting(session.exercise.purpose, "", session.phase == "running", by_phone=True)


def _stopped(session: Session) -> Card | None:
    """What stands there when it is over or stands still, whatever went before."""
    if session.still == "real-incident":
        return NoPlay(session.exercise.codeword)
    if session.phase == "ended":
        return Closing(thanks(session))
    if session.still in ("time-out", "break"):
        return TimeOut(session.still)
    return None


def _card(session: Session) -> Card:
    if stopped := _stopped(session):
        return stopped
    if session.fingers is not None:
        number = session.stop.number if session.stop else 0
        is_about_point = session.fingers.point is not None
        return _fingers(session, session.fingers.question, session.fingers.counted, number, about_point=is_about_point)
    if session.on_screen is not None:
        return _extra(session)
    if session.phase == "debrief":
        return _debrief(session)
    if session.stop is not None:
        return _stop(session, session.stop)
    inject = session.inject
    return _waiting(session) if inject is None else _message(session, inject)


def _waiting(session: Session) -> Waiting:
    found = situation_pages(session.exercise)
    page = min(session.page, len(found) - 1)
    return Waiting(*found[page], session.phase == "running", page=page + 1, pages=len(found))


def _bought(session: Session) -> Bought | None:
    if session.bought is None:
        return None
    seconds = session.bought.until - session.clock
    running = session.still is None and session.at is not None
    until = session.at + timedelta(seconds=seconds) if running and session.at is not None else None
    return Bought(session.label(session.bought.official), until)


def page_count(inject: Inject) -> int:
    """How many cards an inject takes on the shared screen: its jump in story time, then the pages of its text."""
    if inject.receiver_only:
        return 1 + bool(inject.jump)
    return len(pages(inject.text)) + bool(inject.jump)


def _story_time(session: Session, inject: Inject) -> str:
    """The story time of an inject; none where a later one was on the screen before, or time would run backwards."""
    exercise = session.exercise
    place = {step.id: place for place, step in enumerate(exercise.steps)}
    own = place.get(inject.offered_with or inject.id)
    shown = (other for other in exercise.injects if other.id in session.done and other.id != inject.id)
    is_late = own is not None and any(
        place[other.id] > own and session.done[other.id].how == "shown" for other in shown
    )
    return "" if is_late else inject.time


def _message(session: Session, inject: Inject) -> Message | Jump:
    page, time = session.page, _story_time(session, inject)
    if inject.jump:
        if page == 0:
            return Jump(inject.jump, time)
        page -= 1
    receivers = tuple(_receiver(session, name) for name in inject.to)
    if inject.receiver_only:
        return Message(inject.channel, time, "", receivers, not inject.to, "", (), 1, 1, receiver_only=True)
    text = pages(inject.text)
    page = min(page, len(text) - 1)
    return Message(inject.channel, time, inject.sender, receivers, not inject.to, inject.headline, text[page],
                   page + 1, len(text), receiver_only=False)  # fmt: skip


def _receiver(session: Session, name: str) -> str | Addressed:
    pool = next((pool for pool in POOLS if pool == name), None)
    if pool is None:
        return session.label(name)
    return Addressed(pool, tuple(official.short for official in session.in_pool(pool)))


def _stop(session: Session, stop: Stop) -> Card:
    asked = asked_at(stop)
    in_round = next((question for question in asked if question.in_round), None)
    match stop.stage:
        case "check":
            earlier = [agreement.text for agreement in session.agreements if agreement.feedback != stop.id]
            return Check(stop.number, earlier[-1] if earlier else "")
        case "writing":
            running = session.still is None
            until = stop.stage_since + timedelta(seconds=WRITING_SECONDS) if running else None
            found = question_pages(asked)
            page = min(stop.page, len(found) - 1)
            return Writing(stop.number, found[page], until, page + 1, len(found))
        case "round":
            return Round(stop.number, in_round, session.label(stop.speaker))
        case "list":
            return Listing(stop.number, in_round)
        case "fingers":
            question, before = stop.fingers_question, session.corrected
            counted = before.counted if before is not None else ()  # stepped back to, it stands as it was counted
            return _fingers(session, question.text if question else "", counted, stop.number)
        case "agreement":
            return Agreeing(stop.number)


def _fingers(
    session: Session, question: str, counted: Sequence[int], number: int, *, about_point: bool = False
) -> FingersCard:
    people = len(session.participants)
    counts = tuple(counted.count(n) for n in range(6)) if counted else ()
    return FingersCard(question, counts, about_point, number, people if counted and len(counted) != people else 0)


def _extra(session: Session) -> Card:
    shown = session.on_screen
    assert shown is not None
    match shown.what:
        case "draft":
            return _paged(Draft, pages(shown.text), session)
        case "list":
            return Listing(session.stop.number if session.stop else 0, None)
        case "checklist":
            checklist = session.exercise.checklist
            first = session.first
            found = checklist_pages(checklist.lines)
            page = min(session.page_over, len(found) - 1)
            return ChecklistCard(checklist.title, first.answer, first.because, found[page], page + 1, len(found),
                                 asks_again=first.status == "reopened")  # fmt: skip
        case "answers":
            return _paged(Answers, answer_pages(session), session)
        case "rebuttal":
            return _rebuttal(session, shown)


def _rebuttal(session: Session, shown: ScreenShown) -> Rebuttal:
    left = session.rebuttal_left(session.clock)
    until = session.at + timedelta(seconds=left) if session.is_running and session.at is not None else None
    inject = session.inject
    seen = inject if inject is not None and not inject.receiver_only else None
    return Rebuttal(session.label(shown.official), seen.headline if seen else "", seen.sender if seen else "",
                    inject.channel if inject is not None else "in-person", until, left)  # fmt: skip


def _debrief(session: Session) -> Card:
    if session.reveal_shown:
        return _paged(Reveal, reveal_pages(session.exercise.basis), session)
    if session.thanks_shown:
        return _paged(Thanks, thanks_pages(thanks(session)), session)
    questions = session.debrief_questions
    if session.task == "questions" and 0 < session.question <= len(questions):
        written = session.exercise.debrief.questions
        hint = written[session.question - 1].hint if session.question <= len(written) else ""
        return Debriefing(questions[session.question - 1], hint, session.question, len(questions))
    return Debriefing("", "", 0, len(questions))


Lines = TypeVar("Lines")


def _paged(card: Callable[[Lines, int, int], Card], found: Sequence[Lines], session: Session) -> Card:
    page = min(session.page_over, len(found) - 1)
    return card(found[page], page + 1, len(found))


def page_count_over(session: Session) -> int:
    """How many pages there are of what lies over the message, or in the debrief stands in its place."""
    if session.on_screen is None and not (session.thanks_shown or session.reveal_shown):
        return 1
    card = _card(session)
    return card.pages if isinstance(card, (Answers, Draft, ChecklistCard, Thanks, Reveal)) else 1
