"""Words for what the core calls by a code: steps, channels, pools, events."""

from collections.abc import Mapping
from typing import assert_never

from tabletop.core import events as e
from tabletop.core.exercise import FeedbackPoint, Inject, Step
from tabletop.core.notes import Note, rivals
from tabletop.core.session import Call, Session
from tabletop.core.text import cut
from tabletop.locale import Words, mark
from tabletop.locale.codes import FIRST, GLYPHS, KEPT, TURNS

STAGES: Mapping[e.FeedbackStage, str] = {
    "check": mark("did it happen?"),
    "writing": mark("silent writing"),
    "round": mark("round"),
    "list": mark("one list"),
    "fingers": mark("fingers"),
    "agreement": mark("agreed line"),
}
CALLS: Mapping[e.CallOutcome, str] = {
    "can": mark("can now"),
    "cannot": mark("cannot now"),
    "not-reached": mark("no answer"),
}
TASKS: Mapping[e.DebriefTask, str] = {
    "questions": mark("questions"),
    "marks": mark("write marks out"),
    "kinds": mark("choose the kind"),
    "used": mark("really used"),
    "proposals": mark("proposal, fingers (0-5)"),
    "thanks": mark("thank you"),
    "reveal": mark("what really happened"),
}
ON_SCREEN: Mapping[e.OnScreen, str] = {
    "answers": mark("answers"),
    "list": mark("one list"),
    "draft": mark("draft message to residents"),
    "checklist": mark("checklist"),
    "rebuttal": mark("rebuttal"),
}


def step_name(step: Step, words: Words) -> str:
    if isinstance(step, FeedbackPoint):
        return f"◆ {step.title or words.t('feedback point')}"
    return f"{step.id.upper()} {step.name}"


def turn_name(turn: e.Turn, words: Words) -> str:
    return words.t(TURNS[turn])


def event_name(event: e.Event, session: Session, words: Words) -> str:
    """An event in a few words, as undo names it and as the list of what was saved shows it."""
    match event:
        case e.InjectShown():
            return words.t("{inject} shown", inject=event.inject.upper())
        case e.PageShown():
            page = event.page + 1
            if event.inject is None:
                return words.t("page {page}", page=page)
            return words.t("page {page} of {inject}", page=page, inject=event.inject.upper())
        case e.InjectSkipped():
            return words.t("{inject} skipped", inject=event.inject.upper())
        case e.InjectImprovised():
            return words.t("own inject: {text}", text=cut(event.text.replace("\n", " "), 30))
        case e.InjectChanged():
            return words.t("{inject} changed", inject=event.inject.upper())
        case e.Chosen():
            inject = session.find_inject(event.inject)
            choice = next((c.text for c in inject.choices if c.id == event.choice), event.choice) if inject else ""
            return words.t("choice: {text}", text=choice)
        case e.LearningPointNoted():
            text = event.text or words.t("to be written out")
            return f"{GLYPHS[event.turn]} {session.label(event.official)} {text if not event.private else '*'}".strip()
        case e.Observed():
            return "*" if event.private else f"· {_contact(event, session)}{event.text}"
        case e.Answered():
            return f"· {session.label(event.official)} {'*' if event.private else event.text}"
        case e.DecisionMade():
            return f"! {event.text}"
        case e.Agreed():
            return words.t("agreed: {text}", text=event.text)
        case e.FirstQuestionAnswered():
            return words.t("first question: {answer}", answer=words.t(FIRST[event.answer]))
        case e.FeedbackOpened():
            return words.t("feedback point opened")
        case e.FeedbackStep():
            return words.t("feedback point: {stage}", stage=words.t(STAGES[event.stage]))
        case e.FeedbackClosed():
            return words.t("feedback point closed")
        case e.FeedbackPostponed():
            return words.t("feedback point put off")
        case e.FeedbackSkipped():
            return words.t("feedback point skipped")
        case e.Paused():
            return words.t("pause")
        case e.TimeBought():
            return words.t("time bought: {minutes} min", minutes=words.number(event.minutes))
        case e.LearningSeen():
            return words.t("learning point seen")
        case e.GoingWell():
            return words.t("going well")
        case e.ObjectiveReached():
            return words.t("{objective} reached", objective=event.objective.upper())
        case e.FingersCounted():
            return words.t("fingers: {counts}", counts=" ".join(str(n) for n in sorted(event.fingers)))
        case e.ParticipantJoined():
            return words.t("{official} at the table", official=session.label(event.official))
        case e.ParticipantLeft():
            return words.t("{official} left", official=session.label(event.official))
        case e.ParticipantsSwapped():
            return words.t(
                "{official} and {other} swapped",
                official=session.label(event.official),
                other=session.label(event.other),
            )
        case e.LearningPointRevised():
            return words.t("learning point revised")
        case e.LearningPointWithdrawn():
            return words.t("learning point withdrawn")
        case e.KeptPrivate():
            return words.t("kept for myself: {official}", official=session.label(event.official))
        case e.AgreementChecked():
            return words.t("did it happen? {answer}", answer=words.t(KEPT[event.kept]))
        case e.DebriefAnswered():
            return f"· {'*' if event.private else event.text}"
        case e.ListAgreed():
            return words.t("list: {groups}", groups=words.listing(event.groups))
        case e.InstrumentUsed():
            return words.t("used: {instrument}", instrument=event.instrument)
        case e.ThanksApproved():
            return words.t("thank-you: {official}", official=session.label(event.official))
        case e.DebriefOpened():
            return words.t("debrief opened")
        case e.HardEndMoved():
            return words.t("hard end {time}", time=words.time(event.hard_end))
        case e.ActionAgreed():
            return words.t("action: {text}", text=event.text)
        case e.DecisionDetailed():
            return words.t("decision detailed")
        case e.TurnTaken():
            return words.t("{official} has the floor", official=session.label(event.official))
        case e.ScreenShown(what="rebuttal"):
            who = session.label(event.official) or words.t("the table")
            return words.t("rebuttal: {official}", official=who)
        case e.ScreenShown():
            return words.t("on the participants' screen: {what}", what=words.t(ON_SCREEN[event.what]))
        case e.ScreenCleared():
            return words.t("participants' screen: back to the message")
        case e.FingersAsked():
            return words.t("asked for fingers")
        case e.TimeBoughtEnded():
            return words.t("bought time stopped")
        case e.DebriefPostponed():
            return words.t("debrief put off")
        case e.DebriefStep():
            return _debrief_place(event, words)
        case e.ThanksShown():
            return words.t("thank-yous shown")
        case e.RevealShown():
            return words.t("what really happened: shown")
        case e.CallLogged():
            return _call(event, session, words)
        case e.Reviewed():
            return words.t("comment: {text}", text=event.text)
        case e.LearningPointMerged():
            return words.t("learning point goes on in another")
        case e.TimeCorrected():
            return words.t("time corrected")
        case e.SurveyCounted():
            return words.t("survey, question {n}", n=event.question)
        case e.SessionStarted() | e.SessionLeft() | e.SessionContinued() | e.SessionEnded():
            return ""  # these cannot be undone or chosen, and need no name; nor do the next three
        case e.Resumed() | e.ClockStopped() | e.Undone():
            return ""
        case _:
            assert_never(event)


