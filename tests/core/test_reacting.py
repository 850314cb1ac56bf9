"""A storyline that reacts: what follows a choice, what is offered when an action stays out, a minute of rebuttal."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings

from tabletop.core import moves
from tabletop.core.exercise import Inject
from tabletop.core.fold import apply, replay
from tabletop.core.participants import FingersCard, Message, NoPlay, Rebuttal, TimeOut, view
from tabletop.core.reacting import is_missed, leads_to, offered, open_dilemma, to_bring_in
from tabletop.core.refused import Refused
from tabletop.core.session import REBUTTAL_SECONDS
from tabletop.core.timeline import budget, forecast, minutes_needed, rows
from tabletop.core.upcoming import AskFingers, ClearScreen, OnlyByWord, OpenFeedback, ShowInject
from tests.builders import REACTING, START, Run, inject, small_exercise, stop
from tests.core.strategies import Play, Player, runs

LATER = START + timedelta(days=30)
FIRST = ("stay", "go", "fly", None)
SECOND = ("left", "right", None)


def reacting() -> Run:
    return Run(REACTING, hard_end=LATER)


def play_through(first: str | None, second: str | None) -> list[str]:
    """Space to the end, choosing this way out of each dilemma as soon as it is on screen."""
    run, shown = reacting(), list[str]()
    for _ in range(60):
        coming = run.next
        if isinstance(coming, OnlyByWord):
            return shown
        run.wait(1).space()
        if isinstance(coming, ShowInject):
            shown.append(coming.inject.id)
            choice = {"a4": first, "b2": second}.get(coming.inject.id)
            if choice is not None:
                run.do(moves.choose, choice)
        elif isinstance(coming, OpenFeedback):
            shown.append(coming.point.id)
    raise AssertionError("Space never came to the end")


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("stay", None, "a1 a4 b1 f1 a5 b4 a6"),
        ("go", None, "a1 a4 b2 f1 a5 a6"),
        ("go", "left", "a1 a4 b2 f1 b3 a5 a6"),
        ("go", "right", "a1 a4 b2 f1 a5 b4 a6"),
        ("fly", None, "a1 a4 f1 a5 a6"),
        (None, None, "a1 a4 f1 a5 a6"),
    ],
)
def test_only_what_follows_the_choices_is_played_each_in_its_place(
    first: str | None, second: str | None, wanted: str
) -> None:
    assert play_through(first, second) == wanted.split()


def test_every_inject_is_reached_by_some_choices_and_none_is_played_twice() -> None:
    played = [play_through(first, second) for first, second in product(FIRST, SECOND)]
    assert {step for one in played for step in one} == {step.id for step in REACTING.storyline}
    assert all(len(one) == len(set(one)) for one in played)


@settings(max_examples=60, deadline=None)
@given(plays=runs())
def test_whatever_happens_only_what_a_choice_brings_comes_by_itself(plays: list[Play]) -> None:
    run = Run(REACTING)
    player = Player(run)
    for play in plays:
        player.play(play)
        session = run.session
        made = {f"{inject}.{chosen.choice}" for inject, chosen in session.choices.items()}
        for step in session.upcoming_steps:
            assert not (isinstance(step, Inject) and step.only_after) or made & set(step.only_after)
        coming = {step.id for step in session.upcoming_steps}
        waiting = {row.step.id for row in rows(session, run.moment) if row.state == "waiting"}
        missed = {step.id for step in REACTING.injects if step.id not in session.done and is_missed(session, step)}
        assert not coming & waiting
        assert not missed & (coming | waiting)
        planned = {step.id for step in REACTING.feedback_points} - session.done.keys()
        assert planned <= coming, "no stop is ever lost"


def test_a_choice_that_is_changed_while_the_dilemma_is_there_changes_what_follows() -> None:
    run = reacting().until_shown("a4")
    assert run.next == OpenFeedback(REACTING.feedback_points[0])
    assert next_of(run) == "a5"
    for choice, follows in (("stay", "b1"), ("go", "b2"), ("fly", "a5"), ("stay", "b1")):
        run.do(moves.choose, choice)
        assert next_of(run) == follows
    run.do(moves.undo)
    assert next_of(run) == "a5"
    run.do(moves.undo)
    assert next_of(run) == "b2"


def next_of(run: Run) -> str:
    following = run.session.next_inject
    return following.id if following else ""


def test_a_choice_recorded_at_the_stop_after_the_dilemma_still_brings_what_follows() -> None:
    run = reacting().until_stop("writing").do(moves.choose, "stay").until_shown("b1")
    assert [row.step.id for row in rows(run.session, run.moment)][:4] == ["a1", "a4", "f1", "b1"], "where it was shown"
    assert run.session.next_inject == REACTING.inject("a5")


def test_a_choice_recorded_when_its_place_has_passed_offers_what_follows_like_a_reserve() -> None:
    run = reacting().until_shown("a5")
    assert open_dilemma(run.session) == REACTING.inject("a4")
    run.do(moves.choose, "stay")
    assert [one.id for one in to_bring_in(run.session)] == ["b1", "r1", "r2"]
    assert next_of(run) == "b4", "that one's place is still to come"
    assert offered(run.session, run.moment) == ()
    run.wait(241)
    assert [one.id for one in offered(run.session, run.moment)] == ["b1"]
    run.do(moves.show, "b1")
    assert [row.step.id for row in rows(run.session, run.moment)][:5] == ["a1", "a4", "f1", "a5", "b1"]
    assert to_bring_in(run.session)[0].id == "r1"


def test_only_a_dilemma_that_nobody_chose_in_can_be_chosen_in_later() -> None:
    run = reacting().until_shown("a4").do(moves.choose, "fly").until_shown("a5")
    assert open_dilemma(run.session) is None
    with pytest.raises(Refused, match="no-dilemma"):
        run.do(moves.choose, "stay")


def test_a_dilemma_that_is_played_again_may_be_chosen_in_again_and_its_other_way_follows() -> None:
    run = reacting().until_shown("a4").do(moves.choose, "go").until_shown("b2").do(moves.show, "a4")
    assert open_dilemma(run.session) == REACTING.inject("a4")
    run.do(moves.choose, "stay")
    assert next_of(run) == "b1", "what another choice brought is no reason that its place has passed"


def test_a_dilemma_rewound_to_from_the_stop_after_it_is_chosen_in_anew() -> None:
    run = reacting().until_shown("a4").do(moves.choose, "fly").until_stop("writing").do(moves.rewind)
    assert run.session.current == "a4"
    run.do(moves.choose, "go").space()
    assert run.session.current == "b2"


def test_a_stop_put_off_until_after_an_inject_that_does_not_come_any_more_is_due_again() -> None:
    steps = (
        inject("a1", choices=[{"id": "yes", "text": "Yes."}, {"id": "no", "text": "No."}]), stop("f1"),
        inject("b1", only_after=["a1.yes"]), inject("a2"),
    )  # fmt: skip
    run = Run(small_exercise(steps), hard_end=LATER).until_shown("a1").do(moves.choose, "yes").do(moves.postpone)
    assert next_of(run) == "b1"
    assert [step.id for step in run.session.upcoming_steps] == ["b1", "f1", "a2"]
    run.do(moves.choose, "no")
    assert [step.id for step in run.session.upcoming_steps] == ["f1", "a2"]


def test_the_plan_and_the_forecast_count_what_follows_once_it_does() -> None:
    run = reacting().until_shown("a4")
    before = minutes_to_end(run)
    assert budget(run.session, REACTING.injects[1]) == 5 * 60
    for choice, more in (("stay", 3 + 2), ("go", 6), ("fly", 0)):
        run.do(moves.choose, choice)
        assert minutes_to_end(run) == before + more
        assert budget(run.session, REACTING.injects[1]) == 5 * 60
    assert minutes_needed(Run(REACTING).session) == 4 + 5 + 4 + 4 + 4 + 14 + 6 + 2 + 2, (
        "of each dilemma the longest way"
    )


def minutes_to_end(run: Run) -> float:
    found = forecast(run.session, run.moment)
    assert found is not None
    return (found.end - run.now).total_seconds() / 60


def test_ways_that_exclude_each_other_may_share_their_minutes() -> None:
    choices = [{"id": "yes", "text": "Yes."}, {"id": "no", "text": "No."}]
    exercise = small_exercise((
        inject("a1", minute=0, choices=choices), inject("b1", minute=5, only_after=["a1.yes"]),
        inject("b2", minute=5, only_after=["a1.no"]), inject("b3", only_after=["a1.no"], budget=1),
        inject("a2", minute=12),
    ))  # fmt: skip
    run = Run(exercise)
    assert [budget(run.session, one) / 60 for one in exercise.injects] == [5, 7, 6, 1, 30]


def test_only_an_optional_inject_that_comes_is_offered_for_dropping() -> None:
    run = Run(REACTING, hard_end=START + timedelta(minutes=20)).until_shown("a4")
    without = forecast(run.session, run.moment)
    assert without is not None
    assert [one.id for one in without.without] == ["a5"]
    run.do(moves.choose, "stay")
    without = forecast(run.session, run.moment)
    assert without is not None
    assert [one.id for one in without.without] == ["a5", "b4"]


def test_what_may_still_come_waits_in_its_place_until_the_choice_is_made() -> None:
    run = reacting().until_shown("a4")
    shown = [(row.step.id, row.state) for row in rows(run.session, run.moment)]
    assert shown == [
        ("a1", "done"), ("a4", "now"), ("b1", "waiting"), ("b2", "waiting"), ("f1", "due"), ("b3", "waiting"),
        ("a5", "later"), ("b4", "waiting"), ("a6", "later"),
    ]  # fmt: skip
    for choice, waits in (("go", ["b3", "b4"]), ("stay", []), ("fly", [])):
        run.do(moves.choose, choice)
        waiting = [row.step.id for row in rows(run.session, run.moment) if row.state == "waiting"]
        assert waiting == waits, "what follows a choice in b2 comes only where b2 does"


def test_a_choice_says_what_it_leads_to() -> None:
    run = reacting()
    dilemma = REACTING.inject("a4")
    assert dilemma is not None
    found = {choice.id: [one.id for one in leads_to(run.session, dilemma, choice.id)] for choice in dilemma.choices}
    assert found == {"stay": ["b1", "b4"], "go": ["b2", "r2"], "fly": []}


# --- reserves that wait for an action ---

ACTIONS: dict[str, Callable[[Run], Run]] = {
    "decision": lambda run: run.do(moves.decide, "Open the hall."),
    "choice": lambda run: run.do(moves.choose, "fly"),
    "first question": lambda run: run.do(moves.answer_first_question, "not-yet"),
    "objective": lambda run: run.do(moves.reach, "o2"),
    "going well": lambda run: run.do(moves.going_well),
}


def test_a_reserve_is_offered_when_the_budget_of_its_inject_ran_out() -> None:
    run = reacting().until_shown("a4").wait(299)
    assert offered(run.session, run.moment) == ()
    run.wait(1)
    assert [one.id for one in offered(run.session, run.moment)] == ["r1"]
    run.do(moves.buy_time, 2.0)
    assert offered(run.session, run.moment) == (), "while time is bought nothing is offered"
    run.wait(120)
    assert isinstance(run.next, OpenFeedback), "Space means what it meant"
    run.do(moves.show, "r1").wait(1000)
    assert offered(run.session, run.moment) == ()


@pytest.mark.parametrize("action", ACTIONS)
def test_what_was_expected_keeps_the_reserve_away_and_its_undo_brings_it_back(action: str) -> None:
    run = ACTIONS[action](reacting().until_shown("a4").wait(301))
    assert offered(run.session, run.moment) == ()
    run.do(moves.undo)
    assert [one.id for one in offered(run.session, run.moment)] == ["r1"]


def test_what_was_done_before_the_inject_was_shown_does_not_count() -> None:
    run = reacting().until_shown("a1").do(moves.decide, "Go.").do(moves.answer_first_question, "yes")
    run.until_shown("a4").do(moves.note_point, "keep", "On another objective.", "field-one").wait(301)
    assert [one.id for one in offered(run.session, run.moment)] == ["r1"]


def test_a_learning_point_on_the_objective_counts_until_it_is_withdrawn() -> None:
    steps = (inject("a1", budget=4, objectives=["o1"]), inject("r1", reserve=True, offered_with="a1", unless=["o1"]))
    run = Run(small_exercise(steps)).until_shown("a1").do(moves.note_point, "keep", "One.", "field-one").wait(300)
    assert offered(run.session, run.moment) == ()
    run.do(moves.withdraw_point, "lp-1")
    assert [one.id for one in offered(run.session, run.moment)] == ["r1"]


def test_a_reserve_that_waits_for_a_choice_is_offered_once_that_was_made() -> None:
    run = reacting().until_shown("a4").do(moves.choose, "go").wait(301)
    assert [one.id for one in offered(run.session, run.moment)] == ["r2"]


# --- a minute of rebuttal ---


def card(run: Run) -> Rebuttal:
    found = view(run.session).card
    assert isinstance(found, Rebuttal)
    return found


def test_a_rebuttal_runs_on_the_exercise_clock_and_space_goes_on_to_fingers_and_back() -> None:
    run = reacting().until_shown("a6").wait(10).do(moves.rebut, "special-one")
    assert card(run) == Rebuttal("Special One", "head-a6", "sender-a6", "phone", run.now + timedelta(minutes=1), 60.0)
    assert run.session.is_running
    run.wait(20).do(moves.observe, "They speak calmly.")
    assert card(run).until == run.now + timedelta(seconds=40)
    assert run.next == AskFingers()
    run.do(moves.go_on, (), "not-discussed", "question-of-ours")
    assert view(run.session).card == FingersCard("question-of-ours", ())
    run.do(moves.count_fingers, "3345")
    assert run.next == ClearScreen()
    run.space()
    assert isinstance(view(run.session).card, Message)
    (rebuttal,) = run.session.rebuttals
    assert (rebuttal.inject, rebuttal.official, rebuttal.counted) == ("a6", "special-one", (3, 3, 4, 5))


def test_a_rebuttal_to_what_was_for_its_receiver_only_names_nothing_of_it() -> None:
    run = reacting().until_shown("a4").do(moves.choose, "stay").until_shown("b1").do(moves.rebut)
    assert (card(run).who, card(run).headline, card(run).sender) == ("", "", "")


def test_a_pause_a_real_incident_and_a_kill_take_nothing_of_the_minute() -> None:
    run = reacting().until_shown("a6").do(moves.rebut).wait(15)
    run.do(moves.pause).wait(600)
    assert view(run.session).card == TimeOut("time-out")
    run.do(moves.resume).wait(5).do(moves.pause, "real-incident").wait(600)
    assert view(run.session).card == NoPlay("NO PLAY")
    run.do(moves.resume).wait(5).do(moves.observe, "On.").sleep(900)
    run.do(moves.carry_on)
    assert (card(run).until, card(run).left) == (None, REBUTTAL_SECONDS - 25)
    assert run.replayed == run.session
    run.space()
    assert card(run).until == run.now + timedelta(seconds=REBUTTAL_SECONDS - 25)
    run.wait(100).do(moves.observe, "Long over.")
    assert card(run).left == 0.0


def test_an_undo_takes_a_rebuttal_back_and_whatever_is_shown_next_ends_it() -> None:
    run = reacting().until_shown("a6").do(moves.rebut).do(moves.undo)
    assert isinstance(view(run.session).card, Message)
    assert run.session.rebuttals == ()
    run.do(moves.rebut).do(moves.open_unplanned, "", [])
    assert run.session.rebuttal is None
    run.do(moves.count_fingers, "55")
    assert run.session.rebuttals[0].counted == (), "those are of the stop"


def test_a_follower_that_comes_in_the_middle_of_a_rebuttal_sees_the_same_minute() -> None:
    run = reacting().until_shown("a6").do(moves.rebut, "special-one").wait(7.5).do(moves.observe, "One.")
    late = replay(run.beginning, run.events[:-1])
    assert view(apply(late, run.events[-1])) == view(run.session) == view(run.replayed)


def test_a_rebuttal_needs_an_inject_on_screen_and_there_is_one_at_a_time() -> None:
    run = reacting()
    with pytest.raises(Refused, match="no-inject-on-screen"):
        run.do(moves.rebut)
    run.until_shown("a1").do(moves.rebut)
    with pytest.raises(Refused, match="rebuttal-now"):
        run.do(moves.rebut)
    with pytest.raises(Refused, match="unknown-official"):
        reacting().until_shown("a1").do(moves.rebut, "nobody")
