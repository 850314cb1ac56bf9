"""The impression report says what its reader may know, and nothing that anybody keeps to themselves."""

import re

import pytest
from hypothesis import given, settings

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.moves import reviewing
from tabletop.core.review import looked_back
from tabletop.files.trouble import Trouble
from tabletop.report.audience import Reader, points_for, reader
from tests.builders import CALL_OUT, REACTING, SMALL, Run, small_exercise
from tests.core.strategies import Play, Player, runs
from tests.report.accessible import problems
from tests.report.reports import FORMS, READERS, Logged, logged, whole_run

GROUP, ORGANISATION, REGION, OFFICIAL = READERS
LEADERS_OWN = (
    "summary-hidden",
    "introduction-hidden",
    "content-note-hidden",
    "expect-",
    "ask-a",
    "condition-",
    "argument-",
    "column-hidden",
    "hint-",
    "not-known-hidden",
    "practises-",
)
PEOPLE = ("Janneke", "de Vries", "Lena", "Rob", "Name of")
"""Every name that was entered, or a part of it; “Leader” and “Reviewer” are words too."""


@pytest.fixture(scope="module")
def run() -> Run:
    return whole_run()


@pytest.fixture(scope="module")
def log(run: Run) -> Logged:
    return logged(run)


def section(text: str, title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section {title}"
    return found[1]


# --- what nobody else may know ---


@pytest.mark.parametrize("who", READERS, ids=lambda who: who.kind)
def test_nothing_private_taken_back_or_for_the_leader_alone_is_in_any_form(log: Logged, who: Reader) -> None:
    for form, text in log.everything(who):
        found = set(re.findall(r"marker-[\w-]+", text))
        assert found == ({"marker-own-private"} if who.kind == "official" else set()), form
        assert [hidden for hidden in LEADERS_OWN if hidden in text] == [], form


@pytest.mark.parametrize("who", READERS, ids=lambda who: who.kind)
def test_no_name_is_in_any_form_unless_it_was_asked_for(log: Logged, who: Reader) -> None:
    for form, text in log.everything(who):
        assert [name for name in PEOPLE if re.search(rf"\b{name}\b", text)] == [], form
    named = log.text(".md", who, names=True)
    assert ("Janneke de Vries" in named) is (who.kind in ("group", "organisation", "official"))


def test_a_region_does_not_read_which_organisation_it_was(log: Logged) -> None:
    for form, text in log.everything(REGION, names=True):
        assert "Marker" not in text, form
        assert [name for name in PEOPLE if re.search(rf"\b{name}\b", text)] == [], form
    assert "Town of Marker" in log.text(".md", GROUP)
    assert "Town of Marker" in log.text(".md", ORGANISATION)


def test_the_markers_are_in_the_log(run: Run) -> None:
    """Or looking for them says nothing."""
    text = repr(run.events)
    for hidden in (
        "own-private",
        "private-point",
        "withdrawn",
        "undone",
        "before",
        "later-private",
        "note",
        "private-note",
        "private-answer",
        "private-impression",
        "on-an-event",
        "undone-action",
    ):
        assert f"marker-{hidden}'" in text


# --- who reads what ---


def test_an_official_reads_their_own_points_and_no_others(log: Logged) -> None:
    text = log.text(".md", OFFICIAL)
    assert "coffee first" in section(text, "Your learning points")
    only = section(text, "Only for you")
    assert "marker-own-private" in only
    assert "You kept this to yourself" in only
    assert "thanks for the coffee" in section(text, "Thank you")
    for other in (
        "away at once",
        "the mayor waits",
        "ring the nurse first",
        "residents waited",
        "hectic but good",
        "coffee is a decision",
        "nobody has the key",
    ):
        assert other not in text


def test_private_points_of_a_function_that_changed_hands_go_to_nobody() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "change", "marker-mine", "field-one", private=True)
    assert "marker-mine" in logged(run).text(".md", OFFICIAL)
    run.do(moves.swap, "field-one", "field-two")
    for official in ("field-one", "field-two"):
        for form, text in logged(run).everything(Reader("official", official)):
            assert "marker-mine" not in text, form
    assert "More than one person sat in this function" in logged(run).text(".md", OFFICIAL)


