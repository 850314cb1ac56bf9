"""Views as the shared screen gets them, one for each card, with the longest things that are still ordinary."""

from datetime import UTC, datetime, timedelta

import pytest

from tabletop.core import participants as p
from tabletop.core.paging import Asked
from tabletop.core.said import PageLine, Said, checklist_pages
from tabletop.core.text import pages

NOW = datetime(2026, 11, 23, 10, 41, tzinfo=UTC)
AGREED = "eerst vragen wat mensen al doen"
GROUPS = ("ouderen alleen thuis", "gezinnen met een baby", "wie geen buren kent")
LONG = """Meer dan 1.000 woningen in De Werf zitten zonder gas. Er heeft uren water in de leidingen gestaan.

Monteurs draaien huis aan huis de gaskraan dicht, tot 21.00 uur en morgen vanaf 06.30 uur.

Herstel duurt meerdere dagen. Prognose onzeker."""
QUESTIONS = (
    Asked("Wie zijn híer de verminderd-zelfredzamen?", "Hoogstens drie groepen, met reden.", in_round=True, number=1),
    Asked("Wat zou ik zelf doen?", "", in_round=False, number=2),
    Asked("Welke hulp zou ik zelf willen?", "", in_round=False, number=3),
)
SAID = tuple(
    Said(who, "Versterkte wat buren al deden, zonder het over te nemen.", "Marieke" if "zorg" in who else "")
    for who in ("OvD-BZ", "Hoofd publieke zorg", "Backoffice", "AC-BZ", "Strategisch adviseur", "Communicatie")
)
ANSWERED = (
    PageLine("question", "Wie zijn hier de verminderd zelfredzamen?"), PageLine("gap"),
    PageLine("who", "Hoofd publieke zorg"),
    PageLine("answer", "ouderen die alleen wonen, en ook wie de", begins=True),
    PageLine("answer", "buren niet kent", ends=True),
    PageLine("answer", "wie geen Nederlands leest", begins=True, ends=True), PageLine("gap"),
    PageLine("who", "OvD-BZ"), PageLine("answer", "gezinnen met een baby", begins=True, ends=True),
)  # fmt: skip
THANKED = (
    PageLine("who", "Marieke", "Hoofd publieke zorg"),
    PageLine("quote", "Buren bieden al bedden aan: versterk dat,", begins=True),
    PageLine("quote", "en neem het niet over.", ends=True), PageLine("gap"),
    PageLine("who", "Communicatie"), PageLine("quote", "Zeg wat we nog niet weten.", begins=True, ends=True),
)  # fmt: skip
TOLD = (
    *(PageLine("text", line) if line else PageLine("gap") for line in pages(LONG)[0][:5]),
    PageLine("asked", "Wat deden wij dat toen niet nodig was?"), PageLine("gap"),
    PageLine("from"), PageLine("source", "een bron"), PageLine("source", "nog een bron"),
)  # fmt: skip


def view(card: p.Card, **more: object) -> p.ParticipantView:
    values: dict[str, object] = {"language": "nl", "title": "Zonder gas", "codeword": "NO PLAY", **more}
    return p.ParticipantView(card=card, **values)  # type: ignore[arg-type]


def message(channel: str = "phone", text: str = LONG, page: int = 1, **more: object) -> p.Message:
    paged = pages(text)
    values: dict[str, object] = {
        "time": "donderdag 14.00", "sender": "manager De Boeg", "receivers": ("Hoofd publieke zorg", "AC-BZ"),
        "everyone": False, "headline": "EVACUEREN?", "lines": paged[page - 1], "page": page, "pages": len(paged),
        "receiver_only": False, **more,
    }  # fmt: skip
    return p.Message(channel=channel, **values)  # type: ignore[arg-type]


