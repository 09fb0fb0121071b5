"""The roadmap, suppressions and exposure."""

from fractions import Fraction
from typing import Any

import pytest

from sharedcare.dimension import Degree, Dimension, Measure, Scope
from sharedcare.findings import Finding
from sharedcare.scoring import RoadmapEntry, Scores
from sharedcare.vocabulary import Outcome, Verdict
from tests.scoring.making import (
    attested,
    climbed,
    criterion,
    dimension,
    finds,
    ladder,
    need_verdict,
    only,
    scored,
)


def entry(scores: Scores, key: str) -> RoadmapEntry:
    (found,) = (each for each in scores.roadmap if each.dimension == key)
    return found


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_below_5_there_is_always_something_to_do(level: int) -> None:
    made = entry(scored(ladder("d"), attestations=climbed("d", level)), "d")
    assert made.target == level + 1
    assert [step.criterion.id for step in made.steps] == [f"d.l{level + 1}"]


def test_at_5_it_is_kept_up() -> None:
    made = entry(scored(ladder("d"), attestations=climbed("d", 5)), "d")
    assert (made.target, made.steps) == (None, ())
    assert made.words.startswith("At the top")


def test_where_the_catalogue_asks_for_no_more_it_says_so() -> None:
    short = dimension("d", criterion("d.one"))
    made = entry(scored(short, attestations={"d.one": attested("yes")}), "d")
    assert (made.target, made.words.startswith("No criterion asks for more")) == (None, True)


def test_a_level_that_asks_nothing_applicable_is_passed_over() -> None:
    asked = dimension(
        "d", criterion("d.a", 1), criterion("d.b", 2, may_not_apply=True), criterion("d.c", 3)
    )
    said = {"d.a": attested("yes"), "d.b": attested("not_applicable"), "d.c": attested("no")}
    made = entry(scored(asked, attestations=said), "d")
    assert (made.target, [step.criterion.id for step in made.steps]) == (3, ["d.c"])


def test_what_is_not_assessed_is_to_be_asked_from_the_bottom() -> None:
    made = entry(scored(ladder("d")), "d")
    assert (made.level, made.target) == (None, 1)
    assert [(step.criterion.id, step.outcome) for step in made.steps] == [
        ("d.l1", Outcome.NOT_EVIDENCED)
    ]


def test_a_step_names_the_organisations_that_must_act() -> None:
    asked = ladder("d", scope=Scope.ORGANISATION)
    said: dict[str, Any] = {
        "d.l1": attested("yes", organisations=["a", "b"]),
        "d.l2": attested("no", organisations=["b"]),
    }
    organisations: dict[str, Any] = {"a": {}, "b": {}, "silent": {}}
    made = entry(scored(asked, organisations=organisations, attestations=said), "d")
    (step,) = made.steps
    assert (step.criterion.id, step.organisations) == ("d.l2", ("a", "b"))
    assert step.outcome is Outcome.NOT_MET


def test_who_lags_behind_the_region_is_asked_for_the_lower_levels_too() -> None:
    said: dict[str, Any] = {
        f"{key}.{who}": {**made, "criterion": key, "organisations": [who]}
        for who, level in (("a", 2), ("b", 2), ("c", 0))
        for key, made in climbed("d", level).items()
    }
    asked = ladder("d", scope=Scope.ORGANISATION)
    organisations: dict[str, Any] = {"a": {}, "b": {}, "c": {}}
    made = entry(scored(asked, organisations=organisations, attestations=said), "d")
    assert [(step.criterion.id, step.organisations) for step in made.steps] == [
        ("d.l1", ("c",)),
        ("d.l2", ("c",)),
        ("d.l3", ("a", "b", "c")),
    ]


def test_a_level_most_of_which_is_met_is_still_the_next_one() -> None:
    asked = dimension("d", *(criterion(f"d.{number}") for number in range(3)))
    said = {"d.0": attested("yes"), "d.1": attested("yes"), "d.2": attested("no")}
    made = entry(scored(asked, attestations=said), "d")
    assert (made.target, [step.criterion.id for step in made.steps]) == (1, ["d.2"])


