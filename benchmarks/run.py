"""Measure what the program is held to, against floors in the same run, and print it as a Markdown table.

    python benchmarks/run.py [--quick] [--readme] [NAME ...]

Every subject runs in turn with its floor, so that whatever else the machine does hits both. Ratios carry over to other
machines, milliseconds do not. Nothing here is ever a test: a slow machine is no mistake. Linux and macOS.
"""

import argparse
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness import PYTHON, Screen, alternate, middle, p95, printed, told, whole

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors"
TABLETOP = [PYTHON, "-m", "tabletop"]
ENTER, SPACE = b"\r", b" "
BEGINS, ENDS = "<!-- begin benchmarks: made by benchmarks/run.py -->", "<!-- end benchmarks -->"
"""Around the table in README.md."""
DOUBLE = 0.35
"""Seconds to leave between two presses of Space, because two quick ones count once."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    floor: str
    found: str
    ratio: str
    bar: str
    holds: bool


class Bench:
    """A folder of its own, and how often everything is done."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.rounds = 3 if quick else 11
        self.keys = 12 if quick else 40
        self.appends = 100 if quick else 400
        self.env = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("TABLETOP_", "LC_", "PYTHON"))
            },
            "HOME": str(folder),
            "TABLETOP_LOGS": str(folder / "logs"),
            "TABLETOP_STATE": str(folder / "state"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TABLETOP_LANG": "en",
        }
        self._made = 0

    def log(self, events: int) -> Path:
        """A log of so many events, for one use."""
        first = self.folder / f"of-{events}.toml"
        if not first.exists():
            whole([PYTHON, str(HERE / "subjects.py"), "make", str(first), str(events)], self.env)
        self._made += 1
        return Path(shutil.copy(first, self.folder / f"run-{self._made}.toml"))

    def floor(self, name: str, *arguments: object) -> list[str]:
        return [PYTHON, str(FLOORS / f"{name}.py"), *map(str, arguments)]

    def subject(self, *arguments: object) -> list[str]:
        return [PYTHON, str(HERE / "subjects.py"), *map(str, arguments)]

    def new(self) -> str:
        self._made += 1
        return str(self.folder / f"new-{self._made}.toml")

    @contextmanager
    def leading(self, log: Path) -> Iterator[Screen]:
        """Go on with a log, until it stands there and runs."""
        with Screen([*TABLETOP, "run", "--resume", str(log)], self.env) as screen:
            screen.painted(b"STORYLINE", b"opened again")
            screen.rest(2)  # everything that loads after the first screen
            screen.answer(SPACE, b"show")
            screen.rest(DOUBLE)
            yield screen


def times_row(what: str, floor: list[float], found: list[float], bar: float) -> Row:
    ratio = middle(found) / middle(floor)
    return Row(what, f"{middle(floor):.1f} ms", f"{middle(found):.1f} ms", f"{ratio:.2f} x", f"{bar} x", ratio <= bar)


# --- the rows --------------------------------------------------------------------------------------------------------


def start(bench: Bench) -> list[Row]:
    """From the command to a screen."""

    def floor() -> float:
        with Screen(bench.floor("empty_app"), bench.env) as screen:
            return screen.painted(b"COUNT-0000")

    def first() -> float:
        with Screen([*TABLETOP, "run", "zonder-gas", "--officials", "all", "--log", bench.new()], bench.env) as screen:
            return screen.painted(b"Zonder gas", b"SPACE", b"Leiding geraakt")

    def complete() -> float:
        with Screen([*TABLETOP, "run", "zonder-gas", "--officials", "all", "--log", bench.new()], bench.env) as screen:
            return screen.painted(b"STORYLINE", b"TO SAY ALOUD", b"OBJECTIVES", b"F1 help")

    empty, painted, whole_screen = alternate(bench.rounds, floor, first, complete)
    return [
        times_row("`run` to title and Space bar, against an empty app", empty, painted, 1.3),
        times_row("`run` to the whole leader's screen, against an empty app", empty, whole_screen, 2),
    ]


def _floor_keys(bench: Bench) -> list[float]:
    with Screen(bench.floor("empty_app_saving", bench.new()), bench.env) as screen:
        screen.painted(b"COUNT-0000")
        screen.settle(0.5)
        times = []
        for n in range(1, bench.keys + 1):
            times.append(screen.answer(b"x", f"COUNT-{n:04}".encode()))
            screen.settle(random.uniform(0.05, 0.1))
        return times


