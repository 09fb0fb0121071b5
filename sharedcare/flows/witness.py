"""The witness of a verdict: the route as steps, and what the verdict assumed on the way."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sharedcare.flows.evaluation import Arrival, Asked, Evaluation
from sharedcare.flows.law import asks_for_cover
from sharedcare.flows.network import Network
from sharedcare.flows.search import seconds_of
from sharedcare.flows.taking import ENDLESS, Exact, Time
from sharedcare.flows.verdict import Step
from sharedcare.vocabulary import Form


def hops_of(arrival: Arrival) -> tuple[int, ...]:
    """The positions of the hops of a route, in order, with the use that ends it (if any)."""
    return tuple(way.by for way in arrival.ways() if way.by >= 0)


def steps(run: Evaluation, asker: Asked, source: str, arrival: Arrival) -> tuple[Step, ...]:
    """Return the route of an arrival, from the source's system to where it ends."""
    network = run.network
    stored = arrival.stored
    form, lack, rekeys = stored.form, stored.lack, 0
    age: Time = stored.age
    wait: Time = 0
    route = [_step(arrival.system, None, (age, wait, form, lack, rekeys), None)]
    names = network.layout.carriage(asker.item.category).names
    for position in hops_of(arrival):
        hop = network.hops[position]
        age += hop.time
        wait = 0 if hop.delivers else wait + hop.time
        form, lack = min(form, hop.form_of(names) or 0), max(lack, hop.lack)
        rekeys += hop.rekeys
        cover = _cover(run, asker, source, position)
        route.append(_step(hop.to, hop.flow, (age, wait, form, lack, rekeys), cover))
    return tuple(route)


def _step(
    place: str, flow: str | None, so_far: tuple[Time, Time, int, Exact, int], cover: str | None
) -> Step:
    age, wait, form, lack, rekeys = so_far
    return Step(place, flow, age, wait, Form(form), Fraction(1 - lack), rekeys, cover)


def _cover(run: Evaluation, asker: Asked, source: str, position: int) -> str | None:
    """The agreement that covers a hop; None where the law asks for none."""
    crossing = run.network.crossings[position]
    if not asks_for_cover(source, crossing, asker.need.purpose):
        return None
    return run.network.law.cover(source, crossing, run.law_for(asker).good)


def slack(asker: Asked, arrival: Arrival) -> Fraction:
    """How much room is left to the tightest limit of time, as a share of it (1 without limits)."""
    need = asker.need
    pairs = ((arrival.age, need.max_age), (arrival.way.wait, need.max_wait))
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
    yield from _age_assumed(network, asker, arrival)
    for position in hops_of(arrival):
        yield from _hop_assumed(network, position)


def _age_assumed(network: Network, asker: Asked, arrival: Arrival) -> Iterator[str]:
    if asker.need.max_age is not None and not arrival.stored.age_said:
        place = network.landscape.place_label(arrival.system)
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
