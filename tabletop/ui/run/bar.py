"""The bar above the typing line: what Space will do, and to what; beside text, what Enter will save."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tabletop.core import timeline
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.events import DebriefTask
from tabletop.core.exercise import FeedbackPoint, Inject
from tabletop.core.notes import Note, is_count, looks_like_fingers
from tabletop.core.reacting import undecided
from tabletop.core.session import Session
from tabletop.locale import Words, mark
from tabletop.locale.codes import CHANNELS, KINDS
from tabletop.ui.participants.message import CALLED
from tabletop.ui.rows import EMPTY, Row, fit, on, row, spread, width_of
from tabletop.ui.run.answers import Named
from tabletop.ui.run.commands import COMMANDS
from tabletop.ui.run.naming import STAGES, TASKS, turn_name
from tabletop.ui.run.prompts import Pick


class BarWords(NamedTuple):
    """The filled key (empty: none), what it does, to what, a quiet remark, and what stands at the right."""

    key: str
    verb: str
    object: str = ""
    remark: str = ""
    right: Row = EMPTY
    alarming: bool = False


def draw(said: BarWords, width: int, tall: bool) -> list[Row]:
    """The bar, three rows high where there is room. What does not fit goes: the remark, then what stands right."""
    key = row((f" {said.key} ", "errorkey" if said.alarming else "key"), "  ") if said.key else EMPTY
    left = row("  ", key, (said.verb, "text"), "  " if said.object else "", (said.object, "strong"))
    full = row(left, "   ", (said.remark, "quiet")) if said.remark and tall else left
    right = row(said.right, "  ") if said.right else EMPTY
    room = width - (width_of(right) + 3 if right else 0)
    if width_of(full) > room:
        full = left
    if right and width_of(left) > room and width_of(right) > width // 3:
        right = EMPTY
    line = _on_bar(spread(full, right, width), width)
    empty = on("bar", fit(EMPTY, width))
    return [empty, line, empty] if tall else [line]


def _on_bar(line: Row, width: int) -> Row:
    return tuple(
        (text, ink if ink.endswith("key") else f"bar.{ink.rpartition('.')[2]}") for text, ink in fit(line, width)
    )


def space(session: Session, moment: Moment, words: Words) -> BarWords:
    """What Space does on the empty line; where it goes past a dilemma in which nobody chose, that is said."""
    said = _space(session, moment, words)
    following = u.upcoming(session, moment)
    if not isinstance(following, (u.ShowInject, u.OpenFeedback, u.OpenDebrief)) or undecided(session) is None:
        return said
    return said._replace(right=row((words.t("nobody chose yet") + "  ", "warning"), _hints(words, choose="")))


def _space(session: Session, moment: Moment, words: Words) -> BarWords:
    key = words.t("SPACE")
    match u.upcoming(session, moment):
        case u.ShowInject(inject):
            return BarWords(
                key,
                words.t("show"),
                f"{inject.id.upper()}  {inject.name}",
                _remark(session, inject, words),
                _after(session, inject, words),
            )
        case u.NextPage(_, page, pages):
            return BarWords(key, words.t("next page"), words.t("{page} of {pages}", page=page + 1, pages=pages))
        case u.OpenFeedback(point):
            right = _hints(words, later=words.t("later"), short=words.t("short"), skip=words.t("skip"))
            return BarWords(
                key,
                words.t("open"),
                f"◆ {point.title or words.t('feedback point')}",
                _length(session, point, words),
                right,
            )
        case u.NextSpeaker(official):
            waiting = words.tn("{n} not heard yet", "{n} not heard yet", len(session.unheard))
            right = _hints(words, skip=words.t("closes the round"), back=words.t("back"))
            return BarWords(key, words.t("the word to"), session.label(official), waiting, right)
        case u.ToStage(stage):
            return _stage(session, stage, key, words)
        case u.CloseFeedback(outcome):
            object_ = words.t("the feedback point") if outcome == "agreed" else words.t("as discussed, nothing written")
            right = _hints(words, rewind=words.t("play again"))
            return BarWords(key, words.t("close"), object_, right=right)
        case u.EndBoughtTime():
            return BarWords(key, words.t("stop the timer"), remark=words.t("time is being bought"))
        case u.AskFingers():
            return BarWords(key, words.t("on to"), words.t("fingers (0-5)"), _rebuttal(session, moment, words))
        case u.ClearScreen():
            return BarWords(key, words.t("back to"), _under(session, words))
        case u.Resume(kind):
            verb = words.t("go on") if kind == "continued" else words.t("go on after the pause")
            return BarWords(key, verb, remark=words.t("the exercise clock stands still"))
        case u.OpenDebrief():
            left = session.next_inject is not None
            remark = words.t("the time for it has come, whatever is left") if left else ""
            right = _hints(words, later=words.t("go on with the storyline")) if left else EMPTY
            return BarWords(key, words.t("open"), f"■ {words.t('the debrief')}", remark, right)
        case u.ToTask(task, question):
            right = _hints(words, end=words.t("close"))
            if task == "questions":
                return BarWords(
                    key,
                    words.t("next question"),
                    words.t("{n} of {of}", n=question, of=len(session.debrief_questions)),
                    right=right,
                )
            return BarWords(key, words.t("on to"), words.t(TASKS[task]), right=right)
        case u.ShowThanks():
            approved = words.t("{n} of {of} approved", n=len(session.thanks), of=len(session.participants))
            right = _hints(words, end=words.t("close"))
            return BarWords(key, words.t("show"), words.t("the thank-yous"), approved, right)
        case u.ShowReveal():
            right = _hints(words, end=words.t("close"))
            return BarWords(key, words.t("show"), words.t(TASKS["reveal"]), right=right)
        case u.OnlyByWord("resume"):
            verb = words.t("type the word “{word}” and press Enter", word=words.t("resume"))
            return BarWords("", verb, remark=words.t("a real incident comes first"), alarming=True)
        case u.OnlyByWord("end"):
            return _closing(session, words)
        case _:
            return BarWords("", words.t("this run has ended"))


def _closing(session: Session, words: Words) -> BarWords:
    """The last bar: what is still open, if anything is, and how the run is closed."""
    parts = still_open(session, words)
    if not parts:
        right = row(("/e", "accent"), " ", (words.t("and then the word"), "quiet"), " ", (words.t("end"), "text"))
        return BarWords("", words.t("nothing is left open; close with"), right=right)
    right = row(("/e", "accent"), " ", (words.t("end"), "text"))
    return BarWords("", words.t("still open:"), " · ".join(parts), right=right)


def still_open(session: Session, words: Words) -> list[str]:
    """What the debrief has not done yet, each in a few words."""
    left = u.left_open(session)
    people = len(session.participants)
    found = [words.tn("{n} mark", "{n} marks", left.marks)] if left.marks else []
    found += [words.tn("{n} proposal", "{n} proposals", left.proposals)] if left.proposals else []
    found += [words.t("thanks {n} of {of}", n=people - left.thanks, of=people)] if left.thanks else []
    return found + ([words.t("what really happened")] if left.reveal else [])


def _under(session: Session, words: Words) -> str:
    """What lies under the card that Space takes off the participants' screen."""
    if session.phase == "debrief":
        return words.t("the debrief")
    if session.stop is not None and session.stop.stage in ("writing", "round", "agreement"):
        return words.t(_UNDER[session.stop.stage])
    if session.stop is not None:
        return words.t("the feedback point")
    return words.t("the message on the participants' screen") if session.current else words.t("the starting situation")


