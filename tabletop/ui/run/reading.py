"""Reading a text that is longer than its place, with the arrows that are free there."""

from dataclasses import dataclass

from tabletop.locale import Words
from tabletop.ui.rows import Row, inset, row


@dataclass
class Reading:
    """How far the leader has read. Drawing says how many rows there are: it depends on the window."""

    at: int = 0
    page: int = 1
    last: int = 0

    def move(self, rows: int) -> None:
        self.at = max(0, min(self.at + rows, self.last))

    def turn(self, pages: int) -> None:
        self.move(pages * self.page)

    def shown(
        self, text: list[Row], height: int, words: Words, *, on: str = "→", back: str = "←", indent: int = 0
    ) -> list[Row]:
        """The rows that are read now; under them, indented, the arrow that reads on, where they do not all fit."""
        self.page = max(height - 1, 1)
        self.last = len(text) - self.page if len(text) > height else 0
        if not self.last:
            return text
        start = min(self.at, self.last)
        more = f"{on} {words.t('read on')}" if start < self.last else f"{back} {words.t('back')}"
        return [*text[start : start + self.page], inset(row((more, "accent")), indent)]