VIEWS: dict[str, p.ParticipantView] = {
    "waiting": view(p.Waiting("", "Gemeente Duinmeer, wijk De Werf. Vier graden.\nU bent op uw werk.", begun=True)),
    **{
        channel: view(message(channel), agreed=AGREED, groups=GROUPS)
        for channel in ("phone", "lcms", "news", "social-media", "in-person")
    },
    "paged": view(message(text=f"{LONG}\n\n{LONG}"), agreed=AGREED),
    "receiver-only": view(message(lines=(), sender="", headline="", receiver_only=True)),
    "jump": view(p.Jump("Ruim vier uur later. Het is donker en het vriest.", "donderdag 19.40"), agreed=AGREED),
    "check": view(p.Check(2, AGREED), stage="check", agreed=AGREED),
    "writing": view(p.Writing(2, QUESTIONS, NOW + timedelta(seconds=84)), stage="writing", agreed=AGREED, kept="yes"),
    "writing-still": view(p.Writing(2, QUESTIONS, None), stage="writing"),
    "round": view(p.Round(2, QUESTIONS[0], "Hoofd publieke zorg"), stage="round"),
    "round-without-question": view(p.Round(1, None, ""), stage="round"),
    "list": view(p.Listing(2, QUESTIONS[0]), stage="list", groups=GROUPS),
    "agreeing": view(p.Agreeing(2), stage="agreement", agreed=AGREED),
    "fingers": view(p.FingersCard("Hoe zeker zijn we dat dit werkt?", (), number=2), stage="fingers"),
    "counted": view(p.FingersCard("Hoe zeker zijn we dat dit werkt?", (0, 0, 1, 2, 2, 1)), stage="fingers"),
    "proposal": view(p.FingersCard("Buren bieden al bedden aan: versterk dat, en neem het niet over.", (), True)),
    "counted-many": view(p.FingersCard("", (0, 0, 1, 2, 12, 1))),
    "answers": view(p.Answers(ANSWERED), stage="round"),
    "answers-page": view(p.Answers(ANSWERED[:6], 2, 3), stage="round"),
    "answers-none": view(p.Answers(ANSWERED[:1]), stage="round"),
    "draft": view(
        p.Draft(pages("Beste bewoners. Er is geen gas en dat duurt zeker drie dagen. Kijk bij uw buren.")[0])
    ),
    "checklist": view(
        p.ChecklistCard(
            "Uitval gas",
            "not-yet",
            "bewoners regelen het zelf nog",
            checklist_pages(("Koop tijd.", "Wie kan naar huis?"))[0],
        )
    ),
    "rebuttal": view(
        p.Rebuttal("Communicatie", "LIVE OP RADIO", "Omroep Kustland", "news", NOW + timedelta(seconds=42), 60.0),
        agreed=AGREED,
    ),
    "rebuttal-of-the-table": view(p.Rebuttal("", "", "", "phone", None, 25.0)),
    "for-a-pool": view(
        message(
            receivers=(
                p.Addressed("leadership", ("AC-BZ", "Strategisch adviseur")),
                "Hoofd publieke zorg",
            )
        )
    ),
    "checklist-open": view(p.ChecklistCard("", None, "", ())),
    "time-out": view(p.TimeOut("time-out"), agreed=AGREED),
    "break": view(p.TimeOut("break")),
    "bought-before": view(
        p.Waiting("We oefenen om te leren.", "Donderdag, half twaalf.", begun=True),
        bought=p.Bought("OvD-BZ", NOW + timedelta(seconds=170)),
    ),
    "bought-beside": view(
        message(text="Er is geen gas."), agreed=AGREED, bought=p.Bought("OvD-BZ", NOW + timedelta(seconds=170))
    ),
    "no-play": view(p.NoPlay("NO PLAY")),
    "debriefing": view(p.Debriefing("Eén leerpunt voor mijzelf.", "U mag het voor uzelf houden.", 3, 4)),
    "debriefing-tasks": view(p.Debriefing("", "", 0, 4)),
    "thanks": view(p.Thanks(THANKED, 1, 3)),
    "reveal": view(p.Reveal(TOLD)),
    "closing": view(p.Closing(SAID)),
    "closing-alone": view(p.Closing(())),
}


@pytest.fixture(params=sorted(VIEWS))
def any_view(request: pytest.FixtureRequest) -> p.ParticipantView:
    return VIEWS[request.param]
