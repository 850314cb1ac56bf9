"""Brings the index up to date with the folders: what is new or changed is read, on all cores, and nothing else."""

import hashlib
import marshal
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from tabletop.dossier.decisions import NAME
from tabletop.dossier.helpers import helpers_for
from tabletop.dossier.rows import Rows, is_passing, read_rows
from tabletop.dossier.store import Seen, Store

Progress: TypeAlias = Callable[[int, int], None]
Stop: TypeAlias = Callable[[], bool]
File: TypeAlias = tuple[bytes, Seen]
"""A path, and how its file is now."""

_AT_ONCE: Final = 10
"""How many files are read here at a time; in between it can be stopped, and takes what its helpers read."""
_PATIENCE: Final = 0.1
"""Seconds to wait for helpers before it is asked again whether somebody stopped it."""
_COMMITTED: Final = 1000
"""After how many files the index is safe on the disk."""
_NEVER: Final = (-1, 0, 0)
"""As no file ever is."""
_LARGEST: Final = (1 << 63) - 1
_IS_WINDOWS: Final = os.name == "nt"
_DECISIONS: Final = NAME.encode()
_WALK: Final = "walk"


class Stopped(Exception):
    """Whoever asked for the dossier went away before all logs were read."""


class Changed(NamedTuple):
    """What has to be read, and what is gone, by the number of the file in the index."""

    fresh: list[File]
    gone: list[int]
    walk: str
    """A digest of all that was met."""


def changed(store: Store, folders: Iterable["os.PathLike[str]"]) -> Changed | None:
    """Compare the folders with the index; None when nothing changed since it was complete."""
    tops = [os.fsencode(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100  # in bytes, which is quicker
    met = {path: seen for top in tops for path, seen in _walk(top)}
    digest = hashlib.blake2b(marshal.dumps(list(met.items()), 2), digest_size=16).hexdigest()  # 2: the same each time
    if store.remembered(_WALK) == digest:
        return None
    fresh: list[File] = []
    gone: list[int] = []
    known = store.files()
    for path, seen in met.items():
        number, before = known.pop(path, (0, (0, 0, 0)))
        if not number or before != seen:
            fresh.append((path, seen))
            gone += [number] if number else []
    gone += [number for number, _ in known.values()]
    fresh.sort()  # our own names begin with the day, and what comes in the order of days is put in quicker
    return Changed(fresh, gone, digest)


def _walk(top: bytes) -> Iterator[File]:
    """Yield every file that may be a log, also in folders within; a link to a folder is not followed.

    Links in a ring, a folder that may not be looked into, and what is gone before it was looked at, are passed over.
    """
    waiting = [top]
    while waiting:
        within = list[bytes]()
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(b"."):
                        continue
                    if name.endswith((b".toml", b".TOML")) and name != _DECISIONS and not entry.is_dir():
                        yield entry.path, _seen(entry)
                    elif entry.is_dir(follow_symlinks=False):
                        within.append(entry.path)
        except OSError:
            continue
        waiting += sorted(within, reverse=True)


def _seen(entry: "os.DirEntry[bytes]") -> Seen:
    try:
        status = os.stat(entry.path) if _IS_WINDOWS else entry.stat()  # noqa: PTH116  # there a folder knows less
    except OSError:  # a link to nothing, or in a ring: whoever reads it says so
        return 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ino & _LARGEST  # some systems count further than SQLite


def refresh(store: Store, found: Changed, progress: Progress | None, stop: Stop | None) -> None:
    """Read what changed. Raises Stopped when somebody stopped it: what was read until then is kept."""
    store.forget(_WALK)
    dropped = store.drop(found.gone)
    store.commit()
    total, done, kept = len(found.fresh), 0, 0
    try:
        for part, rows in _read(found.fresh, stop):
            store.put(_to_remember(part, rows), rows)
            done += len(part)
            if done - kept >= _COMMITTED:
                store.commit()
                kept = done
            if progress is not None:
                progress(done, total)
    finally:
        store.commit()
        if dropped:
            store.wipe()
    store.settle()
    store.remember(_WALK, found.walk if not store.has_unreadable() else "")
    store.commit()


def _to_remember(part: Sequence[File], rows: Rows) -> Sequence[File]:
    """The files as they were; but what could not be read just now is tried again, though the file may stay the same."""
    return [(path, _NEVER if is_passing(row.trouble) else seen)
            for (path, seen), row in zip(part, rows.logs, strict=True)]  # fmt: skip


def _read(files: Sequence[File], stop: Stop | None) -> Iterator[tuple[Sequence[File], Rows]]:
    """Yield files with what was read from them, a few at a time: here, and by the helpers."""
    paths, at, lost = [path for path, _ in files], 0, deque[slice]()
    with helpers_for(paths) as helpers:
        while lost or at < len(paths) or helpers.are_reading:
            if stop is not None and stop():
                raise Stopped
            at = helpers.give(at, len(paths))
            can_wait = not lost and at == len(paths)
            told = list(helpers.told(_PATIENCE if can_wait else 0))
            for part, rows in told:
                if rows is None:
                    lost += _pieces(part)
                else:
                    yield files[part], rows
            if told or can_wait:
                continue
            if lost:
                part = lost.popleft()
            else:
                part = slice(at, min(at + _AT_ONCE, len(paths)))
                at = part.stop
            yield files[part], read_rows(paths[part])


def _pieces(part: slice) -> Iterator[slice]:
    for start in range(part.start, part.stop, _AT_ONCE):
        yield slice(start, min(start + _AT_ONCE, part.stop))
