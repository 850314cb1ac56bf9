"""The leader's screen while the storyline runs: what was, is and comes; the message on the wall; what is for the
leader alone; the tally, the clocks and the forecast. Functions from values to rows.
"""

from collections.abc import Iterator

from tabletop.core import events as e
from tabletop.core import learning, timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import FeedbackPoint, Inject
from tabletop.core.session import Session
from tabletop.core.text import cells, cut
from tabletop.locale import Words
from tabletop.ui.rows import (
    EMPTY,
    Row,
    bar,
    beside,
    broken,
    fill,
    fit,
    flow,
    hanging,
    inset,
    labelled,
    on,
    row,
    spread,
    width_of,
    window,
)
from tabletop.ui.run import paper
from tabletop.ui.run.header import Around, forecast_words
from tabletop.ui.run.naming import FIRST, event_name
from tabletop.ui.run.reading import Reading

LEFT, RIGHT, GAP = 36, 26, 3
MIDDLE_AT = LEFT + 2 + GAP
"""The cell in which the middle column begins."""
SAID: tuple[type[e.Event], ...] = (
    e.LearningPointNoted,
    e.Observed,
    e.Answered,
    e.DecisionMade,
    e.Agreed,
    e.FirstQuestionAnswered,
    e.FingersCounted,
    e.KeptPrivate,
    e.ListAgreed,
    e.DebriefAnswered,
    e.Chosen,
    e.LearningSeen,
)
SHOWN: tuple[type[e.Event], ...] = (e.InjectShown, e.InjectImprovised)
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


# --- the left column -------------------------------------------------------------------------------------------------


def storyline(
    session: Session, moment: Moment, words: Words, width: int, height: int, selected: int | None = None
) -> list[Row]:
    """The storyline with planned wall times and whole minutes of drift; below it, what was saved just now."""
    lines: list[Row] = []
    focus = 0
    steps = timeline.rows(session, moment)
    for place, step in enumerate(steps):
        if step.state in ("now", "due"):
            focus = len(lines)
        lines.append(_step(step, words, width))
        following = steps[place + 1] if place + 1 < len(steps) else None
        if isinstance(step.step, FeedbackPoint) and following is not None:
            lines.append(EMPTY)
    lines.append(_debrief_row(session, moment, words, width))
    title = inset(spread(row((words.t("STORYLINE"), "quiet")), row((words.t("planned, ± min"), "quiet")), width - 1), 1)
    saved = _saved(session, words, width, selected, max(4, height - len(lines) - 5) if selected is None else 8)
    room = height - 2 - (len(saved) + 3 if saved else 0)
    if len(lines) > room:
        lines = [line for line in lines if line]
        focus = min(focus, len(lines) - 1)
    shown = window(lines, max(room, 4), focus)
    if not saved:
        return [title, EMPTY, *shown]
    return [title, EMPTY, *shown, EMPTY, inset(row((words.t("JUST SAVED"), "quiet")), 1), EMPTY, *saved]


def _step(step: timeline.Row, words: Words, width: int) -> Row:
    glyph, ink = {
        "done": ("✓ ", "quiet"),
        "skipped": ("– ", "dimmed"),
        "now": ("► ", "strong"),
        "due": ("  ", "accentstrong"),
        "next": ("  ", "text"),
        "later": ("  ", "plain"),
    }[step.state]
    time = words.time(step.planned) if step.planned else "     "
    if isinstance(step.step, FeedbackPoint):
        code, name = "◆ ", step.step.title or words.t("feedback point")
        ink = "strong" if step.state in ("next", "later") else ink
    else:
        code, name = cut(step.step.id.upper(), 3), step.step.name
    drift = ""
    if step.drift is not None and step.state in ("done", "now"):
        drift = f"{step.drift:+d}" if step.drift else "0"
    if step.state == "due":
        drift = words.t("now")
    code_ink = "accentstrong" if step.state in ("now", "due") else ink
    time_ink = "accentstrong" if step.state == "due" else "quiet"
    left = row(
        (" " + glyph, "accent" if step.state == "now" else "quiet"),
        (f"{time}  ", time_ink),
        (f"{code:<3}", code_ink),
        (name, ink),
    )
    remark = row((f" {drift}", "accentstrong" if step.state == "due" else "quiet")) if drift else EMPTY
    line = fit(spread(left, remark, width), width)
    return on("now", fit(line, width + 1)) if step.state == "now" else line


