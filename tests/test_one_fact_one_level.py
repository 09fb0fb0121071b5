"""One fact of the landscape moves one dimension's level, in each of the twenty-five.

Every criterion of the dimension is attested with a yes that an audit stands behind, so that all
that keeps it from level 5 is what the landscape itself says. Two profiles then differ in exactly
one place, by one fact that is computed; what partners attest does not outweigh it.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from sharedcare.assessment import assess
from sharedcare.dimension import Dimension, Scope
from sharedcare.dimensions import DIMENSIONS, dimension
from sharedcare.flows import Bounds
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Outcome
from tests.builders import AS_OF, two_partners

HIGHEST = Fraction(5)

CALL = {"from": "nurse", "to": "social_worker", "mode": "manual", "mechanism": "phone"}
BACK = {"from": "asc", "to": "epr", "mode": "push", "carries": ["services_and_care"]}
NEED = {"stakeholder": "social_worker", "content": ["medications"], "purpose": "direct_care"}
PACT = {
    "parties": "all",
    "categories": "all",
    "purposes": ["direct_care"],
    "status": "signed",
    "reviewed": AS_OF,
    "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"},
}
NURSE = {"organisation": "hospital", "uses": ["epr"]}


@dataclass(frozen=True)
class OneFact:
    """One fact of two small profiles: its place, what it says in each, and what that comes to.

    ``besides`` is what both say besides the two partners and all that is attested. The level is 5
    with the first saying; ``level`` is that with the second. Low and high end agree in both.
    """

    criterion: str
    place: str
    good: object
    bad: object
    level: Fraction
    besides: Mapping[str, object] = field(default_factory=dict)

    @property
    def dimension(self) -> Dimension:
        return dimension(self.criterion.partition(".")[0])

    def profile(self, said: object) -> dict[str, Any]:
        attested = {found.id: answer(found.scope) for found in self.dimension.criteria}
        return {
            "meta": {"as_of": AS_OF, "jurisdiction": "england"},
            "evidence": {"audit": {"kind": "audit", "date": AS_OF}},
            "attestations": attested,
            **two_partners({**deepcopy(dict(self.besides)), self.place: said}),
        }


def answer(scope: Scope) -> dict[str, object]:
    """A yes with an audit behind it, by all organisations where each is asked."""
    whose = {"organisations": "all"} if scope is Scope.ORGANISATION else {}
    return {"answer": "yes", "evidence": "audit", **whose}


def of(whole: int, met: int = 0, asked: int = 1) -> Fraction:
    """A level that is reached, and the share that is met of the next one."""
    return whole + Fraction(met, asked)


FACTS = (
    OneFact(
        "structural_complexity.footprint_named",
        "organisations/hospital/footprint", "Anytown", "none", of(1),
    ),
    OneFact(
        "shared_care_pathways.owner_named",
        "pathways/home/owner", "Head of therapies", "none", of(1, 1, 2),
        {"pathways/home": {"steps": [{"id": "plan"}]}},
    ),
    OneFact(
        "organizational_complexity.sites_reached",
        "flows/feed/reach", "24 of 30", "23 of 30", of(2, 1, 2),
        {"organisations/council/instances": 30},
    ),
    OneFact(
        "professional_jurisdictions.need_stated",
        "stakeholders/carer/profession", "social_work", "care_work", of(1, 1, 2),
        {
            "stakeholders/social_worker/profession": "social_work",
            "stakeholders/carer": {"organisation": "council"},
        },
    ),
    OneFact("data_ownership.copies_corrected", "flows/feed/corrects", True, False, of(3, 2, 3)),
    OneFact(
        "system_configuration.found_quickly",
        "needs/medicines/search_time", "2 min", "121 s", of(3, 1, 2),
    ),
    OneFact(
        "incentives.work_bearable",
        "flows/call/staff_time", "5 min", "6 min", of(2, 2, 3),
        {"stakeholders/nurse": NURSE, "flows/call": CALL},
    ),
    OneFact(
        "data_overload.expected_fits",
        "stakeholders/social_worker/attention", "20/d", "19/d", of(3, 1, 2),
        {"needs/medicines/use": "alert", "needs/medicines/quantity": {"events": "20/d"}},
    ),
    OneFact(
        "vision.needs_weighed",
        "needs/other/weight", 5, 1, of(2, 2, 3),
        {"needs/medicines/weight": 1, "needs/other": {**NEED, "safety_critical": True}},
    ),
    OneFact(
        "information_governance.agreement_reviewed",
        "agreements/pact/reviewed", "2025-11-01", "2025-10-31", of(3, 2, 3),
        {"flows/feed/basis": None, "agreements/pact": PACT},
    ),
    OneFact(
        "liability.safety_case_current",
        "systems/epr/safety/case_reviewed", "2025-11-01", "2025-10-31", of(2, 1, 2),
    ),
    OneFact(
        "skills.sufficient",
        "stakeholders/social_worker/skilled", "10 of 12", "9 of 12", of(3, 1, 2),
    ),
    OneFact(
        "training.enough_trained",
        "stakeholders/social_worker/trained", "10 of 12", "9 of 12", of(2, 2, 3),
    ),
    OneFact(
        "governance_structures.sectors_seated",
        "organisations/council/governing", True, False, of(1),
    ),
    OneFact(
        "distributed_knowledge.sources_can_be_asked",
        "flows/call/status", "pilot", "planned", of(2, 1, 2),
        {"stakeholders/nurse": NURSE, "flows/call": CALL},
    ),
    OneFact(
        "social_determinants.not_by_consent",
        "agreements/pact/lawful_basis/article_6", "e", "a", of(2, 2, 3),
        {"agreements/pact": PACT},
    ),
    OneFact(
        "legacy_systems.critical_needs_supported",
        "systems/epr/support_until", "2029-01-01", "2026-10-31", of(3, 1, 2),
    ),
    OneFact(
        "architecture_migration.steps_on_time",
        "flows/back/valid/from", AS_OF, "2026-10-31", of(3, 1, 2),
        {"flows/back": {**BACK, "status": "planned"}},
    ),
    OneFact(
        "digital_maturity.minimum_score",
        "organisations/hospital/maturity", 3, "2.9", of(3, 1, 2),
    ),
    OneFact(
        "suppliers.way_out", "systems/epr/contract/exit_plan", True, False, of(3, 1, 2)
    ),
    OneFact(
        "upgrades_maintenance.critical_routes_available",
        "systems/epr/availability", "0.99", "0.98", of(3, 2, 3),
    ),
    OneFact(
        "hardware_infrastructure.opens_at_once",
        "flows/window/wait", "10 s", "11 s", of(3, 1, 2),
        {"flows/window": {"from": "epr", "to": "asc", "mode": "view"}},
    ),
    OneFact(
        "harmonizing_interoperability.conformance_tested",
        "flows/feed/conformance", "tested", "claimed", of(3, 1, 2),
    ),
    OneFact(
        "data_quality.complete_enough",
        "systems/epr/holds/medications/completeness", "9 of 10", "8 of 10", of(2, 3, 4),
    ),
    OneFact(
        "flows_of_information.watched",
        "flows/feed/monitored", True, False, of(3, 2, 3),
        {"flows/back": BACK},
    ),
)  # fmt: skip


def level(fact: OneFact, said: object) -> Bounds | None:
    scores = assess(landscape_of(fact.profile(said))).scores
    return next(found.level for found in scores.dimensions if found.id == fact.dimension.id)


def differing(one: object, other: object, way: str = "") -> Iterator[str]:
    """The places where two plain values differ, as deep as they can be told apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from differing(one.get(key), other.get(key), f"{way}/{key}" if way else key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for position, pair in enumerate(zip(one, other, strict=True)):
            yield from differing(*pair, f"{way}/{position}")
    elif one != other:
        yield way


def test_each_dimension_is_moved_by_a_fact_and_none_is_left_out() -> None:
    assert [fact.dimension for fact in FACTS] == list(DIMENSIONS)
    criteria = {found.id: found for each in DIMENSIONS for found in each.criteria}
    assert all(criteria[fact.criterion].claim for fact in FACTS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.criterion)
def test_two_profiles_that_differ_in_one_fact_differ_in_the_level(fact: OneFact) -> None:
    pair = fact.profile(fact.good), fact.profile(fact.bad)
    assert list(differing(*pair)) == [fact.place]
    assert level(fact, fact.good) == Bounds(HIGHEST, HIGHEST)
    assert level(fact, fact.bad) == Bounds(fact.level, fact.level)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.criterion)
def test_the_fact_that_moves_the_level_is_the_criterions_own(fact: OneFact) -> None:
    scores = assess(landscape_of(fact.profile(fact.bad))).scores
    found = next(found for found in scores.dimensions if found.id == fact.dimension.id)
    outcomes = {told.criterion.id: told.outcome for told in found.criteria}
    assert outcomes[fact.criterion] is Outcome.NOT_MET


def test_places_where_two_values_differ_are_found_at_any_depth() -> None:
    one = {"a": {"b": [1, {"c": 2}]}, "d": 1}
    assert list(differing(one, deepcopy(one))) == []
    assert list(differing(one, {"a": {"b": [1, {"c": 3}]}})) == ["a/b/1/c", "d"]
