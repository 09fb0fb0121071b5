"""What a role can see is what a need without limits would get."""

import random
from pathlib import Path
from typing import Any

import pytest

from sharedcare.flows import judge
from sharedcare.flows.meaning.sights import Sights
from sharedcare.landscape import Landscape, Need
from sharedcare.loading import load_landscape
from sharedcare.vocabulary import Form, Purpose
from tests.builders import landscape, two_partners

PROFILES = Path(__file__).parents[2] / "profiles"
CARE = Purpose.DIRECT_CARE

#: Questions of one profile that are put to the judge too, and from which seed they are drawn.
SAMPLE, SEED = 60, 2026


def seen(maps: dict[str, Any], purpose: Purpose = CARE) -> list[Any]:
    return Sights(landscape(**maps)).seen("social_worker", "medications", purpose, "asc")


def questions(found: Landscape) -> list[tuple[str, str, str, str]]:
    """Role, system, category and source of everything that could be asked, in order."""
    held = sorted(
        (category, system.organisation)
        for system in found.systems.values()
        for category in system.holds
        if system.organisation
    )
    return [
        (role, use.system, category, source)
        for role, stakeholder in found.stakeholders.items()
        for use in stakeholder.uses
        for category, source in held
    ]


@pytest.mark.parametrize("name", ["fictional-region", "mid-and-south-essex"])
def test_a_part_is_seen_where_a_need_without_limits_would_get_it(name: str) -> None:
    found = load_landscape(PROFILES / f"{name}.yaml")
    sights = Sights(found)
    drawn = random.Random(SEED).sample(questions(found), SAMPLE)
    needs = {
        f"n{at}": Need.model_validate(
            {
                "stakeholder": role,
                "at": system,
                "purpose": "direct_care",
                "content": [{"category": category, "from": [source]}],
            }
        )
        for at, (role, system, category, source) in enumerate(drawn)
    }
    judged = judge(found.model_copy(update={"needs": needs}), explain=False)
    outcomes = set()
    for (role, system, category, source), verdict in zip(drawn, judged.needs, strict=True):
        coverage = verdict.items[0].sources[0].coverage
        by_source = {
            sight.organisation: sight for sight in sights.seen(role, category, CARE, system)
        }
        sight = by_source.get(source)
        assert (sight is not None) is bool(coverage.high)
        if sight is not None:
            assert sight.certain or not coverage.low
            assert sight.reach.low <= coverage.high
        outcomes.add((sight is not None, sight is not None and sight.certain))
    assert len(outcomes) >= 2


def test_age_form_and_history_are_those_of_the_way() -> None:
    maps = two_partners(
        {
            "systems/epr/holds/medications": {"form": "coded", "history": "5 y"},
            "flows/feed/history": "12 mo",
            "flows/feed/carries": {"medications": "text"},
        }
    )
    (sight,) = seen(maps)
    assert sight.age == (300, 300)
    assert sight.form == (Form.TEXT, Form.TEXT)
    assert sight.history == (360 * 86400, 360 * 86400)
    assert sight.flows == ("feed",)
    assert (sight.system, sight.at, sight.organisation) == ("epr", "asc", "hospital")


def test_an_unknown_delay_leaves_the_age_open_and_the_sight_certain() -> None:
    (sight,) = seen(two_partners({"flows/feed/delay": "unknown"}))
    assert sight.certain
    assert sight.age == (0, float("inf"))


def test_a_flow_of_which_it_is_not_known_whether_it_runs_makes_a_sight_possible() -> None:
    (sight,) = seen(two_partners({"flows/feed/status": "unknown"}))
    assert not sight.certain


def test_for_how_many_it_comes_is_told_apart_from_whether_it_comes() -> None:
    (sight,) = seen(two_partners({"flows/feed/reach": "unknown"}))
    assert sight.certain
    assert (sight.reach.low, sight.reach.high) == (0, 1)


def test_what_may_not_be_passed_on_is_not_seen() -> None:
    maps = two_partners({"flows/feed/basis": None})
    maps["agreements"] = {"draft": {"parties": "all", "categories": "all", "status": "draft"}}
    assert seen(maps) == []


def test_what_somebody_is_told_is_apart_from_what_stands_in_their_system() -> None:
    call = {
        "from": "nurse",
        "to": "social_worker",
        "mode": "manual",
        "mechanism": "phone",
        "delay": "2 h",
        "carries": {"verbal": ["medications"]},
        "basis": "direct_care",
    }
    nurse = {"organisation": "hospital", "uses": ["epr"]}
    sights = Sights(landscape(**two_partners({"stakeholders/nurse": nurse, "flows/call": call})))
    (told,) = sights.told("social_worker", "medications", CARE)
    assert (told.at, told.flows, told.form[0]) == (None, ("call",), Form.VERBAL)
    assert [step.place for step in told.path] == ["epr", "nurse", "social_worker"]
    (shown,) = sights.seen("social_worker", "medications", CARE, "asc")
    assert shown.flows == ("feed",)
    assert sights.anywhere("social_worker", "medications", CARE) == [shown]
    assert sights.told("nurse", "medications", CARE) == []


def test_of_several_agreements_all_that_would_do_are_given() -> None:
    maps = two_partners({"flows/feed/basis": None})
    basis = {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"}
    pact = {"parties": "all", "categories": "all", "purposes": "direct_care", "status": "signed"}
    maps["agreements"] = {key: {**pact, "lawful_basis": basis} for key in ("one", "other")}
    (sight,) = seen(maps)
    assert sight.covers == (("one", "other"),)


def test_two_purposes_that_the_law_takes_alike_are_alike() -> None:
    sights = Sights(landscape(**two_partners()))
    audit, planning = (sights.law_of("medications", p) for p in (Purpose.AUDIT, Purpose.PLANNING))
    assert audit == planning
    assert audit != sights.law_of("medications", CARE)


def test_the_reason_why_nothing_comes_is_found() -> None:
    sights = Sights(landscape(**two_partners({"flows/feed/status": "planned"})))
    found = sights.reasons("social_worker", "medications", CARE, ["hospital", "council"])
    told = {who: [reason.value for reason in reasons] for who, reasons in found.items()}
    assert told == {"hospital": ["NOT_LIVE"], "council": ["NO_SOURCE"]}
