"""The leader's screen of a call-out: what to read aloud, what is due, how much of the hour is left, and the calls."""

from typing import NamedTuple

from tabletop.core import calling, timeline
from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.core.text import cut
from tabletop.locale import Words
from tabletop.ui.callout.calls import calls, time_left
from tabletop.ui.rows import EMPTY, Row, beside, fill, fit, flow, hanging, inset, on, row, spread, width_of
from tabletop.ui.run.guidance import for_leader
from tabletop.ui.run.header import Around, status, waiting
from tabletop.ui.run.reading import Reading
from tabletop.ui.run.running import GAP, LEFT, MIDDLE_AT, RIGHT, big_time, guard
from tabletop.ui.run.saved import last_saved, saved
from tabletop.ui.run.storyline import ribbon, storyline
from tabletop.ui.run.tally import objectives, small_tally, tally

LEAST_CALLS = 3
"""Rows that the calls keep on a small screen."""


def header(session: Session, moment: Moment, words: Words, around: Around, width: int) -> Row:
    """What this is, the time on the wall, and what is left of the hour; the title gives way."""
    now = _status(session, words)
    middle = row(("  ·  ", "quiet"), (now, "warning" if session.still else "quiet"),
                 ("  ·  ", "quiet"), (words.oclock(moment.at), "quiet"))  # fmt: skip
    drafts = row(waiting(around.drafts, words), "   ") if around.drafts else EMPTY
    right = row(drafts, around.alarm or (EMPTY if session.phase == "ended" else time_left(session, moment, words)))
    title = cut(session.exercise.title, max(width - 4 - width_of(middle) - width_of(right) - 2, 8))
    return inset(spread(row((title, "strong"), middle), right, width - 4), 2)


def _status(session: Session, words: Words) -> str:
    """What is going on; that a clock stands still would be untrue, since the hour runs on."""
    if session.still == "continued":
        return words.t("opened again")
    is_dialling = session.begun is None and session.still is None and session.phase == "running"
    return words.t("calling") if is_dialling else status(session, words)


def due(session: Session, moment: Moment, words: Words) -> str:
    """When the next contact was planned, and how far off that is."""
    planned = calling.planned_next(session, moment)
    if planned is None:
        return ""
    minutes = round((planned - moment.at).total_seconds() / 60)
    if minutes > 0:
        return words.tn("{time}, in {n} minute", "{time}, in {n} minutes", minutes, time=words.time(planned))
    return words.t("{time}, now", time=words.time(planned))


def draw(
    session: Session,
    moment: Moment,
    words: Words,
    leader: str,
    width: int,
    height: int,
    selected: int | None,
    read: Reading,
) -> list[Row]:
    """The body, in exactly ``height`` rows."""
    spoken = _spoken(session, moment, words, leader)
    if width < 110 or height < 26:
        inner = width - 4
        lines = _narrow(session, moment, words, spoken, inner, height, selected, read)
        return fill([inset(line, 2) if line else line for line in lines], height)
    middle = width - MIDDLE_AT - GAP - RIGHT - 2
    if spoken.dialling:  # the script has the room
        wide = width - GAP - RIGHT - 4
        script = _middle(session, moment, words, spoken, wide, height, read)
        parts = ((script, wide), (_right(session, moment, words, RIGHT), RIGHT))
        return [inset(line, 2) for line in beside(parts, height, GAP)]
    columns = (
        (storyline(session, moment, words, LEFT, height - 1, selected), LEFT + 1),
        (_middle(session, moment, words, spoken, middle, height, read), middle),
        (_right(session, moment, words, RIGHT), RIGHT),
    )
    return [inset(line, 1) for line in beside(columns, height, GAP)]


class Spoken(NamedTuple):
    """What is read aloud now, and under which label."""

    label: str
    text: str
    dialling: bool


def _spoken(session: Session, moment: Moment, words: Words, leader: str) -> Spoken:
    """To whom is called next the call script, else what was played last."""
    inject, call_out = session.inject, session.exercise.call_out
    dialling = calling.is_dialling(session, moment)
    if dialling or inject is None:
        script = calling.aloud(session, call_out.script if call_out is not None else "", leader)
        return Spoken(words.t("READ ALOUD BY TELEPHONE"), script.strip(), dialling)
    who = inject.sender.upper() or words.t("SOMEBODY")
    is_task = inject.id == session.exercise.injects[0].id
    label = words.t("THE TASK") if is_task else words.t("PLAY {who}, READ ALOUD", who=who)
    return Spoken(label, calling.aloud(session, inject.text, leader).strip(), dialling)


