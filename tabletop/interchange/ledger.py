"""What became of each row: taken, taken with a guess, or left out, and why; ``locale`` has the words."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from tabletop.interchange.grid import RowRef

How: TypeAlias = Literal["taken", "guess", "left"]


class Note(NamedTuple):
    """One thing that whoever imports should know: a code that has a sentence, and the values in it."""

    code: str
    values: Mapping[str, object]


class Verdict(NamedTuple):
    """What became of a row, and of which step it became a part."""

    ref: RowRef
    how: How
    notes: tuple[Note, ...]
    step: str
    name: str


class Part(dict[str, Any]):
    """A part of an exercise that is being made, and the row that it comes from."""

    def __init__(self, values: Mapping[str, Any] | None = None, ref: RowRef | None = None) -> None:
        super().__init__(values or {})
        self.ref = ref


class Ledger:
    """Keeps the verdicts while an exercise is made, each row in the order in which it was first looked at."""

    def __init__(self) -> None:
        self._notes: dict[RowRef, list[Note]] = {}
        self._left: set[RowRef] = set()
        self._with: dict[RowRef, RowRef] = {}
        self.general: list[Note] = []
        """What holds for no row in particular."""

    def take(self, ref: RowRef) -> None:
        self._notes.setdefault(ref, [])

    def guess(self, ref: RowRef | None, code: str, **values: object) -> None:
        """Note a guess about a row, or about the whole where there is no row."""
        if ref is None:
            self.about(code, **values)
        elif (note := Note(code, values)) not in (notes := self._notes.setdefault(ref, [])):
            notes.append(note)

    def leave(self, ref: RowRef | None, code: str, **values: object) -> None:
        """Note that a row is left out; what was guessed about it no longer matters."""
        if ref is None:
            self.about(code, **values)
            return
        self._notes[ref] = [Note(code, values)]
        self._left.add(ref)

    def join(self, ref: RowRef, first: RowRef) -> None:
        """Note that a row is part of the step that another row began."""
        self.take(ref)
        self._with[ref] = first

    def about(self, code: str, **values: object) -> None:
        if (note := Note(code, values)) not in self.general:
            self.general.append(note)

    def verdicts(self, named: Mapping[RowRef, tuple[str, str]]) -> tuple[Verdict, ...]:
        """Return the verdicts; ``named`` has the id and the name of the step that each first row became."""
        return tuple(self._verdict(ref, named) for ref in self._notes)

    def _verdict(self, ref: RowRef, named: Mapping[RowRef, tuple[str, str]]) -> Verdict:
        notes = tuple(self._notes[ref])
        first = self._with.get(ref, ref)
        step, name = named.get(first, ("", ""))
        if ref in self._left or first in self._left:
            return Verdict(ref, "left", notes or tuple(self._notes[first]), "", "")
        if first != ref:
            return Verdict(
                ref, "guess" if notes else "taken", (Note("import-together", {"row": first.row}), *notes), step, name
            )
        return Verdict(ref, "guess" if notes else "taken", notes, step, name)