def test_what_unlocks_most_dimensions_comes_first() -> None:
    dimensions = (
        ladder("lone"),
        ladder("root"),
        ladder("x", prerequisites=("root",)),
        ladder("y", prerequisites=("root",)),
    )
    said = {**climbed("lone", 0), **climbed("root", 1), **climbed("x", 4), **climbed("y", 4)}
    scores = scored(*dimensions, attestations=said)
    assert [each.dimension for each in scores.roadmap] == ["root", "lone", "x", "y"]
    assert entry(scores, "root").unlocks == ("x", "y")
    assert entry(scores, "x").raise_first == ("root",)


def names(key: str, *needs: str) -> Dimension:
    """A dimension at 0 whose only finding is about needs."""
    claim = finds(*(Finding(Outcome.NOT_MET, f"needs.{need}", "") for need in needs))
    return dimension(key, criterion(f"{key}.one", claim=claim))


NEEDS = (
    need_verdict("light", Verdict.UNMET, weight=1),
    need_verdict("heavy", Verdict.PARTLY_MET, weight=3),
    need_verdict("met", Verdict.MET, weight=9),
)


def test_then_what_names_the_heavier_unmet_needs() -> None:
    listed = (names("a", "met"), names("b", "light"), names("c", "heavy"))
    assert [(each.dimension, each.needs) for each in scored(*listed, verdicts=NEEDS).roadmap] == [
        ("c", ("heavy",)),
        ("b", ("light",)),
        ("a", ()),
    ]


def test_dimensions_unlocked_go_before_needs() -> None:
    root, above = ladder("root"), ladder("above", prerequisites=("root",))
    said = {**climbed("root", 0), **climbed("above", 4)}
    scores = scored(names("a", "heavy"), root, above, verdicts=NEEDS, attestations=said)
    assert [each.dimension for each in scores.roadmap] == ["root", "a", "above"]


SUPPRESSED = {"criterion": "d.l1", "reason": "It is known.", "until": "2026-11-01"}


def test_a_suppression_holds_up_to_its_last_day_and_then_is_said_to_have_expired() -> None:
    for until, active in (("2026-11-01", True), ("2026-10-31", False)):
        suppressions = {"s": {**SUPPRESSED, "until": until}}
        scores = scored(ladder("d"), attestations=climbed("d", 0), suppressions=suppressions)
        assert [state.active for state in scores.suppressions] == [active]
        assert [step.borne for step in entry(scores, "d").steps] == [active]
        assert only(scores, "d").criteria[0].borne is active


def test_a_suppression_silences_but_never_raises_a_level() -> None:
    said = climbed("d", 0)
    plain = scored(ladder("d"), attestations=said)
    borne = scored(ladder("d"), attestations=said, suppressions={"s": SUPPRESSED})
    assert plain.readiness.blockers[0].effective == borne.readiness.blockers[0].effective
    assert only(plain, "d").level == only(borne, "d").level


def test_a_borne_step_claims_no_needs_for_its_place_in_the_roadmap() -> None:
    borne = {"s": {**SUPPRESSED, "criterion": "a.one"}}
    assert entry(scored(names("a", "heavy"), verdicts=NEEDS, suppressions=borne), "a").needs == ()


@pytest.mark.parametrize(("about", "borne"), [("hub", True), ("other", False)])
def test_a_suppression_about_one_entry_bears_only_that(about: str, borne: bool) -> None:
    claim = finds(Finding(Outcome.NOT_MET, "flows.hub", ""))
    asked = dimension("d", criterion("d.l1", claim=claim))
    scores = scored(asked, suppressions={"s": {**SUPPRESSED, "about": about}})
    assert only(scores, "d").criteria[0].borne is borne


def test_exposure_is_the_highest_degree_and_stands_apart_from_the_level() -> None:
    def measure(key: str, amount: int | None) -> Measure:
        counted = None if amount is None else Fraction(amount)
        return Measure(key, key, lambda _: counted, complicated=5, complex=10)

    asked = ladder("d", exposure=(measure("a", 3), measure("b", 7), measure("c", None)))
    found = only(scored(asked, attestations=climbed("d", 5)), "d").exposure
    assert found is not None
    assert found.degree is Degree.COMPLICATED
    assert [each.degree for each in found.measures] == [Degree.SIMPLE, Degree.COMPLICATED, None]
    silent = only(scored(ladder("d", exposure=(measure("c", None),))), "d").exposure
    assert silent is not None
    assert silent.degree is None
    assert only(scored(ladder("d")), "d").exposure is None
