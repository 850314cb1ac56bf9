"""Bringing in what the storyline does not show by itself: a reserve, what missed its place, an inject of one's own."""

from collections.abc import Iterable
from typing import get_args

from tabletop.core import moves, notes, reacting
from tabletop.core.exercise import Channel, Inject
from tabletop.locale.codes import CHANNELS
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.naming import inject_title
from tabletop.ui.run.prompts import Ask, Option
from tabletop.ui.run.reacting import condition


class Inserting(Acting):
    """Bringing in what the storyline does not show by itself."""

    def insert(self) -> None:
        words = self.words
        offered = reacting.offered(self.session, self.scene.moment)
        others = (inject for inject in reacting.to_bring_in(self.session) if inject not in offered)
        reserves = self._options((*offered, *others))
        own = [Option(code, words.t("your own: {channel}", channel=words.t(name))) for code, name in CHANNELS.items()]
        own.sort(key=lambda option: option.value != "in-person")
        self.pick(
            words.t("INSERT AN INJECT"),
            [*reserves[: len(offered)], own[0], *reserves[len(offered) :], *own[1:]],
            self._inserted,
            asks=words.t("type what the participants read · @official for whom"),
            enter=words.t("show it"),
        )

    def _inserted(self, value: str, text: str) -> None:
        channels: tuple[Channel, ...] = get_args(Channel)
        channel = next((code for code in channels if code == value), None)
        if channel is None:
            self.scene.do(moves.show, value)
        elif text.strip():
            self._improvised(channel, text)
        else:
            self._ask_own(channel)

    def _improvised(self, channel: Channel, text: str) -> None:
        note = notes.parse("\\" + text if text[:1] in "+-!*/" else text, self.codes)
        said = self._on_the_wall_by_mistake(note)
        if said:
            self._ask_own(channel, text)
            self.scene.notice = said
            return
        shown = f"{note.text} *" if note.private else note.text
        self.scene.do(moves.improvise, shown, channel=channel, to=note.officials)

    def _on_the_wall_by_mistake(self, note: notes.Note) -> str:
        """What to say of an ``@official`` that would stand on the wall, before everybody; empty where none would."""
        t = self.words.t
        for token in note.unknown:
            if token[0] == "@":
                return t("Nobody is called {token}; \\{token} keeps it as text.", token=token)
        for token in note.misplaced:
            if token[0] == "@":
                return t("{token} counts only at the end of the line; \\{token} keeps it as text.", token=token)
        return ""

    def _ask_own(self, channel: Channel, start: str = "") -> None:
        words = self.words
        self.scene.ask(
            Ask(
                words.t("YOUR OWN INJECT: {channel}", channel=words.t(CHANNELS[channel])),
                lambda typed: self._improvised(channel, typed),
                placeholder=words.t("type what the participants read · @official for whom"),
                start=start,
                enter=words.t("show it"),
            )
        )

    def bring_in(self) -> None:
        """Show what is offered to be brought in; where that is more than one inject, ask which."""
        offered = reacting.offered(self.session, self.scene.moment)
        if len(offered) == 1:
            self.scene.do(moves.show, offered[0].id)
        elif offered:
            title = self.words.t("WHICH OF THESE IS BROUGHT IN?")
            self.pick(title, self._options(offered), lambda value, _: self._brought(value))

    def _brought(self, inject_id: str) -> None:
        self.scene.do(moves.show, inject_id)

    def _options(self, injects: Iterable[Inject]) -> list[Option]:
        return [
            Option(inject.id, inject_title(inject), condition(self.session, inject, self.words)) for inject in injects
        ]
