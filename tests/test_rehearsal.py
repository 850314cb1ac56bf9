"""A rehearsal from the command line to the last row of its coverage."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.core.exercise import Language
from tabletop.files import library
from tabletop.files.log import read
from tabletop.locale import words_for
from tabletop.rehearsal import Rehearsal
from tabletop.ui.rehearse.coverage import CoverageScene, coverage_rows
from tabletop.ui.rehearse.scene import RehearsalScene
from tabletop.ui.rows import plain, width_of
from tests.ui.desks import PaperDesk

SHIPPED = sorted(library.shipped_folder().glob("*.toml"))
BESIDE, BELOW, BEHIND = (160, 43), (100, 48), (80, 23)


def begun(name: str, log: Path | None = None, count: int = 6) -> Rehearsal:
    exercise = library.load(library.shipped_folder() / f"{name}.toml")
    people = [Participant(official=official.id) for official in exercise.key_officials[:count]]
    return Rehearsal.begin(exercise, people, datetime(2026, 11, 23, 10, 0, tzinfo=UTC), leader="rehearsal", log=log)


@pytest.fixture
def rehearsal() -> Iterator[Rehearsal]:
    made = begun("without-gas")
    yield made
    made.close()


def desk_of(rehearsal: Rehearsal, speed: float = 0.0, language: Language = "en") -> PaperDesk:
    return PaperDesk(RehearsalScene(rehearsal, words_for(language), speed))


def rehearse(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tabletop", "rehearse", *arguments], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


# --- step by step ----------------------------------------------------------------------------------------------------


def test_space_goes_through_the_whole_exercise_and_the_clock_comes_along(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal)
    shown: dict[str, float] = {}
    for _ in range(400):
        if isinstance(desk.scene, CoverageScene):
            break
        desk.press("space")
        for name in rehearsal.session.done:
            shown.setdefault(name, rehearsal.minutes)
    planned = {step.id: step.minute for step in rehearsal.session.exercise.storyline}
    assert set(shown) == set(planned)
    for name, minute in planned.items():
        assert minute is not None
        assert -1 < shown[name] - minute < 9, name  # a feedback point counts as done when it is over
    assert rehearsal.minutes == pytest.approx(rehearsal.session.exercise.minutes, abs=1)
    assert "COVERAGE" in desk.page()
    desk.press("space")
    assert desk.left == (0, "")


def test_everything_of_a_run_works_in_it(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal)
    desk.press("space")
    desk.type(f"+ coffee first @{rehearsal.session.participants[0].official}")
    desk.press("enter")
    (point,) = rehearsal.session.open_points
    assert point.text == "coffee first"
    rehearsal.control.do(moves.undo)
    assert not rehearsal.session.open_points


# --- by itself -------------------------------------------------------------------------------------------------------


def test_it_plays_by_itself_and_waits_where_the_table_has_to_choose(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal, speed=60)
    for _ in range(90):
        desk.scene.ticked()
    assert rehearsal.session.current == "a4"
    assert "waits for /j" in desk.page(*BESIDE)
    assert rehearsal.session.stop is None
    rehearsal.choose()
    for _ in range(90):
        desk.scene.ticked()
    assert rehearsal.session.phase == "debrief"
    assert "the coverage" in desk.page(*BESIDE)


def test_what_to_choose_may_be_said_beforehand(rehearsal: Rehearsal) -> None:
    dilemma = rehearsal.session.exercise.inject("a4")
    assert dilemma is not None
    last = dilemma.choices[-1].id
    desk = PaperDesk(RehearsalScene(rehearsal, words_for("en"), 60, {"a4": last}.get))
    for _ in range(90):
        desk.scene.ticked()
    assert rehearsal.session.phase == "debrief"
    assert rehearsal.session.choices["a4"].choice == last


def test_a_second_of_playing_is_as_long_as_the_speed_says(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal, speed=30)
    for seconds in range(1, 20):
        desk.scene.ticked()
        assert rehearsal.clock.seconds == pytest.approx(30 * seconds, abs=30)


def test_f5_holds_and_plays_on_and_a_half_typed_line_holds_too(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal, speed=60)
    desk.scene.ticked()
    desk.press("f5")
    before = rehearsal.clock.seconds
    desk.scene.ticked()
    assert rehearsal.clock.seconds == before
    desk.press("f5")
    desk.type("not yet")
    desk.scene.ticked()
    assert rehearsal.clock.seconds == before
    desk.put("")
    desk.scene.ticked()
    assert rehearsal.clock.seconds > before


def test_a_call_out_calls_everybody_by_itself() -> None:
    rehearsal = begun("arrange-something", count=2)
    desk = desk_of(rehearsal, speed=60)
    for _ in range(100):
        desk.scene.ticked()
    assert rehearsal.session.phase == "debrief"
    assert len(rehearsal.session.calls) == 2
    rehearsal.close()


def test_one_that_is_ended_by_the_word_shows_the_coverage_and_speaks_of_no_log(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal)
    desk.press("space")
    desk.command("e")
    assert "The log stays" not in desk.page()
    desk.type("end")
    desk.press("enter")
    assert isinstance(desk.scene, CoverageScene)
    assert not rehearsal.control.writer.path.with_suffix(".md").exists()


def test_an_exercise_without_a_basis_plays_to_its_end() -> None:
    exercise = library.load(library.shipped_folder() / "without-gas.toml")
    bare = exercise.model_copy(update={"basis": type(exercise.basis)()})
    people = [Participant(official=official.id) for official in bare.key_officials[:3]]
    rehearsal = Rehearsal.begin(bare, people, datetime(2026, 11, 23, 10, 0, tzinfo=UTC), leader="x")
    desk = desk_of(rehearsal, speed=600)
    for _ in range(60):
        desk.scene.ticked()
        rehearsal.choose()
    assert "the coverage" in desk.page(*BESIDE)
    rehearsal.close()


# --- what stands on the screen ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [BESIDE, BELOW])
def test_both_screens_stand_beside_or_below_each_other(rehearsal: Rehearsal, size: tuple[int, int]) -> None:
    desk = desk_of(rehearsal)
    desk.press("space")
    page = desk.page(*size)
    first = rehearsal.session.exercise.injects[0].text.split()[:4]
    assert page.count(" ".join(first)) == 2  # on the leader's own card, and on the wall
    assert "F6" not in page


def test_where_there_is_no_room_f6_shows_the_other_screen(rehearsal: Rehearsal) -> None:
    desk = desk_of(rehearsal)
    desk.press("space")
    leader = desk.page(*BEHIND)
    assert "F6" in leader
    assert "Objectives" in leader
    desk.press("f6")
    wall = desk.page(*BEHIND)
    assert "Objectives" not in wall
    desk.press("f6")
    assert desk.page(*BEHIND) == leader


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_exercise_is_played_at_once_and_its_rows_fit(path: Path, language: Language) -> None:
    from tabletop.ui.run.questions import debrief_questions, rebuttal_question

    rehearsal = begun(path.stem)
    words = words_for(language)
    rehearsal.play(debrief_questions(words), rebuttal_question(words), lambda _: None)
    assert rehearsal.session.phase == "debrief"
    for width in (60, 80, 200):
        rows = coverage_rows(rehearsal.session, words, width)
        assert all(width_of(line) <= width for line in rows), [plain(line) for line in rows]
    rehearsal.close()


# --- what is left of it ----------------------------------------------------------------------------------------------


def test_nothing_is_left_of_a_rehearsal_unless_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    rehearsal = begun("without-gas")
    assert list(folder.iterdir())
    rehearsal.close()
    assert not list(folder.iterdir())


def test_a_log_that_was_asked_for_is_whole_and_is_no_run_to_go_on_with(tmp_path: Path) -> None:
    log = tmp_path / "kept.toml"
    done = rehearse("without-gas", "--at-once", "--lang", "en", "--log", str(log))
    assert done.returncode == 0, done.stderr
    assert str(log) in done.stdout.replace("\n", "")
    contents = read(log)
    assert contents.head.leader == "rehearsal"
    assert contents.events[-1].type == "reveal-shown"
    state = Path(os.environ["TABLETOP_STATE"])
    assert not list(state.glob("*run*"))


def test_a_log_is_never_written_over(tmp_path: Path) -> None:
    log = tmp_path / "kept.toml"
    log.write_text("something else")
    done = rehearse("without-gas", "--at-once", "--log", str(log))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert log.read_text() == "something else"


# --- the command line ------------------------------------------------------------------------------------------------


def test_the_choices_that_are_named_are_made() -> None:
    taken = rehearse("fire-brigade-has-a-hall", "--at-once", "--lang", "en")
    other = rehearse("fire-brigade-has-a-hall", "--at-once", "--lang", "en", "--choose", "g2.niet")
    assert "G6 (after" in taken.stdout
    assert "(G6)" in taken.stdout
    assert "(G6)" not in other.stdout
    assert "G6 (after" not in other.stdout
    assert " G6 " in other.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing-like-it",),
        ("without-gas",),  # without a terminal
        ("without-gas", "--speed", "fast"),
        ("without-gas", "--speed", "0"),
        ("without-gas", "--at-once", "--speed", "60"),
        ("without-gas", "--at-once", "--choose", "a4.nothing"),
        ("without-gas", "--at-once", "--officials", "nobody"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...]) -> None:
    done = rehearse(*arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
