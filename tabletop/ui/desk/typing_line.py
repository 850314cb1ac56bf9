"""The one typing line: always live, always in the same place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from tabletop.core.text import LONGEST, clean_line

_OPENING_KEYS = frozenset({"space", "slash"})
_EMPTY_KEYS = _OPENING_KEYS | {"left", "right", "home", "end"}
_KEYS = frozenset(
    {"up", "down", "pageup", "pagedown", "escape", "tab", "shift+tab", "enter", "f1", "f2", "f3", "f5", "f6", "ctrl+p"}
)
_ALWAYS_KEYS = frozenset({"ctrl+p", "ctrl+q", "ctrl+c"})
"""Keys that mean the same while letters are caught; every other one is for the list, and leaves the line alone."""
_EDITS = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action != "submit"
    for key in binding.key.split(",")
}
"""What the keys that edit a line do."""


class TypingLine(Input):
    """A line of text that tells keys apart from typing.

    On the empty line Space and ``/`` are keys; beside text they are text. No single letter is ever a key, unless the
    screen asked to catch one (``catching``), because a list of letters is open.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"typing--mark", "typing--ghost"}

    @dataclass
    class Edited(Message):
        """The text or the place of the cursor changed."""

        text: str

    def __init__(self, pressed: Callable[[str], None]) -> None:
        """``pressed`` takes a key that is not typing, before the next key is looked at.

        A message would be too late: what was typed quickly after Enter would stand in the line that Enter saves.
        """
        super().__init__(id="typing", compact=True, select_on_focus=False, max_length=LONGEST)
        self._pressed = pressed
        self.cursor_blink = False
        self.catching = False
        self.ghost = ""
        """What Tab would add, shown pale behind the cursor."""
        self.marks: Sequence[tuple[int, int]] = ()
        """What in the text is more than words, from where to where: a mark such as ``+``, or ``@official``."""

    def put(self, text: str, *, replaced: bool = False) -> None:
        """Set the text, with the cursor behind it; ``replaced``: selected, so that what is typed takes its place."""
        self.value = text
        self.selection = Selection(0 if replaced else len(text), len(text))

    @property
    def _value(self) -> Text:
        typed = self.value
        if not typed.isprintable():  # a path that stands here to be changed may hold anything
            typed = "".join(character if clean_line(character) else "\ufffd" for character in typed)
        text = Text(typed, no_wrap=True, overflow="ignore", end="")
        for start, end in self.marks:
            text.stylize(self.get_component_rich_style("typing--mark", partial=True), start, end)
        if self.ghost and self.cursor_at_end:  # behind the cell of the cursor: what was typed ends before it
            text.append(" ")
            text.append(self.ghost, self.get_component_rich_style("typing--ghost", partial=True))
        return text

    async def _on_key(self, event: events.Key) -> None:
        key = event.key
        if self.catching and key not in _ALWAYS_KEYS:
            self._press(event, event.character if event.is_printable and event.character else key)
        elif key == "space" and self.value and self.selected_text == self.value:
            event.stop()  # what is to be typed again is replaced by a word, not by nothing
            event.prevent_default()
        elif key in _KEYS or (not self.value.strip() and key in _EMPTY_KEYS):
            if key in _OPENING_KEYS:
                self.value = ""  # a line of spaces alone is an empty one
            self._press(event, key)
        elif event.is_printable and event.character:
            # As the class below would, but cleaned: a terminal can be made to type anything.
            event.stop()
            event.prevent_default()
            self._type(clean_line(event.character))
        elif key in _EDITS:
            # By the toolkit's own way an edit is done after whatever was typed next, when the machine is slow.
            event.stop()
            event.prevent_default()
            await self.run_action(_EDITS[key])
        else:
            await super()._on_key(event)

    def _press(self, event: events.Key, key: str) -> None:
        event.stop()
        event.prevent_default()
        self._pressed(key)

    def _type(self, text: str) -> None:
        selection = self.selection
        room = LONGEST - len(self.value) + len(self.selected_text)
        text = text[: max(room, 0)]  # the toolkit would refuse all of it
        if not text:
            return
        if selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *selection)

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, on one line: nothing typed is lost."""
        event.stop()
        event.prevent_default()
        if not self.catching:
            self._type(clean_line(event.text.strip()))

    def watch_value(self, value: str) -> None:
        self.post_message(self.Edited(value))
