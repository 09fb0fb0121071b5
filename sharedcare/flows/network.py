"""The landscape as the search sees it: places and hops, in one way of taking what is unknown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sharedcare.flows.hops import Compiler, Hop, system_is_live
from sharedcare.flows.law import Crossing, Law
from sharedcare.flows.sources import covering_entry
from sharedcare.flows.taking import Exact, Fact, Taking, Time, plain
from sharedcare.landscape import Item, Landscape
from sharedcare.vocabulary import Form


@dataclass(frozen=True, slots=True)
class Stored:
    """What a route starts with: form, age so far, share of people lacking, how far back."""

    form: int
    age: Time
    lack: Exact
    history: Time | None
    age_said: bool


class Network:
    """Hops by place, and the answers that a search asks for again and again."""

    def __init__(self, landscape: Landscape, taking: Taking) -> None:
        self.landscape = landscape
        self.taking = taking
        self.law = Law(landscape, taking)
        self.hops: list[Hop] = list(Compiler(landscape, taking).hops())
        for position, hop in enumerate(self.hops):
            hop.position = position
        self.crossings: list[Crossing] = self._interned_crossings()
        self._carried: dict[str, dict[int, int]] = {}

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
    def humans(self) -> frozenset[str]:
        """Places where a human hand passes on what is there."""
        paper = (key for key, system in self.landscape.systems.items() if system.is_human)
        return frozenset(paper) | frozenset(self.landscape.stakeholders)

    @cached_property
    def uses(self) -> dict[str, list[int]]:
        """For each stakeholder, the positions of the hops that are uses of a system."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, hop in enumerate(self.hops):
            if hop.flow is None:
                found[hop.to].append(position)
        return dict(found)

    @cached_property
    def by_category(self) -> dict[str, list[int]]:
        """For each category id that a flow names, the positions of its hops; no uses."""
        return _by_category(hop for hop in self.hops if hop.flow)

    @cached_property
    def usable_by_category(self) -> dict[str, list[int]]:
        """The same of those flows that are live, can tell who is who, and reach anybody."""
        return _by_category(
            hop for hop in self.hops if hop.flow and hop.live and hop.identity and hop.lack != 1
        )

    def carrying(self, category: str, flows: Mapping[str, list[int]]) -> dict[int, int]:
        """The positions of the flows that carry a category, each with the form it lets survive.

        ``flows`` is one of the two indexes above. Uses of systems are in neither: they show
        everything as it is held.
        """
        found: dict[int, int] = {}
        for name in ("all", *_ancestors_first(category)):
            for position in flows.get(name, ()):
                found[position] = self.hops[position].carries[name]
        return found

    @staticmethod
    def form_of(hop: Hop, category: str) -> int:
        """The form that a hop which carries a category lets survive."""
        names = (*reversed(_ancestors_first(category)), "all")
        return next(hop.carries[name] for name in names if name in hop.carries)

    def carries_at(self, category: str) -> dict[int, int]:
        """What :meth:`carrying` says of all flows, kept for whoever asks again."""
        if category not in self._carried:
            self._carried[category] = self.carrying(category, self.by_category)
        return self._carried[category]

    def stored(self, system_id: str, item: Item) -> Stored | None:
        """What is held of an item's category in a system, None if nothing covers it."""
        system = self.landscape.systems[system_id]
        held = covering_entry(system.holds, item.category)
        if held is None:
            return None
        holding, take = system.holds[held], self.taking
        fact = Fact("systems", system_id, f"holds.{held}")
        form = take.choice(_key(fact, "form"), holding.form, Form.PROFILED, Form.VERBAL)
        written = holding.written_up_in
        return Stored(
            form=int(form),
            age=take.time(_key(fact, "written_up_in"), written) if written else 0,
            lack=plain(1 - take.share(_key(fact, "completeness"), holding.completeness)),
            history=take.span(_key(fact, "history"), holding.history) if item.lookback else None,
            age_said=written is not None,
        )


def _by_category(hops: Iterable[Hop]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for hop in hops:
        for category in hop.carries:
            found[category].append(hop.position)
    return dict(found)


def _key(fact: Fact, key: str) -> Fact:
    return fact._replace(key=f"{fact.key}.{key}")


def _ancestors_first(category: str) -> list[str]:
    """A category and its ancestors, the widest first, so that the longest id is laid on last."""
    parts = category.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
