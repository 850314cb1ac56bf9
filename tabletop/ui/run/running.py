"""The leader's screen while the storyline runs: what was, is and comes; the message on the wall; what is for the
leader alone; the tally, the clocks and the forecast. Functions from values to rows.
"""

from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.core.text import cells
from tabletop.locale import Words
from tabletop.ui.rows import (
    EMPTY,
    Row,
    bar,
    beside,
    fill,
    flow,
    inset,
    row,
    spread,
    width_of,
)
from tabletop.ui.run import paper
from tabletop.ui.run.guidance import before_saying, for_leader, introduction
from tabletop.ui.run.header import Around, forecast_words
from tabletop.ui.run.reacting import offer
from tabletop.ui.run.reading import Reading
from tabletop.ui.run.saved import last_saved, saved
from tabletop.ui.run.storyline import ribbon, storyline
from tabletop.ui.run.tally import objectives, small_tally, tally

LEFT, RIGHT, GAP = 36, 26, 3
MIDDLE_AT = LEFT + 2 + GAP
"""The cell in which the middle column begins."""
_DIGITS = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": ("╺┓ ", " ┃ ", "╺┻╸"),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", " ━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
    ":": (" ", ":", " "),
}


def draw(
    session: Session,
    moment: Moment,
    words: Words,
    around: Around,
    width: int,
    height: int,
    selected: int | None = None,
    read: Reading | None = None,
) -> list[Row]:
    """The body, in exactly ``height`` rows. ``selected`` is the number of a saved event that the arrows chose, and
    ``read`` how far the leader has read in what is for the leader alone.
    """
    read = read or Reading()
    if width < 110 or height < 26:
        return fill(_narrow(session, moment, words, width, height, selected, read), height)
    middle = width - MIDDLE_AT - GAP - RIGHT - 2
    columns = (
        (storyline(session, moment, words, LEFT, height - 1, selected), LEFT + 1),
        (_middle(session, moment, words, middle, height, read), middle),
        (_right(session, moment, words, around, RIGHT, height - 1), RIGHT),
    )
    return [inset(line, 1) for line in beside(columns, height, GAP)]


def big_time(seconds: float, ink: str) -> list[Row]:
    """The exercise clock in three rows."""
    total = int(seconds)
    text = f"{total // 60:02}:{total % 60:02}"
    return [row((" ".join(_DIGITS[character][place] for character in text), ink)) for place in range(3)]


# --- the middle ------------------------------------------------------------------------------------------------------


def _middle(session: Session, moment: Moment, words: Words, width: int, height: int, read: Reading) -> list[Row]:
    code = session.current.upper() if session.current else ""
    if session.inject is None:  # the card makes room for what the leader says aloud
        to_say = len(before_saying(session, words, width)) + len(flow(session.exercise.introduction, width))
        card = paper.card(session, moment.at, width, max(5, min(15, height - 5 - to_say)))
        lines = [paper.tab(words, code, width), *card, EMPTY]
        return [*lines, *introduction(session, words, width, height - len(lines), read)]
    guidance = for_leader(session, words, width)
    tall = max(13 + paper.room_for_agreed(session, width), min(17, height - 5 - len(guidance)))
    card = paper.card(session, moment.at, width, tall)
    offered = offer(session, moment, words, width)
    card = paper.trimmed(card, len(offered) + len(guidance) + len(card) + 4 - height)
    lines = [paper.tab(words, code, width), *card, EMPTY, guard(session, moment, words, width), *offered]
    if len(lines) + len(guidance) < height:
        lines.append(EMPTY)
    return [*lines, *read.shown(guidance, height - len(lines), words)]


