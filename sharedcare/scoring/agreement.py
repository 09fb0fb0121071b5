"""Whether respondents see a dimension alike: r_wg, polarisation, groups.

Source: r_wg after James, Demaree and Wolf 1984: one minus the variance of the ratings over the
variance of ratings spread evenly over the scale. Below zero the ratings are further apart than
chance: clamped at 0 and called polarised. Ratings never make a level, with one exception: a
polarised dimension of a gate is contested and takes the range of its groups.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from sharedcare.flows import Bounds
from sharedcare.landscape import Landscape, Rating
from sharedcare.landscape.evidence import Round
from sharedcare.quantities import Range, Unknown
from sharedcare.scoring.rules import RATING_POINTS, SMALLEST_GROUP

#: The variance of ratings spread evenly over the points of the scale.
EVEN_VARIANCE = Fraction(RATING_POINTS**2 - 1, 12)


@dataclass(frozen=True, slots=True)
class GroupView:
    """How one group of respondents rates; ``median`` is None where the group is too small."""

    name: str
    respondents: int
    median: Fraction | None

    @property
    def suppressed(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.median is None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the respondents agree on one dimension.

    ``missing`` counts those who were asked for this dimension and said unknown. ``distribution``
    counts the ratings nearest to each point from 0 to 5, None with fewer than five of them.
    ``r_wg`` is None with fewer than two. ``agreed`` holds values agreed upon in talk.
    """

    dimension: str
    round: Round
    respondents: int
    missing: int
    median: Fraction
    distribution: tuple[int, ...] | None
    r_wg: Fraction | None
    polarised: bool
    range: Bounds
    sectors: tuple[GroupView, ...]
    roles: tuple[GroupView, ...]
    agreed: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vote:
    value: Fraction
    sector: str
    role: str


def agreement_on(dimension: str, landscape: Landscape) -> Agreement | None:
    """Bring the ratings of one dimension together; None where nobody rated it.

    Where respondents rated again after discussion, that round counts alone; a value agreed upon
    stands beside it and takes no disagreement away.
    """
    rated = [rating for rating in landscape.ratings.values() if dimension in rating.values]
    for round_ in (Round.DISCUSSION, Round.INDIVIDUAL):
        asked = [rating for rating in rated if rating.round is round_]
        votes = list(_votes(dimension, asked, landscape))
        if votes:
            agreed = [rating for rating in rated if rating.round is Round.AGREED]
            values = sorted(vote.value for vote in _votes(dimension, agreed, landscape))
            return _agreement(dimension, round_, votes, len(asked), tuple(values))
    return None


def _votes(dimension: str, ratings: Iterable[Rating], landscape: Landscape) -> Iterator[_Vote]:
    for rating in ratings:
        given = rating.values[dimension]
        if not isinstance(given, Unknown):
            value = _middle(given) if isinstance(given, Range) else given
            yield _Vote(value, _sector(rating, landscape), rating.role or "")


def _middle(given: Range[Fraction]) -> Fraction:
    return given.likely if given.likely is not None else (given.low + given.high) / 2


def _sector(rating: Rating, landscape: Landscape) -> str:
    organisation = landscape.organisations.get(rating.organisation or "")
    return rating.sector or (organisation.sector if organisation else None) or ""


def _agreement(
    dimension: str, round_: Round, votes: Sequence[_Vote], asked: int, agreed: tuple[Fraction, ...]
) -> Agreement:
    values = sorted(vote.value for vote in votes)
    raw = r_wg(values)
    sectors = _groups(votes, lambda vote: vote.sector)
    return Agreement(
        dimension,
        round_,
        len(votes),
        asked - len(votes),
        median(values),
        _distribution(values) if len(values) >= SMALLEST_GROUP else None,
        None if raw is None else max(raw, Fraction(0)),
        raw is not None and raw < 0,
        _range(values, sectors),
        sectors,
        _groups(votes, lambda vote: vote.role),
        agreed,
    )


def r_wg(values: Sequence[Fraction]) -> Fraction | None:
    """Within-group agreement, not clamped: 1 where all rate alike; None of fewer than two."""
    if len(values) <= 1:
        return None
    mean = sum(values, Fraction(0)) / len(values)
    squares = sum(((value - mean) ** 2 for value in values), Fraction(0))
    return 1 - squares / (len(values) - 1) / EVEN_VARIANCE


def _groups(votes: Sequence[_Vote], of: Callable[[_Vote], str]) -> tuple[GroupView, ...]:
    members: dict[str, list[Fraction]] = {}
    for vote in votes:
        if of(vote):
            members.setdefault(of(vote), []).append(vote.value)
    return tuple(
        GroupView(name, len(found), median(found) if len(found) >= SMALLEST_GROUP else None)
        for name, found in sorted(members.items())
    )


def _range(values: Sequence[Fraction], groups: Sequence[GroupView]) -> Bounds:
    """The range of the sectors' medians; of all ratings where the sectors tell nothing apart."""
    medians = [group.median for group in groups if group.median is not None]
    seen = medians if len(set(medians)) > 1 else values
    return Bounds(min(seen), max(seen))


def _distribution(values: Sequence[Fraction]) -> tuple[int, ...]:
    nearest = [int(value + Fraction(1, 2)) for value in values]
    return tuple(nearest.count(point) for point in range(RATING_POINTS))
