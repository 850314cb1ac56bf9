"""Moves within a feedback point, and what is put on the shared screen."""

from collections.abc import Sequence

from tabletop.core import events as e
from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import About, HeldForm, Question
from tabletop.core.moves.asking import (
    Facts,
    fresh,
    has_text,
    in_a_stop,
    in_play,
    is_blank,
    known,
    not_ended,
)
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.core.text import clean_line
from tabletop.core.upcoming import ToStage, after_stage

# --- feedback points -------------------------------------------------------------------------------------------------


def open_feedback(session: Session, moment: Moment, feedback_id: str, form: HeldForm | None = None) -> Facts:
    """Open a feedback point of the storyline; with a form, another one than the author planned."""
    in_play(session)
    point = session.exercise.feedback_point(feedback_id)
    if point is None or feedback_id in session.done:
        raise Refused("no-feedback-due")
    kind = form or point.form
    stage = _first_stage(session, kind)
    return (e.FeedbackOpened(at=moment.at, clock=moment.clock, feedback=point.id, form=kind, stage=stage),)


def open_unplanned(session: Session, moment: Moment, title: str, questions: Sequence[Question]) -> Facts:
    """Stop now, with questions of our own, because the learning point is there now. The log keeps them."""
    in_play(session)
    due = timeline.due_feedback(session, moment)
    if due is not None:
        return open_feedback(session, moment, due.id)
    about: tuple[About, ...] = tuple(question.about for question in questions)
    return (
        e.FeedbackOpened(
            at=moment.at,
            clock=moment.clock,
            feedback=fresh(session, "u"),
            planned=False,
            stage=_first_stage(session, "full"),
            title=title,
            questions=tuple(question.text for question in questions),
            about=about,
        ),
    )


def short_form(session: Session, moment: Moment) -> Facts:
    """The one-minute form: the agreed line only, after what was agreed at the last stop was asked after."""
    if session.stop is not None:
        if session.stop.stage == "agreement":
            raise Refused("already-at-agreement")
        stage: e.FeedbackStage = "check" if session.stop.stage == "check" else "agreement"
        return (step(session, moment, stage, form="agreed-line"),)
    in_play(session)
    due = timeline.due_feedback(session, moment)
    if due is None:
        raise Refused("no-feedback-due")
    return open_feedback(session, moment, due.id, "agreed-line")


def close_feedback(session: Session, moment: Moment) -> Facts:
    stop = in_a_stop(session)
    agreed = any(agreement.feedback == stop for agreement in session.agreements)
    outcome: e.Outcome = "agreed" if agreed else "discussed"
    return (e.FeedbackClosed(at=moment.at, clock=moment.clock, feedback=stop, outcome=outcome),)


def rewind(session: Session, moment: Moment) -> Facts:
    """Close the stop and play the inject just played once more."""
    stop = in_a_stop(session)
    if session.current is None:
        raise Refused("no-inject-on-screen")
    agreed = any(agreement.feedback == stop for agreement in session.agreements)
    outcome: e.Outcome = "agreed" if agreed else "discussed"
    return (
        e.FeedbackClosed(at=moment.at, clock=moment.clock, feedback=stop, outcome=outcome, rewind=True),
        e.InjectShown(at=moment.at, clock=moment.clock, inject=session.current),
    )


def take_turn(session: Session, moment: Moment, official: str, *, heard: bool = False) -> Facts:
    """Give somebody the word in the round; ``heard``: whoever had it until now was."""
    not_ended(session)
    stop = session.stop
    if stop is None or stop.stage != "round":
        raise Refused("not-in-a-round")
    if not session.at_table(official):
        raise Refused("not-at-the-table", official=session.label(official))
    return (e.TurnTaken(at=moment.at, clock=moment.clock, official=official, heard=heard),)


def close_round(session: Session, moment: Moment) -> Facts:
    """Go on to what comes after the round, whoever was not heard."""
    stop = session.stop
    if stop is None or stop.stage != "round":
        raise Refused("not-in-a-round")
    following = after_stage(session, stop)
    assert isinstance(following, ToStage)  # the agreed line comes after every round
    return (step(session, moment, following.stage),)


def answer(
    session: Session, moment: Moment, text: str, official: str | None, question: int, *, private: bool = False
) -> Facts:
    """Save what somebody answered at the stop."""
    stop = in_a_stop(session)
    has_text(text)
    known(session, official)
    return (
        e.Answered(
            at=moment.at,
            clock=moment.clock,
            feedback=stop,
            question=max(question, 1),
            official=official,
            text=text,
            private=private,
        ),
    )


