"""A sign of life from the shared screen, so that the leader's screen can say whether somebody is following.

A file in the state folder, touched every two seconds. Where that cannot be, nobody is told anything, and nothing stops.
"""

import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from tabletop.files.places import state_folder

WAITING: Final = "waiting"
"""What a screen follows before there is a run."""
EVERY: Final = 2.0
"""Seconds between two beats."""
_ALIVE: Final = 6.0
"""Seconds after which a screen that was not heard of is gone: three beats, for a laptop that is busy."""


def beat(log_id: str, environ: Mapping[str, str] | None = None) -> None:
    """Say that a shared screen follows this run, or with ``WAITING`` that it waits for one."""
    path = _path(log_id, environ)
    with suppress(OSError, ValueError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path)


def stop(log_id: str, environ: Mapping[str, str] | None = None) -> None:
    """Say that the screen is closed."""
    with suppress(OSError, ValueError):
        _path(log_id, environ).unlink(missing_ok=True)


def is_alive(log_id: str, environ: Mapping[str, str] | None = None) -> bool:
    """Whether a shared screen follows this run now."""
    try:
        age = time.time() - _path(log_id, environ).stat().st_mtime  # noqa: TID251 - the age of a file on this machine
    except (OSError, ValueError):
        return False
    return -_ALIVE < age < _ALIVE


def _path(log_id: str, environ: Mapping[str, str] | None) -> Path:
    # A log's id is foreign text: no part of it becomes part of a path.
    name = hashlib.sha256(log_id.encode("utf-8", "replace")).hexdigest()[:16]
    return state_folder(os.environ if environ is None else environ) / "screens" / name
