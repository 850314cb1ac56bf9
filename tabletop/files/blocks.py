"""The log as bytes: a head, and after it one block for each event. Nothing here knows what an event means.

``MARK`` is the start of a block and can occur nowhere else, because every text stands on one line. The last line of a
block is ``n = <number>``. A block counts only when that line is whole and its number is the previous plus one: half a
block can be valid TOML, and a reader does see half blocks while a write is under way.
"""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import tomli
import tomli_w

from tabletop.files.plain_toml import table_of
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble

Table: TypeAlias = dict[str, Any]

VERSION: Final = 1
MARK: Final = b"\n[[event]]\n"
_MARK: Final = MARK.decode()
SNIFFED: Final = 65536
"""How much of a file is looked at before it is taken for a log, in bytes."""
LARGEST: Final = 64 * 1024 * 1024
"""The largest log that is read, in bytes: a quarter of a million events, of which a run has a few hundred."""
_FORMAT: Final = re.compile(rb'^format *= *"tabletop-log/(\d{1,9})" *\r?$', re.MULTILINE)
_PROSE: Final = re.compile(rb"^(?![ \t]*+[#\[\]{}])[^\n=\w]*+\w[^\n=]*+$", re.MULTILINE)
"""A line of no log: a document about logs has one in it, below other text."""
_NUMBER: Final = b"\nn = "
_TO_ESCAPE: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES: Final = {code: f"\\u{code:04x}" for code in (*range(32), 127)} | str.maketrans(
    {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
)


class Damaged(Exception):
    """A part that is not what the writer wrote: ``line`` counts from 1 in what was handed over."""

    def __init__(self, line: int, *, is_text: bool = True, in_head: bool = False) -> None:
        super().__init__(line)
        self.line = line
        self.is_text = is_text
        """False when the bytes are not even UTF-8."""
        self.in_head = in_head


class Blocks(NamedTuple):
    """The whole blocks of a piece of log, and where the last of them ends."""

    tables: list[Table]
    end: int


def version(start: bytes) -> int | None:
    """Return the version of the format that the first bytes of a file name; None when it is not a log."""
    found = _FORMAT.search(start)
    if found is None or _PROSE.search(start, 0, found.start()):
        return None
    return int(found[1])


def head_bytes(table: Mapping[str, Any]) -> bytes:
    """Write the first part of a log, every text on one line."""
    return tomli_w.dumps(_with_moments(table)).encode()


def block_bytes(table: Mapping[str, Any]) -> bytes:
    """Write one event as a block, each key on a line of its own.

    Not ``tomli_w.dumps({"event": [table]})``: that writes a short event as an inline array, which is read, without an
    error, as a key of the event before it. And by hand, because this is what each keystroke waits for.
    """
    lines = (f"{key} = {_literal(value)}\n" for key, value in table.items())
    return MARK + "".join(lines).encode()


def _literal(value: object) -> str:
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"' if _TO_ESCAPE.search(value) else f'"{value}"'
    if isinstance(value, datetime):
        return _with_whole_offset(value).isoformat(timespec="milliseconds")
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise TypeError(type(value).__name__)


class _Moment(datetime):
    """A moment that tomli_w writes with a T, as everything else here does."""

    def __str__(self) -> str:
        return self.isoformat()


def _with_whole_offset(at: datetime) -> datetime:
    """TOML knows offsets in minutes only."""
    offset = at.utcoffset()
    return at.astimezone(UTC) if offset is not None and offset.total_seconds() % 60 else at


def _with_moments(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _with_moments(part) for key, part in value.items()}
    if isinstance(value, datetime):
        return _Moment.fromisoformat(_with_whole_offset(value).isoformat())
    return value


def head_table(data: bytes) -> Table:
    """Read the part before the first block; raises Damaged with its line."""
    try:
        return tomli.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise _damaged(data, error, in_head=True) from None


def whole_end(data: bytes) -> int:
    """Return where the last block ends that could be whole; the start of the last block when that one is not."""
    start = data.rfind(MARK)
    if start < 0:
        return 0
    number = data.rfind(_NUMBER, start)
    end = data.find(b"\n", number + 1)
    if number < 0 or end < 0 or not data[number + len(_NUMBER) : end].isdigit():
        return start
    return end + 1


def read_blocks(data: bytes, first: int) -> Blocks:
    """Read the whole blocks of a piece of log that starts with one; the first must have this number.

    Only the last block may be less than whole: it is left out, and ``end`` is where it begins. Anything wrong before it
    raises Damaged.
    """
    end = whole_end(data)
    try:
        tables = _events(data[:end], first)
    except (ValueError, RecursionError):
        return _one_by_one(data, first)
    return Blocks(tables, end)


def _events(data: bytes, first: int) -> list[Table]:
    """Parse all blocks in one go, which is what keeps ten thousand of them quick; ValueError when anything is off."""
    if not data:
        return []
    text = data.decode()
    tables = _quickly(text, first)
    if tables is not None:
        return tables
    parsed = tomli.loads(text)
    tables = parsed.get("event")
    if len(parsed) != 1 or not isinstance(tables, list) or len(tables) != data.count(MARK):
        raise ValueError
    for number, table in enumerate(tables, first):
        if not _is_numbered(table, number):
            raise ValueError
    return tables


def _quickly(text: str, first: int) -> list[Table] | None:
    """The same where all of it is as our own writer writes it; None for anything else."""
    before, *pieces = text.split(_MARK)
    numbers = (f"\nn = {number}\n" for number in count(first))
    if before or not all(map(str.endswith, pieces, numbers)):
        return None
    tables: list[Table] = []
    for piece in pieces:
        table = table_of(piece)
        if table is None:
            return None
        tables.append(table)
    return tables


def _is_numbered(table: object, number: int) -> bool:
    if not isinstance(table, dict) or not table:
        return False
    found = table.get("n")
    return type(found) is int and found == number and next(reversed(table)) == "n"


def _one_by_one(data: bytes, first: int) -> Blocks:
    """Parse block by block, to find out which one it is."""
    starts = block_starts(data)
    tables: list[Table] = []
    for index, start in enumerate(starts):
        is_last = index == len(starts) - 1
        block = data[start:] if is_last else data[start : starts[index + 1]]
        if is_last:
            block = block[: whole_end(block)]
        try:
            if not block:
                raise ValueError
            tables += _events(block, first + index)
        except (ValueError, RecursionError) as error:
            if is_last:
                return Blocks(tables, start)
            raise _damaged(data, error, start) from None
    return Blocks(tables, whole_end(data))


def block_starts(data: bytes) -> Sequence[int]:
    """Return where each block begins."""
    starts: list[int] = []
    position = data.find(MARK)
    while position >= 0:
        starts.append(position)
        position = data.find(MARK, position + len(MARK) - 1)
    return starts


def _damaged(data: bytes, error: Exception, start: int = 0, *, in_head: bool = False) -> Damaged:
    """Say on which line of the data it is; a block begins on the line after its separating newline."""
    line = line_at(data, start)
    if isinstance(error, UnicodeDecodeError):
        return Damaged(line + error.object[: error.start].count(b"\n"), is_text=False, in_head=in_head)
    if isinstance(error, tomli.TOMLDecodeError):
        return Damaged(line + error.lineno - 1, in_head=in_head)
    return Damaged(line if in_head else line + 1, in_head=in_head)


def line_at(data: bytes, position: int) -> int:
    """Return the line, counted from 1, on which this byte stands."""
    return data.count(b"\n", 0, position) + 1


def log_bytes(path: Path | str) -> bytes:
    """Return all bytes of a file that at least begins as a log of this version."""
    name = str(path)
    try:
        status = os.stat(name)  # noqa: PTH116  # what is missing or may not be seen raises, with its own reason
        if stat.S_ISDIR(status.st_mode):
            raise Trouble("log-is-folder", file=name)
        if not stat.S_ISREG(status.st_mode):
            raise Trouble("log-is-no-log", file=name)  # a device, a pipe, a socket: reading it might never end
        if status.st_size < SNIFFED:
            with open(name, "rb", buffering=0) as file:  # noqa: PTH123  # ten thousand times, and much quicker
                data = file.readall()
            check_version(data[:SNIFFED], path)
            return data
        with open(name, "rb") as file:  # noqa: PTH123
            start = file.read(SNIFFED)
            check_version(start, path)
            data = start + file.read(LARGEST + 1 - len(start))
            if len(data) > LARGEST:
                raise Trouble("log-too-large", file=name, most=LARGEST // 1024 // 1024)
            return data
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL or a lone surrogate in the name
        raise Trouble("log-missing", file=name) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a ring
        raise failed("log-unreadable", path, error) from error


def check_version(start: bytes, path: Path | str) -> None:
    """Raise Trouble unless these are the first bytes of a log of this version."""
    found = version(start)
    if found is None or found < VERSION:
        raise Trouble("log-is-no-log", file=str(path))
    if found > VERSION:
        raise Trouble("log-newer", file=str(path))


def head_end(data: bytes, path: Path) -> int:
    """Return where the first block begins; raises Trouble when there is none, or when line ends were changed."""
    if b"\n[[event]]\r" in data:  # one is enough: it would be read as a part of what stands before it
        raise Trouble("log-line-ends", file=str(path))
    first = data.find(MARK)
    if first < 0:
        raise Trouble("log-without-start", file=str(path))
    return first
