"""What the verbs say: sentences for a terminal, cleaned, and the exit code that goes with them."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from tabletop import __version__
from tabletop.locale import Words

FINE, MISTAKES, COULD_NOT = 0, 1, 2
"""Exit codes: fine; ``check`` found mistakes or hints; what could not be done, said in one sentence on stderr."""


class CannotBeDone(Exception):
    """Something that the command line asks and cannot be; its text is the sentence, in the leader's language."""


def refuse(sentence: str) -> int:
    """Say in one sentence what could not be done."""
    with suppress(OSError, ValueError):
        print(clean(sentence), file=sys.stderr, flush=True)
    return COULD_NOT


def clean(text: str) -> str:
    """Return a text that may hold names from files and arguments, fit for a terminal."""
    from tabletop.core.text import clean_line

    return clean_line(text)


def said(trouble: Exception, words: Words) -> str:
    from tabletop.locale.sentences import say

    return say(words, trouble.code, trouble.values)  # type: ignore[attr-defined]  # Trouble, imported where it is needed


def unforeseen(error: Exception, words: Words) -> str:
    """Write the details to a file and return the sentence that names it."""
    import platform
    import tempfile
    import traceback

    from tabletop.files.clock import SystemClock
    from tabletop.files.places import state_folder

    now = SystemClock().now()
    details = "".join(traceback.format_exception(error))
    text = f"tabletop {__version__}, Python {platform.python_version()}, {platform.platform()}\n{now}\n\n{details}"
    for place in (state_folder(os.environ) / "crashes", Path(tempfile.gettempdir())):
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = place / f"tabletop-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write(text)
            return words.t(
                "Something went wrong that nobody foresaw; what was saved is safe. Details: {file}", file=str(path)
            )
    return words.t("Something went wrong that nobody foresaw; what was saved is safe.")


def replace_what_cannot_be_printed() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def close_output() -> None:
    """Keep the interpreter from complaining once more when it closes what nobody reads."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
