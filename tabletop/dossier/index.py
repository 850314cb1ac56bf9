"""The dossier of one or more folders of logs: an index that is made and kept up to date, and answers from it.

Logs are only read. What people decided is kept in a file of its own beside them, see :mod:`tabletop.dossier.decisions`.
The index is only a cache: without it, or where it cannot be written, the answers are the same.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from tabletop.dossier import decisions, practising, returning
from tabletop.dossier.answers import (
    Action,
    Cell,
    Column,
    Found,
    Heat,
    HeatRow,
    InjectSideBySide,
    LastTime,
    NotPractised,
    Overview,
    PointSeen,
    Question,
    Recurring,
    Run,
    Skipped,
)
from tabletop.dossier.asking import Asking
from tabletop.dossier.decisions import Decided, Decision
from tabletop.dossier.linking import linked, named_in
from tabletop.dossier.refreshing import Progress, Stop, changed, refresh
from tabletop.dossier.rows import values_of
from tabletop.dossier.store import Store
from tabletop.files.trouble import Trouble

T = TypeVar("T")
_STANDING: Final = "standing"
_ANSWER: Final = "answer "
"""What was worked out of all logs, kept under a name that begins so until one changes or somebody decides something."""


class Dossier:
    """What many runs taught. Its answers follow from the logs and the decisions, and from nothing else."""

    def __init__(self, folders: Sequence[Path], store: Store) -> None:
        """For `open`."""
        self.folders = tuple(folders)
        self.decided = Decided(())
        self._store = store
        self._asking = Asking(store, self.decided)
        self._notices: tuple[Skipped, ...] = ()

    @classmethod
    def open(
        cls,
        folders: Sequence[Path],
        cache: Path | None = None,
        *,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Self:
        """Open the dossier of these folders and those below, with its index in the cache folder, or in memory alone.

        What is new or changed is read; ``progress`` is told how many of how many files were. What is no log is named
        and skipped. Raises Stopped when ``stop`` says so; what was read until then need not be read again.
        """
        file = cache / f"dossier-{_name_of(folders)}.sqlite3" if cache is not None else None
        dossier = cls(folders, Store(file))
        try:
            dossier.refresh(progress, stop)
        except BaseException:
            dossier.close()
            raise
        return dossier

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- bringing it up to date ---

    def refresh(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Take in what changed in the folders since, and say whether anything did.

        Where the index is damaged it is made again first.
        """
        try:
            return self._refresh(progress, stop)
        except sqlite3.Error:
            self._store.begin_again()
            return self._refresh(progress, stop)

    def _refresh(self, progress: Progress | None, stop: Stop | None) -> bool:
        found = changed(self._store, self.folders)
        if found is not None:
            self._store.forget(_STANDING, _ANSWER)
            refresh(self._store, found, progress, stop)
        self._stand()
        return found is not None

    def decide(self, decision: Decision) -> None:
        """Write a decision down in the first folder, and answer accordingly from now on. Raises Trouble."""
        decisions.add(self.folders[0], decision)
        self._stand()

    def _stand(self) -> None:
        """Let what people decided hold, in the tables where it has not yet."""
        found, notices = list[Decision](), list[Skipped]()
        for folder in self.folders:
            file = folder / decisions.NAME
            try:
                standing = decisions.read(folder)
            except Trouble as trouble:  # the dossier opens without them, and says so
                notices.append(Skipped(file, trouble.code, dict(trouble.values)))
            else:
                found += standing.decisions
                notices += [Skipped(file, one.code, dict(one.values)) for one in standing.notices]
        self.decided, self._notices = Decided(found), tuple(notices)
        digest = hashlib.sha256(repr(sorted(map(repr, found))).encode(errors="replace")).hexdigest()
        store = self._store
        if store.remembered(_STANDING) != digest:
            store.call_themes({name: self.decided.theme(name) for name in store.themes()})
            store.assign(self.decided.groups, self.decided.origins)
            store.link(*linked(self.decided, store.numbers_of(named_in(self.decided), "words")))
            store.forget(_ANSWER)
            store.remember(_STANDING, digest)
            store.commit()
        self._asking = Asking(store, self.decided)

    def _asked(self, ask: Callable[[Asking], T]) -> T:
        """Ask; where the index turns out to be damaged it is made again first."""
        try:
            return ask(self._asking)
        except sqlite3.DatabaseError:
            self._store.begin_again()
            self._refresh(None, None)
            return ask(self._asking)

    def _kept(self, name: str, ask: Callable[[], Any]) -> Any:
        """An answer that was worked out before, or one that is kept for the next time; as it is in JSON."""
        kept = self._store.remembered(_ANSWER + name)
        if kept:
            return json.loads(kept)
        found = json.dumps(ask())
        try:
            self._store.remember(_ANSWER + name, found)
            self._store.commit()
        except sqlite3.OperationalError:  # a disk that is full: it is only worked out once more
            self._store.db.rollback()
        return json.loads(found)

    # --- runs and points ---

    def overview(self) -> Overview:
        return self._asked(self._overview)

    def _overview(self, asking: Asking) -> Overview:
        runs, incidents, first, last, points = asking.db.execute(
            "SELECT count(*), coalesce(sum(incident <> ''), 0), min(day), max(day), coalesce(sum(points), 0) "
            "FROM runs WHERE is_counted"
        ).fetchone()
        patterns, signals = self._kept("patterns", asking.counted)
        return Overview(
            runs, incidents, date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None,
            points, patterns, signals, self._skipped(),
        )  # fmt: skip

    def _skipped(self) -> tuple[Skipped, ...]:
        db = self._store.db
        found = [
            Skipped(_path(path), trouble, values_of(reasons))
            for path, trouble, reasons in db.execute(
                "SELECT path, trouble, reasons FROM files WHERE trouble <> '' ORDER BY path"
            )
        ]
        for path, other in db.execute(
            "SELECT f.path, g.path FROM runs r JOIN files f ON f.id = r.file JOIN runs q ON q.run = r.run "
            "JOIN files g ON g.id = q.file WHERE q.is_counted AND NOT r.is_counted ORDER BY f.path"
        ):
            values: dict[str, object] = {"file": str(_path(path)), "other": str(_path(other))}
            found.append(Skipped(_path(path), "dossier-twice", values))
        return (*found, *self._notices)

    def runs(self) -> tuple[Run, ...]:
        """The newest first."""
        return self._asked(Asking.runs)

    def points(self, *, theme: str = "", official: str = "") -> tuple[PointSeen, ...]:
        """Those of the newest run first."""
        return self._asked(lambda asking: asking.points(theme, official))

    def heat(self, year: int | None = None) -> Heat:
        """Return themes by functions. A point of the whole table counts in the row of its theme alone."""
        return self._asked(lambda asking: self._heat(asking, year))

    def _heat(self, asking: Asking, year: int | None) -> Heat:
        columns, rows = self._kept(f"heat {year or ''}", lambda: asking.heat(year))
        return Heat(
            tuple(Column(*column) for column in columns),
            tuple(HeatRow(theme, tuple(Cell(*cell) for cell in cells), seen, of) for theme, cells, seen, of in rows),
        )

    # --- what returned ---

    def recurring(self, *, theme: str = "", official: str = "", patterns_only: bool = False) -> tuple[Recurring, ...]:
        """Points that say the same, what was seen on most occasions first."""
        return self._asked(lambda asking: asking.recurring(theme=theme, official=official, patterns_only=patterns_only))

    def belonging(self, point: str) -> Recurring | None:
        """What a point belongs to, by the key of the point; None for one that is not there."""
        return next(iter(self._asked(lambda asking: asking.recurring(points=(point,)))), None)

    def questions(self) -> tuple[Question, ...]:
        """Good questions, with the practices and proposals under the same theme."""
        return self._asked(Asking.questions)

    # --- what is agreed, and what was left out ---

    def actions(self, *, open_only: bool = True) -> tuple[Action, ...]:
        """By the day that was agreed."""
        return self._asked(lambda asking: asking.actions(open_only=open_only))

    def not_practised(self, year: int) -> NotPractised:
        """What stands in an exercise that was ever run, and did not come in this year."""
        return self._asked(lambda asking: practising.not_practised(asking, year))

    def side_by_side(self, exercise: str) -> tuple[InjectSideBySide, ...]:
        """Each inject of an exercise over all groups that had it, as it is called in the newest run."""
        return self._asked(lambda asking: practising.side_by_side(asking, exercise))

    # --- the next run ---

    def groups(self) -> tuple[str, ...]:
        """One's own groups, as far as they were named; whoever was there last first."""
        return self._asked(returning.groups)

    def last_time(self, group: str, today: date) -> LastTime:
        """What a group takes up again in a run of today."""
        return self._asked(lambda asking: returning.last_time(asking, group, today))

    def search(self, text: str, most: int = 50) -> tuple[Found, ...]:
        """Every word begins a word of a point, whatever its accents; @function, #theme, +, - and a year narrow it."""
        return self._asked(lambda asking: asking.search(text, most))


def _path(path: bytes) -> Path:
    return Path(os.fsdecode(path))


def _name_of(folders: Sequence[Path]) -> str:
    """A name for the index of these folders."""
    names = b"\0".join(os.fsencode(os.path.abspath(folder)) for folder in folders)  # noqa: PTH100  # a name, not a file
    return hashlib.sha256(names).hexdigest()[:16]