@pytest.mark.parametrize(("came", "is_another"), [("", True), ("Kim", True), ("Name of field-one", False)])
def test_whoever_comes_back_is_the_same_only_under_the_same_name(came: str, is_another: bool) -> None:
    run = Run().until_shown("a1").do(moves.note_point, "change", "marker-mine", "field-one", private=True)
    run.do(moves.leave_table, "field-one").do(moves.join, "field-one", came)
    assert ("marker-mine" not in logged(run).text(".md", OFFICIAL)) is is_another


def test_an_organisation_and_a_region_read_nothing_of_one_person(log: Logged) -> None:
    for who in (ORGANISATION, REGION):
        text = log.text(".md", who)
        assert "the mayor waits" in section(text, "Signals for the organisation")
        assert "in the field (CoPI) 1" in section(text, "Where decisions were taken")
        assert "renew the list of keys" in section(text, "Actions")
        for personal in ("coffee first", "away at once", "residents waited", "hectic but good", "first ask who"):
            assert personal not in text
    assert "ring the nurse first" not in log.text(".md", ORGANISATION)
    region = section(log.text(".md", REGION), "Good questions, practices and proposals")
    assert "ring the nurse first" in region
    assert "(staff)" in region
    assert "- **Themes**: staff (2), self reliance (2)\n" in log.text(".md", REGION)
    assert "Office One" in section(log.text(".md", ORGANISATION), "Actions")
    assert "Office One" not in section(log.text(".md", REGION), "Actions"), "an owner is one of their own people"
    assert "much was said" not in log.text(".md", REGION)


# --- what the group reads ---


def test_the_group_reads_everything_that_was_told_once(log: Logged) -> None:
    text = log.text(".md")
    for point in (
        "coffee first",
        "away at once",
        "coffee is a decision",
        "the mayor waits",
        "who is less self-reliant here",
        "ring the nurse first",
        "ask it above each list",
        "residents waited",
        "put better",
    ):
        assert text.count(point) == 1, point


def test_a_question_has_what_answers_it_and_the_rest_comes_after(log: Logged) -> None:
    found = section(log.text(".md"), "Good questions, practices and proposals")
    question, practice, proposal = (
        found.index(part) for part in ("who is less self-reliant here", "**Practice**: ring", "**Proposal**: ask")
    )
    assert question < practice < proposal


def test_a_quote_has_nobody_beside_it(log: Logged) -> None:
    assert section(log.text(".md"), "Heard at the table").strip() == "> “coffee is a decision”"
    run = Run().until_shown("a1").do(moves.note_point, "keep", "we are many", "field-one")
    assert "Heard at the table" not in logged(run).text(".md")
    run.do(moves.revise_point, "lp-1", level="both")
    assert "we are many" in section(logged(run).text(".md"), "Heard at the table")


def test_process_stands_beside_effect(log: Logged) -> None:
    text = section(log.text(".md"), "Learning points: process beside effect")
    assert "**Field One**\n\n- Process: **Keep**: coffee first\n" in text
    assert "**Special One**\n\n- Effect: **Do differently**: residents waited\n" in text
    run = Run().until_shown("a1").do(moves.note_point, "keep", "coffee first", "field-one")
    assert "Nothing was noted here about the effect for residents." in logged(run).text(".md")


