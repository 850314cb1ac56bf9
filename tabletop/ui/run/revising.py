"""Taking back what was done, and revising learning points in all their parts."""

from typing import Literal, TypeAlias

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.session import Call, Point
from tabletop.core.text import cut
from tabletop.locale.codes import ASPECTS, KINDS, LEVELS
from tabletop.locale.sentences import say
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.naming import event_name, turn_name
from tabletop.ui.run.prompts import Ask, Option
from tabletop.ui.run.questions import themes_of

Does: TypeAlias = Literal["revise", "undo", "explain"]


class Revising(Acting):
    """Taking back what was done, and revising learning points in all their parts."""

    def undo(self) -> None:
        scene, words = self.scene, self.words
        event = moves.undoable(self.session)
        if event is None:
            scene.notice = say(words, "nothing-to-undo", {})
            return
        name = f"{event_name(event, self.session, words)} {words.time(event.at)}"
        options = [
            Option("undo", words.t("undo: {event}", event=name), self._after_undoing(event)),
            Option("", words.t("leave it as it is")),
        ]
        self.pick(words.t("UNDO"), options, lambda value, _: self._undone(value))

    def _after_undoing(self, event: e.Event) -> str:
        """What becomes of something that the participants have seen."""
        words = self.words
        match event:
            case e.InjectShown() if self.session.exercise.inject(event.inject) in self.session.exercise.injects:
                return words.t("The participants have seen it. It is next again.")
            case e.InjectShown():
                return words.t("The participants have seen it. It is in reserve again.")
            case e.InjectImprovised():
                return words.t("The participants have seen it. It goes; its text stays in the log.")
            case e.PageShown():
                return words.t("The participants have seen it. The page before it comes back.")
            case e.ScreenShown() | e.ThanksShown() | e.RevealShown():
                return words.t("The participants have seen it. It goes off their screen.")
            case _:
                return ""

    def _undone(self, value: str) -> None:
        if value:
            self.scene.do(moves.undo)

    def does(self, n: int) -> Does:
        """What Enter does to a saved event that the arrows chose."""
        event, newest = self.scene.event(n), moves.undoable(self.session)
        if self._point_of(event) is not None or self._call_of(event) is not None:
            return "revise"
        return "undo" if newest is not None and newest.n == n else "explain"

    def _point_of(self, event: e.Event | None) -> Point | None:
        if not isinstance(event, e.LearningPointNoted):
            return None
        return next((point for point in self.session.open_points if point.id == event.id), None)

    def _call_of(self, event: e.Event | None) -> Call | None:
        if not isinstance(event, e.CallLogged):
            return None
        return next((call for call in self.session.calls if call.n == (event.about or event.n)), None)

    def revise(self, n: int) -> None:
        """Revise a learning point in all its parts; another event can be undone while it is the newest."""
        scene = self.scene
        scene.selected = None
        point = self._point_of(scene.event(n))
        call = self._call_of(scene.event(n))
        if point is not None:
            self.point(point)
        elif call is not None:
            scene.actions.calling.detail(call)
        elif self.does(n) == "undo":
            self.undo()
        else:
            scene.notice = self.words.t("This stays in the log as it is. Type a correction as a new note.")

    def point(self, point: Point) -> None:
        words = self.words
        options = [
            Option("text", words.t("change the words")),
            Option(
                "turn",
                words.t(
                    "{now} instead of {was}",
                    now=turn_name("change" if point.turn == "keep" else "keep", words),
                    was=turn_name(point.turn, words),
                ),
            ),
            Option("official", words.t("another official")),
            Option("kind", words.t("kind"), words.t(KINDS[point.kind])),
            Option("level", words.t("for whom"), words.t(LEVELS[point.level])),
            Option("aspect", words.t("process or effect"), words.t(ASPECTS[point.aspect])),
            Option("themes", words.t("themes"), ", ".join(point.themes) or words.t("none")),
            Option("private", words.t("make it private") if not point.private else words.t("no longer private")),
            Option("withdraw", words.t("withdraw it")),
        ]
        title = words.t("LEARNING POINT") + (f": {cut(point.text, 70)}" if point.text and not point.private else "")
        self.pick(
            title,
            options,
            lambda value, text: self._revised(point, value, text),
            asks=words.t("other words"),
            keeps=words.t("keep these words"),
        )

    def _reworded(self, point: Point, text: str) -> None:
        """Other words, with the official and the themes that are named at their end."""
        note = self.parse_words(text)
        self.scene.do(
            moves.revise_point,
            point.id,
            text=self.in_words(note, officials=1, themes=True, objectives=True) or None,
            official=note.officials[0] if note.officials else None,
            themes=note.themes or None,
            objectives=note.objectives or None,
            private=note.private or None,
        )

    def _revised(self, point: Point, what: str, text: str) -> None:
        do, words = self.scene.do, self.words
        if text.strip():
            self._reworded(point, text.strip())
            return
        match what:
            case "text":
                self.scene.ask(
                    Ask(
                        words.t("LEARNING POINT"),
                        lambda typed: self._revised(point, "", typed),
                        start=point.text,
                        enter=words.t("keep these words"),
                    )
                )
            case "turn":
                do(moves.revise_point, point.id, turn="change" if point.turn == "keep" else "keep")
            case "private":
                do(moves.revise_point, point.id, private=not point.private)
            case "withdraw":
                do(moves.withdraw_point, point.id)
            case "official":
                people = [self.person(one.official) for one in self.session.participants]
                self.pick(words.t("WHOSE LEARNING POINT?"), people, lambda value, _: self._set(point, official=value))
            case "kind":
                self.kind(point, then_all=False)
            case "level":
                self._level(point, then_all=False)
            case "aspect":
                self._aspect(point)
            case "themes":
                self._themes(point)
            case _:
                pass

    def _set(self, point: Point, **changes: str) -> None:
        same = {key: value for key, value in changes.items() if getattr(point, key) != value}
        if same:
            self.scene.do(moves.revise_point, point.id, **same)

    def kind(self, point: Point, *, then_all: bool) -> None:
        """Choose the kind; ``then_all``: level and aspect after it, with a row and a text for everything else."""
        words = self.words
        options = [Option(code, words.t(name)) for code, name in KINDS.items()]
        if then_all:
            rest = words.t("words, official, themes, private, withdraw")
            options.append(Option("rest", words.t("something else"), rest))

        def take(value: str, text: str) -> None:
            if text.strip():
                self._reworded(point, text.strip())
            elif value == "rest":
                self.point(point)
            else:
                self._set(point, kind=value)
                if then_all:
                    self._level(point, then_all=True)

        asks = words.t("other words") if then_all else ""
        keeps = words.t("keep these words") if then_all else ""
        self.pick(words.t("KIND"), options, take, at=list(KINDS).index(point.kind), asks=asks, keeps=keeps)

    def _themes(self, point: Point, at: int = 0) -> None:
        """Set and clear themes one by one; each is saved at once."""
        words = self.words
        names = tuple(dict.fromkeys((*themes_of(self.session.exercise), *point.themes)))
        options = [Option(name, ("■ " if name in point.themes else "□ ") + name) for name in names]

        def take(value: str, _: str) -> None:
            themes = tuple(name for name in names if (name in point.themes) != (name == value))
            if self.scene.do(moves.revise_point, point.id, themes=themes):
                self._themes(point._replace(themes=themes), names.index(value))

        self.pick(
            words.t("THEMES"),
            options,
            take,
            at=at,
            enter=words.t("set or clear this theme"),
            escape=words.t("enough, it is saved"),
        )

    def _level(self, point: Point, *, then_all: bool) -> None:
        words = self.words
        options = [Option(code, words.t(name)) for code, name in LEVELS.items()]

        def take(value: str, _: str) -> None:
            self._set(point, level=value)
            if then_all:
                self._aspect(point)

        self.pick(words.t("FOR WHOM IS THIS POINT?"), options, take, at=list(LEVELS).index(point.level))

    def _aspect(self, point: Point) -> None:
        words = self.words
        options = [Option(code, words.t(name)) for code, name in ASPECTS.items()]
        self.pick(
            words.t("PROCESS OR EFFECT?"),
            options,
            lambda value, _: self._set(point, aspect=value),
            at=list(ASPECTS).index(point.aspect),
        )
