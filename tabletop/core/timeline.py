"""Planned against actual: what is done, what is next, when it ends, and what to drop to make it.

Minutes here are wall time. A planned minute counts from the real start and includes the planned feedback points.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from tabletop.core.clock import Moment
from tabletop.core.exercise import FeedbackPoint, Inject, Step, form_minutes
from tabletop.core.planning import planned_length, waits_for
from tabletop.core.session import Done, Session, Stop

DRIFT_WORTH_SAYING = 1
"""Whole minutes of drift from which planned against actual is shown."""


class Row(NamedTuple):
    """A line of the storyline."""

    step: Step
    state: Literal["done", "skipped", "now", "due", "next", "later", "waiting"]
    """``waiting``: an inject that comes only after a choice that nobody made yet."""
    planned: datetime | None
    actual: datetime | None

    @property
    def drift(self) -> int | None:
        """Whole minutes later (or, negative, earlier) than planned."""
        if self.planned is None or self.actual is None:
            return None
        return round((self.actual - self.planned).total_seconds() / 60)


class Forecast(NamedTuple):
    """When it ends as things go, against the hard end, in whole minutes; and what to drop to be on time."""

    end: datetime
    late: int
    without: tuple[Inject, ...]
    on_time_without: bool


def duration(session: Session, step: Step) -> float:
    """How long a step is planned to take, in minutes: to the next planned minute, or its own budget."""
    return planned_length(session.exercise, step, len(session.participants))


def budget(session: Session, inject: Inject) -> float:
    """Seconds of exercise time that an inject may take before the leader is asked softly."""
    return 60 * duration(session, inject)


def planned_at(session: Session, step: Step) -> datetime | None:
    if session.begun is None or step.minute is None:
        return None
    return session.begun + timedelta(minutes=step.minute)


def debrief_at(session: Session) -> datetime | None:
    """The moment from which the debrief's time is reserved, before the hard end."""
    if session.hard_end is None:
        return None
    return session.hard_end - timedelta(minutes=session.debrief_minutes)


def is_debrief_due(session: Session, moment: Moment) -> bool:
    """Whether Space now leads to the debrief, whatever is left of the storyline."""
    reserved = debrief_at(session)
    return reserved is not None and moment.at >= reserved and not session.debrief_postponed


def due_feedback(session: Session, moment: Moment) -> FeedbackPoint | None:
    """The feedback point that Space will not go past.

    One after an inject is due as soon as it stands first in what is left; one at a minute is due in exercise time plus
    the planned lengths of the feedback points passed, so that no pause ever makes one due.
    """
    upcoming = session.upcoming_steps
    passed = sum(
        step.planned_minutes(len(session.participants))
        for step in session.exercise.feedback_points
        if step.id in session.done
    )
    now = moment.clock / 60 + passed
    waiting = [step for step in upcoming if isinstance(step, FeedbackPoint) and not session.is_postponed(step.id)]
    for step in waiting:
        if _waits_for_minute(step) and now >= (step.minute or 0.0):
            return step
    for first in upcoming:
        if not isinstance(first, FeedbackPoint):
            return None
        if not _waits_for_minute(first):
            return first
        if not any(isinstance(step, Inject) for step in upcoming):
            return first
    return None


def _waits_for_minute(step: FeedbackPoint) -> bool:
    """Whether it comes at its minute, wherever the storyline is by then; at the latest when no inject is left."""
    return step.due == "minute" and step.minute is not None


def following(session: Session, moment: Moment) -> Step | None:
    """The step that Space leads to, now or after what is on screen: the stop that is due, or the next inject."""
    return due_feedback(session, moment) or session.next_inject or next(iter(session.upcoming_steps), None)


