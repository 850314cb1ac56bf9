"""Leads "Zonder gas" from prepare to end in a real terminal, with a second process that shows it on the wall."""

import itertools
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from driving import Leader, Table, blocks, events, lead, matches, posix, stands, surroundings, until_saved, wall
from driving import dutch as nl
from terminal import Terminal

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not posix, reason="a pseudo terminal is POSIX")]

MOST_KEYS = 60
OFFICIALS = ("ovd-bz", "hpz", "communicatie", "backoffice", "ac-bz", "strategisch-adviseur")
"""The six at the table, in the order in which a round goes: the highest rank last."""
LEARNED = {
    "ovd-bz": "eerst koffie",
    "hpz": "navraag bij de huisarts",
    "communicatie": "zeg wat mensen kunnen",
    "backoffice": "eerder bellen",
    "ac-bz": "niet alles tegelijk",
    "strategisch-adviseur": "beloof minder",
}
Seen = str | Callable[[str], bool]


@dataclass
class Play:
    """What the leader does, and for each of it: what the log must hold, and what both screens must say."""

    leader: Leader
    wall: Terminal
    log: Path
    wanted: list[Table] = field(default_factory=list)

    def space(self, *facts: Table, says: Seen = "", shows: Seen = "") -> None:
        """Press Space: these facts follow, the leader's screen says this, the wall shows that."""
        self.leader.space()
        self._then(facts, says, shows)

    def enter(self, text: str, *facts: Table, says: Seen = "", shows: Seen = "") -> None:
        """Type a text and Enter."""
        self.leader.enter(text)
        self._then(facts, says, shows)

    def press(self, key: str, *facts: Table, says: Seen = "", shows: Seen = "") -> None:
        self.leader.press(key)
        self._then(facts, says, shows)

    def learn(self, turn: str, text: str, official: str, **about: object) -> None:
        """Note a learning point: its text, and the two keys that are allowed."""
        before = self.leader.keys
        self.leader.press("+" if turn == "keep" else "-")
        self.leader.enter(f" {text}")
        assert self.leader.keys - before == 2
        fact = {"type": "learning-point", "official": official, "text": text, "turn": turn, **about}
        self._then((fact,), stands(text[:14]), "")
        assert text not in self.wall.screen

    def _then(self, facts: Sequence[Table], says: Seen, shows: Seen) -> None:
        self.wanted += facts
        if facts:
            until_saved(self.log, lambda found: len(found) >= len(self.wanted))
        if says:
            self.leader.wait_for(stands(says) if isinstance(says, str) else says, why=f"the leader reads {says!r}")
        if shows:
            self.wall.wait_for(shows, why=f"the wall shows {shows!r}")


def shown(inject: str) -> Table:
    return {"type": "inject-shown", "inject": inject}


def step(feedback: str, stage: str) -> Table:
    return {"type": "feedback-step", "feedback": feedback, "stage": stage}


def opened(feedback: str, form: str, stage: str) -> Table:
    return {"type": "feedback-opened", "feedback": feedback, "form": form, "stage": stage}


def agreed(feedback: str, text: str) -> Table:
    return {"type": "agreement", "feedback": feedback, "text": text}


def closed(feedback: str) -> Table:
    return {"type": "feedback-closed", "feedback": feedback, "outcome": "agreed", "rewind": False}


def prepare(leader: Leader) -> Path:
    """Leave one of the seven out, and begin; return the log."""
    leader.wait_for(stands("Informatiemanager", nl("Begin")))
    leader.press("up")
    leader.wait_for(lambda screen: "Informatiemanager" in _bar(screen))
    leader.space().wait_for(lambda screen: "□ Informatiemanager" in screen)
    leader.press("down")
    leader.wait_for(lambda screen: nl("begin") in _bar(screen))
    leader.space().wait_for(stands(nl("STORYLINE")))
    (log,) = Path(leader.environment["TABLETOP_LOGS"]).glob("*.toml")
    return log


def _bar(screen: str) -> str:
    return next((row for row in screen.split("\n") if nl("SPACE") in row), "")


