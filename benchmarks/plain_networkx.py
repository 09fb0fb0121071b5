"""The peer: the same search on a plain networkx graph, one search for each need item and source.

Places are nodes and hops are edges of a ``MultiDiGraph``, everything about them in attribute
dicts, as anyone would first write it. The rules, the limits, the dominance and the pruning are
those of ``sharedcare.flows``: only hops are taken from which an end can still be reached, and only
places looked at to which something held gets (here because each search begins at a source). The
finding of sources and the arithmetic of coverage are imported. What differs is the graph, the
direction, and that here each source has a search of its own.
"""

import heapq
import itertools
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import networkx

from sharedcare.flows.coverage import coverage, need_verdict, rank
from sharedcare.flows.sources import Completion, SourceFinder, Start, covering_entry
from sharedcare.flows.taking import Time, plain
from sharedcare.flows.verdict import between
from sharedcare.landscape import Agreement, Flow, Item, Landscape, Need
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.landscape.data_categories import covers
from sharedcare.landscape.entry import Period
from sharedcare.quantities import Hours, Range, Unknown
from sharedcare.vocabulary import (
    REKEYED_MECHANISMS,
    AgreementStatus,
    FlowStatus,
    Form,
    Lifecycle,
    Mode,
    Purpose,
    Use,
    Verdict,
)

Attributes = dict[str, Any]


class Way(NamedTuple):
    """One way to be at a place; ordered by age, which only grows."""

    age: Time
    wait: Time
    rekeys: int
    dullness: int
    lack: Any
    hops: int
    order: int
    place: str
    phase: str
    tainted: bool


