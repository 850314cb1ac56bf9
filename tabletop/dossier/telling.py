"""The dossier as plain text, for where there is no screen: how much there is, the heat table, patterns, actions."""

from collections.abc import Sequence

from tabletop.core.text import cells, clean_line, cut, wrap
from tabletop.dossier.answers import Cell, Heat, Skipped
from tabletop.dossier.exporting import labels_of, owner_of
from tabletop.dossier.knows import Knows
from tabletop.dossier.naming import STATE_GLYPHS, STATES, functions_of, held, occasions, theme_name, themes_of
from tabletop.locale import Words
from tabletop.locale.sentences import say

_MOST = 20
"""Patterns that are told; the screen and the exports have them all."""


def overview(dossier: Knows, words: Words, year: int | None = None, width: int = 100) -> str:
    """Return what there is to know at a glance."""
    seen = dossier.overview()
    lines = [*wrap(_held(dossier, words), width)]
    if not seen.runs:
        lines += ["", words.t("There are no logs yet.")]
    else:
        heat = dossier.heat(year)
        if year is not None:
            lines += ["", words.t("THEMES BY FUNCTIONS, IN {year}", year=year)]
            lines += [] if heat.rows else [words.t("There is no learning point with a theme from that year.")]
        lines += ["", *_heat(heat, words, width)] if heat.rows else []
        lines += _patterns(dossier, words, width)
        lines += _actions(dossier, words, width)
    if seen.skipped:
        lines += ["", words.t("PASSED OVER")]
        lines += [line for one in seen.skipped for line in _hanging("– ", _why(one, words), width)]
    return "\n".join(clean_line(line).rstrip() for line in lines) + "\n"


def _held(dossier: Knows, words: Words) -> str:
    seen = dossier.overview()
    parts = held(seen, words) or [words.tn("{n} exercise", "{n} exercises", 0)]
    parts.append(words.tn("{n} learning point", "{n} learning points", seen.points))
    parts.append(words.tn("{n} point returned", "{n} points returned", seen.patterns))
    parts.append(words.tn("{n} point seen once", "{n} points seen once", seen.signals))
    if seen.skipped:
        parts.append(words.tn("{n} file passed over", "{n} files passed over", len(seen.skipped)))
    return " · ".join(parts)


def _heat(heat: Heat, words: Words, width: int) -> list[str]:
    """Themes by functions; where all functions do not fit beside each other, some of them stand in a next table."""
    theme = min(max([cells(theme_name(line.theme, words)) for line in heat.rows] + [cells(words.t("theme"))]), 30) + 2
    each = max([cells(_cell(cell)) for line in heat.rows for cell in line.cells] + [8]) + 2
    count = max((width - theme - 8) // each, 1)
    lines: list[str] = []
    for first in range(0, len(heat.columns), count):
        shown = heat.columns[first : first + count]
        names = [_padded(cut(column.label or column.official, each - 2), each) for column in shown]
        took = [_padded(words.t("{n}x there", n=column.took_part), each) for column in shown]
        lines += [*([""] if lines else []), _padded("", theme) + "".join(names)]
        lines.append(_padded(words.t("theme"), theme) + "".join(took) + words.t("together"))
        for line in heat.rows:
            name = cut(theme_name(line.theme, words), theme - 2)
            row = "".join(_padded(_cell(cell), each) for cell in line.cells[first : first + count])
            lines.append(_padded(name, theme) + row + f"{line.seen}/{line.of}")
    legend = [f"{STATE_GLYPHS['pattern']} {words.t(STATES['pattern'])}: {words.t('on several occasions')}",
              f"{STATE_GLYPHS['signal']} {words.t(STATES['signal'])}: {words.t('seen once')}"]  # fmt: skip
    said = words.t("A function is sometimes one person: begin with the theme, not with who.")
    return [*lines, "", *wrap("   ".join(legend), width), *wrap(said, width)]


def _cell(cell: Cell) -> str:
    return "·" if cell.state is None else f"{STATE_GLYPHS[cell.state]} {cell.seen}/{cell.of}"


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cells(text), 0)


def _patterns(dossier: Knows, words: Words, width: int) -> list[str]:
    found = dossier.recurring(patterns_only=True)
    if not found:
        return []
    lines = ["", words.t("PATTERNS, ON SEVERAL OCCASIONS")]
    for one in found[:_MOST]:
        text = one.put
        themes = " ".join(f"#{theme}" for theme in themes_of(one))
        about = " · ".join(part for part in (occasions(one.occasions, words), functions_of(one, words), themes) if part)
        lines += [*_hanging("● ", text, width), *_hanging("  ", about, width)]
    if len(found) > _MOST:
        lines.append("  " + words.t("and {n} more", n=len(found) - _MOST))
    return lines


def _actions(dossier: Knows, words: Words, width: int) -> list[str]:
    found = sorted(dossier.actions(), key=lambda action: action.due)
    if not found:
        return []
    labels = labels_of(dossier)
    lines = ["", words.t("OPEN ACTIONS")]
    for action in found:
        due = words.t("by {day}", day=words.plain_day(action.due))
        about = " · ".join((owner_of(action, labels, words), due, action.title))
        lines += [*_hanging("○ ", action.text, width), *_hanging("  ", about, width)]
    return lines


def _why(one: Skipped, words: Words) -> str:
    return say(words, one.sentence, one.values)


def _hanging(head: str, text: str, width: int) -> Sequence[str]:
    lines = wrap(clean_line(text), max(width - 2, 20))
    return [(head if not place else "  ") + line for place, line in enumerate(lines)]
