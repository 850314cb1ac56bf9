"""Home: what is listed, what is chosen, and where Space leads."""

import os
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.files import library
from tabletop.locale import words_for
from tabletop.ui.app import TabletopApp
from tabletop.ui.home.scene import HomeScene
from tabletop.ui.home.shelf import look
from tabletop.ui.opening import Outset
from tabletop.ui.prepare.scene import PrepareScene
from tabletop.ui.rows import width_of
from tabletop.ui.run.scene import RunScene
from tests.builders import HeldClock
from tests.ui.desks import NOW, PaperDesk

SHIPPED = library.shipped_folder()


@pytest.fixture
def outset() -> Outset:
    return Outset(HeldClock(NOW), os.environ)


def home(outset: Outset, language: str = "nl") -> PaperDesk:
    desk = PaperDesk(HomeScene(words_for("en" if language == "en" else "nl"), outset))
    desk.settle()
    return desk


def held(outset: Outset, *, ended: bool = False, shown: int = 1) -> Path:
    """A run in the folder of the logs."""
    exercise = library.load(SHIPPED / "zonder-gas.toml")
    control = Control.start(outset.log_path("zonder-gas"), exercise, [Participant(official="ovd-bz")], outset.clock,
                            run_id="run")  # fmt: skip
    for _ in range(shown):
        control.do(moves.go_on)
    control.do(moves.end if ended else moves.leave)
    control.close()
    return control.writer.path


