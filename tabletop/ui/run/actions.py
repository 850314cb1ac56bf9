"""What commands do in a run: they open a prompt, or ask exercise control for a move."""

from functools import cached_property
from typing import TYPE_CHECKING, get_args

from tabletop.core import events as e
from tabletop.core import moves, timeline
from tabletop.core.learning import draft_message
from tabletop.locale import words_for
from tabletop.locale.codes import FIRST
from tabletop.locale.sentences import say
from tabletop.ui.rows import row
from tabletop.ui.run import tally
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.answers import in_both
from tabletop.ui.run.choosing import Choosing
from tabletop.ui.run.debriefing import Debriefing
from tabletop.ui.run.fingers import Fingers
from tabletop.ui.run.inserting import Inserting
from tabletop.ui.run.leaving import Leaving
from tabletop.ui.run.naming import inject_title
from tabletop.ui.run.people import People
from tabletop.ui.run.prompts import Ask, Option, Pick
from tabletop.ui.run.questions import unplanned_questions
from tabletop.ui.run.revising import Revising
from tabletop.ui.run.typed import Typed

if TYPE_CHECKING:
    from tabletop.ui.callout.acting import Calling
    from tabletop.ui.run.scene import RunScene

BUY_MINUTES = (2, 3, 4, 5)


