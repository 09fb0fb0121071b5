"""Sights: what one role can see of one organisation's part of a category, without any limit.

A need without limits is put to the evaluator, in both runs: the rules are those of every verdict.
Of a part that surely comes the way of the worst run is told, of another that of the best. For how
many people it comes is told beside that: where nobody knows a share, the part comes all the same,
for some.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from sharedcare.flows.diagnosis import Diagnosis
from sharedcare.flows.evaluation import Arrival, Asked, Evaluation
from sharedcare.flows.law import asks_for_cover
from sharedcare.flows.layout import NOWHERE
from sharedcare.flows.network import Network, Stored
from sharedcare.flows.sources import SourceFinder, SourceSet, Start, covering_entry
from sharedcare.flows.taking import ENDLESS, Fact, Time, best, worst
from sharedcare.flows.verdict import Bounds, Step
from sharedcare.flows.witness import Figures, figures_along, hops_of, steps
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.quantities import Duration, Unknown
from sharedcare.vocabulary import Form, Purpose, Reason

#: Behind an id, it makes one that no profile can hold.
_TOLD = " told"


class Span(NamedTuple):
    """A time at best and at worst, in seconds; the two differ where something is not known."""

    low: Time
    high: Time


@dataclass(frozen=True, slots=True)
class Sight:
    """What comes of one organisation's part of a category to one role.

    ``at`` is the system in which they see it, None where they are told outside any system.
    ``certain``: it surely comes. ``age`` and ``wait`` are along ``path`` at best and at worst,
    ``form`` and ``reach`` at worst and at best, and so is ``history``, how far back it reaches:
    from 0 to without end where nobody has said. ``covers`` holds, for each hop that needs an
    agreement, those of which each one alone would do: none where nothing is recorded.
    """

    stakeholder: str
    category: str
    organisation: str
    at: str | None
    certain: bool
    age: Span
    wait: Span
    form: tuple[Form, Form]
    history: Span
    reach: Bounds
    path: tuple[Step, ...]
    covers: tuple[tuple[str, ...], ...]

    @property
    def system(self) -> str:
        """The system in which it is held."""
        return self.path[0].place

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows by which it comes."""
        return tuple(step.flow for step in self.path if step.flow is not None)


