"""Completion of ``@official`` and ``#theme``: Tab takes it, Enter never does."""

from typing import NamedTuple

from tabletop.core.names import shortened
from tabletop.core.naming import slug
from tabletop.core.notes import partial_token, theme_slug
from tabletop.core.session import Session
from tabletop.core.text import cells
from tabletop.locale import Words
from tabletop.ui.rows import Row, fit, on, row
from tabletop.ui.run.questions import themes_of


class Candidate(NamedTuple):
    code: str
    name: str
    detail: str = ""
    also: frozenset[str] = frozenset()
    """What else it is called: the names of who has that function."""

    def fits(self, begun: str) -> bool:
        return begun in slug(self.name) or any(name.startswith(begun) for name in self.also)


class Completion(NamedTuple):
    """What may follow what was typed, the likeliest first."""

    typed: str
    candidates: tuple[Candidate, ...]
    at: int = 0

    @property
    def chosen(self) -> Candidate:
        return self.candidates[self.at]

    @property
    def token(self) -> str:
        return self.typed[0] + self.candidates[self.at].code

    @property
    def ghost(self) -> str:
        """What Tab would add; nothing where it would put a code in place of a name."""
        return self.token[len(self.typed) :] if self.token.startswith(self.typed.lower()) else ""

    def moved(self, step: int) -> "Completion":
        return self._replace(at=(self.at + step) % len(self.candidates))

    def taken(self, text: str) -> str:
        return text[: len(text) - len(self.typed)] + self.token + " "

    def rows(self, width: int, most: int) -> list[Row]:
        """The candidates as a box of this width, the chosen one in sight."""
        lines = []
        start = max(0, min(self.at - most // 2, len(self.candidates) - most))
        shown = self.candidates[start : start + most]
        detail = max((cells(candidate.detail) for candidate in shown), default=0)
        name = max((cells(candidate.name) for candidate in shown), default=0) + 1
        code = width - 4 - name - (detail + 2 if detail else 0)
        for place, candidate in enumerate(shown, start=start):
            chosen = place == self.at
            line = row(
                (" ► " if chosen else "   ", "accent"),
                fit(row((candidate.name, "strong" if chosen else "plain")), name),
                fit(row((self.typed[0] + candidate.code, "text" if chosen else "plain")), max(code, 8)),
                "  " if detail else "",
                (candidate.detail, "quiet"),
            )
            lines.append(on("now" if chosen else "list", fit(line, width)))
        return lines


def complete(text: str, cursor: int, session: Session, words: Words) -> Completion | None:
    """The completion at the cursor, where a token is being typed at the end of the line."""
    typed = partial_token(text, cursor)
    if typed is None or cursor != len(text):
        return None
    begun = typed[1:].lower()
    found = _officials(session, words) if typed[0] == "@" else _tags(session, words)
    starting = tuple(c for c in found if c.code.startswith(begun))
    fitting = starting or tuple(c for c in found if c.fits(begun))
    if not fitting or (len(fitting) == 1 and fitting[0].code == begun):
        return None
    return Completion(typed, fitting)


def _officials(session: Session, words: Words) -> tuple[Candidate, ...]:
    """First who got the inject, then who spoke last, then who has no point yet, then the others."""
    inject = session.inject
    to = inject.to if inject else ()
    got = {*to, *(official.id for pool in to for official in session.in_pool(pool))}
    stop = session.stop
    last = stop.speaker if stop and stop.speaker else (session.points[-1].official if len(session.points) else None)
    have = {point.official for point in session.open_points}
    ranked: list[tuple[int, int, Candidate]] = []
    for place, official in enumerate(session.exercise.officials):
        present = session.at_table(official.id)
        detail, rank = "", 4
        if official.id in got:
            detail, rank = words.t("got {inject}", inject=inject.id.upper() if inject else ""), 0
        elif official.id == last:
            detail, rank = words.t("spoke last"), 1
        elif present and official.id not in have:
            detail, rank = words.t("nothing yet"), 2
        elif present:
            rank = 3
        person = session.person(official.id)
        called = {slug(name) for name in (person.name, *shortened(person.name))} if person else set[str]()
        ranked.append((rank, place, Candidate(official.id, official.short, detail, frozenset(called))))
    return tuple(candidate for _, _, candidate in sorted(ranked, key=lambda one: one[:2]))


def _tags(session: Session, words: Words) -> tuple[Candidate, ...]:
    """The themes, and after those the objectives."""
    themes = tuple(Candidate(theme_slug(theme), theme) for theme in themes_of(session.exercise))
    aims = session.exercise.objectives
    return themes + tuple(Candidate(one.id, one.name, words.t("objective")) for one in aims)
