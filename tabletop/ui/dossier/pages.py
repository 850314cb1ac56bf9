"""The pages of the dossier, and what Enter opens from each of them."""

from collections.abc import Sequence

from tabletop.dossier.answers import Action, PointSeen, Question, Recurring, Run, Skipped
from tabletop.dossier.naming import who
from tabletop.locale import Words
from tabletop.ui.dossier import about, heat, tables
from tabletop.ui.dossier.known import MOST_FOUND, Known, Script, Spot, Target, newest_first
from tabletop.ui.dossier.naming import Page
from tabletop.ui.dossier.views import HeatView, Item, ListView, ReadView, View
from tabletop.ui.rows import EMPTY, Row, flow, row


def page_view(page: Page, known: Known, words: Words) -> View:
    """The view of one page, at its beginning."""
    match page:
        case "themes":
            return HeatView(heat.Table(known.heat))
        case "points":
            return ListView(lambda known: _recurring(known, words), _no_points)
        case "questions":
            return ListView(lambda known: [Item(one) for one in known.questions], _no_questions)
        case "actions":
            return ListView(lambda known: _actions(known, words), _no_actions)
        case "not-practised":
            return YearView(known)
        case "side-by-side":
            return ListView(lambda known: [Item(one) for one in known.scripts], _no_scripts, preview=False)
        case "logs":
            return ListView(lambda known: _logs(known, words), _no_points)


def opened(target: Target, words: Words, known: Known) -> View | None:
    """What Enter opens; None for what is no page of the dossier, such as a run."""
    match target:
        case Spot():
            return _behind(target, known)
        case Recurring():
            return _one(target.key, words)
        case Question():
            return _answers(target.about.key, words)
        case PointSeen():
            key = target.key
            return ReadView(
                lambda known, words, width: about.point(_point(key, target, known), known, words, min(width, 100)),
                target=lambda known: _point(key, target, known),
            )
        case Action():
            return ReadView(
                lambda known, words, width: about.action(_action(target, known), known, words, min(width, 100)),
                target=lambda known: _action(target, known),
            )
        case Script():
            return GroupsView(target, known)
        case Skipped():
            return ReadView(lambda known, words, width: about.skipped(target, words, min(width, 100)))
        case Run():
            return None


def found_view(typed: str) -> ListView:
    """What a search found."""

    def head(known: Known, words: Words, width: int) -> list[Row]:  # noqa: ARG001 - what a list has above it
        count = len(known.search(typed))
        said = words.tn("{n} learning point found", "{n} learning points found", count)
        said = said if count < MOST_FOUND else words.t("the first {n} of what was found", n=count)
        return [row((said, "quiet")), EMPTY] if count else []

    return ListView(lambda known: [Item(point) for point in known.search(typed)],
                    lambda words: words.t("Nothing here has that in it. Esc clears the search."), head)  # fmt: skip


def to_link_view(one: Recurring, typed: str) -> ListView:
    """What a recurring point could be linked to: what was sought, or the others, those under its themes first."""

    def items(known: Known) -> list[Item]:
        if typed:
            hits = (known.recurring_of(point.key) for point in known.search(typed))
            found = list({hit.key: hit for hit in hits if hit is not None}.values())
        else:
            themes = {theme for point in one.points for theme in point.themes}
            found = sorted(known.everything, key=lambda other: not _shares(other, themes))
        return [Item(other) for other in found if other.key != one.key]

    def head(known: Known, words: Words, width: int) -> list[Row]:  # noqa: ARG001 - what a list has above it
        return [row((words.t("WHAT SAYS THE SAME?"), "quiet")), *flow(one.text, width, "strong")[:3], EMPTY]

    return ListView(items, lambda words: words.t("Nothing else has that in it. Type other words, or Esc."), head)


def _shares(other: Recurring, themes: set[str]) -> bool:
    return any(theme in themes for point in other.points for theme in point.themes)


# --- lists ---


def _recurring(known: Known, words: Words) -> Sequence[Item]:
    counts = {state: sum(one.state == state for one in known.recurring) for state in ("pattern", "signal")}
    headings = {
        "pattern": words.t("PATTERNS, ON SEVERAL OCCASIONS") + f"  {counts['pattern']}",
        "signal": words.t("SIGNALS, SEEN ONCE") + f"  {counts['signal']}",
    }
    return [Item(one, headings[one.state]) for one in known.recurring]


def _actions(known: Known, words: Words) -> Sequence[Item]:
    return [Item(one, words.t("OPEN") if one.closed is None else words.t("CLOSED")) for one in known.actions]


