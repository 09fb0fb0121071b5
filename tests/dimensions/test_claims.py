"""What holds of every claim on any landscape, however strange."""

import random
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from sharedcare.dimension import Criterion
from sharedcare.dimensions import DIMENSIONS
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.flows import judge
from sharedcare.landscape import landscape_of
from sharedcare.landscape.data_categories import built_in
from sharedcare.vocabulary import Outcome
from tests.builders import assert_told
from tests.oracle.landscapes import random_landscape

SEEDS = range(40)

COMPUTED = [found for each in DIMENSIONS for found in each.criteria if found.claim]

#: Facts that a profile may leave out, with a value that speaks for the partners.
IN_FAVOUR: dict[str, dict[str, object]] = {
    "organisations": {
        "ownership": "public",
        "footprint": "Anytown",
        "regulator": "CQC",
        "funder": "NHS England",
        "specialists": {"integration": "own", "terminology": "shared"},
        "governing": True,
    },
    "systems": {
        "owner": "IT lead",
        "supplier": "Acme",
        "safety": {
            "officer": "Chief nurse",
            "case_reviewed": "2026-10-01",
            "hazards_reviewed": "2026-10-01",
        },
    },
    "stakeholders": {"trained": 1, "skilled": 1, "attention": "1000/d"},
    "flows": {"owner": "IT lead", "corrects": True, "monitored": True, "staff_time": "1 min"},
    "agreements": {
        "objections": "to the GP",
        "reviewed": "2026-10-01",
        "impact_assessed": "2026-10-01",
    },
    "needs": {
        "objective": "home with the right medicines",
        "owner": "Chief pharmacist",
        "fallback": "telephone the ward",
        "search_time": "10 s",
    },
}


def drawn(seed: int) -> dict[str, Any]:
    return random_landscape(random.Random(seed))


def looked_at(maps: dict[str, Any]) -> Evidence:
    made = landscape_of(maps)
    return Evidence(made, judge(made))


def findings(criterion: Criterion, evidence: Evidence) -> list[Finding]:
    assert criterion.claim is not None
    return list(criterion.claim(evidence))


def share_met(found: list[Finding]) -> Fraction:
    """The share of the findings that are met, the unknown taken for no; nothing is no."""
    counts = Counter(one.outcome for one in found)
    applicable = counts.total() - counts[Outcome.NOT_APPLICABLE]
    return Fraction(counts[Outcome.MET], applicable) if applicable else Fraction(0)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_finding_is_a_sentence_about_an_entry_that_there_is(seed: int) -> None:
    evidence = looked_at(drawn(seed))
    for criterion in COMPUTED:
        for found in findings(criterion, evidence):
            assert_told(criterion, found)
            kind, _, entry = found.about.partition(".")
            assert not kind or entry in getattr(evidence.landscape, kind) or entry in built_in()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_does_not_apply_is_said_only_where_the_criterion_allows_it(seed: int) -> None:
    evidence = looked_at(drawn(seed))
    for criterion in COMPUTED:
        outcomes = {found.outcome for found in findings(criterion, evidence)}
        assert criterion.may_not_apply or Outcome.NOT_APPLICABLE not in outcomes


@pytest.mark.parametrize("seed", SEEDS)
def test_a_claim_says_the_same_when_it_is_asked_again(seed: int) -> None:
    first, second = looked_at(drawn(seed)), looked_at(drawn(seed))
    for criterion in COMPUTED:
        found = findings(criterion, first)
        assert found == findings(criterion, first) == findings(criterion, second)


def more_is_said(maps: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same landscape with one favourable fact said everywhere, for one fact after the other."""
    for kind, facts in IN_FAVOUR.items():
        for key, value in facts.items():
            richer = deepcopy(maps)
            for entry in richer.get(kind, {}).values():
                entry.setdefault(key, value)
            yield f"{kind}.{key}", richer


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_a_fact_in_favour_never_takes_anything_from_a_share(seed: int) -> None:
    maps = drawn(seed)
    before = looked_at(maps)
    shares = {found.id: share_met(findings(found, before)) for found in COMPUTED}
    for fact, richer in more_is_said(maps):
        after = looked_at(richer)
        for criterion in COMPUTED:
            share = share_met(findings(criterion, after))
            assert share >= shares[criterion.id], f"{fact} lowers {criterion.id}"


def test_an_empty_landscape_is_neither_praised_nor_blamed() -> None:
    empty = looked_at({"meta": {"as_of": "2026-11-01"}})
    outcomes = {found.outcome for each in COMPUTED for found in findings(each, empty)}
    assert outcomes <= {Outcome.NOT_EVIDENCED}
