"""A day as somebody types it."""

from datetime import date

import pytest

from tabletop.core.days import day_of

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("31-1-2027", date(2027, 1, 31)),
        ("31/01/2027", date(2027, 1, 31)),
        ("31 januari 2027", date(2027, 1, 31)),
        ("31 Jan. 2027", date(2027, 1, 31)),
        ("1 maart", date(2027, 3, 1)),
        ("2 May", date(2027, 5, 2)),
        ("26-11", TODAY),
        ("25 november", date(2027, 11, 25)),
        ("30 februari 2027", None),
        ("soon", None),
        ("", None),
        ("12 x", None),
    ],
)
def test_the_day_that_is_meant(typed: str, meant: date | None) -> None:
    assert day_of(typed, TODAY) == meant
