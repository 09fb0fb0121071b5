"""How far something reaches, as it was declared: ``27 of 30 (GP practices)``, else a percentage."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from sharedcare.flows import ItemVerdict
from sharedcare.landscape import Landscape
from sharedcare.landscape.data_categories import covers
from sharedcare.quantities import Share
from sharedcare.reports.words.figures import percent, percent_words
from sharedcare.reports.words.names import Names


def coverage_words(found: ItemVerdict, names: Names) -> str:
    """Say how much of an item arrives; of one source, as the narrowest place on its way says it."""
    coverage = found.coverage
    if coverage.low == coverage.high == 1:
        return "everybody"
    if not coverage.high:
        return "nobody"
    told = _as_declared(found, names) if coverage.low == coverage.high else None
    return told or percent_words(coverage)


def _as_declared(found: ItemVerdict, names: Names) -> str | None:
    """The share as it was written, best with whose sites or people it counts."""
    told = [
        f"{share}{_whose(end, share.of[1], names)}"
        for share, end in _shares(found, names.landscape)
        if share.of and share.value == found.coverage.high
    ]
    return max(told, key=len, default=None)


def _whose(end: str | None, whole: int, names: Names) -> str:
    """Name the organisation at one end whose sites are counted, where the whole is its sites."""
    if end is None or names.landscape.organisations[end].instances != whole:
        return ""
    return f" ({names.organisation(end)})"


def _shares(found: ItemVerdict, landscape: Landscape) -> Iterator[tuple[Share, str | None]]:
    """The shares declared on a witness, each with the organisation at the nearer end."""
    steps = found.path
    for before, step in pairwise(steps):
        if step.flow is not None:
            flow = landscape.flows[step.flow]
            for said in (flow.reach, flow.match_rate):
                if isinstance(said, Share):
                    for place in (flow.from_, flow.to):
                        yield said, landscape.organisation_of(place)
        else:
            yield from _uses(before.place, step.place, landscape)
    if steps:
        yield from _held(steps[0].place, found.category, landscape)


def _uses(system: str, stakeholder: str, landscape: Landscape) -> Iterator[tuple[Share, None]]:
    for use in landscape.stakeholders[stakeholder].uses:
        if use.system == system and isinstance(use.reach, Share):
            yield use.reach, None


def _held(system: str, category: str, landscape: Landscape) -> Iterator[tuple[Share, str | None]]:
    held = landscape.systems[system].holds
    covering = [name for name in held if covers(name, category)]
    if covering:
        said = held[max(covering, key=len)].completeness
        if isinstance(said, Share):
            yield said, landscape.organisation_of(system)


def reach_words(reach: Fraction) -> str:
    """Write the share that a hop reaches; everybody is not worth saying."""
    return "" if reach == 1 else percent(reach)
