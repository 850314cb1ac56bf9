"""The keys of a run and the signs that a line may begin or end with: one table feeds the help and the README."""

from typing import NamedTuple

from tabletop.locale import mark


class Key(NamedTuple):
    """One key, or several that belong together, and what it does."""

    key: str
    does: str


class Sign(NamedTuple):
    """What is typed, as the help names it and with an example for the README, and what is saved of it."""

    typed: str
    example: str
    saved: str


KEYS: tuple[Key, ...] = (
    Key("Space PageDown",
        mark("on the empty line: the next thing (the bar says what); beside text Space is a space")),
    Key("Enter", mark("saves what was typed; on the empty line nothing happens, unless the arrows chose something")),
    Key("/", mark("on the empty line: the commands; then one letter runs one")),
    Key("F2", mark("the commands, also beside a half-typed line")),
    Key("Ctrl+P", mark("the commands, searched by name")),
    Key("Tab", mark("takes the completion that is offered")),
    Key("↑ ↓", mark("choose: in a list, who speaks in a round, or what was just saved (Enter then revises it)")),
    Key("← →", mark("in the text; in a round: which question an answer belongs to")),
    Key("Esc", mark("closes what is open; puts a half-typed line aside, and again brings it back")),
    Key("F1", mark("help")),
    Key("F3", mark("role cards and words: what a function or a team is and may decide; letters search")),
    Key("Ctrl+Q", mark("closes the program; the run can be gone on with")),
)  # fmt: skip
"""In the order in which somebody meets them."""

SIGNS: tuple[Sign, ...] = (
    Sign("…", "`buren bieden bedden aan`", mark("an observation; in a round the answer of whoever speaks")),
    Sign("+ …", "`+ eerst koffie @ovd-bz #medewerkers`", mark("a learning point: keep")),
    Sign("- …", "`- meteen weggereden`", mark("a learning point: do differently (Δ)")),
    Sign("! …", "`! sporthal blijft dicht`",
         mark("a decision; then who, where and within mandate, each of which can be skipped")),
    Sign("… @ @", "`belt @ovd-bz @burgemeester`", mark("an informal contact, never an error")),
    Sign("+  -  Enter", "`+` / `-` Enter", mark("a timed mark, to be written out later")),
    Sign("… *", "`… *`", mark("private: out of every report and the shared copy")),
    Sign("*  Enter", "`*` Enter", mark("“kept for myself”, without any text")),
)  # fmt: skip

TOKENS: tuple[Key, ...] = (
    Key("… @", mark("whose it is: two letters or more of a function or of a name, at the end of the line")),
    Key("… #", mark("the theme or the objective, at the end of the line")),
    Key("+ @ …", mark("behind a sign both count at the start of the line too")),
)