def test_every_other_section_has_what_it_is_for(log: Logged) -> None:
    text = log.text(".md")
    assert "purpose-open" in section(text, "Purpose")
    assert "hectic but good" in section(text, "First impression")
    assert "first ask who (title-f1). Did it happen?" in section(text, "Agreements")
    assert "people could stay at home" in section(text, "Effect for residents")
    assert "| I soon knew what was going on. | 2 | 5 | 8 | 20 | 11 | 31 of 46 |" in section(
        text, "Effect for residents"
    )
    decided = section(text, "Where decisions were taken")
    assert "not yet, because the operator does" in decided
    assert "the hall stays shut · in the field (CoPI)" in decided
    assert "choice-a4-go, because it is cold" in decided
    assert "checklist-one" in section(text, "Really used")
    assert "nobody has the key" in section(text, "Signals for the organisation")
    assert "never a pattern" in section(text, "Signals for the organisation")
    assert "- renew the list of keys (Office One · Tue 15 Dec 2026)" in section(text, "Actions")
    assert "5 people took part" in section(text, "What it asked of people")
    assert "much was said and not typed, says …" in section(text, "Looking back")
    assert "reveal-text" in section(text, "What really happened")
    assert "Sources: reveal-source" in section(text, "What really happened")
    assert "Only to learn from" in text
    assert text.rstrip().endswith("**Was this report useful?**\n\n☐ yes · ☐ partly · ☐ no")


def test_an_action_without_an_owner_or_a_day_is_an_intention() -> None:
    run = Run().until_shown("a1").wait(60).do(moves.end)
    event = {"at": run.now, "clock": run.clock, "id": "action-1", "text": "do it some day", "owner": "Somebody"}
    run.take((e.ActionAgreed.model_validate(event),))
    assert "**Intention**: do it some day (…)" in section(logged(run).text(".md"), "Actions")
    assert "**Intention**: do it some day (Somebody)" in section(logged(run).text(".md", names=True), "Actions")


def test_a_function_stands_for_the_name_of_who_owns_an_action() -> None:
    run = Run().until_shown("a1").wait(60).do(moves.end)
    event = {"at": run.now, "clock": run.clock, "id": "action-1", "text": "do it", "owner": "Name of field-one"}
    run.take((e.ActionAgreed.model_validate({**event, "due": "2026-12-01"}),))
    assert "do it (Field One" in section(logged(run).text(".md"), "Actions")


def test_an_action_that_follows_from_something_private_is_told_to_nobody() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "change", "a slip", "field-one").do(moves.end)
    run.do(reviewing.agree_action, "R", "mend the slip", "Office One", run.now.date(), "lp-1")
    assert "mend the slip" in logged(run).text(".md")
    run.do(reviewing.classify, "R", "lp-1", private=True)
    for who in READERS:
        assert "mend the slip" not in logged(run).text(".md", who)


def test_what_really_happened_is_told_after_the_end_only() -> None:
    run = Run().until_shown("a1").wait(60)
    assert "reveal-text" not in logged(run).text(".md")
    assert "reveal-text" in logged(run.do(moves.end)).text(".md")


def test_long_lists_are_cut_and_say_how_much_more_there_is() -> None:
    run = Run().until_shown("a1")
    for number in range(12):
        run.do(moves.note_point, "change", f"point {number}", "field-one")
        run.do(moves.note_point, "change", f"signal {number}", None)
        run.do(moves.revise_point, f"lp-{run.session.points_noted}", level="organisation")
    run.do(moves.note_point, "keep", "word " * 500, "leader-one")
    text = logged(run).text(".md")
    assert "9 more stand in the log." in section(text, "Signals for the organisation")
    assert section(text, "Signals for the organisation").count("signal ") == 3
    assert "9 more stand in the log." in section(text, "Learning points: process beside effect")
    assert text.count("word") < 60


def test_what_another_choice_would_have_brought_is_not_in_the_picture() -> None:
    run = Run(REACTING).until_shown("a4").do(moves.choose, "stay").wait(60).until_shown("a5").do(moves.end)
    page = logged(run).text(".html")
    assert "B1 title-b1" in page
    assert "B2 title-b2" not in page


def test_times_that_were_corrected_are_the_times_in_the_report() -> None:
    run = Run().wait(60).until_shown("a1").wait(600).do(moves.end)
    shown = next(event for event in run.events if event.type == "inject-shown")
    assert "13:01" in section(logged(run).text(".md"), "The storyline as played")
    run.do(reviewing.correct_time, "R", shown.n, shown.at.replace(minute=7))
    assert "| A1 title-a1 | 13:00 | 13:07 | +7 |" in section(logged(run).text(".md"), "The storyline as played")


