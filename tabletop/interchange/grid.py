"""A script as a spreadsheet holds it: sheets of rows of cells, before anybody knows what they mean."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from tabletop.core.text import clean

Cell: TypeAlias = str | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | None

MOST_ROWS: Final = 2_000
"""The most rows with something in them that a script may have: an exercise has some ten injects."""
MOST_COLUMNS: Final = 100
"""Columns beyond this one are not looked at."""


class RowRef(NamedTuple):
    """Where a row stands: in which sheet (no name where there is only one), and its number there, from 1."""

    sheet: str
    row: int


class Row(NamedTuple):
    """A row with something in it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None


class Sheet(NamedTuple):
    """A sheet of a workbook, or a whole file of lines. Rows without anything in them are left out."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    is_guarded: bool = False
    """Whether a mark may stand before what a spreadsheet could take for a formula, as in CSV of ours."""

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def ref(self, row: Row) -> RowRef:
        return RowRef(self.name, row.number)


def text_of(cell: Cell) -> str:
    """Return what a cell says, cleaned, without space around it; a whole number without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:g}"
    return clean(str(cell)).strip()


def trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells up to the last one that says something."""
    end = len(cells)
    while end and (cells[end - 1] is None or cells[end - 1] == ""):
        end -= 1
    return tuple(cells[:end])


def letter(column: int) -> str:
    """Return how a spreadsheet calls a column that is counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
