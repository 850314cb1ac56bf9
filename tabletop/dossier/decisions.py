"""What people decided over many logs, in a plain file beside them: only ever added to, and merged by putting together.

One ``[[decision]]`` block for each, with who decided it and when. The order of the blocks says nothing and a block that
stands there twice counts once, so that two copies are merged with an editor or by a version control system; of two
decisions about the same thing the later one holds.
"""

import os
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import tomli
import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tabletop.core.events import WallTime
from tabletop.core.text import Line
from tabletop.files.log.locking import take_lock
from tabletop.files.putting import put_new
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble

NAME: Final = "dossier.toml"
FORMAT: Final = "tabletop-dossier/1"
_MARK: Final = b"\n[[decision]]\n"
_BLOCK: Final = re.compile(rb"^[ \t]*+\[\[decision\]\]", re.MULTILINE)
"""The same in a file that went through an editor."""
_MOST_BYTES: Final = 64_000_000

What: TypeAlias = Literal[
    "link", "unlink", "proposal", "use", "take-along", "theme", "group", "origin", "action-closed", "action-reopened",
    "threshold",
]  # fmt: skip


class Decision(BaseModel):
    """One of them. ``about`` is a point (``run/lp-1``), an action, a run or a theme, according to what it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=40)
    at: WallTime
    by: Line
    what: What
    about: Line = ""
    other: Line = Field("", description="The point that says the same, or the name of the theme from now on.")
    text: Line = Field("", description="A proposal, a note, a group, an origin, or where a proposal was used.")
    reason: Line = Field("", description="Why a signal becomes a proposal for change.")
    day: date | None = Field(None, description="When a proposal was used.")
    on: bool = True
    number: int = Field(0, ge=0, le=1_000)


def new_id() -> str:
    """A name for a decision that no other copy of the file gives away too."""
    return secrets.token_hex(6)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Each once, from early to late, so that the last one about something is the one that holds."""
    once = {decision.id: decision for decision in sorted(decisions, key=_when)}
    return tuple(sorted(once.values(), key=_when))


def _when(decision: Decision) -> tuple[datetime, str, str]:
    return decision.at, decision.id, decision.model_dump_json()


class Standing(NamedTuple):
    """What a file of decisions holds."""

    decisions: tuple[Decision, ...] = ()
    notices: tuple[Trouble, ...] = ()
    """What is told in a sentence, though nothing is lost: a block that was cut off, a decision of a newer kind."""
    whole: int = 0
    """Bytes up to the end of the last whole block."""


def read(folder: Path) -> Standing:
    """What stands in this folder. Raises Trouble when the file is damaged: nothing goes over it then."""
    path = folder / NAME
    try:
        if not path.is_file():
            return Standing()
        if path.stat().st_size > _MOST_BYTES:
            raise _damaged(path)
        data = path.read_bytes()
    except OSError as error:
        raise failed("log-unreadable", path, error) from error
    notices: list[Trouble] = []
    whole = len(data)
    try:
        table = _table(data)
    except ValueError as error:
        whole = data.rfind(_MARK[:2])  # the mark itself may be cut; no text goes over a line
        try:  # a power cut leaves half a block, at the end
            table = _table(data[: max(whole, 0)])
        except ValueError:
            table = {}
        if whole < 0 or table.get("format") != FORMAT:
            raise _damaged(path, _line_of(error)) from None
        notices.append(Trouble("dossier-decision-cut-off", file=str(path)))
    blocks = table.get("decision", [])
    if table.get("format") != FORMAT or not isinstance(blocks, list):
        raise _damaged(path)
    found = []
    for number, block in enumerate(blocks, start=1):
        try:
            found.append(Decision.model_validate(block))
        except ValidationError as error:
            if number == len(blocks) and _lacks(error, "what"):  # cut at the end of a line, it can be parsed
                whole = data.rfind(_MARK)
                notices.append(Trouble("dossier-decision-cut-off", file=str(path)))
            elif not _is_newer(error):
                raise _damaged(path, _line_of_block(data, number)) from None
            else:
                notices.append(Trouble("dossier-decision-newer", file=str(path), n=number))
    return Standing(in_order(found), tuple(notices), whole)


