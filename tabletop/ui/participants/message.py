"""What the card of a message says, dressed by the channel that it came through."""

from collections.abc import Mapping
from typing import assert_never

from tabletop.core import participants as p
from tabletop.core.exercise import Channel, Pool
from tabletop.locale import Words, mark
from tabletop.ui.participants.sheet import (
    ACCENT,
    BAR,
    INK,
    QUIET,
    STRONG,
    TITLE,
    Dress,
    Fit,
    Sheet,
    detail,
    flow,
    page_of,
)
from tabletop.ui.rows import EMPTY, Row

CHANNELS: Mapping[Channel, str] = {
    "phone": mark("PHONE"),
    "lcms": mark("LCMS"),
    "news": mark("NEWS"),
    "social-media": mark("SOCIAL MEDIA"),
    "in-person": mark("IN PERSON"),
}
_FOR_RECEIVER: Mapping[Channel, str] = {
    "phone": mark("Phone call for {receivers}"),
    "lcms": mark("LCMS message for {receivers}"),
    "news": mark("News for {receivers}"),
    "social-media": mark("Social media for {receivers}"),
    "in-person": mark("Conversation with {receivers}"),
}
CALLED: Mapping[Pool, str] = {
    "field": mark("the field"),
    "back-office": mark("the back office"),
    "leadership": mark("leadership and strategic advice"),
    "specialist": mark("the specialists"),
}
"""A pool, as somebody speaks of it."""


def message(card: p.Message, words: Words) -> Sheet:
    sender, receivers = card.sender.strip(), _receivers(card, words)
    details: tuple[Row, ...]
    dress: Dress = "plain"
    body = tuple(((line, STRONG),) if line else EMPTY for line in card.lines)
    match card.channel:
        case "phone":
            details = detail(_calls(card, words))
            body = _quoted(card)
        case "lcms":
            dress = "ruled"
            details = (
                *(((((words.tc("sender", "from") + " ", QUIET), (sender, INK))),) if sender else ()),
                ((words.tc("receiver", "to") + " ", QUIET), (receivers, INK)),
            )
        case "news":
            dress = "bar"
            details = (((sender, STRONG),),) if sender else ()
        case "social-media":
            details = detail(sender)
            body = tuple(((BAR, ACCENT), *line) if line else EMPTY for line in body)
        case "in-person":
            details = detail(words.t("speaking to {receivers}", receivers=receivers))
            name = (((sender[:1].upper() + sender[1:], TITLE),),) if sender else ()
            body = (*name, *_quoted(card))
        case _:
            assert_never(card.channel)
    return Sheet(story_time(card.time), words.t(CHANNELS[card.channel]), details, dress=dress, headline=card.headline,
                 body=body, page=page_of(card.page, card.pages, words))  # fmt: skip


def _calls(card: p.Message, words: Words) -> str:
    sender, receivers = card.sender.strip(), _receivers(card, words, in_sentence=True)
    if not sender:
        return words.t("for {receivers}", receivers=receivers)
    if card.everyone:
        return words.t("{sender} calls", sender=sender)
    return words.t("{sender} calls {receivers}", sender=sender, receivers=receivers)


def receiver_only(card: p.Message, words: Words, fit: Fit) -> Sheet:
    sentence = words.t(_FOR_RECEIVER[card.channel], receivers=_receivers(card, words, in_sentence=True))
    return Sheet(story_time(card.time), headline=words.t(CHANNELS[card.channel]),
                 body=flow(sentence, fit.width, STRONG), is_sparse=True)  # fmt: skip


def _receivers(card: p.Message, words: Words, *, in_sentence: bool = False) -> str:
    if card.everyone or not card.receivers:
        return words.t("everyone")
    names = [_receiver(one, words, in_sentence=in_sentence) for one in card.receivers]
    return words.listing(names) if in_sentence or card.channel == "in-person" else ", ".join(names)


def _receiver(one: str | p.Addressed, words: Words, *, in_sentence: bool) -> str:
    """An official, or a pool in words with those of it who are there."""
    if isinstance(one, p.Addressed):
        people = ", ".join(_as_word(name) if in_sentence else name for name in one.officials)
        return f"{words.t(CALLED[one.pool])} ({people})" if people else words.t(CALLED[one.pool])
    return _as_word(one) if in_sentence else one


def _as_word(label: str) -> str:
    """Write "Head of public care" small inside a sentence; "OvD-BZ" stays as it is."""
    first = label.split(" ", 1)[0]
    return label[:1].lower() + label[1:] if first[1:].islower() else label


def _quoted(card: p.Message) -> tuple[Row, ...]:
    """Return the lines between quotation marks that open on the first page and close on the last."""
    lines = list(card.lines)
    if lines and card.page == 1:
        lines[0] = f"“{lines[0]}"
    if lines and card.page == card.pages:
        lines[-1] = f"{lines[-1]}”"
    return tuple(((line, STRONG),) if line else EMPTY for line in lines)


def story_time(time: str) -> Row:
    """Return story time with its clock in bold: the day is known, the hour changes."""
    before, space, last = time.strip().rpartition(" ")
    if not any(character.isdigit() for character in last):
        return ((time, QUIET),) if time else EMPTY
    return tuple(part for part in ((before + space, QUIET), (last, STRONG)) if part[0])
