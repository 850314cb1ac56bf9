"""What the exercises of a year left out, and the same inject beside itself over groups."""

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tabletop.dossier.answers import InjectInGroup, InjectSideBySide, NotPractised
from tabletop.dossier.asking import Asking
from tabletop.dossier.harvest import Script
from tabletop.dossier.rows import injects_of


class _Practised(NamedTuple):
    """Runs of one exercise that practised the same."""

    script: Script
    year: int
    officials: frozenset[str]
    reached: frozenset[str]
    used: frozenset[str]


def not_practised(asking: Asking, year: int) -> NotPractised:
    """What stands in an exercise that was ever run by the end of the year, and did not come in it."""
    runs = list(_until(asking, year))
    this_year = [run for run in runs if run.year == year]
    scripts = list(dict.fromkeys(run.script for run in runs))
    functions = [one for script in scripts for one in script.functions if one.key]
    labels = {one.id: one.label for one in reversed(functions)}
    took_part = {official for run in this_year for official in run.officials}
    practised = {one.pool for run in this_year for one in run.script.functions if one.key and one.id in took_part}
    goals = {(script.exercise, goal.id): goal for script in reversed(scripts) for goal in script.goals}
    order = dict.fromkeys((script.exercise, goal.id) for script in scripts for goal in script.goals)
    reached = {(run.script.exercise, goal) for run in this_year for goal in run.reached}
    done = {goals[key].practises for key in reached if key in goals}
    used = {line for run in runs for line in run.used}
    return NotPractised(
        year=year,
        officials=tuple(labels[one] for one in dict.fromkeys(one.id for one in functions) if one not in took_part),
        pools=tuple(pool for pool in dict.fromkeys(one.pool for one in functions) if pool not in practised),
        objectives=tuple(dict.fromkeys(goals[key].text for key in order if key not in reached)),
        principles=tuple(name for name in dict.fromkeys(goals[key].practises for key in order)
                         if name and name not in done),
        instruments=tuple(line for line in dict.fromkeys(line for script in scripts for line in script.instruments)
                          if line not in used),
    )  # fmt: skip


def _until(asking: Asking, year: int) -> Iterable[_Practised]:
    """What was practised up to the end of a year, the newest first."""
    found = asking.db.execute(
        "SELECT script, substr(day, 1, 4), officials, reached, used FROM runs WHERE is_counted AND incident = '' "
        "AND day < ? GROUP BY 1, 2, 3, 4, 5 ORDER BY max(day || run) DESC",
        (f"{year + 1:04}",),
    )
    for script, when, *lists in found:
        officials, reached, used = (frozenset(json.loads(text)) for text in lists)
        yield _Practised(asking.scripts[script], int(when), officials, reached, used)


def side_by_side(asking: Asking, exercise: str) -> tuple[InjectSideBySide, ...]:
    """Each inject of an exercise over all runs that had it, as it is called in the newest; the newest run first."""
    scripts = [number for number, script in asking.scripts.items() if script.exercise == exercise]
    found = asking.db.execute(
        "SELECT run, day, team, injects, script FROM runs "
        f"WHERE is_counted AND script IN ({', '.join('?' * len(scripts))}) ORDER BY day DESC, run DESC",
        scripts,
    )
    names: dict[str, str] = {}
    groups: dict[str, list[InjectInGroup]] = {}
    for run, day, team, injects, script in found:
        called = dict(asking.scripts[script].injects)
        for one in injects_of(injects):
            names.setdefault(one.id, called[one.id])
            groups.setdefault(one.id, []).append(
                InjectInGroup(team, run, date.fromisoformat(day), one.minutes, one.planned, one.points, one.decisions)
            )
    return tuple(InjectSideBySide(exercise, one, names[one], tuple(groups[one])) for one in sorted(names, key=_natural))


def _natural(inject: str) -> tuple[str, int, str]:
    """So that a2 comes before a10."""
    letters = inject.rstrip("0123456789")
    return letters, int(inject[len(letters) :][:9] or 0), inject
