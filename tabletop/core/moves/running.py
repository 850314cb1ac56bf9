"""Moves of the run, of the storyline, and of time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tabletop.core import events as e
from tabletop.core import timeline
from tabletop.core.clock import LONGEST_GAP, Moment
from tabletop.core.exercise import POOLS, Channel, Exercise
from tabletop.core.moves.asking import (
    Facts,
    fresh,
    has_text,
    in_play,
    inject_on_screen,
    is_blank,
    known,
    not_ended,
)
from tabletop.core.moves.stopping import close_feedback, close_round
from tabletop.core.reacting import open_dilemma
from tabletop.core.refused import Refused
from tabletop.core.session import Session


def start(
    exercise: Exercise, moment: Moment, hard_end: datetime | None = None, card: str | None = None
) -> e.SessionStarted:
    """Begin. Without a hard end, the exercise ends after the minutes that its author gave it.

    A call-out has its task card, and no end before somebody has said yes.
    """
    end = hard_end or moment.at + timedelta(minutes=exercise.minutes)
    return e.SessionStarted(
        at=moment.at,
        clock=moment.clock,
        hard_end=end if exercise.call_out is None else None,
        debrief_minutes=exercise.debrief.minutes,
        card=card,
        n=1,
    )


def leave(session: Session, moment: Moment) -> Facts:
    """Go away, to go on later."""
    not_ended(session)
    return (e.SessionLeft(at=moment.at, clock=moment.clock),)


def carry_on(session: Session, moment: Moment) -> Facts:
    """Open an unfinished run again; the clock stays frozen until the leader goes on."""
    if session.phase == "ended":
        raise Refused("run-ended")
    return (e.SessionContinued(at=moment.at, clock=moment.clock, since=session.at),)


def end(session: Session, moment: Moment) -> Facts:
    """End the run. Asked for by a typed word, never by a key alone. An open stop is closed first."""
    not_ended(session)
    closed = close_feedback(session, moment) if session.stop is not None else ()
    return (*closed, e.SessionEnded(at=moment.at, clock=moment.clock))


def move_hard_end(session: Session, moment: Moment, hard_end: datetime) -> Facts:
    not_ended(session)
    return (e.HardEndMoved(at=moment.at, clock=moment.clock, hard_end=hard_end),)


def stopped_clock(moment: Moment, seconds: float) -> Facts:
    """Write down a gap that the exercise clock left out."""
    return (e.ClockStopped(at=moment.at, clock=moment.clock, seconds=round(min(seconds, LONGEST_GAP), 1)),)


# --- the storyline ---------------------------------------------------------------------------------------------------


def show(session: Session, moment: Moment, inject_id: str) -> Facts:
    """Show an inject of the leader's choice: a reserve inject, or one that was changed a moment ago."""
    in_play(session)
    if session.find_inject(inject_id) is None:
        raise Refused("unknown-inject", inject=inject_id)
    return (e.InjectShown(at=moment.at, clock=moment.clock, inject=inject_id),)


def skip(session: Session, moment: Moment, reason: str = "") -> Facts:
    """Pass over what comes next: the rest of a round, the stop that is due (with a reason), or the next inject."""
    if session.stop is not None and session.stop.stage == "round" and session.still is None:
        return close_round(session, moment)
    in_play(session)
    due = timeline.due_feedback(session, moment)
    if due is not None:
        if is_blank(reason):
            raise Refused("reason-needed", title=due.title)
        return (e.FeedbackSkipped(at=moment.at, clock=moment.clock, feedback=due.id, reason=reason),)
    inject = session.next_inject
    if inject is None:
        raise Refused("no-inject-left")
    return (e.InjectSkipped(at=moment.at, clock=moment.clock, inject=inject.id, reason=reason),)


def postpone(session: Session, moment: Moment) -> Facts:
    """Later: the stop that is due comes after the next inject; the debrief, when it is due, waits for the leader."""
    in_play(session)
    if timeline.is_debrief_due(session, moment):
        return (e.DebriefPostponed(at=moment.at, clock=moment.clock),)
    due = timeline.due_feedback(session, moment)
    if due is None:
        raise Refused("no-feedback-due")
    if session.next_inject is None:
        raise Refused("no-inject-left")
    return (e.FeedbackPostponed(at=moment.at, clock=moment.clock, feedback=due.id),)


