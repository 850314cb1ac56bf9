"""Finds points as one types: the beginnings of words, ``@function``, ``#theme``, ``+`` or ``-``, and a year."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from tabletop.core.learning import plain_word
from tabletop.dossier.words import plain

_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")
_TURNS: Final = {"+": "keep", "-": "change", "−": "change", "Δ": "change"}  # as it is typed somewhere
_MOST_PARTS: Final = 24
_MOST_WORDS: Final = 200
PREFIXES: Final = 2
"""Up to how many letters the index itself knows what begins with them."""


class Known(NamedTuple):
    """What the index has a sign for, as it is called: several names may go with one sign."""

    functions: Mapping[str, Sequence[str]]
    themes: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[str]]
    """Groups, injects and the titles of exercises."""


class Asked(NamedTuple):
    """What was typed, taken apart: of each part one of these must be there."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    """The beginning of a word, and the signs that it stands for as well."""
    signs: tuple[tuple[str, ...], ...]


def asked(typed: str, known: Known) -> Asked:
    """Take apart what was typed. None of it is ever an instruction to what searches."""
    words: list[tuple[str, tuple[str, ...]]] = []
    signs: list[tuple[str, ...]] = []
    for part in typed.split()[:_MOST_PARTS]:
        sought = plain_word(part[1:])
        if part in _TURNS:
            signs.append((f"+{_TURNS[part]}",))
        elif _YEAR.fullmatch(part):
            signs.append((f"={part}",))
        elif part[0] == "@" and sought:
            signs.append(tuple(_holding(sought, known.functions)))
        elif part[0] == "#" and sought:
            signs.append(tuple(_holding(sought, known.themes)))
        else:
            words += [(word, tuple(_beginning(word, known))) for word in plain(part).split()]
    return Asked(tuple(words), tuple(signs))


def _holding(sought: str, names: Mapping[str, Sequence[str]]) -> Iterable[str]:
    return (sign for sign, called in names.items() if any(sought in plain_word(name) for name in called))


def _beginning(word: str, known: Known) -> Iterable[str]:
    """The signs of whatever has a name in which a word begins like this."""
    for names in known:
        for sign, called in names.items():
            if any(f" {word}" in f" {plain(name)}" for name in called):
                yield sign


def query(what: Asked, beginning: Callable[[str], Sequence[str]]) -> str:
    """The same in the language of FTS5, in which everything here stands between quotation marks; empty for nothing.

    ``beginning`` gives the words of the index that begin with some letters. Where these are few they are asked for,
    each by itself: FTS5 then stops at as many points as are wanted. What begins with more than two letters it would
    collect from all points first.
    """
    parts: list[str] = []
    for word, signs in what.words:
        known = beginning(word) if len(word) > PREFIXES else ()
        words = [f'"{one}"' for one in known] if 0 < len(known) <= _MOST_WORDS else [f'"{word}" *']
        parts.append(" OR ".join([*words, *(f'"{sign}"' for sign in signs)]))
    parts += [" OR ".join(f'"{sign}"' for sign in signs) for signs in what.signs]
    return " AND ".join(f"({part})" for part in parts)


def condition(what: Asked) -> tuple[str, tuple[str, ...]]:
    """The same as a condition on the text that is sought in, for a SQLite without a full-text search."""
    parts: list[str] = []
    values: list[str] = []
    for some in ([(f" {word}", *(f" {sign} " for sign in signs)) for word, signs in what.words]
                 + [tuple(f" {sign} " for sign in signs) for signs in what.signs]):  # fmt: skip
        parts.append(f"({' OR '.join('instr(p.sought, ?) > 0' for _ in some)})")
        values += some
    return " AND ".join(parts), tuple(values)
