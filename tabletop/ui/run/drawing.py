"""What a run looks like on the desk: rows, what is laid over them, the bar, the line, the hints. It only reads."""

from typing import TYPE_CHECKING

from tabletop.core import timeline
from tabletop.locale import Words
from tabletop.locale.sentences import say
from tabletop.ui.desk.command_list import over
from tabletop.ui.desk.scene import LineLook, is_low, is_narrow
from tabletop.ui.rows import EMPTY, Row, fit, flow, inset, on, row
from tabletop.ui.run import bar, debrief, ending, feedback, header, running
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.list import CommandList
from tabletop.ui.run.naming import event_name
from tabletop.ui.run.prompts import Ask, Pick

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene

FORECAST_EVERY = 30.0
"""Seconds between two changes of the forecast: at most twice a minute."""


class Drawing(Acting):
    """Draws one run scene."""

    def __init__(self, scene: "RunScene") -> None:
        super().__init__(scene)
        self._forecast: timeline.Forecast | None = None
        self._forecast_at = -FORECAST_EVERY
        self._forecast_n = -1

    def rows(self, width: int, height: int) -> list[Row]:
        narrow, tall = is_narrow(width) or is_low(height), not is_low(height)
        bar_rows = bar.draw(self._bar(), width, tall)
        top = self._header(width, narrow=narrow)
        rows = [EMPTY, top, EMPTY] if tall else [top, EMPTY]
        room = height - len(rows) - len(bar_rows) - (1 if tall else 0)
        body = self._body(width, room)
        body = self._covered(body, width, room)
        whole = [*rows, *body, *bar_rows]
        if isinstance(self.scene.prompt, CommandList):
            whole = over(whole, self.scene.prompt.rows(width, len(whole)), len(whole))
        return [*whole, *([EMPTY] if tall else [])]

    def _header(self, width: int, *, narrow: bool) -> Row:
        session, moment = self.session, self.scene.moment
        if self.scene.trouble is None and session.still is None:
            if session.phase == "feedback":
                return feedback.header(session, moment, self.words, width, narrow=narrow, drafts=self._waiting)
            if session.phase == "debrief":
                return debrief.header(session, moment, self.words, width, drafts=self._waiting)
        return header.draw(session, moment, self.words, self._around(), width, narrow=narrow)

    def _around(self) -> header.Around:
        session = self.session
        not_saved = say(self.words, self.scene.trouble.code, self.scene.trouble.values) if self.scene.trouble else ""
        saved = self.words.time(session.at) if session.at else ""
        return header.Around(saved, not_saved, self.scene.is_watched, self._waiting, forecast=self._current_forecast())

    @property
    def _waiting(self) -> int:
        """How many half-typed lines wait, without the one that comes back by itself after a prompt."""
        return self.scene.lines.waiting - bool(self.scene.lines.held and self.scene.prompt is not None)

    def _current_forecast(self) -> timeline.Forecast | None:
        """The forecast, kept for half a minute unless the run is somewhere else."""
        now = self.scene.moment.at.timestamp()
        place = len(self.session.done)
        if now - self._forecast_at >= FORECAST_EVERY or place != self._forecast_n:
            self._forecast = timeline.forecast(self.session, self.scene.moment)
            self._forecast_at, self._forecast_n = now, place
        return self._forecast

    def _body(self, width: int, height: int) -> list[Row]:
        session, moment = self.session, self.scene.moment
        if session.still == "real-incident":
            return ending.incident(session, self.words, width, height)
        if session.phase == "ended":
            where = (str(self.scene.control.writer.path), self.scene.actions.leaving.summary)
            return debrief.closing(session, self.words, width, height, where, self.scene.read)
        if session.phase == "feedback":
            return feedback.draw(
                session, moment, self.words, self.scene.chosen, width, height, self.scene.selected, self.scene.read
            )
        if session.phase == "debrief":
            return debrief.draw(session, moment, self.words, self.scene.item, width, height)
        around = self._around()
        return running.draw(session, moment, self.words, around, width, height, self.scene.selected, self.scene.read)

    def _covered(self, body: list[Row], width: int, height: int) -> list[Row]:
        """Lay what is open over the lower part of the body, and under it, right above the Space bar, what is said."""
        said = self._said(width)
        laid: list[Row] = []
        if isinstance(self.scene.prompt, (Pick, Ask)):
            laid = self.scene.prompt.rows(width, height - 2 - len(said))
        elif self.scene.completion is not None:
            laid = self.scene.completion.rows(width, min(7, height))
        laid = [*laid, *said]
        return over(body, laid[-height:], height) if laid else body

    def _said(self, width: int) -> list[Row]:
        """What is said until the next key. The bar is never used for it: it says what Space does."""
        if not self.scene.notice:
            return []
        ink = "accent" if self.scene.is_good_news else "warning"
        return [on("list", fit(inset(line, 2), width)) for line in flow(self.scene.notice, width - 4, ink)][:3]

    def _bar(self) -> bar.BarWords:
        words = self.words
        if self.scene.trouble is not None:
            right = row(
                ("F2 " + ("b" if words.language == "nl" else "d"), "accent"),
                (" " + words.t("saves elsewhere"), "quiet"),
            )
            return bar.BarWords(
                words.t("ENTER"), words.t("try again"), "", words.t("nothing typed is lost"), right, True
            )
        prompt = self.scene.prompt
        if isinstance(prompt, (Pick, Ask)):
            escape = prompt.escape if isinstance(prompt, Pick) else ""
            right = row(("Esc", "accent"), (" " + (escape or words.t("back, nothing is done")), "quiet"))
            keeps = prompt.keeps if isinstance(prompt, Pick) and self.scene.desk.text.strip() else ""
            return bar.BarWords(words.t("ENTER"), keeps or prompt.enter or words.t("take this"), right=right)
        text = self.scene.desk.text
        if self.session.still == "real-incident":
            return bar.space(self.session, self.scene.moment, words)
        if text.strip():
            typed = self.scene.actions.typed
            off = typed.taken_off(text)
            if off:
                return bar.BarWords(words.t("ENTER"), words.t("take off the list"), off)
            note = typed.parse(text)
            if typed.stays_private(note):
                return bar.private(words)
            on_row = bool(self.scene.actions.debriefing.item())
            said = bar.enter(self.session, note, typed.default_official(note), words, on_row=on_row)
            if note.unknown:
                warning = words.t("{token} is unknown and stays text", token=note.unknown[0])
                if self.scene.completion is not None:
                    warning = words.t("Tab takes {token}, Enter does not", token=self.scene.completion.token)
                said = said._replace(right=row((warning, "warning")))
            return said
        if self.scene.selected is not None:
            return self._enter_on(self.scene.selected)
        return self._space()

    def _enter_on(self, n: int) -> bar.BarWords:
        """What Enter does to the saved event that the arrows chose."""
        words, event = self.words, self.scene.event(n)
        name = event_name(event, self.session, words) if event is not None else ""
        right = row(("Esc", "accent"), (" " + words.t("back"), "quiet"))
        match self.scene.actions.revising.does(n):
            case "revise":
                return bar.BarWords(words.t("ENTER"), words.t("revise this"), name, right=right)
            case "undo":
                return bar.BarWords(words.t("ENTER"), words.t("undo"), name, right=right)
            case "explain":
                return bar.BarWords("", words.t("stays in the log as it is"), name, right=right)

    def _space(self) -> bar.BarWords:
        """What Space does; where the arrows chose another question or task, what Enter opens besides."""
        words, said = self.words, bar.space(self.session, self.scene.moment, self.words)
        opened = debrief.door(self.session, words, self.scene.item) if self.session.phase == "debrief" else None
        if opened is None:
            return said
        return said._replace(
            right=row(("Enter", "accent"), (f" {words.t('opens')} ", "quiet"), (opened.name(words), "text"))
        )

    def look(self) -> LineLook:
        words = self.words
        if isinstance(self.scene.prompt, CommandList):
            return LineLook("/" + self.scene.prompt.typed)
        if self.scene.prompt is not None:
            asks = self.scene.prompt.placeholder if isinstance(self.scene.prompt, Ask) else self.scene.prompt.asks
            return LineLook(asks)
        if self.scene.completion is not None:
            return LineLook(
                aside=row(("Tab ", "accent"), (self.scene.completion.token, "quiet")), ghost=self.scene.completion.ghost
            )
        return LineLook(self._placeholder(words))

    def _placeholder(self, words: Words) -> str:
        session = self.session
        if session.phase == "ended":
            return words.t("Ctrl+Q closes the program")
        if session.still == "real-incident":
            return words.t("type {word}", word=words.t("resume"))
        stop = session.stop
        rest = words.t("+ keep · - do differently · ! decision · / commands")
        if stop is not None:
            match stop.stage:
                case "round":
                    return words.t("type an answer of {official}", official=session.label(stop.speaker)) + " · " + rest
                case "agreement":
                    return words.t("type the agreed line") + " · " + words.t("/ commands")
                case "list":
                    return words.t("type a group, or - group to take it off") + " · " + words.t("/ commands")
                case "fingers":
                    return words.t("type one digit for each person") + " · " + words.t("/ commands")
                case _:
                    pass
        if session.phase == "debrief" and session.task == "questions":
            return words.t("type an answer") + " · " + words.t("+ keep · - do differently · * private · / commands")
        return words.t("type a note") + " · " + rest

    def hints(self, width: int) -> Row:
        words = self.words
        stop = self.session.stop
        if isinstance(self.scene.prompt, CommandList):
            parts = [
                words.t("One letter runs it"),
                words.t("Pale: not possible now"),
                words.t("Ctrl+P searches by name"),
                words.t("F1 help"),
            ]
        elif stop is not None and stop.stage == "round":
            parts = [
                words.t("↑ ↓ who speaks"),
                words.t("← → which question"),
                words.t("+ keep"),
                words.t("- do differently"),
                words.t("* private"),
                words.t("F2 commands"),
                words.t("F1 help"),
            ]
        elif self.session.phase == "debrief":
            parts = [
                words.t("↑ ↓ choose"),
                words.t("Space never closes"),
                words.t("The summary is written at the end"),
                words.t("F1 help"),
            ]
        else:
            parts = [
                words.t("PageDown is Space"),
                words.t("Tab completes"),
                words.t("Esc puts the line aside"),
                words.t("F2 commands, also beside text"),
                words.t("F1 help"),
            ]
        return inset(fit(row(("     ".join(parts), "quiet")), max(width - 4, 0)), 2)
