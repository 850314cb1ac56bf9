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


_REASONS: Final = {
    "missing": ("ENOENT",),
    "not-allowed": ("EACCES", "EPERM"),
    "full": ("ENOSPC", "EDQUOT"),
    "read-only": ("EROFS",),
    "too-large": ("EFBIG",),
    "long-name": ("ENAMETOOLONG",),
    "disk": ("EIO",),
    "no-folder": ("ENOTDIR",),
    "folder": ("EISDIR",),
    "many-files": ("EMFILE", "ENFILE"),
    "busy": ("EBUSY", "ETXTBSY"),
    "ring": ("ELOOP",),
    "network": ("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH"),
    "gone": ("ESTALE", "ENODEV", "ENXIO", "ENOTCONN"),
    "no-memory": ("ENOMEM",),
    "impossible": ("ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOLCK"),
}
_CODES: Final = {
    getattr(errno, name): f"reason-{code}" for code, names in _REASONS.items() for name in names if hasattr(errno, name)
}


def failed(code: str, path: Path | str, error: Exception) -> Trouble:
    """Return Trouble with this code, or with ``-full`` or ``-not-allowed`` added to it where that is why.

    Its ``reason`` is Trouble itself, with a sentence for what the system said in a language of its own.
    """
    kind = _KINDS.get(error.errno or 0) if isinstance(error, OSError) else None
    return Trouble(f"{code}-{kind}" if kind else code, file=str(path), reason=_reason(error))


def _reason(error: Exception) -> Trouble:
    if isinstance(error, RuntimeError):  # how Path says it
        return Trouble("reason-ring")
    if not isinstance(error, OSError):  # a name with a NUL or a lone surrogate, or a file that was closed
        return Trouble("reason-unusable")
    number = error.errno or 0
    return Trouble(_CODES.get(number, "reason-error"), number=number)
