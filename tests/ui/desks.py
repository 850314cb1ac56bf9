"""A desk for tests of scenes without a screen: it keeps what a scene asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tabletop.ui.desk.scene import Scene
from tabletop.ui.rows import plain

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass
class PaperDesk:
    """What a scene may ask of its desk, written down."""

    scene: Scene
    text: str = ""
    replaced: bool = False
    catching: bool = False
    left: tuple[int, str] | None = None
    waiting: list[Callable[[], None]] = field(default_factory=list)
    redrawn: int = 0

    def __post_init__(self) -> None:
        self.go(self.scene)

    @property
    def cursor(self) -> int:
        return len(self.text)

    def put(self, text: str, *, replaced: bool = False) -> None:
        self.text, self.replaced = text, replaced

    def catch(self, catching: bool) -> None:
        self.catching = catching

    def go(self, scene: Scene) -> None:
        self.scene = scene
        scene.desk = self
        scene.entered()

    def redraw(self) -> None:
        self.redrawn += 1

    def leave(self, code: int = 0, sentence: str = "") -> None:
        self.left = (code, sentence)

    def later(self, call: Callable[[], None]) -> None:
        self.waiting.append(call)

    # --- what a person does ---

    def settle(self) -> None:
        """Do everything that waits for a paint."""
        while self.waiting:
            self.waiting.pop(0)()

    def press(self, *keys: str) -> None:
        for key in keys:
            if key == "enter" and self.text.strip() and not self.catching:
                self.scene.submitted(self.text)
            else:
                self.scene.pressed(key)

    def type(self, text: str) -> None:
        self.text = text if self.replaced else self.text + text
        self.replaced = False
        self.scene.edited(self.text)

    def command(self, letter: str) -> None:
        self.press("slash", letter)

    def page(self, width: int = 120, height: int = 34) -> str:
        rows = self.scene.draw(width, height)
        assert len(rows) == height
        return "\n".join(plain(line).rstrip() for line in rows)
