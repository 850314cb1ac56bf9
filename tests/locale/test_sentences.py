"""A sentence says numbers as its language writes them."""

import pytest

from tabletop.core.exercise import Language
from tabletop.locale import words_for
from tabletop.locale.sentences import say


@pytest.mark.parametrize(("language", "shown"), [("nl", ("48,5", "61")), ("en", ("48.5", "61"))])
def test_minutes_are_written_in_the_readers_decimals(language: Language, shown: tuple[str, str]) -> None:
    values = {"people": 6, "minute": 61.0, "debrief": 48.5, "needed": 74.95}
    said = say(words_for(language), "hint-too-long", values)
    assert all(number in said for number in shown)
    assert "61.0" not in said
    assert "61,0" not in said
