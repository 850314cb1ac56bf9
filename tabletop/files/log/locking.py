"""One writer for each log: a lock file beside it, which the system lets go of when its process dies."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.files.reasons import failed
from tabletop.files.trouble import Trouble

if TYPE_CHECKING:
    from filelock import BaseFileLock


def take_lock(path: Path) -> "BaseFileLock":
    """Take the lock of the log at this path; raises Trouble when another leader has it, or it cannot be taken."""
    from filelock import FileLock, Timeout  # a quarter of the start of a verb that never writes

    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0, thread_local=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a folder without real locks; a warning would end up on the screen
            lock.acquire()
    except Timeout:
        raise Trouble("log-in-use", file=str(path)) from None
    except (OSError, ValueError) as error:
        raise failed("log-not-writable", path, error) from error
    return lock
