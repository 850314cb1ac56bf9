"""An exercise, a file name and a keyboard that try to take over the terminal: what they hold arrives as text alone."""

import re
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli_w
from driving import Leader, lead, posix, stands, surroundings, wall
from terminal import TABLETOP, Terminal

from tabletop.files.blocks import block_bytes

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not posix, reason="a pseudo terminal is POSIX")]

CODES = (
    "\x1b]777;notify;hacked\x07\x1b[5;7;31m\x1bP1$r\x1b\\\x1b[2J\x9b31m\x9d0;title\x9c\x1bc\x00\x07\x08\x7f\x0e\x0f\x85"
    "\u202e\u2066\u2069\u200f\u061c\ufeff\u2028\ufff9"
)
AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
MARKUP = "[/x][@click=app.quit]Q[/][bold red"
EVIL = f"A{CODES}{MARKUP}]Z"
PASTED = re.sub(r"[\x00-\x1f\x7f]", "", EVIL)
"""What is left of it when a terminal pastes it: every terminal drops at least these."""
_SEQUENCE = re.compile(r"\x1b(?:\[([<=>?]?)[0-9;:]*([ -/]*[@-~])|(.))", re.DOTALL)
# What Textual itself sends: modes, places, colours, questions; and nothing that writes to a clipboard or a title.
KNOWN = {"?h", "?l", "?$p", ">u", "<u", "=u", "H", "m", "J", "K", "l", "h", "A", "B", "C", "D", "G", "?u", "s", "t"}
KEPT_APART = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029\ufeff\ufff9"


def evil(place: str) -> str:
    return f"{place}{EVIL}"


def exercise() -> dict[str, object]:
    def inject(step: str, **more: object) -> dict[str, object]:
        words = {part: evil(part) for part in ("time", "jump", "from", "title", "text", "expect", "condition")}
        return {"id": step, "type": "inject", **words, "headline": "K\x1b[31mK[/x]", "ask": [evil("ask")], **more}

    question = {"text": evil("question"), "hint": evil("hint"), "about": "less-self-reliant"}
    point = {"type": "feedback", "title": evil("point"), "questions": [question]}
    choices = [{"id": one, "text": evil("choice"), "argument": evil("argument")} for one in ("go", "stay")]
    texts = {name: evil(name) for name in ("title", "summary", "purpose", "introduction", "situation", "content_note")}
    return {
        "id": "evil",
        **texts,
        "language": "nl",
        "minutes": 60,
        "codeword": evil("code"),
        "themes": [evil("theme")],
        "objectives": [
            {"id": "o1", "text": evil("o"), "short": evil("s"), "practises": evil("p"), "source": evil("s")}
        ],
        "officials": [
            {"id": "one", "name": evil("one"), "label": f"Een{EVIL}", "pool": "field", "column": evil("column")},
            {"id": "two", "name": evil("two"), "label": "Twee", "pool": "leadership", "rank": 2},
        ],
        "checklist": {"title": evil("checklist"), "lines": [evil("line")]},
        "debrief": {"minutes": 14, "questions": [{"text": evil("d"), "hint": evil("h")}]},
        "basis": {
            "text": evil("basis"),
            "reveal": evil("reveal"),
            "question": evil("why"),
            "not_known": evil("unknown"),
            "sources": [evil("source")],
        },
        "steps": [
            inject("a1", to=["one"], objectives=["o1"], choices=choices, channel="lcms"),
            point | {"id": "f1", "form": "short"},
            inject("a2", to=["one"], receiver_only=True),
            point | {"id": "f2"},
            inject("a3", channel="social-media"),
            inject("r1", reserve=True),
        ],
    }


