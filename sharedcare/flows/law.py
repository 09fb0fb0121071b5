"""May it be passed on? Which hops need an agreement, and whether one covers them.

Agreements are held as bits of one number, so that "some agreement names both parties, covers the
category and the purpose, and is in force" is one ``and``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sharedcare.flows.hops import Hop, is_valid
from sharedcare.flows.taking import Fact, Taking, best
from sharedcare.landscape import Agreement, Landscape
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.landscape.data_categories import covers
from sharedcare.vocabulary import AgreementStatus, Purpose, Reason

#: What of the law rests on nothing that may be unknown.
_SAID_OUTRIGHT = frozenset({"ids", "bit", "naming", "processing"})


class Crossing(NamedTuple):
    """What the law looks at in a hop, apart from whose information it is."""

    from_organisation: str | None
    to_organisation: str | None
    from_processes: frozenset[str]
    to_processes: frozenset[str]
    direct_care: bool
    agreements: int | None


@dataclass(frozen=True)
class Law:
    """The agreements of a landscape, taking what is unknown one way.

    Agreements that are ``lost`` name nobody, as if they stood nowhere.
    """

    landscape: Landscape
    taking: Taking
    lost: frozenset[str] = frozenset()
    _lacks: dict[tuple[int, str, Purpose], Reason] = field(default_factory=dict, compare=False)

    def settling(self, taking: Taking) -> "Law":
        """The same agreements, with what is unknown of them taken another way."""
        made = Law(self.landscape, taking, self.lost)
        kept = {name: found for name, found in self.__dict__.items() if name in _SAID_OUTRIGHT}
        made.__dict__.update(kept)
        return made

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Agreement ids; the position of each is its bit."""
        return tuple(sorted(self.landscape.agreements))

    @cached_property
    def bit(self) -> dict[str, int]:
        """The bit of each agreement."""
        return {agreement_id: 1 << position for position, agreement_id in enumerate(self.ids)}

    @cached_property
    def naming(self) -> dict[str, int]:
        """For each organisation, the agreements that name it as a party."""
        found = dict.fromkeys(self.landscape.organisations, 0)
        for agreement_id, agreement in self.landscape.agreements.items():
            if agreement_id not in self.lost:
                for organisation in parties_of(self.landscape, agreement):
                    found[organisation] |= self.bit[agreement_id]
        return found

    def bits(self, listed: Iterable[str]) -> int:
        """Some agreements as bits."""
        return sum(self.bit[agreement_id] for agreement_id in set(listed))

    @cached_property
    def processing(self) -> dict[str, frozenset[str]]:
        """For each system, the organisations for which it only carries."""
        return {
            system_id: frozenset(
                organisation
                for party in system.processor_for
                for organisation in self.landscape.named_by(party)
            )
            for system_id, system in self.landscape.systems.items()
        }

    @cached_property
    def in_force(self) -> int:
        """The agreements that are signed, valid on the day, and rest on a complete lawful basis."""
        agreements = self.landscape.agreements.items()
        return sum(self.bit[key] for key, found in agreements if not self.faults(key, found))

    def faults(self, agreement_id: str, agreement: Agreement) -> tuple[Reason, ...]:
        """Why an agreement is not in force, apart from parties, categories and purposes."""
        return (
            *(() if self._is_signed(agreement_id, agreement) else (Reason.NO_AGREEMENT,)),
            *(() if self._is_valid(agreement_id, agreement) else (Reason.EXPIRED,)),
            *(() if self._has_basis(agreement_id, agreement) else (Reason.LAWFUL_BASIS,)),
        )

    def facts(self, agreement_id: str) -> frozenset[Fact]:
        """The unknown facts on which it rests whether an agreement, that may be, is in force."""
        alone, agreement = best(), self.landscape.agreements[agreement_id]
        is_in_force = not Law(self.landscape, alone).faults(agreement_id, agreement)
        return frozenset(alone.met if is_in_force else ())

    def _is_signed(self, agreement_id: str, agreement: Agreement) -> bool:
        fact = Fact("agreements", agreement_id, "status")
        good, bad = AgreementStatus.SIGNED, AgreementStatus.NONE
        return self.taking.choice(fact, agreement.status, good, bad) is AgreementStatus.SIGNED

    def _is_valid(self, agreement_id: str, agreement: Agreement) -> bool:
        entry = ("agreements", agreement_id)
        return is_valid(self.taking, entry, agreement.valid, self.landscape.as_of)

    def _has_basis(self, agreement_id: str, agreement: Agreement) -> bool:
        basis = agreement.lawful_basis
        for name in self.landscape.meta.lawful_basis_asked:
            said = basis.slot(name) if basis else None
            if said == NO_BASIS:
                return False
            fact = Fact("agreements", agreement_id, f"lawful_basis.{name}")
            if said is None and not self.taking.favours(fact):
                return False
        return True

    def covering(self, category: str, purpose: Purpose) -> int:
        """The agreements, in force or not, that cover a category for a purpose."""
        return sum(
            self.bit[key]
            for key, agreement in self.landscape.agreements.items()
            if purpose in agreement.purposes and covers_category(agreement, category)
        )

    def crossing(self, hop: Hop) -> Crossing:
        """What the law looks at in a hop."""
        listed = hop.agreements
        return Crossing(
            from_organisation=self.landscape.organisation_of(hop.from_),
            to_organisation=self.landscape.organisation_of(hop.to),
            from_processes=self.processing.get(hop.from_, frozenset()),
            to_processes=self.processing.get(hop.to, frozenset()),
            direct_care=hop.direct_care,
            agreements=None if listed is None else self.bits(listed),
        )

    def lack_of_nearest(self, named: int, category: str, purpose: Purpose) -> Reason:
        """Why none of some agreements, as bits, covers a category: by the one that is nearest."""
        key = (named, category, purpose)
        if key not in self._lacks:
            self._lacks[key] = self._lack_of(*key)
        return self._lacks[key]

    def _lack_of(self, named: int, category: str, purpose: Purpose) -> Reason:
        nearest: list[tuple[int, int, Reason]] = []
        for agreement_id, agreement in sorted(self.landscape.agreements.items()):
            if named & self.bit[agreement_id] and covers_category(agreement, category):
                lacks = list(self.faults(agreement_id, agreement))
                lacks += [] if purpose in agreement.purposes else [Reason.PURPOSE]
                nearest += [(len(lacks), list(Reason).index(lack), lack) for lack in lacks[:1]]
        return min(nearest)[2] if nearest else Reason.NO_AGREEMENT

    def cover(self, source: str, crossing: Crossing, good: int) -> str | None:
        """The id of an agreement that covers a hop, None where none is needed or known."""
        return next(iter(self.covers(source, crossing, good)), None)

    def covers(self, source: str, crossing: Crossing, good: int) -> tuple[str, ...]:
        """The ids of all agreements among some, as bits, that cover a hop."""
        to = crossing.to_organisation
        if to is None:
            return ()
        bits = self.naming.get(source, 0) & self.naming.get(to, 0) & good
        if crossing.agreements is not None:
            bits &= crossing.agreements
        return tuple(key for key in self.ids if bits & self.bit[key])


