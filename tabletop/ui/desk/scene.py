"""What a scene is: something that fills the desk with rows and answers keys. It knows no widget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from tabletop.ui.rows import EMPTY, Row


class LineLook(NamedTuple):
    """How the typing line looks now: its placeholder, and what stands at its right edge."""

    placeholder: str = ""
    aside: Row = EMPTY
    ghost: str = ""
    marks: Sequence[tuple[int, int]] = ()
    """What in the typed text is more than words."""


class Desk(Protocol):
    """What a scene may ask of the desk that it stands on."""

    @property
    def text(self) -> str:
        """What is in the typing line."""
        ...

    @property
    def cursor(self) -> int: ...

    def put(self, text: str, *, replaced: bool = False) -> None:
        """Set the typing line; ``replaced``: what is typed next takes the place of the text."""
        ...

    def catch(self, catching: bool) -> None:
        """Let letters be keys for as long as a list of them is open."""
        ...

    def go(self, scene: "Scene") -> None:
        """Put another scene on the desk."""
        ...

    def redraw(self) -> None: ...

    def leave(self, code: int = 0, sentence: str = "") -> None:
        """Close the program, saying one sentence in the terminal."""
        ...

    def later(self, call: Callable[[], None]) -> None:
        """Do something after the screen was painted."""
        ...


@dataclass
class Scene:
    """A scene with nothing on it; scenes override what they need."""

    desk: Desk = field(init=False, repr=False)

    def entered(self) -> None:
        """The scene was put on the desk."""

    def left(self) -> None:
        """Another scene comes, or the program closes."""

    def ticked(self) -> None:
        """A second passed."""

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """The rows above the typing line: header, body and Space bar."""
        raise NotImplementedError

    def look(self) -> LineLook:
        return LineLook()

    def hints(self, width: int) -> Row:  # noqa: ARG002  # for those that have hints
        """The quiet row under the typing line, where there is room for one."""
        return EMPTY

    def pressed(self, key: str) -> None:
        """A key that is not typing: space, enter on the empty line, arrows, escape, tab, f1, f2, or a caught letter."""

    def submitted(self, text: str) -> None:
        """Enter beside text."""

    def held_up(self) -> None:
        """A presenter's clicker was pressed beside text: nothing happens, and the scene may say why."""

    def edited(self, text: str) -> None:
        """The typing line changed."""

    @property
    def catches_double(self) -> bool:
        """Whether two quick presses of Space count once here."""
        return True


def is_narrow(width: int) -> bool:
    """Whether the desk is drawn in its small form, as for 80 x 24."""
    return width < 110


def is_low(height: int) -> bool:
    return height < 32
