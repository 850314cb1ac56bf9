"""Takes in logs of another region: copies of them, with where they came from kept as a decision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from tabletop.core.naming import slug
from tabletop.dossier import decisions
from tabletop.dossier.decisions import Decision, new_id
from tabletop.dossier.harvest import run_id
from tabletop.files import blocks
from tabletop.files.log import read
from tabletop.files.log.writing import put_new
from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble


def take_in(
    paths: Sequence[Path],
    folder: Path,
    origin: str,
    by: str,
    now: Callable[[], datetime],
    known: Mapping[str, Path] = MappingProxyType({}),
) -> tuple[Path, ...]:
    """Copy these logs below the folder, and return where they stand. Each is read first: what is no log is refused.

    So is a run that is there already, by its id in ``known``: with an origin it would no longer be one's own. Nothing
    is ever written over. Raises Trouble; what was copied before that stays.
    """
    place = folder / (slug(origin) or "origin")
    logs = [(path, read(path).head.id) for path in paths]
    for path, run in logs:
        if run_id(run) in known:
            raise Trouble("dossier-run-there", file=str(path), other=str(known[run_id(run)]))
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
