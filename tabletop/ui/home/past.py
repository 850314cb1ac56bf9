"""Looking back on a run that has ended: what was learned, agreed and decided, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.core.session import Session
from tabletop.files.trouble import Trouble
from tabletop.locale import Words
from tabletop.locale.sentences import say
from tabletop.lookback import Lookback
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.rows import EMPTY, Row, inset, row, spread
from tabletop.ui.run import ending
from tabletop.ui.run.reading import Reading


@dataclass
class PastScene(Scene):
    """A run that has ended, to be read. Its log is not touched; a summary that is not there can be written."""

    words: Words
    lookback: Lookback
    home: Scene
    summary: Path | None
    signed: Callable[[str], None] = lambda _: None
    """Told who is looking back, as soon as they say so."""
    notice: str = ""
    read: Reading = field(default_factory=Reading)

    @property
    def session(self) -> Session:
        return self.lookback.session

    @property
    def log(self) -> Path:
        return self.lookback.path

    # --- keys ---

    def pressed(self, key: str) -> None:
        self.notice = ""
        if key in ("up", "down"):
            self.read.move(-3 if key == "up" else 3)
        elif key in ("right", "tab"):
            from tabletop.ui.review.scene import ReviewScene

            self.desk.go(ReviewScene(self.lookback, self.words, back=self, signed=self.signed))
        elif key in ("space", "enter") and self.summary is None:
            self._write_summary()
        elif key in ("space", "enter", "escape"):
            self.desk.put("")
            self.desk.go(self.home)

    def _write_summary(self) -> None:
        from tabletop.report.writing import write_summary

        try:
            self.summary = write_summary(self.session, self.log)
        except Trouble as trouble:
            self.notice = say(self.words, trouble.code, trouble.values)

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        low = is_low(height)
        bar = self._bar(width, low=low)
        top = [*([] if low else [EMPTY]), self._header(width), EMPTY]
        room = height - len(top) - len(bar)
        summary = str(self.summary) if self.summary else self.words.t("The summary is not written.")
        where = (*((self.notice,) if self.notice else ()), str(self.log), summary)
        return [*top, *ending.closing(self.session, self.words, width, room, where, self.read), *bar]

    def _header(self, width: int) -> Row:
        words, session = self.words, self.session
        held = ""
        if session.started is not None:
            until = f" – {words.oclock(session.ended)}" if session.ended else ""
            held = f"{words.day(session.started)}  ·  {words.time(session.started)}{until}"
        left = row((session.exercise.title, "strong"), (f"  ·  {words.t('looking back')}", "quiet"))
        return inset(spread(left, row((held, "quiet")), width - 4), 2)

    def _bar(self, width: int, *, low: bool) -> list[Row]:
        t = self.words.t
        right = row(("→", "accent"), (" " + t("look closer"), "quiet"))
        if self.summary is None:
            right = row(right, "   ", ("Esc", "accent"), (" " + t("back"), "quiet"))
            return draw_bar(t("SPACE"), t("write the summary"), "", width, low=low, right=right)
        return draw_bar(t("SPACE"), t("back"), "", width, low=low, right=right)

    def look(self) -> LineLook:
        return LineLook(self.words.t("nothing is typed here; the log stays as it is"))

    def hints(self, width: int) -> Row:  # noqa: ARG002
        t = self.words.t
        return inset(row(("     ".join((t("↑ ↓ read"), t("Esc: back"))), "quiet")), 2)
