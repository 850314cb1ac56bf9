"""Words for what a dossier calls by a code, and what several of its pages say in the same way."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from tabletop.core.text import cells, cut
from tabletop.dossier.answers import Action, PointSeen, Recurring, Run, State
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
STATES: Final[Mapping[State, str]] = {"pattern": mark("pattern"), "signal": mark("signal")}
STATE_GLYPHS: Final[Mapping[State, str]] = {"pattern": "●", "signal": "○"}


def theme_name(theme: str, words: Words) -> str:
    return theme or words.t("no theme")


def who(label: str, words: Words) -> str:
    """A function as it is called; what nobody in particular said is of the whole table."""
    return label or words.t("the table")


def origin_of(group: str, origin: str) -> list[str]:
    """Where something comes from, as far as it was told: a group, another region."""
    return [part for part in (group, origin) if part]


def occasions(count: int, words: Words) -> str:
    return words.tn("on {n} occasion", "on {n} occasions", count)


def state_of(one: Recurring, words: Words) -> str:
    """What a recurring point has become, in a word: pattern, signal, proposal, practice."""
    if one.proposal is not None:
        return words.t("practice") if one.proposal.is_practice else words.t("proposal")
    return words.t(STATES[one.state])


def themes_of(one: Recurring) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme for point in one.points for theme in point.themes))


def functions_of(one: Recurring, words: Words) -> str:
    return words.listing(list(dict.fromkeys(who(point.label, words) for point in one.points)))


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