def _logs(known: Known, words: Words) -> Sequence[Item]:
    runs = sorted(known.runs, key=lambda run: run.day, reverse=True)
    skipped = known.overview.skipped
    heading = words.t("EXERCISES AND INCIDENTS") + f"  {len(runs)}"
    if skipped:
        heading += " · " + words.tn("{n} file passed over", "{n} files passed over", len(skipped))
    return [*(Item(run, heading) for run in runs), *(Item(one, words.t("PASSED OVER")) for one in skipped)]


def _no_points(words: Words) -> str:
    return words.t("No learning point was told yet.")


def _no_questions(words: Words) -> str:
    return words.t("No good question yet. A point becomes one when its kind is set to question, after a run.")


def _no_actions(words: Words) -> str:
    return words.t("No action was agreed yet. A review adds one, with an owner and a day.")


def _no_scripts(words: Words) -> str:
    return words.t("No exercise was run yet.")


# --- what is opened ---


def _behind(spot: Spot, known: Known) -> ListView:
    called = next((one.label for one in known.heat.columns if one.official == spot.official), spot.official)

    def items(known: Known) -> list[Item]:
        return [Item(point) for point in known.points(spot.theme, spot.official)]

    def head(known: Known, words: Words, width: int) -> list[Row]:  # noqa: ARG001 - what a list has above it
        for place, column in enumerate(known.heat.columns):
            for line in known.heat.rows:
                if column.official == spot.official and line.theme == spot.theme:
                    return [heat.heading_of(spot, column.label, line.cells[place], known, words), EMPTY]
        return []

    def empty(words: Words) -> str:
        return words.t("Nothing was noted about this for {function}, which is no sign of anything.",
                       function=who(called, words))  # fmt: skip

    return ListView(items, empty, head)


def _one(key: str, words: Words) -> ListView:
    def items(known: Known) -> list[Item]:
        one = known.recurring_of(key)
        points = newest_first(one.points) if one is not None else ()
        return [Item(point, words.t("SEEN")) for point in points]

    def head(known: Known, words: Words, width: int) -> list[Row]:
        one = known.recurring_of(key)
        return [*about.recurring(one, words, min(width, 100)), EMPTY] if one is not None else []

    return ListView(items, _no_points, head, preview=False)


def _answers(key: str, words: Words) -> ListView:
    def question(known: Known) -> Question | None:
        return next((one for one in known.questions if one.about.key == key), None)

    def items(known: Known) -> list[Item]:
        one = question(known)
        if one is None:
            return []
        practices = [Item(found, words.t("PRACTICES")) for found in one.practices]
        return [*practices, *(Item(found, words.t("PROPOSALS")) for found in one.proposals)]

    def head(known: Known, words: Words, width: int) -> list[Row]:
        one = question(known)
        return [*about.asked(one, words, min(width, 100)), EMPTY] if one is not None else []

    def empty(words: Words) -> str:
        return words.t("No practice and no proposal stands under it yet.")

    return ListView(items, empty, head)


def _point(key: str, otherwise: PointSeen, known: Known) -> PointSeen:
    whole = known.recurring_of(key)
    return next((point for point in whole.points if point.key == key), otherwise) if whole is not None else otherwise


def _action(one: Action, known: Known) -> Action:
    return next((action for action in known.actions if action.key == one.key), one)


class YearView(ReadView):
    """What a year did not practise; ← and → choose the year."""

    def __init__(self, known: Known) -> None:
        self._years = known.years or (known.today.year,)
        self._at = self._years.index(known.year) if known.year in self._years else 0
        super().__init__(lambda known, words, width: tables.not_practised(self.year, known, words, min(width, 100)),
                         self._turn)  # fmt: skip

    @property
    def year(self) -> int:
        return self._years[self._at]

    def _turn(self, step: int) -> None:
        self._at = max(0, min(self._at - step, len(self._years) - 1))  # the newest stands first


class GroupsView(ReadView):
    """The injects of an exercise over its groups; ← and → go to more groups."""

    def __init__(self, script: Script, known: Known) -> None:
        self._script, self._first = script, 0
        self._last = max(tables.groups_of(script.exercise, known) - 1, 0)
        super().__init__(self._rows, self._turn)

    def _rows(self, known: Known, words: Words, width: int) -> list[Row]:
        return tables.side_by_side(self._script.exercise, self._script.title, self._first, known, words, width)

    def _turn(self, step: int) -> None:
        self._first = max(0, min(self._first + step, self._last))
