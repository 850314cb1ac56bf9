"""Reads a catalogue's source, so that a changed translation is there at the next start without compiling anything.

Only a work tree needs this: what is installed has a compiled catalogue and no source. It reads the form that our own
catalogue tool writes, and no more: no octal escapes, no charset but UTF-8.
"""

import re
from collections.abc import Iterator
from gettext import NullTranslations, c2py
from typing import Final

_LINE: Final = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?"(.*)"$')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL: Final = re.compile(r"plural=([^;\n]+)")


class SourceCatalogue(NullTranslations):
    """A catalogue held as (context, msgid) to its texts: one, or one for each plural form."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._texts: dict[tuple[str | None, str], tuple[str, ...]] = {}
        header = ""
        for entry in _entries(source):
            texts = tuple(text for key, text in entry.items() if key.startswith("msgstr"))
            if not entry["msgid"]:
                header = texts[0]
            elif all(texts):
                self._texts[entry.get("msgctxt"), entry["msgid"]] = texts
        rule = _PLURAL.search(header)
        self._form = c2py(rule[1].strip() if rule else "n != 1")

    def gettext(self, message: str) -> str:
        """Return the translation, or the message itself."""
        return self._texts.get((None, message), (message,))[0]

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation in this context, or the message itself."""
        return self._texts.get((context, message), (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form that belongs to n."""
        texts = self._texts.get((None, msgid1))
        if texts is None:
            return msgid1 if n == 1 else msgid2
        return texts[self._form(n)]


def read_source(source: str) -> SourceCatalogue:
    """Read the text of a .po file; an entry that is not translated yet falls back to English."""
    return SourceCatalogue(source)


def _entries(source: str) -> Iterator[dict[str, str]]:
    """Yield each entry as its keywords and texts. Comments, fuzzy marks and obsolete entries are passed over."""
    entry: dict[str, str] = {}
    keyword = ""
    for line in source.splitlines():
        match = _LINE.match(line.strip())
        if match is None:
            continue
        if match[1]:
            starts = match[1] == "msgctxt" or (match[1] == "msgid" and "msgid" in entry)
            if starts and entry:
                yield entry
                entry = {}
            keyword = match[1]
            entry[keyword] = ""
        entry[keyword] += _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), match[2])
    if entry:
        yield entry