def improvise(
    session: Session,
    moment: Moment,
    text: str,
    *,
    channel: Channel = "in-person",
    to: Sequence[str] = (),
    title: str = "",
) -> Facts:
    """Bring in an inject of the leader's own making, at once."""
    in_play(session)
    has_text(text)
    known(session, *(one for one in to if one not in POOLS))
    inject_id = fresh(session, "x")
    return (
        e.InjectImprovised(
            at=moment.at, clock=moment.clock, inject=inject_id, text=text, title=title, channel=channel, to=tuple(to)
        ),
    )


def change_next(session: Session, moment: Moment, text: str) -> Facts:
    """Change the text of the next inject before it is shown."""
    in_play(session)
    inject = session.next_inject
    if inject is None:
        raise Refused("no-inject-left")
    has_text(text)
    return (e.InjectChanged(at=moment.at, clock=moment.clock, inject=inject.id, text=text),)


def choose(session: Session, moment: Moment, choice_id: str, because: str = "") -> Facts:
    """Take a way out of the dilemma on screen, or of an earlier one that nobody chose in yet."""
    not_ended(session)
    inject = open_dilemma(session)
    if inject is None or choice_id not in {choice.id for choice in inject.choices}:
        raise Refused("no-dilemma")
    return (e.Chosen(at=moment.at, clock=moment.clock, inject=inject.id, choice=choice_id, because=because),)


def rebut(session: Session, moment: Moment, official: str | None = None) -> Facts:
    """Give the word for sixty seconds of rebuttal to what is on screen. It is play: the exercise clock runs on."""
    in_play(session)
    inject_on_screen(session)
    known(session, official)
    if session.rebuttal is not None:
        raise Refused("rebuttal-now")
    return (e.ScreenShown(at=moment.at, clock=moment.clock, what="rebuttal", official=official),)


def going_well(session: Session, moment: Moment) -> Facts:
    """The group goes on beyond the budget, and that is fine: no guard line for this inject."""
    inject = inject_on_screen(session)
    return (e.GoingWell(at=moment.at, clock=moment.clock, inject=inject),)


def see_learning(session: Session, moment: Moment) -> Facts:
    """Write down that the leader sees the learning point now."""
    inject = inject_on_screen(session)
    return (e.LearningSeen(at=moment.at, clock=moment.clock, inject=inject),)


def reach(session: Session, moment: Moment, objective_id: str) -> Facts:
    not_ended(session)
    objective = session.exercise.objective(objective_id)
    if objective is None or objective_id in session.reached:
        raise Refused("objective-already-reached", objective=objective_id)
    return (e.ObjectiveReached(at=moment.at, clock=moment.clock, objective=objective_id),)


# --- time ------------------------------------------------------------------------------------------------------------


def pause(session: Session, moment: Moment, kind: e.PauseKind = "time-out") -> Facts:
    """Freeze everything: a time-out, a break, or NO PLAY, which is possible from anywhere."""
    not_ended(session)
    if kind != "real-incident" and session.still is not None:
        raise Refused("already-paused")
    if kind == "real-incident" and session.still == "real-incident":
        raise Refused("already-paused")
    return (e.Paused(at=moment.at, clock=moment.clock, kind=kind),)


def resume(session: Session, moment: Moment) -> Facts:
    if session.still is None:
        raise Refused("not-paused")
    return (e.Resumed(at=moment.at, clock=moment.clock),)


def buy_time(session: Session, moment: Moment, minutes: float, official: str | None = None) -> Facts:
    """Buy time: play, not a pause. Doing it again while it runs stops the timer."""
    in_play(session)
    if timeline.is_time_bought(session, moment.clock):
        return (e.TimeBoughtEnded(at=moment.at, clock=moment.clock),)
    known(session, official)
    if not 0 < minutes <= 60:
        raise Refused("not-possible")
    return (e.TimeBought(at=moment.at, clock=moment.clock, minutes=minutes, official=official),)
