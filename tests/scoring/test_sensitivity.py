"""How far the band hangs on our choices, and which answers would settle most."""

from fractions import Fraction
from typing import Any

from sharedcare.dimension import Scope
from sharedcare.scoring import Band, Choice, OpenQuestion, Scores, Sensitivity
from sharedcare.scoring.index import power_mean
from tests.scoring.making import at, attested, climbed, criterion, dimension, ladder, scored

KEYS = tuple(f"d{number:02}" for number in range(16))


def region(levels: dict[str, int], weights: dict[str, Fraction] | None = None) -> Scores:
    """Sixteen dimensions: at 2 unless another level is given."""
    said: dict[str, Any] = {}
    for key in KEYS:
        said |= climbed(key, levels.get(key, 2))
    return scored(*map(ladder, KEYS), attestations=said, weights=weights)


def sensitivity(levels: dict[str, int], weights: dict[str, Fraction] | None = None) -> Sensitivity:
    found = region(levels, weights).sensitivity
    assert found is not None
    return found


def test_without_an_index_there_is_nothing_to_vary() -> None:
    assert scored(ladder("d"), attestations=climbed("d", 2)).sensitivity is None


def test_the_exponent_is_tried_from_minus_one_to_one() -> None:
    found = sensitivity({"d00": 0})
    exponents = [each for each in found.variants if each.choice is Choice.EXPONENT]
    assert [each.exponent for each in exponents] == [-1, Fraction(-1, 2), 0, Fraction(1, 2), 1]
    assert exponents[0].index == at(0)
    assert exponents[-1].index == at(Fraction(15 * 40, 16))
    assert {each.exponent for each in found.flips if each.choice is Choice.EXPONENT} == {
        Fraction(-1), Fraction(-1, 2), Fraction(0)
    }  # fmt: skip


def test_equal_weights_are_tried_against_those_given() -> None:
    found = sensitivity({"d00": 5}, {"d00": Fraction(1000)})
    (equal,) = (each for each in found.variants if each.choice is Choice.EQUAL_WEIGHTS)
    assert equal.band is Band.PREPARE
    assert equal in found.flips


def test_each_dimension_is_left_out_as_if_nobody_had_assessed_it() -> None:
    dimensions = [ladder(key, prerequisites=() if key == "d00" else ("d00",)) for key in KEYS]
    said: dict[str, Any] = climbed("d00", 1)
    for key in KEYS[1:]:
        said |= climbed(key, 5)
    found = scored(*dimensions, attestations=said).sensitivity
    assert found is not None
    left_out = {each.dimension: each for each in found.variants if each.choice is Choice.LEFT_OUT}
    assert tuple(left_out) == KEYS
    assert left_out["d00"].index == at(100)
    assert left_out["d01"].band is Band.PREPARE


def test_leaving_one_of_fifteen_out_leaves_no_index() -> None:
    said: dict[str, Any] = {}
    for key in KEYS[:15]:
        said |= climbed(key, 2)
    found = scored(*map(ladder, KEYS), attestations=said).sensitivity
    assert found is not None
    assert {each.index for each in found.variants if each.choice is Choice.LEFT_OUT} == {None}


def test_the_smallest_change_of_weight_moves_the_index_to_the_bound_of_another_band() -> None:
    levels = {"d00": 5, "d01": 5, "d02": 4}
    found = sensitivity(levels).weight_flip
    assert found is not None
    assert found.band is Band.PILOT
    values = [
        (Fraction(levels.get(key, 2), 5), found.factor if key == found.dimension else Fraction(1))
        for key in KEYS
    ]
    assert abs(100 * power_mean(values, Fraction(1, 2)) - 50) < Fraction(1, 10**6)
    assert found.dimension in ("d00", "d01")
    assert found.change == (found.factor - 1) / 16


def test_where_all_stand_alike_no_weight_moves_the_band() -> None:
    assert sensitivity({}).weight_flip is None


def test_scaled_weights_change_nothing() -> None:
    levels = {"d00": 5, "d01": 0}
    weights = {key: Fraction(number + 1) for number, key in enumerate(KEYS)}
    scaled = {key: 7 * weight / 3 for key, weight in weights.items()}
    one, other = region(levels, weights), region(levels, scaled)
    assert one.readiness == other.readiness
    assert one.sensitivity == other.sensitivity


def questions(**maps: Any) -> dict[str, OpenQuestion]:
    scores = region_of(**maps)
    return {question.criterion.id: question for question in scores.ask_first}


def region_of(silent: str = "none", **said: Any) -> Scores:
    """Sixteen dimensions at 2, of which the answers named are replaced."""
    made: dict[str, Any] = {}
    for key in KEYS:
        made |= climbed(key, 2) if key != silent else {}
    made |= {key.replace("__", "."): answer for key, answer in said.items()}
    return scored(*map(ladder, KEYS), attestations=made)


def test_a_region_without_unknown_answers_asks_nothing() -> None:
    assert region_of().ask_first == ()


def test_a_question_says_what_either_answer_takes_off_the_index() -> None:
    found = questions(d00__l3=attested("unknown"))["d00.l3"]
    assert found.if_yes is not None
    assert found.if_no is not None
    before = region_of(d00__l3=attested("unknown")).readiness.index
    yes = region_of(d00__l3=attested("yes", "audit")).readiness.index
    no = region_of().readiness.index
    assert before is not None
    assert yes is not None
    assert no is not None
    assert (found.if_yes, found.if_no) == (yes.low - before.low, before.high - no.high)
    assert found.levels == 2


def test_the_answer_that_settles_most_is_asked_first() -> None:
    scores = region_of(
        d00__l3=attested("unknown"), d01__l1=attested("unknown"), d02__l5=attested("unknown")
    )
    asked = [question.criterion.id for question in scores.ask_first]
    assert asked == ["d01.l1", "d00.l3", "d02.l5"]
    assert scores.ask_first[-1].worth == 0


def test_a_dimension_not_assessed_is_opened_by_its_lowest_criterion() -> None:
    found = questions(silent="d07", d00__l3=attested("unknown"))
    assert set(found) == {"d00.l3", "d07.l1"}
    assert found["d07.l1"].opens
    assert found["d07.l1"].if_yes is None
    assert found["d07.l1"].worth == 0


def test_without_an_index_what_opens_a_dimension_is_asked_first() -> None:
    said = {**climbed("a", 2), "a.l1": attested("unknown")}
    scores = scored(ladder("a"), ladder("b"), attestations=said)
    assert [(q.criterion.id, q.opens) for q in scores.ask_first] == [
        ("b.l1", True),
        ("a.l1", False),
    ]


def test_organisations_that_owe_an_answer_are_named_and_silent_ones_are_not() -> None:
    asked = dimension(
        "d", criterion("d.one", 1, Scope.ORGANISATION), criterion("d.two", 2, Scope.ORGANISATION)
    )
    said = {"d.one": attested("yes", organisations=["a", "b"])}
    organisations: dict[str, Any] = {"a": {}, "b": {}, "silent": {}}
    (question,) = scored(asked, organisations=organisations, attestations=said).ask_first
    assert (question.criterion.id, question.organisations) == ("d.two", ("a", "b"))
    assert question.levels == 2


def test_what_is_borne_is_not_asked() -> None:
    borne = {"s": {"criterion": "a.l1", "reason": "Known.", "until": "2027-01-01"}}
    assert scored(ladder("a"), suppressions=borne).ask_first == ()
