"""Moves of a reviewer, who looks back on a run: they add to its log under their own name, and change nothing in it.

Each takes the run as it is known so far, and works whether or not it was ended. Nothing here weighs a person.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from pydantic import ValidationError

from tabletop.core import events as e
from tabletop.core.clock import Moment
from tabletop.core.moves.asking import Facts, has_text, known
from tabletop.core.refused import Refused
from tabletop.core.session import Point, Session

_MOST_APART: Final = timedelta(days=2)
"""How far from the run a corrected time may lie: a clock that was wrong, not another day."""


def comment(session: Session, moment: Moment, reviewer: str, text: str, about: int | None = None) -> Facts:
    """Say something about the run, or about one event of it."""
    _signed(reviewer)
    has_text(text)
    if about is not None and not 0 < about <= session.n:
        raise Refused("unknown-event", n=about)
    return (e.Reviewed(at=moment.at, clock=session.clock, reviewer=reviewer, text=text, about=about),)


def note_from_paper(
    session: Session,
    moment: Moment,
    reviewer: str,
    text: str,
    *,
    official: str | None = None,
    inject: str | None = None,
    themes: Sequence[str] = (),
    private: bool = False,
) -> Facts:
    """Add a note that stood on paper."""
    _signed(reviewer)
    has_text(text)
    known(session, official)
    return (
        e.Observed(at=moment.at, clock=session.clock, reviewer=reviewer, text=text, official=official, inject=inject,
                   themes=tuple(themes), private=private),
    )  # fmt: skip


def point_from_paper(
    session: Session,
    moment: Moment,
    reviewer: str,
    turn: e.Turn,
    text: str,
    official: str | None = None,
    *,
    inject: str | None = None,
    themes: Sequence[str] = (),
    private: bool = False,
) -> Facts:
    """Add a learning point that nobody had typed."""
    _signed(reviewer)
    has_text(text)
    known(session, official)
    about = session.find_inject(inject) if inject is not None else None
    return (
        e.LearningPointNoted(at=moment.at, clock=session.clock, reviewer=reviewer, id=f"lp-{session.points_noted + 1}",
                             official=official, inject=inject, objectives=about.objectives if about else (),
                             text=text, turn=turn, themes=tuple(themes), private=private),
    )  # fmt: skip


def classify(session: Session, moment: Moment, reviewer: str, point_id: str, /, **changes: object) -> Facts:
    """Write out a mark, or change what a point is: its words, official, turn, kind, level, aspect, themes, objectives.

    A private point stays private: only whoever said it could tell it.
    """
    _signed(reviewer)
    point = _standing(session, point_id)
    given = {key: value for key, value in changes.items() if value is not None and getattr(point, key, None) != value}
    if not given:
        raise Refused("nothing-changed")
    if given.get("private") is False:
        raise Refused("stays-private")
    if isinstance(official := given.get("official"), str):
        known(session, official)
    try:
        revised = e.LearningPointRevised.model_validate(
            {"at": moment.at, "clock": session.clock, "reviewer": reviewer, "point": point_id, **given}
        )
    except ValidationError as error:
        raise Refused("not-possible") from error
    return (revised,)


def withdraw(session: Session, moment: Moment, reviewer: str, point_id: str, reason: str) -> Facts:
    """Take a point back, with a reason; it stays readable in the log."""
    _signed(reviewer)
    _standing(session, point_id)
    has_text(reason)
    return (
        e.LearningPointWithdrawn(at=moment.at, clock=session.clock, reviewer=reviewer, point=point_id, reason=reason),
    )


def merge(session: Session, moment: Moment, reviewer: str, point_id: str, into: str) -> Facts:
    """Let a point go on in another that says the same. A private one goes on nowhere: its words would be told."""
    _signed(reviewer)
    point, other = _standing(session, point_id), _standing(session, into)
    if point_id == into:
        raise Refused("same-point")
    if point.private or other.private:
        raise Refused("stays-private")
    return (e.LearningPointMerged(at=moment.at, clock=session.clock, reviewer=reviewer, point=point_id, into=into),)


def agree_action(
    session: Session, moment: Moment, reviewer: str, text: str, owner: str, due: date, point: str | None = None
) -> Facts:
    """Who does what, and by when: without an owner and a day it would be an intention."""
    _signed(reviewer)
    has_text(text)
    has_text(owner)
    if point is not None and _standing(session, point).private:
        raise Refused("stays-private")
    number = 1 + sum(isinstance(event, e.ActionAgreed) for event in session.events)
    return (
        e.ActionAgreed(at=moment.at, clock=session.clock, reviewer=reviewer, id=f"action-{number}", text=text,
                       owner=owner, due=due.isoformat(), point=point),
    )  # fmt: skip


def correct_time(session: Session, moment: Moment, reviewer: str, n: int, to: datetime) -> Facts:
    """Say when an event really happened. It stays in the log as it was written, and nothing is moved along."""
    _signed(reviewer)
    if not 0 < n <= session.n:
        raise Refused("unknown-event", n=n)
    event = session.events[n - 1]
    if isinstance(event, e.Reviewable) and event.reviewer:
        raise Refused("not-possible")
    if abs(to - event.at) > _MOST_APART:
        raise Refused("time-too-far")
    return (e.TimeCorrected(at=moment.at, clock=session.clock, reviewer=reviewer, event=n, to=to),)


def count_survey(session: Session, moment: Moment, reviewer: str, question: int, counts: Sequence[int]) -> Facts:
    """Enter how many residents gave each of the answers 1 to 5 to a question of the survey."""
    _signed(reviewer)
    try:
        counted = e.SurveyCounted(
            at=moment.at, clock=session.clock, reviewer=reviewer, question=question, counts=tuple(counts)
        )
    except ValidationError as error:
        raise Refused("not-possible") from error
    return (counted,)


def take_back(session: Session, moment: Moment, reviewer: str, n: int) -> Facts:
    """Undo something that was added when looking back; what happened in the run itself is not for a reviewer."""
    _signed(reviewer)
    event = session.events[n - 1] if 0 < n <= session.n else None
    is_added = isinstance(event, e.Reviewable) and bool(event.reviewer) and not isinstance(event, e.Undone)
    if not is_added or n in session.undone:
        raise Refused("unknown-event", n=n)
    return (e.Undone(at=moment.at, clock=session.clock, reviewer=reviewer, event=n),)


def _signed(reviewer: str) -> None:
    if not reviewer.strip():
        raise Refused("no-reviewer")


def _standing(session: Session, point_id: str) -> Point:
    point = next((point for point in session.points if point.id == point_id), None)
    if point is None or point.withdrawn:
        raise Refused("unknown-point", point=point_id)
    return point
