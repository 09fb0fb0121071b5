"""What was found is joined to what is declared, whichever of the two is the narrower."""

from collections.abc import Iterable
from typing import Any

from sharedcare.measured.holdings import MeasuredHolding, measured_holdings
from sharedcare.vocabulary import Form
from tests.measured.sent import (
    LOCAL,
    TEXT,
    Json,
    coded,
    counted,
    medicine,
    partners,
    patient,
    payloads,
    shares,
)


def result(category: str = "laboratory") -> Json:
    return {
        "resourceType": "Observation",
        "category": [{"coding": [{"code": category}]}],
        "code": coded(),
    }


def joined(
    sent: Iterable[Json], holds: Any = None, **changes: object
) -> dict[str, MeasuredHolding]:
    said = {"systems/epr/holds": holds} if holds is not None else {}
    made = partners({**said, **changes})
    found = measured_holdings(made, "epr", counted(sent))
    return {one.category: one for one in found}


def test_what_is_declared_comes_first_with_its_records() -> None:
    found = joined([*shares(4, 6), patient()])
    assert list(found) == ["medications", "demographics"]
    assert found["medications"].found == ("medications",)
    assert found["medications"].form is Form.TEXT
    assert found["medications"].declared_form is Form.CODED


def test_a_part_that_is_not_declared_belongs_to_the_whole_that_is() -> None:
    found = joined([result() for _ in range(9)], {"coded": ["investigation_results"]})
    one = found["investigation_results"]
    assert (one.found, one.is_whole) == (("investigation_results.laboratory",), False)
    assert one.counts.records == 9


def test_a_part_that_is_declared_too_takes_its_own_records() -> None:
    holds = {"coded": ["investigation_results", "investigation_results.laboratory"]}
    found = joined([*(result() for _ in range(9)), *(result("imaging") for _ in range(3))], holds)
    assert found["investigation_results"].counts.records == 3
    assert found["investigation_results.laboratory"].counts.records == 9


def test_what_payloads_tell_only_as_a_whole_is_taken_for_each_declared_part() -> None:
    found = joined(shares(10, 0), {"text": ["medications.repeat", "medications.on_discharge"]})
    assert [one.is_whole for one in found.values()] == [True, True]
    assert [one.form for one in found.values()] == [Form.CODED, Form.CODED]


def test_what_no_line_of_the_profile_speaks_of_is_undeclared() -> None:
    found = joined([result() for _ in range(9)])
    assert found["investigation_results.laboratory"].is_undeclared
    assert not found["medications"].is_undeclared


def test_what_a_flow_brings_is_passed_on() -> None:
    back = {"from": "asc", "to": "epr", "mode": "push", "carries": {"as_held": "all"}}
    found = joined([result()], None, **{"flows/back": back})
    assert found["investigation_results.laboratory"].passed_on


def test_records_entered_in_error_and_those_that_cannot_be_sorted_declare_nothing() -> None:
    wrong = {**medicine(coded()), "status": "entered-in-error"}
    unsorted_ = {"resourceType": "Observation", "code": coded()}
    assert list(joined([wrong, unsorted_])) == ["medications"]


def test_code_systems_are_those_of_a_twentieth_and_of_more_than_seven_records() -> None:
    many = [medicine(coded()) for _ in range(200)]
    assert joined([*many, *(medicine(coded(LOCAL)) for _ in range(9))])[
        "medications"
    ].code_systems == ("http://snomed.info/sct",)
    both = joined([*many, *(medicine(coded(LOCAL)) for _ in range(11))])["medications"]
    assert both.code_systems == ("http://snomed.info/sct", LOCAL)
    few = [*(medicine(coded()) for _ in range(7)), *(medicine(TEXT) for _ in range(9))]
    assert joined(few)["medications"].code_systems == ()


def test_a_category_is_answered_by_the_narrowest_holding_that_covers_it() -> None:
    made = partners({"systems/epr/holds": {"coded": ["medications", "medications.repeat"]}})
    found = payloads(made, {"epr": shares(10, 0)})
    whole, part = found.of("epr", "medications"), found.of("epr", "medications.repeat.dose")
    assert whole is not None
    assert whole.category == "medications"
    assert part is not None
    assert part.category == "medications.repeat"
    assert found.of("epr", "allergies") is None
    assert found.of("asc", "medications") is None
