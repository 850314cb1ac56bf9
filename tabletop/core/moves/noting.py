"""Moves that save what was said, decided and learned, and who is at the table."""

from collections.abc import Sequence

from pydantic import ValidationError

from tabletop.core import events as e
from tabletop.core.clock import Moment
from tabletop.core.moves.asking import (
    Facts,
    has_text,
    known,
    not_ended,
)
from tabletop.core.refused import Refused
from tabletop.core.session import Session

# --- what was said and decided ---------------------------------------------------------------------------------------


def answer_first_question(session: Session, moment: Moment, given: e.FirstAnswer, because: str = "") -> Facts:
    """Should government do anything here at all?"""
    not_ended(session)
    return (e.FirstQuestionAnswered(at=moment.at, clock=moment.clock, answer=given, because=because),)


def decide(session: Session, moment: Moment, text: str) -> Facts:
    not_ended(session)
    has_text(text)
    inject = _inject_of(session)
    return (e.DecisionMade(at=moment.at, clock=moment.clock, id=f"d-{session.n + 1}", text=text, inject=inject),)


def detail_decision(
    session: Session,
    moment: Moment,
    decision_id: str,
    *,
    official: str | None = None,
    where: e.Where | None = None,
    within: e.Within | None = None,
) -> Facts:
    """Who decided, where, and within mandate or not. Each may be left out."""
    not_ended(session)
    if decision_id not in {decision.id for decision in session.decisions}:
        raise Refused("unknown-decision", decision=decision_id)
    known(session, official)
    return (
        e.DecisionDetailed(
            at=moment.at, clock=moment.clock, decision=decision_id, official=official, where=where, within=within
        ),
    )


def observe(
    session: Session,
    moment: Moment,
    text: str,
    *,
    official: str | None = None,
    contact: str | None = None,
    themes: Sequence[str] = (),
    private: bool = False,
) -> Facts:
    """Save a note. With two people it is an informal contact, never an error."""
    not_ended(session)
    has_text(text)
    known(session, official, contact)
    return (
        e.Observed(
            at=moment.at,
            clock=moment.clock,
            text=text,
            official=official,
            contact=contact,
            inject=_inject_of(session),
            themes=tuple(themes),
            private=private,
        ),
    )


# --- learning points -------------------------------------------------------------------------------------------------


def note_point(
    session: Session,
    moment: Moment,
    turn: e.Turn,
    text: str,
    official: str | None,
    *,
    level: e.Level = "individual",
    themes: Sequence[str] = (),
    objectives: Sequence[str] | None = None,
    private: bool = False,
) -> Facts:
    """Save a learning point, or, without a text, a timed mark to be written out later.

    It is about the objectives of the inject on screen unless others are named; in the debrief about none.
    """
    not_ended(session)
    known(session, official)
    inject = session.inject
    if objectives is None:
        objectives = inject.objectives if inject and session.phase != "debrief" else ()
    about_effect = session.phase == "debrief" and _debrief_about(session) == "effect"
    return (
        e.LearningPointNoted(
            at=moment.at,
            clock=moment.clock,
            id=f"lp-{session.points_noted + 1}",
            official=official,
            inject=inject.id if inject and session.phase != "debrief" else None,
            feedback=session.stop.id if session.stop else None,
            objectives=tuple(objectives),
            text=text,
            turn=turn,
            level="organisation" if session.phase == "debrief" and _debrief_about(session) == "organisation" else level,
            aspect="effect" if about_effect else "process",
            themes=tuple(themes),
            private=private,
        ),
    )


def _debrief_about(session: Session) -> str:
    about = session.debrief_about
    return about[session.question - 1] if session.task == "questions" and 0 < session.question <= len(about) else ""


def _inject_of(session: Session) -> str | None:
    """The inject that a note is about; in the debrief it is about the whole."""
    return session.current if session.phase != "debrief" else None


def revise_point(session: Session, moment: Moment, point_id: str, /, **changes: object) -> Facts:
    """Change a learning point: its words, official, turn, kind, level, aspect, themes, or whether it is private."""
    not_ended(session)
    point = next((point for point in session.points if point.id == point_id), None)
    if point is None or point.withdrawn:
        raise Refused("unknown-point", point=point_id)
    given = {key: value for key, value in changes.items() if value is not None and getattr(point, key, None) != value}
    if not given:
        raise Refused("nothing-changed")
    if isinstance(official := given.get("official"), str):
        known(session, official)
    try:
        revised = e.LearningPointRevised.model_validate(
            {"at": moment.at, "clock": moment.clock, "point": point_id, **given}
        )
    except ValidationError as error:
        raise Refused("not-possible") from error
    return (revised,)


def withdraw_point(session: Session, moment: Moment, point_id: str, reason: str = "") -> Facts:
    not_ended(session)
    point = next((point for point in session.points if point.id == point_id), None)
    if point is None or point.withdrawn:
        raise Refused("unknown-point", point=point_id)
    return (e.LearningPointWithdrawn(at=moment.at, clock=moment.clock, point=point_id, reason=reason),)


def keep_private(session: Session, moment: Moment, official: str | None) -> Facts:
    """Somebody keeps what they learned to themselves: logged without its text."""
    not_ended(session)
    known(session, official)
    return (e.KeptPrivate(at=moment.at, clock=moment.clock, official=official, inject=session.current),)


# --- people ----------------------------------------------------------------------------------------------------------


def join(session: Session, moment: Moment, official: str, name: str = "", organisation: str = "") -> Facts:
    """Somebody sits down at the table, or gives another name."""
    not_ended(session)
    known(session, official)
    return (
        e.ParticipantJoined(at=moment.at, clock=moment.clock, official=official, name=name, organisation=organisation),
    )


def leave_table(session: Session, moment: Moment, official: str) -> Facts:
    not_ended(session)
    if not session.at_table(official):
        raise Refused("not-at-the-table", official=session.label(official))
    return (e.ParticipantLeft(at=moment.at, clock=moment.clock, official=official),)


def swap(session: Session, moment: Moment, official: str, other: str) -> Facts:
    """Let two functions of one pool change hands; specialists do not swap."""
    not_ended(session)
    first, second = session.exercise.official(official), session.exercise.official(other)
    if first is None or second is None or not session.at_table(official):
        raise Refused("not-at-the-table", official=session.label(official))
    if first.pool != second.pool or first.pool == "specialist" or official == other:
        raise Refused("not-the-same-pool", official=first.short, other=second.short)
    return (e.ParticipantsSwapped(at=moment.at, clock=moment.clock, official=official, other=other),)
