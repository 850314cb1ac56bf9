"""The commands of a run: one table feeds the list behind ``/``, the search behind Ctrl+P, the help and the README."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from tabletop.core import moves, reacting, timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import Language
from tabletop.core.participants import Answers, view
from tabletop.core.session import Session
from tabletop.core.text import cut
from tabletop.locale import Words, mark
from tabletop.ui.run.naming import event_name

Group: TypeAlias = Literal["lead", "record", "back"]

GROUPS: Mapping[Group, str] = {
    "lead": mark("LEAD"),
    "record": mark("RECORD"),
    "back": mark("BACK AND AWAY"),
}


class Offer(NamedTuple):
    """A command as it stands in the list now: with what it is about, or pale with the reason why not."""

    detail: str = ""
    possible: bool = True
    object: str = ""


class Command(NamedTuple):
    """A command: its letters, its name, when it can run. ``offer`` returns None where it has no place in the list."""

    id: str
    nl: str
    en: str
    group: Group
    name: str
    help: str
    offer: Callable[[Session, Moment, Words], Offer | None]

    def letter(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en

    def label(self, offer: Offer, words: Words) -> str:
        return words.t(self.name, object=offer.object) if "{object}" in self.name else words.t(self.name)


def _in_play(session: Session) -> bool:
    return session.phase == "running" and session.still is None


def _always(detail: str = "") -> Callable[[Session, Moment, Words], Offer | None]:
    def offer(session: Session, _moment: Moment, words: Words) -> Offer | None:
        if session.phase == "ended":
            return None
        return Offer(words.t(detail) if detail else "")

    return offer


def _running(detail: str = "") -> Callable[[Session, Moment, Words], Offer | None]:
    def offer(session: Session, _moment: Moment, words: Words) -> Offer | None:
        if session.phase != "running":
            return None
        if session.still is not None:
            return Offer(words.t("paused now"), possible=False)
        return Offer(words.t(detail) if detail else "")

    return offer


def _feedback_now(session: Session, moment: Moment, _words: Words) -> Offer | None:
    if session.phase != "running":
        return None
    due = timeline.due_feedback(session, moment)
    return Offer(due.title if due else "", possible=session.still is None)


def _buy(session: Session, moment: Moment, words: Words) -> Offer | None:
    if session.phase != "running":
        return None
    running = timeline.is_time_bought(session, moment.clock)
    return Offer(words.t("stop now") if running else words.t("for whom, how long"), session.still is None)


def _pause(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if session.phase not in ("running", "feedback"):
        return None
    return Offer(words.t("time-out or break"), session.still is None)


def _change(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if session.phase != "running":
        return None
    inject = session.next_inject
    if inject is None:
        return Offer(words.t("no inject left"), possible=False)
    return Offer(object=inject.id.upper(), possible=_in_play(session))


def _skip(session: Session, moment: Moment, words: Words) -> Offer | None:
    if session.stop is not None and session.stop.stage == "round" and session.still is None:
        return Offer(object=words.t("the rest of the round")) if session.unheard else None
    if session.phase != "running":
        return None
    due = timeline.due_feedback(session, moment)
    if due is not None:
        return Offer(words.t("asks why"), object="◆", possible=_in_play(session))
    inject = session.next_inject
    if inject is None:
        return Offer(words.t("no inject left"), possible=False)
    return Offer(words.t("a reason may be given"), object=inject.id.upper(), possible=_in_play(session))


def _later(session: Session, moment: Moment, words: Words) -> Offer | None:
    if session.phase != "running":
        return None
    if timeline.is_debrief_due(session, moment):
        return Offer(words.t("go on with the storyline"), possible=_in_play(session))
    due = timeline.due_feedback(session, moment)
    if due is None:
        return Offer(words.t("no ◆ now"), possible=False)
    return Offer(possible=_in_play(session) and session.next_inject is not None)


def _short(session: Session, moment: Moment, _words: Words) -> Offer | None:
    if session.still is not None:
        return None
    if session.stop is not None:
        return None if session.stop.stage == "agreement" else Offer()
    due = timeline.due_feedback(session, moment) if session.phase == "running" else None
    return Offer() if due else None


def _answers(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if session.phase == "debrief" and session.thanks:
        return Offer(words.t("thank-you"))
    if session.stop is None:
        return None
    shown = isinstance(view(session).card, Answers)
    return Offer(words.t("hide again") if shown else "")


def _rewind(session: Session, _moment: Moment, _words: Words) -> Offer | None:
    if session.stop is None or session.current is None:
        return None
    return Offer(object=session.current.upper())


def _back(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if session.phase not in ("feedback", "debrief"):
        return Offer(words.t("only in ◆"), possible=False)
    return Offer()


def _on_inject(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if session.phase != "running":
        return None
    return Offer() if session.current else Offer(words.t("no inject on screen"), possible=False)


def _reach(session: Session, _moment: Moment, words: Words) -> Offer | None:
    left = [o.id.upper() for o in session.exercise.objectives if o.id not in session.reached]
    if not left:
        return Offer(words.t("all ticked"), possible=False)
    return Offer(", ".join(left))


def _choose(session: Session, _moment: Moment, words: Words) -> Offer | None:
    dilemma = reacting.open_dilemma(session)
    if session.phase not in ("running", "feedback") or dilemma is None:
        return None
    ways = words.tn("{n} way out", "{n} ways out", len(dilemma.choices))
    return Offer(ways if dilemma.id == session.current else f"{dilemma.id.upper()}, {ways}")


def _bring_in(session: Session, moment: Moment, words: Words) -> Offer | None:
    offered = reacting.offered(session, moment)
    if not offered:
        return None
    return Offer(object=words.listing([inject.id.upper() for inject in offered]))


def _rebuttal(session: Session, moment: Moment, words: Words) -> Offer | None:
    if session.rebuttal is not None and session.phase == "running":
        return Offer(words.t("is on"), possible=False)
    offer = _on_inject(session, moment, words)
    return Offer(words.t("paused now"), possible=False) if offer and session.still is not None else offer


def _call(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if not session.participants:
        return Offer(words.t("nobody takes part yet"), possible=False)
    return Offer(words.t("who, and what was arranged"), possible=session.still is None)


def _dial(session: Session, _moment: Moment, words: Words) -> Offer | None:
    if session.phase != "running":
        return None
    everybody = all(session.at_table(one.id) for one in session.exercise.key_officials)
    if everybody:
        return Offer(words.t("everybody takes part"), possible=False)
    return Offer(words.t("from any pool"), possible=session.still is None)


def _undo(session: Session, _moment: Moment, words: Words) -> Offer | None:
    event = moves.undoable(session)
    if event is None:
        return Offer(words.t("nothing yet"), possible=False)
    return Offer(f"{cut(event_name(event, session, words), 17)} {words.time(event.at)}")


def _no_play(session: Session, _moment: Moment, _words: Words) -> Offer | None:
    if session.still == "real-incident" or session.phase == "ended":
        return None
    return Offer(object=session.exercise.codeword)


def _hidden(_session: Session, _moment: Moment, _words: Words) -> Offer | None:
    return None


COMMANDS: tuple[Command, ...] = (
    Command("feedback", "f", "f", "lead", mark("feedback point now"),
            mark("Stops for feedback now; an unplanned point comes after the inject on screen."), _feedback_now),
    Command("buy-time", "k", "t", "lead", mark("buy time"),
            mark("A quiet timer for one official or the table. It is play: the exercise clock runs on."), _buy),
    Command("pause", "p", "p", "lead", mark("pause"), mark("Freezes the clock: a time-out or a break."), _pause),
    Command("insert", "i", "i", "lead", mark("insert an inject"),
            mark("Shows an inject of your own, or one that the author kept in reserve."),
            _running(mark("own or reserve"))),
    Command("bring-in", "u", "y", "lead", mark("yes, bring in {object}"),
            mark("Shows the reserve that is offered because what was expected of the table stays out."), _bring_in),
    Command("rebuttal", "6", "6", "lead", mark("rebuttal (60 s)"),
            mark("Somebody answers what is on screen, with a countdown on the participants' screen; then fingers."),
            _rebuttal),
    Command("change", "x", "x", "lead", mark("change {object}"),
            mark("Changes the text of the next inject before it is shown."), _change),
    Command("skip", "s", "k", "lead", mark("skip {object}"),
            mark("Passes over the next inject, a feedback point that is due (takes a reason), or the rest of a round."),
            _skip),
    Command("later", "l", "l", "lead", mark("later: after inject"),
            mark("Puts off the feedback point or the debrief that is due. No reason is asked."), _later),
    Command("short", "m", "m", "lead", mark("short: one minute"),
            mark("Holds the feedback point in one minute: the agreed line only."), _short),
    Command("answers", "a", "a", "lead", mark("answers to the table"),
            mark("Shows what was saved on the participants' screen, or hides it again."), _answers),
    Command("rewind", "r", "r", "lead", mark("rewind: play {object} again"),
            mark("Closes the feedback point and plays the inject just played once more."), _rewind),
    Command("dial", "w", "w", "lead", mark("whom else you call"),
            mark("In a call-out: calls somebody else, and says what came of it."), _dial),
    Command("call", "c", "c", "record", mark("call of theirs"),
            mark("In a call-out: a call that they made, and what was arranged, by whom, what is missing."), _call),
    Command("first", "1", "1", "record", mark("first question"),
            mark("Should government do anything here? Yes, no or not yet, because …"),
            _always(mark("yes, no, not yet"))),
    Command("choose", "j", "j", "record", mark("judge the dilemma"),
            mark("Records which way out of the dilemma the table takes, because …"), _choose),
    Command("seen", "z", "s", "record", mark("learning point seen"),
            mark("Marks that you see the learning point now, whether or not the group does."), _on_inject),
    Command("well", "g", "g", "record", mark("going well"),
            mark("The group goes on beyond the budget: no reminder for this inject."), _on_inject),
    Command("objective", "d", "o", "record", mark("objective reached"),
            mark("Ticks an objective as reached."), _reach),
    Command("fingers", "v", "v", "record", mark("vote, fingers (0-5)"),
            mark("Everybody shows 0 to 5 fingers at once; you type one digit for each person."), _always()),
    Command("checklist", "c", "c", "record", mark("checklist"),
            mark("Shows the checklist here; again puts it on the participants' screen."), _always()),
    Command("roster", "w", "w", "record", mark("who is at the table"),
            mark("Arrivals, departures, and swaps within a pool."), _always()),
    Command("undo", "o", "u", "back", mark("undo"),
            mark("Takes back one event, the newest first, and names it before it does."), _undo),
    Command("back", "t", "b", "back", mark("one step back"),
            mark("One step back within a feedback point or the debrief. What was saved stays."), _back),
    Command("quit", "q", "q", "back", mark("quit, go on later"),
            mark("Closes the program. The run can be gone on with later."), _always()),
    Command("end", "e", "e", "back", mark("end"),
            mark("Ends the run. Asks for the word."), _always(mark("type the word"))),
    Command("help", "h", "h", "back", mark("help"),
            mark("What every key and every command does. It runs nothing."), _always()),
    Command("no-play", "n", "n", "back", mark("{object}, real incident"),
            mark("A real incident: the participants' screen says so at once, the exercise stops."), _no_play),
    Command("elsewhere", "b", "d", "back", mark("different place to save"),
            mark("Saves the run in another folder and goes on there."), _hidden),
)  # fmt: skip


BY_PHONE: frozenset[str] = frozenset(("dial", "call"))
"""The commands of a call-out, which no table has."""
ROUND_A_TABLE: frozenset[str] = frozenset(("fingers", "checklist", "roster", "answers", "rebuttal", "rewind"))
"""The commands that need people in one room, or a screen on its wall."""


def fitting(session: Session) -> tuple[Command, ...]:
    """The commands that go with how this exercise is played; two that never go together may have the same letter."""
    others = BY_PHONE if session.exercise.call_out is None else ROUND_A_TABLE
    return tuple(command for command in COMMANDS if command.id not in others)


def letter(command_id: str, words: Words) -> str:
    """The letter of a command, for whoever names it elsewhere on the screen."""
    return next(command.letter(words.language) for command in COMMANDS if command.id == command_id)


_NOT_HERE: Mapping[str, str] = {
    "bring-in": mark("nothing is offered now"),
    "short": mark("no ◆ now"),
    "answers": mark("only in ◆"),
    "rewind": mark("only in ◆"),
    "choose": mark("no dilemma on the table now"),
    "elsewhere": mark("everything is saved"),
}
"""Why a command has no place in the list while the storyline runs."""


def absent(letter: str, session: Session, words: Words) -> str:
    """Why what this letter stands for is not in the list; empty where no command has the letter."""
    language = words.language
    known = [command for command in COMMANDS if letter.lower() == command.letter(language)]
    if not known:
        return ""
    command = known[0]
    if session.still == "real-incident":
        why = words.t("a real incident comes first")
    elif command.id == "elsewhere" or (command.id == "choose" and session.phase != "debrief"):
        why = words.t(_NOT_HERE[command.id])
    elif session.phase == "debrief":
        why = words.t("no thank-you approved yet") if command.id == "answers" else words.t("not in the debrief")
    elif session.phase == "feedback":
        why = words.t("not now in ◆")
    elif session.still is not None:
        why = words.t("paused now")
    else:
        why = words.t(_NOT_HERE.get(command.id, mark("not possible now")))
    return f"{command.label(Offer(object='…'), words)}: {why}"


def listed(session: Session, moment: Moment, words: Words) -> tuple[tuple[Command, Offer], ...]:
    """What the list behind ``/`` holds now, in the order of the table; what this inject asks for stands first."""
    known = fitting(session)
    if session.still == "real-incident":  # nothing else is done until the word was typed
        known = tuple(command for command in COMMANDS if command.id in ("quit", "end", "help"))
    foremost = {"bring-in"}  # offered only where there is something to bring in
    if session.inject is not None and session.inject.rebuttal:
        foremost.add("rebuttal")
    known = tuple(sorted(known, key=lambda command: command.id not in foremost))
    found = ((command, command.offer(session, moment, words)) for command in known)
    return tuple((command, offer) for command, offer in found if offer is not None)
