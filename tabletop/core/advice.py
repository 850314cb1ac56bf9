"""What would make a sound exercise a better one, each as a :class:`Fault` whose code begins with ``hint-``.

An exercise with hints can be led as it is; what would go wrong while leading is a mistake, found by ``core.check``.
The bounds are those of tabletop exercises with one leader: beyond eight key officials or ten injects nobody gets round
to talking, and a group that stops for feedback only in the first half muddles on through the second.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from tabletop.core.check import Fault, Path
from tabletop.core.exercise import Exercise, FeedbackPoint, Inject
from tabletop.core.planning import Planned, longest_waits, plan
from tabletop.core.text import PAGE_LINES, PAGE_WIDTH, pages

MOST_OFFICIALS: Final = 8
MOST_INJECTS: Final = 10
USUAL_PEOPLE: Final = 6
_ROUNDING: Final = 0.01
"""Minutes that a sum of thirds of a minute may be off."""
_MOST_STEPS: Final = 300
"""Beyond so many steps neither minutes nor branches are looked at: their number is what has to be mended first."""


def hints(exercise: Exercise, people: int | None = None) -> tuple[Fault, ...]:
    """Return all advice on a sound exercise, for so many people at the table: six, or all when there are fewer."""
    count = min(USUAL_PEOPLE, len(exercise.key_officials)) if people is None else people
    found = [*_numbers(exercise), *_objectives(exercise), *_questions(exercise), *_long_texts(exercise)]
    if len(exercise.steps) <= _MOST_STEPS:
        found += (*_branches(exercise), *_times(exercise, count))
    return tuple(found)


def _numbers(exercise: Exercise) -> Iterator[Fault]:
    if (officials := len(exercise.key_officials)) > MOST_OFFICIALS:
        yield Fault(("officials",), "hint-many-officials", {"count": officials, "most": MOST_OFFICIALS})
    if (injects := len(exercise.injects)) > MOST_INJECTS:
        yield Fault(("steps",), "hint-many-injects", {"count": injects, "most": MOST_INJECTS})


def _objectives(exercise: Exercise) -> Iterator[Fault]:
    touched = {name for inject in exercise.injects for name in inject.objectives}
    for place, objective in enumerate(exercise.objectives):
        if objective.id not in touched:
            yield Fault(("objectives", place), "hint-objective-untouched", {"name": objective.id})
    if exercise.objectives:
        for place, step in enumerate(exercise.steps):
            if isinstance(step, Inject) and not step.objectives:
                yield Fault(("steps", place), "hint-no-objectives")


def _questions(exercise: Exercise) -> Iterator[Fault]:
    if not exercise.feedback_points:
        yield Fault(("steps",), "hint-no-feedback")
        return
    asked = {question.about for point in exercise.feedback_points for question in point.questions}
    # In a call-out the effect is asked after by the caller who plays a resident, and the hour is left alone at its end.
    for about in ("first-question", "effect") if exercise.call_out is None else ("first-question",):
        if about not in asked:
            yield Fault(("steps",), f"hint-no-{about}")


def _long_texts(exercise: Exercise) -> Iterator[Fault]:
    for path, text in _shown(exercise):
        if (count := len(pages(text))) > 1:
            yield Fault(path, "hint-long-text", {"count": count, "lines": PAGE_LINES, "width": PAGE_WIDTH})


def _shown(exercise: Exercise) -> Iterator[tuple[Path, str]]:
    """Yield what has to be read from the wall, with where it stands."""
    yield ("purpose",), exercise.purpose
    yield ("situation",), exercise.situation
    for place, step in enumerate(exercise.steps):
        if isinstance(step, FeedbackPoint):
            for number, question in enumerate(step.questions):
                yield ("steps", place, "questions", number, "text"), question.text
        elif not step.receiver_only:
            yield ("steps", place, "text"), step.text


# ---------------------------------------------------------------- branches


def _branches(exercise: Exercise) -> Iterator[Fault]:
    """Yield where a way through the storyline ends too early, or a reserve waits for what cannot happen."""
    for place, step in enumerate(exercise.steps):
        if not isinstance(step, Inject):
            continue
        later = [one for one in exercise.steps[place + 1 :] if isinstance(one, Inject) and not one.reserve]
        for number, choice in enumerate(step.choices if later and not step.reserve else ()):
            if not any(_may_follow(one, step.id, choice.id) for one in later):
                yield Fault(("steps", place, "choices", number), "hint-dead-branch", {"name": choice.id})
        if "choice" in step.unless and not _can_be_chosen_from(exercise, step.offered_with):
            yield Fault(("steps", place, "unless"), "hint-no-choice-to-wait-for", {"name": step.offered_with})


def _may_follow(inject: Inject, dilemma: str, choice: str) -> bool:
    """Whether this inject can still come when that choice was made; what another dilemma decides may well be so."""
    return not inject.only_after or any(
        name == f"{dilemma}.{choice}" or not name.startswith(f"{dilemma}.") for name in inject.only_after
    )


def _can_be_chosen_from(exercise: Exercise, inject: str | None) -> bool:
    """Whether there is a dilemma at this inject or after it."""
    place = next((place for place, step in enumerate(exercise.steps) if step.id == inject), 0)
    return any(isinstance(step, Inject) and step.choices for step in exercise.steps[place:])


# ---------------------------------------------------------------- minutes


def _times(exercise: Exercise, people: int) -> Iterator[Fault]:
    steps = plan(exercise, people)
    end = max((planned.ends for planned in steps), default=0.0)
    points = [planned.starts for planned in steps if isinstance(planned.step, FeedbackPoint)]
    if points and max(points) < end / 2 and exercise.call_out is None:
        yield Fault(("steps",), "hint-no-late-feedback", {"minute": _minute(end / 2)})
    yield from _idle(exercise, steps, end)
    for planned in steps:
        if planned.step.minute is not None and planned.comes > planned.step.minute + _ROUNDING:
            values = {"people": people, "minute": _minute(planned.comes)}
            yield Fault(("steps", planned.place, "minute"), "hint-minute-too-early", values)
    if end > (debrief := exercise.minutes - exercise.debrief.minutes) + _ROUNDING:
        values = {"people": people, "minute": _minute(end), "debrief": _minute(debrief)}
        yield Fault(("minutes",), "hint-too-long", {**values, "needed": _minute(end + exercise.debrief.minutes)})


def _idle(exercise: Exercise, steps: Iterable[Planned], end: float) -> Iterator[Fault]:
    """Yield the key officials whom nothing is asked for half the exercise."""
    half = (end + exercise.debrief.minutes) / 2
    waits = longest_waits(exercise, steps, end)
    for place, official in enumerate(exercise.officials):
        since, until = waits.get(official.id, (0.0, 0.0))
        if until - since > half + _ROUNDING:
            values = {"name": official.id, "pool": official.pool, "since": _minute(since), "until": _minute(until)}
            yield Fault(("officials", place), "hint-idle-official", values)


def _minute(value: float) -> float:
    return round(value + 0.049, 1)
