"""What the table answers: the way that it takes out of a dilemma, and a rebuttal to what is on screen."""

from tabletop.core import moves, reacting
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.naming import inject_title
from tabletop.ui.run.prompts import Option
from tabletop.ui.run.reacting import leads_to


class Choosing(Acting):
    """What the table answers: a way out of a dilemma, a rebuttal."""

    def choose(self) -> None:
        """Ask which way out the table takes; each says what it leads to before it is chosen."""
        session, words = self.session, self.words
        dilemma = reacting.open_dilemma(session)
        if dilemma is None:
            return
        options = [
            Option(choice.id, choice.text, choice.argument, leads_to(session, dilemma, choice.id, words))
            for choice in dilemma.choices
        ]
        title = words.t("WHICH WAY OUT DOES THE TABLE TAKE? THERE IS NO RIGHT ONE")
        if dilemma.id != session.current:
            title = f"{dilemma.id.upper()} · {title}"
        chosen = session.choices.get(dilemma.id)
        places = [place for place, option in enumerate(options) if chosen and option.value == chosen.choice]
        self.pick(
            title,
            options,
            self._chose,
            asks=words.t("because … (may stay empty)"),
            beside="reason",
            at=next(iter(places), 0),
            saves=words.t("way out"),
            instead=dilemma.choices[places[0]].text if places else "",
        )

    def _chose(self, choice: str, because: str) -> None:
        before = set(reacting.to_bring_in(self.session))
        if not self.scene.do(moves.choose, choice, because):
            return
        missed = [inject for inject in reacting.to_bring_in(self.session) if inject not in before]
        if missed:
            names = self.words.listing([inject_title(inject) for inject in missed])
            self.scene.say(self.words.t("Its place has passed: {injects} can be brought in.", injects=names), good=True)

    def rebut(self) -> None:
        """Ask who speaks; who got the inject stands first."""
        session, words = self.session, self.words
        inject = session.inject
        if inject is None:
            return
        got = [one for to in inject.to for one in (to, *(official.id for official in session.in_pool(to)))]
        people = dict.fromkeys((*got, *(person.official for person in session.participants)))
        options = [self.person(one) for one in people if session.at_table(one)]
        self.pick(
            words.t("REBUTTAL, SIXTY SECONDS: WHO SPEAKS?"),
            [*options, Option("", words.t("whoever wants to: name nobody"))],
            lambda value, _: self._rebutted(value),
            enter=words.t("start the minute"),
        )

    def _rebutted(self, official: str) -> None:
        self.scene.do(moves.rebut, official or None)
