"""What every test may count on: catalogues as they stand now, a time zone, and folders that are nobody's."""

import importlib.util
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# What drives a terminal imports at the top what Windows does not have; a mark that skips would come too late.
collect_ignore = [] if importlib.util.find_spec("fcntl") else ["e2e"]

# One profile for everyone: a slow machine is no reason to fail, and a failure found in CI is found at home too.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
    "XDG_DOCUMENTS_DIR": "documents",
    "TABLETOP_LOGS": "logs",
    "TABLETOP_STATE": "tabletop-state",
}
UNSET = ("TABLETOP_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


def load_catalogue_tool() -> ModuleType:
    """The catalogue tool, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / ".ci" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker starts: a clean checkout has none."""
    if not hasattr(config, "workerinput"):
        load_catalogue_tool().compile_all()


@pytest.fixture(scope="session")
def catalogue_tool() -> ModuleType:
    return load_catalogue_tool()


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make every test run as somebody without settings, logs or a language, in Amsterdam."""
    for name, folder in FOLDERS.items():
        monkeypatch.setenv(name, str(tmp_path / folder))
    (tmp_path / "home").mkdir(exist_ok=True)
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()
