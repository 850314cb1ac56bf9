"""The house rules that only a fresh interpreter, or the repository itself, can show."""

import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

import tabletop

ROOT = Path(__file__).resolve().parent.parent

RUN = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . && .venv/bin/tabletop run zonder-gas"
TEST = (
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]' && "
    ".venv/bin/python -m pytest -q -n 2"
)
CORE = sorted(path.stem for path in (ROOT / "tabletop" / "core").glob("[!_]*.py"))


def fresh(code: str) -> str:
    """What a new interpreter prints, without anything that this one has imported."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


LOADED = """
    import sys
    def loaded(*names):
        print(" ".join(sorted(name for name in names if name in sys.modules)))
"""


def test_the_command_line_starts_without_the_screens() -> None:
    assert fresh(LOADED + "    import tabletop.cli\n    loaded('textual', 'rich', 'pydantic', 'tabletop.ui')") == ""


def test_the_words_cost_next_to_nothing() -> None:
    code = (
        LOADED
        + "    from tabletop.locale import words_for\n    words_for('nl')\n    loaded('babel', 'pydantic', 'textual')"
    )
    assert fresh(code) == ""


@pytest.mark.parametrize("module", CORE)
def test_the_core_runs_without_a_screen_or_a_disk(module: str) -> None:
    code = f"""
        import sys
        for name in ("textual", "rich", "tomli", "tomli_w", "filelock", "platformdirs"):
            sys.modules[name] = None  # an import of it fails
        import tabletop.core.{module}
        print("tabletop.files" in sys.modules or "tabletop.ui" in sys.modules)
    """
    assert fresh(code) == "False"


def test_the_version_is_the_one_that_is_installed() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dynamic"] == ["version"]
    assert tabletop.__version__.count(".") == 2


def test_the_readme_has_the_two_commands_and_ci_runs_the_second() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert lines.count(RUN) == 1
    assert lines.count(TEST) == 1
    assert [line for line in lines if line.startswith("python3 ") and "pytest" in line] == [TEST]
    assert "grep -E '^python3 .*pytest' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_constraints_are_exact_and_cover_what_is_asked_for() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {one.split(">")[0].split("<")[0].split("=")[0].split("[")[0].strip() for one in asked}
    known = {name.lower().replace("_", "-") for name in pins}
    assert {name.lower().replace("_", "-") for name in names} - known == set()


def test_the_tests_can_be_collected_where_there_are_no_pseudo_terminals() -> None:
    code = f"""
        import sys
        for name in ("fcntl", "pty", "resource", "termios", "tty"):
            sys.modules[name] = None  # an import of it fails, as on Windows
        import pytest
        asked = ["--collect-only", "-qq", "-p", "no:cacheprovider", "-p", "no:xdist", {str(ROOT / "tests")!r}]
        print("code", int(pytest.main(asked)))
    """
    assert fresh(code).splitlines()[-1] == "code 0"
