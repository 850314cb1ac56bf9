"""What a reviewer adds: under their own name, and never over what stands there."""

from datetime import date, timedelta

import pytest

from tabletop.core import events as e
from tabletop.core import learning, moves, review
from tabletop.core.fold import apply, begin, replay
from tabletop.core.moves import reviewing
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tests.builders import SMALL, Run

ANNA = "Anna"


@pytest.fixture
def run() -> Run:
    run = Run(SMALL).until_shown("a1").wait(60)
    run.do(moves.note_point, "keep", "coffee first", "field-one")
    run.do(moves.note_point, "keep", "first coffee", "office-one")
    run.do(moves.note_point, "change", "secret", "field-one", private=True)
    run.do(moves.note_point, "change", "", "field-one")
    run.do(moves.end).wait(86_400)
    return run


def added(run: Run, move: object, *arguments: object, **more: object) -> Session:
    facts = move(run.session, run.moment, ANNA, *arguments, **more)  # type: ignore[operator]
    session = run.session
    for fact in facts:
        session = apply(session, fact.model_copy(update={"n": session.n + 1}))
    return session


def test_a_comment_is_kept_with_who_wrote_it_and_the_run_takes_no_longer(run: Run) -> None:
    before = run.session
    session = added(run, reviewing.comment, "it went well", 2)
    (comment,) = session.comments
    assert (comment.reviewer, comment.text, comment.about) == (ANNA, "it went well", 2)
    assert (session.at, session.ended, session.clock) == (before.at, before.ended, before.clock)
    assert review.whole(session) == review.whole(before)
    assert review.recorded(session) == review.recorded(before)


def test_a_mark_is_written_out_and_a_point_is_classified(run: Run) -> None:
    session = added(run, reviewing.classify, "lp-4", text="ring the mayor later", kind="proposal")
    assert session.points[-1].text == "ring the mayor later"
    assert session.points[-1].kind == "proposal"
    assert session.events[run.session.n].reviewer == ANNA
    assert [event for event in session.events if isinstance(event, e.LearningPointNoted)][-1].text == ""


def test_what_is_private_stays_private(run: Run) -> None:
    with pytest.raises(Refused, match="stays-private"):
        added(run, reviewing.classify, "lp-3", private=False)
    for arguments in (("lp-3", "lp-1"), ("lp-1", "lp-3")):
        with pytest.raises(Refused, match="stays-private"):
            added(run, reviewing.merge, *arguments)
    with pytest.raises(Refused, match="stays-private"):
        added(run, reviewing.agree_action, "do it", "AC-BZ", date(2027, 1, 31), "lp-3")


def test_a_point_goes_on_in_another_and_stays_readable(run: Run) -> None:
    session = added(run, reviewing.merge, "lp-2", "lp-1")
    assert [point.id for point in session.open_points] == ["lp-1", "lp-3", "lp-4"]
    assert session.points[1].into == "lp-1"
    assert session.points[1].text == "first coffee"
    with pytest.raises(Refused, match="same-point"):
        added(run, reviewing.merge, "lp-1", "lp-1")


def test_an_action_has_an_owner_and_a_day(run: Run) -> None:
    session = added(run, reviewing.agree_action, "card with question 1", "AC-BZ", date(2027, 1, 31), "lp-1")
    (action,) = learning.agreed_actions(session)
    assert (action.owner, action.due, action.point) == ("AC-BZ", "2027-01-31", "lp-1")
    with pytest.raises(Refused, match="text-needed"):
        added(run, reviewing.agree_action, "card", " ", date(2027, 1, 31))
    intention = e.ActionAgreed(at=run.moment.at, clock=0, n=session.n + 1, id="action-9", text="some day")
    assert learning.agreed_actions(apply(session, intention)) == (action,)


def test_an_action_goes_with_a_point_that_becomes_private(run: Run) -> None:
    run.take(reviewing.agree_action(run.session, run.moment, ANNA, "a card", "AC-BZ", date(2027, 1, 31), "lp-1"))
    assert learning.agreed_actions(run.session)
    run.take(reviewing.classify(run.session, run.moment, ANNA, "lp-1", private=True))
    assert learning.agreed_actions(run.session) == ()


def test_a_corrected_time_holds_and_the_log_stays_as_it_was(run: Run) -> None:
    shown = next(event for event in run.session.events if isinstance(event, e.InjectShown))
    earlier = shown.at - timedelta(minutes=3)
    session = added(run, reviewing.correct_time, shown.n, earlier)
    events = tuple(session.events)
    known = replay(begin(SMALL, run.session.participants_at_start), review.corrected(events))
    assert known.done["a1"].at == earlier
    assert session.done["a1"].at == shown.at
    with pytest.raises(Refused, match="time-too-far"):
        added(run, reviewing.correct_time, shown.n, shown.at - timedelta(days=3))


def test_only_what_was_added_can_be_taken_back(run: Run) -> None:
    for fact in reviewing.comment(run.session, run.moment, ANNA, "wrong run"):
        run.take((fact,))
    assert len(run.session.comments) == 1
    assert not len(added(run, reviewing.take_back, run.session.n).comments)
    with pytest.raises(Refused, match="unknown-event"):
        added(run, reviewing.take_back, 2)


def test_nothing_is_added_without_a_name(run: Run) -> None:
    with pytest.raises(Refused, match="no-reviewer"):
        reviewing.comment(run.session, run.moment, "  ", "anonymous")
    with pytest.raises(Refused, match="no-reviewer"):
        reviewing.count_survey(run.session, run.moment, "", 1, (1, 2, 3, 4, 5))


def test_the_last_count_of_a_question_holds(run: Run) -> None:
    run.take(reviewing.count_survey(run.session, run.moment, ANNA, 2, (1, 1, 1, 1, 1)))
    run.take(reviewing.count_survey(run.session, run.moment, ANNA, 2, (0, 0, 4, 5, 6)))
    assert run.session.survey == {2: (0, 0, 4, 5, 6)}
    with pytest.raises(Refused, match="not-possible"):
        added(run, reviewing.count_survey, 6, (1, 2, 3, 4, 5))


def test_a_thank_you_that_was_told_stays_when_a_reviewer_changes_another_point() -> None:
    run = Run().until_shown("a1")
    run.do(moves.note_point, "keep", "asked who needs help", "field-one")
    run.do(moves.note_point, "change", "rang too late", "field-one")
    first, second = (point.id for point in run.session.points)
    at = {"at": run.now, "clock": run.clock}
    run.take((e.ThanksApproved(official="field-one", text="You asked who needs help.", **at),))
    run.take((e.LearningPointWithdrawn(point=second, reviewer="Anna", **at),))
    assert run.session.thanks == {"field-one": "You asked who needs help."}
    run.take((e.LearningPointRevised(point=first, text="asked", reviewer="Anna", **at),))
    assert run.session.thanks == {}