def rows(session: Session, moment: Moment) -> tuple[Row, ...]:
    """The storyline as the leader sees it: what was done in its order, then what is left in the order it comes.

    What the author did not plan, an inject of the leader's own or a reserve inject, stands where it was shown. An
    inject that a choice can still bring stands, waiting, where it would come.
    """
    found = [_done_row(session, step, done) for step, done in _done_steps(session)]
    begun = len(found)
    due = due_feedback(session, moment) if session.phase == "running" else None
    comes = following(session, moment)
    for step in session.upcoming_steps:
        if session.stop is not None and step.id == session.stop.id:
            found.append(Row(step, "now", planned_at(session, step), session.stop.opened))
        elif due is not None and step.id == due.id and _has_come(session, step, moment):
            found.append(Row(step, "due", planned_at(session, step), None))
        else:
            state: Literal["next", "later"] = "next" if comes and step.id == comes.id else "later"
            found.append(Row(step, state, planned_at(session, step), None))
    order = {step.id: place for place, step in enumerate(session.exercise.storyline)}
    for inject in _waiting(session):
        below = (place for place, row in enumerate(found) if place >= begun and order[row.step.id] > order[inject.id])
        found.insert(next(below, len(found)), Row(inject, "waiting", planned_at(session, inject), None))
    return tuple(found)


def _has_come(session: Session, step: Step, moment: Moment) -> bool:
    """Whether it is time for a stop that Space leads to: by telephone people are left alone until then."""
    planned = planned_at(session, step)
    return session.exercise.call_out is None or planned is None or moment.at >= planned


def _waiting(session: Session) -> Iterator[Inject]:
    """The injects of the storyline that a choice still to be made can bring; the choice may itself wait for another."""
    to_choose = set[str]()
    for inject in session.exercise.steps:
        if isinstance(inject, FeedbackPoint):
            continue
        done, comes = session.done.get(inject.id), session.comes(inject)
        waits = done is None and not comes and not session.is_past(inject) and not to_choose.isdisjoint(inject.dilemmas)
        if waits and not inject.reserve:
            yield inject
        if inject.choices and inject.id not in session.choices and (done.how == "shown" if done else waits or comes):
            to_choose.add(inject.id)


def _done_steps(session: Session) -> list[tuple[Step, Done]]:
    """What was done, in the order of the storyline, with what was brought in after the last step before it.

    What follows a choice may have been brought in when its place had passed: it stands where it was shown, too.
    """
    found: list[tuple[Step, Done]] = [
        (step, session.done[step.id])
        for step in session.exercise.storyline
        if step.id in session.done and not waits_for(step)
    ]
    planned = {step.id for step, _ in found}
    before: set[str] = set()
    for name, done in session.done.items():  # in the order in which it was done
        inject = session.find_inject(name) if name not in planned else None
        if inject is not None:
            place = max((place for place, (step, _) in enumerate(found, start=1) if step.id in before), default=0)
            found.insert(place, (inject, done))
        before.add(name)
    return found


def _done_row(session: Session, step: Step, done: Done) -> Row:
    state: Literal["done", "skipped", "now"] = "skipped" if done.how == "skipped" else "done"
    if step.id == session.current and session.phase == "running":
        state = "now"
    if session.stop is not None and step.id == session.stop.id:
        state = "now"
    return Row(step, state, planned_at(session, step), done.at)


def time_left(session: Session, clock: float) -> float | None:
    """Seconds of the budget that are left for the inject on screen, negative when over; None when there is none."""
    inject = session.inject
    if inject is None or session.phase != "running":
        return None
    return budget(session, inject) - (clock - session.current_since)


def is_guard_up(session: Session, clock: float) -> bool:
    """Whether to ask the leader, softly, if the group is muddling on: the budget ran out and nobody said it goes well.

    It rests on the inject's budget alone, never on how much was typed: a leader who listens is not scolded. A stop that
    was held answers it too.
    """
    left = time_left(session, clock)
    if left is None or left > 0 or session.still is not None or is_time_bought(session, clock):
        return False
    return not session.is_discussed and session.current not in session.going_well


def is_time_bought(session: Session, clock: float) -> bool:
    return session.bought is not None and clock < session.bought.until


def forecast(session: Session, moment: Moment) -> Forecast | None:
    """Now plus the remaining planned minutes, with feedback points at the length that they have had so far."""
    if session.started is None or session.hard_end is None or session.ended is not None:
        return None
    left = _minutes_left(session, moment)
    end = moment.at + timedelta(minutes=left)
    late = round((end - session.hard_end).total_seconds() / 60)
    dropped: list[Inject] = []
    saved = 0.0
    for step in session.upcoming_steps:
        if late - saved < 1:
            break
        if isinstance(step, Inject) and step.optional:
            dropped.append(step)
            saved += duration(session, step)
    fewest = next((step for step in dropped if duration(session, step) > late - 1), None)
    if fewest is not None:
        dropped, saved = [fewest], duration(session, fewest)
    return Forecast(end, late, tuple(dropped) if late >= 1 else (), late - saved < 1)


