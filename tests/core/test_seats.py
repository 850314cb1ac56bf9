"""Who sat where: how much time it asked of everybody, and which functions more than one person may have had."""

import pytest

from tabletop.core import moves
from tabletop.core.seats import changed_hands, person_minutes
from tests.builders import CALL_OUT, Run


def test_everybody_counts_for_as_long_as_they_were_at_the_table() -> None:
    run = Run(officials=("field-one", "office-one")).until_shown("a1").sleep(600)
    run.do(moves.join, "field-two").do(moves.leave_table, "office-one").sleep(600).do(moves.end)
    assert person_minutes(run.session) == pytest.approx(20 + 10 + 10)
    assert person_minutes(Run(CALL_OUT).session) == 0


def test_a_name_that_is_given_later_is_no_other_person() -> None:
    run = Run(officials=("office-one",)).do(moves.join, "field-one").do(moves.join, "field-one", "Kim")
    assert changed_hands(run.session) == frozenset()
    assert changed_hands(run.do(moves.join, "field-one", "  KIM ").session) == frozenset()
    assert changed_hands(run.do(moves.join, "field-one", "Sam").session) == {"field-one"}


def test_a_swap_is_of_both_functions_and_not_when_it_was_undone() -> None:
    run = Run().do(moves.swap, "field-one", "field-two")
    assert changed_hands(run.session) == {"field-one", "field-two"}
    assert changed_hands(run.do(moves.undo).session) == frozenset()


def test_who_comes_back_without_a_name_may_be_another() -> None:
    run = Run().do(moves.leave_table, "field-one").do(moves.join, "field-one")
    assert changed_hands(run.session) == {"field-one"}
