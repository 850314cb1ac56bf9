"""What a typed line becomes: a note, a learning point, a decision, an answer, according to where the run is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from tabletop.core import events as e
from tabletop.core import moves, notes
from tabletop.core.text import cut
from tabletop.locale.codes import WHERE
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.bar import is_fingers
from tabletop.ui.run.debriefing import Debriefing
from tabletop.ui.run.prompts import Option, yes_no

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene


class Typed(Acting):
    """What a typed line becomes: a note, a learning point, a decision, an answer, according to where the run is."""

    def __init__(self, scene: "RunScene", debriefing: Debriefing) -> None:
        super().__init__(scene)
        self._debriefing = debriefing

    def default_official(self, note: notes.Note) -> str | None:
        """Whose note it is: the one named, who has the word, or the only one who got the inject.

        Else it is the table's: what names nobody at an inject for several people is no one person's. In the debrief
        everybody looks back on everything.
        """
        session = self.session
        if note.officials:
            return note.officials[0]
        stop = session.stop
        if stop is not None and stop.stage in ("round", "list", "agreement") and stop.speaker:
            return stop.speaker
        if session.phase == "debrief":
            return None
        if session.rebuttal is not None and session.rebuttal.official is not None:
            return session.rebuttal.official
        inject = session.inject
        if inject is None or len(inject.to) != 1:
            return None
        (to,) = inject.to
        got = (to,) if session.at_table(to) else tuple(official.id for official in session.in_pool(to))
        return got[0] if len(got) == 1 else None

    def stays_private(self, note: notes.Note) -> bool:
        """Whether private words were typed where others would see them: then they are a private note, and no more."""
        session = self.session
        stage = session.stop.stage if session.stop is not None else ""
        seen = stage in ("agreement", "list", "fingers")
        seen = seen or (session.phase == "debrief" and session.task in ("used", "proposals", "thanks"))
        return note.private and (note.kind == "decision" or (note.kind == "note" and seen))

    def taken_off(self, text: str) -> str:
        """The group that ``- group`` takes off the one list; empty where it is no such line."""
        stop, typed = self.session.stop, text.strip()
        if stop is None or stop.stage != "list" or typed[:1] != "-":
            return ""
        begun = typed[1:].strip().casefold()
        fitting = [group for group in self.session.groups if begun and group.casefold().startswith(begun)]
        found = [group for group in fitting if group.casefold() == begun] or fitting
        return found[0] if len(found) == 1 else ""

    def is_off_the_list(self, text: str) -> bool:
        """Whether ``- group`` names no group of the one list, and nobody whose learning point it would be."""
        stop = self.session.stop
        if stop is None or stop.stage != "list" or text.strip()[:1] != "-" or self.taken_off(text):
            return False
        note = self.parse(text)
        return note.kind == "point" and not note.officials

    def save(self, text: str) -> None:
        """Save a typed line as what it is."""
        do = self.scene.do
        if self.is_off_the_list(text):
            self.scene.say(self.words.t("No group on the list begins so; for a learning point, say whose: @official."))
            return
        off = self.taken_off(text)
        if off:
            do(moves.agree_list, tuple(group for group in self.session.groups if group != off))
            return
        note = self.parse(text)
        official = self.default_official(note)
        if self.stays_private(note):
            who = note.officials[0] if note.officials else None
            text = self.in_words(note, officials=1, themes=True)
            do(moves.observe, text, official=who, themes=note.themes, private=True)
            return
        match note.kind:
            case "private-mark":
                do(moves.keep_private, official)
            case "point":
                text = self.in_words(note, officials=1, themes=True, objectives=True)
                for who in (note.is_mark and note.officials) or (official,):
                    do(
                        moves.note_point,
                        note.turn,
                        text,
                        who,
                        themes=note.themes,
                        objectives=note.objectives or None,
                        private=note.private,
                    )
            case "decision":
                self._decide(note)
            case "note":
                self._note(note, official)

    def _note(self, note: notes.Note, official: str | None) -> None:
        session, do = self.session, self.scene.do
        stop = session.stop
        if is_fingers(session, note, on_row=bool(self._debriefing.item())):
            self._debriefing.count(note.text)
        elif stop is not None and stop.stage == "agreement" and note.text:
            do(moves.agree, self.in_words(note))
        elif stop is not None and stop.stage == "list" and note.text:
            do(moves.agree_list, (*session.groups, self.in_words(note)))
        elif len(note.officials) >= 2 or not note.text:
            text = self.in_words(note, officials=2, themes=True)
            contact = note.officials[1] if len(note.officials) > 1 else None
            do(moves.observe, text, official=official, contact=contact, themes=note.themes, private=note.private)
        elif stop is not None and stop.stage == "round":
            text = self.in_words(note, officials=1)
            do(moves.answer, text, official, self.scene.chosen.question, private=note.private)
        elif session.phase == "debrief":
            self._debrief_text(note, official)
        else:
            who = note.officials[0] if note.officials else None
            text = self.in_words(note, officials=1, themes=True)
            do(moves.observe, text, official=who, themes=note.themes, private=note.private)

    def _debrief_text(self, note: notes.Note, official: str | None) -> None:
        session, do = self.session, self.scene.do
        chosen = self._debriefing.item()
        match session.task:
            case "questions":
                do(moves.answer_debrief, self.in_words(note, officials=1), official, private=note.private)
            case "marks" if chosen:
                who = note.officials[0] if note.officials else None
                themes = note.themes or None
                do(
                    moves.revise_point,
                    chosen,
                    text=note.text,
                    official=who,
                    themes=themes,
                    objectives=note.objectives or None,
                    private=note.private or None,
                )
            case "used":
                do(moves.use_instrument, self.in_words(note))
            case "thanks" if chosen:
                do(moves.approve_thanks, chosen, self.in_words(note))
            case _:
                text = self.in_words(note, officials=1, themes=True)
                do(moves.observe, text, official=official, themes=note.themes, private=note.private)

    def _decide(self, note: notes.Note) -> None:
        if not self.scene.do(moves.decide, self.in_words(note, officials=1)):
            return
        decision = self.session.decisions[-1].id
        named = note.officials[0] if note.officials else None
        if named:
            self.scene.do(moves.detail_decision, decision, official=named)
            self._where(decision)
            return
        words = self.words
        people = [self.person(one.official) for one in self.session.participants]
        people += [  # those whom the leader plays decide too: a mayor, an alderman
            Option(one.id, one.short, words.t("you play this function"))
            for one in self.session.exercise.officials
            if not self.session.at_table(one.id)
        ]
        self.pick(
            words.t("WHO DECIDED? “{text}”", text=cut(note.text, 60)),
            [Option("", words.t("skip this")), *people],
            lambda value, _: self._decided(decision, value, "official", lambda: self._where(decision)),
            escape=words.t("enough, the decision is saved"),
        )

    def _where(self, decision: str) -> None:
        words = self.words
        places = [Option(code, words.t(name)) for code, name in WHERE.items()]
        self.pick(
            words.t("WHERE WAS IT DECIDED?"),
            [Option("", words.t("skip this")), *places],
            lambda value, _: self._decided(decision, value, "where", lambda: self._within(decision)),
            escape=words.t("enough, the decision is saved"),
        )

    def _within(self, decision: str) -> None:
        words = self.words
        self.pick(
            words.t("WITHIN MANDATE?"),
            yes_no(words),
            lambda value, _: self._decided(decision, value, "within", lambda: None),
            escape=words.t("enough, the decision is saved"),
        )

    def _decided(self, decision: str, value: str, field: str, then: Callable[[], None]) -> None:
        match field:
            case "official" if value:
                self.scene.do(moves.detail_decision, decision, official=value)
            case "where" if value:
                codes: tuple[e.Where, ...] = get_args(e.Where)
                where = next((code for code in codes if code == value), None)
                self.scene.do(moves.detail_decision, decision, where=where)
            case "within" if value:
                self.scene.do(moves.detail_decision, decision, within="yes" if value == "yes" else "no")
            case _:
                pass
        then()
