"""Puts the files of an author on the disk: a new exercise, and beside it the schema that its first line names."""

from pathlib import Path

from tabletop.files import schema
from tabletop.files.putting import put_new
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble
from tabletop.locale import Words


def put_exercise(path: Path, text: str, words: Words) -> None:
    """Write a new exercise, and the schema beside it unless there is one; never over something that is there already.

    Raises Trouble when the exercise cannot be written. Without its schema it is as good, for all but an editor.
    """
    put_file(path, text)
    try:
        put_file(path.with_name(schema.NAME), schema.schema_text(words))
    except Trouble:
        return


def put_schema(path: Path, words: Words) -> None:
    """Write the schema; over an older one, and over nothing else. Raises Trouble when it cannot."""
    text = schema.schema_text(words)
    if not schema.is_schema(path):
        put_file(path, text)
        return
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.encode())
        beside.replace(path)
    except OSError as error:
        raise failed("file-not-written", path, error) from error


def put_file(path: Path, text: str) -> None:
    """Write a new file, in a folder that is made when it is not there; raises Trouble when it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_new(path, text.encode())
    except FileExistsError:
        raise Trouble("file-exists", file=str(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL or a lone surrogate in the name
        raise failed("file-not-written", path, error) from error
