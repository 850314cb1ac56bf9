"""Arrivals, departures and swaps during the run."""

from tabletop.core import moves
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.prompts import Option


class People(Acting):
    """Arrivals, departures and swaps during the run."""

    def roster(self) -> None:
        words = self.words
        options = []
        for official in self.session.exercise.officials:
            if not official.key:
                continue
            person = self.session.person(official.id)
            box = "■ " if person else "□ "
            name = " · ".join(part for part in ((person.name, person.organisation) if person else ()) if part)
            options.append(Option(official.id, box + official.short, name))
        self.pick(
            words.t("WHO IS AT THE TABLE?"),
            options,
            self._seat,
            asks=words.t("name, organisation (may stay empty)"),
            beside="name",
        )

    def _seat(self, official: str, text: str) -> None:
        session, words = self.session, self.words
        name, _, organisation = (part.strip() for part in text.partition(","))
        if not session.at_table(official) or text.strip():
            self.tell(moves.join, official, name, organisation)
            return
        me = session.exercise.official(official)
        others = [
            Option(other.id, words.t("swap with {official}", official=other.short))
            for other in session.exercise.key_officials
            if me is not None and other.id != official and other.pool == me.pool and me.pool != "specialist"
        ]
        leave = Option("leave", words.t("leaves the table"))
        stay = Option("", words.t("stays"))
        self.pick(session.label(official), [stay, leave, *others], lambda value, _: self._moved(official, value))

    def _moved(self, official: str, value: str) -> None:
        if value == "leave":
            self.tell(moves.leave_table, official)
        elif value:
            self.tell(moves.swap, official, value)
