"""Whose information may take a hop, for all the sources of an item at once.

Sources are bits of one number, so that a search can carry all of them along a way and see with one
``and`` whose information may go on.
"""

from collections.abc import Iterable, Iterator

from sharedcare.flows.law import Crossing, asking_for_cover, cover_fact
from sharedcare.flows.network import Network
from sharedcare.vocabulary import Purpose, Reason


class Clearance:
    """For one category, one purpose and some sources: which of them may take which hop.

    ``let_go`` are reasons of refusal that are taken as given way.
    """

    def __init__(
        self,
        network: Network,
        category: str,
        purpose: Purpose,
        sources: Iterable[str],
        let_go: frozenset[Reason] = frozenset(),
    ) -> None:
        law = network.law
        self.network, self.let_go = network, let_go
        self.category, self.purpose = category, purpose
        self.good = law.in_force & law.covering(category, purpose)
        self.bit = {source: 1 << position for position, source in enumerate(sources)}
        self.sources = frozenset(self.bit)
        self.everyone = (1 << len(self.bit)) - 1
        self.by_agreements: dict[int, int] = {}
        for source, bit in self.bit.items():
            named = law.naming.get(source, 0)
            self.by_agreements[named] = self.by_agreements.get(named, 0) | bit
        self._known: dict[int, int] = {}
        self._by_crossing: dict[Crossing, int] = {}

    def bits(self, position: int) -> int:
        """The sources, as bits, whose information may take the hop at a position."""
        known = self._known.get(position)
        if known is None:
            crossing = self.network.crossings[position]
            if crossing not in self._by_crossing:
                self._by_crossing[crossing] = self._cleared(crossing)
            known = self._known[position] = self._by_crossing[crossing]
        return known

    def _cleared(self, crossing: Crossing) -> int:
        asking = self._bits_of(asking_for_cover(self.sources, crossing, self.purpose))
        covered = sum(self._covered(crossing, asking)) if asking else 0
        return self.everyone & ~asking | covered

    def _bits_of(self, sources: frozenset[str]) -> int:
        if len(sources) == len(self.sources):
            return self.everyone
        return sum(self.bit[source] for source in sources)

    def _covered(self, crossing: Crossing, asking: int) -> Iterator[int]:
        """Yield, as bits, those among the sources asking that an agreement covers."""
        law, to = self.network.law, crossing.to_organisation or ""
        for named, bits in self.by_agreements.items():
            if not bits & asking:
                continue
            both = named & law.naming.get(to, 0)
            listed = both if crossing.agreements is None else both & crossing.agreements
            if listed & self.good:
                yield bits & asking
            elif crossing.agreements is None and not both:
                yield from self._unrecorded(bits & asking, to)
            elif self.let_go and self._why_not(listed) in self.let_go:
                yield bits & asking

    def _unrecorded(self, bits: int, to: str) -> Iterator[int]:
        """Yield those for whom nothing is recorded, where the unknown is taken for the better."""
        for source, bit in self.bit.items():
            favoured = bit & bits and self.network.law.taking.favours(cover_fact(source, to))
            if favoured or (bit & bits and Reason.NO_AGREEMENT in self.let_go):
                yield bit

    def _why_not(self, listed: int) -> Reason:
        return self.network.law.lack_of_nearest(listed, self.category, self.purpose)