_UNDER: Mapping[str, str] = {
    "writing": mark("the questions for the writing"),
    "round": mark("the question of the round"),
    "agreement": mark("the agreed line"),
}


def _rebuttal(session: Session, moment: Moment, words: Words) -> str:
    left = session.rebuttal_left(moment.clock)
    return (
        words.t("rebuttal, {left} left", left=words.duration(left + 0.999)) if left else words.t("the minute is over")
    )


def _stage(session: Session, stage: str, key: str, words: Words) -> BarWords:
    back = _hints(words, back=words.t("back"))
    short = row("   ", _hints(words, short=words.t("short: the agreed line only")))
    closes = session.stop is not None and session.stop.stage == "round"
    verb = words.t("close the round, on to") if closes else words.t("on to")
    match stage:
        case "writing":
            return BarWords(key, words.t("save, and put the questions on the screen"), right=row(back, short))
        case "round":
            first = session.label(next(iter(session.speakers), None))
            remark = words.t("{official} begins", official=first) if first else ""
            return BarWords(key, words.t("open the"), words.t("round"), remark, row(back, short))
        case "fingers":
            return BarWords(key, verb, words.t("fingers (0-5)"), right=back)
        case "list":
            return BarWords(key, verb, words.t(STAGES["list"]), right=back)
        case _:
            return BarWords(key, verb, words.t("the agreed line"), right=back)


