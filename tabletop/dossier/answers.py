"""What the dossier knows, as values: the index fills them, screens, documents and exports show them.

An *occasion* is one exercise with one group, or one real incident: the same script with the same group twice is one.
What was kept private is in none of these.
"""

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from tabletop.core import events as e

State: TypeAlias = Literal["signal", "pattern"]
"""Seen on one occasion, or on as many different ones as the threshold asks: two, unless somebody decided otherwise."""


class Run(NamedTuple):
    """One log: an exercise that was run, or an incident that was entered."""

    id: str
    path: Path
    title: str
    day: date
    language: str
    is_incident: bool
    source: str
    """Of an incident: where it is known from."""
    origin: str
    """The region that it came from; empty for one's own."""
    group: str
    exercise: str
    """The id of the exercise, in whatever language it was run."""
    officials: tuple[str, ...]
    """Who took part, by the ids of their functions."""
    points: int


class PointSeen(NamedTuple):
    """A learning point in a run."""

    run: str
    id: str
    day: date
    title: str
    """Of the exercise or incident."""
    group: str
    origin: str
    official: str
    """The id of the function; empty for the whole table."""
    label: str
    inject: str
    """How the inject is called at which it was noted; empty for none."""
    text: str
    turn: e.Turn
    kind: e.PointKind
    level: e.Level
    aspect: e.Aspect
    themes: tuple[str, ...]
    """As they are called by now, renamed and merged ones under their present name."""

    @property
    def key(self) -> str:
        """What the decisions file calls it: ``run/point``."""
        return f"{self.run}/{self.id}"


class Column(NamedTuple):
    """A function, and in how many runs it took part."""

    official: str
    label: str
    took_part: int


class Cell(NamedTuple):
    """In how many of the runs in which it could occur a theme was seen for a function."""

    official: str
    seen: int
    of: int
    points: int
    occasions: int
    """Different ones: what makes a pattern."""
    state: State | None
    """None where it was not seen."""


class HeatRow(NamedTuple):
    theme: str
    cells: tuple[Cell, ...]
    """One for each column, in the same order."""
    seen: int
    of: int


class Heat(NamedTuple):
    """Themes by functions; themes first, because a function is sometimes one person."""

    columns: tuple[Column, ...]
    rows: tuple[HeatRow, ...]


class Proposal(NamedTuple):
    """What a person decided about points that say the same: a change, for a reason, and whether it was used since."""

    id: str
    text: str
    reason: str
    by: str
    day: date
    uses: tuple[tuple[date, str], ...] = ()
    """When it was used, and where; from the first one on it is a practice."""

    @property
    def is_practice(self) -> bool:
        return bool(self.uses)


class Recurring(NamedTuple):
    """Points that say the same: in equal words, or because a reviewer linked them. The newest words come first."""

    key: str
    """The key of its oldest point; links and decisions hang on it."""
    text: str
    earlier: tuple[str, ...]
    """Other wordings, the newest first."""
    state: State
    points: tuple[PointSeen, ...]
    occasions: int
    proposal: Proposal | None = None
    take_along: bool = False
    """Whether it goes to the next session."""
    returned_after: date | None = None
    """The day on which an action about it was closed, where it was seen again after that."""

    @property
    def put(self) -> str:
        """How it is put by now: as a proposal, where somebody made one of it, or else in its newest words."""
        return self.proposal.text if self.proposal is not None else self.text


class Question(NamedTuple):
    """A good question, and the practices and proposals that stand under the same theme or were linked to it."""

    about: Recurring
    practices: tuple[Recurring, ...]
    proposals: tuple[Recurring, ...]


class Action(NamedTuple):
    run: str
    id: str
    title: str
    """Of the exercise or incident in which it was agreed."""
    text: str
    owner: str
    due: date
    point: str
    """The key of the point that it follows from; empty for none."""
    closed: date | None
    note: str = ""

    @property
    def key(self) -> str:
        return f"{self.run}/{self.id}"


class NotPractised(NamedTuple):
    """What the exercises of a year left out: it stands in an exercise that was run, or earlier, and did not come."""

    year: int
    officials: tuple[str, ...]
    """By their labels."""
    pools: tuple[str, ...]
    objectives: tuple[str, ...]
    """By their sentences."""
    principles: tuple[str, ...]
    instruments: tuple[str, ...]
    """Of all checklists, those that nobody ever used."""


class InjectInGroup(NamedTuple):
    group: str
    run: str
    day: date
    minutes: float | None
    """How long it was on screen; None when it did not come."""
    planned: float | None
    points: int
    decisions: int


class InjectSideBySide(NamedTuple):
    """One inject over all groups that had it, as feedback to its author."""

    exercise: str
    inject: str
    title: str
    groups: tuple[InjectInGroup, ...]


class Skipped(NamedTuple):
    """A file that is no log of ours, is damaged, is newer than this program, or holds a run that is there already."""

    path: Path
    sentence: str
    """Why, as a code of ``locale.sentences``."""
    values: dict[str, object]


class Found(NamedTuple):
    """A hit of a search, best first."""

    point: PointSeen


class LastTime(NamedTuple):
    """What a group takes up again before its next run."""

    run: Run | None
    """The last one of this group; None for a group that was not seen before."""
    points: tuple[PointSeen, ...]
    """What it would do differently, asked or proposed then, as far as no action about it was closed."""
    along: tuple[Recurring, ...]
    """What somebody flagged for the next session, whoever saw it."""
    actions: tuple[Action, ...]
    """Those of this group that are open."""

    @property
    def open(self) -> int:
        """How much of it there is."""
        return len(self.points) + len(self.along) + len(self.actions)


class Overview(NamedTuple):
    runs: int
    """Exercises and incidents together."""
    incidents: int
    first: date | None
    last: date | None
    points: int
    patterns: int
    """What was said on several occasions, over all years; and what was said on one."""
    signals: int
    skipped: tuple[Skipped, ...]
