"""Opens the file that somebody wants to import, and finds out by what is in it what it is."""

import json
from pathlib import Path
from typing import Any, Final, TypeAlias

from tabletop.core.text import clean_line
from tabletop.files.library import bytes_of
from tabletop.files.trouble import Trouble
from tabletop.interchange.delimited import decoded, read_delimited
from tabletop.interchange.excel import is_excel, read_excel
from tabletop.interchange.grid import Sheet

LARGEST: Final = 32 * 1024 * 1024
"""The largest file that is read, in bytes: a workbook may hold pictures."""

Source: TypeAlias = tuple[Sheet, ...] | dict[str, Any]
"""The sheets of a workbook or of a file of lines, or the scenario that another program wrote as JSON."""


def read_source(path: Path) -> Source:
    """Read a script; raises Trouble with one sentence for whatever is none."""
    file = clean_line(path.name or str(path))
    too_large = Trouble("script-too-large", file=file, most=LARGEST // 1024 // 1024)
    data = bytes_of(path, LARGEST, too_large, Trouble("script-is-folder", file=file))
    if not data:
        raise Trouble("file-empty", file=file)
    if is_excel(data):
        return read_excel(data, file)
    text = decoded(data, file)
    if not text.strip():
        raise Trouble("file-empty", file=file)
    is_named_json = path.suffix.lower() == ".json"
    if is_named_json or text.lstrip()[:1] in "{[":
        found = _json(text, file)
        if found is not None:
            return found
        if is_named_json:
            raise Trouble("script-json-unknown", file=file)
    return (read_delimited(text, file),)


def _json(text: str, file: str) -> dict[str, Any] | None:
    """Return the scenario in a JSON text, at the top or one level down; None when there is none."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip()[:1] == "{":
            raise Trouble("script-json", file=file, line=error.lineno) from None
        return None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets within brackets
        raise Trouble("file-too-deep", file=file) from None
    candidates = [found, *(found.values() if isinstance(found, dict) else ())]
    return next((one for one in candidates if isinstance(one, dict) and isinstance(one.get("injects"), list)), None)
