"""Hardware and physical infrastructure: reach, point of care, sign-on and waiting."""

import pytest

from sharedcare.dimensions.hardware_infrastructure import DIMENSION
from sharedcare.vocabulary import Outcome
from tests.builders import Shown, assert_shown, criterion_of, findings, two_partners


def uses(**said: object) -> dict[str, object]:
    return two_partners({"stakeholders/social_worker/uses": [{"system": "asc", **said}]})


def view(**said: object) -> dict[str, object]:
    flow = {
        "name": "Window",
        "from": "epr",
        "to": "asc",
        "mode": "view",
        "carries": ["medications"],
    }
    return two_partners({"flows/feed": {**flow, **said}})


SHOWN = {
    "hardware_infrastructure.reached": Shown(
        fires=uses(reach="7 of 10"), passes=uses(reach="8 of 10"), silent=uses()
    ),
    "hardware_infrastructure.at_hand": Shown(
        fires=uses(point_of_care=0.79), passes=uses(point_of_care=0.8), silent=uses()
    ),
    "hardware_infrastructure.one_sign_on": Shown(
        fires=uses(sign_on="separate"), passes=uses(sign_on="single"), silent=uses()
    ),
    "hardware_infrastructure.opens_at_once": Shown(
        fires=view(wait="11 s"), passes=view(wait="10 s"), silent=view()
    ),
}


@pytest.mark.parametrize("criterion", SHOWN)
def test_a_computed_criterion_can_fire_can_pass_and_can_be_silent(criterion: str) -> None:
    assert_shown(criterion_of(DIMENSION, criterion), SHOWN[criterion])


def test_every_computed_criterion_is_shown() -> None:
    assert set(SHOWN) == {found.id for found in DIMENSION.criteria if found.claim}


def test_a_wait_known_within_bounds_that_span_the_limit_tells_nothing() -> None:
    maps = view(wait={"low": "5 s", "high": "20 s"})
    (found,) = findings(criterion_of(DIMENSION, "hardware_infrastructure.opens_at_once"), **maps)
    assert found.outcome is Outcome.NOT_EVIDENCED


def test_the_wait_and_what_is_asked_for_are_both_told() -> None:
    criterion = criterion_of(DIMENSION, "hardware_infrastructure.opens_at_once")
    (found,) = findings(criterion, **view(wait="1 min"))
    assert found.message == "Window opens after 1 min; 10 s is asked for."


def test_a_role_without_a_need_is_not_asked_what_it_reaches() -> None:
    maps = uses()
    maps["needs"] = {}
    assert findings(criterion_of(DIMENSION, "hardware_infrastructure.reached"), **maps) == []


def test_a_folder_has_no_screen_to_reach() -> None:
    maps = two_partners({"systems/asc/kind": "paper"})
    assert findings(criterion_of(DIMENSION, "hardware_infrastructure.at_hand"), **maps) == []
