"""The names of people, left out of what others read: as they were entered, and as somebody types them while talking."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tabletop.core import events as e
from tabletop.core.exercise import Exercise

LEFT_OUT: Final = "…"
"""Stands where a name stood that belongs to no function, or to more than one."""
_PARTICLES: Final = frozenset(
    ("van", "de", "den", "der", "het", "'t", "ten", "ter", "te", "op", "in", "aan", "von", "zu", "la", "le", "du", "el")
)
"""What stands before a surname, and is no name by itself."""
_SHORTEST: Final = 3


class Names:
    """Names, each with what stands in its place: the label of a function, or nothing where there is none.

    A name is found whatever its capitals and spaces, and so is a first name or a surname alone: a leader who types
    while talking writes "jan", not "Jan de Vries". That also takes a word that only looks like a name, which is the
    better mistake. A name that nobody entered cannot be found.
    """

    def __init__(self, named: Iterable[tuple[str, str]], places: Iterable[str] = ()) -> None:
        """Make it of the names of people; ``places`` are names of which only the whole is one, such as of a town."""
        words = [(tuple(name.casefold().split()), label) for name, label in named]
        unparted = [(tuple(name.casefold().split()), "") for name in places]
        whole = _one_label_each((spelling, label) for spelling, label in (*words, *unparted) if spelling)
        parts = _one_label_each((part, label) for spelling, label in words for part in _parts(spelling))
        self._instead = parts | whole  # somebody who is called no more than Jan goes before a Jan with a surname
        longest_first = sorted(self._instead, key=len, reverse=True)
        firsts = {key.partition(" ")[0] for key in self._instead}
        self._firsts = tuple(firsts) if "".join(firsts).isascii() else None
        """By which it is seen at once that no name is there; other letters have more than two forms."""
        spellings = "|".join(r"\s+".join(map(re.escape, key.split())) for key in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{spellings})(?!\w)", re.IGNORECASE)

    def left_out_of(self, text: str) -> str:
        """Return the text without the names."""
        if not self._instead:
            return text
        if self._firsts is not None and text.isascii():
            small = text.lower()
            if not any(first in small for first in self._firsts):
                return text
        return self._pattern.sub(lambda found: self._instead.get(" ".join(found[0].casefold().split()), LEFT_OUT), text)


def names_in(head: e.Head, events: Iterable[e.Event], places: Iterable[str] = ()) -> Names:
    """Each name that was entered in a run, and what stands in its place."""

    def label(official_id: str | None) -> str:
        official = head.exercise.official(official_id) if official_id else None
        return official.short if official else ""

    named = [(one.name, label(one.official)) for one in head.participants]
    for event in events:
        if isinstance(event, (e.ParticipantJoined, e.CallLogged)):
            named.append((event.name, label(event.official)))
        elif isinstance(event, e.Reviewable):
            named.append((event.reviewer, ""))
    named.append((head.leader, ""))
    return names_of(tuple(dict.fromkeys(named)), tuple(places))


@lru_cache(maxsize=256)
def names_of(named: tuple[tuple[str, str], ...], places: tuple[str, ...] = ()) -> Names:
    """Names that were found before are known: the same people sit at a table again and again."""
    return Names(named, places)


def is_function(owner: str, exercise: Exercise) -> bool:
    """Whether the owner of an action is a function of this exercise; anybody else may be there by name."""
    called = {name.casefold() for one in exercise.officials for name in (one.id, one.short, one.name)}
    return owner.strip().casefold() in called


def organisations_in(head: e.Head, events: Iterable[e.Event]) -> tuple[str, ...]:
    """What the group and the organisations at its table are called, as far as that was entered."""
    joined = (event.organisation for event in events if isinstance(event, e.ParticipantJoined))
    return tuple(dict.fromkeys((head.group, *(one.organisation for one in head.participants), *joined)))


def _one_label_each(spelled: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for spelling, label in spelled:
        key = " ".join(spelling)
        found[key] = (label if found.get(key, label) == label else LEFT_OUT) or LEFT_OUT
    return found


def shortened(name: str) -> set[str]:
    """What somebody of this name is called for short, in small letters: a first name, a surname."""
    return {" ".join(part) for part in _parts(tuple(name.casefold().split()))}


def _parts(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What a name is shortened to: a first name, a surname with or without what stands before it."""
    parts = {(word,) for word in words if len(word) >= _SHORTEST and word not in _PARTICLES}
    particle = next((place for place, word in enumerate(words) if place and word in _PARTICLES), None)
    return parts | ({words[particle:]} if particle is not None else set())
