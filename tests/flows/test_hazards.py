"""Hazards: what can go wrong around a safety-critical need."""

from pathlib import Path
from typing import Any

import pytest

from sharedcare.flows.registers.hazards import Hazard, HazardKind, hazards
from sharedcare.loading import load_landscape
from tests.builders import landscape, two_partners

PROFILES = Path(__file__).parents[2] / "profiles"


def found(changes: dict[str, Any] | None = None) -> list[Hazard]:
    return list(hazards(landscape(**two_partners(changes))))


def kinds(changes: dict[str, Any] | None = None) -> list[HazardKind]:
    return [hazard.kind for hazard in found(changes)]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"flows/feed/carries": ["allergies"]}, HazardKind.MISSING),
        ({"needs/medicines/max_age": "1 min"}, HazardKind.OUT_OF_DATE),
        (
            {
                "flows/feed/mode": "view",
                "flows/feed/wait": "1 h",
                "needs/medicines/max_wait": "1 s",
            },
            HazardKind.TOO_SLOW,
        ),
        (
            {
                "flows/feed/carries": {"medications": "document"},
                "needs/medicines/content": [{"category": "medications", "min_form": "coded"}],
            },
            HazardKind.WRONG_FORM,
        ),
        (
            {
                "flows/feed/history": "1 mo",
                "systems/epr/holds/medications/history": "5 y",
                "needs/medicines/content": [{"category": "medications", "lookback": "1 y"}],
            },
            HazardKind.TOO_SHORT,
        ),
        ({"flows/feed/reach": "1 of 2"}, HazardKind.INCOMPLETE),
        ({"flows/feed/status": "unknown"}, HazardKind.NOT_KNOWN),
        (
            {
                "flows/feed/mode": "view",
                "flows/feed/wait": "1 s",
                "needs/medicines/use": "alert",
            },
            HazardKind.NOT_TOLD,
        ),
    ],
)
def test_what_is_the_matter_follows_from_the_reason(
    changes: dict[str, Any], kind: HazardKind
) -> None:
    assert kinds(changes)[0] is kind


def test_a_need_that_is_met_rests_on_what_was_taken_for_granted() -> None:
    (hazard,) = found()
    assert hazard.kind is HazardKind.ASSUMED
    assert "is let into" in " ".join(hazard.explanation.verdict.assumptions)


def test_a_need_that_takes_nothing_for_granted_is_no_hazard() -> None:
    sure = {
        "stakeholders/social_worker/uses": [{"system": "asc", "access": True}],
        "systems/epr/identity_domains": ["nhs_number"],
        "systems/asc/identity_domains": ["nhs_number"],
    }
    assert found(sure) == []
    (hazard,) = found({**sure, "flows/feed/assumed": "all"})
    assert hazard.assumed == (("flows", "feed"),)


def test_a_need_that_is_not_safety_critical_has_no_hazard() -> None:
    assert found({"needs/medicines/safety_critical": False, "flows/feed/status": "planned"}) == []


def test_an_id_holds_the_need_the_kind_and_the_categories() -> None:
    assert found()[0].id == "medicines:rests_on_assumptions:medications"


def test_what_tells_nobody_is_a_hazard_only_to_those_who_wait_to_be_told() -> None:
    silent = {"flows/feed/notifies": False}
    assert HazardKind.UNTOLD not in kinds(silent)
    assert HazardKind.UNTOLD in kinds({**silent, "needs/medicines/scope": "caseload"})


def test_the_real_case_has_its_published_limits_among_the_hazards() -> None:
    listed = hazards(load_landscape(PROFILES / "mid-and-south-essex.yaml"))
    ids = [hazard.id for hazard in listed]
    assert "general_picture:two_meanings:alerts" in ids
    assert "general_picture:blank_read_as_no:alerts" in ids
    assert "general_picture:live_and_periodic" in ids
    assert len(ids) == len(set(ids))


def test_the_gravest_need_comes_first() -> None:
    listed = hazards(load_landscape(PROFILES / "fictional-region.yaml"))
    verdicts = [hazard.explanation.verdict.verdict.value for hazard in listed]
    assert verdicts.index("unmet") == 0
    assert verdicts[-1] == "met"
    assert len({hazard.id for hazard in listed}) == len(listed)
