"""The clocks of the machine. Everything else is handed one, so that a test can hold time still."""

import time
from datetime import datetime


class SystemClock:
    """Wall time with its offset, and seconds that only go forward."""

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        return time.monotonic()
