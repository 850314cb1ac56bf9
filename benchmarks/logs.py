"""Writes a folder of logs as a region would have them after years, the same for the same seed.

    python benchmarks/logs.py FOLDER [COUNT]

Each is some 30 KB, through our own writer: shipped exercises, groups, officials, themes, and texts that recur.
"""

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tabletop.core import events as e
from tabletop.core.exercise import Exercise
from tabletop.files import library
from tabletop.files.log.writing import block_of, head_of

SEED = 4
EXERCISES = ("zonder-gas", "without-gas", "kraan-op-de-kade", "toestel-in-de-akker", "honderdvijftig-mensen")
GROUPS = [f"{place} {team}" for place in ("Haarlem", "Velsen", "Leiden", "Gouda", "Katwijk") for team in "abcd"]
LEADERS = ("Ina Verbeek", "Joost van Dalen", "Mo Idrissi")
NAMES = ("Sanne Jansen", "Peter de Wit", "Fatima el Amrani", "Kees Bos", "Lotte Kramer", "Wim van der Meer")
"""All of them are fiction."""
WHO = """wij|de burgemeester|bewoners|het team|de officier|de wijkagent|mantelzorgers|de pers|de buren|de gemeente
kwetsbare mensen|de vrijwilligers|de netbeheerder|het ziekenhuis|ouders|de school|leerlingen|collega's|het dorpshuis"""
DOES = "belt|wacht op|zoekt|vraagt|informeert|ziet niet|bereikt|helpt|mist|vergeet|regelt|betrekt|schat|begrijpt|volgt"
WHAT = """hulp|koffie|overzicht|de school|vervoer|medicijnen|verwanten|de opvang|een lijst|tolken|stroom|rust|café
het situatiebeeld|één boodschap|handelingsperspectief|de registratie|mandaat|een besluit|tijd|ruimte|vragen"""
WHEN = """meteen|pas later|in de nacht|na de opschaling|voor het overleg|zonder reden|samen|te laat|uit zichzelf
nog niet|bij de tweede ronde|zodra het kan|tijdens de pauze|op eigen houtje|volgens de checklist"""
PARTS = [part.replace("\n", "|").split("|") for part in (WHO, DOES, WHAT, WHEN)]
FIRST = """nood wijk water stroom gas zorg opvang brand school buurt crisis dorps sport gemeente ziekenhuis bewoners
telefoon informatie verpleeg gezins huisarts stads kerk markt haven fabrieks nacht weekend winter mantelzorg
vrijwilligers
kantoor bibliotheek theater spoor tram bus fiets jeugd ouderen asiel studenten verkeers politie bestuurs raads media
web radio nieuws verwanten slachtoffer schade herstel evacuatie ontruimings terugkeer inkwartierings voedsel kleding
medicijn hulp dieren rolstoel taal"""
LAST = """huis centrum lijst team loket punt dienst plan overleg leider nummer plek zaal tent bericht kaart formulier
adres weg plein hal post groep hulp auto bus wagen pas sleutel map scherm lijn kanaal verslag besluit vraag afspraak
rooster ploeg dekens bedden stoelen tafels water brood pomp lamp kabel noodstroom verwarming douche keuken register
verzekering rekening folder brief dossier beeld"""
FIRSTS, LASTS = FIRST.split(), LAST.split()
RECURRING = (
    "Eerst koffie, dan bellen.",
    "Vraag eerst of de overheid hier iets moet.",
    "Wie is hier minder zelfredzaam?",
    "De lijst met bewoners was er niet.",
    "Spreek af wie de pers te woord staat.",
)
KINDS: tuple[e.PointKind, ...] = ("observation", "observation", "question", "practice", "proposal")


@cache
def exercise(name: str) -> Exercise:
    return library.load(library.shipped_folder() / f"{name}.toml")


def seldom(dice: random.Random) -> str:
    """A word as Dutch makes them of others: a few of them often, and most of many thousands hardly ever."""

    def one(of: list[str]) -> str:
        return of[int(len(of) * dice.random() ** 2)]

    word = one(FIRSTS) + one(LASTS)
    return one(FIRSTS) + word if dice.random() < 0.4 else word