def _damaged(path: Path, line: int = 1) -> Trouble:
    return Trouble("dossier-decisions-damaged", file=f"{path}:{line}")


def _line_of_block(data: bytes, number: int) -> int:
    """On which line a decision begins, counted from the first; 1 where it is written in another way."""
    starts = [found.start() for found in _BLOCK.finditer(data)]
    return data.count(b"\n", 0, starts[number - 1]) + 1 if number <= len(starts) else 1


def _line_of(error: ValueError) -> int:
    """On which line a file cannot be parsed."""
    if isinstance(error, UnicodeDecodeError):
        return bytes(error.object[: error.start]).count(b"\n") + 1
    return error.lineno if isinstance(error, tomli.TOMLDecodeError) else 1


def _table(data: bytes) -> dict[str, Any]:
    """Parse it; raises ValueError for whatever cannot be."""
    try:
        return tomli.loads(data.decode().replace("\r\n", "\n"))
    except RecursionError as error:
        raise ValueError(str(error)) from None


def _lacks(error: ValidationError, key: str) -> bool:
    return any(one["type"] == "missing" and one["loc"] == (key,) for one in error.errors(include_url=False))


def _is_newer(error: ValidationError) -> bool:
    """Whether all that is wrong is a key, or a kind of decision, that this version does not know."""
    return all(
        one["type"] == "extra_forbidden" or (one["type"] == "literal_error" and one["loc"] == ("what",))
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    )


def add(folder: Path, decision: Decision) -> None:
    """Add a decision at the end of the file, synced, under a lock; raises Trouble when it cannot be, or is damaged.

    Half a block at the end is moved to a file beside it first, as with a log.
    """
    path = folder / NAME
    with take_lock(path):
        whole = read(folder).whole
        table = decision.model_dump(exclude_defaults=True)
        table["what"] = table.pop("what")  # last, so that a block without it is one that was cut off
        block = _MARK + tomli_w.dumps(table).encode()
        start = b"" if whole else f'format = "{FORMAT}"\n'.encode()
        try:
            with path.open("r+b" if whole else "ab") as file:
                file.seek(whole)
                torn = file.read() if whole else b""
                if torn:
                    put_new(path.with_name(f"{path.name}.torn-{decision.id}"), torn)
                    file.truncate(whole)
                    file.seek(whole)
                file.write(start + block)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise failed("not-saved", path, error) from error


class Decided:
    """What holds of all decisions together."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.links: list[tuple[str, str]] = []
        self.alone: set[str] = set()
        self.proposals: dict[str, Decision] = {}
        self.uses: dict[str, list[Decision]] = {}
        self.along: dict[str, bool] = {}
        self.themes: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.origins: dict[str, str] = {}
        self.closed: dict[str, Decision] = {}
        self.threshold = 2
        for decision in in_order(decisions):
            self._take(decision)

    def _take(self, decision: Decision) -> None:
        about = decision.about
        match decision.what:
            case "link":
                self.links.append((about, decision.other))
                self.alone -= {about, decision.other}
            case "unlink":
                self.links = [pair for pair in self.links if about not in pair]
                self.alone.add(about)
            case "proposal":
                if decision.reason.strip():  # a proposal without a reason is none
                    self.proposals[about] = decision
            case "use":
                self.uses.setdefault(about, []).append(decision)
            case "take-along":
                self.along[about] = decision.on
            case "theme":
                self.themes[about.casefold()] = decision.other
            case "group":
                self.groups[about] = decision.text
            case "origin":
                self.origins[about] = decision.text
            case "action-closed":
                self.closed[about] = decision
            case "action-reopened":
                self.closed.pop(about, None)
            case "threshold":
                self.threshold = max(decision.number, 2)

    def theme(self, name: str) -> str:
        """How a theme is called by now."""
        seen = set()
        while name.casefold() in self.themes and name.casefold() not in seen:
            seen.add(name.casefold())
            name = self.themes[name.casefold()] or name
        return name
