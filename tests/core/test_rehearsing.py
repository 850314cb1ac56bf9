"""How the time of a rehearsal passes, and what it says of an exercise."""

import pytest

from tabletop.core import moves
from tabletop.core.coverage import coverage, played
from tabletop.core.exercise import Exercise
from tabletop.core.reacting import undecided
from tabletop.core.rehearsing import READING, seconds_to_next
from tabletop.files import library
from tests.builders import CALL_OUT, SMALL, STEPS, Run, people, small_exercise


def wait(run: Run) -> float:
    return seconds_to_next(run.session, run.moment)


def test_the_wait_is_until_the_planned_minute() -> None:
    steps = [{**STEPS[0], "minute": 3}, {"type": "feedback", "id": "f1", "minute": 9}, {**STEPS[2], "minute": 15}]
    run = Run(small_exercise(tuple(steps)))
    assert wait(run) == 180
    run.wait(wait(run)).space()
    assert run.session.current == "a1"
    run.wait(60)
    assert wait(run) == 300


def test_without_a_planned_minute_it_is_what_is_left_of_the_budget() -> None:
    run = Run(small_exercise((STEPS[0], {**STEPS[2], "minute": None}))).until_shown("a1").wait(60)
    assert wait(run) == 180
    run.wait(500)
    assert wait(run) == 0


def test_a_page_is_read_before_the_next() -> None:
    run = Run(small_exercise(({**STEPS[0], "text": "line\n\n" * 30}, STEPS[2]))).until_shown("a1")
    assert wait(run) == READING


def test_a_feedback_point_takes_what_it_is_planned_to_take() -> None:
    run = Run(SMALL).until_stop("writing")
    opened = run.now
    while run.session.stop is not None:
        run.wait(wait(run)).space()
    point = run.exercise.feedback_point(run.session.held[-1].id)
    assert point is not None
    planned = point.planned_minutes(len(run.session.participants))
    assert (run.now - opened).total_seconds() == pytest.approx(60 * planned, abs=1)


def test_the_debrief_takes_its_minutes_whatever_there_is_to_do() -> None:
    run = Run(SMALL).until_debrief()
    opened = run.now
    for _ in range(20):
        run.wait(wait(run))
        if type(run.next).__name__ == "OnlyByWord":
            break
        run.space()
    assert (run.now - opened).total_seconds() == pytest.approx(60 * run.session.debrief_minutes, abs=1)


def dilemma(**more: object) -> Exercise:
    choices = [{"id": "open", "text": "Open the hall."}, {"id": "shut", "text": "Keep it shut."}]
    steps = ({**STEPS[0], "choices": choices, **more}, {**STEPS[2], "only_after": ["a1.open"]})
    return small_exercise(steps)


def test_a_dilemma_is_undecided_until_somebody_chose() -> None:
    run = Run(dilemma())
    assert undecided(run.session) is None
    run.until_shown("a1")
    assert undecided(run.session) == run.session.inject
    run.do(moves.choose, "shut")
    assert undecided(run.session) is None


def test_what_was_not_seen_says_so() -> None:
    run = Run(dilemma()).until_shown("a1").do(moves.choose, "shut").wait(600).until_debrief()
    done = played(run.session)
    assert done.shown == ("a1",)
    assert [inject.id for inject in done.unseen] == ["a2"]
    assert [(inject.id, choice) for inject, choice in done.chosen] == [("a1", "Keep it shut.")]
    assert done.minutes == pytest.approx(10)


def test_the_coverage_of_a_shipped_exercise_adds_up() -> None:
    exercise = library.load(library.shipped_folder() / "zonder-gas.toml")
    there = [official.id for official in exercise.key_officials][:6]
    found = coverage(exercise, people(*there))
    assert [one.official.id for one in found.officials] == there
    own = {inject.id for one in found.officials for inject in one.injects}
    by_all = {inject.id for inject in found.for_all}
    everything = {inject.id for inject in (*exercise.injects, *exercise.reserves)}
    assert own | by_all == everything
    assert not own & by_all
    assert {inject.id for one in found.objectives for inject in one.injects} == everything
    assert found.minutes.needed <= found.minutes.given == exercise.minutes
    for one in found.officials:
        assert 0 <= one.waits[0] <= one.waits[1] <= exercise.minutes


def test_an_inject_for_a_pool_counts_for_who_is_in_it_and_for_the_pool() -> None:
    exercise = small_exercise(({**STEPS[0], "to": ["field"]}, STEPS[2]))
    found = coverage(exercise, people(*(official.id for official in exercise.key_officials)))
    reached = {one.official.pool for one in found.officials if one.injects}
    assert reached == {"field"}
    assert [one.pool for one in found.pools if one.injects] == ["field"]


def test_a_call_out_goes_on_without_a_plan_for_dialling() -> None:
    assert wait(Run(CALL_OUT)) == 0