def _debrief_row(session: Session, moment: Moment, words: Words, width: int) -> Row:
    at = timeline.debrief_at(session)
    due = session.phase == "running" and timeline.is_debrief_due(session, moment)
    line = row(
        (" ► " if due else "   ", "accent"),
        (f"{words.time(at)}  " if at else "       ", "quiet"),
        ("■  ", "strong"),
        (words.t("Debrief"), "strong"),
    )
    return on("now", fit(line, width + 1)) if due else fit(line, width)


def recent(session: Session, count: int, kinds: tuple[type[e.Event], ...] = SAID + SHOWN) -> list[e.Event]:
    """What was saved last, newest first: what somebody said, and the injects that it is about."""
    found: list[e.Event] = []
    place = len(session.events) - 1
    while place >= 0 and len(found) < count:
        event = session.events[place]
        if isinstance(event, kinds) and event.n not in session.undone:
            found.append(event)
        place -= 1
    return found


def last_saved(session: Session, words: Words, width: int, selected: int | None = None) -> Row:
    """What was said and saved last, or what the arrows chose: where no list of it is, the only confirmation."""
    if selected is not None:
        events = [event for event in recent(session, session.n) if event.n == selected]
    else:
        events = recent(session, 1, SAID)
    for event in events:
        line = saved_row(event, session, words, width - 2, chosen=selected is not None)
        return row(("► " if selected is not None else "✓ ", "accent"), line)
    return EMPTY


