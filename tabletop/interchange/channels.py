"""Through which of our channels a message comes, by the words that authors have for it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from tabletop.core.exercise import Channel
from tabletop.interchange.meanings import plain


class Means(NamedTuple):
    """A channel, and whether it is exactly that one; an e-mail is only dressed as the nearest."""

    channel: Channel
    is_exact: bool


_EXACT: Final[Mapping[Channel, str]] = {
    "phone": "phone telephone tel telefoon telefonisch bellen call telefoontje gsm mobiel",
    "lcms": "lcms netcentrisch",
    "news": "news nieuws tv televisie television krant newspaper press pers media omroep nieuwsbericht persbericht",
    "social-media": "social socials twitter facebook instagram tiktok linkedin tweet mastodon",
    "in-person": "person persoonlijk mondeling verbal verbally oral fysiek bezoek balie live",
}
_NEAR: Final[Mapping[Channel, str]] = {
    "phone": "sms whatsapp app appje portofoon c2000 signal pager voicemail text radio",
    "lcms": "mail email mailtje memo brief letter document sitrep teams chat message bericht slack ticket",
    "news": "website site article artikel video",
    "social-media": "post online internet blog",
    "in-person": "briefing overleg meeting vergadering visit",
}
_WORDS: Final[Mapping[str, Means]] = {
    word: Means(channel, is_exact)
    for table, is_exact in ((_NEAR, False), (_EXACT, True))
    for channel, words in table.items()
    for word in words.split()
}
_MOST_WORDS: Final = 5


def channel_of(text: str) -> Means | None:
    """Return the channel that a few words name, the surest of them; None for words that name none."""
    words = plain(text.replace("e-mail", "email")).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    found = [_WORDS[word] for word in words if word in _WORDS]
    return next((means for means in found if means.is_exact), found[0] if found else None)
