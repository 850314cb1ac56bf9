"""What an exercise asks of whom: injects for each official, pool and objective, and the minutes it needs."""

from collections.abc import Iterable
from typing import NamedTuple

from tabletop.core import timeline
from tabletop.core.events import Participant
from tabletop.core.exercise import POOLS, Exercise, Inject, Objective, Official, Pool
from tabletop.core.fold import begin
from tabletop.core.planning import longest_waits, plan
from tabletop.core.review import whole
from tabletop.core.session import Session


class OfficialCover(NamedTuple):
    official: Official
    injects: tuple[Inject, ...]
    """Those for this official by name or pool; what is for everybody is counted apart."""
    waits: tuple[float, float]
    """From when until when nothing comes for this official, at the longest, in minutes."""


class PoolCover(NamedTuple):
    pool: Pool
    injects: tuple[Inject, ...]
    """Those for this pool, or for an official in it."""


class ObjectiveCover(NamedTuple):
    objective: Objective
    injects: tuple[Inject, ...]


class Minutes(NamedTuple):
    """The time budget. Of what follows the choices in a dilemma only the longest way counts."""

    injects: float
    feedback: float
    debrief: float
    given: float
    """What the author says that the exercise takes."""

    @property
    def needed(self) -> float:
        return self.injects + self.feedback + self.debrief


class Coverage(NamedTuple):
    """Of the whole exercise, reserves and every branch too, for the people at the table."""

    people: int
    minutes: Minutes
    for_all: tuple[Inject, ...]
    officials: tuple[OfficialCover, ...]
    pools: tuple[PoolCover, ...]
    objectives: tuple[ObjectiveCover, ...]


class Played(NamedTuple):
    """What became of the storyline in one run."""

    shown: tuple[str, ...]
    """Injects and feedback points, in the order in which they came."""
    unseen: tuple[Inject, ...]
    """Injects that did not come: skipped, kept in reserve, or behind a choice that was not made."""
    chosen: tuple[tuple[Inject, str], ...]
    """Each dilemma that somebody chose in, with the text of the choice."""
    minutes: float
    """From the beginning to the last thing that happened."""


def coverage(exercise: Exercise, participants: Iterable[Participant]) -> Coverage:
    session = begin(exercise, participants)
    people = [person.official for person in session.participants_at_start]
    injects = (*exercise.injects, *exercise.reserves)
    return Coverage(
        people=len(people),
        minutes=_minutes(session, len(people)),
        for_all=tuple(inject for inject in injects if not inject.to),
        officials=_officials(exercise, injects, people),
        pools=tuple(_pool(exercise, injects, pool) for pool in POOLS if _has(exercise, pool)),
        objectives=tuple(
            ObjectiveCover(objective, tuple(inject for inject in injects if objective.id in inject.objectives))
            for objective in exercise.objectives
        ),
    )


def _minutes(session: Session, people: int) -> Minutes:
    exercise = session.exercise
    feedback = sum(point.planned_minutes(people) for point in exercise.feedback_points)
    needed = timeline.minutes_needed(session)
    return Minutes(needed - feedback - session.debrief_minutes, feedback, session.debrief_minutes, exercise.minutes)


def _officials(exercise: Exercise, injects: Iterable[Inject], people: Iterable[str]) -> tuple[OfficialCover, ...]:
    there = frozenset(people)
    steps = plan(exercise, len(there))
    waits = longest_waits(exercise, steps, max((planned.ends for planned in steps), default=0.0))
    addressed = [(inject, exercise.receivers(inject.to)) for inject in injects if inject.to]
    return tuple(
        OfficialCover(official, tuple(inject for inject, to in addressed if official in to), waits[official.id])
        for official in exercise.key_officials
        if official.id in there
    )


def _pool(exercise: Exercise, injects: Iterable[Inject], pool: Pool) -> PoolCover:
    reached = [
        inject for inject in injects if inject.to and any(one.pool == pool for one in exercise.receivers(inject.to))
    ]
    return PoolCover(pool, tuple(reached))


def _has(exercise: Exercise, pool: Pool) -> bool:
    return any(official.pool == pool for official in exercise.key_officials)


def played(session: Session) -> Played:
    exercise = session.exercise
    shown = tuple(name for name, done in session.done.items() if done.how != "skipped")
    injects = (*exercise.injects, *exercise.reserves)
    chosen = tuple(
        (inject, choice.text)
        for inject in injects
        if inject.id in session.choices
        for choice in inject.choices
        if choice.id == session.choices[inject.id].choice
    )
    return Played(shown, tuple(inject for inject in injects if inject.id not in shown), chosen, whole(session))
