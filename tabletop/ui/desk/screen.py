"""The frame around every screen of the leader: rows, the typing line, and one quiet row of hints."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Size
from textual.screen import Screen

from tabletop.locale import Words
from tabletop.ui.desk.canvas import Canvas
from tabletop.ui.desk.scene import Scene, is_low
from tabletop.ui.desk.typing_line import TypingLine
from tabletop.ui.rows import Row, fit, flow, inset, row, width_of

DOUBLE_PRESS = 0.3
"""Seconds within which two presses of Space, or of a presenter's clicker, count once."""
SMALLEST = Size(80, 24)


class DeskScreen(Screen[None]):
    """One frame for home, preparation, the run and its end, so that the typing line never moves."""

    AUTO_FOCUS = "#typing"
    BINDINGS = [Binding("ctrl+p", "commands", show=False)]

    def __init__(self, scene: Scene, words: Words, monotonic: Callable[[], float]) -> None:
        super().__init__()
        self.scene = scene
        scene.desk = self
        self._words = words
        self._monotonic = monotonic
        self._last_space = -1.0
        self._line = TypingLine(self._key)
        self._heard = ""
        self._canvas = Canvas(self._rows, id="desk")
        self._aside = Canvas(lambda _: [self.scene.look().aside], id="aside")
        self._hints = Canvas(lambda size: [self.scene.hints(size.width)], id="hints")
        self._prompt = Canvas(lambda _: [row(("›", "accent"))], id="prompt")

    def compose(self) -> ComposeResult:
        yield self._canvas
        with Horizontal(id="line"):
            yield self._prompt
            yield self._line
            yield self._aside
        yield self._hints

    def on_mount(self) -> None:
        self._enter(self.scene)
        self.set_interval(1.0, self._tick)

    # --- what a scene may ask (the Desk protocol) ---

    @property
    def text(self) -> str:
        return self._line.value

    @property
    def cursor(self) -> int:
        return self._line.cursor_position

    def put(self, text: str, *, replaced: bool = False) -> None:
        self._line.put(text, replaced=replaced)

    def catch(self, catching: bool) -> None:
        self._line.catching = catching

    def go(self, scene: Scene) -> None:
        self.scene.left()
        self._enter(scene)

    def leave(self, code: int = 0, sentence: str = "") -> None:
        self.app.exit(return_code=code, message=sentence or None)

    def later(self, call: Callable[[], None]) -> None:
        self.call_after_refresh(call)

    def redraw(self) -> None:
        if self._is_too_small:
            self._canvas.redraw()
            return
        look = self.scene.look()
        self._line.ghost, self._line.marks = look.ghost, look.marks
        self._line.placeholder = look.placeholder
        self._aside.styles.width = width_of(look.aside)
        self._canvas.redraw()
        self._aside.redraw()
        self._hints.redraw()
        self._line.refresh()

    # --- what happens ---

    def _enter(self, scene: Scene) -> None:
        self.scene = scene
        scene.desk = self
        self._line.catching = False
        scene.entered()
        self.redraw()

    def _tick(self) -> None:
        self.scene.ticked()
        self.redraw()

    def on_resize(self) -> None:
        self.set_class(self._is_too_small, "-too-small")
        self.set_class(not is_low(self.size.height), "-tall")
        if not self._line.has_focus:  # a window of almost nothing took it away
            self._line.focus()
        self.redraw()

    def on_unmount(self) -> None:
        self.scene.left()

    def _key(self, key: str) -> None:
        if self._is_too_small:
            return
        self._hear(self._line.value)
        if key == "pagedown" and self._line.value:
            self.scene.held_up()
            self.redraw()
            return
        key = "space" if key == "pagedown" else key
        if key == "space" and self.scene.catches_double:
            # Counted from the last press, not from the last that counted: a key that is held down is one press.
            now = self._monotonic()
            since, self._last_space = now - self._last_space, now
            if since < DOUBLE_PRESS:
                return
        elif key == " ":  # a caught letter: what it closed must not let a second press through
            self._last_space = self._monotonic()
        if key == "enter" and self._line.value.strip() and not self._line.catching:
            self.scene.submitted(self._line.value)
        else:
            self.scene.pressed(key)
        self.redraw()

    @on(TypingLine.Edited)
    def _edited(self, event: TypingLine.Edited) -> None:
        if event.text == self._line.value:  # more was typed since, and another message says so
            self._hear(event.text)
            self.redraw()

    def _hear(self, text: str) -> None:
        """Tell the scene what stands in the line, once; at the latest before the next key that is not typing."""
        if text != self._heard:
            self._heard = text
            self.scene.edited(text)

    def action_commands(self) -> None:
        """Ctrl+P opens the same list of commands, to search by name."""
        if self._is_too_small:
            return
        self.scene.pressed("ctrl+p")
        self.redraw()

    # --- rows ---

    @property
    def _is_too_small(self) -> bool:
        return self.size.width < SMALLEST.width or self.size.height < SMALLEST.height

    def _rows(self, size: Size) -> Sequence[Row]:
        if self._is_too_small:
            sentence = self._words.t(
                "Please make the window a little larger (now {now}, needed {needed}).",
                now=f"{self.size.width} x {self.size.height}",
                needed=f"{SMALLEST.width} x {SMALLEST.height}",
            )
            return [row(), *(inset(line, 1) for line in flow(sentence, max(size.width - 2, 8)))]
        return [fit(line, size.width) if line else line for line in self.scene.draw(size.width, size.height)]
