"""Planned against actual: budgets, the guard, the forecast and what may be dropped."""

from datetime import timedelta

from hypothesis import given, settings

from tabletop.core import moves
from tabletop.core.exercise import DEFAULT_BUDGET, Debrief, Inject
from tabletop.core.timeline import (
    Forecast,
    budget,
    debrief_at,
    duration,
    forecast,
    is_guard_up,
    minutes_needed,
    rows,
    seen_to_stopped,
    seen_to_this_stop,
    time_left,
)
from tabletop.core.upcoming import NextPage
from tests.builders import START, Run, inject, small_exercise, stop
from tests.core.strategies import Play, Player, runs


def forecast_of(run: Run) -> Forecast:
    found = forecast(run.session, run.moment)
    assert found is not None
    return found


def minutes_to_end(run: Run) -> float:
    return (forecast_of(run).end - run.now).total_seconds() / 60


def test_an_inject_lasts_its_budget_or_until_what_is_planned_next_without_the_stops_in_between() -> None:
    exercise = small_exercise((
        inject("a1", minute=0), stop("f1", minutes=4), inject("a2", minute=10), inject("a3", minute=17, budget=2),
        inject("a4"), inject("a5", minute=30),
    ))  # fmt: skip
    run = Run(exercise)
    lengths = {step.id: duration(run.session, step) for step in exercise.storyline}
    assert lengths == {"a1": 6.0, "f1": 4.0, "a2": 7.0, "a3": 2.0, "a4": DEFAULT_BUDGET, "a5": 12.0}


def test_an_exercise_led_exactly_as_planned_ends_on_time() -> None:
    run = Run(small_exercise((inject("a1", minute=0), stop("f1", minutes=4), inject("a2", minute=10))))
    assert minutes_needed(run.session) == 56.0
    assert forecast_of(run).late == 0


def test_what_an_exercise_needs_is_the_same_before_it_began_and_counts_its_own_debrief() -> None:
    run = Run(small_exercise((inject("a1", minute=0, budget=10),), debrief=Debrief(minutes=6)))
    assert minutes_needed(run.beginning) == minutes_needed(run.session) == 16.0


def test_an_inject_over_its_budget_counts_nothing_more() -> None:
    run = Run().until_shown("a1")
    run.wait(240)
    at_budget = minutes_to_end(run)
    run.wait(600)
    assert minutes_to_end(run) == at_budget
    assert time_left(run.session, run.clock) == -600.0


@settings(max_examples=40, deadline=None)
@given(plays=runs())
def test_only_optional_injects_that_are_still_to_come_are_offered_for_dropping(plays: list[Play]) -> None:
    run = Run()
    player = Player(run)
    for play in plays:
        player.play(play)
        found = forecast(run.session, run.moment)
        if found is None:
            continue
        assert all(step.optional and step.id not in run.session.done for step in found.without)
        assert not found.without or found.late >= 1
        if found.late < 1:
            assert found.on_time_without


def test_the_fewest_injects_that_make_it_on_time_are_offered() -> None:
    run = Run(hard_end=START + timedelta(minutes=52))
    late = forecast_of(run).late
    dropped = [step.id for step in forecast_of(run).without]
    assert (late, dropped) == (2, ["a4"])
    run.do(moves.move_hard_end, START + timedelta(minutes=48))
    assert [step.id for step in forecast_of(run).without] == ["a5"]
    run.do(moves.move_hard_end, START + timedelta(minutes=30))
    assert [step.id for step in forecast_of(run).without] == ["a4", "a5"]
    assert not forecast_of(run).on_time_without


def test_planned_minutes_include_the_stops_and_stops_count_with_the_length_they_have_had() -> None:
    steps = (inject("a1", minute=0, budget=4), *(stop(f"f{number}", minutes=5) for number in (1, 2, 3)))
    run = Run(small_exercise(steps)).until_shown("a1")
    assert minutes_to_end(run) == 4 + 3 * 5 + 14
    run.wait(240).space().wait(60 * 9).until_held()
    assert minutes_to_end(run) == 2 * 9 + 14


def test_a_break_within_a_stop_makes_no_other_stop_longer() -> None:
    steps = (inject("a1", minute=0, budget=4), stop("f1", minutes=5), stop("f2", minutes=5))
    run = Run(small_exercise(steps)).until_shown("a1").wait(240).space().wait(120)
    before = minutes_to_end(run)
    run.do(moves.pause, "break").wait(1800)
    assert minutes_to_end(run) == before
    run.do(moves.resume)
    assert minutes_to_end(run) == before
    run.wait(180).until_held()
    assert minutes_to_end(run) == 5 + 14


