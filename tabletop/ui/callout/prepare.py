"""Preparing a call-out: the safety rules, whom to call, and a task card. Nothing is written before the last Space."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tabletop.core.events import Participant
from tabletop.core.exercise import CallOut
from tabletop.core.refused import Refused
from tabletop.ui.callout import preparing
from tabletop.ui.desk.command_list import Entry, Group
from tabletop.ui.desk.scene import LineLook, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.prepare.drawing import hint_of
from tabletop.ui.prepare.planning import refusal
from tabletop.ui.prepare.scene import PrepareScene
from tabletop.ui.rows import Row, row
from tabletop.ui.run.reading import Reading

Part: TypeAlias = Literal["rules", "who", "card"]
PARTS: tuple[Part, ...] = ("rules", "who", "card")


@dataclass
class CallOutScene(PrepareScene):
    """What comes before dialling, in three parts; Esc goes back one."""

    to_call: Sequence[Participant] = ()
    part: Part = "rules"
    card_at: int = 0
    read: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        super().__post_init__()
        planned = {person.official: person.name for person in self.to_call}
        for place, seat in enumerate(self.table.seats):
            official = seat.official.id
            self.table = self.table.seated(place, present=official in planned, name=planned.get(official, ""))
        self.at = 0

    @property
    def call_out(self) -> CallOut:
        assert self.exercise.call_out is not None
        return self.exercise.call_out

    @property
    def task_card(self) -> str | None:
        return self.call_out.cards[self.card_at].id

    # --- keys ---

    def pressed(self, key: str) -> None:
        is_free = self.menu is None and not self.helping and not self.reading and not self.asking
        if is_free and self.part != "who" and key in ("up", "down"):
            self.notice = ""
            self._move(1 if key == "down" else -1)
        elif is_free and self.part == "who" and key == "enter":
            self.notice = ""
            self._go_on()
        else:
            super().pressed(key)

    def _move(self, step: int) -> None:
        if self.part == "card":
            self.card_at = (self.card_at + step) % len(self.call_out.cards)
        else:
            self.read.move(step)

    def _space(self) -> None:
        if self.part == "rules":
            self.part = "who"
        elif self.part == "card":
            self._begin()
        elif self.is_on_begin:
            self._go_on()
        else:
            super()._space()

    def _go_on(self) -> None:
        """On to the cards; where nobody was chosen yet, with whom the arrows stand on."""
        if not self.table.present and not self.is_on_begin:
            self.table = self.table.seated(self.at, present=True)
        if not self.table.present:
            self.notice = refusal(self.words, Refused("nobody"))
            return
        self.part = "card"

    def _take(self, text: str) -> None:
        if not self.asking and self.part != "who":
            raise Refused("whose-name")
        super()._take(text)

    def _escape(self) -> None:
        place = PARTS.index(self.part)
        if self.asking or self.desk.text or not place:
            super()._escape()
        else:
            self.part = PARTS[place - 1]

    # --- commands ---

    @property
    def groups(self) -> Sequence[Group]:
        t = self.words.t
        return (
            Group(t("PREPARE"), (Entry("c", t("codeword"), self.table.codeword), *self._about_the_group())),
            Group(t("BACK AND AWAY"), (Entry("q", t("quit")), Entry("h", t("help")))),
        )

    # --- rows ---

    def _rows(self, width: int, height: int) -> list[Row]:
        if self.helping or self.reading:
            return super()._rows(width, height)
        bar = self._bar(width, low=is_low(height))
        prepare = preparing.CallOutPrepare(self.table, self.call_out, PARTS.index(self.part), self.at, self.card_at,
                                           self.notice)  # fmt: skip
        return [*preparing.draw(prepare, self.read, width, height - len(bar), self.words), *bar]

    def _keys(self) -> Sequence[tuple[str, str]]:
        t = self.words.t
        return (
            (t("Space"), t("on; at a function: to be called or not")),
            (t("Enter"), t("on, with whom you chose")),
            *super()._keys()[1:],
        )

    def _bar(self, width: int, *, low: bool) -> list[Row]:
        t = self.words.t
        if self.helping or self.reading or self.asking:
            return super()._bar(width, low=low)
        if self.desk.text and self.part == "who":
            return super()._bar(width, low=low)
        if self.desk.text:
            return draw_bar("", t("names are typed at whom you call"), "", width, low=low)
        codeword = row((t("codeword") + " ", "quiet"), (self.table.codeword, "strong"))
        if self.part == "rules":
            return draw_bar(t("SPACE"), t("read, and on to"), t("whom you call"), width, low=low, right=codeword)
        if self.part == "card":
            card = self.call_out.cards[self.card_at]
            return draw_bar(t("SPACE"), t("with this card, on to"), t("dialling"), width, low=low, remark=card.title,
                            right=codeword)  # fmt: skip
        right = row((t("Enter") + " ", "accent"), (t("on to the card"), "quiet"))
        if self.is_on_begin:
            return draw_bar(t("SPACE"), t("on to"), t("the task cards"), width, low=low)
        seat = self.table.seats[self.at]
        verb = t("do not call:") if seat.present else t("call:")
        return draw_bar(t("SPACE"), verb, seat.official.short, width, low=low, right=right)

    def look(self) -> LineLook:
        if self.menu is not None or self.asking:
            return super().look()
        t = self.words.t
        return LineLook(t("type a name at a function · / commands") if self.part == "who" else t("/ commands"))

    def hints(self, width: int) -> Row:
        t = self.words.t
        if self.menu is not None:
            return super().hints(width)
        if self.part == "who":
            return hint_of((t("↑ ↓ choose"), t("Space: to be called or not"), t("Esc back"), t("F1 help")))
        moves = t("↑ ↓ choose") if self.part == "card" else t("↑ ↓ read")
        return hint_of((moves, t("Esc back"), t("F1 help")))
