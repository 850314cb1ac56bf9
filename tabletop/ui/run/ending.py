"""What the leader reads when it stops: a real incident, and the end with what was learned, agreed and decided."""

from tabletop.core import learning, timeline
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.locale.codes import GLYPHS, KEPT
from tabletop.ui.rows import EMPTY, Row, broken, fill, flow, hanging, inset, lit, row
from tabletop.ui.run.reading import Reading


def incident(session: Session, words: Words, width: int, height: int) -> list[Row]:
    """NO PLAY: the exercise stands still, and only a word lets it go on."""
    lines: list[Row] = [EMPTY, EMPTY, *flow(session.exercise.codeword, width - 8, "errorstrong"), EMPTY]
    said = words.t("A real incident. The exercise has stopped; the participants' screen says so.")
    if session.exercise.call_out is not None:
        said = words.t("A real incident. The exercise has stopped: call everybody who takes part and say so.")
    lines += flow(said, width - 8, "strong")
    lines += [EMPTY, *flow(words.t("Everything is saved. Nothing is lost when you close the laptop now."), width - 8)]
    keys = row((words.t("/q leaves and lets you go on later; /e ends the run."), "quiet"))
    lines += broken(lit(keys, "/q", "/e"), width - 8, 3)
    return fill([inset(line, 4) if line else line for line in lines], height)


def closing(
    session: Session, words: Words, width: int, height: int, where: tuple[str, ...], read: Reading
) -> list[Row]:
    """The end: where everything is, and the learning points per key official, as far as they were read."""
    lines: list[Row] = [row((words.t("SAVED"), "quiet"))]
    for path in where:
        lines += flow(path, width - 4)
    command = f'tabletop report "{where[0]}" -o {words.t("report")}.html'
    lines += [EMPTY, *flow(words.t("The report for the group, as soon as this is closed:"), width - 4, "quiet")]
    lines += flow(command, width - 4)
    lines += [EMPTY, row((words.t("LEARNING POINTS PER KEY OFFICIAL"), "quiet")), EMPTY]
    groups = {group.id: group.points for group in learning.by_official(session)}
    for official_id in dict.fromkeys([*(person.official for person in session.participants), *groups]):
        points = groups.get(official_id, ())
        shown = [point for point in points if not point.private]
        lines.append(
            row((session.label(official_id) or words.t("the table"), "strong"), (f"   {len(points)}", "quiet"))
        )
        for point in shown:
            text = point.text or words.t("to be written out")
            wrapped = flow(text, width - 10)
            lines += [
                row(("    " + (GLYPHS[point.turn] if not n else " ") + " ", "accent"), line)
                for n, line in enumerate(wrapped)
            ]
        hidden = len(points) - len(shown)
        if hidden:
            lines.append(row(("    * ", "accent"), (words.tn("{n} private", "{n} private", hidden), "quiet")))
        if not points:
            lines.append(row(("    –", "quiet")))
    lines += _agreed_and_decided(session, words, width)
    minutes = timeline.seen_to_stopped(session)
    if minutes:
        total = words.duration(60 * sum(minutes) / len(minutes))
        seen = words.t("From “seen” to stop, on average {length}: for you alone.", length=total)
        lines += [EMPTY, *flow(seen, width - 4, "quiet")]
    shown_now = read.shown(lines, height, words, on="↓", back="↑")
    return fill([inset(line, 2) if line else line for line in shown_now], height)


def _agreed_and_decided(session: Session, words: Words, width: int) -> list[Row]:
    """What the table agreed, and whether it happened; what was decided."""
    lines: list[Row] = []
    agreed = learning.agreed_lines(session)
    if agreed:
        lines += [EMPTY, row((words.t("AGREED"), "quiet")), EMPTY]
    for one in agreed:
        kept = f"  ({words.t(KEPT[one.kept])})" if one.kept is not None else ""
        lines += hanging((f"◆ {one.number}  ", "quiet"), one.text + kept, width - 4)
    if len(session.decisions):
        lines += [EMPTY, row((words.t("DECISIONS"), "quiet")), EMPTY]
    for decision in session.decisions:
        lines += hanging(("! ", "accent"), decision.text, width - 4)
    return lines
