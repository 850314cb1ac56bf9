"""The frame around the dossier's pages: header, bar, line, hints, and what an empty dossier says."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.core.text import cut
from tabletop.dossier.answers import Action, PointSeen, Question, Recurring, Run, Skipped
from tabletop.dossier.naming import held, seen_in, theme_name, who
from tabletop.locale import Words
from tabletop.ui.desk.scene import LineLook, is_narrow
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.dossier.known import Known, Script, Spot, Target
from tabletop.ui.dossier.naming import PAGES
from tabletop.ui.dossier.views import ReadView
from tabletop.ui.rows import EMPTY, Row, flow, inset, row, spread, width_of
from tabletop.ui.run.prompts import Ask, Pick

if TYPE_CHECKING:
    from tabletop.ui.dossier.scene import DossierScene


def top(scene: "DossierScene", width: int, *, low: bool) -> list[Row]:
    """What the dossier holds, and its pages; where there is little room the pages alone."""
    words, narrow = scene.words, is_narrow(width)
    inner = width - 4
    names = [row((words.t(name), "accentstrong" if page == scene.page else "quiet")) for page, name in PAGES.items()]
    pages = row(*(part for name in names for part in (name, "  " if narrow else "    ")))[:-1]
    title = row((words.t("Dossier"), "strong"))
    if narrow:
        if low:  # without a row of keys under the line the key that turns these pages stands before them
            title = row(("Tab", "accent"))
        line = row(title, "  ", pages) if width_of(title) + 2 + width_of(pages) <= inner else pages
        return [*([] if low else [EMPTY]), inset(line, 2), EMPTY]
    parts = held(scene.known.overview, words)
    left = row(title, *(part for text in parts for part in (("  ·  ", "quiet"), (text, "quiet"))))
    header = spread(left, counts(scene.known, words), inner)
    return [*([] if low else [EMPTY]), inset(header, 2), inset(pages, 2), EMPTY]


def counts(known: Known, words: Words) -> Row:
    overview = known.overview
    if not overview.runs:
        return EMPTY
    points = words.tn("{n} learning point", "{n} learning points", overview.points)
    patterns = words.tn("{n} point returned", "{n} points returned", overview.patterns)
    year = row((str(known.year), "accent"), "   ") if known.year is not None else EMPTY
    return row(year, (points, "quiet"), "   ", (patterns, "strong"))


def said(sentence: str, good: bool, width: int) -> Row:
    """What is said above the bar."""
    return inset(row((cut(sentence, width - 4), "accent" if good else "warning")), 2)


def nothing(folders: Sequence[Path], words: Words, width: int) -> list[Row]:
    """What an empty dossier says: where logs come from."""
    t = words.t
    lines = [row((t("There are no logs yet."), "strong")), EMPTY]
    where = words.listing([str(folder) for folder in folders])
    for text in (
        t("A run leaves its log in {folder}. What was learned in it stands here from then on.", folder=where),
        t("Logs of another region: {command}", command=f"tabletop dossier --take-in {t('FILE')} --origin {t('NAME')}"),
        t("A real incident: {command}", command=f"tabletop dossier --incident-form > {t('FILE')}"),
    ):
        lines += [*flow(text, min(width, 90)), EMPTY]
    return lines


# --- the bar ---


def bar(scene: "DossierScene", width: int, *, low: bool) -> list[Row]:
    """What Space or Enter does with what is chosen, and right of it what Esc does or what may come after."""
    words, t = scene.words, scene.words.t
    key = t("ENTER") if scene.desk.text else t("SPACE")
    if scene.helping is not None:
        return draw_bar("ESC", t("back"), "", width, low=low)
    if scene.prompt is not None:
        return _asking(scene.prompt, scene.desk.text, width, words, low=low)
    target = scene.chosen
    escape = row(("Esc", "accent"), (f" {escapes(scene)}", "quiet"))
    if scene.linking is not None:
        said = cut(target.text, 40) if isinstance(target, Recurring) else ""
        verb = t("says the same as “{text}”:", text=cut(scene.linking.text, 24)) if said else t("nothing to link")
        return draw_bar(key if said else "", verb, said, width, low=low, right=escape)
    verb, about, remark = opens(scene, target)
    right = escape
    if isinstance(target, Spot) and not low:
        right = row((t("and then: write a proposal, with a reason"), "quiet"))
    if not verb:
        nothing = t("read with ↑ ↓") if isinstance(scene.view, ReadView) else t("nothing to open")
        return draw_bar("", nothing, "", width, low=low, right=right)
    return draw_bar(key, verb, about, width, low=low, remark=remark, right=right)


def _asking(prompt: Ask | Pick, typed: str, width: int, words: Words, *, low: bool) -> list[Row]:
    t = words.t
    back = row(("Esc", "accent"), (f" {t('back, nothing is decided')}", "quiet"))
    if isinstance(prompt, Pick):
        about = prompt.chosen.label if prompt.chosen is not None else ""
        return draw_bar(t("ENTER"), prompt.enter, about, width, low=low, right=back)
    if not typed.strip() and not prompt.empty:
        return draw_bar("", t("type it in the line"), "", width, low=low, right=back)
    return draw_bar(t("ENTER"), prompt.enter, "", width, low=low, remark=prompt.about(typed), right=back)


def opens(scene: "DossierScene", target: Target | None) -> tuple[str, str, str]:
    """What Space does: the verb, what it is done to, and a quiet remark."""
    words, t = scene.words, scene.words.t
    reading = isinstance(scene.view, ReadView)
    match target:
        case Spot():
            cell = next((line.cells[place] for line in scene.known.heat.rows if line.theme == target.theme
                         for place, column in enumerate(scene.known.heat.columns)
                         if column.official == target.official), None)  # fmt: skip
            label = scene.known.labels.get(target.official, target.official)
            name = theme_name(target.theme, words)
            remark = ""
            if cell is not None and cell.state is not None:
                seen = seen_in(cell.seen, cell.of, scene.known.overview, words)
                remark = f"{seen}, {words.tn('{n} learning point', '{n} learning points', cell.points)}"
            return t("open"), f"{name[:1].upper()}{name[1:]}, {who(label, words)}", remark
        case Run():
            return t("look back on"), target.title, ""
        case PointSeen() if reading:
            run = scene.known.run(target.run)
            return (t("look back on"), run.title, words.plain_day(run.day)) if run is not None else ("", "", "")
        case Recurring() if not reading:
            return t("open"), cut(target.put, 44), ""
        case PointSeen() | Action() if not reading:
            return t("open"), cut(target.text, 44), ""
        case Question():
            return t("open"), cut(target.about.text, 44), ""
        case Script():
            return t("put side by side"), target.title, words.tn("played {n} time", "played {n} times", target.runs)
        case Skipped():
            return t("why was this passed over?"), target.path.name, ""
        case _:
            return "", "", ""


def escapes(scene: "DossierScene") -> str:
    t = scene.words.t
    if scene.desk.text:
        return t("clears the search")
    if scene.linking is not None:
        return t("links nothing")
    return t("back") if scene.opened or scene.back is not None else t("close")


# --- the line ---


def look(scene: "DossierScene") -> LineLook:
    t = scene.words.t
    if scene.menu is not None:
        return LineLook("/")
    if isinstance(scene.prompt, Ask):
        return LineLook(scene.prompt.placeholder)
    if isinstance(scene.prompt, Pick):
        return LineLook(t("choose with ↑ ↓"))
    if scene.linking is not None:
        return LineLook(t("type words to find what says the same"))
    return LineLook(t("type to search · a word, @function, #theme, +, -, a year · / commands"))


def hints(scene: "DossierScene") -> Row:
    t = scene.words.t
    if scene.menu is not None:
        parts = [t("One letter runs it"), t("Pale: not possible now"), t("Ctrl+P searches by name")]
    elif scene.prompt is not None:
        parts = [t("Esc: back, nothing is decided")]
    elif scene.desk.text:
        parts = [t("↑ ↓ choose"), t("Enter links") if scene.linking else t("Enter opens"), f"Esc {escapes(scene)}"]
    else:
        choose = t("↑ ↓ read") if isinstance(scene.view, ReadView) else t("↑ ↓ choose")
        choose = t("← ↑ ↓ → choose") if scene.is_heat else choose
        parts = [choose, t("Tab the next page"), t("Enter is Space"), f"Esc {escapes(scene)}", t("F1 help")]
    return inset(row(("     ".join(parts), "quiet")), 2)


def keys(words: Words) -> Sequence[tuple[str, str]]:
    """The keys, for the help page."""
    t = words.t
    return (
        (t("Space, Enter"), t("opens what is chosen; → does too, where it chooses nothing")),
        ("← ↑ ↓ →", t("choose")),
        ("Tab", t("the next page; Shift+Tab the one before")),
        ("Esc", t("clears the search, then closes what was opened, then leads back")),
        ("/  F2  Ctrl+P", t("the commands, by letter or by name")),
        ("Ctrl+Q", t("closes the program")),
    )


def typed(words: Words) -> Sequence[tuple[str, str]]:
    """What can be typed, for the help page."""
    t = words.t
    return (
        (t("a word"), t("searches all learning points; capitals and accents do not count")),
        ("@ovd", t("only of functions that are called so")),
        ("#opvang", t("only under themes that are called so")),
        ("+  -", t("only what to keep, or what to do differently")),
        ("2026", t("only of that year")),
    )
