"""A leader at a desk: the real app under Pilot, a log on a real disk, and time that only a test moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from tabletop.control import Control
from tabletop.core import events as e
from tabletop.core.exercise import Exercise, Language
from tabletop.core.session import Session
from tabletop.files.drafts import Drafts
from tabletop.files.log import read
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, words_for
from tabletop.ui.app import TabletopApp
from tabletop.ui.desk.canvas import Canvas
from tabletop.ui.desk.screen import DeskScreen
from tabletop.ui.desk.typing_line import TypingLine
from tabletop.ui.rows import plain
from tabletop.ui.run.scene import RunScene
from tests.builders import PEOPLE, SMALL, HeldClock, people

NOT_AN_EVENT = (e.SessionStarted, e.SessionContinued, e.SessionLeft, e.ClockStopped)


class BrokenWriter:
    """A disk that says no for as long as ``broken`` is set, at the boundary where control meets it."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self.broken = False

    def append(self, event: e.Event) -> e.Event:
        if self.broken:
            raise Trouble("not-saved-full", file=self._writer.path.name)
        return self._writer.append(event)

    def save_elsewhere(self, path: Path) -> None:
        self._writer.save_elsewhere(path)
        self.broken = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


@dataclass
class Lead:
    """What a leader does at the desk, and what a test reads there."""

    app: TabletopApp
    pilot: Pilot[None]
    scene: RunScene
    clock: HeldClock
    disk: BrokenWriter
    _seen: int = field(default=0)

    # --- what a leader does ---

    async def press(self, *keys: str) -> "Lead":
        """Press keys, half a second apart: never so quick that a Space counts as a double one."""
        for key in keys:
            self.clock.advance(0.5)
            self.scene.control.moment()  # as a tick would: a jump of the clock is a laptop that slept
            await self._send(_key(key))
        return self

    async def type(self, text: str) -> "Lead":
        """Type a text, letter by letter."""
        for letter in text:
            self.app.post_message(_key(letter))
        await self.settle()
        return self

    async def enter(self, text: str) -> "Lead":
        await self.type(text)
        return await self.press("enter")

    async def command(self, letter: str) -> "Lead":
        """``/`` and a letter, on the empty line."""
        return await self.press("slash", letter)

    async def beside(self, letter: str) -> "Lead":
        """F2 and a letter, beside a half-typed line."""
        return await self.press("f2", letter)

    async def paste(self, text: str) -> "Lead":
        self.line.post_message(events.Paste(text))
        await self.settle()
        return self

    async def _send(self, key: events.Key) -> None:
        self.app.post_message(key)
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything that was sent has been taken: a fact, not a time."""
        quiet = 0
        while quiet < 4:
            await asyncio.sleep(0)
            pumps = (self.app, self.desk, *self.desk.walk_children())
            quiet = quiet + 1 if all(not pump.message_queue_size for pump in pumps) else 0

    async def wait(self, seconds: float) -> "Lead":
        """Let time pass as the screen does: a look at the clock every second, here every four, and a tick at last."""
        left = seconds
        while left > 0:
            self.clock.advance(min(4.0, left))
            left -= 4.0
            self.scene.control.moment()
        self.desk._tick()
        await self.settle()
        return self

    async def resize(self, width: int, height: int) -> "Lead":
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()
        return self

    async def space_until(self, reached: Any, most: int = 120) -> "Lead":
        for _ in range(most):
            if reached(self.session):
                return self
            await self.press("space")
        raise AssertionError(f"Space never got there: {self.bar}")

    async def until_stage(self, stage: str) -> "Lead":
        return await self.space_until(lambda s: s.stop is not None and s.stop.stage == stage)

    async def until_shown(self, inject: str) -> "Lead":
        return await self.space_until(lambda s: s.current == inject and s.phase == "running")

    # --- what a test reads ---

    @property
    def desk(self) -> DeskScreen:
        return self.app.desk

    @property
    def line(self) -> TypingLine:
        return self.desk.query_one(TypingLine)

    @property
    def text(self) -> str:
        """What is in the typing line."""
        return self.line.value

    @property
    def session(self) -> Session:
        return self.scene.session

    @property
    def words(self) -> Words:
        return self.scene.words

    @property
    def rows(self) -> list[str]:
        return [plain(row).rstrip() for row in self.desk.query_one("#desk", Canvas).rows]

    @property
    def page(self) -> str:
        return "\n".join(self.rows)

    @property
    def header(self) -> str:
        return next(row for row in self.rows if row.strip())

    @property
    def bar(self) -> str:
        """The row right above the typing line that says what Space or Enter does."""
        return next(row for row in reversed(self.rows) if row.strip()).strip()

    @property
    def said(self) -> str:
        """The row right above the bar, where a notice stands until the next key."""
        return [row for row in self.rows if row.strip()][-2].strip()

    @property
    def placeholder(self) -> str:
        return str(self.line.placeholder)

    @property
    def saved(self) -> list[e.Event]:
        """What is in the log, as a reader of the file gets it."""
        return [one for one in self.saved_all if not isinstance(one, NOT_AN_EVENT)]

    @property
    def saved_all(self) -> list[e.Event]:
        return list(read(self.scene.control.writer.path).events)

    def new(self) -> list[e.Event]:
        """What came into the log since this was last asked."""
        found = self.saved[self._seen :]
        self._seen += len(found)
        return found


_NAMED = {" ": "space", "/": "slash", "@": "at", "#": "number_sign", "*": "asterisk"}
_MEANT = {name: character for character, name in _NAMED.items()}


def _key(key: str) -> events.Key:
    """A key by its name, or by the character that it types."""
    if len(key) == 1:
        return events.Key(_NAMED.get(key, key), key)
    return events.Key(key, _MEANT.get(key))


def control_of(
    folder: Path, clock: HeldClock, exercise: Exercise = SMALL, officials: tuple[str, ...] = PEOPLE
) -> Control:
    return Control.start(folder / "run.toml", exercise, people(*officials), clock, run_id="run-1")


@asynccontextmanager
async def leading(
    folder: Path,
    exercise: Exercise = SMALL,
    *,
    language: Language = "en",
    size: tuple[int, int] = (120, 36),
    officials: tuple[str, ...] = PEOPLE,
    control: Control | None = None,
    clock: HeldClock | None = None,
) -> AsyncIterator[Lead]:
    """Lead a run that has just begun, or the one of a control."""
    clock = clock or HeldClock()
    control = control or control_of(folder, clock, exercise, officials)
    disk = BrokenWriter(control.writer)
    control.writer = disk  # type: ignore[assignment]
    scene = RunScene(control, words_for(language), drafts=Drafts(folder / "state"))
    app = TabletopApp(scene, words_for(language), clock)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lead = Lead(app, pilot, scene, clock, disk)
        lead.new()
        yield lead
