"""Role cards and glossary, one key away: a list to search, and beside it the card of what is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tabletop.core.exercise import Exercise, Official
from tabletop.locale import Words
from tabletop.locale.codes import POOLS
from tabletop.ui.desk.scene import is_narrow
from tabletop.ui.rows import EMPTY, Row, beside, fill, fit, flow, hanging, on, plain, row, window
from tabletop.ui.run.reading import Reading

if TYPE_CHECKING:  # a run begins without them: they are read when somebody looks something up
    from tabletop.core.cards import Cards, RoleCard, Term

CLOSES = frozenset({"enter", "escape", "f3"})


class _Entry(NamedTuple):
    """One thing to look up: under which heading, what it is called, what finds it, and what stands on its card."""

    heading: str
    name: str
    found_by: str
    card: Callable[[int], list[Row]]


@dataclass
class LookUp:
    """The page, as far as it was searched and read."""

    exercise: Exercise
    cards: "Cards"
    words: Words
    trouble: str = ""
    """Why one's own cards could not be read; then those that ship are shown."""
    sought: str = ""
    at: int = 0
    read: Reading = field(default_factory=Reading)

    def take(self, key: str) -> bool:
        """Take a key: a letter searches, the arrows choose and read. Returns whether it closes the page."""
        if key == "escape" and self.sought:
            self._search("")
        elif key in CLOSES:
            return True
        elif key in ("up", "down", "pageup", "pagedown"):
            step = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}[key]
            self.at = max(0, min(self.at + step, len(self._entries) - 1))
            self.read = Reading()
        elif key in ("left", "right"):
            self.read.turn(1 if key == "right" else -1)
        elif key == "backspace":
            self._search(self.sought[:-1])
        elif len(key) == 1 or key == "space":
            self._search(self.sought + (" " if key == "space" else key))
        return False

    def _search(self, sought: str) -> None:
        self.sought, self.at, self.read = sought.lstrip(), 0, Reading()

    @property
    def _entries(self) -> list[_Entry]:
        """What is found: what begins so goes before what only has it somewhere."""
        sought = self.sought.casefold().split()
        left = [entry for entry in self._all if all(word in entry.found_by for word in sought)]
        return sorted(left, key=lambda entry: not entry.name.casefold().startswith(tuple(sought))) if sought else left

    @property
    def _all(self) -> list[_Entry]:
        t, cards = self.words.t, self.cards
        functions = [
            self._entry(t("FUNCTIONS IN THIS EXERCISE"), official.short, official.name, self._official(official, card))
            for official, card in cards.of(self.exercise)
        ]
        here = {official.id for official in self.exercise.officials}
        others = [
            self._entry(t("TEAMS") if card.kind == "team" else t("OTHER FUNCTIONS"), card.name, card.id,
                        self._role(card))
            for card in sorted(cards.cards, key=lambda card: card.kind != "team")
            if card.id not in here
        ]  # fmt: skip
        terms = [self._entry(t("WORDS"), term.term, term.other, self._term(term)) for term in cards.terms]
        return [*functions, *others, *terms]

    def _entry(self, heading: str, name: str, also: str, card: Callable[[int], list[Row]]) -> _Entry:
        return _Entry(heading, name, f"{name} {also}".casefold(), card)

    # --- cards ---

    def _official(self, official: Official, card: "RoleCard | None") -> Callable[[int], list[Row]]:
        def rows(width: int) -> list[Row]:
            words = self.words
            place = words.t("pool: {pool}", pool=words.t(POOLS[official.pool]))
            if not official.key:
                place = words.t("no key official: the leader plays this function")
            lines = [*flow(official.name, width, "strong"), *flow(place, width, "quiet")]
            if card is not None:
                lines += [EMPTY, *self._about(card, width)]
            else:
                lines += [EMPTY, *flow(words.t("There is no card for this function yet."), width, "quiet")]
            competences = self.cards.competences(official.pool) if official.key else ()
            lines += self._listed(words.t("What this pool is asked for"), competences, width)
            return [*lines, *self._note(width)]

        return rows

    def _role(self, card: "RoleCard") -> Callable[[int], list[Row]]:
        def rows(width: int) -> list[Row]:
            return [*flow(card.name, width, "strong"), EMPTY, *self._about(card, width), *self._note(width)]

        return rows

    def _term(self, term: "Term") -> Callable[[int], list[Row]]:
        def rows(width: int) -> list[Row]:
            lines = flow(term.term, width, "strong")
            lines += flow(self._other(term), width, "quiet") if term.other else []
            lines += [EMPTY, *flow(term.meaning, width)]
            return [*lines, *self._source(term.source, width)]

        return rows

    def _other(self, term: "Term") -> str:
        if self.cards.language == "nl":
            return self.words.t("in English: {term}", term=term.other)
        return self.words.t("in Dutch: {term}", term=term.other)

    def _about(self, card: "RoleCard", width: int) -> list[Row]:
        words = self.words
        lines = flow(card.what, width)
        lines += self._listed(words.t("May decide"), card.may_decide, width)
        if card.works_with:
            lines += [EMPTY, row((words.t("Works with"), "quiet")), *flow(card.works_with, width)]
        return [*lines, *self._source(card.source, width)]

    def _listed(self, heading: str, items: Sequence[str], width: int) -> list[Row]:
        if not items:
            return []
        return [
            EMPTY,
            row((heading, "quiet")),
            *(line for item in items for line in hanging(("· ", "accent"), item, width)),
        ]

    def _source(self, source: str, width: int) -> list[Row]:
        return [EMPTY, *flow(self.words.t("Source: {source}", source=source), width, "quiet")] if source else []

    def _note(self, width: int) -> list[Row]:
        return [EMPTY, *flow(self.cards.note, width, "quiet")] if self.cards.note else []

    # --- rows ---

    def rows(self, width: int, height: int) -> list[Row]:
        words, entries = self.words, self._entries
        sought = row((words.t("Search:") + " ", "quiet"), (self.sought or "…", "strong"))
        top = [row("  ", (words.t("ROLES AND WORDS"), "accentstrong"), "   ", sought)]
        if self.trouble:
            top += [row("  ", line) for line in flow(self.trouble, width - 4, "warning")]
        top.append(EMPTY)
        room = height - len(top)
        if not entries:
            return fill([*top, row("  ", (words.t("Nothing here is called that."), "quiet"))], height)
        left = 30 if is_narrow(width) else 42
        card = entries[self.at].card(min(width - left - 6, 72))
        shown = self.read.shown(card, room, words)
        return [*top, *beside([(self._list(entries, left, room), left + 1), (shown, width - left - 5)], room, gap=3)]

    def _list(self, entries: Sequence[_Entry], width: int, height: int) -> list[Row]:
        lines: list[Row] = []
        focus, heading = 0, ""
        for place, entry in enumerate(entries):
            if entry.heading != heading and not self.sought:
                heading = entry.heading
                lines += [*([EMPTY] if lines else []), row("  ", (heading, "quiet"))]
            chosen = place == self.at
            line = fit(
                row("  ", ("► " if chosen else "  ", "accent"), (entry.name, "strong" if chosen else "text")), width
            )
            if chosen:
                focus = len(lines)
            lines.append(on("now", line) if chosen else line)
        return [row("    ", line) if plain(line) == "…" else line for line in window(lines, height, focus)]