def agree_list(session: Session, moment: Moment, groups: Sequence[str]) -> Facts:
    """The one list of the less self-reliant here that the table agreed."""
    not_ended(session)
    kept = tuple(dict.fromkeys(clean_line(group).strip() for group in groups if not is_blank(group)))
    return (e.ListAgreed(at=moment.at, clock=moment.clock, groups=kept),)


def agree(session: Session, moment: Moment, text: str) -> Facts:
    """The agreed line: what we do differently in the next fifteen minutes."""
    stop = in_a_stop(session)
    has_text(text)
    return (e.Agreed(at=moment.at, clock=moment.clock, feedback=stop, text=text),)


def check_agreement(session: Session, moment: Moment, kept: e.Kept, note: str = "") -> Facts:
    """Did what was agreed at the last stop happen?"""
    not_ended(session)
    earlier = [
        agreement for agreement in session.agreements if not session.stop or agreement.feedback != session.stop.id
    ]
    if not earlier:
        raise Refused("nothing-agreed")
    feedback = earlier[-1].feedback
    return (e.AgreementChecked(at=moment.at, clock=moment.clock, feedback=feedback, kept=kept, note=note),)


def to_stage(session: Session, moment: Moment, stage: e.FeedbackStage, kept: e.Kept, note: str = "") -> Facts:
    checked: Facts = ()
    stop = session.stop
    # Stepped back to, the check keeps its answer unless another one is given: tapping on invents none.
    if stop is not None and stop.stage == "check" and (not stop.checked or kept != "not-discussed"):
        checked = check_agreement(session, moment, kept, note)
    return (*checked, step(session, moment, stage))


def step(session: Session, moment: Moment, stage: e.FeedbackStage, form: HeldForm | None = None) -> e.FeedbackStep:
    return e.FeedbackStep(at=moment.at, clock=moment.clock, feedback=in_a_stop(session), stage=stage, form=form)


def _first_stage(session: Session, form: HeldForm) -> e.FeedbackStage:
    agreement = session.agreement
    if agreement is not None and agreement.kept is None:
        return "check"
    match form:
        case "full":
            return "writing" if session.exercise.call_out is None else "round"
        case "short":
            return "fingers"
        case "agreed-line":
            return "agreement"


# --- the shared screen -----------------------------------------------------------------------------------------------


def ask_fingers(session: Session, moment: Moment, question: str = "", point: str | None = None) -> Facts:
    """Ask the table to show 0 to 5 fingers at once."""
    not_ended(session)
    if point is not None and point not in {known.id for known in session.open_points if not known.private}:
        raise Refused("unknown-point", point=point)
    asked = session.stop.fingers_question if session.stop is not None else None
    question = question or (asked.text if asked is not None else "")
    return (e.FingersAsked(at=moment.at, clock=moment.clock, question=question, point=point),)


def count_fingers(session: Session, moment: Moment, digits: str) -> Facts:
    """Write down the fingers, one digit from 0 to 5 for each person, in any order."""
    not_ended(session)
    digits = digits.replace(" ", "")
    if not digits or any(digit not in "012345" for digit in digits) or len(digits) > 40:
        raise Refused("fingers-are-digits")
    about = session.counting
    fingers = tuple(int(digit) for digit in digits)
    return (
        e.FingersCounted(at=moment.at, clock=moment.clock, fingers=fingers, question=about.question, point=about.point),
    )


def show_on_screen(session: Session, moment: Moment, what: e.OnScreen, text: str = "") -> Facts:
    """Put something beside the storyline on the shared screen; the same again takes it off."""
    not_ended(session)
    if session.on_screen is not None and session.on_screen.what == what:
        return clear_screen(session, moment)
    if what == "rebuttal":
        raise Refused("not-possible")  # it has a move of its own, that knows who speaks
    if what == "answers":
        in_a_stop(session)
    return (e.ScreenShown(at=moment.at, clock=moment.clock, what=what, text=text),)


def turn_page(session: Session, moment: Moment, page: int) -> Facts:
    """Show a further page of what is no inject: a card over the message or in its place, the situation, questions."""
    shown = session.on_screen
    if shown is not None:
        return (e.ScreenShown(at=moment.at, clock=moment.clock, what=shown.what, text=shown.text, page=page),)
    if session.reveal_shown:
        return (e.RevealShown(at=moment.at, clock=moment.clock, page=page),)
    if session.thanks_shown:
        return (e.ThanksShown(at=moment.at, clock=moment.clock, page=page),)
    return (e.PageShown(at=moment.at, clock=moment.clock, page=page),)


def clear_screen(session: Session, moment: Moment) -> Facts:
    """Take off what lies over the message on the shared screen."""
    if session.on_screen is None and session.fingers is None:
        raise Refused("nothing-on-screen")
    return (e.ScreenCleared(at=moment.at, clock=moment.clock),)
