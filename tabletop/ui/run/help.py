"""The help of a run: a page that says what every key does, and every command. It runs nothing."""

from dataclasses import dataclass, field

from tabletop.locale import Words
from tabletop.ui.desk.command_list import Entry, Group, draw_help
from tabletop.ui.rows import Row, fill
from tabletop.ui.run.commands import COMMANDS, GROUPS, Offer
from tabletop.ui.run.keys import KEYS, SIGNS, TOKENS
from tabletop.ui.run.reading import Reading

CLOSES = frozenset({"enter", "escape", "space", " ", "f1"})
"""The keys that close it. A space is a letter where letters are keys."""
_ARROWS = {"up": -1, "down": 1}
_PAGES = {"left": -1, "right": 1, "pageup": -1}


@dataclass
class Help:
    """The page, as far as it was read."""

    words: Words
    read: Reading = field(default_factory=Reading)

    def move(self, key: str) -> bool:
        """Take a key that reads; return whether it was one."""
        self.read.move(_ARROWS.get(key, 0))
        self.read.turn(_PAGES.get(key, 0))
        return key in _ARROWS or key in _PAGES

    def rows(self, width: int, height: int) -> list[Row]:
        t = self.words.t
        keys = [(t("Space PageDown") if key == "Space PageDown" else key, t(does)) for key, does in KEYS]
        signs = [(typed, t(saved)) for typed, _, saved in SIGNS] + [(typed, t(does)) for typed, does in TOKENS]
        lines = draw_help(keys, self._groups, width, self.words, signs)
        return fill(self.read.shown(lines, height, self.words, on="↓", back="↑", indent=2), height)

    @property
    def _groups(self) -> list[Group]:
        return [Group(self.words.t(heading), tuple(self._entries(group))) for group, heading in GROUPS.items()]

    def _entries(self, group: str) -> list[Entry]:
        words = self.words
        return [
            Entry(one.letter(words.language), one.label(Offer(object="…"), words), words.t(one.help))
            for one in COMMANDS
            if one.group == group
        ]
