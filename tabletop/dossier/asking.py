"""Answers from the index: what is counted is counted there, so that many logs take no more memory than a few."""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any as Value
from typing import Final, NamedTuple

from tabletop.dossier import searching
from tabletop.dossier.answers import (
    Action,
    Cell,
    Column,
    Found,
    Heat,
    HeatRow,
    PointSeen,
    Proposal,
    Question,
    Recurring,
    Run,
    State,
)
from tabletop.dossier.decisions import Decided
from tabletop.dossier.harvest import Script
from tabletop.dossier.naming import themes_of
from tabletop.dossier.rows import script_of
from tabletop.dossier.store import Store

_POINT: Final = (
    "SELECT p.saying, r.occasion, r.run, p.name, r.day, r.script, r.team, r.origin, p.official, p.inject, p.text,"
    " p.turn, p.kind, p.level, p.aspect, p.themes FROM points p JOIN runs r ON r.file = p.file WHERE r.is_counted"
)
_RUN: Final = (
    "SELECT r.run, f.path, r.day, r.incident, r.origin, r.team, r.officials, r.points, r.script "
    "FROM runs r JOIN files f ON f.id = r.file WHERE r.is_counted"
)
_day = lru_cache(maxsize=4096)(date.fromisoformat)


class _Seen(NamedTuple):
    """A point with what it is grouped by."""

    saying: int
    occasion: int
    point: PointSeen


