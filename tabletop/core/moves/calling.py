"""Moves of the call-out: a call with what came of it, and what is added to it later."""

from tabletop.core import events as e
from tabletop.core.clock import Moment
from tabletop.core.moves.asking import Facts, in_play, is_blank, known, not_ended
from tabletop.core.refused import Refused
from tabletop.core.session import Session


def call(
    session: Session,
    moment: Moment,
    official: str | None,
    outcome: e.CallOutcome,
    *,
    name: str = "",
    caller: str | None = None,
    buys: float = 0.0,
) -> Facts:
    """Write down a call: by the leader, who asks for the hour, or by one of those who said yes.

    The first yes to the leader starts the hour. With ``buys``, whoever says yes buys so many minutes first.
    """
    if session.exercise.call_out is None:
        raise Refused("no-call-out")
    known(session, official, caller)
    if caller is None:
        in_play(session)
        if official is None:
            raise Refused("whom-to-call")
        if session.at_table(official):
            raise Refused("takes-part-already", official=session.label(official))
    else:
        not_ended(session)
        if session.still is not None:
            raise Refused("paused-now")
        if not session.at_table(caller):
            raise Refused("does-not-take-part", official=session.label(caller))
    made = e.CallLogged(
        at=moment.at, clock=moment.clock, official=official, name=name.strip(), caller=caller, outcome=outcome
    )
    if outcome != "can" or not buys:
        return (made,)
    if not 0 < buys <= 60:
        raise Refused("not-possible")
    return (made, e.TimeBought(at=moment.at, clock=moment.clock, minutes=buys, official=official))


def detail_call(
    session: Session, moment: Moment, number: int, *, result: str = "", by: str = "", missing: str = ""
) -> Facts:
    """Add to a call what was arranged, by whom, or what is still missing."""
    not_ended(session)
    if not any(call.n == number for call in session.calls):
        raise Refused("unknown-call")
    if all(is_blank(text) for text in (result, by, missing)):
        raise Refused("text-needed")
    return (
        e.CallLogged(
            at=moment.at,
            clock=moment.clock,
            about=number,
            result=result.strip(),
            by=by.strip(),
            missing=missing.strip(),
        ),
    )
