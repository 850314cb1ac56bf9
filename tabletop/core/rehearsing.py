"""How a rehearsal passes its time: how long it is, as planned, until what Space leads to."""

from datetime import timedelta
from typing import Final

from tabletop.core import timeline
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.exercise import FULL_EACH, Step
from tabletop.core.session import WRITING_SECONDS, Session

READING: Final = 15.0
"""Seconds that a page is read before the next one."""
_STAGE: Final = 30.0
"""Seconds of a stage of a feedback point that has no length of its own."""


def seconds_to_next(session: Session, moment: Moment) -> float:
    """Return the seconds until what Space leads to would come in a run that goes as planned; 0 where nothing says."""
    match u.upcoming(session, moment):
        case u.NextPage():
            return READING
        case u.ShowInject(step) | u.OpenFeedback(step):
            return _until(session, moment, step)
        case u.OpenDebrief():
            return max(0.0, timeline.time_left(session, moment.clock) or 0.0)
        case u.ToStage() | u.NextSpeaker() | u.CloseFeedback():
            return _in_stop(session, moment)
        case u.ToTask() | u.ShowThanks() | u.ShowReveal() | u.OnlyByWord("end"):
            return _in_debrief(session, moment)
        case u.EndBoughtTime() if session.bought is not None:
            return max(0.0, session.bought.until - moment.clock)
        case _:
            return 0.0


def _until(session: Session, moment: Moment, step: Step) -> float:
    planned = timeline.planned_at(session, step)
    if planned is not None:
        return max(0.0, (planned - moment.at).total_seconds())
    return max(0.0, timeline.time_left(session, moment.clock) or 0.0)


def _in_stop(session: Session, moment: Moment) -> float:
    """Writing and every turn in the round have a length of their own; what is left is for the agreement."""
    stop = session.stop
    assert stop is not None
    left = max(0.0, 60 * (timeline.stop_minutes(session, stop) - timeline.stop_spent(session, stop, moment)))
    each = {"writing": WRITING_SECONDS, "round": 60 * FULL_EACH, "agreement": left}
    return min(left, float(each.get(stop.stage, _STAGE)))


def _in_debrief(session: Session, moment: Moment) -> float:
    """Every task of the debrief and every question in it takes an equal part; the last one takes what is left."""
    if session.debrief_opened is None:
        return 0.0
    end = session.debrief_opened + timedelta(minutes=session.debrief_minutes)
    left = max(0.0, (end - moment.at).total_seconds())
    parts = len(u.tasks(session)) + max(len(session.debrief_questions) - 1, 0)
    is_last = isinstance(u.upcoming(session, moment), u.OnlyByWord)
    return left if is_last else min(left, 60 * session.debrief_minutes / max(parts, 1))
