"""What a field alone cannot know about an exercise: names that refer to nothing, minutes that go backwards.

Only mistakes stand here, that would go wrong while leading. Advice on writing a better exercise is another matter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tabletop.core.exercise import EXPECTED, HEADLINE_CELLS, POOLS, Exercise, FeedbackPoint, Inject, Step
from tabletop.core.text import cells

Path: TypeAlias = tuple[str | int, ...]
"""Where in the file: ``("steps", 3, "minute")``, indices counted from 0."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: where it stands, and a code with values that ``locale.sentences`` has the words for."""

    path: Path
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def inconsistencies(exercise: Exercise) -> tuple[Fault, ...]:
    """Return every mistake that shows only when the parts are laid side by side, in the order of the file."""
    return (
        *_heading(exercise),
        *_call_out(exercise),
        *_twice(("objectives",), (one.id for one in exercise.objectives)),
        *_officials(exercise),
        *_twice(("steps",), (step.id for step in exercise.steps)),
        *_minutes(exercise),
        *(fault for position, step in enumerate(exercise.steps) for fault in _step(exercise, position, step)),
    )


def suggestion(word: str, known: Mapping[str, str]) -> str:
    """Return what somebody may have meant, or nothing: ``known`` maps every spelling to the word to suggest."""
    from difflib import get_close_matches  # needed only where something is wrong

    spellings = {spelling.casefold(): meant for spelling, meant in known.items()}
    found = get_close_matches(word.casefold(), spellings, n=1, cutoff=0.6)
    return spellings[found[0]] if found else ""


def _heading(exercise: Exercise) -> Iterator[Fault]:
    if exercise.id and exercise.translation_of == exercise.id:
        yield Fault(("translation_of",), "translates-itself")
    if exercise.debrief.minutes >= exercise.minutes:
        yield Fault(("debrief", "minutes"), "debrief-too-long", {"minutes": f"{exercise.minutes:g}"})


def _call_out(exercise: Exercise) -> Iterator[Fault]:
    call_out = exercise.call_out
    if call_out is None:
        if exercise.mode == "call-out":
            yield Fault(("mode",), "call-out-missing")
        return
    if exercise.mode != "call-out":
        yield Fault(("call_out",), "call-out-at-table")
    together = call_out.minutes + exercise.debrief.minutes
    if exercise.minutes != together:
        yield Fault(("minutes",), "call-out-minutes", {"minutes": f"{together:g}"})
    if "{card}" not in call_out.script:
        yield Fault(("call_out", "script"), "script-without-card", {"mark": "{card}"})
    yield from _twice(("call_out", "cards"), (card.id for card in call_out.cards))


def _twice(path: Path, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, name in enumerate(ids):
        if name in seen:
            yield Fault((*path, position, "id"), "twice", {"name": name})
        seen.add(name)


def _officials(exercise: Exercise) -> Iterator[Fault]:
    yield from _twice(("officials",), (official.id for official in exercise.officials))
    labels: dict[str, str] = {}
    for position, official in enumerate(exercise.officials):
        if official.id in POOLS:
            yield Fault(("officials", position, "id"), "named-as-pool", {"name": official.id})
        label = official.short.casefold()
        if label in labels and labels[label] != official.id:
            where = "label" if official.label else "name"
            yield Fault(("officials", position, where), "same-label", {"name": official.short, "other": labels[label]})
        labels.setdefault(label, official.id)
    if not exercise.key_officials:
        yield Fault(("officials",), "no-key-official")


def _minutes(exercise: Exercise) -> Iterator[Fault]:
    latest, before = 0.0, ""
    for position, step in enumerate(exercise.steps):
        minute = step.minute
        if minute is None or (isinstance(step, Inject) and step.reserve):
            continue
        where = ("steps", position, "minute")
        if minute < latest:
            yield Fault(where, "minute-backwards", {"minute": f"{latest:g}", "step": before})
        else:
            latest, before = minute, step.id
        if minute >= exercise.minutes:
            yield Fault(where, "minute-after-end", {"minutes": f"{exercise.minutes:g}"})


def _step(exercise: Exercise, position: int, step: Step) -> Iterator[Fault]:
    at: Path = ("steps", position)
    if isinstance(step, FeedbackPoint):
        yield from _feedback_point(at, step)
    else:
        yield from _inject(exercise, at, step)
        yield from _reaction(exercise, position, step)


def _feedback_point(at: Path, step: FeedbackPoint) -> Iterator[Fault]:
    if step.round > max(len(step.questions), 1):
        yield Fault((*at, "round"), "no-such-question", {"round": step.round, "count": len(step.questions)})
    if step.due == "minute" and step.minute is None:
        yield Fault((*at, "due"), "due-without-minute")


def _inject(exercise: Exercise, at: Path, inject: Inject) -> Iterator[Fault]:
    receivers: dict[str, str] = {pool: pool for pool in POOLS}
    for official in exercise.officials:
        receivers |= {official.name: official.id, official.short: official.id, official.id: official.id}
    yield from _unknown((*at, "to"), "receiver", inject.to, receivers)
    objectives = {one.name: one.id for one in exercise.objectives} | {one.id: one.id for one in exercise.objectives}
    yield from _unknown((*at, "objectives"), "objective", inject.objectives, objectives)
    if (width := cells(inject.headline)) > HEADLINE_CELLS:
        yield Fault((*at, "headline"), "headline-too-long", {"width": width, "most": HEADLINE_CELLS})
    if len(inject.choices) == 1:
        yield Fault((*at, "choices"), "one-choice")
    yield from _twice((*at, "choices"), (choice.id for choice in inject.choices))


def _reaction(exercise: Exercise, position: int, inject: Inject) -> Iterator[Fault]:
    """What an inject says about the ones that it reacts to.

    A choice has to stand above the inject that waits for it, so no two can wait for each other.
    """
    at: Path = ("steps", position)
    above = _choices(exercise.steps[:position])
    for number, name in enumerate(inject.only_after):
        if name not in above and name in _choices(exercise.steps):
            yield Fault((*at, "only_after", number), "choice-stands-below", {"name": name})
        else:
            yield from _unknown_name((*at, "only_after", number), "choice", name, above)
    if inject.offered_with is not None:
        if not inject.reserve:
            yield Fault((*at, "offered_with"), "only-a-reserve")
        others = {one.id: one.id for one in exercise.injects} | {one.name: one.id for one in exercise.injects}
        yield from _unknown_name((*at, "offered_with"), "storyline-inject", inject.offered_with, others)
    elif inject.unless:
        yield Fault((*at, "unless"), "unless-without-inject")
    actions = {one.name: one.id for one in exercise.objectives} | {one.id: one.id for one in exercise.objectives}
    yield from _unknown((*at, "unless"), "action", inject.unless, actions | {one: one for one in EXPECTED})


def _choices(steps: Iterable[Step]) -> dict[str, str]:
    names = (f"{step.id}.{choice.id}" for step in steps if isinstance(step, Inject) for choice in step.choices)
    return {name: name for name in names}


def _unknown(path: Path, kind: str, names: Iterable[str], known: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each name that is not an id; the other spellings in ``known`` only help to guess."""
    for position, name in enumerate(names):
        yield from _unknown_name((*path, position), kind, name, known)


def _unknown_name(path: Path, kind: str, name: str, known: Mapping[str, str]) -> Iterator[Fault]:
    if name in known.values():
        return
    if meant := suggestion(name, known):
        yield Fault(path, f"unknown-{kind}-meant", {"name": name, "meant": meant})
    else:
        yield Fault(path, f"unknown-{kind}", {"name": name})
