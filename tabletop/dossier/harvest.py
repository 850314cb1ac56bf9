"""What the dossier takes from one log: what may be told of it, and nothing else.

What was kept private, withdrawn or undone is not in it, in no wording that it ever had, and functions stand for names.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from tabletop.core import events as e
from tabletop.core import learning, review
from tabletop.core.exercise import Exercise
from tabletop.core.names import Names, names_in, organisations_in
from tabletop.core.planning import planned_length
from tabletop.core.seats import seated
from tabletop.core.session import Point, Session
from tabletop.core.text import clean_line
from tabletop.files import log


class Function(NamedTuple):
    """An official as the dossier knows one."""

    id: str
    label: str
    pool: str
    key: bool


class Goal(NamedTuple):
    """An objective, and the principle that it practises."""

    id: str
    text: str
    practises: str


class Script(NamedTuple):
    """What the dossier takes from an exercise; many logs share one."""

    exercise: str
    """The id of the original, in whatever language this one is."""
    title: str
    language: str
    functions: tuple[Function, ...]
    goals: tuple[Goal, ...]
    injects: tuple[tuple[str, str], ...]
    """Ids and names, in the order of the file, reserves too."""
    instruments: tuple[str, ...]
    """The lines of its checklist."""


class PointHeld(NamedTuple):
    """A learning point that may be told, as it stands now."""

    id: str
    official: str
    inject: str
    """How the inject is called; empty for none."""
    text: str
    turn: str
    kind: str
    level: str
    aspect: str
    themes: tuple[str, ...]


class ActionHeld(NamedTuple):
    id: str
    text: str
    owner: str
    due: str
    """The day, as YYYY-MM-DD."""
    point: str
    """The id of the point that it follows from, or in which that one went on; empty for none that may be told."""


class InjectHeld(NamedTuple):
    """What became of an inject of the storyline, or of a reserve that was brought in."""

    id: str
    minutes: float | None
    """How long it was on screen; None when it did not come."""
    planned: float | None
    """None for a reserve."""
    points: int
    decisions: int


class Harvest(NamedTuple):
    """What the dossier takes from one log."""

    id: str
    day: str
    """As YYYY-MM-DD, where it was."""
    incident: str
    """Of a real incident: where it is known from."""
    group: str
    organisations: tuple[str, ...]
    """Of who sat there: they tell two groups apart where nobody named a group. They are shown nowhere."""
    events: int
    """How many there are: of two copies of a log the one with more counts."""
    script: Script
    officials: tuple[str, ...]
    """Who took part at any moment, in the order of the exercise."""
    points: tuple[PointHeld, ...]
    actions: tuple[ActionHeld, ...]
    used: tuple[str, ...]
    """Instruments."""
    reached: tuple[str, ...]
    """Objectives."""
    injects: tuple[InjectHeld, ...]


def harvested(path: Path) -> Harvest:
    """Take from a log what the dossier wants, by a full parse; raises Trouble for whatever is no log."""
    contents = log.read(path)
    return harvest_of(contents.head, contents.events)


def harvest_of(head: e.Head, events: tuple[e.Event, ...]) -> Harvest:
    session = review.looked_back(head, events)
    names, script = names_in(head, events), script_of(head.exercise)
    points = {point.id: point for point in learning.told_points(session)}
    ids = {inject for inject, _ in script.injects}
    lasted = {one.step.id: one.minutes for one in review.passed(session)
              if one.began is not None and one.step.id in ids}  # fmt: skip
    decided = (event for event in review.told_events(session) if isinstance(event, e.DecisionMade))
    return Harvest(
        id=run_id(head.id),
        day=(session.started or head.started).date().isoformat(),
        incident=names.left_out_of(head.incident),
        group=head.group.strip(),
        organisations=tuple(sorted(organisations_in(head, events))),
        events=len(events),
        script=script,
        officials=of_exercise(script, seated(session)),
        points=tuple(_point_held(session, point, names) for point in points.values()),
        actions=tuple(_actions_held(session, points, names)),
        used=tuple(sorted(session.used)),
        reached=tuple(sorted(session.objectives_reached)),
        injects=injects_held(
            script,
            lasted,
            planned_minutes(head.exercise, len(head.participants)),
            [point.inject or "" for point in points.values()],
            [event.inject or "" for event in decided],
        ),
    )


def run_id(text: str) -> str:
    """How a run is called in the dossier: as in its log, without anything that could not be shown."""
    return clean_line(text).strip() or "run"


def script_of(exercise: Exercise) -> Script:
    injects = (*exercise.injects, *exercise.reserves)
    return Script(
        exercise=exercise.translation_of.strip() or exercise.id or exercise.title,
        title=exercise.title,
        language=exercise.language,
        functions=tuple(Function(one.id, one.short, one.pool, one.key) for one in exercise.officials),
        goals=tuple(Goal(one.id, one.text, one.practises.strip()) for one in exercise.objectives),
        injects=tuple((one.id, one.name) for one in injects),
        instruments=exercise.checklist.lines,
    )


def planned_minutes(exercise: Exercise, people: int) -> Mapping[str, float]:
    """How long each inject of the storyline is planned to take with so many people."""
    return {inject.id: planned_length(exercise, inject, people) for inject in exercise.injects}


def of_exercise(script: Script, officials: Iterable[str]) -> tuple[str, ...]:
    """Those of these functions that the exercise knows, in its order."""
    there = frozenset(officials)
    return tuple(one.id for one in script.functions if one.id in there)


def injects_held(
    script: Script,
    lasted: Mapping[str, float],
    planned: Mapping[str, float],
    points: Iterable[str],
    decisions: Iterable[str],
) -> tuple[InjectHeld, ...]:
    """What became of the injects; points and decisions by the id of the inject at which they were."""
    noted, made = _counted(points), _counted(decisions)
    return tuple(
        InjectHeld(inject, lasted.get(inject), planned.get(inject), noted.get(inject, 0), made.get(inject, 0))
        for inject, _ in script.injects
        if inject in planned or inject in lasted
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def _point_held(session: Session, point: Point, names: Names) -> PointHeld:
    inject = session.find_inject(point.inject) if point.inject else None
    name = names.left_out_of(inject.name) if inject is not None else ""
    return PointHeld(point.id, point.official or "", name, names.left_out_of(point.text), point.turn, point.kind,
                     point.level, point.aspect, themes_of(map(names.left_out_of, point.themes)))  # fmt: skip


def themes_of(themes: Iterable[str]) -> tuple[str, ...]:
    """The themes of a point, each once, in its order."""
    return tuple(dict.fromkeys(name for theme in themes if (name := theme.strip())))


def _actions_held(session: Session, told: Mapping[str, Point], names: Names) -> Iterable[ActionHeld]:
    points = {point.id: point for point in session.points}
    for action in learning.agreed_actions(session):
        day, way = day_of(action.due), way_of(points, action.point or "")
        if day and not any(point.private for point in way):
            known = way[-1].id if way and way[-1].id in told else ""
            yield ActionHeld(action.id, names.left_out_of(action.text), names.left_out_of(action.owner), day, known)


class Merged(Protocol):
    """A point, as far as it is known by what another went on in."""

    @property
    def withdrawn(self) -> bool: ...
    @property
    def into(self) -> str | None: ...


M = TypeVar("M", bound=Merged)


def way_of(points: Mapping[str, M], name: str) -> list[M]:
    """The point of this name, the one in which it went on, and so on."""
    way: list[M] = []
    point = points.get(name)
    while point is not None and point not in way:
        way.append(point)
        point = points.get(point.into) if point.withdrawn and point.into else None
    return way


def day_of(text: str) -> str:
    """The day of an action, as YYYY-MM-DD; empty where there is none, because it is an intention then."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""
