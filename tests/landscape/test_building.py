"""From what was written to a landscape: every fault at once, short ways, defaults, bundles."""

from typing import Any

import pytest

from sharedcare.errors import ProfileRefused
from sharedcare.landscape import build, landscape_of
from sharedcare.places import Severity
from sharedcare.quantities import UNKNOWN
from sharedcare.vocabulary import Form, Lifecycle

META = {"as_of": "2026-11-01"}


def codes(**maps: Any) -> list[tuple[str, str]]:
    """The code and the first words of each fault of a profile of these maps."""
    faults = build({"meta": META, **maps}).faults
    return [(fault.code, fault.message.partition(":")[0]) for fault in faults]


def test_a_profile_of_nothing_but_its_day_is_a_landscape() -> None:
    landscape = landscape_of({"meta": META})
    assert landscape.as_of.isoformat() == "2026-11-01"
    assert landscape.meta.jurisdiction == "other"


def test_a_profile_without_a_day_is_refused_since_there_is_no_clock() -> None:
    assert [fault.code for fault in build({"meta": {"title": "No day"}}).faults] == ["MISSING_KEY"]
    assert [fault.code for fault in build({}).faults] == ["MISSING_KEY"]


def test_a_wrong_value_does_not_hide_a_wrong_id_in_the_same_entry() -> None:
    systems = {"epr": {"organisation": "hospitl", "lifecycle": "alive"}}
    assert codes(systems=systems, organisations={"hospital": {}}) == [
        ("BAD_WORD", "systems.epr.lifecycle"),
        ("UNKNOWN_ID", "systems.epr.organisation"),
    ]


def test_a_missing_key_does_not_hide_a_wrong_id_in_the_same_entry() -> None:
    assert codes(flows={"one": {"to": "nowhere", "mode": "push"}}) == [
        ("MISSING_KEY", "flows.one"),
        ("UNKNOWN_ID", "flows.one.to"),
    ]


def test_a_faulty_entry_causes_no_second_fault_where_it_is_named() -> None:
    systems = {"epr": {"lifecycle": "alive"}}
    stakeholders = {"nurse": {"uses": ["epr"]}}
    assert codes(systems=systems, stakeholders=stakeholders) == [
        ("BAD_WORD", "systems.epr.lifecycle")
    ]


def test_a_slip_in_a_key_is_told_with_what_was_probably_meant() -> None:
    (fault,) = build({"meta": META, "organisations": {"a": {"tpye": "acute"}}}).faults
    assert "did you mean type?" in fault.message


@pytest.mark.parametrize(
    "holds",
    [
        {"medications": "coded", "allergies": "coded"},
        {"coded": ["medications", "allergies"]},
        {"medications": {"form": "coded"}, "coded": ["allergies"]},
    ],
)
def test_every_short_way_of_holding_says_the_same(holds: dict[str, Any]) -> None:
    system = landscape_of({"meta": META, "systems": {"epr": {"holds": holds}}}).systems["epr"]
    assert {key: held.form for key, held in system.holds.items()} == {
        "medications": Form.CODED,
        "allergies": Form.CODED,
    }


def test_a_plain_list_of_categories_leaves_the_form_unsaid() -> None:
    systems = {"epr": {"holds": ["medications"]}}
    held = landscape_of({"meta": META, "systems": systems}).systems["epr"].holds["medications"]
    assert held.form is None


def test_a_category_named_twice_is_refused() -> None:
    systems = {"epr": {"holds": {"coded": ["medications"], "document": ["medications"]}}}
    assert codes(systems=systems) == [("NAMED_TWICE", "systems.epr.holds")]


def test_a_bundle_stands_for_its_categories_wherever_a_category_may() -> None:
    landscape = landscape_of(
        {
            "meta": META,
            "bundles": {"basics": ["medications", "allergies"], "more": ["basics", "problems"]},
            "systems": {"epr": {"holds": {"coded": ["more"]}}},
            "stakeholders": {"nurse": {}},
            "agreements": {"all_of_it": {"parties": "all", "categories": ["basics"]}},
            "needs": {
                "picture": {"stakeholder": "nurse", "purpose": "direct_care", "content": ["more"]}
            },
        }
    )
    three = ["medications", "allergies", "problems"]
    assert list(landscape.systems["epr"].holds) == three
    assert [item.category for item in landscape.needs["picture"].content] == three
    assert landscape.agreements["all_of_it"].categories == ("medications", "allergies")


def test_a_bundle_that_holds_itself_is_refused() -> None:
    assert ("CIRCULAR", "bundles.a") in codes(bundles={"a": ["b"], "b": ["a"]})


def test_defaults_fill_in_and_an_entry_has_the_last_word() -> None:
    landscape = landscape_of(
        {
            "meta": META,
            "defaults": {"systems": {"lifecycle": "planned", "supplier": "Acme"}},
            "systems": {"one": {}, "two": {"lifecycle": "live"}},
        }
    )
    assert landscape.systems["one"].lifecycle is Lifecycle.PLANNED
    assert landscape.systems["two"].lifecycle is Lifecycle.LIVE
    assert landscape.systems["two"].supplier == "Acme"


def test_a_default_for_a_key_that_does_not_exist_is_refused() -> None:
    assert codes(defaults={"systems": {"liefcycle": "live"}}) == [
        ("UNKNOWN_KEY", "defaults.systems.liefcycle")
    ]


def test_unknown_is_kept_as_unknown_and_refused_for_ids_modes_and_limits() -> None:
    systems = {"epr": {"lifecycle": "unknown"}}
    assert landscape_of({"meta": META, "systems": systems}).systems["epr"].lifecycle is UNKNOWN
    flow = {"from": "a", "to": "a", "mode": "unknown"}
    need = {
        "stakeholder": "b",
        "purpose": "direct_care",
        "content": ["medications"],
        "max_age": "unknown",
    }
    found = codes(systems={"a": {}}, stakeholders={"b": {}}, flows={"f": flow}, needs={"n": need})
    assert found == [
        ("UNKNOWN_REFUSED", "flows.f.mode"),
        ("UNKNOWN_REFUSED", "needs.n.max_age"),
    ]


def test_a_new_category_is_a_warning_and_a_slip_of_a_known_one_an_error() -> None:
    def severities(category: str) -> list[Severity]:
        systems = {"epr": {"holds": {category: "coded"}}}
        return [fault.severity for fault in build({"meta": META, "systems": systems}).faults]

    assert severities("medications") == []
    assert severities("moon_phases") == [Severity.WARNING]
    assert severities("medicatoins") == [Severity.ERROR]


def test_a_category_of_the_profile_s_own_needs_no_declared_ancestor() -> None:
    systems = {"epr": {"holds": {"star_signs": "text", "star_signs.rising": "text"}}}
    assert not codes(data_categories={"star_signs.rising": {}}, systems=systems)


def test_one_id_for_a_system_and_a_stakeholder_is_refused() -> None:
    assert codes(systems={"ward": {}}, stakeholders={"ward": {}}) == [
        ("AMBIGUOUS_ID", "stakeholders.ward")
    ]


def test_not_applicable_without_a_reason_is_refused() -> None:
    assert codes(attestations={"vision.x": {"answer": "not_applicable"}}) == [
        ("REASON_MISSING", "attestations.vision.x")
    ]


def test_refusing_raises_with_every_fault() -> None:
    with pytest.raises(ProfileRefused) as refused:
        landscape_of({"meta": {"as_of": "yesterday"}, "systms": {}})
    assert [fault.code for fault in refused.value.faults] == ["BAD_DATE", "UNKNOWN_KEY"]
