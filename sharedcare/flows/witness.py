"""The witness of a verdict: the route as steps, and what the verdict assumed on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from sharedcare.flows.evaluation import Arrival, Asked, Evaluation
from sharedcare.flows.law import asks_for_cover
from sharedcare.flows.network import Network, Stored
from sharedcare.flows.search import seconds_of
from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.flows.verdict import Step
from sharedcare.vocabulary import Form


def hops_of(arrival: Arrival) -> tuple[int, ...]:
    """The positions of the hops of a route, in order, with the use that ends it (if any)."""
    return tuple(way.by for way in arrival.ways() if way.by >= 0)


class Figures(NamedTuple):
    """What holds at one place of a route, under the names by which a step says what is open."""

    age: Time
    wait: Time
    form: Form
    reach: Fraction
    rekeys: int


def steps(
    run: Evaluation,
    asker: Asked,
    source: str,
    arrival: Arrival,
    worst: Evaluation | None = None,
) -> tuple[Step, ...]:
    """Return the route of an arrival, from the source's system to where it ends.

    ``worst`` is the run to compare with: a step names what would be otherwise there as open.
    """
    hops = hops_of(arrival)
    figures = list(figures_along(run.network, asker, hops, arrival.stored))
    route = [_step(arrival.system, None, figures[0], None)]
    for position, found in zip(hops, figures[1:], strict=True):
        hop, cover = run.network.hops[position], cover_of(run, asker, source, position)
        route.append(_step(hop.to, hop.flow, found, cover))
    if worst is None:
        return tuple(route)
    stored = worst.network.stored(arrival.system, asker.item) or arrival.stored
    open_ = open_figures((run, worst), asker, source, hops, (arrival.stored, stored))
    return tuple(replace(step, open=names) for step, names in zip(route, open_, strict=True))


def figures_along(
    network: Network, asker: Asked, hops: Iterable[int], stored: Stored
) -> Iterator[Figures]:
    """Yield what holds at each place of a route, with the figures of one network."""
    names = network.layout.carriage(asker.item.category).names
    age, form, lack, rekeys = stored.age, Form(stored.form), stored.lack, 0
    wait: Time = 0
    reach = Fraction(1 - lack)
    yield Figures(age, wait, form, reach, rekeys)
    for position in hops:
        hop = network.hops[position]
        age += hop.time
        wait = 0 if hop.delivers else wait + hop.time
        rekeys += hop.rekeys
        survives = hop.form_of(names) or 0
        if survives < form:
            form = Form(survives)
        if hop.lack > lack:
            lack, reach = hop.lack, Fraction(1 - hop.lack)
        yield Figures(age, wait, form, reach, rekeys)


def open_figures(
    runs: tuple[Evaluation, Evaluation],
    asker: Asked,
    source: str,
    hops: Sequence[int],
    stored: tuple[Stored, Stored],
) -> Iterator[tuple[str, ...]]:
    """Yield the names of what rests on an unknown, for each place of a route.

    ``runs`` are the best and the worst, ``stored`` is what each of them finds where it starts.
    """
    best, worst = (
        figures_along(run.network, asker, hops, held)
        for run, held in zip(runs, stored, strict=True)
    )
    covers = zip(*(_covered(run, asker, source, hops) for run in runs), strict=True)
    for here, there, (covered, surely) in zip(best, worst, ((True, True), *covers), strict=True):
        pairs = zip(Figures._fields, here, there, strict=True)
        differing = tuple(name for name, one, other in pairs if one != other)
        yield (*differing, "cover") if covered and not surely else differing


def _covered(run: Evaluation, asker: Asked, source: str, hops: Iterable[int]) -> Iterator[bool]:
    """Whether a source's information may take each of some hops."""
    clearance = run.law_for(asker)
    for position in hops:
        yield bool(clearance.bits(position) & clearance.bit[source])


def _step(place: str, flow: str | None, found: Figures, cover: str | None) -> Step:
    return Step(
        place=place,
        flow=flow,
        age=found.age,
        wait=found.wait,
        form=found.form,
        reach=found.reach,
        rekeys=found.rekeys,
        cover=cover,
    )


def cover_of(run: Evaluation, asker: Asked, source: str, position: int) -> str | None:
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
        what = network.landscape.category_label(asker.item.category)
        place = network.landscape.place_label(arrival.system)
        yield f"{what}: how old it is counts from when {place} holds it."


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
