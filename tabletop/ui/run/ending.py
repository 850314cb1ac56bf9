"""What the leader reads when a real incident stops everything."""

from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, broken, fill, flow, inset, lit, row


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
