"""What a rehearsal ends with: what the exercise asks of whom, and whether it fits its time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tabletop.core.coverage import Coverage, Minutes, Played, coverage, played
from tabletop.core.exercise import Exercise, Inject
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.report.naming import POOLS
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.rows import EMPTY, Row, fill, fit, hanging, inset, row, spread, width_of

_WIDEST: Final = 100
_HEAD: Final = 36
"""Cells of the column of names."""
_WAIT: Final = 19
"""Cells of the column of the longest wait, and of the one before it."""


def coverage_rows(session: Session, words: Words, width: int) -> list[Row]:
    """Return the coverage of an exercise and what was played of it, for a screen or for a terminal alike."""
    exercise, wide = session.exercise, min(width, _WIDEST)
    found = coverage(exercise, session.participants_at_start)
    title = words.tn("{title}, {n} person at the table", "{title}, {n} people at the table", found.people,
                     title=exercise.title)  # fmt: skip
    return [
        *hanging((f"{words.t('COVERAGE')}  ", "accentstrong"), title, wide, "strong"), EMPTY,
        *_labelled(words.t("Time"), _time(exercise, found.minutes, words), wide),
        *_played(played(session), words, wide), EMPTY,
        *(_receivers(found, words, wide) if exercise.call_out is None else []),
        *_counted(words.t("OBJECTIVE"), [(f"{one.objective.id}  {one.objective.name}", one.injects)
                                         for one in found.objectives], words, wide),
    ]  # fmt: skip


def _receivers(found: Coverage, words: Words, width: int) -> list[Row]:
    """Officials and pools; not of a call-out, in which everything is for whoever is called."""
    pools = [(words.t(POOLS[one.pool]), one.injects) for one in found.pools]
    return [*_officials(found, words, width), EMPTY, *_counted(words.t("POOL"), pools, words, width), EMPTY]


def _labelled(label: str, text: str, width: int, ink: str = "text") -> list[Row]:
    return hanging((f"{label:<14}", "quiet"), text, width, ink)


def _time(exercise: Exercise, minutes: Minutes, words: Words) -> str:
    if exercise.call_out is not None:
        return words.t("{minutes} minutes from the first yes, then {debrief} for the debrief.",
                       minutes=f"{exercise.call_out.minutes:g}", debrief=f"{minutes.debrief:g}")  # fmt: skip
    parts = words.t("injects {injects}, feedback points {feedback}, debrief {debrief}",
                    injects=_minutes(minutes.injects), feedback=_minutes(minutes.feedback),
                    debrief=_minutes(minutes.debrief))  # fmt: skip
    over = minutes.needed - minutes.given
    if over > 0:
        return words.t("{needed} minutes needed, {over} more than the {given} that it has: {parts}.",
                       needed=_minutes(minutes.needed), over=_minutes(over), given=_minutes(minutes.given),
                       parts=parts)  # fmt: skip
    return words.t("{needed} of {given} minutes needed: {parts}.", needed=_minutes(minutes.needed),
                   given=_minutes(minutes.given), parts=parts)  # fmt: skip


def _minutes(value: float) -> str:
    return f"{round(value, 1):g}"


def _played(done: Played, words: Words, width: int) -> list[Row]:
    lines = _labelled(words.t("Played"), words.t("{steps} in {minutes} minutes", steps=_listed(done.shown, words),
                                                 minutes=round(done.minutes)), width)  # fmt: skip
    for inject, choice in done.chosen:
        lines += _labelled(words.t("Chosen"), f"{inject.id.upper()}: {choice}", width)
    if done.unseen:
        unseen = words.listing([_unseen(inject, words) for inject in done.unseen])
        lines += _labelled(words.t("Not seen"), unseen, width)
    return lines


def _unseen(inject: Inject, words: Words) -> str:
    name = inject.id.upper()
    if inject.reserve:
        return words.t("{inject} (reserve)", inject=name)
    if inject.only_after:
        return words.t(
            "{inject} (after {choices})", inject=name, choices=words.listing(inject.only_after, words.t("or"))
        )
    return name


def _listed(names: Sequence[str], words: Words) -> str:
    return " ".join(name.upper() for name in names) or words.t("nothing")


def _officials(found: Coverage, words: Words, width: int) -> list[Row]:
    lines = [_columns((words.t("OFFICIAL"), "quiet"), (words.t("INJECTS OF THEIR OWN"), "quiet"),
                      (words.t("LONGEST WITHOUT"), "quiet"), width)]  # fmt: skip
    for official, injects, (since, until) in found.officials:
        waits = words.t("{minutes} min ({since}-{until})", minutes=round(until - since), since=round(since),
                        until=round(until))  # fmt: skip
        lines.append(_columns((official.name, "text"), _ids(injects, words), (waits, "quiet"), width))
    if found.for_all:
        lines.append(_columns((words.t("everybody"), "quiet"), _ids(found.for_all, words), ("", "text"), width))
    return lines


def _counted(heading: str, counted: Iterable[tuple[str, Sequence[Inject]]], words: Words, width: int) -> list[Row]:
    rows = [(name, _ids(injects, words)) for name, injects in counted]
    if not rows:
        return []
    first = _columns((heading, "quiet"), (words.t("INJECTS"), "quiet"), ("", "text"), width)
    return [first, *(_columns((name, "text"), ids, ("", "text"), width) for name, ids in rows)]


def _ids(injects: Sequence[Inject], words: Words) -> tuple[str, str]:
    """Injects by their ids; that there is none is what an author looks for here."""
    if not injects:
        return words.t("none"), "warning"
    return " ".join(inject.id.upper() for inject in injects), "text"


def _columns(name: tuple[str, str], ids: tuple[str, str], more: tuple[str, str], width: int) -> Row:
    head = min(_HEAD, width // 2)
    line = row(fit(row(name), head - 2), "  ", fit(row(ids), max(width - head - _WAIT, 12)) if more[0] else ids)
    line = row(line, " ", more) if more[0] else line
    return fit(line, width) if width_of(line) > width else line


@dataclass
class CoverageScene(Scene):
    """Shows the coverage; Space closes the program, which prints it once more in the terminal."""

    session: Session
    words: Words
    _top: int = 0

    def entered(self) -> None:
        self.desk.put("")

    def pressed(self, key: str) -> None:
        if key in ("space", "enter", "escape"):
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
        if len(lines) > room:
            more = row((self.words.t("↑ ↓ show the rest"), "quiet"), "  ")
            shown[-1] = spread(shown[-1], more, width) if self._top + room < len(lines) else shown[-1]
        return [*fill([EMPTY, *shown] if not low else shown, height - len(bar)), *bar]

    def look(self) -> LineLook:
        return LineLook()
