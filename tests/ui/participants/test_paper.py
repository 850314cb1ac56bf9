"""What stands where: every card in every size, on the wall and on the desk."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core import participants as p
from tabletop.core.paging import Asked
from tabletop.core.said import Said, checklist_pages
from tabletop.core.text import clean, clean_line, pages
from tabletop.files.library import load, shipped_folder
from tabletop.locale import words_for
from tabletop.ui import paper, paper_card
from tabletop.ui.inks import Inks
from tabletop.ui.rows import Row, plain, width_of
from tabletop.ui.themes import THEMES
from tests.ui.participants.conftest import AGREED, GROUPS, LONG, NOW, VIEWS, message, view

NL, EN = words_for("nl"), words_for("en")
WALLS = [(60, 18), (61, 40), (79, 22), (80, 24), (100, 30), (120, 36), (200, 60)]
CARDS = [(54, 17), (50, 13), (46, 17), (76, 9), (70, 9), (40, 10), (30, 6), (12, 3), (8, 2)]


def wall(card: p.ParticipantView, width: int = 80, height: int = 24, **more: object) -> str:
    return "\n".join(plain(line) for line in paper.page(card, NL, width, height, now=NOW, **more))  # type: ignore[arg-type]


def desk(card: p.ParticipantView, width: int = 54, height: int = 17) -> str:
    return "\n".join(plain(line) for line in paper_card.card(card, NL, width, height, now=NOW))


@pytest.mark.parametrize("size", WALLS)
def test_every_card_fits_every_wall(any_view: p.ParticipantView, size: tuple[int, int]) -> None:
    for words in (NL, EN):
        rows = paper.page(any_view, words, *size, now=NOW)
        assert len(rows) == size[1]
        assert max(map(width_of, rows)) <= size[0]
        said = [plain(line) for line in rows if GROUPS[0] not in plain(line)]  # the groups may be cut, nothing else
        assert "…" not in "\n".join(said)


@pytest.mark.parametrize("size", CARDS)
def test_every_card_fits_the_desk(any_view: p.ParticipantView, size: tuple[int, int]) -> None:
    rows = paper_card.card(any_view, NL, *size, now=NOW)
    assert len(rows) == size[1]
    assert {width_of(line) for line in rows} == {size[0]}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_ink_is_in_both_themes(any_view: p.ParticipantView, theme: object) -> None:
    inks = Inks({**theme.to_color_system().generate(), **theme.variables})  # type: ignore[attr-defined]
    rows: list[Row] = [*paper.page(any_view, NL, 80, 24, now=NOW), *paper_card.card(any_view, NL, 54, 17, now=NOW)]
    assert all(inks[ink] for line in rows for _, ink in line)


def test_every_card_begins_with_the_marker_but_the_one_that_is_real(any_view: p.ParticipantView) -> None:
    is_real = isinstance(any_view.card, p.NoPlay)
    for shown in (wall(any_view), wall(any_view, 60, 18), desk(any_view), desk(any_view, 76, 9)):
        assert shown.split()[0] == ("OEFENING" if not is_real else shown.split()[0])
        assert ("OEFENING" in shown) is not is_real


@pytest.mark.parametrize(("page", "opens", "closes"), [(1, True, False), (2, False, True)])
def test_quotation_marks_open_on_the_first_page_and_close_on_the_last(page: int, opens: bool, closes: bool) -> None:
    shown = wall(view(message(text=f"{LONG}\n\n{LONG}", page=page)))
    assert ("“" in shown, "”" in shown) == (opens, closes)
    assert f"{page} van 2" in shown


def test_each_channel_is_dressed() -> None:
    assert "TELEFOON   manager De Boeg belt hoofd publieke zorg en AC-BZ" in wall(VIEWS["phone"])
    assert "LCMS   van manager De Boeg   aan Hoofd publieke zorg, AC-BZ\n    ━━━" in wall(VIEWS["lcms"])
    assert "NIEUWS   manager De Boeg" in wall(VIEWS["news"])
    assert "┃ Meer dan 1.000" in wall(VIEWS["social-media"])
    assert "Manager De Boeg\n    “Meer dan" in wall(VIEWS["in-person"])


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"everyone": True}, "manager De Boeg belt\n"),
        ({"sender": ""}, "TELEFOON   voor hoofd publieke zorg en AC-BZ"),
        ({"sender": "", "everyone": True}, "TELEFOON   voor iedereen"),
    ],
)
def test_a_call_says_what_is_known_of_it(more: dict[str, object], shown: str) -> None:
    assert shown in wall(view(message(**more)))  # type: ignore[arg-type]


def test_for_its_receiver_only_the_wall_says_channel_and_function() -> None:
    assert "Telefoongesprek voor hoofd publieke zorg en AC-BZ" in wall(VIEWS["receiver-only"])


def test_headlines_stand_in_block_letters_from_80_columns_and_bold_below() -> None:
    assert "█" in wall(VIEWS["phone"])
    assert "EVACUEREN?" in wall(VIEWS["phone"], 60, 18)
    assert "日本" in wall(view(message(headline="日本")))


def test_the_agreed_line_and_the_groups_stand_at_the_foot() -> None:
    shown = wall(VIEWS["phone"], 120, 36).rstrip().splitlines()
    assert shown[-2:] == [
        f"{' ' * 14}Afgesproken  {AGREED}",
        f"{' ' * 14}Oog voor     {' · '.join(GROUPS)}",
    ]


def test_groups_that_do_not_fit_are_left_out_whole() -> None:
    many = tuple(f"groep nummer {number}" for number in range(1, 12))
    shown = wall(view(message(text="Kort."), agreed=AGREED, groups=many), 60, 18)
    assert "… +" in shown
    left_out = int(shown.split("… +")[1].split()[0])
    shown = " ".join(shown.split())
    assert all((group + " " in shown) is (place < len(many) - left_out) for place, group in enumerate(many))
    assert wall(view(message(text="Kort."), groups=("lang " * 40, "b")), 60, 18).rstrip().endswith("… … +1")


LONG_AGREED = "wij vragen eerst wat mensen zelf al doen, en helpen dan pas waar dat niet lukt"


@pytest.mark.parametrize("size", [(54, 17), (50, 13), (76, 9)])
def test_the_agreed_line_wraps_on_the_desk_where_there_is_room(size: tuple[int, int]) -> None:
    for card in (p.Agreeing(2), message(text="Er is geen gas.")):
        assert "…" not in desk(view(card, stage="agreement", agreed=LONG_AGREED), *size)
    full = view(message(text="\n".join("abcdefghij")), agreed=LONG_AGREED)
    assert "\n  j" in desk(full, 54, 14).replace("”", "")


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_the_introduction_stands_whole_on_every_screen_with_air_in_it(path: Path) -> None:
    exercise = load(path)
    words = words_for(exercise.language)
    seen = view(p.Waiting(exercise.purpose, exercise.situation, begun=False), title=exercise.title)
    for width, height in ((54, 15), (76, 9)):
        lines = [plain(line).strip() for line in paper_card.card(seen, words, width, height)]
        assert "".join(exercise.situation.split()) in "".join("".join(lines).split())
        assert "" in lines[1:-1]
    small = [plain(line).strip() for line in paper.page(seen, words, 60, 18)]
    assert small[2] == exercise.title.upper()
    assert small[-3] == "" != small[-4] or small[-4] == ""


def test_a_proposal_is_asked_after_and_every_count_says_what_it_is_about() -> None:
    for show in (wall, desk):
        shown = show(VIEWS["proposal"])
        assert shown.index("Werkbaar in de praktijk?") < shown.index("“Buren bieden")
        assert "Hoe zeker zijn we?" in show(VIEWS["counted-many"])
    assert "feedbackmoment 2" in wall(VIEWS["fingers"])


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
def test_a_thank_you_stands_under_name_and_function(size: tuple[int, int]) -> None:
    lines = [line.strip() for line in wall(VIEWS["thanks"], *size).splitlines()]
    place = lines.index("Marieke  Hoofd publieke zorg")
    assert lines[place - 1] == ""
    assert lines[place + 1].startswith("“Buren bieden")
    assert lines[place + 2].endswith("over.”")
    assert lines[place + 3] == ""


@pytest.mark.parametrize("stage", ["check", "writing", "round", "list", "fingers"])
def test_the_agreed_line_goes_at_the_next_feedback_point(stage: str) -> None:
    assert "Afgesproken" not in wall(view(p.TimeOut("break"), agreed=AGREED, stage=stage))


def test_the_countdown_stops_at_nought_and_is_gone_while_it_stands_still() -> None:
    writing = VIEWS["writing"]
    over = paper_card.card(writing, NL, 54, 17, now=NOW + timedelta(hours=1))
    assert "0:00" in plain(over[3])
    assert "1:24" in desk(writing)
    assert ":" not in plain(paper_card.card(VIEWS["writing-still"], NL, 54, 17, now=NOW)[3])


def test_the_round_question_is_marked() -> None:
    assert wall(VIEWS["writing"]).count("Deze vraag bespreken we samen.") == 1


def test_time_bought_is_one_quiet_line_beside_the_inject_until_it_is_over() -> None:
    view = VIEWS["bought-beside"]
    for text in (wall(view), desk(view)):
        assert "Tijd gekocht · OvD-BZ · nog 3 min" in text
        assert "Er is geen gas." in text
        assert text.index("nog 3 min") < text.index(AGREED[:20])
    over = view._replace(bought=p.Bought("OvD-BZ", NOW))
    table = view._replace(bought=p.Bought("", None))
    assert "Tijd gekocht" not in wall(over) + desk(over)
    assert "Tijd gekocht · de tafel" in wall(table)
    assert "nog" not in wall(table).split("Tijd gekocht")[1].splitlines()[0]


def test_time_bought_before_the_first_inject_leaves_what_is_waited_for_on_the_wall() -> None:
    view = VIEWS["bought-before"]
    for text in (wall(view), desk(view)):
        assert "Tijd gekocht · OvD-BZ · nog 3 min" in text
        assert "We oefenen om te leren." in text
    assert "Tijd gekocht" not in wall(view._replace(bought=p.Bought("", NOW)))


def test_fingers_are_shown_as_numbers_too() -> None:
    assert "12×" in wall(VIEWS["counted-many"])
    assert wall(VIEWS["counted"]).count("●") == 6


def test_the_first_question_stands_on_top_with_the_answer_of_the_table() -> None:
    shown = wall(VIEWS["checklist"])
    assert shown.index("Moet de overheid") < shown.index("Nog niet, want bewoners") < shown.index("Koop tijd.")
    assert "Nog niet beantwoord." in wall(VIEWS["checklist-open"])


@pytest.mark.parametrize("size", WALLS)
def test_the_zoom_rule_is_sixty_cells(size: tuple[int, int]) -> None:
    for rows in (paper.page(VIEWS["waiting"], NL, *size), paper.not_begun(NL, *size)):
        (rule,) = [plain(line).strip() for line in rows if "━" in plain(line)]
        assert rule == "━" * 60


def test_a_small_window_gets_one_calm_sentence() -> None:
    assert wall(VIEWS["phone"], 58, 16).split("\n")[7].strip() == "Maak het venster iets groter (nu 58 x 16)."
    assert len(paper.page(VIEWS["phone"], NL, 5, 3)) == 3


def test_a_lost_connection_is_said_quietly_and_the_card_stays() -> None:
    shown = wall(VIEWS["phone"], lost=True)
    assert "even geen verbinding" in shown
    assert "hoofd publieke zorg" in shown
    assert "even geen verbinding" in wall(VIEWS["no-play"], lost=True)


foreign = st.text(max_size=300).map(clean)
lines = st.text(max_size=120).map(clean_line)


@given(foreign, lines, lines, lines, st.integers(60, 130), st.integers(18, 40))
def test_any_text_fits(text: str, headline: str, sender: str, agreed: str, width: int, height: int) -> None:
    card = view(message("lcms", text, headline=headline, sender=sender, receivers=(sender,)), agreed=agreed)
    said = (Said(sender, agreed, headline),) * 9
    for shown in (card, view(p.Closing(said)), view(p.NoPlay(headline))):
        rows = paper.page(shown, NL, width, height, now=NOW)
        assert len(rows) == height
        assert all(width_of(line) <= width for line in rows)
        small = paper_card.card(shown, NL, width, height // 2, now=NOW)
        assert {width_of(line) for line in small} <= {width}


HOSTILE = ("woord " * 500, "漢字" * 1200, "x" * 200, "👨\u200d👩\u200d👧 " * 200)


@pytest.mark.parametrize("text", HOSTILE, ids=["long", "wide", "one word", "emoji"])
def test_hostile_texts_fit_and_what_is_cut_says_so(text: str) -> None:
    asked = Asked(text, text, in_round=True)
    cards = (
        p.Waiting(text, text, begun=True), p.Check(1, text), p.Writing(1, (asked,) * 4, NOW), p.Round(1, asked, text),
        p.Listing(1, asked), p.FingersCard(text, (1, 2, 3, 4, 5, 6), about_point=True),
        p.ChecklistCard(text, "yes", text, checklist_pages((text,) * 9)[0]), p.Debriefing(text, text, 1, 4),
        p.Jump(text, text),
        p.NoPlay(text), p.Closing((Said(text, text, text),) * 3),
    )  # fmt: skip
    for card in cards:
        seen = view(card, title=text, groups=(text, text), stage="list" if isinstance(card, p.Listing) else None)
        for size in ((60, 18), (120, 36)):
            rows = paper.page(seen, NL, *size, now=NOW)
            assert len(rows) == size[1]
            assert max(map(width_of, rows)) <= size[0]
            assert len(text) < 2000 or "…" in "".join(map(plain, rows)) or isinstance(card, p.Closing), card
        for size in ((54, 17), (76, 9)):
            small = paper_card.card(seen, NL, *size, now=NOW)
            assert {width_of(line) for line in small} == {size[0]}
            assert len(text) < 2000 or "…" in "".join(map(plain, small)) or isinstance(card, p.Closing), card


@given(st.lists(st.sampled_from(["woord", "zin.", "\n", "bewonersinformatie", "", "ja"]), min_size=1, max_size=120))
def test_a_page_is_never_cut(written: list[str]) -> None:
    paged = pages(" ".join(written))
    for channel in ("phone", "lcms", "news", "social-media"):
        for number, page in enumerate(paged, start=1):
            card = view(message(channel, lines=page, page=number, pages=len(paged)), agreed=AGREED)
            for size in ((60, 18), (80, 24)):
                shown = wall(card, *size)
                assert all(line in shown for line in page)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (200, 60)])
def test_a_log_that_is_not_there_yet_is_named_while_the_screen_waits(size: tuple[int, int]) -> None:
    for path in (Path("TYPO.toml"), Path("/tmp") / "very" / ("long-" * 60) / "log\x1b[31m.toml"):
        rows = paper.not_begun(NL, *size, path)
        assert len(rows) == size[1]
        assert all(width_of(line) <= size[0] for line in rows)
        said = "\n".join(plain(line) for line in rows)
        assert "\x1b" not in said
        assert "60" in said or "━" * 60 in said, "the line for the zoom stays"
    assert "TYPO.toml is er nog niet." in "\n".join(plain(one) for one in paper.not_begun(NL, *size, Path("TYPO.toml")))


@pytest.mark.parametrize("size", [(60, 18), (70, 20), (80, 24), (120, 36)])
def test_the_agreed_line_stands_whole_under_a_full_message(size: tuple[int, int]) -> None:
    agreed = "Eerst bij De Boeg, de kerk en de buurtapp vragen wat mensen zelf al doen, en pas daarna langsgaan."
    said = view(message(), agreed=agreed, groups=GROUPS)
    assert agreed in " ".join(wall(said, *size).split())
    more = paper_card.agreed_lines(said, NL, 54) - 1
    assert agreed in " ".join(desk(said, 54, 13 + more).split())
    more = paper_card.agreed_lines(said, NL, 76) - 1
    assert agreed in " ".join(desk(said, 76, 9 + more).split())
