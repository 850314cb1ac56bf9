"""What a reviewer adds on the screen of a review: key by key, into a log that is really there."""

from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import learning, moves
from tabletop.core.exercise import Language
from tabletop.files.log import LogWriter, read
from tabletop.locale import words_for
from tabletop.lookback import Lookback
from tabletop.ui.review.scene import ReviewScene
from tests.builders import SMALL, HeldClock, people
from tests.ui.desks import PaperDesk

PRIVATE = "only-for-one"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path, clock = tmp_path / "run.toml", HeldClock()
    control = Control.start(path, SMALL, people("field-one", "office-one"), clock, run_id="run-1", leader="Leader")
    control.do(moves.go_on)
    control.do(moves.note_point, "keep", "coffee first", "field-one")
    control.do(moves.note_point, "keep", "first coffee", "office-one")
    control.do(moves.note_point, "change", PRIVATE, "field-one", private=True)
    control.do(moves.note_point, "change", "", "field-one")
    clock.advance(600)
    control.do(moves.end)
    control.close()
    return path


def desk_of(log: Path, language: Language = "en", reviewer: str = "Anna") -> PaperDesk:
    clock = HeldClock()
    clock.advance(86_400)
    return PaperDesk(ReviewScene(Lookback.open(log, clock, reviewer), words_for(language)))


def answered(desk: PaperDesk, *answers: str) -> None:
    for answer in answers:
        desk.type(answer)
        desk.press("enter")


def test_who_looks_back_is_asked_once_and_stands_with_what_is_added(log: Path) -> None:
    before = log.read_bytes()
    desk = desk_of(log, reviewer="")
    desk.press("slash", "c")
    assert "WHO IS LOOKING BACK?" in desk.page()
    answered(desk, "Bea", "a calm start")
    page = desk.page()
    assert "Added, under the name of Bea." in page
    assert "a calm start" in page
    desk.press("slash", "n")
    answered(desk, "somebody rang the pharmacy")
    events = read(log).events
    assert [getattr(event, "reviewer", "") for event in events[-2:]] == ["Bea", "Bea"]
    assert log.read_bytes().startswith(before)  # what stood there stays as it was


def test_an_action_asks_for_an_owner_and_a_day(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "a", "down", "enter")
    answered(desk, "a card with question 1", "Office One", "soon")
    assert "Type a day" in desk.page()
    answered(desk, "31-1-2027")
    (action,) = learning.agreed_actions(desk.scene.session)  # type: ignore[attr-defined]
    assert (action.text, action.owner, action.due) == ("a card with question 1", "Office One", "2027-01-31")
    assert action.point == "lp-1"
    assert "a card with question 1" in desk.page()


def test_a_mark_is_written_out_points_go_on_in_another_and_one_is_withdrawn(log: Path) -> None:
    desk = desk_of(log)
    assert "2 told · 1 to be written out" in desk.page()
    desk.press("slash", "w", "down", "down", "enter")
    answered(desk, "ring the mayor later")
    assert "3 told" in desk.page()
    assert "to be written out" not in desk.page()
    desk.press("slash", "m", "down", "enter", "enter")
    points = {point.id: point for point in read_back(log).points}
    assert points["lp-4"].text == "ring the mayor later"
    assert points["lp-2"].into == "lp-1"
    desk.press("slash", "x", "enter")
    answered(desk, "said by nobody")
    assert read_back(log).points[0].withdrawn
    desk.press("slash", "u")
    assert not read_back(log).points[0].withdrawn


def test_a_point_is_chosen_by_its_first_words_and_goes_on_in_another_one_than_itself(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "m")
    desk.type("first cof")
    assert "first coffee" in desk.page().splitlines()[-3] + desk.page().splitlines()[-2]
    desk.press("enter")
    assert "IN WHICH POINT DOES “first coffee” GO ON?" in desk.page()
    assert "first coffee  " not in desk.page()  # as it stood in the list
    answered(desk, "coffee f")
    assert "“first coffee” goes on in “coffee first”." in desk.page()
    assert {point.id: point.into for point in read_back(log).points}["lp-2"] == "lp-1"


def test_an_action_may_be_typed_where_a_point_is_asked_for(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "a")
    desk.type("buy a second kettle")
    assert "that is the action; on to who does it" in desk.page()
    desk.press("enter")
    answered(desk, "Office One", "31-1-2027")
    (action,) = learning.agreed_actions(desk.scene.session)  # type: ignore[attr-defined]
    assert (action.text, action.owner, action.point) == ("buy a second kettle", "Office One", None)


def test_a_point_from_paper_and_its_kind(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "p")
    answered(desk, "- left at once @office-one #staff")
    point = read_back(log).points[-1]
    assert (point.text, point.turn, point.official) == ("left at once", "change", "office-one")
    assert point.themes == ("staff",)
    desk.press("slash", "k", "enter", "down", "enter", "down", "enter", "down", "enter")
    point = read_back(log).points[0]
    assert (point.kind, point.level, point.aspect) == ("question", "organisation", "effect")


