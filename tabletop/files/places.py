"""Where things are: the logs, what the program remembers between runs, and which runs are going on right now.

Nothing is created before something is written there.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from tabletop.files.trouble import Trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOGS: Final = "TABLETOP_LOGS"
LONGEST_ID: Final = 200
"""The longest name of a run that a log may hold, in characters."""
_LONGEST_PATH: Final = 32768
_WAIT: Final = 1.0
"""Seconds to wait for a screen that happens to be looking whether this run is going on."""


def typed_path(text: str) -> Path:
    """Return the path that somebody typed, ``~`` and ``~name`` filled in.

    Raises Trouble for the home folder of somebody who is not known on this machine, and for no path at all.
    """
    if not text.strip():
        raise Trouble("path-empty")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise Trouble("home-unknown", file=text) from None


def is_folder(path: Path) -> bool:
    """Whether a folder is there, as far as anybody may know: what cannot be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def logs_folder(environ: Mapping[str, str], option: Path | None = None) -> Path:
    """Return the folder of the logs: the option, TABLETOP_LOGS, or ``tabletop`` in the documents folder.

    Raises Trouble when it is in the home folder of somebody who is not known.
    """
    if named := str(option or environ.get(LOGS, "")):
        return typed_path(named).absolute()
    from platformdirs import user_documents_path

    return user_documents_path() / "tabletop"


def state_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of what the program remembers for itself: drafts, and which runs are going on.

    It raises nothing, because nothing that is only remembered may stop a run.
    """
    if named := environ.get("TABLETOP_STATE"):
        return _absolute(Path(named))
    from platformdirs import user_state_path

    return user_state_path("tabletop", appauthor=False)


def _absolute(path: Path) -> Path:
    with suppress(RuntimeError):  # nobody's home is known
        path = path.expanduser()
    return path.absolute()


def log_name(started: datetime, exercise_id: str, digits: str) -> str:
    """Return the file name of a new log, such as ``2026-11-23-1400-zonder-gas-1a2b.toml``.

    ``digits`` are a few random ones, so that two laptops at one table do not choose the same name.
    """
    parts = (f"{started:%Y-%m-%d-%H%M}", _plain(exercise_id) or "run", _plain(digits))
    return "-".join(part for part in parts if part) + ".toml"


def run_id(log: Path) -> str:
    """Return how a run is called in its log: as its file, as far as a name can be kept in a text."""
    from tabletop.core.text import clean_line

    return clean_line(log.stem)[:LONGEST_ID].strip() or "run"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")


class Pointer:
    """Says that this process is running the log at a path, so that ``tabletop show`` finds it wherever it is.

    It never stops a run: where it cannot be written, a screen has to be told the path. A lock goes with it, so that a
    run that was killed does not seem to go on.
    """

    def __init__(self, state: Path, log: Path) -> None:
        self._folder = state / "running"
        self._file: Path | None = None
        self._lock: BaseFileLock | None = None
        self.point_to(log)

    def point_to(self, log: Path) -> None:
        """Point to this log, and no longer to the one before."""
        from filelock import FileLock, Timeout

        self.close()
        name = os.fsencode(log.absolute())
        file = self._folder / hashlib.sha256(name).hexdigest()[:16]
        lock = FileLock(_lock_of(file), timeout=_WAIT, thread_local=False)
        with suppress(OSError, ValueError, Timeout):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire()
            self._lock = lock
            new = file.with_suffix(".new")
            new.write_bytes(name)
            new.replace(file)
            self._file = file

    def close(self) -> None:
        """Say that the run no longer goes on here."""
        if self._lock is not None:
            _forget(self._file, self._lock)
        self._file = self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def going_on(state: Path) -> tuple[Path, ...]:
    """Return the logs that somebody on this machine is running right now, the latest first."""
    folder = state / "running"
    try:
        files = [file for file in folder.iterdir() if not file.suffix]
    except OSError:
        return ()
    found: list[tuple[float, Path]] = []
    for file in files:
        with suppress(OSError, ValueError):
            if not _is_dead(file):
                with file.open("rb") as pointer:
                    log = Path(os.fsdecode(pointer.read(_LONGEST_PATH)))
                found.append((file.stat().st_mtime, log))
    return tuple(log for _, log in sorted(found, reverse=True))


def _is_dead(file: Path) -> bool:
    """Whether nobody holds the lock that goes with a pointer; if so, the pointer is cleared away."""
    from filelock import FileLock, Timeout

    lock = FileLock(_lock_of(file), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return False
    _forget(file, lock)
    return True


def _forget(file: Path | None, lock: "BaseFileLock") -> None:
    with suppress(OSError):
        if file is not None:
            file.unlink(missing_ok=True)
    held = Path(lock.lock_file)
    if os.name != "nt":  # Windows takes away no file that is open
        with suppress(OSError):
            held.unlink(missing_ok=True)
    with suppress(OSError):
        lock.release()
    if os.name == "nt":
        with suppress(OSError):
            held.unlink(missing_ok=True)


def _lock_of(file: Path) -> Path:
    return file.with_suffix(".lock")
