"""Why population care works this way, on one page for the other columns: what they notice, and the reasons.

Every reason carries its source. Nothing is said of how a person, a municipality or a company did, and no more is
claimed than the sources do.
"""

from tabletop.locale import Words
from tabletop.report.document import Block, Bullets, Document, Heading, Paragraph


def why(words: Words) -> Document:
    """Return the page, in the language of the words."""
    t = words.t
    blocks: list[Block] = [
        Paragraph(
            t(
                "For fire service, police, medical care (GHOR) and whoever else works with population care. You may "
                "expect the population care of some years ago. This is what is different, and why."
            )
        ),
        Heading(2, t("In one sentence")),
        Paragraph(
            t(
                "We first ask whether government should do anything here at all, because most people help themselves "
                "and each other; then we do what is needed for those who cannot."
            )
        ),
        Heading(2, t("What you notice")),
        Bullets(
            (
                t("We ask a question before we act, and sometimes we buy time for it."),
                t("Reception and registration are no longer automatic: it depends on the situation."),
                t("We ask who is less self-reliant here, in this situation; there is no fixed list of groups."),
                t("We join what residents, neighbours and companies already do."),
                t("We work in the field first, with few people. The duty officer population care has a mandate."),
            )
        ),
        Heading(2, t("Why")),
        Bullets(
            (
                t(
                    "In a disaster people generally act adequately; panic is limited, crowds excepted, and spontaneous "
                    "help nearly always arises. Making room for what already happens works better than stimulating it. "
                    "Vulnerable groups need extra support. [1]"
                ),
                t(
                    "Self-reliance is under pressure above all where people do not know what they can do themselves. "
                    "Good information is therefore the first help. [1]"
                ),
                t(
                    "Most people tell their relatives themselves where they are. Registration is for informing "
                    "relatives, and a complete list is often not feasible. [2]"
                ),
                t(
                    "In January 2015 more than a thousand homes had no gas for days. Residents were asked to find a "
                    "solution themselves first; most went to family or friends, or stayed at home with electric "
                    "heating. [3, 4]"
                ),
                t("What counts is what a resident notices of our work, and not how much of it we do. [4]"),
            )
        ),
        Heading(2, t("What it is not")),
        Bullets(
            (
                t("Some take it for a way to save money. [4] The reason is what it is worth to residents."),
                t("It is no refusal. Whoever cannot manage gets help, also when that is one person."),
            )
        ),
        Heading(2, t("What we ask of each other")),
        Bullets(
            (
                t("What do you expect of us, and does that still hold?"),
                t("What do you need from us to do your own work?"),
                t("Have you taken people in already? How many of them really have nowhere to go?"),
            )
        ),
        Heading(2, t("Sources")),
        Bullets(
            (
                t("[1] WODC, study of self-reliance in disasters and crises, 20 May 2021 (wodc.nl)."),
                t("[2] Principles of the victim information system SIS, version 1.3, 2011."),
                t("[3] ANP on the gas failure in Velsen-Noord, January 2015."),
                t(
                    "[4] Impression report of the work session VBZ/BZOO 2.0, Kennemerland and Hollands Midden, "
                    "28 October 2015."
                ),
            )
        ),
        Paragraph(
            t(
                "Built on the ideas of that work session; no official document of any region. Functions and agreements "
                "differ: look at your own regional crisis plan."
            ),
            small=True,
        ),
    ]  # fmt: skip
    return Document(t("Why population care works this way"), words.language, tuple(blocks), is_large=True)
