"""The participants see what was released to them and nothing else, whatever the leader does."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.exercise import Exercise, FeedbackPoint, Inject
from tabletop.core.participants import (
    Addressed,
    Answers,
    Bought,
    Check,
    Closing,
    Debriefing,
    Draft,
    FingersCard,
    Jump,
    Message,
    NoPlay,
    Reveal,
    Round,
    Thanks,
    TimeOut,
    Waiting,
    Writing,
    view,
)
from tabletop.core.said import PageLine, Said
from tabletop.core.session import Session
from tabletop.core.text import PAGE_LINES, PAGE_WIDTH, cells, clean_line
from tabletop.core.upcoming import ClearScreen, NextPage
from tests.builders import PEOPLE, REACTING, SMALL, STEPS, Run, inject, small_exercise, stop
from tests.core.strategies import Play, Player, runs

ALWAYS_HIDDEN = (
    "hidden", "title-", "expect-", "ask-", "condition-", "argument-", "choice-", "objective-", "short-o", "practises-",
)  # fmt: skip
"""Beginnings of words that never leave the leader's screen. The players in ``strategies`` type ``hidden`` likewise."""


def words_in(value: Any) -> list[str]:
    """Every text anywhere in a value."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, (tuple, list)):
        return [word for one in value for word in words_in(one)]
    assert value is None or isinstance(value, (bool, int, float)) or hasattr(value, "tzinfo"), type(value)
    return []


def unreleased(session: Session) -> set[str]:
    """The words of the exercise that may not be seen in this state, taken from the state alone."""
    found = set()
    shown = {step for step, done in session.done.items() if done.how == "shown"}
    for step in session.exercise.steps:
        if isinstance(step, FeedbackPoint):
            if session.stop is None or session.stop.id != step.id:
                found |= {word for question in step.questions for word in (question.text, question.hint)}
            continue
        if step.id not in shown:
            found |= {*step.text.split()[:1], step.headline, step.sender, step.time, step.jump, f"changed-{step.id}"}
        elif step.receiver_only:
            found |= {*step.text.split()[:1], step.headline, step.sender, f"changed-{step.id}"}
    if not (session.phase == "debrief" and session.reveal_shown):
        found |= {"reveal-text", "reveal-question", "reveal-source"}
    if session.on_screen is None or session.on_screen.what != "checklist":
        found |= {"checklist-title", "checklist-one", "checklist-two", "because"}
    asked = session.question if session.phase == "debrief" and session.task == "questions" else 0
    for place in (1, 2, 3):
        if place != asked:
            found |= {f"debrief-{place}", f"debrief-hint-{place}"}
    if session.on_screen is None or session.on_screen.what not in ("answers", "draft"):
        found.add("answered")
    if not session.thanks_shown and session.phase != "ended":
        found.add("thanked")
    if session.fingers is None:
        found.add("show-hands")
    return found - {""}


def assert_nothing_leaks(session: Session) -> None:
    words = words_in(view(session))
    kinds = {re.sub(r"-\d+$", "", word) for word in words} | set(words)
    assert not kinds & unreleased(session), kinds & unreleased(session)
    for word in words:
        assert not word.startswith(ALWAYS_HIDDEN), word
    open_texts = {one.text for one in session.improvised}
    for word in words:
        assert not word.startswith("improvised") or word in open_texts, "undone"


@settings(max_examples=150, deadline=None)
@given(plays=runs(most=50), exercise=st.sampled_from((SMALL, REACTING)))
def test_nothing_unreleased_private_or_for_the_leader_alone_is_ever_in_the_view(
    plays: list[Play], exercise: Exercise
) -> None:
    run = Run(exercise)
    player = Player(run)
    assert_nothing_leaks(run.session)
    for play in plays:
        player.play(play)
        assert_nothing_leaks(run.session)


def test_every_text_of_the_exercise_is_a_word_that_the_search_above_would_find() -> None:
    run = Run().until_shown("a1")
    assert {"text-a1", "head-a1", "sender-a1", "time-a1"} <= set(words_in(view(run.session)))
    run.until_stop("fingers")
    assert "question-f1-1" in words_in(view(run.session))
    run.until_stop("writing")
    assert {"question-f2-1", "hint-f2-2"} <= set(words_in(view(run.session)))
    run.do(moves.show_on_screen, "checklist")
    assert {"checklist-title", "checklist-two"} <= set(words_in(view(run.session)))
    run.until_debrief()
    assert {"debrief-1", "debrief-hint-1"} <= set(words_in(view(run.session)))
    run.do(moves.show_reveal)
    assert {"reveal-text", "reveal-question", "reveal-source"} <= set(words_in(view(run.session)))


def test_before_the_first_inject_purpose_and_situation_are_seen() -> None:
    assert view(Run().session).card == Waiting("purpose-open", "situation-open", begun=True)
    assert view(Run().beginning).card == Waiting("purpose-open", "situation-open", begun=False)


def test_for_its_receiver_only_means_channel_and_function_and_nothing_more() -> None:
    card = view(Run().until_shown("a3").session).card
    assert isinstance(card, Message)
    assert (card.channel, card.receivers, card.receiver_only) == ("phone", ("Field One",), True)
    assert (card.sender, card.headline, card.lines, card.pages) == ("", "", (), 1)


def test_what_was_undone_is_off_the_screen() -> None:
    run = Run().until_shown("a1").do(moves.undo)
    assert isinstance(view(run.session).card, Waiting)


def test_a_jump_in_story_time_has_a_card_of_its_own_and_then_come_the_pages() -> None:
    run = Run().until_shown("a2")
    assert view(run.session).card == Jump("jump-a2", "time-a2")
    pages = []
    for _ in range(8):
        run.space()
        card = view(run.session).card
        if not isinstance(card, Message):
            break
        if run.session.current == "a2":
            pages.append((card.page, card.pages))
    assert pages == [(page, len(pages)) for page in range(1, len(pages) + 1)]


def test_a_page_shown_after_time_was_bought_is_seen() -> None:
    run = Run().until_shown("a2").do(moves.buy_time, 2.0, "field-one")
    seen = view(run.session)
    assert isinstance(seen.card, (Message, Jump))
    assert seen.bought == Bought("Field One", run.moment.at + timedelta(minutes=2))
    run.wait(121).space()
    assert isinstance(view(run.session).card, Message)


@pytest.mark.parametrize("begun", [False, True])
def test_bought_time_leaves_what_is_on_the_screen(begun: bool) -> None:
    run = Run().until_shown("a1") if begun else Run()
    before = view(run.session)
    run.do(moves.buy_time, 3.0)
    assert view(run.session)._replace(bought=None) == before
    assert view(run.session).bought == Bought("", run.moment.at + timedelta(minutes=3))
    run.do(moves.pause, "time-out")
    assert view(run.session).bought is None


def test_the_agreed_line_goes_when_it_was_asked_after_and_nothing_new_was_agreed() -> None:
    run = Run().until_shown("a1").wait(240).space(2).do(moves.agree, "Ask first.").space()
    assert view(run.session).agreed == "Ask first."
    run.until_stop("check")
    assert view(run.session).agreed == "Ask first."
    run.space_until(lambda session: session.stop is None)
    assert view(run.session).agreed == ""
    run.until_stop("writing")
    assert [agreement.kept for agreement in run.session.agreements] == ["not-discussed"]


def test_a_break_is_still_a_break_after_a_kill() -> None:
    run = Run().until_shown("a1").do(moves.pause, "break").do(moves.carry_on)
    assert view(run.session).card == TimeOut("break")
    run.do(moves.resume)
    assert isinstance(view(run.session).card, Message)


def test_a_thank_you_names_nobody_when_the_function_changed_hands() -> None:
    well_asked = PageLine("quote", "Well asked.", begins=True, ends=True)
    run = Run().until_debrief().do(moves.approve_thanks, "field-one", "Well asked.").do(moves.show_thanks)
    assert view(run.session).card == Thanks((PageLine("who", "Name of field-one", "Field One"), well_asked))
    run.do(moves.swap, "field-one", "field-two")
    who = PageLine("who", "Field One", begins=True, ends=True)
    assert view(run.session).card == Thanks((who, well_asked))
    run.do(moves.end)
    assert view(run.session).card == Closing((Said("Field One", "Well asked."),))


@pytest.mark.parametrize("how", ["private", "withdrawn", "other words"])
def test_a_thank_you_is_approved_for_a_point_as_it_was(how: str) -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "Well asked.", "field-one").until_debrief()
    run.do(moves.approve_thanks, "field-one", "Well asked.")
    run.do(moves.revise_point, "lp-1", kind="practice")
    assert run.session.thanks
    if how == "withdrawn":
        run.do(moves.withdraw_point, "lp-1")
    else:
        run.do(moves.revise_point, "lp-1", **({"private": True} if how == "private" else {"text": "Other words."}))
    assert not run.session.thanks


def test_who_leaves_in_a_round_gives_the_word_to_the_next() -> None:
    run = Run().until_stop("round")
    first, second, *_, last = run.session.speakers
    run.do(moves.leave_table, first)
    assert run.session.stop is not None
    assert (run.session.stop.speaker, run.session.stop.spoken) == (second, ())
    card = view(run.session).card
    assert isinstance(card, Round)
    assert card.speaker == run.session.label(second)
    run.do(moves.take_turn, last).do(moves.leave_table, last)
    assert run.session.stop.speaker == run.session.speakers[-1]
    for official in run.session.speakers:
        run.do(moves.leave_table, official)
    assert run.session.stop.speaker is None


def test_who_is_swapped_in_a_round_keeps_the_word() -> None:
    run = Run().until_stop("round").do(moves.take_turn, "field-one").do(moves.swap, "field-one", "field-two")
    assert run.session.stop is not None
    assert run.session.stop.speaker == "field-two"


def test_private_answers_are_not_shown_to_the_table() -> None:
    run = Run().until_stop("round").do(moves.answer, "mine", "field-one", 2, private=True)
    run.do(moves.answer, "ours", "office-one", 2).do(moves.show_on_screen, "answers")
    card = view(run.session).card
    assert isinstance(card, Answers)
    assert told(card.lines) == ["? question-f2-2", "Office One", "ours"]


def told(lines: Sequence[PageLine]) -> list[str]:
    return [f"? {line.text}" if line.kind == "question" else line.text for line in lines if line.kind != "gap"]


def paged(run: Run) -> list[Answers | Draft | Thanks | Reveal]:
    """Every page of the card on screen, as Space shows them; nothing but pages before the last one."""
    found = []
    while True:
        card = view(run.session).card
        assert isinstance(card, (Answers, Draft, Thanks, Reveal))
        found.append(card)
        assert card.page == len(found)
        if not isinstance(run.next, NextPage):
            assert [card.pages for card in found] == [len(found)] * len(found)
            return found
        assert run.next == NextPage(None, card.page, card.pages)
        run.space()


def test_answers_are_shown_whole_page_after_page_and_then_space_goes_back() -> None:
    run = Run().until_stop("round")
    said = [f"{who} {place} says {'because of this ' * 6}" for who in PEOPLE for place in (1, 2)]
    for text in said:
        run.do(moves.answer, text, text.split()[0], 2)
    run.do(moves.show_on_screen, "answers")
    cards = paged(run)
    assert len(cards) > 1
    lines = [line for card in cards for line in card.lines]
    whole = " ".join(told([line for line in lines if line.kind == "answer"]))
    assert whole == " ".join(" ".join(text.split()) for who in run.session.speakers for text in said if who in text)
    assert all(told(card.lines)[0] == "? question-f2-2" and card.lines[1].kind == "who" for card in cards)
    assert run.next == ClearScreen()
    run.do(moves.undo)
    assert view(run.session).card == cards[-2]
    run.do(moves.answer, "more " * 60, "field-one", 2).space(2)
    run.do(moves.show_on_screen, "answers")
    assert isinstance(view(run.session).card, Round)


def test_answers_to_other_questions_stand_under_theirs_after_those_of_the_round() -> None:
    run = Run().until_stop("round").do(moves.answer, "mine", "field-one", 1).do(moves.answer, "ours", "office-one", 2)
    run.do(moves.answer, "lost", "office-one", 7).do(moves.show_on_screen, "answers")
    (card,) = paged(run)
    assert told(card.lines) == [
        "? question-f2-2", "Office One", "ours", "? question-f2-1", "Field One", "mine", "Office One", "lost",
    ]  # fmt: skip


texts = st.text(max_size=200).map(clean_line).filter(str.strip)
answers = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from((1, 2)), texts), max_size=12)


@given(answers, st.sampled_from(("", "Short?", "A question of several lines, " * 12)))
def test_every_page_of_answers_fits_and_says_who_and_to_what(given: list[tuple[str, int, str]], asked: str) -> None:
    questions = [{"text": asked or "?"}, {"text": "Other?"}]
    run = Run(small_exercise((inject("a1"), stop("f1", questions=questions)))).until_stop("round")
    for who, question, text in given:
        run.do(moves.answer, text, who, question)
    run.do(moves.show_on_screen, "answers")
    shown = []
    for card in paged(run):
        assert len(card.lines) < PAGE_LINES
        assert all(cells(line.text) <= PAGE_WIDTH for line in card.lines)  # type: ignore[union-attr]
        assert card.lines[0].kind == "question"  # type: ignore[union-attr]
        kinds = [line.kind for line in card.lines]  # type: ignore[union-attr]
        assert not given or next(kind for kind in kinds if kind != "question") == "who"
        assert kinds[-1] == ("answer" if given else "question")
        shown += [line.text for line in card.lines if line.kind == "answer"]  # type: ignore[union-attr]
    kept = [text for place in (1, 2) for who in run.session.speakers for w, q, text in given if (w, q) == (who, place)]
    assert "".join("".join(shown).split()) == "".join("".join(kept).split())


def test_thanks_and_what_really_happened_have_pages_too() -> None:
    run = Run().until_debrief()
    for who in PEOPLE:
        run.do(moves.approve_thanks, who, "You asked what people did already. " * 3)
    run.do(moves.show_thanks)
    cards = paged(run)
    assert len(cards) > 1
    assert " ".join(line for card in cards for line in told(card.lines)).count("You asked") == 3 * len(PEOPLE)
    run.do(moves.show_thanks)
    assert view(run.session).card == cards[0]
    basis = {"text": "It was so. " * 60, "question": "And you?", "sources": ["one", "two"]}
    run = Run(small_exercise(basis=basis)).until_debrief().do(moves.show_reveal)
    cards = paged(run)
    assert len(cards) > 1
    lines = [line for card in cards for line in card.lines if isinstance(line, PageLine)]
    last = [(line.kind, line.text) for line in lines if line.kind not in ("text", "gap")]
    assert last == [("asked", "And you?"), ("from", ""), ("source", "one · two")]
    run.space()
    assert isinstance(view(run.session).card, Debriefing)


def test_a_proposal_is_put_to_the_fingers_as_one() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "Call first.", "field-one")
    run.do(moves.ask_fingers, "Call first.", "lp-1")
    assert view(run.session).card == FingersCard("Call first.", (), about_point=True)
    run.do(moves.count_fingers, "5")
    assert view(run.session).card == FingersCard("Call first.", (0, 0, 0, 0, 0, 1), about_point=True, people=4)
    assert view(Run().until_stop("fingers").session).card == FingersCard("question-f1-1", (), number=1)


def test_the_check_asks_after_the_earlier_agreement_also_when_a_new_one_was_made() -> None:
    run = Run().until_stop("agreement").do(moves.agree, "first").until_shown("a3").space()
    assert isinstance(card := view(run.session).card, Check)
    assert card.agreed == "first"
    run.until_stop("agreement").do(moves.agree, "second")
    for _ in range(4):
        run.do(moves.step_back)
    assert isinstance(card := view(run.session).card, Check)
    assert card.agreed == "first"


def test_the_agreed_line_stays_at_the_foot_until_the_next_agreement() -> None:
    run = Run().until_stop("agreement").do(moves.agree, "Call first.").until_shown("a2")
    assert (view(run.session).agreed, view(run.session).kept) == ("Call first.", None)
    run.until_debrief()
    assert view(run.session).agreed == ""


def test_an_inject_for_a_pool_and_a_function_names_the_pool_with_those_of_it_who_are_there() -> None:
    run = Run(small_exercise((inject("a1", to=["field", "special-one"]),))).space()
    card = view(run.session).card
    assert isinstance(card, Message)
    assert (card.receivers, card.everyone) == ((Addressed("field", ("Field One",)), "Special One"), False)
    run.do(moves.join, "field-two")
    card = view(run.session).card
    assert isinstance(card, Message)
    assert card.receivers[0] == Addressed("field", ("Field One", "F2")), "an arrival gets it too"


def test_a_pause_covers_the_message_and_no_play_covers_everything() -> None:
    run = Run().until_shown("a1").do(moves.pause, "break")
    assert view(run.session).card == TimeOut("break")
    run.do(moves.pause, "real-incident")
    assert view(run.session).card == NoPlay("NO PLAY")
    assert view(run.session).agreed == ""


def test_the_writing_counts_down_to_a_moment_that_waits_for_a_pause() -> None:
    run = Run().until_stop("writing")
    card = view(run.session).card
    assert isinstance(card, Writing)
    assert card.until is not None
    until = card.until
    run.wait(30).do(moves.pause).wait(300).do(moves.resume)
    card = view(run.session).card
    assert isinstance(card, Writing)
    assert card.until is not None
    assert (card.until - until).total_seconds() == 300


def test_fingers_are_a_count_for_each_number_and_never_who_showed_them() -> None:
    run = Run().until_shown("a1").do(moves.ask_fingers, "Enough?").do(moves.count_fingers, "0555")
    assert view(run.session).card == FingersCard("Enough?", (1, 0, 0, 0, 0, 3))


def test_thanks_and_reveal_go_with_the_next_step_of_the_debrief() -> None:
    run = Run().until_debrief().do(moves.approve_thanks, "field-one", "Coffee first.").do(moves.show_thanks)
    card = view(run.session).card
    assert isinstance(card, Thanks)
    assert told(card.lines) == ["Name of field-one", "Coffee first."]
    run.do(moves.show_reveal)
    assert isinstance(view(run.session).card, Reveal)
    run.space()
    assert isinstance(view(run.session).card, Debriefing)


def test_the_view_has_a_card_for_every_kind_of_thing_that_can_be_put_on_the_screen() -> None:
    for what in set(get_args(e.OnScreen)) - {"rebuttal"}:  # that is about an inject, and no part of a stop
        run = Run().until_stop("round").do(moves.show_on_screen, what, "draft")
        before = view(Run().until_stop("round").session).card
        assert view(run.session).card != before


def test_the_small_exercise_has_injects_with_every_hidden_field_filled() -> None:
    hidden = {"expect", "ask", "condition", "headline", "sender", "time", "title"}
    for step in Run().exercise.steps:
        if isinstance(step, Inject):
            assert all(getattr(step, name) for name in hidden)


def test_story_time_never_runs_backwards() -> None:
    steps = tuple({**step, "time": f"10.0{place}"} for place, step in enumerate((STEPS[0], STEPS[3], STEPS[5])))
    exercise = small_exercise(steps)
    first, second, third = (inject.id for inject in exercise.injects)
    run = Run(exercise).do(moves.show, first)
    assert view(run.session).card.time == "10.00"  # type: ignore[union-attr]
    run.do(moves.show, third)
    assert view(run.session).card.time == "10.02"  # type: ignore[union-attr]
    run.do(moves.show, second)
    assert view(run.session).card.time == ""  # type: ignore[union-attr]


def test_fingers_that_are_stepped_back_to_stand_as_they_were_counted() -> None:
    run = Run(SMALL).until_stop("fingers").do(moves.count_fingers, "4432").space()
    assert run.session.stop is not None
    assert run.session.stop.stage == "agreement"
    run.do(moves.step_back)
    card = view(run.session).card
    assert isinstance(card, FingersCard)
    assert card.counts == (0, 0, 1, 1, 2, 0)
