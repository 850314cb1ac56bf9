"""The public survey to hand out: five questions to residents, and how what they answer is entered."""

from typing import Final

from tabletop.locale import Words, mark
from tabletop.locale.survey import ANSWERS, QUESTIONS
from tabletop.report.document import Block, Bullets, Choices, Document, Heading, Paragraph

COMMAND: Final = mark("tabletop survey LOG --reviewer NAME --count 1=2,5,8,20,11")


def survey(words: Words) -> Document:
    """Return the form: the questions, and on the back what whoever counts has to know."""
    t = words.t
    answers = tuple(t(answer) for answer in ANSWERS)
    asked: list[Block] = [
        Choices(f"{number}. {t(question)}", answers) for number, question in enumerate(QUESTIONS, start=1)
    ]
    return Document(
        t("Five questions about what happened"),
        words.language,
        (
            Paragraph(
                t(
                    "You noticed what happened. With five short questions the municipality wants to learn what its "
                    "work was worth to you. You need not give your name, and there are no wrong answers."
                )
            ),
            Paragraph(t("Tick one box for each sentence: from 1, not at all, to 5, completely.")),
            *asked,
            Choices(t("What would have helped you most?"), (), lines=2),
            Paragraph(t("Thank you.")),
            Heading(2, t("For whoever counts")),
            Bullets(
                (
                    t("Cut this part off, and fill in above it what it is about and where the form goes."),
                    t("Count for each question how many gave each answer; what was left open does not count."),
                    t(
                        "Enter it question by question, with the five counts in that order: {command}",
                        command=t(COMMAND),
                    ),
                    t("A question that is entered once more takes the place of the earlier count."),
                    t("The impression report then has it as the effect that residents noticed."),
                )
            ),
        ),
        is_large=True,
    )
