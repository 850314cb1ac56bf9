"""Why the system refused, as one of a few codes that have a sentence in every language."""

import errno
from pathlib import Path
from typing import Final

from tabletop.files.trouble import Trouble

_KINDS: Final = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",  # the file system, or a limit that was set, takes no more
    errno.EROFS: "not-allowed",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
}


def failed(code: str, path: Path, error: Exception) -> Trouble:
    """Return Trouble with this code, or with ``-full`` or ``-not-allowed`` added to it where that is why.

    ``reason`` holds what the system said, without the path that it adds to it.
    """
    said = error.strerror if isinstance(error, OSError) else None
    kind = _KINDS.get(error.errno or 0) if isinstance(error, OSError) else None
    reason = said or str(error) or type(error).__name__
    return Trouble(f"{code}-{kind}" if kind else code, file=str(path), reason=reason)
