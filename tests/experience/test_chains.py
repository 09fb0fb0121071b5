"""A chain is as good as its worst part, and every cause of a break is told."""

import pytest

from sharedcare.experience import State
from sharedcare.experience.acting import FIRM
from sharedcare.experience.chain import CauseKind
from sharedcare.landscape.activity import Attribute, LinkStrength
from sharedcare.vocabulary import Reason, Verdict
from tests.experience.plays import found, only, play, states

UNMET = {"flows/feed/carries": {"allergies": "coded"}}
UNKNOWN_DELAY = {"flows/feed/delay": "unknown", "needs/medicines/max_age": "1 h"}


def test_a_chain_of_which_every_part_holds_is_whole() -> None:
    chains = found()
    assert states(chains) == {("check", "visit", "safe"): State.WHOLE}
    assert chains.hurt_most is None
    assert chains.traces == ()


def test_an_unmet_need_breaks_a_chain_and_an_undetermined_one_puts_it_in_doubt() -> None:
    assert only(found(UNMET)) is State.BROKEN
    assert only(found(UNKNOWN_DELAY)) is State.QUESTIONABLE


def test_a_need_of_the_front_stage_breaks_it_just_as_well() -> None:
    moved = {"activities/check/needs": [], "activities/visit/needs": ["medicines"]}
    (chain,) = found({**UNMET, **moved}).chains
    assert chain.state is State.BROKEN
    assert [(key, cause.kind) for key, cause in chain.causes] == [("visit", CauseKind.NEED)]


def test_a_break_is_followed_to_the_hop_that_lacks_its_cover() -> None:
    draft = {
        "parties": ["hospital", "council"], "categories": ["medications"],
        "purposes": ["direct_care"], "status": "draft",
        "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied_consent"},
    }  # fmt: skip
    chains = found({"flows/feed/basis": None, "agreements": {"both": draft}})
    (trace,) = chains.traces
    assert (trace.need, trace.verdict) == ("medicines", Verdict.UNMET)
    assert trace.hop is not None
    assert (trace.hop.flow, trace.hop.from_, trace.hop.to) == ("feed", "epr", "asc")
    assert trace.hop.reasons == (Reason.NO_AGREEMENT,)
    assert trace.hop.is_uncovered
    assert chains.hurt_most is Attribute.SAFE


def test_a_hop_that_is_too_slow_does_not_lack_cover() -> None:
    late = {"flows/feed/delay": "3 d", "needs/medicines/max_age": "1 h"}
    (trace,) = found(late).traces
    assert trace.hop is not None
    assert trace.hop.reasons == (Reason.AGE,)
    assert not trace.hop.is_uncovered


def test_a_need_that_lets_only_some_through_is_followed_to_where_people_are_lost() -> None:
    few = {"flows/feed/reach": 0.5, "needs/medicines/quantity": {"coverage": 0.9}}
    chains = found(few)
    assert only(chains) is State.QUESTIONABLE
    (trace,) = chains.traces
    assert trace.hop is not None
    assert (trace.hop.flow, trace.hop.reasons) == ("feed", (Reason.REACH,))


CATEGORY = {"activities/check/needs": [], "activities/check/categories": ["medications"]}


def test_of_a_category_all_needs_count_that_ask_for_it() -> None:
    assert only(found(CATEGORY)) is State.WHOLE
    (chain,) = found({**CATEGORY, **UNMET}).chains
    assert chain.state is State.BROKEN
    assert chain.causes[0][1].needs == ("medicines",)


def test_a_category_that_some_get_and_others_do_not_puts_a_chain_in_doubt() -> None:
    other = {"needs/late": {**play().needs["medicines"].model_dump(include={"stakeholder"}),
                            "content": ["medications"], "purpose": "direct_care",
                            "max_age": "1 s"}}  # fmt: skip
    assert only(found({**CATEGORY, **other})) is State.QUESTIONABLE


def test_a_category_that_nobody_asks_for_is_not_known_and_never_whole() -> None:
    (chain,) = found({**CATEGORY, "activities/check/categories": ["vaccinations"]}).chains
    assert chain.state is State.QUESTIONABLE
    assert chain.causes[0][1].verdict is None


def test_a_wider_or_a_narrower_category_is_asked_for_too() -> None:
    for asked in ("medications.repeat", "medications"):
        told = {**CATEGORY, "activities/check/categories": [asked]}
        assert only(found(told)) is State.WHOLE


def test_a_dimension_that_is_not_surely_firm_puts_a_chain_in_doubt_and_never_breaks_it() -> None:
    (chain,) = found({"activities/visit/dimensions": ["incentives"]}).chains
    assert chain.state is State.QUESTIONABLE
    ((_, cause),) = chain.causes
    assert (cause.kind, cause.about) == (CauseKind.DIMENSION, "incentives")
    assert cause.level is None or cause.level.low < FIRM


@pytest.mark.parametrize(
    ("strength", "state"),
    [("definite", State.WHOLE), ("questionable", State.QUESTIONABLE), ("absent", State.BROKEN)],
)
def test_the_link_at_its_end_is_a_part_of_a_chain(strength: str, state: State) -> None:
    assert only(found({"activities/visit/links": {"safe": strength}})) is state


