"""Who is not covered: which source, for what share, and where on the way they are lost."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import Judge
from sharedcare.flows.why.lacking import Lacking, Loss, lacking
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Verdict
from tests.builders import landscape, two_partners
from tests.oracle.landscapes import random_landscape


def of_two_partners(changes: dict[str, object]) -> tuple[Lacking, ...]:
    """Who is not covered by the need of two partners, with some changes."""
    return lacking(Judge(landscape(**two_partners(changes))), "medicines")


def test_where_everybody_is_covered_nobody_is_told() -> None:
    assert of_two_partners({}) == ()


def test_three_practices_of_thirty_are_not_connected() -> None:
    (found,) = of_two_partners(
        {"organisations/hospital/instances": 30, "flows/feed/reach": "27 of 30"}
    )
    assert found.sites == (27, 30)
    (loss,) = found.losses
    assert (loss.kind, loss.id, loss.key) == ("flows", "feed", "reach")
    assert (loss.of, loss.organisation, loss.known) == ((27, 30), "hospital", True)


def test_the_sites_are_those_of_the_end_that_has_as_many() -> None:
    (found,) = of_two_partners(
        {"organisations/council/instances": 65, "flows/feed/reach": "40 of 65"}
    )
    assert [loss.organisation for loss in found.losses] == ["council"]
    assert found.sites == (40, 65)


def test_homes_without_the_system_are_shown_with_what_they_have_on_paper() -> None:
    (found,) = of_two_partners(
        {
            "organisations/council/instances": 65,
            "systems/folder": {"name": "Folder", "organisation": "council", "kind": "paper"},
            "stakeholders/social_worker/uses": [{"system": "asc", "reach": "40 of 65"}],
        }
    )
    (loss,) = found.losses
    assert (loss.kind, loss.id, loss.key) == ("stakeholders", "social_worker", "uses.asc.reach")
    assert found.on_paper == ("folder",)


def test_of_several_places_only_the_narrowest_is_where_they_are_lost() -> None:
    (found,) = of_two_partners(
        {
            "systems/epr/holds/medications/completeness": 0.8,
            "flows/feed/reach": 0.9,
            "flows/feed/match_rate": 0.8,
        }
    )
    assert [loss.key for loss in found.losses] == ["holds.medications.completeness", "match_rate"]
    assert found.sites is None


def test_half_of_the_sites_comes_out_even_where_nobody_wrote_how_many() -> None:
    (found,) = of_two_partners({"organisations/hospital/instances": 30, "flows/feed/reach": 0.5})
    assert found.sites == (15, 30)


def test_a_source_of_which_nothing_comes_is_lost_nowhere_on_a_route() -> None:
    (found,) = of_two_partners(
        {
            "flows/feed/status": "planned",
            "systems/notes": {
                "organisation": "hospital",
                "kind": "paper",
                "holds": {"medications": "text"},
            },
        }
    )
    assert not found.reached
    assert not found.losses
    assert found.on_paper == ("notes",)


def test_what_may_reach_everybody_is_lost_only_where_that_leaves_the_need_undetermined() -> None:
    unknown: dict[str, object] = {"flows/feed/reach": {"low": 0.5, "likely": 0.7, "high": 0.9}}
    (found,) = of_two_partners(unknown | {"needs/medicines/quantity": {"coverage": 0.8}})
    (loss,) = found.losses
    assert (str(loss.share), loss.known) == ("1/2", False)
    (found,) = of_two_partners(unknown | {"needs/medicines/quantity": {"coverage": 0.4}})
    assert [str(loss.share) for loss in found.losses] == ["9/10"]


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=100)
def test_the_share_is_the_coverage_of_the_source_and_the_least_on_its_way(seed: int) -> None:
    whole = landscape_of(random_landscape(random.Random(seed)))
    judge = Judge(whole)
    for need in judge.judge().needs:
        at_worst = need.verdict is Verdict.UNDETERMINED
        for found in lacking(judge, need.need):
            item = need.items[found.position]
            (source,) = (s for s in item.sources if s.organisation == found.organisation)
            assert source.coverage.low <= found.reached <= source.coverage.high
            assert found.reached < 1
            if not judge.finder.deciding_facts(whole.needs[need.need].content[found.position]):
                ends = source.coverage
                assert found.reached == (ends.low if at_worst else ends.high)
            assert bool(found.losses) == bool(found.reached)
            assert all(loss.share == found.reached for loss in found.losses)


def test_a_loss_names_a_value_of_the_profile() -> None:
    (found,) = of_two_partners({"flows/feed/reach": "9 of 10"})
    assert found.losses == (
        Loss("flows", "feed", "reach", found.reached, (9, 10), None, known=True),
    )
