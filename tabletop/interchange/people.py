"""The officials that a script is addressed to: known functions by our own codes, the others by a guess."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from tabletop.core.exercise import POOLS, Language, Pool
from tabletop.core.naming import slug
from tabletop.core.text import clean_line
from tabletop.interchange.meanings import plain
from tabletop.locale import Words, mark


class Function(NamedTuple):
    """A function that the field knows."""

    code: str
    nl: str
    en: str
    label: str
    pool: Pool
    rank: int = 0
    spellings: str = ""
    label_en: str = ""
    column: str = ""

    def table(self, language: Language) -> dict[str, Any]:
        label = self.label_en or self.label if language == "en" else self.label
        name = self.nl if language == "nl" else self.en
        return {
            "id": self.code,
            "name": name,
            **({"label": label} if label and label != name else {}),
            "pool": self.pool,
            **({"column": self.column} if self.column else {}),
            **({"rank": self.rank} if self.rank else {}),
        }


FUNCTIONS: Final[tuple[Function, ...]] = (
    Function("ovd-bz", "Officier van dienst bevolkingszorg", "Duty officer population care", "OvD-BZ", "field",
             spellings="ovdbz | obz | officier van dienst bz"),
    Function("hpz", "Hoofd publieke zorg", "Head of public care", "HPZ", "field", spellings="hoofd pz"),
    Function("backoffice", "Coördinator backoffice", "Back-office coordinator", "Backoffice", "back-office", 1,
             "back office | bo | coordinator back office | backofficecoordinator | back office coordinator",
             "Back office"),
    Function("ac-bz", "Algemeen commandant bevolkingszorg", "Population care commander", "AC-BZ", "leadership", 2,
             "acbz | acb | acbv | algemeen commandant | algemeen commandant bz"),
    Function("strategisch-adviseur", "Strategisch adviseur", "Strategic adviser", "", "leadership", 3,
             "sa | strategic advisor | strategisch adviseur bevolkingszorg"),
    Function("communicatie", "Adviseur crisiscommunicatie", "Crisis communication adviser", "Communicatie",
             "specialist", 0,
             "crisiscommunicatie | cc | communicatieadviseur | communications | communication adviser |"
             " crisis communication | crisis communications | crisis communication advisor", "Communication"),
    Function("informatiemanager", "Informatiemanager", "Information manager", "", "specialist", 0,
             "im | informatiemanagement | information management"),
    Function("ovd-b", "Officier van dienst brandweer", "Duty officer fire", "OvD-B", "field", 0, "ovdb"),
    Function("ovd-p", "Officier van dienst politie", "Duty officer police", "OvD-P", "field", 0, "ovdp"),
    Function("ovd-g", "Officier van dienst geneeskundig", "Duty officer medical", "OvD-G", "field", 0, "ovdg"),
    Function("leider-copi", "Leider CoPI", "CoPI leader", "", "leadership", 4, "lcopi | ldr copi"),
    Function("operationeel-leider", "Operationeel leider", "Operational leader", "OL", "leadership", 5, "leider rot"),
    Function("ghor", "GHOR", "GHOR", "", "field"),
    Function("meldkamer", "Meldkamer", "Control room", "", "back-office"),
    Function("wethouder", "Wethouder", "Alderman", "", "leadership", 8),
    Function("loco-burgemeester", "Loco-burgemeester", "Deputy mayor", "", "leadership", 8, "locoburgemeester"),
    Function("burgemeester", "Burgemeester", "Mayor", "", "leadership", 9, "bgm"),
)  # fmt: skip

_EVERYONE: Final = frozenset((
    "iedereen", "allen", "alle", "allemaal", "all", "everyone", "everybody", "alle deelnemers", "alle teams",
    "alle functies", "alle spelers", "all players", "all teams", "all participants", "de tafel", "hele tafel",
    "the table", "nvt", "n v t", "n a", "none", "geen", "shared",
))  # fmt: skip
_POOL_WORDS: Final[tuple[tuple[Pool, tuple[str, ...]], ...]] = (
    ("specialist", ("communic", "comm", "woordvoer", "spokes", "press", "pers", "pr", "media", "informati", "analist",
                    "analyst", "jurid", "legal", "lawyer", "privacy", "expert", "specialist", "governance")),
    ("leadership", ("burgemeester", "mayor", "wethouder", "alderman", "directeur", "director", "board", "bestuur",
                    "exec", "executive", "ceo", "ciso", "cio", "chief", "manager", "management", "hoofd", "head",
                    "commandant", "commander", "leider", "leader", "strateg", "beleidsteam", "crisisteam",
                    "crisis team",
                    "voorzitter", "chair", "secretaris", "lead")),
    ("back-office", ("backoffice", "back office", "coordin", "meldkamer", "control room", "support", "ondersteun", "hr",
                     "people", "personeel", "secretariaat", "planning", "logist", "finance", "facilit", "helpdesk")),
)  # fmt: skip
_ALWAYS: Final = re.compile(r"\s*[;\n|]\s*|\s*,\s+|,(?=\D)")
_SOMETIMES: Final = re.compile(r"\s*/\s*|\s+(?:en|and|&|\+)\s+|\s*[&+]\s*", re.IGNORECASE)
_LONGEST_NAME: Final = 80


def _spelled() -> Iterator[tuple[str, Function]]:
    for function in FUNCTIONS:
        spellings = (function.code, function.nl, function.en, function.label, function.label_en)
        for spelling in (*spellings, *function.spellings.split(" | ")):
            if spelling:
                yield plain(spelling), function


_KNOWN: Final[Mapping[str, Function]] = dict(_spelled())


def known_function(text: str) -> tuple[Function | None, bool]:
    """Return the function that a text names, and whether that is sure."""
    spelled = plain(text)
    if spelled in _KNOWN:
        return _KNOWN[spelled], True
    if len(spelled) >= 10 and (close := get_close_matches(spelled, _KNOWN, n=1, cutoff=0.88)):
        return _KNOWN[close[0]], False
    return None, False


def likely_pool(name: str) -> Pool | None:
    """Return the pool that a name sounds like; None when it sounds like none."""
    words = plain(name).split()
    spelled = " ".join(words)
    for pool, signs in _POOL_WORDS:
        if any(word == sign or (len(sign) > 3 and word.startswith(sign)) for word in words for sign in signs) or any(
            sign in spelled for sign in signs if " " in sign
        ):
            return pool
    return None


def names_in(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return who is named in each of these texts, which are all the addressees of a script.

    What may stand between two names may also stand in one ("PR/Comm", "Search and rescue"): it only parts what is a
    known function, or is an addressee by itself somewhere else.
    """
    parted = {text: [part for part in _ALWAYS.split(text) if part.strip()] for text in texts}
    alone = {plain(part) for parts in parted.values() for part in parts}
    return {
        text: tuple(name for part in parts for name in _parted(part.strip(), alone)) for text, parts in parted.items()
    }


