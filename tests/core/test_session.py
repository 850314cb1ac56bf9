"""The session is a fold over events: replaying, applying one by one and following late all lead to the same."""

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.exercise import Exercise
from tabletop.core.fold import apply, replay
from tabletop.core.participants import view
from tabletop.core.reacting import offered
from tabletop.core.timeline import forecast, rows
from tabletop.core.upcoming import upcoming
from tests.builders import REACTING, SMALL, Run, stored
from tests.core.strategies import ANY_FACT, Play, Player, runs

BOTH = st.sampled_from((SMALL, REACTING))


@settings(max_examples=50, deadline=None)
@given(plays=runs(), exercise=BOTH)
def test_replaying_the_log_is_applying_it_one_by_one(plays: list[Play], exercise: Exercise) -> None:
    run = Run(exercise)
    player = Player(run)
    for play in plays:
        player.play(play)
    assert run.replayed == run.session


@settings(max_examples=30, deadline=None)
@given(plays=runs(), where=st.integers(0, 60), exercise=BOTH)
def test_a_follower_that_starts_late_equals_one_that_was_there(
    plays: list[Play], where: int, exercise: Exercise
) -> None:
    run = Run(exercise)
    player = Player(run)
    for play in plays:
        player.play(play)
    late = replay(run.beginning, run.events[:where])
    in_parts = replay(late, run.events[where:])
    for event in run.events[where:]:
        late = apply(late, event)
    assert late == in_parts == run.session
    assert view(late) == view(run.session)


@settings(max_examples=100, deadline=None)
@given(facts=st.lists(ANY_FACT, min_size=1, max_size=30), exercise=BOTH)
def test_the_fold_takes_any_facts_in_any_order(facts: list[e.Event], exercise: Exercise) -> None:
    run = Run(exercise)
    run.take(tuple(facts))
    assert run.replayed == run.session
    view(run.session)
    rows(run.session, run.moment)
    forecast(run.session, run.moment)
    upcoming(run.session, run.moment)
    offered(run.session, run.moment)
    moves.undoable(run.session)


@settings(max_examples=300, deadline=None)
@given(fact=ANY_FACT)
def test_every_fact_reads_back_as_it_was_written(fact: e.Event) -> None:
    assert stored(fact) == fact.model_copy(update={"clock": round(fact.clock, 3)})


def test_a_fact_without_a_value_that_it_must_have_is_still_written_whole() -> None:
    for cls in get_args(e.Event):
        for name, field in cls.model_fields.items():
            if field.is_required() and field.annotation is str and "Slug" not in str(field.metadata):
                assert name in e.as_toml(cls.model_construct(at=Run().now, clock=0.0, n=1, **{name: ""}))


def test_a_session_that_an_event_was_applied_to_stays_as_it_was() -> None:
    run = Run().until_shown("a1")
    before = run.session
    kept = replay(run.beginning, run.events)
    run.do(moves.note_point, "keep", "One.", "field-one").do(moves.observe, "Two.")
    other = apply(before, run.events[-1])
    assert before == kept
    assert other != run.session


def test_the_first_question_notes_that_acting_came_before_it_and_that_an_inject_asked_it_again() -> None:
    run = Run().until_shown("a1").do(moves.decide, "Open the hall.")
    assert run.session.first.acted_before
    run.do(moves.answer_first_question, "not-yet", "Let us look first.")
    assert run.session.first.status == "answered"
    run.until_shown("a2")
    assert run.session.first.status == "reopened"


def test_the_highest_rank_speaks_last_and_the_first_has_the_word() -> None:
    run = Run().until_stop("round")
    assert run.session.speakers == ("field-one", "special-one", "office-one", "leader-one")
    assert run.session.stop is not None
    assert run.session.stop.speaker == "field-one"


def test_the_countdown_of_a_stop_stands_still_in_a_pause_also_when_a_stage_began_in_it() -> None:
    run = Run().until_stop("writing")
    began = run.now
    run.wait(30).do(moves.pause).wait(600).do(moves.resume)
    assert run.session.stop is not None
    assert (run.session.stop.stage_since - began).total_seconds() == 600
    run.do(moves.pause).wait(60)
    run.do(moves.step_back) if run.session.stop.checked else run.take(
        (e.FeedbackStep(at=run.now, clock=run.clock, feedback="f2", stage="writing"),)
    )
    run.wait(30).do(moves.resume)
    assert run.session.stop.stage_since == run.now, "never ahead of the wall"


def test_the_length_of_a_stop_leaves_out_the_pauses_in_it() -> None:
    run = Run().until_stop("fingers").wait(60).do(moves.pause, "break").wait(900).do(moves.resume).wait(60).space(2)
    assert run.session.held[0].minutes == 2.0


def test_every_objective_reached_is_enough() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "One.", "field-one")
    assert not run.session.is_enough
    run.do(moves.reach, "o2")
    assert run.session.is_enough
    run.do(moves.withdraw_point, "lp-1")
    assert not run.session.is_enough


def test_an_undo_of_what_has_not_happened_yet_says_nothing_about_what_comes() -> None:
    run = Run()
    run.take((e.Undone(at=run.now, clock=0.0, event=3),))
    run.space()
    assert run.session.current == "a1"
    assert run.replayed == run.session


def test_the_exercise_clock_never_goes_back_whatever_a_log_says() -> None:
    run = Run().until_shown("a1").wait(100).do(moves.observe, "One.")
    run.clock = 40.0
    run.do(moves.observe, "Two.")
    assert run.session.clock == 100.0
    assert run.do(moves.undo).session.clock == 100.0
