"""The search: every way, worth keeping, in which one source's information can reach the places.

A label is one way to be at a place. Age only grows along a route, so labels are taken from a heap
in order of age, and a label is dropped when another that is already settled at the same place and
phase is at least as good in everything else (multi-criteria label setting, after Martins 1984).
Places may repeat on a route: dropping what is no better ends every round trip.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from sharedcare.errors import LimitReached
from sharedcare.flows.network import Network
from sharedcare.flows.taking import ENDLESS, Exact, Time, plain
from sharedcare.quantities import Duration, Rate
from sharedcare.vocabulary import Mode, Purpose, Use

#: Labels that one search may settle before it gives up as not proven.
MAX_LABELS = 200_000

STORED, PULLED, SHOWN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Question:
    """What routes are looked for: everything that decides whether a hop can be taken.

    Items of several needs that ask the same question share one search for each source.
    """

    category: str
    purpose: Purpose
    use: Use
    lookback: Duration | None
    events: Rate | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The weakest limits of all who ask a question; a label beyond them serves nobody."""

    min_form: int = 0
    max_age: Time = ENDLESS
    max_wait: Time = ENDLESS
    max_rekeys: float = ENDLESS


class Label(NamedTuple):
    """One way to be at a place; ``order`` makes heap order the same in every run.

    ``phase`` says whether what is here is stored, was answered, or is only shown; ``tainted``
    whether a hop that the use forbids was taken since the last human place. Where an alert is
    wanted the start is tainted too: nobody has been told yet.
    """

    age: Time
    wait: Time
    rekeys: int
    dullness: int
    lack: Exact
    hops: int
    order: int
    place: str
    phase: int
    tainted: bool
    back: "Label | None"
    by: int

    @property
    def form(self) -> int:
        """How far a machine can use it."""
        return -self.dullness

    @property
    def reach(self) -> Fraction:
        """The share of people for whom it comes."""
        return Fraction(1 - self.lack)


@dataclass(frozen=True, slots=True)
class Arc:
    """A hop that a question can take, law apart."""

    position: int
    to: str
    mode: Mode
    time: Time
    form: int
    rekeys: int
    lack: Exact


