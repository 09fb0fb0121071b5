"""Which families of condition would have to give way: by trying every set of them.

Most families are let go by taking out of the profile what asks for them, so that no rule is written
twice. Two have rules of their own here: where a route may start when *source* or *live* is let go,
and that every hop may follow every other when *mode* is.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

from tests.oracle.evaluator import (
    arrives,
    ends_of,
    evaluate,
    has_history,
    item_coverage,
    start_step,
    worlds,
)
from tests.oracle.hops import Hop, hops_by_sender
from tests.oracle.law import Question
from tests.oracle.values import FORMS, Profile, share
from tests.oracle.walks import Step, may_follow, walk
from tests.oracle.world import Holding, World, longest_covering, starts_by_source, written_out

Families = frozenset[str]

ALL = (
    "source",
    "carry",
    "form",
    "history",
    "law",
    "time",
    "rekey",
    "mode",
    "reach",
    "identity",
    "live",
    "capacity",
)
"""Every family, in the order in which they are written down."""

Start = Holding | str
"""A holding, or a system that is taken to hold anything."""

PURPOSES = (
    "direct_care",
    "safeguarding",
    "commissioning",
    "population_health",
    "planning",
    "research",
    "audit",
)
COVERS_EVERYTHING = {
    "parties": "all",
    "categories": "all",
    "purposes": list(PURPOSES),
    "status": "signed",
    "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "consent"},
}


class Relaxing:
    """One need of a profile, with any families let go; a known verdict is looked at at best."""

    def __init__(self, profile: Profile, need_id: str) -> None:
        self.profile, self.need_id = profile, need_id
        self.at_best = evaluate(profile)[need_id].verdict != "undetermined"
        need = profile["needs"][need_id]
        self.turns = list(worlds(profile, need, self.at_best, Counter()))
        self.idle = frozenset(family for family in ALL if self._is_idle(family))
        self.tried: dict[Families, bool] = {}

    def minimal_sets(self) -> set[Families]:
        """All sets with which the need would be met and of which none can be left out."""
        enough = self.sets_that_suffice()
        return {
            families
            for families in enough
            if not any(families - {family} in enough for family in families)
        }

    def sets_that_suffice(self) -> set[Families]:
        """All sets of families with which the need would be met: every one is tried."""
        sizes = range(len(ALL) + 1)
        everything = (frozenset(some) for size in sizes for some in combinations(ALL, size))
        return {families for families in everything if self.suffices(families)}

    def suffices(self, families: Families) -> bool:
        """Whether the need would be met: at best in some turn of what is unknown, else in all."""
        told = families - self.idle
        if told not in self.tried:
            met = (Trial(turn, self.need_id, told).is_met() for turn in self.turns)
            self.tried[told] = any(met) if self.at_best else all(met)
        return self.tried[told]

    def _is_idle(self, family: str) -> bool:
        """Whether to let go of a family changes nothing that is asked or told."""
        if family == "mode":
            return False
        if family == "source":
            return all(self._is_held(turn) for turn in self.turns)
        return relaxed(self.profile, self.need_id, frozenset({family})) == self.profile

    def _is_held(self, turn: World) -> bool:
        """Whether every item has sources, and all of these hold something in use."""
        found = [
            starts_by_source(turn, item) for item in self.profile["needs"][self.need_id]["content"]
        ]
        return all(sources and all(sources.values()) for sources in found)


@dataclass(frozen=True)
class Trial:
    """One need in one turn of the run that explains it, with some families let go."""

    turn: World
    need_id: str
    families: Families

    def is_met(self) -> bool:
        """Whether every required item has the coverage that is asked for."""
        wanted = share(str(self.need.get("quantity", {}).get("coverage", 1)))
        return all(
            self.covered(position) >= wanted
            for position, item in enumerate(self.need["content"])
            if item.get("required", True)
        )

    @property
    def need(self) -> Mapping[str, Any]:
        """The need as it is."""
        declared: Mapping[str, Any] = self.turn.profile["needs"][self.need_id]
        return declared

    @cached_property
    def world(self) -> World:
        """The same turn of the profile without what the families ask for."""
        profile = relaxed(self.turn.profile, self.need_id, self.families)
        held, carried = (
            {key: written_out(entry.get(field, {})) for key, entry in profile[name].items()}
            for name, field in (("systems", "holds"), ("flows", "carries"))
        )
        turn = self.turn
        return World(profile, held, carried, turn.best, turn.alive, turn.authority, Counter())

    def covered(self, position: int) -> Fraction:
        """The coverage of an item; where nobody holds it, of the best organisation there is."""
        item, reached = self.need["content"][position], self.reached(position)
        if not starts_by_source(self.turn, item):
            return max(reached.values(), default=Fraction(0))
        return item_coverage(self.turn, item, reached)

    def reached(self, position: int) -> dict[str, Fraction]:
        """The best reach from each source of an item."""
        starts = self._starts(self.need["content"][position])
        return {source: self._reach(position, source, starts[source]) for source in starts}

    def _starts(self, item: Mapping[str, Any]) -> dict[str, list[Start]]:
        """Each source with where its routes may start."""
        sources = starts_by_source(self.turn, item)
        starts: dict[str, list[Start]] = {source: [*held] for source, held in sources.items()}
        if not starts and "source" in self.families:
            starts = {source: [] for source in self.turn.entries("organisations")}
        for source in starts:
            if "live" in self.families and source in sources:
                starts[source] += self._idle_holdings(source, item["category"])
            if "source" in self.families and not sources.get(source):
                starts[source] += self._systems(source)
        return starts

    def _systems(self, source: str) -> list[str]:
        """The systems of an organisation, those in use unless *live* is let go."""
        return [
            system
            for system, declared in self.turn.systems.items()
            if declared.get("organisation") == source
            and ("live" in self.families or self.turn.is_live(system))
        ]

    def _idle_holdings(self, source: str, category: str) -> Iterator[Holding]:
        """What an organisation holds of a category in systems that are not in use."""
        for system in self.turn.systems:
            if self.turn.organisation_of(system) == source and not self.turn.is_live(system):
                entry = longest_covering(self.turn.held[system], category)
                if entry is not None:
                    yield system, entry

    def _reach(self, position: int, source: str, starts: Sequence[Start]) -> Fraction:
        """The best reach over every route from a source to an end; 0 if none arrives."""
        asked = self._question(position, source)
        hops = hops_by_sender(self.world, asked)
        ends = ends_of(self.world, Question(self.need, asked.item, source))
        reached = [Fraction(0)]

        def visit(step: Step) -> None:
            reached.extend(
                min(step.reach, end.reach)
                for end in ends
                if end.place == step.place and arrives(self.world, asked, step, end)
            )

        for start in starts:
            step = self._first(asked, start)
            if step:
                walk(self.world, [step], hops, visit, self._follows)
        return max(reached)

    def _question(self, position: int, source: str) -> Question:
        """What is still asked; without *mode* it is enough to view it."""
        need = self.world.profile["needs"][self.need_id]
        if "mode" in self.families:
            need = {**need, "use": "view"}
        return Question(need, need["content"][position], source)

    def _first(self, asked: Question, start: Start) -> Step | None:
        """Where a route starts, None where it cannot."""
        if isinstance(start, str):
            return step_with_anything(start)
        return start_step(self.world, start) if has_history(self.world, asked, start) else None

    def _follows(self, world: World, here: Step, hop: Hop) -> bool:
        return "mode" in self.families or may_follow(world, here, hop)


def step_with_anything(system: str) -> Step:
    """A route that starts where all is held, in the best form, of everybody, afresh."""
    return Step(
        place=system,
        stored=True,
        shown=False,
        viewed=False,
        asked=False,
        moved=False,
        form=len(FORMS) - 1,
        age=0,
        wait=0,
        reach=Fraction(1),
        rekeys=0,
    )


def relaxed(profile: Profile, need_id: str, families: Families) -> Profile:
    """A profile without what some families of condition ask for in it."""
    changed: dict[str, Any] = copy.deepcopy(dict(profile))
    for family in families & CHANGES.keys():
        CHANGES[family](changed, changed["needs"][need_id])
    return changed


Declared = dict[str, Any]


def _carry(profile: Declared, _: Declared) -> None:
    for flow in profile["flows"].values():
        flow["carries"] = {**flow.get("carries", {}), "as_held": "all"}


def _law(profile: Declared, _: Declared) -> None:
    profile["agreements"] = {"everything": COVERS_EVERYTHING}
    _drop(profile["flows"].values(), "agreements")


def _reach(profile: Declared, _: Declared) -> None:
    _drop(profile["flows"].values(), "reach", "match_rate")
    for system in profile["systems"].values():
        for held in system.get("holds", {}).values():
            if isinstance(held, dict):
                held.pop("completeness", None)
    for stakeholder in profile["stakeholders"].values():
        _drop((used for used in stakeholder.get("uses", []) if isinstance(used, dict)), "reach")


def _live(profile: Declared, _: Declared) -> None:
    _drop(profile["flows"].values(), "status", "valid")
    _drop(profile["systems"].values(), "lifecycle")


def _identity(profile: Declared, _: Declared) -> None:
    _drop(profile["systems"].values(), "identity_domains")


def _capacity(_: Declared, need: Declared) -> None:
    need.get("quantity", {}).pop("events", None)


def _drop(entries: Iterable[Declared], *keys: str) -> None:
    for entry in entries:
        for key in keys:
            entry.pop(key, None)


CHANGES: dict[str, Callable[[Declared, Declared], None]] = {
    "carry": _carry,
    "form": lambda _, need: _drop(need["content"], "min_form"),
    "history": lambda _, need: _drop(need["content"], "lookback"),
    "law": _law,
    "time": lambda _, need: _drop([need], "max_age", "max_wait"),
    "rekey": lambda _, need: _drop([need], "max_rekeys"),
    "reach": _reach,
    "identity": _identity,
    "live": _live,
    "capacity": _capacity,
}
"""What letting go of a family takes out of a profile, or puts in so that nothing is asked."""
