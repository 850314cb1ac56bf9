"""Takes in logs of another region: copies of them, with where they came from kept as a decision."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from tabletop.core.naming import slug
from tabletop.dossier import decisions
from tabletop.dossier.decisions import Decision, new_id
from tabletop.files import blocks
from tabletop.files.log import read
from tabletop.files.log.writing import put_new
from tabletop.files.reasons import failed


def take_in(paths: Sequence[Path], folder: Path, origin: str, by: str, now: Callable[[], datetime]) -> tuple[Path, ...]:
    """Copy these logs below the folder, and return where they stand. Each is read first: what is no log is refused.

    Nothing is ever written over. Raises Trouble; what was copied before that stays.
    """
    place = folder / (slug(origin) or "origin")
    logs = [(path, read(path).head.id) for path in paths]
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed("log-not-writable", place, error) from error
    taken = []
    for path, run in logs:
        target = place / path.name
        put_new(target, blocks.log_bytes(path))
        told = {"id": new_id(), "at": now(), "by": by, "what": "origin", "about": run, "text": origin}
        decisions.add(folder, Decision.model_validate(told))
        taken.append(target)
    return tuple(taken)
