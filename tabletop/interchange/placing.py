"""Puts what was made on the disk: whole or not at all, and over something that is there only when somebody said so."""

import os
from contextlib import suppress
from pathlib import Path

from tabletop.files.log.writing import put_new
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble


def refuse_existing(path: Path) -> None:
    """Raise Trouble when something is there, so that nobody finds out only after having said yes."""
    if os.path.lexists(path):
        raise Trouble("script-exists", file=str(path))


def place(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file; raises Trouble when that cannot be, or something is there and was not to be overwritten."""
    if overwrite and path.is_file():
        _replace(path, data)
        return
    try:
        put_new(path, data)
    except Trouble as trouble:
        if trouble.code == "log-exists":
            raise Trouble("script-exists", file=str(path)) from None
        code = trouble.code.replace("not-saved", "script-not-written")
        raise Trouble(code, **{**trouble.values, "file": str(path)}) from None


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise failed("script-not-written", path, error) from error