def test_a_stop_that_nobody_planned_counts_while_it_is_held() -> None:
    run = Run(small_exercise((inject("a1", budget=4), inject("a2", budget=4)))).until_shown("a1").wait(240)
    before = minutes_to_end(run)
    run.do(moves.open_unplanned, "", [])
    assert round(minutes_to_end(run) - before, 2) == round(3.5 + 4 * 2 / 3, 2)
    run.do(moves.short_form)
    assert minutes_to_end(run) - before == 1.0


def test_the_debrief_is_reserved_from_the_hard_end() -> None:
    run = Run()
    assert debrief_at(run.session) == START + timedelta(minutes=56 - 14)


def test_the_guard_rests_on_the_budget_alone() -> None:
    run = Run().until_shown("a1").wait(239)
    assert not is_guard_up(run.session, run.clock)
    run.wait(1)
    assert is_guard_up(run.session, run.clock)
    run.do(moves.observe, "They talk and talk.")
    assert is_guard_up(run.session, run.clock), "not on what is typed"
    run.do(moves.buy_time, 2.0)
    assert not is_guard_up(run.session, run.clock), "it sleeps while time is bought"
    run.wait(120)
    assert is_guard_up(run.session, run.clock)
    run.do(moves.going_well)
    assert not is_guard_up(run.session, run.clock)


def test_a_stop_answers_the_guard_and_an_inject_that_is_played_again_has_its_budget_again() -> None:
    run = Run().until_shown("a1").wait(300).space()
    assert not is_guard_up(run.session, run.clock)
    run.space(2).wait(60)
    assert run.session.phase == "running"
    assert run.session.current == "a1"
    assert not is_guard_up(run.session, run.clock)
    run.do(moves.open_unplanned, "", []).do(moves.rewind).wait(239)
    assert not is_guard_up(run.session, run.clock)
    run.wait(1)
    assert is_guard_up(run.session, run.clock)
    assert rows(run.session, run.moment)[0].actual == START, "it was shown when it was shown first"


def test_a_changed_text_or_a_reserve_inject_has_a_budget_too() -> None:
    run = Run()
    assert budget(run.session, run.exercise.reserves[0]) == 60 * DEFAULT_BUDGET


def test_the_rows_are_what_was_done_then_what_is_left_in_the_order_it_comes() -> None:
    run = Run().until_shown("a1").wait(120).do(moves.postpone)
    states = [(row.step.id, row.state) for row in rows(run.session, run.moment)]
    assert states[:4] == [("a1", "now"), ("a2", "next"), ("f1", "later"), ("a3", "later")]
    run.until_shown("a2")
    run.space_until(lambda session: not isinstance(run.next, NextPage))
    states = [(row.step.id, row.state) for row in rows(run.session, run.moment)]
    assert states[:3] == [("a1", "done"), ("a2", "now"), ("f1", "due")]
    run.space()
    assert [row.state for row in rows(run.session, run.moment)][:3] == ["done", "done", "now"]


def test_what_the_author_did_not_plan_stands_where_it_was_shown() -> None:
    run = Run().until_shown("a1").do(moves.improvise, "A call.")
    states = [(row.step.id, row.state, row.planned) for row in rows(run.session, run.moment)]
    assert [(step, state) for step, state, _ in states[:3]] == [("a1", "done"), ("x1", "now"), ("f1", "due")]
    assert states[1][2] is None
    run.do(moves.skip, "no time").wait(60).space().wait(60).do(moves.show, "r1")
    order = [row.step.id for row in rows(run.session, run.moment)]
    assert order[:6] == ["a1", "x1", "f1", "a2", "r1", "a3"]


def test_a_stop_that_waits_for_its_minute_is_not_next_before_that() -> None:
    run = Run().until_shown("a4")
    states = {row.step.id: row.state for row in rows(run.session, run.moment)}
    assert (states["f3"], states["a5"]) == ("later", "next")


def test_drift_is_in_whole_minutes_and_only_of_what_has_a_planned_minute() -> None:
    run = Run().wait(200).space()
    row = rows(run.session, run.moment)[0]
    assert isinstance(row.step, Inject)
    assert row.drift == 3


def test_from_seen_to_stopped_is_measured_to_the_next_stop() -> None:
    run = Run().until_shown("a1").do(moves.see_learning).wait(90).space()
    assert seen_to_stopped(run.session) == (1.5,)
    assert seen_to_this_stop(run.session) == 1.5
    run.until_shown("a3").space_until(lambda session: session.stop is not None)
    assert seen_to_this_stop(run.session) is None, "that was the stop before"


def test_a_break_between_seen_and_stopped_is_no_muddling_on() -> None:
    run = Run().until_shown("a1").do(moves.see_learning).wait(30).do(moves.pause, "break").wait(900)
    run.do(moves.resume).space()
    assert seen_to_stopped(run.session) == (0.5,)
