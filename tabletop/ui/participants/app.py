"""The app of the shared screen: it looks at the log eight times a second and shows what there is to see."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

from tabletop.files.glance import Glance
from tabletop.locale import Words, words_for
from tabletop.ui.participants.choice import ChoiceScreen
from tabletop.ui.participants.screen import ParticipantsScreen
from tabletop.ui.participants.watch import Seen
from tabletop.ui.signals import exit_when_told
from tabletop.ui.themes import PROJECTOR

LOOK = 0.12
"""Seconds between two looks at the log: seen within a seventh of a second, at half a hundredth of a core."""


class Watcher(Protocol):
    """What the app asks: what is there to see, and follow this one."""

    def look(self) -> Seen: ...

    def choose(self, glance: Glance) -> None: ...


class ParticipantsApp(App[None], inherit_bindings=False):
    """A screen to look at. Nothing on it can be operated: no palette, no selection, no mouse; q closes it."""

    TITLE = "tabletop"
    CSS_PATH = "participants.tcss"  # here, because the toolkit reads no style sheet of a default screen
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS = [Binding("q,Q,ctrl+q,ctrl+c", "quit", show=False, priority=True)]

    def __init__(self, watcher: Watcher, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._watcher = watcher
        self._words = words
        self._wall = ParticipantsScreen(words, now)
        self._choice: ChoiceScreen | None = None
        self.failure: Exception | None = None
        """What nobody foresaw; the one handler at the very top says it."""
        self.register_theme(PROJECTOR)
        self.theme = PROJECTOR.name

    def get_default_screen(self) -> Screen[None]:
        """Begin with the wall itself, so that nothing else is ever painted."""
        return self._wall

    def on_mount(self) -> None:
        self.look()
        self.set_interval(LOOK, self.look)
        exit_when_told(self)

    def _handle_exception(self, error: Exception) -> None:
        super()._handle_exception(error)
        self._exit_renderables.clear()  # a trace is for a file, never for the wall
        if self.failure is None:
            self.failure = error

    def look(self) -> None:
        """Show what there is to see now."""
        seen = self._watcher.look()
        if seen.choices:
            self._offer(seen)
            return
        if self._choice is not None:
            self._choice = None
            self.pop_screen()
        view = seen.view
        self._wall.show(view, words_for(view.language) if view else self._words, lost=seen.lost, awaited=seen.awaited)
        self._wall.tick()

    def _offer(self, seen: Seen) -> None:
        if self._choice is None:
            self._choice = ChoiceScreen(seen.choices, self._words)
            self.push_screen(self._choice)
        else:
            self._choice.offer(seen.choices)

    @on(ChoiceScreen.Chosen)
    def _follow(self, chosen: ChoiceScreen.Chosen) -> None:
        self._watcher.choose(chosen.glance)
        self.look()
