"""The minimal sets that suffice, against trying every set."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.flows.why.minimal import MinimalSets

#: Some sets of the numbers 0 to 6; what holds any one of them suffices.
generators = st.lists(st.frozensets(st.integers(0, 6), max_size=5), max_size=8)


def smallest_first(sets: list[frozenset[int]]) -> list[frozenset[int]]:
    return sorted(sets, key=lambda one: (len(one), sorted(one)))


@given(generators)
def test_they_are_the_minimal_ones_of_all_that_suffice(of: list[frozenset[int]]) -> None:
    sought = MinimalSets(range(7), lambda chosen: any(one <= chosen for one in of))
    found = list(sought.found())
    expected = {one for one in of if not any(other < one for other in of)}
    assert smallest_first(found) == smallest_first(list(expected))
    assert [len(one) for one in found] == sorted(len(one) for one in found)
    assert sought.complete


def any_two(chosen: frozenset[int]) -> bool:
    return len(chosen) >= 2


def test_past_the_number_that_is_listed_the_rest_is_left_out_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sharedcare.flows.why.minimal.MAX_SETS", 3)
    sought = MinimalSets(range(7), any_two)
    assert [len(one) for one in sought.found()] == [2, 2, 2]
    assert not sought.complete


def test_where_no_limit_is_reached_they_are_all() -> None:
    sought = MinimalSets(range(7), any_two)
    assert len(list(sought.found())) == len(list(itertools.combinations(range(7), 2)))
    assert sought.complete


@pytest.mark.parametrize("limit", ["MAX_QUESTIONS", "MAX_LOOKED_AT"])
def test_where_a_limit_comes_first_one_minimal_set_is_found(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"sharedcare.flows.why.minimal.{limit}", 4)

    def pairs(chosen: frozenset[int]) -> bool:
        return all({2 * at, 2 * at + 1} & chosen for at in range(5))

    sought = MinimalSets(range(10), pairs)
    (found,) = sought.found()
    assert pairs(found)
    assert not any(pairs(found - {one}) for one in found)
    assert not sought.complete
