"""The half-typed line of each run, kept outside the log because nobody has acknowledged it yet.

It outlives a kill: each change replaces the file in one move. Only its owner can read it.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from tabletop.core.text import LONGEST, clean

_MOST_BYTES: Final = 4 * LONGEST


class Drafts:
    """The drafts in the state folder, one for each log id."""

    def __init__(self, state: Path) -> None:
        self._folder = state / "drafts"

    def save(self, log_id: str, text: str) -> bool:
        """Keep this line in place of what was kept before; nothing is kept of an empty one.

        Returns False when that was not possible. It is no reason to stop anybody from typing.
        """
        if not text:
            return self.remove(log_id)
        path = self._path(log_id)
        new = path.with_suffix(".new")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with open(handle, "wb") as file:  # noqa: PTH123  # a mode of its own from the first byte on
                file.write(text.encode(errors="replace"))
            new.replace(path)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            return False
        return True

    def load(self, log_id: str) -> str:
        """Return the line as it was left, or an empty one."""
        try:
            with self._path(log_id).open("rb") as file:
                return clean(file.read(_MOST_BYTES).decode(errors="ignore"))
        except OSError:
            return ""

    def remove(self, log_id: str) -> bool:
        """Forget the line: it was saved as a fact, or emptied."""
        try:
            self._path(log_id).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _path(self, log_id: str) -> Path:
        """An id comes from a file, and may say anything: it never becomes a part of a path."""
        return self._folder / f"{hashlib.sha256(log_id.encode(errors='replace')).hexdigest()[:32]}.txt"
