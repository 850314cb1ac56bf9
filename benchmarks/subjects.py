"""What is measured inside one process, against a floor program: print a time in milliseconds, as the floors do.

``append LOG COUNT``: append events to a log and read them back. ``read LOG COUNT``: open a log. ``resume LOG COUNT``:
open it to go on, with lock and state. ``make LOG EVENTS``: write a log of so many events. ``normal LOG 1``: write the
log of a normal run of "Zonder gas", from beginning to end.

``index FOLDER CACHE``: open a dossier for the first time, and say how much memory that took. ``again FOLDER CACHE``:
open it with its heat table when nothing changed. ``search FOLDER CACHE``: search as one types; the 99th percentile and
the middle.
"""

import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tabletop.core import events as e
from tabletop.core.exercise import Exercise
from tabletop.files.log import LogWriter, read
from tabletop.files.log.writing import block_of, head_of

START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
INJECTS = 24
"""Twice as many as a real exercise has, so that there is always a next one to show."""


def exercise() -> Exercise:
    steps = [
        {"type": "inject", "title": f"Inject {n}", "text": f"MESSAGE-{n:04} of the storyline.", "channel": "lcms"}
        for n in range(INJECTS)
    ]
    officials = [{"id": f"one-{n}", "name": f"Official {n}", "pool": "field"} for n in range(6)]
    table = {"id": "bench", "title": "Benchmark", "language": "en", "minutes": 1400, "officials": officials}
    return Exercise.model_validate({**table, "steps": steps})


def event(n: int) -> e.Event:
    """What a busy leader writes: mostly notes, with a learning point in every four."""
    at, clock = START + timedelta(seconds=0.36 * n), 0.36 * n
    if n == 2:
        return e.InjectShown(at=at, clock=clock, inject="a1")
    if n % 4:
        return e.Observed(
            at=at, clock=clock, inject="a1", text=f"Somebody says something, and it is noted as number {n}."
        )
    return e.LearningPointNoted(
        at=at, clock=clock, id=f"lp-{n}", official=f"one-{n % 6}", inject="a1", text=f"Coffee first, number {n}."
    )


def make(path: Path, count: int) -> None:
    participants = tuple(e.Participant(official=f"one-{n}") for n in range(6))
    head = e.Head(id=path.stem, started=START, language="en", exercise=exercise(), participants=participants)
    end = datetime.now(UTC) + timedelta(hours=20)
    first = e.SessionStarted(at=START, clock=0.0, hard_end=end)
    data = [head_of(head), block_of(first, 1)]
    data += [block_of(event(n), n) for n in range(2, count + 1)]
    path.write_bytes(b"".join(data))


def normal(path: Path) -> None:
    """Lead "Zonder gas" with six officials: at each inject two learning points and a decision, at the end a debrief."""
    from tabletop.core import moves
    from tabletop.core.clock import Moment
    from tabletop.core.exercise import Inject
    from tabletop.core.fold import apply, begin
    from tabletop.core.upcoming import OnlyByWord, upcoming
    from tabletop.files.library import find, load

    played = load(find("zonder-gas"))
    officials = [one.id for one in played.key_officials][:6]
    people = tuple(e.Participant(official=one) for one in officials)
    head = e.Head(id=path.stem, started=START, language="nl", exercise=played, participants=people)
    session, blocks, seconds = begin(played, people), [head_of(head)], 0.0

    def do(facts: tuple[e.Event, ...]) -> None:
        nonlocal session
        for fact in facts:
            blocks.append(block_of(fact, len(blocks)))
            session = apply(session, fact.model_copy(update={"n": len(blocks) - 1}))

    def moment() -> Moment:
        return Moment(START + timedelta(seconds=seconds), seconds)

    do((moves.start(played, moment(), START + timedelta(minutes=75)),))
    while not isinstance(upcoming(session, moment()), OnlyByWord):
        before = session.current
        do(moves.go_on(session, moment()))
        seconds += 60
        if session.current != before and isinstance(session.inject, Inject):
            for turn, official in (("keep", officials[0]), ("change", officials[len(blocks) % 6])):
                text = f"Wat hier is geleerd, en nummer {len(blocks)} is in dit logboek."
                do(moves.note_point(session, moment(), turn, text, official, themes=["zelfredzaamheid"]))
            do(moves.decide(session, moment(), f"Besluit nummer {len(blocks)}."))
            seconds += 120
    do(moves.end(session, moment()))
    path.write_bytes(b"".join(blocks))


def append(path: Path, count: int) -> float:
    """The middle of the times that an event takes: serialise, write, sync, read back, validate."""
    times = []
    writer, contents = LogWriter.reopen(path)
    with writer:
        for n in range(len(contents.events) + 1, len(contents.events) + count + 1):
            fact = event(n)
            began = time.perf_counter()
            writer.append(fact)
            times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2]


def opening(path: Path, count: int, *, to_go_on: bool) -> float:
    from tabletop.core.fold import begin, replay

    times = []
    for _ in range(count):
        began = time.perf_counter()
        if to_go_on:
            writer, contents = LogWriter.reopen(path)
            opened = replay(begin(contents.head.exercise, contents.head.participants), contents.events)
        else:
            contents = opened = read(path)
        times.append(time.perf_counter() - began)
        if to_go_on:
            writer.close()
            del writer
        del contents, opened  # a program opens a log once: throwing the last one away is no part of it
    return sorted(times)[len(times) // 2]


SEARCHES = ("vraag eerst of de overheid", "koffie", "minder zelfredzaam", "#zelf", "@ovd bellen", "2024 stroom",
            "haarlem registratie", "zonder gas", "café", "+ samen", "een lijst van", "mandaat - pers", "noodopvanghuis",
            "stroomploeg nood", "waterpunt", "bij zorg")  # fmt: skip


def index(folder: Path, cache: Path) -> None:
    from tabletop.dossier.index import Dossier

    began = time.perf_counter()
    with Dossier.open([folder], cache):
        took = time.perf_counter() - began
    print(f"{1000 * took:.3f} ms {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def again(folder: Path, cache: Path) -> None:
    from tabletop.dossier.index import Dossier

    times = []
    for _ in range(11):
        began = time.perf_counter()
        with Dossier.open([folder], cache) as dossier:
            dossier.overview()
            dossier.heat()
            times.append(time.perf_counter() - began)
    print(f"{1000 * sorted(times)[len(times) // 2]:.3f} ms")


def search(folder: Path, cache: Path) -> None:
    from tabletop.dossier.index import Dossier

    times = []
    with Dossier.open([folder], cache) as dossier:
        for typed in SEARCHES * 3:
            for end in range(1, len(typed) + 1):
                began = time.perf_counter()
                dossier.search(typed[:end], 200)
                times.append(time.perf_counter() - began)
    times.sort()
    print(f"{1000 * times[int(0.99 * len(times))]:.3f} ms {1000 * times[len(times) // 2]:.3f} middle")


def main() -> None:
    what, path = sys.argv[1], Path(sys.argv[2])
    if what in {"index", "again", "search"}:
        {"index": index, "again": again, "search": search}[what](path, Path(sys.argv[3]))
        return
    count = int(sys.argv[3])
    match what:
        case "make":
            make(path, count)
        case "normal":
            normal(path)
        case "append":
            print(f"{1000 * append(path, count):.4f} ms")
        case "read":
            print(f"{1000 * opening(path, count, to_go_on=False):.3f} ms")
        case "resume":
            print(f"{1000 * opening(path, count, to_go_on=True):.3f} ms")


if __name__ == "__main__":
    main()
