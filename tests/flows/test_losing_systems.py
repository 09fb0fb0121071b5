"""Judging without a system is judging a landscape in which it is retired."""

import copy
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import Judge, judge
from sharedcare.landscape import landscape_of
from tests.oracle.landscapes import random_landscape


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=100)
def test_losing_a_system_is_retiring_it(seed: int) -> None:
    raw = random_landscape(random.Random(seed))
    whole = Judge(landscape_of(raw), explain=False)
    for system in raw["systems"]:
        poorer = copy.deepcopy(raw)
        poorer["systems"][system]["lifecycle"] = "retired"
        expected = judge(landscape_of(poorer), explain=False)
        assert whole.without([system], raw["needs"]) == expected
    assert whole.judge() == judge(landscape_of(raw), explain=False)
