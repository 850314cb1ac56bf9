"""The app around the leader's desk: themes, one screen, and the way out. What happens on it is up to scenes."""

import gc

from textual.app import App

from tabletop.locale import Words
from tabletop.ui.desk.scene import Scene
from tabletop.ui.desk.screen import DeskScreen
from tabletop.ui.opening import Clock
from tabletop.ui.signals import exit_when_told
from tabletop.ui.themes import DESK, PROJECTOR

_SETTLED_AFTER = 1.0
"""Seconds after which everything that a first screen needs is loaded, and the collector of garbage comes back."""


class TabletopApp(App[None]):
    """One desk. The palette of the toolkit is off: Ctrl+P opens our own list of commands."""

    TITLE = "tabletop"
    CSS_PATH = "desk/desk.tcss"  # here, because the toolkit reads no style sheet of a default screen
    ENABLE_COMMAND_PALETTE = False
    INLINE_PADDING = 0

    def __init__(self, first: Scene, words: Words, clock: Clock) -> None:
        super().__init__()
        for theme in (DESK, PROJECTOR):
            self.register_theme(theme)
        self.theme = DESK.name
        self.animation_level = "none"
        self.desk = DeskScreen(first, words, clock.monotonic)
        self.sentence = ""
        """What is said in the terminal after the screen has closed."""
        self.failure: Exception | None = None
        """What nobody foresaw; the one handler at the very top says it."""

    def get_default_screen(self) -> DeskScreen:
        """Begin with the desk itself, so that nothing else is ever painted."""
        return self.desk

    def on_mount(self) -> None:
        self.set_timer(_SETTLED_AFTER, _settle)
        exit_when_told(self)

    def exit(self, result: None = None, return_code: int = 0, message: object = None) -> None:
        """Close; the sentence is ours to say, because the toolkit would break it at the width of the terminal."""
        self.sentence = str(message or "")
        super().exit(result, return_code)

    async def action_quit(self) -> None:
        """Ctrl+Q: close at once. A run stays resumable, because everything that happened is in its log."""
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        super()._handle_exception(error)
        self._exit_renderables.clear()  # a trace is for a file, not for the leader in front of a table
        if self.failure is None:
            self.failure = error


def _settle() -> None:
    """Let the collector come back, and never look again at what was loaded for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()
