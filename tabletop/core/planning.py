"""How long an exercise is planned to take, from what its author wrote and how many sit at the table."""

from itertools import takewhile

from tabletop.core.exercise import DEFAULT_BUDGET, Exercise, FeedbackPoint, Inject, Step


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
