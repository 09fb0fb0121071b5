"""Who is not covered: of which source, for what share, and where on the way they are lost.

An unmet, partly met or met need is looked at as it is with every unknown at its best, so that
nobody is called uncovered who may not be; an undetermined one as it is at worst.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.evaluation import Arrival
from sharedcare.flows.judging import Judge, Shares
from sharedcare.flows.network import Network
from sharedcare.flows.sources import covering_entry
from sharedcare.flows.taking import Fact
from sharedcare.flows.why.which_run import explaining
from sharedcare.flows.witness import hops_of
from sharedcare.landscape import Landscape
from sharedcare.quantities import Range, Share, Unknown


@dataclass(frozen=True, slots=True)
class Loss:
    """Where people or sites are lost: the value of an entry that lets the least through.

    ``kind`` and ``id`` name the entry of the profile (flows, systems, stakeholders), ``key`` the
    value there (``reach``, ``match_rate``, ``holds.X.completeness``, ``uses.X.reach``). ``of``
    keeps a share declared as ``27 of 30`` as (27, 30); ``organisation`` is the one whose sites or
    people these are, None where nothing says so. Where the share is an interval or unknown,
    ``known`` is false and ``share`` is what it was taken to be.
    """

    kind: str
    id: str
    key: str
    share: Fraction
    of: tuple[int, int] | None
    organisation: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """One source of which an item does not come for everybody.

    ``position`` is that of the item in the need. ``reached`` is the share for whom it comes (0: for
    nobody), ``instances`` how many sites the entry of the source stands for. ``losses`` are the
    values on its best route that let the least through, empty where nothing comes at all;
    ``on_paper`` are the paper (or persons) of the organisations whose sites are lost, and that of
    the source on which it holds the item.
    """

    position: int
    category: str
    organisation: str
    reached: Fraction
    instances: int
    losses: tuple[Loss, ...]
    on_paper: tuple[str, ...]

    @property
    def sites(self) -> tuple[int, int] | None:
        """The share in whole sites as (27, 30); None where nothing says how many these are."""
        declared = next((loss.of for loss in self.losses if loss.of), None)
        whole = self.reached * self.instances
        if declared or self.instances == 1 or whole.denominator != 1:
            return declared
        return whole.numerator, self.instances


def lacking(judge: Judge, need_id: str) -> tuple[Lacking, ...]:
    """Say of which sources of a need something does not come for everybody.

    In the order of the need's items, then of the sources' ids. Empty where too much is unknown to
    go through it all.
    """
    explained = explaining(judge, need_id)
    if explained.shown is None:
        return ()
    network = explained.run.network
    return tuple(
        _lacking(network, shares, source)
        for shares in explained.shown.items
        for source, reached in sorted(shares.sources.items())
        if reached < 1
    )


def _lacking(network: Network, shares: Shares, source: str) -> Lacking:
    landscape, asker = network.landscape, shares.asker
    arrival = shares.arrivals[source]
    found = _losses(network, asker.item.category, arrival) if arrival else ()
    losses = tuple(loss for loss in found if loss.share == shares.sources[source])
    return Lacking(
        position=asker.position,
        category=asker.item.category,
        organisation=source,
        reached=shares.sources[source],
        instances=landscape.organisations[source].instances,
        losses=losses,
        on_paper=tuple(_on_paper(landscape, shares, source, losses)),
    )


def _losses(network: Network, category: str, arrival: Arrival) -> Iterator[Loss]:
    """Yield what each value on a route lets through, from its start to its end."""
    landscape = network.landscape
    system = landscape.systems[arrival.system]
    held = covering_entry(system.holds, category)
    if held is not None:
        fact = Fact("systems", arrival.system, f"holds.{held}.completeness")
        yield _loss(network, fact, system.holds[held].completeness, [system.organisation])
    for position in hops_of(arrival):
        hop = network.hops[position]
        if hop.flow is None:
            yield from _of_use(network, hop.to, hop.from_)
            continue
        flow = landscape.flows[hop.flow]
        ends = [landscape.organisation_of(place) for place in (hop.from_, hop.to)]
        yield _loss(network, Fact("flows", hop.flow, "reach"), flow.reach, ends)
        yield _loss(network, Fact("flows", hop.flow, "match_rate"), flow.match_rate, ends)


def _of_use(network: Network, stakeholder_id: str, system_id: str) -> Iterator[Loss]:
    stakeholder = network.landscape.stakeholders[stakeholder_id]
    fact = Fact("stakeholders", stakeholder_id, f"uses.{system_id}.reach")
    for use in stakeholder.uses:
        if use.system == system_id and use.access is not False:
            yield _loss(network, fact, use.reach, [stakeholder.organisation])


def _loss(
    network: Network,
    fact: Fact,
    said: Share | Range[Share] | Unknown | None,
    ends: Iterable[str | None],
) -> Loss:
    of = said.of if isinstance(said, Share) else None
    return Loss(
        kind=fact.kind,
        id=fact.id,
        key=fact.key,
        share=network.taking.alone().share(fact, said),
        of=of,
        organisation=_whose(network.landscape, of, [end for end in ends if end]),
        known=said is None or isinstance(said, Share),
    )


def _whose(landscape: Landscape, of: tuple[int, int] | None, ends: list[str]) -> str | None:
    """The organisation at an end that has as many sites as were counted, else the only one."""
    if of:
        for end in ends:
            if landscape.organisations[end].instances == of[1]:
                return end
    return ends[0] if len(set(ends)) == 1 else None


def _on_paper(
    landscape: Landscape, shares: Shares, source: str, losses: Iterable[Loss]
) -> Iterator[str]:
    whose = {loss.organisation for loss in losses if loss.organisation}
    category = shares.asker.item.category
    for system_id, system in sorted(landscape.systems.items()):
        if system.is_human and system_id not in shares.down:
            holds = system.organisation == source and covering_entry(system.holds, category)
            if holds or system.organisation in whose:
                yield system_id
