"""What a typed line means: a note, a learning point, a decision, with the tokens at its end.

``@official``, ``#theme`` and ``*`` count only at the end of the line, written out or as far as only one begins so; a
backslash keeps one as text, and one that nobody knows stays text and is named, so that the leader sees it before Enter.
A sign right before a digit is a number and no learning point: ``-5 graden`` and ``+31 6 …`` are notes.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile
from typing import Literal, NamedTuple, TypeAlias

from tabletop.core.events import Turn
from tabletop.core.exercise import Official
from tabletop.core.naming import slug

Kind: TypeAlias = Literal["note", "point", "decision", "private-mark"]


class Note(NamedTuple):
    """A typed line, taken apart. ``unknown`` are tokens that look like one and are not."""

    kind: Kind
    text: str
    turn: Turn = "keep"
    officials: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    private: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def is_mark(self) -> bool:
        """A point without words: made while talking, written out later."""
        return self.kind == "point" and not self.text


def theme_slug(theme: str) -> str:
    """The theme as it is typed after ``#``: without spaces."""
    return "-".join(theme.lower().split())


def codes(officials: Iterable[Official]) -> dict[str, str]:
    """What may be typed after ``@``, and whose id it is: the id itself, or the label or name as it stands on screen."""
    everyone = tuple(officials)
    spoken = {slug(text): one.id for one in reversed(everyone) for text in (one.name, one.label) if text}
    return {**spoken, **{one.id: one.id for one in everyone}}


def parse(line: str, officials: Mapping[str, str], themes: Collection[str] = ()) -> Note:
    """Take a typed line apart. ``officials`` are the :func:`codes` that ``@`` knows; ``themes`` those of ``#``."""
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
        case "\\" if text[1:2] in ("+", "-", "!", "/") or text[1:3] == "* ":
            text = text[1:]
    return _tokens(kind, turn, text, officials, {theme_slug(theme): theme for theme in themes})


def meant(begun: str, known: Mapping[str, str]) -> str | None:
    """What a token means: what is written out, or the only one that begins with these two letters or more."""
    begun = begun.lower()
    if begun in known:
        return known[begun]
    found = {one for code, one in known.items() if code.startswith(begun)} if len(begun) > 1 else set()
    return found.pop() if len(found) == 1 else None


def _tokens(kind: Kind, turn: Turn, text: str, officials: Mapping[str, str], themes: Mapping[str, str]) -> Note:
    found: list[str] = []
    named: list[str] = []
    unknown: tuple[str, ...] = ()
    private = False
    words = text.split(" ")
    while words:
        word = words[-1]
        if not word:
            words.pop()
        elif word == "*":
            private = True
            words.pop()
        elif word[0] == "@" and (official := meant(word[1:], officials)) is not None:
            found.insert(0, official)
            words.pop()
        elif word[0] == "#" and (theme := meant(word[1:], themes)) is not None:
            named.insert(0, theme)
            words.pop()
        else:
            if _looks_like_token(word):
                unknown = tuple(reversed(tuple(takewhile(_looks_like_token, reversed(words)))))
            elif len(word) > 1 and word[0] == "\\" and word[1] in "@#*":
                words[-1] = word[1:]
            break
    rest = " ".join(words).strip()
    if kind == "note" and private and not rest:
        kind = "private-mark"
    return Note(kind, rest, turn, tuple(found), tuple(named), private, unknown)


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