def _saved(session: Session, words: Words, width: int, selected: int | None, height: int) -> list[Row]:
    """What was saved last, newest first; where the arrows chose an older one, the rows around that."""
    if selected is None:
        events = recent(session, height)
    else:
        every = recent(session, session.n)
        place = next((place for place, event in enumerate(every) if event.n == selected), 0)
        start = max(0, min(place - height // 2, len(every) - height))
        return [
            inset(saved_row(event, session, words, width - 1, chosen=event.n == selected), 1)
            for event in every[start : start + height]
        ]
    lines: list[Row] = []
    for event in events:
        lines += [inset(line, 1) for line in _in_two(event, session, words, width - 1)]
    return lines[:height] if len(events) > 1 else lines


def _in_two(event: e.Event, session: Session, words: Words, width: int) -> list[Row]:
    """A saved event in two rows where it needs them: beside a long function a few letters of the text say nothing."""
    said = saved_words(event, session, words)
    glyph, text = (said[:1], said[1:]) if said[:1] and said[0][1] == "accentstrong" else (EMPTY, said)
    head = row((f"{words.time(event.at)}  ", "quiet"), glyph)
    first, *rest = broken(text, width - width_of(head), 2) or [EMPTY]
    return [row(head, first), *(inset(line, width_of(head)) for line in rest)]


def saved_row(event: e.Event, session: Session, words: Words, width: int, *, chosen: bool = False) -> Row:
    """A saved event with its time; chosen, it stands on its own ground, one cell wider."""
    line = row((f"{words.time(event.at)}  ", "quiet"), saved_words(event, session, words))
    return on("now", fit(line, width + 1)) if chosen else fit(line, width)


def saved_words(event: e.Event, session: Session, words: Words) -> Row:
    """A saved event in one row, as it stands now: a revised point reads as revised."""
    if isinstance(event, e.LearningPointNoted):
        point = next((point for point in session.points if point.id == event.id), None)
        if point is not None:
            glyph = "+ " if point.turn == "keep" else "Δ "
            text = words.t("private") if point.private else (point.text or words.t("to be written out"))
            ink = "dimmed" if point.withdrawn else "text"
            return row((glyph, "accentstrong"), (session.label(point.official) + " ", "text"), (text, ink))
    text = event_name(event, session, words)
    glyph = text[:2] if text[:2] in ("! ", "· ", "+ ", "Δ ") else ""
    return row((glyph, "accentstrong"), (text[len(glyph) :], "text"))


# --- the middle ------------------------------------------------------------------------------------------------------


def _middle(session: Session, moment: Moment, words: Words, width: int, height: int, read: Reading) -> list[Row]:
    code = session.current.upper() if session.current else ""
    if session.inject is None:  # the card makes room for what the leader says aloud
        to_say = len(_before_saying(session, words, width)) + len(flow(session.exercise.introduction, width))
        card = paper.card(session, moment.at, width, max(5, min(15, height - 5 - to_say)))
        lines = [paper.tab(words, code, width), *card, EMPTY]
        return [*lines, *introduction(session, words, width, height - len(lines), read)]
    guidance = for_leader(session, words, width)
    tall = max(13, min(17, height - 5 - len(guidance)))
    card = paper.card(session, moment.at, width, tall)
    card = paper.trimmed(card, len(guidance) + tall + 4 - height)
    lines = [paper.tab(words, code, width), *card, EMPTY, guard(session, moment, words, width)]
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
        minutes = int(-left_of_budget // 60) + 1
        over = words.t("≈ {minutes} min over its time", minutes=minutes)
        if cells(over) + width_of(well) + 2 > width:
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


def introduction(session: Session, words: Words, width: int, height: int, read: Reading) -> list[Row]:
    """Before the first inject: what to check; under their own heading the words to say, as far as they were read."""
    lines = [*_before_saying(session, words, width), row((words.t("TO SAY ALOUD"), "quiet"))]
    text = flow(session.exercise.introduction, width)
    return [*lines, *read.shown(text, max(height - len(lines), 1), words, on="↓", back="↑")]


def _before_saying(session: Session, words: Words, width: int) -> list[Row]:
    check = words.t("Is the participants' screen on the wall, not on your laptop?")
    lines = hanging(("○ ", "quiet"), check, width, "quiet")
    if session.exercise.content_note:
        note = words.t("To say beforehand: {note}", note=session.exercise.content_note)
        lines += hanging(("! ", "warning"), note, width)
    return [*lines, EMPTY]


def for_leader(session: Session, words: Words, width: int, *, title: bool = True) -> list[Row]:
    """What is for the leader alone: what only the receiver hears, what to ask, what to expect, which objectives."""
    lines: list[Row] = [row((words.t("FOR THE LEADER ALONE"), "quiet"))] if title else []
    inject = session.inject
    if inject is None:
        return lines
    indent = max(10 if title else 8, *(cells(words.t(label)) + 2 for label in _labels(inject)))
    lines += _to_play(inject, words, width, indent)
    lines += _to_say(inject, words, width, indent, together=not title)
    if inject.choices:
        lines.append(fit(_dilemma(session, inject, words, indent), width))
    if inject.expect:
        lines += labelled(words.t("Watch for"), inject.expect, width, indent)
    if session.groups:
        label = words.t("Less self-reliant")
        lines += labelled(label, words.listing(session.groups), width, cells(label) + 2)
    goals = [o for o in session.exercise.objectives if o.id in inject.objectives]
    first = _first_question(session, words)
    if not goals:
        return [*lines, first]
    names = [f"{goal.id.upper()} {goal.name}" for goal in goals]
    together = ", ".join(names)
    if not title:  # where rows are few, those two share one
        aside = row((words.t("Objective") + " ", "quiet"), (together, "text"))
        if width_of(first) + width_of(aside) + 3 <= width:
            return [*lines, spread(first, aside, width)]
    text = together if cells(together) <= width - indent else "\n".join(names)
    return [*lines, *labelled(words.t("Objective"), text, width, indent), first]


def _labels(inject: Inject) -> Iterator[str]:
    """The labels that stand beside this inject, for how wide their column must be."""
    yield from ("Ask", "Objective")
    if inject.expect:
        yield "Watch for"
    if inject.condition:
        yield "Only if"
    if inject.scale_up:
        yield "Mind"
    if inject.choices:
        yield "Dilemma"


def _to_play(inject: Inject, words: Words, width: int, indent: int) -> list[Row]:
    """Who speaks and what is said, where it is for the receiver only: it stands on no screen of the participants."""
    if not inject.receiver_only:
        return []
    text = "\n".join(line for line in inject.text.split("\n") if line.strip())
    lines = labelled(words.t("Play"), inject.sender, width, indent, "strong") if inject.sender else []
    return [*lines, *labelled(words.t("Say"), text, width, indent, "strong")]


def _to_say(inject: Inject, words: Words, width: int, indent: int, *, together: bool) -> list[Row]:
    """What the leader keeps in mind and asks aloud; ``together``: the questions in one row, where they fit."""
    lines: list[Row] = []
    if inject.scale_up:
        lines += labelled(words.t("Mind"), words.t("Scaling up is no order to act."), width, indent, "warning")
    if inject.condition:
        lines += labelled(words.t("Only if"), inject.condition, width, indent)
    joined = " ".join(inject.ask)
    questions = [joined] if together and joined and cells(joined) <= width - indent else inject.ask
    for place, question in enumerate(questions):
        lines += labelled(words.t("Ask") if not place else "", question, width, indent)
    return lines


def _dilemma(session: Session, inject: Inject, words: Words, indent: int) -> Row:
    label = fit(row((words.t("Dilemma"), "quiet")), indent)
    chosen = session.choices.get(inject.id)
    if chosen is None:
        names = " · ".join(choice.text for choice in inject.choices)
        return row(label, ("/j ", "accent"), (names, "text"))
    text = next((choice.text for choice in inject.choices if choice.id == chosen.choice), chosen.choice)
    because = f", {words.t('because')} {chosen.because}" if chosen.because else ""
    return row(label, ("✓ ", "accent"), (text + because, "text"))


def _first_question(session: Session, words: Words) -> Row:
    label = row((words.t("First question"), "quiet"), "  ")
    first = session.first
    if first.status == "answered" and first.answer is not None:
        because = f", {words.t('because')} {first.because}" if first.because else ""
        return row(label, ("✓ ", "accent"), (words.t(FIRST[first.answer]) + because, "text"))
    again = words.t("ask again") if first.status == "reopened" else words.t("not answered yet")
    return row(label, ("○ " + again, "warning"), "  ", ("/1", "accent"))


# --- the right column ------------------------------------------------------------------------------------------------


def _right(session: Session, moment: Moment, words: Words, around: Around, width: int, height: int) -> list[Row]:
    frozen = not session.is_running
    lines = [*big_time(moment.clock, "quiet" if frozen else "text")]
    lines.append(row((words.t("exercise time, stands still") if frozen else words.t("exercise time"), "quiet")))
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


def tally(session: Session, words: Words, width: int) -> list[Row]:
    """Learning points per key official, in table order: never sorted by how many."""
    counts = learning.tally(session)
    total = sum(one.points for one in counts)
    lines = [spread(row((words.t("LEARNING POINTS"), "quiet")), row((str(total), "quiet")), width)]
    lines += [spread(row((one.label, "text")), _dots(one.points), width) for one in counts]
    if not counts:
        lines += flow(words.t("Nobody is at the table yet: /w."), width, "quiet")
    elif not total:
        lines += flow(words.t("None yet. Type + and the text."), width, "quiet")
    return lines


def _dots(count: int) -> Row:
    if not count:
        return row(("–    ", "quiet"))
    return row((("● " * count).ljust(6)[:5] if count <= 3 else f"● x{count}".ljust(5), "accent"))


def _small_dots(count: int) -> tuple[str, str]:
    if not count:
        return "–", "quiet"
    return ("●" * count if count <= 3 else f"●x{count}"), "accent"


def objectives(session: Session, words: Words, width: int) -> list[Row]:
    reached = session.objectives_reached
    total = session.exercise.objectives
    if not total:
        return []
    count = (
        words.t("enough")
        if session.is_enough
        else words.t("{n} of {of}", n=sum(o.id in reached for o in total), of=len(total))
    )
    ink = "accent" if session.is_enough else "quiet"
    lines = [spread(row((words.t("OBJECTIVES"), "quiet")), row((count, ink)), width)]
    for objective in total:
        done = objective.id in reached
        lines.append(
            row(
                ("✓ " if done else "○ ", "quiet" if done else "text"),
                (f"{objective.id.upper()} ", "quiet"),
                (cut(objective.name, width - 6), "quiet" if done else "text"),
            )
        )
    return lines


# --- 80 x 24 ---------------------------------------------------------------------------------------------------------


def _narrow(
    session: Session, moment: Moment, words: Words, width: int, height: int, selected: int | None, read: Reading
) -> list[Row]:
    inner = width - 4
    tab = paper.tab(words, "", inner, guard(session, moment, words, inner - paper.tab_width(words) - 2))
    card = paper.card(session, moment.at, inner, 9 if session.current else 3)
    below = _small_tally(session, words, inner) if session.current else []
    guidance = for_leader(session, words, inner, title=False) if session.current else []
    card = paper.trimmed(card, len(guidance) + 3 + len(card) + len(below) - height)
    lines = [ribbon(session, moment, words, inner), last_saved(session, words, inner), tab, *card]
    room = height - len(lines) - len(below)
    if len(guidance) < room:  # air is given up before a word is
        lines.append(EMPTY)
        room -= 1
    if selected is not None:
        lines += _saved(session, words, inner, selected, max(room, 3))
    elif session.inject is None:
        lines += introduction(session, words, inner, height - len(lines), read)
    else:
        lines += read.shown(guidance, max(room, 2), words)
    if below and len(lines) < height - len(below):  # air between what to ask and the tally
        lines.append(EMPTY)
    lines = fill(lines, height - len(below))
    return [inset(line, 2) if line else line for line in [*lines, *below]]


def ribbon(session: Session, moment: Moment, words: Words, width: int) -> Row:
    """The storyline in one row, with what is on screen in its middle third."""
    parts: list[Row] = []
    here = 0
    for step in timeline.rows(session, moment):
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
        if isinstance(step.step, FeedbackPoint):
            parts.append(row(" "))
    parts.append(row(("■", "text")))
    first, last = 0, len(parts)
    while sum(width_of(part) + 1 for part in parts[first:last]) > width and last - first > 1:
        if here - first > last - 1 - here:
            first += 1
        else:
            last -= 1
    line: list[tuple[str, str]] = []
    for part in parts[first:last]:
        line += [*part, (" ", "text")]
    return fit(tuple(line), width)


def _small_tally(session: Session, words: Words, width: int) -> list[Row]:
    counts = learning.tally(session)
    label = words.t("Points") + f" {sum(one.points for one in counts)}"
    aims = words.t("Objectives")
    reached = session.objectives_reached
    total = session.exercise.objectives
    aims_label = f"{aims} {sum(o.id in reached for o in total)}/{len(total)}" if total else ""
    indent = max(cells(label), cells(aims_label)) + 2
    items = [row((f"{one.label} ", "text"), _small_dots(one.points), "  ") for one in counts]
    lines: list[Row] = [EMPTY]
    for item in items:
        if lines[-1] and width_of(lines[-1]) + width_of(item) > width - indent:
            lines.append(EMPTY)
        lines[-1] = row(lines[-1], item)
    goals: list[Row] = [
        row(("✓" if o.id in reached else "○", "quiet"), (o.id.upper() + " ", "quiet" if o.id in reached else "text"))
        for o in total
    ]
    if session.is_enough:
        goals = [row(("✓ " + words.t("enough"), "accent"))]
    goal_row = row(*goals) if goals else EMPTY
    if len(lines) > 1 and width_of(lines[-1]) + width_of(goal_row) <= width - indent:
        lines[-1] = spread(lines[-1], goal_row, width - indent)
    else:
        lines.append(goal_row)
    lines = lines[:3]
    heads = [row((label, "quiet")), *([EMPTY] * (len(lines) - 2)), row((aims_label, "quiet"))]
    return [row(fit(head, indent), line) for head, line in zip(heads, lines, strict=False)]