def assert_only_text(terminal: Terminal, whose: str) -> None:
    """No byte that the terminal received came from the exercise or from a key, but as text."""
    received = re.sub(r"\x1b\]22;(default|text|pointer)\x07", "", terminal.received.decode())  # the mouse's shape
    for found in _SEQUENCE.finditer(received):
        prefix, end, other = found.groups()
        around = received[max(0, found.start() - 30) : found.end() + 30]
        assert other is None, f"{whose}: ESC {other!r} in {around!r}"
        assert prefix + end in KNOWN, f"{whose}: CSI {prefix}{end} in {around!r}"
    assert "\x1b[5;7;31m" not in received
    rest = _SEQUENCE.sub("", received)
    odd = re.search(r".{0,40}[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f].{0,40}", rest)
    assert odd is None, f"{whose}: a control character in {odd[0]!r}"
    assert not set(KEPT_APART) & set(rest), f"{whose}: {set(KEPT_APART) & set(rest)}"


def test_nothing_in_an_exercise_or_from_the_keyboard_is_ever_more_than_text(tmp_path: Path) -> None:
    folder = tmp_path / "map \x1b[31m[@click=app.quit]"
    folder.mkdir()
    path = folder / "boos\x07[bold\u202e.toml"
    path.write_text(tomli_w.dumps(exercise()), encoding="utf-8")
    log = folder / "log\x1b]0;x\x07[x].toml"
    env = surroundings(tmp_path)
    with ExitStack() as stack:
        screens = [stack.enter_context(wall(tmp_path, size=size, env=env)) for size in ((60, 18), (120, 36))]
        leader = stack.enter_context(lead(tmp_path, path, "--log", log, "--leader", EVIL.replace("\0", ""), env=env))
        leader.wait_for(stands("Begin", "[@click=app.quit]Q"))
        prepare(leader)
        for screen in screens:
            screen.wait_for("purposeA")
        play(leader, screens)
        leave(leader)
        for number, terminal in enumerate((leader, *screens)):
            assert_only_text(terminal, "the leader" if not number else f"wall {number}")
    with ExitStack() as stack:
        again = stack.enter_context(lead(tmp_path, "--resume", log, env=env))
        again.wait_for("[/x]")
        again.wait_for(stands("SPATIE"))
        screens = [stack.enter_context(wall(tmp_path, log, size=size, env=env)) for size in ((60, 18), (120, 36))]
        finish(again, screens)
        for number, terminal in enumerate((again, *screens)):
            assert_only_text(terminal, "the leader again" if not number else f"wall {number}")
    (summary,) = folder.glob("*.md")
    written = summary.read_text(encoding="utf-8")
    for word in ("titleA", "puntA", "antwoordA", "afspraakA"):
        assert word in written
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", written)
    assert not set(KEPT_APART) & set(written)
    assert not re.search(r"(?<!\\)\[/?(?:x|@click|bold)", written), "no markup, and no link"


def prepare(leader: Leader) -> None:
    """A name and an organisation for the first function."""
    leader.press("down")
    leader.paste(f"Naam{PASTED}, Dienst{PASTED}")
    leader.press("enter")
    leader.wait_for(stands("NaamA"))
    while "► Begin" not in leader.screen:
        before = leader.screen
        leader.press("down")
        leader.wait_for(lambda screen, before=before: screen != before)
    leader.space().wait_for(stands("DRAAIBOEK"))


def play(leader: Leader, screens: list[Terminal]) -> None:
    def space(shows: str) -> None:
        leader.space()
        for screen in screens:
            screen.wait_for(shows)
        leader.wait_for(lambda _: True)  # the walls show it, so the press was taken: the next one counts from here

    def paste(text: str, ack: str) -> None:
        leader.paste(text)
        leader.press("enter")
        leader.wait_for(stands(ack))

    space("jumpA")
    space("textA")
    for screen in screens:
        assert "[@click=app.quit]Q" in screen.screen.replace("\n", "") or "[/x]" in screen.screen
    paste(f"noot{PASTED}", "nootA")
    paste(f"+ punt{PASTED} @one #niets", "+ EenA")
    space("questionA")
    paste("12", "1 2")
    space("kwartier anders")
    paste(f"afspraak{PASTED}", "afspraakA")
    space("textA")
    leader.command("i")
    paste(f"ingevoegd{PASTED}", "ingevoegdA")
    for screen in screens:
        screen.wait_for("ingevoegdA")
    space("jumpA")
    leader.space()
    leader.wait_for(lambda screen: "pointA" in bar(screen))
    space("afspraakA")
    space("questionA")
    space("EenA")
    paste(f"antwoord{PASTED}", "antwoordA")
    leader.command("a")
    for screen in screens:
        screen.wait_for("antwoordA")


