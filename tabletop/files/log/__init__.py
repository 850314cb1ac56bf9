"""The log of a run: one file, one writer, any number of followers; nothing acknowledged is ever rewritten."""

from tabletop.files.log.following import Follower
from tabletop.files.log.reading import Contents, read
from tabletop.files.log.sharing import share
from tabletop.files.log.writing import LogWriter

__all__ = ["Contents", "Follower", "LogWriter", "read", "share"]
