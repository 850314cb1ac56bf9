"""Makes a sound exercise of what was read: whatever could not stand is taken out, with the reason, until all is well.

That is how what comes out always passes ``tabletop check``.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from tabletop.core.check import Fault, Path, inconsistencies
from tabletop.core.exercise import Exercise
from tabletop.core.text import clean_line, cut
from tabletop.files.mistakes import faults_of
from tabletop.files.trouble import Trouble
from tabletop.interchange.ledger import Ledger, Note, Part

_MOST_ROUNDS = 60


def settled(table: dict[str, Any], ledger: Ledger, file: str) -> Exercise:
    """Return the exercise; what had to go from ``table`` is noted. Raises Trouble when nothing is left to lead."""
    for _ in range(_MOST_ROUNDS):
        try:
            exercise = Exercise.model_validate(table)
        except ValidationError as error:
            faults: Sequence[Fault] = faults_of(error)
        else:
            faults = inconsistencies(exercise)
            if not faults:
                return exercise
        if any(fault.code in {"no-inject", "none-at-all"} and fault.path == ("steps",) for fault in faults):
            break
        if not _taken_out(table, faults, ledger):
            break
    raise Trouble("import-nothing", file=file)


def _taken_out(table: dict[str, Any], faults: Iterable[Fault], ledger: Ledger) -> bool:
    """Take out what is wrong, the last of a list first, so that the places of the others stay; False when nothing is.

    What has to go as a whole goes after everything else, for the same reason.
    """
    by_path = {fault.path: fault for fault in faults}
    ordered = sorted(by_path.values(), key=lambda fault: _place(fault.path), reverse=True)
    rest = [fault for fault in ordered if not _take_out(table, fault, ledger)]
    wholes = {_whole(table, fault.path): fault for fault in rest}
    gone = [_take_whole(table, path, wholes[path], ledger) for path in sorted(wholes, key=_place, reverse=True) if path]
    return len(rest) < len(by_path) or any(gone)


def _place(path: Path) -> list[tuple[bool, str]]:
    return [(isinstance(part, int), str(part).zfill(9)) for part in path]


def _take_out(table: dict[str, Any], fault: Fault, ledger: Ledger) -> bool:
    """Take out what a fault points at; False when that is not there, as where something is missing."""
    if not fault.path:
        return False
    containers = _containers(table, fault.path)
    here, last = containers[-1], fault.path[-1]
    ref = next((one.ref for one in reversed(containers) if isinstance(one, Part) and one.ref is not None), None)
    why = Note(fault.code, fault.values)
    match fault.code:
        case "no-key-official":
            return _all_key(table["officials"])
        case "minute-after-end" if isinstance(here, dict):
            here.pop("due", None)
        case "debrief-too-long":
            if (minutes := table.get("minutes", 75.0)) < 1:
                del table["minutes"]
            else:
                table["debrief"] = {**table.get("debrief", {}), "minutes": minutes / 4}
            ledger.about("import-shorter-debrief")
            return True
        case _:
            pass
    if len(containers) < len(fault.path):
        return False
    if isinstance(here, dict) and last in here:
        ledger.guess(ref, "import-without", key=str(last), said=_said(here.pop(last)), why=why)
        return True
    if isinstance(here, list) and isinstance(last, int) and last < len(here) and not isinstance(here[last], dict):
        key = next((str(part) for part in reversed(fault.path) if isinstance(part, str)), "")
        ledger.guess(ref, "import-without", key=key, said=_said(here.pop(last)), why=why)
        return True
    return False


def _all_key(officials: Iterable[dict[str, Any]]) -> bool:
    gone = [official.pop("key", None) for official in officials]
    return any(key is not None for key in gone)


def _containers(table: dict[str, Any], path: Path) -> list[Any]:
    """Return what holds each part of a path, from the whole to the last that is there."""
    found: list[Any] = [table]
    for part in path[:-1]:
        try:
            found.append(found[-1][part])
        except (KeyError, IndexError, TypeError):
            break
    return found


def _whole(table: dict[str, Any], path: Path) -> Path:
    """Return the innermost part of a list that a path leads into; nothing where it leads into none."""
    containers = _containers(table, path)
    for depth in range(min(len(containers), len(path)) - 1, -1, -1):
        if isinstance(containers[depth], list) and isinstance(path[depth], int):
            return path[: depth + 1]
    return ()


def _take_whole(table: dict[str, Any], path: Path, fault: Fault, ledger: Ledger) -> bool:
    """What lacks something that it cannot do without goes as a whole."""
    holder, place = _containers(table, path)[-1], path[-1]
    if not isinstance(place, int) or place >= len(holder):
        return False
    gone = holder.pop(place)
    ref = gone.ref if isinstance(gone, Part) else None
    why = Note(fault.code, fault.values)
    ledger.leave(ref, "import-left-because", key=str(fault.path[-1]), why=why)
    return True


def _said(value: object) -> str:
    return cut(clean_line(str(value)), 40)
