"""The call-out: who is still to be called, what is read aloud, how much of the hour is left, what it asked of people.

Somebody is called without notice and arranges something within the hour, by telephone. The hour is wall time: it runs
on in a pause, because whoever was called does not stand still.
"""

from collections.abc import Iterator
from datetime import datetime

from tabletop.core import events as e
from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import TaskCard
from tabletop.core.session import Call, Session

UNNAMED = "…"
"""Read aloud where the leader's name is not known."""


def to_be_called(session: Session) -> tuple[str, ...]:
    """Whom the leader planned to call and has not called yet."""
    called = {call.official for call in session.calls if call.is_invitation}
    return tuple(one.official for one in session.participants_at_start if one.official not in called)


def is_dialling(session: Session, moment: Moment) -> bool:
    """Whether the leader calls somebody next: nobody has said yes, or somebody else was planned and nothing is due."""
    if session.exercise.call_out is None or session.phase != "running":
        return False
    return session.begun is None or bool(to_be_called(session) and not is_contact_due(session, moment))


def planned_next(session: Session, moment: Moment) -> datetime | None:
    """The moment of the next contact: the step that comes next, or the call that stops it when none is left."""
    step = timeline.following(session, moment) if not timeline.is_debrief_due(session, moment) else None
    return timeline.planned_at(session, step) if step is not None else timeline.debrief_at(session)


def is_contact_due(session: Session, moment: Moment) -> bool:
    planned = planned_next(session, moment)
    return planned is not None and moment.at >= planned


def seconds_left(session: Session, moment: Moment) -> float | None:
    """Of the hour, in wall time; negative when it is over, None as long as nobody has said yes."""
    end = timeline.debrief_at(session)
    return (end - moment.at).total_seconds() if end is not None and session.begun is not None else None


def task_card(session: Session) -> TaskCard | None:
    cards = session.exercise.call_out.cards if session.exercise.call_out is not None else ()
    return next((card for card in cards if card.id == session.card), None)


def aloud(session: Session, text: str, leader: str = "") -> str:
    """Fill in what is read aloud. Braces in a name or on a card are only braces."""
    card = task_card(session)
    filled = {"{leader}": leader.strip() or UNNAMED, "{card}": card.text.strip() if card is not None else UNNAMED}
    return "".join(filled.get(part, part) for part in _parts(text, tuple(filled)))


def _parts(text: str, marks: tuple[str, ...]) -> Iterator[str]:
    """The text in parts, every mark a part of its own: what is filled in is never looked through again."""
    while text:
        at, mark = min(((text.find(mark), mark) for mark in marks if mark in text), default=(len(text), ""))
        yield text[:at]
        yield mark
        text = text[at + len(mark) :]


def invited(session: Session) -> tuple[Call, ...]:
    """The calls in which somebody said yes to the leader, the first of each."""
    found: dict[str, Call] = {}
    for call in session.calls:
        if call.is_invitation and call.outcome == "can" and call.official is not None:
            found.setdefault(call.official, call)
    return tuple(found.values())


def minutes_asked(session: Session) -> float:
    """Minutes that were asked of those who said yes, all of them together, up to the end or the last event."""
    until = session.ended or session.at
    return sum(max(0.0, (until - call.at).total_seconds() / 60) for call in invited(session)) if until else 0.0


def counts(session: Session) -> dict[e.CallOutcome, int]:
    """How many calls ended how, reported ones included; of people nothing is counted."""
    outcomes: tuple[e.CallOutcome, ...] = ("can", "cannot", "not-reached")
    return {outcome: sum(call.outcome == outcome for call in session.calls) for outcome in outcomes}
