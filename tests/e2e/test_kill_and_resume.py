"""Kills the real process, as a power cut does, and goes on: nothing that was acknowledged is ever missing."""

import random
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from driving import (
    MARK,
    Leader,
    Table,
    blocks,
    events,
    lead,
    matches,
    posix,
    stands,
    surroundings,
    until_saved,
    wall,
    without_line,
)
from driving import (
    dutch as nl,
)
from terminal import PATIENCE, TABLETOP, Terminal

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not posix, reason="a pseudo terminal is POSIX")]
AGAIN = nl("opened again, clock stands still")


# --- each move of a feedback point -----------------------------------------------------------------------------------


@dataclass
class Move:
    """What is pressed, what it must write, and what both screens must then say."""

    name: str
    do: Callable[[Leader], object]
    facts: tuple[Table, ...]
    says: str
    shows: str
    is_counting: bool = False
    """Something on the wall counts down, so that two looks at it differ."""
    is_seen: bool = True
    """Whether it changes the wall; what somebody says in a round is shown to the table only when it asks."""


def space(leader: Leader) -> None:
    leader.space()


def command(letter: str) -> Callable[[Leader], object]:
    return lambda leader: leader.command(letter)


def typed(text: str, *before: str) -> Callable[[Leader], object]:
    """Press keys, and type a text and Enter."""

    def do(leader: Leader) -> None:
        leader.press(*before)
        leader.enter(text)

    return do


def pressed(*keys: str) -> Callable[[Leader], object]:
    return lambda leader: leader.press(*keys)


def step(feedback: str, stage: str, **more: object) -> Table:
    return {"type": "feedback-step", "feedback": feedback, "stage": stage, **more}


def opened(feedback: str, stage: str, **more: object) -> Table:
    return {"type": "feedback-opened", "feedback": feedback, "stage": stage, **more}


def closed(feedback: str, outcome: str = "agreed", **more: object) -> Table:
    return {"type": "feedback-closed", "feedback": feedback, "outcome": outcome, **more}


