"""On, back and undone: the moves that work wherever the run is."""

from collections.abc import Sequence

from tabletop.core import events as e
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.exercise import DebriefQuestion
from tabletop.core.moves.asking import (
    Facts,
    not_ended,
)
from tabletop.core.moves.debriefing import back_in_debrief, open_debrief, show_reveal, show_thanks
from tabletop.core.moves.stopping import (
    ask_fingers,
    clear_screen,
    close_feedback,
    open_feedback,
    step,
    take_turn,
    to_stage,
    turn_page,
)
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.core.upcoming import stages, upcoming


def go_on(
    session: Session,
    moment: Moment,
    debrief_questions: Sequence[DebriefQuestion] = (),
    kept: e.Kept = "not-discussed",
    rebuttal_question: str = "",
    note: str = "",
) -> Facts:
    """Do the next right thing. Where an agreement is checked, ``kept`` is the answer and ``note`` what was said of it.

    ``debrief_questions`` are the questions of the hot debrief, and ``rebuttal_question`` is what the fingers after a
    rebuttal are about, in the language of the exercise.
    """
    match upcoming(session, moment):
        case u.ShowInject(inject):
            return (e.InjectShown(at=moment.at, clock=moment.clock, inject=inject.id),)
        case u.NextPage(None, page):
            return turn_page(session, moment, page)
        case u.NextPage(inject, page):
            assert inject is not None
            return (e.PageShown(at=moment.at, clock=moment.clock, inject=inject.id, page=page),)
        case u.OpenFeedback(point):
            return open_feedback(session, moment, point.id)
        case u.NextSpeaker(official):
            return take_turn(session, moment, official, heard=True)
        case u.ToStage(stage):
            return to_stage(session, moment, stage, kept, note)
        case u.CloseFeedback():
            return close_feedback(session, moment)
        case u.EndBoughtTime():
            return (e.TimeBoughtEnded(at=moment.at, clock=moment.clock),)
        case u.AskFingers():
            return ask_fingers(session, moment, rebuttal_question)
        case u.Dial():
            raise Refused("call-first")
        case u.ClearScreen():
            return clear_screen(session, moment)
        case u.Resume():
            return (e.Resumed(at=moment.at, clock=moment.clock),)
        case u.OpenDebrief():
            return open_debrief(session, moment, debrief_questions)
        case u.ToTask(task, question):
            return (e.DebriefStep(at=moment.at, clock=moment.clock, task=task, question=question),)
        case u.ShowThanks():
            return show_thanks(session, moment)
        case u.ShowReveal():
            return show_reveal(session, moment)
        case u.OnlyByWord(word):
            raise Refused("only-by-word", word=word)


def step_back(session: Session, moment: Moment) -> Facts:
    """One move back, within a stop or the debrief. What was saved stays."""
    if session.phase == "debrief":
        return back_in_debrief(session, moment)
    stop = session.stop
    if stop is None:
        raise Refused("nothing-to-step-back-in")
    order = stages(session, stop)
    place = order.index(stop.stage) if stop.stage in order else 0
    if stop.stage == "agreement" and stop.left is not None and stop.form == "agreed-line":
        form, stage = stop.left
        return (step(session, moment, stage, form=form),)
    if place == 0:
        raise Refused("at-the-first-step")
    return (step(session, moment, order[place - 1]),)


# --- undo ------------------------------------------------------------------------------------------------------------


def undoable(session: Session) -> e.Event | None:
    """The event that an undo would take back: the newest that can be and was not."""
    over = 0
    for place in range(len(session.events) - 1, -1, -1):
        event = session.events[place]
        if isinstance(event, (e.Resumed, e.SessionContinued)):
            over += 1
        if event.lasting or event.n in session.undone or isinstance(event, e.TurnTaken):
            continue  # who has the word is what the arrows say, and nothing that anybody takes back
        if isinstance(event, e.Paused) and (over or event.kind == "real-incident"):
            continue  # a pause that is over, and a real incident: only the word goes on after that
        return event
    return None


def undo(session: Session, moment: Moment) -> Facts:
    """Take back one event, the newest first. Time that passed stays passed."""
    not_ended(session)
    event = undoable(session)
    if event is None:
        raise Refused("nothing-to-undo")
    return (e.Undone(at=moment.at, clock=moment.clock, event=event.n),)
