"""Reads a log: the whole blocks of it, or one sentence that says why not."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tabletop.core.events import Event, Head, UnknownEvent, read_event
from tabletop.files import blocks
from tabletop.files.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Contents:
    """What a log holds up to its last whole block."""

    head: Head
    events: tuple[Event, ...]
    size: int
    """Bytes up to the end of the last whole block."""
    torn: bytes = b""
    """What stands after that: half a block, cut off by a power cut or still being written."""
    notices: tuple[Trouble, ...] = ()
    """What the user is told in a sentence, though nothing stopped."""


def read(path: Path) -> Contents:
    """Read a log without touching it; raises Trouble for whatever is not one."""
    return parse(blocks.log_bytes(path), path)


def parse(data: bytes, path: Path) -> Contents:
    """Make the contents of the bytes of a whole log; the path is for the sentence alone."""
    with _uncollected():
        return _parsed(data, path)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector out while everything that is made stays: it costs a tenth of a long log."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(data: bytes, path: Path) -> Contents:
    blocks.check_version(data[: blocks.SNIFFED], path)
    first = blocks.head_end(data, path)
    tail = data[first:]
    try:
        head = _head(blocks.head_table(data[:first]), path)
        found = blocks.read_blocks(tail, 1)
    except blocks.Damaged as damaged:
        before = 0 if damaged.in_head else blocks.line_at(data, first) - 1
        raise _trouble(damaged, before, path) from None
    if not found.tables:
        raise Trouble("log-without-start", file=str(path))
    events = validated(found.tables, tail, blocks.line_at(data, first), path)
    size = first + found.end
    return Contents(head, events, size, data[size:])


def _trouble(damaged: blocks.Damaged, before: int, path: Path) -> Trouble:
    code = "log-damaged" if damaged.is_text else "log-not-utf8"
    return Trouble(code, file=str(path), line=before + damaged.line)


def next_events(data: bytes, after: int, path: Path) -> tuple[tuple[Event, ...], int]:
    """Read the events that follow number ``after`` from a piece of log, and say how many bytes they took."""
    try:
        found = blocks.read_blocks(data, after + 1)
    except blocks.Damaged as damaged:
        raise _trouble(damaged, 0, path) from None
    return validated(found.tables, data, 1, path), found.end


def validated(tables: list[blocks.Table], data: bytes, line: int, path: Path) -> tuple[Event, ...]:
    """Make events of the blocks in ``data``, which begins at this line of its file."""
    events: list[Event] = []
    try:
        for table in tables:
            events.append(read_event(table))  # noqa: PERF401  # how many were read says where a damaged one stands
    except (RecursionError, ValueError, OverflowError) as error:
        position = blocks.block_starts(data)[len(events)] + 1
        code = "log-unknown" if _is_unknown(error) else "log-damaged"
        raise Trouble(code, file=str(path), line=line + blocks.line_at(data, position) - 1) from None
    return tuple(events)


def _head(table: dict[str, Any], path: Path) -> Head:
    try:
        return Head.model_validate(table)
    except ValidationError as error:
        where = ".".join(
            map(str, error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"])
        )
        code = "log-head-unknown" if _is_unknown(error) else "log-head-damaged"
        raise Trouble(code, file=str(path), where=where) from None
    except (RecursionError, ValueError, OverflowError):
        raise Trouble("log-head-damaged", file=str(path), where="") from None


def _is_unknown(error: Exception) -> bool:
    """Whether all that is wrong is a type or a key that this version does not know."""
    if not isinstance(error, ValidationError):
        return isinstance(error, UnknownEvent)
    return all(
        one["type"] == "extra_forbidden"
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    )