class Sights:
    """Asks what roles can see in one landscape; what both runs work out is kept."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        heard = _with_ears(landscape)
        self.best = Evaluation(Network(heard, best()))
        self._shares = frozenset(_unknown_shares(landscape))
        taking = worst(self._shares)
        self.worst = Evaluation(Network(heard, taking, twin=self.best.network))
        self.finder = SourceFinder(heard)
        self.proven = True
        self._diagnosis = Diagnosis(self.best.network)
        self._starts: dict[str, Mapping[str, tuple[Start, ...]]] = {}
        self._items: dict[tuple[str, bool], Item] = {}

    def start_afresh(self) -> None:
        """Begin to count anew what searches may spend."""
        for run in (self.best, self.worst):
            run.start_afresh()

    def starts(self, category: str) -> Mapping[str, tuple[Start, ...]]:
        """Every organisation that holds a category, with the systems where it does."""
        known = self._starts.get(category)
        if known is None:
            known = self._starts[category] = self._started(category)
        return known

    def _started(self, category: str) -> Mapping[str, tuple[Start, ...]]:
        starts: dict[str, list[Start]] = {}
        for held in self.finder.holdings(category):
            if held.system.organisation is not None:
                start = Start(held.system_id, held.category)
                starts.setdefault(held.system.organisation, []).append(start)
        return {key: tuple(starts[key]) for key in sorted(starts)}

    def law_of(self, category: str, purpose: Purpose) -> object:
        """What the law makes of a category and a purpose: alike for two, so is what is seen."""
        good = tuple(
            run.network.law.in_force & run.network.law.covering(category, purpose)
            for run in (self.best, self.worst)
        )
        return good, purpose is Purpose.DIRECT_CARE

    def seen(self, stakeholder: str, category: str, purpose: Purpose, at: str) -> list[Sight]:
        """What they can see in one system that they use, of every organisation's part."""
        return self._asked(stakeholder, stakeholder, category, purpose, at)

    def told(self, stakeholder: str, category: str, purpose: Purpose) -> list[Sight]:
        """What they are told or handed outside any system, of every organisation's part."""
        if stakeholder + _TOLD not in self.best.network.landscape.stakeholders:
            return []
        return self._asked(stakeholder, stakeholder + _TOLD, category, purpose, None)

    def anywhere(self, stakeholder: str, category: str, purpose: Purpose) -> list[Sight]:
        """What they can see in any of their systems; of what they see in none, what they are told.

        Of a part that they see in several systems, it is the way into the first that they use.
        """
        found: dict[str, Sight] = {}
        for use in self.landscape.stakeholders[stakeholder].uses:
            for sight in self.seen(stakeholder, category, purpose, use.system):
                found.setdefault(sight.organisation, sight)
        for sight in self.told(stakeholder, category, purpose):
            found.setdefault(sight.organisation, sight)
        return [found[key] for key in sorted(found)]

    def reasons(
        self, stakeholder: str, category: str, purpose: Purpose, organisations: Collection[str]
    ) -> dict[str, tuple[Reason, ...]]:
        """Why the parts of some organisations do not come to a role at all."""
        asker = self._asker(stakeholder, category, purpose, None)
        holding = asker.sources.starts.keys()
        wanted = tuple(key for key in organisations if key in holding)
        nothing: tuple[Reason, ...] = (Reason.NO_SOURCE,)
        found = dict.fromkeys((key for key in organisations if key not in holding), nothing)
        return found | self._diagnosis.reasons(asker, wanted, self.best.network.down)

    def _asker(self, place: str, category: str, purpose: Purpose, at: str | None) -> Asked:
        """A need without limits; a twin's id is none that a profile's need could name."""
        item = self._item(category)
        need = Need(stakeholder=_declared(place), content=(item,), purpose=purpose, at=at)
        key = f"{place} {category} {purpose.value} {at or ''}"
        asked = need.model_copy(update={"stakeholder": place})
        return Asked(key, asked, 0, SourceSet(self.starts(category)))

    def _item(self, category: str, looking_back: bool = False) -> Item:
        """What is asked of a category; ``looking_back`` asks how far back it reaches too."""
        key = (category, looking_back)
        if key not in self._items:
            lookback = Duration(Fraction(1)) if looking_back else None
            self._items[key] = Item(category=category, lookback=lookback)
        return self._items[key]

    def _asked(
        self, stakeholder: str, place: str, category: str, purpose: Purpose, at: str | None
    ) -> list[Sight]:
        end = place if at is None else at
        if not self._may_come(end, category):
            return []
        asker = self._asker(place, category, purpose, at)
        at_best = self.best.arrivals([asker])
        at_worst = self.worst.arrivals_below([asker], self.best, at_best)
        self.proven &= asker.key not in self.best.unproven | self.worst.unproven
        found = {
            source: (at_worst[asker.key][source] or arrival, bool(at_worst[asker.key][source]))
            for source, arrival in at_best[asker.key].items()
            if arrival is not None
        }
        return [
            self._sight(stakeholder, asker, source, arrival, certain)
            for source, (arrival, certain) in found.items()
        ]

    def _may_come(self, place: str, category: str) -> bool:
        """Whether a category is held at a place, or any flow at all can bring it there."""
        if place not in self.landscape.systems:
            return True
        return self.best.network.layout.carriage(category).phase(place) != NOWHERE

    def _sight(
        self, stakeholder: str, asker: Asked, source: str, arrival: Arrival, certain: bool
    ) -> Sight:
        good, bad = (self._at_end(run, asker, arrival) for run in (self.best, self.worst))
        told = good, bad
        path = self._path(self.worst if certain else self.best, asker, source, arrival)
        return Sight(
            stakeholder=stakeholder,
            category=asker.item.category,
            organisation=source,
            at=asker.need.at,
            certain=certain,
            age=Span(*(step.age for step in told)),
            wait=Span(*(step.wait for step in told)),
            form=(bad.form, good.form),
            history=Span(*(self._history(run, asker, arrival) for run in (self.worst, self.best))),
            reach=Bounds(self._least(asker, path, bad.reach), good.reach),
            path=path,
            covers=tuple(self._covers(asker, source, arrival)),
        )

    def _at_end(self, run: Evaluation, asker: Asked, arrival: Arrival) -> Figures:
        """What holds at the end of a way as one run sees it, whichever found it."""
        stored = self._stored(run, asker, arrival)
        *_, last = figures_along(run.network, asker, hops_of(arrival), stored)
        return last

    def _path(
        self, run: Evaluation, asker: Asked, source: str, arrival: Arrival
    ) -> tuple[Step, ...]:
        """The way of an arrival as one run sees it, whichever found it."""
        seen = replace(arrival, stored=self._stored(run, asker, arrival))
        return tuple(map(_as_declared, steps(run, asker, source, seen)))

    def _stored(self, run: Evaluation, asker: Asked, arrival: Arrival) -> Stored:
        """What one run finds where a way starts."""
        return run.network.stored(arrival.system, asker.item) or arrival.stored

    def _covers(self, asker: Asked, source: str, arrival: Arrival) -> Iterator[tuple[str, ...]]:
        network, good = self.best.network, self.best.law_for(asker).good
        for position in hops_of(arrival):
            crossing = network.crossings[position]
            if asks_for_cover(source, crossing, asker.need.purpose):
                yield network.law.covers(source, crossing, good)

    def _least(self, asker: Asked, path: tuple[Step, ...], reach: Fraction) -> Fraction:
        """The share that a way reaches at worst: nobody, where a share on it is not known."""
        on_it = _share_facts(self.landscape, asker.item.category, path) if self._shares else ()
        return reach if self._shares.isdisjoint(on_it) else Fraction(0)

    def _history(self, run: Evaluation, asker: Asked, arrival: Arrival) -> Time:
        """How far back a way reaches: as far as the narrowest place on it."""
        stored = run.network.stored(
            arrival.system, self._item(asker.item.category, looking_back=True)
        )
        hops = (run.network.hops[way.by] for way in arrival.ways() if way.by >= 0)
        windows = [hop.history for hop in hops] + [stored.history if stored else None]
        return min((window for window in windows if window is not None), default=ENDLESS)


