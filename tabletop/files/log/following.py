"""Follows a log that somebody else writes: a look at the file's size, and then only what is new."""

from pathlib import Path

from tabletop.core.events import Event, Head
from tabletop.files import blocks
from tabletop.files.log.reading import next_events, parse
from tabletop.files.reasons import failed

_KEPT = 256
"""How many bytes before the offset must still be the same, to know the file for the one that was followed."""


class Follower:
    """Reads what is new in a log. It takes no lock and never writes, so that any number can follow."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head: Head | None = None
        self.generation = 0
        """How often the file turned out to be another one; the events then begin again at number 1."""
        self.gone = False
        """The file is not there, now. What was read stays true."""
        self._seen: tuple[int, ...] = ()
        self._offset = 0
        self._n = 0
        self._kept = b""

    def poll(self) -> tuple[Event, ...]:
        """Return the events since the last time. Raises Trouble when the file cannot be understood; ask again later."""
        try:
            status = self.path.stat()
            seen = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            self.gone = False
            if seen == self._seen:
                return ()
            is_same = self.head is not None and seen[:2] == self._seen[:2] and status.st_size >= self._offset
            fresh = self._fresh() if is_same else None
        except (OSError, ValueError) as error:
            if isinstance(error, PermissionError) and self.head is None:
                raise failed("log-unreadable", self.path, error) from error
            self.gone = True
            return ()
        events = self._whole() if fresh is None else self._taken(fresh)
        self._seen = seen
        return events

    def _fresh(self) -> bytes | None:
        """Read what stands after the offset; None when the file is not the one that was followed."""
        with self.path.open("rb") as file:
            file.seek(self._offset - len(self._kept))
            data = file.read()
        fresh = data[len(self._kept) :]
        is_ours = data.startswith(self._kept) and fresh.startswith(blocks.MARK[: len(fresh)])
        return fresh if is_ours else None

    def _taken(self, fresh: bytes) -> tuple[Event, ...]:
        events, used = next_events(fresh, self._n, self.path)
        self._remember(fresh[:used], len(events))
        return events

    def _whole(self) -> tuple[Event, ...]:
        """Read from the start, for the first time or once more."""
        data = blocks.log_bytes(self.path)
        contents = parse(data, self.path)
        if self.head is not None:
            self.generation += 1
        self.head, self._offset, self._n, self._kept = contents.head, 0, 0, b""
        self._remember(data[: contents.size], len(contents.events))
        return contents.events

    def _remember(self, data: bytes, count: int) -> None:
        self._offset += len(data)
        self._n += count
        self._kept = (self._kept + data)[-_KEPT:]
