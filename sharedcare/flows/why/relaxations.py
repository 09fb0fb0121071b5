"""What would have to give way: every smallest choice of families with which a need would be met.

A family is all conditions of one kind, let go everywhere for this need. Sets are tried from small
to large. One that does not suffice is grown until nothing more can be added to it, and all that
lies within is never tried; one that suffices is smallest, since all that lies within was seen to
fail, and nothing that holds it is tried. (The map of blocked sets is that of MARCO, Liffiton et al.
2016, doi:10.1007/s10601-015-9183-0.)
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sharedcare.flows.coverage import item_verdict
from sharedcare.flows.judging import Judge
from sharedcare.flows.search import Limits, Spent
from sharedcare.flows.why.retrial import Retrial
from sharedcare.flows.why.which_run import Explaining, explaining
from sharedcare.vocabulary import Family, Reason, Verdict

#: Ways on that all searches for one need may keep; past it, what was found so far is told.
MAX_WAYS_FOR_A_NEED = 500_000

Families = frozenset[Family]

#: Whether something holds; None where that could not be proven.
Proof = bool | None


@dataclass(frozen=True, slots=True)
class Relaxations:
    """All minimal sets of families with which a need would be met.

    ``sets`` come smallest first, then in order of the vocabulary; of none can a family be left out.
    Empty: no set suffices, a new flow is needed. A need that is met has the one empty set.
    ``at_best`` says that what is not known was taken at its best, else at its worst. Where not
    ``complete`` a limit of the search was reached: what is listed is right, more may be missing.
    """

    sets: tuple[frozenset[Family], ...]
    at_best: bool
    complete: bool = True


def relaxations(judge: Judge, need_id: str) -> Relaxations:
    """Find all minimal sets of families with which a need would be met."""
    told = explaining(judge, need_id)
    if not told.turns:
        return Relaxations((), told.at_best, complete=False)
    sets, complete = _minimal_sets(_Whole(told), in_question(told))
    return Relaxations(sets, told.at_best, complete)


def in_question(told: Explaining) -> tuple[Family, ...]:
    """The families that could make a difference: not those of which nothing is asked or broken."""
    need, broken = told.need, told.diagnosis.relaxed.present
    limits = [Limits.of(need, item) for item in need.content]
    asked = {
        Family.FORM: any(limit.min_form for limit in limits),
        Family.HISTORY: any(limit.lookback is not None for limit in limits),
        Family.CAPACITY: need.quantity.events is not None,
        Family.TIME: need.max_age is not None or need.max_wait is not None,
        Family.REKEY: need.max_rekeys is not None,
        Family.IDENTITY: Reason.IDENTITY in broken,
        Family.LIVE: Reason.NOT_LIVE in broken or _is_anything_down(told),
    }
    return tuple(family for family in Family if asked.get(family, True))


def _is_anything_down(told: Explaining) -> bool:
    return any(shares.down for turn in told.turns for shares in turn.items)


def _minimal_sets(
    whole: "_Whole", families: tuple[Family, ...]
) -> tuple[tuple[Families, ...], bool]:
    """All sets that suffice and of which nothing can be left out, and whether they are all."""
    found: list[Families] = []
    complete = True
    for families_tried in _smallest_first(families):
        if any(smaller <= families_tried for smaller in found):
            continue
        proof = whole.suffices(families_tried)
        if proof and whole.needs_all_of(families_tried):
            found.append(families_tried)
        elif proof is False:
            whole.grow(families_tried, families)
        else:
            complete = False
    return tuple(found), complete


def _smallest_first(families: tuple[Family, ...]) -> Iterator[Families]:
    """Every set of some families, small ones first, then in order of the vocabulary."""
    for size in range(len(families) + 1):
        yield from map(frozenset, itertools.combinations(families, size))


@dataclass
class _Map:
    """What the sets that were tried say of others: to let go of more never does harm."""

    enough: list[Families] = field(default_factory=list)
    too_little: list[Families] = field(default_factory=list)
    in_doubt: set[Families] = field(default_factory=set)

    def says(self, families: Families) -> Proof:
        """Whether a set suffices, None where that does not follow."""
        if any(known <= families for known in self.enough):
            return True
        return False if any(families <= known for known in self.too_little) else None

    def note(self, families: Families, proof: Proof) -> None:
        """Keep what came of a trial."""
        if proof is None:
            self.in_doubt.add(families)
        else:
            (self.enough if proof else self.too_little).append(families)


class _Part:
    """One required item in one turn, and for which sets enough of it would arrive."""

    def __init__(self, retrial: Retrial) -> None:
        self.retrial, self.map = retrial, _Map()

    def suffices(self, families: Families) -> Proof:
        """Whether enough of the item arrives with a set let go; tried if that is not known."""
        known = self.map.says(families)
        if known is None and families not in self.map.in_doubt:
            known = self._tried(families)
            self.map.note(families, known)
        return known

    def _tried(self, families: Families) -> Proof:
        tried = self.retrial.tried(families)
        if item_verdict(self.retrial.asker.need, tried.whole, {}) is Verdict.MET:
            return True
        return False if tried.proven else None


class _Whole:
    """The need, in all turns: every required item of it must arrive."""

    def __init__(self, told: Explaining) -> None:
        spent = Spent(most=MAX_WAYS_FOR_A_NEED)
        self.told = told
        self.turns = [
            [
                _Part(Retrial(told.diagnosis, shares, spent))
                for shares in turn.items
                if shares.asker.item.required
            ]
            for turn in told.turns
        ]

    def suffices(self, families: Families) -> Proof:
        """Whether the need would be met with a set of families let go."""
        known = self._combined(lambda part: part.map.says(families))
        return known if known is not None else self._combined(lambda part: part.suffices(families))

    def _combined(self, proof: Callable[[_Part], Proof]) -> Proof:
        turns = (_every(map(proof, parts)) for parts in self.turns)
        return _some(turns) if self.told.at_best else _every(turns)

    def needs_all_of(self, families: Families) -> bool:
        """Whether a set that suffices is proven not to do so without any one of its families."""
        return all(self.suffices(families - {family}) is False for family in families)

    def grow(self, families: Families, everything: tuple[Family, ...]) -> None:
        """Add to a set that does not suffice as long as it still does not."""
        for family in everything:
            if self.suffices(families | {family}) is False:
                families |= {family}


def _every(proofs: Iterable[Proof]) -> Proof:
    """Whether all hold: the first that does not decides."""
    in_doubt = False
    for proof in proofs:
        if proof is False:
            return False
        in_doubt |= proof is None
    return None if in_doubt else True


def _some(proofs: Iterable[Proof]) -> Proof:
    """Whether any holds: the first that does decides."""
    negated = _every(None if proof is None else not proof for proof in proofs)
    return None if negated is None else not negated
