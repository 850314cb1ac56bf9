"""A sequence that only ever grows, shared by all the values that were made along the way."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

T = TypeVar("T")


class Grown(Sequence[T]):
    """A frozen sequence that makes a longer one in a time that does not depend on its length.

    The items live in one list that every prefix shares; only the longest prefix appends to it, any other copies
    first. That keeps the fold over events linear while each state that it yields stays frozen.
    """

    __slots__ = ("_items", "_length")

    def __init__(self, items: Sequence[T] = ()) -> None:
        self._items = list(items)
        self._length = len(self._items)

    def plus(self, *items: T) -> "Grown[T]":
        """Return this sequence with these items after it."""
        longer: Grown[T] = Grown.__new__(Grown)
        longer._items = self._items if len(self._items) == self._length else self._items[: self._length]
        longer._items += items
        longer._length = self._length + len(items)
        return longer

    def replaced(self, position: int, item: T) -> "Grown[T]":
        """Return this sequence with another item at the position; costs a copy."""
        items = self._items[: self._length]
        items[position] = item
        return Grown(items)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return islice(self._items, self._length)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "tuple[T, ...]": ...
    def __getitem__(self, index: int | slice) -> "T | tuple[T, ...]":
        if isinstance(index, slice):
            return tuple(self._items[position] for position in range(*index.indices(self._length)))
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(index)
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != self._length:
            return False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Grown({self._items[: self._length]!r})"
