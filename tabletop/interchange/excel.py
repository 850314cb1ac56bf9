"""Excel workbooks, in and out. Nothing in a workbook is believed: sizes are bounded before anything is unpacked."""

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tabletop.files.trouble import Trouble
from tabletop.interchange.grid import MOST_COLUMNS, MOST_ROWS, Cell, Row, Sheet, trimmed

MOST_UNPACKED: Final = 32 * 1024 * 1024
"""The most bytes of XML in a workbook; a script of two thousand rows has a few million."""
LONGEST_CELL: Final = 32_767
"""The most characters that Excel keeps in a cell."""
_MOST_MEMBERS: Final = 2_000
_MOST_SHEETS: Final = 50
_MOST_MERGES: Final = 10_000
_LAST_ROW: Final = 1_048_576
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, TypeError, LookupError, AttributeError,
    ArithmeticError, AssertionError, RuntimeError, SyntaxError, ImportError,
)  # fmt: skip
"""What reading a damaged workbook comes to: openpyxl trusts what it reads, and trips over whatever is missing.

A SyntaxError is what either parser of XML says, that of the standard library and lxml, which openpyxl prefers.
"""


def is_excel(data: bytes) -> bool:
    """Whether these are the bytes of a workbook, or of something that is packed as one."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD))


def read_excel(data: bytes, file: str) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook: values and no formulas. Raises Trouble for what is none."""
    if data.startswith(_OLD):
        raise Trouble("script-locked" if _LOCKED in data else "script-old-excel", file=file)
    try:
        _examine(data, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks to programmers
            return _sheets(data, file)
    except _UNREADABLE as error:
        raise Trouble("script-damaged", file=file) from error


def _examine(data: bytes, file: str) -> None:
    """Refuse what is no workbook, or unpacks to more than any script, before anything believes it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:200]:
            raise Trouble("script-other-program", file=file)
        if not any(name.startswith("xl/") for name in names) or "xl/workbook.bin" in names:
            raise Trouble("script-no-excel", file=file)
        if any(member.flag_bits & 1 for member in members):
            raise Trouble("script-locked", file=file)
        texts = [member for member in members if member.filename.lower().endswith((".xml", ".rels", ".vml"))]
        if len(members) > _MOST_MEMBERS or sum(member.file_size for member in texts) > MOST_UNPACKED:
            raise Trouble("script-unpacks-too-large", file=file, most=MOST_UNPACKED // 1024 // 1024)
        for member in texts:  # entities can make a small file endless; Excel writes none
            if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", archive.read(member)):
                raise Trouble("script-damaged", file=file)


def _sheets(data: bytes, file: str) -> tuple[Sheet, ...]:
    import openpyxl

    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        left = MOST_ROWS
        sheets: list[Sheet] = []
        for worksheet in workbook.worksheets[:_MOST_SHEETS]:
            rows = tuple(_rows(worksheet, left, file))
            left -= len(rows)
            filled = _with_merges(rows, _merges(data, getattr(worksheet, "_worksheet_path", "")))
            sheets.append(Sheet(worksheet.title, filled, worksheet.sheet_state != "visible"))
    finally:
        workbook.close()
    return tuple(sheets)


def _rows(worksheet: Any, most: int, file: str) -> Iterator[Row]:
    worksheet.reset_dimensions()  # what a file says of its own size is often wrong
    found = 0
    for number, read in enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > _LAST_ROW:
            raise Trouble("script-damaged", file=file)
        cells = trimmed([None if cell.data_type == "e" else _cell(cell.value) for cell in read])
        if not cells:
            continue
        found += 1
        if found > most:
            raise Trouble("script-too-many-rows", file=file, most=MOST_ROWS)
        yield Row(number, cells)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float, dt.datetime, dt.date, dt.time, dt.timedelta)):
        return value
    return None


def _merges(data: bytes, member: str) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges of a sheet, as first row, first column (from 0), last row, last column.

    A reader that does not keep a whole sheet in memory does not tell them.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            text = archive.read(member)
        except KeyError:
            return []
    found: list[tuple[int, int, int, int]] = []
    for match in _MERGED.finditer(text):
        first, top, last, bottom = match.groups()
        found.append((int(top), _column(first), int(bottom), _column(last)))
        if len(found) == _MOST_MERGES:
            break
    return found


def _column(name: bytes) -> int:
    number = 0
    for code in name:
        number = number * 26 + code - ord("A") + 1
    return number - 1


def _with_merges(rows: tuple[Row, ...], merges: Sequence[tuple[int, int, int, int]]) -> tuple[Row, ...]:
    """Let each row say what a cell that was merged downwards says for it; a merge makes no row of an empty one."""
    if not merges:
        return rows
    cells = {row.number: list(row.cells) for row in rows}
    for top, left, bottom, _ in merges:
        above = cells.get(top, [])
        value = above[left] if left < len(above) else None
        if value is None:
            continue
        for number in cells.keys() & range(top + 1, min(bottom, top + MOST_ROWS) + 1):
            here = cells[number]
            here += [None] * (left + 1 - len(here))
            if here[left] is None:
                here[left] = value
    return tuple(Row(row.number, tuple(cells[row.number])) for row in rows)


def excel_bytes(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]]]], file: str) -> bytes:
    """Write sheets, each with a name and a first row of headings, every text as text and nothing as a formula.

    Raises Trouble for a text that Excel would cut.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    cells = (cell for _, rows in sheets for row in rows for cell in row)
    if any(isinstance(cell, str) and len(_escaped(cell)) > LONGEST_CELL for cell in cells):
        raise Trouble("script-cell-too-long", file=file, most=LONGEST_CELL)
    workbook = Workbook(write_only=True)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for name, rows in sheets:
        worksheet = workbook.create_sheet(name)
        worksheet.freeze_panes = "A2"
        for column, width in enumerate(_widths(rows), start=1):
            worksheet.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows):
            written = [_written(worksheet, value) for value in row]
            for cell in written:
                cell.alignment = wrapped
                if not number:
                    cell.font = bold
            worksheet.append(written)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _written(worksheet: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and float(f"{value:.15g}") != value:
        value = repr(value)  # Excel keeps fifteen digits
    if not isinstance(value, str):
        return WriteOnlyCell(worksheet, value=value)
    text = _escaped(value)
    cell = WriteOnlyCell(worksheet, value=text)
    cell.data_type = "s"  # also where it begins with an equals sign
    if text:
        cell.quotePrefix = text[0] in "=+-@'#"  # and stays one when somebody edits it
    return cell


def _escaped(text: str) -> str:
    """Return a text in which Excel reads no escaped character that is none."""
    return _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)


def _widths(rows: Sequence[Sequence[Cell]]) -> Iterator[float]:
    for column in range(max(map(len, rows), default=0)):
        lines = [line for row in rows if column < len(row) for line in str(row[column] or "").split("\n")]
        yield min(max(map(len, lines), default=0), 60) + 2
