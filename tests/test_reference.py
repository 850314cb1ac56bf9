"""Every example of a file that an author can read is one: in the reference, and in the README."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tabletop.core.check import inconsistencies
from tabletop.core.exercise import Exercise
from tabletop.files import library

ROOT = Path(__file__).resolve().parent.parent
REFERENCES = [ROOT / "docs" / name for name in ("exercise-format.md", "exercise-format-nl.md")]
BASE: dict[str, Any] = {
    "id": "proef",
    "title": "Proef",
    "officials": [{"id": "ovd-bz", "name": "Officier"}],
    "objectives": [{"id": "o1", "text": "Vragen."}],
    "steps": [{"id": "eerste", "text": "Een inject."}],
}


def examples(path: Path) -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", REFERENCES, ids=[path.stem for path in REFERENCES])
def test_each_part_has_an_example_that_is_part_of_an_exercise(path: Path) -> None:
    headings = re.findall(r"^## ", path.read_text(encoding="utf-8"), re.MULTILINE)
    found = examples(path)
    assert len(found) == len(headings) > 10
    for example in found:
        data = tomllib.loads(example)
        steps = [*data.get("steps", ()), *BASE["steps"]]
        by_phone = {"mode": "call-out", "minutes": 74} if "call_out" in data else {}
        exercise = Exercise.model_validate({**BASE, **by_phone, **data, "steps": steps})
        assert inconsistencies(exercise) == (), example
        assert next(iter(data)) in Exercise.model_fields


def test_both_references_have_the_same_parts_and_keys() -> None:
    shapes = []
    for path in REFERENCES:
        keys = re.findall(r"^\| `(\w+)` \|", path.read_text(encoding="utf-8"), re.MULTILINE)
        shapes.append((keys, [list(tomllib.loads(example)) for example in examples(path)]))
    assert shapes[0] == shapes[1]
    assert {"from", "only_after", "codeword", "argument"} <= set(shapes[0][0])


def test_each_link_within_a_reference_leads_to_a_heading() -> None:
    for path in REFERENCES:
        text = path.read_text(encoding="utf-8")
        headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert set(re.findall(r"\(#([^)]+)\)", text)) <= anchors


def test_the_exercises_in_the_readme_are_whole_or_part_of_one(tmp_path: Path) -> None:
    whole, *parts = [one for one in examples(ROOT / "README.md") if "[[steps]]" in one]
    path = tmp_path / "stroom-weg.toml"
    path.write_text(whole, encoding="utf-8")
    assert library.load(path).title == "Stroom weg"
    for part in parts:
        exercise = Exercise.model_validate(BASE | tomllib.loads(part))
        assert inconsistencies(exercise) == ()
