"""The header of a run: what this is, the clocks, whether it is saved, whether anybody watches."""

from datetime import datetime
from typing import NamedTuple

from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.core.text import cells, cut
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, inset, row, spread, width_of

LEAST_TITLE = 10
"""How many cells of the title stay when something beside it would be left out."""


class Around(NamedTuple):
    """What a screen knows beside the session: the disk, the other screen, a line that was put aside."""

    saved: str = ""
    alarm: Row = EMPTY
    """Why nothing is saved now, in a few words."""
    watched: bool = False
    drafts: int = 0
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
    return end, late, words.t("too late even without {injects}", injects=names)


def waiting(drafts: int, words: Words) -> Row:
    """How many half-typed lines were put aside."""
    return row(("› " + words.tn("{n} draft", "{n} drafts", drafts), "accent")) if drafts else EMPTY


def draw(session: Session, moment: Moment, words: Words, around: Around, width: int, *, narrow: bool) -> Row:
    """One row."""
    title = (session.exercise.title, "strong")
    dot = ("  ·  ", "quiet")
    wall = words.oclock(moment.at)
    if narrow:
        return inset(_narrow(session, moment, words, around, width - 4), 2)
    left = row(title, dot, (status(session, words), _colour(session)), dot, (wall, "quiet"))
    screen = (
        row(("✓ ", "accent"), (words.t("participants' screen"), "quiet"))
        if around.watched
        else row(("○ ", "warning"), (words.t("no participants' screen"), "quiet"))
    )
    saved = row(("✓ ", "quiet"), (words.t("saved {time}", time=around.saved), "quiet"))
    draft = row(waiting(around.drafts, words), "     ") if around.drafts else EMPTY
    return inset(spread(left, row(draft, around.alarm or saved, "     ", screen), width - 4), 2)


def _colour(session: Session) -> str:
    """The ink of what is going on: red for a real incident, amber where the clock stands still for another reason."""
    if session.still == "real-incident":
        return "errorstrong"
    return "warning" if session.still else "quiet"


def _narrow(session: Session, moment: Moment, words: Words, around: Around, width: int) -> Row:
    """The clocks, and beside them how it stands; the title gives way before any of those does."""
    clocks = row("  ", (words.duration(moment.clock), "strong"), (" · ", "quiet"), (words.oclock(moment.at), "quiet"))
    draft = row(waiting(around.drafts, words), "   ") if around.drafts else EMPTY
    least = min(LEAST_TITLE, cells(session.exercise.title)) + 3
    if around.alarm:
        right = around.alarm
    elif session.still is not None or session.phase == "ended":
        right = row((status(session, words), _colour(session)))
    else:
        right = _short_forecast(around, session.hard_end, words, width - width_of(clocks) - width_of(draft) - least)
    right = row(draft, right)
    room = max(width - width_of(clocks) - width_of(right) - 3, 1)
    title = (cut(session.exercise.title, room), "strong")
    return spread(row(title, clocks), right, width)


def _short_forecast(around: Around, hard_end: datetime | None, words: Words, room: int) -> Row:
    """The forecast in one row, in the longest form that there is room for: it is never cut in the middle."""
    if around.forecast is None:
        return EMPTY
    _, against, without = forecast_words(around.forecast, hard_end, words)
    end, late = words.time(around.forecast.end), around.forecast.late
    ink = "warning" if late >= 1 else "quiet"
    long = row((words.t("ends {time}, {late}", time=end, late=against), ink))
    brief = words.tn("{n} min late", "{n} min late", late) if late >= 1 else words.t("on time")
    short = row((words.t("ends {time}, {late}", time=end, late=brief), ink))
    forms = [long, short, row((words.t("ends {time}", time=end), ink))]
    if without:
        forms.insert(0, row(long, (f" · {without}", "quiet")))
    return next((form for form in forms if width_of(form) <= room), forms[-1])
