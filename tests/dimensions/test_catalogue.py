"""The catalogue: twenty-five dimensions, what holds of all of them together."""

from difflib import SequenceMatcher
from graphlib import TopologicalSorter
from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest

from sharedcare import dimensions
from sharedcare.dimension import Criterion, Dimension, Kind
from sharedcare.dimensions import DIMENSIONS, criterion, dimension
from sharedcare.errors import NotFoundError
from sharedcare.vocabulary import Group

#: The names of Cresswell et al. 2023, in the paper's order.
NAMES = (
    "Structural complexity",
    "Definition of shared care pathways",
    "Organizational complexity",
    "Professional jurisdictions, interests, and expertise",
    "Data ownership",
    "System configuration",
    "Incentives",
    "Data overload",
    "Vision",
    "Information governance",
    "Liability",
    "Skills",
    "Training",
    "Governance structures",
    "Distributed knowledge",
    "Social determinants of health",
    "Existing infrastructures and legacy systems",
    "Architecture and migration path",
    "Digital maturity: subsectors and organizations",
    "Suppliers",
    "Upgrades and maintenance",
    "Hardware and physical infrastructure",
    "Harmonizing data structures and making systems interoperable",
    "Data cleaning and quality management",
    "Flows of information",
)

SOCIO_ORGANISATIONAL = 16

BURDENS = {
    "structural_complexity",
    "organizational_complexity",
    "professional_jurisdictions",
    "data_overload",
}

#: Modules of the folder that hold what several dimensions share, and no dimension.
SHARED = {"__init__", "disclosures", "said", "sent"}

#: Two questions as alike as this (difflib's ratio) ask the same.
TOO_ALIKE = 0.9

CRITERIA = tuple(found for each in DIMENSIONS for found in each.criteria)
COMPUTED = tuple(found for found in CRITERIA if found.kind is Kind.COMPUTED)


def by_id(each: Dimension | Criterion) -> str:
    return each.id


def test_the_names_and_their_order_are_the_papers() -> None:
    assert tuple(each.name for each in DIMENSIONS) == NAMES


def test_sixteen_socio_organisational_dimensions_come_first_then_nine_technological() -> None:
    groups = [each.group for each in DIMENSIONS]
    assert set(groups[:SOCIO_ORGANISATIONAL]) == {Group.SOCIO_ORGANISATIONAL}
    assert set(groups[SOCIO_ORGANISATIONAL:]) == {Group.TECHNOLOGICAL}


def test_every_dimension_that_is_written_is_listed_under_the_name_of_its_file() -> None:
    written = {path.stem for path in Path(str(dimensions.__file__)).parent.glob("*.py")} - SHARED
    assert written == {each.id for each in DIMENSIONS}
    for each in DIMENSIONS:
        assert import_module(f"sharedcare.dimensions.{each.id}").DIMENSION is each


def test_ids_are_unique_and_a_criterion_belongs_to_its_dimension() -> None:
    assert len({found.id for found in CRITERIA}) == len(CRITERIA)
    assert all(found.dimension == each.id for each in DIMENSIONS for found in each.criteria)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1; 0 where a quick look says that they differ."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > TOO_ALIKE else 0


def test_no_two_criteria_ask_the_same() -> None:
    asked = sorted((found.question.lower(), found.id) for found in CRITERIA)
    pairs = combinations(asked, 2)
    assert not [(a[1], b[1]) for a, b in pairs if likeness(a[0], b[0]) > TOO_ALIKE]


def test_two_questions_that_differ_in_a_word_would_be_found_alike() -> None:
    question = CRITERIA[0].question.lower()
    assert likeness(question, question.replace("partner", "partners")) > TOO_ALIKE


def test_no_two_criteria_are_judged_by_the_same_claim() -> None:
    assert len({found.claim for found in COMPUTED}) == len(COMPUTED)


def test_prerequisites_are_known_and_never_lead_back() -> None:
    graph = {each.id: each.prerequisites for each in DIMENSIONS}
    assert {wanted for found in graph.values() for wanted in found} <= set(graph)
    assert len(tuple(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize("each", DIMENSIONS, ids=by_id)
def test_a_dimension_has_four_to_nine_criteria_and_some_at_each_level_from_two_to_four(
    each: Dimension,
) -> None:
    assert 4 <= len(each.criteria) <= 9
    assert {2, 3, 4} <= {found.level for found in each.criteria} <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize("each", DIMENSIONS, ids=by_id)
def test_a_dimension_says_what_it_is_and_why_and_from_where(each: Dimension) -> None:
    assert each.definition.endswith(".")
    assert each.rationale.endswith(".")
    assert each.citations


@pytest.mark.parametrize("found", CRITERIA, ids=by_id)
def test_a_criterion_asks_one_question_and_says_what_to_do_about_a_no(found: Criterion) -> None:
    assert found.question.endswith("?")
    assert found.question.count("?") == 1
    assert found.remedy.endswith(".")
    assert 0 < found.threshold <= 1
    assert found.citation.text


def test_only_burdens_are_exposed_and_each_by_two_or_three_measures() -> None:
    exposed = {each.id: len(each.exposure) for each in DIMENSIONS if each.exposure}
    assert set(exposed) == BURDENS
    assert set(exposed.values()) <= {2, 3}


def test_a_measure_is_no_criterion_and_grows_by_its_thresholds() -> None:
    measures = [measure for each in DIMENSIONS for measure in each.exposure]
    assert not {measure.count for measure in measures} & {found.claim for found in COMPUTED}
    assert all(1 < measure.complicated < measure.complex for measure in measures)


def test_at_least_forty_criteria_of_at_least_twenty_dimensions_are_computed() -> None:
    assert len(COMPUTED) >= 40
    assert len({found.dimension for found in COMPUTED}) >= 20


@pytest.mark.parametrize("each", DIMENSIONS, ids=by_id)
def test_every_computed_criterion_is_shown_to_fire_to_pass_and_to_be_silent(
    each: Dimension,
) -> None:
    shown = import_module(f"tests.dimensions.test_{each.id}").SHOWN
    assert set(shown) == {found.id for found in each.criteria if found.claim}


def test_a_claim_is_named_as_a_claim_and_says_what_it_looks_at() -> None:
    for found in COMPUTED:
        assert found.claim is not None
        assert "_" in found.claim.__name__
        assert (found.claim.__doc__ or "").strip()


def test_what_is_asked_for_by_its_id_is_found() -> None:
    assert all(dimension(each.id) is each for each in DIMENSIONS)
    assert all(criterion(found.id) is found for found in CRITERIA)


def test_a_slip_of_an_id_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(NotFoundError, match=r"no dimension visoin \(did you mean vision\?\)"):
        dimension("visoin")
    with pytest.raises(NotFoundError, match=r"\(did you mean vision\.objective_said\?\)"):
        criterion("vision.objectiv_said")
    with pytest.raises(NotFoundError, match=r"no dimension xyz$"):
        dimension("xyz")
