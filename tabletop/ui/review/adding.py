"""What a reviewer adds to a run, question by question: each ends in one addition under their name, or in nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from tabletop.core import events as e
from tabletop.core import notes, review
from tabletop.core.days import day_of
from tabletop.core.moves import reviewing
from tabletop.core.refused import Refused
from tabletop.core.session import Point, Session
from tabletop.core.text import clean_line, cut
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, mark
from tabletop.locale.codes import ASPECTS, GLYPHS, KINDS, LEVELS, TURNS
from tabletop.locale.sentences import say
from tabletop.ui.desk.command_list import Entry, Group
from tabletop.ui.rows import flow
from tabletop.ui.run.naming import event_name, stays_text
from tabletop.ui.run.prompts import Ask, Option, Pick
from tabletop.ui.run.questions import themes_of

if TYPE_CHECKING:
    from tabletop.ui.review.scene import ReviewScene

_ANOTHER: Final = "\n"
"""What no theme is called."""
_TIME: Final = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?")


class Command(NamedTuple):
    """What can be added, and its letter in each language."""

    id: str
    nl: str
    en: str
    label: str
    detail: str


COMMANDS: Final = (
    Command("comment", "o", "c", mark("comment"), mark("on the run, or on the event that stands here")),
    Command("note", "n", "n", mark("note from paper"), ""),
    Command("point", "p", "p", mark("point from paper"), mark("+ keep or - do differently, @official")),
    Command("action", "a", "a", mark("action"), mark("with who does it, and by which day")),
    Command("kind", "s", "k", mark("kind of a point"), mark("then for whom, and process or effect")),
    Command("official", "f", "f", mark("function of a point"), mark("whose point it is")),
    Command("theme", "h", "h", mark("theme of a point"), mark("one more, or one less; a new one may be typed")),
    Command("words", "w", "w", mark("other words"), mark("for a point, or for a mark that waits for them")),
    Command("merge", "g", "m", mark("goes on in another"), mark("two points that say the same")),
    Command("withdraw", "i", "x", mark("withdraw a point"), mark("with a reason; it stays readable in the log")),
    Command("time", "t", "t", mark("correct a time"), mark("when something really happened")),
    Command("back", "u", "u", mark("take back"), mark("the last thing that was added")),
)


def groups(session: Session, words: Words) -> tuple[Group, ...]:
    """Return the list behind ``/``; what is not possible now stands pale."""
    possible = _possible(session)
    entries = tuple(
        Entry(one.nl if words.language == "nl" else one.en, words.t(one.label),
              words.t(one.detail) if one.detail else "", possible.get(one.id, True))
        for one in COMMANDS
    )  # fmt: skip
    away = (Entry("q", words.t("quit")),)
    return (
        Group(words.t("ADD"), entries[:4]),
        Group(words.t("CHANGE"), entries[4:]),
        Group(words.t("AWAY"), away),
    )


def _possible(session: Session) -> Mapping[str, bool]:
    count = len(_points(session))
    about_a_point = dict.fromkeys(("kind", "official", "theme", "words", "withdraw"), count > 0)
    return {**about_a_point, "merge": count > 1, "back": _last_added(session) is not None}


def _points(session: Session) -> tuple[Point, ...]:
    """The points that a reviewer may do something with: what somebody keeps private is left alone."""
    return tuple(point for point in session.open_points if not point.private)


def _last_added(session: Session) -> e.Event | None:
    for event in reversed(session.events):
        if isinstance(event, e.Undone) or event.n in session.undone:
            continue
        return event if isinstance(event, e.Reviewable) and event.reviewer else None
    return None


class Adding:
    """Asks what an addition needs, and makes it. Nothing is added before the last answer."""

    def __init__(self, scene: "ReviewScene") -> None:
        self.scene = scene

    @property
    def session(self) -> Session:
        return self.scene.session

    @property
    def words(self) -> Words:
        return self.scene.words

    def run(self, command: str) -> None:
        """Begin, after asking once who is looking back."""
        t = self.words.t
        if not self.scene.lookback.reviewer:
            self._ask(t("WHO IS LOOKING BACK?"), lambda text: self._signed(text, command),
                      t("your name, or your function"), t("this name stands with what you add"))  # fmt: skip
            return
        match command:
            case "comment":
                event = self.scene.event_here
                about = event_name(event, self.session, self.words) if event is not None else ""
                self._ask(t("COMMENT"), lambda text: self._add(reviewing.comment, text, event and event.n),
                          t("what you want to say of the whole run") if event is None else
                          t("what you want to say of this"), t("add the comment"), about)  # fmt: skip
            case "note":
                self._ask(t("NOTE FROM PAPER"), self._note, t("what stood on the paper"), t("add the note"),
                          means=lambda text: self._meaning(self._as_note(text)))  # fmt: skip
            case "point":
                self._ask(t("LEARNING POINT FROM PAPER"), self._point, t("+ or - and the words, @official at the end"),
                          t("add the learning point"),
                          means=lambda text: self._meaning(self._as_point(text)))  # fmt: skip
            case "action":
                self._about_which(t("WHICH POINT DOES IT FOLLOW FROM?"), self._action, none=t("none of these"),
                                  unknown=lambda text: self._owner(None, text),
                                  keeps=t("that is the action; on to who does it"))  # fmt: skip
            case "kind":
                self._about_which(t("KIND: OF WHICH POINT?"), self._kind)
            case "official":
                self._about_which(t("FUNCTION: OF WHICH POINT?"), self._official)
            case "theme":
                self._about_which(t("THEME: OF WHICH POINT?"), self._theme)
            case "words":
                self._about_which(t("OTHER WORDS: FOR WHICH POINT?"), self._reword)
            case "merge":
                self._about_which(t("WHICH POINT GOES ON IN ANOTHER?"), self._merge)
            case "withdraw":
                self._about_which(t("WITHDRAW: WHICH POINT?"), self._withdraw)
            case "time":
                self._time()
            case "back":
                last = _last_added(self.session)
                if last is not None:
                    what = event_name(last, self.session, self.words)
                    self._add(reviewing.take_back, last.n, said=self.words.t("Taken back: {what}", what=what))
            case _:
                pass

    def _signed(self, text: str, command: str) -> None:
        self.scene.sign(clean_line(text).strip())
        self.run(command)

    def _ask(
        self,
        title: str,
        take: Callable[[str], object],
        placeholder: str,
        enter: str,
        about: str = "",
        start: str = "",
        means: Callable[[str], str] = lambda _: "",
    ) -> None:
        explains = flow(cut(about, 200), 76, "quiet") if about else ()
        self.scene.ask(
            Ask(
                title,
                lambda text: _nothing(take(text)),
                placeholder=placeholder,
                enter=enter,
                explains=explains,
                start=start,
                about=means,
            )
        )

    def _add(self, move: Callable[..., Sequence[e.Event]], *arguments: object, said: str = "", **more: object) -> bool:
        """Make the move; say that it was added, or what was done, or why it could not be."""
        try:
            self.scene.lookback.add(move, *arguments, **more)  # type: ignore[arg-type]  # moves of a reviewer
        except (Refused, Trouble) as cannot:
            self.scene.say(say(self.words, cannot.code, cannot.values), good=False)
            return False
        self.scene.added()
        added = self.words.t("Added, under the name of {name}.", name=self.scene.lookback.reviewer)
        self.scene.say(said or added, good=True)
        return True

    # --- points ---

    def _about_which(
        self,
        title: str,
        then: Callable[[Point | None], None],
        *,
        none: str = "",
        but: Point | None = None,
        unknown: Callable[[str], None] | None = None,
        keeps: str = "",
    ) -> None:
        """Ask for one of the points; ``none`` is what may be chosen instead, and ``unknown`` takes what is no point."""
        points = [point for point in _points(self.session) if but is None or point.id != but.id]
        options = [Option(point.id, self._called(point), also=(self._text(point),)) for point in points]
        if none:
            options.insert(0, Option("", none))
        by_id = {point.id: point for point in points}
        self.scene.ask(
            Pick(title, options, lambda value, _: then(by_id.get(value)), enter=self.words.t("this point"),
                 unknown=unknown, keeps=keeps)
        )  # fmt: skip

    def _text(self, point: Point) -> str:
        return point.text or self.words.t("to be written out")

    def _called(self, point: Point) -> str:
        return f"{GLYPHS[point.turn]} {cut(self._text(point), 60)}  {self.session.label(point.official)}".rstrip()

    def _note(self, text: str) -> None:
        note = self._as_note(text)
        self._add(reviewing.note_from_paper, note.text, official=_first(note.officials), themes=note.themes,
                  private=note.private)  # fmt: skip

    def _point(self, text: str) -> None:
        note = self._as_point(text)
        self._add(reviewing.point_from_paper, note.turn, note.text, _first(note.officials), themes=note.themes,
                  private=note.private)  # fmt: skip

    def _as_note(self, text: str) -> notes.Note:
        return self._parsed(text, "\\" if text.strip()[:1] in ("+", "-", "!", "/") else "")

    def _as_point(self, text: str) -> notes.Note:
        note = self._parsed(text, "")
        return note if note.kind == "point" else self._parsed(text, "+ ")  # -5 degrees begins with no sign

    def _parsed(self, text: str, before: str) -> notes.Note:
        """A line with its tokens, as they are typed in a run: @official, #theme, and * for what stays private."""
        return notes.parse(before + text.strip(), self._codes, themes_of(self.session.exercise))

    @property
    def _codes(self) -> Mapping[str, str]:
        return notes.codes(self.session.exercise.officials)

    def _meaning(self, note: notes.Note) -> str:
        """What the tokens of a line come to; or which of them is none, and why."""
        if warning := stays_text(note, self._codes, self.session, self.words):
            return warning
        if len(note.officials) > 1:
            return self.words.t("it goes to one function: {official}",
                                official=self.session.label(note.officials[0]))  # fmt: skip
        turn = [self.words.t(TURNS[note.turn])] if note.kind == "point" else []
        private = [self.words.t("private")] if note.private else []
        return " · ".join([*turn, *map(self.session.label, note.officials[:1]), *note.themes, *private])

    def _kind(self, point: Point | None) -> None:
        t = self.words.t
        if point is None:
            return
        self._pick(t("KIND"), self._in_words(KINDS), point.kind, lambda kind:
                   self._pick(t("FOR WHOM IS THIS POINT?"), self._in_words(LEVELS), point.level, lambda level:
                              self._pick(t("PROCESS OR EFFECT?"), self._in_words(ASPECTS), point.aspect, lambda aspect:
                                         self._add(reviewing.classify, point.id, kind=kind, level=level,
                                                   aspect=aspect))))  # fmt: skip

    def _official(self, point: Point | None) -> None:
        if point is None:
            return
        nobody = {} if point.official else {"": self.words.t("the whole table")}
        names = {**nobody, **{one.id: one.short for one in self.session.exercise.officials}}
        self._pick(self.words.t("WHOSE POINT IS IT?"), names, point.official or "",
                   lambda chosen: chosen and self._add(reviewing.classify, point.id, official=chosen))  # fmt: skip

    def _theme(self, point: Point | None) -> None:
        if point is None:
            return
        t = self.words.t
        others = (theme for one in _points(self.session) for theme in one.themes)
        known = tuple(dict.fromkeys((*point.themes, *themes_of(self.session.exercise), *others)))
        options = [Option(theme, t("no longer {theme}", theme=theme) if theme in point.themes else theme)
                   for theme in known if theme.strip()]  # fmt: skip
        options.append(Option(_ANOTHER, t("another theme …")))
        spelled = {notes.theme_slug(theme): theme for theme in reversed(known)}

        def add(typed: str) -> None:
            name = clean_line(typed).strip()
            theme = spelled.get(notes.theme_slug(name), name) if any(map(str.isalnum, name)) else ""
            new = (theme,) if theme and theme not in point.themes else ()
            self._add(reviewing.classify, point.id, themes=(*point.themes, *new))

        def take(theme: str) -> None:
            if theme == _ANOTHER:
                self._ask(t("ANOTHER THEME"), add, t("its name, in one word or a few"), t("give the point this theme"),
                          point.text)  # fmt: skip
            elif theme in point.themes:
                self._add(reviewing.classify, point.id, themes=tuple(one for one in point.themes if one != theme))
            else:
                add(theme)

        self.scene.ask(Pick(t("WHICH THEME?"), options, lambda value, _: take(value), enter=t("this theme"),
                            at=min(len(point.themes), len(options) - 1), unknown=add))  # fmt: skip

    def _in_words(self, names: Mapping[str, str]) -> Mapping[str, str]:
        return {code: self.words.t(name) for code, name in names.items()}

    def _pick(self, title: str, names: Mapping[str, str], now: str, take: Callable[[str], object]) -> None:
        options = [Option(code, name) for code, name in names.items()]
        at = list(names).index(now) if now in names else 0
        self.scene.ask(Pick(title, options, lambda value, _: _nothing(take(value)), at=at))

    def _reword(self, point: Point | None) -> None:
        if point is not None:
            t = self.words.t
            self._ask(t("LEARNING POINT"), lambda text: self._add(reviewing.classify, point.id, text=text),
                      t("its words"), t("keep these words"), start=point.text)  # fmt: skip

    def _merge(self, point: Point | None) -> None:
        if point is not None:
            t, text = self.words.t, cut(self._text(point), 40)
            self._about_which(
                t("IN WHICH POINT DOES “{text}” GO ON?", text=text),
                lambda other: _nothing(
                    other and self._add(reviewing.merge, point.id, other.id,
                                        said=t("“{text}” goes on in “{other}”.", text=text,
                                               other=cut(self._text(other), 40)))
                ),
                but=point,
            )  # fmt: skip

    def _withdraw(self, point: Point | None) -> None:
        if point is not None:
            t = self.words.t
            self._ask(t("WHY IS IT WITHDRAWN?"), lambda why: self._add(reviewing.withdraw, point.id, why),
                      t("the reason, in a few words"), t("withdraw the point"), point.text)  # fmt: skip

    # --- actions and times ---

    def _action(self, point: Point | None) -> None:
        t = self.words.t
        about = point.text if point is not None else ""
        self._ask(t("WHAT IS TO BE DONE?"), lambda text: self._owner(point, text), t("the action, in one sentence"),
                  t("on to who does it"), about)  # fmt: skip

    def _owner(self, point: Point | None, text: str) -> None:
        t = self.words.t
        self._ask(t("WHO DOES IT? WITHOUT AN OWNER IT IS NO ACTION"), lambda owner: self._due(point, text, owner),
                  t("a function, or a name"), t("on to the day"), text)  # fmt: skip

    def _due(self, point: Point | None, text: str, owner: str) -> None:
        t = self.words.t
        today = self.scene.lookback.clock.now().date()

        def take(typed: str) -> None:
            day = day_of(typed, today)
            if day is None:
                self._due(point, text, owner)
                self.scene.desk.put(typed, replaced=True)
                self.scene.say(t("Type a day, such as 31-1-2027 or 31 January."), good=False)
            else:
                self._add(reviewing.agree_action, text, owner, day, point.id if point is not None else None)

        self._ask(t("BY WHICH DAY?"), take, t("a day, such as 31-1-2027 or 31 January"), t("add the action"),
                  f"{text} · {owner}")  # fmt: skip

    def _time(self) -> None:
        words, session = self.words, self.session
        happened = [
            event for event in review.told_events(session)
            if isinstance(event, (e.InjectShown, e.InjectImprovised, e.FeedbackOpened, e.FeedbackClosed,
                                  e.DecisionMade, e.FirstQuestionAnswered, e.DebriefOpened, e.SessionEnded))
        ]  # fmt: skip
        options = [Option(str(event.n), words.time(event.at), self._happened(event)) for event in happened]
        self.scene.ask(
            Pick(words.t("WHAT HAPPENED AT ANOTHER TIME?"), options, lambda value, _: self._at(int(value)),
                 enter=words.t("this one"))
        )  # fmt: skip

    def _at(self, n: int) -> None:
        words = self.words
        t = words.t
        event = self.session.events[n - 1]

        def take(typed: str) -> None:
            found = _TIME.fullmatch(clean_line(typed).strip())
            try:
                if found is None:
                    raise ValueError  # the same sentence for both
                at = event.at.replace(hour=int(found[1]), minute=int(found[2]), second=int(found[3] or 0))
            except ValueError:
                self._at(n)
                self.scene.desk.put(typed, replaced=True)
                self.scene.say(t("Type a time, such as 14.05."), good=False)
                return
            day = min((at + timedelta(days=days) for days in (-1, 0, 1)), key=lambda one: abs(one - event.at))
            self._add(reviewing.correct_time, n, day)

        self._ask(t("WHEN WAS IT REALLY?"), take, t("a time, such as 14.05"), t("correct the time"),
                  f"{words.time(event.at)}  {self._happened(event)}")  # fmt: skip

    def _happened(self, event: e.Event) -> str:
        """What happened, with the name of a feedback point: a run has more than one of those."""
        name = event_name(event, self.session, self.words) or self.words.t("the end")
        if not isinstance(event, (e.FeedbackOpened, e.FeedbackClosed)):
            return name
        called = next((held.title for held in self.session.held if held.id == event.feedback and held.title), "")
        return f"{name} · {called}" if called else name


def _first(officials: Sequence[str]) -> str | None:
    return officials[0] if officials else None


def _nothing(_: object) -> None:
    """What a pick gives back: it was done, or said why not."""
