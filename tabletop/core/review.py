"""What a reviewer reads off a run: how the storyline went in time, and how long it took until somebody acted.

It is only to learn from. What was not recorded may still have been done; nothing here is a mark.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from tabletop.core import events as e
from tabletop.core.exercise import FeedbackPoint, Inject, Step
from tabletop.core.fold import begin, is_looking_back, replay
from tabletop.core.planning import planned_length
from tabletop.core.session import Done, Session


class Passed(NamedTuple):
    """A step of the storyline in time, in minutes from the beginning."""

    step: Step
    planned: float | None
    planned_minutes: float
    began: float | None
    """None when it did not come."""
    minutes: float = 0.0
    """How long it was what the table was busy with."""
    is_skipped: bool = False


class Reaction(NamedTuple):
    """How soon after an inject something was recorded, in minutes; None when nothing was before the next inject."""

    inject: Inject
    first_question: float | None
    decision: float | None


class Stops(NamedTuple):
    """How many feedback points were held, put off at least once, and skipped."""

    held: int
    postponed: int
    skipped: int


def looked_back(head: e.Head, events: Iterable[e.Event]) -> Session:
    """Return the run as it is known by now: with what a reviewer added, at the times to which they corrected it."""
    return replay(begin(head.exercise, head.participants), corrected(tuple(events)))


def corrected(events: tuple[e.Event, ...]) -> tuple[e.Event, ...]:
    """The events with the times at which they really happened, as far as somebody said so later."""
    undone = {event.event for event in events if isinstance(event, e.Undone)}
    times = {event.event: event.to for event in events if isinstance(event, e.TimeCorrected) and event.n not in undone}
    if not times:
        return events
    return tuple(event.model_copy(update={"at": times[event.n]}) if event.n in times else event for event in events)


def told_events(session: Session) -> tuple[e.Event, ...]:
    """The events that were not undone."""
    return tuple(event for event in session.events if event.n not in session.undone)


def stops(session: Session) -> Stops:
    events = told_events(session)
    postponed = {event.feedback for event in events if isinstance(event, e.FeedbackPostponed)}
    skipped = {event.feedback for event in events if isinstance(event, e.FeedbackSkipped)}
    return Stops(len(session.held), len(postponed), len(skipped))


def recorded(session: Session) -> int:
    """How much was written down at all: notes, points, answers and decisions. Little of it says little of the table."""
    kinds = (e.Observed, e.LearningPointNoted, e.Answered, e.DecisionMade, e.FirstQuestionAnswered)
    return sum(isinstance(event, kinds) and not is_looking_back(event) for event in told_events(session))


def passed(session: Session) -> tuple[Passed, ...]:
    """Every step of the storyline, and what was brought in beside it, in the order in which it came."""
    people = len(session.participants_at_start)
    ends = _ends(session)
    found = []
    for step in session.exercise.storyline:
        length = planned_length(session.exercise, step, people)
        found.append(_passed(session, step, session.done.get(step.id), length, ends))
    planned = {step.id for step in session.exercise.storyline}
    for name, done in session.done.items():
        inject = session.find_inject(name) if name not in planned else None
        if inject is not None:
            found.append(_passed(session, inject, done, 0.0, ends)._replace(planned=None))
    for held in session.held:
        if held.id not in planned:
            stop = FeedbackPoint(id=held.id, title=held.title)
            found.append(_passed(session, stop, session.done.get(held.id), 0.0, ends))
    later = max((one.began for one in found if one.began is not None), default=0.0) + 1
    return tuple(sorted(found, key=lambda one: later if one.began is None else one.began))


def _passed(session: Session, step: Step, done: Done | None, length: float, ends: dict[datetime, datetime]) -> Passed:
    planned = step.minute
    if done is None or done.how == "skipped":
        return Passed(step, planned, length, None, is_skipped=done is not None)
    until = done.until or ends.get(done.at, done.at)
    return Passed(step, planned, length, _minute(session, done.at), (until - done.at).total_seconds() / 60)


def _ends(session: Session) -> dict[datetime, datetime]:
    """When each thing that began was followed by the next, so that an inject lasts until then."""
    moments = {done.at for done in session.done.values() if done.how != "skipped"}
    moments |= {moment for moment in (session.debrief_opened, session.ended) if moment is not None}
    return dict(pairwise(sorted(moments)))


def _minute(session: Session, at: datetime) -> float:
    began = session.begun or session.started or at
    return (at - began).total_seconds() / 60


def whole(session: Session) -> float:
    """How long it took, in minutes: to the end, or to the last thing that happened."""
    last = session.ended or session.at
    return _minute(session, last) if last is not None else 0.0


def reactions(session: Session) -> tuple[Reaction, ...]:
    return tuple(_reactions(session))


def _reactions(session: Session) -> Iterator[Reaction]:
    inject: Inject | None = None
    began: datetime | None = None
    first: float | None = None
    decision: float | None = None
    for event in told_events(session):
        if isinstance(event, (e.InjectShown, e.InjectImprovised)):
            if inject is not None:
                yield Reaction(inject, first, decision)
            inject, began, first, decision = session.find_inject(event.inject), event.at, None, None
        elif began is not None and isinstance(event, e.FirstQuestionAnswered) and first is None:
            first = (event.at - began).total_seconds() / 60
        elif began is not None and isinstance(event, e.DecisionMade) and decision is None:
            decision = (event.at - began).total_seconds() / 60
    if inject is not None:
        yield Reaction(inject, first, decision)
