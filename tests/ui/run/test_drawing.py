"""What is drawn fits, at every size, in both languages, in every state that a run can reach, with any text."""

import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tabletop.core import moves
from tabletop.core.exercise import Exercise, Language
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.files import library
from tabletop.locale import words_for
from tabletop.ui.rows import Row, plain, width_of
from tabletop.ui.run.bar import BarWords
from tabletop.ui.run.list import CommandList
from tabletop.ui.run.scene import RunScene
from tests.builders import CALL_OUT, SMALL, Run, small_exercise
from tests.core.strategies import Play, Player, runs
from tests.ui.desks import PaperDesk

SIZES = ((80, 23), (81, 40), (100, 30), (120, 34), (160, 50))
WIDE = "漢字テスト 👩‍🚒 ❤️ é̂ 🇳🇱 ｆｕｌｌ"
HOSTILE = "\x1b[31m\x9b2J\u202e\u2066[/x] [@click=app.quit]x[/] \x07\r\n\x00{0} %s $x"


class StillControl:
    """What the scene asks of control, for a session that a test made."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.trouble = None
        self.notices = ()
        self.slept = 0.0
        self.writer = type(
            "Writer", (), {"path": "/a/run.toml", "head": type("Head", (), {"id": "x", "leader": WIDE})()}
        )()

    @property
    def session(self) -> Session:
        return self.run.session

    def moment(self):
        return self.run.moment

    def do(self, move, *args, **kwargs) -> None:
        self.run.do(move, *args, **kwargs)

    def close(self) -> None:
        pass


def scene_of(run: Run, language: Language) -> PaperDesk:
    return PaperDesk(RunScene(StillControl(run), words_for(language)))


def check(rows: list[Row], width: int, height: int) -> None:
    assert len(rows) == height
    for line in rows:
        text = plain(line)
        assert width_of(line) <= width, text
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in text), repr(text)
        assert "\u202e" not in text


def draw_all(desk: PaperDesk) -> None:
    """Draw at every size: as it is, with a list open, with a choice open, and with text in the line."""
    scene = desk.scene
    for width, height in SIZES:
        check(scene.draw(width, height), width, height)
        scene.hints(width)
    for keys in (("slash", "escape"), ("ctrl+p", "x", "escape"), ("slash", "1"), ("f1",), ("slash", "w"), ("up",)):
        desk.press(*keys)
        for width, height in SIZES[:4:3]:
            check(scene.draw(width, height), width, height)
        scene.look()
        desk.press("escape")
        desk.text = ""
    desk.type("+ " + WIDE + " @f")
    for width, height in SIZES[:4:3]:
        check(scene.draw(width, height), width, height)
    scene.look()
    desk.text = ""
    scene.edited("")


@cache
def shipped(name: str) -> Exercise:
    return library.load(library.shipped_folder() / f"{name}.toml")


@pytest.mark.parametrize("name", sorted(path.stem for path in library.shipped_folder().glob("*.toml")))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_whole_run_of_a_shipped_exercise_fits_every_size(name: str, language: Language) -> None:
    exercise = shipped(name)
    officials = tuple(official.id for official in exercise.officials if official.key)[:6]
    run = Run(exercise, officials=officials)
    desk = scene_of(run, language)
    if exercise.call_out is not None:
        draw_all(desk)
        for official in officials:
            run.do(moves.call, official, "can", name=WIDE, buys=2.0)
            draw_all(desk)
    for step in range(60):
        draw_all(desk)
        run.wait(200)
        if run.session.stop is not None and run.session.stop.stage == "round":
            speaker = next(iter(run.session.unheard), run.session.stop.speaker)  # an arrow went back to the one before
            run.do(moves.answer, "ouderen alleen thuis, " * 6, speaker, run.session.stop.round)
        if run.session.stop is not None and run.session.stop.stage == "agreement":
            run.do(moves.agree, "wij vragen eerst wat mensen zelf al doen " * 3)
        run.do(moves.note_point, ("keep", "change")[step % 2], "een lange zin over iets " * (step % 9),
               officials[step % 6], private=step % 5 == 0)  # fmt: skip
        try:
            run.do(moves.go_on, ("Eerste indruk?", "En verder?"))
        except Refused:
            break
    assert run.session.phase == "debrief"
    run.do(moves.end)
    draw_all(desk)


@given(runs(most=30), st.sampled_from(["nl", "en"]), st.sampled_from((SMALL, CALL_OUT)))
def test_no_state_that_random_moves_reach_makes_drawing_fail(
    plays: list[Play], language: Language, exercise: Exercise
) -> None:
    player = Player(Run(exercise))
    desk = scene_of(player.run, language)
    for place, play in enumerate(plays):
        player.play(play)
        if place % 4 == 3:
            for width, height in SIZES[:4:3]:
                check(desk.scene.draw(width, height), width, height)
    draw_all(desk)


def strange(text: str) -> Exercise:
    """An exercise in which every text is this one."""
    exercise = small_exercise()
    data = exercise.model_dump(by_alias=True, exclude_none=True)

    def put(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: put(one, name) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [put(one, key) for one in value]
        kept = {"id", "type", "pool", "channel", "language", "form", "due", "about", "to", "objectives", "format",
                "original", "mode", "translation_of", "date", "version"}  # fmt: skip
        return text if isinstance(value, str) and key not in kept and value else value

    changed = put(data)
    changed["themes"] = ["staff"]
    for place, official in enumerate(changed["officials"]):
        official["label"] = f"{text[:14]}{place}"
        official["name"] = f"{text}{place}"
    return Exercise.model_validate(changed)


@pytest.mark.parametrize("text", [WIDE, HOSTILE, "x" * 300, "one two " * 200], ids=["wide", "hostile", "solid", "long"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_any_text_of_an_exercise_fits_and_holds_no_control_character(text: str, language: Language) -> None:
    run = Run(strange(text))
    desk = scene_of(run, language)
    for _ in range(45):
        for width, height in SIZES[::2]:
            check(desk.scene.draw(width, height), width, height)
        if run.session.stop is not None and run.session.stop.stage == "round":
            run.do(moves.answer, text, run.session.stop.speaker, 1)
            run.do(moves.agree_list, [text, text + "2"])
        try:
            run.do(moves.decide, text).do(moves.note_point, "keep", text, "field-one").do(moves.go_on, (text, text))
        except Refused:
            break
    draw_all(desk)
    run.do(moves.pause, "real-incident")
    draw_all(desk)
    run.do(moves.end)
    draw_all(desk)


@pytest.mark.parametrize("character", ["漢", "é", "ｆ", "👍", "a", "\u0302", "…", "►", "◆", "≈", "Δ", "█", "“", "–"])
def test_cells_are_measured_as_the_terminal_toolkit_does(character: str) -> None:
    assert width_of(((character * 3, "text"),)) == cell_len(character * 3)


def test_bar_words_can_be_drawn_at_any_width() -> None:
    from tabletop.ui.run.bar import draw

    said = BarWords("ENTER", "do something", "long object " * 9, "a remark " * 9, (("right " * 9, "quiet"),))
    for width in range(80, 200, 7):
        for tall in (True, False):
            assert {width_of(line) for line in draw(said, width, tall)} == {width}


def test_the_list_fits_at_every_size() -> None:
    run = Run().until_shown("a4")
    menu = CommandList(run.session, run.moment, words_for("nl"), can_save_elsewhere=True)
    for width, height in SIZES:
        rows = menu.rows(width, height)
        assert len(rows) <= height
        text = "\n".join(map(plain, rows))
        for name in ("feedbackmoment nu", "NO PLAY", "sluit"):
            assert name in text, (width, height)
