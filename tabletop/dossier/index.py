"""A dossier over one or more folders of logs: it reads them all, and answers from what it took from each.

Logs are only read. What people decide is kept in a file of its own beside them, see :mod:`tabletop.dossier.decisions`.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tabletop.core.learning import plain_word
from tabletop.dossier import decisions
from tabletop.dossier.answers import (
    Action,
    Cell,
    Column,
    Found,
    Heat,
    HeatRow,
    InjectInGroup,
    InjectSideBySide,
    NotPractised,
    Overview,
    PointSeen,
    Proposal,
    Question,
    Recurring,
    Run,
    Skipped,
    State,
)
from tabletop.dossier.decisions import Decided, Decision
from tabletop.dossier.harvest import Harvest, harvest
from tabletop.files.trouble import Trouble

_WORD: Final = re.compile(r"\w+")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")


class Stopped(Exception):
    """Whoever asked for the dossier went away before all logs were read."""


@dataclass
class Dossier:
    """What many runs taught. Its answers follow from the logs and the decisions, and from nothing else."""

    folders: tuple[Path, ...]
    harvests: tuple[Harvest, ...]
    """From new to old, each with its present group, origin and themes."""
    skipped: tuple[Skipped, ...]
    decided: Decided

    @classmethod
    def open(
        cls,
        folders: Sequence[Path],
        *,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> "Dossier":
        """Read every log in these folders and below. What is no log is named and skipped.

        Raises Stopped when ``stop`` says so.
        """
        paths = list(_files(folders))
        found: dict[str, Harvest] = {}
        skipped: list[Skipped] = []
        for number, path in enumerate(paths, start=1):
            if stop is not None and stop():
                raise Stopped
            try:
                one = harvest(path)
            except Trouble as trouble:
                skipped.append(Skipped(path, trouble.code, dict(trouble.values)))
            else:
                kept, left = _the_longer(found.get(one.run.id), one)
                found[one.run.id] = kept
                if left is not None:
                    skipped.append(Skipped(left.run.path, "dossier-twice",
                                           {"file": str(left.run.path), "other": str(kept.run.path)}))  # fmt: skip
            if progress is not None:
                progress(number, len(paths))
        decided: list[Decision] = []
        for folder in folders:
            try:
                standing = decisions.read(folder)
            except Trouble as trouble:
                skipped.append(Skipped(folder / decisions.NAME, trouble.code, dict(trouble.values)))
            else:
                decided += standing.decisions
                skipped += [Skipped(folder / decisions.NAME, one.code, dict(one.values)) for one in standing.notices]
        harvests = tuple(sorted(found.values(), key=lambda one: (one.run.day, one.run.id), reverse=True))
        return cls(tuple(folders), harvests, tuple(skipped), Decided(decided))

    def __post_init__(self) -> None:
        self._name()

    def _name(self) -> None:
        """Put the groups, origins and themes that were decided in the place of those in the logs."""
        self.harvests = tuple(_renamed(one, self.decided) for one in self.harvests)
        self._recurring = tuple(self._grouped())
        self._haystack = [(point, _plain(" ".join(_words_of(point)))) for one in self.harvests for point in one.points]

    def decide(self, decision: Decision) -> None:
        """Write a decision down in the first folder, and answer accordingly from now on. Raises Trouble."""
        decisions.add(self.folders[0], decision)
        everything: list[Decision] = []
        for folder in self.folders:
            try:
                everything += decisions.read(folder).decisions
            except Trouble:  # told when the dossier was opened
                continue
        self.decided = Decided(everything)
        self._name()

    # --- runs and points ---

    def runs(self) -> tuple[Run, ...]:
        return tuple(one.run for one in self.harvests)

    def points(self, *, theme: str = "", official: str = "") -> tuple[PointSeen, ...]:
        return tuple(
            point
            for one in self.harvests
            for point in one.points
            if (not theme or theme in point.themes) and (not official or point.official == official)
        )

    def overview(self) -> Overview:
        runs = self.runs()
        states = [cell.state for line in self.heat().rows for cell in line.cells]
        return Overview(
            runs=len(runs),
            incidents=sum(run.is_incident for run in runs),
            first=min((run.day for run in runs), default=None),
            last=max((run.day for run in runs), default=None),
            points=len(self.points()),
            patterns=states.count("pattern"),
            signals=states.count("signal"),
            skipped=self.skipped,
        )

    def heat(self, year: int | None = None) -> Heat:
        """Return themes by functions. A point of the whole table counts in the row of its theme alone."""
        chosen = [one for one in self.harvests if year is None or one.run.day.year == year]
        took_part = defaultdict[str, int](int)
        labels: dict[str, str] = {}
        for one in chosen:
            for official in one.run.officials:
                took_part[official] += 1
            for official, label in one.labels.items():
                labels.setdefault(official, label)
            for point in one.points:
                if point.official:
                    labels.setdefault(point.official, point.label)
        columns = tuple(Column(official, label, took_part[official]) for official, label in labels.items()
                        if took_part[official])  # fmt: skip
        themes = dict.fromkeys(theme for one in chosen for point in one.points for theme in point.themes)
        rows = []
        for theme in themes:
            cells = tuple(self._cell(chosen, theme, column) for column in columns)
            seen = sum(any(theme in point.themes for point in one.points) for one in chosen)
            rows.append(HeatRow(theme, cells, seen, len(chosen)))
        return Heat(columns, tuple(sorted(rows, key=lambda row: -row.seen)))

    def _cell(self, chosen: Iterable[Harvest], theme: str, column: Column) -> Cell:
        points, seen, occasions = 0, 0, set()
        for one in chosen:
            here = sum(theme in point.themes and point.official == column.official for point in one.points)
            if here and column.official in one.run.officials:
                seen += 1
                points += here
                occasions.add(_occasion(one))
        state = self._state(len(occasions)) if seen else None
        return Cell(column.official, seen, column.took_part, points, len(occasions), state)

    def _state(self, occasions: int) -> State:
        return "pattern" if occasions >= self.decided.threshold else "signal"

    # --- what returned ---

    def recurring(self, *, theme: str = "", official: str = "", patterns_only: bool = False) -> tuple[Recurring, ...]:
        """Points that say the same, what was seen on most occasions first."""
        return tuple(
            one
            for one in self._recurring
            if (not theme or any(theme in point.themes for point in one.points))
            and (not official or any(point.official == official for point in one.points))
            and (not patterns_only or one.state == "pattern")
        )

    def _grouped(self) -> Iterator[Recurring]:
        occasion_of = {one.run.id: _occasion(one) for one in self.harvests}
        groups = [self._of_group(group, occasion_of) for group in self._same()]
        return iter(sorted(groups, key=lambda one: (-one.occasions, -one.points[0].day.toordinal(), one.key)))

    def _same(self) -> Iterator[list[PointSeen]]:
        """The points in heaps that say the same: in equal words, or because somebody linked them."""
        leader: dict[str, str] = {}

        def first(key: str) -> str:
            while leader[key] != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        by_words: dict[str, str] = {}
        points = {point.key: point for one in self.harvests for point in one.points}
        for key, point in points.items():
            leader[key] = key
            if key not in self.decided.alone:
                leader[key] = first(by_words.setdefault(f"{point.turn} {_plain(point.text)}", key))
        for one, other in self.decided.links:
            if one in leader and other in leader:
                leader[first(one)] = first(other)
        heaps: dict[str, list[PointSeen]] = {}
        for key, point in points.items():
            heaps.setdefault(first(key), []).append(point)
        return iter(heaps.values())

    def _of_group(self, points: list[PointSeen], occasion_of: dict[str, tuple[str, ...]]) -> Recurring:
        newest = sorted(points, key=lambda point: (point.day, point.key), reverse=True)
        keys = [point.key for point in newest]
        occasions = len({occasion_of[point.run] for point in points})
        wordings = tuple(dict.fromkeys(point.text for point in newest))
        closed = [
            day
            for one in self.harvests
            for action in one.actions
            if action.point in keys and action.key in self.decided.closed
            for day in [self.decided.closed[action.key].at.date()]
            if newest[0].day > day
        ]
        return Recurring(
            key=keys[-1],
            text=wordings[0],
            earlier=wordings[1:],
            state=self._state(occasions),
            points=tuple(newest),
            occasions=occasions,
            proposal=self._proposal(keys),
            take_along=any(self.decided.along.get(key, False) for key in keys),
            returned_after=max(closed, default=None),
        )

    def _proposal(self, keys: Iterable[str]) -> Proposal | None:
        made = [self.decided.proposals[key] for key in keys if key in self.decided.proposals]
        if not made:
            return None
        last = max(made, key=lambda decision: (decision.at, decision.id))
        used = sorted((use.day or use.at.date(), use.text) for key in keys for use in self.decided.uses.get(key, ()))
        return Proposal(last.id, last.text, last.reason, last.by, last.at.date(), tuple(used))

    def questions(self) -> tuple[Question, ...]:
        """Good questions, with the practices and proposals under the same theme."""
        return tuple(
            Question(one, *self._answers_to(one)) for one in self._recurring if one.points[0].kind == "question"
        )

    def _answers_to(self, question: Recurring) -> tuple[tuple[Recurring, ...], tuple[Recurring, ...]]:
        themes = {theme for point in question.points for theme in point.themes}
        beside = [
            one
            for one in self._recurring
            if one.key != question.key and any(theme in themes for point in one.points for theme in point.themes)
        ]
        practices = tuple(one for one in beside if _is_practice(one))
        proposals = tuple(one for one in beside if not _is_practice(one) and _is_proposal(one))
        return practices, proposals

    # --- what is agreed, and what was left out ---

    def actions(self, *, open_only: bool = True) -> tuple[Action, ...]:
        found = []
        for one in self.harvests:
            for action in one.actions:
                closing = self.decided.closed.get(action.key)
                if closing is None:
                    found.append(action)
                elif not open_only:
                    found.append(action._replace(closed=closing.at.date(), note=closing.text))
        return tuple(sorted(found, key=lambda action: (action.due, action.key)))

    def not_practised(self, year: int) -> NotPractised:
        """What stands in an exercise that was ever run, and did not come in this year."""
        this_year = [one for one in self.harvests if one.run.day.year == year and not one.run.is_incident]
        known = [one for one in self.harvests if one.run.day.year <= year and not one.run.is_incident]
        took_part = {official for one in this_year for official in one.run.officials}
        reached = {(one.run.exercise, objective) for one in this_year for objective in one.reached}
        officials: dict[str, str] = {}
        objectives: dict[tuple[str, str], str] = {}
        principles: dict[tuple[str, str], str] = {}
        for one in known:
            for official, label in one.labels.items():
                officials.setdefault(official, label)
            for objective, text in one.objectives.items():
                objectives.setdefault((one.run.exercise, objective), text)
            for objective, text in one.principles.items():
                principles.setdefault((one.run.exercise, objective), text)
        pools = dict.fromkeys(pool for one in known for pool in one.pools.values())
        practised = {pool for one in this_year for official, pool in one.pools.items() if official in took_part}
        done = {principles[key] for key in reached if key in principles}
        used = {instrument for one in known for instrument in one.used}
        instruments = dict.fromkeys(line for one in known for line in one.instruments)
        return NotPractised(
            year=year,
            officials=tuple(label for official, label in officials.items() if official not in took_part),
            pools=tuple(pool for pool in pools if pool not in practised),
            objectives=tuple(dict.fromkeys(text for key, text in objectives.items() if key not in reached)),
            principles=tuple(dict.fromkeys(text for text in principles.values() if text not in done)),
            instruments=tuple(line for line in instruments if line not in used),
        )

    def side_by_side(self, exercise: str) -> tuple[InjectSideBySide, ...]:
        """Each inject of an exercise over all groups that had it, as it is called in the newest run."""
        titles: dict[str, str] = {}
        groups: dict[str, list[InjectInGroup]] = {}
        for one in self.harvests:
            if one.run.exercise != exercise:
                continue
            for inject, title, row in one.injects:
                titles.setdefault(inject, title)
                groups.setdefault(inject, []).append(row)
        order = [inject for one in self.harvests if one.run.exercise == exercise for inject, _, _ in one.injects]
        return tuple(
            InjectSideBySide(exercise, inject, titles[inject], tuple(groups[inject]))
            for inject in dict.fromkeys(sorted(order, key=_natural))
        )

    def search(self, text: str, most: int = 50) -> tuple[Found, ...]:
        """Every word begins a word of a point, whatever its accents; @function, #theme, +, - and a year narrow it."""
        narrow: list[Callable[[PointSeen], bool]] = []
        words = []
        for token in text.split():
            test = _narrowing(token)
            if test is not None:
                narrow.append(test)
            else:
                words += [f" {word}" for word in _plain(token).split()]
        found = []
        for point, haystack in self._haystack:
            if all(word in f" {haystack}" for word in words) and all(test(point) for test in narrow):
                found.append(Found(point))
                if len(found) == most:
                    break
        return tuple(found)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every file that may be a log, each once; links to folders are not followed, so that no walk is endless."""
    seen: set[Path] = set()
    for folder in folders:
        for place, inside, names in os.walk(folder):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            for name in sorted(names):
                path = Path(place) / name
                if path.suffix == ".toml" and name != decisions.NAME and not name.startswith("."):
                    real = path.resolve()
                    if real not in seen:
                        seen.add(real)
                        yield path


def _the_longer(one: Harvest | None, other: Harvest) -> tuple[Harvest, Harvest | None]:
    """Of two logs of one run, the one in which more happened, and the other."""
    if one is None:
        return other, None
    return (other, one) if other.events > one.events else (one, other)


def _renamed(one: Harvest, decided: Decided) -> Harvest:
    group = decided.groups.get(one.run.id, one.run.group)
    origin = decided.origins.get(one.run.id, one.run.origin)
    points = tuple(
        point._replace(group=group, origin=origin, themes=tuple(dict.fromkeys(map(decided.theme, point.themes))))
        for point in one.points
    )
    injects = tuple((inject, title, row._replace(group=group)) for inject, title, row in one.injects)
    return replace(one, run=one.run._replace(group=group, origin=origin), points=points, injects=injects)


def _occasion(one: Harvest) -> tuple[str, ...]:
    """What tells two occasions apart: another exercise, another group, or another incident."""
    if one.run.is_incident:
        return ("incident", one.run.id)
    group = (one.run.group.casefold(),) if one.run.group else one.organisations
    return (one.run.exercise, one.run.origin.casefold(), *group)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(plain_word(text)))


def _words_of(point: PointSeen) -> tuple[str, ...]:
    return (point.text, point.title, point.label, point.official, *point.themes, point.inject, point.group)


def _narrowing(part: str) -> Callable[[PointSeen], bool] | None:
    """The test that a part of a search stands for; None where it is a word."""
    if part in ("+", "-", "Δ"):
        turn = "keep" if part == "+" else "change"
        return lambda point: point.turn == turn
    sought = plain_word(part[1:])
    if part.startswith("@") and sought:
        return lambda point: sought in plain_word(f"{point.official} {point.label}")
    if part.startswith("#") and sought:
        return lambda point: any(sought in plain_word(theme) for theme in point.themes)
    if _YEAR.fullmatch(part):
        return lambda point: point.day.year == int(part)
    return None


def _is_practice(one: Recurring) -> bool:
    return one.points[0].kind == "practice" or (one.proposal is not None and one.proposal.is_practice)


def _is_proposal(one: Recurring) -> bool:
    return one.points[0].kind == "proposal" or one.proposal is not None


def _natural(inject: str) -> tuple[str, int, str]:
    """So that a2 comes before a10."""
    letters = inject.rstrip("0123456789")
    number = inject[len(letters) :]
    return letters, int(number[:9] or 0), inject
