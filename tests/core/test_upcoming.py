"""What Space does: always the next right thing, from the beginning until only a typed word ends it."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core import moves
from tabletop.core.exercise import Exercise, FeedbackPoint
from tabletop.core.upcoming import (
    ClearScreen,
    CloseFeedback,
    EndBoughtTime,
    LeftOpen,
    NextPage,
    NextSpeaker,
    OnlyByWord,
    OpenDebrief,
    OpenFeedback,
    Resume,
    ShowInject,
    ShowReveal,
    ShowThanks,
    ToStage,
    left_open,
)
from tabletop.files.library import load
from tests.builders import PEOPLE, REACTING, SMALL, START, Run, inject, small_exercise, stop
from tests.core.strategies import Play, Player, runs

SHIPPED = [
    path for path in sorted((Path(__file__).parents[2] / "exercises").glob("*.toml")) if load(path).call_out is None
]
LATER = START + timedelta(days=30)
"""A hard end so far off that no pause makes the debrief due."""

EXERCISES: tuple[Exercise, ...] = (
    small_exercise(),
    small_exercise(({"text": "Only this."},), debrief={}, checklist={}, basis={}),
    small_exercise((stop("f1"), stop("f2", due="minute", minute=3), inject("a1"), stop("f3"), stop("f4"))),
    small_exercise((inject("a1"), stop("f1", due="minute", minute=50), stop("f2", due="minute", minute=51))),
    small_exercise((inject("a1"), stop("f1", due="minute", minute=50), stop("f2"), inject("a2"))),
)


def play_to_the_end(run: Run, seconds: float = 60.0) -> list[str]:
    """Press Space until only a typed word ends the run; every press must change something."""
    seen = []
    for _ in range(200):
        coming = run.next
        if coming == OnlyByWord("end"):
            return seen
        assert not isinstance(coming, OnlyByWord), coming
        before = run.session
        run.wait(seconds).space()
        assert run.session != before
        if isinstance(coming, ShowInject):
            seen.append(coming.inject.id)
        elif isinstance(coming, OpenFeedback):
            seen.append(coming.point.id)
    raise AssertionError("Space never came to the end")


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("officials", [(), PEOPLE])
def test_space_alone_leads_from_the_start_to_the_end(exercise: Exercise, officials: tuple[str, ...]) -> None:
    run = Run(exercise, officials, hard_end=LATER)
    assert sorted(play_to_the_end(run)) == sorted(step.id for step in exercise.storyline)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_space_alone_leads_through_every_exercise_that_ships(path: Path) -> None:
    exercise = load(path)
    run = Run(exercise, tuple(official.id for official in exercise.key_officials), hard_end=LATER)
    chosen = [step.id for step in exercise.storyline if not getattr(step, "only_after", ())]
    assert play_to_the_end(run) == chosen


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_an_exercise_that_ships_fits_in_its_minutes_when_led_as_planned(path: Path) -> None:
    exercise = load(path)
    run = Run(exercise, tuple(official.id for official in exercise.key_officials[:6]))
    while run.session.phase in ("running", "feedback"):
        run.space()
        run.wait(20)
    assert run.session.phase == "debrief"


@settings(max_examples=50, deadline=None)
@given(plays=runs(), exercise=st.sampled_from((SMALL, REACTING)))
def test_wherever_the_leader_strays_space_leads_on_or_a_word_does(plays: list[Play], exercise: Exercise) -> None:
    run = Run(exercise)
    player = Player(run)
    for play in plays:
        player.play(play)
    if run.session.phase == "ended":
        assert run.next == OnlyByWord("")
        return
    if run.next == OnlyByWord("resume"):
        run.do(moves.resume)
    play_to_the_end(run, seconds=1.0)


# --- nothing that is no play moves an inject ---

BREAKS = st.sampled_from(("time-out", "break", "real-incident", "sleep", "left", "killed"))


@settings(max_examples=60, deadline=None)
@given(
    steps=st.permutations([inject("a1"), inject("a2"), inject("a3"), inject("a4"), stop("f1"),
                           stop("f2", due="minute", minute=5), stop("f3", due="minute", minute=12, minutes=4.0)]),
    waits=st.lists(st.sampled_from((0.0, 10.0, 200.0, 400.0)), min_size=60, max_size=60),
    breaks=st.dictionaries(st.integers(0, 40), st.tuples(BREAKS, st.integers(1, 5000)), min_size=1, max_size=6),
)  # fmt: skip
def test_no_pause_sleep_or_stop_of_the_program_moves_an_inject_or_makes_a_stop_due(
    steps: list[dict[str, object]], waits: list[float], breaks: dict[int, tuple[str, int]]
) -> None:
    def played(breaks: dict[int, tuple[str, int]]) -> list[tuple[float, object]]:
        run = Run(small_exercise(tuple(steps)), hard_end=LATER)
        found: list[tuple[float, object]] = []
        for turn, wait in enumerate(waits):
            if turn in breaks:
                stand_still(run, *breaks[turn])
            run.wait(wait)
            coming = run.next
            if isinstance(coming, OnlyByWord):
                break
            found.append((run.clock, coming))
            run.space()
        return found

    assert played(breaks) == played({})


def stand_still(run: Run, how: str, seconds: int) -> None:
    match how:
        case "sleep":
            run.sleep(seconds).take(moves.stopped_clock(run.moment, float(seconds)))
        case "left":
            run.do(moves.leave).wait(seconds).do(moves.carry_on).wait(seconds).space()
        case "killed":
            run.sleep(seconds).do(moves.carry_on).wait(seconds).space()
        case "real-incident":
            run.do(moves.pause, "real-incident").wait(seconds).do(moves.resume)
        case _:
            run.do(moves.pause, "break" if how == "break" else "time-out").wait(seconds)
            assert isinstance(run.next, Resume)
            run.space()


@settings(max_examples=40, deadline=None)
@given(
    waits=st.lists(st.sampled_from((0.0, 10.0, 200.0)), min_size=50, max_size=50),
    buys=st.dictionaries(st.integers(0, 30), st.integers(2, 5), min_size=1, max_size=4),
)
def test_time_that_is_bought_moves_no_inject(waits: list[float], buys: dict[int, int]) -> None:
    """It is play: the exercise clock runs on. What comes at the same exercise time is the same as without it."""

    def played(buys: dict[int, int]) -> list[tuple[float, object]]:
        run = Run(hard_end=LATER)
        found: list[tuple[float, object]] = []
        for turn, wait in enumerate(waits):
            buying = turn in buys and run.session.phase == "running"
            if buying:
                run.do(moves.buy_time, buys[turn], "field-one")
            run.wait(wait)
            if buying and isinstance(run.next, EndBoughtTime):
                run.space()
            coming = run.next
            if isinstance(coming, OnlyByWord):
                break
            found.append((run.clock, coming))
            run.space()
        return found

    assert played(buys) == played({})


# --- what is due ---


def test_space_does_not_go_past_a_stop_that_is_due() -> None:
    run = Run().until_shown("a1")
    assert run.next == OpenFeedback(run.exercise.feedback_points[0])


def test_a_stop_at_a_minute_is_due_in_exercise_time_plus_the_planned_stops_passed() -> None:
    steps = (inject("a1"), stop("f1", minutes=4), inject("a2"), stop("f2", due="minute", minute=10), inject("a3"))
    run = Run(small_exercise(steps), hard_end=LATER).until_shown("a1").space(1).wait(3000).until_held()
    assert run.session.held
    assert run.clock == 0.0
    run.until_shown("a2").wait(359)
    assert isinstance(run.next, ShowInject)
    run.wait(1)
    assert run.next == OpenFeedback(run.exercise.feedback_points[1])


def test_a_stop_whose_minute_has_not_come_hides_no_stop_behind_it() -> None:
    run = Run(EXERCISES[4], hard_end=LATER).until_shown("a1")
    assert run.next == OpenFeedback(run.exercise.feedback_points[1])


def test_a_stop_whose_minute_never_comes_is_held_before_the_debrief() -> None:
    run = Run(EXERCISES[3], hard_end=LATER).until_shown("a1")
    assert run.next == OpenFeedback(run.exercise.feedback_points[0])
    run.do(moves.skip, "No time.")
    assert run.next == OpenFeedback(run.exercise.feedback_points[1])


@pytest.mark.parametrize("where", [1, 3, 4])
def test_a_postponed_stop_comes_right_after_the_next_inject(where: int) -> None:
    due = stop("f1", due="minute", minute=1) if where > 1 else stop("f1")
    injects = [inject(f"a{number}") for number in range(1, 6)]
    run = Run(small_exercise((*injects[:where], due, *injects[where:])), hard_end=LATER).until_shown("a1").wait(90)
    assert isinstance(run.next, OpenFeedback)
    run.do(moves.postpone).until_shown("a2")
    assert isinstance(run.next, OpenFeedback)
    run.do(moves.postpone).until_shown("a3")
    assert isinstance(run.next, OpenFeedback)


def test_two_postponed_stops_keep_their_order() -> None:
    run = Run(small_exercise((inject("a1"), stop("f1"), stop("f2"), inject("a2"), inject("a3"))), hard_end=LATER)
    run.until_shown("a1").do(moves.postpone).do(moves.postpone)
    assert [step.id for step in run.session.upcoming_steps] == ["a2", "f1", "f2", "a3"]
    run.until_shown("a2")
    assert [step.id for step in run.session.upcoming_steps] == ["f1", "f2", "a3"]


def test_the_hard_end_leads_to_the_debrief_whatever_is_left_unless_the_leader_goes_on() -> None:
    run = Run(hard_end=START + timedelta(minutes=24)).until_shown("a1").wait(600)
    assert isinstance(run.next, OpenDebrief)
    run.do(moves.postpone)
    assert isinstance(run.next, OpenFeedback)


# --- what lies in between ---


def test_a_long_text_is_paged_before_what_comes_next() -> None:
    run = Run().until_shown("a2")
    assert isinstance(run.next, NextPage)
    assert run.next.pages > 2
    run.do(moves.skip, "Later.")
    assert isinstance(run.next, NextPage)


def test_space_stops_time_that_was_bought_and_offers_no_inject_until_then() -> None:
    run = Run().until_shown("a1").until_shown("a2").do(moves.buy_time, 3.0, "field-one").wait(179)
    assert isinstance(run.next, EndBoughtTime)
    run.wait(2)
    assert isinstance(run.next, NextPage)


def test_what_lies_over_the_message_goes_first() -> None:
    run = Run().until_shown("a1").do(moves.show_on_screen, "checklist")
    assert isinstance(run.next, ClearScreen)
    run.space().do(moves.ask_fingers)
    assert isinstance(run.next, ClearScreen)


def test_a_full_stop_is_writing_then_a_round_then_the_list_then_the_agreement() -> None:
    run = Run().until_stop("writing")
    stages = []
    while isinstance(run.next, (ToStage, NextSpeaker)):
        stages += [run.next.stage] if isinstance(run.next, ToStage) else []
        run.space()
    assert stages == ["round", "list", "agreement"]
    run.do(moves.agree, "Call first.")
    assert run.next == CloseFeedback("agreed")


def test_space_gives_the_word_to_everybody_before_it_closes_the_round() -> None:
    run = Run().until_stop("round")
    first, *others = run.session.speakers
    heard = []
    while isinstance(run.next, NextSpeaker):
        heard.append(run.next.official)
        run.space()
    assert heard == others
    assert run.session.stop is not None
    assert run.session.stop.spoken == (first, *others[:-1])
    assert run.next == ToStage("list")


def test_whom_the_arrows_pass_by_is_not_heard_and_comes_last_and_who_answered_is() -> None:
    run = Run().until_stop("round")
    first, second, third, fourth = run.session.speakers
    run.do(moves.take_turn, second).do(moves.take_turn, third).do(moves.answer, "so", second, 2)
    assert run.session.unheard == (fourth, first)
    run.space()
    assert run.session.stop is not None
    assert (run.session.stop.speaker, run.session.stop.spoken) == (fourth, (second, third))
    assert run.next == NextSpeaker(first)
    run.space()
    assert run.session.stop.speaker == first
    assert run.next == ToStage("list")


def test_a_point_about_somebody_else_does_not_make_them_heard() -> None:
    run = Run().until_stop("round")
    first, second, *_ = run.session.speakers
    run.do(moves.note_point, "keep", "Asked.", second)
    assert run.next == NextSpeaker(second)
    run.do(moves.note_point, "keep", "Called.", first)
    assert run.session.stop is not None
    assert run.session.stop.spoken == (first,)


def test_a_round_is_closed_early_and_the_stop_goes_on_as_it_would() -> None:
    run = Run().until_stop("round").do(moves.skip)
    assert run.session.stop is not None
    assert (run.session.stop.stage, run.session.stop.form) == ("list", "full")
    run.do(moves.step_back)
    assert isinstance(run.next, NextSpeaker)


def test_a_short_stop_is_fingers_then_the_agreement_with_one_space_between_them() -> None:
    run = Run().until_stop("fingers").do(moves.count_fingers, "3345")
    assert run.next == ToStage("agreement")
    run.space()
    assert run.next == CloseFeedback("discussed")


def test_every_planned_stop_is_held_once() -> None:
    run = Run(hard_end=LATER).until_debrief()
    points = [step.id for step in run.exercise.storyline if isinstance(step, FeedbackPoint)]
    assert [held.id for held in run.session.held] == points


def test_the_reveal_is_left_open_until_it_was_shown_and_so_is_whatever_else_the_debrief_has_not_done() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "", None)
    run.do(moves.note_point, "keep", "Shorter.", None).do(moves.revise_point, "lp-2", kind="proposal")
    run.until_debrief()
    assert left_open(run.session) == LeftOpen(marks=1, proposals=1, thanks=len(PEOPLE), reveal=True)
    run.do(moves.ask_fingers, "Shorter.", "lp-2").do(moves.count_fingers, "3321")
    run.do(moves.revise_point, "lp-1", text="Coffee.").do(moves.approve_thanks, "field-one", "Coffee.")
    run.space_until(lambda session: session.task == "reveal")
    assert run.next == ShowReveal()
    run.space()
    assert run.next == OnlyByWord("end")
    assert left_open(run.session) == LeftOpen(thanks=len(PEOPLE) - 1)
    run.do(moves.step_back)
    assert not left_open(run.session).reveal
    assert run.next == ShowThanks()
