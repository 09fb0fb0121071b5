"""Levels of organisations and the region that they make."""

from fractions import Fraction
from typing import Any

import pytest

from sharedcare.dimension import Scope
from sharedcare.findings import Finding
from sharedcare.scoring import DimensionScore, Weighing
from sharedcare.scoring.aggregates import lower_median
from sharedcare.vocabulary import Outcome
from tests.scoring.making import (
    at,
    attested,
    climbed,
    criterion,
    dimension,
    finds,
    ladder,
    only,
    scored,
)


def climbers(key: str, levels: dict[str, int]) -> dict[str, Any]:
    """Attestations that put each organisation at its own level of a ladder."""
    return {
        f"{organisation}_{name.partition('.')[2]}": {
            **made, "criterion": name, "organisations": [organisation]
        }
        for organisation, level in levels.items()
        for name, made in climbed(key, level).items()
    }  # fmt: skip


def region(
    key: str, levels: dict[str, int], **organisations: dict[str, Any] | None
) -> DimensionScore:
    """A ladder's score where each organisation stands at its level."""
    declared = {name: organisations.get(name) or {} for name in ("a", "b", "c", "d", "e")}
    asked = ladder(key, scope=Scope.ORGANISATION)
    scores = scored(asked, organisations=declared, attestations=climbers(key, levels))
    return only(scores, key)


def test_the_region_takes_the_lower_median_of_its_organisations() -> None:
    assert region("d", {"a": 1, "b": 4, "c": 5}).level == at(4)
    assert region("d", {"a": 1, "b": 2, "c": 4, "d": 5}).level == at(2)


@pytest.mark.parametrize("key", ["information_governance", "liability"])
def test_a_chain_is_as_strong_as_its_weakest_organisation(key: str) -> None:
    assert region(key, {"a": 1, "b": 4, "c": 5}).level == at(1)


def test_organisations_weigh_by_population_if_all_assessed_declare_it() -> None:
    people = {"a": {"population": 10}, "b": {"population": 80}, "c": {"population": 10}}
    found = region("d", {"a": 1, "b": 2, "c": 5}, **people)
    assert (found.level, found.region.weighing) == (at(2), Weighing.POPULATION)
    assert found.region.established == at(Fraction(10, 100))


def test_else_organisations_weigh_by_instances() -> None:
    unsaid: dict[str, Any]
    for unsaid in ({}, {"population": "unknown"}, {"population": {"low": 1, "high": 900}}):
        declared: dict[str, Any] = {
            "a": {"population": 1, "instances": 28},
            "b": {"instances": 2, **unsaid},
        }
        found = region("d", {"a": 1, "b": 5}, **declared)
        assert (found.level, found.region.weighing) == (at(1), Weighing.INSTANCES)
        assert found.region.established == at(Fraction(2, 30))


def test_populations_that_are_all_zero_weigh_nothing_so_instances_do() -> None:
    nobody = {"a": {"population": 0}, "b": {"population": 0, "instances": 3}}
    assert region("d", {"a": 1, "b": 5}, **nobody).region.weighing is Weighing.INSTANCES


def test_an_answer_for_the_region_at_large_assesses_no_organisation() -> None:
    asked = dimension("d", criterion("d.one", 1, Scope.ORGANISATION))
    found = only(
        scored(asked, organisations={"a": {}}, attestations={"d.one": attested("yes")}), "d"
    )
    assert (found.level, found.region.not_assessed) == (at(1), ("a",))


def test_an_organisation_at_exactly_3_counts_in_the_share_established() -> None:
    assert region("d", {"a": 2, "b": 3, "c": 4, "d": 5}).region.established == at("3/4")


def test_the_spread_needs_two_organisations() -> None:
    one = region("d", {"a": 3})
    assert (one.level, one.region.spread) == (at(3), None)
    two = region("d", {"a": 3, "b": 1}).region.spread
    assert two is not None
    assert (two.lowest, two.highest) == (at(1), at(3))