def _parted(part: str, alone: set[str]) -> list[str]:
    pieces = [piece.strip() for piece in _SOMETIMES.split(part) if piece.strip()]
    are_names = all(plain(piece) in _KNOWN or plain(piece) in alone or is_everyone(piece) for piece in pieces)
    return pieces if len(pieces) > 1 and plain(part) not in _KNOWN and are_names else [part]


def is_everyone(name: str) -> bool:
    """Whether a name is no official but all of them; a sign such as a dash is nobody in particular either."""
    return plain(name) in _EVERYONE or not any(map(str.isalnum, name))


class Casting:
    """Gives each addressee an official, and remembers which of that was a guess."""

    def __init__(self, language: Language, words: Words) -> None:
        self._language: Language = language
        self._words = words
        self._codes: dict[str, str] = {}
        self.officials: list[dict[str, Any]] = []
        self.guessed: dict[str, Pool | None] = {}
        """By the name of an official, the pool that it sounds like; None where it sounds like none."""
        self.taken_for: dict[str, str] = {}
        """By a name as it was written, the known function that was nearly that."""

    def code(self, name: str) -> str:
        """Return the id of the official with this name, a new one when there is none yet."""
        name = clean_line(name).strip()[:_LONGEST_NAME]
        spelled = plain(name) or name
        if spelled in self._codes:
            return self._codes[spelled]
        function, is_sure = known_function(name)
        if function is not None:
            code = function.code
            if all(one["id"] != code for one in self.officials):
                self._add(function.table(self._language))
            if not is_sure:
                self.taken_for[name] = function.nl if self._language == "nl" else function.en
        else:
            code = self._new(name)
        self._codes[spelled] = code
        return code

    def add_known(self, code: str, name: str) -> None:
        """Take an official with the id that the script itself has for it."""
        self._codes[plain(code)] = self._codes[plain(name)] = self._new(name, slug(code))

    def _new(self, name: str, wanted: str = "") -> str:
        pool = likely_pool(name)
        taken = {one["id"] for one in self.officials} | set(POOLS) | {function.code for function in FUNCTIONS}
        start = wanted or slug(name) or slug(self._words.t("official"))
        code = start if start not in taken else ""
        number = 2
        while not code:
            candidate = f"{start[:36]}-{number}"
            code, number = ("" if candidate in taken else candidate), number + 1
        self.guessed[name] = pool
        self._add({"id": code, "name": name, "pool": pool or "field"})
        return code

    def _add(self, table: dict[str, Any]) -> None:
        """Add an official; two of one label could not be told apart."""
        labels = {(one.get("label") or one["name"]).casefold() for one in self.officials}
        if table.get("label", "").casefold() in labels:
            table.pop("label")
        name, number = table["name"], 2
        while (table.get("label") or table["name"]).casefold() in labels:
            table["name"] = f"{name} ({number})"
            number += 1
        self.officials.append(table)

    def everybody(self) -> str:
        """Return the id of the one official of a script that addresses nobody."""
        return self.code(self._words.t(TABLE))


TABLE: Final = mark("The table")
