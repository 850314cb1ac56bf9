"""The learning points of a report as rows: CSV for a spreadsheet, JSON for a program.

JSON keeps its keys and its codes whatever the language, and names its form: ``tabletop-points/1``. A key is never left
out; what is not there is ``null``, an empty text or an empty list. ``official`` is ``null`` where the reader does not
get to know it. docs/points-format.md has all of them.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Final, TypedDict

from tabletop.core import events as e
from tabletop.core.guarding import guarded
from tabletop.core.review import looked_back
from tabletop.core.session import Point, Session
from tabletop.core.text import clean_line
from tabletop.locale import Words
from tabletop.locale.codes import ASPECTS, KINDS, LEVELS, TURNS
from tabletop.report.audience import Reader, own_private_points, points_for
from tabletop.report.impression import names_for
from tabletop.report.telling import Telling

FORMAT: Final = "tabletop-points/1"


class Row(TypedDict):
    """A learning point, as JSON has it."""

    id: str
    at: str | None
    official: str | None
    turn: str
    text: str
    kind: str
    level: str
    aspect: str
    themes: list[str]
    objectives: list[str]
    inject: str | None
    private: bool


def json_bytes(head: e.Head, events: Sequence[e.Event], words: Words, reader: Reader, *, names: bool = False) -> bytes:
    """Return the points of a run as JSON."""
    session = looked_back(head, events)
    telling = Telling(session, words, names_for(head, events, reader, names=names))
    whole = {
        "format": FORMAT,
        "exercise": clean_line(session.exercise.title),
        "language": session.exercise.language,
        "date": session.started.date().isoformat() if session.started is not None else None,
        "for": reader.official or reader.kind,
        "points": [_row(point, telling, reader) for point in _points(session, reader)],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def csv_bytes(head: e.Head, events: Sequence[e.Event], words: Words, reader: Reader, *, names: bool = False) -> bytes:
    """Return the points of a run as spreadsheets read them, in words; no cell can be taken for a formula."""
    session = looked_back(head, events)
    telling = Telling(session, words, names_for(head, events, reader, names=names))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if words.language == "nl" else ",")
    t = words.t
    writer.writerow([t("Learning point"), t("Function"), t("Turn"), t("Text"), t("Kind"), t("Level"), t("Aspect"),
                     t("Themes"), t("Objectives"), t("Inject"), t("Private")])  # fmt: skip
    for point in _points(session, reader):
        writer.writerow([guarded(cell) for cell in _cells(_row(point, telling, reader), point, telling)])
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def _points(session: Session, reader: Reader) -> Iterator[Point]:
    yield from points_for(session, reader)
    yield from own_private_points(session, reader)


def _row(point: Point, telling: Telling, reader: Reader) -> Row:
    return {
        "id": point.id,
        "at": point.at.isoformat() if reader.names_functions else None,  # the time would say whose turn it was
        "official": point.official if reader.names_functions else None,
        "turn": point.turn,
        "text": clean_line(telling.said(point.text)),
        "kind": point.kind,
        "level": point.level,
        "aspect": point.aspect,
        "themes": [clean_line(telling.said(theme)) for theme in point.themes],
        "objectives": [*point.objectives],
        "inject": point.inject,
        "private": point.private,
    }


def _cells(row: Row, point: Point, telling: Telling) -> Iterator[str]:
    words = telling.words
    objectives = (telling.session.exercise.objective(one) for one in point.objectives)
    function = telling.official(row["official"]) if row["official"] else ""
    yield from (row["id"], function, words.t(TURNS[point.turn]), row["text"])
    yield from (words.t(KINDS[point.kind]), words.t(LEVELS[point.level]), words.t(ASPECTS[point.aspect]))
    yield ", ".join(row["themes"])
    yield ", ".join(clean_line(one.name) for one in objectives if one is not None)
    yield clean_line(telling.inject(point.inject)) if point.inject else ""
    yield words.t("yes") if point.private else words.t("no")
