"""What a typed line means: a note, a learning point, a decision, with the tokens at its end.

``@official``, ``#theme`` or ``#objective``, and ``*`` count only at the end of the line, written out or as far as only
one begins so. Behind a sign (``+ - !``) one of each kind counts at the start too, where the end names none of its kind:
``+ @hpz coffee first`` is what people type first, and there a name cannot be the subject of a sentence by accident as
often as in a note. A backslash keeps one as text. One that nobody knows stays text, and so does one elsewhere in the
line; both are named, so that the leader sees it before Enter. An unknown one takes nothing from those beside it.
A sign right before a digit is a number and no learning point: ``-5 graden`` and ``+31 6 …`` are notes.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from tabletop.core.events import Turn
from tabletop.core.exercise import Objective, Official
from tabletop.core.names import shortened
from tabletop.core.naming import slug

Kind: TypeAlias = Literal["note", "point", "decision", "private-mark"]
_What: TypeAlias = Literal["official", "theme", "objective", "private"]
_Tag: TypeAlias = tuple[_What, str]
_Meaning = TypeVar("_Meaning", bound=Hashable)


class Note(NamedTuple):
    """A typed line, taken apart. ``unknown`` are words that look like a token and are none that anybody knows;
    ``misplaced`` are tokens that stay text because of where they stand.
    """

    kind: Kind
    text: str
    turn: Turn = "keep"
    officials: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    private: bool = False
    unknown: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()

    @property
    def is_mark(self) -> bool:
        """A point without words: made while talking, written out later."""
        return self.kind == "point" and not self.text


def theme_slug(theme: str) -> str:
    """The theme as it is typed after ``#``: without spaces."""
    return "-".join(theme.lower().split())