def finish(leader: Leader, screens: list[Terminal]) -> None:
    """The checklist on the wall, the debrief, a thank-you, what really happened, and the end."""

    def shows(text: str) -> None:
        for screen in screens:
            screen.wait_for(text)

    def space_until(text: str) -> None:
        """Press Space until the bar offers what a text says."""
        for _ in range(12):
            if text in bar(leader.screen):
                return
            before = bar(leader.screen)
            leader.space()
            leader.wait_for(lambda screen, before=before: bar(screen) not in ("", before))
        raise AssertionError(leader.screen)

    leader.space()
    leader.command("c")
    leader.wait_for("lineA")
    leader.press("enter")
    shows("lineA")
    space_until("de nabespreking")
    leader.space()
    shows("dA")
    leader.paste(f"indruk{PASTED}")
    leader.press("enter")
    leader.wait_for(stands("indrukA"))
    space_until("dank u wel")
    leader.space()
    leader.wait_for(lambda screen: "volgende bedankje" in bar(screen))
    leader.press("enter")
    leader.wait_for(stands("1 van 2 goedgekeurd"))
    leader.command("a")
    shows("puntA")
    space_until("wat er echt gebeurde")
    leader.space()
    leader.wait_for(stands("revealA"))
    leader.press("enter")
    shows("revealA")
    if any("sourceA" not in screen.screen for screen in screens):
        leader.space()
    shows("sourceA")
    assert stands("whyA")(leader.screen)
    leader.command("e")
    leader.wait_for(stands("TYP EINDE"))
    leader.type("einde")
    leader.press("enter")
    shows("De oefening is afgelopen")
    leader.wait_for(stands("puntA"))
    leader.press("ctrl+q")
    assert leader.wait_closed() == 0


def bar(screen: str) -> str:
    """What Space will do."""
    return next((row for row in screen.split("\n") if "SPATIE" in row), "")


def leave(leader: Leader) -> None:
    leader.command("q")
    assert leader.wait_closed() == 0


def test_the_list_at_home_shows_names_and_titles_as_text(tmp_path: Path) -> None:
    env = surroundings(tmp_path) | {"TABLETOP_EXERCISES": str(tmp_path / "own")}
    own = tmp_path / "own"
    own.mkdir()
    (own / "boos\x1b[31m\x07[bold\u202e.toml").write_text(tomli_w.dumps(exercise()), encoding="utf-8")
    (own / "stuk\x1b]0;x\x07.toml").write_text("title = ", encoding="utf-8")
    log = tmp_path / "logs" / "oud\x1b[31m[b\u202e.toml"
    with lead(
        tmp_path, own / "boos\x1b[31m\x07[bold\u202e.toml", "--officials", "all", "--log", log, env=env
    ) as leader:
        leader.wait_for(stands("DRAAIBOEK"))
        leader.kill()
    with Leader([*TABLETOP], env=env) as leader:
        leader.wait_for(stands("titleA", "hacked", "stuk]0;x"))
        for _ in range(4):
            before = leader.screen
            leader.press("down")
            leader.wait_for(lambda screen, before=before: screen != before)
        leader.type("titleA")
        leader.wait_for(lambda _: leader.line == "titleA")
        assert_only_text(leader, "home")