def test_an_organisation_without_an_answer_is_listed_and_never_counts_as_0() -> None:
    found = region("d", {"a": 3, "b": 4})
    assert found.level == at(3)
    assert found.region.not_assessed == ("c", "d", "e")
    assert [each.level for each in found.organisations] == [at(3), at(4), None, None, None]


def test_low_and_high_ends_take_the_median_apart() -> None:
    asked = dimension(
        "d",
        criterion("d.one", 1, Scope.ORGANISATION),
        criterion("d.two", 2, Scope.ORGANISATION),
    )
    said = {
        "d.one": attested("yes", organisations="all"),
        "two": attested("yes", criterion="d.two", organisations=["a"]),
        "not": attested("no", criterion="d.two", organisations=["b"]),
    }
    found = only(scored(asked, organisations={"a": {}, "b": {}, "c": {}}, attestations=said), "d")
    assert [each.level for each in found.organisations] == [at(2), at(1), at(1, 2)]
    assert found.level == at(1, 2)


def test_an_organisation_takes_the_region_s_answers_with_its_own() -> None:
    asked = dimension("d", criterion("d.one", 1), criterion("d.two", 2, Scope.ORGANISATION))
    said = {
        "d.one": attested("yes"),
        "d.two": attested("yes", organisations=["a"]),
    }
    found = only(scored(asked, organisations={"a": {}, "b": {}}, attestations=said), "d")
    assert [each.level for each in found.organisations] == [at(2), None]
    assert found.level == at(2)


def test_without_any_organisation_s_answer_the_region_s_give_the_level() -> None:
    asked = dimension("d", criterion("d.one", 1), criterion("d.two", 2, Scope.ORGANISATION))
    found = only(
        scored(asked, organisations={"a": {}}, attestations={"d.one": attested("yes")}), "d"
    )
    assert found.level == at(1, 2)
    assert found.region.not_assessed == ("a",)


def test_nothing_answered_is_not_assessed_and_neither_is_all_left_out() -> None:
    asked = dimension("d", criterion("d.one", may_not_apply=True))
    silent = scored(asked)
    assert (only(silent, "d").level, silent.not_assessed) == (None, ("d",))
    left_out = scored(asked, attestations={"d.one": attested("not_applicable")})
    assert only(left_out, "d").level is None


def test_an_answer_in_dispute_spans_everything_and_does_not_vanish() -> None:
    said = {"d.l1": attested("yes", "audit", disputed_by=["a"])}
    found = only(scored(ladder("d"), organisations={"a": {}}, attestations=said), "d")
    assert found.level == at(0, 5)


def test_a_criterion_s_outcome_for_the_region_is_made_as_levels_are() -> None:
    found = {
        key: [
            each.outcome
            for each in region(key, {"a": 1, "b": 1, "c": 3}).criteria
        ]
        for key in ("d", "liability")
    }  # fmt: skip
    yes, no = Outcome.MET, Outcome.NOT_MET
    assert found["d"] == [yes, no, no, no, no]
    more = [each.outcome for each in region("d", {"a": 1, "b": 3, "c": 3}).criteria]
    assert more == [yes, yes, yes, no, no]
    chain = [each.outcome for each in region("liability", {"a": 1, "b": 3, "c": 3}).criteria]
    assert chain == [yes, no, no, no, no]


def test_findings_about_an_organisation_answer_for_it_alone() -> None:
    claim = finds(Finding(Outcome.MET, "x", "", "a"), Finding(Outcome.NOT_MET, "y", "", "b"))
    asked = dimension("d", criterion("d.one", 1, Scope.ORGANISATION, claim=claim))
    found = only(scored(asked, organisations={"a": {}, "b": {}, "c": {}}), "d")
    assert [each.level for each in found.organisations] == [at(1), at(0), None]


def test_the_lower_median_stops_where_half_the_weight_is_reached() -> None:
    values = {"a": Fraction(1), "b": Fraction(2), "c": Fraction(3)}
    weights = {"a": Fraction(1), "b": Fraction(1), "c": Fraction(2)}
    assert lower_median(values, weights) == 2
    assert lower_median(values, {**weights, "c": Fraction(3)}) == 3
