"""What tests of the dossier's screen share."""

from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tests.builders import SMALL, HeldClock
from tests.ui.desks import NOW


@pytest.fixture
def ended_log(tmp_path: Path) -> Path:
    """The log of a small run that ended."""
    path = tmp_path / "ended.toml"
    people = [Participant(official=one.id) for one in SMALL.key_officials[:1]]
    control = Control.start(path, SMALL, people, HeldClock(NOW), run_id="ended")
    control.do(moves.end)
    control.close()
    return path