class PlainRun:
    """One run over one landscape, taking all that is unknown at its best or at its worst."""

    def __init__(self, landscape: Landscape, finder: SourceFinder, at_best: bool) -> None:
        self.landscape = landscape
        self.finder = finder
        self.at_best = at_best
        self.parties = {
            key: {name for party in agreement.parties for name in landscape.named_by(party)}
            for key, agreement in landscape.agreements.items()
        }
        self.in_force = {
            key for key, found in landscape.agreements.items() if self._is_in_force(found)
        }
        self.lawful: dict[tuple[Any, ...], bool] = {}
        self.graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        self._add_places()
        self._add_hops()

    def _take(self, value: Any, good: Any, bad: Any) -> Any:
        if value is None or isinstance(value, Unknown):
            return good if self.at_best else bad
        return value

    def _number(self, value: Any, attribute: str, short_is_good: bool) -> Time:
        """A duration, rate or share as a number; a range or unknown at this run's end of it."""
        if isinstance(value, Range):
            value = value.low if short_is_good is self.at_best else value.high
        if value is None or isinstance(value, Unknown):
            return 0 if short_is_good is self.at_best else math.inf
        return plain(getattr(value, attribute))

    def _share(self, value: Any) -> Any:
        return 1 if value is None else min(1, self._number(value, "value", short_is_good=False))

    def _is_in_force(self, agreement: Agreement) -> bool:
        status = self._take(agreement.status, AgreementStatus.SIGNED, AgreementStatus.NONE)
        slots = [
            agreement.lawful_basis.slot(name) if agreement.lawful_basis else None
            for name in self.landscape.meta.lawful_basis_asked
        ]
        based = all(self._take(slot, "given", NO_BASIS) != NO_BASIS for slot in slots)
        return status is AgreementStatus.SIGNED and based and self._is_valid(agreement.valid)

    def _is_valid(self, valid: Period | None) -> bool:
        if valid is None:
            return True
        day, ends = self.landscape.as_of, (valid.from_, valid.until)
        starts = ends[0] is None or isinstance(ends[0], Unknown) or ends[0] <= day
        lasts = ends[1] is None or isinstance(ends[1], Unknown) or day <= ends[1]
        open_end = any(isinstance(end, Unknown) for end in ends)
        return starts and lasts and (self.at_best or not open_end)

    def _add_places(self) -> None:
        for key, system in self.landscape.systems.items():
            lifecycle = self._take(system.lifecycle, Lifecycle.LIVE, Lifecycle.RETIRED)
            processes = {o for p in system.processor_for for o in self.landscape.named_by(p)}
            self.graph.add_node(
                key,
                organisation=system.organisation,
                human=system.is_human,
                live=lifecycle.works,
                processes=processes,
                domains=system.identity_domains or (),
            )
        for key, stakeholder in self.landscape.stakeholders.items():
            self.graph.add_node(
                key,
                organisation=stakeholder.organisation,
                human=True,
                live=True,
                processes=set(),
                domains=(),
            )

    def _add_hops(self) -> None:
        for key, flow in self.landscape.flows.items():
            self.graph.add_edge(flow.from_, flow.to, key=key, **self._attributes(flow))
        for key, stakeholder in self.landscape.stakeholders.items():
            for use in stakeholder.uses:
                if use.access is None or self._take(use.access, good=True, bad=False):
                    self.graph.add_edge(use.system, key, **self._use(use.reach))

    def _use(self, reach: Any) -> Attributes:
        return {
            "use": True,
            "mode": Mode.VIEW,
            "time": 0,
            "carries": {"all": int(Form.PROFILED)},
            "lack": plain(Fraction(1 - self._share(reach))),
            "history": None,
            "capacity": None,
            "rekeys": 0,
            "works": True,
            "direct_care": False,
            "agreements": None,
        }

    def _attributes(self, flow: Flow) -> Attributes:
        share = min(self._share(flow.reach), self._share(flow.match_rate))
        status = self._take(flow.status, FlowStatus.LIVE, FlowStatus.PLANNED)
        tested = flow.history is not None or flow.mode not in (Mode.PUSH, Mode.MANUAL)
        basis = flow.basis
        return {
            "use": False,
            "mode": flow.mode,
            "time": self._time(flow),
            "carries": {name: self._form(found) for name, found in flow.carries.items()},
            "lack": plain(Fraction(1 - share)),
            "history": self._number(flow.history, "seconds", False) if tested else None,
            "capacity": self._number(flow.capacity, "per_second", False) if flow.capacity else None,
            "rekeys": int(self._is_rekeyed(flow)),
            "works": status.works and self._is_valid(flow.valid) and self._domains_fit(flow),
            "direct_care": basis is Purpose.DIRECT_CARE
            or (isinstance(basis, Unknown) and self.at_best),
            "agreements": None if flow.agreements is None else set(flow.agreements),
        }

    def _time(self, flow: Flow) -> Time:
        said = flow.delay if flow.mode.delivers else flow.wait
        time = self._number(said, "seconds", short_is_good=True)
        if flow.mode is Mode.BATCH:
            time += self._number(flow.interval, "seconds", short_is_good=True)
        if isinstance(flow.hours, Hours):
            time += plain(flow.hours.longest_closed)
        elif flow.hours is not None:
            time += 0 if self.at_best else math.inf
        return time

    def _form(self, carried: Any) -> int:
        if carried.as_held:
            return int(Form.PROFILED)
        return int(self._take(carried.form, Form.PROFILED, Form.VERBAL))

    def _is_rekeyed(self, flow: Flow) -> bool:
        by_hand = flow.mode is Mode.MANUAL or flow.mechanism in REKEYED_MECHANISMS
        if flow.rekeyed is None and (not by_hand or self.graph.nodes[flow.to]["human"]):
            return False
        return bool(self._take(flow.rekeyed, good=False, bad=True))

    def _domains_fit(self, flow: Flow) -> bool:
        ends = [self.graph.nodes[place]["domains"] for place in (flow.from_, flow.to)]
        if any(not isinstance(end, Unknown) and not end for end in ends):
            return True
        if any(isinstance(end, Unknown) for end in ends):
            return self.at_best
        shared = set(ends[0]) & set(ends[1])
        if isinstance(flow.identity_domain, Unknown):
            return bool(shared) and self.at_best
        return flow.identity_domain in shared if flow.identity_domain else bool(shared)

    def coverages(self, need: Need, completion: Completion) -> list[dict[str, Fraction]]:
        """For each item of a need, how much of each source's part arrives."""
        settled = {fact.id: live for fact, live in completion.items() if fact.key == "lifecycle"}
        return [self._item(need, item, completion, settled) for item in need.content]

    def _item(
        self, need: Need, item: Item, completion: Completion, settled: dict[str, bool]
    ) -> dict[str, Fraction]:
        search = PlainSearch(self, need, item, settled)
        starts = self.finder.sources(item, completion).starts
        return {source: search.best_reach(source, starts[source]) for source in starts}

    def is_lawful(  # noqa: PLR0917 # all of them are asked of one hop
        self, source: str, here: str, there: str, hop: Attributes, category: str, purpose: Purpose
    ) -> bool:
        """Whether information of a source may go along a hop; answers are kept."""
        nodes = self.graph.nodes
        from_, to = nodes[here]["organisation"], nodes[there]["organisation"]
        if to is None or to == source or source in nodes[there]["processes"]:
            return True
        if hop["direct_care"] and purpose is Purpose.DIRECT_CARE:
            return True
        if from_ == to and source not in nodes[here]["processes"]:
            return True
        listed = hop["agreements"]
        key = (source, to, category, purpose, None if listed is None else frozenset(listed))
        if key not in self.lawful:
            self.lawful[key] = self._is_covered(source, to, category, purpose, listed)
        return self.lawful[key]

    def _is_covered(
        self, source: str, to: str, category: str, purpose: Purpose, listed: set[str] | None
    ) -> bool:
        both = [key for key, parties in self.parties.items() if {source, to} <= parties]
        if listed is None and not both:
            return self.at_best
        return any(
            key in self.in_force
            and (listed is None or key in listed)
            and purpose in self.landscape.agreements[key].purposes
            and any(
                name == "all" or covers(name, category)
                for name in self.landscape.agreements[key].categories
            )
            for key in both
        )


