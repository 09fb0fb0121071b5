"""Quantities are exact, keep how they were written, and refuse what they are not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.quantities import (
    Duration,
    QuantityError,
    duration_words,
    in_order,
    parse_duration,
    parse_hours,
    parse_money,
    parse_rate,
    parse_share,
)

HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15 min", 900),
        ("2 h", 2 * HOUR),
        ("1 d", DAY),
        ("1 w", 7 * DAY),
        ("12 mo", 360 * DAY),
        ("5 y", 5 * 365 * DAY),
        ("1.5 h", 5400),
        ("1 h 30 min", 5400),
        ("10 seconds", 10),
        ("0 s", 0),
    ],
)
def test_a_duration_is_read_as_it_is_written(text: str, seconds: int) -> None:
    found = parse_duration(text)
    assert found.seconds == seconds
    assert str(found) == text


@pytest.mark.parametrize("text", ["", "2", "h", "-2 h", "2 hh", "2 h ago", "1e3 s", "٣ h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "share"),
    [("0.95", Fraction(19, 20)), ("27 of 30", Fraction(9, 10)), ("95 %", Fraction(19, 20))],
)
def test_a_share_is_exact(text: str, share: Fraction) -> None:
    assert parse_share(text).value == share


@pytest.mark.parametrize("text", ["1.1", "-0.5", "31 of 30", "0 of 0", "110 %", "half"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_share(text)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_parts_of_a_whole_are_never_a_hair_off(part: int, whole: int) -> None:
    if part <= whole:
        assert parse_share(f"{part} of {whole}").value == Fraction(part, whole)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mon-Fri 09:00-17:00", 64),
        ("09:00-17:00", 16),
        ("Mon-Sun 00:00-24:00", 0),
        ("Sat, Sun 10:00-12:00", 5 * 24 + 22),
        ("22:00-06:00", 16),
        ("Mon-Fri 09:00-17:00, Sat 10:00-12:00", 45),
        ("Sun 22:00-06:00, Mon 00:00-01:00", 160),
        ("Fri-Mon 09:00-17:00", 64 + 24),
    ],
)
def test_the_longest_closed_stretch_runs_round_the_week(text: str, hours: int) -> None:
    assert parse_hours(text).longest_closed == hours * HOUR


minutes = st.integers(0, 24 * 60 - 1)
parts = st.lists(
    st.tuples(st.sampled_from(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]), minutes, minutes),
    min_size=1,
    max_size=6,
)


@given(parts)
def test_the_longest_closed_stretch_agrees_with_a_minute_by_minute_week(
    opened: list[tuple[str, int, int]],
) -> None:
    opened = [(day, start, end) for day, start, end in opened if start != end]
    if not opened:
        return
    text = ", ".join(
        f"{day} {a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for day, a, b in opened
    )
    week = [False] * (7 * 24 * 60)
    for day, start, end in opened:
        first = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day) * 24 * 60 + start
        for minute in range((end - start) % (24 * 60)):
            week[(first + minute) % len(week)] = True
    runs = "".join("1" if is_open else "0" for is_open in week * 2).split("1")
    longest = min(max(map(len, runs)), len(week))
    assert parse_hours(text).longest_closed == longest * 60


@pytest.mark.parametrize("text", ["9 to 5", "Mon-Fri", "Mon 25:00-26:00", "Mon 09:00-09:00", ""])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_hours(text)


def test_a_rate_counts_events_a_second_and_a_year() -> None:
    assert parse_rate("7/week").per_second == Fraction(1, DAY)
    assert parse_rate("1 per day").per_year == 365


def test_money_keeps_its_currency() -> None:
    assert str(parse_money("GBP 40k")) == "GBP 40,000"
    with pytest.raises(QuantityError):
        parse_money("40k")


def test_a_range_is_in_order() -> None:
    low, high = Duration(Fraction(1)), Duration(Fraction(2))
    assert in_order(low, None, high).high == high
    with pytest.raises(QuantityError):
        in_order(high, None, low)


@given(st.integers(0, 10**9))
def test_words_for_a_duration_lose_less_than_a_hundredth(seconds: int) -> None:
    again = parse_duration(duration_words(Fraction(seconds))).seconds
    assert abs(again - seconds) <= Fraction(seconds, 100) + Fraction(1, 100)
