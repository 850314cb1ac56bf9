"""Reading a folder of logs before the dossier stands on the desk: how far it is, and a way to leave it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tabletop.core.refused import Refused
from tabletop.files.trouble import Trouble
from tabletop.locale import Words
from tabletop.locale.sentences import say
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.rows import EMPTY, Row, bar, fill, flow, inset, row

Progress: TypeAlias = Callable[[int, int], None]
Stop: TypeAlias = Callable[[], bool]
Opening: TypeAlias = Callable[[Progress, Stop], Callable[[], Scene]]
"""Reads the logs, in a thread of its own, and returns what makes the next scene, on the desk's own thread."""


@dataclass
class IndexingScene(Scene):
    """Stands on the desk while logs are read; Esc leaves, and the next time it goes on where it was."""

    words: Words
    read: Opening
    back: Scene | None = None
    done: int = 0
    total: int = 0
    thread: threading.Thread | None = field(default=None, repr=False)
    _leaving: threading.Event = field(default_factory=threading.Event, repr=False)
    _keys: list[str] = field(default_factory=list, repr=False)
    _said: int = -1

    def entered(self) -> None:
        if self.thread is None:
            self.desk.later(self._begin)

    def left(self) -> None:
        self._leaving.set()

    def _begin(self) -> None:
        if self.thread is None and not self._leaving.is_set():
            self.thread = threading.Thread(target=self._read, name="dossier", daemon=False)
            self.thread.start()

    def _read(self) -> None:
        """Read the logs; whatever comes of it is told to the desk, which alone may change the screen."""
        from tabletop.dossier.refreshing import Stopped

        try:
            make = self.read(self._progress, self._leaving.is_set)
        except Stopped:  # by Esc: the desk went on meanwhile
            return
        except (Trouble, Refused) as cannot:
            sentence = say(self.words, cannot.code, cannot.values)
            self.desk.later(lambda: self._cannot(sentence))
        except Exception as error:  # noqa: BLE001 - raised again on the desk, where the one handler at the top sees it
            unforeseen = error
            self.desk.later(lambda: self._fail(unforeseen))
        else:
            self.desk.later(lambda: self._go(make))

    def _progress(self, done: int, total: int) -> None:
        """Keep how far it is; the screen is drawn again for each hundredth part, and for no more."""
        self.done, self.total = done, total
        part = done * 100 // total if total else 0
        if part != self._said and not self._leaving.is_set():
            self._said = part
            self.desk.later(self._redraw)

    def _redraw(self) -> None:
        if not self._leaving.is_set():
            self.desk.redraw()

    def _go(self, make: Callable[[], Scene]) -> None:
        if self._leaving.is_set():
            return
        try:
            scene = make()
        except (Trouble, Refused) as cannot:
            self._cannot(say(self.words, cannot.code, cannot.values))
            return
        desk = self.desk
        desk.go(scene)
        for key in self._keys:
            scene.pressed(key)
        desk.redraw()

    def _cannot(self, sentence: str) -> None:
        if not self._leaving.is_set():
            self.desk.leave(2, sentence)

    def _fail(self, error: Exception) -> None:
        raise error

    # --- keys and rows ---

    def pressed(self, key: str) -> None:
        if key != "escape":
            self._keys.append(key)
            return
        self._leaving.set()
        if self.back is not None:
            self.desk.go(self.back)
        else:
            self.desk.leave()

    def draw(self, width: int, height: int) -> list[Row]:
        words, low = self.words, is_low(height)
        space = self._bar(width, low=low)
        lines = [*([] if low else [EMPTY]), inset(row((words.t("Dossier"), "strong")), 2), EMPTY]
        if self.total:
            wide = min(width - 4, 60)
            said = words.t("{n} of {of} logs", n=words.number(self.done), of=words.number(self.total))
            lines += [inset(bar(self.done / self.total, wide), 2), inset(row((said, "quiet")), 2), EMPTY]
            aside = words.t("Only what is new or changed is read. You may leave: the next time it goes on from here.")
            lines += [inset(line, 2) for line in flow(aside, wide, "quiet")]
        else:
            lines.append(inset(row((words.t("Looking at the logs …"), "quiet")), 2))
        return [*fill(lines, height - len(space)), *space]

    def _bar(self, width: int, *, low: bool) -> list[Row]:
        right = row(("Esc", "accent"), (f" {self.words.t('leave it for now')}", "quiet"))
        return draw_bar("", self.words.t("reading the logs"), "", width, low=low, right=right)

    def look(self) -> LineLook:
        return LineLook(self.words.t("type to search, as soon as the dossier is open"))