def first_point(play: Play) -> None:
    """The short one: fingers, and one agreed line."""
    play.space(opened("f1", "short", "fingers"), says=nl("FINGERS (0-5)"), shows="Moet de overheid hier iets doen?")
    fingers = {"type": "fingers", "fingers": [4, 4, 3, 2, 1, 0], "question": "Moet de overheid hier iets doen?"}
    play.enter("443210", fingers, says="0 1 2 3 4 4", shows="2×")
    play.space(step("f1", "agreement"), says=nl("AGREED LINE"), shows="Wat doen we het komende kwartier anders?")
    play.enter("we vragen eerst", agreed("f1", "we vragen eerst"), says="we vragen eerst", shows="we vragen eerst")
    play.space(closed("f1"), says="Duizend woningen", shows=stands("Havenkade", "we vragen eerst"))


def second_point(play: Play) -> None:
    """A full one: what was agreed is asked after, then writing, a round, the one list, and an agreed line."""
    play.space(opened("f2", "full", "check"), says=nl("DID IT HAPPEN?"), shows="we vragen eerst")
    checked = {"type": "agreement-checked", "feedback": "f1", "kept": "not-discussed"}
    play.space(checked, step("f2", "writing"), says=nl("SILENT WRITING"), shows="verminderd-zelfredzamen")
    play.space(step("f2", "round"), says="OvD-BZ", shows="OvD-BZ")
    about = {"feedback": "f2", "inject": "a4", "objectives": ["o2", "o3"]}
    for place, official in enumerate(OFFICIALS):
        if place:
            play.space({"type": "turn-taken", "official": official, "heard": True})
        play.learn("change" if place % 2 else "keep", LEARNED[official], official, **about)
    play.wall.wait_for("Strategisch adviseur")
    play.space(step("f2", "list"), says=nl("ONE LIST: WHO ARE LESS SELF-RELIANT HERE?"), shows="Nog geen groep")
    play.enter("ouderen zonder buren", {"type": "list-agreed", "groups": ["ouderen zonder buren"]},
               says="ouderen zonder buren", shows="ouderen zonder buren")  # fmt: skip
    play.space(step("f2", "agreement"), says=nl("AGREED LINE"), shows="komende kwartier anders?")
    play.enter("buren gaan voor", agreed("f2", "buren gaan voor"), says="buren gaan voor", shows="buren gaan voor")
    play.space(closed("f2"), says="De Boeg: evacueren?", shows=stands("Ankerstraat", "buren gaan voor"))


def third_point(play: Play) -> None:
    """A full one without a list; a round that is closed early, fingers passed over, and nothing agreed."""
    play.space(opened("f3", "full", "check"), says=nl("DID IT HAPPEN?"), shows="buren gaan voor")
    checked = {"type": "agreement-checked", "feedback": "f2", "kept": "not-discussed"}
    play.space(checked, step("f3", "writing"), says=nl("SILENT WRITING"), shows="Wat merkt een inwoner")
    play.space(step("f3", "round"), says="OvD-BZ", shows="OvD-BZ")
    answer = {"type": "answer", "feedback": "f3", "question": 1, "official": "ovd-bz", "text": "minder dan wij denken"}
    play.enter("minder dan wij denken", answer, says="minder dan wij denken")
    play.leader.press("/")
    play.press("s", step("f3", "fingers"), says=nl("FINGERS (0-5)"), shows="Hoe zeker zijn we?")
    play.space(step("f3", "agreement"), says=stands(nl("AGREED LINE"), "/v  Hoe zeker zijn we?"),
               shows="komende kwartier anders?")  # fmt: skip
    play.space({**closed("f3"), "outcome": "discussed"}, says="45 adressen dicht", shows="Omroep Kustland")


