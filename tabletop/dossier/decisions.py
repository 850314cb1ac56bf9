"""What people decided over many logs, in a plain file beside them: only ever added to, and merged by putting together.

One ``[[decision]]`` block for each, with who decided it and when. The order of the blocks says nothing and a block that
stands there twice counts once, so that two copies are merged with an editor or by a version control system; of two
decisions about the same thing the later one holds.
"""

import os
import secrets
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tabletop.core.events import WallTime
from tabletop.core.text import Line
from tabletop.files.log.locking import take_lock
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble

NAME: Final = "dossier.toml"
FORMAT: Final = "tabletop-dossier/1"
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


def read(folder: Path) -> tuple[Decision, ...]:
    """The decisions that stand in this folder. Raises Trouble when the file is damaged: nothing goes over it."""
    path = folder / NAME
    try:
        if not path.is_file():
            return ()
        if path.stat().st_size > _MOST_BYTES:
            raise Trouble("dossier-decisions-damaged", file=str(path), where="1")
        table = tomllib.loads(path.read_bytes().decode())
    except OSError as error:
        raise failed("log-unreadable", path, error) from error
    except (ValueError, RecursionError) as error:
        raise Trouble("dossier-decisions-damaged", file=str(path), where=str(error)[:120]) from None
    blocks = table.get("decision", [])
    if table.get("format") != FORMAT or not isinstance(blocks, list):
        raise Trouble("dossier-decisions-damaged", file=str(path), where="format")
    found = []
    for number, block in enumerate(blocks, start=1):
        try:
            found.append(Decision.model_validate(block))
        except ValidationError:
            raise Trouble("dossier-decisions-damaged", file=str(path), where=f"decision {number}") from None
    return in_order(found)


def add(folder: Path, decision: Decision) -> None:
    """Add a decision at the end of the file, synced, under a lock; raises Trouble when it cannot be, or is damaged."""
    path = folder / NAME
    with take_lock(path):
        read(folder)
        table = decision.model_dump(exclude_defaults=True)
        block = b"\n[[decision]]\n" + tomli_w.dumps(table).encode()
        try:
            start = b"" if path.is_file() and path.stat().st_size else f'format = "{FORMAT}"\n'.encode()
            with path.open("ab") as file:
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
