"""Sheets that the tests of the import make for themselves."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tabletop.interchange.foreign import Wanted
from tabletop.interchange.importing import Asked, Imported, import_script
from tabletop.locale import words_for

Rows = Sequence[Sequence[Any]]


def workbook_bytes(sheets: dict[str, Rows], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for span in merged:
            sheet.merge_cells(span)
        if name in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def imported(
    folder: Path,
    rows: Rows | dict[str, Rows] | str | bytes,
    *maps: str,
    name: str = "",
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    sheet: str = "",
    minutes: float | None = None,
    title: str = "",
    lang: Any = None,
    words: Any = "nl",
) -> Imported:
    """Import rows as a workbook, a text as CSV, bytes as they are."""
    if isinstance(rows, str):
        data, ending = rows.encode(), ".csv"
    elif isinstance(rows, bytes):
        data, ending = rows, ".csv"
    else:
        data = workbook_bytes(rows if isinstance(rows, dict) else {"Blad1": rows}, merged, hidden)
        ending = ".xlsx"
    path = folder / (name or f"een-script{ending}")
    path.write_bytes(data)
    return import_script(path, Asked(Wanted(title, minutes, lang), sheet, maps), words_for(words), folder / "state")


def meanings(made: Imported) -> dict[str, str | None]:
    return {column.name: column.meaning for one in made.layouts for column in one.columns}


def codes(made: Imported) -> dict[int, list[str]]:
    """The notes of each row that has any."""
    return {one.ref.row: [note.code for note in one.notes] for one in made.verdicts if one.notes}


def hows(made: Imported) -> dict[int, str]:
    return {one.ref.row: one.how for one in made.verdicts}


def about(made: Imported) -> set[str]:
    return {note.code for note in made.general}
