"""What must hold of any chains: more that is good never hurts, and names change nothing."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.assessment import assess
from sharedcare.experience import Chains, chains_of, experience
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute
from tests.builders import landscape, two_partners
from tests.experience.plays import states

BACK, FRONT = ("b0", "b1", "b2"), ("f0", "f1")
STRENGTHS = ("definite", "questionable", "absent")
SPEAKERS = ("providers", "carers", "study", "somebody")

#: Needs of which one is met, one unmet, one undetermined.
NEEDS: dict[str, Any] = {
    "met": {"stakeholder": "social_worker", "content": ["medications"], "purpose": "direct_care"},
    "unmet": {"stakeholder": "social_worker", "content": ["allergies"], "purpose": "direct_care"},
    "open": {"stakeholder": "social_worker", "content": ["problems"], "purpose": "direct_care",
             "max_age": "1 h"},
}  # fmt: skip

Entries = dict[str, dict[str, Any]]

links = st.dictionaries(
    st.sampled_from([attribute.value for attribute in Attribute]),
    st.lists(
        st.fixed_dictionaries(
            {"strength": st.sampled_from(STRENGTHS), "said_by": st.sampled_from(SPEAKERS)}
        ),
        min_size=1,
        max_size=2,
    ),
    max_size=3,
)
resting = {
    "needs": st.lists(st.sampled_from(list(NEEDS)), max_size=2, unique=True),
    "categories": st.lists(
        st.sampled_from(["medications", "allergies", "documents"]), max_size=1, unique=True
    ),
    "dimensions": st.lists(st.sampled_from(["incentives", "vision"]), max_size=1),
}
backs = st.fixed_dictionaries(
    {
        "actor": st.sampled_from(["provider", "manager"]),
        "stage": st.just("back"),
        "supports": st.lists(st.sampled_from(BACK + FRONT), max_size=3, unique=True),
        **resting,
    }
)
fronts = st.fixed_dictionaries(
    {"actor": st.just("provider"), "stage": st.just("front"), "links": links, **resting}
)
plays: st.SearchStrategy[Entries] = st.fixed_dictionaries(
    {**dict.fromkeys(BACK, backs), **dict.fromkeys(FRONT, fronts)}
)
few = settings(max_examples=25, deadline=None)


def region(activities: Entries, **maps: object) -> Landscape:
    made = two_partners(
        {
            "needs": NEEDS,
            "activities": activities,
            "systems/epr/holds": {
                "medications": {"form": "coded"},
                "allergies": {"form": "coded"},
                "problems": {"form": "coded"},
            },
            "flows/slow": {
                "from": "epr", "to": "asc", "mode": "push", "delay": "unknown",
                "carries": {"problems": "coded"}, "basis": "direct_care",
            },
        }
    )  # fmt: skip
    return landscape(**{**made, **maps})


def assert_no_worse(before: Chains, after: Chains) -> None:
    was, becomes = states(before), states(after)
    assert {key: becomes[key].rank for key in was if becomes[key].rank > was[key].rank} == {}


@few
@given(plays, st.sampled_from(FRONT), st.sampled_from(list(Attribute)), st.sampled_from(SPEAKERS))
def test_one_more_definite_link_never_breaks_a_chain(
    entries: Entries, front: str, attribute: Attribute, who: str
) -> None:
    said = dict(entries[front]["links"])
    voice = {"strength": "definite", "said_by": who}
    said[attribute.value] = [*said.get(attribute.value, []), voice]
    more = {**entries, front: {**entries[front], "links": said}}
    assert_no_worse(experience(region(entries)), experience(region(more)))


@few
@given(plays)
def test_a_need_that_becomes_met_never_makes_a_chain_worse(entries: Entries) -> None:
    before = region(entries)
    feed = {"from": "epr", "to": "asc", "mode": "push", "delay": "1 min", "basis": "direct_care",
            "carries": {"allergies": "coded", "problems": "coded"}}  # fmt: skip
    after = region(entries, flows={**before.flows, "more": feed})
    assert_no_worse(experience(before), experience(after))


@few
@given(plays, st.sampled_from(BACK), st.sampled_from(FRONT))
def test_one_more_support_that_is_there_anyway_takes_no_chain_away(
    entries: Entries, back: str, front: str
) -> None:
    supports = list(dict.fromkeys([*entries[back]["supports"], front]))
    more = {**entries, back: {**entries[back], "supports": supports}}
    before, after = experience(region(entries)), experience(region(more))
    backed = {chain.ends for chain in before.chains if chain.is_backed}
    was = {chain.ends: chain.state for chain in before.chains if chain.ends in backed}
    becomes = {chain.ends: chain.state for chain in after.chains}
    assert all(becomes[ends].rank <= state.rank for ends, state in was.items())


@few
@given(plays, st.permutations(BACK + FRONT))
def test_the_order_of_the_profile_changes_no_state(entries: Entries, order: list[str]) -> None:
    one, other = experience(region(entries)), experience(region({k: entries[k] for k in order}))
    assert states(one) == states(other)
    counts = [
        (a.whole, a.questionable, a.broken, a.broken_by_needs, a.questioned_by_needs)
        for a in one.attributes
    ]
    assert counts == [
        (a.whole, a.questionable, a.broken, a.broken_by_needs, a.questioned_by_needs)
        for a in other.attributes
    ]
    assert one.hurt_most is other.hurt_most
    assert set(one.trade_offs) == set(other.trade_offs)


@few
@given(plays)
def test_other_ids_change_nothing_but_ids(entries: Entries) -> None:
    new = {key: f"x{position}" for position, key in enumerate(entries)}
    renamed = {
        new[key]: {**entry, "supports": [new[k] for k in entry["supports"]]}
        if "supports" in entry
        else entry
        for key, entry in entries.items()
    }
    one, other = experience(region(entries)), experience(region(renamed))
    assert {(new[a], new[b], c): state for (a, b, c), state in states(one).items()} == states(other)
    assert [new[key] for key in one.unsupported] == list(other.unsupported)
    assert [tuple(new[key] for key in m.chain.activities) for m in one.to_measure] == [
        m.chain.activities for m in other.to_measure
    ]


@few
@given(plays, st.sampled_from(list(Attribute)), st.sampled_from(STRENGTHS))
def test_what_people_say_moves_no_verdict_level_or_index(
    entries: Entries, attribute: Attribute, strength: str
) -> None:
    said = {"attribute": attribute.value, "activity": "f0", "strength": strength}
    silent, told = assess(region(entries)), assess(region(entries, experience={"one": said}))
    assert silent.judgement == told.judgement
    assert silent.scores == told.scores
    chains_of(told.landscape, told.judgement, told.scores)
    assert silent.scores == told.scores