class Actions(Acting):
    """Runs the commands of the table. One for each run scene."""

    def __init__(self, scene: "RunScene") -> None:
        super().__init__(scene)
        self.fingers = Fingers(scene)
        self.revising = Revising(scene)
        self.people = People(scene)
        self.inserting = Inserting(scene)
        self.choosing = Choosing(scene)
        self.leaving = Leaving(scene)
        self.debriefing = Debriefing(scene, self.revising, self.fingers)
        self.typed = Typed(scene, self.debriefing)

    @cached_property
    def calling(self) -> "Calling":
        from tabletop.ui.callout.acting import Calling  # a run at a table never needs it

        return Calling(self.scene)

    def run(self, command: str) -> None:
        """Run a command of the table."""
        do = self.scene.do
        match command:
            case "feedback":
                self._feedback_now()
            case "buy-time":
                self._buy_time()
            case "pause":
                self._pause()
            case "bring-in":
                self.inserting.bring_in()
            case "insert":
                self.inserting.insert()
            case "rebuttal":
                self.choosing.rebut()
            case "change":
                self._change()
            case "skip":
                self._skip()
            case "later":
                self.tell(moves.postpone)
            case "short":
                do(moves.short_form)
            case "answers":
                self._answers()
            case "rewind":
                do(moves.rewind)
            case "first":
                self._first()
            case "choose":
                self.choosing.choose()
            case "seen":
                self.tell(moves.see_learning)
            case "well":
                self.tell(moves.going_well)
            case "objective":
                self._objective()
            case "fingers":
                self.fingers.ask()
            case "checklist":
                self._checklist()
            case "roster":
                self.people.roster()
            case "undo":
                self.revising.undo()
            case "back":
                do(moves.step_back)
            case "quit":
                self.leaving.quit()
            case "end":
                self.leaving.end()
            case "call":
                self.calling.log()
            case "dial":
                self.calling.whom()
            case "no-play":
                self.scene.stop_for_real()
            case "elsewhere":
                self.leaving.elsewhere()
            case _:
                pass

    def _feedback_now(self) -> None:
        words = words_for(self.session.exercise.language)
        self.scene.do(moves.open_unplanned, words.t("In between"), unplanned_questions(words))

    def _buy_time(self) -> None:
        scene, words = self.scene, self.words
        if timeline.is_time_bought(self.session, scene.moment.clock):
            scene.do(moves.buy_time, 1)
            return
        people = [self.person(one.official) for one in self.session.participants]
        options = [Option("", words.t("the table")), *people]
        pick = Pick(
            words.t("WHO BUYS TIME? ← → HOW LONG"),
            options,
            lambda value, _: None,
            amount=3,
            amounts=BUY_MINUTES,
            unit=words.t("min"),
            enter=words.t("buy time"),
        )
        pick.take = lambda value, _: self._bought(pick, value)
        scene.ask(pick)

    def _bought(self, pick: Pick, value: str) -> None:
        self.scene.do(moves.buy_time, float(pick.amount or BUY_MINUTES[0]), value or None)

    def _pause(self) -> None:
        words = self.words
        options = [Option("time-out", words.t("time-out")), Option("break", words.t("break"))]
        self.pick(
            words.t("PAUSE: EVERYTHING STANDS STILL"),
            options,
            lambda value, _: self._paused(value),
        )

    def _paused(self, value: str) -> None:
        self.scene.do(moves.pause, "break" if value == "break" else "time-out")

    def _change(self) -> None:
        inject = self.session.next_inject
        if inject is None:
            self.scene.notice = say(self.words, "no-inject-left", {})
            return
        words = self.words
        self.scene.ask(
            Ask(
                words.t("CHANGE {inject} BEFORE IT IS SHOWN", inject=inject.id.upper()),
                self._changed,
                start=inject.text.replace("\n", " ⏎ "),
                before=inject.text,
                explains=[row((words.t("⏎ is a line break. The storyline keeps the author's title."), "quiet"))],
                enter=words.t("keep this text"),
            )
        )

    def _changed(self, text: str) -> None:
        self.tell(moves.change_next, "\n".join(part.strip() for part in text.split("⏎")))

    def _skip(self) -> None:
        """Pass over what comes next: a feedback point takes a reason, an inject may have one, a round needs none."""
        scene, words = self.scene, self.words
        if self.session.stop is not None:
            scene.do(moves.skip)
            return
        due, inject = timeline.due_feedback(self.session, scene.moment), self.session.next_inject
        if due is not None:
            title, placeholder = f"◆ {due.title}", words.t("one line; it is kept in the log")
        elif inject is not None:
            title, placeholder = inject_title(inject), words.t("because … (may stay empty)")
        else:
            scene.do(moves.skip)  # it says why not
            return
        scene.ask(
            Ask(
                words.t("SKIP {title}: WHY?", title=title),
                lambda reason: self.tell(moves.skip, reason),
                placeholder=placeholder,
                enter=words.t("skip it"),
                empty=due is None,
            )
        )

    def _answers(self) -> None:
        scene, words = self.scene, self.words
        draft = draft_message(self.session)
        stop, shown = self.session.stop, self.session.on_screen
        asks_effect = stop is not None and any(question.about == "effect" for question in stop.questions)
        if self.session.phase == "debrief":
            scene.do(moves.show_thanks)
        elif shown is not None and shown.what in ("answers", "draft"):
            scene.do(moves.clear_screen)
        elif draft and asks_effect:
            options = [
                Option(
                    "draft",
                    words.t("draft message to residents"),
                    words.t("from what you would do and want yourselves"),
                ),
                Option("answers", words.t("answers of this round")),
            ]
            self.pick(words.t("SHOW THE TABLE"), options, lambda value, _: self._show(value, "\n".join(draft)))
        else:
            scene.do(moves.show_on_screen, "answers")

    def _show(self, what: str, text: str) -> None:
        if what == "draft":
            self.scene.do(moves.show_on_screen, "draft", text)
        else:
            self.scene.do(moves.show_on_screen, "answers")

    def _first(self) -> None:
        words = self.words
        options = [Option(code, words.t(name), also=in_both(name)) for code, name in FIRST.items()]
        exercise_words = words_for(self.session.exercise.language)
        first = self.session.first
        before = first.answer if first.status == "answered" else None
        self.pick(
            words.t("FIRST QUESTION") + ": " + exercise_words.t("Should government do anything here at all?"),
            options,
            self._answered_first,
            asks=words.t("because … (may stay empty)"),
            beside="reason",
            at=list(FIRST).index(before) if before is not None else 0,
            saves=words.t("first question"),
            instead=words.t(FIRST[before]) if before is not None else "",
        )

    def _answered_first(self, value: str, because: str) -> None:
        answers: tuple[e.FirstAnswer, ...] = get_args(e.FirstAnswer)
        answer, first = next(code for code in answers if code == value), self.session.first
        if first.status == "answered" and first.answer == answer and not because.strip():
            self.scene.say(say(self.words, "nothing-changed", {}), good=True)
            return
        self.tell(moves.answer_first_question, answer, because)

    def _objective(self) -> None:
        words = self.words
        session = self.session
        options = [
            Option(o.id, f"{o.id.upper()} {o.text}", tally.on_objective(session, o.id, words))
            for o in session.exercise.objectives
            if o.id not in session.reached
        ]
        if options:
            self.pick(words.t("OBJECTIVE REACHED"), options, lambda value, _: self._reached(value))

    def _reached(self, value: str) -> None:
        self.tell(moves.reach, value)

    def _checklist(self) -> None:
        words = self.words
        checklist = self.session.exercise.checklist
        shared = self.session.on_screen is not None and self.session.on_screen.what == "checklist"
        first = self.session.first
        answer = (
            words.t(FIRST[first.answer]) if first.status == "answered" and first.answer else words.t("not answered yet")
        )
        exercise_words = words_for(self.session.exercise.language)
        options = [Option("first", "0  " + exercise_words.t("Should government do anything here at all?"), answer)]
        options += [
            Option(f"use:{line}", f"{n}  {line}", "✓" if line in self.session.used else "")
            for n, line in enumerate(checklist.lines, start=1)
        ]
        label = (
            words.t("take it off the participants' screen") if shared else words.t("put it on the participants' screen")
        )
        options.append(Option("screen", "→  " + label))
        self.scene.ask(
            Pick(
                checklist.title or words.t("CHECKLIST"),
                options,
                lambda value, _: self._on_checklist(value),
                at=len(options) - 1,
                again="checklist",
                take_again=lambda: self._on_checklist("screen"),
            )
        )

    def _on_checklist(self, value: str) -> None:
        if value == "screen":
            self.scene.do(moves.show_on_screen, "checklist")
        elif value == "first":
            self._first()
        else:
            line = value.removeprefix("use:")
            self.scene.do(lambda s, m: moves.use_instrument(s, m, line, used=line not in s.used))