def whole_storyline(play: Play) -> None:
    play.space(shown("a1"), says="Wie is eigenaar", shows="Bij een boring")
    first_point(play)
    play.space(shown("a2"), says="Van uren naar dagen", shows="Herstel duurt meerdere dagen")
    play.space(shown("a3"), says="Worden ze opgejut?", shows="Het beleidsteam komt")
    play.space(shown("a4"), says="Versterken of overnemen?", shows="Elektrische kacheltjes")
    second_point(play)
    play.space(shown("a5"), says="Verplaatsen heeft ook", shows="58 bewoners")
    play.space(shown("a6"), says="Een groot gebaar", shows="vijfhonderd bedden")
    play.space(shown("a7"), says="Een weerwoord van", shows="verkapte bezuiniging")
    third_point(play)
    play.space(shown("a8"), says=lambda screen: "2 van 2" in _bar(screen), shows="Ruim vier uur later")
    play.space({"type": "page-shown", "inject": "a8", "page": 1}, says="Eerst buren vragen?", shows="Op 45 adressen")
    play.space(shown("a9"), says=lambda screen: "2 van 2" in _bar(screen), shows="De volgende ochtend")
    play.space(
        {"type": "page-shown", "inject": "a9", "page": 1}, says="Wat zeggen deze cijfers", shows="Zeker nog drie dagen"
    )


def debrief(play: Play) -> None:
    questions = ["Eerste indruk, één zin.", "Wat was het effect voor inwoners?", "Eén leerpunt voor mijzelf.",
                 "Eén punt voor de organisatie."]  # fmt: skip
    play.space({"type": "debrief-opened", "questions": questions}, says=questions[0], shows=questions[0])
    for number, question in enumerate(questions[1:], start=2):
        fact = {"type": "debrief-step", "task": "questions", "question": number}
        play.space(fact, says=f"► {question}", shows=question)


def end(play: Play) -> None:
    play.leader.press("/", "e")
    play.leader.wait_for(nl("TYPE {word} AND ENTER TO END THE RUN", word=nl("end").upper()))
    play.enter(nl("end"), {"type": "session-ended"}, says=nl("LEARNING POINTS PER KEY OFFICIAL"),
               shows=nl("The exercise is over."))  # fmt: skip


@pytest.mark.parametrize("kitty", [False, True], ids=["any-terminal", "newer-keyboard-protocol"])
def test_zonder_gas_is_led_from_prepare_to_end(tmp_path: Path, kitty: bool) -> None:
    env = surroundings(tmp_path)
    with wall(tmp_path, env=env) as screen, lead(tmp_path, "zonder-gas", env=env, kitty=kitty) as leader:
        screen.wait_for("Dit scherm volgt vanzelf")
        log = prepare(leader)
        screen.wait_for(stands("NO PLAY", "Er is nog niets gebeurd"))
        play = Play(leader, screen, log, [{"type": "session-started", "debrief_minutes": 14.0}])
        whole_storyline(play)
        debrief(play)
        end(play)

        assert leader.keys <= MOST_KEYS, f"{leader.keys} keys beside {leader.letters} characters of text"
        assert_log_is_what_was_pressed(play)
        assert_who_comes_late_sees_the_same(play, env)
        for text in LEARNED.values():
            assert text in leader.screen
        leader.press("ctrl+q")
        assert leader.wait_closed() == 0
        assert log.name in leader.screen.replace("\n", "")
    assert_summary_is_beside(log)


def assert_log_is_what_was_pressed(play: Play) -> None:
    found = events(play.log)
    for number, (event, wanted) in enumerate(zip(found, play.wanted, strict=False), start=1):
        assert matches(event, wanted), f"event {number} is {event}, pressed was {wanted}"
    assert len(found) == len(play.wanted)
    whole = blocks(play.log)
    assert [event["n"] for event in whole] == list(range(1, len(whole) + 1))
    assert all(list(event)[-1] == "n" for event in whole)
    for earlier, later in itertools.pairwise(whole):
        assert later["at"] >= earlier["at"]
        assert later["clock"] >= earlier["clock"]
    head = tomllib.loads(play.log.read_text(encoding="utf-8"))
    assert head["format"] == "tabletop-log/1"
    assert {one["official"] for one in head["participants"]} == set(OFFICIALS)
    assert head["exercise"]["title"] == "Zonder gas"


def assert_who_comes_late_sees_the_same(play: Play, env: dict[str, str]) -> None:
    with wall(play.log.parent, play.log, env=env) as late:
        late.wait_for(nl("The exercise is over."))
        assert late.screen == play.wall.screen


def assert_summary_is_beside(log: Path) -> None:
    (summary,) = log.parent.glob("*.md")
    text = summary.read_text(encoding="utf-8")
    for learned in LEARNED.values():
        assert learned in text
