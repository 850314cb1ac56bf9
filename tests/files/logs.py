"""What the tests of the log build with: one of every fact, with any text in it, and a small log as bytes."""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.files.log.sharing import text_fields
from tabletop.files.log.writing import block_of, head_of

AT = datetime(2026, 11, 23, 14, 0, 12, tzinfo=timezone(timedelta(hours=1)))
KINDS: tuple[type[e.Fact], ...] = get_args(e.Event)

EXERCISE: dict[str, Any] = {
    "title": "Zonder gas",
    "officials": [{"id": "ovd-bz", "name": "Officier van dienst", "label": "OvD"}, {"id": "aov", "name": "AOV"}],
    "steps": [{"text": "Het gas is weg."}],
}

ELSE: dict[str, Any] = {
    "official": "ovd-bz", "other": "aov", "inject": "a1", "feedback": "f1", "point": "lp-1", "decision": "d-1",
    "id": "lp-1", "objective": "o1", "choice": "c1", "event": 1, "hard_end": AT, "seconds": 7.5, "minutes": 5.0,
    "page": 1, "question": 1, "stage": "round", "outcome": "agreed", "kept": "partly", "fingers": (3, 4, 0),
    "what": "list", "answer": "not-yet", "task": "kinds", "into": "lp-2", "to": AT, "counts": (1, 0, 2, 3, 4),
}  # fmt: skip
"""A value for each field that has to be there and holds no text."""

NASTY = (
    "\n[[event]]\n", '"""', "'''", "\\", '"', "\\n", "\n", "\r\n", "\t", "\x7f", "\x85", "# n = 3", "\nn = 3\n",
    "é", "e\u0301",
    "👩‍🚒", "\u202e", "[b]", "{n}", "𝕏", "\ufffd", "\u0000",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=30)), max_size=5).map("".join)


def fact(kind: type[e.Fact], **values: Any) -> Any:
    """One of this kind, with what must be there filled in."""
    fields = kind.model_fields
    needed = {
        key: "…" if key in text_fields(kind) and key != "question" else ELSE[key]
        for key, field in fields.items()
        if field.is_required() and key not in {"at", "clock"}
    }
    return kind(**{"at": AT, "clock": 1.25, **needed, **values})


@st.composite
def facts(draw: st.DrawFn) -> Any:
    """Any fact with any text in it."""
    kind = draw(st.sampled_from(KINDS))
    values: dict[str, Any] = {}
    for key in sorted(text_fields(kind)):
        field = kind.model_fields[key]
        is_many = "tuple" in str(field.annotation)
        values[key] = draw(st.lists(texts, max_size=3).map(tuple) if is_many else texts)
        if field.default is None and draw(st.booleans()):
            values[key] = None
    zone = timezone(timedelta(minutes=draw(st.integers(-14 * 60, 14 * 60))))
    at = draw(st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 30), timezones=st.just(zone)))  # type: ignore[arg-type]
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    return fact(kind, **values, at=at, clock=draw(st.integers(0, 10**8)) / 1000)


def head(**values: Any) -> e.Head:
    return e.Head(**{"id": "run-1", "started": AT, "exercise": e.Exercise.model_validate(EXERCISE), **values})


def started() -> Any:
    return fact(e.SessionStarted)


def sixty() -> list[Any]:
    """Sixty short events, most of them under a hundred characters; a text that tempts among them."""
    some = [started()]
    for number in range(2, 61):
        text = NASTY[number % len(NASTY)]
        some.append(fact(e.Observed, text=f"{number}{text}") if number % 3 == 0 else fact(e.Paused))
    return some


def log_bytes(events: list[Any], **values: Any) -> bytes:
    blocks = (block_of(event, number) for number, event in enumerate(events, 1))
    return head_of(head(**values)) + b"".join(blocks)


def numbered(events: list[Any]) -> tuple[Any, ...]:
    return tuple(event.model_copy(update={"n": number}) for number, event in enumerate(events, 1))


def fast_folder() -> Path | None:
    """A folder in memory, for a test that opens thousands of logs; None means the usual one."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else None


def in_child(work: Callable[[], object]) -> None:
    """Do this in a process of its own, and fail here when it fails there."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001  # said in the parent
            os.write(write, traceback.format_exc()[-4000:].encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    assert not said, said


@contextmanager
def child_until(work: Callable[[int], object]) -> Iterator[tuple[int, Any]]:
    """A process that works until it is killed; what it writes to its pipe can be read here."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            work(write)
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb", buffering=0) as pipe:
        yield child, pipe
