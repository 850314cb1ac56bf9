"""What a move asks of the session before it is made; each refuses with a reason."""

from typing import TypeAlias

from tabletop.core import events as e
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.core.text import clean_line

Facts: TypeAlias = tuple[e.Event, ...]
"""What a move yields: the facts to record, in their order."""


def not_ended(session: Session) -> None:
    if session.phase in ("new", "ended"):
        raise Refused("run-ended")


def in_play(session: Session) -> None:
    not_ended(session)
    if session.still is not None:
        raise Refused("paused-now")
    if session.phase == "debrief":
        raise Refused("already-in-debrief")
    if session.phase == "feedback":
        raise Refused("in-feedback")


def in_a_stop(session: Session) -> str:
    not_ended(session)
    if session.stop is None:
        raise Refused("not-in-feedback")
    return session.stop.id


def inject_on_screen(session: Session) -> str:
    not_ended(session)
    if session.current is None or session.phase != "running":
        raise Refused("no-inject-on-screen")
    return session.current


def known(session: Session, *officials: str | None) -> None:
    for official in officials:
        if official is not None and session.exercise.official(official) is None:
            raise Refused("unknown-official", official=official)


def is_blank(text: str) -> bool:
    return not clean_line(text).strip()


def has_text(text: str) -> None:
    if is_blank(text):
        raise Refused("text-needed")


def fresh(session: Session, letter: str) -> str:
    """An id that no step of the exercise has, and no step of the leader's own had before, undone ones included."""
    taken = {step.id for step in session.exercise.steps}
    kind = e.InjectImprovised if letter == "x" else e.FeedbackOpened
    number = 1 + sum(isinstance(event, kind) for event in session.events)
    while f"{letter}{number}" in taken:
        letter += letter[0]
    return f"{letter}{number}"
