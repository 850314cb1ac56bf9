"""The header of a run: what this is, the clocks, whether it is saved, whether anybody watches."""

from datetime import datetime
from typing import NamedTuple

from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.core.text import cut
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, fit, inset, row, spread, width_of

LEAST_TITLE = 10
"""How many cells of the title stay when something beside it would be left out."""


class Around(NamedTuple):
    """What a screen knows beside the session: the disk, the other screen, a line that was put aside."""

    saved: str = ""
    not_saved: str = ""
    watched: bool = False
    drafts: int = 0
    notice: Row = EMPTY
    forecast: timeline.Forecast | None = None


def status(session: Session, words: Words) -> str:
    """What is going on, in a word."""
    if session.phase == "ended":
        return words.t("ended")
    if session.phase == "debrief":
        return words.t("debrief")
    match session.still:
        case "time-out":
            return words.t("time-out")
        case "break":
            return words.t("break")
        case "real-incident":
            return words.t("stopped: real incident")
        case "continued":
            return words.t("opened again, clock stands still")
        case None:
            pass
    if session.phase == "feedback":
        return words.t("feedback point")
    return words.t("running") if session.current else words.t("introduction")


def forecast_words(forecast: timeline.Forecast, hard_end: datetime | None, words: Words) -> tuple[str, str, str]:
    """The forecast as three texts: when it ends, how that is against the hard end, and what would make it."""
    end = words.t("Ends around {time}", time=words.time(forecast.end))
    if hard_end is None:
        return end, "", ""
    hard = words.time(hard_end)
    if forecast.late < 1:
        early = -forecast.late
        before = words.tn("{n} min earlier than {time}", "{n} min earlier than {time}", early, time=hard)
        return end, before if early else words.t("on time for {time}", time=hard), ""
    late = words.tn("{n} min later than {time}", "{n} min later than {time}", forecast.late, time=hard)
    if not forecast.without:
        return end, late, ""
    names = words.listing([inject.id.upper() for inject in forecast.without])
    if forecast.on_time_without:
        return end, late, words.t("on time without {injects}", injects=names)
    return end, late, words.t("also without {injects}", injects=names)


def waiting(drafts: int, words: Words) -> Row:
    """How many half-typed lines were put aside."""
    return row(("› " + words.tn("{n} draft", "{n} drafts", drafts), "accent")) if drafts else EMPTY


def draw(session: Session, moment: Moment, words: Words, around: Around, width: int, *, narrow: bool) -> Row:
    """One row."""
    title = (session.exercise.title, "strong")
    dot = ("  ·  ", "quiet")
    wall = words.oclock(moment.at)
    if around.not_saved:
        return inset(_alarm(row(title, dot, (wall, "quiet")), _saving(around, words), width - 4), 2)
    if narrow:
        return inset(_narrow(session, moment, words, around, width - 4), 2)
    colour = "warning" if session.still else "quiet"
    left = row(title, dot, (status(session, words), colour), dot, (wall, "quiet"))
    screen = (
        row(("✓ ", "accent"), (words.t("participants' screen"), "quiet"))
        if around.watched
        else row(("○ ", "warning"), (words.t("no participants' screen"), "quiet"))
    )
    saved = row(("✓ ", "quiet"), (words.t("saved {time}", time=around.saved), "quiet"))
    draft = row(waiting(around.drafts, words), "     ") if around.drafts else EMPTY
    return inset(spread(left, row(draft, saved, "     ", screen), width - 4), 2)


def _narrow(session: Session, moment: Moment, words: Words, around: Around, width: int) -> Row:
    """The clocks, and beside them how it stands; the title gives way before any of those does."""
    clocks = row("  ", (words.duration(moment.clock), "strong"), (" · ", "quiet"), (words.oclock(moment.at), "quiet"))
    draft = row(waiting(around.drafts, words), "   ") if around.drafts else EMPTY
    if session.still is not None:
        right = row((status(session, words), "warning"))
    elif session.phase == "ended":
        right = row((status(session, words), "quiet"))
    else:
        room = width - width_of(clocks) - width_of(draft) - LEAST_TITLE
        right = _short_forecast(around, session.hard_end, words, room)
    right = row(draft, right)
    room = max(width - width_of(clocks) - width_of(right) - 2, 1)
    title = (cut(session.exercise.title, room), "strong")
    return spread(row(title, clocks), right, width)


def _alarm(left: Row, alarm: Row, width: int) -> Row:
    """The red words come first: beside them stands what there is room for."""
    return spread(left, alarm, width) if width_of(alarm) + 12 <= width else fit(alarm, width)


def _saving(around: Around, words: Words) -> Row:
    if not around.not_saved:
        return EMPTY
    alarm, said = words.t("NOT SAVED") + ":", around.not_saved
    if said.casefold().startswith(alarm.casefold()):
        said = said[len(alarm) :].lstrip()
    return row((f"{alarm} {said}", "errorstrong"))


def _short_forecast(around: Around, hard_end: datetime | None, words: Words, room: int) -> Row:
    """The forecast in one row; what could be dropped is left out where there is no room for it."""
    if around.forecast is None:
        return EMPTY
    _, late, without = forecast_words(around.forecast, hard_end, words)
    ink = "warning" if around.forecast.late >= 1 else "quiet"
    text = row((words.t("ends {time}, {late}", time=words.time(around.forecast.end), late=late), ink))
    full = row(text, (f" · {without}", "quiet"))
    return full if without and width_of(full) <= room else text
