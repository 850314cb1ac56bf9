"""Learning points by official, pool, objective and theme; overlap, the draft message, and what the end sums up."""

from tabletop.core import moves
from tabletop.core.exercise import Question
from tabletop.core.learning import (
    Overlap,
    Tally,
    agreed_lines,
    by_objective,
    by_official,
    by_pool,
    by_theme,
    draft_message,
    first_question,
    overlap,
    round_answers,
    summary,
    tally,
    told_points,
)
from tabletop.core.session import Answer
from tests.builders import Run


def said(official: str | None, text: str, *, private: bool = False) -> Answer:
    return Answer(1, "f1", 1, official, text, private)


def a_run() -> Run:
    run = Run().until_shown("a1")
    run.do(moves.note_point, "keep", "Coffee first.", "special-one", themes=["self reliance"])
    run.do(moves.note_point, "change", "Drove off.", "leader-one", themes=["staff", "cold"])
    run.do(moves.note_point, "keep", "Mine alone.", "special-one", private=True)
    run.do(moves.note_point, "change", "", "special-one").do(moves.note_point, "keep", "Of us all.", None)
    run.do(moves.note_point, "keep", "Gone.", "field-one").do(moves.withdraw_point, "lp-6")
    return run.do(moves.keep_private, "field-one")


def test_points_are_grouped_in_the_order_of_the_exercise_and_those_of_nobody_come_last() -> None:
    session = a_run().session
    points = told_points(session)
    assert [(group.id, [point.id for point in group.points]) for group in by_official(session, points)] == [
        ("leader-one", ["lp-2"]), ("special-one", ["lp-1"]), ("", ["lp-5"]),
    ]  # fmt: skip
    assert [group.id for group in by_pool(session, points)] == ["leadership", "specialist", ""]
    assert [group.id for group in by_theme(session, points)] == ["staff", "self reliance", "cold", ""]
    assert [(group.id, len(group.points)) for group in by_objective(session, points)] == [("o1", 3), ("o2", 0)]


def test_the_tally_keeps_the_order_of_the_table_whatever_the_numbers() -> None:
    assert tally(a_run().session) == (
        Tally("leader-one", "Leader One", 1, 0, 0),
        Tally("field-one", "Field One", 0, 0, 1),
        Tally("office-one", "Office One", 0, 0, 0),
        Tally("special-one", "Special One", 3, 1, 0),
    )


def test_the_tally_keeps_the_points_of_somebody_who_left() -> None:
    run = a_run().do(moves.leave_table, "special-one").do(moves.leave_table, "office-one")
    assert [row.official for row in tally(run.session)] == ["leader-one", "field-one", "special-one"]


def test_overlap_is_equal_words_that_different_officials_used_whatever_capitals_and_accents() -> None:
    answers = (
        said("hpz", "Ouderen, en mensen zonder netwerk"),
        said("ovd", "OUDEREN in het complex; patiënten"),
        said("ac", "patienten thuis"),
    )
    assert overlap(answers) == (Overlap("ouderen", ("hpz", "ovd")), Overlap("patiënten", ("ovd", "ac")))


def test_overlap_leaves_out_stop_words_short_words_private_answers_and_the_same_person_twice() -> None:
    answers = (
        said("hpz", "voor people zonder gas"),
        said("ovd", "voor people zonder gas"),
        said("hpz", "buren buren"),
        said("hpz", "buren"),
        said("ovd", "geheim", private=True),
        said("hpz", "geheim"),
        said(None, "buren"),
    )
    assert overlap(answers) == ()


def test_the_answers_of_the_round_are_those_to_its_question_at_the_open_stop() -> None:
    run = Run().until_stop("round").do(moves.answer, "own", "field-one", 1).do(moves.answer, "round", "field-one", 2)
    assert [answer.text for answer in round_answers(run.session)] == ["round"]
    run.until_held()
    assert round_answers(run.session) == ()


def test_the_draft_message_has_own_action_then_wanted_help_each_once_and_nothing_private() -> None:
    run = Run().until_stop("round")
    run.do(moves.answer, "Put on a sweater.", "field-one", 1).do(moves.answer, "put on a sweater.", "office-one", 1)
    run.do(moves.answer, "Mine.", "office-one", 1, private=True).do(moves.answer, "The elderly.", "field-one", 2)
    run.space_until(lambda session: session.stop is not None and session.stop.id == "f3")
    run.do(moves.answer, "An electric heater.", "field-one", 1).until_debrief()
    assert draft_message(run.session) == ("Put on a sweater.", "An electric heater.")


def test_the_draft_message_knows_what_an_unplanned_stop_asked() -> None:
    run = Run().until_shown("a1").do(moves.skip, "Said.")
    run.do(moves.open_unplanned, "", [Question(text="What would you do?", about="own-action")])
    run.do(moves.answer, "Call the neighbours.", "field-one", 1)
    assert draft_message(run.session) == ("Call the neighbours.",)


def test_agreed_lines_say_at_which_stop_and_whether_it_happened() -> None:
    run = Run().until_stop("agreement").do(moves.agree, "Call first.").until_stop("check").do(moves.go_on, (), "partly")
    run.until_stop("agreement").do(moves.agree, "Ask the table.")
    assert [(line.number, line.text, line.kept) for line in agreed_lines(run.session)] == [
        (1, "Call first.", "partly"), (2, "Ask the table.", None),
    ]  # fmt: skip


def test_the_first_question_is_missed_only_where_acting_began_before_it_or_it_was_asked_again() -> None:
    run = Run().until_shown("a1")
    assert first_question(run.session) == "nothing-to-note"
    assert first_question(Run().until_shown("a1").do(moves.decide, "Open the hall.").session) == "not-recorded"
    run.do(moves.answer_first_question, "no")
    assert first_question(run.session) == "answered"
    assert first_question(run.until_shown("a2").session) == "not-recorded"


def test_the_summary_holds_nothing_private_and_no_mark_but_says_how_many_there_are() -> None:
    run = a_run().do(moves.decide, "Open the hall.").do(moves.detail_decision, "d-11", where="field")
    run.do(moves.use_instrument, "checklist-one").until_debrief()
    found = summary(run.session)
    assert "Mine alone." not in repr(found)
    assert [(one.official, [point.text for point in one.points]) for one in found.told] == [
        ("leader-one", ["Drove off."]),
        ("field-one", []),
        ("office-one", []),
        ("special-one", ["Coffee first."]),
    ]
    assert [point.text for point in found.table] == ["Of us all."]
    assert (found.marks, found.used, found.first) == (1, ("checklist-one",), "not-recorded")
    assert [(decision.text, decision.where) for decision in found.decisions] == [("Open the hall.", "field")]
