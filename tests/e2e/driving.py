"""A leader and a wall to test with: the real program in real terminals, and the log as any TOML parser reads it."""

import os
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from terminal import PATIENCE, SIZE, TABLETOP, NeverCame, Terminal

from tabletop.locale import words_for

DOUBLE_PRESS = 0.3
"""Seconds within which two presses of Space count once, because a presenter's clicker does that."""
MARK = b"\n[[event]]\n"
SAME_IN_BOTH = ("Begin", "begin", "Effect")
"""What is said in these tests that is the same in both languages."""
Table = dict[str, Any]


def surroundings(folder: Path, language: str = "nl") -> dict[str, str]:
    """An environment of somebody without settings, whose runs are in this folder alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TABLETOP_", "XDG_", "LC_"))}
    for place in ("home", "logs"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    return kept | {
        "HOME": str(folder / "home"),
        "TABLETOP_LOGS": str(folder / "logs"),
        "TABLETOP_STATE": str(folder / "state"),
        "TABLETOP_LANG": language,
        "LANG": "C.UTF-8",
        "TZ": "Europe/Amsterdam",
    }


class Leader(Terminal):
    """The leader's terminal: as quick as can be, and never so quick that a press of Space counts as a double one."""

    _pressed = -1.0
    _is_seen = True

    def space(self) -> Self:
        """Press Space, at least a third of a second after what the last one did was there."""
        time.sleep(max(0.0, self._pressed + DOUBLE_PRESS + 0.02 - time.monotonic()))
        self.press("space")
        self._pressed, self._is_seen = time.monotonic(), False
        return self

    def wait_for(self, wanted: str | Callable[[str], object], seconds: float = PATIENCE, why: str = "") -> str:
        screen = super().wait_for(wanted, seconds, why)
        if not self._is_seen:  # a slow machine took the press later than it was made
            self._pressed, self._is_seen = time.monotonic(), True
        return screen

    def command(self, letter: str) -> Self:
        """``/`` and a letter."""
        self.press("/", letter)
        return self

    def enter(self, text: str) -> Self:
        """Type a text, and Enter."""
        self.type(text)
        self.press("enter")
        return self

    @property
    def line(self) -> str:
        """What stands in the typing line, without what stands at the right end of it."""
        row = next((row.strip()[1:].strip() for row in self.rows if row.strip().startswith("›")), "")
        return row.partition("   ")[0]

    @property
    def above(self) -> str:
        """The screen without the typing line: what the program says, not what was typed."""
        return without_line(self.screen)


def dutch(text: str, **values: object) -> str:
    """What the program says in Dutch. A text that it does not have fails here, and is not waited for in vain."""
    said = words_for("nl").t(text, **values)
    assert said != text.format(**values) or text in SAME_IN_BOTH, f"the program says nothing like {text!r}"
    return said


def without_line(screen: str) -> str:
    return "\n".join(row for row in screen.split("\n") if not row.strip().startswith("›"))


def stands(*texts: str) -> Callable[[str], bool]:
    """Say whether these texts stand on a screen, outside of the typing line."""

    def holds(screen: str) -> bool:
        above = without_line(screen)
        return all(text in above for text in texts)

    return holds


@contextmanager
def lead(folder: Path, *arguments: str | Path, size: tuple[int, int] = SIZE, **more: Any) -> Iterator[Leader]:
    """``tabletop run`` in a terminal."""
    more.setdefault("env", surroundings(folder))
    with Leader([*TABLETOP, "run", *arguments], size, **more) as terminal:
        yield terminal


@contextmanager
def wall(folder: Path, *arguments: str | Path, size: tuple[int, int] = (80, 24), **more: Any) -> Iterator[Terminal]:
    """``tabletop show`` in a terminal."""
    more.setdefault("env", surroundings(folder))
    with Terminal([*TABLETOP, "show", *arguments], size, **more) as terminal:
        yield terminal


def blocks(log: Path) -> list[Table]:
    """The whole events of a log, as an independent parser reads them; the last half one, if any, is left out."""
    data = log.read_bytes()
    whole = data[: data.rfind(MARK)] if not data.endswith(b"\n") else data
    return tomllib.loads(whole.decode())["event"]


def events(log: Path, *, but: tuple[str, ...] = ()) -> list[Table]:
    """The events without when they happened."""
    return [
        {key: value for key, value in event.items() if key not in ("at", "clock", "n")}
        for event in blocks(log)
        if event["type"] not in but
    ]


def until_saved(log: Path, holds: Callable[[list[Table]], object], seconds: float = PATIENCE) -> list[Table]:
    """Wait until what is in the log satisfies a condition."""
    deadline = time.monotonic() + seconds
    while True:
        found = blocks(log) if log.exists() else []
        if found and holds(found):
            return found
        if time.monotonic() > deadline:
            raise NeverCame(f"the log never held what was waited for; its last events: {found[-3:]}")
        time.sleep(0.02)


def matches(event: Mapping[str, object], wanted: Mapping[str, object]) -> bool:
    return all(event.get(key) == value for key, value in wanted.items())


posix = sys.platform != "win32"
