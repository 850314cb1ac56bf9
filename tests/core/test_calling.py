"""The call-out: who is called, when the hour begins and ends, what Space does, and what is logged without blame."""

from datetime import timedelta

import pytest
from hypothesis import given
from pydantic import ValidationError

from tabletop.core import calling, moves, timeline
from tabletop.core import events as e
from tabletop.core import upcoming as u
from tabletop.core.check import inconsistencies
from tabletop.core.exercise import Exercise
from tabletop.core.participants import Closing, NoPlay, TimeOut, Waiting, view
from tabletop.core.refused import Refused
from tabletop.core.upcoming import left_open
from tests.builders import CALL_OUT, SMALL, START, Run
from tests.core.strategies import Play, Player, runs

TWO = ("field-one", "office-one")


def called(outcome: e.CallOutcome = "can") -> Run:
    return Run(CALL_OUT, TWO, card="k2").wait(30).do(moves.call, "field-one", outcome, name="Kim")


# --- who is called


def test_space_calls_whom_it_was_planned_to_call_and_then_asks_whom() -> None:
    run = Run(CALL_OUT, TWO)
    assert run.next == u.Dial("field-one")
    with pytest.raises(Refused, match="call-first"):
        run.space()
    run.do(moves.call, "field-one", "not-reached")
    assert run.next == u.Dial("office-one")
    run.do(moves.call, "office-one", "cannot")
    assert run.next == u.Dial(None)
    assert run.session.participants == ()
    assert run.session.begun is None


def test_the_first_yes_starts_the_hour_and_whoever_said_it_takes_part() -> None:
    run = called()
    at = START + timedelta(seconds=30)
    assert (run.session.begun, run.session.hard_end) == (at, at + timedelta(minutes=70))
    assert [(one.official, one.name) for one in run.session.participants] == [("field-one", "Kim")]
    assert run.session.current == "a1"
    assert calling.seconds_left(run.session, run.moment) == 3600


def test_a_second_yes_does_not_start_it_again() -> None:
    run = called().wait(120)
    assert run.next == u.Dial("office-one"), "it was planned, and nothing is due"
    begun = run.session.begun
    run.do(moves.call, "office-one", "can")
    assert run.session.begun == begun
    assert len(run.session.participants) == 2


def test_what_is_due_goes_before_another_call() -> None:
    assert isinstance(called().wait(11 * 60).next, u.OpenFeedback)


def test_whoever_buys_time_has_the_hour_running() -> None:
    run = Run(CALL_OUT, ("field-one",)).do(moves.call, "field-one", "can", buys=5.0)
    assert run.session.bought is not None
    assert run.session.bought.official == "field-one"
    assert run.next == u.EndBoughtTime()
    assert run.session.begun == START


def test_undoing_the_yes_takes_the_hour_back() -> None:
    run = called().do(moves.undo)
    assert (run.session.begun, run.session.hard_end, run.session.current, run.session.participants) == (
        None, None, None, ())  # fmt: skip
    assert run.next == u.Dial("field-one")
    assert run.replayed == run.session


def test_a_call_that_cannot_be_is_refused() -> None:
    run = called()
    for code, args, more in (
        ("takes-part-already", ("field-one", "can"), {}),
        ("unknown-official", ("nobody", "can"), {}),
        ("whom-to-call", (None, "can"), {}),
        ("does-not-take-part", (None, "can"), {"caller": "office-one"}),
        ("not-possible", ("office-one", "can"), {"buys": 61.0}),
    ):
        with pytest.raises(Refused, match=code):
            run.do(moves.call, *args, **more)
    with pytest.raises(Refused, match="no-call-out"):
        Run(SMALL).do(moves.call, "field-one", "can")
    run.do(moves.pause, "real-incident")
    for caller in (None, "field-one"):
        with pytest.raises(Refused, match="paused-now"):
            run.do(moves.call, "office-one", "can", caller=caller)


# --- what they tell about their own calls


def test_what_was_arranged_by_whom_and_what_is_missing_is_added_to_a_call() -> None:
    run = called().do(moves.call, None, "can", name="Piet", caller="field-one")
    number = run.session.calls[-1].n
    run.do(moves.detail_call, number, result="the church, 19:00").do(moves.detail_call, number, missing="the key")
    call = run.session.calls[-1]
    assert (call.caller, call.name, call.result, call.by, call.missing) == (
        "field-one", "Piet", "the church, 19:00", "", "the key")  # fmt: skip
    assert len(run.session.participants) == 1, "whom they call does not take part"
    with pytest.raises(Refused, match="unknown-call"):
        run.do(moves.detail_call, 1, result="x")
    with pytest.raises(Refused, match="text-needed"):
        run.do(moves.detail_call, number, result="\u202e ")
    assert run.replayed == run.session


def test_the_minutes_that_were_asked_are_those_of_everybody_together() -> None:
    run = called().wait(600).do(moves.call, "office-one", "can").wait(1200).do(moves.observe, "x")
    assert calling.minutes_asked(run.session) == 50
    assert calling.minutes_asked(called("cannot").session) == 0


