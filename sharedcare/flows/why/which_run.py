"""Which run explains a need: at best where even that fails, at worst where that is in doubt.

Where facts that decide who is a source are not known, the run is looked at in every way in which
they may turn out; routes are shown for one of them, that which decides the verdict.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sharedcare.flows.coverage import need_verdict, rank
from sharedcare.flows.diagnosis import Diagnosis
from sharedcare.flows.evaluation import Evaluation
from sharedcare.flows.judging import Judge, Shares
from sharedcare.flows.sources import Completion
from sharedcare.flows.taking import Fact
from sharedcare.landscape import Need
from sharedcare.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Turn:
    """One way in which the facts that decide who is a source may turn out, and what it gives."""

    completion: Completion
    items: tuple[Shares, ...]

    @property
    def settled(self) -> tuple[tuple[Fact, bool], ...]:
        """What it assumes of each such fact, in order."""
        return tuple(sorted(self.completion.items()))


@dataclass(frozen=True, slots=True)
class Explaining:
    """The run that explains a need, with what comes in it in every turn, from least that is well.

    In the best run one good turn makes the verdict, in the worst run one bad turn. There are no
    turns where they are too many to go through.
    """

    need: Need
    run: Evaluation
    at_best: bool
    turns: tuple[Turn, ...]
    diagnosis: Diagnosis

    @property
    def shown(self) -> Turn | None:
        """The turn that makes the verdict, None where they are too many to go through.

        Of several the best, or at worst the worst: that where most, or least, turns out well.
        """
        if self.at_best:
            return max(reversed(self.turns), key=self._rank, default=None)
        return min(self.turns, key=self._rank, default=None)

    def _rank(self, turn: Turn) -> int:
        return rank(verdict_of(self.need, turn.items))


def explaining(judge: Judge, need_id: str) -> Explaining:
    """Say which run explains a verdict: the worst if it is undetermined, else the best."""
    cases = judge.cases([need_id])[need_id]
    at_best = judge.extent(need_id, cases).verdict is not Verdict.UNDETERMINED
    run = judge.best if at_best else judge.worst
    turns = tuple(Turn(case.completion, case.best if at_best else case.worst) for case in cases)
    diagnosis = judge.diagnoses.get(id(run)) or Diagnosis(run.network)
    return Explaining(judge.landscape.needs[need_id], run, at_best, turns, diagnosis)


def verdict_of(need: Need, items: Iterable[Shares]) -> Verdict:
    """The verdict that the shares of its items make."""
    listed = tuple(items)
    return need_verdict(need, (one.whole for one in listed), (one.sources for one in listed))
