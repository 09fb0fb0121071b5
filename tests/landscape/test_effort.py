"""What changes cost together and how long they take, at the least where some is unknown."""

from fractions import Fraction

from sharedcare.landscape.effort import Effort, effort
from sharedcare.quantities import DAY
from tests.builders import landscape, two_partners


def of(**changes: object) -> Effort:
    return effort(landscape(**two_partners({"changes": changes})), changes)


def days(found: Effort) -> list[Fraction | None]:
    time = found.time
    assert time is not None
    return [end.seconds / DAY if end else None for end in (time.low, time.likely, time.high)]


def test_costs_add_up_end_by_end_in_each_currency() -> None:
    found = of(
        a={"cost": "GBP 10k"},
        b={"cost": {"low": "GBP 1k", "likely": "GBP 2k", "high": "GBP 5k"}},
        c={"cost": "EUR 3k"},
    )
    pounds, euros = found.costs
    assert (str(pounds.low), str(pounds.likely), str(pounds.high)) == (
        "GBP 11,000", "GBP 12,000", "GBP 15,000",
    )  # fmt: skip
    assert str(euros.low) == str(euros.high) == "EUR 3,000"


def test_without_a_guess_for_one_there_is_none_for_all() -> None:
    (cost,) = of(a={"cost": "GBP 1k"}, b={"cost": {"low": "GBP 1k", "high": "GBP 2k"}}).costs
    assert cost.likely is None


def test_what_is_not_known_is_left_out_and_named() -> None:
    found = of(a={"cost": "GBP 1k"}, b={"cost": "unknown", "duration": "2 d"}, c={})
    assert str(found.costs[0].high) == "GBP 1,000"
    assert found.cost_unknown == ("b", "c")
    assert found.time_unknown == ("a", "c")
    assert days(found) == [2, 2, 2]


def test_changes_run_side_by_side_and_each_after_what_it_requires() -> None:
    found = of(
        alone={"duration": "9 d"},
        first={"duration": {"low": "2 d", "likely": "4 d", "high": "8 d"}},
        then={"duration": "5 d", "requires": "first"},
    )
    assert days(found) == [9, 9, 13]


def test_no_duration_is_no_time_and_not_none_at_all() -> None:
    assert of(a={}).time is None
    assert of().time is None
