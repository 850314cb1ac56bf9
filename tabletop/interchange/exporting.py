"""Writes the script of an exercise, or of a run with what became of it, as a workbook or as CSV.

Of a run nothing goes out but the storyline: no learning point, no note, no name of a person.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tabletop.core import events as e
from tabletop.core.exercise import Inject
from tabletop.core.names import Names
from tabletop.core.naming import FEEDBACK, INJECT
from tabletop.core.session import Session
from tabletop.files.trouble import Trouble
from tabletop.interchange import records
from tabletop.interchange.delimited import delimited_bytes
from tabletop.interchange.excel import excel_bytes
from tabletop.interchange.grid import Cell
from tabletop.interchange.tables import IMPROVISED, Line, one_table, workbook
from tabletop.locale import Words, mark

_STORYLINE: Final = "steps"
_STEPS: Final = frozenset((INJECT, FEEDBACK))
_SHOWN: Final = mark("shown")
_SKIPPED: Final = mark("skipped")
_HELD: Final = mark("held")
_CHANGED: Final = mark("shown, changed")
_NOT_REACHED: Final = mark("not reached")


def script_bytes(written: Sequence[Line], target: Path, words: Words) -> bytes:
    """Return the rows as the kind of file that the ending asks for; raises Trouble for one that nobody knows."""
    match target.suffix.lower():
        case ".csv":
            return delimited_bytes(one_table(written, words), ";" if words.language == "nl" else ",")
        case ".tsv":
            return delimited_bytes(one_table(written, words), "\t")
        case ".xlsx":
            return excel_bytes(workbook(written, words), target.name)
        case _:
            raise Trouble("export-kind", file=str(target))


def run_lines(written: Sequence[Line], session: Session, names: Names, words: Words) -> Iterator[Line]:
    """Yield the rows of an exercise with what became of each step, and what was brought in besides where it came."""
    improvised = _improvised(session)
    step = ""
    for line in written:
        begins = line.part == _STORYLINE and line.kind in _STEPS
        if begins or line.part != _STORYLINE:
            yield from (_improvised_line(inject, session, names, words) for inject in improvised.pop(step, ()))
        if begins:
            step = str(line.cells["id"])
            line = line._replace(cells={**line.cells, **dict(_became(session, step, names, words))})
        yield line
    yield from (_improvised_line(inject, session, names, words) for inject in improvised.pop(step, ()))


def _became(session: Session, step_id: str, names: Names, words: Words) -> Iterator[tuple[str, Cell]]:
    done = session.done.get(step_id)
    if done is None:
        yield "state", words.t(_NOT_REACHED)
        return
    if session.started is not None:
        yield "actual_minute", round((done.at - session.started).total_seconds() / 60, 1)
    yield "actual_time", words.time(done.at)
    changed = session.changed.get(step_id)
    how = {"shown": _CHANGED if changed is not None else _SHOWN, "skipped": _SKIPPED, "held": _HELD}[done.how]
    yield "state", words.t(how)
    if changed is not None:
        yield "shown_text", names.left_out_of(changed)
    chosen = session.choices.get(step_id)
    because = chosen.because if chosen is not None else ""
    if chosen is not None:
        yield "chosen", chosen.choice
    if done.how == "skipped":
        because = _reasons(session).get(step_id, "")
    if because:
        yield "because", names.left_out_of(because)


def _improvised(session: Session) -> dict[str, list[Inject]]:
    """Return what was brought in besides the script, by the step of the script that came before it."""
    own = {inject.id: inject for inject in session.improvised}
    planned = {step.id for step in session.exercise.steps}
    found: dict[str, list[Inject]] = {}
    before = session.exercise.steps[0].id
    for step_id in session.done:  # in the order in which it was done
        if step_id in planned:
            before = step_id
        elif step_id in own:
            found.setdefault(before, []).append(own[step_id])
    return found


def _improvised_line(inject: Inject, session: Session, names: Names, words: Words) -> Line:
    fields = records.own_fields(Inject)
    values = {key: _nameless(value, names) for key, value in records.own_values(inject).items()}
    cells = {key: records.written(fields[key], value, words.t("yes"), words.t("no")) for key, value in values.items()}
    became = dict(_became(session, inject.id, names, words))
    return Line(_STORYLINE, "inject", {**cells, **became, "state": words.t(IMPROVISED)})


def _nameless(value: object, names: Names) -> object:
    return names.left_out_of(value) if isinstance(value, str) else value


def _reasons(session: Session) -> dict[str, str]:
    """Return why a step was skipped, where somebody said so."""
    told: dict[str, str] = {}
    for event in session.events:
        if event.n not in session.undone:
            if isinstance(event, e.InjectSkipped):
                told[event.inject] = event.reason
            elif isinstance(event, e.FeedbackSkipped):
                told[event.feedback] = event.reason
    return told
