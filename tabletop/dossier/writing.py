"""Writes the dossier to where somebody said: the ending chooses, and a folder gets a file for each theme."""

from pathlib import Path

from tabletop.dossier import exporting
from tabletop.dossier.knows import Knows
from tabletop.files.authoring import put_file, refuse_place
from tabletop.files.places import is_folder
from tabletop.files.trouble import Trouble
from tabletop.locale import Words


def write(dossier: Knows, target: Path, words: Words, *, over: bool = False) -> tuple[Path, ...]:
    """Write the dossier, and return what was written.

    Raises Trouble for an ending that is none of ours, for what is there already, and for what cannot be written; no
    file of a folder is written when one of them cannot be put there.
    """
    if is_folder(target):
        files = {target / name: text for name, text in exporting.markdown_files(dossier, words).items()}
        for path in files:
            refuse_place(path, over=over)
        for path, text in files.items():
            put_file(path, text.encode(errors="replace"), over=over)
        return tuple(files)
    match target.suffix.casefold():
        case ".md":
            data = exporting.markdown(dossier, words).encode(errors="replace")
        case ".csv":
            data = exporting.csv_bytes(dossier, words)
        case ".json":
            data = exporting.json_bytes(dossier, words)
        case _:
            raise Trouble("dossier-ending", file=str(target), possible=", ".join(exporting.SUFFIXES))
    refuse_place(target, over=over)
    put_file(target, data, over=over)
    return (target,)


def refuse(target: Path, *, over: bool) -> None:
    """Raise Trouble where nothing can be put, before the logs are read; what is in a folder is looked at later."""
    if is_folder(target):
        return
    if target.suffix.casefold() not in exporting.SUFFIXES:
        raise Trouble("dossier-ending", file=str(target), possible=", ".join(exporting.SUFFIXES))
    refuse_place(target, over=over)


def said(written: tuple[Path, ...], target: Path, words: Words) -> str:
    """Say what was written, in one sentence."""
    if written == (target,):
        return words.t("{file} was written.", file=str(target))
    return words.tn("{n} file was written in {folder}.", "{n} files were written in {folder}.", len(written),
                    folder=str(target))  # fmt: skip