def sentence(dice: random.Random) -> str:
    if dice.random() < 0.15:
        return dice.choice(RECURRING)
    words = " ".join(dice.choice(part) for part in PARTS)
    where = f" bij {seldom(dice)}" if dice.random() < 0.5 else ""
    return f"{words.capitalize()}, {dice.choice(PARTS[1])} {dice.choice(PARTS[2])}{where}."


def log(number: int) -> tuple[str, bytes]:
    """One log, by its number: the name of its file, as it is given by the program, and what is in it."""
    dice = random.Random(f"{SEED} {number}")
    script = exercise(dice.choice(EXERCISES))
    at = datetime(2018, 1, 8, 13, 0, tzinfo=UTC) + timedelta(days=dice.randrange(3200), minutes=dice.randrange(90))
    people = dice.sample(script.key_officials, k=min(6, len(script.key_officials)))
    group = dice.choice(GROUPS)
    name = f"{at:%Y-%m-%d-%H%M}-{script.id}-{number:05}"
    head = e.Head(id=name, started=at, leader=LEADERS[len(group) % len(LEADERS)], group=group,
                  language=script.language, exercise=script,
                  participants=tuple(e.Participant(official=one.id, name=NAMES[place] if place % 2 else "")
                                     for place, one in enumerate(people)))  # fmt: skip
    facts: list[e.Fact] = [e.SessionStarted(at=at, clock=0.0, hard_end=at + timedelta(minutes=75))]
    seconds = 0.0
    points = 0

    def add(fact: type[e.Fact], /, **values: object) -> None:
        nonlocal seconds
        seconds += dice.uniform(5, 90)
        facts.append(fact(at=at + timedelta(seconds=round(seconds)), clock=round(seconds, 3), **values))

    def learn(inject: str | None, feedback: str | None = None) -> None:
        nonlocal points
        points += 1
        add(e.LearningPointNoted, id=f"lp-{points}", official=dice.choice(people).id, inject=inject, feedback=feedback,
            text=sentence(dice), turn=dice.choice(("keep", "change")), kind=dice.choice(KINDS),
            themes=tuple(dice.sample(script.themes, k=dice.randint(0, min(2, len(script.themes))))),
            private=dice.random() < 0.05)  # fmt: skip

    for step in script.storyline:
        if step.type == "inject":
            if step.only_after:
                continue
            add(e.InjectShown, inject=step.id)
            for _ in range(dice.randint(1, 3)):
                add(e.Observed, text=sentence(dice), inject=step.id)
            if dice.random() < 0.5:
                add(e.DecisionMade, id=f"d-{len(facts)}", text=sentence(dice), inject=step.id)
            if dice.random() < 0.7:
                learn(step.id)
        else:
            add(e.FeedbackOpened, feedback=step.id, stage="writing")
            add(e.FeedbackStep, feedback=step.id, stage="round")
            for one in people[:4]:
                add(e.TurnTaken, official=one.id)
                add(e.Answered, feedback=step.id, question=1, official=one.id, text=sentence(dice))
            learn(None, step.id)
            add(e.Agreed, feedback=step.id, text=sentence(dice))
            add(e.FeedbackClosed, feedback=step.id, outcome="agreed")
    add(e.LearningPointRevised, point="lp-1", text=sentence(dice))
    if dice.random() < 0.2:
        add(e.LearningPointWithdrawn, point="lp-2", reason="twice")
    if dice.random() < 0.3:
        add(e.Undone, event=len(facts))
    for line in dice.sample(script.checklist.lines, k=min(2, len(script.checklist.lines))):
        add(e.InstrumentUsed, instrument=line)
    add(e.ActionAgreed, id="action-1", text=sentence(dice), owner=people[0].short, point="lp-1",
        due=(at + timedelta(days=30)).date().isoformat())  # fmt: skip
    add(e.SessionEnded)
    return name, head_of(head) + b"".join(block_of(fact, n) for n, fact in enumerate(facts, 1))


def write(folder: str, numbers: range) -> int:
    """Write these logs; return how many bytes they are together."""
    size = 0
    for number in numbers:
        name, data = log(number)
        Path(folder, f"{name}.toml").write_bytes(data)
        size += len(data)
    return size


def make(folder: Path, count: int) -> int:
    """Write so many logs, on all cores; return how many bytes they are together."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [range(start, min(start + 200, count)) for start in range(0, count, 200)]
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(write, [str(folder)] * len(parts), parts))


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000) // 1024, "KiB")
