"""Effective levels: held down by prerequisites, with a trace of every limit."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.dimension import Dimension, Scope
from sharedcare.scoring import End, Limit, Sand, Scores
from sharedcare.scoring.effective import effective_levels, effective_with, in_order
from tests.scoring.making import at, attested, climbed, ladder, only, scored


def chain(**levels: int | None) -> Scores:
    """Ladders a <- b <- c at levels; None is not assessed."""
    dimensions = (
        ladder("c", prerequisites=("b",)),
        ladder("b", prerequisites=("a",)),
        ladder("a"),
    )
    said: dict[str, Any] = {}
    for key, level in levels.items():
        said |= climbed(key, level) if level is not None else {}
    return scored(*dimensions, attestations=said)


def test_an_effective_level_lies_at_most_one_above_its_prerequisite_s() -> None:
    scores = chain(a=1, b=5, c=5)
    assert [only(scores, key).effective for key in "abc"] == [at(1), at(2), at(3)]
    assert only(scores, "b").level == at(5)
    assert only(scores, "c").limits == (
        Limit("b", End.LOW, at(3).low),
        Limit("b", End.HIGH, at(3).low),
    )
    assert only(scores, "c").limited_by == ("b",)
    assert only(scores, "a").limited_by == ()


def test_a_prerequisite_that_is_not_assessed_holds_nothing_down() -> None:
    scores = chain(a=0, c=5)
    assert only(scores, "b").effective is None
    assert only(scores, "c").effective == at(5)


def test_a_level_exactly_one_above_is_not_limited() -> None:
    assert only(chain(a=2, b=3), "b").limited_by == ()


def test_low_and_high_ends_are_limited_apart() -> None:
    said = {"a.l1": attested("yes", "audit"), "a.l5": attested("no"), **climbed("b", 4)}
    scores = scored(ladder("b", prerequisites=("a",)), ladder("a"), attestations=said)
    assert only(scores, "a").level == at(1, 4)
    assert only(scores, "b").effective == at(2, 4)
    assert only(scores, "b").limits == (Limit("a", End.LOW, at(2).low),)


def test_of_several_prerequisites_the_weakest_limit_and_all_of_them_are_named() -> None:
    both = ladder("d", prerequisites=("a", "b", "c"))
    said = {**climbed("a", 1), **climbed("b", 1), **climbed("c", 3), **climbed("d", 5)}
    scores = scored(both, ladder("a"), ladder("b"), ladder("c"), attestations=said)
    assert only(scores, "d").effective == at(2)
    assert only(scores, "d").limited_by == ("a", "b")


def test_prerequisites_outside_the_dimensions_scored_are_passed_over() -> None:
    scores = scored(ladder("b", prerequisites=("gone",)), attestations=climbed("b", 4))
    assert only(scores, "b").effective == at(4)


def test_sand_is_a_level_two_above_a_prerequisite_certain_or_on_what_is_known() -> None:
    assert chain(a=2, b=4, c=4).sand == (Sand("b", "a", certain=True),)
    assert chain(a=2, b=3).sand == ()
    said = {"a.l1": attested("yes", "audit"), **climbed("b", 3)}
    unsure = scored(ladder("b", prerequisites=("a",)), ladder("a"), attestations=said)
    assert unsure.sand == (Sand("b", "a", certain=False),)


def test_each_organisation_is_held_down_by_its_own_levels() -> None:
    below = ladder("a", scope=Scope.ORGANISATION)
    above = ladder("b", scope=Scope.ORGANISATION, prerequisites=("a",))
    said = {
        **{
            f"{k}.x": {**v, "criterion": k} for k, v in climbed("a", 1, organisations=["x"]).items()
        },
        **{
            f"{k}.y": {**v, "criterion": k} for k, v in climbed("a", 4, organisations=["y"]).items()
        },
        **climbed("b", 4, organisations="all"),
    }
    scores = scored(above, below, organisations={"x": {}, "y": {}}, attestations=said)
    found = {each.organisation: each for each in only(scores, "b").organisations}
    assert (found["x"].effective, found["x"].limited_by) == (at(2), ("a",))
    assert (found["y"].effective, found["y"].limited_by) == (at(4), ())


def test_prerequisites_come_first_whatever_the_order_of_the_catalogue() -> None:
    listed: tuple[Dimension, ...] = (
        ladder("c", prerequisites=("b",)),
        ladder("a"),
        ladder("b", prerequisites=("a",)),
    )
    assert [each.id for each in in_order(listed)] == ["a", "b", "c"]


@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.integers(0, 3), st.integers(0, 5))
def test_limiting_anew_only_what_rests_on_a_change_changes_no_result(
    levels: list[int], changed: int, level: int
) -> None:
    listed = (
        ladder("d0"),
        ladder("d1", prerequisites=("d0",)),
        ladder("d2", prerequisites=("d0",)),
        ladder("d3", prerequisites=("d1", "d2")),
    )
    before = {f"d{number}": at(found) for number, found in enumerate(levels)}
    after = {**before, f"d{changed}": at(level)}
    again = effective_with(listed, after, effective_levels(listed, before), f"d{changed}")
    assert again == effective_levels(listed, after)
