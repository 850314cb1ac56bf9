"""What goes on paper before an exercise: inject cards for whoever receives them, role cards, the glossary.

One page of HTML with everything in it, which any browser prints; foreign text in it is only ever text.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from typing import Final, Literal, TypeAlias

from tabletop.core.cards import Cards, RoleCard
from tabletop.core.exercise import Exercise, Inject, Official
from tabletop.core.text import clean, clean_line
from tabletop.locale import Words
from tabletop.locale.codes import CHANNELS, POOLS

Part: TypeAlias = Literal["injects", "roles", "words"]
PARTS: Final[tuple[Part, ...]] = ("injects", "roles", "words")

_STYLE: Final = """
@page { size: A4; margin: 12mm }
body { font: 12pt/1.35 sans-serif; color: #111; margin: 0 auto; max-width: 186mm }
h1 { font-size: 16pt; margin: 0 0 2mm } h2 { font-size: 13pt; margin: 0 0 1mm }
section { break-before: page } section:first-of-type { break-before: auto }
.hint, .small, dt span { color: #555; font-size: 9pt }
.card { border: 1px dashed #777; padding: 6mm; margin: 0 0 5mm; break-inside: avoid }
.card p, .card ul { margin: 0 0 2mm } .card ul { padding-left: 5mm }
.line { font-weight: bold } .headline { font-size: 18pt; font-weight: bold }
.small { margin: 3mm 0 0 }
dl { columns: 2; column-gap: 8mm } dt { font-weight: bold } dd { margin: 0 0 3mm } dl div { break-inside: avoid }
@media screen { body { padding: 8mm } }
"""


def page(exercise: Exercise, cards: Cards, words: Words, parts: Collection[Part] = PARTS) -> str:
    """Return the page. The cards are in the language of the words; what the exercise says is in its own."""
    made = {
        "injects": lambda: _injects(exercise, words),
        "roles": lambda: _roles(exercise, cards, words),
        "words": lambda: _terms(cards, words),
    }
    body = "\n".join(made[part]() for part in PARTS if part in parts)
    title = _text(exercise.title)
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(clean_line(text).strip())


def _paragraphs(text: str) -> str:
    parts = [part for part in clean(text).strip().split("\n\n") if part.strip()]
    return "".join(f"<p>{'<br>'.join(escape(line) for line in part.strip().splitlines())}</p>" for part in parts)


def _section(title: str, hint: str, cards: Iterable[str]) -> str:
    said = f'<p class="hint">{_text(hint)}</p>\n' if hint else ""
    return f"<section>\n<h1>{_text(title)}</h1>\n{said}" + "\n".join(cards) + "\n</section>"


# --- injects ---


def _injects(exercise: Exercise, words: Words) -> str:
    """A card for each receiver of each inject; of a call-out the task cards, since its injects are read aloud."""
    title = words.t("Inject cards: {title}", title=exercise.title)
    if exercise.call_out is not None:
        title = words.t("Task cards: {title}", title=exercise.title)
        tasks = [_card(f"<h2>{_text(card.title)}</h2>{_paragraphs(card.text)}") for card in exercise.call_out.cards]
        return _section(title, words.t("Choose one before you dial."), tasks)
    hint = words.t(
        "Cut along the lines, and hand a card over when its inject is on the screen. Keep the rest face down."
    )
    return _section(title, hint, _inject_cards(exercise, words))


def _inject_cards(exercise: Exercise, words: Words) -> Iterator[str]:
    for inject in (*exercise.injects, *exercise.reserves):
        if not inject.to:
            yield _inject(inject, words.t("everybody"), words)
        for official in exercise.receivers(inject.to) if inject.to else ():
            yield _inject(inject, official.name, words)


def _inject(inject: Inject, receiver: str, words: Words) -> str:
    channel = words.t(CHANNELS[inject.channel])
    first = " · ".join(part for part in (channel[:1].upper() + channel[1:], inject.time) if part)
    sender = words.t("from {sender}", sender=inject.sender) if inject.sender else ""
    to = words.t("to {receiver}", receiver=receiver)
    return _card(
        f'<p class="line">{_text(first)}</p><p>{_text(", ".join(part for part in (sender, to) if part))}</p>'
        + (f"<p>{_text(inject.jump)}</p>" if inject.jump else "")
        + (f'<p class="headline">{_text(inject.headline)}</p>' if inject.headline else "")
        + _paragraphs(inject.text)
        + f'<p class="small">{_text(inject.id.upper())}</p>'  # and no more: what it depends on is the leader's
    )


def _card(inside: str) -> str:
    return f'<div class="card">{inside}</div>'


# --- roles and words ---


def _roles(exercise: Exercise, cards: Cards, words: Words) -> str:
    of_officials = [_official(official, card, cards, words) for official, card in cards.of(exercise)]
    teams = [_card(f"<h2>{_text(team.name)}</h2>{_about(team, words)}") for team in cards.teams]
    return _section(words.t("Role cards"), cards.note, [*of_officials, *teams])


def _official(official: Official, card: RoleCard | None, cards: Cards, words: Words) -> str:
    place = words.t("pool: {pool}", pool=words.t(POOLS[official.pool]))
    if not official.key:
        place = words.t("no key official: the leader plays this function")
    inside = f'<h2>{_text(official.name)}</h2><p class="hint">{_text(place)}</p>'
    inside += _about(card, words) if card is not None else ""
    competences = cards.competences(official.pool) if official.key else ()
    return _card(inside + _list(words.t("What this pool is asked for"), competences))


def _about(card: RoleCard, words: Words) -> str:
    inside = _paragraphs(card.what) + _list(words.t("May decide"), card.may_decide)
    inside += f'<p><span class="line">{_text(words.t("Works with"))}:</span> {_text(card.works_with)}</p>' * bool(
        card.works_with
    )
    return inside + _source(card.source, words)


def _list(heading: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f'<p class="line">{_text(heading)}</p><ul>' + "".join(f"<li>{_text(item)}</li>" for item in items) + "</ul>"


def _source(source: str, words: Words) -> str:
    return f'<p class="small">{_text(words.t("Source: {source}", source=source))}</p>' if source else ""


def _terms(cards: Cards, words: Words) -> str:
    rows = []
    for term in cards.terms:
        other = f" <span>{_text(term.other)}</span>" if term.other else ""
        meaning = f"<dd>{_text(term.meaning)}{_source(term.source, words)}</dd>"
        rows.append(f"<div><dt>{_text(term.term)}{other}</dt>{meaning}</div>")
    return _section(words.t("Words of the field"), "", ["<dl>", *rows, "</dl>"])
