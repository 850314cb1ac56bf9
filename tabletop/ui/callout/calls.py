"""Calls as rows: who was called and by whom, reached or not, what was arranged, what is missing. Nobody is counted."""

from tabletop.core import calling
from tabletop.core.clock import Moment
from tabletop.core.session import Call, Session
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, broken, inset, labelled, row, window
from tabletop.ui.run.naming import CALLS, called

INDENT = 7


def calls(session: Session, words: Words, width: int, height: int, *, title: bool = True) -> list[Row]:
    """The calls, the newest first: the oldest go where not all of them fit."""
    head = [row((words.t("CALLS"), "quiet"))] if title else []
    lines = [line for call in reversed(session.calls) for line in _call(call, session, words, width)]
    if not lines:
        said = words.t("None yet. Not reached, or no, is logged without blame.")
        return [*head, *broken(row((said, "quiet")), width, 2)][: max(height, 0)]
    room = height - len(head)
    return [*head, *window(lines, room, 0)] if room > 0 else []


def time_left(session: Session, moment: Moment, words: Words) -> Row:
    """What is left of the hour, or that it has not begun yet, or is over."""
    left = calling.seconds_left(session, moment)
    if left is None:
        return row((words.t("the hour begins at the first yes"), "quiet"))
    if left <= 0:
        return row((words.t("the hour is over"), "warning"))
    return row((words.duration(left + 0.999), "strong"), (" " + words.t("left"), "quiet"))


def _call(call: Call, session: Session, words: Words, width: int) -> list[Row]:
    outcome = words.t(CALLS[call.outcome]) if call.outcome is not None else ""
    ink = "accent" if call.outcome == "can" else "quiet"
    who = row((called(call, session, words), "text"), "  " if outcome else "", (outcome, ink))
    first, *rest = broken(who, width - INDENT, 2) or [EMPTY]
    lines = [row((f"{words.time(call.at):<{INDENT}}", "quiet"), first), *(inset(line, INDENT) for line in rest)]
    told = ((words.t("arranged"), call.result), (words.t("by"), call.by), (words.t("missing"), call.missing))
    column = max(len(label) for label, _ in told) + 2
    for label, text in told:
        if text:
            lines += [inset(line, INDENT) for line in labelled(label, text, width - INDENT, column)]
    return lines