def _notes(screen: Screen, count: int, tag: str) -> list[float]:
    times = []
    for n in range(count):
        text = f"note {tag}{n:03}".encode()
        screen.send(text)
        screen.settle(0.12)
        times.append(screen.answer(ENTER, text))
        screen.settle(random.uniform(0.05, 0.1))
    return times


def _injects(screen: Screen, count: int) -> list[float]:
    times = []
    for _ in range(count):
        times.append(screen.answer(SPACE, b"MESSAGE-"))
        screen.rest(DOUBLE)
    return times


def keys(bench: Bench) -> list[Row]:
    """From a key to a changed screen, in logs of 10 and of 10,000 events."""
    floor: list[float] = []
    notes: dict[int, list[float]] = {10: [], 10_000: []}
    injects: dict[int, list[float]] = {10: [], 10_000: []}
    for turn in range(3):
        floor += _floor_keys(bench)
        for events in (10, 10_000):
            with bench.leading(bench.log(events)) as screen:
                notes[events] += _notes(screen, bench.keys, "abc"[turn])
                injects[events] += _injects(screen, bench.keys // 2)
    rows = []
    for what, found in (("note saved", notes), ("inject shown", injects)):
        ratio, late = middle(found[10]) / middle(floor), p95(found[10]) / p95(floor)
        rows.append(Row(f"key to screen, {what}, median", f"{middle(floor):.1f} ms", f"{middle(found[10]):.1f} ms",
                        f"{ratio:.2f} x", "6 x", ratio <= 6))  # fmt: skip
        rows.append(Row(f"key to screen, {what}, p95", f"{p95(floor):.1f} ms", f"{p95(found[10]):.1f} ms",
                        f"{late:.2f} x", "10 x", late <= 10))  # fmt: skip
        many = middle(found[10_000]) / middle(found[10])
        rows.append(Row(f"the same with 10,000 events against 10, {what}", f"{middle(found[10]):.1f} ms",
                        f"{middle(found[10_000]):.1f} ms", f"{many:.2f} x", "1.2 x", many <= 1.2))  # fmt: skip
    return rows


def append(bench: Bench) -> list[Row]:
    """An event in the log, against write and fsync of as many bytes."""
    size, count = 230, bench.appends
    small, large = bench.log(10), bench.log(100_000)
    floor, few, many = alternate(
        bench.rounds,
        lambda: printed(bench.floor("write_fsync", bench.folder / "floor.bin", size, count), bench.env),
        lambda: printed(bench.subject("append", small, count), bench.env),
        lambda: printed(bench.subject("append", large, count), bench.env),
    )

    def row(what: str, found: list[float]) -> Row:
        ratio = middle(found) / middle(floor)
        return Row(what, f"{middle(floor):.3f} ms", f"{middle(found):.3f} ms", f"{ratio:.2f} x", "2 x", ratio <= 2)

    return [row("an event appended, against write and fsync", few), row("the same at event 100,000", many)]


def opening(bench: Bench) -> list[Row]:
    """A log of 10,000 events, opened."""
    log = bench.log(10_000)
    floor, found, resumed = alternate(
        bench.rounds,
        lambda: printed(bench.floor("parse_toml", log, 5), bench.env),
        lambda: printed(bench.subject("read", log, 5), bench.env),
        lambda: printed(bench.subject("resume", log, 5), bench.env),
    )
    return [
        times_row("a log of 10,000 events read, against tomli alone", floor, found, 1.5),
        times_row("the same opened to go on: lock and state too", floor, resumed, 1.5),
    ]


def wall(bench: Bench) -> list[Row]:
    """From the disk to the shared screen in another process, and what that screen costs when nothing happens."""
    from subjects import INJECTS, START

    from tabletop.core import events as e
    from tabletop.files.log import LogWriter

    log = bench.log(10)
    writer, _ = LogWriter.reopen(log)
    times = []
    with writer, Screen([*TABLETOP, "show", str(log)], bench.env) as screen:
        screen.painted(b"MESSAGE-0000")
        screen.rest(1.5)
        for n in range(1, bench.keys + 1):
            screen.rest(random.uniform(0.15, 0.45))
            shown = n % INJECTS
            writer.append(e.InjectShown(at=START, clock=0.72, inject=f"a{shown + 1}"))
            times.append(screen.until(f"MESSAGE-{shown:04}".encode(), since=time.perf_counter()))
        seconds = 10 if bench.keys < 20 else 30
        before = screen.cpu_seconds
        screen.rest(seconds)
        idle = 100 * (screen.cpu_seconds - before) / seconds
    return [
        Row("event on disk to the shared screen, p95", f"median {middle(times):.0f} ms", f"{p95(times):.0f} ms", "",
            "150 ms", p95(times) <= 150),
        Row("the shared screen when nothing happens", "", f"{idle:.2f} % of a core", "", "1 %", idle < 1),
    ]  # fmt: skip


def memory(bench: Bench) -> list[Row]:
    """Peak memory with 1,000 events."""

    def empty() -> float:
        with Screen(bench.floor("empty_app"), bench.env) as screen:
            screen.painted(b"COUNT-0000")
            screen.settle(1)
            return screen.peak_mib

    def leader() -> float:
        with bench.leading(bench.log(1000)) as screen:
            _notes(screen, 5, "m")
            _injects(screen, 3)
            return screen.peak_mib

    def shared() -> float:
        with Screen([*TABLETOP, "show", str(bench.log(1000))], bench.env) as screen:
            screen.painted(b"MESSAGE-0000")
            screen.settle(1)
            return screen.peak_mib

    floor, one, other = alternate(min(bench.rounds, 3), empty, leader, shared)
    rows = []
    for what, found in (("leader's", one), ("shared", other)):
        ratio = middle(found) / middle(floor)
        rows.append(Row(f"peak memory of the {what} screen, 1,000 events", f"{middle(floor):.0f} MiB",
                        f"{middle(found):.0f} MiB", f"{ratio:.2f} x", "1.7 x", ratio <= 1.7))  # fmt: skip
    return rows


def verbs(bench: Bench) -> list[Row]:
    """The verbs that print and go."""
    floor, help_, list_, check = alternate(
        2 * bench.rounds,
        lambda: whole([PYTHON, "-c", "import argparse"], bench.env),
        lambda: whole([*TABLETOP, "--help"], bench.env),
        lambda: whole([*TABLETOP, "list"], bench.env),
        lambda: whole([*TABLETOP, "check", "zonder-gas"], bench.env),
    )
    return [
        times_row("`tabletop --help`, against `python -c 'import argparse'`", floor, help_, 5),
        times_row("`tabletop list`", floor, list_, 5),
        times_row("`tabletop check` of one file", floor, check, 8),
    ]


def report(bench: Bench) -> list[Row]:
    """The impression report of a normal run, each form in a process of its own."""
    log, made = bench.folder / "normal.toml", bench.folder / "reports"
    whole(bench.subject("normal", log, 1), bench.env)
    made.mkdir()
    rows = []
    for ending in ("md", "html", "docx"):
        target = made / f"report.{ending}"
        floor, found = alternate(
            2 * bench.rounds,
            lambda ending=ending: whole(bench.floor("import_report", ending), bench.env),
            lambda target=target: whole([*TABLETOP, "report", str(log), "-o", str(target), "--overwrite"], bench.env),
        )
        rows.append(times_row(f"`report` of a normal run as .{ending}, against its imports alone", floor, found, 1.5))
    return rows


def review(bench: Bench) -> list[Row]:
    """A log of 10,000 events, opened to look back on it: the first paint, and how long the rest takes after that."""
    log = bench.log(10_000)
    paints, rests = list[float](), list[float]()

    def floor() -> float:
        with Screen(bench.floor("empty_app"), bench.env) as screen:
            return screen.painted(b"COUNT-0000")

    def opened() -> float:
        with Screen([*TABLETOP, "review", str(log)], bench.env) as screen:
            paints.append(screen.painted(b"Benchmark", b"SPACE"))
            rests.append(screen.painted(b"MINUTES FROM INJECT TO") - paints[-1])
            return paints[-1]

    empty, parsed, _ = alternate(
        bench.rounds, floor, lambda: printed(bench.floor("parse_toml", log, 3), bench.env), opened
    )
    return [
        times_row("`review` of 10,000 events to its first paint, against an empty app", empty, paints[1:], 1.3),
        times_row("complete after that, against parsing the log with tomli alone", parsed, rests[1:], 2),
    ]


def dossier(bench: Bench) -> list[Row]:
    """A dossier over many logs: made, opened again, searched, and how that grows with their number."""
    many, few = (10_000, 1_000) if bench.rounds > 3 else (2_000, 200)
    folders = {count: bench.folder / f"logs-{count}" for count in (few, many)}
    for count, folder in folders.items():
        whole([PYTHON, str(HERE / "logs.py"), str(folder), str(count)], bench.env)
    cache = bench.folder / "cache"
    built: dict[int, list[list[float]]] = {few: [], many: []}

    def index(count: int) -> float:
        shutil.rmtree(cache / str(count), ignore_errors=True)
        built[count].append(told(bench.subject("index", folders[count], cache / str(count)), bench.env))
        return built[count][-1][0]

    floor, first, _ = alternate(
        min(bench.rounds, 5),
        lambda: printed(bench.floor("parse_logs", folders[many]), bench.env),
        lambda: index(many),
        lambda: index(few),
    )
    walk, again = alternate(
        bench.rounds,
        lambda: printed(bench.floor("walk", folders[many], 11), bench.env),
        lambda: printed(bench.subject("again", folders[many], cache / str(many)), bench.env),
    )
    slowest = {count: told(bench.subject("search", folders[count], cache / str(count)), bench.env)
               for count in (few, many)}  # fmt: skip
    each = {count: middle([took for took, _ in built[count][1:]]) / count for count in built}
    memory = {count: middle([mib for _, mib in built[count][1:]]) for count in built}

    def grown(what: str, less: float, more: float, unit: str, bar: float) -> Row:
        return Row(what, f"{less:.2f} {unit}", f"{more:.2f} {unit}", f"{more / less:.2f} x", f"{bar} x",
                   more / less <= bar)  # fmt: skip

    return [
        times_row(f"first index of {many:,} logs, against parsing them with toml_rs", floor, first, 1.5),
        times_row("the same opened again with its heat table, against scandir and stat", walk, again, 3),
        Row(f"a search as one types over {many:,} logs, p99", "", f"{slowest[many][0]:.1f} ms", "", "20 ms",
            slowest[many][0] <= 20),
        grown(f"index, for each log: {few:,} logs and {many:,}", each[few], each[many], "ms", 1.2),
        grown(f"search, in the middle: {few:,} logs and {many:,}", slowest[few][1], slowest[many][1], "ms", 2),
        grown(f"peak memory of a first index: {few:,} logs and {many:,}", memory[few], memory[many], "MiB", 1.3),
    ]  # fmt: skip


ROWS: dict[str, Callable[[Bench], list[Row]]] = {
    "start": start,
    "keys": keys,
    "append": append,
    "opening": opening,
    "wall": wall,
    "memory": memory,
    "verbs": verbs,
    "review": review,
    "report": report,
    "dossier": dossier,
}


def _into_readme(table: list[str], *, only_some: bool) -> None:
    """Write the table into the README; of only some subjects their rows alone, where those stand."""
    readme = HERE.parent / "README.md"
    before, begins, rest = readme.read_text(encoding="utf-8").partition(BEGINS)
    stood, ends, after = rest.partition(ENDS)
    if only_some:
        found = {line.split("|")[1]: line for line in table}
        table = [found.get(line.split("|")[1], line) for line in stood.splitlines() if line.startswith("|")]
    machine = f"Python {platform.python_version()} on {platform.system()} with {os.cpu_count()} cores"
    lines = "\n".join(table)
    made = f"{begins}\n\n{lines}\n\n{machine}; ratios carry over to other machines, milliseconds do not.\n\n{ends}"
    readme.write_text(before + made + after, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, to see whether it works")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md too")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(ROWS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; choose from {', '.join(ROWS)}")
    table: list[str] = []

    def tell(line: str) -> None:
        table.append(line)
        print(line, flush=True)

    tell("| what | floor | tabletop | ratio | bar | holds |")
    tell("|---|---|---|---|---|---|")
    all_hold = True
    with tempfile.TemporaryDirectory(prefix="tabletop-bench-") as folder:
        bench = Bench(Path(folder), quick=asked.quick)
        for name in asked.names or ROWS:
            for row in ROWS[name](bench):
                all_hold = all_hold and row.holds
                verdict = "yes" if row.holds else "**no**"
                tell(f"| {row.what} | {row.floor} | {row.found} | {row.ratio} | {row.bar} | {verdict} |")
    if asked.readme:
        _into_readme(table, only_some=bool(asked.names))
    print("\nThe keys of a whole exercise, and of a learning point, are counted in tests/e2e/test_whole_exercise.py.")
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
