"""What is decided in the dossier, question by question: each ends in one decision with a name, or in nothing."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from tabletop.core.days import day_of
from tabletop.core.learning import plain_word
from tabletop.core.text import clean_line, cut
from tabletop.dossier.answers import Action, PointSeen, Recurring, Run
from tabletop.dossier.naming import occasions
from tabletop.files.trouble import Trouble
from tabletop.locale.sentences import say
from tabletop.ui.dossier.commands import refusal, theme_of, whole_of
from tabletop.ui.dossier.deciding import Decider
from tabletop.ui.dossier.known import Target
from tabletop.ui.rows import Row, flow
from tabletop.ui.run.prompts import Ask, Option, Pick

if TYPE_CHECKING:
    from tabletop.ui.dossier.scene import DossierScene

_YEAR: Final = re.compile(r"\d{4}")


class Deciding:
    """Asks what a decision needs, and hands it over. Nothing is decided before the last answer."""

    def __init__(self, scene: "DossierScene", decider: Decider) -> None:
        self.scene = scene
        self.decider = decider

    def run(self, command: str, target: Target | None) -> None:
        """Begin with a command about what is chosen, after asking once who decides."""
        words, known = self.scene.words, self.scene.known
        if why := refusal(command, target, known, words):
            self.scene.say(f"{why[:1].upper()}{why[1:]}.", good=False)
            return
        try:
            self.decider.check()
        except Trouble as trouble:
            self.scene.say(say(self.scene.words, trouble.code, trouble.values), good=False)
            return
        if not self.scene.reviewer:
            self._who(lambda: self.run(command, target))
            return
        one = whole_of(target, known)
        match command:
            case "propose" if one is not None:
                self._propose(one)
            case "use" if one is not None:
                self._use(one)
            case "link" if one is not None:
                self.scene.begin_linking(one)
            case "unlink" if isinstance(target, PointSeen):
                self._unlink(target)
            case "along" if one is not None:
                self._along(one)
            case "theme":
                self._theme(theme_of(target, known))
            case "action" if isinstance(target, Action):
                self._action(target)
            case "group" if isinstance(target, Run):
                self._group(target)
            case "threshold":
                self._threshold()
            case _:
                pass

    def _who(self, then: Callable[[], None]) -> None:
        """Ask for the name that decisions carry, once for as long as the program is open."""
        t = self.scene.words.t

        def take(text: str) -> None:
            self.scene.reviewer = clean_line(text).strip()
            then()

        self.scene.ask(
            Ask(
                t("WHO DECIDES THIS?"),
                take,
                placeholder=t("your name, or your function"),
                enter=t("this name stands with what you decide, until you close the program"),
            )
        )

    def decide(self, decide: Callable[[Decider, str], None], done: str) -> bool:
        """Hand a decision over, and say calmly that it was; or why it could not be."""
        try:
            decide(self.decider, self.scene.reviewer)
        except Trouble as trouble:
            self.scene.say(say(self.scene.words, trouble.code, trouble.values), good=False)
            return False
        self.scene.changed()
        self.scene.say(done, good=True)
        return True

    # --- what recurs ---

    def link(self, one: Recurring, other: Recurring) -> None:
        words = self.scene.words
        self.decide(lambda decider, by: decider.link(one.key, other.key, by),
                    words.t("Linked: both say the same from now on."))  # fmt: skip

    def _unlink(self, point: PointSeen) -> None:
        self.decide(lambda decider, by: decider.unlink(point.key, by),
                    self.scene.words.t("Taken apart: this point stands by itself again."))  # fmt: skip

    def _along(self, one: Recurring) -> None:
        t = self.scene.words.t
        along = not one.take_along
        done = t("Goes along to the next session.") if along else t("Does not go along any more.")
        self.decide(lambda decider, by: decider.take_along(one.key, by, along=along), done)

    def _propose(self, one: Recurring) -> None:
        t = self.scene.words.t
        start = one.proposal.text if one.proposal is not None else ""
        self.scene.ask(
            Ask(
                t("WHAT IS PROPOSED?"),
                lambda text: self._because(one, text),
                placeholder=t("the change, in one sentence"),
                explains=self._about(one),
                start=start,
                enter=t("on to the reason"),
            )
        )

    def _because(self, one: Recurring, text: str) -> None:
        t = self.scene.words.t
        explains = [*self._about(one), *flow(f"→ {text}", 76)]
        if one.state == "signal":
            explains += flow(
                t("It was seen once. One occasion is seldom a reason to change an organisation."), 76, "quiet"
            )
        self.scene.ask(
            Ask(
                t("WHY? A PROPOSAL NEEDS A REASON"),
                lambda reason: self._proposed(one, text, reason),
                placeholder=t("because …"),
                explains=explains,
                enter=t("save the proposal"),
            )
        )

    def _proposed(self, one: Recurring, text: str, reason: str) -> None:
        done = self.scene.words.t("Proposal saved. It becomes a practice as soon as a use of it is recorded.")
        self.decide(lambda decider, by: decider.propose(one.key, text, reason, by), done)

    def _use(self, one: Recurring) -> None:
        t = self.scene.words.t
        self.scene.ask(
            Ask(
                t("WHERE WAS IT USED?"),
                lambda text: self._used(one, text),
                placeholder=t("a day if it was not today, and where: 12-10-2026 fire at the mill"),
                explains=self._about(one),
                enter=t("save: from now on it is a practice"),
            )
        )

    def _used(self, one: Recurring, text: str) -> None:
        words = self.scene.words
        day, where = dated(text, self.scene.known.today)
        if not where or day > self.scene.known.today:
            self.scene.say(words.t("Say where it was used, and on a day that has been."), good=False)
            self._use(one)
            self.scene.desk.put(text, replaced=True)
            return
        self.decide(lambda decider, by: decider.use(one.key, day, where, by),
                    words.t("Use saved, on {day}: it is a practice.", day=words.plain_day(day)))  # fmt: skip

    def _about(self, one: Recurring) -> list[Row]:
        text = one.put
        return [*flow(cut(text, 228), 76, "strong"), *flow(occasions(one.occasions, self.scene.words), 76, "quiet")]

    # --- themes, actions, groups ---

    def _theme(self, theme: str) -> None:
        t = self.scene.words.t
        self.scene.ask(
            Ask(
                t("WHAT IS THE THEME CALLED FROM NOW ON?"),
                lambda text: self._named(theme, text),
                start=theme,
                anew=True,
                explains=flow(t("The name of another theme brings the two together."), 76, "quiet"),
                enter=t("save the name"),
                about=lambda text: t("two themes become one") if self._same(theme, text) else "",
            )
        )

    def _same(self, theme: str, text: str) -> str:
        """The other theme that is called so already; empty for none."""
        sought = plain_word(text.strip().lstrip("#"))
        names = (line.theme for line in self.scene.known.every_theme)
        return next((name for name in names if name != theme and plain_word(name) == sought), "")

    def _named(self, theme: str, text: str) -> None:
        words = self.scene.words
        name = clean_line(text).strip().lstrip("#").strip()
        if other := self._same(theme, name):
            self.decide(lambda decider, by: decider.merge_theme(theme, other, by),
                        words.t("“{theme}” goes on in “{other}”.", theme=theme, other=other))  # fmt: skip
        elif name and name != theme:
            self.decide(lambda decider, by: decider.rename_theme(theme, name, by),
                        words.t("“{theme}” is called “{name}” from now on.", theme=theme, name=name))  # fmt: skip
        else:
            self.scene.say(words.t("The name stayed as it was."), good=True)

    def _action(self, action: Action) -> None:
        t = self.scene.words.t
        if action.closed is not None:
            self.decide(lambda decider, by: decider.reopen_action(action.key, by), t("The action is open again."))
            return
        self.scene.ask(
            Ask(
                t("WHAT CAME OF IT?"),
                lambda note: self._closed(action, note),
                placeholder=t("what came of it; Enter alone closes it without a word"),
                explains=flow(action.text, 76, "strong"),
                empty=True,
                enter=t("close the action"),
            )
        )  # fmt: skip

    def _closed(self, action: Action, note: str) -> None:
        self.decide(lambda decider, by: decider.close_action(action.key, note, by),
                    self.scene.words.t("The action is closed."))  # fmt: skip

    def _group(self, run: Run) -> None:
        words = self.scene.words
        t = words.t
        explains = flow(
            t("The same exercise with the same group is one occasion, however often it is run."), 76, "quiet"
        )
        self.scene.ask(
            Ask(
                t("WHICH GROUP WAS AT THE TABLE?"),
                lambda text: self._grouped(run, clean_line(text).strip()),
                placeholder=t("a name for the group, such as: team north"),
                start=run.group,
                explains=explains,
                enter=t("save the group"),
            )
        )

    def _grouped(self, run: Run, group: str) -> None:
        self.decide(lambda decider, by: decider.name_group(run.id, group, by),
                    self.scene.words.t("The group is called “{group}”.", group=group))  # fmt: skip

    def _threshold(self) -> None:
        words = self.scene.words
        options = [Option(str(n), words.tn("from {n} occasion on", "from {n} occasions on", n)) for n in range(2, 7)]
        self.scene.ask(
            Pick(words.t("WHEN IS IT A PATTERN?"), options, lambda value, _: self._from(int(value)),
                 enter=words.t("save"))
        )  # fmt: skip

    def _from(self, count: int) -> None:
        done = self.scene.words.tn("From now on {n} occasion makes a pattern.",
                                   "From now on {n} different occasions make a pattern.", count)  # fmt: skip
        self.decide(lambda decider, by: decider.set_threshold(count, by), done)


def dated(text: str, today: date) -> tuple[date, str]:
    """Part a day with its year at the beginning from what follows it; without one it is today."""
    said = clean_line(text).split()
    for count in (3, 1):
        begins = " ".join(said[:count]).rstrip(",:·")
        day = day_of(begins, today) if _YEAR.search(begins) else None
        if day is not None:
            return day, " ".join(said[count:]).strip(" ,:·-")
    return today, " ".join(said)
