"""The half-typed lines of a run: what stands in the line when a prompt needs it, and what was put aside."""

from dataclasses import dataclass, field


@dataclass
class Lines:
    """No line that was typed is ever overwritten by another one: it waits here.

    ``held`` made room for a prompt and comes back by itself when that is over; ``aside`` was put away with Esc and
    comes back with Esc, the last one first.
    """

    held: str = ""
    aside: list[str] = field(default_factory=list)

    @classmethod
    def kept(cls, draft: str) -> "tuple[str, Lines]":
        """Return the line of a draft as it was left on disk, and the lines behind it."""
        first, *others = draft.split("\n")
        return first, cls(aside=[line for line in reversed(others) if line])

    def draft(self, line: str) -> str:
        """Return everything that is not saved yet, for the disk: a typed line has no line break of its own."""
        return "\n".join(text for text in (line, self.held, *reversed(self.aside)) if text)

    @property
    def waiting(self) -> int:
        return len(self.aside) + bool(self.held)

    def hold(self, text: str) -> None:
        """Make room for a prompt."""
        if not text:
            return
        if self.held:
            self.aside.append(text)
        else:
            self.held = text

    def release(self) -> str:
        """Return the line that made room, once."""
        text, self.held = self.held, ""
        return text

    def swap(self, text: str) -> str:
        """Esc: put the line away; on the empty line, return the last one that was."""
        if text:
            self.aside.append(text)
            return ""
        return self.release() or (self.aside.pop() if self.aside else "")

    def forget(self, text: str) -> None:
        """The text was saved in another way."""
        if text and text == self.held:
            self.held = ""
        elif text in self.aside:
            self.aside.remove(text)