# --- runs that are not like others ---


@pytest.mark.parametrize("who", READERS, ids=lambda who: who.kind)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_run_in_which_nothing_was_written_has_a_short_report(who: Reader, language: str) -> None:
    run = Run(small_exercise(language=language))
    text = logged(run).text(".md", who)
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert len(titles) == 2, titles
    assert all(text for _, text in logged(run).everything(who))


def test_a_call_out_tells_its_calls_and_the_minutes_that_it_asked() -> None:
    run = Run(CALL_OUT, ("field-one", "office-one"), card="k2").wait(30)
    run.do(moves.call, "field-one", "can", name="Kim de Wit").wait(600)
    run.do(moves.detail_call, 2, result="twelve blankets, from Kim", by="Kim de Wit").wait(600).do(moves.end)
    for who in READERS:
        for form, text in logged(run).everything(who):
            assert "Kim" not in text, form
    text = logged(run).text(".md")
    assert "twelve blankets, from Field One" in section(text, "Calls")
    assert "Asked: 20 minutes of 1 person" in section(text, "Calls")
    assert "What it asked of people" not in text
    assert "20 minutes of their time" in section(logged(run).text(".md", ORGANISATION), "What it asked of people")
    assert "twelve blankets" not in logged(run).text(".md", REGION)


def test_a_report_says_how_many_points_stand_in_another(log: Logged) -> None:
    here, there = log.text(".md", ORGANISATION), log.text(".md", GROUP)
    session = looked_back(log.head, log.events)
    left_out = len(points_for(session, GROUP)) - len(points_for(session, ORGANISATION))
    assert left_out > 1
    assert f"{left_out} learning points are for the people at the table alone" in here
    assert "at the table alone" not in there


def test_a_real_incident_has_its_source_and_no_storyline() -> None:
    text = logged(Run().until_shown("a1").do(moves.end), incident="report of the inspectorate").text(".md")
    assert "report of the inspectorate" in text
    assert "The storyline as played" not in text
    assert SMALL.injects[0].text in section(text, "The incident")
    assert "**When**: Mon 23 Nov 2026\n" in text  # when it began and ended is not known
    assert "The incident" not in logged(Run().until_shown("a1").do(moves.end)).text(".md")
    told = logged(Run().until_shown("a1").do(moves.end), incident="report of the inspectorate").text(".md", REGION)
    assert "The incident" not in told


def test_dutch_has_no_english_in_it(log: Logged) -> None:
    for who in READERS:
        english, dutch = (
            {line for line in log.text(".md", who, language).splitlines() if line.startswith("## ")}
            for language in ("en", "nl")
        )
        assert english & dutch == set()
    assert "ma 23 nov 2026, 13.00 tot" in log.text(".md", GROUP, "nl")


# --- for whom ---


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("group", GROUP),
        ("Groep", GROUP),
        ("organisatie", ORGANISATION),
        (" region ", REGION),
        ("field-one", OFFICIAL),
        ("F2", Reader("official", "field-two")),
        ("leader one", Reader("official", "leader-one")),
    ],
)
def test_a_reader_is_known_in_either_language_by_id_label_or_name(typed: str, meant: Reader) -> None:
    assert reader(SMALL, typed) == meant


@pytest.mark.parametrize("typed", ["", "everybody", "field"])
def test_nobody_is_no_reader(typed: str) -> None:
    with pytest.raises(Trouble, match="unknown-reader"):
        reader(SMALL, typed)


@settings(max_examples=40)
@given(runs(most=40))
def test_any_run_has_a_report_for_everybody_in_every_form(plays: list[Play]) -> None:
    player = Player(Run(SMALL))
    for play in plays:
        player.play(play)
    found = logged(player.run)
    for who in READERS:
        for form in FORMS:
            assert found.report(form, who)
        assert list(problems(found.text(".html", who))) == []
        assert [hidden for hidden in LEADERS_OWN if hidden in found.text(".md", who)] == []
