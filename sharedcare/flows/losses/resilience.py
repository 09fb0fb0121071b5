"""Resilience: each system, supplier, agreement and identity domain lost in turn, and what falls.

A need is *lost* with something if its verdict is worse without it: the lowest or the highest
verdict that it can have falls, and neither rises. What was partly met or undetermined can be lost
too; what is unmet cannot. A loss may also better a verdict: where both of two sources are wanted
and one of them goes, the other alone is asked for; where the last agreement that names two parties
goes, unsigned as it was, nobody knows what covers them. These are told and not set off.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.concentration import Concentration, concentration
from sharedcare.flows.losses.losing import Aftermath, Lost
from sharedcare.flows.losses.pairs import losses_in_pairs
from sharedcare.flows.losses.verdict_change import Direction, VerdictChange, changes, going
from sharedcare.flows.verdict import Bounds
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Verdict

#: Called with the kind that is being lost, how many things at once (1 or 2), how many losses are
#: done, and how many there are.
Progress = Callable[["LossKind", int, int, int], None]


class LossKind(Enum):
    """What may be lost."""

    SYSTEM = "system"
    SUPPLIER = "supplier"
    AGREEMENT = "agreement"
    IDENTITY_DOMAIN = "identity_domain"


@dataclass(frozen=True, slots=True)
class Loss:
    """What falls when something is lost, or two things of a kind at once.

    ``ids`` are ids of systems or agreements, names of suppliers or words for identity domains;
    ``systems`` those that go with it. ``changes`` holds every need whose verdict is another then
    (of a pair: those that end worse than without either alone), ``weight`` sums the weights of
    those that are worse, and ``sufficiency`` is what is left of it, None without any weight.
    ``safety_critical`` are the safety-critical needs among the lost, ``stakeholders`` and
    ``organisations`` those who have a lost need.
    """

    kind: LossKind
    ids: tuple[str, ...]
    systems: tuple[str, ...]
    changes: tuple[VerdictChange, ...]
    weight: Fraction
    sufficiency: Bounds | None
    safety_critical: tuple[str, ...]
    stakeholders: tuple[str, ...]
    organisations: tuple[str, ...]

    def going(self, way: Direction) -> tuple[str, ...]:
        """The needs whose verdict went one way."""
        return tuple(change.need for change in going(self.changes, way))

    @property
    def lost(self) -> tuple[str, ...]:
        """The needs that are worse off, in the order of the profile."""
        return self.going(Direction.WORSE)

    @property
    def order(self) -> tuple[object, ...]:
        """Most safety-critical needs first, then most weight, most needs; then by kind and id."""
        first = (-len(self.safety_critical), -self.weight, -len(self.lost))
        return (*first, list(LossKind).index(self.kind), self.ids)


@dataclass(frozen=True, slots=True)
class Stress:
    """Every loss, the gravest first; ``whole`` says how each need stands with nothing lost.

    ``pairs`` holds the pairs that take more than the two take alone, None where nobody asked.
    ``concentration`` is None where suppliers were not asked for.
    """

    kinds: tuple[LossKind, ...]
    whole: Mapping[str, Extent]
    sufficiency: Bounds | None
    losses: tuple[Loss, ...]
    pairs: tuple[Loss, ...] | None
    concentration: Concentration | None

    @property
    def proven(self) -> bool:
        """Whether no verdict was left open by a limit of the search."""
        found = itertools.chain(self.losses, self.pairs or ())
        return all(extent.proven for extent in self.whole.values()) and not any(
            loss.going(Direction.NOT_PROVEN) for loss in found
        )


def stress(
    landscape: Landscape,
    kinds: Iterable[LossKind] = tuple(LossKind),
    pairs: bool = False,
    progress: Progress | None = None,
) -> Stress:
    """Lose everything of some kinds, one after the other, and see which needs fall.

    With ``pairs`` also every two of a kind. Raises LimitReached where there are too many pairs.
    """
    wanted = tuple(kind for kind in LossKind if kind in set(kinds))
    stressing = _Stressing(landscape, progress or _silent)
    losses = [loss for kind in wanted for loss in stressing.losses(kind)]
    return Stress(
        kinds=wanted,
        whole=stressing.whole,
        sufficiency=stressing.sufficiency(()),
        losses=tuple(sorted(losses, key=lambda loss: loss.order)),
        pairs=stressing.pairs(wanted) if pairs else None,
        concentration=stressing.concentration(losses) if LossKind.SUPPLIER in wanted else None,
    )


def _silent(_kind: LossKind, _at_once: int, _done: int, _all: int) -> None:
    """Tell nobody how far the work has come."""


def losable(landscape: Landscape, kind: LossKind) -> dict[str, Lost]:
    """What of a kind there is to lose, in the order of the profile, and what goes with each."""
    if kind is LossKind.SYSTEM:
        return {key: Lost(systems=frozenset({key})) for key in landscape.systems}
    if kind is LossKind.AGREEMENT:
        return {key: Lost(agreements=frozenset({key})) for key in landscape.agreements}
    if kind is LossKind.IDENTITY_DOMAIN:
        words = (word for word, _ in _by_domain(landscape))
        return {word: Lost(identity_domains=frozenset({word})) for word in words}
    found: dict[str, Lost] = {}
    for key, system in landscape.systems.items():
        if system.supplied_by is not None:
            before = found.get(system.supplied_by, Lost())
            found[system.supplied_by] = before | Lost(systems=frozenset({key}))
    return found


def affordable(landscape: Landscape, most: int) -> tuple[LossKind, ...]:
    """The kinds of which everything can be lost in so many losses, those with fewest first."""
    kinds, left = [], most
    for kind in sorted(LossKind, key=lambda kind: len(losable(landscape, kind))):
        left -= len(losable(landscape, kind))
        if left >= 0:
            kinds.append(kind)
    return tuple(kind for kind in LossKind if kind in kinds)


def _by_domain(landscape: Landscape) -> Iterator[tuple[str, str]]:
    """Each identity domain with each system that declares it."""
    for key, system in landscape.systems.items():
        if isinstance(system.identity_domains, tuple):
            yield from ((word, key) for word in system.identity_domains)


class _Stressing:
    """One landscape while it is stressed."""

    def __init__(self, landscape: Landscape, progress: Progress) -> None:
        self.landscape, self.progress = landscape, progress
        self.aftermath = Aftermath(landscape)
        self.whole = self.aftermath.before
        self.weight = sum((need.weight for need in landscape.needs.values()), Fraction(0))

    def losses(self, kind: LossKind) -> Iterator[Loss]:
        """Lose everything of a kind in turn."""
        things = losable(self.landscape, kind)
        for done, (key, lost) in enumerate(things.items()):
            self.progress(kind, 1, done, len(things))
            found = self.aftermath.extents(lost, self.aftermath.may_change(lost))
            yield self._loss(kind, (key,), lost, changes(self.whole, found))

    def pairs(self, kinds: Iterable[LossKind]) -> tuple[Loss, ...]:
        """Lose every two of each kind at once."""
        found = [loss for kind in kinds for loss in self._pairs_of(kind)]
        return tuple(sorted(found, key=lambda loss: loss.order))

    def _pairs_of(self, kind: LossKind) -> Iterator[Loss]:
        things = losable(self.landscape, kind)

        def progress(done: int, all_: int) -> None:
            self.progress(kind, 2, done, all_)

        for pair, found in losses_in_pairs(self.aftermath, things, progress):
            lost = things[pair[0]] | things[pair[1]]
            yield self._loss(kind, pair, lost, changes(self.whole, found))

    def concentration(self, losses: Iterable[Loss]) -> Concentration:
        """Say how much hangs on single suppliers."""
        lost = {loss.ids[0]: loss.lost for loss in losses if loss.kind is LossKind.SUPPLIER}
        return concentration(self.aftermath, lost)

    def _loss(
        self, kind: LossKind, ids: tuple[str, ...], lost: Lost, found: tuple[VerdictChange, ...]
    ) -> Loss:
        needs = {change.need: self.landscape.needs[change.need] for change in _worse(found)}
        stakeholders = dict.fromkeys(need.stakeholder for need in needs.values())
        organisations = map(self.landscape.organisation_of, stakeholders)
        return Loss(
            kind=kind,
            ids=ids,
            systems=tuple(key for key in self.landscape.systems if key in lost.systems),
            changes=found,
            weight=sum((need.weight for need in needs.values()), Fraction(0)),
            sufficiency=self.sufficiency(found),
            safety_critical=tuple(key for key, need in needs.items() if need.safety_critical),
            stakeholders=tuple(stakeholders),
            organisations=tuple(dict.fromkeys(filter(None, organisations))),
        )

    def sufficiency(self, found: Iterable[VerdictChange]) -> Bounds | None:
        """The weight of the needs met over all weight, when some verdicts are others."""
        if not self.weight:
            return None
        low, high = self._met
        for change in found:
            weight = self.landscape.needs[change.need].weight
            low += weight * (_is_met(change.after.low) - _is_met(change.before.low))
            high += weight * (_is_met(change.after.high) - _is_met(change.before.high))
        return Bounds(low / self.weight, high / self.weight)

    @cached_property
    def _met(self) -> tuple[Fraction, Fraction]:
        """The weight of the needs that are met at worst and at best, with nothing lost."""
        needs = self.landscape.needs.items()
        low = (need.weight for key, need in needs if _is_met(self.whole[key].low))
        high = (need.weight for key, need in needs if _is_met(self.whole[key].high))
        return sum(low, Fraction(0)), sum(high, Fraction(0))


def _is_met(verdict: Verdict) -> bool:
    return verdict is Verdict.MET


def _worse(found: Iterable[VerdictChange]) -> Iterator[VerdictChange]:
    return going(found, Direction.WORSE)