def test_a_point_gets_another_function_and_a_theme_and_loses_it_again(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "f", "enter")
    answered(desk, "Office One")
    assert read_back(log).points[0].official == "office-one"
    desk.press("slash", "h", "enter")
    answered(desk, "another theme")
    answered(desk, "coffee breaks")
    assert read_back(log).points[0].themes == ("coffee breaks",)
    desk.press("slash", "h", "down", "enter")
    assert "coffee breaks" in desk.page()  # what one point has, another can get
    answered(desk, "coffee breaks")
    assert read_back(log).points[1].themes == ("coffee breaks",)
    desk.press("slash", "h", "enter")
    answered(desk, "no longer coffee breaks")
    assert read_back(log).points[0].themes == ()


def test_a_theme_that_is_typed_is_added_and_never_another_one_instead(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "h", "enter")
    desk.type("Coffee")
    assert "Coffee" in desk.page()
    desk.press("enter")
    assert read_back(log).points[0].themes == ("Coffee",)
    for typed in ("Coffee", "coffee", "\u200b"):  # it has that one, whatever its capitals
        desk.press("slash", "h", "enter")
        answered(desk, "another theme", typed)
        assert read_back(log).points[0].themes == ("Coffee",)
        assert "Added" not in desk.page()


def test_a_function_that_there_is_not_is_refused_and_can_be_typed_again(log: Path) -> None:
    desk, before = desk_of(log), log.read_bytes()
    desk.press("slash", "f", "enter")
    desk.type("zzz nobody")
    assert "nothing here is called that" in desk.page()
    desk.press("enter")
    assert "Nothing here is called that." in desk.page()
    assert log.read_bytes() == before
    answered(desk, "Office One")
    assert read_back(log).points[0].official == "office-one"


def test_a_note_from_paper_keeps_its_theme_and_a_number_is_no_sign(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "n")
    answered(desk, "soup was cold #staff")
    assert read(log).events[-1].themes == ("staff",)
    desk.press("slash", "p")
    desk.type("-5 degrees @field-one")
    assert "keep · Field One" in desk.page()
    desk.press("enter")
    assert read_back(log).points[-1].text == "-5 degrees"
    desk.press("slash", "p")
    desk.type("- soup @field-one @office-one")
    assert "it goes to one function: Field One" in desk.page()


def test_before_enter_a_line_from_paper_says_whose_it_is(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "p")
    desk.type("- left at once @office-one *")
    assert "do differently · Office One · private" in desk.page()
    desk.press("escape")
    desk.press("slash", "n")
    desk.type("left at once @nobody-knows")
    assert "@nobody-knows is unknown and stays text" in desk.page()


def test_a_star_keeps_a_line_from_paper_private(log: Path) -> None:
    desk = desk_of(log)
    desk.press("slash", "p")
    answered(desk, "+ this is mine @field-one *")
    assert read_back(log).points[-1].private
    desk.press("slash", "n")
    answered(desk, "so is this *")
    assert read(log).events[-1].private
    assert "is mine" not in desk.page()


def test_a_corrected_time_holds_on_the_page_and_not_step_by_step(log: Path) -> None:
    desk = desk_of(log)
    original = desk.scene.lookback.original.events[1].at  # type: ignore[attr-defined]
    desk.press("slash", "t", "enter")
    answered(desk, "half past")
    assert "Type a time" in desk.page()
    desk.press("slash", "t", "enter")
    answered(desk, f"{original.hour}.58")
    scene = desk.scene
    assert isinstance(scene, ReviewScene)
    assert scene.session.done["a1"].at.minute == 58
    assert scene.lookback.original.done["a1"].at == original


def test_a_time_that_is_none_is_asked_for_again_and_what_was_taken_back_is_said(log: Path) -> None:
    desk = desk_of(log)
    before = log.read_bytes()
    desk.press("slash", "t")
    desk.press("enter")
    answered(desk, "17.99")
    assert desk.text == "17.99"
    assert "Type a time" in desk.page()
    assert log.read_bytes() == before
    desk.press("escape")
    desk.press("slash", "n")
    answered(desk, "much too late")
    desk.press("slash", "u")
    assert "Taken back: " in desk.page()
    assert "Added" not in desk.page()


def test_private_points_are_offered_nowhere_and_escape_adds_nothing(log: Path) -> None:
    before = log.read_bytes()
    desk = desk_of(log)
    for letter in "akwmx":
        desk.press("slash", letter)
        assert PRIVATE not in desk.page()
        desk.press("escape")
    assert log.read_bytes() == before
    assert desk.left is None


def test_what_cannot_be_saved_is_said(log: Path) -> None:
    desk = desk_of(log, "nl")
    writer, _ = LogWriter.reopen(log)
    with writer:
        desk.press("slash", "o")
        answered(desk, "te laat")
        assert "Toegevoegd" not in desk.page()
    desk.press("slash", "o")
    answered(desk, "op tijd")
    assert "Toegevoegd, op naam van Anna." in desk.page()


def test_what_stands_pale_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    control = Control.start(path, SMALL, people("field-one"), HeldClock(), run_id="run-2")
    control.do(moves.end)
    control.close()
    desk = desk_of(path)
    desk.press("slash", "k")
    assert "WHICH POINT" not in desk.page()
    assert "Choose a letter" in desk.page()


def read_back(log: Path):  # type: ignore[no-untyped-def]  # a session
    return Lookback.open(log, HeldClock()).session
