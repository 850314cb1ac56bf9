"""Writes a log: each event is appended, synced and read back before anyone is told that it happened."""

import os
from contextlib import ExitStack, suppress
from dataclasses import replace
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel

from tabletop.core.events import Event, Head, as_toml
from tabletop.files import blocks, putting
from tabletop.files.log.locking import take_lock
from tabletop.files.log.reading import Contents, next_events, parse
from tabletop.files.putting import sync_folder
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock


class LogWriter:
    """The one writer of a log; it holds the lock until it is closed.

    It keeps the acknowledged bytes in memory as well, a quarter of a kilobyte for each event, so that a run can go on
    elsewhere when its file is gone, changed by another program, or unreadable.
    """

    def __init__(self, path: Path, lock: "BaseFileLock", file: FileIO, data: bytes, opened: Contents) -> None:
        """For `create` and `reopen`: the lock is taken, and the file holds exactly this data."""
        self.path = path
        self.opened = opened
        """What the log held when it was opened, as read back."""
        self.head = opened.head
        self._lock = lock
        self._file = file
        self._whole = bytearray(data)
        self._n = len(opened.events)
        self._has_rest = False  # a failed write may have left bytes that could not be cut off yet

    # --- opening and closing ---

    @classmethod
    def create(cls, path: Path, head: Head, first: Event) -> Self:
        """Begin a log with its head and event 1, in one move: a file without event 1 is not a log."""
        path = resolved(path)
        data = head_of(head) + block_of(first, 1)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed("log-not-writable", path, error) from error
        with ExitStack() as undo:
            lock, file = _begun(path, data, undo)
            writer = cls(path, lock, file, data, parse(data, path))
            undo.pop_all()
        return writer

    @classmethod
    def reopen(cls, path: Path) -> tuple[Self, Contents]:
        """Go on with a log. A torn tail is first moved to a file beside it, and named in ``notices``."""
        path = resolved(path)
        blocks.log_bytes(path)  # what is no log at all gets no lock file beside it
        with ExitStack() as undo:
            lock = take_lock(path)
            undo.callback(lock.release)
            try:
                file = undo.enter_context(path.open("r+b", buffering=0))
                data = file.readall()
                contents = parse(data, path)
                if contents.torn:
                    contents = _repaired(path, file, contents)
            except OSError as error:
                raise failed("log-not-writable", path, error) from error
            writer = cls(path, lock, file, data[: contents.size], contents)
            undo.pop_all()
        return writer, contents

    def close(self) -> None:
        """Let go of the file and the lock. Everything acknowledged is on disk already."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing ---

    def append(self, event: Event) -> Event:
        """Give the event its number, write it, and return it as read back from the file.

        Raises Trouble when it is not safely on disk: ``log-moved`` and ``log-changed`` when the file is no longer the
        one that was opened, ``not-saved…`` for anything else. Nothing acknowledged is harmed, it can be tried again,
        and `save_elsewhere` is the way out.
        """
        self.look()
        size = len(self._whole)
        try:
            block = block_of(event, self._n + 1)
            self._cut_rest()
            self._has_rest = True
            written = self._written(block, size)
        except (OSError, ValueError) as error:  # ValueError: the writer was closed
            self._try_to_cut_rest()
            raise failed("not-saved", self.path, error) from error
        except Trouble:
            self._try_to_cut_rest()
            raise
        self._has_rest = False
        self._whole += block
        self._n += 1
        return written

    def save_elsewhere(self, path: Path) -> None:
        """Go on in a new file with everything acknowledged so far; the old one stays as it is.

        Raises Trouble, and goes on where it was, when that cannot be done. After a deletion it may be the same path.
        """
        path = resolved(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed("log-not-writable", path, error) from error
        is_same = path == self.path
        if is_same and os.path.lexists(path):
            raise Trouble("log-exists", file=str(path))
        with ExitStack() as undo:
            if is_same:
                self._lock.release()
                undo.callback(self._lock_again)
            lock, file = _begun(path, bytes(self._whole), undo)
            undo.pop_all()
        self.close()
        self.path, self._lock, self._file, self._has_rest = path, lock, file, False

    def _lock_again(self) -> None:
        with suppress(Trouble):
            self._lock = take_lock(self.path)

    def look(self) -> None:
        """Raise Trouble when the path no longer leads to the open file, or somebody else wrote in it. Costs two looks
        at what the system knows of a file, so that the leader can be told before the next word is typed.
        """
        try:
            ours = os.fstat(self._file.fileno())
            theirs = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise Trouble("log-moved", file=str(self.path)) from None
        except (OSError, ValueError) as error:
            raise failed("not-saved", self.path, error) from error
        # Some network drives number every file 0.
        if ours.st_ino and theirs.st_ino and (ours.st_ino, ours.st_dev) != (theirs.st_ino, theirs.st_dev):
            raise Trouble("log-moved", file=str(self.path))
        if ours.st_size < len(self._whole) or (ours.st_size > len(self._whole) and not self._has_rest):
            raise Trouble("log-changed", file=str(self.path))

    def _written(self, block: bytes, position: int) -> Event:
        self._file.seek(position)
        view = memoryview(block)
        while view:  # one write, unless the system takes less: then the rest of it says why
            view = view[self._file.write(view) or 0 :]
        os.fsync(self._file.fileno())
        self._file.seek(position)
        found = self._file.read(len(block) + 1)
        if found != block:
            raise Trouble("not-saved-differs", file=str(self.path))
        (written,), _ = next_events(found, self._n, self.path)
        return written

    def _cut_rest(self) -> None:
        if self._has_rest:
            self._file.truncate(len(self._whole))
            os.fsync(self._file.fileno())
            self._has_rest = False

    def _try_to_cut_rest(self) -> None:
        with suppress(OSError, ValueError):
            self._cut_rest()


def head_of(head: Head) -> bytes:
    """Write the first part of a log."""
    return blocks.head_bytes(_table(head))


def _table(model: BaseModel) -> dict[str, object]:
    """A model as a table: what is empty, as it is when nothing is written, is left out."""
    table: dict[str, object] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None or (value in ("", ()) and value == field.default):
            continue
        if isinstance(value, BaseModel):
            value = _table(value)
            if not value:
                continue
        elif isinstance(value, tuple):
            value = [_table(part) if isinstance(part, BaseModel) else part for part in value]
        table[field.alias or name] = value
    return table


def block_of(event: Event, number: int) -> bytes:
    """Write an event as the block with this number."""
    return blocks.block_bytes(as_toml(event) | {"n": number})


def resolved(path: Path) -> Path:
    """Return the one path of a log, so that two ways to it lead to the same lock."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise failed("log-not-writable", path, error) from error


