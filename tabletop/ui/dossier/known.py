"""What a dossier answers, each answer kept until somebody decides something; and a search that knows a few signs."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Final, NamedTuple, TypeAlias, TypeVar, cast

from tabletop.dossier.answers import (
    Action,
    Heat,
    HeatRow,
    InjectSideBySide,
    NotPractised,
    Overview,
    PointSeen,
    Question,
    Recurring,
    Run,
    Skipped,
)
from tabletop.dossier.knows import Knows

_A = TypeVar("_A")
MOST_FOUND: Final = 200
"""Hits that are looked at: nobody reads more."""


class Script(NamedTuple):
    """An exercise, and how many times it was run."""

    exercise: str
    title: str
    runs: int


class Spot(NamedTuple):
    """A cell of the heat table: a theme, and a function."""

    theme: str
    official: str


Target: TypeAlias = Recurring | Question | PointSeen | Action | Run | Skipped | Script | Spot
"""What can be chosen on a page, and what commands are about."""


def key_of(target: Target) -> str:
    """What stays the same about a target when it is asked for again."""
    match target:
        case Recurring() | PointSeen() | Action():
            return target.key
        case Question():
            return target.about.key
        case Run():
            return target.id
        case Skipped():
            return str(target.path)
        case Script():
            return target.exercise
        case Spot():
            return f"{target.theme}\0{target.official}"


class Known:
    """The answers of one dossier, kept for as long as nothing is decided: a screen is drawn for each key."""

    def __init__(self, source: Knows, today: date) -> None:
        self.source = source
        self.today = today
        self.patterns_only = False
        """Whether signals are left out of what recurs."""
        self.year: int | None = None
        """The year that the heat table is about; None for all of them."""
        self.generation = 0
        """Another number whenever an answer may be another one: whoever keeps something made of answers looks at it."""
        self._kept: dict[Hashable, object] = {}

    def forget(self) -> None:
        """Ask again from now on: something was decided."""
        self._kept.clear()
        self.generation += 1

    def narrow(self, *, year: int | None, patterns_only: bool) -> None:
        """Look at one year only, or at patterns only."""
        self.year, self.patterns_only = year, patterns_only
        self.generation += 1

    def _once(self, asked: Hashable, ask: Callable[[], _A]) -> _A:
        if asked not in self._kept:
            self._kept[asked] = ask()
        return cast("_A", self._kept[asked])

    @property
    def overview(self) -> Overview:
        return self._once("overview", self.source.overview)

    @property
    def runs(self) -> tuple[Run, ...]:
        return self._once("runs", self.source.runs)

    @property
    def heat(self) -> Heat:
        return self._once(("heat", self.year), lambda: self.source.heat(self.year))

    @property
    def every_theme(self) -> tuple[HeatRow, ...]:
        """The themes of all years."""
        return self._once(("heat", None), lambda: self.source.heat(None)).rows

    @property
    def recurring(self) -> tuple[Recurring, ...]:
        """Patterns before signals."""
        only = self.patterns_only
        return self._once(("recurring", only), lambda: _patterns_first(self.source.recurring(patterns_only=only)))

    @property
    def everything(self) -> tuple[Recurring, ...]:
        """Patterns and signals, whatever is shown."""
        return self._once("everything", lambda: _patterns_first(self.source.recurring()))

    @property
    def questions(self) -> tuple[Question, ...]:
        return self._once("questions", self.source.questions)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The open ones by the day that was agreed, then what was closed, the latest first."""
        return self._once("actions", lambda: _open_first(self.source.actions(open_only=False)))

    def points(self, theme: str, official: str) -> tuple[PointSeen, ...]:
        """The points behind a cell of the heat table, the newest first."""
        found = self._once(("points", theme, official),
                           lambda: newest_first(self.source.points(theme=theme, official=official)))  # fmt: skip
        return tuple(one for one in found if self.year is None or one.day.year == self.year)

    def not_practised(self, year: int) -> NotPractised:
        return self._once(("not-practised", year), lambda: self.source.not_practised(year))

    def side_by_side(self, exercise: str) -> tuple[InjectSideBySide, ...]:
        return self._once(("side-by-side", exercise), lambda: self.source.side_by_side(exercise))

    @property
    def scripts(self) -> tuple[Script, ...]:
        """The exercises that were run, those that were run most first."""
        return self._once("scripts", self._scripts)

    def _scripts(self) -> tuple[Script, ...]:
        times: dict[str, int] = {}
        titles: dict[str, str] = {}
        for run in self.runs:
            if not run.is_incident:
                times[run.exercise] = times.get(run.exercise, 0) + 1
                titles.setdefault(run.exercise, run.title)
        found = (Script(exercise, titles[exercise], count) for exercise, count in times.items())
        return tuple(sorted(found, key=lambda script: (-script.runs, script.title)))

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which something was run, the newest first."""
        return self._once("years", lambda: tuple(sorted({run.day.year for run in self.runs}, reverse=True)))

    @property
    def labels(self) -> dict[str, str]:
        """How functions are called, by their ids."""
        return self._once("labels", self._labels)

    def _labels(self) -> dict[str, str]:
        return {column.official: column.label for column in self.source.heat(None).columns}

    def run(self, id: str) -> Run | None:  # noqa: A002 - what it is called in a log
        by_id = self._once("runs-by-id", lambda: {run.id: run for run in self.runs})
        return by_id.get(id)

    def recurring_of(self, point: str) -> Recurring | None:
        """What a point belongs to, by its key."""
        return self._once(("belonging", point), lambda: self.source.belonging(point))

    def search(self, typed: str) -> tuple[PointSeen, ...]:
        """Points for what was typed: words, ``@function``, ``#theme``, ``+`` or ``-``, a year; the newest first."""
        return self._once(("search", typed), lambda: tuple(hit.point for hit in self.source.search(typed, MOST_FOUND)))


def newest_first(points: Iterable[PointSeen]) -> tuple[PointSeen, ...]:
    return tuple(sorted(points, key=lambda point: point.day, reverse=True))


def _patterns_first(found: tuple[Recurring, ...]) -> tuple[Recurring, ...]:
    return tuple(sorted(found, key=lambda one: one.state != "pattern"))


def _open_first(found: tuple[Action, ...]) -> tuple[Action, ...]:
    waiting = sorted((one for one in found if one.closed is None), key=lambda one: one.due)
    closed = sorted(
        (one for one in found if one.closed is not None), key=lambda one: one.closed or one.due, reverse=True
    )
    return (*waiting, *closed)