# --- what is read aloud


def test_the_script_is_filled_in_and_braces_in_it_are_only_braces() -> None:
    run = called()
    script = "{leader}, {card}, {other} {0} {{card}}"
    assert calling.aloud(run.session, script, "Jo {card}") == "Jo {card}, card-text-2, {other} {0} {card-text-2}"
    assert calling.aloud(run.session, "{leader}") == calling.UNNAMED
    assert calling.aloud(Run(CALL_OUT, card="gone").session, "{card}") == calling.UNNAMED


# --- the hour


def test_space_leads_from_the_first_yes_to_the_end() -> None:
    run = Run(CALL_OUT, ("field-one",), card="k1").do(moves.call, "field-one", "can")
    stages = []
    while run.next != u.OnlyByWord("end"):
        run.space().wait(20)
        if run.session.stop is not None:
            stages.append(run.session.stop.stage)
            assert run.session.stop.speaker == "field-one"
    assert stages == ["round", "agreement"], "nobody writes in silence on the telephone"
    assert list(run.session.done) == ["a1", "f1", "a2", "a3"]
    assert run.session.task == "reveal"
    assert not left_open(run.session).reveal, "it is told, and needs no screen"
    run.do(moves.end)
    assert run.session.phase == "ended"


def test_the_hour_is_wall_time_and_runs_on_in_a_pause() -> None:
    run = called().do(moves.pause).wait(59 * 60)
    assert calling.seconds_left(run.session, run.moment) == 60
    run.wait(61).do(moves.resume)
    assert run.next == u.OpenDebrief()


def test_a_stop_is_not_called_due_before_its_minute() -> None:
    run = called()
    states = {row.step.id: row.state for row in timeline.rows(run.session, run.moment)}
    assert states["f1"] == "next"
    run.wait(600)
    states = {row.step.id: row.state for row in timeline.rows(run.session, run.moment)}
    assert states["f1"] == "due"


# --- no screen


def test_the_shared_screen_stays_calm_and_tells_nothing() -> None:
    run = Run(CALL_OUT, TWO, card="k2")
    cards = [view(run.session).card]
    run.do(moves.call, "field-one", "can", name="Kim")
    while run.next != u.OnlyByWord("end"):
        run.wait(20)
        run.do(moves.call, "office-one", "not-reached") if run.next == u.Dial("office-one") else run.space()
        if run.session.stop is not None and not any(isinstance(event, e.FingersAsked) for event in run.events):
            run.do(moves.ask_fingers)
        cards.append(view(run.session).card)
        assert view(run.session).agreed == ""
    assert {type(card) for card in cards} == {Waiting}
    assert all(card.by_phone and not card.situation for card in cards if isinstance(card, Waiting))
    told = str(view(run.session))
    assert not any(word in told for word in ("hidden", "card-text", "script", "text-a", "situation-open", "Kim"))
    with pytest.raises(Refused, match="by-telephone"):
        run.do(moves.show_reveal)
    assert isinstance(view(run.do(moves.pause).session).card, TimeOut)
    assert isinstance(view(run.do(moves.pause, "real-incident").session).card, NoPlay)
    assert isinstance(view(run.do(moves.end).session).card, Closing)


# --- whatever happens


@given(plays=runs(("call", "detail_call", "space", "pause", "resume", "undo", "leave", "carry_on", "open_feedback")))
def test_whatever_happens_replaying_the_log_gives_the_same_and_nothing_is_told(plays: list[Play]) -> None:
    run = Run(CALL_OUT, TWO, card="k1")
    player = Player(run)
    for play in plays:
        player.play(play)
        assert "hidden" not in str(view(run.session))
    assert run.replayed == run.session
    assert (run.session.begun is None) == (not calling.invited(run.session))


# --- the exercise


def changed(**more: object) -> Exercise:
    data = CALL_OUT.model_dump(by_alias=True, exclude_none=True)
    return Exercise.model_validate({key: value for key, value in (data | more).items() if value is not None})


def test_a_call_out_and_its_part_belong_together() -> None:
    assert inconsistencies(CALL_OUT) == ()
    cards = [{"id": "k1", "title": "One", "text": "One."}] * 2
    for code, path, exercise in (
        ("call-out-missing", ("mode",), changed(call_out=None)),
        ("call-out-at-table", ("call_out",), changed(mode="table")),
        ("call-out-minutes", ("minutes",), changed(minutes=75)),
        ("script-without-card", ("call_out", "script"), changed(call_out={"script": "x", "cards": cards[:1]})),
        ("twice", ("call_out", "cards", 1, "id"), changed(call_out={"script": "{card}", "cards": cards})),
    ):
        assert [(fault.code, fault.path) for fault in inconsistencies(exercise)] == [(code, path)]
    with pytest.raises(ValidationError, match="cards"):
        changed(call_out={"script": "{card}", "cards": []})
