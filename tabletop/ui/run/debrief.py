"""The leader's screen in the debrief: the question in turn, what is left to do, and what comes on the wall."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from tabletop.core import events as e
from tabletop.core.clock import Moment
from tabletop.core.events import DebriefTask
from tabletop.core.said import reveal_pages
from tabletop.core.session import Answer, Point, Session
from tabletop.core.text import cells, cut
from tabletop.core.upcoming import TASKS as ORDER
from tabletop.core.upcoming import left_open, tasks
from tabletop.locale import Words, mark
from tabletop.locale.codes import ASPECTS, GLYPHS, KINDS, LEVELS
from tabletop.ui.rows import (
    EMPTY,
    Part,
    Row,
    beside,
    broken,
    fill,
    fit,
    flow,
    hanging,
    inset,
    ledged,
    lit,
    on,
    row,
    spread,
    width_of,
    window,
)
from tabletop.ui.run import paper
from tabletop.ui.run.header import LEAST_TITLE
from tabletop.ui.run.naming import TASKS
from tabletop.ui.run.tally import objectives

SIDE = 50


class Item(NamedTuple):
    """A row that the arrows choose in a task: what it stands for, and how it reads."""

    key: str
    line: Row
    detail: str = ""


class Door(NamedTuple):
    """A question or a task that Enter opens: the debrief need not be walked through in order."""

    task: DebriefTask
    question: int = 0

    def name(self, words: Words) -> str:
        return words.t("question {n}", n=self.question) if self.question else words.t(TASKS[self.task])


def header(session: Session, moment: Moment, words: Words, width: int, *, aside: Row = EMPTY) -> Row:
    """``aside``: what must be said besides."""
    right = EMPTY
    if session.hard_end is not None:
        minutes = round((session.hard_end - moment.at).total_seconds() / 60)
        ink = "strong" if minutes >= 0 else "warning"
        left_text = (
            words.tn("{n} min left", "{n} min left", minutes) if minutes >= 0 else words.t("{n} min over", n=-minutes)
        )
        right = row(
            (words.t("hard end") + " ", "quiet"), (words.time(session.hard_end), "text"), "   ", (left_text, ink)
        )
    first = row(("■ ", "strong"), (words.t("Debrief"), "strong"), ("  ·  ", "quiet"))
    last = row(("  ·  ", "quiet"), (words.oclock(moment.at), "quiet"))
    room = width - 6 - width_of(first) - width_of(last)  # the title gives way to the time
    if aside:
        both = row(aside, "   " if right else "", right)
        right = both if room - width_of(both) >= LEAST_TITLE else aside
    title = cut(session.exercise.title, max(room - width_of(right), LEAST_TITLE))
    return inset(spread(row(first, (title, "quiet"), last), right, width - 4), 2)


def items(session: Session, words: Words) -> list[Item]:
    """What the arrows choose among in the task in turn."""
    match session.task:
        case "marks":
            return [
                Item(
                    point.id,
                    row((f"{GLYPHS[point.turn]} ", "accent"), (session.label(point.official), "text")),
                    _where(point.inject, words.time(point.at)),
                )
                for point in session.open_points
                if point.is_mark
            ]
        case "kinds":
            return [
                Item(
                    point.id,
                    row(
                        (f"{GLYPHS[point.turn]} ", "accent"),
                        (f"{session.label(point.official)}  ", "quiet"),
                        (words.t("private") if point.private else point.text, "text"),
                    ),
                    ", ".join(
                        (words.t(KINDS[point.kind]), words.t(LEVELS[point.level]), words.t(ASPECTS[point.aspect]))
                    ),
                )
                for point in session.open_points
                if point.text
            ]
        case "used":
            names = list(dict.fromkeys([*session.exercise.checklist.lines, *session.used]))
            return [
                Item(name, row(("■ " if name in session.used else "□ ", "accent"), (name, "text"))) for name in names
            ]
        case "proposals":
            found = []
            for point in session.open_points:
                if point.kind == "proposal" and point.text and not point.private:
                    counted = next((f.counted for f in reversed(session.counted) if f.point == point.id), ())
                    detail = " ".join(str(n) for n in sorted(counted)) if counted else words.t("not asked yet")
                    found.append(
                        Item(point.id, row(("✓ " if counted else "○ ", "quiet"), (point.text, "text")), detail)
                    )
            return found
        case "thanks":
            return [_thanks(session, person.official, words) for person in session.participants]
        case _:
            return []


def doors(session: Session) -> list[Door]:
    """Where the arrows lead besides the rows of the task: every question, or the last one, and the other tasks."""
    count = len(session.debrief_questions)
    first = 1 if session.task == "questions" else max(count, 1)
    questions = [Door("questions", number) for number in range(first, count + 1)]
    return [*questions, *(Door(task) for task in tasks(session) if task not in ("questions", session.task))]


def start(session: Session, words: Words) -> int | None:
    """Where the arrows begin: on the question in turn, or on the first row of the task; nowhere where there is none."""
    if session.task == "questions":
        return session.question - 1 if session.debrief_questions else None
    return 0 if items(session, words) else None


def door(session: Session, words: Words, at: int | None) -> Door | None:
    """The question or task that the arrows chose, where it is not the one in turn."""
    place = -1 if at is None else at - len(items(session, words))
    found = doors(session)[place] if 0 <= place < len(doors(session)) else None
    return None if found == Door("questions", session.question) and session.task == "questions" else found


def next_thanks(session: Session, at: int | None) -> int | None:
    """The next thank-you below this row that waits for its approval; None where Space leads on."""
    if session.phase != "debrief" or session.task != "thanks" or at is None:
        return None
    waiting = (place for place, person in enumerate(session.participants) if person.official not in session.thanks)
    return next((place for place in waiting if place > at), None)


def thanks_text(session: Session, official: str) -> str:
    """The point to keep that a thank-you quotes: the last one of this official that is not private."""
    texts = [
        p.text for p in session.open_points if p.official == official and p.turn == "keep" and p.text and not p.private
    ]
    return texts[-1] if texts else ""


def _thanks(session: Session, official: str, words: Words) -> Item:
    approved = official in session.thanks
    person = session.person(official)
    name = f"{person.name}  " if person is not None and person.name else ""
    text = session.thanks[official] if approved else thanks_text(session, official)
    quote = f"“{text}”" if text else words.t("no point to keep yet: a thank-you without a quote")
    return Item(
        official,
        row(
            ("✓ " if approved else "○ ", "accent" if approved else "text"),
            (name, "strong"),
            (session.label(official), "quiet"),
        ),
        quote,
    )


def _where(inject: str | None, time: str) -> str:
    return f"{inject.upper()}, {time}" if inject else time


def draw(session: Session, moment: Moment, words: Words, at: int | None, width: int, height: int) -> list[Row]:
    """The body, in exactly ``height`` rows. ``at`` is which row the arrows chose: of the task, then of the doors."""
    narrow = width < 110 or height < 26
    if narrow:
        inner = width - 4
        lines = _main(session, words, at, inner, height)
        return fill([ledged(inset(line, 2)) if line else line for line in lines], height)
    left = width - 4 - SIDE - 4
    main = _main(session, words, at, left, height - 1)
    if session.exercise.call_out is not None:
        from tabletop.ui.callout.calls import calls  # loaded only where a run needs it

        side = [*calls(session, words, SIDE, max(height - 8, 6)), EMPTY, *objectives(session, words, SIDE)]
        return [ledged(inset(line, 2)) for line in beside(((main, left), (side, SIDE)), height, 4)]
    soon = _thanked(session)
    card = paper.snug(paper.card(soon or session, moment.at, SIDE, 17))
    side = [paper.tab(words, "", SIDE, coming=soon is not None), *card, EMPTY, *objectives(session, words, SIDE)]
    return [ledged(inset(line, 2)) for line in beside(((main, left), (side, SIDE)), height, 4)]


def _thanked(session: Session) -> Session | None:
    """The session as it will be once the thank-yous that were approved are shown, while that is what comes."""
    if session.task != "thanks" or session.thanks_shown or not session.thanks:
        return None
    return replace(session, thanks_shown=True, reveal_shown=False, on_screen=None, fingers=None)


def _main(session: Session, words: Words, at: int | None, width: int, height: int) -> list[Row]:
    rest = [EMPTY, row((words.t("AFTER THAT"), "quiet")), EMPTY]
    if height < 24:
        rest = rest[:2]
    rest += _tasks(session, words, at, width)
    found = items(session, words)
    if height < 24 and found and (at is None or at < len(found)):  # the rows of the task need the room
        rest = [EMPTY, _tasks_in_short(session, words, width)]
    room = max(height - len(rest), 6)
    if session.task == "questions":
        return [*_questions(session, words, at, width, room), *rest][:height]
    lines = [row((words.t(TASKS[session.task]).upper(), "quiet")), *_how(session, words, width), EMPTY]
    lines += _items(session, words, at, width, max(room - len(lines), 3))
    return [*fill(lines, room), *rest][:height]


def _tasks_in_short(session: Session, words: Words, width: int) -> Row:
    """The tasks that follow in one row, while the arrows are in the rows of this one."""
    order = tasks(session)
    names = [words.t(TASKS[task]) for task in order[order.index(session.task) + 1 :]]
    if not names:
        return EMPTY
    left = row((words.t("AFTER THAT"), "quiet"), "  ", (" · ".join(names), "plain"))
    return fit(left, width)


def _questions(session: Session, words: Words, at: int | None, width: int, height: int) -> list[Row]:
    """Every question with what was said about it, around the one that the arrows chose."""
    lines: list[Row] = []
    focus = 0
    hints = session.exercise.debrief.questions
    noted = _noted(session)
    for number, text in enumerate(session.debrief_questions, start=1):
        here, chosen = session.question == number, at == number - 1
        glyph = "► " if chosen else "● " if here else "✓ " if number < session.question else "○ "
        ink = "strong" if here else "quiet" if number < session.question else "text"
        if here and lines:
            lines.append(EMPTY)
        if chosen and not here:
            focus = len(lines)
        lines += _chosen(hanging((glyph, "accent"), text, width, ink), width, chosen=chosen)
        if here and number <= len(hints) and hints[number - 1].hint:
            lines += hanging(("  ", "quiet"), hints[number - 1].hint, width, "quiet")
        lines += _said(session, number, noted.get(number, []), words, width, here=here)
        if here:
            focus = focus or len(lines) - 1  # what was said last stays in sight
            lines.append(EMPTY)
    return window(lines, height, focus)


def _chosen(lines: list[Row], width: int, *, chosen: bool) -> list[Row]:
    return [on("now", fit(line, width)) for line in lines] if chosen else lines


def _noted(session: Session) -> Mapping[int, list[str]]:
    """The points that were noted during each question, by its number; what was noted in a task stands there."""
    events = session.events
    start = len(events)
    while start > 0 and not isinstance(events[start - 1], e.DebriefOpened):
        start -= 1
    found: dict[int, list[str]] = {}
    question = 1
    for event in events[start:]:
        if event.n in session.undone:
            continue
        if isinstance(event, e.DebriefStep):
            question = event.question if event.task == "questions" else 0
        elif isinstance(event, e.LearningPointNoted):
            found.setdefault(question, []).append(event.id)
    return found


def _said(session: Session, number: int, noted: list[str], words: Words, width: int, *, here: bool) -> list[Row]:
    answers = [a for a in session.debrief_answers if a.question == number and a.n not in session.undone]
    points = [point for point in session.open_points if point.id in noted]
    if not here:
        return _how_many(answers, points, words)
    lines: list[Row] = []
    for answer in answers:
        text = words.t("private") if answer.private else answer.text
        lines += _of(("  · ", "accent"), text, session.label(answer.official), width)
    for point in points:
        text = words.t("private") if point.private else point.text or words.t("to be written out")
        lines += _of((f"  {GLYPHS[point.turn]} ", "accent"), text, session.label(point.official), width)
    return lines


def _how_many(answers: list[Answer], points: list[Point], words: Words) -> list[Row]:
    shared = sum(not answer.private for answer in answers)
    private = len(answers) - shared
    parts = [words.tn("{n} answer", "{n} answers", shared)] if shared else []
    parts += [words.tn("{n} * private: text hidden", "{n} * private: texts hidden", private)] if private else []
    parts += [words.tn("{n} point", "{n} points", len(points))] if points else []
    return [row(("  " + ", ".join(parts), "quiet"))] if parts else []


def _of(head: Part, text: str, who: str, width: int) -> list[Row]:
    """What somebody said, wrapped, with their function at the right edge."""
    name = row((f"  {cut(who, 24)}", "quiet")) if who else EMPTY
    first, *rest = hanging(head, text, width - width_of(name))
    return [spread(first, name, width), *rest]


_BY_PHONE: Mapping[DebriefTask, str] = {
    "thanks": mark("Say it before you hang up. Enter keeps it for the end; other words? Type them and press Enter."),
    "reveal": mark("Tell it in your own words, before you hang up."),
}


def _how(session: Session, words: Words, width: int) -> list[Row]:
    """One quiet sentence on what the keys do in this task."""
    said = {
        "questions": "",
        "marks": words.t("Arrows choose, type the text and Enter."),
        "kinds": words.t(
            "Arrows choose; Enter sets kind, level, and process or effect; the last row there opens all the rest."
        ),
        "used": words.t("What did you really use? Enter ticks; a name and Enter adds an instrument."),
        "proposals": words.t(
            "Workable in practice? Enter puts it to the fingers; then one digit per person and Enter."
        ),
        "thanks": words.t(
            "Enter approves one, Space passes it by. Other words? Type them and press Enter. "
            "/a shows the approved ones."
        ),
        "reveal": words.t("Space shows the participants what really happened."),
    }[session.task]
    if session.exercise.call_out is not None and session.task in _BY_PHONE:
        said = words.t(_BY_PHONE[session.task])
    return broken(lit(row((said, "quiet")), "/a"), width, 3) if said else []


def _items(session: Session, words: Words, at: int | None, width: int, height: int) -> list[Row]:
    lines: list[Row] = []
    focus = 0
    for place, item in enumerate(items(session, words)):
        here = place == at
        if here:
            focus = len(lines)
        line = spread(row(("► " if here else "  ", "accent"), item.line), EMPTY, width)
        lines.append(on("now", fit(line, width)) if here else line)
        if item.detail:
            lines += [inset(part, 4) for part in flow(item.detail, width - 4, "quiet")]
    if session.task == "reveal":
        lines = _revealed(session, width, height)
    if not lines:
        lines = [row((words.t("Nothing to do here: Space goes on."), "quiet"))]
    return window(lines, height, focus)


def _revealed(session: Session, width: int, height: int) -> list[Row]:
    """What really happened, from the page that stands on the participants' screen on; the pages after it are quiet."""
    pages = reveal_pages(session.exercise.basis)
    at = min(session.page_over, len(pages) - 1) if session.reveal_shown else 0
    lines: list[Row] = []
    for place, page in enumerate(pages[at:]):
        for is_gap, part in groupby(page, lambda line: line.kind in ("gap", "from")):
            if is_gap:
                continue
            said = list(part)
            ink = "quiet" if place or said[0].kind == "source" else "strong" if said[0].kind == "asked" else "plain"
            more = [EMPTY, *flow(" ".join(line.text for line in said), width, ink)]
            if place and len(lines) + len(more) > height:
                return lines[1:]
            lines += more
    return lines[1:]


