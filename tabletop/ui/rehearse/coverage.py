"""What a rehearsal ends with: what the exercise asks of whom, and whether it fits its time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tabletop.core.coverage import Coverage, Minutes, Played, coverage, played
from tabletop.core.exercise import Exercise, Inject
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.locale.codes import POOLS
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.rows import EMPTY, Part, Row, fill, fit, flow, hanging, inset, row, spread, width_of

_WIDEST: Final = 100
_HEAD: Final = 36
"""Cells of the column of names."""
_WAIT: Final = 19
"""Cells of the column of the longest wait, and of the one before it."""
_NOTHING: Final[Part] = ("", "text")


def coverage_rows(session: Session, words: Words, width: int) -> list[Row]:
    """Return the coverage of an exercise and what was played of it, for a screen or for a terminal alike."""
    done = played(session)
    table = _Table(words, min(width, _WIDEST), frozenset(inject.id for inject in done.unseen))
    return table.rows(session.exercise, coverage(session.exercise, session.participants_at_start), done)


@dataclass(frozen=True)
class _Table:
    words: Words
    width: int
    unseen: frozenset[str]
    """Injects that did not come this time."""

    def rows(self, exercise: Exercise, found: Coverage, done: Played) -> list[Row]:
        words = self.words
        title = words.tn("{title}, {n} person at the table", "{title}, {n} people at the table", found.people,
                         title=exercise.title)  # fmt: skip
        lines = [
            *hanging((f"{words.t('COVERAGE')}  ", "accentstrong"), title, self.width, "strong"), EMPTY,
            *self._labelled(words.t("Time"), self._time(exercise, found.minutes)),
            *self._played(done), EMPTY,
        ]  # fmt: skip
        if exercise.call_out is None:  # in a call-out everything is for whoever is called
            pools = [(words.t(POOLS[one.pool]), one.injects) for one in found.pools]
            lines += [*self._officials(found), EMPTY, *self._counted(words.t("POOL"), pools), EMPTY]
        objectives = [(f"{one.objective.id}  {one.objective.name}", one.injects) for one in found.objectives]
        lines += self._counted(words.t("OBJECTIVE"), objectives)
        if self.unseen:
            lines += [EMPTY, *flow(words.t("In parentheses: did not come in this rehearsal."), self.width, "quiet")]
        return lines

    def _labelled(self, label: str, text: str) -> list[Row]:
        return hanging((f"{label:<14}", "quiet"), text, self.width)

    # --- the whole ---

    def _time(self, exercise: Exercise, minutes: Minutes) -> str:
        words, n = self.words, self._number
        if exercise.call_out is not None:
            return words.t("{minutes} minutes from the first yes, then {debrief} for the debrief.",
                           minutes=n(exercise.call_out.minutes), debrief=n(minutes.debrief))  # fmt: skip
        parts = words.t("injects {injects}, feedback points {feedback}, debrief {debrief}",
                        injects=n(minutes.injects), feedback=n(minutes.feedback),
                        debrief=n(minutes.debrief))  # fmt: skip
        over = minutes.needed - minutes.given
        if over > 0:
            return words.t("{needed} minutes needed, {over} more than the {given} that it has: {parts}.",
                           needed=n(minutes.needed), over=n(over), given=n(minutes.given), parts=parts)  # fmt: skip
        return words.t("{needed} of {given} minutes needed: {parts}.", needed=n(minutes.needed),
                       given=n(minutes.given), parts=parts)  # fmt: skip

    def _number(self, value: float) -> str:
        return self.words.number(value, 0 if round(value, 1) == round(value) else 1)

    def _played(self, done: Played) -> list[Row]:
        words = self.words
        steps = " ".join(name.upper() for name in done.shown) or words.t("nothing")
        lines = self._labelled(words.t("Played"), words.t("{steps} in {minutes} minutes", steps=steps,
                                                          minutes=round(done.minutes)))  # fmt: skip
        for inject, choice in done.chosen:
            lines += self._labelled(words.t("Chosen"), f"{inject.id.upper()}: {choice}")
        if done.unseen:
            lines += self._labelled(words.t("Not seen"), words.listing([self._unseen(one) for one in done.unseen]))
        return lines

    def _unseen(self, inject: Inject) -> str:
        words, name = self.words, inject.id.upper()
        if inject.reserve:
            return words.t("{inject} (reserve)", inject=name)
        if inject.only_after:
            choices = words.listing(inject.only_after, words.t("or"))
            return words.t("{inject} (after {choices})", inject=name, choices=choices)
        return name

    # --- for whom ---

    def _officials(self, found: Coverage) -> list[Row]:
        words = self.words
        lines = [self._columns((words.t("OFFICIAL"), "quiet"), (words.t("INJECTS OF THEIR OWN"), "quiet"),
                               (words.t("LONGEST WITHOUT"), "quiet"))]  # fmt: skip
        for official, injects, (since, until) in found.officials:
            waits = words.t("{minutes} min ({since}-{until})", minutes=round(until - since), since=round(since),
                            until=round(until))  # fmt: skip
            lines.append(self._columns((official.name, "text"), self._ids(injects), (waits, "quiet")))
        if found.for_all:
            lines.append(self._columns((words.t("everybody"), "quiet"), self._ids(found.for_all)))
        return lines

    def _counted(self, heading: str, counted: Iterable[tuple[str, Sequence[Inject]]]) -> list[Row]:
        rows = [self._columns((name, "text"), self._ids(injects)) for name, injects in counted]
        return [self._columns((heading, "quiet"), (self.words.t("INJECTS"), "quiet")), *rows] if rows else []

    def _ids(self, injects: Sequence[Inject]) -> Part:
        """Injects by their ids; that there is none is what an author looks for here."""
        if not injects:
            return self.words.t("none"), "warning"
        ids = (f"({one.id.upper()})" if one.id in self.unseen else one.id.upper() for one in injects)
        return " ".join(ids), "text"

    def _columns(self, name: Part, ids: Part, more: Part = _NOTHING) -> Row:
        head = min(_HEAD, self.width // 2)
        line = row(fit(row(name), head - 2), "  ", ids)
        if more[0]:
            line = row(fit(line, max(self.width - _WAIT, head + 12)), " ", more)
        return fit(line, self.width) if width_of(line) > self.width else line


@dataclass
class CoverageScene(Scene):
    """Shows the coverage; Space closes the program, which prints it once more in the terminal."""

    session: Session
    words: Words
    _top: int = 0

    def entered(self) -> None:
        self.desk.put("")
        self.desk.catch(True)  # there is nothing to type here

    def pressed(self, key: str) -> None:
        if key in ("space", " ", "enter", "escape"):
            self.desk.leave()
        elif key in ("up", "down", "pageup", "pagedown"):
            step = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[key]
            self._top = max(0, self._top + step)

    def draw(self, width: int, height: int) -> list[Row]:
        low = is_low(height)
        bar = draw_bar(self.words.t("SPACE"), self.words.t("close"), "", width, low=low)
        lines = coverage_rows(self.session, self.words, width - 4)
        room = height - len(bar) - (1 if low else 2)
        self._top = min(self._top, max(0, len(lines) - room))
        shown = [inset(line, 2) for line in lines[self._top : self._top + room]]
        if self._top + room < len(lines):
            more = row((self.words.t("↑ ↓ show the rest"), "quiet"), "  ")
            shown[-1] = spread(shown[-1], more, width)
        return [*fill([EMPTY, *shown] if not low else shown, height - len(bar)), *bar]

    def look(self) -> LineLook:
        return LineLook()
