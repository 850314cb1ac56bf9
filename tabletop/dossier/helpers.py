"""Other processes that read logs beside this one, on the cores that it leaves."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Final

from tabletop.dossier.rows import Rows, read_rows

_WORTH_ONE: Final = 300
"""From how many files on it pays to start another process."""
_MOST: Final = 7
_GIVEN: Final = 50
"""How many files a helper is given at a time."""
_AHEAD: Final = 8
"""How many times that it has before it, so that it need not wait while the first process writes to the disk."""


class Helper:
    """A process that reads the logs that it is given, and tells what was in them, in their order."""

    def __init__(self) -> None:
        """Start it; raises OSError where there is no room for another."""
        self.end, there = Pipe()
        self.given: deque[slice] = deque()
        """What it has before it."""
        self._process = _way()(target=_help, args=(there, self.end), daemon=True)
        with there, redirect_stderr(sys.__stderr__):  # in the place of that a screen puts what cannot be handed on
            self._process.start()

    def give(self, paths: Sequence[bytes], part: slice) -> None:
        self.given.append(part)
        with suppress(OSError):  # it is gone, which is seen where its answer is awaited
            self.end.send(paths[part])

    def stop(self) -> None:
        """End it at once, whatever it is reading: it keeps nothing."""
        self.end.close()
        self._process.kill()
        self._process.join()


class Helpers:
    """All of them, and what they have before them."""

    def __init__(self, helpers: Sequence[Helper]) -> None:
        self._helpers = list(helpers)

    @property
    def are_reading(self) -> bool:
        return any(helper.given for helper in self._helpers)

    def give(self, paths: Sequence[bytes], at: int) -> int:
        """Give them what they have room for, from this place on, and return from where on the rest is not given.

        They have no more before them than there is left besides, so that all are done at the same time.
        """
        for helper in self._helpers:
            while len(helper.given) < _AHEAD and len(paths) - at > (len(helper.given) + 1) * _GIVEN:
                helper.give(paths, slice(at, at + _GIVEN))
                at += _GIVEN
        return at

    def told(self, *, until_one: bool) -> Iterator[tuple[slice, Rows | None]]:
        """Yield what was read by now, or, until one has read something, wait; None for what a helper took with it."""
        reading = [helper for helper in self._helpers if helper.given]
        ready = wait([helper.end for helper in reading], None if until_one else 0) if reading else []
        for helper in reading:
            if helper.end not in ready:
                continue
            try:
                rows: Rows = helper.end.recv()
            except (EOFError, OSError):  # it was killed: by who has no memory left, say
                self._helpers.remove(helper)
                yield from [(part, None) for part in helper.given]
            else:
                yield helper.given.popleft(), rows


@contextmanager
def helpers_for(files: int) -> Iterator[Helpers]:
    """Have as many helpers as it pays to have for so many files, and as the system allows."""
    helpers: list[Helper] = []
    try:
        with suppress(OSError, ImportError, NotImplementedError):  # a system that has no other processes, or no more
            while files >= _WORTH_ONE and len(helpers) < _others():
                helpers.append(Helper())
        yield Helpers(helpers)
    finally:
        for helper in helpers:
            helper.stop()


def _others() -> int:
    """How many cores there are beside that of the first process, which reads and writes too."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, _MOST)


def _way() -> type[BaseProcess]:
    """How another process begins: as a copy of this one where that is safe, which takes no time, else from nothing.

    A copy has what other threads of this one held, and none of those threads to let it go; a screen has such threads.
    On macOS the system's own libraries have them too.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return get_context("fork").Process
    return get_context("spawn").Process


def _help(end: "Connection[Rows, Sequence[bytes]]", other_end: "Connection[Sequence[bytes], Rows]") -> None:
    """Read until the first process closes its end, or is killed: a copy must not hold that end, nor wait for ever.

    Ctrl+C in a terminal goes to all of them, and it is the first one that stops the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other_end.close()
    read = SimpleQueue[Rows]()
    threading.Thread(target=_tell, args=(end, read), daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            read.put(read_rows(end.recv()))


def _tell(end: "Connection[Rows, Sequence[bytes]]", read: "SimpleQueue[Rows]") -> None:
    """Hand over what was read, while the next is being read: the first process may be busy for a while."""
    with suppress(OSError):
        while True:
            end.send(read.get())
