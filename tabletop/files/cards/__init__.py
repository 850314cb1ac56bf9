"""The role cards and the glossary on disk: those that ship with the program, and one's own over them."""

from functools import cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from tabletop.core.cards import Cards
from tabletop.core.exercise import Language
from tabletop.core.text import clean_line
from tabletop.files import library

_HERE: Final = Path(__file__).parent
FOLDER: Final = "cards"
"""The folder beside one's own exercises in which a file of cards is looked for."""


@cache
def shipped(language: Language) -> Cards:
    return read(_HERE / f"{language}.toml")


def shipped_text(language: Language) -> str:
    """Return the file that ships, for whoever makes one of their own of it."""
    return library.read(_HERE / f"{language}.toml")


def own_path(language: Language) -> Path:
    """Return where one's own cards are looked for; raises Trouble for a home folder that is not known."""
    return library.own_folder() / FOLDER / f"{language}.toml"


def load(language: Language) -> Cards:
    """Return the cards, one's own over those that ship; raises Trouble where one's own are wrong, with all mistakes."""
    path = own_path(language)
    return shipped(language).joined(read(path)) if path.exists() else shipped(language)


def read(path: Path) -> Cards:
    """Read one file of cards; raises Trouble, or Broken with all mistakes."""
    from tabletop.files.mistakes import Broken, faults_of, located

    text = library.read(path)
    data = library.tables_of(path, text)
    try:
        return Cards.model_validate(data)
    except ValidationError as error:
        file = clean_line(path.name)
        raise Broken(file, located(file, data, text, faults_of(error))) from None
