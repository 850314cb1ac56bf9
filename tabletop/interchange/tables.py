"""An exercise, or a run of one, as tables with headings in the leader's language; and an exercise of such tables."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tabletop.core.exercise import Exercise
from tabletop.core.guarding import unguarded
from tabletop.files.trouble import Trouble
from tabletop.interchange import records
from tabletop.interchange.grid import Cell, Row, RowRef, Sheet, text_of
from tabletop.interchange.ledger import Ledger, Part
from tabletop.interchange.records import EXERCISE, Record
from tabletop.locale import LANGUAGES, Words, mark, words_for

KINDS: Final[Mapping[str, str]] = {
    "exercise": mark("exercise"), "objectives": mark("objective"), "officials": mark("official"),
    "checklist": mark("checklist"), "inject": mark("inject"), "feedback": mark("feedback point"),
    "choices": mark("choice"), "questions": mark("question"), "debrief": mark("debrief"), "basis": mark("basis"),
}  # fmt: skip
"""What a row is called; one that is not here is called by its key in the exercise file."""
HEADINGS: Final[Mapping[str, str]] = {
    "kind": mark("Part"), "field": mark("Item"), "value": mark("Value"), "id": mark("Id"),
    "minute": mark("Planned minute"), "actual_minute": mark("Actual minute"), "actual_time": mark("Clock time"),
    "state": mark("What became of it"), "chosen": mark("Chosen"), "because": mark("Because"),
    "shown_text": mark("Text as shown"), "time": mark("Story time"), "jump": mark("Jump in time"),
    "from": mark("Sender"), "to": mark("To"), "channel": mark("Channel"), "title": mark("Title"),
    "headline": mark("Headline"), "text": mark("Text"), "argument": mark("Argument"), "hint": mark("Hint"),
    "about": mark("About"), "expect": mark("Expected action"), "ask": mark("To ask"),
    "objectives": mark("Objectives"), "budget": mark("Max. minutes"), "optional": mark("Optional"),
    "receiver_only": mark("Receiver only"), "scale_up": mark("Scale-up"),
    "reopens_first_question": mark("Reopens the first question"), "rebuttal": mark("Rebuttal"),
    "condition": mark("Condition"), "only_after": mark("Only after"), "reserve": mark("Reserve"),
    "offered_with": mark("Offered with"), "unless": mark("Unless"), "due": mark("Due"),
    "round": mark("Round question"), "form": mark("Form"), "minutes": mark("Length in minutes"), "name": mark("Name"),
    "label": mark("Label"), "pool": mark("Pool"), "column": mark("Column"), "key": mark("Key official"),
    "rank": mark("Rank"), "short": mark("Short"), "practises": mark("Practises"), "source": mark("Source"),
    "format": mark("Format"), "language": mark("Language"), "translation_of": mark("Translation of"),
    "summary": mark("Summary"), "purpose": mark("Purpose"), "introduction": mark("Introduction"),
    "situation": mark("Starting situation"), "content_note": mark("Content note"), "codeword": mark("Codeword"),
    "themes": mark("Themes"), "lines": mark("Lines"), "sources": mark("Sources"), "not_known": mark("Not known"),
    "reveal": mark("Reveal"), "question": mark("Question"),
}  # fmt: skip
"""The heading of each column by its key, in the order of the columns; a key that is not here is its own heading."""
OF_A_RUN: Final = ("actual_minute", "actual_time", "state", "chosen", "because", "shown_text")
"""What only a run has; an import passes it over."""
SHEETS: Final[Mapping[str, str]] = {
    "steps": mark("Script"), "exercise": mark("Exercise"), "officials": mark("Officials"),
    "objectives": mark("Objectives"), "debrief": mark("Debrief"),
}  # fmt: skip
"""The sheets of a workbook, in their order; a part that is not here has a sheet by its key."""
IMPROVISED: Final = mark("improvised")
_ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "steps": ("id", "minute", "time", "from", "to", "channel", "title", "text", "expect", "ask")
}
"""Columns that a sheet has even where nothing stands in them, for whoever goes on in it."""
_SAID_ANYWAY: Final = frozenset(("channel", "codeword", "form", "language", "minutes", "pool"))
"""What whoever reads a sheet wants to see, also where it is what it is when nothing is written."""
_FORMAT: Final = re.compile(r"tabletop-exercise/(\d{1,6})")


class Line(NamedTuple):
    """A row to write: which part of the whole it stands in, and its values by the key of their column."""

    part: str
    kind: str
    cells: Mapping[str, Cell]


def lines(exercise: Exercise, words: Words) -> Iterator[Line]:
    """Yield the rows of an exercise, the parts in the order in which an author writes them."""
    part = EXERCISE
    for record in records.records(exercise):
        if record.depth <= 1:
            part = _part(record)
        yield Line(part, record.kind, dict(_cells(record, words)))


def _part(record: Record) -> str:
    """Return the sheet of a row: of its own for what there are several of, or holds others; else that of the whole."""
    root = records.children(Exercise)
    child = root.get(record.kind)
    if child is None or not (child.is_list or records.children(child.model)):
        return EXERCISE
    return child.key


def _cells(record: Record, words: Words) -> Iterator[tuple[str, Cell]]:
    fields = records.own_fields(type(record.model))
    said = {key: fields[key].default for key in fields.keys() & _SAID_ANYWAY if fields[key].default is not None}
    for key, value in {**said, **record.values}.items():
        yield key, records.written(fields[key], value, words.t("yes"), words.t("no"))


# --- out -------------------------------------------------------------------------------------------------------------


def one_table(written: Sequence[Line], words: Words) -> list[list[Cell]]:
    """Return all rows under one row of headings."""
    keys = _columns(written, ("kind", "id"))
    return [[heading(key, words) for key in keys], *([_value(line, key, words) for key in keys] for line in written)]


def workbook(written: Sequence[Line], words: Words) -> list[tuple[str, list[list[Cell]]]]:
    """Return the sheets of a workbook, each with its name; the whole stands downwards, because its texts are long."""
    parts = {line.part for line in written}
    names = [*(part for part in SHEETS if part in parts), *sorted(parts - SHEETS.keys())]
    return [
        (words.t(SHEETS.get(part, part)), _sheet(part, [one for one in written if one.part == part], words))
        for part in names
    ]


def _sheet(part: str, written: Sequence[Line], words: Words) -> list[list[Cell]]:
    if part != EXERCISE:
        keys = _columns(written, ("kind", *_ALWAYS.get(part, ())))
        return [
            [heading(key, words) for key in keys],
            *([_value(line, key, words) for key in keys] for line in written),
        ]
    rows: list[list[Cell]] = [[heading(key, words) for key in ("kind", "field", "value")]]
    for line in written:
        kind = kind_name(line.kind, words)
        rows += [[kind, heading(key, words), cell] for key, cell in line.cells.items()] or [[kind, None, None]]
    return rows


def _columns(written: Iterable[Line], always: Sequence[str]) -> list[str]:
    used = dict.fromkeys((*always, *(key for line in written for key in line.cells)))
    return [*(key for key in HEADINGS if key in used), *(key for key in used if key not in HEADINGS)]


def _value(line: Line, key: str, words: Words) -> Cell:
    return kind_name(line.kind, words) if key == "kind" else line.cells.get(key)


def heading(key: str, words: Words) -> str:
    return words.t(HEADINGS[key]) if key in HEADINGS else key


def kind_name(kind: str, words: Words) -> str:
    return words.t(KINDS[kind]) if kind in KINDS else kind


# --- in --------------------------------------------------------------------------------------------------------------


def is_ours(sheets: Iterable[Sheet], file: str) -> bool:
    """Whether these tables were written here; raises Trouble when a newer version did."""
    said = (text_of(cell) for sheet in sheets for row in sheet.rows for cell in row.cells if isinstance(cell, str))
    found = next((match for text in said if (match := _FORMAT.fullmatch(text))), None)
    if found is not None and int(found[1]) > 1:
        raise Trouble("script-newer", file=file)
    return found is not None


def read_tables(sheets: Iterable[Sheet], ledger: Ledger) -> Part:
    """Put an exercise together from the tables that were made of it, whoever changed them since."""
    rows = [row for sheet in sheets for row in _rows_of(_unguarded(sheet), ledger)]
    return records.assembled(rows, ledger)


def _rows_of(sheet: Sheet, ledger: Ledger) -> Iterator[records.Row]:
    if not sheet.rows:
        return
    keys = _keys()
    columns = {index: text_of(cell) for index, cell in enumerate(sheet.rows[0].cells)}
    known = {index: keys.get(name.casefold(), name) for index, name in columns.items() if name}
    if "kind" not in known.values():
        ledger.about("import-sheet-not-ours", sheet=sheet.name)
        return
    if {"field", "value"} <= set(known.values()):
        yield from _downwards(sheet, {key: index for index, key in known.items()}, ledger)
        return
    for row in sheet.rows[1:]:
        cells = {key: cell for index, key in known.items() if (cell := row.cell(index)) not in (None, "")}
        kind = _kind(cells.pop("kind", None))
        ref = sheet.ref(row)
        if _is_improvised(cells):
            ledger.take(ref)
            ledger.leave(ref, "import-improvised")
        else:
            yield records.Row(kind, {key: cell for key, cell in cells.items() if key not in OF_A_RUN}, ref)


def _unguarded(sheet: Sheet) -> Sheet:
    if not sheet.is_guarded:
        return sheet
    return sheet._replace(rows=tuple(Row(row.number, tuple(map(unguarded, row.cells))) for row in sheet.rows))


def _downwards(sheet: Sheet, places: Mapping[str, int], ledger: Ledger) -> Iterator[records.Row]:
    keys = _keys()
    found: dict[str, dict[str, Cell]] = {}
    first: dict[str, RowRef] = {}
    for row in sheet.rows[1:]:
        kind = _kind(row.cell(places["kind"]))
        said = text_of(row.cell(places["field"]))
        value = row.cell(places["value"])
        first.setdefault(kind, sheet.ref(row))
        found.setdefault(kind, {})
        if said and value not in (None, ""):
            found[kind][keys.get(said.casefold(), said)] = value
    for kind, cells in found.items():
        yield records.Row(kind, cells, first[kind])
        ledger.take(first[kind])


def _kind(cell: Cell) -> str:
    said = text_of(cell).casefold()
    return next((kind for kind, name in KINDS.items() if said in _in_both(name) | {kind}), said)


def _keys() -> dict[str, str]:
    """Return the key of each heading, in either language, in lower case."""
    return {key: key for key in HEADINGS} | {said: key for key, name in HEADINGS.items() for said in _in_both(name)}


def _in_both(text: str) -> set[str]:
    return {words_for(language).t(text).casefold() for language in LANGUAGES}


def _is_improvised(cells: Mapping[str, Cell]) -> bool:
    return text_of(cells.get("state")).casefold() in _in_both(IMPROVISED)
