"""A log at a glance, for the lists of the home screen: no validation, no pydantic, no more parsed than is shown."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tabletop.core.clock import is_wall_time
from tabletop.files import blocks
from tabletop.files.trouble import Trouble

_EXERCISE_PARTS: Final = re.compile(rb"\n\[+exercise\.")
_POINTS: Final = re.compile(
    rb'\ntype = "(learning-point(?:-withdrawn|-merged)?|undone)"\n((?:[^\n]+\n)*?)n = (\d{1,18})\n'
)
_ABOUT: Final = re.compile(rb'^(?:id|point) = "([^"]*)"$|^event = (\d{1,18})$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list says about a run."""

    path: Path
    id: str
    title: str
    language: str
    started: datetime
    last: datetime
    """When the last thing happened; when it began, where a time in the log is none."""
    ended: bool
    events: int
    points: int
    """Learning points that still hold, the marks without a text among them."""


def glance(path: Path) -> Glance:
    """Look at a log; raises Trouble, as reading it would, for what is none."""
    data = blocks.log_bytes(path)
    first = blocks.head_end(data, path)
    whole = data[first : first + blocks.whole_end(data[first:])]
    if not whole:
        raise Trouble("log-without-start", file=str(path))
    table = _top(data[:first], path)
    exercise = table.get("exercise")
    title = exercise.get("title") if isinstance(exercise, dict) else None
    started = table.get("started")
    if not isinstance(title, str) or not is_wall_time(started):
        raise Trouble(
            "log-head-damaged", file=str(path), where="started" if isinstance(title, str) else "exercise.title"
        )
    return Glance(
        path=path,
        id=_shown(str(table.get("id", ""))),
        title=_shown(title),
        language="en" if table.get("language") == "en" else "nl",
        started=started,
        last=_last(whole) or started,
        ended=whole.rfind(b'\ntype = "session-ended"\n') > whole.rfind(b'\ntype = "session-continued"\n'),
        events=whole.count(blocks.MARK),
        points=_points(whole),
    )


def _top(head: bytes, path: Path) -> blocks.Table:
    """Parse the head as far as the parts of the exercise; all of it when another program wrote it differently."""
    found = _EXERCISE_PARTS.search(head)
    try:
        return blocks.head_table(head[: found.start() + 1] if found else head)
    except blocks.Damaged:
        pass
    try:
        return blocks.head_table(head)
    except blocks.Damaged as damaged:
        raise Trouble("log-damaged" if damaged.is_text else "log-not-utf8", file=str(path), line=damaged.line) from None


def _shown(text: str) -> str:
    if text.isprintable():
        return text
    from tabletop.core.text import clean_line  # brings pydantic, and is next to never needed

    return clean_line(text)


def _last(data: bytes) -> datetime | None:
    """When the last thing of the run happened; what a reviewer added later is none of it."""
    end = len(data)
    while b"\nreviewer = " in data[(block := data.rfind(blocks.MARK, 0, end)) : end] and block > 0:
        end = block
    start = data.rfind(b"\nat = ", 0, end) + len(b"\nat = ")
    try:
        last = datetime.fromisoformat(data[start : data.find(b"\n", start)].decode())
    except ValueError:
        return None
    return last if is_wall_time(last) else None


def _points(data: bytes) -> int:
    undone: set[int] = set()
    said: list[tuple[int, bytes, bytes]] = []
    for kind, body, number in _POINTS.findall(data):
        about = _ABOUT.search(body)
        if about is None:
            continue
        if kind == b"undone":
            undone.add(int(about[2] or 0))
        else:
            said.append((int(number), kind, about[1]))
    points: set[bytes] = set()
    for number, kind, point in said:
        if number in undone:
            continue
        if kind == b"learning-point":
            points.add(point)
        else:
            points.discard(point)
    return len(points)
