"""The dossier as files: Markdown per theme for people, CSV for a spreadsheet, JSON for a program.

Functions stand in the place of people: the owner of an action is written when it is a function of this dossier, and who
decided something stands in the decisions only. What is foreign stays visible text: no markup, no formula.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from tabletop.core.guarding import guarded
from tabletop.core.learning import plain_word
from tabletop.core.markdown import inert, inline
from tabletop.core.text import clean_line
from tabletop.dossier.answers import Action, PointSeen, Recurring
from tabletop.dossier.knows import Knows
from tabletop.dossier.naming import STATES, functions_of, occasions, seen_in, theme_name, themes_of, who
from tabletop.locale import Words, mark
from tabletop.locale.codes import ASPECTS, KINDS, LEVELS, TURNS

FORMAT: Final = "tabletop-dossier/1"
SUFFIXES: Final = (".md", ".csv", ".json")
_COLUMNS: Final = (
    mark("day"), mark("exercise"), mark("group"), mark("from region"), mark("function"), mark("inject"), mark("turn"),
    mark("text"), mark("kind"), mark("level"), mark("aspect"), mark("themes"), mark("state"), mark("occasions"),
    mark("goes along"), mark("proposal"), mark("because of"), mark("used"), mark("key"),
)  # fmt: skip


# --- Markdown ---


def markdown(dossier: Knows, words: Words) -> str:
    """Everything in one document, a section for each theme."""
    lines = [f"# {words.t('Living dossier')}", "", *_about(dossier, words)]
    for theme in _themes(dossier):
        lines += _theme(theme, dossier, words, 2)
    lines += _other_actions(dossier, words)
    return "\n".join(lines).rstrip() + "\n"


def markdown_files(dossier: Knows, words: Words) -> Mapping[str, str]:
    """A document for each theme, by the name of its file."""
    files: dict[str, str] = {}
    for theme in _themes(dossier):
        lines = [*_theme(theme, dossier, words, 1), *_about(dossier, words)]
        files[_free(_slug(theme_name(theme, words)), files)] = "\n".join(lines).rstrip() + "\n"
    return files


def _about(dossier: Knows, words: Words) -> list[str]:
    """What the dossier rests on, and what it is not for."""
    seen = dossier.overview()
    held = words.tn("{n} exercise", "{n} exercises", seen.runs - seen.incidents)
    if seen.incidents:
        held = words.listing([held, words.tn("{n} incident", "{n} incidents", seen.incidents)])
    if seen.first is not None and seen.last is not None:
        held += f", {words.month(seen.first)} – {words.month(seen.last)}"
    said = words.t("This is only to learn from: nobody is judged by it. A function is sometimes one person: "
                   "begin with the theme, not with who.")  # fmt: skip
    return [inline(held) + ".", "", inline(said), ""]


def _themes(dossier: Knows) -> tuple[str, ...]:
    """The themes, and the empty one where points have none."""
    themes = [line.theme for line in dossier.heat().rows]
    if "" not in themes and any(not themes_of(one) for one in dossier.recurring()):
        themes.append("")
    return tuple(themes)


def _theme(theme: str, dossier: Knows, words: Words, level: int) -> list[str]:
    name = theme_name(theme, words)
    lines = [f"{'#' * level} {inline(name[:1].upper() + name[1:])}", ""]
    line = next((line for line in dossier.heat().rows if line.theme == theme), None)
    if line is not None:
        said = words.t("Seen in {seen}.", seen=seen_in(line.seen, line.of, dossier.overview(), words))
        lines += [inline(said), ""]
    here = [one for one in dossier.recurring() if (theme in themes_of(one) if theme else not themes_of(one))]
    parts = (
        (words.t("Good questions"), [one for one in here if _kind(one) == "question"]),
        (words.t("Good practices"), [one for one in here if _kind(one) == "practice"]),
        (words.t("Good proposals"), [one for one in here if _kind(one) == "proposal"]),
        (words.t("Patterns"), [one for one in here if _kind(one) == "observation" and one.state == "pattern"]),
        (words.t("Signals, seen once"), [one for one in here if _kind(one) == "observation" and one.state == "signal"]),
    )
    for heading, those in parts:
        if those:
            lines += [f"{'#' * (level + 1)} {inline(heading)}", ""]
            lines += [row for one in those for row in _recurring(one, words)]
            lines.append("")
    keys = {point.key for one in here for point in one.points}
    actions = [action for action in dossier.actions() if action.point in keys]
    if actions:
        labels = labels_of(dossier)
        lines += [f"{'#' * (level + 1)} {inline(words.t('Open actions'))}", ""]
        lines += [f"- {_action(action, labels, words)}" for action in actions]
        lines.append("")
    return lines


def _other_actions(dossier: Knows, words: Words) -> list[str]:
    """Open actions that follow from no point, and so stand under no theme."""
    known = {point.key for one in dossier.recurring() for point in one.points}
    others = [action for action in dossier.actions() if action.point not in known]
    if not others:
        return []
    labels = labels_of(dossier)
    heading = f"## {inline(words.t('Other open actions'))}"
    return [heading, "", *(f"- {_action(action, labels, words)}" for action in others), ""]


def _kind(one: Recurring) -> str:
    """What a recurring point is by now: a proposal that was decided, and used, goes before how it was noted."""
    if one.proposal is not None:
        return "practice" if one.proposal.is_practice else "proposal"
    newest = max(one.points, key=lambda point: point.day)
    return newest.kind


def _recurring(one: Recurring, words: Words) -> Iterable[str]:
    text = one.put
    last = max(point.day for point in one.points)
    about = [words.t(STATES[one.state]), occasions(one.occasions, words), functions_of(one, words),
             words.t("last {day}", day=words.plain_day(last))]  # fmt: skip
    if one.take_along:
        about.append(words.t("goes along to the next session"))
    yield f"- {inline(text)}  "
    yield f"  *{inert(clean_line(' · '.join(about)))}*"
    if one.returned_after is not None:
        day = words.plain_day(one.returned_after)
        yield f"  - {inline(words.t('Seen again after an action about it was closed on {day}.', day=day))}"
    if one.proposal is not None:
        yield f"  - {inline(words.t('because'))}: {inert(clean_line(one.proposal.reason))}"
        for used, place in one.proposal.uses:
            yield f"  - {inline(words.t('used'))}: {inert(clean_line(f'{words.plain_day(used)}, {place}'))}"
        yield f"  - {inline(words.t('about the point'))}: {inert(clean_line(one.text))}"
    for text in one.earlier:
        yield f"  - {inline(words.t('earlier'))}: {inert(clean_line(text))}"


def _action(action: Action, labels: frozenset[str], words: Words) -> str:
    owner = owner_of(action, labels, words)
    due = words.t("by {day}", day=words.plain_day(action.due))
    return f"{inline(action.text)} ({inert(clean_line(f'{owner}, {due}'))})"


def owner_of(action: Action, labels: frozenset[str], words: Words) -> str:
    """Who an action belongs to, where that is a function; anybody else stays in the log."""
    return action.owner if plain_word(action.owner.strip()) in labels else words.t("somebody by name")


def labels_of(dossier: Knows) -> frozenset[str]:
    columns = dossier.heat().columns
    return frozenset(plain_word(name) for column in columns for name in (column.label, column.official))


def _slug(text: str) -> str:
    """A theme as the name of a file on any system."""
    return re.sub(r"[^a-z0-9]+", "-", plain_word(text)).strip("-")[:60] or "theme"


def _free(name: str, taken: Mapping[str, str]) -> str:
    found, number = f"{name}.md", 1
    while found in taken:
        number += 1
        found = f"{name}-{number}.md"
    return found


# --- CSV and JSON ---


def csv_bytes(dossier: Knows, words: Words) -> bytes:
    """A row for each point, with what became of it; UTF-8 with its mark, and nothing that becomes a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if words.language == "nl" else ",")
    writer.writerow([words.t(column) for column in _COLUMNS])
    for point, one in _points(dossier):
        writer.writerow([guarded(clean_line(cell)) for cell in _cells(point, one, words)])
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def _points(dossier: Knows) -> Iterable[tuple[PointSeen, Recurring]]:
    """Every point with what it belongs to, the newest first."""
    pairs = chain.from_iterable(((point, one) for point in one.points) for one in dossier.recurring())
    return sorted(pairs, key=lambda pair: (pair[0].day, pair[0].key), reverse=True)


