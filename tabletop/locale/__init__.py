"""The words of one language, handed to whoever shows them. English is the source; Dutch is a gettext catalogue.

Nothing here is global: two languages can be alive in one process, the leader's and the participants'.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:  # every verb of the command line reads this module, also those that want no more than a sentence
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

__all__ = ["LANGUAGES", "Language", "Words", "choose_language", "mark", "words_for"]

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_HERE: Final = Path(__file__).parent

_DAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_AND: Final[Mapping[Language, str]] = {"nl": "en", "en": "and"}


def mark(text: str) -> str:
    """Mark a text for translation where it stands, in a table say, and return it unchanged for a later `Words.t`."""
    return text


class Words:
    """One language. Values are inserted inertly: braces inside a value are visible text, never a placeholder."""

    __slots__ = ("_catalogue", "language")

    def __init__(self, language: Language, catalogue: NullTranslations) -> None:
        self.language: Final = language
        self._catalogue = catalogue

    def __repr__(self) -> str:
        return f"Words({self.language!r})"

    def t(self, text: str, /, **values: object) -> str:
        """Return the text in this language; with values, its {placeholders} filled."""
        found = self._catalogue.gettext(text) if text else ""
        return found.format(**values) if values else found

    def tc(self, context: str, text: str, /, **values: object) -> str:
        """Do as `t`, for an English word that means two things: the context tells them apart."""
        found = self._catalogue.pgettext(context, text)
        return found.format(**values) if values else found

    def tn(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Do as `t`, for a count of n; {n} is among the placeholders."""
        return self._catalogue.ngettext(one, many, n).format(**{"n": self.number(n), **values})

    def time(self, at: datetime) -> str:
        """Wall time as it was given: 10.41 in Dutch, 10:41 in English."""
        return f"{at:%H.%M}" if self.language == "nl" else f"{at:%H:%M}"

    def oclock(self, at: datetime) -> str:
        """Wall time inside a sentence: 10.41 uur, 10:41."""
        return f"{self.time(at)} uur" if self.language == "nl" else self.time(at)

    def day(self, at: date) -> str:
        """Day with its year: ma 23 nov 2026, Mon 23 Nov 2026."""
        return f"{self.short_day(at)} {at.year}"

    def short_day(self, at: date) -> str:
        """Day without its year: ma 23 nov, Mon 23 Nov."""
        return f"{_DAYS[self.language][at.weekday()]} {at.day} {_MONTHS[self.language][at.month - 1]}"

    def plain_day(self, at: date) -> str:
        """Day with its year, without its name, as a list has it: 23 nov 2026, 23 Nov 2026."""
        return f"{at.day} {self.month(at)}"

    def month(self, at: date) -> str:
        """Month with its year: nov 2026, Nov 2026."""
        return f"{_MONTHS[self.language][at.month - 1]} {at.year}"

    def duration(self, seconds: float) -> str:
        """Whole seconds, cut towards zero, as 0:05, 29:40 or 1:02:03; the same in both languages."""
        whole = int(abs(seconds) + 1e-6)  # eight minutes and ten seconds are a little less than 490 in sums of minutes
        sign = "-" if seconds < 0 and whole else ""
        minutes, rest = divmod(whole, 60)
        if minutes < 60:
            return f"{sign}{minutes}:{rest:02}"
        return f"{sign}{minutes // 60}:{minutes % 60:02}:{rest:02}"

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number of so many decimals: 1.234,5 in Dutch, 1,234.5 in English."""
        text = f"{value:z,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "nl" else text

    def listing(self, items: Sequence[str], last: str = "") -> str:
        """Join as a sentence does: a, b en c; a, b and c; with another word before the last one, a, b or c."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {last or _AND[self.language]} {items[-1]}"


@cache
def words_for(language: Language) -> Words:
    """Return the words of a language. Its catalogue is read once, at the first call."""
    return Words(language, NullTranslations() if language == "en" else _catalogue(language))


def choose_language(option: str | None, environ: Mapping[str, str]) -> Language:
    """Decide the leader's language: --lang, then TABLETOP_LANG, then the locale when it is nl or en, else nl.

    Raises ValueError for an option that is no language of ours; an environment is never a reason to refuse.
    """
    if option is not None:
        if (asked := _language(option)) is None:
            raise ValueError(option)
        return asked
    if wanted := _language(environ.get("TABLETOP_LANG", "")):
        return wanted
    # As POSIX has it: the first of these that is set decides, also when it says something we do not speak.
    named = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(key))), "")
    return _language(named) or "nl"


def _language(name: str) -> Language | None:
    """Recognise nl, NL, nl_NL, nl-BE, nl_NL.UTF-8, nl@euro, and the same for en."""
    short = name.strip().lower().replace("-", "_").split("_")[0].split(".")[0].split("@")[0]
    return next((language for language in LANGUAGES if language == short), None)


def _catalogue(language: Language) -> NullTranslations:
    """Read the compiled catalogue, or in a work tree where the source is newer the source itself."""
    compiled = _HERE / language / "LC_MESSAGES" / "tabletop.mo"
    source = compiled.with_suffix(".po")
    # A wheel holds no .po, so that this is one question to the disk for whoever installed the program.
    if source.exists() and not (compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns):
        from tabletop.locale.source import read_source

        return read_source(source.read_text(encoding="utf-8"))
    with compiled.open("rb") as file:
        return GNUTranslations(file)
