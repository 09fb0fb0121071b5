"""The certificate that nothing arrives: where information gets to, and every hop that stops it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sharedcare.errors import LimitReached
from sharedcare.flows.evaluation import ends_at_stakeholder
from sharedcare.flows.hops import Hop
from sharedcare.flows.judging import Judge, Shares
from sharedcare.flows.layout import Arc
from sharedcare.flows.search import Limits
from sharedcare.flows.taking import Fact, Time
from sharedcare.flows.why.faults import Faults, Reasons, SourceFaults, in_order
from sharedcare.flows.why.labels import Label, start_label
from sharedcare.flows.why.spread import Spread
from sharedcare.flows.why.upstream import Upstream
from sharedcare.flows.why.which_run import Explaining, explaining
from sharedcare.vocabulary import Form, Reason


@dataclass(frozen=True, slots=True)
class Blocked:
    """A hop that takes a source's information no further, and why.

    ``flow`` is None for a use of a system. Where ``from_`` and ``to`` are one place, the
    information does not start there (of ``Frontier.refused``), or is with the stakeholder and does
    not count as arrived. ``reasons`` are all that is wrong for what comes nearest to passing, in
    order of the vocabulary. The figures say what it has, where that is a reason: ``age``, ``wait``
    and ``history`` in seconds, ``capacity`` a second, each as it would be after the hop; what is
    asked stands in ``Frontier.limits``. ``leads_on`` says that it is known that from ``to`` a route
    goes on to the stakeholder that breaks nothing by itself: this hop may be all that is missing.
    """

    flow: str | None
    from_: str
    to: str
    reasons: tuple[Reason, ...]
    leads_on: bool = False
    age: Time | None = None
    wait: Time | None = None
    rekeys: int | None = None
    form: Form | None = None
    history: Time | None = None
    capacity: Time | None = None


@dataclass(frozen=True, slots=True)
class Frontier:
    """Why nothing of one source's part of one item arrives, so that a person can check it.

    ``position`` is that of the item in the need. ``at_best`` says how the unknown was taken, and
    ``settled`` what was assumed of facts that decide who is a source. ``starts`` are the systems
    where a route can start, ``refused`` those of the source where it cannot, with reasons.
    ``reached`` are the places to which it comes under every condition; ``labels`` what it is like
    there: of every route one that is at least as good in all that the need limits. No label has
    arrived. ``blocked`` is every hop out of a place that is reached that takes no label further and
    beyond which flows lead on to the stakeholder; those that lead on as things are come first.
    ``dead_ends`` are the places reached from which no flow leads on to the stakeholder at all.
    Where not ``complete`` a limit of the search was reached: ``reached`` is right as far as it
    goes, ``blocked`` is empty, and nothing is proven.
    """

    need: str
    position: int
    category: str
    source: str
    at_best: bool
    settled: tuple[tuple[Fact, bool], ...]
    limits: Limits
    starts: tuple[str, ...]
    refused: tuple[Blocked, ...]
    reached: tuple[str, ...]
    labels: tuple[Label, ...]
    blocked: tuple[Blocked, ...]
    dead_ends: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """Staying in one place, where a hop would stand: nothing is taken any further."""

    place: str
    history: Time | None = None
    capacity: None = None
    flow: None = None

    @property
    def from_(self) -> str:
        """The place."""
        return self.place

    @property
    def to(self) -> str:
        """The same place."""
        return self.place


def frontiers(judge: Judge, need_id: str) -> tuple[Frontier, ...]:
    """Find where each source, of each item, of which nothing arrives is held up."""
    told = explaining(judge, need_id)
    if told.shown is None:
        return ()
    return tuple(found for shares in told.shown.items for found in _of_item(told, shares))


def _of_item(told: Explaining, shares: Shares) -> Iterator[Frontier]:
    """The frontier of each source of an item of which nothing arrives, in order of id."""
    missing = [source for source, arrival in shares.arrivals.items() if arrival is None]
    if not missing:
        return
    clearance = told.run.law_for(shares.asker)
    upstream = Upstream(told.diagnosis.relaxed, shares, clearance)
    faults = Faults(told.run.network, shares.asker, shares.down, clearance)
    for source in missing:
        yield _Held(told, SourceFaults(faults, source), upstream).frontier()


class _Held:
    """Finds where the part of one source of one item is held up."""

    def __init__(self, told: Explaining, faults: SourceFaults, upstream: Upstream) -> None:
        self.told, self.faults, self.upstream = told, faults, upstream
        item = faults.item
        self.network, self.asker = item.network, item.asker
        self.need, self.limits, self.yardstick = item.asker.need, item.limits, item.yardstick
        self.spread = Spread(faults)

    def frontier(self) -> Frontier:
        """Spread what the source holds, and list what stops it."""
        starts, refused = self._starts()
        is_proven = self._is_spread(starts) and not any(self._arrived())
        reached = tuple(self.spread.labels)
        return Frontier(
            need=self.asker.need_id,
            position=self.asker.position,
            category=self.asker.item.category,
            source=self.faults.source,
            at_best=self.told.at_best,
            settled=self.told.shown.settled if self.told.shown else (),
            limits=self.limits,
            starts=tuple(label.place for label in starts),
            refused=refused,
            reached=reached,
            labels=tuple(label for place in reached for label in self.spread.labels[place]),
            blocked=tuple(sorted(self._blocked(), key=_order)) if is_proven else (),
            dead_ends=tuple(place for place in reached if place not in self.upstream.places),
            complete=is_proven,
        )

    def _starts(self) -> tuple[list[Label], tuple[Blocked, ...]]:
        """The labels at which routes start, and the systems of the source where none can."""
        labels, refused = [], []
        for start in self.asker.sources.starts[self.faults.source]:
            stored = self.network.stored(start.system, self.asker.item)
            amiss = self.faults.item.of_start(start.system, stored)
            label = start_label(start.system, stored) if stored else None
            if label and not amiss:
                labels.append(label)
            else:
                here = _Standing(start.system, stored.history if stored else None)
                leads_on = self.upstream.may_start(start.system, self.faults.bit)
                refused.append(_blocked(here, amiss, leads_on, label))
        return labels, tuple(refused)

    def _is_spread(self, starts: Iterable[Label]) -> bool:
        try:
            self.spread.from_starts(starts)
        except LimitReached:
            return False
        return True

    def _arrived(self) -> Iterator[bool]:
        """Whether anything has arrived after all, where the verdict could not be proven."""
        labels, amiss = self.spread.labels, self.yardstick.amiss
        if ends_at_stakeholder(self.need):
            yield any(not amiss(label) for label in labels.get(self.need.stakeholder, ()))
        for arc in self.upstream.ends:
            if not self.faults.of_hop(arc.position):
                yield any(not amiss(label) for label in labels.get(arc.from_, ()))

    def _blocked(self) -> Iterator[Blocked]:
        """Yield every hop that takes no label further, towards where the need could be met."""
        for place, labels in self.spread.labels.items():
            if place == self.need.stakeholder and ends_at_stakeholder(self.need):
                yield self._untold(labels)
            for arc in self.network.layout.out.get(place, ()):
                if self.upstream.is_end(arc):
                    yield self._unused(arc, labels)
                elif arc.to in self.upstream.places and not self.faults.item.is_refused(arc):
                    yield from self._not_taken(arc, labels)

    def _not_taken(self, arc: Arc, labels: Iterable[Label]) -> Iterator[Blocked]:
        amiss = [self.faults.taking(label, arc) for label in labels]
        if all(reasons for _, reasons in amiss):
            after, reasons = _nearest(amiss)
            leads_on = self.upstream.may_follow(arc, self.faults.bit)
            yield _blocked(self.network.hops[arc.position], reasons, leads_on, after)

    def _unused(self, arc: Arc, labels: Iterable[Label]) -> Blocked:
        """The use of a system by the stakeholder, where nothing in it counts as arrived."""
        of_hop = self.faults.of_hop(arc.position)
        label, reasons = _nearest((one, of_hop | self.yardstick.amiss(one)) for one in labels)
        return _blocked(self.network.hops[arc.position], reasons, True, label)

    def _untold(self, labels: Iterable[Label]) -> Blocked:
        """What the stakeholder is told, where it does not count as arrived."""
        label, reasons = _nearest((one, self.yardstick.amiss(one)) for one in labels)
        return _blocked(_Standing(self.need.stakeholder), reasons, True, label)


def _nearest(amiss: Iterable[tuple[Label, Reasons]]) -> tuple[Label, Reasons]:
    """Of several labels the first of those of which least is wrong."""
    return min(amiss, key=lambda found: len(found[1]))


def _blocked(
    hop: Hop | _Standing, reasons: Reasons, leads_on: bool, label: Label | None = None
) -> Blocked:
    """A blocked hop, with the figures of what is wrong with it."""
    return Blocked(
        flow=hop.flow,
        from_=hop.from_,
        to=hop.to,
        reasons=in_order(reasons),
        leads_on=leads_on,
        age=label.age if label and Reason.AGE in reasons else None,
        wait=label.wait if label and Reason.WAIT in reasons else None,
        rekeys=label.rekeys if label and Reason.REKEY in reasons else None,
        form=label.form if label and Reason.FORM in reasons else None,
        history=hop.history if Reason.HISTORY in reasons else None,
        capacity=hop.capacity if Reason.CAPACITY in reasons else None,
    )


def _order(blocked: Blocked) -> tuple[bool, int, str, str, str]:
    """Those first that may be all that is missing, then those of which least is wrong."""
    return (
        not blocked.leads_on,
        len(blocked.reasons),
        blocked.from_,
        blocked.to,
        blocked.flow or "",
    )
