"""What a person may decide in a dossier, as the screen asks it; each decision carries who decided it, and when."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from tabletop.dossier.decisions import Decision, What, new_id, read
from tabletop.dossier.index import Dossier


class Decider(Protocol):
    """Writes decisions beside the logs. Each is added and none is ever changed; raises Trouble when it cannot be."""

    def check(self) -> None:
        """Raise Trouble where the decisions that there are cannot be read, since then none is added to them."""
        ...

    def link(self, one: str, other: str, by: str) -> None:
        """Two points say the same."""
        ...

    def unlink(self, point: str, by: str) -> None:
        """A point says something of its own after all."""
        ...

    def propose(self, point: str, text: str, reason: str, by: str) -> None: ...
    def use(self, point: str, day: date, where: str, by: str) -> None:
        """A proposal was used: from now on it is a practice."""
        ...

    def take_along(self, point: str, by: str, *, along: bool) -> None: ...
    def rename_theme(self, theme: str, name: str, by: str) -> None: ...
    def merge_theme(self, theme: str, into: str, by: str) -> None: ...
    def name_group(self, run: str, group: str, by: str) -> None: ...
    def close_action(self, action: str, note: str, by: str) -> None: ...
    def reopen_action(self, action: str, by: str) -> None: ...
    def set_threshold(self, occasions: int, by: str) -> None: ...


class Decisions:
    """Writes each decision with the name of whoever decided it, and the moment."""

    def __init__(self, dossier: Dossier, now: Callable[[], datetime]) -> None:
        self._dossier = dossier
        self._now = now

    def _decide(self, what: What, by: str, about: str = "", **more: object) -> None:
        told = {"id": new_id(), "at": self._now(), "by": by, "what": what, "about": about, **more}
        self._dossier.decide(Decision.model_validate(told))

    def check(self) -> None:
        read(self._dossier.folders[0])

    def link(self, one: str, other: str, by: str) -> None:
        self._decide("link", by, one, other=other)

    def unlink(self, point: str, by: str) -> None:
        self._decide("unlink", by, point)

    def propose(self, point: str, text: str, reason: str, by: str) -> None:
        self._decide("proposal", by, point, text=text, reason=reason)

    def use(self, point: str, day: date, where: str, by: str) -> None:
        self._decide("use", by, point, day=day, text=where)

    def take_along(self, point: str, by: str, *, along: bool) -> None:
        self._decide("take-along", by, point, on=along)

    def rename_theme(self, theme: str, name: str, by: str) -> None:
        self._decide("theme", by, theme, other=name)

    def merge_theme(self, theme: str, into: str, by: str) -> None:
        self._decide("theme", by, theme, other=into)

    def name_group(self, run: str, group: str, by: str) -> None:
        self._decide("group", by, run, text=group)

    def close_action(self, action: str, note: str, by: str) -> None:
        self._decide("action-closed", by, action, text=note)

    def reopen_action(self, action: str, by: str) -> None:
        self._decide("action-reopened", by, action)

    def set_threshold(self, occasions: int, by: str) -> None:
        self._decide("threshold", by, number=occasions)