def guard(session: Session, moment: Moment, words: Words, width: int) -> Row:
    """The budget of the inject; when it ran out, one quiet question in its place."""
    if timeline.is_time_bought(session, moment.clock) and session.bought is not None:
        left = session.bought.until - moment.clock
        who = session.label(session.bought.official) or words.t("the table")
        return spread(
            row((words.t("time bought by {who}", who=who), "accent")),
            row((words.t("{left} left", left=words.duration(left + 0.999)), "text")),
            width,
        )
    left_of_budget = timeline.time_left(session, moment.clock)
    if left_of_budget is None or session.inject is None:
        return EMPTY
    if timeline.is_guard_up(session, moment.clock):
        well = row(
            ("/g", "accent"),
            (" " + words.t("going well"), "quiet"),
            "  ",
            ("/f", "accent"),
            (" " + words.t("feedback now"), "quiet"),
        )
        minutes = int(-left_of_budget / 60 + 0.5)
        over = words.t("≈ {minutes} min over its time", minutes=minutes) if minutes else words.t("≈ over its time")
        if minutes and cells(over) + width_of(well) + 2 > width:
            over = words.t("≈ {minutes} min over", minutes=minutes)
        return spread(row((over, "warning")), well, width)
    budget = timeline.budget(session, session.inject)
    if left_of_budget <= 0:
        over = words.duration(-left_of_budget)
        is_well = session.current in session.going_well
        said = words.t("going well, {over} over", over=over) if is_well else words.t("{over} over its time", over=over)
        text = row((said, "quiet"))
    else:
        of = words.t("{left} left of {budget}", left="\n", budget=words.duration(budget))
        before, _, after = of.partition("\n")
        text = row((before, "quiet"), (words.duration(left_of_budget), "text"), (after, "quiet"))
    thin = bar(1 - left_of_budget / budget, max(width - width_of(text) - 4, 8))
    return spread(thin, text, width)


# --- the right column ------------------------------------------------------------------------------------------------


def _right(session: Session, moment: Moment, words: Words, around: Around, width: int, height: int) -> list[Row]:
    frozen = not session.is_running
    lines = [*big_time(moment.clock, "quiet" if frozen else "text")]
    lines.append(row((words.t("exercise time, stopped") if frozen else words.t("exercise time"), "quiet")))
    if around.forecast is not None:
        end, late, without = forecast_words(around.forecast, session.hard_end, words)
        lines += [EMPTY, row((end, "strong")), row((late, "warning" if around.forecast.late >= 1 else "quiet"))]
        if without:
            lines += flow(without, width, "quiet")
    counts, goals = tally(session, words, width), objectives(session, words, width)
    lines += [EMPTY, counts[0], EMPTY, *counts[1:]]
    if goals:
        lines += [EMPTY, goals[0], EMPTY, *goals[1:]]
    if len(lines) > height:
        lines = [line for place, line in enumerate(lines) if line or place < 6]
    return lines


# --- 80 x 24 ---------------------------------------------------------------------------------------------------------


def _narrow(
    session: Session, moment: Moment, words: Words, width: int, height: int, selected: int | None, read: Reading
) -> list[Row]:
    inner = width - 4
    tab = paper.tab(words, "", inner, guard(session, moment, words, inner - paper.tab_width(words) - 2))
    more = min(paper.room_for_agreed(session, inner), 2)  # from twelve rows on a card stands in one column
    card = paper.card(session, moment.at, inner, 9 + more if session.current else 3)
    below = small_tally(session, words, inner) if session.current else []
    guidance = for_leader(session, words, inner, title=False) if session.current else []
    guidance = [*offer(session, moment, words, inner), *guidance]
    card = paper.trimmed(card, len(guidance) + 3 + len(card) + len(below) - height)
    lines = [ribbon(session, moment, words, inner), last_saved(session, words, inner), tab, *card]
    room = height - len(lines) - len(below)
    if len(guidance) < room:  # air is given up before a word is
        lines.append(EMPTY)
        room -= 1
    if selected is not None:
        lines += saved(session, words, inner, selected, max(room, 3))
    elif session.inject is None:
        lines += introduction(session, words, inner, height - len(lines), read)
    else:
        lines += read.shown(guidance, max(room, 2), words)
    if below and len(lines) < height - len(below):  # air between what to ask and the tally
        lines.append(EMPTY)
    lines = fill(lines, height - len(below))
    return [inset(line, 2) if line else line for line in [*lines, *below]]
