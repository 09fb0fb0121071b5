"""What does not go together: meanings, codes, windows, liveliness, notification, blanks."""

from pathlib import Path
from typing import Any

import pytest

from sharedcare.flows import judge
from sharedcare.flows.meaning.clashes import Clash, ClashKind, GapKind, clashes
from sharedcare.loading import load_landscape
from tests.builders import landscape, two_partners

ESSEX = Path(__file__).parents[2] / "profiles" / "mid-and-south-essex.yaml"
FEED = {"to": "epr", "mode": "push", "carries": {"coded": ["alerts"]}, "basis": "direct_care"}
HELD = {"form": "coded", "history": "5 y"}


def two_councils(
    one: dict[str, Any] | None = None,
    other: dict[str, Any] | None = None,
    **held: tuple[object, object],
) -> dict[str, Any]:
    """Two councils send a hospital their alerts; ``held`` says what each holds, key by key."""
    holdings = [
        {"alerts": {**HELD, **{key: pair[at] for key, pair in held.items()}}} for at in (0, 1)
    ]
    return two_partners(
        {
            "organisations/borough": {"name": "Borough"},
            "systems/asc/holds": holdings[0],
            "systems/borough_care": {"organisation": "borough", "holds": holdings[1]},
            "stakeholders/doctor": {"organisation": "hospital", "uses": ["epr"]},
            "flows": {
                "council_feed": {**FEED, "from": "asc", **(one or {})},
                "borough_feed": {**FEED, "from": "borough_care", **(other or {})},
            },
            "needs": {
                "alerts": {
                    "stakeholder": "doctor",
                    "content": ["alerts"],
                    "purpose": "direct_care",
                }
            },
        }
    )


def found(maps: dict[str, Any]) -> dict[ClashKind, Clash]:
    made = landscape(**maps)
    return {clash.kind: clash for clash in clashes(made, judge(made))}


BATCH = {"mode": "batch", "interval": "1 d", "history": "12 mo"}


@pytest.mark.parametrize(
    ("kind", "maps", "certain"),
    [
        (ClashKind.MEANING, two_councils(meaning=("Risks", "Any flag")), True),
        (ClashKind.CODE_SYSTEM, two_councils(code_systems=(["SNOMED CT"], ["local"])), True),
        (ClashKind.STANDARD, two_councils(standard=("FHIR R4", "CSV")), True),
        (ClashKind.LIVELINESS, two_councils(BATCH, {**BATCH, "interval": "1 w"}), True),
        (ClashKind.LIVELINESS, two_councils(BATCH), True),
        (ClashKind.LIVELINESS, two_councils(BATCH, {**BATCH, "interval": "unknown"}), False),
        (ClashKind.HISTORY, two_councils(BATCH, {**BATCH, "history": "3 y"}), True),
        (ClashKind.HISTORY, two_councils(BATCH, {**BATCH, "history": "unknown"}), False),
        (ClashKind.UNTOLD, two_councils({"notifies": False}, {"notifies": False}), True),
    ],
)
def test_parts_that_differ_are_found_where_they_meet(
    kind: ClashKind, maps: dict[str, Any], certain: bool
) -> None:
    clash = found(maps)[kind]
    assert clash.certain is certain
    assert (clash.roles, clash.needs, clash.categories) == (("doctor",), ("alerts",), ("alerts",))
    assert {party.organisation for party in clash.parties} <= {"council", "borough", "hospital"}


@pytest.mark.parametrize(
    ("kind", "maps"),
    [
        (ClashKind.MEANING, two_councils(meaning=("Risks", "risks  "))),
        (ClashKind.MEANING, two_councils(meaning=("Risks", "unknown"))),
        (ClashKind.CODE_SYSTEM, two_councils(code_systems=(["SNOMED CT", "a"], ["SNOMED CT"]))),
        (ClashKind.CODE_SYSTEM, two_councils(code_systems=(["SNOMED CT"], []))),
        (ClashKind.LIVELINESS, two_councils(BATCH, {**BATCH, "interval": "24 h"})),
        (ClashKind.HISTORY, two_councils(BATCH, {**BATCH, "history": "360 d"})),
        (ClashKind.UNTOLD, two_councils({"notifies": False}, {"notifies": True})),
        (ClashKind.UNTOLD, two_councils({"notifies": False})),
    ],
)
def test_parts_that_are_alike_or_say_nothing_do_not_clash(
    kind: ClashKind, maps: dict[str, Any]
) -> None:
    assert kind not in found(maps)


def test_what_differs_and_meets_nowhere_is_told_across_the_landscape() -> None:
    maps = two_councils(meaning=("Risks", "Any flag"))
    maps["needs"] = {}
    clash = found(maps)[ClashKind.MEANING]
    assert (clash.roles, clash.needs) == ((), ())
    assert clash.certain


