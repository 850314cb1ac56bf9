"""What somebody decided about the columns of a sheet, kept for the next sheet with the same headings.

A plain TOML file in the state folder. It may be edited, and thrown away; where it cannot be read nothing is remembered.
"""

import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import tomli_w

from tabletop.interchange.meanings import MEANINGS, Meaning, plain

NAME: Final = "import-columns.toml"
_LARGEST: Final = 1024 * 1024
_MOST: Final = 200
"""Sets of headings that are kept; the oldest go first."""
_ABOVE: Final = (
    "# What the columns of sheets hold, as told to tabletop import --map. One part for each set of headings.\n"
    "# Throw a part away, or this file, and it is forgotten.\n\n"
)


class Remembered:
    """The file with what was decided about columns."""

    def __init__(self, state: Path) -> None:
        self.path = state / NAME

    def of(self, headings: frozenset[str]) -> dict[str, Meaning]:
        """Return what was decided about the columns of a sheet with these headings."""
        found = next((one for one in self._sheets() if _headings(one) == headings), None)
        columns = found.get("columns") if found else None
        if not isinstance(columns, dict):
            return {}
        said = {plain(name): meaning for name, meaning in columns.items() if isinstance(meaning, str)}
        return {name: meaning for name, said_meaning in said.items() for meaning in MEANINGS if meaning == said_meaning}

    def keep(self, headings: frozenset[str], columns: Mapping[str, Meaning]) -> bool:
        """Keep this with what was decided before; False when that was not possible."""
        others = [one for one in self._sheets() if _headings(one) != headings][1 - _MOST :]
        new = {"headings": sorted(headings), "columns": {**self.of(headings), **columns}}
        text = _ABOVE + tomli_w.dumps({"sheet": [*others, new]}, multiline_strings=False)
        temporary = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123  # a mode of its own from the first byte on
                file.write(text)
            temporary.replace(self.path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return False
        return True

    def _sheets(self) -> list[dict[str, Any]]:
        try:
            with self.path.open("rb") as file:
                data = tomllib.loads(file.read(_LARGEST).decode())
        except (OSError, ValueError, RecursionError):
            return []
        sheets = data.get("sheet")
        return [one for one in sheets if isinstance(one, dict)] if isinstance(sheets, list) else []


def _headings(sheet: Mapping[str, Any]) -> frozenset[str]:
    headings = sheet.get("headings")
    return frozenset(map(str, headings)) if isinstance(headings, list) else frozenset()
