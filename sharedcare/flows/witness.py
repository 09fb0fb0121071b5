"""The witness of a verdict: the route as steps, and what the verdict assumed on the way."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sharedcare.flows.evaluation import Arrival, Asked, seconds_of
from sharedcare.flows.network import Network
from sharedcare.flows.search import Label
from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.flows.verdict import Step
from sharedcare.vocabulary import Form


def steps(network: Network, asker: Asked, source: str, arrival: Arrival) -> tuple[Step, ...]:
    """Return the route of an arrival, from the source's system to the stakeholder."""
    good = network.law.in_force & network.law.covering(asker.item.category, asker.need.purpose)
    route = [
        Step(
            place=label.place,
            flow=network.hops[label.by].flow if label.by >= 0 else None,
            age=label.age,
            wait=label.wait,
            form=Form(label.form),
            reach=label.reach,
            rekeys=label.rekeys,
            cover=_cover(network, source, label.by, good),
        )
        for label in _labels(arrival.label)
    ]
    if arrival.use is not None:
        last = arrival.label
        cover = _cover(network, source, arrival.use, good)
        step = Step(
            place=asker.need.stakeholder,
            flow=None,
            age=last.age,
            wait=last.wait,
            form=Form(last.form),
            reach=arrival.reach,
            rekeys=last.rekeys,
            cover=cover,
        )
        route.append(step)
    return tuple(route)


def _labels(last: Label) -> list[Label]:
    found: list[Label] = []
    label: Label | None = last
    while label is not None:
        found.append(label)
        label = label.back
    return found[::-1]


def _cover(network: Network, source: str, position: int, good: int) -> str | None:
    if position < 0:
        return None
    crossing = network.crossings[position]
    to = crossing.to_organisation
    if to == source or source in crossing.to_processes:
        return None
    return network.law.cover(source, crossing, good)


def slack(asker: Asked, arrival: Arrival) -> Fraction:
    """How much room is left to the tightest limit of time, as a share of it (1 without limits)."""
    label, need = arrival.label, asker.need
    pairs = ((label.age, need.max_age), (label.wait, need.max_wait))
    rooms = [_room(used, seconds_of(limit)) for used, limit in pairs if limit is not None]
    return min(rooms, default=Fraction(1))


def _room(used: Time, limit: Time) -> Fraction:
    if not limit or limit == ENDLESS:
        return Fraction(0)
    return Fraction(limit - used) / Fraction(limit)


def tightest(asker: Asked, arrivals: Iterable[tuple[str, Arrival]]) -> tuple[str, Arrival] | None:
    """Of the covered sources, the one with the least slack; then least reach, then by id."""
    return min(
        arrivals,
        key=lambda found: (slack(asker, found[1]), found[1].reach, found[0]),
        default=None,
    )


def assumptions(network: Network, asker: Asked, arrival: Arrival) -> Iterator[str]:
    """Yield, in sentences, what a route takes for granted because the profile does not say it."""
    labels = _labels(arrival.label)
    yield from _age_assumed(network, asker, labels[0])
    positions = [label.by for label in labels[1:]]
    for position in [*positions, *(() if arrival.use is None else (arrival.use,))]:
        yield from _hop_assumed(network, position)


def _age_assumed(network: Network, asker: Asked, start: Label) -> Iterator[str]:
    stored = network.stored(start.place, asker.item)
    if asker.need.max_age is not None and stored is not None and not stored.age_said:
        place = network.landscape.place_label(start.place)
        yield f"The age of {asker.item.category} counts from when {place} holds it."


def _hop_assumed(network: Network, position: int) -> Iterator[str]:
    hop, landscape = network.hops[position], network.landscape
    if hop.flow is None:
        if not hop.access_said:
            who, where = landscape.place_label(hop.to), landscape.place_label(hop.from_)
            yield f"{who} is let into {where}."
        return
    ends = [landscape.systems.get(place) for place in (hop.from_, hop.to)]
    if all(end is not None for end in ends) and not all(e and e.identity_domains for e in ends):
        from_, to = landscape.place_label(hop.from_), landscape.place_label(hop.to)
        yield f"{from_} and {to} match the same person: nothing says by which identifier."
