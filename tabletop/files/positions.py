"""On which line each table, key and list item of a TOML file stands.

tomllib names a line only for a mistake in the syntax. This index is made after it has accepted a file, and only when
there is something to point at; it therefore does not judge, and stops quietly where it does not follow.
"""

import re
import tomllib
from bisect import bisect_left
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

DEEPEST: Final = 16
"""What lies deeper than any exercise goes gets no line of its own."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_STRING: Final = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}'
    r"|'''.*?'{3,5}(?!')"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_OTHER_VALUE: Final = re.compile(r"[^,\]}#\n]+")


class Positions:
    """The lines of one file, counted from 1."""

    __slots__ = ("_at", "_breaks", "_items", "_lines", "_table", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[Path, int] = {}
        self._items: dict[Path, int] = {}  # how many [[tables]] of this name there have been
        self._table: Path = ()
        while self._statement():
            pass

    def line(self, path: Path) -> int:
        """Return the line of what the path names; of what surrounds it where that is not in the file; else 1."""
        for end in range(len(path), 0, -1):
            if (found := self._lines.get(path[:end])) is not None:
                return found
        return 1

    def _statement(self) -> bool:
        """Go past one header, or one key with its value; false at the end of what can be followed."""
        self._skip(_BLANK)
        if self._took("[["):
            keys = self._keys()
            path = (*self._note((), keys[:-1]), *keys[-1:])
            self._lines.setdefault(path, self._line_here())
            number = self._items[path] = self._items.get(path, 0) + 1
            self._table = self._note(path, (number - 1,))
            return self._took("]]")
        if self._took("["):
            self._table = self._note((), self._keys())
            return self._took("]")
        return self._pair(self._table)

    def _pair(self, table: Path) -> bool:
        path = self._key_of_pair(table)
        return path is not None and self._value(path)

    def _key_of_pair(self, table: Path) -> Path | None:
        keys = self._keys()
        path = self._note(table, keys)
        return path if keys and self._took("=") else None

    def _value(self, path: Path) -> bool:
        """Go past a value. Lists and inline tables lie on a stack of our own, so that no depth is too deep."""
        around: list[tuple[Path, bool]] = []
        counts: list[int] = []
        due: Path | None = path
        while due is not None or around:
            self._skip(_BLANK)
            if due is not None:
                self._lines.setdefault(due, self._line_here())
                if (is_list := self._took("[")) or self._took("{"):
                    around.append((due, is_list))
                    counts.append(0)
                elif not (self._skip(_STRING) or self._skip(_OTHER_VALUE)):
                    return False
                due = None
            elif self._took("]") or self._took("}"):
                around.pop()
                counts.pop()
            elif not self._took(","):
                surrounding, is_list = around[-1]
                due = self._inside(surrounding, counts[-1]) if is_list else self._key_of_pair(surrounding)
                counts[-1] += 1
                if due is None:
                    return False
        return True

    def _keys(self) -> tuple[str, ...]:
        """Read a key, dotted or not; nothing where there is none."""
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if self._skip(_BARE_KEY):
                keys.append(self._text[start : self._at])
            elif self._skip(_STRING):
                keys.append(_unquoted(self._text[start : self._at]))
            else:
                return tuple(keys)
            self._skip(_SPACE)
            if not self._took("."):
                return tuple(keys)

    def _note(self, path: Path, keys: Path) -> Path:
        """Return the path of these keys, with the last item of a list of tables where they pass one; note the line."""
        line = self._line_here()
        for key in keys:
            path = self._inside(path, key)
            self._lines.setdefault(path, line)
            if path in self._items:
                path = (*path, self._items[path] - 1)
        return path

    def _inside(self, path: Path, key: str | int) -> Path:
        return (*path, key) if len(path) < DEEPEST else path

    def _line_here(self) -> int:
        return bisect_left(self._breaks, self._at) + 1

    def _took(self, mark: str) -> bool:
        self._skip(_SPACE)
        if not self._text.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self._text, self._at)
        if match is None or match.end() == self._at:
            return False
        self._at = match.end()
        return True


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"])
