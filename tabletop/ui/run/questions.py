"""Questions that the program brings along, in the language of the exercise: question set H, and an unplanned stop."""

from collections.abc import Mapping

from tabletop.core.exercise import Language, Question
from tabletop.core.session import Session
from tabletop.locale import Words

THEMES: Mapping[Language, tuple[str, ...]] = {
    "nl": ("medewerkers", "oefenen", "evalueren", "andere kolommen"),
    "en": ("staff", "exercises", "evaluation", "other columns"),
}
"""The themes of the source, where an exercise names none of its own."""


def debrief_questions(session: Session, words: Words) -> tuple[str, ...]:
    """The questions of the hot debrief: the author's, or question set H."""
    written = tuple(question.text for question in session.exercise.debrief.questions)
    return written or (
        words.t("First impression, one sentence."),
        words.t("What was the effect for residents?"),
        words.t("One learning point for me (private)."),
        words.t("One point for the organisation: seen before, or first time (signal)?"),
        words.t("Which question, practice or proposal do we take along?"),
        words.t("Too long, too short, right?"),
    )


def unplanned_questions(words: Words) -> tuple[Question, ...]:
    """What is asked when the leader stops the exercise at a moment that the author did not plan."""
    return (
        Question(text=words.t("What do we see now that we did not see when we began?")),
        Question(text=words.t("What will a resident notice of our work in an hour?"), about="effect"),
    )
