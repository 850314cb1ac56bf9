"""``tabletop show``: the shared screen in a terminal of its own, which follows a run."""

import gc
import os
from collections.abc import Mapping
from pathlib import Path

from tabletop.locale import Words


def show(path: Path | None, words: Words, environ: Mapping[str, str] | None = None) -> int:
    """Show what the participants may see of the run at this path, or of the one that is going on.

    ``words`` are for what is said before there is a run; after that the exercise's language decides. Raises Trouble
    when the path is there and holds no log that can be followed; one that is not there yet is waited for.
    """
    gc.disable()  # importing makes a great many objects that all stay
    from tabletop.files.clock import SystemClock
    from tabletop.ui.participants.app import ParticipantsApp
    from tabletop.ui.participants.watch import Watch

    clock = SystemClock()
    watch = Watch(path, os.environ if environ is None else environ, clock.monotonic)
    watch.check()
    app = ParticipantsApp(watch, words, clock.now)
    gc.freeze()
    gc.enable()
    try:
        app.run(mouse=False)
    finally:
        watch.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
