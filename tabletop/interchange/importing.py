"""Reads somebody's script, of whatever kind, into a sound exercise, and says of each row what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tabletop.core.exercise import Exercise, Inject
from tabletop.core.text import clean_line
from tabletop.files.library import LARGEST
from tabletop.files.trouble import Trouble
from tabletop.interchange.columns import Column, How, Layout, layout
from tabletop.interchange.exercise_file import exercise_text
from tabletop.interchange.foreign import Drafting, Wanted
from tabletop.interchange.grid import RowRef, Sheet
from tabletop.interchange.iceberg import iceberg_table
from tabletop.interchange.ledger import Ledger, Note, Part, Verdict
from tabletop.interchange.meanings import NAMES, Meaning, named_meaning, plain
from tabletop.interchange.remembered import Remembered
from tabletop.interchange.settling import settled
from tabletop.interchange.source import read_source
from tabletop.interchange.tables import is_ours, read_tables
from tabletop.locale import Words

Decided = dict[str, tuple[Meaning, How]]
_MOST_NAMED: Final = 20
"""Columns or sheets that a sentence names."""


class Asked(NamedTuple):
    """What somebody wants of an import."""

    wanted: Wanted = Wanted()
    sheet: str = ""
    maps: tuple[str, ...] = ()
    """What ``--map`` was given: ``Column=meaning``."""


class Imported(NamedTuple):
    """An exercise made of a script, the text of its file, and how that came about."""

    exercise: Exercise
    text: str
    verdicts: tuple[Verdict, ...]
    general: tuple[Note, ...]
    layouts: tuple[Layout, ...] = ()
    passed_over: tuple[str, ...] = ()
    """The names of sheets that are no script."""
    remembered_in: Path | None = None
    """Where what was decided by hand was kept, just now or before."""
    is_ours: bool = False
    """Whether the tables were an exercise of ours, so that nothing had to be guessed."""


def import_script(path: Path, asked: Asked, words: Words, state: Path) -> Imported:
    """Read a script; raises Trouble with one sentence where there is nothing to make an exercise of."""
    file = clean_line(path.name)
    source = read_source(path)
    decided = _decided(asked.maps, words)
    title = " ".join(path.stem.replace("_", " ").replace("-", " ").split()).capitalize() or "Import"
    if isinstance(source, dict):
        return _finished(*iceberg_table(source, asked.wanted, words, title, file), file)
    sheets = _chosen(source, asked.sheet, file)
    if not asked.maps and is_ours(sheets, file):
        return _ours(sheets, asked.wanted, file)
    return _foreign(sheets, asked, words, title, file, decided, Remembered(state))


def _finished(table: dict[str, Any], ledger: Ledger, file: str, **more: Any) -> Imported:
    exercise = settled(table, ledger, file)
    text = exercise_text(exercise)
    if len(text.encode()) > LARGEST:
        raise Trouble("import-too-large", file=file, most=LARGEST // 1024)
    named: dict[RowRef, tuple[str, str]] = {}
    for part, step in zip(table["steps"], exercise.steps, strict=True):
        if isinstance(part, Part) and part.ref is not None:
            named[part.ref] = step.id, step.name if isinstance(step, Inject) else step.title
    return Imported(exercise, text, ledger.verdicts(named), tuple(ledger.general), **more)


def _ours(sheets: Sequence[Sheet], wanted: Wanted, file: str) -> Imported:
    ledger = Ledger()
    table = read_tables(sheets, ledger)
    for key, value in (("title", wanted.title), ("minutes", wanted.minutes), ("language", wanted.language)):
        if value:
            table[key] = value
    table.setdefault("title", file)
    return _finished(table, ledger, file, is_ours=True)


def _chosen(sheets: Sequence[Sheet], name: str, file: str) -> tuple[Sheet, ...]:
    if name:
        found = tuple(sheet for sheet in sheets if plain(sheet.name) == plain(name) or sheet.name == name)
        if not found:
            possible = ", ".join(sheet.name for sheet in sheets if sheet.name) or "-"
            raise Trouble("import-no-such-sheet", file=file, name=clean_line(name), possible=clean_line(possible))
        return found
    shown = tuple(sheet for sheet in sheets if not sheet.is_hidden and sheet.rows)
    if not shown:
        raise Trouble("file-empty", file=file)
    return shown


# --- somebody else's columns -----------------------------------------------------------------------------------------


def _decided(maps: Iterable[str], words: Words) -> Decided:
    """Return what ``--map`` says of columns; raises Trouble for what says nothing."""
    found: Decided = {}
    for said in maps:
        column, sign, name = said.rpartition("=")
        if not sign or not column.strip():
            raise Trouble("import-map", said=clean_line(said))
        meaning = named_meaning(name)
        if meaning is None:
            raise Trouble(
                "import-no-such-meaning", said=clean_line(name) or "-", possible=", ".join(map(words.t, NAMES.values()))
            )
        found[plain(column)] = meaning, "hand"
    return found


def _foreign(
    sheets: Sequence[Sheet], asked: Asked, words: Words, title: str, file: str, decided: Decided, memory: Remembered
) -> Imported:
    found: list[Layout] = []
    is_remembered = False
    for sheet in sheets:
        first = layout(sheet, {})
        before = memory.of(first.headings) if first.heading else {}
        known: Decided = {name: (meaning, "remembered") for name, meaning in before.items()}
        found.append(layout(sheet, known | decided))
        is_remembered |= bool(before)
    _check_named(found, decided, file)
    scripts = _scripts(found)
    if not scripts:
        columns = [column.name for one in found for column in one.columns][:_MOST_NAMED]
        raise Trouble("import-no-text-column", file=file, columns=clean_line(", ".join(columns)) or "-")
    kept = [_keep(one, decided, memory) for one in scripts]
    drafting = Drafting(scripts, asked.wanted, words, title)
    return _finished(
        drafting.table(), drafting.ledger, file,
        layouts=tuple(scripts),
        passed_over=tuple(one.sheet.name for one in found if one not in scripts),
        remembered_in=memory.path if any(kept) or is_remembered else None,
    )  # fmt: skip


def _scripts(layouts: Sequence[Layout]) -> list[Layout]:
    """Return the sheets that are scripts: those with the headings of one, else those whose content looks like one."""
    with_text = [one for one in layouts if one.is_script]
    with_headings = [one for one in with_text if one.heading is not None]
    return with_headings or with_text


def _check_named(layouts: Sequence[Layout], decided: Mapping[str, object], file: str) -> None:
    columns = [column for one in layouts for column in one.columns]
    there = {plain(column.name) for column in columns} | {plain(_letter(column)) for column in columns}
    for name in decided:
        if name not in there:
            possible = ", ".join(dict.fromkeys(column.name for column in columns[:_MOST_NAMED]))
            raise Trouble("import-no-such-column", file=file, name=name, possible=clean_line(possible))


def _letter(column: Column) -> str:
    return column._replace(heading="").name


def _keep(found: Layout, decided: Decided, memory: Remembered) -> bool:
    """Remember what was decided about a sheet with headings; letters would fit any sheet."""
    here = {
        plain(column.name): decided[name][0]
        for column in found.columns
        for name in (plain(column.name), plain(_letter(column)))
        if name in decided
    }
    return found.heading is not None and bool(here) and memory.keep(found.headings, here)