def test_only_sources_that_a_need_asks_meet_at_it() -> None:
    maps = two_councils(meaning=("Risks", "Any flag"))
    maps["needs"]["alerts"]["content"] = [{"category": "alerts", "from": ["council"]}]
    assert found(maps)[ClashKind.MEANING].needs == ()


def test_a_source_that_reaches_the_role_only_too_late_is_still_misread() -> None:
    maps = two_councils({**BATCH, "delay": "1 h"}, {"delay": "1 min"}, meaning=("Risks", "Flags"))
    maps["needs"]["alerts"]["max_age"] = "1 h"
    assert found(maps)[ClashKind.MEANING].needs == ("alerts",)


def test_a_part_in_a_system_that_may_be_out_of_use_makes_no_difference_certain() -> None:
    maps = two_councils(meaning=("Risks", "Any flag"))
    maps["systems"]["borough_care"]["lifecycle"] = "unknown"
    assert found(maps)[ClashKind.MEANING].certain is False


def test_a_call_beside_a_feed_is_no_feed() -> None:
    maps = two_councils(BATCH)
    call = {**FEED, "mode": "manual", "mechanism": "phone"}
    maps["flows"]["call"] = {**call, "from": "asc"}
    maps["flows"]["other_call"] = {**call, "from": "borough_care"}
    assert [party.said for party in found(maps)[ClashKind.LIVELINESS].parties] == [
        "live",
        "every 1 d",
    ]


def test_a_feed_that_leads_elsewhere_does_not_count_where_it_does_not_come() -> None:
    maps = two_councils(BATCH)
    maps["systems"]["archive"] = {"organisation": "hospital"}
    maps["flows"]["elsewhere"] = {**FEED, "from": "asc", "to": "archive"}
    about = {party.about for party in found(maps)[ClashKind.LIVELINESS].parties}
    assert about == {"flows.council_feed", "flows.borough_feed"}


def test_a_feed_that_leads_back_to_its_source_does_not_count_either() -> None:
    maps = two_councils(BATCH, {**BATCH, "interval": "1 w"})
    maps["systems"]["hub"] = {"organisation": "hospital", "processor_for": "all"}
    maps["flows"]["to_hub"] = {**FEED, "from": "asc", "to": "hub"}
    maps["flows"]["back"] = {**FEED, "from": "hub", "to": "asc", "mode": "view"}
    about = {party.about for party in found(maps)[ClashKind.LIVELINESS].parties}
    assert about == {"flows.council_feed", "flows.borough_feed"}


def test_some_who_need_it_are_told_and_some_are_not() -> None:
    maps = two_councils({"notifies": True})
    maps["stakeholders"]["desk"] = {"organisation": "borough", "uses": ["borough_care"]}
    maps["flows"]["to_borough"] = {**FEED, "from": "asc", "to": "borough_care", "notifies": False}
    maps["needs"]["desk"] = {**maps["needs"]["alerts"], "stakeholder": "desk"}
    clash = found(maps)[ClashKind.NOTIFICATION]
    said = {party.about: party.said for party in clash.parties}
    assert said == {
        "flows.council_feed": "tells of what is new",
        "flows.to_borough": "tells nobody of what is new",
    }


def test_one_need_that_joins_live_with_periodic_is_found() -> None:
    maps = two_councils({"carries": {"coded": ["alerts"]}}, {**BATCH, "carries": ["plans"]})
    maps["data_categories"] = {"plans": {"name": "Plans"}}
    maps["systems"]["borough_care"]["holds"] = {"plans": HELD}
    maps["needs"]["alerts"]["content"] = ["alerts", "plans"]
    clash = found(maps)[ClashKind.MIXTURE]
    assert clash.categories == ("alerts", "plans")
    assert [party.said for party in clash.parties] == ["live", "every 1 d"]
    maps["needs"]["alerts"]["content"] = ["alerts"]
    assert ClashKind.MIXTURE not in found(maps)


@pytest.mark.parametrize(
    ("way", "value", "kind", "said"),
    [
        ("flows/feed/history", "12 mo", GapKind.WINDOW, "12 mo"),
        ("flows/feed/history", "unknown", GapKind.WINDOW, None),
        ("flows/feed/history", {"low": "1 mo", "high": "3 y"}, GapKind.WINDOW, "1 mo to 3 y"),
        ("systems/epr/holds/medications/completeness", 0.9, GapKind.NOT_FOR_ALL, "90 %"),
        ("systems/epr/holds/medications/completeness", "unknown", GapKind.NOT_FOR_ALL, None),
        ("systems/epr/holds/medications/may_be_blank", "Doses", GapKind.FIELDS, "Doses"),
        ("systems/epr/holds/medications/may_be_blank", "unknown", GapKind.FIELDS, None),
        (
            "flows/feed/carries",
            {"medications": {"form": "coded", "withheld": "Trial drugs"}},
            GapKind.WITHHELD,
            "Trial drugs",
        ),
        ("flows/feed/reach", "9 of 10", GapKind.NOT_ALL_REACHED, "9 of 10"),
        ("flows/feed/match_rate", "unknown", GapKind.NOT_ALL_REACHED, None),
        ("flows/feed/status", "unknown", GapKind.PERHAPS, None),
    ],
)
def test_a_blank_is_no_negative_where_something_may_hide(
    way: str, value: object, kind: GapKind, said: str | None
) -> None:
    clash = found(two_partners({way: value}))[ClashKind.ABSENCE]
    (gap,) = clash.gaps
    assert (gap.kind, gap.said, gap.organisation) == (kind, said, "hospital")
    assert clash.roles == ("social_worker",)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("flows/feed/history", "10 y"),
        ("systems/epr/holds/medications/completeness", 1),
        ("systems/epr/holds/medications/may_be_blank", "none"),
        ("flows/feed/reach", 1),
    ],
)
def test_what_hides_nothing_makes_no_gap(way: str, value: object) -> None:
    assert ClashKind.ABSENCE not in found(two_partners({way: value}))


