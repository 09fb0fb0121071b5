"""Every type comes out where it is known: the paper's three trusts, and sixty organisations."""

from pathlib import Path

import pytest

from sharedcare.experience.feedback import (
    Answering,
    Response,
    ResponseType,
    answering,
    answerings,
    read_feedback,
)
from sharedcare.experience.feedback.deciding import Assumed, By, Near
from sharedcare.landscape.activity import Feedback, Script
from tests.experience.corpus import CONVERSATIONAL, OF_EACH, Known, organisations

PROFILES = Path(__file__).parents[2] / "profiles"


@pytest.fixture(scope="module")
def sites() -> dict[str, Answering]:
    read = read_feedback(PROFILES / "feedback" / "three-trusts.yaml")
    return {one.id: one for one in answerings(read.landscape)}


def test_site_a_does_not_respond_and_its_few_answers_are_generic_and_redirect(
    sites: dict[str, Answering],
) -> None:
    site = sites["site_a"]
    assert site.decision.type is ResponseType.NON_RESPONSE
    assert not site.decision.is_borderline
    assert site.decision.few_answers is ResponseType.GENERIC
    assert site.decision.redirects is True
    assert site.decision.decided_by == (By.RATE,)
    assert (site.cast.size, site.cast.registered, site.cast.is_named) == (2, 2, False)


def test_site_b_is_generic_though_its_template_redirects_and_answers_without_an_account(
    sites: dict[str, Answering],
) -> None:
    site = sites["site_b"]
    assert site.decision.type is ResponseType.GENERIC
    assert not site.decision.is_borderline
    assert site.decision.redirects is True
    assert site.decision.decided_by == (By.RATE, By.IDENTICAL)
    assert site.cast.has_account is False
    assert site.cast.levels == ("communications",)
    assert site.cast.is_named is False
    assert site.stage.script is Script.TEMPLATE


def test_site_c_talks_in_public_by_its_changes_and_its_wide_cast(
    sites: dict[str, Answering],
) -> None:
    site = sites["site_c"]
    assert site.decision.type is ResponseType.CONVERSATIONAL
    assert site.decision.decided_by == (By.RATE, By.IDENTICAL, By.CHANGES, By.RESPONDERS)
    assert Assumed.MOST_STAY_PUBLIC in site.decision.assumed
    assert site.cast.size == 890
    assert site.stage.script is Script.GUIDELINE
    assert site.stage.board


def read(known: Known) -> Answering:
    responses = [Response(a.story, a.text, a.role, a.responder) for a in known.answers]
    return answering("it", Feedback(organisation="it"), responses)


@pytest.mark.parametrize("known", organisations(), ids=lambda known: known.name)
def test_an_organisation_of_known_type_is_typed_right_or_said_to_be_borderline(
    known: Known,
) -> None:
    decision = read(known).decision
    named = {decision.type, *decision.besides}
    assert {kind.value for kind in named if kind} & set(known.types)
    assert decision.is_borderline or (decision.type and decision.type.value in known.types)


def test_there_are_sixty_of_them_and_hardly_one_of_a_single_mind_is_borderline() -> None:
    pure = [known for known in organisations() if len(known.types) == 1]
    assert len(organisations()) >= 60
    assert min(OF_EACH.values()) >= 10
    plain = [known for known in pure if not read(known).decision.is_borderline]
    right = [known for known in plain if known.types == (_type(read(known)),)]
    assert len(right) == len(plain) >= len(pure) - 1


def _type(one: Answering) -> str:
    assert one.decision.type is not None
    return one.decision.type.value


def test_a_cast_is_named_where_its_answers_are_signed_and_masked_where_they_are_not() -> None:
    by_type = {known.name: read(known) for known in organisations()}
    assert by_type[f"{CONVERSATIONAL} 2"].cast.is_named is True
    masked = by_type["generic 2"].cast
    assert (masked.is_named, masked.size) == (False, None)
    assert by_type["generic 2"].stage.script is Script.TEMPLATE


def test_a_handful_of_answers_is_borderline() -> None:
    text = "Since you wrote the porter route is marked in yellow paint, with help from Kofi."
    found = answering("it", Feedback(organisation="it"), [Response("s", text)])
    assert found.decision.type is ResponseType.CONVERSATIONAL
    assert found.decision.near == (Near.FEW,)
    assert Assumed.RATE_NOT_TOLD in found.decision.assumed
