"""The storyline on the leader's screen: a column with planned and actual times, or one row where those are few."""

from typing import Final

from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import FeedbackPoint, Inject, Step
from tabletop.core.session import Session
from tabletop.core.text import cells, cut
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, fit, inset, on, row, spread, width_of, window
from tabletop.ui.run.saved import saved

_MOST_CODE: Final = 8
"""Cells that the name of an inject takes at the most: an author may call one "dilemma"."""


def storyline(
    session: Session, moment: Moment, words: Words, width: int, height: int, selected: int | None = None
) -> list[Row]:
    """The storyline with planned wall times and whole minutes of drift; below it, what was saved just now."""
    lines: list[Row] = []
    focus = 0
    steps = timeline.rows(session, moment)
    code = 1 + max((min(cells(step.step.id), _MOST_CODE) for step in steps if isinstance(step.step, Inject)), default=2)
    for place, step in enumerate(steps):
        if step.state in ("now", "due"):
            focus = len(lines)
        lines.append(_step(step, words, width, code))
        following = steps[place + 1] if place + 1 < len(steps) else None
        if isinstance(step.step, FeedbackPoint) and following is not None:
            lines.append(EMPTY)
    lines.append(_debrief_row(session, moment, words, width, code))
    title = inset(spread(row((words.t("STORYLINE"), "quiet")), row((words.t("planned, ± min"), "quiet")), width - 1), 1)
    below = saved(session, words, width, selected, max(4, height - len(lines) - 5) if selected is None else 8)
    room = height - 2 - (len(below) + 3 if below else 0)
    if len(lines) > room:
        lines = [line for line in lines if line]
        focus = min(focus, len(lines) - 1)
    shown = window(lines, max(room, 4), focus)
    if not below:
        return [title, EMPTY, *shown]
    return [title, EMPTY, *shown, EMPTY, inset(row((words.t("JUST SAVED"), "quiet")), 1), EMPTY, *below]


def _step(step: timeline.Row, words: Words, width: int, code_width: int) -> Row:
    glyph, ink = {
        "done": ("✓ ", "quiet"),
        "skipped": ("– ", "dimmed"),
        "now": ("► ", "strong"),
        "due": ("  ", "accentstrong"),
        "next": ("  ", "text"),
        "later": ("  ", "plain"),
        "waiting": ("  ", "dimmed"),
    }[step.state]
    time = _condition(step.step, words) if step.state == "waiting" else words.time(step.planned) if step.planned else ""
    if isinstance(step.step, FeedbackPoint):
        code, name = "◆ ", step.step.title or words.t("feedback point")
        ink = "strong" if step.state in ("next", "later") else ink
    else:
        code, name = cut(step.step.id.upper(), _MOST_CODE), step.step.name
    drift = ""
    if step.drift is not None and step.state in ("done", "now"):
        drift = f"{step.drift:+d}" if step.drift else "0"
    if step.state == "due":
        drift = words.t("now")
    code_ink = "accentstrong" if step.state in ("now", "due") else ink
    time_ink = "accentstrong" if step.state == "due" else "quiet"
    left = row(
        (" " + glyph, "accent" if step.state == "now" else "quiet"),
        (f"{time:<7}", time_ink),
        (f"{code:<{code_width}}", code_ink),
        (name, ink),
    )
    remark = row((f" {drift}", "accentstrong" if step.state == "due" else "quiet")) if drift else EMPTY
    line = fit(spread(left, remark, width), width)
    return on("now", fit(line, width + 1)) if step.state == "now" else line


def _condition(step: Step, words: Words) -> str:
    """In place of its time: after a choice in which dilemma an inject may still come."""
    dilemmas = step.dilemmas if isinstance(step, Inject) else ()
    return words.t("if {inject}", inject=cut(dilemmas[0].upper(), 3)) if dilemmas else ""


def _debrief_row(session: Session, moment: Moment, words: Words, width: int, code_width: int) -> Row:
    at = timeline.debrief_at(session)
    due = session.phase == "running" and timeline.is_debrief_due(session, moment)
    line = row(
        (" ► " if due else "   ", "accent"),
        (f"{words.time(at)}  " if at else "       ", "quiet"),
        (f"{'■':<{code_width}}", "strong"),
        (words.t("Debrief"), "strong"),
    )
    return on("now", fit(line, width + 1)) if due else fit(line, width)


def ribbon(session: Session, moment: Moment, words: Words, width: int) -> Row:
    """The storyline in one row, with what is on screen in its middle third."""
    parts: list[Row] = []
    here = 0
    for step in timeline.rows(session, moment):
        if step.state == "waiting":  # it may never come
            continue
        code = "◆" if isinstance(step.step, FeedbackPoint) else step.step.id.upper()
        done = step.state in ("done", "skipped")
        if step.state == "due":
            here = len(parts)
            title = step.step.title if isinstance(step.step, FeedbackPoint) else ""
            parts.append(row((f"{code} {title or words.t('now')}", "accentstrong")))
        elif step.state == "now":
            here = len(parts)
            name = step.step.title if isinstance(step.step, FeedbackPoint) else step.step.name
            parts.append(
                on(
                    "now",
                    row(
                        (" ►", "accent"),
                        (f"{code} ", "accentstrong"),
                        (cut(name, 26) + " ", "strong"),
                        (f"{step.drift:+d} " if step.drift else "", "quiet"),
                    ),
                )
            )
        else:
            mark = "–" if step.state == "skipped" else "✓"
            parts.append(row(((mark if done else "") + code, "quiet" if done else "text")))
        unplanned = [held for held in session.held if held.inject == step.step.id and not held.planned]
        parts += [row(("✓◆", "quiet"))] * len(unplanned)
        if isinstance(step.step, FeedbackPoint):
            parts.append(row(" "))
    parts.append(row(("■", "text")))
    return _around(parts, here, width)


def _around(parts: list[Row], here: int, width: int) -> Row:
    """As many parts as fit around the one that is here; where others fall off, a sign says so."""
    first, last = 0, len(parts)

    def signs() -> int:
        return (2 if first else 0) + (2 if last < len(parts) else 0)

    while sum(width_of(part) + 1 for part in parts[first:last]) + signs() > width and last - first > 1:
        if here - first > last - 1 - here:
            first += 1
        else:
            last -= 1
    line: list[tuple[str, str]] = [("‹ ", "quiet")] if first else []
    for part in parts[first:last]:
        line += [*part, (" ", "text")]
    return fit((*line, ("›", "quiet")) if last < len(parts) else tuple(line), width)
