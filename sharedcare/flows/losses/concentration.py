"""Concentration: how much of what is met hangs on single suppliers.

A need *rests on* a supplier if a route that makes it met passes one of the supplier's systems, and
*falls with* it if it is worse without all of them: no way round is left. Shares are of the weight
of the needs that are met.

The Herfindahl-Hirschman index says how few suppliers there are: the sum of the squares of their
shares, here of the systems in use that name a supplier, in points (a share of 1 is 100 of them, so
that it runs to 10,000). Source: Hirschman 1964, The Paternity of an Index, American Economic Review
54 (5), 761. As an index of a market it is for competition authorities; here it counts systems.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.losses.losing import Aftermath
from sharedcare.landscape import System
from sharedcare.vocabulary import Lifecycle, Verdict

#: Points of the index where one supplier has every system.
WHOLE_INDEX = 10_000


@dataclass(frozen=True, slots=True)
class SupplierShare:
    """What of the needs met rests on one supplier, and what falls with it.

    ``systems`` are its systems in use; the shares are None where what is met weighs nothing.
    """

    supplier: str
    systems: tuple[str, ...]
    rests: tuple[str, ...]
    falls: tuple[str, ...]
    rests_share: Fraction | None
    falls_share: Fraction | None


@dataclass(frozen=True, slots=True)
class Concentration:
    """All suppliers, those first with which most falls.

    ``met_weight`` is the weight of the needs met; ``unnamed`` counts the systems in use, paper and
    people apart, that name no supplier; ``index`` is None where none is named.
    """

    suppliers: tuple[SupplierShare, ...]
    met_weight: Fraction
    unnamed: int
    index: Fraction | None


def concentration(aftermath: Aftermath, lost: Mapping[str, tuple[str, ...]]) -> Concentration:
    """Say what rests on each supplier; ``lost`` holds the needs that are worse without each."""
    counting = _Counting(aftermath)
    found = [counting.share(supplier, needs) for supplier, needs in lost.items()]
    return Concentration(
        suppliers=tuple(sorted(found, key=_order)),
        met_weight=counting.weight,
        unnamed=counting.unnamed,
        index=_index([len(share.systems) for share in found]),
    )


def _order(share: SupplierShare) -> tuple[Fraction, Fraction, str]:
    nothing = Fraction(0)
    return -(share.falls_share or nothing), -(share.rests_share or nothing), share.supplier


def _index(counts: list[int]) -> Fraction | None:
    whole = sum(counts)
    if not whole:
        return None
    return sum((Fraction(count, whole) ** 2 for count in counts), Fraction(0)) * WHOLE_INDEX


class _Counting:
    """The needs that are met, with their routes, and the systems by supplier."""

    def __init__(self, aftermath: Aftermath) -> None:
        self.landscape = aftermath.landscape
        met = (Verdict.MET, Verdict.MET, True)
        self.routes = {
            need: aftermath.on_routes(need)
            for need, left in aftermath.whole.items()
            if left.extent == met
        }
        self.weight = self._weight_of(tuple(self.routes))
        self.systems: dict[str | None, list[str]] = {}
        for key, system in self.landscape.systems.items():
            if _is_in_use(system) and (system.supplied_by or not system.is_human):
                self.systems.setdefault(system.supplied_by, []).append(key)

    @property
    def unnamed(self) -> int:
        """How many systems name no supplier."""
        return len(self.systems.get(None, ()))

    def share(self, supplier: str, lost: tuple[str, ...]) -> SupplierShare:
        """What rests on a supplier and what falls with it."""
        systems = self.systems.get(supplier, [])
        rests = tuple(need for need, on in self.routes.items() if not on.isdisjoint(systems))
        falls = tuple(need for need in lost if need in self.routes)
        return SupplierShare(
            supplier=supplier,
            systems=tuple(systems),
            rests=rests,
            falls=falls,
            rests_share=self._share_of(rests),
            falls_share=self._share_of(falls),
        )

    def _share_of(self, needs: tuple[str, ...]) -> Fraction | None:
        return self._weight_of(needs) / self.weight if self.weight else None

    def _weight_of(self, needs: tuple[str, ...]) -> Fraction:
        return sum((self.landscape.needs[need].weight for need in needs), Fraction(0))


def _is_in_use(system: System) -> bool:
    """Whether a system is in use, as far as anybody said otherwise."""
    return not isinstance(system.lifecycle, Lifecycle) or system.lifecycle.works