AGREE = "komende kwartier anders?"
WRITE = nl("SILENT WRITING")
CHECKED = nl("Last time we agreed")
SHORT = (
    Move("open the short one", space, (opened("f1", "fingers", form="short"),), nl("FINGERS (0-5)"), "de overheid"),
    Move("count fingers", typed("42"), ({"type": "fingers", "fingers": [4, 2]},), "2 4", "1×"),
    Move("to the agreed line", space, (step("f1", "agreement"),), nl("AGREED LINE"), AGREE),
    Move("agree", typed("eerst vragen"), ({"type": "agreement", "text": "eerst vragen"},), "eerst vragen",
         "eerst vragen"),
    Move("close", space, (closed("f1"),), "Duizend woningen", "Havenkade"),
)  # fmt: skip
FULL = (
    Move("open a full one", space, (opened("f2", "check"),), nl("DID IT HAPPEN?"), CHECKED),
    Move("check, and write", space, ({"type": "agreement-checked", "kept": "not-discussed"}, step("f2", "writing")),
         WRITE, "verminderd-zelfredzamen", is_counting=True),
    Move("one step back", command("t"), (step("f2", "check"),), nl("DID IT HAPPEN?"), CHECKED),
    Move("write after all", space, (step("f2", "writing"),), WRITE, "verminderd-zelfredzamen", is_counting=True),
    Move("open the round", space, (step("f2", "round"),), nl("has the floor"), "OvD-BZ"),
    Move("an answer", typed("ouderen alleen"), ({"type": "answer", "official": "ovd-bz"},), "ouderen alleen", "OvD-BZ",
         is_seen=False),
    Move("a private answer", typed("ik schrok ervan *"), ({"type": "answer", "private": True},), nl("private"),
         "OvD-BZ", is_seen=False),
    Move("a learning point", typed("+ eerst bellen"), ({"type": "learning-point", "feedback": "f2"},), "eerst bellen",
         "OvD-BZ", is_seen=False),
    Move("what one would do oneself", typed("dekens uitdelen", "right"),
         ({"type": "answer", "question": 2, "text": "dekens uitdelen"},), "dekens uitdelen", "OvD-BZ", is_seen=False),
    Move("answers to the table", command("a"), ({"type": "screen-shown", "what": "answers"},), nl("back to"),
         "ouderen alleen"),
    Move("answers off", command("a"), ({"type": "screen-cleared"},), nl("has the floor"), "Aan het woord"),
    Move("another speaks", lambda leader: leader.press("down"), ({"type": "turn-taken", "official": "ac-bz"},), "AC-BZ",
         "AC-BZ"),
    Move("to the list", space, (step("f2", "list"),), nl("ONE LIST: WHO ARE LESS SELF-RELIANT HERE?"), "geen groep"),
    Move("a group", typed("mensen zonder buren"), ({"type": "list-agreed", "groups": ["mensen zonder buren"]},),
         "mensen zonder buren", "mensen zonder buren"),
    Move("to the agreed line", space, (step("f2", "agreement"),), nl("AGREED LINE"), AGREE),
    Move("fingers in between", typed("42", "/", "v"),
         ({"type": "fingers-asked"}, {"type": "fingers", "fingers": [4, 2]}), nl("back to"), "1×"),
    Move("fingers off", space, ({"type": "screen-cleared"},), nl("AGREED LINE"), AGREE),
    Move("the checklist to the table", pressed("/", "c", "enter"), ({"type": "screen-shown", "what": "checklist"},),
         nl("back to"), "Moet de overheid"),
    Move("the checklist off", space, ({"type": "screen-cleared"},), nl("AGREED LINE"), AGREE),
    Move("close as discussed", space, (closed("f2", "discussed"),), "De Boeg: evacueren?", "Ankerstraat"),
)  # fmt: skip
OTHERS = (
    Move("later", command("l"), ({"type": "feedback-postponed", "feedback": "f3"},), "45 adressen dicht",
         "verkapte bezuiniging", is_seen=False),
    Move("show the inject before it", space, ({"type": "inject-shown", "inject": "a8"},), "2 van 2", "Ruim vier uur"),
    Move("its next page", space, ({"type": "page-shown", "inject": "a8", "page": 1},), nl("Effect"), "Op 45 adressen"),
    Move("one minute", command("m"), (opened("f3", "agreement", form="agreed-line"),), nl("AGREED LINE"), AGREE),
    Move("play it again", command("r"), (closed("f3", "discussed", rewind=True),
         {"type": "inject-shown", "inject": "a8"}), "2 van 2", "Ruim vier uur"),
    Move("its page again", space, ({"type": "page-shown", "inject": "a8", "page": 1},), "A9", "Op 45 adressen"),
    Move("an unplanned one", command("f"), (opened("u*", "writing", planned=False),), WRITE, "schrijven",
         is_counting=True),
    Move("the agreed line only", command("m"), (step("u*", "agreement", form="agreed-line"),), nl("AGREED LINE"),
         AGREE),
    Move("close the unplanned one", space, (closed("u*", "discussed"),), "A9", "Op 45 adressen"),
    Move("the last inject", space, ({"type": "inject-shown", "inject": "a9"},), "2 van 2", "De volgende ochtend"),
)  # fmt: skip
EFFECT = (
    Move("open the last one", space, (opened("f3", "writing"),), WRITE, "Wat merkt een inwoner", is_counting=True),
    Move("a draft message to residents", pressed("/", "a", "enter"), ({"type": "screen-shown", "what": "draft"},),
         nl("back to"), "dekens uitdelen"),
    Move("the draft off", command("a"), ({"type": "screen-cleared"},), "SPATIE   open de  ronde",
         "Wat merkt een inwoner", is_counting=True),
)  # fmt: skip
SKIPPED = (
    Move("skip with a reason", typed("geen tijd meer", "/", "s"), ({"type": "feedback-skipped", "feedback": "f3"},),
         "45 adressen dicht", "verkapte bezuiniging", is_seen=False),
)  # fmt: skip
UNTIL_THEN = (*SHORT, *FULL)
PARTS = {
    "short": ((), SHORT), "full": (SHORT, FULL), "others": (UNTIL_THEN, OTHERS), "effect": (UNTIL_THEN, EFFECT),
    "skipped": (UNTIL_THEN, SKIPPED),
}  # fmt: skip
BETWEEN = {"full": ("a2", "a3", "a4"), **dict.fromkeys(("others", "effect", "skipped"), ("a5", "a6", "a7"))}
"""What is shown before the moves of a part begin."""


@dataclass
class Run:
    """A run of which the leader's process comes and goes, and the wall stays."""

    folder: Path
    log: Path
    leader: Leader
    wall: Terminal
    facts: list[Table] = field(default_factory=list)

    def make(self, move: Move) -> None:
        """Make the move, and see it in the log and on both screens."""
        before, shown = len(blocks(self.log)), self.wall.screen
        move.do(self.leader)
        found = until_saved(self.log, lambda found: len(found) >= before + len(move.facts))
        for fact, wanted in zip(found[before:], move.facts, strict=True):
            assert matches(fact, {key: value for key, value in wanted.items() if value != "u*"}), (move.name, fact)
        self.leader.wait_for(stands(move.says), why=f"{move.name}: the leader reads {move.says!r}")
        self.wall.wait_for(move.shows, why=f"{move.name}: the wall shows {move.shows!r}")
        self.leader.press("f2")  # keys are taken in their order: once the list came and went, all is drawn
        self.leader.wait_for(stands(nl("One letter runs it")))
        self.leader.press("escape")
        self.leader.wait_for(lambda screen: nl("One letter runs it") not in screen)
        if move.is_seen:
            self.wall.wait_for(lambda screen: screen != shown, why=f"{move.name} changes the wall")

    def kill_and_go_on(self) -> None:
        self.leader.kill()
        self.leader.close()
        self.leader = Leader([*TABLETOP, "run", "--resume", self.log], env=self.leader.environment)
        self.leader.wait_for(stands(AGAIN))
        self.leader.space()
        until_saved(self.log, lambda found: [event["type"] for event in found[-2:]] == ["session-continued", "resumed"])
        self.leader.wait_for(lambda screen: AGAIN not in screen)

    @property
    def bar(self) -> str:
        """What Space will do now."""
        return next((row for row in self.leader.rows if nl("SPACE") in row), "")


