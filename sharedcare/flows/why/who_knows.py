"""Who would know a fact: its owner, the organisations at hand, the supplier."""

from collections.abc import Iterable, Iterator

from sharedcare.flows.law import parties_of
from sharedcare.flows.taking import Fact
from sharedcare.landscape import Landscape

#: Somebody who would know: ``owner`` or ``supplier`` with the words of the profile, or
#: ``organisations`` with an id.
Knower = tuple[str, str]

#: What the receiving end of a flow knows better than the sending one.
_KNOWN_AT_THE_END = ("wait", "rekeyed", "match_rate", "identity_domain")


def who_knows(landscape: Landscape, fact: Fact) -> tuple[Knower, ...]:
    """Who would know a fact, the nearest to it first; nobody is told twice.

    Each is a pair: ``("owner", words)`` and ``("supplier", words)`` as the profile has them,
    ``("organisations", id)``.
    """
    told = _KNOWERS[fact.kind](landscape, fact)
    return tuple(dict.fromkeys((kind, key) for kind, key in told if key))


def _of_flow(landscape: Landscape, fact: Fact) -> Iterator[tuple[str, str | None]]:
    flow = landscape.flows[fact.id]
    yield "owner", flow.owner
    ends = [flow.from_, flow.to]
    if fact.key in _KNOWN_AT_THE_END:
        ends.reverse()
    for place in ends:
        yield "organisations", landscape.organisation_of(place)
    for place in ends:
        yield from _supplier(landscape, place)


def _of_system(landscape: Landscape, fact: Fact) -> Iterator[tuple[str, str | None]]:
    system = landscape.systems[fact.id]
    yield "owner", system.owner
    yield "organisations", system.organisation
    yield "supplier", system.supplier


def _of_use(landscape: Landscape, fact: Fact) -> Iterator[tuple[str, str | None]]:
    """Whether people can use a system is known where they work, then where it stands."""
    yield "organisations", landscape.organisation_of(fact.id)
    system_id = fact.key.removeprefix("uses.").rpartition(".")[0]
    yield from _of_system(landscape, fact._replace(kind="systems", id=system_id))


def _of_agreement(landscape: Landscape, fact: Fact) -> Iterator[tuple[str, str | None]]:
    if fact.key == "recorded":
        yield from _organisations(fact.id.split("+"))
        return
    agreement = landscape.agreements[fact.id]
    yield from _organisations(agreement.controllers)
    if not agreement.controllers:
        yield from _organisations(sorted(parties_of(landscape, agreement)))


def _organisations(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for organisation in ids:
        yield "organisations", organisation


def _supplier(landscape: Landscape, place: str) -> Iterator[tuple[str, str | None]]:
    if place in landscape.systems:
        yield "supplier", landscape.systems[place].supplier


_KNOWERS = {
    "flows": _of_flow,
    "systems": _of_system,
    "stakeholders": _of_use,
    "agreements": _of_agreement,
}