def test_a_log_that_somebody_made_up_shows_its_texts_as_text(tmp_path: Path) -> None:
    """What a log holds was never cleaned by us: here every text of it is raw, in the head and in the events."""
    env = surroundings(tmp_path)
    head = {
        "format": "tabletop-log/1",
        "id": f"run{EVIL}",
        "started": AT,
        "leader": evil("leader"),
        "language": "nl",
        "exercise": exercise(),
        "participants": [{"official": "one", "name": evil("Naam"), "organisation": evil("Dienst")}],
    }
    facts: list[dict[str, object]] = [
        {"type": "session-started", "hard_end": AT.replace(hour=23), "debrief_minutes": 14.0},
        {"type": "inject-shown", "inject": "a1"},
        {"type": "page-shown", "inject": "a1", "page": 1},
        {"type": "observation", "text": evil("noot"), "themes": [evil("thema")]},
        {"type": "learning-point", "id": "lp-1", "official": "one", "text": evil("punt"), "themes": [evil("thema")]},
        {"type": "decision", "id": "d-1", "text": evil("besluit")},
        {"type": "inject-improvised", "inject": "x1", "text": evil("ingevoegd"), "title": evil("kop"),
         "sender": evil("van")},
        {"type": "participant-joined", "official": "two", "name": evil("Naam"), "organisation": evil("Dienst")},
        {"type": "feedback-opened", "feedback": "u1", "planned": False, "stage": "round", "title": evil("stop"),
         "questions": [evil("vraag")]},
        {"type": "turn-taken", "official": "one"},
        {"type": "answer", "feedback": "u1", "question": 1, "official": "one", "text": evil("antwoord")},
        {"type": "screen-shown", "what": "answers"},
        {"type": "agreement", "feedback": "u1", "text": evil("afspraak")},
    ]  # fmt: skip
    rest: list[dict[str, object]] = [
        {"type": "feedback-closed", "feedback": "u1", "outcome": "agreed"},
        {"type": "debrief-opened", "questions": [evil("terugblik")]},
        {"type": "thanks-approved", "official": "one", "text": evil("dank")},
        {"type": "session-ended"},
    ]
    log = tmp_path / "logs" / "log\x1b]0;x\x07[x].toml"
    log.write_bytes(raw_log(head, facts))
    with ExitStack() as stack:
        screens = [stack.enter_context(wall(tmp_path, log, size=size, env=env)) for size in ((60, 18), (120, 36))]
        leader = stack.enter_context(lead(tmp_path, "--resume", log, env=env))
        leader.wait_for(stands("SPATIE", "antwoordA"))
        for screen in screens:
            screen.wait_for("antwoordA")
        leave(leader)
        for number, terminal in enumerate((leader, *screens)):
            assert_only_text(terminal, "the leader" if not number else f"wall {number}")
    log.write_bytes(raw_log(head, [*facts, *rest]))
    with wall(tmp_path, log, env=env) as late, Leader([*TABLETOP], env=env) as leader:
        late.wait_for("dankA")
        leader.wait_for(stands("titleA"))
        while "kijk terug op" not in leader.screen:
            before = bar(leader.screen)
            leader.press("down")
            leader.wait_for(lambda screen, before=before: bar(screen) != before)
        leader.space()
        leader.wait_for(stands("puntA", "afspraakA", "besluitA"))
        leader.space()
        leader.wait_for(lambda _: [*log.parent.glob("*.md")])
        assert_only_text(leader, "home")
        assert_only_text(late, "the wall of a run that has ended")


def raw_log(head: dict[str, object], facts: list[dict[str, object]]) -> bytes:
    """A log as another program could write it: TOML, each text on one line, nothing cleaned."""
    data = tomli_w.dumps(head).encode()
    for number, fact in enumerate(facts, 1):
        table = {"type": fact["type"], "at": AT, "clock": float(number), **fact, "n": number}
        data += block_bytes(table)
    return data
