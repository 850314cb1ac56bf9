"""What a run looks like on the desk: rows, what is laid over them, the bar, the line, the hints. It only reads."""

import re
from typing import TYPE_CHECKING, Final

from tabletop.core import timeline
from tabletop.core.notes import Note
from tabletop.locale import Words, mark
from tabletop.locale.codes import KEPT
from tabletop.locale.sentences import say
from tabletop.ui.desk.command_list import over
from tabletop.ui.desk.scene import LineLook, is_low, is_narrow
from tabletop.ui.rows import EMPTY, Row, fill, fit, flow, inset, laid, on, row
from tabletop.ui.run import bar, debrief, ending, feedback, header, running
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.help import Help
from tabletop.ui.run.list import CommandList
from tabletop.ui.run.lookup import LookUp
from tabletop.ui.run.naming import event_name, stays_text
from tabletop.ui.run.prompts import Ask, Pick

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene

FORECAST_EVERY = 30.0
"""Seconds between two changes of the forecast: at most twice a minute."""


_MARK: Final = re.compile(r"\s*([+\-](?!\d)|!|\*(?=\s|$))")
_TOKEN: Final = re.compile(r"(?<!\S)[@#]\S+")
NOT_SAVED: Final = {
    "not-saved-full": mark("disk full"),
    "not-saved-not-allowed": mark("not allowed"),
    "not-saved-differs": mark("disk fault"),
    "log-moved": mark("log moved"),
    "log-changed": mark("log changed"),
}
"""Why something could not be saved, in the few words that a header has room for."""
MOST_CANDIDATES = 5
"""How many officials or themes are offered at once; the arrows reach the others."""


def completion_place(width: int) -> tuple[int, int]:
    """Where the box of a completion begins, and how wide it is: the middle column, or the right of a narrow screen."""
    if is_narrow(width):
        return width - 2 - 50, 50
    return running.MIDDLE_AT, width - running.MIDDLE_AT - running.RIGHT - running.GAP - 2


