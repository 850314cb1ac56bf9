"""Questions that the program brings along, in the language of the exercise: question set H, and an unplanned stop."""

from collections.abc import Mapping

from tabletop.core.exercise import DebriefQuestion, Exercise, Language, Question
from tabletop.locale import Words

THEMES: Mapping[Language, tuple[str, ...]] = {
    "nl": ("medewerkers", "oefenen", "evalueren", "andere kolommen"),
    "en": ("staff", "exercises", "evaluation", "other columns"),
}
"""The themes of the source, where an exercise names none of its own."""


def themes_of(exercise: Exercise) -> tuple[str, ...]:
    return exercise.themes or THEMES[exercise.language]


def debrief_questions(words: Words) -> tuple[DebriefQuestion, ...]:
    """Question set H, for the hot debrief of an exercise whose author wrote no questions for it."""
    return (
        DebriefQuestion(text=words.t("First impression, one sentence."), about="impression"),
        DebriefQuestion(text=words.t("What was the effect for residents?"), about="effect"),
        DebriefQuestion(text=words.t("One learning point for me (private)."), about="own-point"),
        DebriefQuestion(
            text=words.t("One point for the organisation: seen before, or first time (signal)?"), about="organisation"
        ),
        DebriefQuestion(text=words.t("Which question, practice or proposal do we take along?"), about="take-along"),
        DebriefQuestion(text=words.t("Too long, too short, right?"), about="length"),
    )


def rebuttal_question(words: Words) -> str:
    """What the table shows fingers on after a rebuttal."""
    return words.t("Would this help a resident?")


def unplanned_questions(words: Words) -> tuple[Question, ...]:
    """What is asked when the leader stops the exercise at a moment that the author did not plan."""
    return (
        Question(text=words.t("What do we see now that we did not see when we began?")),
        Question(text=words.t("What will a resident notice of our work in an hour?"), about="effect"),
    )
