"""How much of an item arrives, over all its sources, and what that makes of the need."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from sharedcare.flows.verdict import RANKED
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.vocabulary import Sources, Verdict


def coverage(landscape: Landscape, item: Item, sources: Mapping[str, Fraction]) -> Fraction:
    """The coverage of an item: a mean within each type of source, the lowest or highest across.

    ``sources`` holds the coverage of each source. No sources: 0.
    """
    by_type: dict[str | None, list[str]] = {}
    for source in sources:
        by_type.setdefault(landscape.organisations[source].type, []).append(source)
    means = [_mean(landscape, members, sources) for members in by_type.values()]
    if not means:
        return Fraction(0)
    return min(means) if item.sources is Sources.EACH else max(means)


def _mean(landscape: Landscape, members: list[str], sources: Mapping[str, Fraction]) -> Fraction:
    weights = weights_of(landscape, members)
    total = sum(weights.values(), Fraction(0))
    return sum((weights[key] * sources[key] for key in members), Fraction(0)) / total


def weights_of(landscape: Landscape, members: Iterable[str]) -> dict[str, Fraction]:
    """Population if all declare it as a plain number (and not all as 0), else instances."""
    organisations = {key: landscape.organisations[key] for key in members}
    people = {
        key: found.population
        for key, found in organisations.items()
        if isinstance(found.population, Fraction)
    }
    if len(people) == len(organisations) and any(people.values()):
        return people
    return {key: Fraction(found.instances) for key, found in organisations.items()}


def item_verdict(need: Need, share: Fraction, sources: Mapping[str, Fraction]) -> Verdict:
    """The verdict on one item by its coverage and that of its sources."""
    return _verdict(need, [share], [sources])


def need_verdict(
    need: Need, shares: Iterable[Fraction], sources: Iterable[Mapping[str, Fraction]]
) -> Verdict:
    """The verdict on a need by the coverage of its required items."""
    required = [
        (share, covered)
        for item, share, covered in zip(need.content, shares, sources, strict=True)
        if item.required
    ]
    return _verdict(need, [share for share, _ in required], [covered for _, covered in required])


def _verdict(need: Need, shares: list[Fraction], sources: list[Mapping[str, Fraction]]) -> Verdict:
    wanted = need.quantity.coverage.value if need.quantity.coverage else Fraction(1)
    if all(share >= wanted for share in shares):
        return Verdict.MET
    if any(covered for of_item in sources for covered in of_item.values()):
        return Verdict.PARTLY_MET
    return Verdict.UNMET


def rank(verdict: Verdict) -> int:
    """The place of a verdict from worst (0) to best."""
    return RANKED.index(verdict)
