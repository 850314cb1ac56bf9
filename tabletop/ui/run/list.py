"""The list behind ``/`` in a run: what can be done now, by letter, by arrows, or by name."""

from collections.abc import Sequence

from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.ui.desk import command_list
from tabletop.ui.desk.command_list import Entry, Group
from tabletop.ui.rows import Row
from tabletop.ui.run.commands import COMMANDS, GROUPS, Command, Offer, absent, listed


class CommandList:
    """The list as it stands at one moment. It runs nothing; the scene does."""

    def __init__(
        self, session: Session, moment: Moment, words: Words, *, can_save_elsewhere: bool, searching: bool = False
    ) -> None:
        self._words = words
        self._session = session
        self._said = ""
        self._offers = dict[str, tuple[Command, Offer]]()
        for command, offer in listed(session, moment, words):
            self._offers[command.id] = (command, offer)
        if can_save_elsewhere:
            elsewhere = next(command for command in COMMANDS if command.id == "elsewhere")
            self._offers["elsewhere"] = (elsewhere, Offer())
        self.searching = searching
        self.typed = ""
        self._at = 0

    @property
    def _groups(self) -> Sequence[Group]:
        groups = []
        for group, heading in GROUPS.items():
            entries = tuple(
                self._entry(command, offer) for command, offer in self._offers.values() if command.group == group
            )
            if entries:
                groups.append(Group(self._words.t(heading), entries))
        return command_list.matching(groups, self.typed) if self.typed else tuple(groups)

    def _entry(self, command: Command, offer: Offer) -> Entry:
        letter = command.letter(self._words.language)
        label = command.label(offer, self._words)
        return Entry(letter, label, offer.detail, offer.possible, alarming=command.id == "no-play")

    def move(self, key: str) -> bool:
        """Take an arrow, or, when searching by name, a letter; return whether it was one of them."""
        self._said = ""
        if key in ("up", "down", "left", "right"):
            self._at = command_list.moved(self._groups, self._at, key)
            return True
        if self.searching and key == "backspace":
            self.typed = self.typed[:-1]
            return True
        if self.searching and len(key) == 1:
            self.typed += key
            self._at = 0
            return True
        return False

    @property
    def selected(self) -> str | None:
        entries = command_list.entries_of(self._groups)
        return self._id(entries[min(self._at, len(entries) - 1)]) if entries else None

    def by_letter(self, key: str) -> str | None:
        entry = command_list.of_letter(self._groups, key)
        return self._id(entry) if entry else None

    def absent(self, key: str) -> str:
        """Why the command of this letter is not in the list. A letter that no command has is said in the list."""
        if len(key) != 1 or not key.isalnum():
            return ""
        found = absent(key, self._session, self._words)
        if not found:
            self._said = self._words.t("No command has the letter {letter}.", letter=key)
        return found

    def _id(self, entry: Entry) -> str:
        return next(
            command.id for command, _ in self._offers.values() if command.letter(self._words.language) == entry.letter
        )

    def reason(self, command_id: str) -> str | None:
        """Why a command cannot run now, or None when it can."""
        command, offer = self._offers[command_id]
        if offer.possible:
            return None
        label = command.label(offer, self._words)
        return f"{label}: {offer.detail}" if offer.detail else self._words.t("{command}: not now", command=label)

    def rows(self, width: int, height: int) -> list[Row]:
        sought = self.typed if self.searching else None
        return command_list.draw_commands(self._groups, self._at, width, height, self._words, sought, self._said)
