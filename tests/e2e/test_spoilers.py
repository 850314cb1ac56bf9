"""Nothing that was not released ever reaches the shared screen: not its eyes, and not its terminal.

Every text of the exercise, and every text that the leader types, holds a word that occurs nowhere else. The words are
looked for in all bytes that three walls of different sizes received, and on what those drew, after each move.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import tomli_w
from driving import Leader, lead, posix, stands, surroundings, until_saved, wall
from terminal import Terminal

from tabletop.ui import blocks

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not posix, reason="a pseudo terminal is POSIX")]

SIZES = ((60, 18), (80, 24), (120, 36))
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
OFFICIALS = ("first", "second")


@cache
def in_block_letters(word: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a word in letters of each size in which the wall may draw it."""
    return tuple(blocks.draw(word, across, down) for across, down in ((1, 1), (2, 1), (2, 2), (3, 2), (3, 3)))


def stands_large_or_small(screen: str, text: str) -> bool:
    large = (rows for rows in in_block_letters(text) if rows)
    return text.casefold() in screen.casefold() or any(all(row in screen for row in rows) for rows in large)


@dataclass
class Secrets:
    """A word for each text, and which of them the participants may know by now."""

    words: dict[str, str] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)

    def word(self, name: str) -> str:
        """A word of its own for this text; no word is the beginning of another."""
        return self.words.setdefault(name, f"zq{len(self.words):03}k")

    def release(self, *names: str) -> None:
        assert not set(names) - set(self.words), names
        self.released |= set(names)

    @property
    def kept(self) -> dict[str, str]:
        return {name: word for name, word in self.words.items() if name not in self.released}


def inject(secrets: Secrets, step: str, **more: object) -> dict[str, object]:
    def word(part: str) -> str:
        return secrets.word(f"{step}-{part}")

    return {
        "id": step,
        "type": "inject",
        "time": word("time"),
        "from": word("from"),
        "title": word("title"),
        "headline": word("headline").upper(),
        "text": word("text"),
        "expect": word("expect"),
        "ask": [word("ask")],
        "condition": word("condition"),
        "objectives": ["o1"],
        "channel": "news",
        **more,
    }


def stop(secrets: Secrets, step: str, about: str, **more: object) -> dict[str, object]:
    def question(place: int, about: str) -> dict[str, object]:
        return {"text": secrets.word(f"{step}-q{place}"), "hint": secrets.word(f"{step}-h{place}"), "about": about}

    questions = [question(1, about), question(2, "own-action")]
    return {"id": step, "type": "feedback", "title": secrets.word(f"{step}-title"), "questions": questions, **more}


def exercise(secrets: Secrets) -> dict[str, object]:
    """An exercise of which every text is a word of its own; two functions, so that a round is short."""
    word = secrets.word
    second_page = "\n\n".join(["a line that fills the page"] * 6 + [word("a1-page")])
    choices = [
        {"id": one, "text": word(f"choice-{one}"), "argument": word(f"argument-{one}")} for one in ("go", "stay")
    ]
    return {
        "id": "secrets",
        "title": word("title"),
        "language": "nl",
        "minutes": 90,
        "summary": word("summary"),
        "purpose": word("purpose"),
        "introduction": word("introduction"),
        "situation": word("situation"),
        "content_note": word("content-note"),
        "codeword": "NO PLAY",
        "themes": [word("theme")],
        "objectives": [
            {"id": "o1", "text": word("o1"), "short": word("o1-short"), "practises": word("o1-practises"),
             "source": word("o1-source")},
        ],
        "officials": [
            {"id": "first", "name": word("first"), "label": "Eerste", "pool": "field", "column": word("first-column")},
            {"id": "second", "name": word("second"), "label": "Tweede", "pool": "leadership", "rank": 2},
            {"id": "third", "name": word("third"), "label": "Derde", "pool": "leadership", "key": False},
        ],
        "checklist": {"title": word("checklist"), "lines": [word("checklist-line")]},
        "debrief": {"minutes": 14, "questions": [
            {"text": word("d1"), "hint": word("d1-hint")}, {"text": word("d2"), "hint": word("d2-hint")},
        ]},
        "basis": {"text": word("basis"), "not_known": word("not-known"), "reveal": word("reveal"),
                  "question": word("reveal-question"), "sources": [word("source")]},
        "steps": [
            inject(secrets, "a1", minute=2, to=["first"], text=f"{word('a1-text')}\n\n{second_page}"),
            stop(secrets, "f1", "first-question", minute=4, form="short"),
            inject(secrets, "a2", minute=6, jump=word("a2-jump"), choices=choices, scale_up=True),
            inject(secrets, "a3", minute=8, to=["second"], receiver_only=True, channel="phone"),
            stop(secrets, "f2", "less-self-reliant", minute=10),
            inject(secrets, "a4", minute=15),
            inject(secrets, "a5", minute=20, optional=True),
            stop(secrets, "f3", "effect", minute=25),
            inject(secrets, "a6", minute=30),
            inject(secrets, "r1", reserve=True),
            inject(secrets, "r2", reserve=True, jump=word("r2-jump")),
        ],
    }  # fmt: skip


