"""Looking back on a run: what is on the pages, how a search goes, and what is never shown."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.exercise import Language, Question
from tabletop.core.moves import reviewing
from tabletop.core.session import Session
from tabletop.files import library
from tabletop.locale import words_for
from tabletop.lookback import Lookback
from tabletop.ui.home.past import PastScene
from tabletop.ui.review.pages import LEADS
from tabletop.ui.review.scene import ReviewScene
from tabletop.ui.rows import plain, width_of
from tests.builders import SMALL, START, HeldClock, Run, people
from tests.core.strategies import Play, Player, runs
from tests.ui.desks import PaperDesk

SIZES = ((80, 23), (120, 34), (200, 50))


@pytest.fixture
def session() -> Session:
    run = Run(SMALL).until_shown("a1").wait(120)
    run.do(moves.answer_first_question, "not-yet", "they manage")
    run.do(moves.note_point, "keep", "café first", "field-one", themes=("staff",))
    run.do(moves.note_point, "change", "ring earlier", "office-one")
    run.do(moves.note_point, "change", "secret-of-one", "field-one", private=True)
    run.do(moves.decide, "the hall opens").wait(200)
    return run.until_debrief().session


def written(folder: Path) -> Path:
    """A log that is there to be looked back on."""
    path = folder / "run.toml"
    Control.start(path, SMALL, people("field-one"), HeldClock(), run_id="run-1").close()
    return path


def looking_at(session: Session, log: Path = Path("run.toml")) -> Lookback:
    return Lookback(log, session, session, HeldClock(START))


def desk_of(session: Session, language: Language = "en") -> PaperDesk:
    return PaperDesk(ReviewScene(looking_at(session), words_for(language)))


def test_the_overview_comes_first_and_says_what_was_not_recorded_may_have_been_done(session: Session) -> None:
    page = desk_of(session).page()
    assert "Practised" in page
    assert "3 held" in page
    assert "2 told" in page
    assert "may still have been done" in " ".join(page.split())
    assert "secret-of-one" not in page


def test_space_goes_on_through_the_pages_and_round(session: Session) -> None:
    desk = desk_of(session)
    first = desk.page()
    desk.press("space")
    time = desk.page()
    assert "█" in time
    assert "▬" in time
    assert "◆ title-f1" in time
    desk.press("space")
    assert "café first" in desk.page()
    desk.press("space")
    assert "1 of" in desk.page()
    desk.press("space")
    assert desk.page() == first
    desk.press("left", "left")
    assert "café first" in desk.page()


def test_of_a_real_incident_only_what_can_be_known_of_one_is_shown(session: Session) -> None:
    lookback = Lookback(Path("run.toml"), session, session, HeldClock(START), incident="the log of the evening")
    desk = PaperDesk(ReviewScene(lookback, words_for("en")))
    page = desk.page()
    assert "Real incident" in page
    assert "the log of the evening" in page
    assert SMALL.injects[0].text in page
    assert "2 told" in page
    for unknown in ("planned", "Practised", "First question", "Feedback points", "step by step", "in time", "typed"):
        assert unknown not in page
    desk.press("space")
    assert "café first" in desk.page()
    desk.press("space")
    assert desk.page() == page


def test_a_feedback_point_that_nobody_planned_stands_in_the_picture_of_time() -> None:
    run = Run(SMALL).until_shown("a2").wait(5)
    run.do(moves.open_unplanned, "In between", [Question(text="How is it?")]).wait(60)
    run.do(moves.agree, "one calm line")
    run.do(moves.close_feedback)
    desk = desk_of(run.until_debrief().session)
    desk.press("space")
    pages = [desk.page()]
    for _ in range(4):
        desk.press("down")
        pages.append(desk.page())
    assert any("◆ In between" in page for page in pages)


def test_what_a_reviewer_said_of_an_event_stands_where_it_is_stepped_through(tmp_path: Path) -> None:
    log = written(tmp_path)
    look = Lookback.open(log, HeldClock(), "Anna")
    look.add(reviewing.comment, "a calm start", 1)
    desk = PaperDesk(ReviewScene(look, words_for("en")))
    desk.press("left")
    page = desk.page()
    assert "1 of" in page
    assert "“ a calm start · Anna" in page


def test_a_search_goes_to_the_points_and_forgives_accents(session: Session) -> None:
    desk = desk_of(session)
    desk.type("CAFE")
    assert "café first" in desk.page()
    assert "ring earlier" not in desk.page()
    desk.press("escape")
    assert desk.left is None
    assert "ring earlier" in desk.page()
    desk.type("nothing like it")
    assert "No learning point has that in it." in desk.page()
    desk.press("escape", "escape")
    assert desk.left == (0, "")


def test_from_home_escape_leads_back_to_where_it_was_opened(session: Session, tmp_path: Path) -> None:
    log = written(tmp_path)
    home = ReviewScene(looking_at(session, log), words_for("en"))
    desk = PaperDesk(PastScene(words_for("en"), looking_at(session, log), home, tmp_path / "run.md"))
    past = desk.scene
    assert "look closer" in desk.page()
    desk.press("right")
    assert isinstance(desk.scene, ReviewScene)
    assert "back" in desk.page().split("\n")[-3]
    desk.press("escape")
    assert desk.scene is past
    assert desk.left is None


def test_private_points_are_never_shown(session: Session) -> None:
    desk = desk_of(session)
    for _ in range(3):
        desk.press("space")
        for _ in LEADS:
            desk.press("tab")
            assert "secret-of-one" not in desk.page(200, 50)
    desk.type("secret-of-one")
    assert "No learning point has that in it." in desk.page()


def test_the_run_is_stepped_through_with_both_screens_as_they_were(session: Session) -> None:
    desk = desk_of(session)
    desk.press("left")
    first = desk.page(160, 43)
    assert f"1 of {len(session.events)}" in first
    assert "situation-open" in first
    desk.press("down")
    assert "A1 shown" in desk.page(160, 43)
    assert desk.page(160, 43).count("text-a1") == 2  # the leader's card, and the wall
    desk.press("tab")
    assert "feedback point opened" in desk.page(160, 43)
    desk.press("shift+tab")
    assert "A1 shown" in desk.page(160, 43)
    desk.press(*["tab"] * 40)
    assert f"{len(session.events)} of {len(session.events)}" in desk.page(160, 43)
    desk.press(*["up"] * len(session.events))
    assert desk.page(160, 43) == first


def test_where_there_is_no_room_f6_shows_the_wall(session: Session) -> None:
    desk = desk_of(session)
    desk.press("left", "down")
    leader = desk.page(80, 23)
    assert "F6" in leader
    desk.press("f6")
    assert desk.page(80, 23) != leader
    assert "EXERCISE" in desk.page(80, 23)


def test_tab_groups_in_every_way(session: Session) -> None:
    desk = desk_of(session)
    desk.press("left", "left")
    headings = set()
    for _ in LEADS:
        desk.press("tab")
        page = desk.page(120, 50)
        headings.add(page.split("\n")[3].strip())
        assert "café first" in page
    assert len(headings) == len(LEADS)


@given(runs(most=30))
def test_any_run_fits_every_size_in_both_languages(plays: list[Play]) -> None:
    player = Player(Run(SMALL))
    for play in plays:
        player.play(play)
    for language in ("nl", "en"):
        desk = desk_of(player.run.session, language)
        desk.scene.replay.move(len(plays) // 2)  # type: ignore[attr-defined]
        for _ in range(4):
            desk.press("space")
            for width, height in SIZES:
                rows = desk.scene.draw(width, height)
                assert len(rows) == height
                assert all(width_of(line) <= width for line in rows), [plain(line) for line in rows]


@pytest.mark.parametrize("what", ["nothing", "an exercise", "a folder"])
def test_what_is_no_log_is_one_sentence(what: str, tmp_path: Path) -> None:
    paths = {"nothing": tmp_path / "none.toml", "an exercise": library.shipped_folder() / "zonder-gas.toml",
             "a folder": tmp_path}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tabletop", "review", str(paths[what])], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_f1_says_what_each_key_does_and_any_other_key_goes_back(session: Session) -> None:
    desk = desk_of(session)
    before = desk.page()
    desk.press("f1")
    page = desk.page(120, 60)
    for said in ("KEYS", "Shift", "F6", "ADD", "CHANGE"):
        assert said.casefold() in page.casefold(), said
    small = desk.page(80, 19)
    desk.press("down", "down", "down")
    assert desk.page(80, 19) != small
    desk.press("escape")
    assert desk.page() == before
