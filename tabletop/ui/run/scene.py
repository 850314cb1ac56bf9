"""The scene of a run: keys in, moves out, rows back. It changes nothing but through exercise control."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec

from tabletop.control import Control
from tabletop.core import events as e
from tabletop.core import moves, timeline
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.files.drafts import Drafts
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, words_for
from tabletop.locale.sentences import say
from tabletop.ui.desk.command_list import over
from tabletop.ui.desk.scene import LineLook, Scene, is_low, is_narrow
from tabletop.ui.rows import EMPTY, Row, fit, flow, inset, on, row
from tabletop.ui.run import bar, debrief, ending, feedback, header, running
from tabletop.ui.run.actions import Actions
from tabletop.ui.run.completion import Completion, complete
from tabletop.ui.run.lines import Lines
from tabletop.ui.run.list import CommandList
from tabletop.ui.run.naming import event_name
from tabletop.ui.run.prompts import Ask, Pick
from tabletop.ui.run.questions import debrief_questions
from tabletop.ui.run.reading import Reading

P = ParamSpec("P")
FORECAST_EVERY = 30.0
"""Seconds between two changes of the forecast: at most twice a minute."""


@dataclass
class RunScene(Scene):
    """Leads one run on the desk. ``around`` is what is known beside the session."""

    control: Control
    words: Words
    watching: Callable[[], bool] = lambda: False
    drafts: Drafts | None = None
    moved: Callable[[Path], None] = lambda _: None
    refuges: tuple[Path, ...] = ()
    """Where the run goes when it is left while its log cannot be written."""
    prompt: Pick | Ask | CommandList | None = None
    notice: str = ""
    is_good_news: bool = False
    """Whether the notice says that something went well: what was typed is not needed any more."""
    lines: Lines = field(default_factory=Lines)
    selected: int | None = None
    item: int | None = None
    """What the arrows chose in the debrief: a row of the task, or past those a question or another task."""
    read: Reading = field(default_factory=Reading)
    chosen: feedback.Chosen = field(default_factory=feedback.Chosen)
    completion: Completion | None = None
    _forecast: timeline.Forecast | None = None
    _forecast_at: float = -FORECAST_EVERY
    _forecast_n: int = -1
    _failed_text: str = ""
    _under: Pick | Ask | None = None
    """The prompt that was open when the list of commands came over it."""
    _watched: bool = False
    _drafted: str = ""
    _moment: Moment | None = None

    def __post_init__(self) -> None:
        self.actions = Actions(self)

    # --- what is known ---

    @property
    def session(self) -> Session:
        return self.control.session

    @property
    def trouble(self) -> Trouble | None:
        """Why the last move is not saved yet; until it is, nothing else is done and the wall stays as it was."""
        return self.control.trouble

    @property
    def moment(self) -> Moment:
        """The moment that the screen shows: of the last tick or key, so that everything on it agrees."""
        if self._moment is None:
            self._moment = self.control.moment()
        return self._moment

    # --- the life of the scene ---

    def entered(self) -> None:
        self._watched = self.watching()
        self.notice = " ".join(say(self.words, notice.code, notice.values) for notice in self.control.notices)
        if self.drafts is not None and not self.desk.text:
            kept = self.drafts.load(self.control.writer.head.id)
            if kept:
                line, self.lines = Lines.kept(kept)
                self.desk.put(line)
                self._drafted = kept
        if self.session.stop is not None:
            self.chosen = feedback.Chosen(question=self.session.stop.round)
        self.item = debrief.start(self.session, self.words)

    def left(self) -> None:
        self._keep_draft()
        if self.control.pending or (self.trouble is not None and self.session.phase != "ended"):
            self.control.rescue(self.refuges)
            self.moved(self.control.writer.path)
        self.control.close()

    def ticked(self) -> None:
        self._moment = self.control.moment()
        if self.session.phase != "ended":  # what has ended is whoever's who puts it away
            self.control.look()
        self._watched = self.watching()
        self._keep_draft()
        if self.control.slept:
            minutes = max(1, round(self.control.slept / 60))
            self.control.slept = 0.0
            self.notice = self.words.tn(
                "The laptop slept for {n} minute; that is not exercise time.",
                "The laptop slept for {n} minutes; that is not exercise time.",
                minutes,
            )

    def _keep_draft(self) -> None:
        if self.drafts is None:
            return
        text = self.lines.draft(self._typed)
        if text != self._drafted:
            self._drafted = text
            self.drafts.save(self.control.writer.head.id, text)

    @property
    def _typed(self) -> str:
        """What was typed in the line; a text that a prompt put there was not."""
        prompt = self._under if isinstance(self.prompt, CommandList) else self.prompt
        is_given = isinstance(prompt, Ask) and self.desk.text == prompt.start
        return "" if is_given else self.desk.text

    # --- keys ---

    def pressed(self, key: str) -> None:
        self._moment = self.control.moment()
        self._say()
        if isinstance(self.prompt, CommandList):
            self._in_list(key)
        elif self.trouble is not None and key in ("space", "enter"):
            self.retry()
        elif key == "slash" and isinstance(self.prompt, Ask) and self.prompt.is_path:
            self.desk.put("/")
        elif key in ("slash", "f2", "ctrl+p"):
            self.open_list(searching=key == "ctrl+p")
        elif key == "f1":
            self._run("help")
        elif self.prompt is not None:
            self._in_prompt(key)
        elif self.completion is not None and key in ("up", "down", "tab", "escape"):
            self._complete(key)
        elif key == "escape":
            self._escape()
        elif key in ("up", "down", "left", "right"):
            self._arrow(key)
        elif key == "space":
            self._go_on()
        elif key == "enter":
            self._enter_on_empty()

    def held_up(self) -> None:
        if not isinstance(self.prompt, CommandList):
            self._say(self.words.t("first Enter or Esc"))

    def _say(self, notice: str = "", *, good: bool = False) -> None:
        self.notice, self.is_good_news = notice, good

    def submitted(self, text: str) -> None:
        self._moment = self.control.moment()
        self._say()
        prompt = self.prompt
        failing = bool(self.control.pending)
        if failing and not isinstance(prompt, (Pick, Ask)):
            if text == self._failed_text or not self._failed_text:
                mine = text == self._failed_text
                if not self.retry() or mine:
                    return
            else:  # the words were changed: these are saved in place of the others
                self.control.drop_pending()
            failing = False
        if isinstance(prompt, Ask):
            self.close_prompt()
            self._take(lambda: prompt.take(text))
        elif isinstance(prompt, Pick) and prompt.chosen is not None:
            option = prompt.chosen
            self.close_prompt()
            if prompt.asks:
                self._take(lambda: prompt.take(option.value, text))
            else:
                prompt.take(option.value, "")
                self._release()
        elif self.session.still == "real-incident":
            self._word(text)
        else:
            self._take(lambda: self.actions.typed.save(text))
        if not failing:
            self._failed_text = text if self.trouble is not None else ""

    def _take(self, call: Callable[[], object]) -> None:
        """Do what was typed; the line is emptied only when it was saved."""
        text = self.desk.text
        self.desk.put("")
        call()
        if self.trouble is not None or (self.notice and not self.is_good_news):
            if not self.desk.text:
                self.desk.put(text)
            return
        self._release()
        self._keep_draft()

    def edited(self, text: str) -> None:
        self.completion = None
        if text:
            self._say()
        if self.prompt is None:
            self.completion = complete(text, self.desk.cursor, self.session, self.words)

    def _go_on(self) -> None:
        if isinstance(self.upcoming, u.OnlyByWord):
            return  # the bar says which word
        before = self.session
        questions = debrief_questions(words_for(self.session.exercise.language))
        self.do(moves.go_on, questions, self.chosen.kept)
        if self.session.n != before.n:
            self._settle(before)

    def _settle(self, before: Session) -> None:
        """Put the arrows back where they begin when the run is somewhere else than before."""
        self.selected, self.item = None, debrief.start(self.session, self.words)
        self.read = Reading()
        stop = self.session.stop
        if stop is not None and (before.stop is None or before.stop.stage != stop.stage):
            self.chosen = feedback.Chosen(question=stop.round)

    def _enter_on_empty(self) -> None:
        """Enter on the empty line does nothing in a run, unless the arrows chose something."""
        if self.selected is not None:
            self.actions.revising.revise(self.selected)
        elif self.session.phase == "debrief":
            self.actions.debriefing.enter()
        elif self.session.stop is not None and self.session.stop.stage == "check":
            self._go_on()

    def _escape(self) -> None:
        if self.selected is not None:
            self.selected = None
        elif self.trouble is None:
            self.desk.put(self.lines.swap(self.desk.text))

    def _release(self) -> None:
        """Bring back the line that made room for a prompt, when no other one is open."""
        if self.prompt is None and self.session.still != "real-incident" and self.lines.held and not self.desk.text:
            self.desk.put(self.lines.release())

    def _arrow(self, key: str) -> None:
        step = {"up": -1, "down": 1}.get(key, 0)
        stop = self.session.stop
        if not step and (stop is None or stop.stage != "round"):
            self.read.turn(1 if key == "right" else -1)
        elif self.session.phase == "ended" or self._is_introducing:
            self.read.move(3 * step)
        elif self.session.still is not None:
            return
        elif stop is not None and stop.stage == "check" and step:
            order = feedback.KEPT_ORDER
            place = (order.index(self.chosen.kept) + step) % len(order)
            self.chosen = self.chosen._replace(kept=order[place])
        elif stop is not None and stop.stage == "round":
            self._arrow_in_round(key, step)
        elif self.session.phase == "debrief":
            self.actions.debriefing.move(step)
        elif step:
            self._select(-step)

    @property
    def _is_introducing(self) -> bool:
        """Whether the leader reads the words to say before the first inject."""
        session = self.session
        return session.phase == "running" and session.current is None and self.selected is None

    def _arrow_in_round(self, key: str, step: int) -> None:
        stop = self.session.stop
        speakers = self.session.speakers
        if stop is None or not speakers:
            return
        if step:
            place = speakers.index(stop.speaker) + step if stop.speaker in speakers else 0
            if 0 <= place < len(speakers):
                self.do(moves.take_turn, speakers[place])
        elif stop.questions:
            move = 1 if key == "right" else -1
            question = max(1, min(self.chosen.question + move, len(stop.questions)))
            self.chosen = self.chosen._replace(question=question)

    def _select(self, older: int) -> None:
        saved = [event.n for event in running.recent(self.session, self.session.n)]
        if not saved:
            return
        place = saved.index(self.selected) + older if self.selected in saved else (0 if older > 0 else -1)
        self.selected = saved[min(place, len(saved) - 1)] if place >= 0 else None

    # --- prompts ---

    def ask(self, prompt: Pick | Ask) -> None:
        """Open a prompt. A half-typed line makes room and comes back after it."""
        self.lines.hold(self.desk.text)
        self.prompt = prompt
        self.desk.catch(False)
        self.desk.put(prompt.start if isinstance(prompt, Ask) else "")

    def close_prompt(self) -> None:
        self.prompt = None
        self.desk.catch(False)

    def _in_prompt(self, key: str) -> None:
        prompt = self.prompt
        if not isinstance(prompt, (Pick, Ask)):
            return
        if key == "escape":
            self._cancel(prompt)
        elif isinstance(prompt, Pick) and not (key == "enter" and prompt.chosen is not None):
            prompt.move(key)
        elif isinstance(prompt, Pick) and prompt.chosen is not None:
            self.close_prompt()
            prompt.take(prompt.chosen.value, "")
            self._release()
        elif isinstance(prompt, Ask) and key == "enter" and prompt.empty:
            self.close_prompt()
            prompt.take("")
            self._release()

    def _cancel(self, prompt: Pick | Ask) -> None:
        """Close a prompt, and nothing was done. What was typed beside a choice that asks for no text stays."""
        self.close_prompt()
        if isinstance(prompt, Ask) or prompt.asks:
            self.desk.put("")
        self._release()
        prompt.cancelled()

    def open_list(self, *, searching: bool = False) -> None:
        """Open the list of commands; a letter runs one. Beside a half-typed line, that line stays as it is."""
        if self.session.phase == "ended":
            return
        if not isinstance(self.prompt, CommandList):
            self._under = self.prompt
        self.prompt = CommandList(
            self.session, self.moment, self.words, can_save_elsewhere=self.trouble is not None, searching=searching
        )
        self.desk.catch(True)

    def _in_list(self, key: str) -> None:
        menu = self.prompt
        if not isinstance(menu, CommandList):
            return
        if key == "escape":
            self._close_list()
        elif key == "ctrl+p":
            self.open_list(searching=True)
        elif key == "enter" or not menu.move(key):
            command = menu.selected if key == "enter" else menu.by_letter(key)
            if command is None:
                return
            reason = menu.reason(command)
            if reason is not None:
                self._close_list()
                self._say(reason)
            else:
                self._run(command)

    def _close_list(self) -> None:
        """Close the list: what was open under it is as it was."""
        self.prompt, self._under = self._under, None
        self.desk.catch(False)

    def _run(self, command: str) -> None:
        """Run a command. A prompt that it takes the place of is closed, and what was typed in it is put aside."""
        under = self._under if isinstance(self.prompt, CommandList) else self.prompt
        typed = self._typed
        self.prompt = self._under = None
        self.desk.catch(False)
        if isinstance(under, (Pick, Ask)):
            if isinstance(under, Ask) or under.asks:
                self.desk.put("")
                if typed:
                    self.lines.aside.append(typed)
            if under.again and under.again == command:
                under.take_again()
                self._release()
                return
            under.cancelled()
        self.actions.run(command)
        self._release()

    def _word(self, text: str) -> None:
        if text.strip().casefold() in {words_for(language).t("resume").casefold() for language in ("nl", "en")}:
            self._take(lambda: self.do(moves.resume))
        else:
            self.notice = self.words.t("Only the word “{word}” goes on.", word=self.words.t("resume"))

    def _complete(self, key: str) -> None:
        found = self.completion
        if found is None:
            return
        if key == "escape":
            self.completion = None
        elif key == "tab":
            self.desk.put(found.taken(self.desk.text))
            self.completion = None
        else:
            self.completion = found.moved(1 if key == "down" else -1)

    # --- moves ---

    def do(
        self, move: Callable[Concatenate[Session, Moment, P], moves.Facts], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Make a move; say why not where it is refused or cannot be saved. Returns whether it was made."""
        before, pending = self.session, self.trouble is not None
        rows = len(debrief.items(before, self.words)) if before.phase == "debrief" else 0
        try:
            self.control.do(move, *args, **kwargs)
        except Refused as refused:
            if pending:
                self._saved_after_all(before)
            self._say(say(self.words, refused.code, refused.values))
            return False
        except Trouble:
            return False
        finally:
            self._moment = None
        if pending:
            self._saved_after_all(before)
        if before.phase == "debrief":
            self.actions.debriefing.stay(rows)
        self._settle_if_moved(before)
        return True

    def _settle_if_moved(self, before: Session) -> None:
        now = self.session
        if (before.phase, before.stop and before.stop.stage, before.task, before.question, before.current) != (
            now.phase, now.stop and now.stop.stage, now.task, now.question, now.current,
        ):  # fmt: skip
            self._settle(before)

    def stop_for_real(self) -> None:
        """NO PLAY, at once. A half-typed line makes room for the one word that goes on."""
        if self.do(moves.pause, "real-incident") and self.desk.text:
            self.lines.hold(self.desk.text)
            self.desk.put("")

    def retry(self) -> bool:
        """Try again to save what is pending. Returns whether that went well."""
        before = self.session
        try:
            self.control.retry()
        except Trouble:
            self._say(self.words.t("Still not saved."))
            return False
        finally:
            self._moment = None
        self._saved_after_all(before)
        return True

    def _saved_after_all(self, before: Session) -> None:
        """What could not be saved is saved now: its text is not needed any more."""
        if self._failed_text and self.desk.text == self._failed_text:
            self.desk.put("")
        self.lines.forget(self._failed_text)
        self._failed_text = ""
        self._settle_if_moved(before)
        self._release()
        self._keep_draft()

    def saved_elsewhere(self, path: Path, before: Session) -> None:
        """The run goes on in another file; what could not be saved is in it now."""
        self._moment = None
        self._saved_after_all(before)
        self._say(self.words.t("Saved in {path}", path=path), good=True)

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        narrow, tall = is_narrow(width) or is_low(height), not is_low(height)
        bar_rows = bar.draw(self._bar(), width, tall)
        top = self._header(width, narrow=narrow)
        rows = [EMPTY, top, EMPTY] if tall else [top, EMPTY]
        room = height - len(rows) - len(bar_rows) - (1 if tall else 0)
        body = self._body(width, room)
        body = self._covered(body, width, room)
        whole = [*rows, *body, *bar_rows]
        if isinstance(self.prompt, CommandList):
            whole = over(whole, self.prompt.rows(width, len(whole)), len(whole))
        return [*whole, *([EMPTY] if tall else [])]

    def _header(self, width: int, *, narrow: bool) -> Row:
        session, moment = self.session, self.moment
        if self.trouble is None and session.still is None:
            if session.phase == "feedback":
                return feedback.header(session, moment, self.words, width, narrow=narrow, drafts=self._waiting)
            if session.phase == "debrief":
                return debrief.header(session, moment, self.words, width, drafts=self._waiting)
        return header.draw(session, moment, self.words, self._around(), width, narrow=narrow)

    def _around(self) -> header.Around:
        session = self.session
        not_saved = say(self.words, self.trouble.code, self.trouble.values) if self.trouble else ""
        saved = self.words.time(session.at) if session.at else ""
        return header.Around(saved, not_saved, self._watched, self._waiting, forecast=self._current_forecast())

    @property
    def _waiting(self) -> int:
        """How many half-typed lines wait, without the one that comes back by itself after a prompt."""
        return self.lines.waiting - bool(self.lines.held and self.prompt is not None)

    def _current_forecast(self) -> timeline.Forecast | None:
        """The forecast, kept for half a minute unless the run is somewhere else."""
        now = self.moment.at.timestamp()
        place = len(self.session.done)
        if now - self._forecast_at >= FORECAST_EVERY or place != self._forecast_n:
            self._forecast = timeline.forecast(self.session, self.moment)
            self._forecast_at, self._forecast_n = now, place
        return self._forecast

    def _body(self, width: int, height: int) -> list[Row]:
        session, moment = self.session, self.moment
        if session.still == "real-incident":
            return ending.incident(session, self.words, width, height)
        if session.phase == "ended":
            where = (str(self.control.writer.path), self.actions.leaving.summary)
            return debrief.closing(session, self.words, width, height, where, self.read)
        if session.phase == "feedback":
            return feedback.draw(session, moment, self.words, self.chosen, width, height, self.selected, self.read)
        if session.phase == "debrief":
            return debrief.draw(session, moment, self.words, self.item, width, height)
        around = self._around()
        return running.draw(session, moment, self.words, around, width, height, self.selected, self.read)

    def _covered(self, body: list[Row], width: int, height: int) -> list[Row]:
        """Lay what is open over the lower part of the body, and under it, right above the Space bar, what is said."""
        said = self._said(width)
        laid: list[Row] = []
        if isinstance(self.prompt, (Pick, Ask)):
            laid = self.prompt.rows(width, height - 2 - len(said))
        elif self.completion is not None:
            laid = self.completion.rows(width, min(7, height))
        laid = [*laid, *said]
        return over(body, laid[-height:], height) if laid else body

    def _said(self, width: int) -> list[Row]:
        """What is said until the next key. The bar is never used for it: it says what Space does."""
        if not self.notice:
            return []
        ink = "accent" if self.is_good_news else "warning"
        return [on("list", fit(inset(line, 2), width)) for line in flow(self.notice, width - 4, ink)][:3]

    def _bar(self) -> bar.BarWords:
        words = self.words
        if self.trouble is not None:
            right = row(
                ("F2 " + ("b" if words.language == "nl" else "d"), "accent"),
                (" " + words.t("saves elsewhere"), "quiet"),
            )
            return bar.BarWords(
                words.t("ENTER"), words.t("try again"), "", words.t("nothing typed is lost"), right, True
            )
        if isinstance(self.prompt, (Pick, Ask)):
            escape = self.prompt.escape if isinstance(self.prompt, Pick) else ""
            right = row(("Esc", "accent"), (" " + (escape or words.t("back, nothing is done")), "quiet"))
            keeps = self.prompt.keeps if isinstance(self.prompt, Pick) and self.desk.text.strip() else ""
            verb = keeps or self.prompt.enter or words.t("take this")
            return bar.BarWords(words.t("ENTER"), verb, "", "", right)
        text = self.desk.text
        if self.session.still == "real-incident":
            return bar.space(self.session, self.moment, words)
        if text.strip():
            typed = self.actions.typed
            off = typed.taken_off(text)
            if off:
                return bar.BarWords(words.t("ENTER"), words.t("take off the list"), off)
            note = typed.parse(text)
            if typed.stays_private(note):
                return bar.private(words)
            on_row = bool(self.actions.debriefing.item())
            said = bar.enter(self.session, note, typed.default_official(note), words, on_row=on_row)
            if note.unknown:
                warning = words.t("{token} is unknown and stays text", token=note.unknown[0])
                if self.completion is not None:
                    warning = words.t("Tab takes {token}, Enter does not", token=self.completion.token)
                said = said._replace(right=row((warning, "warning")))
            return said
        if self.selected is not None:
            return self._enter_on(self.selected)
        return self._space()

    def _enter_on(self, n: int) -> bar.BarWords:
        """What Enter does to the saved event that the arrows chose."""
        words, event = self.words, self.event(n)
        name = event_name(event, self.session, words) if event is not None else ""
        right = row(("Esc", "accent"), (" " + words.t("back"), "quiet"))
        match self.actions.revising.does(n):
            case "revise":
                return bar.BarWords(words.t("ENTER"), words.t("revise this"), name, right=right)
            case "undo":
                return bar.BarWords(words.t("ENTER"), words.t("undo"), name, right=right)
            case "explain":
                return bar.BarWords("", words.t("stays in the log as it is"), name, right=right)

    def _space(self) -> bar.BarWords:
        """What Space does; where the arrows chose another question or task, what Enter opens besides."""
        words, said = self.words, bar.space(self.session, self.moment, self.words)
        opened = debrief.door(self.session, words, self.item) if self.session.phase == "debrief" else None
        if opened is None:
            return said
        return said._replace(
            right=row(("Enter", "accent"), (f" {words.t('opens')} ", "quiet"), (opened.name(words), "text"))
        )

    def look(self) -> LineLook:
        words = self.words
        if isinstance(self.prompt, CommandList):
            return LineLook("/" + self.prompt.typed)
        if self.prompt is not None:
            asks = self.prompt.placeholder if isinstance(self.prompt, Ask) else self.prompt.asks
            return LineLook(asks)
        if self.completion is not None:
            return LineLook(
                aside=row(("Tab ", "accent"), (self.completion.token, "quiet")), ghost=self.completion.ghost
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
        if isinstance(self.prompt, CommandList):
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

    @property
    def catches_double(self) -> bool:
        return not isinstance(self.prompt, (Ask, CommandList))

    @property
    def upcoming(self) -> u.Upcoming:
        return u.upcoming(self.session, self.moment)

    def event(self, n: int) -> e.Event | None:
        """The event with this number."""
        events = self.session.events
        return events[n - 1] if 0 < n <= len(events) else None
