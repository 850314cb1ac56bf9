"""The scene of the living dossier: pages to choose in, what is typed searches over everything, and what is decided
here is added to a file beside the logs. Nothing here ranks anybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tabletop.dossier.answers import PointSeen, Recurring, Run
from tabletop.locale import Words
from tabletop.ui.desk.command_list import CommandMenu, Group, draw_help, over
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.dossier import commands, drawing
from tabletop.ui.dossier.acting import Deciding
from tabletop.ui.dossier.deciding import Decider
from tabletop.ui.dossier.known import Known, Target
from tabletop.ui.dossier.naming import PAGES, Page
from tabletop.ui.dossier.pages import found_view, opened, page_view, to_link_view
from tabletop.ui.dossier.views import HeatView, ListView, ReadView, View
from tabletop.ui.opening import Outset
from tabletop.ui.rows import EMPTY, Row, fill, fit, inset, on, row
from tabletop.ui.run.prompts import Ask, Option, Pick
from tabletop.ui.run.reading import Reading


class Opened(NamedTuple):
    """A view on top of a page, and what stood in the line when it was opened."""

    view: View
    sought: str = ""


@dataclass
class DossierScene(Scene):
    """Looks through a dossier, and decides in it. Esc goes back one step: the search, what was opened, home."""

    known: Known
    words: Words
    outset: Outset
    decider: Decider
    folders: Sequence[Path] = ()
    back: Scene | None = None
    """Where Esc leads; without one the program closes."""
    write: Callable[[Path], str] | None = None
    """Writes the dossier to a file, and returns the sentence that says so; raises Trouble."""
    close: Callable[[], None] = lambda: None
    """Lets go of the index, so that another program may have it."""
    reread: Callable[[], bool] = lambda: False
    """Takes in what a review added to a log, and says whether it added anything."""
    page: Page = "themes"
    prompt: Ask | Pick | None = None
    menu: CommandMenu | None = None
    linking: Recurring | None = None
    """What is being linked: the page shows what it could be linked to."""
    helping: Reading | None = None
    notice: tuple[str, bool] | None = None
    """What is said above the bar, and whether it is good news."""
    opened: tuple[Opened, ...] = ()
    _aside: str = ""
    _chosen: Target | None = None
    """What was chosen when the list of commands was opened."""
    _found: tuple[str, ListView] | None = field(default=None, repr=False)
    _reviewed: bool = False
    """Whether one comes back from a review."""

    def __post_init__(self) -> None:
        self._pages: dict[Page, View] = {}
        self.deciding = Deciding(self, self.decider)

    def entered(self) -> None:
        self.menu, self.prompt = None, None
        if self._reviewed and self.reread():
            self.opened = tuple(one for one in self.opened if isinstance(one.view, ListView))  # a point as it was
            self.changed()
        self._reviewed = False

    @property
    def reviewer(self) -> str:
        """Who decides: asked once, and kept when one goes home and comes back."""
        return self.outset.reviewer

    @reviewer.setter
    def reviewer(self, name: str) -> None:
        self.outset.reviewer = name

    def leave_for(self, scene: Scene | None) -> None:
        """Go where Esc leads; whoever comes back opens the dossier again."""
        self.close()
        self.desk.put("")
        if scene is None:
            self.desk.leave()
        else:
            self.desk.go(scene)

    # --- what is on the page ---

    @property
    def sought(self) -> str:
        """What is searched for: what stands in the line, where it is no answer to a question."""
        return "" if self.prompt is not None or self.menu is not None else self.desk.text.strip()

    @property
    def view(self) -> View:
        """What the page shows now: what was found, what was opened, or the page itself."""
        if self.linking is not None:
            return self._hits(f"link\0{self.sought}", lambda: to_link_view(self.linking_one, self.sought))
        if self.sought:
            return self._hits(self.sought, lambda: found_view(self.sought))
        if self.opened:
            return self.opened[-1].view
        if self.page not in self._pages:
            self._pages[self.page] = page_view(self.page, self.known, self.words)
        return self._pages[self.page]

    @property
    def linking_one(self) -> Recurring:
        assert self.linking is not None
        return self.linking

    def _hits(self, asked: str, make: Callable[[], ListView]) -> ListView:
        if self._found is None or self._found[0] != asked:
            self._found = asked, make()
        return self._found[1]

    @property
    def chosen(self) -> Target | None:
        return self.view.chosen(self.known)

    def changed(self) -> None:
        """Ask everything again, and stay with what was chosen: something was decided, or added to a log."""
        self.known.forget()
        for view in (*self._pages.values(), *(one.view for one in self.opened)):
            view.refresh(self.known)
        if self._found is not None:
            self._found[1].refresh(self.known)

    def say(self, sentence: str, *, good: bool) -> None:
        self.notice = sentence, good

    # --- keys ---

    def pressed(self, key: str) -> None:
        self.notice = None
        if self.menu is not None:
            self._in_menu(key)
        elif self.helping is not None:
            self._in_help(key)
        elif self.prompt is not None:
            self._in_prompt(key)
        elif key in ("slash", "f2", "ctrl+p"):
            self._open_menu(searching=key == "ctrl+p")
        elif key == "f1":
            self.helping = Reading()
        elif key == "escape":
            self._escape()
        elif key in ("tab", "shift+tab") and self.linking is None:
            self._turn(1 if key == "tab" else -1)
        elif key in ("space", "enter"):
            self._open()
        elif not self.view.pressed(key) and not self.desk.text:
            if key == "right":
                self._open()
            elif key == "left" and self.opened:
                self._escape()

    def submitted(self, text: str) -> None:
        self.notice = None
        if self.prompt is not None:
            self._answer(text)
        else:
            self._open()

    def edited(self, text: str) -> None:
        if isinstance(self.prompt, Pick):
            self.prompt.hear(text)

    def _turn(self, step: int) -> None:
        order = list(PAGES)
        self.go_to(order[(order.index(self.page) + step) % len(order)])

    def go_to(self, page: Page) -> None:
        """Show a page; what was typed and opened on another one is let go."""
        self.page, self.opened = page, ()
        self.desk.put("")

    def _escape(self) -> None:
        if self.desk.text:
            self.desk.put("")
        elif self.linking is not None:
            self.linking = None
        elif self.opened:
            *rest, last = self.opened
            self.opened = tuple(rest)
            self.desk.put(last.sought)
        else:
            self.leave_for(self.back)

    def _open(self) -> None:
        target = self.chosen
        if target is None:
            return
        if self.linking is not None:
            if isinstance(target, Recurring):
                one, self.linking = self.linking, None
                self.desk.put("")
                self.deciding.link(one, target)
            return
        run = self._run_of(target)
        if run is not None:
            self._review(run)
            return
        if isinstance(self.view, ReadView):
            return
        view = opened(target, self.words, self.known)
        if view is not None:
            self.opened = (*self.opened, Opened(view, self.desk.text))
            self.desk.put("")

    def _run_of(self, target: Target) -> Run | None:
        """The run that Enter opens: the one chosen, or that of the point that is read."""
        if isinstance(target, Run):
            return target
        return self.known.run(target.run) if isinstance(target, PointSeen) and isinstance(self.view, ReadView) else None

    def _review(self, run: Run) -> None:
        from tabletop.files.trouble import Trouble
        from tabletop.locale.sentences import say
        from tabletop.lookback import Lookback
        from tabletop.ui.review.scene import ReviewScene

        try:
            lookback = Lookback.open(run.path, self.outset.clock, self.reviewer)
        except Trouble as trouble:
            self.say(say(self.words, trouble.code, trouble.values), good=False)
            return
        self.desk.put("")
        self._reviewed = True
        self.desk.go(ReviewScene(lookback, self.words, back=self, signed=self._signed))

    def _signed(self, name: str) -> None:
        self.reviewer = name

    # --- linking ---

    def begin_linking(self, one: Recurring) -> None:
        """Let the reviewer choose what says the same."""
        self.linking, self._found = one, None
        self.desk.put("")

    # --- questions ---

    def ask(self, prompt: Ask | Pick) -> None:
        """Ask something in the line; what was sought there comes back after it."""
        if self.prompt is None:
            self._aside = self.desk.text
        self.prompt = prompt
        start, anew = (prompt.start, prompt.anew) if isinstance(prompt, Ask) else ("", False)
        self.desk.put(start, replaced=anew)

    def _in_prompt(self, key: str) -> None:
        prompt = self.prompt
        if key == "escape":
            self._let_go()
        elif isinstance(prompt, Pick) and prompt.move(key):
            return
        elif key == "slash" and isinstance(prompt, Ask) and prompt.is_path:
            self.desk.put("/")  # a path begins with one
        elif key == "enter" or (key == "space" and isinstance(prompt, Pick)):
            self._answer("")

    def _answer(self, text: str) -> None:
        prompt = self.prompt
        if isinstance(prompt, Ask):
            if not text.strip() and not prompt.empty:
                self.say(self.words.t("Type it first; Esc leaves it."), good=False)
                return
            self._let_go()
            prompt.take(text)
        elif isinstance(prompt, Pick) and prompt.is_lost:
            self.say(self.words.t("Nothing here is called that."), good=False)
            self.desk.put(prompt.beside_it, replaced=True)
        elif isinstance(prompt, Pick) and prompt.chosen is not None:
            self._let_go()
            prompt.take(prompt.chosen.value, "")

    def _let_go(self) -> None:
        self.prompt = None
        self.desk.put(self._aside)
        self._aside = ""

    # --- commands ---

    def _open_menu(self, *, searching: bool) -> None:
        self._chosen = self.chosen
        self.menu = CommandMenu(commands.groups(self._chosen, self.known, self.words), searching=searching)
        self.desk.catch(True)

    def _in_menu(self, key: str) -> None:
        assert self.menu is not None
        entry = self.menu.take(key)
        if key == "escape" or entry is not None:
            self.menu = None
            self.desk.catch(False)
        if entry is not None and entry.possible:
            self._run(commands.of_letter(entry.letter, self.words).id)
        elif entry is not None:
            self.say(f"{entry.label}: {entry.detail}", good=False)

    def _run(self, command: str) -> None:
        match command:
            case "help":
                self.helping = Reading()
            case "quit":
                self.desk.leave()
            case "patterns":
                self.known.narrow(year=self.known.year, patterns_only=not self.known.patterns_only)
                self.go_to("points")
            case "year":
                self._ask_year()
            case "export":
                self._ask_path()
            case _ if command.startswith("page-"):
                self.linking = None
                self.go_to(list(PAGES)[[f"page-{page}" for page in PAGES].index(command)])
            case _:
                self.deciding.run(command, self._chosen)

    def _ask_year(self) -> None:
        t = self.words.t
        options = [Option("", t("all years")), *(Option(str(year), str(year)) for year in self.known.years)]
        at = next((n for n, option in enumerate(options) if option.value == str(self.known.year or "")), 0)
        self.ask(Pick(t("WHICH YEAR?"), options, self._year, at=at, enter=t("show")))

    def _year(self, value: str, _: str) -> None:
        self.known.narrow(year=int(value) if value else None, patterns_only=self.known.patterns_only)
        self._pages.pop("not-practised", None)
        if self.page != "not-practised":
            self.go_to("themes")

    def _ask_path(self, typed: str = "") -> None:
        t = self.words.t
        self.ask(
            Ask(t("WHERE TO?"), self._write_to, is_path=True, enter=t("write the file"), start=typed,
                placeholder=t("a path that ends in .md, .csv or .json; a folder gets a file for each theme"))
        )  # fmt: skip

    def _write_to(self, typed: str) -> None:
        from tabletop.core.text import clean_line
        from tabletop.files.places import typed_path
        from tabletop.files.trouble import Trouble
        from tabletop.locale.sentences import say

        if self.write is None:
            return
        try:
            self.say(self.write(typed_path(clean_line(typed).strip())), good=True)
        except Trouble as trouble:
            self._ask_path(typed)
            if trouble.code == "script-exists":  # its sentence is for a command line
                there = self.words.t("{file} is there already; choose another name.", file=trouble.values["file"])
                self.say(clean_line(there), good=False)
            else:
                self.say(say(self.words, trouble.code, trouble.values), good=False)

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        low = is_low(height)
        rows = self._rows(width, height)
        if self.menu is None:
            return rows
        laid = self.menu.draw(width, height - (0 if low else 1), self.words)
        return over(rows, [*laid, *([] if low else [EMPTY])], height)

    def _rows(self, width: int, height: int) -> list[Row]:
        low = is_low(height)
        bar = drawing.bar(self, width, low=low)
        room = height - len(bar)
        if self.helping is not None:
            top = [*([] if low else [EMPTY]), inset(row(("tabletop dossier", "strong")), 2), EMPTY]
            lines = draw_help(drawing.keys(self.words), self._groups, width, self.words, drawing.typed(self.words))
            shown = self.helping.shown(lines, room - len(top), self.words, on="↓", back="↑", indent=2)
            return [*fill([*top, *shown], room), *bar]
        top = drawing.top(self, width, low=low)
        body = self._body(width - 4, room - len(top) - (0 if low else 1))
        body = body if low else [*body, EMPTY]
        lines = [*top, *(inset(line, 2) if line else line for line in body)]
        if self.prompt is not None:
            laid = self.prompt.rows(width, max(room - (6 if low else 10), 6))
            lines = over(lines, laid, room)
        if self.notice is not None:
            said = drawing.said(*self.notice, width)
            lines[-1] = said if self.prompt is None else on("list", fit(inset(said, 2), width))
        return [*fill(lines, room), *bar]

    def _body(self, width: int, height: int) -> list[Row]:
        if not self.known.overview.runs and not self.sought and self.page != "logs":
            return fill(drawing.nothing(self.folders, self.words, width), height)
        return self.view.draw(self.known, width, height, self.words)

    @property
    def _groups(self) -> Sequence[Group]:
        return commands.groups(self.chosen, self.known, self.words)

    def _in_help(self, key: str) -> None:
        assert self.helping is not None
        if key in ("up", "down"):
            self.helping.move(-2 if key == "up" else 2)
        elif key == "pageup":
            self.helping.turn(-1)
        else:
            self.helping = None

    @property
    def is_heat(self) -> bool:
        return isinstance(self.view, HeatView)

    def look(self) -> LineLook:
        return drawing.look(self)

    def hints(self, width: int) -> Row:  # noqa: ARG002 - it is short
        return drawing.hints(self)
