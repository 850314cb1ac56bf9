"""Words for what a dossier calls by a code, and what several of its pages say in the same way."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from tabletop.core.text import cells, cut
from tabletop.dossier.answers import Action, PointSeen, Recurring, Run
from tabletop.dossier.naming import STATES
from tabletop.locale import Words, mark
from tabletop.ui.dossier.known import Known

Page: TypeAlias = Literal["themes", "points", "questions", "actions", "not-practised", "side-by-side", "logs"]
PAGES: Final[Mapping[Page, str]] = {
    "themes": mark("themes"),
    "points": mark("points"),
    "questions": mark("questions"),
    "actions": mark("actions"),
    "not-practised": mark("not practised"),
    "side-by-side": mark("side by side"),
    "logs": mark("logs"),
}


def origin_of(group: str, origin: str) -> list[str]:
    """Where something comes from, as far as it was told: a group, another region."""
    return [part for part in (group, origin) if part]


def state_of(one: Recurring, words: Words) -> str:
    """What a recurring point has become, in a word: pattern, signal, proposal, practice."""
    if one.proposal is not None:
        return words.t("practice") if one.proposal.is_practice else words.t("proposal")
    return words.t(STATES[one.state])


def last_seen(one: Recurring) -> PointSeen:
    return max(one.points, key=lambda point: point.day)


def due_in_words(action: Action, known: Known, words: Words) -> str:
    """When an action was to be done, said calmly: that a day has passed is no blame."""
    if action.closed is not None:
        return words.t("closed on {day}", day=words.plain_day(action.closed))
    day = words.t("by {day}", day=words.plain_day(action.due))
    days = (known.today - action.due).days
    if days <= 0:
        return day
    return f"{day} · {words.tn('that day was yesterday', 'that day was {n} days ago', days)}"


def run_name(run: Run, words: Words) -> str:
    return f"{run.title} ({words.t('incident')})" if run.is_incident else run.title


def joined(parts: Sequence[str], width: int) -> str:
    """Quiet words after one another; what has no room is left out, unless nothing would be left."""
    said = ""
    for part in filter(None, parts):
        more = f"{said} · {part}" if said else cut(part, max(width, 1))
        said = more if cells(more) <= width else said
    return said
