"""What the dossier takes from one log. What somebody kept private is not in it, and functions stand for names."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tabletop.core import events as e
from tabletop.core import learning, review
from tabletop.core.exercise import Exercise, Inject
from tabletop.core.names import names_in, organisations_in
from tabletop.core.seats import seated
from tabletop.core.session import Session
from tabletop.dossier.answers import Action, InjectInGroup, PointSeen, Run
from tabletop.files.log import read


@dataclass(frozen=True)
class Harvest:
    """One run, with what the answers are made of."""

    run: Run
    organisations: tuple[str, ...]
    """Of who sat there: they tell two groups apart where nobody named a group. They are shown nowhere."""
    events: int
    labels: dict[str, str]
    """Of every key official of the exercise, by id, in its order."""
    pools: dict[str, str]
    points: tuple[PointSeen, ...]
    actions: tuple[Action, ...]
    objectives: dict[str, str]
    """Their sentences by id."""
    principles: dict[str, str]
    """What an objective practises, by the objective's id."""
    reached: frozenset[str]
    instruments: tuple[str, ...]
    used: frozenset[str]
    injects: tuple[tuple[str, str, InjectInGroup], ...]
    """The id and the title of each inject of the storyline, and how it went."""


def harvest(path: Path) -> Harvest:
    """Read a log, with what was added and corrected when looking back. Raises Trouble for what is none."""
    contents = read(path)
    head, session = contents.head, review.looked_back(contents.head, contents.events)
    exercise = head.exercise
    names = names_in(head, contents.events)
    labels = {one.id: one.short for one in exercise.officials}
    told = learning.told_points(session)
    at_table = tuple(one.id for one in exercise.officials if one.id in seated(session))
    run = Run(
        id=head.id,
        path=path,
        title=exercise.title,
        day=head.started.date(),
        language=head.language,
        is_incident=bool(head.incident),
        source=head.incident,
        origin="",
        group=head.group,
        exercise=exercise.translation_of or exercise.id or exercise.title,
        officials=at_table,
        points=len(told),
    )

    def inject_name(inject_id: str | None) -> str:
        inject = session.find_inject(inject_id) if inject_id else None
        return names.left_out_of(inject.name) if inject is not None else ""

    points = tuple(
        PointSeen(run=head.id, id=point.id, day=run.day, title=exercise.title, group=run.group, origin="",
                  official=point.official or "", label=labels.get(point.official or "", point.official or ""),
                  inject=inject_name(point.inject), text=names.left_out_of(point.text), turn=point.turn,
                  kind=point.kind, level=point.level, aspect=point.aspect, themes=point.themes)
        for point in told if point.text
    )  # fmt: skip
    actions = tuple(
        Action(run=head.id, id=action.id, title=exercise.title, text=names.left_out_of(action.text),
               owner=names.left_out_of(action.owner), due=due,
               point=f"{head.id}/{action.point}" if action.point else "", closed=None)
        for action in learning.agreed_actions(session) if (due := _day(action.due)) is not None
    )  # fmt: skip
    return Harvest(
        run=run,
        organisations=tuple(sorted(organisations_in(head, contents.events))),
        events=len(contents.events),
        labels={one.id: one.short for one in exercise.key_officials},
        pools={one.id: one.pool for one in exercise.key_officials},
        points=points,
        actions=actions,
        objectives={one.id: one.text for one in exercise.objectives},
        principles={one.id: one.practises for one in exercise.objectives if one.practises},
        reached=session.objectives_reached,
        instruments=exercise.checklist.lines,
        used=frozenset(session.used),
        injects=tuple(_injects(session, exercise, run)),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _injects(session: Session, exercise: Exercise, run: Run) -> list[tuple[str, str, InjectInGroup]]:
    decided = [event for event in review.told_events(session) if isinstance(event, e.DecisionMade)]
    told = learning.told_points(session)
    found = []
    for passed in review.passed(session):
        step = passed.step
        if not isinstance(step, Inject) or exercise.inject(step.id) is None:
            continue
        row = InjectInGroup(
            group=run.group, run=run.id, day=run.day, minutes=None if passed.began is None else passed.minutes,
            planned=passed.planned_minutes, points=sum(point.inject == step.id for point in told),
            decisions=sum(event.inject == step.id for event in decided),
        )  # fmt: skip
        found.append((step.id, step.name, row))
    return found
