"""The scene of a run: keys in, moves out, rows back. It changes nothing but through exercise control."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, ParamSpec

from tabletop.control import Control
from tabletop.core import events as e
from tabletop.core import moves, reacting
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.refused import Refused
from tabletop.core.session import Session
from tabletop.files.drafts import Drafts
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, words_for
from tabletop.locale.codes import KEPT
from tabletop.locale.sentences import say
from tabletop.ui.desk.scene import LineLook, Scene
from tabletop.ui.rows import Row
from tabletop.ui.run import debrief, feedback, saved
from tabletop.ui.run.actions import Actions
from tabletop.ui.run.answers import Named
from tabletop.ui.run.asking import Asking
from tabletop.ui.run.commands import letter
from tabletop.ui.run.completion import Completion, complete
from tabletop.ui.run.drawing import Drawing
from tabletop.ui.run.help import Help
from tabletop.ui.run.lines import Lines
from tabletop.ui.run.list import CommandList
from tabletop.ui.run.lookup import LookUp
from tabletop.ui.run.prompts import Ask, Pick
from tabletop.ui.run.questions import debrief_questions
from tabletop.ui.run.reading import Reading

P = ParamSpec("P")


@dataclass
class RunScene(Scene):
    """Leads one run on the desk."""

    control: Control
    words: Words
    watching: Callable[[], bool] = lambda: False
    keeps_log: bool = True
    """Whether the log stays when the scene is left; of a rehearsal it goes."""
    drafts: Drafts | None = None
    moved: Callable[[Path], None] = lambda _: None
    refuges: tuple[Path, ...] = ()
    """Where the run goes when it is left while its log cannot be written."""
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
    is_watched: bool = False
    """Whether the participants' screen shows a sign of life."""
    _failed_text: str = ""
    _drafted: str = ""
    _moment: Moment | None = None
    _reminded: str = ""
    """The dilemma of which Space said that nobody chose yet."""

    def __post_init__(self) -> None:
        self.asking = Asking(self)
        self.actions = Actions(self)
        self.drawing = Drawing(self)

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

    @property
    def prompt(self) -> Pick | Ask | CommandList | Help | LookUp | None:
        """What lies above the Space bar."""
        return self.asking.prompt

    def ask(self, prompt: Pick | Ask) -> None:
        self.asking.open(prompt)

    # --- the life of the scene ---

    def entered(self) -> None:
        self.is_watched = self.watching()
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
        elif self.session.phase != "ended" and not self.session.left:  # the clocks go on from here, not from before
            self.do(moves.leave)
        self.control.close()

    def ticked(self) -> None:
        self._moment = self.control.moment()
        if self.session.phase != "ended":  # what has ended is whoever's who puts it away
            self.control.look()
        self.is_watched = self.watching()
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
        text = self.lines.draft(self.asking.typed)
        if text != self._drafted:
            self._drafted = text
            self.drafts.save(self.control.writer.head.id, text)

    # --- keys ---

    def pressed(self, key: str) -> None:
        self._moment = self.control.moment()
        self.say()
        if self.asking.pressed_over(key):
            return
        if self.trouble is not None and key in ("space", "enter"):
            self.retry()
        elif key == "slash" and isinstance(self.prompt, Ask) and self.prompt.is_path:
            self.desk.put("/")
        elif key in ("slash", "f2", "ctrl+p"):
            self.asking.open_list(searching=key == "ctrl+p")
        elif key == "f1":
            self.asking.open_help()
        elif key == "f3":
            self.asking.open_cards()
        elif self.prompt is not None:
            self.asking.pressed(key)
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
        if not self.asking.held_up():
            self.say(self.words.t("first Enter or Esc"))

    def say(self, notice: str = "", *, good: bool = False) -> None:
        self.notice, self.is_good_news = notice, good

    def submitted(self, text: str) -> None:
        self._moment = self.control.moment()
        self.say()
        failing, is_asked = bool(self.control.pending), isinstance(self.prompt, (Pick, Ask))
        if failing and not is_asked:
            if text == self._failed_text or not self._failed_text:
                mine = text == self._failed_text
                if not self.retry() or mine:
                    return
            else:  # the words were changed: these are saved in place of the others
                self.control.drop_pending()
            failing = False
        if is_asked:
            self.asking.submitted(text)
        elif self.session.still == "real-incident":
            self._word(text)
        elif isinstance(self.upcoming, u.OnlyByWord) and self.actions.leaving.is_the_word(text):
            self.desk.put("")  # or it would be kept as a half-typed line
            self.actions.leaving.end()
            self.desk.put(text)  # the last bar names the word: here it is, and Enter ends the run
        elif (answer := feedback.kept_named(text, self.session, self.words)) is not None:
            self._answered(answer)
        else:
            self.take(lambda: self.actions.typed.save(text))
        if not failing:
            self._failed_text = text if self.trouble is not None else ""

    def _answered(self, answer: Named) -> None:
        """What was typed answers to "did it happen?"."""
        if answer.place is None:
            self.asking.ask_which([self.words.t(KEPT[feedback.KEPT_ORDER[place]]) for place in answer.rivals])
            return
        self.chosen = self.chosen._replace(kept=feedback.KEPT_ORDER[answer.place])
        self.take(lambda: self._go_on(answer.reason))

    def take(self, call: Callable[[], object]) -> None:
        """Do what was typed; the line is emptied only when it was saved."""
        text = self.desk.text
        self.desk.put("")
        call()
        if self.trouble is not None or (self.notice and not self.is_good_news):
            if not self.desk.text:
                self.desk.put(text)
            return
        self.release()
        self._keep_draft()

    def edited(self, text: str) -> None:
        self.completion = None
        if text:
            self.say()
        self.asking.edited(text)
        if self.prompt is None:
            self.completion = complete(text, self.desk.cursor, self.session, self.words)

    def _go_on(self, note: str = "") -> None:
        if (following := self.next_thanks) is not None:
            self.item = following
            return
        if isinstance(self.upcoming, u.OnlyByWord):
            return  # the bar says which word
        if isinstance(self.upcoming, u.AskFingers):
            self.actions.fingers.ask()
            return
        if isinstance(self.upcoming, u.Dial):
            self.actions.calling.dial()
            return
        if self._stops_at_dilemma():
            return
        before = self.session
        questions = debrief_questions(words_for(self.session.exercise.language))
        self.do(moves.go_on, questions, self.chosen.kept, note=note)
        if self.session.n != before.n:
            self._settle(before)

    def _stops_at_dilemma(self) -> bool:
        """Whether Space only says, once for a dilemma, that nobody chose yet: what follows a choice would be passed."""
        dilemma = reacting.undecided(self.session)
        leaves = isinstance(self.upcoming, (u.ShowInject, u.OpenFeedback, u.OpenDebrief))
        if dilemma is None or not leaves or self._reminded == dilemma.id:
            return False
        if not any(reacting.leads_to(self.session, dilemma, choice.id) for choice in dilemma.choices):
            return False
        self._reminded = dilemma.id
        self.say(
            self.words.t(
                "Nobody chose yet: {key} records it. Space once more goes on without.",
                key=f"/{letter('choose', self.words)}",
            )
        )
        return True

    def _settle(self, before: Session) -> None:
        """Put the arrows back where they begin when the run is somewhere else than before."""
        self.selected, self.read = None, Reading()
        now, stop = self.session, self.session.stop
        if (before.phase, before.task, before.question) != (now.phase, now.task, now.question):
            self.item = debrief.start(now, self.words)
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

    def release(self) -> None:
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
        numbers = [event.n for event in saved.recent(self.session, self.session.n)]
        if not numbers:
            return
        place = numbers.index(self.selected) + older if self.selected in numbers else (0 if older > 0 else -1)
        self.selected = numbers[min(place, len(numbers) - 1)] if place >= 0 else None

    def _word(self, text: str) -> None:
        if text.strip().casefold() in {words_for(language).t("resume").casefold() for language in ("nl", "en")}:
            self.take(lambda: self.do(moves.resume))
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
            self.say(say(self.words, refused.code, refused.values), good=refused.code == "nothing-changed")
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
            self.say(self.words.t("Still not saved."))
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
        self.release()
        self._keep_draft()

    def saved_elsewhere(self, path: Path, before: Session) -> None:
        """The run goes on in another file; what could not be saved is in it now."""
        self._moment = None
        self._saved_after_all(before)
        self.say(self.words.t("Saved in {path}", path=path), good=True)

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        return self.drawing.rows(width, height)

    def look(self) -> LineLook:
        return self.drawing.look()

    def hints(self, width: int) -> Row:
        return self.drawing.hints(width)

    @property
    def catches_double(self) -> bool:
        return not isinstance(self.prompt, (Ask, CommandList, LookUp))

    @property
    def next_thanks(self) -> int | None:
        """The row of the next thank-you that Space goes to, before it leads on; a card over the message goes first."""
        if not isinstance(self.upcoming, (u.ShowThanks, u.ToTask, u.OnlyByWord)) or self.session.still is not None:
            return None
        return debrief.next_thanks(self.session, self.item)

    @property
    def upcoming(self) -> u.Upcoming:
        return u.upcoming(self.session, self.moment)

    def event(self, n: int) -> e.Event | None:
        """The event with this number."""
        events = self.session.events
        return events[n - 1] if 0 < n <= len(events) else None
