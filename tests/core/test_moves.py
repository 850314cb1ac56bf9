"""Any move with any argument yields facts that the fold takes, or refuses; and the rules of single moves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.exercise import DebriefQuestion, Question
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.core.timeline import stop_spent
from tabletop.core.upcoming import OpenFeedback, stages
from tests.builders import START, Run, inject, question, small_exercise, stop
from tests.core.strategies import Play, Player, runs


@settings(max_examples=100, deadline=None)
@given(plays=runs())
def test_any_move_yields_facts_that_the_fold_takes_or_refuses(plays: list[Play]) -> None:
    run = Run()
    player = Player(run)
    for play in plays:
        before, count = run.session, len(run.events)
        if not player.play(play):
            assert run.session is before or play.name in ("space", "spaces")
        elif play.name not in ("spaces", "end"):
            assert len(run.events) > count


@settings(max_examples=60, deadline=None)
@given(plays=runs())
def test_after_the_end_nothing_moves_any_more(plays: list[Play]) -> None:
    run = Run()
    player = Player(run)
    for play in plays:
        player.play(play)
    if run.session.phase != "ended":
        run.do(moves.end)
    ended = run.session
    for play in plays:
        if play.name not in ("sleep", "spaces", "end"):
            assert not player.play(play), play
    assert run.session.phase == "ended"
    assert run.session.stop is None
    assert len(run.session.held) == len(ended.held)


def refused(run: Run, code: str, move: object, *args: object, **kwargs: object) -> None:
    with pytest.raises(Refused) as caught:
        run.do(move, *args, **kwargs)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_ending_within_a_stop_closes_it_first() -> None:
    run = Run().until_stop("fingers").do(moves.end)
    assert [event.type for event in run.events[-2:]] == ["feedback-closed", "session-ended"]
    assert [held.id for held in run.session.held] == ["f1"]


def test_a_text_in_which_nothing_is_visible_is_refused_rather_than_saved_as_nothing() -> None:
    for text in ("", "  ", "\x00", "\u202e"):
        run = Run().until_shown("a1")
        refused(run, "text-needed", moves.observe, text)
        refused(run, "text-needed", moves.decide, text)
        refused(run, "text-needed", moves.improvise, text)
        refused(run, "text-needed", moves.change_next, text)
        run.until_stop("agreement")
        refused(run, "text-needed", moves.agree, text)
        refused(run, "text-needed", moves.answer, text, "field-one", 1)
        run.until_debrief()
        refused(run, "text-needed", moves.answer_debrief, text)


def test_skipping_a_stop_takes_a_reason_that_can_be_read_and_skipping_an_inject_takes_none() -> None:
    run = Run().until_shown("a1")
    refused(run, "reason-needed", moves.skip)
    refused(run, "reason-needed", moves.skip, "\x07")
    run.do(moves.skip, "Said already.").do(moves.skip)
    assert {step for step, done in run.session.done.items() if done.how == "skipped"} == {"f1", "a2"}


def test_what_was_improvised_never_takes_the_name_of_a_step() -> None:
    run = Run(small_exercise(({"id": "x2", "text": "text-x2"}, {"id": "u3", "type": "feedback"}, {"text": "last"})))
    run.do(moves.improvise, "improvised")
    assert run.session.current not in {"x2", "u3"}
    assert run.session.next_inject is not None
    assert run.session.next_inject.id == "x2"
    run = Run(small_exercise(({"id": "a1", "text": "text"}, {"text": "last"}, {"id": "u3", "type": "feedback"})))
    run.space().do(moves.open_unplanned, "", [Question(text="What now?")])
    assert run.session.stop is not None
    assert run.session.stop.id != "u3"


def test_all_themes_and_all_words_can_be_taken_from_a_point() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "Coffee first.", "field-one", themes=["staff"])
    run.do(moves.revise_point, "lp-1", themes=(), text="")
    assert run.session.points[0].themes == ()
    assert run.session.points[0].is_mark


def test_a_point_that_is_private_or_withdrawn_is_not_put_to_the_fingers() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "Mine.", "field-one", private=True)
    run.do(moves.note_point, "keep", "Gone.", "field-one").do(moves.withdraw_point, "lp-2")
    refused(run, "unknown-point", moves.ask_fingers, "Mine.", "lp-1")
    refused(run, "unknown-point", moves.ask_fingers, "Gone.", "lp-2")


def test_answers_are_shown_only_at_a_stop() -> None:
    run = Run().until_shown("a1")
    refused(run, "not-in-feedback", moves.show_on_screen, "answers")
    run.until_stop("fingers").do(moves.show_on_screen, "answers").do(moves.show_on_screen, "answers")
    assert run.session.on_screen is None


def test_a_minute_long_stop_is_the_agreed_line_only() -> None:
    run = Run().until_shown("a1").do(moves.short_form)
    assert run.session.stop is not None
    assert run.session.stop.stage == "agreement"
    run.space()
    assert run.session.held[0].outcome == "discussed"


def test_a_stop_now_opens_the_one_that_is_due() -> None:
    run = Run().until_shown("a1").do(moves.open_unplanned, "", [])
    assert run.session.stop is not None
    assert run.session.stop.id == "f1"


def test_the_agreement_is_checked_when_the_next_stop_opens_and_can_be_answered_again() -> None:
    run = Run().until_stop("agreement").do(moves.agree, "Call first.").until_shown("a3").space()
    stop = run.session.stop
    assert stop is not None
    assert stop.stage == "check"
    run.do(moves.go_on, (), "partly")
    assert run.session.agreements[0].kept == "partly"
    run.do(moves.step_back).do(moves.go_on)
    assert run.session.agreements[0].kept == "partly", "tapping on invents no answer"
    run.do(moves.step_back).do(moves.go_on, (), "yes")
    assert run.session.agreements[0].kept == "yes"


def test_rewind_closes_the_stop_and_plays_the_inject_again() -> None:
    run = Run().until_shown("a1").wait(100).until_stop("fingers").do(moves.rewind)
    assert run.session.phase == "running"
    assert run.session.current == "a1"
    assert run.session.current_since == 100.0
    assert "f1" in run.session.done


def test_no_play_is_possible_from_anywhere_and_only_resume_ends_it() -> None:
    for run in (
        Run(), Run().until_shown("a2"), Run().until_stop("round"), Run().until_debrief(),
        Run().do(moves.pause), Run().do(moves.carry_on),
    ):  # fmt: skip
        run.do(moves.pause, "real-incident")
        assert run.session.still == "real-incident"
        refused(run, "only-by-word", moves.go_on)
        run.do(moves.resume)
        assert run.session.still is None


def test_a_new_hard_end_leads_to_the_debrief_again_after_going_on_once() -> None:
    run = Run(hard_end=START + timedelta(minutes=20)).until_shown("a1").wait(420).do(moves.postpone)
    run.space(2)
    run.do(moves.move_hard_end, START + timedelta(minutes=30)).wait(1200)
    run.until_debrief()


def test_the_debrief_asks_the_questions_of_the_exercise_when_none_are_handed_in() -> None:
    run = Run().until_debrief()
    assert run.session.debrief_questions == ("debrief-1", "debrief-2", "debrief-3")


def test_swapping_is_within_a_pool_and_never_between_specialists() -> None:
    run = Run(officials=("field-one", "special-one", "leader-one"))
    run.do(moves.swap, "field-one", "field-two")
    assert run.session.at_table("field-two")
    assert not run.session.at_table("field-one")
    refused(run, "not-the-same-pool", moves.swap, "leader-one", "special-one")
    refused(run, "not-the-same-pool", moves.swap, "special-one", "special-one")
    refused(run, "not-at-the-table", moves.swap, "office-one", "office-one")


def test_a_point_takes_its_context_from_the_inject_on_screen_and_from_the_debrief_question() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "One.", "field-one")
    point = run.session.points[0]
    assert (point.inject, point.objectives, point.level, point.aspect) == ("a1", ("o1",), "individual", "process")
    run.until_debrief().space().do(moves.note_point, "change", "Two.", None)
    assert (run.session.points[1].inject, run.session.points[1].level) == (None, "organisation")
    run.space().do(moves.note_point, "change", "Three.", None)
    assert run.session.points[2].aspect == "effect"


def test_a_withdrawn_point_cannot_be_revised_and_its_number_is_not_used_again() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "One.", "field-one").do(moves.withdraw_point, "lp-1")
    refused(run, "unknown-point", moves.revise_point, "lp-1", text="Two.")
    run.do(moves.note_point, "keep", "Two.", "field-one").do(moves.undo).do(moves.note_point, "keep", "Three.", None)
    assert [point.id for point in run.session.points] == ["lp-1", "lp-3"]


def test_the_one_minute_form_asks_after_the_last_agreement_first_and_goes_back_to_where_it_was_chosen() -> None:
    run = Run().until_shown("a1").wait(240).space(2).do(moves.agree, "Ask first.").space()
    run.until_shown("a3").space_until(lambda session: isinstance(run.next, OpenFeedback))
    run.do(moves.short_form)
    assert run.session.stop is not None
    assert (run.session.stop.form, run.session.stop.stage) == ("agreed-line", "check")
    assert stages(run.session, run.session.stop) == ("check", "agreement")
    run.space()
    assert run.session.agreements[0].kept == "not-discussed"
    run.do(moves.undo).do(moves.undo).do(moves.undo)
    run.space(2)
    assert run.session.stop.stage == "writing"
    run.do(moves.short_form)
    assert run.session.stop.stage == "agreement"
    run.do(moves.step_back)
    assert (run.session.stop.form, run.session.stop.stage) == ("full", "writing")


def test_notes_in_the_debrief_are_about_the_whole_and_know_what_was_asked() -> None:
    run = Run(small_exercise(debrief={"minutes": 14})).until_shown("a1")
    asked = [DebriefQuestion(text="Effect?", about="effect"), DebriefQuestion(text="Us?", about="organisation")]
    run.do(moves.open_debrief, asked).do(moves.observe, "One.").do(moves.decide, "Two.")
    run.do(moves.note_point, "keep", "Three.", None)
    run.do(moves.go_on).do(moves.note_point, "keep", "Four.", None)
    observed = next(event for event in run.events if isinstance(event, e.Observed))
    assert (observed.inject, run.session.decisions[-1].inject) == (None, None)
    assert [(point.aspect, point.level) for point in run.session.points] == [
        ("effect", "individual"), ("process", "organisation"),
    ]  # fmt: skip


def test_fingers_are_asked_on_the_question_that_says_so_and_else_on_that_of_the_round() -> None:
    sure = {"text": "How sure are we?", "about": "fingers"}
    steps = (inject("a1"), stop("f1", questions=[question("f1", 1), sure]), stop("f2", minutes=4))
    run = Run(small_exercise(steps)).until_stop("agreement").do(moves.ask_fingers)
    assert run.session.fingers is not None
    assert run.session.fingers.question == "How sure are we?"
    run.do(moves.count_fingers, "321").space(2).until_stop("round").do(moves.ask_fingers)
    assert run.session.fingers.question == "question-f2-1"
    run.do(moves.clear_screen).space_until(lambda session: session.phase == "debrief").do(moves.ask_fingers)
    assert run.session.fingers.question == ""


# --- undo ---


@settings(max_examples=50, deadline=None)
@given(plays=runs())
def test_undo_names_one_event_newest_first_and_the_rest_is_as_if_it_never_was(plays: list[Play]) -> None:
    run = Run()
    player = Player(run)
    for play in plays:
        if play.name != "undo":
            player.play(play)
            continue
        expected, clock, n = moves.undoable(run.session), run.session.clock, run.session.n
        if not player.play(play):
            assert expected is None or run.session.phase == "ended"
            continue
        undone = run.events[-1]
        assert isinstance(undone, e.Undone)
        assert run.session.n == n + 1
        assert expected is not None
        assert expected.n == undone.event
        assert run.session.clock >= clock
        left_over = [one for one in run.events[:n] if not one.lasting and one.n not in run.session.undone]
        assert all(one.n < undone.event or isinstance(one, (e.Paused, e.TurnTaken)) for one in left_over), (
            "newest first"
        )
        without = Run()
        without.events = [one for one in run.events if one.n not in run.session.undone]
        assert same_but_for_the_record(run, without)


def same_but_for_the_record(one: Run, other: Run) -> bool:
    """Whether the sessions agree on everything but the list of events, and what passed meanwhile."""
    apart = {"events", "undone", "seen_before", "points_noted", "clock", "at"}
    left, right = _timeless(one.replayed), _timeless(other.replayed)
    return all(value == getattr(right, name) for name, value in vars(left).items() if name not in apart)


def _timeless(session: Session) -> Session:
    """Without how long stops stood still: what passed between a close and its undo is no time of the stop."""
    stop = session.stop and session.stop._replace(stood_still=timedelta(), stage_since=session.stop.opened)
    return replace(session, stop=stop, held=tuple(held._replace(stood_still=timedelta()) for held in session.held))


def test_what_was_undone_after_it_was_shown_is_next_again_and_known_to_be_seen() -> None:
    run = Run().until_shown("a1").do(moves.undo)
    assert run.session.current is None
    assert run.session.next_inject is not None
    assert run.session.next_inject.id == "a1"
    assert run.session.seen_before == {"a1"}


def test_who_has_the_word_is_nothing_to_undo() -> None:
    run = Run().until_stop("round")
    run.do(moves.take_turn, run.session.speakers[-1])
    event = moves.undoable(run.session)
    assert isinstance(event, e.FeedbackStep)


def test_a_stop_that_is_opened_again_by_an_undo_did_not_go_on_meanwhile() -> None:
    run = Run().until_shown("a1").wait(240).space().wait(60).space(2).wait(600).do(moves.undo)
    assert run.session.stop is not None
    assert stop_spent(run.session, run.session.stop, run.moment) == 1.0


def test_starting_resuming_leaving_and_undoing_cannot_be_undone() -> None:
    run = Run().do(moves.leave).do(moves.carry_on).do(moves.resume)
    refused(run, "nothing-to-undo", moves.undo)
    run.do(moves.pause).do(moves.resume)
    refused(run, "nothing-to-undo", moves.undo)
    run.do(moves.pause).do(moves.undo)
    assert run.session.still is None
    refused(run, "nothing-to-undo", moves.undo)
