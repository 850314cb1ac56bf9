"""The preparation as rows: who is at the table, the time it takes, and what deserves a thought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tabletop.core.text import cells, cut
from tabletop.dossier.answers import LastTime
from tabletop.locale import Words
from tabletop.locale.codes import POOLS
from tabletop.ui.desk.scene import is_low, is_narrow
from tabletop.ui.prepare import last_time
from tabletop.ui.prepare.planning import Table, length_of, warnings
from tabletop.ui.rows import EMPTY, Row, beside, fill, fit, flow, hanging, inset, on, row, spread, width_of, window

LIST = 60
NAME = 37


@dataclass(frozen=True, slots=True)
class Prepare:
    """What the preparation shows. ``at`` is a seat, or the number of seats: Begin."""

    table: Table
    at: int
    now: datetime
    watched: bool = False
    """Whether a participants' screen is open already."""
    notice: str = ""
    last: LastTime | None = None
    """What this group left open last time, as soon as that is known."""


def draw(prepare: Prepare, width: int, height: int, words: Words) -> list[Row]:
    """The header and the body, in exactly ``height`` rows."""
    low, narrow = is_low(height + 5), is_narrow(width)
    header = inset(_header(prepare, width - 4, words), 2)
    top = [header, EMPTY] if low else [EMPTY, header, EMPTY]
    room = height - len(top) - (1 if prepare.notice else 0)
    if narrow:
        side = _few_lines(prepare, width - 4, words)
        lines, focus = _roster(prepare, width - 2, words, low=low)
        roster = window(lines, max(room - len(side) - 1, 5), focus)
        spare = 1 if len(roster) < room - len(side) - 1 else 0
        body = [*fill(roster, room - len(side) - spare), *(inset(line, 2) for line in side)]
    else:
        lines, focus = _roster(prepare, LIST, words, low=low)
        rest = width - LIST - 7
        body = beside(((window(lines, room, focus), LIST), (side_column(prepare, rest, room, words), rest)), room, 5)
    foot = [inset(row((cut(prepare.notice, width - 4), "error")), 2)] if prepare.notice else []
    return [*top, *fill(body, room), *foot]


def _header(prepare: Prepare, width: int, words: Words) -> Row:
    title = row((prepare.table.exercise.title, "strong"))
    question = row("  ", ("·", "quiet"), "  ", (words.t("who is at the table?"), "quiet"))
    if not prepare.watched:
        return spread(row(title, question), EMPTY, width)
    open_ = row((words.t("participants' screen is open: is it on the wall, not on your laptop?"), "quiet"))
    shorter = row((words.t("participants' screen is open: is it on the wall?"), "quiet"))
    forms = ((row(title, question), open_), (title, open_), (title, shorter))
    return spread(*next((form for form in forms if sum(map(width_of, form)) + 4 <= width), forms[-1]), width)


