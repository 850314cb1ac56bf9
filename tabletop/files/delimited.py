"""CSV as spreadsheets read it, in which no text of somebody else can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

Value = TypeVar("Value")

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a spreadsheet may take for the beginning of a formula, and the mark that keeps it from doing so."""
_GUARD: Final = "'"


def delimited_bytes(rows: Iterable[Sequence[object]], delimiter: str) -> bytes:
    """Write rows as spreadsheets read them: UTF-8 with its mark, and no cell that could be taken for a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def guarded(value: Value) -> Value | str:
    """Return a text with a mark before it where a spreadsheet could take it for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return _GUARD + value
    return value


def unguarded(value: Value) -> Value | str:
    """Return the text as it was before :func:`guarded`."""
    if isinstance(value, str) and value.startswith(_GUARD) and guarded(value[1:]) == value:
        return value[1:]
    return value