def _hints(words: Words, **commands: str) -> Row:
    """Up to three commands that fit now, by the id of the table: ``/l later   /m short``."""
    parts = [
        row(("/" + command.letter(words.language), "accent"), (f" {commands[command.id]}".rstrip(), "quiet"))
        for command in COMMANDS
        if command.id in commands
    ]
    return row(*(row(part, "   " if place + 1 < len(parts) else "") for place, part in enumerate(parts)))


def _length(session: Session, point: FeedbackPoint, words: Words) -> str:
    people = len(session.participants)
    length = words.duration(60 * point.planned_minutes(people))
    number = len(session.held) + 1
    return words.tn(
        "feedback point {number}, {length} with {n} person",
        "feedback point {number}, {length} with {n} people",
        people,
        number=number,
        length=length,
    )


def _remark(session: Session, inject: Inject, words: Words) -> str:
    channel = words.t(CHANNELS[inject.channel])
    parts = [inject.sender, channel] if inject.sender else [channel]
    planned = timeline.planned_at(session, inject)
    absent = [name for name in (_absent(session, to, words) for to in inject.to) if name]
    if absent and len(absent) == len(inject.to):
        parts.append(words.t("{official} is not here: you play this function", official=words.listing(absent)))
    elif planned is not None:
        parts.append(words.t("planned {time}", time=words.time(planned)))
    return ", ".join(parts)


def _absent(session: Session, to: str, words: Words) -> str:
    """Who an inject is for, where nobody of that function or of that pool is at the table."""
    called = next((name for pool, name in CALLED.items() if pool == to), None)
    if called is not None:
        return "" if session.in_pool(to) else words.t(called)
    return "" if session.at_table(to) else session.label(to)


def _after(session: Session, shown: Inject, words: Words) -> Row:
    """What comes after the inject that is shown next: ``then A7, then ◆ Effect``."""
    names = []
    coming = [step for step in session.upcoming_steps if step.id != shown.id]
    for step in coming[:2]:
        names.append(f"◆ {step.title}" if isinstance(step, FeedbackPoint) else step.id.upper())
        if isinstance(step, FeedbackPoint):
            break
    if not names:
        names = [f"■ {words.t('debrief')}"]
    return row((words.t("then {steps}", steps=words.t(", then ").join(names)), "quiet"))


def count(session: Session, text: str, words: Words) -> BarWords:
    """Fingers that were typed: how many of how many, and which earlier count they take the place of."""
    replaces = in_place_of(session, words)
    said = words.t("fingers (0-5)") + ": " + how_many(session, text, words)
    return BarWords(words.t("ENTER"), words.t("save"), said, right=row((replaces, "quiet")) if replaces else EMPTY)


def in_place_of(session: Session, words: Words) -> str:
    """Which earlier count the next one takes the place of."""
    earlier = session.corrected
    counts = " ".join(str(n) for n in sorted(earlier.counted)) if earlier is not None else ""
    return words.t("in place of {counts}", counts=counts) if counts else ""


def how_many(session: Session, text: str, words: Words) -> str:
    """How many digits stand in the line, of how many people at the table; and what is no count of fingers."""
    typed, people = text.replace(" ", ""), len(session.participants)
    if not set(typed) <= set("012345"):
        return words.t("only digits from 0 to 5")
    if len(typed) > people > 0:
        return words.t("{n}, and {of} are at the table", n=len(typed), of=people)
    return words.t("{n} of {of}", n=len(typed), of=people) if typed and people else ""


def choosing(pick: Pick, typed: str, words: Words) -> BarWords:
    """What Enter takes of a list, with what is typed beside it."""
    key, option = words.t("ENTER"), pick.chosen
    if pick.is_lost:
        return BarWords("", words.t("nothing here is called that"))
    if pick.rivals:
        return _rivals([rival.label for rival in pick.rivals], words)
    if pick.saves and option is not None:
        remark = words.t("in place of {counts}", counts=pick.instead) if pick.instead else ""
        return BarWords(key, f"{pick.saves}:", _because(option.label, pick.beside_it, words), remark)
    keeps = pick.keeps if pick.beside_it else ""
    names = option.label if option is not None and typed.strip() and not keeps else ""
    return BarWords(key, keeps or pick.enter or words.t("take this"), names)


def answer(asked: str, labels: Sequence[str], answer: Named, words: Words) -> BarWords:
    """What a typed text answers to a question, and why; or between which answers it does not choose."""
    if answer.place is None:
        return _rivals([labels[place] for place in answer.rivals], words)
    return BarWords(words.t("ENTER"), asked, _because(labels[answer.place], answer.reason, words))


