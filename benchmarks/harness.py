"""A pseudo terminal with a stopwatch: from the start of a program, or from a key, to the bytes that show a change."""

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y", b"\x1b[c": b"\x1b[?62;22c"}


class Screen:
    """A program under a pseudo terminal. Times are in milliseconds, from when it was asked to when bytes arrived."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (120, 36)) -> None:
        self.all = b""
        self._fd, child = pty.openpty()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            argv, stdin=child, stdout=child, stderr=child, env=dict(env), start_new_session=True
        )
        os.close(child)

    def read(self, seconds: float) -> bytes:
        """Whatever arrives within so many seconds, or nothing."""
        ready, _, _ = select.select([self._fd], [], [], max(seconds, 0))
        if not ready:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            raise SystemExit(f"{self.process.args} closed:\n{self.all[-2000:].decode(errors='replace')}") from None
        for query, answer in ANSWERS.items():
            if query in data:
                os.write(self._fd, answer)
        self.all += data
        return data

    def until(self, *marks: bytes, since: float, seconds: float = 30) -> float:
        """Milliseconds since then until all these bytes have arrived."""
        seen = b"" if since != self.began else self.all
        while not all(mark in seen for mark in marks):
            if time.perf_counter() - since > seconds:
                raise SystemExit(
                    f"{self.process.args}: {marks} never came:\n{self.all[-3000:].decode(errors='replace')}"
                )
            seen += self.read(1)
        return 1000 * (time.perf_counter() - since)

    def painted(self, *marks: bytes) -> float:
        """Milliseconds from the start of the program until all these stand on the screen."""
        return self.until(*marks, since=self.began)

    def settle(self, seconds: float = 0.15) -> None:
        """Read until nothing has come for so long, or for three times as long: a clock on the screen never rests."""
        until = time.perf_counter() + 3 * seconds
        while time.perf_counter() < until and self.read(seconds):
            pass

    def rest(self, seconds: float) -> None:
        """Read whatever comes for so long."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def answer(self, keys: bytes, mark: bytes) -> float:
        """Milliseconds from a key to these bytes."""
        since = time.perf_counter()
        os.write(self._fd, keys)
        return self.until(mark, since=since)

    def send(self, keys: bytes) -> None:
        os.write(self._fd, keys)

    @property
    def peak_mib(self) -> float:
        """Peak resident memory, Linux only."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else float("nan")

    @property
    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def alternate(rounds: int, *programs: Callable[[], float]) -> list[list[float]]:
    """Run the programs in turn, so that whatever else the machine does hits all of them; the first round warms up."""
    found: list[list[float]] = [[] for _ in programs]
    for number in range(rounds + 1):
        for place, program in enumerate(programs):
            took = program()
            if number:
                found[place].append(took)
    return found


def whole(argv: Sequence[str], env: Mapping[str, str]) -> float:
    """Milliseconds that a program takes from start to end."""
    began = time.perf_counter()
    done = subprocess.run(argv, env=dict(env), capture_output=True, check=False)
    took = 1000 * (time.perf_counter() - began)
    if done.returncode:
        raise SystemExit(f"{argv}: {done.stderr.decode(errors='replace')}")
    return took


def printed(argv: Sequence[str], env: Mapping[str, str]) -> float:
    """The time that a program prints itself, in milliseconds."""
    done = subprocess.run(argv, env=dict(env), capture_output=True, text=True, check=False)
    found = re.search(r"([\d.]+) ms", done.stdout)
    if done.returncode or found is None:
        raise SystemExit(f"{argv}: {done.stdout}{done.stderr}")
    return float(found[1])


def told(argv: Sequence[str], env: Mapping[str, str]) -> list[float]:
    """All numbers that a program prints."""
    done = subprocess.run(argv, env=dict(env), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{argv}: {done.stdout}{done.stderr}")
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", done.stdout)]


def middle(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


PYTHON = sys.executable
