"""Moves of the hot debrief."""

from collections.abc import Sequence

from tabletop.core import events as e
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.exercise import DebriefQuestion
from tabletop.core.moves.asking import (
    Facts,
    has_text,
    known,
    not_ended,
)
from tabletop.core.moves.stopping import close_feedback
from tabletop.core.refused import Refused
from tabletop.core.session import Session


def open_debrief(session: Session, moment: Moment, questions: Sequence[DebriefQuestion]) -> Facts:
    """Open the hot debrief: the author's questions, or these in the language of the exercise. An open stop is closed
    first.
    """
    not_ended(session)
    if session.phase == "debrief":
        raise Refused("already-in-debrief")
    closed = close_feedback(session, moment) if session.stop is not None else ()
    asked = session.exercise.debrief.questions or tuple(questions)
    return (
        *closed,
        e.DebriefOpened(
            at=moment.at,
            clock=moment.clock,
            questions=tuple(question.text for question in asked),
            about=tuple(question.about for question in asked),
        ),
    )


def back_in_debrief(session: Session, moment: Moment) -> Facts:
    if session.task == "questions":
        if session.question <= 1:
            raise Refused("at-the-first-step")
        return (e.DebriefStep(at=moment.at, clock=moment.clock, task="questions", question=session.question - 1),)
    order = u.tasks(session)
    place = order.index(session.task)
    if place == 0:
        raise Refused("at-the-first-step")
    task = order[place - 1]
    question = len(session.debrief_questions) if task == "questions" else 0
    return (e.DebriefStep(at=moment.at, clock=moment.clock, task=task, question=question),)


def to_task(session: Session, moment: Moment, task: e.DebriefTask, question: int = 0) -> Facts:
    if session.phase != "debrief":
        raise Refused("not-in-debrief")
    place = min(max(question, 0), len(session.debrief_questions)) if task == "questions" else 0
    return (e.DebriefStep(at=moment.at, clock=moment.clock, task=task, question=place),)


def answer_debrief(
    session: Session, moment: Moment, text: str, official: str | None = None, *, private: bool = False
) -> Facts:
    if session.phase != "debrief":
        raise Refused("not-in-debrief")
    has_text(text)
    known(session, official)
    question = max(session.question, 1)
    return (
        e.DebriefAnswered(
            at=moment.at, clock=moment.clock, question=question, official=official, text=text, private=private
        ),
    )


def use_instrument(session: Session, moment: Moment, instrument: str, *, used: bool = True) -> Facts:
    """Tick what was really used: a checklist line, a card, an instrument."""
    not_ended(session)
    has_text(instrument)
    return (e.InstrumentUsed(at=moment.at, clock=moment.clock, instrument=instrument, used=used),)


def approve_thanks(session: Session, moment: Moment, official: str, text: str = "") -> Facts:
    """Approve a thank-you before it may be shown."""
    if session.phase != "debrief":
        raise Refused("not-in-debrief")
    known(session, official)
    return (e.ThanksApproved(at=moment.at, clock=moment.clock, official=official, text=text),)


def show_thanks(session: Session, moment: Moment) -> Facts:
    not_ended(session)
    _has_a_screen(session)
    if not session.thanks:
        raise Refused("no-thanks-approved")
    return (e.ThanksShown(at=moment.at, clock=moment.clock),)


def show_reveal(session: Session, moment: Moment) -> Facts:
    """Show what really happened. Only in the debrief: before, it would spoil the storyline."""
    if session.phase != "debrief":
        raise Refused("not-in-debrief")
    _has_a_screen(session)
    return (e.RevealShown(at=moment.at, clock=moment.clock),)


def _has_a_screen(session: Session) -> None:
    if session.exercise.call_out is not None:
        raise Refused("by-telephone")
