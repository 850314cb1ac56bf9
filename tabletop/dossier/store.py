"""The index of a dossier as tables: a cache of what stands in the logs, which can be thrown away at any time."""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tabletop import __version__
from tabletop.dossier.rows import Rows, RunRow, is_passing
from tabletop.dossier.words import NameKind, name_number, number_of
from tabletop.files.log.locking import take_lock
from tabletop.files.trouble import Trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock

Seen: TypeAlias = tuple[int, int, int]
"""Size, time of the last change and number of a file."""
_FORM: Final = f"2 {__version__}"
"""Of another form an index is thrown away and made again."""
_TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL, trouble TEXT NOT NULL, reasons TEXT NOT NULL);
CREATE TABLE scripts (id INTEGER PRIMARY KEY, script TEXT NOT NULL UNIQUE, exercise TEXT NOT NULL);
CREATE TABLE runs (file INTEGER PRIMARY KEY, run TEXT NOT NULL, day TEXT NOT NULL, incident TEXT NOT NULL,
    noted_group TEXT NOT NULL, seating INTEGER NOT NULL, events INTEGER NOT NULL, officials TEXT NOT NULL,
    reached TEXT NOT NULL, used TEXT NOT NULL, injects TEXT NOT NULL, points INTEGER NOT NULL, script INTEGER NOT NULL,
    is_counted INTEGER NOT NULL, team TEXT NOT NULL, origin TEXT NOT NULL, occasion INTEGER NOT NULL);
CREATE INDEX runs_run ON runs (run);
CREATE TABLE names (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, now TEXT NOT NULL);
CREATE TABLE points (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, name TEXT NOT NULL, official TEXT NOT NULL,
    present INTEGER NOT NULL, inject TEXT NOT NULL, text TEXT NOT NULL, turn TEXT NOT NULL, kind TEXT NOT NULL,
    level TEXT NOT NULL, aspect TEXT NOT NULL, words INTEGER NOT NULL, saying INTEGER NOT NULL, themes TEXT NOT NULL,
    sought TEXT NOT NULL);
CREATE TABLE tags (point INTEGER NOT NULL, theme INTEGER NOT NULL, PRIMARY KEY (point, theme)) WITHOUT ROWID;
CREATE TABLE actions (file INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, owner TEXT NOT NULL,
    due TEXT NOT NULL, point TEXT NOT NULL);
CREATE INDEX actions_file ON actions (file);
"""
_LATER: Final = """
CREATE INDEX IF NOT EXISTS points_file ON points (file);
CREATE INDEX IF NOT EXISTS points_saying ON points (saying);
"""
"""Quicker made once than kept up to date while thousands of logs go in."""
_ORPHANS: Final = (
    "DELETE FROM names WHERE kind = '#' AND id NOT IN (SELECT theme FROM tags)",
    "DELETE FROM names WHERE kind = '@' AND name NOT IN (SELECT official FROM points)",
    "DELETE FROM names WHERE kind = '!' AND name NOT IN (SELECT inject FROM points)",
    "DELETE FROM names WHERE kind = '&' AND name NOT IN (SELECT team FROM runs UNION SELECT noted_group FROM runs)",
    "DELETE FROM scripts WHERE id NOT IN (SELECT script FROM runs)",
)
"""What nothing refers to any more."""
_SOUGHT: Final = """
CREATE VIRTUAL TABLE sought USING fts5(words, content='', columnsize=0, detail=none,
    prefix='1 2', tokenize="unicode61 remove_diacritics 0 tokenchars '$@#+=!&'");
