"""What Space does in a call-out, where that is something else than at a table: it calls somebody."""

from tabletop.core import timeline
from tabletop.core import upcoming as u
from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.ui.callout.running import due
from tabletop.ui.rows import Row, row
from tabletop.ui.run.bar import BarWords
from tabletop.ui.run.commands import letter


def space(session: Session, moment: Moment, words: Words) -> BarWords | None:
    """The bar in a call-out; None where it says what it says at a table."""
    if session.exercise.call_out is None:
        return None
    key = words.t("SPACE")
    match u.upcoming(session, moment):
        case u.Dial(None):
            return BarWords(key, words.t("call"), words.t("somebody: choose whom"))
        case u.Dial(official):
            return BarWords(key, words.t("call"), session.label(official), words.t("then say what came of it"),
                            _hint(words, "dial", words.t("somebody else")))  # fmt: skip
        case u.ShowInject(inject):
            said = f"{inject.id.upper()}  {inject.name}"
            return BarWords(key, words.t("call and play"), said, due(session, moment, words),
                            _hint(words, "call", words.t("log a call")))  # fmt: skip
        case u.OpenFeedback(point):
            said = f"◆ {point.title or words.t('feedback point')}"
            return BarWords(key, words.t("call and ask"), said, due(session, moment, words),
                            _hint(words, "call", words.t("log a call")))  # fmt: skip
        case u.OpenDebrief():
            is_over = timeline.is_debrief_due(session, moment)
            remark = words.t("the hour is over") if is_over else due(session, moment, words)
            return BarWords(key, words.t("call back: stop, and"), f"■ {words.t('the debrief')}", remark)
        case u.Resume(kind):
            verb = words.t("go on") if kind == "continued" else words.t("go on after the pause")
            return BarWords(key, verb, remark=words.t("the hour runs on") if session.begun is not None else "")
        case u.CloseFeedback(outcome):
            is_agreed = outcome == "agreed"
            said = words.t("the feedback point") if is_agreed else words.t("as discussed, nothing written")
            return BarWords(key, words.t("hang up, and close"), said)
        case _:
            return None


def _hint(words: Words, command: str, name: str) -> Row:
    return row((f"/{letter(command, words)}", "accent"), (f" {name}", "quiet"))
