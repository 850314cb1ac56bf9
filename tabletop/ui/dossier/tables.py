"""Two pages to read: what a year did not practise, and the same inject over all groups that had it."""

from collections.abc import Mapping, Sequence

from tabletop.core.text import cut
from tabletop.dossier.answers import InjectInGroup
from tabletop.locale import Words
from tabletop.locale.codes import POOLS
from tabletop.ui.dossier.known import Known
from tabletop.ui.rows import EMPTY, Row, fit, flow, hanging, row

_GROUP = 13
"""Cells of the column of one group."""
_PLANNED = 9
_POOL_NAMES: Mapping[str, str] = {str(code): name for code, name in POOLS.items()}


def not_practised(year: int, known: Known, words: Words, width: int) -> list[Row]:
    """What stands in an exercise of this dossier and did not come in a year."""
    found = known.not_practised(year)
    pools = tuple(words.t(_POOL_NAMES[pool]) if pool in _POOL_NAMES else pool for pool in found.pools)
    parts: Sequence[tuple[str, tuple[str, ...]]] = (
        (words.t("FUNCTIONS THAT DID NOT TAKE PART"), found.officials),
        (words.t("POOLS WITH NOBODY IN THEM"), pools),
        (words.t("OBJECTIVES THAT DID NOT COME"), found.objectives),
        (words.t("PRINCIPLES THAT DID NOT COME"), found.principles),
        (words.t("INSTRUMENTS THAT NOBODY EVER USED"), found.instruments),
    )
    title = words.t("Not practised in {year}", year=year)
    others = [str(other) for other in known.years if other != year]
    aside = row(("← → ", "accent"), (words.listing(others), "quiet")) if others else EMPTY
    lines = [row((title, "strong"), "   ", aside)]
    said = words.t("It stands in an exercise of this dossier and did not come, which is a hint for the next plan.")
    lines += flow(said, width, "quiet")
    for heading, those in parts:
        if those:
            lines += [EMPTY, row((heading, "quiet"))]
            for one in those:
                lines += hanging(("· ", "quiet"), one, width)
    if not any(those for _, those in parts):
        lines += [EMPTY, *flow(words.t("All that the exercises have came by this year."), width)]
    return lines


def side_by_side(exercise: str, title: str, first: int, known: Known, words: Words, width: int) -> list[Row]:
    """Each inject in a row and each group in a column: minutes on the screen, learning points and decisions."""
    found = known.side_by_side(exercise)
    runs = list(dict.fromkeys(group.run for inject in found for group in inject.groups))
    said = words.t("Feedback to the author: it is about the injects. Groups differ, and none is better.")
    top = [row((title, "strong")), *flow(said, width, "quiet"), EMPTY]
    if not runs:
        return [*top, *flow(words.t("No inject of it was shown yet."), width, "quiet")]
    name = max(min(36, width // 3), 18)
    count = max((width - name - _PLANNED) // _GROUP, 1)
    first = max(0, min(first, len(runs) - count))
    shown = runs[first : first + count]
    groups = {group.run: group for inject in found for group in inject.groups}
    left, right = first, len(runs) - first - count
    arrows = " ".join(part for part in (f"← {left}" if left > 0 else "", f"{right} →" if right > 0 else "") if part)
    names = [_cell(groups[run].group or words.t("group {n}", n=runs.index(run) + 1), "plain") for run in shown]
    days = [_cell(words.plain_day(groups[run].day), "quiet") for run in shown]
    lines = [
        *top,
        row(fit(row((arrows, "accent")), name + _PLANNED), *names),
        row(fit(row((words.t("inject"), "quiet")), name), fit(row((words.t("planned"), "quiet")), _PLANNED), *days),
    ]
    for inject in found:
        by_run = {group.run: group for group in inject.groups}
        planned = next((group.planned for group in inject.groups if group.planned is not None), None)
        here = [by_run.get(run) for run in shown]
        label = fit(row((cut(inject.title, name - 2), "text")), name)
        lines += [
            EMPTY,
            row(label, fit(row((_minutes(planned, words), "quiet")), _PLANNED), *(_took(one, words) for one in here)),
            row(" " * (name + _PLANNED), *(_noted(one) for one in here)),
        ]
    legend = row(("● ", "text"), (words.t("learning points"), "quiet"), "   ", ("! ", "text"),
                 (words.t("decisions"), "quiet"), "   ", ("– ", "text"),
                 (words.t("did not come"), "quiet"))  # fmt: skip
    return [*lines, EMPTY, legend]


def groups_of(exercise: str, known: Known) -> int:
    """How many runs stand side by side for an exercise."""
    return len({group.run for inject in known.side_by_side(exercise) for group in inject.groups})


def _cell(text: str, ink: str) -> Row:
    return fit(row((cut(text, _GROUP - 2), ink)), _GROUP)


def _minutes(minutes: float | None, words: Words) -> str:
    if minutes is None:
        return "–"
    return words.t("{minutes} min", minutes=words.number(round(minutes)) if minutes >= 0.5 else "<1")


def _took(one: InjectInGroup | None, words: Words) -> Row:
    return _cell(_minutes(one.minutes if one is not None else None, words), "text")


def _noted(one: InjectInGroup | None) -> Row:
    if one is None or one.minutes is None:
        return _cell("", "quiet")
    parts = [f"● {one.points}" if one.points else "", f"! {one.decisions}" if one.decisions else ""]
    return _cell("  ".join(part for part in parts if part), "quiet")