class PlainSearch:
    """The searches for one item of one need, one for each of its sources."""

    def __init__(self, run: PlainRun, need: Need, item: Item, settled: dict[str, bool]) -> None:
        self.run, self.graph, self.need, self.item = run, run.graph, need, item
        self.settled = settled
        parts = item.category.split(".")
        ids = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
        self.names = [*ids, "all"]
        self.max_age = plain(need.max_age.seconds) if need.max_age else math.inf
        self.max_wait = plain(need.max_wait.seconds) if need.max_wait else math.inf
        self.max_rekeys = math.inf if need.max_rekeys is None else need.max_rekeys
        self.told = need.at is None and need.use is not Use.INGEST
        self.uses = self._uses()
        self.towards_ends = self._towards_ends()

    def _uses(self) -> list[tuple[str, Attributes]]:
        into = self.graph.in_edges(self.need.stakeholder, data=True)
        uses = [(system, hop) for system, _, hop in into if hop["use"]]
        return [found for found in uses if self.need.at in (None, found[0])]

    def _towards_ends(self) -> "networkx.MultiDiGraph[str]":
        """The hops that can carry and from which an end can still be reached, as a graph."""
        found = {system for system, _ in self.uses}
        if self.told:
            found.add(self.need.stakeholder)
        waiting = list(found)
        kept: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        kept.add_nodes_from(found)
        while waiting:
            there = waiting.pop()
            for here, _, key, hop in self.graph.in_edges(there, keys=True, data=True):
                if not self._can_carry(here, there, hop):
                    continue
                kept.add_edge(here, there, key=key, **hop, form=self._form(hop))
                if here not in found:
                    found.add(here)
                    waiting.append(here)
        return kept

    def _form(self, hop: Attributes) -> int | None:
        carries = hop["carries"]
        return next((carries[name] for name in self.names if name in carries), None)

    def _is_live(self, place: str) -> bool:
        return bool(self.settled.get(place, self.graph.nodes[place]["live"]))

    def _can_carry(self, here: str, there: str, hop: Attributes) -> bool:
        lookback, events = self.item.lookback, self.need.quantity.events
        return (
            self._form(hop) is not None
            and hop["works"]
            and hop["lack"] < 1
            and self._is_live(here)
            and self._is_live(there)
            and (not lookback or hop["history"] is None or hop["history"] >= lookback.seconds)
            and (not events or hop["capacity"] is None or hop["capacity"] >= events.per_second)
        )

    def best_reach(self, source: str, starts: Iterable[Start]) -> Fraction:
        """The best reach with which a source's information arrives, 0 where it does not."""
        heap = [way for order, start in enumerate(starts) for way in self._start(start, order)]
        heapq.heapify(heap)
        settled: dict[tuple[str, str, bool], list[Way]] = {}
        least, order = 1, len(heap)
        while heap:
            way = heapq.heappop(heap)
            here = settled.setdefault((way.place, way.phase, way.tainted), [])
            if any(_no_worse(other, way) for other in here):
                continue
            here.append(way)
            least = min(least, self._arrives(source, way))
            if way.place not in self.towards_ends:
                continue
            for _, there, hop in self.towards_ends.out_edges(way.place, data=True):
                following = self._along(source, way, there, hop, order)
                if following is not None:
                    heapq.heappush(heap, following)
                    order += 1
        return Fraction(1 - least)

    def _start(self, start: Start, order: int) -> Iterator[Way]:
        run, lookback = self.run, self.item.lookback
        holds = run.landscape.systems[start.system].holds
        held = covering_entry(holds, self.item.category)
        if held is None or not self._is_live(start.system):
            return
        holding = holds[held]
        if lookback and run._number(holding.history, "seconds", False) < lookback.seconds:
            return
        share = run._share(holding.completeness)
        written = holding.written_up_in
        age = run._number(written, "seconds", short_is_good=True) if written else 0
        form = int(run._take(holding.form, Form.PROFILED, Form.VERBAL))
        tainted = self.need.use is Use.ALERT
        if share and age <= self.max_age:
            lack = plain(Fraction(1 - share))
            yield Way(age, 0, 0, -form, lack, 0, order, start.system, "stored", tainted)

    def _along(self, source: str, way: Way, there: str, hop: Attributes, order: int) -> Way | None:
        here, mode = way.place, hop["mode"]
        human = self.graph.nodes[here]["human"]
        phase = "stored" if human else way.phase
        if (mode.delivers and phase != "stored") or (phase == "shown" and not hop["use"]):
            return None
        form = min(-way.dullness, hop["form"])
        age, rekeys = way.age + hop["time"], way.rekeys + hop["rekeys"]
        if age > self.max_age or rekeys > self.max_rekeys or form < self.item.min_form:
            return None
        category, purpose = self.item.category, self.need.purpose
        if not self.run.is_lawful(source, here, there, hop, category, purpose):
            return None
        stored = mode.delivers or self.graph.nodes[there]["human"]
        return Way(
            age=age,
            wait=0 if mode.delivers else way.wait + hop["time"],
            rekeys=rekeys,
            dullness=-form,
            lack=max(way.lack, hop["lack"]),
            hops=way.hops + 1,
            order=order,
            place=there,
            phase="stored" if stored else "shown" if mode is Mode.VIEW else "answered",
            tainted=self._taints(mode) or (way.tainted and way.hops > 0 and not human),
        )

    def _taints(self, mode: Mode) -> bool:
        if self.need.use is Use.ALERT:
            return not mode.delivers
        return self.need.use is Use.INGEST and mode is Mode.VIEW

    def _arrives(self, source: str, way: Way) -> Any:
        """The share of people who lack it when the route ends here, 1 where it does not."""
        fits = -way.dullness >= self.item.min_form and way.age <= self.max_age
        if not fits or way.wait > self.max_wait or way.rekeys > self.max_rekeys or way.tainted:
            return 1
        lacks = [1]
        if self.told and way.place == self.need.stakeholder:
            lacks.append(way.lack)
        for system, hop in self.uses:
            if system == way.place and self._may_be_used(source, system, hop):
                lacks.append(max(way.lack, hop["lack"]))
        return min(lacks)

    def _may_be_used(self, source: str, system: str, hop: Attributes) -> bool:
        category, purpose = self.item.category, self.need.purpose
        there = self.need.stakeholder
        return self.run.is_lawful(source, system, there, hop, category, purpose)


