"""A terminal for tests: a real process under a pseudo terminal, and a screen that shows what it drew.

Everything that the process sends is kept as bytes, so that a test can look for what should never have been sent at
all, and is drawn on an emulated screen, so that a test reads what a person reads. A test waits for facts on the screen
with a deadline; it never sleeps for luck.
"""

import codecs
import fcntl
import os
import pty
import re
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyte

SIZE = (120, 36)
PATIENCE = float(os.environ.get("E2E_PATIENCE", "40"))
"""Seconds to wait for a fact before it is said that it does not come; a busy machine is no reason to fail."""
TABLETOP = (sys.executable, "-m", "tabletop")
"""The command as a user gives it, with the interpreter that runs the tests."""

# What a modern terminal answers: synchronised output, no in-band resize, the place of the cursor, what it is.
ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[16t": b"\x1b[6;16;8t",
}
_ASKED = re.compile(b"|".join(re.escape(query) for query in ANSWERS))
_LONGEST_QUERY = max(map(len, ANSWERS))

# What the emulator does not know and would draw as text, and the switch to and from the second screen.
_UNKNOWN = re.compile(r"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1bP[^\x1b]*\x1b\\")
_SWITCH = re.compile(r"\x1b\[\?1049[hl]")
_BEGINS, _ENDS = "\x1b[?2026h", "\x1b[?2026l"
"""Around what is to be shown at once."""
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|P[^\x1b]*)?\Z")

# Keys as terminals send them that know nothing of newer protocols: (old sequence, code and end of the kitty protocol).
KEYS = {
    "enter": ("\r", "13u"),
    "tab": ("\t", "9u"),
    "escape": ("\x1b", "27u"),
    "backspace": ("\x7f", "127u"),
    "up": ("\x1b[A", "1A"),
    "down": ("\x1b[B", "1B"),
    "right": ("\x1b[C", "1C"),
    "left": ("\x1b[D", "1D"),
    "home": ("\x1b[H", "1H"),
    "end": ("\x1b[F", "1F"),
    "pageup": ("\x1b[5~", "5~"),
    "pagedown": ("\x1b[6~", "6~"),
    "delete": ("\x1b[3~", "3~"),
    "f1": ("\x1bOP", "1P"),
    "f2": ("\x1bOQ", "1Q"),
}
_SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./", strict=True))


class NeverCame(AssertionError):
    """What a test waited for did not come; the message holds the screen."""