def _unknown_shares(landscape: Landscape) -> Iterator[Fact]:
    """Every fact that says for what share of people something holds, and that is not known."""
    for key, system in landscape.systems.items():
        for held, holding in system.holds.items():
            if isinstance(holding.completeness, Unknown):
                yield Fact("systems", key, f"holds.{held}.completeness")
    for key, flow in landscape.flows.items():
        for name, share in (("reach", flow.reach), ("match_rate", flow.match_rate)):
            if isinstance(share, Unknown):
                yield Fact("flows", key, name)
    for key, stakeholder in landscape.stakeholders.items():
        for use in stakeholder.uses:
            if isinstance(use.reach, Unknown):
                yield Fact("stakeholders", key, f"uses.{use.system}.reach")


def _share_facts(landscape: Landscape, category: str, path: tuple[Step, ...]) -> Iterator[Fact]:
    """The facts that say for what share of people something comes by a way."""
    held = covering_entry(landscape.systems[path[0].place].holds, category)
    yield Fact("systems", path[0].place, f"holds.{held}.completeness")
    for before, step in pairwise(path):
        if step.flow is None:
            yield Fact("stakeholders", step.place, f"uses.{before.place}.reach")
        else:
            yield Fact("flows", step.flow, "reach")
            yield Fact("flows", step.flow, "match_rate")


def _with_ears(landscape: Landscape) -> Landscape:
    """Add to each role that flows lead to a twin that uses no system: what it is told itself."""
    heard = {
        flow_id: flow
        for flow_id, flow in landscape.flows.items()
        if flow.to in landscape.stakeholders
    }
    ears = {
        flow.to + _TOLD: landscape.stakeholders[flow.to].model_copy(update={"uses": ()})
        for flow in heard.values()
    }
    twins = {
        flow_id + _TOLD: flow.model_copy(update={"to": flow.to + _TOLD})
        for flow_id, flow in heard.items()
    }
    return landscape.model_copy(
        update={
            "stakeholders": {**landscape.stakeholders, **ears},
            "flows": {**landscape.flows, **twins},
        }
    )


def _declared(twin: str) -> str:
    """The id in the landscape of a role or flow, or of the twin that was added to it."""
    return twin.removesuffix(_TOLD)


def _as_declared(step: Step) -> Step:
    """A step under the ids of the landscape, whichever twin took it."""
    if not (step.place.endswith(_TOLD) or (step.flow or "").endswith(_TOLD)):
        return step
    flow = None if step.flow is None else _declared(step.flow)
    return replace(step, place=_declared(step.place), flow=flow)
