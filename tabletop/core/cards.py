"""Role cards and a glossary: what a function or a team is, what it may decide, and the field's words.

They are texts to look up, and nothing in a run depends on them. What they say differs per region, so that every one can
be replaced by a file of one's own.
"""

from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

from pydantic import Field

from tabletop.core.exercise import Exercise, Language, Official, Pool, Slug, Written
from tabletop.core.text import Line, RequiredLine, RequiredText, Text

T = TypeVar("T")


class RoleCard(Written):
    """What a function or a team is, and what it may decide. The id of a function is that of an official."""

    id: Slug
    kind: Literal["function", "team"] = "function"
    name: RequiredLine
    what: RequiredText
    may_decide: tuple[RequiredLine, ...] = ()
    works_with: Line = ""
    source: Line = ""


class PoolCard(Written):
    """What is asked of everybody in a pool, in words: nobody is marked on it."""

    id: Pool
    competences: tuple[RequiredLine, ...] = ()


class Term(Written):
    """A word of the field, with what it is called in the other language."""

    term: RequiredLine
    other: Line = ""
    meaning: RequiredText
    source: Line = ""


class Cards(Written):
    """All of it, in one language."""

    format: Literal["tabletop-cards/1"] = "tabletop-cards/1"
    language: Language = "nl"
    note: Text = Field("", description="What is said under every card, such as that it differs per region.")
    cards: tuple[RoleCard, ...] = ()
    pools: tuple[PoolCard, ...] = ()
    terms: tuple[Term, ...] = ()

    def card(self, card_id: str) -> RoleCard | None:
        return next((card for card in self.cards if card.id == card_id), None)

    def competences(self, pool: Pool) -> tuple[str, ...]:
        return next((one.competences for one in self.pools if one.id == pool), ())

    @property
    def teams(self) -> tuple[RoleCard, ...]:
        return tuple(card for card in self.cards if card.kind == "team")

    def of(self, exercise: Exercise) -> tuple[tuple[Official, RoleCard | None], ...]:
        """The officials of an exercise, each with its card where there is one."""
        return tuple((official, self.card(official.id)) for official in exercise.officials)

    def joined(self, own: "Cards") -> "Cards":
        """These cards with those of one's own over them: what has the same id or term is replaced, the rest added."""
        return Cards(
            language=self.language,
            note=own.note or self.note,
            cards=_joined(self.cards, own.cards, lambda card: card.id),
            pools=_joined(self.pools, own.pools, lambda pool: pool.id),
            terms=tuple(sorted(_joined(self.terms, own.terms, lambda term: term.term.casefold()),
                               key=lambda term: term.term.casefold())),
        )  # fmt: skip


def _joined(shipped: Iterable[T], own: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    found = {name(one): one for one in shipped}
    return tuple({**found, **{name(one): one for one in own}}.values())
