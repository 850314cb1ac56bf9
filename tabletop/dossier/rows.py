"""A log as the rows that the index keeps of it: plain values, made where the log is read, in whatever process."""

import json
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pydantic_core import to_json

from tabletop.dossier.harvest import Function, Goal, Harvest, InjectHeld, Script
from tabletop.dossier.swift import Reader
from tabletop.dossier.words import NameKind, name_number, number_of, plain
from tabletop.files.trouble import Trouble


class RunRow(NamedTuple):
    """A run, as it is kept; what is a list is kept as JSON."""

    run: str
    day: str
    incident: str
    noted_group: str
    seating: int
    """A number for the organisations that sat there: which they were is shown nowhere, and not kept."""
    events: int
    officials: str
    reached: str
    used: str
    injects: str
    points: int


class LogRow(NamedTuple):
    """What the index keeps of a log, or why it keeps nothing."""

    trouble: str
    reasons: str
    run: RunRow | None = None
    script: int = 0
    points: tuple[tuple[object, ...], ...] = ()
    """Each with the columns of the table from ``name`` on. Plain tuples, because they go from process to process."""
    themes: tuple[tuple[int, ...], ...] = ()
    """Of each of the points, by their numbers."""
    actions: tuple[tuple[str, ...], ...] = ()


class Rows(NamedTuple):
    """What was read from some logs, in their order, and the names and exercises for which numbers stand in them."""

    logs: list[LogRow]
    names: dict[NameKind, set[str]]
    scripts: dict[int, str]


_reader = Reader()


def read_rows(paths: Sequence[bytes]) -> Rows:
    """Read some logs; it is what each process does."""
    rows = Rows([], {"#": set(), "@": set(), "!": set(), "&": set()}, {})
    for found in _reader.harvested(map(os.fsdecode, paths)):
        rows.logs.append(_row_of(found, rows) if isinstance(found, Harvest) else _row_without(found))
    return rows


def _row_without(trouble: Trouble) -> LogRow:
    return LogRow(trouble.code, json.dumps(_reasons(trouble)))


def _row_of(found: Harvest, rows: Rows) -> LogRow:
    here = frozenset(found.officials)
    script, text = _script_kept(found.script)
    rows.scripts[script] = text
    names = rows.names
    names["&"].add(found.group)
    common = f"={found.day[:4]} &{name_number('&', found.group)} ${script}"
    points, tags = list[tuple[object, ...]](), list[tuple[int, ...]]()
    for one in found.points:
        words = plain(one.text)
        themes, listed, marks = _themes_kept(one.themes)
        signs = f"+{one.turn} @{name_number('@', one.official)} !{name_number('!', one.inject)}"
        said = number_of(f"{one.turn} {words or one.text.strip()}")
        sought = f" {words} {common} {signs} {marks} "
        names["#"].update(one.themes)
        names["@"].add(one.official)
        names["!"].add(one.inject)
        points.append((one.id, one.official, one.official in here, one.inject, one.text, one.turn, one.kind, one.level,
                       one.aspect, said, said, listed, sought))  # fmt: skip
        tags.append(themes)
    run = RunRow(found.id, found.day, found.incident, found.group, _seating(found.organisations), found.events,
                 _listed(found.officials), _listed(found.reached), _listed(found.used), _injects_kept(found.injects),
                 len(points))  # fmt: skip
    return LogRow("", "", run, script, tuple(points), tuple(tags), tuple([tuple(one) for one in found.actions]))


@lru_cache(maxsize=4096)
def _themes_kept(themes: tuple[str, ...]) -> tuple[tuple[int, ...], str, str]:
    """Their numbers, as numbers, as a list, and as they are sought."""
    numbers = tuple([name_number("#", theme) for theme in themes])
    return numbers, ",".join(map(str, numbers)), " ".join([f"#{number}" for number in numbers])


@lru_cache(maxsize=512)
def _listed(texts: tuple[str, ...]) -> str:
    return json.dumps(texts)


@lru_cache(maxsize=512)
def _seating(organisations: tuple[str, ...]) -> int:
    return number_of("\n".join(organisations))


def _injects_kept(injects: Iterable[InjectHeld]) -> str:
    return to_json(list(map(tuple, injects))).decode()  # of named tuples it would look at each name


@lru_cache(maxsize=512)
def _script_kept(script: Script) -> tuple[int, str]:
    """An exercise as it is kept, and a number for it."""
    text = json.dumps(script)
    return number_of(text), text


def is_passing(trouble: str) -> bool:
    """Whether a log that could not be read may be readable another time, without a change to its file."""
    return trouble.startswith(("log-unreadable", "log-missing"))


def script_of(text: str) -> Script:
    """An exercise as it was kept."""
    exercise, title, language, functions, goals, injects, instruments = json.loads(text)
    return Script(
        exercise, title, language, tuple(Function(*one) for one in functions), tuple(Goal(*one) for one in goals),
        tuple((name, called) for name, called in injects), tuple(instruments),
    )  # fmt: skip


def injects_of(text: str) -> tuple[InjectHeld, ...]:
    """What became of the injects of a run, as it was kept."""
    return tuple(InjectHeld(*one) for one in json.loads(text))


def _reasons(trouble: Trouble) -> dict[str, object]:
    """The values of a sentence, as they can be kept; a reason within it is a sentence of its own."""
    return {key: _kept(value) for key, value in trouble.values.items()}


def _kept(value: object) -> object:
    if isinstance(value, Trouble):
        return {"code": value.code, "values": _reasons(value)}
    return value if isinstance(value, (int, float, str)) else str(value)


def values_of(reasons: str) -> dict[str, object]:
    """The values of a sentence as they were before they were kept."""
    found: dict[str, object] = json.loads(reasons)
    return {key: _was(value) for key, value in found.items()}


def _was(value: object) -> object:
    if isinstance(value, dict):
        return Trouble(value["code"], **{key: _was(one) for key, one in value["values"].items()})
    return value
