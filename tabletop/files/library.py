"""The exercises on disk: those that ship with the program and those in the user's own folder.

A listing reads raw TOML and never imports pydantic, so that ``tabletop list`` starts at once.
"""

import os
import re
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tabletop.core.naming import FEEDBACK, INJECT, LONGEST_MINUTES, kind_of, slug
from tabletop.core.text import clean_line
from tabletop.files.places import is_folder, typed_path
from tabletop.files.trouble import Trouble

if TYPE_CHECKING:
    from tabletop.core.exercise import Exercise
    from tabletop.files.mistakes import Mistake

LARGEST: Final = 1024 * 1024
"""The largest exercise file, in bytes: a storyline is some ten thousand."""
ENVIRONMENT: Final = "TABLETOP_EXERCISES"

_PACKAGE: Final = Path(__file__).parent.parent
_MOST_PARTS: Final = 20
"""The most parts of a dotted key; no exercise needs more than three."""
_TEXT: Final = r""""(?:[^"\\\n]++|\\[^\n])*+"|'[^'\n]*+'"""
_PART: Final = rf"(?:[A-Za-z0-9_-]++|{_TEXT})"
_KEYS: Final = (
    rf"({_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MOST_PARTS}}})"
    r'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)' + r"|'''(?:[^']++|'(?!''))*+(?:'''|\Z)"
    rf"|{_PART}|#[^\n]*+"
)
"""A dotted key that is too long; or else a text, a comment or a word, which may hold what looks like one."""
_LONG_NUMBER: Final = re.compile(r"[0-9_]{4000}")


class Listing(NamedTuple):  # a dataclass would take a third of the time that a list may take
    """What a list of exercises shows of a file, without judging it."""

    id: str
    title: str
    language: str
    minutes: float
    injects: int
    feedback_points: int
    path: Path
    translation_of: str = ""
    own: bool = False
    """From the user's own folder, not shipped with the program."""
    mistake: bool = False
    """It cannot be read or lacks what every exercise has; ``load`` says what is wrong."""


def shipped_folder() -> Path:
    """Return the folder of the exercises that ship: inside the package, or beside it in a work tree."""
    inside = _PACKAGE / "exercises"
    return inside if inside.is_dir() else _PACKAGE.parent / "exercises"


def own_folder() -> Path:
    """Return the folder for the user's own exercises, which need not exist.

    Raises Trouble when it is in the home folder of somebody who is not known.
    """
    if named := os.environ.get(ENVIRONMENT):
        return typed_path(named)
    import platformdirs

    return platformdirs.user_documents_path() / "tabletop" / "exercises"


def list_exercises() -> tuple[Listing, ...]:
    """Return every exercise that can be found: the shipped ones, then the user's own, each by file name."""
    return tuple(
        _listing(path, own=own)
        for folder, own in ((shipped_folder(), False), (own_folder(), True))
        for path in _files(folder)
    )


def find(name: str | Path) -> Path:
    """Return the file of an exercise by its id, its title or its path; the user's own goes before a shipped one."""
    text = str(name)
    if isinstance(name, Path) or text.lower().endswith(".toml") or any(mark in text for mark in "/\\"):
        return _existing(typed_path(text))
    folders = (own_folder(), shipped_folder())
    if text and slug(text) == text:
        for folder in folders:
            if _is_file(path := folder / f"{text}.toml"):
                return path
    listings = sorted(list_exercises(), key=lambda listing: not listing.own)
    for listing in listings:
        if text.casefold() in {listing.id, listing.title.casefold(), listing.path.stem.casefold()}:
            return listing.path
    if text and _is_file(path := Path(text)):  # of another ending, or of none
        return path
    from difflib import get_close_matches

    known = {one.casefold(): listing.id for listing in listings for one in (listing.id, listing.title)}
    if close := get_close_matches(text.casefold(), known, n=1):
        raise Trouble("unknown-exercise-meant", name=clean_line(text), meant=known[close[0]])
    raise Trouble("unknown-exercise", name=clean_line(text))


def load(path: Path) -> "Exercise":
    """Read an exercise. Raises Trouble when there is nothing to read, Broken with all mistakes at once."""
    return _understood(path, read(path))[0]


def hints(path: Path, people: int | None = None) -> "tuple[Mistake, ...]":
    """Read an exercise and return what would make it a better one, with so many people; raises as ``load`` does."""
    from tabletop.core import advice
    from tabletop.files.mistakes import located

    text = read(path)
    exercise, data = _understood(path, text)
    found = advice.hints(exercise, people)
    return tuple(located(clean_line(path.name), data, text, found)) if found else ()


