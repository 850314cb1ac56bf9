"""The commands of the dossier behind ``/``, each with a letter in both languages, and whether it can run now."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tabletop.dossier.answers import Action, PointSeen, Question, Recurring, Run
from tabletop.dossier.naming import themes_of
from tabletop.locale import Words, mark
from tabletop.ui.desk.command_list import Entry, Group
from tabletop.ui.dossier.known import Known, Spot, Target
from tabletop.ui.dossier.naming import PAGES


class Command(NamedTuple):
    """One command: its letters in Dutch and English, its name, and the column that it stands in."""

    id: str
    nl: str
    en: str
    label: str
    group: str

    def letter(self, words: Words) -> str:
        return self.nl if words.language == "nl" else self.en


GROUPS: Final = {"decide": mark("DECIDE"), "pages": mark("PAGES"), "more": mark("MORE")}
COMMANDS: Final = (
    Command("propose", "v", "p", mark("proposal"), "decide"),
    Command("use", "w", "w", mark("was used"), "decide"),
    Command("link", "k", "l", mark("says the same as"), "decide"),
    Command("unlink", "l", "u", mark("says something else"), "decide"),
    Command("along", "m", "a", mark("take along"), "decide"),
    Command("theme", "t", "t", mark("name of the theme"), "decide"),
    Command("action", "s", "c", mark("close the action"), "decide"),
    Command("group", "g", "g", mark("name of the group"), "decide"),
    *(Command(f"page-{page}", str(n), str(n), name, "pages") for n, (page, name) in enumerate(PAGES.items(), start=1)),
    Command("patterns", "p", "o", mark("only patterns"), "more"),
    Command("year", "j", "y", mark("one year"), "more"),
    Command("threshold", "d", "d", mark("pattern from"), "more"),
    Command("export", "x", "x", mark("write to a file"), "more"),
    Command("quit", "q", "q", mark("quit"), "more"),
    Command("help", "h", "h", mark("help"), "more"),
)


def groups(target: Target | None, known: Known, words: Words) -> Sequence[Group]:
    """The list as it stands, for what is chosen now."""
    made: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    for command in COMMANDS:
        made[command.group].append(_entry(command, target, known, words))
    return [Group(words.t(GROUPS[group]), tuple(entries)) for group, entries in made.items()]


def of_letter(letter: str, words: Words) -> Command:
    return next(command for command in COMMANDS if command.letter(words) == letter)


def _entry(command: Command, target: Target | None, known: Known, words: Words) -> Entry:
    letter, label = command.letter(words), words.t(command.label)
    match command.id:
        case "action" if isinstance(target, Action) and target.closed is not None:
            return Entry(letter, words.t("open it again"))
        case "along" if (one := whole_of(target, known)) is not None and one.take_along:
            return Entry(letter, words.t("leave behind"))
        case "patterns" if known.patterns_only:
            return Entry(letter, words.t("signals too"))
    if why := refusal(command.id, target, known, words):
        return Entry(letter, label, why, possible=False)
    return Entry(letter, label)


def refusal(command: str, target: Target | None, known: Known, words: Words) -> str:
    """Why a command cannot run for what is chosen; empty when it can."""
    one = whole_of(target, known)
    match command:
        case "link" | "propose" | "along" if one is None:
            return words.t("choose a point first")
        case "use" if one is None or one.proposal is None:
            return words.t("for a proposal only")
        case "unlink" if not isinstance(target, PointSeen):
            return words.t("open it, and choose a point")
        case "unlink" if one is None or len(one.points) < 2:
            return words.t("it stands alone already")
        case "theme" if not theme_of(target, known):
            return words.t("choose a theme first")
        case "action" if not isinstance(target, Action):
            return words.t("choose an action first")
        case "group" if not isinstance(target, Run):
            return words.t("choose a log first")
        case _:
            return ""


def whole_of(target: Target | None, known: Known) -> Recurring | None:
    """The recurring point that decisions about what is chosen hang on."""
    match target:
        case Recurring():
            return target
        case Question():
            return target.about
        case PointSeen():
            return known.recurring_of(target.key)
        case _:
            return None


def theme_of(target: Target | None, known: Known) -> str:
    """The theme that what is chosen stands under; the first one, where there are more."""
    if isinstance(target, Spot):
        return target.theme
    one = whole_of(target, known)
    return next(iter(themes_of(one)), "") if one is not None else ""
