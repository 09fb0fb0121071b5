"""The product's verdicts against a brute-force evaluator that was written from the rules alone."""

import random
from collections import Counter
from typing import Any

import pytest

from sharedcare.flows import NeedVerdict, judge
from sharedcare.landscape import landscape_of
from tests.oracle.evaluator import NeedAnswer, evaluate
from tests.oracle.landscapes import random_landscape
from tests.oracle.occurrences import ALL_RULES, Tally

#: Needs that are compared; each test compares a part, so that they can run side by side.
NEEDS, PARTS = 10_000, 4


def compared(found: NeedVerdict) -> list[Any]:
    """What of a verdict must agree."""
    return [
        found.verdict.value,
        found.low.value,
        found.high.value,
        [
            (item.verdict.value, item.coverage.low, item.coverage.high, tuple(
                (s.organisation, s.coverage.low, s.coverage.high) for s in item.sources
            ))
            for item in found.items
        ],
    ]  # fmt: skip


def expected(answer: NeedAnswer) -> list[Any]:
    """The same of the oracle's answer."""
    return [
        answer.verdict,
        answer.low,
        answer.high,
        [
            (item.verdict, item.coverage_low, item.coverage_high, tuple(
                (source, *item.source_coverage[source]) for source in sorted(item.sources)
            ))
            for item in answer.items
        ],
    ]  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_verdicts_agree_with_brute_force_and_every_rule_occurs(part: int) -> None:
    tally: Tally = Counter()
    judged, seed = 0, part * 1_000_000
    while judged < NEEDS // PARTS:
        raw = random_landscape(random.Random(seed))
        answers = evaluate(raw, tally)
        for found in judge(landscape_of(raw), explain=False).needs:
            assert compared(found) == expected(answers[found.need]), f"seed {seed}, {found.need}"
            judged += 1
        seed += 1
    assert not [rule for rule in sorted(ALL_RULES) if not tally[rule]]
