"""How long an exercise is planned to take, from what its author wrote and how many sit at the table; when each step
comes, and how long an official waits for the next message.
"""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Final, NamedTuple

from tabletop.core.exercise import DEFAULT_BUDGET, Exercise, FeedbackPoint, Inject, Step

_MOST_BRANCHES: Final = 64
"""How many ways through the storyline are followed at once; of more, those that take longest."""


class Planned(NamedTuple):
    """A step of the storyline with when it comes at the latest, in minutes, on any way that leads to it."""

    place: int
    step: Step
    comes: float
    """When what precedes it is over, whatever its own planned minute is."""
    starts: float
    ends: float


def planned_length(exercise: Exercise, step: Step, people: int) -> float:
    """How long a step is planned to take, in minutes: to the next planned minute, or its own budget.

    What can never follow together with it does not cut its time short.
    """
    if isinstance(step, FeedbackPoint):
        return step.planned_minutes(people)
    if step.budget is not None:
        return step.budget
    return _gap(exercise, step, people) or DEFAULT_BUDGET


def waits_for(step: Step) -> tuple[str, ...]:
    """The choices after one of which alone this step comes; none when it always comes."""
    return step.only_after if isinstance(step, Inject) else ()


def _gap(exercise: Exercise, step: Step, people: int) -> float:
    if step.minute is None:
        return 0.0
    storyline = exercise.storyline
    place = next((place for place, other in enumerate(storyline) if other.id == step.id), None)
    if place is None:
        return 0.0
    after = [other for other in storyline[place + 1 :] if not _exclude(step, other)]
    end = next(
        (other.minute for other in after if other.minute is not None), exercise.minutes - exercise.debrief.minutes
    )
    between = takewhile(lambda other: other.minute is None, after)
    shared = (planned_length(exercise, other, people) for other in between if _shares(step, other))
    return max(0.0, end - step.minute - sum(shared))


def _exclude(one: Step, other: Step) -> bool:
    """Whether two injects can never both follow: they wait for different choices in the same dilemma."""
    if isinstance(one, FeedbackPoint) or isinstance(other, FeedbackPoint):
        return False
    same = len(one.dilemmas) == 1 and one.dilemmas == other.dilemmas
    return same and set(one.only_after).isdisjoint(other.only_after)


def _shares(one: Step, other: Step) -> bool:
    """Whether another step comes whenever this one does: only then do they divide the minutes between them."""
    return not waits_for(other) or bool(waits_for(one) and set(waits_for(one)) <= set(waits_for(other)))


# --- when each step comes ---


def plan(exercise: Exercise, people: int) -> list[Planned]:
    """Return when each step of the storyline comes at the latest.

    What was chosen decides which injects come, so every way through the storyline is followed; those on which the same
    choices still matter are one way, at the latest of their times. A step that has a planned minute begins at it, so
    that one that comes too late does not make all after it late as well.
    """
    last_use = {name: place for place, step in enumerate(exercise.steps) for name in waits_for(step)}
    ways: dict[frozenset[str], float] = {frozenset(): 0.0}
    found: list[Planned] = []
    for place, step in enumerate(exercise.steps):
        here = {chosen for chosen in ways if not (waits := waits_for(step)) or chosen.intersection(waits)}
        if here and (isinstance(step, FeedbackPoint) or not step.reserve):
            comes = max(ways[chosen] for chosen in here)
            length = planned_length(exercise, step, people)
            for chosen in here:
                ways[chosen] = (ways[chosen] if step.minute is None else step.minute) + length
            starts = comes if step.minute is None else step.minute
            found.append(Planned(place, step, comes, starts, starts + length))
        if isinstance(step, Inject) and step.choices:
            ways = _parted(ways, here, step, place, last_use)
    return found


def _parted(
    ways: dict[frozenset[str], float], here: set[frozenset[str]], dilemma: Inject, place: int, last_use: dict[str, int]
) -> dict[frozenset[str], float]:
    """Return the ways after a dilemma: each that comes by it parts into one for every choice that something waits for.

    The choices that nothing waits for any more are forgotten, so that ways come together again.
    """
    names = [f"{dilemma.id}.{choice.id}" for choice in dilemma.choices]
    found: dict[frozenset[str], float] = {}
    for chosen, at in ways.items():
        kept = frozenset(name for name in chosen if last_use[name] > place)
        parts = [kept | {name} for name in names if last_use.get(name, 0) > place] if chosen in here else []
        if len(parts) < len(names) or chosen not in here:
            parts.append(kept)
        for part in parts:
            found[part] = max(at, found.get(part, 0.0))
    longest = sorted(found, key=lambda chosen: -found[chosen])[:_MOST_BRANCHES]
    return {chosen: found[chosen] for chosen in longest}


def longest_waits(exercise: Exercise, steps: Iterable[Planned], end: float) -> Mapping[str, tuple[float, float]]:
    """Return from when until when each key official waits the longest without an inject, in minutes."""
    free = {official.id: 0.0 for official in exercise.key_officials}  # since when
    longest = {official.id: (0.0, 0.0) for official in exercise.key_officials}

    def waited(official: str, until: float) -> None:
        since = free[official]
        if until - since > longest[official][1] - longest[official][0]:
            longest[official] = since, until

    for planned in steps:
        if isinstance(planned.step, Inject):
            for official in exercise.receivers(planned.step.to):
                if official.key:
                    waited(official.id, planned.starts)
                    free[official.id] = max(free[official.id], planned.ends)
    for official_id in longest:
        waited(official_id, end)
    return longest
