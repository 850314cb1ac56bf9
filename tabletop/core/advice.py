"""What would make a sound exercise a better one, each as a :class:`Fault` whose code begins with ``hint-``.

An exercise with hints can be led as it is; what would go wrong while leading is a mistake, found by ``core.check``.
The bounds are those of tabletop exercises with one leader: beyond eight key officials or ten injects nobody gets round
to talking, and a group that stops for feedback only in the first half muddles on through the second.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tabletop.core.check import Fault, Path
from tabletop.core.exercise import Exercise, FeedbackPoint, Inject, Step
from tabletop.core.planning import planned_length, waits_for
from tabletop.core.text import PAGE_LINES, PAGE_WIDTH, pages

MOST_OFFICIALS: Final = 8
MOST_INJECTS: Final = 10
USUAL_PEOPLE: Final = 6
_ROUNDING: Final = 0.01
"""Minutes that a sum of thirds of a minute may be off."""
_MOST_STEPS: Final = 300
"""Beyond so many steps neither minutes nor branches are looked at: their number is what has to be mended first."""
_MOST_BRANCHES: Final = 64
"""How many ways through the storyline are followed at once; of more, those that take longest."""


class _Planned(NamedTuple):
    """A step of the storyline with when it comes at the latest, in minutes, on any way that leads to it."""

    place: int
    step: Step
    comes: float
    """When what precedes it is over, whatever its own planned minute is."""
    starts: float
    ends: float


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
    plan = _plan(exercise, people)
    end = max((planned.ends for planned in plan), default=0.0)
    points = [planned.starts for planned in plan if isinstance(planned.step, FeedbackPoint)]
    if points and max(points) < end / 2 and exercise.call_out is None:
        yield Fault(("steps",), "hint-no-late-feedback", {"minute": _minute(end / 2)})
    yield from _idle(exercise, plan, end)
    for planned in plan:
        if planned.step.minute is not None and planned.comes > planned.step.minute + _ROUNDING:
            values = {"people": people, "minute": _minute(planned.comes)}
            yield Fault(("steps", planned.place, "minute"), "hint-minute-too-early", values)
    if end > (debrief := exercise.minutes - exercise.debrief.minutes) + _ROUNDING:
        values = {"people": people, "minute": _minute(end), "debrief": _minute(debrief)}
        yield Fault(("minutes",), "hint-too-long", {**values, "needed": _minute(end + exercise.debrief.minutes)})


def _idle(exercise: Exercise, plan: Iterable[_Planned], end: float) -> Iterator[Fault]:
    """Yield the key officials whom nothing is asked for half the exercise."""
    half = (end + exercise.debrief.minutes) / 2
    free = {official.id: 0.0 for official in exercise.key_officials}  # since when
    longest = {official.id: (0.0, 0.0) for official in exercise.key_officials}

    def waited(official: str, until: float) -> None:
        since = free[official]
        if until - since > longest[official][1] - longest[official][0]:
            longest[official] = since, until

    for planned in plan:
        if isinstance(planned.step, Inject):
            for official in exercise.receivers(planned.step.to):
                if official.key:
                    waited(official.id, planned.starts)
                    free[official.id] = max(free[official.id], planned.ends)
    for place, official in enumerate(exercise.officials):
        if official.key:
            waited(official.id, end)
            since, until = longest[official.id]
            if until - since > half + _ROUNDING:
                values = {"name": official.id, "pool": official.pool, "since": _minute(since), "until": _minute(until)}
                yield Fault(("officials", place), "hint-idle-official", values)


def _plan(exercise: Exercise, people: int) -> list[_Planned]:
    """Return when each step of the storyline comes at the latest.

    What was chosen decides which injects come, so every way through the storyline is followed; those on which the same
    choices still matter are one way, at the latest of their times. A step that has a planned minute begins at it, so
    that one that comes too late does not make all after it late as well.
    """
    last_use = {name: place for place, step in enumerate(exercise.steps) for name in waits_for(step)}
    ways: dict[frozenset[str], float] = {frozenset(): 0.0}
    plan: list[_Planned] = []
    for place, step in enumerate(exercise.steps):
        here = {chosen for chosen in ways if not (waits := waits_for(step)) or chosen.intersection(waits)}
        if here and (isinstance(step, FeedbackPoint) or not step.reserve):
            comes = max(ways[chosen] for chosen in here)
            length = planned_length(exercise, step, people)
            for chosen in here:
                ways[chosen] = (ways[chosen] if step.minute is None else step.minute) + length
            starts = comes if step.minute is None else step.minute
            plan.append(_Planned(place, step, comes, starts, starts + length))
        if isinstance(step, Inject) and step.choices:
            ways = _parted(ways, here, step, place, last_use)
    return plan


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


def _minute(value: float) -> str:
    return f"{round(value + 0.049, 1):g}"