class Asking:
    """Asks the tables, for as long as nothing in them changes."""

    def __init__(self, store: Store, decided: Decided) -> None:
        self.store = store
        self.db = store.db
        self.decided = decided

    # --- what many answers need ---

    @cached_property
    def scripts(self) -> dict[int, Script]:
        return {number: script_of(text) for number, text in self.db.execute("SELECT id, script FROM scripts")}

    @cached_property
    def labels(self) -> dict[int, dict[str, str]]:
        """How officials are called in each exercise."""
        return {number: {one.id: one.label for one in script.functions} for number, script in self.scripts.items()}

    @cached_property
    def themes(self) -> dict[str, str]:
        """How each theme is called by now, by its number as a text."""
        return {str(number): now for number, now in self.db.execute("SELECT id, now FROM names WHERE kind = '#'")}

    def _state(self, occasions: int) -> State:
        return "pattern" if occasions >= self.decided.threshold else "signal"

    # --- runs and points ---

    def runs(self, where: str = "", values: Sequence[object] = ()) -> tuple[Run, ...]:
        """The newest first."""
        found = self.db.execute(f"{_RUN} {where} ORDER BY r.day DESC, r.run DESC", values)
        return tuple(map(self._run, found))

    def _run(self, row: Sequence[Value]) -> Run:
        run, path, day, incident, origin, team, officials, points, number = row
        script = self.scripts[number]
        return Run(run, Path(os.fsdecode(path)), script.title, _day(day), script.language, bool(incident), incident,
                   origin, team, script.exercise, tuple(json.loads(officials)), points)  # fmt: skip

    def points(self, theme: str = "", official: str = "") -> tuple[PointSeen, ...]:
        """Those of the newest run first."""
        where, values = self._about(theme, official)
        return tuple(one.point for one in self._seen(where, values))

    def points_of(self, run: str) -> tuple[PointSeen, ...]:
        return tuple(one.point for one in self._seen("AND r.run = ?", (run,)))

    def _seen(self, where: str = "", values: Sequence[object] = (), order: str = "") -> Iterable[_Seen]:
        order = order or "r.day DESC, r.run DESC, p.id"
        return map(self._point, self.db.execute(f"{_POINT} {where} ORDER BY {order}", values))

    def _point(self, row: Sequence[Value]) -> _Seen:
        saying, occasion, run, name, day, script, team, origin, official, inject, text, *kinds, themes = row
        names = dict.fromkeys(self.themes[theme] for theme in themes.split(",")) if themes else ()
        label = self.labels[script].get(official, official)
        turn, kind, level, aspect = kinds
        point = PointSeen(run, name, _day(day), self.scripts[script].title, team, origin, official, label, inject, text,
                          turn, kind, level, aspect, tuple(names))  # fmt: skip
        return _Seen(saying, occasion, point)

    def _about(self, theme: str, official: str) -> tuple[str, list[object]]:
        """What narrows points to a theme and a function."""
        where, values = "", list[object]()
        if theme:
            wanted = [int(number) for number, now in self.themes.items() if now == theme]
            where += f" AND p.id IN (SELECT point FROM tags WHERE theme IN ({_marks(wanted)}))"
            values += wanted
        if official:
            where += " AND p.official = ?"
            values.append(official)
        return where, values

    # --- themes by functions ---

    def heat(self, year: int | None) -> Heat:
        where, values = ("", ()) if year is None else ("AND substr(r.day, 1, 4) = ?", (f"{year:04}",))
        runs = self.db.execute(f"SELECT count(*) FROM runs r WHERE r.is_counted {where}", values).fetchone()[0]
        columns = self._columns(where, values)
        joined = (
            "FROM tags g JOIN points p ON p.id = g.point JOIN runs r ON r.file = p.file "
            f"JOIN names t ON t.id = g.theme WHERE r.is_counted {where}"
        )
        cells = {
            (theme, official): found
            for theme, official, *found in self.db.execute(
                "SELECT t.now, p.official, count(DISTINCT p.file), count(DISTINCT p.id), count(DISTINCT r.occasion) "
                f"{joined} AND p.present GROUP BY t.now, p.official",
                values,
            )
        }
        found = self.db.execute(f"SELECT t.now, count(DISTINCT p.file) {joined} GROUP BY t.now", values)
        rows = (
            HeatRow(theme, tuple(self._cell(column, cells.get((theme, column.official))) for column in columns), seen,
                    runs)
            for theme, seen in found
        )  # fmt: skip
        return Heat(columns, tuple(sorted(rows, key=lambda row: (-row.seen, row.theme.casefold(), row.theme))))

    def _columns(self, where: str, values: Sequence[object]) -> tuple[Column, ...]:
        """Each function that took part, as it is called in the newest run, in the order of the newest exercises."""
        took_part: dict[str, int] = {}
        found = self.db.execute(
            f"SELECT officials, script, count(*), max(day || run) FROM runs r WHERE r.is_counted {where} GROUP BY 1, 2",
            values,
        ).fetchall()
        newest: dict[int, str] = {}
        for officials, number, count, when in found:
            newest[number] = max(when, newest.get(number, ""))
            for official in json.loads(officials):
                took_part[official] = took_part.get(official, 0) + count
        labels: dict[str, str] = {}
        for number in sorted(newest, key=lambda one: newest[one], reverse=True):
            for one in sorted(self.scripts[number].functions, key=lambda one: not one.key):
                labels.setdefault(one.id, one.label)
        return tuple(Column(official, label, took_part[official]) for official, label in labels.items()
                     if official in took_part)  # fmt: skip

    def _cell(self, column: Column, found: Sequence[int] | None) -> Cell:
        if found is None:
            return Cell(column.official, 0, column.took_part, 0, 0, None)
        seen, points, occasions = found
        return Cell(column.official, seen, column.took_part, points, occasions, self._state(occasions))

    # --- what returned ---

    def recurring(
        self, *, theme: str = "", official: str = "", patterns_only: bool = False, points: Iterable[str] | None = None
    ) -> tuple[Recurring, ...]:
        """Points that say the same, what was seen on most occasions first; ``points`` are keys of some of them."""
        where, values = "", list[object]()
        if points is not None:
            numbers = list(self.store.numbers_of(points, "saying").values())
            where += f" AND p.saying IN ({_marks(numbers)})"
            values += numbers
        within = "AND p.saying IN (SELECT p.saying FROM points p JOIN runs r ON r.file = p.file WHERE r.is_counted"
        for one in ((theme, ""), ("", official)):
            about, narrowed = self._about(*one)
            if about:
                where += f" {within} {about})"
                values += narrowed
        if patterns_only:
            where += f" {within} GROUP BY p.saying HAVING count(DISTINCT r.occasion) >= ?)"
            values.append(self.decided.threshold)
        newest_first = "p.saying, r.day DESC, r.run || '/' || p.name DESC"
        closed = self._closed()
        grouped = groupby(self._seen(where, values, newest_first), key=lambda one: one.saying)
        found = [self._recurring(list(some), closed) for _, some in grouped]
        return tuple(sorted(found, key=lambda one: (-one.occasions, -one.points[0].day.toordinal(), one.key)))

    def counted(self) -> tuple[int, int]:
        """How many patterns there are, and how many signals."""
        found: tuple[int, int] = self.db.execute(
            "SELECT coalesce(sum(occasions >= :least), 0), coalesce(sum(occasions < :least), 0) FROM (SELECT "
            "count(DISTINCT r.occasion) occasions FROM points p JOIN runs r ON r.file = p.file WHERE r.is_counted "
            "GROUP BY p.saying)",
            {"least": self.decided.threshold},
        ).fetchone()
        return found

    def _recurring(self, some: list[_Seen], closed: Mapping[str, date]) -> Recurring:
        points = tuple(one.point for one in some)
        keys = [point.key for point in points]
        wordings = tuple(dict.fromkeys(point.text for point in points))
        occasions = len({one.occasion for one in some})
        returned = [closed[key] for key in keys if key in closed and points[0].day > closed[key]]
        return Recurring(
            key=keys[-1],
            text=wordings[0],
            earlier=wordings[1:],
            state=self._state(occasions),
            points=points,
            occasions=occasions,
            proposal=self._proposal(keys),
            take_along=any(self.decided.along.get(key, False) for key in keys),
            returned_after=max(returned, default=None),
        )

    def _proposal(self, keys: Iterable[str]) -> Proposal | None:
        made = [self.decided.proposals[key] for key in keys if key in self.decided.proposals]
        if not made:
            return None
        last = max(made, key=lambda decision: (decision.at, decision.id))
        used = sorted((use.day or use.at.date(), use.text) for key in keys for use in self.decided.uses.get(key, ()))
        return Proposal(last.id, last.text, last.reason, last.by, last.at.date(), tuple(used))

    def _closed(self) -> Mapping[str, date]:
        """When the last action about a point was closed, by the key of the point."""
        found: dict[str, date] = {}
        for action in self.actions(open_only=False) if self.decided.closed else ():
            if action.closed is not None and action.point:
                found[action.point] = max(action.closed, found.get(action.point, action.closed))
        return found

    def questions(self) -> tuple[Question, ...]:
        """Good questions, with the practices and proposals under the same theme."""
        everything = self.recurring()
        answers = [(one, themes_of(one)) for one in everything if _is_practice(one) or _is_proposal(one)]
        near: dict[frozenset[str], Question] = {}
        found: list[Question] = []
        for one in everything:
            if one.points[0].kind == "question":
                themes = frozenset(themes_of(one))
                if themes not in near:
                    near[themes] = _question(one, [other for other, its in answers if not themes.isdisjoint(its)])
                found.append(_apart_from_itself(near[themes]._replace(about=one)))
        return tuple(found)

    # --- actions ---

    def actions(self, *, open_only: bool, where: str = "", values: Sequence[object] = ()) -> tuple[Action, ...]:
        """By the day that was agreed."""
        found = self.db.execute(
            "SELECT r.run, a.name, r.script, a.text, a.owner, a.due, a.point "
            f"FROM actions a JOIN runs r ON r.file = a.file WHERE r.is_counted {where} "
            "ORDER BY a.due, r.run || '/' || a.name",
            values,
        )
        actions = (self._action(row) for row in found)
        return tuple(one for one in actions if not open_only or one.closed is None)

    def _action(self, row: Sequence[Value]) -> Action:
        run, name, number, text, owner, due, point = row
        closing = self.decided.closed.get(f"{run}/{name}")
        day, note = (closing.at.date(), closing.text) if closing is not None else (None, "")
        about = f"{run}/{point}" if point else ""
        return Action(run, name, self.scripts[number].title, text, owner, _day(due), about, day, note)

    # --- searching ---

    def search(self, typed: str, most: int) -> tuple[Found, ...]:
        """Those of the newest run first."""
        what = searching.asked(typed, self._known)
        if not all(what.signs):
            return ()
        ids = [number for (number,) in self._looked_for(what, most)]
        return tuple(Found(one.point) for one in self._seen(f"AND p.id IN ({_marks(ids)})", ids))

    def _looked_for(self, what: searching.Asked, most: int) -> Iterable[tuple[int]]:
        """The numbers of the newest points that are meant: those of copies of a log are not among them."""
        counting = "SELECT p.id FROM points p JOIN runs r ON r.file = p.file WHERE r.is_counted"
        newest = "ORDER BY p.id DESC LIMIT ?"
        if not what.words and not what.signs:
            return self.db.execute(f"{counting} {newest}", (most,))
        if self.store.has_search:
            asked = (
                "SELECT s.rowid FROM sought s WHERE s.sought MATCH ? AND (SELECT r.is_counted FROM points p "
                "JOIN runs r ON r.file = p.file WHERE p.id = s.rowid) ORDER BY s.rowid DESC LIMIT ?"
            )
            try:
                return self.db.execute(asked, (searching.query(what, self.store.words_from), most)).fetchall()
            except sqlite3.OperationalError:  # a letter that divides a word there, and not here
                pass
        condition, values = searching.condition(what)
        return self.db.execute(f"{counting} AND {condition} {newest}", (*values, most))

    @cached_property
    def _known(self) -> searching.Known:
        """What has a name, by the sign under which its points are found."""
        named: dict[str, dict[str, list[str]]] = {"#": {}, "@": {}, "!": {}, "&": {}, "$": {}}
        labels: dict[str, set[str]] = {}
        for number, script in self.scripts.items():
            named["$"][f"${number}"] = [script.title]
            for one in script.functions:
                labels.setdefault(one.id, set()).add(one.label)
        for number, kind, name, now in self.db.execute("SELECT id, kind, name, now FROM names"):
            named[kind][f"{kind}{number}"] = [now, *sorted(labels.get(name, ()))] if kind == "@" else [now]
        others = {**named["&"], **named["!"], **named["$"]}
        return searching.Known(named["@"], named["#"], others)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _question(about: Recurring, answers: Iterable[Recurring]) -> Question:
    practices, proposals = list[Recurring](), list[Recurring]()
    for one in answers:
        (practices if _is_practice(one) else proposals).append(one)
    return Question(about, tuple(practices), tuple(proposals))


def _apart_from_itself(question: Question) -> Question:
    """A question that became a proposal is no answer to itself."""
    if question.about.proposal is None:
        return question
    practices, proposals = (
        tuple(one for one in some if one.key != question.about.key) for some in (question.practices, question.proposals)
    )
    return question._replace(practices=practices, proposals=proposals)


def _is_practice(one: Recurring) -> bool:
    return one.points[0].kind == "practice" or (one.proposal is not None and one.proposal.is_practice)


def _is_proposal(one: Recurring) -> bool:
    return one.points[0].kind == "proposal" or one.proposal is not None