def marks(text: str) -> list[tuple[int, int]]:
    """What of a typed text is more than words: the mark that it begins with, and every ``@official`` or ``#theme``."""
    begins = _MARK.match(text)
    return ([begins.span(1)] if begins else []) + [match.span() for match in _TOKEN.finditer(text)]


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
        if session.still is None:
            aside = row(header.waiting(self._waiting, self.words), "   " if self._waiting else "", self._alarm)
            if session.phase == "feedback":
                return feedback.header(session, moment, self.words, width, narrow=narrow, aside=aside)
            if session.phase == "debrief":
                return debrief.header(session, moment, self.words, width, aside=aside)
        if self._is_call_out:  # here and below: loaded only where a run needs it
            from tabletop.ui.callout import running as call_out

            return call_out.header(session, moment, self.words, self._around(), width)
        return header.draw(session, moment, self.words, self._around(), width, narrow=narrow)

    @property
    def _is_call_out(self) -> bool:
        return self.session.exercise.call_out is not None

    def _around(self) -> header.Around:
        saved = self.words.time(self.session.at) if self.session.at else ""
        forecast = self._current_forecast()
        return header.Around(saved, self._alarm, self.scene.is_watched, self._waiting, forecast)

    @property
    def _alarm(self) -> Row:
        """That the last move is not saved, and why, in a few words; the whole sentence stands above the bar."""
        trouble = self.scene.trouble
        if trouble is None:
            return EMPTY
        why = self.words.t(NOT_SAVED.get(trouble.code, mark("disk fault")))
        return row((f"! {self.words.t('not saved')}, {why}", "errorstrong"))

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
        if isinstance(self.scene.prompt, (Help, LookUp)):
            return self.scene.prompt.rows(width, height)
        if session.still == "real-incident":
            return ending.incident(session, self.words, width, height)
        if session.phase == "ended":
            where = (str(self.scene.control.writer.path), self.scene.actions.leaving.summary)
            return ending.closing(session, self.words, width, height, where, self.scene.read)
        if session.phase == "feedback":
            return feedback.draw(
                session, moment, self.words, self.scene.chosen, width, height, self.scene.selected, self.scene.read
            )
        if session.phase == "debrief":
            return debrief.draw(session, moment, self.words, self.scene.item, width, height)
        if self._is_call_out:
            from tabletop.ui.callout import running as call_out

            leader = self.scene.control.writer.head.leader
            return call_out.draw(
                session, moment, self.words, leader, width, height, self.scene.selected, self.scene.read
            )
        around = self._around()
        return running.draw(session, moment, self.words, around, width, height, self.scene.selected, self.scene.read)

    def _covered(self, body: list[Row], width: int, height: int) -> list[Row]:
        """Lay what is open over the lower part of the body, and under it, right above the Space bar, what is said."""
        said = self._said(width)
        prompt, completion = self.scene.prompt, self.scene.completion
        if isinstance(prompt, (Help, LookUp)):
            return over(body, said[-height:], height) if said else body
        if isinstance(prompt, (Pick, Ask)):
            return over(body, [*prompt.rows(width, height - 2 - len(said)), *said][-height:], height)
        if completion is not None:  # a box: the storyline and the tally beside it stay
            at, wide = completion_place(width)
            box = completion.rows(wide, MOST_CANDIDATES)
            under = fill(body, height)[height - len(box) :]
            return [*body[: height - len(box)], *(laid(line, row, at) for line, row in zip(under, box, strict=True))]
        return over(body, said[-height:], height) if said else body

    def _said(self, width: int) -> list[Row]:
        """What is said until the next key. The bar is never used for it: it says what Space does."""
        said: list[Row] = []
        trouble = self.scene.trouble
        if trouble is not None:
            said += flow(say(self.words, trouble.code, trouble.values), width - 4, "error")
        if self.scene.notice:
            said += flow(self.scene.notice, width - 4, "accent" if self.scene.is_good_news else "warning")
        elif is_narrow(width) and self.scene.prompt is None:  # the bar has no room for it
            warning = self._stays_text(self.parse(self.scene.desk.text))
            said += flow(warning, width - 4, "warning") if warning else []
        return [on("list", fit(inset(line, 2), width)) for line in said][:4]

    def _bar(self) -> bar.BarWords:
        words = self.words
        if isinstance(self.scene.prompt, Help):
            right = row(("↑ ↓", "accent"), (" " + words.t("read on"), "quiet"))
            return bar.BarWords(
                words.t("ENTER"), words.t("close the help"), "", words.t("Esc or Space does too"), right
            )
        if isinstance(self.scene.prompt, LookUp):
            right = row(("↑ ↓", "accent"), (" " + words.t("choose"), "quiet"), "   ", ("← →", "accent"),
                        (" " + words.t("read on"), "quiet"))  # fmt: skip
            return bar.BarWords(words.t("ENTER"), words.t("close"), words.t("roles and words"), right=right)
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
            right = row(("Esc", "accent"), (" " + (prompt.escape or words.t("back, nothing is done")), "quiet"))
            if isinstance(prompt, Ask):
                about = prompt.about(self.scene.desk.text)
                return bar.BarWords(words.t("ENTER"), prompt.enter or words.t("take this"), about, right=right)
            return bar.choosing(prompt, self.scene.desk.text, words)._replace(right=right)
        text = self.scene.desk.text
        if self.session.still == "real-incident":
            return bar.space(self.session, self.scene.moment, words)
        if self.session.phase == "ended":
            return self._space()
        if text.strip():
            typed = self.scene.actions.typed
            off = typed.taken_off(text)
            if off:
                return bar.BarWords(words.t("ENTER"), words.t("take off the list"), off)
            if typed.is_off_the_list(text):
                return bar.BarWords("", words.t("no group on the list begins so"))
            if answer := feedback.kept_named(text, self.session, words):
                return bar.answer(
                    words.t("did it happen?"), [words.t(KEPT[kept]) for kept in feedback.KEPT_ORDER], answer, words
                )
            note = typed.parse(text)
            if typed.stays_private(note):
                return bar.private(words)
            on_row = bool(self.scene.actions.debriefing.item())
            said = bar.enter(self.session, note, typed.default_official(note), words, on_row=on_row)
            warning = self._stays_text(note)
            return said._replace(right=row((warning, "warning"))) if warning else said
        if self.scene.selected is not None:
            return self._enter_on(self.scene.selected)
        return self._space()

    def _stays_text(self, note: Note) -> str:
        """Which token of the line stays text, and why; empty where none does, or Tab takes what the bar names."""
        words, completion = self.words, self.scene.completion
        if note.unknown and completion is not None:
            return words.t("Tab takes {token}, Enter does not", token=completion.token)
        if warning := stays_text(note, self.scene.actions.typed.codes, self.session, words):
            return warning
        inside = next((word for word in note.text.split() if word[0] == "@" and len(word) > 1), "")
        return words.t("{token} stays text", token=inside) if inside else ""

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
        words, moment = self.words, self.scene.moment
        said = bar.space(self.session, moment, words)
        if self._is_call_out:
            from tabletop.ui.callout import bar as by_phone

            said = by_phone.space(self.session, moment, words) or said
        following = self.scene.next_thanks
        if following is not None:
            right = row(("Enter", "accent"), (f" {words.t('approves this one')}", "quiet"))
            who = self.session.label(self.session.participants[following].official)
            said = bar.BarWords(words.t("SPACE"), words.t("next thank-you"), who, right=right)
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
        if isinstance(self.scene.prompt, LookUp):
            return LineLook(words.t("letters search"))
        if isinstance(self.scene.prompt, (Pick, Ask)):
            asks = self.scene.prompt.placeholder if isinstance(self.scene.prompt, Ask) else self.scene.prompt.asks
            return LineLook(asks, self._unsaved)
        if self.scene.completion is not None and self.scene.prompt is None:
            return LineLook(
                aside=row(("Tab ", "accentstrong"), (self.scene.completion.token, "quiet")),
                ghost=self.scene.completion.ghost,
                marks=marks(self.scene.desk.text),
            )
        return LineLook(self._placeholder(words), self._unsaved, marks=marks(self.scene.desk.text))

    @property
    def _unsaved(self) -> Row:
        """Right of a line that could not be saved, that it is not."""
        if self.scene.trouble is None or not self.scene.desk.text:
            return EMPTY
        return row((f" ! {self.words.t('not saved')}", "error"))

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
                    asks = words.t("type an answer of {official}", official=session.label(stop.speaker))
                    return f"{asks} · {words.t('↑ ↓ who speaks')} · {words.t('/ commands')}"
                case "agreement":
                    return words.t("type the agreed line") + " · " + words.t("/ commands")
                case "list":
                    return words.t("type a group, or - group to take it off") + " · " + words.t("/ commands")
                case "fingers":
                    return words.t("type one digit for each person") + " · " + words.t("/ commands")
                case _:
                    pass
        if session.phase == "debrief" and session.task == "thanks":
            return words.t("other words for this thank-you") + " · " + words.t("/ commands")
        if session.phase == "debrief" and session.task == "proposals" and self.scene.actions.debriefing.item():
            return words.t("type one digit for each person") + " · " + words.t("/ commands")
        if session.phase == "debrief" and session.task == "marks" and self.scene.actions.debriefing.item():
            return words.t("write this mark out") + " · " + words.t("/ commands")
        if session.phase == "debrief" and session.task == "questions":
            return words.t("type an answer") + " · " + words.t("+ keep · - do differently · * private · / commands")
        return words.t("type a note") + " · " + rest

    def hints(self, width: int) -> Row:
        """What the keys do that the bar does not name, in this state; nothing that is not so now."""
        parts = "     ".join(self.words.t(hint) for hint in self._hints())
        return inset(fit(row((parts, "quiet")), max(width - 4, 0)), 2)

    def _hints(self) -> tuple[str, ...]:
        scene, session = self.scene, self.session
        stop = session.stop
        if isinstance(scene.prompt, CommandList):
            return (
                mark("One letter runs it"),
                mark("Pale: not possible now"),
                mark("Ctrl+P searches by name"),
                mark("F1 help"),
            )
        if isinstance(scene.prompt, LookUp):
            return mark("Letters search"), mark("Esc clears what is searched, then closes")
        if isinstance(scene.prompt, Help):
            return mark("↑ ↓ read"), mark("A letter closes the help and is typed")
        if isinstance(scene.prompt, Pick):
            return mark("↑ ↓ choose"), mark("F2 commands"), mark("F1 help")
        if isinstance(scene.prompt, Ask):
            return mark("← → in the text"), mark("F2 commands"), mark("F1 help")
        if scene.trouble is not None:
            return (
                mark("Your line stays."),
                mark("The participants' screen has not changed."),
                mark("F2 commands"),
                mark("F1 help"),
            )
        if session.phase == "ended":
            return mark("↑ ↓ read"), mark("Ctrl+Q closes the program")
        if session.still == "real-incident":
            return mark("Nothing else is done until the word was typed"), mark("/ commands"), mark("F1 help")
        if session.still is not None:
            return mark("PageDown is Space"), mark("Esc puts the line aside"), mark("F2 commands"), mark("F1 help")
        if stop is not None and stop.stage == "round":
            return (
                mark("↑ ↓ who speaks"),
                mark("← → which question"),
                mark("+ keep"),
                mark("- do differently"),
                mark("* private"),
                mark("F2 commands"),
                mark("F1 help"),
            )
        if stop is not None and stop.stage == "check":
            return mark("↑ ↓ choose"), mark("Enter is Space"), mark("F2 commands"), mark("F1 help")
        if session.phase == "debrief":
            return (
                mark("↑ ↓ choose"),
                mark("Space never closes"),
                mark("The summary is written at the end"),
                mark("F1 help"),
            )
        return (
            mark("PageDown is Space"),
            mark("Tab completes"),
            mark("Esc puts the line aside"),
            mark("F2 commands, also beside text"),
            mark("F1 help"),
        )