@dataclass
class Search:
    """All searches for one question, with the hops that lead towards ``ends`` worked out once."""

    network: Network
    question: Question
    limits: Limits
    ends: frozenset[str]
    down: frozenset[str]
    arcs: dict[str, list[Arc]] = field(init=False)
    lawful: dict[tuple[str, int], bool] = field(init=False, default_factory=dict)
    good: int = field(init=False)
    wait_may_be_reset: bool = field(init=False)

    def __post_init__(self) -> None:
        law, question = self.network.law, self.question
        self.good = law.in_force & law.covering(question.category, question.purpose)
        self.arcs = self._arcs()
        humans = self.network.humans & self.arcs.keys()
        self.wait_may_be_reset = any(
            arc.mode.delivers for place in humans for arc in self.arcs[place]
        )

    def _arcs(self) -> dict[str, list[Arc]]:
        """The hops that can be taken, by their start, only those from which an end is reached."""
        taken = [
            (position, form)
            for position, form in sorted(self.network.carrying(self.question.category).items())
            if self._can_be_taken(position)
        ]
        towards = self._towards_ends(position for position, _ in taken)
        arcs: dict[str, list[Arc]] = {}
        for position, form in taken:
            hop = self.network.hops[position]
            if hop.to in towards:
                lack = 1 - hop.reach
                arc = Arc(position, hop.to, hop.mode, hop.time, form, hop.rekeys, plain(lack))
                arcs.setdefault(hop.from_, []).append(arc)
        return arcs

    def _towards_ends(self, positions: Iterable[int]) -> set[str]:
        into: dict[str, list[str]] = {}
        for position in positions:
            hop = self.network.hops[position]
            into.setdefault(hop.to, []).append(hop.from_)
        found, waiting = set(self.ends), list(self.ends)
        while waiting:
            for place in into.get(waiting.pop(), ()):
                if place not in found:
                    found.add(place)
                    waiting.append(place)
        return found

    def _can_be_taken(self, position: int) -> bool:
        hop = self.network.hops[position]
        return (
            hop.live
            and hop.identity
            and hop.reach > 0
            and hop.from_ not in self.down
            and hop.to not in self.down
            and self._history_suffices(hop.history)
            and self._capacity_suffices(hop.capacity)
        )

    def _history_suffices(self, history: Time | None) -> bool:
        lookback = self.question.lookback
        return lookback is None or history is None or history >= lookback.seconds

    def _capacity_suffices(self, capacity: Time | None) -> bool:
        events = self.question.events
        return capacity is None or events is None or capacity >= events.per_second

    def is_lawful(self, source: str, position: int) -> bool:
        """Whether ``source``'s information may take a hop."""
        key = (source, position)
        known = self.lawful.get(key)
        if known is None:
            crossing = self.network.crossings[position]
            law = self.network.law
            known = law.is_lawful(source, crossing, self.good, self.question.purpose)
            self.lawful[key] = known
        return known

    def spread(self, source: str, starts: Iterable[Label]) -> Mapping[str, list[Label]]:
        """Settle every label worth keeping; returns them by place, in order of age.

        Raises LimitReached after MAX_LABELS labels.
        """
        heap = sorted(starts)
        settled: dict[tuple[str, int, bool], list[Label]] = {}
        order = len(heap)
        count = 0
        while heap:
            label = heapq.heappop(heap)
            here = settled.setdefault((label.place, label.phase, label.tainted), [])
            if any(_no_worse(other, label) for other in here):
                continue
            here.append(label)
            count += 1
            if count > MAX_LABELS:
                raise LimitReached("a search settled too many ways; the verdict is not proven")
            for arc in self.arcs.get(label.place, ()):
                following = self._along(label, arc, order)
                if following is not None and self.is_lawful(source, arc.position):
                    heapq.heappush(heap, following)
                    order += 1
        by_place: dict[str, list[Label]] = {}
        for (place, _, _), labels in settled.items():
            by_place.setdefault(place, []).extend(labels)
        return by_place

    def _along(self, label: Label, arc: Arc, order: int) -> Label | None:
        """Return the label after a hop, None where the hop cannot follow or leads past a limit."""
        human = label.place in self.network.humans
        phase = STORED if human else label.phase
        delivers = arc.mode.delivers
        is_use = self.network.hops[arc.position].flow is None
        if (delivers and phase != STORED) or (phase == SHOWN and not is_use):
            return None
        age = label.age + arc.time
        wait = 0 if delivers else label.wait + arc.time
        rekeys = label.rekeys + arc.rekeys
        form = min(label.form, arc.form)
        limits = self.limits
        if age > limits.max_age or rekeys > limits.max_rekeys or form < limits.min_form:
            return None
        if wait > limits.max_wait and not self.wait_may_be_reset:
            return None
        return Label(
            age=age,
            wait=wait,
            rekeys=rekeys,
            dullness=-form,
            lack=max(label.lack, arc.lack),
            hops=label.hops + 1,
            order=order,
            place=arc.to,
            phase=self._phase(arc),
            tainted=self._tainted(label.tainted and label.hops > 0 and not human, arc.mode),
            back=label,
            by=arc.position,
        )

    def _phase(self, arc: Arc) -> int:
        if arc.mode.delivers or arc.to in self.network.humans:
            return STORED
        return SHOWN if arc.mode is Mode.VIEW else PULLED

    def _tainted(self, before: bool, mode: Mode) -> bool:
        if self.question.use is Use.VIEW:
            return False
        forbidden = (Mode.VIEW,) if self.question.use is Use.INGEST else (Mode.PULL, Mode.VIEW)
        return before or mode in forbidden


def _no_worse(settled: Label, label: Label) -> bool:
    """Whether a settled label (so no older) is at least as good in everything else."""
    return (
        settled.wait <= label.wait
        and settled.rekeys <= label.rekeys
        and settled.dullness <= label.dullness
        and settled.lack <= label.lack
    )
