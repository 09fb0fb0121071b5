"""The verdict on every need of a landscape: two runs, and between them what is not known."""

import copy
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sharedcare.flows.coverage import coverage, item_verdict, need_verdict, rank
from sharedcare.flows.diagnosis import Diagnosis
from sharedcare.flows.evaluation import Arrival, Arrivals, Asked, Evaluation
from sharedcare.flows.network import Network
from sharedcare.flows.sources import Completion, live_fact
from sharedcare.flows.taking import Fact, best, worst
from sharedcare.flows.verdict import (
    Bounds,
    ItemVerdict,
    Judgement,
    NeedVerdict,
    SourceCoverage,
    between,
    sufficiency,
)
from sharedcare.flows.witness import assumptions, steps, tightest
from sharedcare.landscape import Landscape, Need
from sharedcare.vocabulary import Reason, Verdict

#: Unknown facts that decide who is a source are gone through in every combination up to this many.
MAX_DECIDING_FACTS = 8

NOT_PROVEN = "Not proven: too much is unknown, or too many ways lead there, to go through them all."


def judge(landscape: Landscape, explain: bool = True) -> Judgement:
    """Judge every need of a landscape.

    ``explain`` finds the reasons of what does not arrive; without it verdicts come sooner.
    """
    return Judge(landscape, explain).judge()


@dataclass(frozen=True, slots=True)
class Shares:
    """Of one item in one run and completion: coverage by source, and over all.

    ``down`` are the systems that are not in use there.
    """

    asker: Asked
    down: frozenset[str]
    arrivals: Mapping[str, Arrival | None]
    sources: Mapping[str, Fraction]
    whole: Fraction


@dataclass(frozen=True, slots=True)
class Case:
    """One need in one completion: what its items get at worst and at best."""

    completion: Completion
    worst: tuple[Shares, ...]
    best: tuple[Shares, ...]


class Extent(NamedTuple):
    """Between which verdicts a need lies; not proven where the search for it was given up."""

    low: Verdict
    high: Verdict
    proven: bool = True

    @property
    def verdict(self) -> Verdict:
        """The verdict, undetermined where low and high differ."""
        return between(self.low, self.high)