def _no_worse(settled: Way, way: Way) -> bool:
    return (
        settled.wait <= way.wait
        and settled.rekeys <= way.rekeys
        and settled.dullness <= way.dullness
        and settled.lack <= way.lack
    )


class PlainJudge:
    """Judges needs one by one, each at best and at worst."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.finder = SourceFinder(landscape)
        self.best = PlainRun(landscape, self.finder, at_best=True)
        self.worst = PlainRun(landscape, self.finder, at_best=False)

    def verdict(self, need_id: str) -> Verdict:
        """The verdict on one need, over every way in which its sources may turn out."""
        need = self.landscape.needs[need_id]
        facts = dict.fromkeys(
            fact for item in need.content for fact in self.finder.deciding_facts(item)
        )
        completions = [
            dict(zip(facts, answers, strict=True))
            for answers in itertools.product((False, True), repeat=len(facts))
        ]
        low = min((self._of(self.worst, need, found) for found in completions), key=rank)
        high = max((self._of(self.best, need, found) for found in completions), key=rank)
        return between(low, high)

    def _of(self, run: PlainRun, need: Need, completion: Completion) -> Verdict:
        sources = run.coverages(need, completion)
        shares = [
            coverage(self.landscape, item, covered)
            for item, covered in zip(need.content, sources, strict=True)
        ]
        return need_verdict(need, shares, sources)
