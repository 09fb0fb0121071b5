"""A lane that learnt all that is good here accepts nothing in which the full lane finds an issue.

It is taught every resource that keeps a rule, and then shown what breaks one: the slips, mutants,
values that stand elsewhere, keys and items that are missing, doubled or those of others, searches
with other addresses, and texts that write the same in another way.
"""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from sharedcare.fhir.fast_lane.likeness import WORTH_COMPILING
from sharedcare.fhir.resources import FAMILIES
from tests.fhir.definition_slips import DEFINITION_SLIPS
from tests.fhir.examples import EXAMPLES, Json
from tests.fhir.fast_lane.swaps import Others, changed_by, rewritten
from tests.fhir.fast_lane.test_lane import PATIENT_ENOUGH
from tests.fhir.mutants import CLASSES, mutant
from tests.fhir.slips import SLIPS

FULL = Validator(fast=False)
RULES = SLIPS | DEFINITION_SLIPS
KEPT = [*(slip[2] for slip in RULES.values()), *EXAMPLES]

#: Of these a check asks elements of each other: what is declared and what uses it, what is asked
#: and what is answered, an attachment's data and its size. No likeness could tell; none is made.
#: A Bundle is looked at entry by entry, and an Observation keeps all that is asked together.
ASKED_TOGETHER = FAMILIES.keys() - {"Bundle", "Observation"} | {"DocumentReference"}


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def spaced(value: object) -> bytes:
    return json.dumps(value).encode()


def unescaped(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


SPELLINGS: list[Callable[[object], bytes]] = [compact, spaced, unescaped]


def taught() -> FastLane:
    """A lane that was told of all that is kept, and met it until it was compiled."""
    lane = FastLane(r4(), worth=0, patience=PATIENT_ENOUGH)
    for one in KEPT:
        for text in (compact(one), spaced(one)):
            if not FULL.issues(text):
                lane.learn(text)
            if lane.accepts(text):
                for _ in range(WORTH_COMPILING + 1):
                    lane.accepts(text)
    return lane


LANE = taught()
LEARNT = [one for one in KEPT if LANE.accepts(compact(one))]


def holds(text: bytes) -> bool:
    """Whether the lane leaves a text to the full lane or is right; it learns what is good."""
    if LANE.accepts(text):
        return not FULL.issues(text)
    if not FULL.issues(text):
        LANE.learn(text)
    return True


# ── What it is taught ─────────────────────────────────────────────────────────────────────────────


def test_every_type_is_learnt_of_which_no_check_asks_elements_together() -> None:
    types = {one["resourceType"] for one in KEPT}
    assert {one["resourceType"] for one in LEARNT} == types - ASKED_TOGETHER


@pytest.mark.parametrize("rule", RULES)
def test_no_slip_is_accepted_after_what_keeps_its_rule_was_learnt(rule: str) -> None:
    for spelt in SPELLINGS:
        assert FULL.issues(spelt(RULES[rule][0]))
        assert not LANE.accepts(spelt(RULES[rule][0]))


@pytest.mark.parametrize("name", CLASSES)
def test_no_mutant_of_what_keeps_a_rule_is_accepted(name: str) -> None:
    for seed, resource in enumerate(LEARNT):
        made = mutant(name, resource, seed)
        assert made is None or holds(made), made


# ── Values, keys and items of others, and other ways to write them ────────────────────────────────

OTHERS = Others(LEARNT)


@settings(max_examples=300)
@given(
    resource=st.sampled_from(LEARNT),
    seed=st.integers(0, 2**32),
    spelt=st.sampled_from(SPELLINGS),
    is_rewritten=st.booleans(),
)
def test_nothing_is_accepted_that_has_an_issue_whatever_stands_elsewhere(
    resource: Json, seed: int, spelt: Callable[[object], bytes], is_rewritten: bool
) -> None:
    text = spelt(changed_by(seed, resource, OTHERS))
    assert holds(rewritten(seed, text) if is_rewritten else text), text