def _roster(prepare: Prepare, width: int, words: Words, *, low: bool) -> tuple[list[Row], int]:
    """The list and where the selected row stands in it."""
    table = prepare.table
    lines: list[Row] = []
    focus, pool = 0, ""
    name = min(NAME, width // 2)
    for place, seat in enumerate(table.seats):
        if seat.official.pool != pool:
            if pool and not low:
                lines.append(EMPTY)
            pool = seat.official.pool
            lines.append(row("  ", (words.t(POOLS[seat.official.pool]).upper(), "quiet")))
        chosen = place == prepare.at
        if chosen:
            focus = len(lines)
        box = row(("►" if chosen else " ", "accent"), ("■ ", "accent") if seat.present else ("□ ", "quiet"))
        label = (cut(seat.official.short, name - 6), "strong" if chosen else "text" if seat.present else "plain")
        right = (
            (cut(seat.named, width - name - 2), "plain") if seat.present else (words.t("you play that part"), "quiet")
        )
        lines.append(_line(row(box, label), row(right), name, width, chosen=chosen))
    if table.played:
        if not low:
            lines.append(EMPTY)
        lines.append(row("  ", (words.t("NO KEY OFFICIAL, YOU PLAY THEM"), "quiet")))
        names = ", ".join(official.short for official in table.played)
        lines += [row("    ", line) for line in flow(names, width - 6, "quiet")[:2]]
    if not low:
        lines += [EMPTY, EMPTY]
    chosen = prepare.at >= len(table.seats)
    if chosen:
        focus = len(lines)
    count = words.tn("with {n} function", "with {n} functions", len(table.present))
    begin = row(("► " if chosen else "  ", "accent"), (words.t("Begin"), "strong"))
    lines.append(_line(begin, row((count, "plain")), name, width, chosen=chosen))
    if not low:
        lines += [EMPTY, row("  ", (words.t("Only to learn from. No marks. Names are not needed."), "quiet"))]
    return lines, focus


def _line(left: Row, right: Row, name: int, width: int, *, chosen: bool) -> Row:
    line = row(" ", fit(left, name), right)
    return row(" ", on("now", fit(line, width - 1))) if chosen else row(" ", line)


def side_column(prepare: Prepare, width: int, room: int, words: Words) -> list[Row]:
    """Time, feedback points, whether it fits, what stood open last time as far as there is room, and what to mind."""
    table, now = prepare.table, prepare.now
    indent = max(len(words.t("begin at")), len(words.t("hard end")), len(words.t("group"))) + 2
    end = row((words.t("hard end").ljust(indent), "text"), (words.time(table.hard_end(now)), "strong"), "  ",
              (_debrief(prepare, words), "quiet"))  # fmt: skip
    lines = [
        row((words.t("TIME"), "quiet")),
        EMPTY,
        row((words.t("begin at").ljust(indent), "text"), (words.time(now), "strong")),
        end,
        row((words.t("group").ljust(indent), "text"), *_group(prepare, width - indent, words)),
        EMPTY,
        *_points(prepare, width, words),
        *(fit(line, width) for line in _fits(prepare, words)),
    ]
    notes = _notes(table, width, words)
    free = room - len(lines) - len(notes) - 1
    last = last_time.beside_the_list(prepare.last, width, free, words) if prepare.last is not None else []
    lines += [EMPTY, *last] if last else []
    return [*lines, *notes]


def _notes(table: Table, width: int, words: Words) -> list[Row]:
    found = warnings(table, words)
    lines = [EMPTY, row((words.t("TAKE NOTE"), "quiet")), EMPTY] if found else []
    for text in found:
        for number, line in enumerate(flow(text, width - 2)):
            lines.append(row(("! " if not number else "  ", "warning"), _with_command(line)))
    return lines


def _group(prepare: Prepare, width: int, words: Words) -> Row:
    """Which group it is, and how much it left open; how it is named where nobody named it."""
    group = prepare.table.group
    if not group:
        return row((words.t("not named"), "quiet"), "  ", ("/g", "accentstrong"))
    said = last_time.counted(prepare.last, group, words)
    more = row("  ", ("/o", "accentstrong")) if prepare.last is not None and prepare.last.open else EMPTY
    name = cut(group, max(width - cells(said) - 2 - width_of(more), 12))
    return row((name, "strong"), "  ", (said, "quiet"), *more)


def _debrief(prepare: Prepare, words: Words) -> str:
    minutes = words.number(prepare.table.exercise.debrief.minutes)
    return words.t("debrief {minutes} min, from {time}", minutes=minutes,
                   time=words.time(prepare.table.debrief_at(prepare.now)))  # fmt: skip


def _points(prepare: Prepare, width: int, words: Words) -> list[Row]:
    table = prepare.table
    people, points = len(table.present), table.exercise.feedback_points
    if not points:
        return [row((words.t("No feedback points in this exercise: /f makes one at any moment."), "quiet"))]
    head = words.tn("FEEDBACK POINTS, WITH {n} PERSON", "FEEDBACK POINTS, WITH {n} PEOPLE", people)
    lines = [row((head, "quiet")), EMPTY]
    edge = min(42, width)
    for point in points:
        how, whole = length_of(point, people, words)
        title = cut(point.title or words.t("feedback point"), 16)
        left = row(("◆ ", "text"), (f"{title:<18}", "text"), (how, "plain"))
        lines.append(spread(left, row((whole, "strong")), edge))
    total = sum(point.planned_minutes(people) for point in points)
    whole = words.duration(round(total * 60))
    return [*lines, spread(row((words.t("together"), "quiet")), row((whole, "strong")), edge), EMPTY]


def _fits(prepare: Prepare, words: Words) -> list[Row]:
    table, now = prepare.table, prepare.now
    people = len(table.present)
    available = round((table.hard_end(now) - now).total_seconds() / 60)
    spare = table.spare(now, people)
    minutes = words.tn("{n} minute", "{n} minutes", available)
    if spare >= 0:
        left = words.t("{n} min left over", n=int(spare))
        line = row((words.t("fits in {minutes}", minutes=minutes), "text"), "  ", (left, "quiet"))
    else:
        over = _too_long(spare, words)
        line = row((words.t("does not fit in {minutes}", minutes=minutes), "warning"), "  ", (over, "warning"))
    return [line, row((one_more(prepare, words), "quiet"))]


def one_more(prepare: Prepare, words: Words) -> str:
    """What changes when one more person comes."""
    table = prepare.table
    people = len(table.present) + 1
    total = sum(point.planned_minutes(people) for point in table.exercise.feedback_points)
    spare = table.spare(prepare.now, people)
    fits = words.t("that fits") if spare >= 0 else _too_long(spare, words)
    return words.tn("with {n} person: {length}, {fits}", "with {n} people: {length}, {fits}", people,
                    length=words.duration(round(total * 60)), fits=fits)  # fmt: skip


def _too_long(spare: float, words: Words) -> str:
    return words.t("{n} min too long", n=int(-spare)) if spare <= -1 else words.t("just too long")


def _few_lines(prepare: Prepare, width: int, words: Words) -> list[Row]:
    """The side in four lines, for a small screen."""
    table, now = prepare.table, prepare.now
    people, points = len(table.present), table.exercise.feedback_points
    time = row((words.t("hard end"), "quiet"), "  ", (words.time(table.hard_end(now)), "strong"), "  ",
               (_debrief(prepare, words), "quiet"))  # fmt: skip
    lengths = [words.duration(round(point.planned_minutes(people) * 60)) for point in points]
    total = words.duration(round(sum(point.planned_minutes(people) for point in points) * 60))
    made = row(("◆ ", "text"), (" + ".join(lengths), "plain"), (" = ", "quiet"), (total, "strong")) if points else EMPTY
    fits = _fits(prepare, words)
    lines = [time, row(made, "   ", fits[0]) if points else fits[0], fits[1]]
    if table.group:
        label = row((words.t("group"), "quiet"), "  ")
        lines.append(row(label, _group(prepare, width - width_of(label), words)))
    found = warnings(table, words)
    if found:
        lines.append(_first_warning(found, width))
    return [fit(line, width) for line in lines]


def _first_warning(found: Sequence[str], width: int) -> Row:
    """The most pressing warning; where it is cut, or is not the only one, the command that shows them all."""
    is_whole = len(found) == 1 and cells(found[0]) <= width - 2
    more = (
        EMPTY
        if is_whole
        else row((f"  (+{len(found) - 1}) " if len(found) > 1 else "  ", "quiet"), ("/t", "accentstrong"))
    )
    text = cut(found[0], width - 2 - width_of(more))
    return row(("! ", "warning"), _with_command(row((text, "text"))), more)


def all_warnings(table: Table, width: int, words: Words) -> list[Row]:
    """Everything that deserves a thought, whole, on a page of its own."""
    lines: list[Row] = []
    for text in warnings(table, words):
        said = hanging(("! ", "warning"), text, min(width - 4, 90))
        lines += [inset(_with_command(line), 2) for line in said] + [EMPTY]
    return lines or [inset(row((words.t("Nothing."), "quiet")), 2)]


def _with_command(line: Row) -> Row:
    """Return the row with ``/w`` in it standing out, as every command does."""
    parts: list[tuple[str, str]] = []
    for text, ink in line:
        before, found, after = text.partition("/w")
        parts += [(before, ink), (found, "accentstrong"), (after, ink)]
    return tuple(part for part in parts if part[0])


def hint_of(places: Sequence[str]) -> Row:
    """Return the quiet row under the line."""
    return inset(row(("     ".join(places), "quiet")), 2)
