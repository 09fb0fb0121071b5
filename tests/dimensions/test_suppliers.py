"""Suppliers: contracts that run, open and let go, and how much rests on one of them."""

from typing import Any

import pytest

from sharedcare.dimensions.suppliers import DIMENSION, FEWEST_NEEDS
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners

CONCENTRATION = "suppliers.not_on_one"


def under(**contract: object) -> dict[str, Any]:
    """Both systems under the same contract."""
    return two_partners({"systems/epr/contract": contract, "systems/asc/contract": contract})


def four_needs(*suppliers: str | None) -> dict[str, Any]:
    """Four critical needs, each met in a system of its own from these suppliers."""
    numbered = list(enumerate(suppliers))
    return {
        "organisations": {"council": {"sector": "social_care"}},
        "systems": {
            f"system{n}": {
                "organisation": "council",
                "supplier": supplier,
                "holds": {"medications": "coded"},
            }
            for n, supplier in numbered
        },
        "stakeholders": {
            f"worker{n}": {"organisation": "council", "uses": [f"system{n}"]} for n, _ in numbered
        },
        "needs": {
            f"need{n}": {
                "stakeholder": f"worker{n}",
                "content": ["medications"],
                "purpose": "direct_care",
                "safety_critical": True,
            }
            for n, _ in numbered
        },
    }


SHOWN = {
    "suppliers.contract_runs": Shown(
        fires=under(until="2026-10-31"), passes=under(until="2026-11-01"), silent=two_partners()
    ),
    "suppliers.interfaces_open": Shown(
        fires=under(open_interfaces=False), passes=under(open_interfaces=True), silent=under()
    ),
    "suppliers.way_out": Shown(
        fires=under(exit_plan=False),
        passes=under(exit_plan=True),
        silent=under(exit_plan="unknown"),
    ),
    CONCENTRATION: Shown(
        fires=four_needs("Acme", "Acme", "Acme", None),
        passes=four_needs("Acme", "Acme", "Birch", "Birch"),
        silent=four_needs("Acme", "Birch", None, None),
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_system_that_nobody_supplies_needs_no_contract() -> None:
    maps = two_partners({"systems/epr/supplier": "none", "systems/asc/supplier": "none"})
    for criterion in ("suppliers.contract_runs", "suppliers.interfaces_open", "suppliers.way_out"):
        found = findings(criterion_of(DIMENSION, criterion), **maps)
        assert {one.outcome for one in found} == {Outcome.NOT_APPLICABLE}
        assert criterion_of(DIMENSION, criterion).may_not_apply


def test_of_few_critical_needs_no_share_is_made() -> None:
    criterion = criterion_of(DIMENSION, CONCENTRATION)
    assert FEWEST_NEEDS == 4
    assert findings(criterion, **four_needs("Acme", "Acme", "Acme")) == []


def test_a_need_without_a_route_may_rest_on_anybody() -> None:
    maps = four_needs("Acme", "Acme", "Birch", "Birch")
    maps["systems"]["system3"]["lifecycle"] = "planned"
    maps["needs"]["need3"]["content"] = [{"category": "medications", "from": ["council"]}]
    found = findings(criterion_of(DIMENSION, CONCENTRATION), **maps)
    assert [(one.outcome, one.message.partition(" stands")[0]) for one in found] == [
        (Outcome.NOT_EVIDENCED, "Acme"),
        (Outcome.MET, "Birch"),
    ]


def test_naming_one_more_supplier_never_turns_a_yes_into_a_no() -> None:
    criterion = criterion_of(DIMENSION, CONCENTRATION)
    before = {
        one.message.split()[0]: one
        for one in findings(criterion, **four_needs("A", None, "B", "C"))
    }
    for name in "ABC":
        after = findings(criterion, **four_needs("A", name, "B", "C"))
        assert all(
            one.outcome is Outcome.MET
            for one in after
            if before[one.message.split()[0]].outcome is Outcome.MET
        )
        assert {one.outcome for one in after} == {Outcome.MET}


def test_paper_on_the_way_is_supplied_by_nobody() -> None:
    maps = four_needs("Acme", "Acme", "Birch", None)
    maps["systems"]["system3"]["kind"] = "paper"
    found = findings(criterion_of(DIMENSION, CONCENTRATION), **maps)
    assert {one.outcome for one in found} == {Outcome.MET}