def test_the_part_of_a_source_that_does_not_come_is_missing_or_not_covered() -> None:
    clash = found(two_councils(other={"status": "planned"}))[ClashKind.ABSENCE]
    assert [(gap.kind, gap.organisation) for gap in clash.gaps if gap.about.startswith("org")] == [
        (GapKind.MISSING, "borough")
    ]
    maps = two_councils(other={"basis": None})
    maps["agreements"] = {
        "draft": {
            "parties": "all",
            "categories": "all",
            "purposes": "direct_care",
            "status": "draft",
        }
    }
    gaps = found(maps)[ClashKind.ABSENCE].gaps
    assert (GapKind.NO_COVER, "borough") in [(gap.kind, gap.organisation) for gap in gaps]


def test_who_objects_is_left_out_where_the_agreement_says_how() -> None:
    maps = two_partners({"flows/feed/basis": None})
    maps["agreements"] = {
        "pact": {
            "parties": "all",
            "categories": "all",
            "purposes": "direct_care",
            "status": "signed",
            "objections": "The record is closed",
            "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied"},
        }
    }
    (gap,) = found(maps)[ClashKind.ABSENCE].gaps
    assert (gap.kind, gap.said) == (GapKind.OBJECTIONS, "The record is closed")


# ── The real case ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def essex() -> tuple[Clash, ...]:
    made = load_landscape(ESSEX)
    return clashes(made, judge(made))


def of(kind: ClashKind, category: str, essex: tuple[Clash, ...]) -> list[Clash]:
    return [clash for clash in essex if clash.kind is kind and category in clash.categories]


def test_the_real_case_has_two_meanings_of_alerts_across_councils(
    essex: tuple[Clash, ...],
) -> None:
    (clash,) = of(ClashKind.MEANING, "alerts", essex)
    assert clash.certain
    assert {party.organisation for party in clash.parties} == {"essex", "southend", "thurrock"}
    assert "emergency_doctor" in clash.roles


def test_the_real_case_has_a_window_of_twelve_months(essex: tuple[Clash, ...]) -> None:
    (clash,) = of(ClashKind.HISTORY, "assessments", essex)
    assert "12 mo" in [party.said for party in clash.parties]
    gaps = [gap for one in of(ClashKind.ABSENCE, "assessments", essex) for gap in one.gaps]
    assert ("essex", "12 mo") in [(gap.organisation, gap.said) for gap in gaps]


def test_the_real_case_tells_nobody_of_what_is_new(essex: tuple[Clash, ...]) -> None:
    told = [
        clash
        for category in ("alerts", "assessments")
        for clash in of(ClashKind.UNTOLD, category, essex)
    ]
    assert len(told) == 2
    assert all(clash.certain for clash in told)


def test_the_real_case_mixes_live_with_periodic(essex: tuple[Clash, ...]) -> None:
    mixed = of(ClashKind.MIXTURE, "alerts", essex)
    assert {need for clash in mixed for need in clash.needs} >= {"general_picture", "visit_at_home"}
    assert of(ClashKind.LIVELINESS, "alerts", essex)


def test_the_real_case_has_blanks_that_are_no_negatives(essex: tuple[Clash, ...]) -> None:
    (clash,) = [c for c in of(ClashKind.ABSENCE, "alerts", essex) if "gp" in c.roles]
    assert {party.said for party in clash.parties} == {
        "No alert shown does not mean that there is none."
    }
    assert {gap.kind for gap in clash.gaps} == {
        GapKind.WINDOW, GapKind.NOT_FOR_ALL, GapKind.FIELDS
    }  # fmt: skip


def test_clashes_come_in_the_same_order_whatever_the_order_of_the_file() -> None:
    maps = two_councils(BATCH, {**BATCH, "interval": "1 w"}, meaning=("Risks", "Any flag"))
    turned = {key: dict(reversed(list(entries.items()))) for key, entries in maps.items()}
    assert list(found(turned).values()) == list(found(maps).values())