def _begun(path: Path, data: bytes, undo: ExitStack) -> "tuple[BaseFileLock, FileIO]":
    """Take the lock, put a new file there, and open it; ``undo`` lets go of both."""
    lock = take_lock(path)
    undo.callback(lock.release)
    put_new(path, data)
    try:
        file = undo.enter_context(path.open("r+b", buffering=0))
        if file.readall() != data:
            raise Trouble("not-saved-differs", file=str(path))
    except OSError as error:
        raise failed("not-saved", path, error) from error
    return lock, file


def put_new(path: Path, data: bytes) -> None:
    """Write a whole file and move it into place; never over something that is there already."""
    try:
        putting.put_new(path, data)
    except FileExistsError:
        raise Trouble("log-exists", file=str(path)) from None
    except OSError as error:
        raise failed("not-saved", path, error) from error


def _repaired(path: Path, file: FileIO, contents: Contents) -> Contents:
    """Move a torn tail to a file beside the log, and only then cut it off."""
    number = 1
    while True:
        saved = path.with_name(f"{path.name}.torn-{number}")
        try:
            with saved.open("xb") as beside:
                beside.write(contents.torn)
                beside.flush()
                os.fsync(beside.fileno())
            break
        except FileExistsError:
            number += 1
    sync_folder(path.parent)
    file.truncate(contents.size)
    os.fsync(file.fileno())
    notice = Trouble("log-torn", file=str(path), saved=str(saved))
    return replace(contents, notices=(*contents.notices, notice))