def own(name: str, text: str) -> Path:
    folder = library.own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [(80, 23), (80, 24), (100, 30), (120, 34), (200, 60)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_size_is_filled_and_nothing_is_too_wide(outset: Outset, size: tuple[int, int], language: str) -> None:
    held(outset)
    held(outset, ended=True)
    desk = home(outset, language)
    for keys in ((), ("down",), ("down",), ("slash",), ("escape", "f1")):
        desk.press(*keys)
        desk.page(*size)
        assert all(width_of(line) <= size[0] for line in desk.scene.draw(*size))


def test_the_leaders_language_is_listed_and_names_the_other(outset: Outset) -> None:
    desk = home(outset)
    page = desk.page()
    assert "Zonder gas" in page
    assert "ENGELS" in page
    shipped = library.list_exercises()
    for language in ("nl", "en"):
        listed = {item.title for item in look(outset.logs).items(language)}
        assert listed == {one.title for one in shipped if one.language == language}, "every exercise has its twin"


def test_typing_finds_the_other_language_too(outset: Outset) -> None:
    desk = home(outset)
    desk.type("without")
    assert "Without gas" in desk.page()
    assert "ENTER" in desk.page()
    desk.press("enter")
    assert isinstance(desk.scene, PrepareScene)
    assert desk.scene.exercise.id == "without-gas"
    assert not desk.text


def test_a_search_that_finds_nothing_says_so_and_escape_clears_it(outset: Outset) -> None:
    desk = home(outset)
    desk.type("zzz")
    assert "Niets heet zo" in desk.page()
    desk.press("enter")
    assert isinstance(desk.scene, HomeScene)
    desk.press("escape")
    assert not desk.text
    assert "Zonder gas" in desk.page()


def test_empty_lists_say_what_comes(outset: Outset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(library, "shipped_folder", lambda: tmp_path / "nothing")
    desk = home(outset)
    page = desk.page()
    assert "Er is geen oefening gevonden" in page
    assert str(outset.logs) in "".join(page.split())
    desk.press("space")
    assert isinstance(desk.scene, HomeScene)


def test_an_unfinished_run_of_today_is_what_space_goes_on_with(outset: Outset) -> None:
    held(outset, shown=1)
    desk = home(outset)
    assert "gestopt bij A1" in desk.page()
    desk.press("space")
    assert isinstance(desk.scene, RunScene)
    assert desk.scene.session.still == "continued"
    desk.scene.left()
    outset.close()


def test_one_of_another_day_does_not_come_first(outset: Outset) -> None:
    held(outset)
    assert isinstance(outset.clock, HeldClock)
    outset.clock.advance(60 * 60 * 24)
    desk = home(outset)
    desk.press("space")
    assert isinstance(desk.scene, PrepareScene)


def test_a_run_that_is_being_led_is_refused_in_one_sentence(outset: Outset) -> None:
    path = held(outset)
    control = Control.resume(path, outset.clock)
    desk = home(outset)
    desk.press("space")
    assert isinstance(desk.scene, HomeScene)
    assert "geleid" in desk.scene.notice or "ander" in desk.scene.notice
    assert desk.scene.notice in desk.page(width=300)
    control.close()


def test_a_finished_run_shows_where_its_log_is(outset: Outset) -> None:
    path = held(outset, ended=True)
    desk = home(outset)
    desk.press("up")  # from the first exercise round to the last of all, the run
    page = desk.page(width=250)
    assert str(path) in page


def test_a_file_with_mistakes_is_listed_with_their_number_and_the_first(outset: Outset) -> None:
    own("kapot.toml", 'title = "Kapot"\nminutes = -1\nfoo = 1\nofficials = [{ id = "x", name = "X" }]\n'
                      '[[steps]]\ntext = "hallo"\n')  # fmt: skip
    desk = home(outset)
    desk.type("kapot")
    page = desk.page(width=160)
    assert "! 2 fouten" in page
    assert "kapot.toml:2" in page
    assert "tabletop check" in page
    desk.press("enter")
    assert isinstance(desk.scene, HomeScene)
    assert desk.scene.notice


def test_what_is_no_log_is_passed_over(outset: Outset) -> None:
    outset.logs.mkdir(parents=True)
    (outset.logs / "notes.toml").write_text("a = 1\n")
    (outset.logs / "empty.toml").write_text("")
    (outset.logs / "folder.toml").mkdir()
    assert look(outset.logs).runs == ()


def test_hostile_titles_stay_text(outset: Outset) -> None:
    text = (SHIPPED / "zonder-gas.toml").read_text(encoding="utf-8")
    own("kwaad.toml", text.replace('title = "Zonder gas"', 'title = "[/x]\\u001b[31m[@click=app.quit]\\u202e"', 1))
    desk = home(outset)
    desk.type("[/x]")
    page = desk.page()
    assert "[/x]" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_another_file_is_opened_by_its_path(outset: Outset, tmp_path: Path) -> None:
    path = tmp_path / "mijn oefening.toml"
    shutil.copy(SHIPPED / "zonder-gas.toml", path)
    desk = home(outset)
    desk.command("a")
    desk.type(str(tmp_path / "nergens.toml"))
    desk.press("enter")
    assert isinstance(desk.scene, HomeScene)
    assert desk.scene.notice
    assert desk.text  # nothing typed is lost
    desk.text = f"'{path}'"
    desk.press("enter")
    assert isinstance(desk.scene, PrepareScene)


def test_commands_help_and_language(outset: Outset) -> None:
    desk = home(outset)
    desk.command("t")
    assert "Without gas" in desk.page()
    desk.command("l")
    assert "Zonder gas" in desk.page()
    desk.command("h")
    assert "TOETSEN" in desk.page()
    desk.press("escape")
    desk.press("slash", "x", "escape")
    assert not desk.catching
    desk.command("q")
    assert desk.left == (0, "")


def test_coming_back_finds_the_names_that_were_typed(outset: Outset) -> None:
    desk = home(outset)
    desk.press("space", "up")
    desk.type("Lotte")
    desk.press("enter", "escape")
    assert isinstance(desk.scene, HomeScene)
    desk.press("space")
    assert "Lotte" in desk.page()


async def wait_until(pilot: "Pilot[None]", is_so: object) -> None:
    assert callable(is_so)
    for _ in range(200):
        if is_so():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came")


async def test_on_a_real_desk_letters_search_and_space_opens(outset: Outset) -> None:
    app = TabletopApp(HomeScene(words_for("nl"), outset), words_for("nl"), outset.clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "DOELEN" in _text(app))
        await pilot.press("g", "a", "s")
        assert app.desk.text == "gas"
        await pilot.press("escape", "slash")
        await wait_until(pilot, lambda: "BEGINSCHERM" in _text(app))
        await pilot.press("escape", "space")
        await wait_until(pilot, lambda: isinstance(app.desk.scene, PrepareScene))
        assert app.theme == "desk"
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    assert app.failure is None


def _text(app: TabletopApp) -> str:
    return "\n".join("".join(text for text, _ in line) for line in app.desk.scene.draw(120, 34))


def test_the_clock_is_in_the_header(outset: Outset) -> None:
    assert f"{words_for('nl').day(NOW)}" in home(outset).page()


def test_where_a_run_that_was_held_can_be_read_is_whole_in_a_small_window(outset: Outset, tmp_path: Path) -> None:
    outset.environ = {**os.environ, "TABLETOP_LOGS": str(tmp_path / ("a-long-folder-" * 8))}
    path = held(outset, ended=True)
    path.with_suffix(".md").write_text("", encoding="utf-8")
    desk = home(outset)
    desk.press("up")
    page = "".join(line.strip().removeprefix("LOGBOEK").strip() for line in desk.page(80, 24).splitlines())
    assert str(path) in page
    assert str(path.with_suffix(".md")) in page.replace("SAMENVATTING", "").replace(" ", "")


def test_a_copy_to_give_away_is_no_second_run(outset: Outset) -> None:
    path = held(outset, ended=True)
    for ending in ("gedeeld", "shared"):
        shutil.copy(path, path.with_name(f"{path.stem}-{ending}.toml"))
    assert [run.seen.path for run in look(outset.logs).runs] == [path]
    path.unlink()
    assert len(look(outset.logs).runs) == 2, "alone, a copy is all that there is to look back on"


# --- looking back


def ended(outset: Outset) -> Path:
    """A run with something of everything, which has ended without a summary."""
    exercise = library.load(SHIPPED / "zonder-gas.toml")
    control = Control.start(outset.log_path("zonder-gas"), exercise, [Participant(official="ovd-bz")], outset.clock,
                            run_id="run")  # fmt: skip
    control.do(moves.go_on)
    control.do(moves.note_point, "keep", "eerst koffie", "ovd-bz")
    control.do(moves.note_point, "change", "een geheim", "ovd-bz", private=True)
    control.do(moves.decide, "de sporthal blijft dicht")
    control.do(moves.open_unplanned, "", [])
    control.do(moves.agree, "eerst vragen")
    control.do(moves.end)
    control.close()
    return control.writer.path


def choose_past(desk: PaperDesk) -> None:
    while desk.scene.chosen.kind != "look-back":
        desk.press("down")


def test_space_looks_back_on_a_run_that_has_ended_and_writes_the_summary_that_is_missing(outset: Outset) -> None:
    log = ended(outset)
    before = log.read_bytes()
    desk = home(outset)
    choose_past(desk)
    assert "kijk terug op" in desk.page()
    desk.press("space")
    page = desk.page()
    for text in ("eerst koffie", "1 privé", "eerst vragen", "de sporthal blijft dicht", str(log)):
        assert text in page
    assert "een geheim" not in page
    desk.press("space")
    assert log.with_suffix(".md").exists()
    assert str(log.with_suffix(".md")) in desk.page()
    desk.press("space")
    assert isinstance(desk.scene, HomeScene)
    assert log.read_bytes() == before


def test_a_log_that_went_away_is_said_in_one_sentence(outset: Outset) -> None:
    log = ended(outset)
    desk = home(outset)
    choose_past(desk)
    log.unlink()
    desk.press("space")
    assert isinstance(desk.scene, HomeScene)
    assert log.name in desk.page()


def test_a_small_window_reads_on_with_the_arrows(outset: Outset) -> None:
    ended(outset)
    desk = home(outset)
    choose_past(desk)
    desk.press("space")
    small = desk.page(80, 16)
    assert "lees verder" in small
    assert "de sporthal blijft dicht" not in small
    for _ in range(9):
        desk.press("down")
        desk.page(80, 16)
    assert "de sporthal blijft dicht" in desk.page(80, 16)


def test_a_run_left_in_a_feedback_point_or_the_debrief_says_so(outset: Outset) -> None:
    exercise = library.load(SHIPPED / "zonder-gas.toml")
    control = Control.start(outset.log_path("zonder-gas"), exercise, [Participant(official="ovd-bz")], outset.clock,
                            run_id="run")  # fmt: skip
    while not control.session.held or control.session.stop is None:
        control.do(moves.go_on)
    assert "gestopt bij feedbackmoment 2" in home(outset).page()
    control.do(moves.undo)
    assert control.session.stop is None
    assert f"gestopt bij {(control.session.current or '').upper()}" in home(outset).page()
    while control.session.phase != "debrief":
        control.do(moves.go_on)
    assert "gestopt in de nabespreking" in home(outset).page()
    control.close()
