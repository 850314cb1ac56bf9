"""The names of people, left out of what others read: as they were entered, and as somebody types them while talking."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Final
from unicodedata import normalize

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
        self._named, self._places = tuple(named), tuple(places)
        self._endings = frozenset().union(*map(_endings, self._places), *[_endings(name) for name, _ in self._named])
        """The last word of each name, between spaces, by which it is seen at once that none is in a text."""

    @cached_property
    def _instead(self) -> dict[str, str]:
        """What stands in the place of each spelling."""
        named = [(words, label) for name, label in self._named for words in _spellings(name)]
        unparted = [(words, "") for name in self._places for words in _spellings(name)]
        whole = _one_label_each((words, label) for words, label in (*named, *unparted))
        parts = _one_label_each((part, label) for words, label in named for part in _parts(words))
        return parts | whole  # somebody who is called no more than Jan goes before a Jan with a surname

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        people = {one for name, _ in self._named for words in _spellings(name) for one in (words, *_parts(words))}
        longest_first = sorted(people.union(*map(_spellings, self._places)), key=lambda words: -sum(map(len, words)))
        spellings = "|".join(r"\s+".join(map(re.escape, words)) for words in longest_first)
        spellings = _APOSTROPHE.sub(_APOSTROPHE.pattern, spellings)  # each of them for the other
        return re.compile(rf"(?<!\w)(?:{spellings})(?!\w)", re.IGNORECASE)

    def may_be_in(self, text: str) -> bool:
        """Whether a name may stand in the text: seen at once, and never no where there is one."""
        return bool(self._endings) and any(map(_spaced(text).__contains__, self._endings))

    def left_out_of(self, text: str) -> str:
        """Return the text without the names."""
        if not self.may_be_in(text):
            return text
        return self._pattern.sub(lambda found: self._instead.get(_key(found[0].split()), LEFT_OUT), text)


_TAKEN_FOR_ASCII: Final = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}
"""What a pattern that does not look at capitals takes for a letter of ASCII."""
_WORD: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)
).ljust(256)
_ANY: Final = b""
"""Is in any text."""
_APOSTROPHE: Final = re.compile("['’]")


@lru_cache(maxsize=1024)
def _spellings(name: str) -> frozenset[tuple[str, ...]]:
    """How a name may be written, in words: a pattern that does not look at capitals takes ß for no ss and İ for no i,
    and an accent stands in its letter or behind it.
    """
    cased = {name.casefold()} if name.isascii() else {name, name.lower(), name.casefold()}
    formed = {normalize(form, one) for one in cased for form in ("NFC", "NFD")}
    return frozenset(tuple(one.split()) for one in formed) - {()}


def _key(words: Iterable[str]) -> str:
    """The same for each way to write a name."""
    return _APOSTROPHE.sub("'", normalize("NFC", " ".join(words).casefold()))


@lru_cache(maxsize=4096)
def _endings(name: str) -> frozenset[bytes]:
    """With which words a name and what it is shortened to end, each between spaces; any, where not all is ASCII."""
    found = set[bytes]()
    for words in _spellings(name):
        if not name.isascii():
            return frozenset((_ANY,))
        for spelling in (words, *_parts(words)):
            known = _spaced(spelling[-1]).split()
            found.add(b" %b " % known[-1] if known else _ANY)  # of a name that ends in no letter or digit
    return frozenset(found)


def _spaced(text: str) -> bytes:
    """A text in small letters, as far as a pattern takes them for ASCII, with a space before and after each word."""
    if not text.isascii():
        for letter, plain in _TAKEN_FOR_ASCII.items():
            text = text.replace(letter, plain)
    return b" %b " % text.encode("ascii", "replace").translate(_WORD)


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
        key = _key(spelling)
        found[key] = (label if found.get(key, label) == label else LEFT_OUT) or LEFT_OUT
    return found


def shortened(name: str) -> set[str]:
    """What somebody of this name is called for short, in small letters: a first name, a surname."""
    return {" ".join(part) for part in _parts(tuple(name.casefold().split()))}


@lru_cache(maxsize=1024)
def _parts(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """What a name is shortened to: a first name, a surname with or without what stands before it."""
    parts = {(word,) for word in words if len(word) >= _SHORTEST and word.casefold() not in _PARTICLES}
    particle = next((place for place, word in enumerate(words) if place and word.casefold() in _PARTICLES), None)
    return frozenset(parts | ({words[particle:]} if particle is not None else set()))
