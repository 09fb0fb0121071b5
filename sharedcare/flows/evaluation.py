"""All arrivals in one run: for each item of each need, the best way in from each source.

Items that ask the same question share one search for each source; that is what makes a thousand
needs in ten thousand systems a matter of seconds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sharedcare.errors import LimitReached
from sharedcare.flows.network import Network
from sharedcare.flows.search import STORED, Label, Limits, Question, Search
from sharedcare.flows.sources import SourceSet, Start
from sharedcare.flows.taking import ENDLESS, Exact, Time, plain
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.quantities import Duration
from sharedcare.vocabulary import Use


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of one need, with its sources in the completion that is looked at."""

    need_id: str
    need: Need
    position: int
    sources: SourceSet

    @property
    def item(self) -> Item:
        """The item."""
        return self.need.content[self.position]

    @property
    def key(self) -> tuple[str, int]:
        """Need and position, which tell items apart."""
        return self.need_id, self.position

    @property
    def question(self) -> Question:
        """What routes are looked for."""
        need, item = self.need, self.item
        return Question(item.category, need.purpose, need.use, item.lookback, need.quantity.events)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The best way in from one source: its last label, and the use by which it ends (if any)."""

    label: Label
    use: int | None
    lack: Exact

    @property
    def reach(self) -> Fraction:
        """The share of people for whom it arrives."""
        return Fraction(1 - self.lack)

    @property
    def order(self) -> tuple[Exact, Time, Time, int, int, int, int, int]:
        """Best reach first, then freshest, quickest, fewest re-keys, best form, fewest hops."""
        found = self.label
        use = -1 if self.use is None else self.use
        return (
            self.lack,
            found.age,
            found.wait,
            found.rekeys,
            found.dullness,
            found.hops,
            found.order,
            use,
        )


#: For each item, by source: its best arrival, None where nothing arrives.
Arrivals = dict[tuple[str, int], dict[str, Arrival | None]]


@dataclass
class Evaluation:
    """One run over one landscape, taking what is unknown one way."""

    network: Network
    unproven: set[tuple[str, int]] = field(default_factory=set)

    @property
    def landscape(self) -> Landscape:
        """The landscape."""
        return self.network.landscape

    def arrivals(self, asked: Iterable[Asked], down: frozenset[str] | None = None) -> Arrivals:
        """Find the best arrival of every source of every item.

        ``down`` replaces the systems that are not in use, for a completion that settles some.
        """
        found: Arrivals = {}
        for question, group in _by_question(asked).items():
            search = self._search(question, group, self.network.down if down is None else down)
            for asker in group:
                found[asker.key] = dict.fromkeys(asker.sources.starts)
            for (source, starts), askers in _by_source(group).items():
                self._fill(found, search, source, starts, askers)
        return found

    def _search(self, question: Question, group: list[Asked], down: frozenset[str]) -> Search:
        ends = frozenset(end for asker in group for end in self._ends(asker.need))
        return Search(self.network, question, _weakest(group), ends, down)

    def _ends(self, need: Need) -> Iterator[str]:
        for position in self._uses(need):
            yield self.network.hops[position].from_
        if ends_at_stakeholder(need):
            yield need.stakeholder

    def _uses(self, need: Need) -> list[int]:
        positions = self.network.uses.get(need.stakeholder, [])
        if need.at is None:
            return positions
        return [found for found in positions if self.network.hops[found].from_ == need.at]

    def _fill(
        self,
        found: Arrivals,
        search: Search,
        source: str,
        starts: tuple[Start, ...],
        askers: list[Asked],
    ) -> None:
        labels = self._start_labels(search, starts, askers[0].item)
        try:
            by_place = search.spread(source, labels)
        except LimitReached:
            self.unproven.update(asker.key for asker in askers)
            return
        for asker in askers:
            arrivals = self._arriving(search, source, asker, by_place)
            best = min(arrivals, key=lambda arrival: arrival.order, default=None)
            found[asker.key][source] = best

    def _start_labels(self, search: Search, starts: Iterable[Start], item: Item) -> list[Label]:
        labels: list[Label] = []
        for start in starts:
            stored = self.network.stored(start.system, item)
            if stored is None or start.system in search.down or not stored.reach:
                continue
            lookback = item.lookback
            if lookback and stored.history is not None and stored.history < lookback.seconds:
                continue
            labels.append(
                Label(
                    age=stored.age,
                    wait=0,
                    rekeys=0,
                    dullness=-stored.form,
                    lack=plain(1 - stored.reach),
                    hops=0,
                    order=len(labels),
                    place=start.system,
                    phase=STORED,
                    tainted=search.question.use is Use.ALERT,
                    back=None,
                    by=-1,
                )
            )
        return labels

    def _arriving(
        self, search: Search, source: str, asker: Asked, by_place: Mapping[str, list[Label]]
    ) -> Iterator[Arrival]:
        need = asker.need
        if ends_at_stakeholder(need):
            for label in by_place.get(need.stakeholder, ()):
                if fits(label, need, asker.item):
                    yield Arrival(label, None, label.lack)
        for position in self._uses(need):
            hop = self.network.hops[position]
            labels = [
                found for found in by_place.get(hop.from_, ()) if fits(found, need, asker.item)
            ]
            if labels and hop.reach and search.is_lawful(source, position):
                lack = plain(1 - hop.reach)
                yield from (Arrival(found, position, max(found.lack, lack)) for found in labels)


def ends_at_stakeholder(need: Need) -> bool:
    """Whether it counts when the stakeholder is told, by phone or letter, outside any system."""
    return need.at is None and need.use is not Use.INGEST


def fits(label: Label, need: Need, item: Item) -> bool:
    """Whether a way in keeps every limit of a need."""
    return (
        label.form >= item.min_form
        and label.age <= seconds_of(need.max_age)
        and label.wait <= seconds_of(need.max_wait)
        and label.rekeys <= (ENDLESS if need.max_rekeys is None else need.max_rekeys)
        and not label.tainted
    )


def seconds_of(limit: Duration | None) -> Time:
    """A limit in seconds; none is endless."""
    return ENDLESS if limit is None else plain(limit.seconds)


def _weakest(group: Iterable[Asked]) -> Limits:
    askers = list(group)
    needs = [asker.need for asker in askers]
    rekeys = [need.max_rekeys for need in needs]
    return Limits(
        min_form=min(int(asker.item.min_form) for asker in askers),
        max_age=max(seconds_of(need.max_age) for need in needs),
        max_wait=max(seconds_of(need.max_wait) for need in needs),
        max_rekeys=max(ENDLESS if most is None else most for most in rekeys),
    )


def _by_question(asked: Iterable[Asked]) -> dict[Question, list[Asked]]:
    groups: dict[Question, list[Asked]] = {}
    for asker in asked:
        groups.setdefault(asker.question, []).append(asker)
    return groups


def _by_source(group: Iterable[Asked]) -> dict[tuple[str, tuple[Start, ...]], list[Asked]]:
    groups: dict[tuple[str, tuple[Start, ...]], list[Asked]] = {}
    for asker in group:
        for source, starts in asker.sources.starts.items():
            groups.setdefault((source, starts), []).append(asker)
    return groups
