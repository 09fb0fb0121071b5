"""The table of flows: whose information goes to whom, and what covers it."""

from typing import Any

from sharedcare.flows.registers.processing import Cover, Processing, processing, purposes_of
from sharedcare.vocabulary import Purpose
from tests.builders import landscape, two_partners

PACT = {"parties": "all", "categories": "all", "purposes": ["direct_care"], "status": "signed"}


def rows(maps: dict[str, Any]) -> list[Processing]:
    return list(processing(landscape(**maps)))


def told(maps: dict[str, Any]) -> list[tuple[str | None, Cover, str | None]]:
    return [(row.flow, row.cover, row.agreement) for row in rows(maps)]


def uncovered(**more: Any) -> dict[str, Any]:
    return two_partners({"flows/feed/basis": None, **more})


def test_a_flow_that_nothing_covers_is_a_gap() -> None:
    assert told(uncovered()) == [("feed", Cover.NOT_RECORDED, None)]
    maps = {**uncovered(), "agreements": {"pact": {**PACT, "categories": ["allergies"]}}}
    assert told(maps) == [("feed", Cover.NOT_COVERED, None)]


def test_a_part_that_two_agreements_cover_has_a_row_for_each() -> None:
    maps = {**uncovered(), "agreements": {"one": PACT, "other": {**PACT, "status": "draft"}}}
    assert told(maps) == [("feed", Cover.AGREEMENT, "one"), ("feed", Cover.AGREEMENT, "other")]


def test_a_flow_for_direct_care_asks_for_no_agreement_and_says_so() -> None:
    (row,) = rows(two_partners())
    assert (row.cover, row.agreement) == (Cover.DIRECT_CARE, None)
    assert purposes_of(landscape(**two_partners()), row) == (Purpose.DIRECT_CARE,)
    maps = {**two_partners(), "agreements": {"pact": PACT}}
    assert told(maps) == [("feed", Cover.AGREEMENT, "pact")]
    maps["agreements"]["pact"] = {**PACT, "purposes": ["audit"]}
    assert told(maps) == [
        ("feed", Cover.AGREEMENT, "pact"),
        ("feed", Cover.DIRECT_CARE, None),
    ]


def by_hub(**more: Any) -> dict[str, Any]:
    """The medicines go by way of a hub that a board runs for everybody."""
    into = {"from": "epr", "to": "hub", "mode": "push", "carries": {"medications": "coded"}}
    return two_partners(
        {
            "organisations/board": {"name": "Board"},
            "systems/hub": {"name": "Hub", "organisation": "board", "processor_for": "all"},
            "flows": {"into": into, "out": {**into, "from": "hub", "to": "asc"}},
            **more,
        }
    )


def test_what_a_hub_carries_stays_the_sources_and_the_hub_is_a_processor() -> None:
    into, out = rows(by_hub())
    assert (into.cover, into.sources, into.processors) == (
        Cover.PROCESSOR, ("hospital",), ("board",)
    )  # fmt: skip
    assert (out.cover, out.sources, out.processors) == (
        Cover.NOT_RECORDED, ("hospital",), ("board",)
    )  # fmt: skip


def test_people_who_look_into_anothers_system_receive_what_is_there() -> None:
    reader = {"organisation": "council", "uses": ["hub"]}
    use = rows(by_hub(**{"stakeholders/reader": reader}))[-1]
    assert (use.flow, use.from_, use.to, use.sources) == (None, "hub", "reader", ("hospital",))


def test_what_was_only_shown_is_not_passed_on() -> None:
    further = {"from": "asc", "to": "ward", "mode": "push", "carries": ["medications"]}
    more = {"organisations/home": {}, "systems/ward": {"organisation": "home"}}
    maps = by_hub(**more, **{"flows/further": further})
    assert {row.flow for row in rows(maps)} == {"into", "out", "further"}
    maps["flows"]["into"]["mode"] = "view"
    assert {row.flow for row in rows(maps)} == {"into"}


def test_what_comes_back_or_stays_within_an_organisation_has_no_row() -> None:
    back = {"from": "hub", "to": "epr", "mode": "push", "carries": ["medications"]}
    assert [row.flow for row in rows(by_hub(**{"flows/back": back}))] == ["into", "out"]
    ward = {"organisation": "hospital"}
    within = {"from": "epr", "to": "ward", "mode": "push", "carries": ["medications"]}
    maps = two_partners({"systems/ward": ward, "flows/within": within})
    assert [row.flow for row in rows(maps)] == ["feed"]


def test_a_planned_flow_is_in_the_table_and_a_retired_one_is_not() -> None:
    assert [row.flow for row in rows(uncovered(**{"flows/feed/status": "planned"}))] == ["feed"]
    assert rows(uncovered(**{"flows/feed/status": "retired"})) == []
    assert rows(uncovered(**{"systems/asc/lifecycle": "retired"})) == []


def test_what_goes_to_the_person_asks_for_nothing() -> None:
    letter = {"from": "epr", "to": "person", "mode": "manual", "carries": ["medications"]}
    maps = two_partners({"stakeholders/person": {"name": "The person"}, "flows/letter": letter})
    assert ("letter", Cover.PERSON, None) in told(maps)


def test_categories_of_one_source_under_one_cover_stand_in_one_row() -> None:
    maps = uncovered(
        **{
            "systems/epr/holds/allergies": {"form": "coded"},
            "flows/feed/carries": {"medications": "coded", "allergies": "coded"},
        }
    )
    (row,) = rows(maps)
    assert row.categories == ("allergies", "medications")
