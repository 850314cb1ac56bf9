"""One thing in a list, in a row or two: the words first, and quietly under them what they are about."""

from tabletop.core.text import cut, wrap
from tabletop.dossier.answers import Action, PointSeen, Question, Recurring, Run, Skipped
from tabletop.dossier.naming import STATE_GLYPHS, functions_of, occasions, themes_of, who
from tabletop.locale import Words
from tabletop.locale.codes import GLYPHS
from tabletop.locale.sentences import say
from tabletop.ui.dossier.known import Known, Script, Spot, Target
from tabletop.ui.dossier.naming import due_in_words, joined, last_seen, origin_of, run_name, state_of
from tabletop.ui.rows import Row, row


def line_of(target: Target, known: Known, width: int, words: Words, *, chosen: bool) -> list[Row]:
    """The rows of one item; a long text has two of them, and is whole in what Enter opens."""
    ink = "strong" if chosen else "text"
    match target:
        case Recurring():
            text = target.put
            return [*_texts(STATE_GLYPHS[target.state], text, width, ink), _quiet(_of_recurring(target, words), width)]
        case Question():
            answers = words.tn("{n} practice", "{n} practices", len(target.practices))
            answers += " · " + words.tn("{n} proposal", "{n} proposals", len(target.proposals))
            themes = " ".join(f"#{theme}" for theme in themes_of(target.about))
            return [*_texts("?", target.about.text, width, ink), _quiet([answers, themes], width)]
        case PointSeen():
            themes = " ".join(f"#{theme}" for theme in target.themes)
            parts = [words.plain_day(target.day), who(target.label, words), target.title]
            parts += [*origin_of(target.group, target.origin), themes]
            return [*_texts(GLYPHS[target.turn], target.text, width, ink), _quiet(parts, width)]
        case Action():
            parts = [target.owner, due_in_words(target, known, words), target.title]
            return [*_texts("○" if target.closed is None else "✓", target.text, width, ink), _quiet(parts, width)]
        case Run():
            points = words.tn("{n} learning point", "{n} learning points", target.points)
            parts = [words.plain_day(target.day), points, *origin_of(target.group, target.origin)]
            return [
                *_texts("!" if target.is_incident else "·", run_name(target, words), width, ink),
                _quiet(parts, width),
            ]
        case Skipped():
            return _texts("–", say(words, target.sentence, target.values), width, ink)
        case Script():
            groups = words.tn("played {n} time", "played {n} times", target.runs)
            return [*_texts("·", target.title, width, ink), _quiet([groups], width)]
        case Spot():
            return []


def _texts(glyph: str, text: str, width: int, ink: str) -> list[Row]:
    lines = list(wrap(text, width - 2))
    if len(lines) > 2:
        lines = [lines[0], cut(" ".join(lines[1:]), width - 2)]
    glyphs = "accent" if glyph in GLYPHS.values() else "warning" if glyph == "!" else "text"
    return [row((f"{glyph} " if not n else "  ", glyphs), (line, ink)) for n, line in enumerate(lines)]


def _quiet(parts: list[str], width: int) -> Row:
    return row(("  ", "quiet"), (joined(parts, width - 2), "quiet"))


def _of_recurring(one: Recurring, words: Words) -> list[str]:
    state = state_of(one, words) if one.proposal is not None else ""
    returned = words.t("seen again") if one.returned_after is not None else ""
    along = words.t("goes along") if one.take_along else ""
    themes = " ".join(f"#{theme}" for theme in themes_of(one))
    last = words.t("last {day}", day=words.plain_day(last_seen(one).day))
    return [state, along, returned, occasions(one.occasions, words), last, functions_of(one, words), themes]
