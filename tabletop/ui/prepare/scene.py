"""Preparing: the cursor stands on Begin, so that Space or Enter begins with everyone; anything else can wait."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from tabletop.core.exercise import Exercise
from tabletop.core.refused import Refused
from tabletop.core.text import clean_line
from tabletop.dossier.answers import LastTime
from tabletop.files.heartbeat import WAITING, is_alive
from tabletop.files.trouble import Trouble
from tabletop.locale import Words
from tabletop.locale.sentences import say
from tabletop.ui.desk.command_list import CommandMenu, Entry, Group, draw_help, over
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.opening import Outset
from tabletop.ui.prepare import drawing, last_time
from tabletop.ui.prepare.planning import Table, refusal, warnings
from tabletop.ui.rows import EMPTY, Row, fill, inset, row
from tabletop.ui.run.reading import Reading


@dataclass
class PrepareScene(Scene):
    """Who is at the table, and when it ends. Nothing is written before Begin."""

    words: Words
    exercise: Exercise
    outset: Outset
    home: Scene | None = None
    table: Table = field(init=False)
    at: int = field(init=False)
    notice: str = ""
    asking: Literal["", "end", "codeword", "group", "path"] = ""
    helping: bool = False
    reading: Literal["", "notes", "last-time"] = ""
    """A page of its own: everything that deserves a thought, or everything that stood open last time."""
    scroll: Reading = field(default_factory=Reading)
    menu: CommandMenu | None = None
    _aside: str = ""
    _back: last_time.LookingBack = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.table = replace(Table.of(self.exercise), group=self.outset.group)
        self.at = len(self.table.seats)

    def entered(self) -> None:
        desk = self.desk
        self._back = last_time.LookingBack(self.outset.logs, self.outset.state, desk.later, self._looked_back)
        if self.table.group:
            self._look_back()

    def left(self) -> None:
        self._back.leave()

    def _looked_back(self) -> None:
        """Show what was found, and write the group as it was written before."""
        self.table = replace(self.table, group=last_time.spelled(self.table.group, self._back.groups))
        self.desk.redraw()

    @property
    def _last(self) -> LastTime | None:
        """What the group left open, as soon as that is known."""
        return self._back.found if self.table.group else None

    def _look_back(self) -> None:
        """Find what this group left open, after what is on the screen was painted."""
        self.desk.later(lambda: self._back.ask(self.table.group, self.outset.clock.now().date()))

    @property
    def is_on_begin(self) -> bool:
        return self.at >= len(self.table.seats)

    @property
    def task_card(self) -> str | None:
        """The task card that the run begins with, where it is a call-out."""
        return None

    # --- keys ---

    def pressed(self, key: str) -> None:
        self.notice = ""
        if self.menu is not None:
            self._in_menu(key)
        elif self.reading and key in ("up", "down"):
            self.scroll.move(-2 if key == "up" else 2)
        elif self.helping or self.reading:
            self.helping, self.reading = False, ""
        elif key == "escape":
            self._escape()
        elif key == "slash" and self.asking == "path":
            self.desk.put("/")  # a path begins with one
        elif key in ("slash", "f2", "ctrl+p"):
            self._open_menu(searching=key == "ctrl+p")
        elif key == "f1":
            self.helping = True
        elif key in ("up", "down") and not self.asking:
            self.at = (self.at + (1 if key == "down" else -1)) % (len(self.table.seats) + 1)
        elif key in ("space", "enter") and not self.asking:
            self._space()

    def submitted(self, text: str) -> None:
        self.notice = ""
        try:
            self._take(text)
        except Refused as refused:
            self.notice = refusal(self.words, refused)
            if self.asking:  # the answer stays in sight, and the next one takes its place
                self.desk.put(text, replaced=True)

    def _take(self, text: str) -> None:
        match self.asking:
            case "end":
                self.table = self.table.changed_end(text, self.outset.clock.now())
            case "codeword":
                if not (codeword := clean_line(text).strip()[:40]):
                    raise Refused("codeword-needed")
                self.table = replace(self.table, codeword=codeword)
            case "group":
                group = "" if text.strip() == "-" else clean_line(text).strip()[:60]
                self.table = replace(self.table, group=group)
                self._look_back()
            case "path":
                self._begin(text)
                return
            case _:
                if self.is_on_begin:
                    raise Refused("whose-name")
                self.table = self.table.named(self.at, text)
                self.at += 1
        self._answered()

    def _space(self) -> None:
        if not self.is_on_begin:
            self.table = self.table.seated(self.at, present=not self.table.seats[self.at].present)
            return
        self._begin()

    def _escape(self) -> None:
        if self.asking:
            self._answered()
        elif self.desk.text:
            self.desk.put("")
        elif self.home is not None:
            self.desk.go(self.home)

    def _ask(self, what: Literal["end", "codeword", "group", "path"], start: str = "") -> None:
        """Ask for something in the line; what stood there comes back after it.

        A codeword or a group is replaced by the one that is typed, a path is changed.
        """
        self._aside = self._aside or self.desk.text
        self.asking = what
        self.desk.put(start, replaced=what in ("codeword", "group"))

    def _answered(self) -> None:
        self.asking = ""
        self.desk.put(self._aside)
        self._aside = ""

    # --- beginning ---

    def _begin(self, typed: str = "") -> None:
        """Put the log in place, and lead it. Where that cannot be done, ask for another place; nothing is lost."""
        now = self.outset.clock.now()
        path: Path | None = None
        try:
            path = self._path(typed)
            exercise = self.table.ready(now)
            hard_end = self.table.hard_end(now)
            control = self.outset.begin(
                exercise, self.table.participants, hard_end=hard_end, path=path, card=self.task_card,
                group=self.table.group,
            )  # fmt: skip
        except Refused as refused:
            self.notice = refusal(self.words, refused)
        except Trouble as trouble:
            if self.asking != "path":
                self._ask("path", str(path or ""))
            self.notice = say(self.words, trouble.code, trouble.values)
        else:
            self._answered()
            self.desk.go(self.outset.run(control, self.words))

    def _path(self, typed: str) -> Path:
        return self.outset.log_path(self.exercise.id, clean_line(typed).strip())

    # --- commands ---

    @property
    def groups(self) -> Sequence[Group]:
        t = self.words.t
        one = self._swap()
        labels = [self.table.seats[place].official.short for place in one] if one else []
        swap = t("{one} and {other}", one=labels[0], other=labels[1]) if labels else t("nobody")
        end = self.words.time(self.table.hard_end(self.outset.clock.now()))
        return (
            Group(
                t("PREPARE"),
                (
                    Entry("e", t("hard end"), end),
                    Entry("c", t("codeword"), self.table.codeword),
                    *self._about_the_group(),
                    Entry("w", t("swap in the pool"), swap, possible=bool(labels)),
                    Entry("t", t("to take note of"), str(len(warnings(self.table, self.words)))),
                ),
            ),
            Group(t("BACK AND AWAY"), (Entry("q", t("quit")), Entry("h", t("help")))),
        )

    def _about_the_group(self) -> tuple[Entry, Entry]:
        t, found = self.words.t, self._last
        return (
            Entry("g", t("group"), self.table.group or t("not named")),
            Entry("o", t("open from last time"), last_time.counted(found, self.table.group, self.words),
                  possible=found is not None),
        )  # fmt: skip

    def _swap(self) -> tuple[int, int] | None:
        """Who would swap: the one at the cursor; on Begin the first that is missing."""
        places = [place for place, seat in enumerate(self.table.seats) if not seat.present]
        for place in places if self.is_on_begin else [self.at]:
            other = self.table.partner(place)
            if other is not None:
                return place, other
        return None

    def _open_menu(self, *, searching: bool) -> None:
        self.menu = CommandMenu(self.groups, searching=searching)
        self.desk.catch(True)

    def _in_menu(self, key: str) -> None:
        assert self.menu is not None
        entry = self.menu.take(key)
        if key == "escape" or entry is not None:
            self.menu = None
            self.desk.catch(False)
        if entry is not None and entry.possible:
            self._run(entry.letter)
        elif entry is not None:
            self.notice = refusal(self.words, Refused("no-swap" if entry.letter == "w" else "no-group"))

    def _run(self, letter: str) -> None:
        match letter:
            case "e":
                self._ask("end")
            case "c":
                self._ask("codeword", self.table.codeword)
            case "w":
                if (pair := self._swap()) is not None:
                    self.table = self.table.swapped(*pair)
            case "g":
                self._ask("group", self.table.group)
                if not self._back.groups:
                    self._look_back()
            case "o":
                self.reading, self.scroll = "last-time", Reading()
            case "t":
                self.reading, self.scroll = "notes", Reading()
            case "q":
                self.desk.leave()
            case _:
                self.helping = True

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        low = is_low(height)
        rows = self._rows(width, height)
        if self.menu is None:
            return rows
        laid = self.menu.draw(width, height - (0 if low else 1), self.words)
        return over(rows, [*laid, *([] if low else [EMPTY])], height)

    def _rows(self, width: int, height: int) -> list[Row]:
        bar = self._bar(width, low=is_low(height))
        room = height - len(bar)
        if self.helping:
            top = inset(row((self.exercise.title, "strong"), (f"  ·  {self.words.t('help')}", "quiet")), 2)
            lines = draw_help(self._keys(), self.groups, width, self.words)
            return [*fill([*([] if is_low(height) else [EMPTY]), top, EMPTY, *lines], room), *bar]
        if self.reading:
            title, about, lines = self._page(width)
            top = inset(row((title, "strong"), (f"  ·  {about}", "quiet")), 2)
            head = [*([] if is_low(height) else [EMPTY]), top, EMPTY]
            shown = self.scroll.shown(lines, room - len(head), self.words, on="↓", back="↑", indent=2)
            return [*fill([*head, *shown], room), *bar]
        watched = is_alive(WAITING, self.outset.environ)
        prepare = drawing.Prepare(self.table, self.at, self.outset.clock.now(), watched, self.notice, self._last)
        return [*drawing.draw(prepare, width, room, self.words), *bar]

    def _page(self, width: int) -> tuple[str, str, list[Row]]:
        """What is read by itself: its title, what it is about, and its lines."""
        words, found = self.words, self._last
        if self.reading == "notes":
            return self.exercise.title, words.t("to take note of"), drawing.all_warnings(self.table, width, words)
        about = words.t("open from last time")
        if found is not None and found.run is not None:
            about += f"  ·  {found.run.title}, {words.plain_day(found.run.day)}"
        return self.table.group, about, last_time.page(found, width, words)

    def _keys(self) -> Sequence[tuple[str, str]]:
        t = self.words.t
        return (
            (t("Space, Enter"), t("on Begin: begins; on a function: at the table or not")),
            ("↑ ↓", t("choose")),
            (t("letters"), t("a name at the function: name, organisation; - takes it away")),
            ("/  F2  Ctrl+P", t("the commands, by letter or by name")),
            ("Esc", t("back")),
            ("Ctrl+Q", t("closes the program")),
        )

    def _bar(self, width: int, *, low: bool) -> list[Row]:
        t, now = self.words.t, self.outset.clock.now()
        codeword = row((t("codeword") + " ", "quiet"), (self.table.codeword, "strong"))
        back = row((t("Esc: back"), "quiet"))
        if self.helping or self.reading:
            return draw_bar("ESC", t("back"), "", width, low=low)
        if self.asking:
            what = {"end": t("the hard end"), "codeword": t("the codeword"), "group": t("the group"),
                    "path": t("the log here, and begin")}  # fmt: skip
            return draw_bar(t("ENTER"), t("save"), what[self.asking], width, low=low, right=back)
        if self.desk.text:
            if self.is_on_begin:
                return draw_bar("", t("choose a function with ↑ ↓ for this name"), "", width, low=low)
            return draw_bar(
                t("ENTER"), t("save the name at"), self.table.seats[self.at].official.short, width, low=low,
                right=row((t("name, organisation"), "quiet")),
            )  # fmt: skip
        if not self.is_on_begin:
            seat = self.table.seats[self.at]
            verb = t("not at the table:") if seat.present else t("at the table:")
            return draw_bar(t("SPACE"), verb, seat.official.short, width, low=low, right=codeword)
        about = self.words.tn(
            "at {time} with {n} function", "at {time} with {n} functions", len(self.table.present),
            time=self.words.time(now),
        )  # fmt: skip
        return draw_bar(t("SPACE"), t("begin"), about, width, low=low, remark=self._first(), right=codeword)

    def _first(self) -> str:
        """What comes after beginning."""
        from datetime import timedelta

        first = self.exercise.injects[0]
        if not first.minute:
            return self.words.t("you read the introduction, then {inject}", inject=first.id.upper())
        at = self.outset.clock.now() + timedelta(minutes=first.minute)
        return self.words.t("you read the introduction, {inject} comes at {time}", inject=first.id.upper(),
                            time=self.words.time(at))  # fmt: skip

    def look(self) -> LineLook:
        t = self.words.t
        if self.menu is not None:
            return LineLook("/")
        placeholder = {
            "end": t("type a time, such as 11.15 or 1115, or a length: 75 min"),
            "codeword": t("type the word that says that this is real"),
            "group": self._group_placeholder(),
            "path": t("type another folder or file for the log"),
        }
        return LineLook(placeholder.get(self.asking, t("type a name at a function · / commands")))

    def _group_placeholder(self) -> str:
        known = self.words.listing(list(self._back.groups[:4]))
        if not known:
            return self.words.t("type which group it is, such as a municipality or a team")
        return self.words.t("type which group it is: {groups}", groups=known)

    def hints(self, width: int) -> Row:  # noqa: ARG002
        t = self.words.t
        if self.reading:
            return drawing.hint_of((t("↑ ↓ read"), t("Esc back")))
        if self.menu is not None:
            return drawing.hint_of((t("One letter runs it"), t("Pale: not possible now"), t("Ctrl+P searches by name")))
        return drawing.hint_of(
            (t("↑ ↓ choose"), t("Space on a function: at the table or not"), t("Esc back"), t("F1 help"))
        )
