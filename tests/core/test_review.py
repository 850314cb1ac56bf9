"""What a reviewer reads off a run: when things came, how long they took, and how soon somebody acted."""

import pytest
from hypothesis import given

from tabletop.core import learning, moves, review
from tabletop.core.session import Session
from tests.builders import SMALL, STEPS, Run, small_exercise
from tests.core.strategies import Play, Player, runs


def passed(session: Session) -> dict[str, review.Passed]:
    return {one.step.id: one for one in review.passed(session)}


def test_a_step_stands_with_when_it_was_planned_and_when_it_came() -> None:
    run = Run(SMALL).wait(120).until_shown("a1").wait(300).until_stop("fingers").wait(90).until_shown("a2").wait(60)
    found = passed(run.session)
    assert found["a1"].began == pytest.approx(2)
    assert found["a1"].planned == 0
    assert found["a1"].minutes == pytest.approx(5)
    assert found["f1"].began == pytest.approx(7)
    assert found["f1"].minutes == pytest.approx(1.5)
    assert found["a2"].began == pytest.approx(8.5)
    assert found["a4"].began is None
    assert not found["a4"].is_skipped
    assert review.whole(run.session) == pytest.approx((run.session.at - run.session.begun).total_seconds() / 60)  # type: ignore[operator]


def test_what_was_skipped_put_off_and_held_is_counted_once() -> None:
    run = Run(SMALL).until_shown("a1").do(moves.postpone).until_shown("a2")
    run.do(moves.skip, "we are late").do(moves.skip)
    assert review.stops(run.session) == review.Stops(held=0, postponed=1, skipped=1)
    assert passed(run.session)["a3"].is_skipped


def test_the_minutes_to_a_decision_are_those_from_the_inject_before_it() -> None:
    exercise = small_exercise((STEPS[0], STEPS[2], STEPS[3]))
    run = Run(exercise).until_shown("a1").wait(60).do(moves.answer_first_question, "no").wait(60)
    run.do(moves.decide, "the hall opens").until_shown("a2").wait(30).do(moves.decide, "buses too")
    first, second = review.reactions(run.session)
    assert (first.first_question, first.decision) == (pytest.approx(1), pytest.approx(2))
    assert (second.first_question, second.decision) == (None, pytest.approx(0.5))
    run.do(moves.undo)
    assert review.reactions(run.session)[1].decision is None


def test_what_was_typed_is_counted_and_what_was_undone_is_not() -> None:
    run = Run(SMALL).until_shown("a1").do(moves.observe, "noted").do(moves.note_point, "keep", "good", "field-one")
    assert review.recorded(run.session) == 2
    run.do(moves.undo)
    assert review.recorded(run.session) == 1


@given(runs(most=40))
def test_any_run_can_be_reviewed(plays: list[Play]) -> None:
    player = Player(Run(SMALL))
    for play in plays:
        player.play(play)
    session = player.run.session
    for one in review.passed(session):
        assert one.began is None or one.minutes >= 0
    assert {one.step.id for one in review.passed(session)} >= {step.id for step in SMALL.storyline}
    assert all((one.decision or 0) >= 0 for one in review.reactions(session))
    review.stops(session)
    told = learning.told_points(session)
    for group in (learning.by_inject, learning.by_kind, learning.by_level, learning.by_aspect):
        assert {point.id for one in group(session, told) for point in one.points} == {point.id for point in told}