def called(call: Call | e.CallLogged, session: Session, words: Words) -> str:
    """Who was called, and by whom where that was not the leader."""
    who = " ".join(part for part in (session.label(call.official), call.name) if part) or words.t("somebody")
    return f"{session.label(call.caller)} → {who}" if call.caller is not None else who


def _call(event: e.CallLogged, session: Session, words: Words) -> str:
    if event.about is not None:
        if event.result:
            return words.t("arranged: {text}", text=event.result)
        return words.t("by: {text}", text=event.by) if event.by else words.t("missing: {text}", text=event.missing)
    outcome = words.t(CALLS[event.outcome]) if event.outcome is not None else ""
    return f"{called(event, session, words)} {outcome}".strip()


def _debrief_place(step: e.DebriefStep, words: Words) -> str:
    if step.task == "questions":
        return words.t("debrief: question {n}", n=step.question)
    return words.t("debrief: {task}", task=words.t(TASKS[step.task]))


def _contact(event: e.Observed, session: Session) -> str:
    if event.contact is not None:
        return f"{session.label(event.official)} ↔ {session.label(event.contact)} "
    return f"{session.label(event.official)} " if event.official else ""


def inject_title(inject: Inject) -> str:
    return f"{inject.id.upper()} {inject.name}"


def finger_example(people: int) -> str:
    """What is typed for the fingers of so many people, as an example: one digit for each of them."""
    return ("443210" * people)[: max(people, 1)] or "4"


def stays_text(note: Note, codes: Mapping[str, str], session: Session, words: Words) -> str:
    """Which token of a typed line stays text, and why; empty where none does. ``codes`` are those that ``@`` knows."""
    if note.unknown:
        token = note.unknown[0]
        several = rivals(token[1:], codes) if token[0] == "@" else ()
        if several:
            names = words.listing([session.label(one) for one in several[:3]])
            return words.t("{token} stays text: it could be {names}", token=token, names=names)
        return words.t("{token} is unknown and stays text", token=token)
    if note.misplaced:
        return words.t("{token} counts only at the end of the line", token=note.misplaced[0])
    return ""
