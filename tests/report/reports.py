"""What the tests of the reports build with: runs as logs, and every report of them, in every form, for everybody."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.exercise import Exercise
from tabletop.core.moves import reviewing
from tabletop.locale import Language, words_for
from tabletop.report.audience import Reader
from tabletop.report.written import DOCUMENTS, POINTS, report_bytes
from tests.builders import START, Run, people, small_exercise

READERS = (Reader("group"), Reader("organisation"), Reader("region"), Reader("official", "field-one"))
FORMS = (*DOCUMENTS, *POINTS)


@dataclass(frozen=True)
class Logged:
    """A run as its log would give it."""

    head: e.Head
    events: Sequence[e.Event]

    def report(
        self, form: str, reader: Reader = READERS[0], language: Language | None = None, *, names: bool = False
    ) -> bytes:
        words = words_for(language or self.head.exercise.language)
        return report_bytes(self.head, self.events, words, reader, form, names=names)

    def text(
        self, form: str = ".md", reader: Reader = READERS[0], language: Language | None = None, *, names: bool = False
    ) -> str:
        return opened(self.report(form, reader, language, names=names))

    def everything(self, reader: Reader, *, names: bool = False) -> Iterator[tuple[str, str]]:
        """Every form of the report for a reader, as far as anybody could read it, in both languages."""
        for form in FORMS:
            for language in ("nl", "en"):
                yield f"{reader.kind}{form} {language}", self.text(form, reader, language, names=names)


def opened(data: bytes) -> str:
    """All text in a file, of a Word file that of each of its parts, with nothing between the pieces of a line."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()]
    return "\n".join([*parts, *(re.sub(r"<[^>]*>", "", part.replace("</w:p>", "\n")) for part in parts)])


def logged(run: Run, **more: object) -> Logged:
    head = e.Head(
        id="run-1",
        started=START,
        leader="Lena Leader",
        group="Town of Marker",
        language=run.exercise.language,
        exercise=run.exercise,
        participants=people(*run.officials),
    )
    return Logged(head.model_copy(update=more), tuple(run.events))


def whole_run(exercise: Exercise | None = None) -> Run:
    """Everything that a report has a section for; and under words of their own, everything that it may not have."""
    run = Run(exercise or small_exercise(), hard_end=START + timedelta(minutes=60))
    run.wait(60).until_shown("a1").do(moves.join, "field-two", "Janneke de Vries", "Harbour of Marker").wait(120)
    run.do(moves.answer_first_question, "not-yet", "the operator does")
    run.do(moves.note_point, "keep", "coffee first", "field-one", themes=["staff"])
    run.do(moves.note_point, "change", "away at once", "leader-one")
    run.do(moves.note_point, "change", "Janneke de Vries of Harbour of Marker asked Name of field-one", "office-one")
    run.do(moves.note_point, "keep", "“coffee is a decision”", "field-two")
    run.do(moves.note_point, "change", "the mayor waits", None)
    run.do(moves.revise_point, "lp-5", level="organisation", aspect="effect")
    run.do(moves.note_point, "change", "who is less self-reliant here", "field-one", themes=["self reliance"])
    run.do(moves.revise_point, "lp-6", kind="question")
    run.do(moves.note_point, "keep", "ring the nurse first", "office-one", themes=["self reliance"])
    run.do(moves.revise_point, "lp-7", kind="practice")
    run.do(moves.note_point, "keep", "ask it above each list", "leader-one", themes=["staff"])
    run.do(moves.revise_point, "lp-8", kind="proposal")
    run.do(moves.note_point, "change", "residents waited", "special-one")
    run.do(moves.revise_point, "lp-9", aspect="effect")
    run.do(moves.note_point, "change", "marker-own-private", "field-one", private=True)
    run.do(moves.note_point, "change", "marker-private-point", "leader-one", private=True)
    run.do(moves.note_point, "change", "marker-withdrawn", "field-one").do(moves.withdraw_point, "lp-12")
    run.do(moves.note_point, "change", "marker-undone", "field-one").do(moves.undo)
    run.do(moves.note_point, "change", "marker-before", "field-one").do(moves.revise_point, "lp-14", text="put better")
    run.do(moves.note_point, "change", "marker-later-private", "leader-one")
    run.do(moves.revise_point, "lp-15", private=True)
    run.do(moves.keep_private, "field-one")
    run.do(moves.observe, "marker-note", official="field-one").do(moves.observe, "marker-private-note", private=True)
    run.do(moves.decide, "the hall stays shut")
    run.do(moves.detail_decision, run.session.decisions[0].id, official="field-one", where="field", within="yes")
    run.until_stop("agreement").do(moves.agree, "first ask who").wait(90).space()
    run.until_shown("a3").wait(30).until_stop("round")
    run.do(moves.answer, "marker-private-answer", "office-one", 2, private=True)
    run.until_shown("a4").do(moves.choose, "go", "it is cold").wait(900)
    run.until_debrief().wait(60)
    run.do(moves.answer_debrief, "hectic but good", "field-one")
    run.do(moves.answer_debrief, "marker-private-impression", "field-one", private=True)
    run.space().do(moves.answer_debrief, "nobody has the key", "office-one")
    run.space().do(moves.answer_debrief, "people could stay at home", "leader-one")
    run.do(moves.use_instrument, "checklist-one")
    run.do(moves.approve_thanks, "field-one", "thanks for the coffee")
    run.do(moves.approve_thanks, "leader-one", "marker-private-point")
    run.wait(120).do(moves.end)
    run.sleep(90_000)
    run.do(reviewing.comment, "Rob Reviewer", "much was said and not typed, says Rob Reviewer")
    run.do(reviewing.comment, "Rob Reviewer", "marker-on-an-event", 3)
    run.do(reviewing.agree_action, "Rob Reviewer", "renew the list of keys", "Office One", date(2026, 12, 15))
    run.do(reviewing.agree_action, "Rob Reviewer", "marker-undone-action", "Office One", date(2026, 12, 15))
    run.do(reviewing.take_back, "Rob Reviewer", len(run.events))
    run.do(reviewing.count_survey, "Rob Reviewer", 1, (2, 5, 8, 20, 11))
    return run