class Terminal:
    """A real process under a pseudo terminal of this size, given as columns and rows.

    ``kitty`` makes it a terminal that speaks the newer keyboard protocol, and uses it when the program asks for it.
    ``most_bytes`` is a limit on the size of any file that the process writes, which the system imposes.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        size: tuple[int, int] = SIZE,
        env: Mapping[str, str] | None = None,
        *,
        cwd: Path | None = None,
        kitty: bool = False,
        most_bytes: int | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        self.raw = bytearray()
        """Every byte that the process sent."""
        self.keys = 0
        """Key presses that were no text."""
        self.letters = 0
        """Characters that were typed as text."""
        self._kitty = kitty
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._drawn = 0
        self._rest = ""
        self._text = ""
        self._news = threading.Condition()
        self._over = False
        self._unasked = b""
        self._fd, child = pty.openpty()
        self._set_size(size)

        def at_home() -> None:  # in the child, before the program starts
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if most_bytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
            if before is not None:
                before()

        whole = {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(os.environ if env is None else env)}
        for name in ("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"):  # a hundred starts, and none to compile for itself
            whole.pop(name, None)
        self.environment: Mapping[str, str] = whole
        self.process = subprocess.Popen(
            [str(part) for part in argv],
            stdin=child,
            stdout=child,
            stderr=child,
            env=whole,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=at_home,  # noqa: PLW1509 - a controlling terminal cannot be had otherwise
        )
        os.close(child)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    # --- what comes in ---

    def _read(self) -> None:
        while True:
            try:
                ready, _, _ = select.select([self._fd], [], [], 0.5)
                chunk = os.read(self._fd, 65536) if ready else None
            except (OSError, ValueError):
                chunk = b""
            if chunk is None:
                continue
            with self._news:
                self.raw += chunk
                self._over = self._over or not chunk
                self._news.notify_all()
            if not chunk:
                return
            self._answer(chunk)

    def _answer(self, chunk: bytes) -> None:
        heard = self._unasked + chunk
        done = 0
        for asked in _ASKED.finditer(heard):
            with suppress(OSError):
                os.write(self._fd, ANSWERS[asked[0]])
            done = asked.end()
        self._unasked = heard[done:][-_LONGEST_QUERY + 1 :]

    @property
    def received(self) -> bytes:
        """Every byte up to now."""
        with self._news:
            return bytes(self.raw)

    @property
    def screen(self) -> str:
        """The screen as a person reads it: rows without the spaces at their end, and never half a picture."""
        if self._draw():
            self._text = "\n".join(line.rstrip() for line in self._screen.display)
        return self._text

    @property
    def rows(self) -> list[str]:
        return self.screen.split("\n")

    def _draw(self) -> bool:
        """Draw what is new, up to the last picture that is whole; return whether anything was drawn."""
        with self._news:
            new = bytes(self.raw[self._drawn :])
            self._drawn = len(self.raw)
        text = self._rest + self._decode(new)
        begun, ended = text.rfind(_BEGINS), text.rfind(_ENDS)
        cut = _UNFINISHED.search(text)
        end = begun if begun > ended else cut.start() if cut else len(text)
        text, self._rest = text[:end], text[end:]
        for place, part in enumerate(_SWITCH.split(_UNKNOWN.sub("", text))):
            if place:
                self._screen.reset()
            self._stream.feed(part)
        return bool(text)

    def wait_for(self, wanted: "str | Callable[[str], object]", seconds: float = PATIENCE, why: str = "") -> str:
        """Wait until the screen holds a text, or satisfies a condition, and return it."""
        deadline = time.monotonic() + seconds
        holds = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        while True:
            with self._news:
                size, over = len(self.raw), self._over
            screen = self.screen
            if holds(screen):
                return screen
            left = deadline - time.monotonic()
            if left <= 0 or over:
                what = why or (wanted if isinstance(wanted, str) else "what was waited for")
                how = "the program closed" if over else f"not within {seconds:.0f} s"
                raise NeverCame(f"{what!r} never came ({how}); {self.keys} keys pressed. The screen:\n{screen}")
            with self._news:
                self._news.wait_for(lambda size=size: len(self.raw) > size or self._over, min(left, 1.0))

    # --- what goes out ---

    def press(self, *names: str) -> None:
        """Press keys, by name (``space``, ``enter``, ``up``, ``ctrl+p``) or by the character on them. Each counts."""
        for name in names:
            self.keys += 1
            self._send(name)

    def type(self, text: str) -> None:
        """Type characters of a text."""
        self.letters += len(text)
        if self._speaks_kitty:
            for character in text:
                self._send(character)
        else:
            self.write(text.encode())

    def paste(self, text: str) -> None:
        """Paste, as a terminal that brackets what it pastes."""
        self.write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        while data:
            data = data[os.write(self._fd, data) :]

    @property
    def _speaks_kitty(self) -> bool:
        with self._news:
            return self._kitty and b"\x1b[>" in self.raw

    def _send(self, name: str) -> None:
        name = " " if name == "space" else name
        if self._speaks_kitty:
            self.write(_kitty(name))
        elif name.startswith("ctrl+"):
            self.write(bytes([ord(name[5:].upper()) - 64]))
        else:
            self.write(KEYS[name][0].encode() if name in KEYS else name.encode())

    # --- around the process ---

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size; the system tells the process."""
        self._draw()
        self._screen.resize(rows, columns)
        self._set_size((columns, rows))

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self) -> None:
        """Kill the process as a power cut does: it gets no chance to do anything."""
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_closed(self, seconds: float = PATIENCE) -> int:
        """Wait until the process ends by itself, and return its exit code."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise NeverCame(f"the program does not close. The screen:\n{self.screen}") from None
        self._reader.join(seconds)
        return code

    def close(self) -> None:
        """End whatever is left of it."""
        self.kill()
        self._reader.join(5)
        with suppress(OSError):
            os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _kitty(name: str) -> bytes:
    """A key in the kitty protocol, all keys as codes with their text, as Textual asks for it."""
    if name.startswith("ctrl+"):
        return f"\x1b[{ord(name[5:])};5u".encode()
    if name in KEYS:
        code = KEYS[name][1]
        return f"\x1b[{code}".encode() if code != "1P" else b"\x1bOP"
    character = name
    if character.isupper() and character.lower() != character:
        return f"\x1b[{ord(character.lower())};2;{ord(character)}u".encode()
    if character in _SHIFTED:
        return f"\x1b[{ord(_SHIFTED[character])};2;{ord(character)}u".encode()
    return f"\x1b[{ord(character)};;{ord(character)}u".encode()