def _cells(point: PointSeen, one: Recurring, words: Words) -> Sequence[str]:
    proposal = one.proposal
    uses = "; ".join(f"{day.isoformat()} {place}" for day, place in proposal.uses) if proposal is not None else ""
    return (
        point.day.isoformat(), point.title, point.group, point.origin, who(point.label, words), point.inject,
        words.t(TURNS[point.turn]), point.text, words.t(KINDS[point.kind]), words.t(LEVELS[point.level]),
        words.t(ASPECTS[point.aspect]), ", ".join(point.themes), words.t(STATES[one.state]), str(one.occasions),
        words.t("yes") if one.take_along else words.t("no"), proposal.text if proposal is not None else "",
        proposal.reason if proposal is not None else "", uses, point.key,
    )  # fmt: skip


def json_bytes(dossier: Knows, words: Words) -> bytes:
    """The points, what recurs and the actions, in codes that do not change with a language."""
    labels = labels_of(dossier)
    overview = dossier.overview()
    told = {
        "format": FORMAT,
        "runs": overview.runs,
        "incidents": overview.incidents,
        "points": [_as_json(point, one) for point, one in _points(dossier)],
        "actions": [
            {"key": action.key, "text": action.text, "owner": owner_of(action, labels, words),
             "due": action.due.isoformat(), "closed": action.closed.isoformat() if action.closed else None,
             "point": action.point or None}
            for action in dossier.actions(open_only=False)
        ],
    }  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _as_json(point: PointSeen, one: Recurring) -> dict[str, object]:
    proposal = one.proposal
    return {
        "key": point.key,
        "day": point.day.isoformat(),
        "exercise": point.title,
        "group": point.group or None,
        "from": point.origin or None,
        "official": point.official or None,
        "label": point.label or None,
        "inject": point.inject or None,
        "text": point.text,
        "turn": point.turn,
        "kind": point.kind,
        "level": point.level,
        "aspect": point.aspect,
        "themes": list(point.themes),
        "recurring": one.key,
        "state": one.state,
        "occasions": one.occasions,
        "take_along": one.take_along,
        "returned_after": one.returned_after.isoformat() if one.returned_after is not None else None,
        "proposal": None
        if proposal is None
        else {
            "text": proposal.text,
            "reason": proposal.reason,
            "day": proposal.day.isoformat(),
            "uses": [{"day": day.isoformat(), "where": place} for day, place in proposal.uses],
        },
    }
