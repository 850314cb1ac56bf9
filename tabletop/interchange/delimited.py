"""Lines of values with something between them: CSV as spreadsheets write it, in and out."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from tabletop.core.guarding import guarded
from tabletop.files.trouble import Trouble
from tabletop.interchange.grid import MOST_COLUMNS, MOST_ROWS, Cell, Row, Sheet, trimmed

_DELIMITERS: Final = (";", "\t", ",", "|")
_LOOKED_AT: Final = 100
"""Rows that are looked at to find out what stands between the values."""


def decoded(data: bytes, file: str) -> str:
    """Return the text of a file in any encoding that a spreadsheet writes; raises Trouble when it is no text."""
    text = _decoded(data)
    strange = sum(character < " " and character not in "\t\n\r" for character in text[:4096])
    if strange * 20 > len(text[:4096]) or "\0" in text:
        raise Trouble("script-not-text", file=file)
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    start = data[:1024]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) * 2 > len(zeros):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_delimited(text: str, file: str) -> Sheet:
    """Return the one sheet of such a file; raises Trouble for more rows than any script has."""
    named, text = _named_delimiter(text)
    delimiter = named or _delimiter(text)
    rows: list[Row] = []
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if cells := trimmed(values[:MOST_COLUMNS]):
                rows.append(Row(number, cells))
            if len(rows) > MOST_ROWS:
                raise Trouble("script-too-many-rows", file=file, most=MOST_ROWS)
    except csv.Error:  # a text that is never closed, a line without end
        raise Trouble("script-not-text", file=file) from None
    return Sheet("", tuple(rows), is_guarded=True)


def _named_delimiter(text: str) -> tuple[str, str]:
    """Return what a first line such as ``sep=;`` says stands between the values, and what follows that line."""
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r")
    return (first[4], rest) if len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS else ("", text)


def _delimiter(text: str) -> str:
    """Return what makes of the first rows the widest table in which most rows are as wide as each other."""
    start = text[: 1 << 18]

    def regularity(delimiter: str) -> float:
        try:
            rows = list(islice(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), _LOOKED_AT))
        except csv.Error:
            return 0.0
        widths = [len(row) for row in rows if any(row)]
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        return count / len(widths) * min(width, 12) if width > 1 else 0.0

    return max(_DELIMITERS, key=regularity)


def delimited_bytes(rows: Iterable[Sequence[Cell]], delimiter: str) -> bytes:
    """Write rows as spreadsheets read them: UTF-8 with its mark, and no cell that could be taken for a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", errors="replace")
