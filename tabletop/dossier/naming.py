"""Words for what a dossier calls by a code, in what it writes for people."""

from collections.abc import Mapping

from tabletop.dossier.answers import Overview, Recurring, State
from tabletop.locale import Words, mark

STATES: Mapping[State, str] = {"pattern": mark("pattern"), "signal": mark("signal")}
STATE_GLYPHS: Mapping[State, str] = {"pattern": "●", "signal": "○"}


def theme_name(theme: str, words: Words) -> str:
    return theme or words.t("no theme")


def who(label: str, words: Words) -> str:
    """A function as it is called; what nobody in particular said is of the whole table."""
    return label or words.t("the table")


def occasions(count: int, words: Words) -> str:
    """On how many different occasions something was seen."""
    return words.tn("on {n} occasion", "on {n} occasions", count)


def seen_in(seen: int, of: int, overview: Overview, words: Words) -> str:
    """In how many of those in which it could be: exercises, or cases where the dossier holds real incidents too."""
    if overview.incidents:
        return words.tn("{n} of {of} case", "{n} of {of} cases", of, n=seen, of=of)
    return words.tn("{n} of {of} exercise", "{n} of {of} exercises", of, n=seen, of=of)


def held(overview: Overview, words: Words) -> list[str]:
    """How much a dossier holds, and over which months."""
    exercises = overview.runs - overview.incidents
    if not overview.runs:
        return []
    parts = [words.tn("{n} exercise", "{n} exercises", exercises)]
    if overview.incidents:
        parts.append(words.tn("{n} incident", "{n} incidents", overview.incidents))
    if overview.first is not None and overview.last is not None:
        first, last = words.month(overview.first), words.month(overview.last)
        parts.append(first if first == last else f"{first} – {last}")
    return parts


def themes_of(one: Recurring) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme for point in one.points for theme in point.themes))


def functions_of(one: Recurring, words: Words) -> str:
    return words.listing(list(dict.fromkeys(who(point.label, words) for point in one.points)))
