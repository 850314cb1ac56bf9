"""Other processes that read logs beside this one, on the cores that it leaves."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from multiprocessing import Pipe, get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Final, TypeAlias

from tabletop.dossier.rows import Rows, read_rows

Part: TypeAlias = slice
"""Some of the files, by their places."""
_End: TypeAlias = "Connection[Any, Any]"

_WORTH_ONE: Final = 300
"""From how many files on it pays to start another process."""
_MOST: Final = 7
_GIVEN: Final = 50
"""How many files a helper is given at a time."""
_AHEAD: Final = 8
"""How many such parts it has before it, so that it need not wait while the first process writes to the disk."""
_starting: Final = threading.Lock()


class Helper:
    """A process that reads the logs that it is given, and tells what was in them, in their order."""

    def __init__(self, paths: Sequence[bytes], others: Sequence["Helper"]) -> None:
        """Start it with all paths, to be given places in them; raises OSError where there is no room for another."""
        make, is_copy = _way()
        self.end, there = Pipe()
        ends = [self.end, *(other.end for other in others)] if is_copy else []
        self._process = make(target=_help, args=(there, ends, paths, os.getpid()), daemon=True)
        self.given: deque[Part] = deque()
        """What it has before it."""
        with there, _starting, redirect_stderr(sys.__stderr__):  # for a screen has something else, without a number
            if not is_copy and hasattr(signal, "pthread_sigmask"):
                resource_tracker.ensure_running()  # by itself it would let interrupts through again
            with _without_interrupts():
                self._process.start()

    @property
    def signs(self) -> Sequence[Any]:
        """What is ready when it has told something, or is gone."""
        return self.end, self._process.sentinel

    def give(self, part: Part) -> None:
        self.given.append(part)
        with suppress(OSError):  # it is gone, which is seen where its answer is awaited
            self.end.send((part.start, part.stop))

    def told(self) -> Rows | None:
        """What it read of the first part that it was given; None when it is gone, and everything with it."""
        try:
            found: Rows | None = self.end.recv() if self.end.poll() else None
        except (EOFError, OSError):
            return None
        return found

    def stop(self) -> None:
        """End it at once, whatever it is reading: it keeps nothing."""
        self.end.close()
        self._process.kill()
        self._process.join()
        self._process.close()


class Helpers:
    """All of them, and what they have before them."""

    def __init__(self, helpers: Sequence[Helper]) -> None:
        self._helpers = list(helpers)

    @property
    def are_reading(self) -> bool:
        return any(helper.given for helper in self._helpers)

    def give(self, at: int, end: int) -> int:
        """Give them what they have room for, from this place on, and return from where on the rest is not given.

        They have no more before them than there is left besides, so that all are done at the same time.
        """
        for helper in self._helpers:
            while len(helper.given) < _AHEAD and end - at > (len(helper.given) + 1) * _GIVEN:
                helper.give(slice(at, at + _GIVEN))
                at += _GIVEN
        return at

    def told(self, seconds: float) -> Iterator[tuple[Part, Rows | None]]:
        """Yield what was read by now, or within so many seconds; None for what a helper took with it."""
        reading = [helper for helper in self._helpers if helper.given]
        ready = wait([sign for helper in reading for sign in helper.signs], seconds) if reading else []
        for helper in reading:
            if not any(sign in ready for sign in helper.signs):
                continue
            rows = helper.told()
            if rows is not None:
                yield helper.given.popleft(), rows
            else:  # it was killed: by who has no memory left, say
                self._helpers.remove(helper)
                yield from [(part, None) for part in helper.given]


@contextmanager
def helpers_for(paths: Sequence[bytes]) -> Iterator[Helpers]:
    """Have as many helpers as it pays to have for so many files, and as the system allows."""
    helpers: list[Helper] = []
    try:
        with suppress(OSError, ImportError, NotImplementedError):  # a system that has no other processes, or no more
            while len(paths) >= _WORTH_ONE and len(helpers) < _others():
                helpers.append(Helper(paths, helpers))
        yield Helpers(helpers)
    finally:
        for helper in helpers:
            helper.stop()


def _others() -> int:
    """How many cores there are beside that of the first process, which reads and writes too."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, _MOST)


def _way() -> tuple[type[BaseProcess], bool]:
    """How another process begins: as a copy of this one where that is safe, which takes no time, else from nothing.

    A copy has what other threads of this one held, and none of those threads to let it go; a screen has such threads.
    On macOS the system's own libraries have them too.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return get_context("fork").Process, True
    return get_context("spawn").Process, False


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let a process that starts not hear of Ctrl+C, which in a terminal goes to all: the first one stops the others."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _help(end: _End, ends: Sequence[_End], paths: Sequence[bytes], first: int) -> None:
    """Read until the first process closes its end or is gone, and say nothing whatever happens.

    What is not told the first process reads itself, and says what is wrong with it. ``ends`` are those that a copy has
    of the first process: while one is open, nobody sees that the first process is gone.
    """
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for other in ends:
            other.close()
        read = SimpleQueue[Rows]()
        threading.Thread(target=_tell, args=(end, read), daemon=True).start()
        while os.getppid() == first:
            read.put(read_rows(paths[slice(*end.recv())]))
    except BaseException:  # noqa: BLE001, S110  # as above
        pass
    os._exit(0)


def _tell(end: _End, read: "SimpleQueue[Rows]") -> None:
    """Hand over what was read, while the next is being read: the first process may be busy for a while."""
    try:
        while True:
            end.send(read.get())
    except BaseException:  # noqa: BLE001  # whoever waits for it must see that it does not come
        os._exit(1)
