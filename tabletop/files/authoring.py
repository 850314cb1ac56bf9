"""Puts the files of an author on the disk: an exercise, beside it the schema that its first line names, a script."""

import os
from errno import ENOENT
from pathlib import Path

from tabletop.files import schema
from tabletop.files.putting import put_new, put_over
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble
from tabletop.locale import Words


def put_exercise(path: Path, text: str, words: Words, *, over: bool = False) -> None:
    """Write an exercise, and the schema beside it unless there is one.

    Raises Trouble when the exercise cannot be written. Without its schema it is as good, for all but an editor.
    """
    put_file(path, text.encode(), over=over)
    try:
        put_file(path.with_name(schema.NAME), schema.schema_text(words).encode())
    except Trouble:
        return


def put_schema(path: Path, words: Words) -> None:
    """Write the schema; over an older one, and over nothing else. Raises Trouble when it cannot."""
    put_file(path, schema.schema_text(words).encode(), over=schema.is_schema(path))


def put_file(path: Path, data: bytes, *, over: bool = False) -> None:
    """Write a whole file, in a folder that is made when it is not there; over another one only when told so.

    Raises Trouble when it cannot.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        (put_over if over else put_new)(path, data)
    except FileExistsError:
        raise Trouble("file-exists", file=str(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL or a lone surrogate in the name
        raise failed("file-not-written", path, error) from error


def refuse_place(path: Path, *, over: bool) -> None:
    """Raise Trouble where nothing can be put, so that nobody finds out only after having said yes.

    A folder that is not there is probably a slip of the fingers: it is not made.
    """
    if not over and os.path.lexists(path):
        raise Trouble("script-exists", file=str(path))
    if not path.parent.is_dir():
        raise failed("file-not-written", path, FileNotFoundError(ENOENT, ""))