def _because(label: str, reason: str, words: Words) -> str:
    return f"{label.rstrip('.')}, {words.t('because')} {reason}" if reason else label


def _rivals(labels: Sequence[str], words: Words) -> BarWords:
    return BarWords("", words.t("which one?"), " · ".join(labels))


def private(words: Words) -> BarWords:
    """Private words, typed where others would see them."""
    right = row((words.t("private"), "quiet"))
    return BarWords(words.t("ENTER"), words.t("save observation"), right=right)


_TASK_SAVES: Mapping[DebriefTask, str] = {
    "marks": mark("write this mark out"),
    "used": mark("add this instrument"),
    "thanks": mark("thank with these words"),
}
"""What Enter does with a note in those tasks of the debrief that take one."""


def enter(session: Session, note: Note, official: str | None, words: Words, *, on_row: bool = False) -> BarWords:
    """What Enter saves of the text in the line; ``on_row``: whether the arrows chose a row of a task of the debrief."""
    key = words.t("ENTER")
    inject = session.inject if session.phase != "debrief" else None
    context = [inject.id.upper()] if inject else []
    match note.kind:
        case "private-mark":
            return BarWords(
                key,
                words.t("write down: kept for myself"),
                session.label(official),
                right=row((words.t("no text is kept"), "quiet")),
            )
        case "point":
            verb = words.t("save a mark") if note.is_mark else words.t("save learning point")
            glyph = "+" if note.turn == "keep" else "Δ"
            who = words.listing([session.label(one) for one in (note.is_mark and note.officials) or (official,)])
            objectives = [one.upper() for one in note.objectives or (inject.objectives if inject else ())]
            remark = " · ".join([turn_name(note.turn, words), words.t(KINDS["observation"]), *context, *objectives])
            if note.private:
                remark = words.t("private") + " · " + remark
            return BarWords(key, verb, f"{glyph} {who or words.t('the table')}", right=row((remark, "quiet")))
        case "decision":
            return BarWords(
                key,
                words.t("save"),
                words.t("decision"),
                right=row((words.t("then: who, where, within mandate"), "quiet")),
            )
        case "note":
            return _enter_note(session, note, official, words, context, on_row=on_row)


def is_fingers(session: Session, note: Note, *, on_row: bool) -> bool:
    """Whether a typed line is a count of fingers: where they are asked for, or where it can be nothing else."""
    if note.kind != "note" or note.officials or note.private:
        return False
    if session.phase == "debrief":
        return session.task == "proposals" and (on_row or session.fingers is not None) and is_count(note.text)
    stage = session.stop.stage if session.stop is not None else ""
    if stage == "agreement":
        return looks_like_fingers(note.text, len(session.participants))
    return stage == "fingers" and is_count(note.text)


def _enter_note(
    session: Session, note: Note, official: str | None, words: Words, context: list[str], *, on_row: bool
) -> BarWords:
    key = words.t("ENTER")
    if is_fingers(session, note, on_row=on_row):
        return count(session, note.text, words)
    if session.stop is not None and session.stop.stage == "agreement":
        return BarWords(key, words.t("save"), words.t("the agreed line"))
    if session.stop is not None and session.stop.stage == "list":
        return BarWords(key, words.t("add to"), words.t("the list that we agree on"))
    if len(note.officials) >= 2:
        pair = f"{session.label(note.officials[0])} ↔ {session.label(note.officials[1])}"
        return BarWords(key, words.t("save informal contact"), pair)
    if session.stop is not None and session.stop.stage == "round" and official:
        right = row(
            (words.t("line empty:") + " ", "quiet"),
            (words.t("Space"), "accent"),
            (" " + (session.label(next(iter(session.unheard), None)) or words.t("closes the round")), "quiet"),
        )
        return BarWords(key, words.t("save answer of"), session.label(official), right=right)
    if session.phase == "debrief" and session.task in _TASK_SAVES and (on_row or session.task == "used"):
        return BarWords(key, words.t(_TASK_SAVES[session.task]))
    if session.phase == "debrief" and session.task == "questions":
        remark = words.t("private") if note.private else ""
        return BarWords(
            key, words.t("save answer"), session.label(official) if official else "", right=row((remark, "quiet"))
        )
    remark = words.t("private") if note.private else " · ".join(context)
    return BarWords(
        key,
        words.t("save observation"),
        session.label(note.officials[0]) if note.officials else "",
        right=row((remark, "quiet")),
    )