def cover_fact(source: str, to: str) -> Fact:
    """The fact that nobody has recorded whether anything covers two organisations."""
    return Fact("agreements", f"{source}+{to}", "recorded")


def asking_for_cover(
    sources: frozenset[str], crossing: Crossing, purpose: Purpose
) -> frozenset[str]:
    """The sources whose information takes a hop only under an agreement."""
    to = crossing.to_organisation
    if to is None or (crossing.direct_care and purpose is Purpose.DIRECT_CARE):
        return frozenset()
    asking = sources - crossing.to_processes - {to}
    return asking & crossing.from_processes if crossing.from_organisation == to else asking


def asks_for_cover(source: str, crossing: Crossing, purpose: Purpose) -> bool:
    """Whether a hop needs an agreement at all for the information of ``source``."""
    return bool(asking_for_cover(frozenset({source}), crossing, purpose))


def parties_of(landscape: Landscape, agreement: Agreement) -> frozenset[str]:
    """The organisations that an agreement names, by id, by type or as all."""
    return frozenset(
        organisation for party in agreement.parties for organisation in landscape.named_by(party)
    )


def covers_category(agreement: Agreement, category: str) -> bool:
    """Whether an agreement covers a category: by itself, an ancestor, or ``all``."""
    return any(named == "all" or covers(named, category) for named in agreement.categories)
