"""Which answer of a list a typed text is, and what of it is the reason.

A text is an answer where it is one in whole, or begins as no other one does, in either language; a reason may follow
behind a comma or "because". Whoever types "no" never means "yes, because no".
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from tabletop.locale import LANGUAGES, words_for

Beside: TypeAlias = Literal["words", "name", "reason"]
"""What is typed beside a list: words of their own, a name behind what it is the name of, or an answer and a reason."""
Spellings: TypeAlias = Sequence[str]
"""How one option may be written; the first is as it stands on the screen."""

_STOPS: Final = re.compile(r"\s*[,;:.]\s*|\s+[-–—]\s+|\s+(?=(?:want|omdat|because|since)\b)", re.IGNORECASE)
_WHY: Final = re.compile(r"(?:want|omdat|because(?! of\b)|since)\b\s*", re.IGNORECASE)
_LEAST: Final = 3
"""Letters from which one word beside a list of words or names is the beginning of an option."""
_AROUND: Final = " .,;:!?→■□►✓"


class Named(NamedTuple):
    """``place``: the option that a text names, or None; ``reason``: what of the text is no name of an option;
    ``rivals``: the options that it begins, where it is more than one.
    """

    place: int | None
    reason: str = ""
    rivals: tuple[int, ...] = ()


def in_both(text: str) -> tuple[str, ...]:
    """A text of the catalogue in both languages: at such a moment nobody should have to think about that."""
    return tuple(words_for(language).t(text) for language in LANGUAGES)


def read(typed: str, options: Sequence[Spellings], beside: Beside, *, leads: bool = True) -> Named:
    """Read a typed text. ``leads``: whether the answer on the screen may also be its first word, without a comma;
    then the reason is the whole text, as what follows may need that word.
    """
    known = [[_plain(spelling) for spelling in spellings] for spellings in options]
    whole, text = _plain(typed), typed.strip()
    found = _spelled(whole, known)
    if found is not None or not whole:
        return Named(found, "")
    if " " not in whole and len(whole) >= _LEAST:
        begun = _words_begun(whole, known)
        if begun and (beside == "name" or len(begun) == 1):
            return Named(begun[0]) if len(begun) == 1 else Named(None, text, begun)
    if beside == "words":
        return Named(None, text)
    if beside == "reason":
        begun = _begun(whole, known)
        if begun:
            return Named(begun[0]) if len(begun) == 1 else Named(None, text, begun)
    stop = re.search(r"\s*,\s*", text) if beside == "name" else _STOPS.search(text)
    if stop is not None:
        head, rest = _plain(text[: stop.start()]), text[stop.end() :].strip()
        found = _spelled(head, known)
        if found is None and beside == "reason" and len(begun := _begun(head, known)) == 1:
            found = begun[0]
        if found is not None:
            return Named(found, without_because(rest) if beside == "reason" else rest)
    if beside == "reason" and leads:
        first = [place for place, (spelling, *_) in enumerate(known) if whole.startswith(spelling + " ")]
        if len(first) == 1:
            return Named(first[0], text)
    return Named(None, text)


def without_because(reason: str) -> str:
    """A reason without the word that stands before it anyway."""
    return _WHY.sub("", reason, count=1) if _WHY.match(reason) else reason


def find(typed: str, options: Sequence[Spellings]) -> int | None:
    """The first option that is called so, else of which a spelling, else of which a word in one, begins so."""
    begun = _plain(typed)
    if not begun:
        return None
    known = [[_plain(spelling) for spelling in spellings] for spellings in options]
    found = _spelled(begun, known)
    if found is not None:
        return found
    return next(iter((*_begun(begun, known), *_words_begun(begun, known))), None)


def _plain(text: str) -> str:
    return " ".join(text.strip(_AROUND).casefold().split())


def _spelled(text: str, known: Sequence[Sequence[str]]) -> int | None:
    """The option that is written so; as it stands on the screen before as anything else."""
    places = [place for place, spellings in enumerate(known) if text == spellings[0]]
    places += [place for place, spellings in enumerate(known) if text in spellings]
    return places[0] if text and places else None


def _begun(text: str, known: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The options of which a spelling begins so."""
    if not text:
        return ()
    return tuple(
        place for place, spellings in enumerate(known) if any(spelling.startswith(text) for spelling in spellings)
    )


def _words_begun(text: str, known: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The options in which a word of a spelling begins so."""
    return _begun(text, [[word for spelling in spellings for word in spelling.split()] for spellings in known])