@dataclass
class Room:
    """A leader, three walls, and the secrets between them."""

    leader: Leader
    walls: list[Terminal]
    log: Path
    secrets: Secrets
    moves: int = 1

    def word(self, name: str) -> str:
        return self.secrets.word(name)

    def sees(self, *names: str) -> None:
        """The walls show these, and nothing that was not released."""
        for terminal in self.walls:
            for name in names:
                terminal.wait_for(lambda screen, name=name: self.is_on(screen, name), why=f"{name} on the wall")
        self.nothing_leaked()

    def says(self, text: str) -> None:
        """The walls show this text of the program's own."""
        for terminal in self.walls:
            terminal.wait_for(lambda screen: stands_large_or_small(screen, text), why=text)
        self.nothing_leaked()

    def is_on(self, screen: str, name: str) -> bool:
        return stands_large_or_small(screen, self.secrets.words[name])

    def nothing_leaked(self) -> None:
        for terminal, size in zip(self.walls, SIZES, strict=True):
            received = terminal.received
            text = (received + _ESCAPES.sub(b"", received)).decode(errors="replace").casefold()
            screen = terminal.screen
            for name, word in self.secrets.kept.items():
                assert word not in text, f"{name} reached the wall of {size}"
                assert not self.is_on(screen, name), f"{name} stands on the wall of {size}"

    def _made(self, more: int = 1) -> None:
        self.moves += more
        until_saved(self.log, lambda found: len(found) >= self.moves)

    def space(self, *released: str, facts: int = 1) -> None:
        self.secrets.release(*released)
        self.leader.space()
        self._made(facts)
        self.sees(*released)

    def note(self, text: str, *released: str) -> None:
        self.secrets.release(*released)
        self.leader.enter(text)
        self._made()
        self.sees(*released)

    def command(self, letter: str, *keys: str, text: str = "", released: tuple[str, ...] = (), facts: int = 1) -> None:
        self.secrets.release(*released)
        self.leader.command(letter)
        self.leader.press(*keys)
        if text:
            self.leader.enter(text)
        self._made(facts)
        self.sees(*released)

    def hides(self, name: str) -> None:
        """What was shown is no longer there to see."""
        for terminal in self.walls:
            terminal.wait_for(lambda screen: not self.is_on(screen, name), why=f"{name} gone from the wall")


@contextmanager
def room(folder: Path, secrets: Secrets) -> Iterator[Room]:
    path = folder / "secrets.toml"
    path.write_text(tomli_w.dumps(exercise(secrets)), encoding="utf-8")
    log = folder / "logs" / "run.toml"
    env = surroundings(folder, "en")
    with ExitStack() as stack:
        walls = [stack.enter_context(wall(folder, size=size, env=env)) for size in SIZES]
        leader = stack.enter_context(lead(folder, path, "--officials", "all", "--log", log, env=env))
        leader.wait_for(stands("STORYLINE"))
        yield Room(leader, walls, log, secrets)


def test_no_secret_reaches_the_wall_before_its_time(tmp_path: Path) -> None:
    secrets = Secrets()
    exercise(secrets)  # so that every word is known before anything starts
    secrets.release("title", "purpose", "situation")
    with room(tmp_path, secrets) as table:
        table.sees("purpose", "situation")
        storyline(table)
        feedback_and_people(table)
        to_the_end(table)
        said_to_the_leader_alone(table)