class Judge:
    """Judges one landscape; keeps both runs for whoever explains the verdicts."""

    def __init__(
        self, landscape: Landscape, explain: bool = True, known: Completion | None = None
    ) -> None:
        self.landscape = landscape
        self.explain = explain
        self.known = known or {}
        self.lost: frozenset[str] = frozenset()
        self.arrived: Arrivals = {}
        at_best, at_worst = (
            best(_turned(self.known, is_good=False)),
            worst(_turned(self.known, is_good=True)),
        )
        self.best = Evaluation(Network(landscape, at_best))
        self.worst = Evaluation(Network(landscape, at_worst, twin=self.best.network))
        self.finder = self.best.network.layout.finder
        self.diagnoses = {
            id(run): Diagnosis(run.network) for run in (self.worst, self.best) if explain
        }

    def without(self, systems: Iterable[str], need_ids: Iterable[str]) -> Judgement:
        """Judge needs as if these systems were no longer in use."""
        self.lost = frozenset(systems)
        try:
            return self.judge(need_ids)
        finally:
            self.lost = frozenset()

    def knowing(self, known: Completion) -> "Judge":
        """The judge of the same landscape if some facts were known, without reasons.

        What those facts do not touch is shared with this one, so that many can be tried. Where all
        turn out well, what came at best (``remember_best``) comes as before.
        """
        made, badly = copy.copy(self), _turned(known, is_good=False)
        made.explain, made.diagnoses, made.known = False, {}, {**self.known, **known}
        made.best, made.worst = self.best.settling(badly), self.worst.settling(_turned(known, True))
        made.arrived = {} if badly else self.arrived
        return made

    def remember_best(self, need_ids: Iterable[str]) -> None:
        """Keep what comes at best of needs whose sources are certain, for judges who know more."""
        self.best.start_afresh()
        self.worst.start_afresh()
        for case in self._plain_cases(key for key in need_ids if not self._facts_of(key)).values():
            for shares in case.best:
                if shares.asker.key not in self.best.unproven:
                    self.arrived[shares.asker.key] = dict(shares.arrivals)

    @property
    def unknown(self) -> tuple[Fact, ...]:
        """Every unknown fact that was come across, in order."""
        met = self.best.network.taking.met | self.worst.network.taking.met
        return tuple(sorted(met.union(*map(self._facts_of, self.landscape.needs))))

    def judge(self, need_ids: Iterable[str] | None = None) -> Judgement:
        """Judge every need, or those named, in the order given (else of the profile)."""
        chosen = list(self.landscape.needs if need_ids is None else need_ids)
        cases = self.cases(chosen)
        needs = tuple(self.verdict(key, cases[key]) for key in chosen)
        return Judgement(needs, sufficiency(needs))

    def cases(self, need_ids: Iterable[str]) -> dict[str, list[Case]]:
        """Search for what each need gets, in every completion; none where they are too many."""
        for run in (self.best, self.worst):
            run.start_afresh()
        facts = {key: self._facts_of(key) for key in need_ids}
        plain = self._plain_cases(key for key, found in facts.items() if not found)
        return {
            key: [plain[key]] if key in plain else self._cases(key, found)
            for key, found in facts.items()
        }

    def _facts_of(self, need_id: str) -> tuple[Fact, ...]:
        items = self.landscape.needs[need_id].content
        found = (fact for item in items for fact in self.finder.deciding_facts(item, self.lost))
        return tuple(dict.fromkeys(found))

    def _asked(self, need_id: str, completion: Completion) -> list[Asked]:
        need = self.landscape.needs[need_id]
        return [
            Asked(need_id, need, position, self.finder.sources(item, completion, self.lost))
            for position, item in enumerate(need.content)
        ]

    def _plain_cases(self, need_ids: Iterable[str]) -> dict[str, Case]:
        """The one case of each need whose sources are certain, all searched together."""
        asked = {need_id: self._asked(need_id, {}) for need_id in need_ids}
        everything = [asker for of_need in asked.values() for asker in of_need]
        down, down_at_best = (run.network.down | self.lost for run in (self.worst, self.best))
        kept = {} if self.lost else self.arrived
        searched = (asker for asker in everything if asker.key not in kept)
        at_best = kept | self.best.arrivals(searched, down_at_best)
        at_worst = self.worst.arrivals_below(everything, self.best, at_best, down)
        return {
            need_id: Case(
                {},
                self._shares(of_need, at_worst, down),
                self._shares(of_need, at_best, down_at_best),
            )
            for need_id, of_need in asked.items()
        }

    def _cases(self, need_id: str, facts: tuple[Fact, ...]) -> list[Case]:
        """A case for every way in which the facts that decide who is a source may turn out."""
        if len(facts) - len(self.known.keys() & set(facts)) > MAX_DECIDING_FACTS:
            return []
        return [
            self._case(need_id, dict(zip(facts, answers, strict=True)))
            for answers in itertools.product(*(self._answers(fact) for fact in facts))
        ]

    def _answers(self, fact: Fact) -> tuple[bool, ...]:
        return (self.known[fact],) if fact in self.known else (False, True)

    def _case(self, need_id: str, completion: Completion) -> Case:
        asked = self._asked(need_id, completion)
        down, down_at_best = (self._down(run, completion) for run in (self.worst, self.best))
        at_best = self.best.arrivals(asked, down_at_best)
        at_worst = self.worst.arrivals_below(asked, self.best, at_best, down)
        return Case(
            completion,
            self._shares(asked, at_worst, down),
            self._shares(asked, at_best, down_at_best),
        )

    def _down(self, run: Evaluation, completion: Completion) -> frozenset[str]:
        """The systems not in use, where a completion settles some that are unknown."""
        settled = {
            fact.id: is_live for fact, is_live in completion.items() if fact == live_fact(fact.id)
        }
        off = {system_id for system_id, is_live in settled.items() if not is_live}
        return frozenset((run.network.down - settled.keys()) | off | self.lost)

    def _shares(
        self, asked: Iterable[Asked], arrivals: Arrivals, down: frozenset[str]
    ) -> tuple[Shares, ...]:
        return tuple(self._share(asker, arrivals[asker.key], down) for asker in asked)

    def _share(
        self, asker: Asked, arrivals: Mapping[str, Arrival | None], down: frozenset[str]
    ) -> Shares:
        sources = {key: found.reach if found else Fraction(0) for key, found in arrivals.items()}
        whole = coverage(self.landscape, asker.item, sources)
        return Shares(asker, down, arrivals, sources, whole)

    def verdict(self, need_id: str, cases: list[Case]) -> NeedVerdict:
        """Say what its cases make of a need."""
        need = self.landscape.needs[need_id]
        if not cases:
            return self._not_proven(need_id, need)
        extent = self.extent(need_id, cases)
        shown = max(cases, key=lambda case: rank(self._of_need(need, case.best)))
        return NeedVerdict(
            need=need_id,
            stakeholder=need.stakeholder,
            verdict=extent.verdict,
            low=extent.low,
            high=extent.high,
            weight=need.weight,
            safety_critical=need.safety_critical,
            items=tuple(
                self._item(need, position, cases, shown) for position in range(len(need.content))
            ),
            assumptions=(*self._assumed(shown), *(() if extent.proven else (NOT_PROVEN,))),
            proven=extent.proven,
        )

    def extent(self, need_id: str, cases: list[Case]) -> Extent:
        """Say between which verdicts its cases leave a need, and nothing else."""
        need = self.landscape.needs[need_id]
        if not cases:
            return Extent(Verdict.UNMET, Verdict.MET, proven=False)
        low = min((self._of_need(need, case.worst) for case in cases), key=rank)
        if self._is_unproven(need_id):
            return Extent(low, Verdict.MET, proven=False)
        return Extent(low, max((self._of_need(need, case.best) for case in cases), key=rank))

    def _is_unproven(self, need_id: str) -> bool:
        return any(key == need_id for key, _ in self.worst.unproven | self.best.unproven)

    @staticmethod
    def _of_need(need: Need, shares: tuple[Shares, ...]) -> Verdict:
        return need_verdict(
            need, (share.whole for share in shares), (share.sources for share in shares)
        )

    def _not_proven(self, need_id: str, need: Need) -> NeedVerdict:
        nothing, everything = Fraction(0), Fraction(1)
        items = tuple(
            ItemVerdict(
                category=item.category,
                required=item.required,
                verdict=Verdict.UNDETERMINED,
                low=Verdict.UNMET,
                high=Verdict.MET,
                coverage=Bounds(nothing, everything),
                sources=(),
                reasons=(),
            )
            for item in need.content
        )
        return NeedVerdict(
            need=need_id,
            stakeholder=need.stakeholder,
            verdict=Verdict.UNDETERMINED,
            low=Verdict.UNMET,
            high=Verdict.MET,
            weight=need.weight,
            safety_critical=need.safety_critical,
            items=items,
            assumptions=(NOT_PROVEN,),
            proven=False,
        )

    def _item(self, need: Need, position: int, cases: list[Case], shown: Case) -> ItemVerdict:
        at_worst = [case.worst[position] for case in cases]
        at_best = [case.best[position] for case in cases]
        low = min((item_verdict(need, s.whole, s.sources) for s in at_worst), key=rank)
        high = max((item_verdict(need, s.whole, s.sources) for s in at_best), key=rank)
        verdict = between(low, high)
        asker = shown.best[position].asker
        found = ItemVerdict(
            category=asker.item.category,
            required=asker.item.required,
            verdict=verdict,
            low=low,
            high=high,
            coverage=Bounds(min(s.whole for s in at_worst), max(s.whole for s in at_best)),
            sources=_sources(at_worst, at_best),
            reasons=self._reasons(verdict, at_worst, at_best),
        )
        return self._witnessed(found, shown.best[position])

    def _witnessed(self, found: ItemVerdict, shares: Shares) -> ItemVerdict:
        covered = [(source, way) for source, way in shares.arrivals.items() if way]
        chosen = tightest(shares.asker, covered)
        if chosen is None:
            return found
        source, arrival = chosen
        path = steps(self.best, shares.asker, source, arrival, self.worst)
        last = path[-1]
        return ItemVerdict(
            category=found.category,
            required=found.required,
            verdict=found.verdict,
            low=found.low,
            high=found.high,
            coverage=found.coverage,
            sources=found.sources,
            reasons=found.reasons,
            path=path,
            source=source,
            age=last.age,
            wait=last.wait,
            form=last.form,
            reach=arrival.reach,
            rekeys=last.rekeys,
            open=tuple(name for name in last.open if name != "cover"),
        )

    def _reasons(
        self, verdict: Verdict, at_worst: list[Shares], at_best: list[Shares]
    ) -> tuple[Reason, ...]:
        if not self.explain or verdict is Verdict.MET:
            return ()
        known = verdict is not Verdict.UNDETERMINED
        run, cases = (self.best, at_best) if known else (self.worst, at_worst)
        found = {reason for shares in cases for reason in self._reasons_of(run, shares)}
        return tuple(reason for reason in Reason if reason in found)

    def _reasons_of(self, run: Evaluation, shares: Shares) -> Iterator[Reason]:
        if not shares.sources:
            yield Reason.NO_SOURCE
        wanted = shares.asker.need.quantity.coverage
        if any(0 < share < (wanted.value if wanted else 1) for share in shares.sources.values()):
            yield Reason.REACH
        missing = [source for source, share in shares.sources.items() if not share]
        found = self.diagnoses[id(run)].reasons(shares.asker, missing, shares.down)
        yield from itertools.chain.from_iterable(found.values())

    def _assumed(self, case: Case) -> tuple[str, ...]:
        network = self.best.network
        return tuple(
            dict.fromkeys(
                sentence
                for shares in case.best
                for _, arrival in sorted(shares.arrivals.items())
                if arrival
                for sentence in assumptions(network, shares.asker, arrival)
            )
        )


def _turned(known: Completion, is_good: bool) -> frozenset[Fact]:
    """The facts that are known and that a run would else take the other way."""
    return frozenset(fact for fact, good in known.items() if good is is_good)


def _sources(at_worst: list[Shares], at_best: list[Shares]) -> tuple[SourceCoverage, ...]:
    """The coverage of each source, over the completions in which it is one."""
    everyone = sorted({source for shares in at_best for source in shares.sources})
    return tuple(
        SourceCoverage(
            source,
            Bounds(
                min(shares.sources[source] for shares in at_worst if source in shares.sources),
                max(shares.sources[source] for shares in at_best if source in shares.sources),
            ),
        )
        for source in everyone
    )
