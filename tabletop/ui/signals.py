"""Closing as the system asks for it: a window that was shut, a machine that goes down."""

import asyncio
import signal
from contextlib import suppress
from typing import Any

from textual.app import App


def exit_when_told(app: App[Any]) -> None:
    """Let the app close itself when the system says so, so that its screens keep what they hold and the terminal is
    left as it was. Where the system has no such signals, or no loop to hear them in, it closes programs its own way.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, app.exit)