def storyline(table: Room) -> None:
    """Shown, paged, noted, undone, changed, improvised, inserted, rewound, paused."""
    table.space("a1-time", "a1-from", "a1-headline", "a1-text")
    table.space("a1-page")
    table.note(f"een notitie {table.word('typed-note')}")
    table.note(f"+ {table.word('typed-point')} @first")
    table.note(f"- {table.word('typed-private')} @second *")
    table.note("*")
    table.leader.type(table.word("half-typed"))
    table.leader.wait_for(table.word("half-typed"))
    table.leader.press("ctrl+u")
    table.command("s")  # seen
    table.space("f1-q1")
    table.note("32")
    table.space()
    table.says("komende kwartier anders")
    table.note(f"afspraak {table.word('agreed-one')}", "agreed-one")
    table.space()
    table.space("a2-jump", "a2-time")
    table.space("a2-from", "a2-headline", "a2-text")
    table.command("u", "enter")
    table.hides("a2-text")
    table.command("u", "enter")
    table.hides("a2-jump")
    table.sees("a1-page")
    table.space()
    table.space()
    table.sees("a2-text")
    table.command("x", "ctrl+u", text=f"anders {table.word('a3-changed')}")
    table.command("i", text=f"eigen inject {table.word('improvised')}", released=("improvised",))
    table.command("t", "enter")  # time bought
    table.says("Tijd gekocht")
    table.space()
    table.command("p", "enter")
    table.says("time-out")
    table.space()
    table.sees("improvised")
    table.command("i", "down", "enter", released=("r1-time", "r1-from", "r1-headline", "r1-text"))
    table.command("f")  # an unplanned point, with questions of the program's own: first the check of what was agreed
    table.sees("agreed-one")
    table.space(facts=2)
    table.command("r", facts=2)
    table.sees("r1-text")


def feedback_and_people(table: Room) -> None:
    """For the receiver only, a whole feedback point with answers on the wall, a list, fingers, a real incident."""
    table.space("a3-time")
    table.says("Tweede")
    table.space("f2-q1", "f2-h1", "f2-q2", "f2-h2")
    table.space()
    table.says("Eerste")
    table.secrets.word("answer")
    table.note(f"{table.word('answer')} is niet alleen")
    table.note(f"{table.word('answer-private')} *")
    table.command("a", released=("answer",))
    table.command("a")
    table.hides("answer")
    table.leader.press("down")
    table._made()
    table.says("Tweede")
    table.note(f"+ {table.word('point-in-round')}")
    table.space()
    table.note(f"groep {table.word('group')}", "group")
    table.space()
    table.note(f"afspraak {table.word('agreed-two')}", "agreed-two")
    table.space()
    table.command("n")
    table.says("NO PLAY")
    table.note("resume")
    table.command("k", "enter")  # a4 is passed over
    table.command("w", "enter", "down", "enter")  # the first leaves the table
    table.command("c", "enter", released=("checklist", "checklist-line"))
    table.space()
    table.hides("checklist-line")


def to_the_end(table: Room) -> None:
    table.space("a5-time", "a5-from", "a5-headline", "a5-text")
    table.command("k", text=f"geen tijd {table.word('reason')}")  # the point about the effect, with a reason
    table.space("a6-time", "a6-from", "a6-headline", "a6-text")
    table.space("d1", "d1-hint")
    table.note(f"{table.word('debrief-answer')}")
    table.note(f"{table.word('debrief-private')} *")
    table.space("d2", "d2-hint")
    table.space()  # kinds
    table.space()  # really used
    table.space()  # thanks
    table.leader.press("enter")
    table._made()
    table.command("a", released=("point-in-round",))
    table.space()  # what really happened
    table.secrets.release("reveal", "reveal-question", "source")
    table.leader.press("enter")
    table._made()
    table.sees("reveal")
    table.leader.press("/", "e")
    table.note("end")
    table.says("De oefening is")


LEADER_ONLY = (
    "introduction",
    "content-note",
    "a1-title",
    "a1-expect",
    "a1-ask",
    "a1-condition",
    "o1-short",
    "a2-expect",
)


def said_to_the_leader_alone(table: Room) -> None:
    """The leader did get what the walls did not: the words were there to be seen."""
    received = table.leader.received.decode(errors="replace").casefold()
    for name in LEADER_ONLY:
        assert table.word(name) in received, name
        assert name in table.secrets.kept
    assert len(table.secrets.kept) > 40
