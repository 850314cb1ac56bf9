"""The pages of a review, as rows: the overview, the storyline in time, and the learning points."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, TypeAlias

from tabletop.core import learning, review
from tabletop.core.days import day_of
from tabletop.core.exercise import FeedbackPoint
from tabletop.core.learning import Group
from tabletop.core.review import Passed
from tabletop.core.seats import seated
from tabletop.core.session import Point, Session
from tabletop.locale import Words, mark
from tabletop.locale.codes import ASPECTS, GLYPHS, KEPT, KINDS, LEVELS, POOLS
from tabletop.ui.rows import EMPTY, Row, fit, flow, hanging, labelled, row
from tabletop.ui.run.naming import event_name, step_name, turn_name

Lead: TypeAlias = Literal["theme", "official", "pool", "objective", "inject", "kind", "level", "aspect"]
LEADS: Final[Mapping[Lead, str]] = {
    "theme": mark("by theme"),
    "official": mark("by official"),
    "pool": mark("by pool"),
    "objective": mark("by objective"),
    "inject": mark("by inject"),
    "kind": mark("by kind"),
    "level": mark("by level"),
    "aspect": mark("process and effect"),
}
_GROUPS: Final[Mapping[Lead, Callable[[Session, Sequence[Point]], tuple[Group, ...]]]] = {
    "theme": learning.by_theme,
    "official": learning.by_official,
    "pool": learning.by_pool,
    "objective": learning.by_objective,
    "inject": learning.by_inject,
    "kind": learning.by_kind,
    "level": learning.by_level,
    "aspect": learning.by_aspect,
}
_CODES: Final[Mapping[str, str]] = {**POOLS, **KINDS, **LEVELS, **ASPECTS}
_NAME: Final = 26
"""Cells of the names beside the picture of time."""


# --- the overview ---


def overview(session: Session, words: Words, width: int, incident: str = "") -> list[Row]:
    """What was practised, with whom, and how it went; what was not recorded may still have been done.

    Of a real incident, with where it is known from, only what somebody can know of one.
    """
    exercise, stops = session.exercise, review.stops(session)
    there = seated(session)
    people = [one.name for one in exercise.officials if one.id in there]
    told = words.tn("{n} told", "{n} told", len(learning.told_points(session)))
    marks = sum(not point.text and not point.private for point in session.open_points)
    told += f" · {words.tn('{n} to be written out', '{n} to be written out', marks)}" if marks else ""
    took = words.t("{minutes} min, planned {planned}", minutes=round(review.whole(session)),
                   planned=words.number(exercise.minutes))  # fmt: skip
    held = words.tn("{n} held", "{n} held", stops.held)
    held += f" · {words.tn('{n} put off', '{n} put off', stops.postponed)}" if stops.postponed else ""
    held += f" · {words.tn('{n} skipped', '{n} skipped', stops.skipped)}" if stops.skipped else ""
    what = [
        (words.t("Practised"), words.listing([one.name for one in exercise.objectives]) or exercise.title),
    ]
    went = [
        (words.t("Took"), took),
        (words.t("Feedback points"), held),
        (words.t("First question"), _first(session, words)),
    ]
    if incident:
        what, went = [(words.t("Real incident"), exercise.title), (words.t("Known from"), incident)], []
    facts = [
        *what,
        (words.t("With"), words.listing(people) or words.t("nobody")),
        *went,
        (words.t("Learning points"), told),
    ]
    indent = max(len(label) for label, _ in facts) + 3
    lines = [line for label, text in facts for line in labelled(label, text, width, indent)]
    if kept := learning.kept_to_oneself(session):
        said = words.tn("{n} thing was kept to oneself, and is not shown here.",
                        "{n} things were kept to oneself, and are not shown here.", kept)  # fmt: skip
        lines += flow(said, width, "quiet")
    happened = next((inject.text for inject in exercise.injects), "")
    if incident and happened not in ("", exercise.title):
        lines += [EMPTY, *flow(happened, width)]
    lines += _agreements(session, words, width)
    lines += _actions(session, words, width)
    lines += _comments(session, words, width)
    if incident:
        return lines
    lines += _reactions(session, words, width)
    written = words.tn("{n} line was typed in all: what is not recorded may still have been done.",
                       "{n} lines were typed in all: what is not recorded may still have been done.",
                       review.recorded(session))  # fmt: skip
    return [*lines, EMPTY, *flow(written, width, "quiet")]


def _first(session: Session, words: Words) -> str:
    match learning.first_question(session):
        case "answered":
            return words.t("answered")
        case "not-recorded" if session.first.answer is not None:
            return words.t("answered; asked again by what happened, and not answered since")
        case "not-recorded":
            return words.t("not recorded")
        case "nothing-to-note":
            return words.t("not recorded, and nothing was decided either")


def _agreements(session: Session, words: Words, width: int) -> list[Row]:
    lines: list[Row] = []
    for agreed in learning.agreed_lines(session):
        kept = words.t(KEPT[agreed.kept]) if agreed.kept is not None else words.t("not asked after")
        note = f", {agreed.note}" if agreed.note else ""
        lines += hanging(("◆ ", "accent"), f"{agreed.text} ({words.t('did it happen?')} {kept}{note})", width)
    return [EMPTY, row((words.t("AGREED"), "quiet")), *lines] if lines else []


def _actions(session: Session, words: Words, width: int) -> list[Row]:
    """Who does what by which day; without an owner and a day it stands there as an intention."""
    agreed = learning.agreed_actions(session)
    lines: list[Row] = []
    for action in learning.told_actions(session):
        about = words.t("intention, without an owner or a day")
        if action in agreed:
            day = day_of(action.due, date.min)
            about = f"{action.owner} · {words.plain_day(day) if day is not None else action.due}"
        lines += [*hanging(("→ ", "accent"), action.text, width), row("  ", (about, "quiet"))]
    return [EMPTY, row((words.t("ACTIONS"), "quiet")), *lines] if lines else []


def _comments(session: Session, words: Words, width: int) -> list[Row]:
    """What reviewers said, each with a name; behind what was said of one event, what that was."""
    lines: list[Row] = []
    for comment in session.comments:
        about = event_name(session.events[comment.about - 1], session, words) if comment.about else ""
        lines += [*hanging(("“ ", "accent"), comment.text, width),
                  row("  ", (" · ".join(part for part in (comment.reviewer, about) if part), "quiet"))]  # fmt: skip
    return (
        [EMPTY, row((words.t("WHAT REVIEWERS SAID"), "quiet")), *(fit(line, width) for line in lines)] if lines else []
    )


def _reactions(session: Session, words: Words, width: int) -> list[Row]:
    """How soon after each inject the first question and a decision were recorded."""
    found = review.reactions(session)
    if not found:
        return []
    heading = row(
        fit(row((words.t("MINUTES FROM INJECT TO"), "quiet")), _NAME + 8), (words.t("first question"), "quiet"), "   ",
        (words.t("decision"), "quiet"),
    )  # fmt: skip
    lines = [heading]
    wide = len(words.t("first question")) + 3
    for reaction in found:
        name = fit(row("  ", (step_name(reaction.inject, words), "text")), _NAME + 8)
        first, decision = (_minutes(value, words) for value in (reaction.first_question, reaction.decision))
        lines.append(row(name, fit(row((first, "text")), wide), (decision, "text")))
    return [EMPTY, *(fit(line, width) for line in lines)]


def _minutes(value: float | None, words: Words) -> str:
    return "–" if value is None else words.number(value, 1)


# --- the storyline in time ---


def time_line(session: Session, words: Words, width: int) -> list[Row]:
    """A picture: for each step a row, above when it was planned, below when it came; feedback points are filled."""
    steps = review.passed(session)
    longest = max([review.whole(session), *((one.planned or 0.0) + one.planned_minutes for one in steps), 1.0])
    room = max(width - _NAME - 14, 10)
    scale = room / longest
    lines = [_ruler(longest, room, words), EMPTY]
    for one in steps:
        lines += _step(session, one, scale, room, words)
    legend = row(("─ ", "dimmed"), (words.t("planned"), "quiet"), "   ", ("▬ ", "text"), (words.t("inject"), "quiet"),
                 "   ", ("█ ", "accent"), (words.t("feedback point"), "quiet"), "   ", ("! ", "warning"),
                 (words.t("learning point seen"), "quiet"))  # fmt: skip
    return [*lines, EMPTY, legend]


def _ruler(longest: float, room: int, words: Words) -> Row:
    every = next((step for step in (5, 10, 15, 30, 60, 120) if longest / step <= room / 6), 240)
    marks = [" "] * (room + 6)
    for minute in range(0, int(longest) + 1, every):
        at = round(minute * room / longest)
        marks[at : at + len(str(minute))] = str(minute)
    return row(fit(row((words.t("minute"), "quiet")), _NAME), ("".join(marks).rstrip(), "quiet"))


def _step(session: Session, one: Passed, scale: float, room: int, words: Words) -> list[Row]:
    is_stop = isinstance(one.step, FeedbackPoint)
    name = row(fit(row((step_name(one.step, words), "text" if one.began is not None else "dimmed")), _NAME - 2), "  ")
    planned = _bar(one.planned, one.planned_minutes, "─", scale, room) if one.planned is not None else ""
    if one.began is None:
        said = words.t("skipped") if one.is_skipped else words.t("did not come")
        return [row(name, (planned.ljust(room), "dimmed"), "  ", (said, "quiet"))]
    actual = row((_bar(one.began, one.minutes, "█" if is_stop else "▬", scale, room), "accent" if is_stop else "text"))
    drift = "" if one.planned is None else _drift(one.began - one.planned)
    actual = _with_seen(actual, session, one, scale)
    first = row(name, (planned, "dimmed")) if planned else row(name)
    return [
        first,
        row(" " * _NAME, fit(actual, room + 2), (f"{round(one.minutes)} min", "text"), "  ", (drift, "quiet")),
    ]


def _drift(minutes: float) -> str:
    return f"{round(minutes):+d}" if round(minutes) else ""


def _bar(start: float, minutes: float, glyph: str, scale: float, room: int) -> str:
    begins = min(round(start * scale), room - 1)
    return " " * begins + glyph * max(1, min(round(minutes * scale), room - begins))


def _with_seen(line: Row, session: Session, one: Passed, scale: float) -> Row:
    """Mark where the leader saw the learning point, while this was on the screen."""
    began = session.begun or session.started
    if began is None or one.began is None:
        return line
    ends = one.began + one.minutes
    for seen in session.learning_seen:
        minute = (seen.at - began).total_seconds() / 60
        if one.began <= minute <= ends:
            text = "".join(part for part, _ in line)
            at = min(round(minute * scale), len(text))
            line = row((text[:at], line[0][1]), ("!", "warning"), (text[at + 1 :], line[0][1]))
            break
    return line


# --- learning points ---


def learning_points(session: Session, lead: Lead, sought: str, words: Words, width: int) -> list[Row]:
    """The points that were told, led by one way to group them, and only those in which every sought word stands."""
    told = [point for point in learning.told_points(session) if _holds(session, point, sought, words)]
    if not told:
        said = words.t("No learning point has that in it.") if sought else words.t("No learning point was told.")
        return flow(said, width, "quiet")
    lines: list[Row] = []
    for group in _GROUPS[lead](session, told):
        if not group.points and sought:
            continue
        name = words.t(_CODES[group.name]) if group.name in _CODES else group.name
        lines += [*([EMPTY] if lines else []), *flow(name or words.t("none of these"), width, "strong")]
        for point in group.points:
            lines += _point(session, point, words, width)
        if not group.points:
            lines.append(row(("  –", "quiet")))
    return lines


def _point(session: Session, point: Point, words: Words, width: int) -> list[Row]:
    about = [session.label(point.official) or words.t("the table"), turn_name(point.turn, words),
             words.t(KINDS[point.kind]), words.t(LEVELS[point.level]), words.t(ASPECTS[point.aspect])]  # fmt: skip
    about += [point.inject.upper()] if point.inject else []
    about += [f"#{theme}" for theme in point.themes]
    return [*hanging((f"  {GLYPHS[point.turn]} ", "accent"), point.text, width),
            *(row("    ", line) for line in flow(" · ".join(about), width - 4, "quiet"))]  # fmt: skip


def _holds(session: Session, point: Point, sought: str, words: Words) -> bool:
    text = " ".join([point.text, session.label(point.official) or "", *point.themes, *point.objectives,
                     point.inject or "", words.t(KINDS[point.kind]), words.t(ASPECTS[point.aspect])])  # fmt: skip
    plain = learning.plain_word(text)
    return all(learning.plain_word(word) in plain for word in sought.split())