def _tasks(session: Session, words: Words, at: int | None, width: int) -> list[Row]:
    """The tasks that come, with the questions first once they are over; those with nothing to do are pale."""
    name = max(cells(words.t(TASKS[task])) for task in ORDER) + 5
    wide = min(width, 62)
    opened = door(session, words, at)
    available = tasks(session)
    lines: list[Row] = []
    for task in ORDER if session.exercise.call_out is None else available:
        if task == "questions" and (session.task == task or not session.debrief_questions):
            continue
        chosen = opened is not None and opened.task == task
        here = task == session.task
        is_done = task in available and _is_done(session, task)
        glyph = "► " if chosen else "● " if here else "✓ " if is_done else "○ "
        ink = "strong" if here else "text" if task in available else "dimmed"
        left = row((glyph, "accent" if here or chosen else "quiet"), (words.t(TASKS[task]), ink))
        line = row(fit(left, name), (_left(session, task, words), "quiet"))
        lines += _chosen([line], wide, chosen=chosen)
    return lines


def _is_done(session: Session, task: DebriefTask) -> bool:
    """Whether the table has passed a task, and the last bar will name nothing of it as still open."""
    if session.task not in ORDER or ORDER.index(task) >= ORDER.index(session.task):
        return False
    left = left_open(session)
    open_in: Mapping[DebriefTask, int] = {"marks": left.marks, "proposals": left.proposals, "thanks": left.thanks}
    return not open_in.get(task, 0)


def _left(session: Session, task: DebriefTask, words: Words) -> str:
    points = session.open_points
    match task:
        case "marks":
            return words.tn("{n} open", "{n} open", sum(point.is_mark for point in points))
        case "kinds":
            return words.tn("{n} point", "{n} points", sum(bool(point.text) for point in points))
        case "used":
            lines = session.exercise.checklist.lines
            return words.t("checklist {n} of {of}", n=sum(name in session.used for name in lines), of=len(lines))
        case "proposals":
            return words.tn("{n} proposal", "{n} proposals", sum(point.kind == "proposal" for point in points))
        case "thanks":
            return words.t("{n} of {of} approved", n=len(session.thanks), of=len(session.participants))
        case "reveal" if task in tasks(session) and session.exercise.call_out is None:
            return words.t("shown") if session.was_revealed else words.t("not shown yet")
        case _:
            return ""
