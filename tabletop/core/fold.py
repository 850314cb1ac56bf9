"""What follows from what happened: the session is a fold over events, and nothing else.

:func:`replay` makes a session from a whole log, :func:`apply` takes one more event. Both take any event in any state:
a fact that does not fit (a late follower of a newer version, a hand-edited log) changes nothing rather than failing.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from tabletop.core import events as e
from tabletop.core.exercise import About, Exercise, Inject, Question
from tabletop.core.grown import Grown
from tabletop.core.session import (
    Agreement,
    Answer,
    Bought,
    Call,
    Comment,
    Count,
    Decision,
    Done,
    Fingers,
    FirstQuestion,
    Held,
    Phase,
    Point,
    Rebuttal,
    Session,
    Stop,
)

if TYPE_CHECKING:
    from dataclasses import replace as _with
else:

    def _with(session: Session, /, **changes: object) -> Session:
        """``dataclasses.replace`` without a constructor call: ten times quicker, once per event."""
        changed = object.__new__(Session)
        changed.__dict__.update(session.__dict__)
        changed.__dict__.update(changes)
        return changed


def begin(exercise: Exercise, participants: Iterable[e.Participant] = ()) -> Session:
    """The session before anything happened."""
    present = tuple(participants)
    seated = present if exercise.call_out is None else ()  # who is to be called takes part after saying yes
    return Session(
        exercise=exercise, participants_at_start=present, participants=seated, debrief_minutes=exercise.debrief.minutes
    )


def replay(session: Session, events: Iterable[e.Event]) -> Session:
    """Take all events at once, leaving out what was undone later; linear in their number."""
    events = tuple(events)
    undone = frozenset(event.event for event in events if type(event) is e.Undone and event.event < event.n)
    if undone and len(session.events):
        return replay(_beginning(session), (*session.events, *events))
    if not undone:
        for event in events:
            session = _happened(session, event)
        return _recorded(session, events)
    reopened: dict[int, datetime] = {}
    for event in events:
        if event.n not in undone:
            session = _happened(session, event)
        elif isinstance(event, e.FeedbackClosed):
            reopened[event.n] = event.at
        if isinstance(event, e.Undone) and event.event in reopened:
            session = _stood_still(session, event.at - reopened[event.event])
    return _with(_recorded(session, events), undone=undone, seen_before=_seen_before(events, undone))


def apply(session: Session, event: e.Event) -> Session:
    """Take one more event. An undo starts over from the first event, without the undone one."""
    if isinstance(event, e.Undone):
        return replay(_beginning(session), (*session.events, event))
    return _recorded(_happened(session, event), (event,))


def _beginning(session: Session) -> Session:
    return begin(session.exercise, session.participants_at_start)


def _seen_before(events: tuple[e.Event, ...], undone: frozenset[int]) -> frozenset[str]:
    """Injects that were shown and then undone: the participants have seen them."""
    shown = (e.InjectShown, e.InjectImprovised)
    return frozenset(event.inject for event in events if event.n in undone and isinstance(event, shown))


def _recorded(session: Session, events: tuple[e.Event, ...]) -> Session:
    """What holds of events even when they are undone: that they happened, when, and the numbers of their points."""
    if not events:
        return session
    noted = session.points_noted + sum(type(event) is e.LearningPointNoted for event in events)
    clock = max(session.clock, *[event.clock for event in events])
    at = next((event.at for event in reversed(events) if not is_looking_back(event)), session.at)
    return _with(session, events=session.events.plus(*events), at=at, clock=clock, points_noted=noted)


def is_looking_back(event: e.Event) -> bool:
    """Whether a reviewer added it: it is no part of the time that the run took."""
    return isinstance(event, e.Reviewable) and bool(event.reviewer)


def _happened(session: Session, event: e.Event) -> Session:
    match event:
        case e.LearningPointNoted():
            point = _point(event)
            session = _counted(session, session.points.plus(point), point, 1)
            return session if session.stop is None or event.reviewer else _said_something(session, event.official)
        case e.Observed() | e.Undone() | e.TimeCorrected():
            return session
        case e.ClockStopped():
            return _stood_still(session, timedelta(seconds=event.seconds))
        case e.Answered():
            answer = Answer(event.n, event.feedback, event.question, event.official, event.text, event.private)
            session = _with(session, answers=session.answers.plus(answer))
            return _heard(session, event.official) if event.official is not None else session
        case e.LearningPointRevised():
            return _revised(session, event)
        case e.LearningPointWithdrawn():
            session = _thanked_no_more(session, event)
            return _with_point(session, event.point, lambda point: point._replace(withdrawn=True))
        case e.LearningPointMerged():
            return _merged(session, event)
        case e.KeptPrivate():
            key = event.official or ""
            session = _said_something(session, event.official)
            return _with(session, kept_private={**session.kept_private, key: session.kept_private.get(key, 0) + 1})
        case e.DecisionMade():
            decision = Decision(event.id, event.text, event.inject, event.at)
            first = session.first
            if first.status != "answered":
                first = first._replace(acted_before=True)
            return _with(session, decisions=session.decisions.plus(decision), first=first)
        case e.DecisionDetailed():
            return _detailed(session, event)
        case e.SessionStarted():
            begun = event.at if session.exercise.call_out is None else None
            return _with(session, phase="running", started=event.at, begun=begun, hard_end=event.hard_end,
                         debrief_minutes=event.debrief_minutes, card=event.card)  # fmt: skip
        case e.CallLogged():
            return _called(session, event)
        case e.SessionLeft():
            return _with(session, left=True, still_since=session.still_since or event.at)
        case e.SessionContinued():
            since = session.still_since or event.since or event.at
            return _with(session, left=False, still=session.still or "continued", still_since=since)
        case e.HardEndMoved():
            return _with(session, hard_end=event.hard_end, debrief_postponed=False)
        case e.SessionEnded():
            return _with(session, phase="ended", ended=event.at, still=None, still_since=None, stop=None, bought=None,
                         fingers=None, on_screen=None)  # fmt: skip
        case e.Paused():
            return _with(session, still=event.kind, still_since=session.still_since or event.at)
        case e.Resumed():
            return _resumed(session, event)
        case e.InjectShown():
            return _shown(session, event.inject, event)
        case e.InjectImprovised():
            inject = Inject(id=event.inject, text=event.text.strip() or "…", title=event.title, channel=event.channel,
                            sender=event.sender, to=event.to, receiver_only=event.receiver_only,
                            time=session.inject.time if session.inject else "")  # fmt: skip
            others = tuple(other for other in session.improvised if other.id != inject.id)
            return _shown(_with(session, improvised=(*others, inject)), event.inject, event)
        case e.PageShown():
            if event.inject is None and session.stop is not None:
                return _with(session, stop=session.stop._replace(page=event.page), fingers=None, on_screen=None)
            if event.inject != session.current:
                return session
            return _with(session, page=event.page, bought=None, on_screen=None)
        case e.InjectSkipped():
            return _with(session, done={**session.done, event.inject: Done("skipped", event.at, event.clock)})
        case e.InjectChanged():
            return _with(session, changed={**session.changed, event.inject: event.text})
        case e.Chosen():
            return _with(session, choices={**session.choices, event.inject: event})
        case e.GoingWell():
            return _with(session, going_well=session.going_well | {event.inject})
        case e.LearningSeen():
            return _with(session, learning_seen=(*session.learning_seen, event))
        case e.ObjectiveReached():
            return _with(session, reached=session.reached | {event.objective})
        case e.TimeBought():
            return _with(session, bought=Bought(event.minutes, event.official, event.clock))
        case e.TimeBoughtEnded():
            return _with(session, bought=None)
        case e.FeedbackOpened():
            return _opened(session, event)
        case e.FeedbackStep():
            return _staged(session, event)
        case e.FeedbackClosed():
            return _closed(session, event)
        case e.FeedbackPostponed():
            following = session.next_inject
            after = following.id if following else ""
            return _with(session, postponed={**session.postponed, event.feedback: after})
        case e.FeedbackSkipped():
            return _with(session, done={**session.done, event.feedback: Done("skipped", event.at, event.clock)})
        case e.TurnTaken():
            stop = session.stop
            if stop is None:
                return session
            session = _heard(session, stop.speaker) if event.heard and stop.speaker is not None else session
            return _with(session, stop=session.stop and session.stop._replace(speaker=event.official))
        case e.ListAgreed():
            return _with(session, groups=event.groups)
        case e.Agreed():
            kept = tuple(other for other in session.agreements if other.feedback != event.feedback)
            return _with(session, agreements=(*kept, Agreement(event.feedback, event.text)))
        case e.AgreementChecked():
            return _checked(session, event)
        case e.FingersAsked():
            return _with(session, fingers=Fingers(event.question, event.point))
        case e.FingersCounted():
            about = session.counting
            fingers = about._replace(question=event.question, point=event.point, counted=event.fingers)
            counts = tuple(count for count in session.counted if not count.is_about_same(fingers))
            session = _answered_by_fingers(session, event)
            return _with(session, fingers=fingers, counted=(*counts, fingers))
        case e.ScreenShown():
            if event.what == "rebuttal":
                return _rebutted(session, event)
            return _with(session, on_screen=event, page_over=event.page, fingers=None)
        case e.ScreenCleared():
            return _with(session, on_screen=None, fingers=None)
        case e.FirstQuestionAnswered():
            before = session.first
            earlier = before.answers[:-1] if before.status == "answered" else before.answers
            first = FirstQuestion(
                "answered", event.answer, event.because, event.at, before.acted_before, (*earlier, event)
            )
            return _with(session, first=first)
        case e.ActionAgreed():
            actions = tuple(action for action in session.actions if action.id != event.id)
            return _with(session, actions=(*actions, event))
        case e.Reviewed():
            comment = Comment(event.n, event.at, event.reviewer, event.text, event.about)
            return _with(session, comments=session.comments.plus(comment))
        case e.SurveyCounted():
            return _with(session, survey={**session.survey, event.question: event.counts})
        case e.ParticipantJoined():
            return _joined(session, event.official, event.name, event.organisation)
        case e.ParticipantLeft():
            stay = tuple(person for person in session.participants if person.official != event.official)
            order = session.speakers
            place = order.index(event.official) if event.official in order else 0
            heirs = (*order[place + 1 :], *reversed(order[:place]))
            return _with_speaker(_with(session, participants=stay), heirs)
        case e.ParticipantsSwapped():
            swap = {event.official: event.other, event.other: event.official}
            swapped = (
                person.model_copy(update={"official": swap.get(person.official, person.official)})
                for person in session.participants
            )
            both = session.swapped | {event.official, event.other}
            session = _with(session, participants=tuple(swapped), swapped=both)
            return _with_speaker(session, (event.official, event.other))
        case e.DebriefOpened():
            return _with(session, phase="debrief", debrief_opened=event.at, debrief_questions=event.questions,
                         debrief_about=event.about, task="questions", question=1, bought=None, fingers=None,
                         on_screen=None)  # fmt: skip
        case e.DebriefStep():
            return _with(session, task=event.task, question=event.question, thanks_shown=False, reveal_shown=False,
                         fingers=None, on_screen=None)  # fmt: skip
        case e.DebriefPostponed():
            return _with(session, debrief_postponed=True)
        case e.DebriefAnswered():
            answer = Answer(event.n, "debrief", event.question, event.official, event.text, event.private)
            return _with(session, debrief_answers=session.debrief_answers.plus(answer))
        case e.InstrumentUsed():
            kept_used = tuple(name for name in session.used if name != event.instrument)
            return _with(session, used=(*kept_used, event.instrument) if event.used else kept_used)
        case e.ThanksApproved():
            return _with(session, thanks={**session.thanks, event.official: event.text})
        case e.ThanksShown():
            return _with(session, thanks_shown=True, reveal_shown=False, page_over=event.page, on_screen=None,
                         fingers=None)  # fmt: skip
        case e.RevealShown():
            return _with(session, reveal_shown=True, was_revealed=True, page_over=event.page, on_screen=None,
                         fingers=None)  # fmt: skip
        case _:
            assert_never(event)


def _joined(session: Session, official: str, name: str, organisation: str = "") -> Session:
    seated = tuple(person for person in session.participants if person.official != official)
    person = e.Participant(official=official, name=name, organisation=organisation)
    return _with(session, participants=(*seated, person))


def _called(session: Session, event: e.CallLogged) -> Session:
    """A call, or what is added to one. Whoever says yes to the leader takes part, and the first yes starts the hour."""
    if event.about is not None:
        return _call_detailed(session, event, event.about)
    call = Call(event.n, event.at, event.official, event.name, event.caller, event.outcome, event.result, event.by,
                event.missing)  # fmt: skip
    session = _with(session, calls=session.calls.plus(call))
    says_yes = session.exercise.call_out is not None and call.is_invitation and event.outcome == "can"
    if not says_yes or event.official is None or session.phase != "running":
        return session
    session = _joined(session, event.official, event.name)
    if session.begun is not None:
        return session
    end = event.at + timedelta(minutes=session.exercise.minutes)
    first = session.exercise.injects[0].id
    return _shown(_with(session, begun=event.at, hard_end=end), first, event)


def _call_detailed(session: Session, event: e.CallLogged, about: int) -> Session:
    for place in range(len(session.calls) - 1, -1, -1):
        call = session.calls[place]
        if call.n == about:
            call = call._replace(result=event.result or call.result, by=event.by or call.by,
                                 missing=event.missing or call.missing)  # fmt: skip
            return _with(session, calls=session.calls.replaced(place, call))
    return session


def _shown(session: Session, inject_id: str, event: e.InjectShown | e.InjectImprovised | e.CallLogged) -> Session:
    first = session.first
    inject = session.find_inject(inject_id)
    if inject is not None and inject.reopens_first_question and first.status == "answered":
        first = first._replace(status="reopened")
    done = session.done
    before = done.get(inject_id)
    if before is None or before.how != "shown":  # played once more, it was still shown when it was shown
        done = {**done, inject_id: Done("shown", event.at, event.clock)}
    return _with(session, done=done, current=inject_id, current_since=event.clock, is_discussed=False, page=0,
                 first=first, bought=None, fingers=None, on_screen=None)  # fmt: skip


def _rebutted(session: Session, event: e.ScreenShown) -> Session:
    """Put a rebuttal on the shared screen; there is none of an inject that is not there."""
    if session.phase != "running" or session.current is None:
        return session
    rebuttal = Rebuttal(session.current, event.official, event.at)
    return _with(session, on_screen=event, page_over=0, fingers=None, rebuttals=(*session.rebuttals, rebuttal))


def _answered_by_fingers(session: Session, event: e.FingersCounted) -> Session:
    """Keep the fingers with the rebuttal that they are about."""
    if session.rebuttal is None or not session.rebuttals:
        return session
    *earlier, last = session.rebuttals
    return _with(session, rebuttals=(*earlier, last._replace(counted=event.fingers)))


def _stood_still(session: Session, passed: timedelta) -> Session:
    """Leave time that nobody worked out of the feedback point in which it passed."""
    stop = session.stop
    if stop is None:
        return session
    stop = stop._replace(stage_since=stop.stage_since + passed, stood_still=stop.stood_still + passed)
    return _with(session, stop=stop)


def _with_speaker(session: Session, others: tuple[str, ...]) -> Session:
    """Give the word to the first of these who is there, when whoever had it has left the table."""
    stop = session.stop
    if stop is None or stop.speaker is None or session.at_table(stop.speaker):
        return session
    speaker = next((other for other in others if session.at_table(other)), None)
    spoken = tuple(one for one in stop.spoken if session.at_table(one))
    return _with(session, stop=stop._replace(speaker=speaker, spoken=spoken))


def _said_something(session: Session, official: str | None) -> Session:
    """Count whoever has the word as heard. A point about somebody else says nothing of whether they spoke."""
    stop = session.stop
    if stop is None or stop.stage != "round" or official is None or official != stop.speaker:
        return session
    return _heard(session, official)


def _heard(session: Session, official: str) -> Session:
    stop = session.stop
    if stop is None or official in stop.spoken:
        return session
    return _with(session, stop=stop._replace(spoken=(*stop.spoken, official)))


def _resumed(session: Session, event: e.Resumed) -> Session:
    """Go on. What counts down was still for as long as the pause took."""
    stop = session.stop
    if stop is not None and session.still_since is not None:
        stood = event.at - max(session.still_since, stop.opened)
        since = stop.stage_since + (event.at - max(session.still_since, stop.stage_since))
        stop = stop._replace(stage_since=since, stood_still=stop.stood_still + stood)
    return _with(session, still=None, still_since=None, left=False, stop=stop)


def _opened(session: Session, event: e.FeedbackOpened) -> Session:
    point = session.exercise.feedback_point(event.feedback)
    if point is not None:
        title, questions, turn = point.title, point.questions, point.round
    else:
        other: About = "other"
        about = (*event.about, *(other for _ in event.questions))
        title, turn = event.title, event.round
        questions = tuple(
            Question(text=text.strip() or "…", about=kind) for text, kind in zip(event.questions, about, strict=False)
        )
    number = len(session.held) + 1
    stop = Stop(event.feedback, number, event.planned, event.form, title, questions, turn, event.stage, event.at,
                event.at, session.current, event.clock)  # fmt: skip
    if event.stage == "round":
        stop = _first_to_speak(session, stop)
    return _with(session, phase="feedback", stop=stop, bought=None, fingers=None, on_screen=None)


def _staged(session: Session, event: e.FeedbackStep) -> Session:
    stop = session.stop
    if stop is None:
        return session
    left = (stop.form, stop.stage) if event.form == "agreed-line" else stop.left
    stop = stop._replace(stage=event.stage, form=event.form or stop.form, stage_since=event.at, left=left,
                         page=0)  # fmt: skip
    if event.stage == "round":
        stop = _first_to_speak(session, stop)
    return _with(session, stop=stop, fingers=None, on_screen=None)


def _first_to_speak(session: Session, stop: Stop) -> Stop:
    """Give the word to the first in order, where nobody has it yet."""
    if stop.speaker is not None or not session.speakers:
        return stop
    return stop._replace(speaker=session.speakers[0])


def _closed(session: Session, event: e.FeedbackClosed) -> Session:
    stop = session.stop
    if stop is None:
        return session
    stood = stop.stood_still
    if session.still_since is not None:
        stood += event.at - max(session.still_since, stop.opened)
    held = Held(stop.id, stop.title, stop.planned, stop.form, stop.opened, event.at, stop.inject, event.outcome,
                stop.clock, stood)  # fmt: skip
    done = {**session.done, stop.id: Done("held", stop.opened, event.clock, event.at)}
    phase: Phase = "running" if session.phase == "feedback" else session.phase
    return _with(session, phase=phase, stop=None, held=(*session.held, held), done=done, is_discussed=True,
                 fingers=None, on_screen=None)  # fmt: skip


def _checked(session: Session, event: e.AgreementChecked) -> Session:
    agreements = tuple(
        agreement._replace(kept=event.kept, note=event.note) if agreement.feedback == event.feedback
        else agreement
        for agreement in session.agreements
    )  # fmt: skip
    stop = session.stop._replace(checked=True) if session.stop else None
    return _with(session, agreements=agreements, stop=stop)


def _detailed(session: Session, event: e.DecisionDetailed) -> Session:
    for place in range(len(session.decisions) - 1, -1, -1):
        decision = session.decisions[place]
        if decision.id == event.decision:
            detailed = decision._replace(
                official=event.official or decision.official,
                where=event.where or decision.where,
                within=event.within or decision.within,
            )
            return _with(session, decisions=session.decisions.replaced(place, detailed))
    return session


def _point(event: e.LearningPointNoted) -> Point:
    return Point(
        id=event.id,
        n=event.n,
        at=event.at,
        official=event.official,
        inject=event.inject,
        feedback=event.feedback,
        objectives=event.objectives,
        text=event.text,
        turn=event.turn,
        kind=event.kind,
        level=event.level,
        aspect=event.aspect,
        themes=event.themes,
        private=event.private,
        reviewer=event.reviewer,
    )


def _revised(session: Session, event: e.LearningPointRevised) -> Session:
    def revise(point: Point) -> Point:
        return point._replace(
            text=point.text if event.text is None else event.text,
            official=event.official or point.official,
            turn=event.turn or point.turn,
            kind=event.kind or point.kind,
            level=event.level or point.level,
            aspect=event.aspect or point.aspect,
            themes=point.themes if event.themes is None else event.themes,
            objectives=point.objectives if event.objectives is None else event.objectives,
            private=point.private if event.private is None else event.private,
            revised=True,
        )

    if (event.text, event.official, event.turn, event.private) != (None, None, None, None):
        session = _thanked_no_more(session, event)
    return _with_point(session, event.point, revise)


def _merged(session: Session, event: e.LearningPointMerged) -> Session:
    """Let a point go on in another. What is told in private, or taken back, takes nothing in."""
    other = next((point for point in session.points if point.id == event.into), None)
    if other is None or other.withdrawn or event.into == event.point:
        return session
    return _with_point(session, event.point, lambda point: point._replace(withdrawn=True, into=event.into))


def _thanked_no_more(session: Session, event: e.LearningPointRevised | e.LearningPointWithdrawn) -> Session:
    """Take back the approval of a thank-you whose words may come from a point that is no longer what it was.

    After the run it was told in, it is only taken back where the words are in it.
    """
    point = next((point for point in session.points if point.id == event.point), None)
    if point is None or point.official is None or point.official not in session.thanks:
        return session
    if is_looking_back(event) and point.text.casefold() not in session.thanks[point.official].casefold():
        return session
    return _with(session, thanks={who: text for who, text in session.thanks.items() if who != point.official})


def _with_point(session: Session, point_id: str, change: Callable[[Point], Point]) -> Session:
    for place in range(len(session.points) - 1, -1, -1):
        if session.points[place].id == point_id:
            old = session.points[place]
            new = change(old)
            points = session.points.replaced(place, new)
            return _counted(_counted(session, points, old, -1), points, new, 1)
    return session


def _counted(session: Session, points: Grown[Point], point: Point, by: int) -> Session:
    """Take these points, and count one of them with its official and objectives. A withdrawn one counts nowhere."""
    if point.withdrawn:
        return _with(session, points=points)
    official = point.official or ""
    so_far = session.counts.get(official, Count())
    counts = {**session.counts, official: Count(so_far.points + by, so_far.marks + by * point.is_mark)}
    practised = session.practised
    if point.objectives:
        practised = {**practised, **{one: practised.get(one, 0) + by for one in point.objectives}}
    return _with(session, points=points, counts=counts, practised=practised)
