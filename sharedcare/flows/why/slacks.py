"""The room that a route leaves to each limit of its need, and the hop on which most depends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from sharedcare.flows.evaluation import Arrival
from sharedcare.flows.judging import Shares
from sharedcare.flows.network import Network
from sharedcare.flows.search import Limits
from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.flows.verdict import Step
from sharedcare.flows.witness import hops_of
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Conformance


class Limit(Enum):
    """What a need may set a limit to; the first three are at most, the others at least."""

    AGE = "age"
    WAIT = "wait"
    REKEYS = "rekeys"
    FORM = "form"
    HISTORY = "history"
    CAPACITY = "capacity"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Slack:
    """The room between what a route has and what the need asks.

    ``used`` and ``allowed`` are seconds (age, wait, history), a count (re-keys), ranks of
    :class:`~sharedcare.vocabulary.Form`, events a second (capacity) or a share (coverage, that of
    the item over all its sources); ``left`` is the room between them in the same unit, never below
    0. ``share`` is that room over the limit (at most) or over what there is (at least): 0 nothing
    left, 1 nothing used; None where there is nothing of which it could be a share. ``open`` says
    that what is used rests on something unknown: there is so much room only at best.
    """

    limit: Limit
    used: Time
    allowed: Time
    left: Time
    share: Fraction | None
    open: bool = False


@dataclass(frozen=True, slots=True)
class WeakestHop:
    """The step of the path (by its position there) on which most depends, and why.

    Of the limit to which least room is left it takes most, or it is the first that brings the route
    down to what it has: that ``limit`` is named. The form comes after all other limits, since it
    does not wear out. Where no hop takes anything of a limit, it is the one that lets the fewest
    through (coverage), else the flow of which least is shown that it keeps its standard: ``limit``
    is None then, and ``conformance`` is ``none``, ``claimed``, or None for not said.
    """

    step: int
    limit: Limit | None
    conformance: str | None


@dataclass(frozen=True, slots=True)
class Witness:
    """The route of one source of one item in one run, with all that figures are read from.

    ``at_best`` says that it was found with the unknown at its best, and that at worst less of the
    item comes.
    """

    network: Network
    shares: Shares
    arrival: Arrival
    path: tuple[Step, ...]
    at_best: bool

    @property
    def limits(self) -> Limits:
        """What the item asks of a route."""
        return Limits.of(self.shares.asker.need, self.shares.asker.item)

    @property
    def open(self) -> frozenset[str]:
        """The names of the limits of which what is used rests on something unknown."""
        if not self.at_best:
            return frozenset()
        hops = (self.network.hops[position].facts for position in hops_of(self.arrival))
        last = {fact.key.split(".")[-1] for fact in self.arrival.stored.facts.union(*hops)}
        tested = last & {Limit.HISTORY.value, Limit.CAPACITY.value}
        return frozenset({*self.path[-1].open, *tested, Limit.COVERAGE.value})

    @property
    def histories(self) -> list[Time]:
        """How far back each step reaches, the start first; endless where nobody asks."""
        return self._tested(self.arrival.stored.history, "history")

    @property
    def capacities(self) -> list[Time]:
        """How many events a second each step takes; endless where nobody says."""
        return self._tested(None, "capacity")

    def _tested(self, first: Time | None, name: str) -> list[Time]:
        hops = (self.network.hops[position] for position in hops_of(self.arrival))
        figures = (first, *(getattr(hop, name) for hop in hops))
        return [ENDLESS if figure is None else figure for figure in figures]


def slacks(witness: Witness) -> tuple[Slack, ...]:
    """The room that a route leaves to each limit that is set, in order of :class:`Limit`."""
    open_ = witness.open
    return tuple(replace(one, open=one.limit.value in open_) for one in _slacks(witness))


def _slacks(witness: Witness) -> Iterator[Slack]:
    limits, last = witness.limits, witness.path[-1]
    if limits.max_age != ENDLESS:
        yield _at_most(Limit.AGE, last.age, limits.max_age)
    if limits.max_wait != ENDLESS:
        yield _at_most(Limit.WAIT, last.wait, limits.max_wait)
    if limits.max_rekeys != ENDLESS:
        yield _at_most(Limit.REKEYS, last.rekeys, limits.max_rekeys)
    if limits.min_form:
        yield _at_least(Limit.FORM, int(last.form), limits.min_form)
    if limits.lookback is not None:
        yield _at_least(Limit.HISTORY, min(witness.histories), limits.lookback)
    if limits.events is not None:
        yield _at_least(Limit.CAPACITY, min(witness.capacities), limits.events)
    wanted = witness.shares.asker.need.quantity.coverage
    if wanted is not None:
        yield _at_least(Limit.COVERAGE, witness.shares.whole, wanted.value)


def _at_most(limit: Limit, used: Time, allowed: Time) -> Slack:
    left = max(allowed - used, 0)
    return Slack(
        limit, used, allowed, left, Fraction(left) / Fraction(allowed) if allowed else None
    )


def _at_least(limit: Limit, used: Time, allowed: Time) -> Slack:
    if used == ENDLESS:
        return Slack(limit, used, allowed, ENDLESS, Fraction(1))
    left = max(used - allowed, 0)
    return Slack(limit, used, allowed, left, Fraction(left) / Fraction(used) if used else None)


def weakest_hop(witness: Witness, room: tuple[Slack, ...]) -> WeakestHop | None:
    """The hop on which most depends; None where no flow was taken, or all are tested."""
    told = [slack for slack in room if slack.share is not None]
    for slack in sorted(told, key=lambda slack: (slack.limit is Limit.FORM, slack.share or 0)):
        step = _TAKING[slack.limit](witness)
        if step is not None:
            return WeakestHop(step, slack.limit, None)
    narrowest = _narrowest(witness)
    if narrowest is not None:
        return WeakestHop(narrowest, Limit.COVERAGE, None)
    return _least_shown(witness.network.landscape, witness.path)


def _oldest(witness: Witness) -> int | None:
    ages = [step.age for step in witness.path]
    return _greatest([ages[0], *(later - age for age, later in pairwise(ages))])


def _slowest(witness: Witness) -> int | None:
    """The step that adds most to the wait, of those after the last that was delivered."""
    waits = [step.wait for step in witness.path]
    delivered = max(position for position, wait in enumerate(waits) if not wait)
    added = [later - wait for wait, later in pairwise(waits)]
    return _greatest(
        [0 if position < delivered else add for position, add in enumerate([0, *added])]
    )


def _rekeying(witness: Witness) -> int | None:
    counts = [step.rekeys for step in witness.path]
    return _greatest([counts[0], *(later - count for count, later in pairwise(counts))])


def _greatest(amounts: list[Time]) -> int | None:
    """The position of the first of the greatest amounts, None where nothing is taken."""
    return amounts.index(max(amounts)) if max(amounts) else None


def _lowering(witness: Witness) -> int | None:
    """The step that brings the form down to what arrives; None where it arrives as it was held."""
    forms = [step.form for step in witness.path]
    return forms.index(forms[-1]) or None


def _narrowest(witness: Witness) -> int | None:
    """The step that brings the reach down to what arrives, None where that is everybody."""
    reaches = [step.reach for step in witness.path]
    return reaches.index(reaches[-1]) if reaches[-1] < 1 else None


def _shortest(figures: list[Time]) -> int | None:
    return figures.index(min(figures)) if min(figures) != ENDLESS else None


_TAKING: dict[Limit, Callable[[Witness], int | None]] = {
    Limit.AGE: _oldest,
    Limit.WAIT: _slowest,
    Limit.REKEYS: _rekeying,
    Limit.FORM: _lowering,
    Limit.HISTORY: lambda witness: _shortest(witness.histories),
    Limit.CAPACITY: lambda witness: _shortest(witness.capacities),
    Limit.COVERAGE: _narrowest,
}

#: From the least that can be shown of keeping a standard to the most.
_SHOWN = (Conformance.NONE, None, Conformance.CLAIMED, Conformance.TESTED)


def _least_shown(landscape: Landscape, path: tuple[Step, ...]) -> WeakestHop | None:
    shown = [
        (_SHOWN.index(landscape.flows[step.flow].conformance), position)
        for position, step in enumerate(path)
        if step.flow is not None
    ]
    least, position = min(shown, default=(len(_SHOWN) - 1, 0))
    conformance = _SHOWN[least]
    if conformance is Conformance.TESTED:
        return None
    return WeakestHop(position, None, conformance.value if conformance else None)
