"""Learning points per key official and the objectives, as they grow: never sorted, never compared."""

from tabletop.core import learning
from tabletop.core.session import Session
from tabletop.core.text import cells, cut
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, fit, flow, row, spread, width_of


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
    """The objectives: ``●`` where there is a learning point on it, ``✓`` where the leader ticked it."""
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
    if session.is_enough:
        lines += flow(words.t("something was learned on every objective"), width, "quiet")
    for objective in total:
        done = objective.id in reached
        lines.append(
            row(
                (f"{_glyph(session, objective.id)} ", "quiet" if done else "text"),
                (f"{objective.id.upper()} ", "quiet"),
                (cut(objective.name, width - 6), "quiet" if done else "text"),
            )
        )
    return lines


def on_objective(session: Session, objective: str, words: Words) -> str:
    """How many learning points there are on an objective, in words."""
    count = session.practised.get(objective, 0)
    return words.tn("{n} point", "{n} points", count) if count else ""


def _glyph(session: Session, objective: str) -> str:
    return "✓" if objective in session.reached else "●" if objective in session.objectives_reached else "○"


def small_tally(session: Session, words: Words, width: int) -> list[Row]:
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
        row((_glyph(session, o.id), "quiet"), (o.id.upper() + " ", "quiet" if o.id in reached else "text"))
        for o in total
    ]
    if session.is_enough:
        said = words.t("something was learned on every objective")
        goals = [row((words.t("enough"), "accent"), (f": {said}", "quiet"))]
    head = row((label, "quiet"))
    aims_beside = row((f"{aims_label}  ", "quiet"), *goals)
    if goals and len(lines) > 1 and width_of(lines[-1]) + 2 + width_of(aims_beside) <= width - indent:
        lines[-1] = spread(lines[-1], aims_beside, width - indent)
        goals = []
    drawn = [row(fit(head if not place else EMPTY, indent), line) for place, line in enumerate(lines[:2])]
    return [*drawn, row(fit(row((aims_label, "quiet")), indent), *goals)] if goals else drawn