"""
_WORDS: Final = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known_words USING fts5vocab (main, sought, row)"
_LAST: Final = "\U0010ffff"
_IN_MEMORY: Final = 10 << 20
"""Bytes that FTS5 collects before it writes: many small parts would have to be merged."""
_CACHE: Final = 10 << 10
"""KiB of the tables that stay in memory while logs go in, in whatever order."""
_PAGE: Final = 16 << 10
"""Bytes that are written at a time: a quarter quicker than the usual four thousand."""
_A_DAY: Final = 1 << 42
_A_FILE: Final = 1 << 20
"""The number of a point is that of its day, its file and its place there, so that the newest come first: in the largest
log there is room for half as many points as numbers.
"""


class Store:
    """The tables, and what is known of them while they are open."""

    def __init__(self, path: Path | None) -> None:
        """Open the index at this path, or one that lives in memory alone.

        One program at a time has the file. Another one that comes meanwhile, and whoever may not write there, works in
        memory: with a copy of it where that can be read. A file that is damaged is thrown away.
        """
        self.path: Path | None = None
        self._lock: BaseFileLock | None = None
        self._use(self._begun(path) if path is not None else _opened(None))

    def _begun(self, path: Path) -> sqlite3.Connection:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = take_lock(path)
        except Trouble as trouble:
            return _copied(path) if trouble.code == "log-in-use" else _opened(None)
        except OSError:
            return _opened(None)
        for _ in range(2):
            try:
                db = _opened(path)
            except (sqlite3.Error, OSError):
                _throw_away(path)
            else:
                self.path = path
                return db
        return _opened(None)

    def _use(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.has_search = bool(self._one("SELECT count(*) FROM sqlite_master WHERE name = 'sought'"))
        """Whether this SQLite has a full-text search; without it every point is looked at."""
        self._next_file = self._sought_from = self._one("SELECT coalesce(max(id), 0) + 1 FROM files")
        self._exercises: dict[int, str] = dict(self.db.execute("SELECT id, exercise FROM scripts"))
        self._names = {number for (number,) in self.db.execute("SELECT id FROM names")}

    def begin_again(self) -> None:
        """Throw away what turned out to be of no use, and go on in memory with nothing in it."""
        with suppress(sqlite3.Error):
            self.db.close()
        if self.path is not None:
            _throw_away(self.path)
            self.path = None
        self._use(_opened(None))

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.db.close()
        if self._lock is not None:
            with suppress(OSError):
                self._lock.release()

    def _one(self, asked: str) -> int:
        found: int = self.db.execute(asked).fetchone()[0]
        return found

    # --- what is remembered beside the tables ---

    def remembered(self, name: str) -> str:
        found = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found is not None else ""

    def remember(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def has_unreadable(self) -> bool:
        """Whether any file could not be read that may be readable another time."""
        found = self.db.execute("SELECT DISTINCT trouble FROM files WHERE trouble <> ''")
        return any(is_passing(trouble) for (trouble,) in found)

    def forget(self, *names: str) -> None:
        """Forget what was remembered under names that begin so."""
        for name in names:
            self.db.execute("DELETE FROM meta WHERE substr(name, 1, ?) = ?", (len(name), name))

    # --- files ---

    def files(self) -> dict[bytes, tuple[int, Seen]]:
        """Each file that was read, by its path: its number here, and how it was then."""
        found = self.db.execute("SELECT path, id, size, mtime, inode FROM files")
        return {path: (number, (size, mtime, inode)) for path, number, size, mtime, inode in found}

    def words_from(self, beginning: str) -> list[str]:
        """The words that can be found and begin like this."""
        self.db.execute(_WORDS)
        asked = "SELECT term FROM temp.known_words WHERE term >= ? AND term < ?"
        return [word for (word,) in self.db.execute(asked, (beginning, beginning + _LAST))]

    def drop(self, files: Iterable[int]) -> bool:
        """Take out everything about these files; say whether there was a run in any."""
        gone = [(file,) for file in files]
        for (file,) in gone:
            rows = self.db.execute("SELECT id, sought FROM points WHERE file = ?", (file,)).fetchall()
            self._unsought(rows)
            self.db.executemany("DELETE FROM tags WHERE point = ?", [(row[0],) for row in rows])
        for table in ("points", "actions"):
            self.db.executemany(f"DELETE FROM {table} WHERE file = ?", gone)
        self.db.executemany("DELETE FROM files WHERE id = ?", gone)
        return self.db.executemany("DELETE FROM runs WHERE file = ?", gone).rowcount > 0

    def put(self, files: Sequence[tuple[bytes, Seen]], rows: Rows) -> None:
        """Put in what was read from some files."""
        seen, runs, actions = list[tuple[object, ...]](), list[tuple[object, ...]](), list[tuple[object, ...]]()
        points, tags = list[tuple[object, ...]](), list[tuple[int, int]]()
        for kind, names in rows.names.items():
            for name in names:
                self.name(kind, name)
        for script, text in rows.scripts.items():
            self._keep(script, text)
        for (path, status), row in zip(files, rows.logs, strict=True):
            file, self._next_file = self._next_file, self._next_file + 1
            seen.append((file, path, *status, row.trouble, row.reasons))
            if row.run is None:
                continue
            occasion = occasion_of(row.run, self._exercises[row.script], row.run.noted_group, "")
            runs.append((file, *row.run, row.script, 1, row.run.noted_group, "", occasion))
            actions.extend((file, *action) for action in row.actions)
            number = date.fromisoformat(row.run.day).toordinal() * _A_DAY + file * _A_FILE
            for point, themes in zip(row.points, row.themes, strict=True):
                points.append((number, file, *point))
                tags.extend([(number, theme) for theme in themes])
                number += 1
        self._put("files", seen)
        self._put("runs", runs)
        self._put("actions", actions)
        self._put("points", points)
        self._put("tags", tags)

    def _put(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self.db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def commit(self) -> None:
        """Make safe on the disk what went in, and let it be found."""
        if self.has_search and self._sought_from < self._next_file:
            self.db.execute("INSERT INTO sought (sought, rank) VALUES ('hashsize', ?)", (_IN_MEMORY,))
            self.db.execute(  # in their order: at each number that is lower than the last one FTS5 writes to the disk
                "INSERT INTO sought (rowid, words) SELECT id, sought FROM points WHERE file >= ? ORDER BY id",
                (self._sought_from,),
            )
        self._sought_from = self._next_file
        self.db.commit()

    def _seek(self, rows: Sequence[tuple[object, object]]) -> None:
        if self.has_search:
            self.db.executemany("INSERT INTO sought (rowid, words) VALUES (?, ?)", rows)

    def _unsought(self, rows: Sequence[tuple[object, object]]) -> None:
        if self.has_search:
            self.db.executemany("INSERT INTO sought (sought, rowid, words) VALUES ('delete', ?, ?)", rows)

    def name(self, kind: NameKind, name: str) -> None:
        """Keep what the number of a name stands for."""
        number = name_number(kind, name)
        if number and number not in self._names:
            self.db.execute("INSERT INTO names VALUES (?, ?, ?, ?)", (number, kind, name, name))
            self._names.add(number)

    def _keep(self, number: int, script: str) -> None:
        """Keep the exercise that a number stands for."""
        if number not in self._exercises:
            exercise = self._exercises[number] = json.loads(script)[0]
            self.db.execute("INSERT INTO scripts VALUES (?, ?, ?)", (number, script, exercise))

    # --- what follows from all of them ---

    def wipe(self) -> None:
        """After something was dropped: let nothing of it stay in the file, which may have been made private since."""
        for asked in _ORPHANS:
            self.db.execute(asked)
        if self.has_search:
            self.db.execute("INSERT INTO sought (sought) VALUES ('optimize')")
        self.db.commit()
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else the file is as it was until it is closed
        self._use(self.db)

    def settle(self) -> None:
        """After logs went in: of two copies of one the one with more events counts, else the first by its path."""
        for statement in _LATER.splitlines():
            self.db.execute(statement)
        self.db.execute("UPDATE runs SET is_counted = 1 WHERE is_counted = 0")
        twice = self.db.execute(
            "SELECT r.run, r.file FROM runs r JOIN files f ON f.id = r.file WHERE r.run IN "
            "(SELECT run FROM runs GROUP BY run HAVING count(*) > 1) ORDER BY r.run, r.events, f.path DESC"
        ).fetchall()
        best = dict(twice)
        others = [(file,) for run, file in twice if best[run] != file]
        self.db.executemany("UPDATE runs SET is_counted = 0 WHERE file = ?", others)

    def themes(self) -> list[str]:
        return [name for (name,) in self.db.execute("SELECT name FROM names WHERE kind = '#' ORDER BY id")]

    def call_themes(self, now: Mapping[str, str]) -> None:
        """Call themes as they are called now, by the names that they have in the logs."""
        self.db.executemany("UPDATE names SET now = :now WHERE kind = '#' AND name = :name AND now <> :now",
                            [{"name": name, "now": called} for name, called in now.items()])  # fmt: skip

    def assign(self, groups: Mapping[str, str], origins: Mapping[str, str]) -> None:
        """Give runs the groups and origins that somebody named, by their ids."""
        asked = (
            f"SELECT r.file, r.team, s.exercise, {', '.join(f'r.{name}' for name in RunRow._fields)} "
            "FROM runs r JOIN scripts s ON s.id = r.script WHERE "
        )
        found = self.db.execute(f"{asked} r.team <> r.noted_group OR r.origin <> ''").fetchall()
        for run in groups.keys() | origins.keys():
            found += self.db.execute(f"{asked} r.run = ?", (run,))
        for file, before, exercise, *values in dict.fromkeys(found):
            row = RunRow(*values)
            team, origin = groups.get(row.run, row.noted_group), origins.get(row.run, "")
            occasion = occasion_of(row, exercise, team, origin)
            self.db.execute("UPDATE runs SET team = ?, origin = ?, occasion = ? WHERE file = ?",
                            (team, origin, occasion, file))  # fmt: skip
            if team != before:
                self.name("&", team)
                self._regroup(file, f"&{name_number('&', before)}", f"&{name_number('&', team)}")

    def _regroup(self, file: int, before: str, now: str) -> None:
        """Let the points of a run be found by another group."""
        rows = self.db.execute("SELECT id, sought FROM points WHERE file = ? ORDER BY id", (file,)).fetchall()
        changed = [
            (number, f" {' '.join([*(word for word in sought.split() if word != before), now])} ")
            for number, sought in rows
        ]
        self._unsought(rows)
        self._seek(changed)
        self.db.executemany("UPDATE points SET sought = ? WHERE id = ?", [(text, number) for number, text in changed])

    def numbers_of(self, points: Iterable[str], what: Literal["words", "saying"]) -> dict[str, int]:
        """In which words, or together with what, each of these points says it: those that are there, by their keys."""
        found: dict[str, int] = {}
        for key in points:
            run, _, name = key.rpartition("/")
            row = self.db.execute(
                f"SELECT p.{what} FROM runs r JOIN points p ON p.file = r.file "
                "WHERE r.run = ? AND r.is_counted AND p.name = ?",
                (run, name),
            ).fetchone()
            if row is not None:
                found[key] = row[0]
        return found

    def link(self, words: Mapping[int, int], alone: Mapping[str, int]) -> None:
        """Let wordings go together under another number, and some points, by their keys, stand apart."""
        self.db.execute("UPDATE points SET saying = words WHERE saying <> words")
        self.db.executemany("UPDATE points SET saying = :now WHERE saying = :before AND words = :before",
                            [{"before": before, "now": now} for before, now in words.items()])  # fmt: skip
        for key, saying in alone.items():
            run, _, name = key.rpartition("/")
            self.db.execute(
                "UPDATE points SET saying = ? WHERE name = ? AND file IN (SELECT file FROM runs WHERE run = ?)",
                (saying, name, run),
            )


def occasion_of(run: RunRow, exercise: str, group: str, origin: str) -> int:
    """A number for what makes two occasions different: another exercise, another group, or another incident."""
    if run.incident:
        return number_of(f"incident\n{run.run}")
    who = group.casefold() if group else f"\n{run.seating}"
    return number_of(f"{exercise}\n{origin.casefold()}\n{who}")


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # what it takes from the logs is for its owner alone
    db = sqlite3.connect(":memory:" if path is None else path, check_same_thread=False)
    try:
        if path is not None:
            db.execute(f"PRAGMA page_size = {_PAGE}")  # of a file that is new
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # only a cache: what a power cut takes is read again
        db.execute(f"PRAGMA cache_size = -{_CACHE}")
        if not _is_of_this_form(db):
            _make(db)
    except BaseException:
        db.close()
        raise
    return db


def _copied(path: Path) -> sqlite3.Connection:
    """What stands in an index that another program has, in memory."""
    db = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source:
            source.backup(db)
        if _is_of_this_form(db):
            return db
    except sqlite3.Error:
        pass
    db.close()
    return _opened(None)


def _throw_away(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm", f"{file.name}-journal"):
        with suppress(OSError):
            file.with_name(name).unlink(missing_ok=True)


def _is_of_this_form(db: sqlite3.Connection) -> bool:
    try:
        found = db.execute("SELECT value FROM meta WHERE name = 'form'").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return False
        raise
    return found is not None and found[0] == _FORM


def _make(db: sqlite3.Connection) -> None:
    """Make empty tables, in the place of whatever there was."""
    with closing(db.cursor()) as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        for (name,) in cursor.execute(
            "SELECT name FROM sqlite_master "
            "WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'sought_%'"
        ).fetchall():
            cursor.execute(f'DROP TABLE "{name}"')
        for statement in filter(str.strip, _TABLES.split(";")):
            cursor.execute(statement)
        with suppress(sqlite3.OperationalError):  # a SQLite without FTS5
            cursor.execute(_SOUGHT)
        cursor.execute("INSERT INTO meta VALUES ('form', ?)", (_FORM,))
        db.commit()