def _minutes_left(session: Session, moment: Moment) -> float:
    if session.phase == "debrief" and session.debrief_opened is not None:
        spent = (moment.at - session.debrief_opened).total_seconds() / 60
        return max(0.0, session.debrief_minutes - spent)
    minutes = session.debrief_minutes + sum(_lengths(session))
    left = time_left(session, moment.clock)
    if left is not None:
        minutes += max(0.0, left / 60)
    if session.stop is not None:
        minutes += max(0.0, stop_minutes(session, session.stop) - stop_spent(session, session.stop, moment))
        inject = session.inject
        if inject is not None:
            minutes += max(0.0, (budget(session, inject) - (moment.clock - session.current_since)) / 60)
    if session.current is None and session.next_inject is not None:
        first = planned_at(session, session.next_inject)
        if first is not None:
            minutes += max(0.0, (first - moment.at).total_seconds() / 60)
    return minutes


def stop_minutes(session: Session, stop: Stop) -> float:
    """How long the open stop is to take, in the form in which it is held."""
    point = session.exercise.feedback_point(stop.id)
    if point is None or point.form != stop.form:
        return form_minutes(stop.form, len(session.participants))
    return duration(session, point)


def stop_spent(session: Session, stop: Stop, moment: Moment) -> float:
    """How many minutes the open stop has taken so far, without the pauses in it."""
    spent = moment.at - stop.opened - stop.stood_still
    if session.still_since is not None:
        spent -= moment.at - max(session.still_since, stop.opened)
    return spent.total_seconds() / 60


def _lengths(session: Session) -> Iterator[float]:
    stop_id = session.stop.id if session.stop else None
    for step in session.upcoming_steps:
        if step.id == stop_id:
            continue
        if isinstance(step, FeedbackPoint):
            past = [held.minutes for held in session.held if held.planned and held.form == step.form]
            yield sum(past) / len(past) if past else duration(session, step)
        else:
            yield duration(session, step)


def minutes_needed(session: Session) -> float:
    """What the exercise needs with the people at the table, in minutes, against what its author gave it.

    The injects keep their planned lengths; feedback points follow the number of people. Of what follows the choices in
    a dilemma only the longest counts.
    """
    steps = session.exercise.storyline
    first = next((step.minute for step in steps if step.minute is not None), 0.0)
    always = sum(duration(session, step) for step in steps if not waits_for(step))
    return first + always + _longest_way(session) + session.debrief_minutes


def _longest_way(session: Session) -> float:
    """The minutes of what follows choices, at most: in each dilemma of the choice that brings the most."""
    ways: dict[str, dict[str, float]] = {}
    minutes = 0.0
    for inject in session.exercise.injects:
        if len(inject.dilemmas) > 1:  # it may follow whatever is chosen in one of them
            minutes += duration(session, inject)
            continue
        for name in dict.fromkeys(inject.only_after):
            way = ways.setdefault(inject.dilemmas[0], {})
            way[name] = way.get(name, 0.0) + duration(session, inject)
    return minutes + sum(max(way.values()) for way in ways.values())


def seen_to_stopped(session: Session) -> tuple[float, ...]:
    """Minutes of exercise time muddled on: from each moment the leader saw the learning point to the next stop, for
    the leader alone.
    """
    return tuple(minutes for _, minutes in _muddled(session))


def seen_to_this_stop(session: Session) -> float | None:
    """Minutes from the last "seen" to the stop that is being held, when that is the stop that came of it."""
    here = [minutes for stop, minutes in _muddled(session) if session.stop is not None and stop == session.stop.id]
    return here[-1] if here else None


def _muddled(session: Session) -> Iterator[tuple[str, float]]:
    stops = [(held.id, held.opened, held.clock) for held in session.held]
    if session.stop is not None:
        stops.append((session.stop.id, session.stop.opened, session.stop.clock))
    for seen in session.learning_seen:
        stop = next(((stop, clock) for stop, opened, clock in stops if opened >= seen.at), None)
        if stop is not None:
            yield stop[0], (stop[1] - seen.clock) / 60
