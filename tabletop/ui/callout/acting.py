"""Calls in a run: what came of one, and what those who said yes tell about theirs. Each text may be skipped."""

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from tabletop.core import calling, moves
from tabletop.core import events as e
from tabletop.core.session import Call
from tabletop.core.text import cut
from tabletop.locale import mark
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.naming import CALLS, called
from tabletop.ui.run.prompts import Ask, Option

BUYS = 5.0
"""Minutes of quiet for whoever buys time first."""
Detail: TypeAlias = Literal["result", "by", "missing"]
DETAILS: Final[tuple[tuple[Detail, str, str], ...]] = (
    ("result", mark("WHAT WAS ARRANGED?"), mark("place and time; Enter alone skips this")),
    ("by", mark("BY WHOM?"), mark("a function or an organisation; Enter alone skips this")),
    ("missing", mark("WHAT IS STILL MISSING?"), mark("Enter alone skips this")),
)


class Calling(Acting):
    """Asks what came of a call."""

    def dial(self) -> None:
        """Ask what came of the call to whomever it was planned to call next, or whom to call."""
        official = next(iter(calling.to_be_called(self.session)), None)
        if official is None:
            self.whom()
            return
        names = {person.official: person.name for person in self.session.participants_at_start}
        self._came_of(official, names.get(official, ""))

    def whom(self) -> None:
        """Ask whom the leader calls; those who take part already are left out."""
        session, words = self.session, self.words
        earlier = {call.official: call for call in session.calls if call.is_invitation}
        options = [
            Option(one.id, one.short, self._earlier(earlier.get(one.id)))
            for one in session.exercise.key_officials
            if not session.at_table(one.id)
        ]
        self.pick(words.t("WHOM DO YOU CALL?"), options, self._came_of, asks=words.t("a name (may stay empty)"),
                  beside="name")  # fmt: skip

    def _earlier(self, call: Call | None) -> str:
        if call is None or call.outcome is None:
            return ""
        return f"{self.words.t(CALLS[call.outcome])} {self.words.time(call.at)}"

    def _came_of(self, official: str, name: str) -> None:
        session, words = self.session, self.words
        call_out = session.exercise.call_out
        question = call_out.question if call_out is not None and call_out.question else words.t("Can you now, safely?")
        who = " ".join(part for part in (session.label(official), name) if part)
        begins = words.t("the hour begins") if session.begun is None else ""
        buys = words.tn("{n} quiet minute first", "{n} quiet minutes first", int(BUYS))
        options = [
            Option("can", words.t("yes, can now"), begins),
            Option("buys", words.t("yes, and buys time"), buys),
            Option("cannot", words.t("reached, cannot now"), words.t("a good answer; no reason is asked")),
            Option("not-reached", words.t("no answer"), words.t("no fault")),
        ]
        self.pick(f"{who}: {question}", options, lambda value, _: self._called(official, name, value))

    def _called(self, official: str, name: str, value: str) -> None:
        buys = BUYS if value == "buys" else 0.0
        if self.scene.do(moves.call, official, self._outcome(value), name=name, buys=buys) and not self._is_yes(value):
            self.scene.say(self.words.t("Logged, without blame."), good=True)

    def _is_yes(self, value: str) -> bool:
        return self._outcome(value) == "can"

    def _outcome(self, value: str) -> e.CallOutcome:
        return "cannot" if value == "cannot" else "not-reached" if value == "not-reached" else "can"

    # --- what they tell about their own calls ---

    def log(self) -> None:
        """Ask about a call that somebody who takes part made: who, reached or not, and what came of it."""
        people = [person.official for person in self.session.participants]
        if len(people) == 1:
            self._to(people[0])
            return
        options = [self.person(one) for one in people]
        self.pick(self.words.t("WHO CALLED?"), options, lambda value, _: self._to(value))

    def _to(self, caller: str) -> None:
        words, exercise = self.words, self.session.exercise
        others = [Option(one.id, one.short) for one in exercise.officials if one.id != caller]
        options = [Option("", words.t("somebody else")), *others]
        title = words.t("{who} CALLED WHOM?", who=self.session.label(caller))
        self.pick(title, options, lambda value, name: self._reached(caller, value or None, name),
                  asks=words.t("a name (may stay empty; stays out of the summary)"), beside="name")  # fmt: skip

    def _reached(self, caller: str, official: str | None, name: str) -> None:
        options = [Option(code, self.words.t(text)) for code, text in CALLS.items()]
        self.pick(self.words.t("REACHED, AND COULD THEY?"), options,
                  lambda value, _: self._reported(caller, official, name, self._outcome(value)))  # fmt: skip

    def _reported(self, caller: str, official: str | None, name: str, outcome: e.CallOutcome) -> None:
        if self.scene.do(moves.call, official, outcome, name=name, caller=caller) and outcome == "can":
            self.detail(self.session.calls[-1])

    def detail(self, call: Call) -> None:
        """Ask what was arranged, by whom, and what is missing; each is saved by itself, and may be skipped."""
        self._ask_detail(call.n, 0)

    def _ask_detail(self, n: int, place: int) -> None:
        call = next((call for call in self.session.calls if call.n == n), None)
        if call is None or place >= len(DETAILS):
            return
        words = self.words
        name, title, asks = DETAILS[place]
        so_far: dict[Detail, str] = {"result": call.result, "by": call.by, "missing": call.missing}
        self.scene.ask(
            Ask(
                f"{words.t(title)}   {cut(called(call, self.session, words), 40)}",
                self._taker(n, place, so_far[name]),
                placeholder=words.t(asks),
                start=so_far[name],
                empty=True,
                enter=words.t("save, and on"),
                escape=words.t("enough, the call is saved"),
            )
        )

    def _taker(self, n: int, place: int, before: str) -> Callable[[str], None]:
        def take(text: str) -> None:
            if not text.strip() or text.strip() == before or self._save_detail(n, DETAILS[place][0], text):
                self._ask_detail(n, place + 1)

        return take

    def _save_detail(self, n: int, name: Detail, text: str) -> bool:
        note = self.parse_words(text)
        said = self.in_words(note) or self.words.listing([self.session.label(one) for one in note.officials]) or text
        if note.private:  # nobody else reads it: then it is a private note
            return self.scene.do(moves.observe, said, private=True)
        match name:
            case "result":
                return self.scene.do(moves.detail_call, n, result=said)
            case "by":
                return self.scene.do(moves.detail_call, n, by=said)
            case "missing":
                return self.scene.do(moves.detail_call, n, missing=said)