def codes(officials: Iterable[Official], people: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """What may be typed after ``@``, and whose id it is: the id itself, the label or name as it stands on screen, or
    the name of who is at the table (``people``: name and official), whole or in part; not one that two of them have.
    """
    everyone = tuple(officials)
    called: dict[str, set[str]] = {}
    for name, official in people:
        for part in {slug(name), *map(slug, shortened(name))}:
            called.setdefault(part, set()).add(official)
    names = {name: one for name, (one, *others) in called.items() if name and not others}
    spoken = {slug(text): one.id for one in reversed(everyone) for text in (one.name, one.label) if text}
    return {**names, **spoken, **{one.id: one.id for one in everyone}}


def objective_codes(objectives: Iterable[Objective]) -> dict[str, str]:
    """What may be typed after ``#`` for an objective, and which it is: its id, or the short name on the screen."""
    everyone = tuple(objectives)
    return {**{slug(one.short): one.id for one in everyone if one.short}, **{one.id: one.id for one in everyone}}


def parse(
    line: str,
    officials: Mapping[str, str],
    themes: Collection[str] = (),
    objectives: Mapping[str, str] = MappingProxyType({}),
) -> Note:
    """Take a typed line apart. ``officials`` are the :func:`codes` that ``@`` knows; ``themes`` and the
    :func:`objective_codes` those that ``#`` does.
    """
    text = line.strip()
    if text == "*":
        return Note("private-mark", "")
    kind: Kind = "note"
    turn: Turn = "keep"
    match text[:1]:
        case "+" | "-" if text[1:2].isdecimal():
            pass
        case "+":
            kind, text = "point", text[1:].strip()
        case "-":
            kind, turn, text = "point", "change", text[1:].strip()
        case "!":
            kind, text = "decision", text[1:].strip()
        case "\\" if text[1:2] in ("+", "-", "!", "/"):
            text = text[1:]
    tags: dict[str, _Tag] = {code: ("objective", one) for code, one in objectives.items()}
    tags |= {theme_slug(theme): ("theme", theme) for theme in themes}
    return _tokens(kind, turn, text, _Known({code: ("official", one) for code, one in officials.items()}, tags))


def meant(begun: str, known: Mapping[str, _Meaning]) -> _Meaning | None:
    """What a token means: what is written out, or the only one that begins with these two letters or more."""
    begun = begun.lower()
    if begun in known:
        return known[begun]
    found = {one for code, one in known.items() if code.startswith(begun)} if len(begun) > 1 else set()
    return found.pop() if len(found) == 1 else None


def rivals(begun: str, known: Mapping[str, _Meaning]) -> tuple[_Meaning, ...]:
    """All that a token could mean, where it is more than one: then it means neither."""
    found = dict.fromkeys(one for code, one in known.items() if code.startswith(begun.lower()))
    return tuple(found) if len(begun) > 1 and len(found) > 1 else ()


class _Known(NamedTuple):
    """The tokens that an exercise knows."""

    officials: Mapping[str, _Tag]
    tags: Mapping[str, _Tag]

    def tag(self, word: str) -> _Tag | None:
        """What a word is as a token, if it is one."""
        if word == "*":
            return "private", word
        if len(word) > 1 and word[0] in "@#":
            return meant(word[1:], self.officials if word[0] == "@" else self.tags)
        return None


@dataclass
class _Found:
    """The tokens of a line by what they are, in the order in which they were typed."""

    tags: list[_Tag] = field(default_factory=list)

    def of(self, what: _What) -> tuple[str, ...]:
        return tuple(value for kind, value in self.tags if kind == what)


def _tokens(kind: Kind, turn: Turn, text: str, known: _Known) -> Note:
    words = text.split(" ")
    found, unknown = _at_the_end(words, known)
    if kind != "note" and words:
        _at_the_start(words, found, known)
    misplaced = tuple(word for place, word in enumerate(words) if _is_misplaced(word, known, is_first=not place))
    rest = " ".join([*map(_unescaped, words), *unknown]).strip()
    private = bool(found.of("private"))
    if kind == "note" and private and not rest:
        kind = "private-mark"
    return Note(
        kind, rest, turn, found.of("official"), found.of("theme"), private, unknown, found.of("objective"), misplaced
    )


def _at_the_end(words: list[str], known: _Known) -> tuple[_Found, tuple[str, ...]]:
    """Take the tokens off the end of the words; return them, and those that nobody knows, which stay text."""
    found, unknown = _Found(), list[str]()
    while words:
        word = words[-1]
        tag = known.tag(word)
        if tag is not None:
            found.tags.insert(0, tag)
        elif _looks_like_token(word):
            unknown.insert(0, word)
        elif word:
            break
        words.pop()
    return found, tuple(unknown)


def _at_the_start(words: list[str], found: _Found, known: _Known) -> None:
    """Take the tokens off the start of the words, one of each kind that the end does not name."""
    first: list[_Tag] = []
    while len(words) > 1 and (tag := known.tag(words[0])) is not None:
        if found.of(tag[0]) or any(tag[0] == one for one, _ in first):
            break
        first.append(tag)
        words.pop(0)
    found.tags[:0] = first


def _unescaped(word: str) -> str:
    return word[1:] if len(word) > 1 and word[0] == "\\" and word[1] in "@#*" else word


def _is_misplaced(word: str, known: _Known, *, is_first: bool) -> bool:
    """Whether a word that stays text is a token that somebody may have meant; a star is only where it begins a line."""
    return is_first if word == "*" else known.tag(word.rstrip(".,;:!?")) is not None


def is_count(text: str) -> bool:
    """Whether a line is meant as fingers: digits and nothing else. Any other text at that moment is a note."""
    return text.replace(" ", "").isdecimal()


def looks_like_fingers(text: str, people: int) -> bool:
    """Whether a line is about as many digits from 0 to 5 as there are people: fingers, where a text is asked for."""
    digits = text.replace(" ", "")
    return max(2, people - 2) <= len(digits) <= people + 2 and all(digit in "012345" for digit in digits)


def _looks_like_token(word: str) -> bool:
    return len(word) > 1 and word[0] in "@#"


def partial_token(line: str, cursor: int) -> str | None:
    """The token that is being typed at the cursor, such as ``@h``, or None."""
    if cursor < len(line) and line[cursor] != " ":
        return None
    start = line.rfind(" ", 0, cursor) + 1
    word = line[start:cursor]
    return word if word[:1] in ("@", "#") else None
