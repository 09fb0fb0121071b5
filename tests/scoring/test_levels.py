"""Levels against an oracle that tries every completion of the unknown answers."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.scoring.levels import Told, level_bounds
from sharedcare.vocabulary import Outcome
from tests.scoring.making import at

Y, N, U, X = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE

told_lists = st.lists(st.tuples(st.integers(1, 5), st.sampled_from((Y, N, U, X))), max_size=9)


def plain_level(told: Sequence[Told]) -> Fraction:
    """The written rule, word by word, of answers that are all known."""
    applicable = [(level, outcome) for level, outcome in told if outcome is not X]

    def holds(level: int) -> bool:
        up_to = [outcome for found, outcome in applicable if found <= level]
        own = [outcome for found, outcome in applicable if found == level]
        return all(outcome is Y for outcome in up_to) and Y in own

    reached = max((level for level in range(1, 6) if holds(level)), default=0)
    above = sorted({level for level, _ in applicable if level > reached})
    if not above:
        return Fraction(reached)
    following = [outcome for level, outcome in applicable if level == above[0]]
    return reached + Fraction(following.count(Y), len(following))


def completions(told: Sequence[Told]) -> list[Fraction]:
    choices = [(Y, N) if outcome is U else (outcome,) for _, outcome in told]
    levels = [level for level, _ in told]
    return [plain_level(list(zip(levels, made, strict=True))) for made in product(*choices)]


@given(told_lists)
def test_a_level_spans_exactly_what_the_unknown_answers_allow(told: list[Told]) -> None:
    possible = completions(told)
    assert level_bounds(tuple(told)) == at(min(possible), max(possible))


@given(told_lists, st.data())
def test_the_order_of_criteria_changes_no_level(told: list[Told], data: st.DataObject) -> None:
    assert level_bounds(tuple(data.draw(st.permutations(told)))) == level_bounds(tuple(told))


@given(told_lists, st.data())
def test_a_no_turned_into_an_unknown_or_a_yes_never_lowers_a_level(
    told: list[Told], data: st.DataObject
) -> None:
    worse = [index for index, (_, outcome) in enumerate(told) if outcome in (N, U)]
    if not worse:
        return
    chosen = data.draw(st.sampled_from(worse))
    level, outcome = told[chosen]
    better = [*told]
    better[chosen] = (level, U if outcome is N else Y)
    before, after = level_bounds(tuple(told)), level_bounds(tuple(better))
    assert after.low >= before.low
    assert after.high >= before.high


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        ([], 0, 0),
        ([(1, N)], 0, 0),
        ([(1, Y), (2, Y), (3, N)], 2, 2),
        ([(1, Y), (2, Y), (2, N), (2, N)], "4/3", "4/3"),
        ([(1, N), (2, Y), (3, Y)], 0, 0),
        ([(1, Y), (2, U), (3, Y)], 1, 3),
        ([(1, Y), (2, X), (3, Y)], 3, 3),
        ([(1, Y), (2, X), (3, N), (3, Y)], "3/2", "3/2"),
        ([(1, Y), (2, X)], 1, 1),
        ([(2, Y), (3, Y)], 3, 3),
        ([(1, U), (5, Y)], 0, 5),
    ],
)
def test_a_level_worked_out_by_hand(told: list[Told], low: int | str, high: int | str) -> None:
    assert level_bounds(tuple(told)) == at(low, high)
