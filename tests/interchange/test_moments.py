"""Times in every form in which authors write them, and planned minutes made of them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.interchange.moments import DAY, When, planned, story_time, when
from tabletop.locale import words_for

JUNE_26 = dt.date(2024, 6, 26).toordinal() * DAY


@pytest.mark.parametrize(
    ("written", "scale", "minutes"),
    [
        ("J+1 H+2 M-5", "day", DAY + 115),
        ("J-60", "day", -60 * DAY),
        ("J 09h00", "day", 540),
        ("J", "day", 0),
        ("D+1 14:00", "day", DAY + 840),
        ("dag 2 09:00", "day", DAY + 540),
        ("Day 1", "day", 0),
        ("T+00:15", "elapsed", 15),
        ("T+1:30", "elapsed", 90),
        ("T-5", "elapsed", -5),
        ("H+2", "elapsed", 120),
        ("+15", "elapsed", 15),
        ("15 min", "elapsed", 15),
        ("15'", "elapsed", 15),
        ("1,5 uur", "elapsed", 90),
        ("12", "elapsed", 12),
        ("07:29 PM", "clock", 1169),
        ("9 AM", "clock", 540),
        ("12:05 a.m.", "clock", 5),
        ("9.30 uur", "clock", 570),
        ("09h00", "clock", 540),
        ("20u15", "clock", 1215),
        ("09:30:00", "clock", 570),
        ("24:00", "clock", 1440),
        ("09:00-09:15", "clock", 540),
        ("09.00 – 9.10", "clock", 540),
        ("9:00 tot 10:00", "clock", 540),
        ("Monday 9:30 AM", "weekday", 570),
        ("donderdag 11.35", "weekday", 3 * DAY + 695),
        ("do 11:35", "weekday", 3 * DAY + 695),
        ("26/06/2024 09h00", "date", JUNE_26 + 540),
        ("2024-06-26T09:00:00Z", "date", JUNE_26 + 540),
        ("26 juni 2024 09.00", "date", JUNE_26 + 540),
        ("June 26, 2024 9:00 AM", "date", JUNE_26 + 540),
        ("06/26/2024", "date", JUNE_26),
        ("woensdag 26 juni 2024 9:00", "date", JUNE_26 + 540),
        (dt.time(19, 29), "clock", 1169),
        (dt.timedelta(minutes=5), "elapsed", 5),
        (7, "elapsed", 7),
        (0.8125, "clock", 1170),
        (dt.datetime(2024, 6, 26, 9), "date", JUNE_26 + 540),
        (dt.date(2024, 6, 26), "date", JUNE_26),
        (dt.datetime(1900, 1, 1, 12, 30), "clock", 750),
        (45469.375, "date", JUNE_26 + 540),
    ],
)
def test_a_moment_is_understood(written: object, scale: str, minutes: float) -> None:
    found = when(written)  # type: ignore[arg-type]
    assert found is not None
    assert (found.scale, found.minutes) == (scale, pytest.approx(minutes))


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "???",
        "team1",
        "Send an SMS",
        "Data Governance",
        "25:00",
        "13 PM",
        "32/13/2024",
        "31-02-2024",
        "J-1 x",
        "9" * 61,
        float("nan"),
        float("inf"),
        "Jan",
        "12/2",
    ],
)
def test_what_is_no_moment_is_none(written: object) -> None:
    assert when(written) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "minutes"), [("0:15", 15), ("1h30", 90), (dt.time(0, 20), 20), ("7,5", 7.5), (3, 3)]
)
def test_in_a_column_of_lengths_a_clock_is_a_length(written: object, minutes: float) -> None:
    assert when(written, is_length=True) == When("elapsed", minutes)  # type: ignore[arg-type]


@given(st.text(max_size=70) | st.integers() | st.floats() | st.datetimes() | st.dates() | st.times() | st.timedeltas())
def test_anything_is_a_moment_or_none(written: object) -> None:
    found = when(written)  # type: ignore[arg-type]
    assert found is None or found.minutes == found.minutes
    length = when(written, is_length=True)  # type: ignore[arg-type]
    assert length is None or length.minutes == length.minutes
    assert isinstance(story_time(written, words_for("nl")), str)  # type: ignore[arg-type]


def test_a_clock_counts_from_the_first_and_goes_on_past_midnight() -> None:
    clocks = [when("23:50"), None, when("00:10"), when("01:00")]
    assert planned(clocks).minutes == (0, None, 20, 70)


def test_minutes_from_the_start_stay_what_they_are_unless_one_lies_before_it() -> None:
    assert planned([when("5"), when("12")]).minutes == (5, 12)
    assert planned([when("T-10"), when("T+00:15")]).minutes == (0, 25)


def test_a_week_goes_on_to_the_next() -> None:
    assert planned([when("zondag 23:00"), when("maandag 01:00")]).minutes == (0, 120)


def test_moments_of_another_kind_than_most_have_no_minute() -> None:
    assert planned([when("09:00"), when("J-60"), when("09:05")]).minutes == (0, None, 5)


def test_what_excel_keeps_as_a_number_is_read_as_people_write_it() -> None:
    nl, en = words_for("nl"), words_for("en")
    assert (story_time(dt.time(19, 29), nl), story_time(dt.time(19, 29), en)) == ("19.29", "19:29")
    assert story_time(dt.datetime(2024, 6, 26, 9), nl) == "wo 26 jun 09.00"
    assert story_time(" Monday  9:30 AM ", nl) == "Monday 9:30 AM"
    assert story_time(12, nl) == ""