def test_a_backstage_activity_may_support_another_and_the_whole_way_counts() -> None:
    behind = {"activities/money": {"actor": "manager", "stage": "back", "supports": ["check"]}}
    assert states(found(behind)) == {
        ("check", "visit", "safe"): State.WHOLE,
        ("money", "visit", "safe"): State.WHOLE,
    }
    assert states(found({**behind, **UNMET}))["money", "visit", "safe"] is State.BROKEN


def test_of_two_ways_between_the_same_ends_the_better_one_counts() -> None:
    two = {
        "activities/money": {"actor": "manager", "stage": "back", "supports": ["check", "talk"]},
        "activities/talk": {"actor": "provider", "stage": "back", "supports": ["visit"]},
    }
    chains = found({**two, **UNMET})
    assert states(chains)["money", "visit", "safe"] is State.WHOLE
    (way,) = (chain for chain in chains.chains if chain.activities[0] == "money")
    assert way.activities == ("money", "talk", "visit")


def test_activities_that_support_each_other_in_a_ring_come_to_an_end() -> None:
    ring = {
        "activities/check/supports": ["again", "visit"],
        "activities/again": {"actor": "provider", "stage": "back", "supports": ["check", "again"]},
    }
    assert set(states(found(ring))) == {("check", "visit", "safe"), ("again", "visit", "safe")}


def test_what_stands_alone_is_found_on_both_stages() -> None:
    chains = found({"activities/check/supports": []})
    assert chains.unsupported == ("visit",)
    assert chains.unseen == ("check",)
    (chain,) = chains.chains
    assert not chain.is_backed
    assert chain.state is State.QUESTIONABLE
    assert found({"activities/visit/links": {}}).felt_by_nobody == ("visit",)


def test_without_activities_nothing_is_said() -> None:
    chains = found({"activities": {}})
    assert chains.chains == ()
    assert {attribute.chains for attribute in chains.attributes} == {0}


# ── voices ────────────────────────────────────────────────────────────────────────────────────────


def voices(*said: tuple[str, str]) -> dict[str, object]:
    links = [{"said_by": by, "strength": strength} for by, strength in said]
    return {"activities/visit/links": {"safe": links}}


def test_where_providers_and_people_differ_the_link_is_questionable_and_it_is_told() -> None:
    (link,) = found(voices(("providers", "definite"), ("carers", "absent"))).links
    assert link.strength is LinkStrength.QUESTIONABLE
    assert link.differs
    assert link.is_tested


def test_where_both_say_the_same_nothing_differs() -> None:
    (link,) = found(voices(("staff", "definite"), ("patients", "definite"))).links
    assert (link.strength, link.differs, link.is_tested) == (LinkStrength.DEFINITE, False, True)


def test_a_link_of_which_only_those_who_give_care_speak_is_an_assumption() -> None:
    (link,) = found(voices(("providers", "definite"))).links
    assert not link.is_tested
    (link,) = found(voices(("study", "definite"))).links
    assert link.is_tested


def test_what_people_said_elsewhere_is_one_more_voice_on_the_link() -> None:
    said = {"attribute": "safe", "activity": "visit", "strength": "absent", "respondents": 7}
    (link,) = found({"experience": {"alone": said}}).links
    assert [voice.respondents for voice in link.voices] == [None, 7]
    assert link.differs


def test_what_people_said_of_no_activity_is_kept_beside() -> None:
    chains = found({"experience": {"alone": {"attribute": "safe", "strength": "absent"}}})
    assert [attribute for attribute, _ in chains.about_no_activity] == [Attribute.SAFE]
    assert only(chains) is State.WHOLE


# ── what follows ──────────────────────────────────────────────────────────────────────────────────


def test_independence_without_a_word_on_safety_is_told_and_so_is_the_other_way_round() -> None:
    one = found({"activities/visit/links": {"independent": "definite", "safe": "absent"}})
    assert [(t.gives, t.costs, t.said) for t in one.trade_offs] == [
        (Attribute.INDEPENDENT, Attribute.SAFE, LinkStrength.ABSENT)
    ]
    assert [(t.gives, t.said) for t in found().trade_offs] == [(Attribute.SAFE, None)]
    both = {"activities/visit/links": {"independent": "definite", "safe": "definite"}}
    assert found(both).trade_offs == ()


def test_a_whole_chain_is_measured_before_a_broken_one_with_something_at_each_link() -> None:
    other = {
        "activities/talk": {"actor": "provider", "stage": "front", "links": {"heard": "definite"}},
        "activities/list": {"actor": "provider", "stage": "back", "supports": ["talk"]},
    }
    (measured,) = found({**other, **UNMET}).to_measure
    assert measured.chain.activities == ("list", "talk")
    assert [proxy.kind for proxy in measured.proxies] == ["activities", "activities", "attribute"]
    assert [proxy.words is None for proxy in measured.proxies] == [True, True, False]


def test_two_chains_to_measure_are_of_two_attributes_and_two_activities() -> None:
    other = {
        "activities/talk": {"actor": "provider", "stage": "front",
                            "links": {"heard": "definite", "safe": "definite"}},
        "activities/list": {"actor": "provider", "stage": "back", "supports": ["talk"],
                            "needs": ["medicines"], "proxy": "lists compared"},
    }  # fmt: skip
    one, two = found(other).to_measure
    assert one.chain.front != two.chain.front
    assert one.chain.attribute is not two.chain.attribute
