"""Home: typing searches, Space opens what is selected. Nothing begins here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.core.text import clean_line
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, words_for
from tabletop.ui.desk.command_list import CommandMenu, Entry, Group, draw_help, over
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.home import drawing
from tabletop.ui.home.shelf import Item, Shelf, look
from tabletop.ui.opening import Outset
from tabletop.ui.rows import EMPTY, Row, fill, inset, row

if TYPE_CHECKING:
    from tabletop.core.exercise import Exercise


@dataclass
class HomeScene(Scene):
    """The first screen. Exercises are listed at once and judged after the first paint, the selected one first."""

    words: Words
    outset: Outset
    shelf: Shelf = field(default_factory=Shelf)
    selected: int = 0
    notice: str = ""
    asking: bool = False
    """Whether the line asks for a file."""
    helping: bool = False
    menu: CommandMenu | None = None
    loaded: "dict[Path, Exercise | Trouble]" = field(default_factory=dict)
    _prepared: dict[Path, Scene] = field(default_factory=dict)
    _kept: str = ""

    def entered(self) -> None:
        self.outset.close()
        self.shelf = look(self.outset.logs)
        self.menu, self.asking, self.helping = None, False, False
        self.selected = min(self.selected, max(len(self.items) - 1, 0)) or self._first()
        self.desk.later(self._judge)

    def _first(self) -> int:
        """A run of today comes first; otherwise the first exercise."""
        items, today = self.items, self.outset.clock.now().date()
        if items and items[0].run is not None and items[0].kind == "go-on" and items[0].run.seen.last.date() == today:
            return 0
        return next((place for place, item in enumerate(items) if item.kind == "begin"), 0)

    @property
    def items(self) -> tuple[Item, ...]:
        sought = "" if self.asking or self.menu else self.desk.text.strip()
        return self.shelf.items(self.words.language, sought)

    @property
    def chosen(self) -> Item | None:
        items = self.items
        return items[min(self.selected, len(items) - 1)] if items else None

    # --- judging what is listed, one file after each paint ---

    def _judge(self) -> None:
        chosen = self.chosen
        waiting = [item.listing.path for item in self.items if item.listing and item.listing.path not in self.loaded]
        if not waiting:
            import tabletop.ui.prepare.scene  # noqa: F401  # so that it stands there at the first press of Space

            return
        path = chosen.listing.path if chosen and chosen.listing and chosen.listing.path in waiting else waiting[0]
        self._load(path)
        self.desk.redraw()
        self.desk.later(self._judge)

    def _load(self, path: Path) -> "Exercise | Trouble":
        from tabletop.files import library

        try:
            self.loaded[path] = library.load(path)
        except Trouble as trouble:
            self.loaded[path] = trouble
        return self.loaded[path]

    # --- keys ---

    def pressed(self, key: str) -> None:
        self.notice = ""
        if self.menu is not None:
            self._in_menu(key)
        elif self.helping:
            self.helping = False
        elif key in ("up", "down") and not self.asking:
            self._move(1 if key == "down" else -1)
        elif key == "escape":
            self._escape()
        elif key == "slash" and self.asking:
            self.desk.put("/")  # a path begins with one
        elif key in ("slash", "f2", "ctrl+p"):
            self._open_menu(searching=key == "ctrl+p")
        elif key == "f1":
            self.helping = True
        elif key in ("space", "enter") and not self.asking:
            self._open()

    def submitted(self, text: str) -> None:
        self.notice = ""
        if self.asking:
            self._open_file(text)
        elif self.chosen is not None:
            self._open()

    def edited(self, text: str) -> None:
        if self.menu is None and not self.asking:
            self.selected = min(self.selected, max(len(self.items) - 1, 0)) if text.strip() else self._first()
            self.desk.later(self._judge)

    def _move(self, step: int) -> None:
        count = len(self.items)
        self.selected = (self.selected + step) % count if count else 0

    def _escape(self) -> None:
        if self.asking:
            self.asking = False
        self.desk.put("")

    # --- opening ---

    def _open(self) -> None:
        item = self.chosen
        if item is None:
            return
        if item.kind == "go-on":
            self._go_on(item)
        elif item.kind == "look-back":
            self._look_back(item)
        else:
            self._prepare(item.path)

    def _go_on(self, item: Item) -> None:
        from tabletop.core.refused import Refused
        from tabletop.locale.sentences import say

        try:
            control = self.outset.resume(item.path)
        except (Trouble, Refused) as cannot:
            self.notice = say(self.words, cannot.code, cannot.values)
            return
        self.desk.put("")
        self.desk.go(self.outset.run(control, self.words))

    def _look_back(self, item: Item) -> None:
        from tabletop.locale.sentences import say
        from tabletop.lookback import Lookback
        from tabletop.ui.home.past import PastScene

        def signed(name: str) -> None:
            self.outset.reviewer = name

        try:
            lookback = Lookback.open(item.path, self.outset.clock, self.outset.reviewer)
        except Trouble as trouble:
            self.notice = say(self.words, trouble.code, trouble.values)
            return
        self.desk.put("")
        self.desk.go(PastScene(self.words, lookback, self, item.run.summary if item.run else None, signed))

    def _prepare(self, path: Path) -> None:
        from tabletop.locale.sentences import say
        from tabletop.ui.prepare.scene import PrepareScene

        found = self._load(path)
        if isinstance(found, Trouble):
            self._prepared.pop(path, None)
            self.notice = say(self.words, found.code, found.values)
            return
        scene = self._prepared.get(path)
        if not isinstance(scene, PrepareScene) or scene.exercise != found or scene.words is not self.words:
            scene = self._prepared[path] = self.outset.prepare(self.words, found, self)
        self.asking = False
        self.desk.put("")
        self.desk.go(scene)

    def _open_file(self, text: str) -> None:
        from tabletop.files import library
        from tabletop.locale.sentences import say

        try:
            self._prepare(library.find(clean_line(text).strip().strip("'\"")))
        except Trouble as trouble:
            self.notice = say(self.words, trouble.code, trouble.values)

    def _open_dossier(self) -> None:
        from tabletop.ui.dossier.entering import dossier_scene

        self.desk.put("")
        self.desk.go(dossier_scene(self.outset, self.words, back=self))

    # --- commands ---

    @property
    def groups(self) -> Sequence[Group]:
        t = self.words.t
        other = words_for("en" if self.words.language == "nl" else "nl")
        return (
            Group(
                t("HOME"),
                (
                    Entry("a", t("another file"), t("an exercise by its path")),
                    Entry("d", t("dossier"), t("what many exercises taught")),
                    Entry(
                        "t" if self.words.language == "nl" else "l", t("language"), other.t("in this language: English")
                    ),
                ),
            ),
            Group(t("AWAY"), (Entry("q", t("quit")), Entry("h", t("help")))),
        )

    def _open_menu(self, *, searching: bool) -> None:
        self.menu = CommandMenu(self.groups, searching=searching)
        self._kept = self.desk.text
        self.desk.catch(True)

    def _in_menu(self, key: str) -> None:
        assert self.menu is not None
        entry = self.menu.take(key)
        if key == "escape" or (entry is not None and entry.possible):
            self.menu = None
            self.desk.catch(False)
        if entry is not None and entry.possible:
            self._run(entry.letter)

    def _run(self, letter: str) -> None:
        if letter == "a":
            self.asking = True
            self.desk.put("")
        elif letter == "d":
            self._open_dossier()
        elif letter == "q":
            self.desk.leave()
        elif letter == "h":
            self.helping = True
        else:
            self.words = words_for("en" if self.words.language == "nl" else "nl")
            self.selected = self._first()
            self.desk.later(self._judge)

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        low = is_low(height)
        if self.menu is not None:
            laid = self.menu.draw(width, height - (0 if low else 1), self.words)
            return over(self._rows(width, height), [*laid, *([] if low else [EMPTY])], height)
        return self._rows(width, height)

    def _rows(self, width: int, height: int) -> list[Row]:
        bar = self._bar(width, low=is_low(height))
        room = height - len(bar)
        if self.helping:
            top = inset(row(("tabletop", "strong"), (f"  ·  {self.words.t('help')}", "quiet")), 2)
            lines = draw_help(self._keys(), self.groups, width, self.words)
            return [*fill([*([] if is_low(height) else [EMPTY]), top, EMPTY, *lines], room), *bar]
        items = self.items
        home = drawing.Home(
            self.shelf,
            items,
            min(self.selected, max(len(items) - 1, 0)),
            self.outset.clock.now(),
            self.outset.logs,
            self.loaded,
            "" if self.asking or self.menu else self.desk.text.strip(),
            self.notice,
        )
        return [*drawing.draw(home, width, room, self.words), *bar]

    def _keys(self) -> Sequence[tuple[str, str]]:
        t = self.words.t
        return (
            (t("Space, Enter"), t("opens what is selected; nothing begins yet")),
            ("↑ ↓", t("choose")),
            (t("letters"), t("search by title; Esc clears the search")),
            ("/  F2  Ctrl+P", t("the commands, by letter or by name")),
            ("Ctrl+Q", t("closes the program")),
        )

    def _bar(self, width: int, *, low: bool) -> list[Row]:
        t, item = self.words.t, self.chosen
        has_text = bool(self.desk.text)
        key = t("ENTER") if has_text else t("SPACE")
        if self.helping:
            return draw_bar("ESC", t("back"), "", width, low=low)
        if self.asking:
            return draw_bar(t("ENTER"), t("open this file"), "", width, low=low, right=row((t("Esc: back"), "quiet")))
        if item is None:
            return draw_bar("", t("nothing to open"), "", width, low=low)
        if item.kind == "go-on" and item.run is not None:
            remark = drawing.stopped_at(item.run, self.words)
            right = row((t("the clock stands still until Space"), "quiet"))
            return draw_bar(key, t("go on with"), item.title, width, low=low, remark=remark, right=right)
        if item.kind == "look-back" and item.run is not None:
            return draw_bar(key, t("look back on"), item.title, width, low=low)
        if isinstance(self.loaded.get(item.path), Trouble):
            return draw_bar("", t("mend first:"), str(item.path), width, low=low)
        right = row((t("nothing begins yet"), "quiet"))
        return draw_bar(key, t("prepare"), item.title, width, low=low, right=right)

    def look(self) -> LineLook:
        if self.menu is not None:
            return LineLook("/")
        if self.asking:
            return LineLook(self.words.t("type the path of an exercise, such as exercises/my-exercise.toml"))
        return LineLook(self.words.t("type to search · / commands"))

    def hints(self, width: int) -> Row:  # noqa: ARG002
        t = self.words.t
        if self.menu is not None:
            parts = [t("One letter runs it"), t("Pale: not possible now"), t("Ctrl+P searches by name")]
        else:
            parts = [t("↑ ↓ choose"), t("Enter is Space"), t("Esc clears the search"), t("F1 help")]
        return inset(row(("     ".join(parts), "quiet")), 2)
