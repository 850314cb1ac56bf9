"""Puts a file in its place: all of it or none of it."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def put_new(path: Path, data: bytes) -> None:
    """Write a whole file and move it into place; raises FileExistsError for what is there already, else OSError."""
    if os.path.lexists(path):
        raise FileExistsError(path)
    _put(path, data, path.with_name(f".{path.name}.new"), _move)


def put_over(path: Path, data: bytes) -> None:
    """Write a whole file in the place of what is there, if anything; raises OSError."""
    _put(path, data, path.with_name(f".tabletop-{os.getpid()}.new"), Path.replace)


def _put(path: Path, data: bytes, temporary: Path, move: Callable[[Path, Path], object]) -> None:
    try:
        temporary.unlink(missing_ok=True)  # left behind by a kill
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        move(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _move(temporary: Path, path: Path) -> None:
    """Move without ever replacing: Windows' rename refuses to, elsewhere a second link does."""
    if os.name != "nt":
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a drive without links, such as a memory stick
            if os.path.lexists(path):
                raise FileExistsError(path) from None
        else:
            temporary.unlink()
            return
    temporary.rename(path)


def sync_folder(folder: Path) -> None:
    """Make the name of a new file outlive a power cut; Windows does that by itself."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
