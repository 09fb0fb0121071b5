"""The landscape as the search sees it: places and hops, in one way of taking what is unknown."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sharedcare.flows.hops import AS_HELD, Compiler, Hop, system_is_live
from sharedcare.flows.law import Crossing, Law
from sharedcare.flows.layout import Arc, Layout
from sharedcare.flows.sources import covering_entry
from sharedcare.flows.taking import Exact, Fact, Taking, Time, plain
from sharedcare.landscape import Item, Landscape
from sharedcare.vocabulary import Form, Mode


@dataclass(frozen=True, slots=True)
class Stored:
    """What a route starts with: form, age so far, share of people lacking, how far back.

    ``history`` is None where nobody asks how far back it reaches; ``facts`` are the unknown facts
    that were come across in it.
    """

    form: int
    age: Time
    lack: Exact
    history: Time | None
    age_said: bool
    facts: frozenset[Fact]

    @property
    def certain(self) -> bool:
        """Whether nothing in it is unknown."""
        return not self.facts


class Passage(NamedTuple):
    """A hop into a place that carries a category, with the figures that a search asks for."""

    position: int
    from_: str
    from_human: bool
    asks: int
    leaves: int
    mode: Mode
    delivers: bool
    time: Time
    rekeys: int
    form: int
    lack: Exact
    history: Time | None
    capacity: Time | None


class Network:
    """Hops by place, and the answers that a search asks for again and again.

    ``twin`` is the network of the same landscape that takes the unknown otherwise: what is certain
    is taken over from it and not worked out again.
    """

    def __init__(self, landscape: Landscape, taking: Taking, twin: "Network | None" = None) -> None:
        self.landscape = landscape
        self.taking = taking
        self.law = Law(landscape, taking)
        twins = {hop.flow: hop for hop in twin.hops if hop.flow is not None} if twin else {}
        self.hops: list[Hop] = list(Compiler(landscape, taking).hops(twins))
        self.layout: Layout = twin.layout if twin else Layout(landscape, self.hops)
        self.crossings: list[Crossing] = self._interned_crossings()
        self._stored: dict[tuple[str, str, bool], Stored | None] = {}
        self._passages: dict[tuple[str, str], list[Passage]] = {}

    def settling(self, facts: frozenset[Fact]) -> "Network":
        """The same network with some more facts taken otherwise; the rest is shared with it."""
        made = copy.copy(self)
        made.taking = self.taking.settling(facts)
        touched = sorted({at for fact in facts for at in self.resting.get(fact, ())})
        kinds = {fact.kind for fact in facts}
        if "agreements" in kinds:
            made.law = self.law.settling(made.taking)
        if "systems" in kinds:
            made._stored = {k: v for k, v in self._stored.items() if not v or not v.facts & facts}
            made.__dict__.pop("down", None)
        if touched:
            made._patch(touched)
        return made

    def _patch(self, touched: Sequence[int]) -> None:
        """Compile some hops again, and forget what was worked out of them."""
        compiler = Compiler(self.landscape, self.taking)
        self.hops, self.crossings = self.hops.copy(), self.crossings.copy()
        for position in touched:
            self.hops[position] = self._again(compiler, position)
            self.crossings[position] = self.law.crossing(self.hops[position])
        places = {self.hops[position].to for position in touched}
        self._passages = {k: v for k, v in self._passages.items() if k[1] not in places}
        self.__dict__.pop("resting", None)
        if any(self.hops[position].flow is None for position in touched):
            self.__dict__.pop("uses", None)

    def _again(self, compiler: Compiler, position: int) -> Hop:
        """Compile the hop at a position again; the uses of a stakeholder lie side by side."""
        hop, first = self.hops[position], position
        if hop.flow is not None:
            return compiler.by_itself(hop.flow)
        while first and (self.hops[first - 1].flow, self.hops[first - 1].to) == (None, hop.to):
            first -= 1
        return list(compiler.uses(hop.to))[position - first]

    @cached_property
    def resting(self) -> dict[Fact, list[int]]:
        """For each unknown fact the positions of the hops that rest on it."""
        found: dict[Fact, list[int]] = defaultdict(list)
        for position, hop in enumerate(self.hops):
            for fact in hop.facts:
                found[fact].append(position)
        return dict(found)

    def without_agreements(self, lost: frozenset[str]) -> "Network":
        """The same network where some agreements stand nowhere."""
        left = copy.copy(self)
        left.law = replace(self.law, lost=self.law.lost | lost)
        return left

    def matching_as(self, landscape: Landscape) -> "Network":
        """The same network where systems match people as they do in another landscape."""
        compiler, left = Compiler(landscape, self.taking.alone()), copy.copy(self)
        left.hops = [
            hop
            if hop.flow is None
            else replace(hop, identity=compiler.identity(hop.flow, landscape.flows[hop.flow]))
            for hop in self.hops
        ]
        left._passages = {}
        return left

    @property
    def humans(self) -> frozenset[str]:
        """Places where a human hand passes on what is there."""
        return self.layout.humans

    def _interned_crossings(self) -> list[Crossing]:
        known: dict[Crossing, Crossing] = {}
        made = (self.law.crossing(hop) for hop in self.hops)
        return [known.setdefault(crossing, crossing) for crossing in made]

    @cached_property
    def down(self) -> frozenset[str]:
        """Systems that are not in use."""
        return frozenset(
            system_id
            for system_id, system in self.landscape.systems.items()
            if not system_is_live(self.taking, system_id, system.lifecycle)
        )

    @cached_property
    def uses(self) -> dict[str, list[int]]:
        """For each stakeholder, the positions of the hops that are uses of a system."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, hop in enumerate(self.hops):
            if hop.flow is None and hop.live:
                found[hop.to].append(position)
        return dict(found)

    def passages(self, category: str, place: str) -> list[Passage]:
        """The hops into a place that carry a category and are in use."""
        known = self._passages.get((category, place))
        if known is None:
            carriage = self.layout.carriage(category)
            known = self._passages[category, place] = [
                self.passage(arc, carriage.names)
                for arc in carriage.into(place)
                if self.hops[arc.position].works
            ]
        return known

    def passage(self, arc: Arc, names: Iterable[str]) -> Passage:
        """A hop with its figures for a category, known by ``names``; not carried, as held."""
        hop = self.hops[arc.position]
        form = hop.form_of(names)
        return Passage(
            position=arc.position,
            from_=arc.from_,
            from_human=arc.from_ in self.humans,
            asks=arc.asks,
            leaves=arc.leaves,
            mode=hop.mode,
            delivers=hop.delivers,
            time=hop.time,
            rekeys=hop.rekeys,
            form=AS_HELD if form is None else form,
            lack=hop.lack,
            history=hop.history,
            capacity=hop.capacity,
        )

    def stored(self, system_id: str, item: Item) -> Stored | None:
        """What is held of an item's category in a system, None if nothing covers it."""
        key = (system_id, item.category, item.lookback is not None)
        if key not in self._stored:
            self._stored[key] = self._as_stored(*key)
        return self._stored[key]

    def _as_stored(self, system_id: str, category: str, looks_back: bool) -> Stored | None:
        system = self.landscape.systems[system_id]
        held = covering_entry(system.holds, category)
        if held is None:
            return None
        holding, take = system.holds[held], self.taking.alone()
        fact = Fact("systems", system_id, f"holds.{held}")
        form = take.choice(_key(fact, "form"), holding.form, Form.PROFILED, Form.VERBAL)
        written = holding.written_up_in
        completeness = take.share(_key(fact, "completeness"), holding.completeness)
        age = take.time(_key(fact, "written_up_in"), written) if written else 0
        history = take.span(_key(fact, "history"), holding.history) if looks_back else None
        self.taking.met.update(take.met)
        return Stored(
            form=int(form),
            age=age,
            lack=plain(1 - completeness),
            history=history,
            age_said=written is not None,
            facts=frozenset(take.met),
        )


def _key(fact: Fact, key: str) -> Fact:
    return fact._replace(key=f"{fact.key}.{key}")