@pytest.mark.parametrize("part", PARTS)
def test_every_move_of_a_feedback_point_survives_a_kill(tmp_path: Path, part: str) -> None:
    before, moves = PARTS[part]
    log = tmp_path / "logs" / "run.toml"
    env = surroundings(tmp_path)
    with wall(tmp_path, env=env) as screen:
        leader = Leader([*TABLETOP, "run", "zonder-gas", "--officials", "ovd-bz,ac-bz", "--log", log], env=env)
        run = Run(tmp_path, log, leader, screen)
        try:
            leader.wait_for(stands(nl("STORYLINE")))
            show(run, "a1")
            for move in before:
                if move is FULL[0]:
                    show(run, *BETWEEN["full"])
                run.make(move)
            show(run, *BETWEEN.get(part, ()))
            for move in moves:
                run.make(move)
                bar, shown = run.bar, screen.screen
                run.kill_and_go_on()
                run.leader.wait_for(stands(move.says), why=f"{move.name}: the leader still reads {move.says!r}")
                run.leader.wait_for(lambda _, bar=bar: run.bar == bar, why=f"{move.name}: Space still says {bar!r}")
                if move.is_counting:
                    screen.wait_for(move.shows)
                else:
                    assert screen.screen == shown, move.name
        finally:
            run.leader.close()
    assert tomllib.loads(log.read_text(encoding="utf-8"))


def show(run: Run, *injects: str) -> None:
    for inject in injects:
        run.leader.space()
        run.leader.wait_for(
            lambda _, inject=inject: events(run.log)[-1].get("inject") == inject, why=f"{inject} is shown"
        )


# --- a hundred kills -------------------------------------------------------------------------------------------------

KILLS, TURNS = 25, 4


def acknowledged(text: str) -> Callable[[str], bool]:
    """The text stands among what was saved, and no longer in the line."""
    return lambda screen: text in without_line(screen) and f"› {text}" not in screen


def saved_texts(log: Path, wanted: list[str]) -> list[str]:
    """The texts in the log that were acknowledged, in their order; half a block holds none."""
    data = log.read_bytes() if log.exists() else b""
    found = []
    for block in data.split(MARK)[1:]:
        with suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):
            text = tomllib.loads(block.decode()).get("text")
            if text in wanted:
                found.append(text)
    return found


def until_draft(drafts: Path, text: str) -> None:
    """Wait until the half-typed line is on the disk."""
    deadline = time.monotonic() + PATIENCE
    while text not in [file.read_text(encoding="utf-8") for file in drafts.glob("*.txt")]:
        assert time.monotonic() < deadline, "the half-typed line is never kept"
        time.sleep(0.02)


@pytest.mark.parametrize("turn", range(TURNS))
def test_nothing_acknowledged_is_missing_after_a_kill(tmp_path: Path, turn: int) -> None:
    chance = random.Random(turn)
    log = tmp_path / "logs" / "run.toml"
    env = surroundings(tmp_path)
    drafts = tmp_path / "state" / "drafts"
    saved: list[str] = []
    half = ""
    for kill in range(KILLS):
        start = ["--resume", log] if kill else ["zonder-gas", "--officials", "all", "--log", log]
        with lead(tmp_path, *start, env=env) as leader:
            leader.wait_for(stands(nl("STORYLINE"), AGAIN if kill else ""))
            assert saved_texts(log, saved) == saved
            if half:
                leader.wait_for(lambda _, half=half: leader.line == half, why="the half-typed line comes back")
                leader.enter(" en af")
                leader.wait_for(acknowledged(f"{half} en af"))
                saved.append(f"{half} en af")
                half = ""
            note = f"noot {turn}-{kill}"
            leader.enter(note)
            if kill % 3 == 0:  # half a line, which is kept once a second
                leader.wait_for(acknowledged(note))
                half = f"half {kill}"
                leader.type(half)
                until_draft(drafts, half)
            elif kill % 3 == 1:  # right after the acknowledgement
                leader.wait_for(acknowledged(note))
            else:  # right after it, while others are on their way
                leader.wait_for(acknowledged(note))
                leader.write("".join(f"onderweg {kill}-{n}\r" for n in range(5)).encode())
                time.sleep(chance.uniform(0, 0.03))  # a moment of its own for each kill
            leader.kill()
            saved.append(note)
    with lead(tmp_path, "--resume", log, env=env) as leader:
        leader.wait_for(stands(AGAIN))
        assert saved_texts(log, saved) == saved
    texts = [event.get("text") for event in events(log)]
    assert all(text is None or text in saved or text.startswith("onderweg") for text in texts), texts
    assert [event["n"] for event in blocks(log)] == list(range(1, len(texts) + 1))
