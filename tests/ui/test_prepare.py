"""Preparing: who is at the table, when it ends, what deserves a thought, and beginning with one key."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tabletop.core.refused import Refused
from tabletop.files import heartbeat, library
from tabletop.files.log import read
from tabletop.files.places import going_on
from tabletop.locale import words_for
from tabletop.ui.app import TabletopApp
from tabletop.ui.opening import Glimpse, OpeningScene, Outset, glimpse
from tabletop.ui.prepare.planning import Table, length_of, refusal, warnings
from tabletop.ui.prepare.scene import PrepareScene
from tabletop.ui.rows import width_of
from tabletop.ui.run.scene import RunScene
from tests.builders import HeldClock, small_exercise
from tests.ui.desks import NOW, PaperDesk

NL, EN = words_for("nl"), words_for("en")
ZONDER_GAS = library.load(library.shipped_folder() / "zonder-gas.toml")


@pytest.fixture
def outset() -> Outset:
    return Outset(HeldClock(NOW), os.environ)


def prepare(outset: Outset, language: str = "nl") -> PaperDesk:
    return PaperDesk(PrepareScene(EN if language == "en" else NL, ZONDER_GAS, outset, None))


def scene(desk: PaperDesk) -> PrepareScene:
    assert isinstance(desk.scene, PrepareScene)
    return desk.scene


def led(desk: PaperDesk) -> RunScene:
    assert isinstance(desk.scene, RunScene)
    return desk.scene


# --- planning, without a screen --------------------------------------------------------------------------------------


def test_the_table_stands_by_pool() -> None:
    pools = [seat.official.pool for seat in Table.of(ZONDER_GAS).seats]
    assert pools == sorted(pools, key=["field", "back-office", "leadership", "specialist"].index)


def test_six_people_fit_and_seven_do_not() -> None:
    """The shipped exercise was made for 75 minutes with six."""
    table = Table.of(ZONDER_GAS)
    assert table.spare(NOW, 6) >= 0
    assert table.spare(NOW, 7) < 0
    assert table.needed(7) - table.needed(6) == pytest.approx(4 / 3)


def test_how_the_length_of_a_feedback_point_is_made_up() -> None:
    short, full, last = ZONDER_GAS.feedback_points
    assert length_of(short, 6, NL) == ("kort", "2:00")
    assert length_of(full, 6, NL) == ("3:30 + 6 x 0:40", "7:30")
    assert length_of(last, 1, EN) == ("3:30 + 1 x 0:40", "4:10")
    set_by_author = small_exercise().feedback_points[2]
    assert length_of(set_by_author, 6, EN) == ("set by the author", "5:00")


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("11.15", NOW + timedelta(minutes=75)),
        ("11:15", NOW + timedelta(minutes=75)),
        ("11.15 uur", NOW + timedelta(minutes=75)),
        ("1115", NOW + timedelta(minutes=75)),
        ("11u15", NOW + timedelta(minutes=75)),
        ("2100", NOW + timedelta(hours=11)),
        ("21:00", NOW + timedelta(hours=11)),
        ("21.00", NOW + timedelta(hours=11)),
        ("21u00", NOW + timedelta(hours=11)),
        ("120", NOW + timedelta(minutes=120)),
        ("75 min", NOW + timedelta(minutes=75)),
        ("75 minuten", NOW + timedelta(minutes=75)),
        ("75 minutes", NOW + timedelta(minutes=75)),
        (" 90 ", NOW + timedelta(minutes=90)),
    ],
)
def test_a_hard_end_is_typed_in_several_ways(typed: str, end: datetime) -> None:
    assert Table.of(ZONDER_GAS).changed_end(typed, NOW).hard_end(NOW) == end


@pytest.mark.parametrize(
    ("typed", "code"),
    [("09.15", "end-past"), ("25.00", "end-unclear"), ("11.75", "end-unclear"), ("straks", "end-unclear"),
     ("", "end-unclear"), ("0", "end-unclear"), ("\x1b[31m", "end-unclear"), ("9999 min", "length-far"),
     ("930", "length-far"), ("2300", "end-far"), ("2575", "end-unclear"), ("21000", "end-unclear"),
     ("10.10", "end-too-soon"), ("1010", "end-too-soon"), ("14 min", "length-too-soon"), ("14", "length-too-soon"),
     ("10.00", "end-past")],
)  # fmt: skip
def test_a_past_time_or_nonsense_is_refused_in_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        Table.of(ZONDER_GAS).changed_end(typed, NOW)
    assert refused.value.code == code
    for words in (NL, EN):
        sentence = refusal(words, refused.value)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert sentence.isprintable()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2300", "23.00 uur is meer dan"), ("930", "930 minuten"), ("1010", "Om 10.10 uur"), ("14", "In 14 minuten")],
)
def test_a_refusal_says_how_the_hard_end_was_read(typed: str, read: str) -> None:
    with pytest.raises(Refused) as refused:
        Table.of(ZONDER_GAS).changed_end(typed, NOW)
    assert read in refusal(NL, refused.value)


def test_an_exercise_around_midnight_ends_tomorrow() -> None:
    late = NOW.replace(hour=23, minute=30)
    assert Table.of(ZONDER_GAS).changed_end("00.45", late).hard_end(late) - late == timedelta(minutes=75)


def test_a_length_moves_with_the_clock_and_a_time_does_not() -> None:
    later = NOW + timedelta(minutes=5)
    table = Table.of(ZONDER_GAS)
    assert table.hard_end(later) - later == timedelta(minutes=75)
    assert table.changed_end("60", NOW).hard_end(later) - later == timedelta(minutes=60)
    assert table.changed_end("11.15", NOW).hard_end(later) == NOW + timedelta(minutes=75)
    with pytest.raises(Refused):
        table.changed_end("11.15", NOW).ready(NOW + timedelta(minutes=80))


@pytest.mark.parametrize(
    ("typed", "name", "organisation"),
    [("Sanne", "Sanne", ""), ("Sanne, Duinmeer", "Sanne", "Duinmeer"), ("S, D, E", "S", "D, E"), ("-", "", ""),
     ("[/x] \x1b[0m\u202e", "[/x] [0m", ""), (", Duinmeer", "", "Duinmeer")],
)  # fmt: skip
def test_a_name_and_an_organisation(typed: str, name: str, organisation: str) -> None:
    seat = Table.of(ZONDER_GAS).named(0, typed).seats[0]
    assert (seat.name, seat.organisation) == (name, organisation)


def test_a_swap_stays_within_the_pool_and_takes_the_name_along() -> None:
    table = Table.of(ZONDER_GAS).named(0, "Sanne")
    assert table.partner(0) is None
    table = table.seated(1, present=False)
    other = table.partner(0)
    assert other == 1
    swapped = table.swapped(0, other)
    assert (swapped.seats[0].present, swapped.seats[1].present, swapped.seats[1].name) == (False, True, "Sanne")


def test_warnings_name_the_injects_of_who_is_missing() -> None:
    table = Table.of(ZONDER_GAS)
    last = len(table.seats) - 1
    assert table.seats[last].official.id == "informatiemanager"
    said = warnings(table.seated(last, present=False), NL)
    assert said[0].startswith("A2 en A8, voor Informatiemanager")
    assert said[0].endswith("of /w wisselt.")
    assert "A2 and A8 are for Informatiemanager" in warnings(table.seated(last, present=False), EN)[0]
    assert any(ZONDER_GAS.content_note[:20] in one for one in said)


def test_warnings_name_an_inject_for_a_pool_only_where_nobody_of_it_is_there() -> None:
    officials = [{"id": "f-one", "name": "F One"}, {"id": "f-two", "name": "F Two"},
                 {"id": "l-one", "name": "L One", "pool": "leadership"}]  # fmt: skip
    exercise = small_exercise(({"id": "a1", "text": "hello", "to": ["field"]},), officials=officials)
    table = Table.of(exercise).seated(0, present=False)
    assert not any("A1" in one for one in warnings(table, EN))
    assert any("A1 is for F One" in one for one in warnings(table.seated(1, present=False), EN))


def test_more_than_eight_functions_is_said() -> None:
    many = [{"id": f"o-{n}", "name": f"Function {n}"} for n in range(9)]
    exercise = small_exercise(({"id": "a1", "text": "hello"},), officials=many)
    assert any("9 functions" in one for one in warnings(Table.of(exercise), EN))


def test_nobody_at_the_table_cannot_begin() -> None:
    table = Table.of(small_exercise())
    for place in range(len(table.seats)):
        table = table.seated(place, present=False)
    with pytest.raises(Refused, match="nobody"):
        table.ready(NOW)


# --- the scene -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 23), (80, 24), (100, 30), (120, 34), (200, 60)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_size_is_filled_and_nothing_is_too_wide(outset: Outset, size: tuple[int, int], language: str) -> None:
    desk = prepare(outset, language)
    for keys in ((), ("up", "space"), ("slash",), ("escape", "f1"), ("escape", "slash", "e")):
        desk.press(*keys)
        desk.page(*size)
        assert all(width_of(line) <= size[0] for line in desk.scene.draw(*size))


def test_a_small_screen_says_when_it_ends_whether_it_fits_and_what_to_mind(outset: Outset) -> None:
    desk = prepare(outset)
    desk.press("up", "space")
    page = desk.page(80, 23)
    assert "11.15" in page
    assert "2:00 + 7:30 + 7:30 = 17:00" in page
    assert "past in 75 minuten  1 min over" in page
    assert "A2 en A8, voor" in page
    assert "► Begin" not in page
    assert "Begin" in page


def test_a_long_table_keeps_the_cursor_in_sight(outset: Outset) -> None:
    many = [{"id": f"o-{n}", "name": f"Function {n}"} for n in range(25)]
    exercise = small_exercise(({"id": "a1", "text": "hello"},), officials=many)
    desk = PaperDesk(PrepareScene(EN, exercise, outset, None))
    for _ in range(26):
        assert "►" in desk.page(80, 23) or "■ Function" in desk.page(80, 23)
        desk.press("up")
        chosen = scene(desk).at
        if chosen < 25:
            assert f"Function {chosen}" in desk.page(80, 23)


@pytest.mark.parametrize("key", ["space", "enter"])
def test_one_key_begins_with_everyone(outset: Outset, key: str) -> None:
    desk = prepare(outset)
    desk.press(key)
    session = led(desk).session
    assert len(session.participants) == 7
    assert session.hard_end == NOW + timedelta(minutes=75)
    log = led(desk).control.writer.path
    assert log.parent == outset.logs
    assert log.name.startswith("2026-11-23-1000-zonder-gas-")
    assert read(log).head.id == log.stem
    assert going_on(outset.state) == (log,)
    desk.scene.left()
    outset.close()
    assert going_on(outset.state) == ()


def test_names_toggles_codeword_and_end_are_in_the_log(outset: Outset) -> None:
    outset.leader = "Ria"
    desk = prepare(outset)
    desk.press("down")  # from Begin to the first function
    desk.type("Sanne, Duinmeer")
    desk.press("enter")
    assert scene(desk).at == 1
    desk.press("space")
    desk.command("c")
    assert desk.text == "NO PLAY"
    desk.type("BANAAN")
    desk.press("enter")
    desk.command("e")
    desk.type("11.30")
    desk.press("enter")
    assert "BANAAN" in desk.page()
    desk.press("up", "up", "space")
    head = read(led(desk).control.writer.path).head
    assert head.leader == "Ria"
    assert head.exercise.codeword == "BANAAN"
    assert next((one.official, one.name, one.organisation) for one in head.participants) == (
        "ovd-bz",
        "Sanne",
        "Duinmeer",
    )
    assert len(head.participants) == 6
    assert led(desk).session.hard_end == NOW + timedelta(minutes=90)
    desk.scene.left()


def test_a_name_on_begin_is_kept_and_asks_whose(outset: Outset) -> None:
    desk = prepare(outset)
    desk.type("Sanne")
    desk.press("enter")
    assert desk.text == "Sanne"
    assert "Kies eerst een functie" in desk.page()
    desk.press("up", "enter")
    assert scene(desk).table.seats[-1].name == "Sanne"


def test_a_half_typed_name_comes_back_after_a_question(outset: Outset) -> None:
    desk = prepare(outset)
    desk.type("San")
    desk.press("f2", "e")
    assert desk.text == ""
    desk.press("escape")
    assert desk.text == "San"


def test_nonsense_for_the_end_stays_in_the_line(outset: Outset) -> None:
    desk = prepare(outset)
    desk.command("e")
    desk.type("straks")
    desk.press("enter")
    assert desk.text == "straks"
    assert "geen tijd" in desk.page()
    desk.type("1130")
    assert desk.text == "1130"
    desk.press("escape")
    assert scene(desk).asking == ""


def test_nobody_left_is_said_and_nothing_begins(outset: Outset) -> None:
    desk = prepare(outset)
    for _ in range(7):
        desk.press("up", "space")
    desk.press("up", "space")
    assert scene(desk).notice.startswith("Er zit nog niemand")
    assert not outset.logs.exists()


def test_a_log_that_cannot_be_made_asks_for_another_place_and_loses_nothing(outset: Outset, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    outset.log = blocked / "run.toml"
    desk = prepare(outset)
    desk.press("up")
    desk.type("Ans")
    desk.press("enter", "space")
    assert "kan niet" in desk.page(200)
    assert desk.text == str(outset.log)
    desk.press("enter")
    assert desk.text == str(outset.log)
    for typed in ("~nobody-at-all/x", "x" * 300):
        desk.text = typed
        desk.press("enter")
        assert desk.text == typed
        assert typed[:14] in desk.page(200)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    desk.text = str(folder)
    desk.press("enter")
    path = led(desk).control.writer.path
    assert path.parent == folder
    assert "Ans" in {one.name for one in read(path).head.participants}
    assert desk.text == ""
    desk.scene.left()


def test_a_log_that_is_there_is_never_overwritten(outset: Outset, tmp_path: Path) -> None:
    outset.log = tmp_path / "run.toml"
    outset.log.write_text("mine")
    desk = prepare(outset)
    desk.press("space")
    assert "overschreven" in desk.page(200)
    assert outset.log.read_text() == "mine"


def test_an_open_participants_screen_asks_where_it_stands(outset: Outset) -> None:
    desk = prepare(outset)
    assert "op de muur" not in desk.page()
    heartbeat.beat(heartbeat.WAITING, os.environ)
    assert "staat het op de muur, niet op uw laptop?" in desk.page()
    small = desk.page(80, 23)
    assert "open: op de muur?" in small
    assert desk.scene.exercise.title in small  # type: ignore[attr-defined]


def test_hostile_names_stay_text(outset: Outset) -> None:
    desk = prepare(outset)
    desk.press("up")
    desk.type("[/x][@click=app.quit]\u202e\x1b]0;x\x07")
    desk.press("enter")
    page = desk.page()
    assert "[/x][@click=app.quit]" in page
    assert page.replace("\n", "").isprintable()


def test_swap_help_and_quit(outset: Outset) -> None:
    desk = prepare(outset)
    desk.command("w")
    assert scene(desk).menu is None
    assert "om mee te wisselen" in desk.page()
    desk.press("up", "space")
    desk.command("w")
    assert [seat.present for seat in scene(desk).table.seats[-2:]] == [False, True]
    desk.command("h")
    assert "TOETSEN" in desk.page()
    desk.press("escape")
    desk.command("q")
    assert desk.left == (0, "")


# --- the opening scene -----------------------------------------------------------------------------------------------


def test_a_glimpse_costs_no_judgement() -> None:
    text = (library.shipped_folder() / "zonder-gas.toml").read_text(encoding="utf-8")
    assert glimpse(text, "x") == Glimpse("Zonder gas", "A1", "Leiding geraakt")
    for broken in ("", "title = 3", "[[steps]]", "title = 'a", '[[steps]]\ntype = "feedback"', "\x00" * 50):
        assert glimpse(broken, "name").title == "name"


async def test_what_is_pressed_and_typed_while_it_loads_is_not_lost(outset: Outset) -> None:
    loaded: list[PrepareScene] = []

    def load() -> PrepareScene:
        loaded.append(PrepareScene(NL, ZONDER_GAS, outset, None))
        return loaded[0]

    opening = OpeningScene(NL, "Zonder gas", "toon", "A1", load)
    desk = PaperDesk(opening)
    desk.press("up", "space")
    assert "SPATIE" in desk.page()
    assert "Zonder gas" in desk.page()
    desk.type("Lot")
    desk.settle()
    assert scene(desk) is loaded[0]
    assert scene(desk).table.seats[-1].present is False
    assert desk.text == "Lot"


@pytest.mark.parametrize("keys", [(), ("up",)])
def test_what_was_loaded_is_drawn_once_and_after_the_keys(outset: Outset, keys: tuple[str, ...]) -> None:
    """A long log takes a while to draw."""
    loaded = PrepareScene(NL, ZONDER_GAS, outset, None)
    desk = PaperDesk(OpeningScene(NL, "Zonder gas", "toon", "A1", lambda: loaded))
    desk.page()
    desk.press(*keys)
    desk.settle()
    assert desk.scene is loaded
    assert desk.redrawn == len(keys)  # going there draws it


async def test_a_real_desk_goes_from_opening_to_preparation_to_the_run(outset: Outset) -> None:
    app = TabletopApp(
        OpeningScene(NL, "Zonder gas", "bereid voor", "", lambda: PrepareScene(NL, ZONDER_GAS, outset, None)),
        NL, outset.clock,
    )  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            if isinstance(app.desk.scene, PrepareScene):
                break
            await pilot.pause(0.02)
        await pilot.press("up", *"Lotte", "enter", "space")
        assert isinstance(app.desk.scene, RunScene)
        assert [one.name for one in app.desk.scene.session.participants].count("Lotte") == 1
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    outset.close()


def test_a_slash_opens_the_list_beside_a_question_and_is_typed_only_in_a_path(outset: Outset, tmp_path: Path) -> None:
    desk = prepare(outset)
    desk.command("e")
    assert scene(desk).asking == "end"
    desk.press("slash")
    assert scene(desk).menu is not None
    assert desk.text == ""
    desk.press("escape")
    assert scene(desk).asking == "end"
    desk.press("escape")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    outset.log = blocked / "run.toml"
    desk.press("space")
    assert scene(desk).asking == "path"
    desk.text = ""
    desk.press("slash")
    assert desk.text == "/"
    assert scene(desk).menu is None


def test_on_a_small_screen_every_warning_can_be_read(outset: Outset) -> None:
    desk = prepare(outset)
    desk.press("up", "space")
    row = next(line for line in desk.page(80, 23).splitlines() if "(+1)" in line)
    assert row.rstrip().endswith("/t")
    desk.command("t")
    text = " ".join(desk.page(80, 23).split())
    for warning in warnings(scene(desk).table, NL):
        assert warning in text
    assert "ESC" in text
    desk.press("space")
    assert "Begin" in desk.page(80, 23)
    assert "(+1)" in desk.page(80, 23)
