"""Puts the summary beside its log, and never over what is not ours."""

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from tabletop.core.session import Session
from tabletop.files.putting import put_over
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tabletop.report.summary import markdown

_MARKER: Final = re.compile(r"<!-- tabletop-summary/1 (\S+) ([0-9a-f]{16}) -->\n")
_MOST_BYTES: Final = 16_000_000


def write_summary(session: Session, log: Path) -> Path:
    """Write the summary beside the log, in the language of the exercise, and return where it stands.

    One that we wrote for the same run earlier is replaced, unless somebody changed it since; nothing else ever is.
    Raises Trouble when it cannot be written.
    """
    text = markdown(session, words_for(session.exercise.language))
    run = session.started.isoformat() if session.started else "-"
    content = f"{_marker(run, text)}\n{text}".encode()
    path = _free_path(log, run)
    try:
        put_over(path, content)
    except OSError as error:
        why = failed("summary-not-written", path, error)
        raise Trouble(why.code, path=str(path), reason=why.values["reason"]) from error
    return path


def _marker(run: str, text: str) -> str:
    """The first line: which run this is about, and what it was when we wrote it."""
    return f"<!-- tabletop-summary/1 {run} {hashlib.sha256(text.encode()).hexdigest()[:16]} -->"


def _free_path(log: Path, run: str) -> Path:
    """The first of ``name.md``, ``name-2.md``, … where nothing stands but what may be replaced."""
    path, number = log.with_name(f"{log.stem}.md"), 1
    while os.path.lexists(path) and not _is_ours(path, run):
        number += 1
        path = log.with_name(f"{log.stem}-{number}.md")
    return path


def _is_ours(path: Path, run: str) -> bool:
    """Whether this is our own summary of this run, just as we left it."""
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode()
    except (OSError, UnicodeDecodeError):
        return False
    found = _MARKER.match(text)
    return found is not None and found[1] == run and _marker(run, text[found.end() :]) + "\n" == found[0]
