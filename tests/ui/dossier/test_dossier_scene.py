"""The dossier on the desk: what is on its pages, how one looks for something, and what a person may decide."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core.exercise import Language
from tabletop.core.moves import reviewing
from tabletop.dossier.answers import PointSeen
from tabletop.dossier.index import Dossier
from tabletop.dossier.refreshing import Stopped
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tabletop.lookback import Lookback
from tabletop.ui.desk.scene import Scene
from tabletop.ui.dossier.acting import dated
from tabletop.ui.dossier.commands import COMMANDS
from tabletop.ui.dossier.deciding import Decisions
from tabletop.ui.dossier.known import Known
from tabletop.ui.dossier.naming import PAGES
from tabletop.ui.dossier.opening import IndexingScene
from tabletop.ui.dossier.scene import DossierScene
from tabletop.ui.opening import Outset
from tabletop.ui.review.scene import ReviewScene
from tabletop.ui.rows import plain, width_of
from tests.builders import HeldClock
from tests.ui.desks import NOW, PaperDesk
from tests.ui.dossier.fake import TODAY, FakeDossier, with_proposal

SIZES = ((80, 23), (96, 28), (120, 34), (200, 50))


def scene_of(dossier: FakeDossier, language: Language = "en", back: Scene | None = None) -> DossierScene:
    outset = Outset(HeldClock(NOW), {})
    return DossierScene(Known(dossier, TODAY), words_for(language), outset, dossier, (Path("logs"),), back)


def desk_of(dossier: FakeDossier | None = None, language: Language = "en", back: Scene | None = None) -> PaperDesk:
    return PaperDesk(scene_of(dossier if dossier is not None else FakeDossier(), language, back))


def named(desk: PaperDesk, name: str = "Noor") -> PaperDesk:
    """A desk on which somebody said already who decides."""
    assert isinstance(desk.scene, DossierScene)
    desk.scene.reviewer = name
    return desk


def answer(desk: PaperDesk, text: str) -> None:
    """Type an answer to what is asked, and press Enter."""
    desk.text = ""
    desk.type(text)
    desk.press("enter")


# --- pages ---


def test_the_heat_table_says_of_how_many_each_cell_is_and_what_is_behind_the_chosen_one() -> None:
    desk = desk_of()
    page = desk.page()
    assert "● 4 of 11" in page
    assert "○ 1 of 9" in page
    assert "11x there" in page
    assert "pattern: in 4 of 11 cases" in page
    assert "Meteen bezig, de vraag bleef liggen." in page
    assert "begin with the theme, not with who" in " ".join(page.split())
    desk.press("down")
    assert "pattern: in 5 of 11 cases" in desk.page()
    assert "4/11" in desk.page(80, 23)


def test_arrows_go_to_columns_that_are_out_of_sight() -> None:
    desk = desk_of()
    assert "2 →" in desk.page(80, 23)
    desk.press(*["right"] * 20)
    page = desk.page(80, 23)
    assert "← 2" in page
    assert "Informatiemanager" in " ".join(page.split())
    desk.press(*["left"] * 20)
    assert "2 →" in desk.page(80, 23)


def test_an_empty_cell_is_no_sign_of_anything() -> None:
    desk = desk_of()
    desk.press("right", "right")
    assert "no sign of anything" in desk.page()


def test_more_themes_than_fit_scroll() -> None:
    points = [point_of(number, f"theme {number:02}") for number in range(60)]
    desk = desk_of(FakeDossier(more=tuple(points)))
    desk.press(*["down"] * 100)
    page = desk.page(80, 23)
    assert "theme 59" in page
    assert "theme 10" not in page
    assert "eerste vraag" not in page


def test_tab_goes_through_the_pages_and_round() -> None:
    desk = desk_of(with_proposal(FakeDossier()))
    seen = []
    for _ in PAGES:
        seen.append(desk.page())
        desk.press("tab")
    assert desk.page() == seen[0]
    assert len(set(seen)) == len(PAGES)
    assert "PATTERNS, ON SEVERAL OCCASIONS  15" in seen[1]
    assert "Wie zijn hier eigenlijk de minder zelfredzamen?" in seen[2]
    assert "De lijst hardop voorlezen." in seen[2], "a practice under it"
    assert "by 2 Nov 2026 · that day was 22 days ago" in seen[3]
    assert "closed on 1 Apr 2026" in seen[3]
    assert "Checklist opvang" in seen[4]
    assert "played 4 times" in seen[5]
    assert "Brand in de molen (incident)" in seen[6]
    assert "1 file passed over" in seen[6]
    desk.press("shift+tab")
    assert desk.page() == seen[-1]


def test_a_recurring_point_opens_with_its_earlier_wordings_and_where_it_was_seen() -> None:
    desk = desk_of()
    desk.press("tab", "enter")
    page = desk.page()
    assert "EARLIER WORDINGS" in page
    assert "Iedereen bedoelde iets anders met minder zelfredzaam." in page
    assert "16 Sep 2025" in page
    desk.press("enter")
    assert "at inject" in desk.page()
    assert "look back on" in desk.page()
    desk.press("escape", "escape")
    assert "PATTERNS, ON SEVERAL OCCASIONS" in desk.page()


def test_groups_stand_side_by_side_as_feedback_to_the_author() -> None:
    desk = desk_of()
    desk.command("6")
    desk.press("enter")
    page = desk.page()
    assert "none is better" in page
    assert "A2 De wijk is donker" in page
    assert "planned" in page
    assert "Noord" in page
    assert "8 min" in page
    narrow = desk.page(80, 23)
    desk.press("right")
    assert desk.page(80, 23) != narrow
    desk.press("left")
    assert desk.page(80, 23) == narrow


def test_another_year_narrows_the_table_and_what_was_not_practised() -> None:
    desk = desk_of()
    desk.command("5")
    assert "Not practised in 2026" in desk.page()
    desk.press("left")
    assert "Not practised in 2025" in desk.page()
    desk.command("1")
    desk.command("y")
    answer(desk, "2025")
    page = desk.page()
    assert "3x there" in page
    assert "of 11" not in page


def test_an_empty_dossier_says_where_logs_come_from() -> None:
    desk = desk_of(FakeDossier(runs_=()))
    page = " ".join(desk.page().split())
    assert "There are no logs yet." in page
    assert "A run leaves its log in logs." in page
    assert "--take-in" in page
    for _ in PAGES:
        desk.press("tab", "space")
        for width, height in SIZES:
            assert all(width_of(line) <= width for line in desk.scene.draw(width, height))


# --- searching ---


def test_what_is_typed_searches_from_any_page_and_escape_clears_it() -> None:
    desk = desk_of()
    for letter in "1234567":
        desk.command(letter)
        before = desk.page()
        desk.type("BURGEMEESTER")
        page = desk.page()
        assert "De burgemeester werd het eerst gebeld." in page
        assert "17 Feb 2026" in page
        assert "Strategisch adviseur" in page
        assert "Kraan op de kade" in page
        desk.press("escape")
        assert desk.page() == before
        assert desk.left is None


def test_what_was_found_opens_and_escape_leads_back_to_the_search() -> None:
    desk = desk_of()
    desk.type("burgemeester")
    desk.press("down", "enter")
    assert desk.text == ""
    assert "Bellen met de burgemeester kostte een kwartier." in desk.page()
    desk.press("escape")
    assert desk.text == "burgemeester"
    assert "3 learning points found" in desk.page()


def test_nothing_found_says_so() -> None:
    desk = desk_of()
    desk.type("zeppelin")
    assert "Nothing here has that in it." in desk.page()
    desk.press("enter")
    assert "Nothing here has that in it." in desk.page()


# --- deciding ---


def test_who_decides_is_asked_once_and_nothing_is_decided_before() -> None:
    dossier = FakeDossier()
    desk = desk_of(dossier)
    desk.command("2")
    desk.command("a")
    assert "WHO DECIDES THIS?" in desk.page()
    desk.press("enter")
    assert "Type it first" in desk.page()
    answer(desk, "Noor")
    assert dossier.decided == [("along", "run-0/lp-9", True, "Noor")]
    assert "Goes along to the next session." in desk.page()
    desk.command("a")
    assert dossier.decided[1:] == [("along", "run-0/lp-9", False, "Noor")]


def test_a_proposal_needs_words_and_a_reason() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("2")
    desk.command("p")
    assert "WHAT IS PROPOSED?" in desk.page()
    desk.press("enter")
    assert dossier.decided == []
    answer(desk, "Eén lijst voor alle kolommen")
    assert "A PROPOSAL NEEDS A REASON" in desk.page()
    for empty in ("", "   "):
        answer(desk, empty)
        assert dossier.decided == []
    answer(desk, "drie keer gezien")
    assert dossier.decided == [("propose", "run-0/lp-9", "Eén lijst voor alle kolommen", "drie keer gezien", "Noor")]
    page = desk.page()
    assert "Proposal saved." in page
    assert "PROPOSAL, NOT USED YET" in page


def test_a_signal_warns_that_one_occasion_is_little() -> None:
    desk = named(desk_of())
    desk.type("De vraag lag als eerste op tafel")
    desk.press("f2", "p")
    answer(desk, "altijd vragen")
    assert "One occasion is seldom a reason" in desk.page()


def test_a_proposal_becomes_a_practice_after_a_recorded_use_only() -> None:
    dossier = with_proposal(FakeDossier())
    desk = named(desk_of(dossier))
    desk.type("stilte na elke")
    assert "PROPOSAL, NOT USED YET" in desk.page()
    desk.press("f2", "w")
    answer(desk, "31-12-2026 morgen")
    assert dossier.decided == [], "a day that is still to come"
    answer(desk, "12-10-2026 brand in de molen")
    assert dossier.decided == [("use", "run-3/lp-7", date(2026, 10, 12), "brand in de molen", "Noor")]
    assert "PRACTICE" in desk.page()
    assert "PROPOSAL, NOT USED YET" not in desk.page()


def test_a_use_of_what_was_never_proposed_is_refused_with_the_reason() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("2")
    desk.command("w")
    assert "for a proposal only" in desk.page()
    assert dossier.decided == []


def test_points_that_say_the_same_are_linked_by_searching() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("2")
    desk.command("l")
    assert "nothing to link" not in desk.page()
    desk.type("bewoners wisten")
    assert "Bewoners wisten het eerder dan wij." in desk.page()
    desk.press("enter")
    assert dossier.decided == [("link", "run-0/lp-9", "run-3/lp-12", "Noor")]
    assert "both say the same from now on" in desk.page()
    desk.press("enter")
    desk.press("down", "down", "down")
    assert "Bewoners wisten het eerder dan wij." in desk.page()


def test_linking_can_be_left() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("2")
    before = desk.page()
    desk.command("l")
    desk.type("kaart")
    desk.press("escape", "escape")
    assert desk.page() == before
    assert dossier.decided == []


def test_one_point_is_taken_apart_where_it_was_chosen() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("2")
    desk.command("u")
    assert "open it, and choose a point" in desk.page()
    desk.press("enter", "down")
    desk.command("u")
    assert dossier.decided == [("unlink", "run-4/lp-9", "Noor")]


def test_a_theme_is_renamed_or_goes_on_in_another() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("t")
    answer(desk, "#de eerste vraag")
    assert dossier.decided == [("rename", "eerste vraag", "de eerste vraag", "Noor")]
    assert "de eerste vraag" in desk.page()
    desk.command("t")
    assert desk.text == "de eerste vraag"
    desk.type("Opvang")  # in the place of what it was called
    assert desk.text == "Opvang"
    assert "two themes become one" in desk.page()
    desk.press("enter")
    assert dossier.decided[1:] == [("merge", "de eerste vraag", "opvang", "Noor")]
    assert "goes on in" in desk.page()


def test_an_action_is_closed_with_a_note_and_opened_again() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("4")
    desk.command("c")
    answer(desk, "staat op alle kaarten")
    assert dossier.decided == [("close", "run-8/ac-1", "staat op alle kaarten", "Noor")]
    assert "The action is closed." in desk.page()
    assert "staat op alle kaarten" in desk.page()
    desk.command("c")
    assert dossier.decided[1:] == [("reopen", "run-8/ac-1", "Noor")]


def test_the_group_of_a_run_gets_a_name() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("7")
    desk.command("g")
    answer(desk, "Team noord")
    assert dossier.decided == [("group", "run-10", "Team noord", "Noor")]
    assert "Team noord" in desk.page()


def test_the_threshold_is_set_and_what_is_a_pattern_changes() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    assert "15 points returned" in desk.page()
    desk.command("d")
    desk.press("down", "enter")
    assert dossier.decided == [("threshold", 3, "Noor")]
    assert "15 points returned" not in desk.page()


def test_only_patterns_and_signals_too() -> None:
    desk = desk_of()
    desk.command("o")
    desk.press(*["down"] * 80)
    assert "SIGNALS" not in desk.page(120, 34)
    desk.command("o")
    desk.press(*["down"] * 80)
    assert "SIGNALS" in desk.page(120, 60)


def test_a_decision_that_cannot_be_saved_is_said_and_nothing_is_lost() -> None:
    class Broken(FakeDossier):
        def take_along(self, point: str, by: str, *, along: bool) -> None:
            raise Trouble("file-not-written-full", file="dossier.toml")

    desk = named(desk_of(Broken()))
    desk.command("2")
    desk.command("a")
    assert "dossier.toml could not be written: the disk is full." in desk.page()


def test_escape_in_a_question_decides_nothing_and_gives_the_search_back() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.type("burgemeester")
    desk.press("f2", "p")
    desk.type("iets")
    desk.press("escape")
    assert desk.text == "burgemeester"
    assert dossier.decided == []


# --- ways in and out ---


def test_escape_leads_home_or_closes() -> None:
    desk = desk_of()
    desk.press("escape")
    assert desk.left == (0, "")
    home = scene_of(FakeDossier())
    dossier = FakeDossier()
    desk = desk_of(dossier, back=home)
    desk.press("escape")
    assert desk.scene is home
    assert desk.left is None


def test_a_run_opens_its_review_and_escape_leads_back(ended_log: Path) -> None:
    dossier = FakeDossier()
    first = dossier.runs_[10]._replace(path=ended_log)
    dossier.runs_ = (*dossier.runs_[:10], first)
    desk = desk_of(dossier)
    scene = desk.scene
    desk.command("7")
    for key in ("enter", "right"):
        desk.press(key)
        assert isinstance(desk.scene, ReviewScene)
        desk.press("escape")
        assert desk.scene is scene
    dossier.runs_ = (first._replace(path=ended_log.with_name("gone.toml")),)
    scene.known.forget()  # type: ignore[attr-defined]
    desk.press("enter")
    assert desk.scene is scene
    assert "gone.toml" in desk.page()


def test_what_a_review_added_stands_there_when_one_comes_back(ended_log: Path) -> None:
    look = Lookback.open(ended_log, HeldClock(NOW), "Noor")
    look.add(reviewing.point_from_paper, "keep", "Coffee before the phone", official="leader-one", themes=("coffee",))
    with Dossier.open([ended_log.parent]) as dossier:
        known = Known(dossier, TODAY)
        outset = Outset(HeldClock(NOW), {})
        desk = PaperDesk(DossierScene(known, words_for("en"), outset, Decisions(dossier, outset.clock.now),
                                      (ended_log.parent,), reread=dossier.refresh))  # fmt: skip
        assert "coffee" in desk.page()
        for key in ("enter", "enter", "right"):  # what is behind a field of the table, a point of it, and its run
            desk.press(key)
        assert isinstance(desk.scene, ReviewScene)
        desk.press("escape")
        assert "noted" in desk.page()  # nothing was added: the point is read on
        desk.press("right")
        (point,) = look.session.points
        look.add(reviewing.withdraw, point.id, "it was tea")
        look.add(reviewing.point_from_paper, "keep", "Tea before the phone", official="leader-one", themes=("tea",))
        desk.press("escape")
        assert "Nothing was noted about this for Leader One" in desk.page()
        desk.press("escape")
        assert "Tea before the phone" in desk.page()
        assert "offee" not in desk.page()


def test_writing_to_a_file_is_asked_for_a_path_and_said(tmp_path: Path) -> None:
    desk = desk_of()
    scene = desk.scene
    assert isinstance(scene, DossierScene)
    written: list[Path] = []

    def write(path: Path) -> str:
        written.append(path)
        return f"{path} was written."

    scene.write = write
    desk.command("x")
    desk.press("slash")
    assert desk.text == "/"
    answer(desk, str(tmp_path / "dossier.md"))
    assert written == [tmp_path / "dossier.md"]
    assert "was written." in desk.page()


def test_a_file_that_is_there_is_not_written_over_and_its_path_can_be_changed(tmp_path: Path) -> None:
    desk = desk_of()
    there = tmp_path / "dossier.md"

    def write(path: Path) -> str:
        if path == there:
            raise Trouble("script-exists", file=str(path))
        return f"{path.name} was written."

    desk.scene.write = write  # type: ignore[attr-defined]
    desk.command("x")
    answer(desk, str(there))
    assert "is there already; choose another name." in desk.page(200)
    assert "--overwrite" not in desk.page(200)
    assert desk.text == str(there)
    answer(desk, str(tmp_path / "other.md"))
    assert "other.md was written." in desk.page(200)


def test_help_names_every_command() -> None:
    desk = desk_of()
    desk.press("f1")
    page = desk.page(120, 60)
    for command in COMMANDS:
        assert f"/ {command.en} " in page
    desk.press("escape")
    assert "● 4 of 11" in desk.page()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_letter_means_two_things(language: Language) -> None:
    letters = [command.letter(words_for(language)) for command in COMMANDS]
    assert len(set(letters)) == len(letters)


# --- reading the logs ---


def test_progress_is_shown_and_the_dossier_follows() -> None:
    heard: list[str] = []
    was_pressed = threading.Event()

    def read(progress: Callable[[int, int], None], stop: Callable[[], bool]) -> Callable[[], Scene]:
        progress(120, 1000)
        heard.append(desk.page())
        assert was_pressed.wait(20)
        assert not stop()
        return lambda: scene_of(FakeDossier())

    desk = PaperDesk(IndexingScene(words_for("en"), read))
    assert "Looking at the logs" in desk.page()
    opening = desk.scene
    desk.settle()
    desk.press("down")
    was_pressed.set()
    assert isinstance(opening, IndexingScene)
    assert opening.thread is not None
    opening.thread.join(20)
    desk.settle()
    assert "120 of 1,000 logs" in heard[0]
    assert isinstance(desk.scene, DossierScene)
    assert "in 5 of 11" in desk.page(), "a key that was pressed meanwhile counts"


@pytest.mark.parametrize("is_in_time", [True, False])
def test_reading_can_be_left_and_stops(is_in_time: bool) -> None:
    stopped: list[bool] = []
    home = scene_of(FakeDossier())

    def read(progress: Callable[[int, int], None], stop: Callable[[], bool]) -> Callable[[], Scene]:
        desk.press("escape")
        stopped.append(stop())
        if is_in_time:
            raise Stopped
        return lambda: scene_of(FakeDossier())

    desk = PaperDesk(IndexingScene(words_for("en"), read, home))
    opening = desk.scene
    desk.settle()
    assert isinstance(opening, IndexingScene)
    assert opening.thread is not None
    opening.thread.join(20)
    desk.settle()
    assert stopped == [True]
    assert desk.scene is home


def test_what_cannot_be_read_is_one_sentence() -> None:
    def read(progress: Callable[[int, int], None], stop: Callable[[], bool]) -> Callable[[], Scene]:
        raise Trouble("file-missing", file="nowhere")

    desk = PaperDesk(IndexingScene(words_for("en"), read))
    opening = desk.scene
    desk.settle()
    assert isinstance(opening, IndexingScene)
    assert opening.thread is not None
    opening.thread.join(20)
    desk.settle()
    assert desk.left == (2, "nowhere is not there.")


# --- what was typed by somebody else ---


def point_of(number: int, theme: str, text: str = "iets", label: str = "OvD-BZ") -> PointSeen:
    official = label.lower()[:20] or "ovd-bz"
    return PointSeen("run-1", f"more-{number}", date(2026, 3, 1), "Zonder gas", "", "", official, label, "", text,
                     "keep", "observation", "individual", "process", (theme,))  # fmt: skip


hostile = st.text(
    st.sampled_from("ab #@[/]\x1b\x07\x9b\u202e\u2066字한👨\u200d👩\ufe0f́{}*_=+-\n\t\"'<>&😀" + "opvang "), max_size=60
)


@given(st.lists(st.tuples(hostile, hostile, hostile), max_size=4))
def test_hostile_and_wide_texts_fit_every_size_on_every_page(texts: list[tuple[str, str, str]]) -> None:
    more = tuple(point_of(n, theme, text, label) for n, (theme, text, label) in enumerate(texts))
    dossier = FakeDossier(more=more)
    for language in ("nl", "en"):
        desk = desk_of(dossier, language)
        for _ in PAGES:
            for width, height in SIZES:
                rows = desk.scene.draw(width, height)
                assert len(rows) == height
                assert all(width_of(line) <= width for line in rows), [plain(line) for line in rows]
            desk.press("enter")
            assert len(desk.scene.draw(80, 23)) == 23
            desk.press("tab")


def test_a_long_text_is_cut_in_a_list_and_whole_where_it_is_read() -> None:
    text = " ".join(f"woord{n}" for n in range(400))
    desk = desk_of(FakeDossier(more=(point_of(1, "opvang", text),)))
    desk.type("woord399")
    desk.press("enter")
    seen = ""
    for _ in range(80):
        seen += desk.page(80, 23)
        desk.press("down")
    assert all(f"woord{n}" in seen for n in range(400))


def test_commands_draw_in_every_size() -> None:
    for language in ("nl", "en"):
        desk = named(desk_of(with_proposal(FakeDossier()), language))
        for keys in (
            ("slash",),
            ("escape", "ctrl+p"),
            ("escape", "f1"),
            ("escape", "slash", "j" if language == "nl" else "y"),
        ):
            desk.press(*keys)
            for width, height in SIZES:
                rows = desk.scene.draw(width, height)
                assert len(rows) == height
                assert all(width_of(line) <= width for line in rows)


def test_a_day_before_what_was_used_is_taken_apart() -> None:
    assert dated("12-10-2026 brand", TODAY) == (date(2026, 10, 12), "brand")
    assert dated("2026-10-12: brand", TODAY) == (date(2026, 10, 12), "brand")
    assert dated("31-02-2026 brand", TODAY) == (TODAY, "31-02-2026 brand")
    assert dated("brand in de molen", TODAY) == (TODAY, "brand in de molen")
    assert dated("12-10-2026", TODAY) == (date(2026, 10, 12), "")


def test_what_was_chosen_stays_so_after_a_decision() -> None:
    dossier = FakeDossier()
    desk = named(desk_of(dossier))
    desk.command("2")
    desk.press("down", "down")
    scene = desk.scene
    assert isinstance(scene, DossierScene)
    before = scene.chosen
    desk.command("a")
    assert scene.chosen == replace_along(before)


def replace_along(one: object) -> object:
    return one._replace(take_along=True)  # type: ignore[attr-defined]
