"""Everything asked of one landscape, in one object that every report is made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version

from sharedcare.dimensions import DIMENSIONS
from sharedcare.evidence import Evidence
from sharedcare.flows import Judgement, judge
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape
from sharedcare.places import Fault, Place
from sharedcare.scoring import Scores, score

#: Finds the place of a way into a profile (``"attestations", "vision.agreed"``).
Placed = Callable[..., Place]


@dataclass(frozen=True)
class Assessment:
    """The verdict on every need and the scores on every dimension, and which version made them."""

    landscape: Landscape
    judgement: Judgement
    scores: Scores
    version: str


def assess(landscape: Landscape, weights: Mapping[str, Fraction] | None = None) -> Assessment:
    """Judge every need, then score the twenty-five dimensions; one without a weight weighs 1.

    Raises NotFoundError if a weight is given to a dimension that is not there, UsedWrongly if a
    weight is not positive.
    """
    judgement = judge(landscape)
    scores = score(Evidence(landscape, judgement), DIMENSIONS, weights)
    return Assessment(landscape, judgement, scores, _version())


def _version() -> str:
    """The version installed; a source tree that nobody installed has none."""
    try:
        return version("sharedcare")
    except PackageNotFoundError:
        return "not installed"


def _by_path(*way: str | int) -> Place:
    return Place("", path=".".join(map(str, way)))


def stray_answers(landscape: Landscape, place: Placed = _by_path) -> tuple[Fault, ...]:
    """Answers, gates, suppressions and ratings of criteria or dimensions that do not exist.

    They would otherwise count for nothing without a word. ``place`` finds where one stands: only
    the loader knows.
    """
    criteria = frozenset(c.id for dimension in DIMENSIONS for c in dimension.criteria)
    dimensions = frozenset(dimension.id for dimension in DIMENSIONS)
    faults = (
        *_strays(_criteria_named(landscape), criteria, "criterion", place),
        *_strays(_dimensions_named(landscape), dimensions, "dimension", place),
    )
    return tuple(sorted(faults, key=lambda fault: fault.order))


def _criteria_named(landscape: Landscape) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, attestation in landscape.attestations.items():
        if attestation.criterion is None:
            yield key, ("attestations", key)
        else:
            yield attestation.criterion, ("attestations", key, "criterion")
    for key, suppression in landscape.suppressions.items():
        yield suppression.criterion, ("suppressions", key, "criterion")


def _dimensions_named(landscape: Landscape) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, gate in landscape.gates.items():
        if gate.dimension is not None:
            yield gate.dimension, ("gates", key, "dimension")
    for key, rating in landscape.ratings.items():
        for dimension in rating.values:
            yield dimension, ("ratings", key, "values", dimension)


def _strays(
    named: Iterable[tuple[str, tuple[str, ...]]], known: frozenset[str], what: str, place: Placed
) -> Iterator[Fault]:
    for word, way in named:
        if word not in known:
            hint = did_you_mean(word, known)
            remedy = f"'sharedcare dimensions' lists them{hint}"
            message = f"{'.'.join(way)}: there is no {what} {word}; {remedy}"
            yield Fault(place(*way), f"UNKNOWN_{what.upper()}", message)