def dutch_run(exercise: Exercise) -> Run:
    """A normal run of "Zonder gas": two or three points at each inject, everything else once or twice."""
    officials = tuple(one.id for one in exercise.key_officials)[:6]
    run = Run(exercise, officials, hard_end=START + timedelta(minutes=exercise.minutes)).wait(360)
    notes = iter(DUTCH)
    for inject in exercise.injects:
        if inject.id not in {step.id for step in run.session.upcoming_steps}:
            continue
        run.until_shown(inject.id).wait(100)
        for turn, text, official, about in (next(notes, None), next(notes, None)):  # type: ignore[misc]
            run.do(moves.note_point, turn, text, official, themes=["zelfredzaamheid"])
            if about:
                run.do(moves.revise_point, f"lp-{run.session.points_noted}", **about)
        if inject.choices:
            run.do(moves.choose, inject.choices[0].id, "het is koud")
        run.do(moves.decide, f"Besluit bij {inject.title}.")
        run.do(moves.detail_decision, run.session.decisions[-1].id, where="field").wait(120)
    run.until_debrief().wait(60)
    run.do(moves.answer_debrief, "Rommelig begin, daarna rust.", officials[0])
    run.do(moves.use_instrument, "Rolkaart").wait(700).do(moves.end)
    run.do(reviewing.agree_action, "R.", "Sleutellijst van gebouwen bijwerken", "Backoffice", date(2026, 12, 15))
    for number in range(1, 6):
        run.do(reviewing.count_survey, "R.", number, (2, 5, 8, 20, 11))
    return run


DUTCH: tuple[tuple[e.Turn, str, str | None, dict[str, object]], ...] = (
    ("keep", "Eerst koffie, dan pas rennen.", "ovd-bz", {}),
    ("change", "Ik reed meteen weg, zonder te vragen of dat nodig was.", "ovd-bz", {}),
    ("change", "Nagaan wat de thuiszorg al doet vóór wij een lijst maken.", "hpz", {"aspect": "effect"}),
    ("keep", "Gebeld met de netbeheerder in plaats van met de pers.", "backoffice", {}),
    ("change", "De brief moet ook zonder internet te lezen zijn.", "backoffice", {"aspect": "effect"}),
    ("keep", "“De overheid hoeft niet overal de eerste te zijn.”", None, {}),
    ("change", "Bij opschalen komen er meer mensen dan er werk is.", "ac-bz", {"level": "organisation"}),
    ("change", "De lijst met sleutels van gebouwen is twee jaar oud.", "ac-bz", {"level": "both"}),
    ("change", "Wie zijn híer verminderd zelfredzaam, en wie weet dat al?", "hpz", {"kind": "question"}),
    ("keep", "De wijkverpleegkundige als eerste bellen.", "hpz", {"kind": "practice"}),
    ("keep", "Boven aan elke checklist: moet de overheid dit doen?", "ac-bz", {"kind": "proposal"}),
    ("change", "Hoe bereiken wij mensen zonder telefoon?", "ac-bz", {"kind": "question"}),
    ("keep", "Eén persoon hield het beeld bij, de rest luisterde.", "strategisch-adviseur", {}),
    ("change", "Ik durfde niet te zeggen dat ik het niet wist.", "ovd-bz", {"private": True}),
    ("change", "Wie beslist was tien minuten onduidelijk.", "ac-bz", {}),
    ("keep", "Niemand ging bellen voordat wij het eens waren.", None, {}),
    ("change", "Te lang gewacht met vragen wie echt nergens heen kan.", "backoffice", {}),
    ("keep", "Wij lieten de buren hun gang gaan.", "ovd-bz", {"aspect": "effect"}),
)