def _paper(spoken: Spoken, words: Words, width: int, height: int, read: Reading, aside: Row = EMPTY) -> list[Row]:
    """The text on the ground of what participants get; read on with the arrows where it is long.

    ``aside`` stands right of the tab.
    """
    tab = spread(on("paper", row((f" {spoken.label} ", "strong"))), aside, width)
    shown = read.shown(flow(spoken.text, width - 4), height - 1, words)
    return [fit(tab, width), *(on("paper", fit(inset(line, 2), width)) for line in shown)]


def _reminders(session: Session, words: Words, width: int) -> list[Row]:
    """While dialling: what is asked first, and that no is fine."""
    call_out = session.exercise.call_out
    question = call_out.question if call_out is not None else ""
    lines = hanging(("► ", "accent"), question or words.t("Can you now, safely?"), width, "strong")
    said = words.t("Stop there. No is a good answer: thank them, and do not ask why.")
    return [*lines, *hanging(("  ", "quiet"), said, width, "quiet")]


def _middle(
    session: Session, moment: Moment, words: Words, spoken: Spoken, width: int, height: int, read: Reading
) -> list[Row]:
    below = _reminders(session, words, width) if spoken.dialling else for_leader(session, words, width)
    least = min(len(session.calls) * 2 + 2, 8)
    card = _paper(spoken, words, width, height - len(below) - least - 2, read)
    lines = [*card, _bought(session, moment, words, width), *below, EMPTY]
    return [*lines, *calls(session, words, width, height - len(lines))]


def _right(session: Session, moment: Moment, words: Words, width: int) -> list[Row]:
    left = calling.seconds_left(session, moment)
    whole = 60 * session.exercise.call_out.minutes if session.exercise.call_out is not None else 0.0
    lines = big_time(max(0.0, whole if left is None else left + 0.999), "quiet" if left is None else "text")
    lines += [row((words.t("left of the hour"), "quiet"))]
    if left is None:
        return [*lines, EMPTY, *flow(words.t("It begins at the first yes, and runs on in a pause."), width, "quiet")]
    counts, goals = tally(session, words, width), objectives(session, words, width)
    lines += [EMPTY, *flow(words.t("Next: {when}", when=due(session, moment, words)), width, "strong")]
    lines += [EMPTY, counts[0], EMPTY, *counts[1:]]
    return [*lines, EMPTY, goals[0], EMPTY, *goals[1:]] if goals else lines


def _bought(session: Session, moment: Moment, words: Words, width: int) -> Row:
    """Who bought time, and what is left of that."""
    return guard(session, moment, words, width) if timeline.is_time_bought(session, moment.clock) else EMPTY


def _next(session: Session, moment: Moment, words: Words) -> Row:
    if session.still is not None:
        return EMPTY
    return row((words.t("Next: {when}", when=due(session, moment, words)), "quiet"))


def _narrow(
    session: Session,
    moment: Moment,
    words: Words,
    spoken: Spoken,
    width: int,
    height: int,
    selected: int | None,
    read: Reading,
) -> list[Row]:
    head = [ribbon(session, moment, words, width), last_saved(session, words, width)]
    if selected is not None:
        return [*head, EMPTY, *saved(session, words, width, selected, height - 3)]
    if spoken.dialling:
        below = _reminders(session, words, width)
        logged = calls(session, words, width, LEAST_CALLS, title=False) if len(session.calls) else []
        return [*_paper(spoken, words, width, height - len(below) - len(logged), read), *below, *logged]
    guidance = for_leader(session, words, width, title=False)
    tail = small_tally(session, words, width)
    if bought := _bought(session, moment, words, width):
        guidance = [bought, *guidance]
    room = height - len(head) - len(guidance) - len(tail)
    card = _paper(spoken, words, width, max(room - LEAST_CALLS, 4), read, _next(session, moment, words))
    lines = [*head, *card, *guidance]
    return [*lines, *calls(session, words, width, height - len(lines) - len(tail), title=False), *tail]
