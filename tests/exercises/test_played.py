"""Every exercise that ships can be led from start to end within its minutes, whatever the table chooses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, product
from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import events as e
from tabletop.core import moves, timeline
from tabletop.core import upcoming as u
from tabletop.core.exercise import DEFAULT_BUDGET, Exercise, FeedbackPoint, Inject, Step
from tabletop.files.library import load, shipped_folder
from tabletop.files.log import read
from tests.builders import START, HeldClock, Run, people

AT_TABLE = 6
"""How many key officials every exercise has to have time for."""
MOST_INJECTS, MOST_OFFICIALS = 10, 8
LOOK_EVERY = 4.0
"""Seconds between two looks at the clock: fewer than it takes for a laptop that sleeps."""


@dataclass(frozen=True)
class Way:
    """A way through an exercise: what is chosen in each dilemma, where anything is."""

    exercise: Exercise
    choices: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join((self.exercise.id, *(name.replace(".", "-") for name in self.choices)))

    @property
    def officials(self) -> tuple[str, ...]:
        return tuple(official.id for official in self.exercise.key_officials)[:AT_TABLE]

    @property
    def steps(self) -> tuple[Step, ...]:
        """What this way leads through, in order."""
        return tuple(
            step
            for step in self.exercise.storyline
            if isinstance(step, FeedbackPoint) or not step.only_after or set(step.only_after) & set(self.choices)
        )

    def choice(self, inject: Inject) -> str | None:
        chosen = (name.partition(".") for name in self.choices)
        return next((choice for dilemma, _, choice in chosen if dilemma == inject.id), None)


def is_for_a_table(exercise: Exercise) -> bool:
    """Whether it is played round a table; a call-out is played by telephone."""
    return getattr(exercise, "mode", "") != "call-out"


def ways(exercise: Exercise) -> Iterator[Way]:
    """Every way through an exercise: each choice of each dilemma, and none."""
    dilemmas = [
        ("", *(f"{inject.id}.{choice.id}" for choice in inject.choices))
        for inject in exercise.injects
        if inject.choices
    ]
    for names in product(*dilemmas):
        yield Way(exercise, tuple(name for name in names if name))


EXERCISES = [one for path in sorted(shipped_folder().glob("*.toml")) if is_for_a_table(one := load(path))]
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
every_way = pytest.mark.parametrize("way", [way for one in EXERCISES for way in ways(one)], ids=str)


def needed(step: Step) -> float:
    """Minutes that a step is planned to take, with six at the table."""
    return step.planned_minutes(AT_TABLE) if isinstance(step, FeedbackPoint) else step.budget or DEFAULT_BUDGET


# --- played from start to end


def spend(control: Control, clock: HeldClock, minutes: float) -> None:
    """Let time pass as the screen lets it: with a look at the clock now and then."""
    left = minutes * 60
    while left > 0:
        clock.advance(min(left, LOOK_EVERY))
        control.moment()
        left -= LOOK_EVERY


def play(control: Control, clock: HeldClock, way: Way) -> None:
    """Lead it with Space alone, apart from the choices; everything takes the minutes that were planned for it."""
    spend(control, clock, way.steps[0].minute or 0)
    while not isinstance(following := u.upcoming(control.session, control.moment()), u.OpenDebrief):
        assert not isinstance(following, u.OnlyByWord)
        control.do(moves.go_on)
        if isinstance(following, u.ShowInject):
            choice = way.choice(following.inject)
            if choice is not None:
                control.do(moves.choose, choice, "because")
            spend(control, clock, needed(following.inject))
        elif isinstance(following, u.OpenFeedback):
            spend(control, clock, needed(following.point))


@every_way
def test_it_is_led_from_start_to_end_whatever_is_chosen(way: Way, tmp_path: Path) -> None:
    exercise, clock = way.exercise, HeldClock()
    reserved = START + timedelta(minutes=exercise.minutes - exercise.debrief.minutes)
    control = Control.start(
        *(tmp_path / "log.toml", exercise, people(*way.officials), clock),
        run_id="run-1",
        hard_end=START + timedelta(minutes=exercise.minutes),
    )
    play(control, clock, way)
    assert control.moment().at <= reserved, "the debrief keeps its time"
    gone_through = list(control.session.done)
    assert gone_through == [step.id for step in way.steps]
    assert {held.id for held in control.session.held} == {point.id for point in exercise.feedback_points}
    control.do(moves.go_on)
    while not isinstance(following := u.upcoming(control.session, control.moment()), u.OnlyByWord):
        control.do(moves.go_on)
    assert following.word == "end"
    control.do(moves.end)
    control.close()
    contents = read(tmp_path / "log.toml")
    assert list(contents.events) == list(control.session.events)
    chosen = [f"{event.inject}.{event.choice}" for event in contents.events if isinstance(event, e.Chosen)]
    assert chosen == list(way.choices)
    assert isinstance(contents.events[-1], e.SessionEnded)


# --- planned


@every_way
def test_every_way_fits_the_planned_minutes_with_six_officials(way: Way) -> None:
    exercise = way.exercise
    starts = [step.minute for step in way.steps]
    assert starts[0], "somebody has to say welcome first"
    for step, (start, end) in zip(
        way.steps, pairwise((*starts, exercise.minutes - exercise.debrief.minutes)), strict=True
    ):
        assert start is not None
        assert end is not None
        assert start + needed(step) <= end, step.id


@every_exercise
def test_the_leader_is_told_that_it_fits_with_six_officials(exercise: Exercise) -> None:
    six = tuple(official.id for official in exercise.key_officials[:AT_TABLE])
    assert timeline.minutes_needed(Run(exercise, six).session) <= exercise.minutes


# --- worth leading


@every_exercise
def test_it_is_small_and_stops_in_time(exercise: Exercise) -> None:
    assert len(exercise.injects) <= MOST_INJECTS
    assert len(exercise.key_officials) <= MOST_OFFICIALS
    assert any((point.minute or 0) >= exercise.minutes / 2 for point in exercise.feedback_points)


@every_exercise
def test_everybody_is_asked_something_in_either_half(exercise: Exercise) -> None:
    """Whatever is chosen."""
    always = [inject for inject in exercise.injects if not inject.only_after]
    half = exercise.minutes / 2
    for now in (
        [inject for inject in always if (inject.minute or 0) < half],
        [inject for inject in always if (inject.minute or 0) >= half],
    ):
        asked = {official.id for inject in now for official in exercise.receivers(inject.to)}
        assert {official.id for official in exercise.key_officials} <= asked


@every_exercise
def test_every_objective_is_practised_whatever_is_chosen(exercise: Exercise) -> None:
    always = [inject for inject in exercise.injects if not inject.only_after]
    assert {name for inject in always for name in inject.objectives} == {one.id for one in exercise.objectives}


@every_exercise
def test_it_asks_the_first_question_who_is_less_self_reliant_and_after_the_effect(exercise: Exercise) -> None:
    asked = {question.about for point in exercise.feedback_points for question in point.questions}
    assert {"first-question", "less-self-reliant", "effect"} <= asked
    assert "effect" in [question.about for question in exercise.debrief.questions]


@every_exercise
def test_a_dilemma_has_ways_that_can_each_be_defended(exercise: Exercise) -> None:
    for inject in exercise.injects:
        assert all(choice.argument for choice in inject.choices), inject.id
        assert len({choice.text for choice in inject.choices}) == len(inject.choices) != 1


@every_exercise
def test_what_comes_only_sometimes_says_when(exercise: Exercise) -> None:
    for inject in (*exercise.injects, *exercise.reserves):
        if inject.reserve or inject.only_after:
            assert inject.condition, inject.id
        if inject.reserve:
            assert inject.offered_with, inject.id
            assert inject.unless, inject.id