def _understood(path: Path, text: str) -> "tuple[Exercise, dict[str, Any]]":
    """Return the exercise and the tables that it was made of."""
    from tabletop.files.mistakes import exercise_of

    file = clean_line(path.name)
    data = tables_of(path, text)
    data.setdefault("id", slug(path.stem) or "exercise")
    try:
        return exercise_of(file, data, text), data
    except RecursionError:
        raise Trouble("file-too-deep", file=file) from None


def tables_of(path: Path, text: str) -> "dict[str, Any]":
    """Parse the text of a file; raises Trouble, or Broken with the line of a mistake in the syntax."""
    try:
        return _parsed(text, path)
    except tomllib.TOMLDecodeError as error:
        from tabletop.files.mistakes import Broken, syntax_mistake

        file = clean_line(path.name)
        raise Broken(file, [syntax_mistake(file, text, str(error))]) from None


def read(path: Path) -> str:
    """Return the text of a file that somebody wrote, with line feeds; raises Trouble with the reason when it cannot."""
    file = clean_line(path.name or str(path))
    too_large = Trouble("file-too-large", file=file, most=LARGEST // 1024)
    data = bytes_of(path, LARGEST, too_large, Trouble("file-is-folder", file=file))
    try:
        text = data.decode("utf-8-sig")  # Notepad writes a byte order mark
    except UnicodeDecodeError:
        raise Trouble("file-not-utf-8", file=file) from None
    if "\0" in text:
        raise Trouble("file-not-text", file=file)
    if not text.strip():
        raise Trouble("file-empty", file=file)
    return text.replace("\r\n", "\n")


def bytes_of(path: Path, largest: int, too_large: Trouble, is_folder: Trouble) -> bytes:
    """Return the bytes of a file that somebody names; raises Trouble with the reason when it cannot."""
    file = clean_line(path.name or str(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise is_folder
        if not stat.S_ISREG(status.st_mode):  # a pipe would make us wait for ever
            raise Trouble("file-unreadable", file=file)
        with path.open("rb") as opened:
            data = opened.read(largest + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise Trouble("file-missing", file=file) from None
    except PermissionError:
        raise Trouble("file-not-allowed", file=file) from None
    except (OSError, ValueError):  # ValueError: a path with a NUL in it
        raise Trouble("file-unreadable", file=file) from None
    if len(data) > largest:
        raise too_large
    return data


def _parsed(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML 1.0, and turn what tomllib cannot bear into Trouble; a mistake in the syntax stays tomllib's."""
    file = clean_line(path.name)
    if _has_long_key(text):  # tomllib takes the square of a key's parts
        raise Trouble("file-too-deep", file=file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # a number of thousands of digits
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise Trouble("file-number", file=file, line=line) from None
    except RecursionError:
        raise Trouble("file-too-deep", file=file) from None


def _has_long_key(text: str) -> bool:
    """Whether a key has too many parts; in a time that grows with the text, and at once in an ordinary file."""
    if all(line.count(".") < _MOST_PARTS for line in text.split("\n")):
        return False
    return any(found[1] for found in re.finditer(_KEYS, text, re.DOTALL))


def _existing(path: Path) -> Path:
    """Return the path of what is there; also of what may not be looked at, since reading it says so."""
    try:
        path.stat()
    except PermissionError:
        return path
    except (OSError, ValueError):
        raise Trouble("file-missing", file=clean_line(str(path))) from None
    return path


def _is_file(path: Path) -> bool:
    """Whether a file is there, as far as anybody may know."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _files(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    for path in found:
        if path.suffix.lower() == ".toml" and not path.name.startswith(".") and not is_folder(path):
            yield path


def _listing(path: Path, *, own: bool) -> Listing:
    try:
        data = _parsed(read(path), path)
    except (Trouble, tomllib.TOMLDecodeError):
        data = {}
    title, officials, steps = data.get("title"), data.get("officials"), data.get("steps")
    minutes = _minutes(data.get("minutes", 75))
    well = isinstance(title, str) and bool(title.strip()) and bool(officials) and minutes > 0
    kinds = (
        [kind_of(step) for step in steps if isinstance(step, dict) and not step.get("reserve")]
        if isinstance(steps, list)
        else []
    )
    return Listing(
        id=_line(data.get("id")) or slug(path.stem) or "exercise",
        title=_line(title) or clean_line(path.stem),
        language=_line(data.get("language")) or "nl",
        minutes=minutes,
        injects=kinds.count(INJECT),
        feedback_points=kinds.count(FEEDBACK),
        path=path,
        translation_of=_line(data.get("translation_of")),
        own=own,
        mistake=not (well and INJECT in kinds),
    )


def _minutes(value: object) -> float:
    """Return a length as an exercise may have it; 0 for any other, such as no number or one without an end."""
    return float(value) if isinstance(value, (int, float)) and 0 < value <= LONGEST_MINUTES else 0.0


def _line(value: object) -> str:
    return clean_line(value).strip() if isinstance(value, str) else ""
