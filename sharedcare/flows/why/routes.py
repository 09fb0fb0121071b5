"""By which route each source's part of each item of a need comes, and of which part nothing comes.

A verdict shows one witness for each item; a picture of the need shows them all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sharedcare.flows.coverage import rank
from sharedcare.flows.diagnosis import Diagnosis
from sharedcare.flows.evaluation import Arrival
from sharedcare.flows.judging import Case, Judge, Shares
from sharedcare.flows.taking import Fact
from sharedcare.flows.verdict import Step
from sharedcare.flows.why.bearing import bearing
from sharedcare.flows.why.which_run import verdict_of
from sharedcare.flows.witness import hops_of, steps
from sharedcare.vocabulary import Reason


@dataclass(frozen=True, slots=True)
class Route:
    """How one source's part of one item comes; without ``path`` nothing of it is found to come.

    ``position`` is that of the item in the need, ``starts`` the systems where a route of this
    source may start. ``open`` names for each step the keys of what is not known of the hop to it,
    or of what is held at the start (``agreements`` where it is whether it may be passed on), and
    taken at its best. Where the part comes however the unknown turns out, the path is one that
    serves in any case, and nothing in it is open. ``reasons`` say why nothing comes even at best;
    there are none where that could not be proven.
    """

    position: int
    category: str
    source: str
    starts: tuple[str, ...]
    path: tuple[Step, ...]
    open: tuple[tuple[str, ...], ...]
    reasons: tuple[Reason, ...] = ()


def routes(judge: Judge, need_id: str) -> tuple[Route, ...]:
    """Find the best route of each source of each item, in the order of the need's content.

    Where facts that decide who is a source are not known, they are taken as is best for the need.
    There are none where these are too many to go through.
    """
    need, cases = judge.landscape.needs[need_id], judge.cases([need_id])[need_id]
    if not cases:
        return ()
    shown = max(cases, key=lambda case: rank(verdict_of(need, case.best)))
    facts = bearing(judge, need_id)
    return tuple(
        route
        for position in range(len(need.content))
        for route in _of_item(judge, shown, position, facts)
    )


def _of_item(judge: Judge, case: Case, position: int, facts: frozenset[Fact]) -> Iterator[Route]:
    at_best, at_worst = case.best[position], case.worst[position]
    asker = at_best.asker
    missing = [source for source, arrival in at_best.arrivals.items() if arrival is None]
    reasons = _diagnosis(judge).reasons(asker, missing, at_best.down) if missing else {}
    for source, starts in asker.sources.starts.items():
        surely, perhaps = at_worst.arrivals.get(source), at_best.arrivals[source]
        path: tuple[Step, ...] = ()
        open_: tuple[tuple[str, ...], ...] = ()
        if surely is not None:
            path = steps(judge.worst, at_worst.asker, source, surely)
            open_ = ((),) * len(path)
        elif perhaps is not None:
            path = steps(judge.best, asker, source, perhaps)
            open_ = tuple(_open(judge, at_worst, source, perhaps, facts))
        systems = tuple(dict.fromkeys(start.system for start in starts))
        yield Route(
            position=position,
            category=asker.item.category,
            source=source,
            starts=systems,
            path=path,
            open=open_,
            reasons=reasons.get(source, ()),
        )


def _diagnosis(judge: Judge) -> Diagnosis:
    return judge.diagnoses.get(id(judge.best)) or Diagnosis(judge.best.network)


def _open(
    judge: Judge, at_worst: Shares, source: str, arrival: Arrival, facts: frozenset[Fact]
) -> Iterator[tuple[str, ...]]:
    """What each step of a route that comes at best takes for granted, of the facts that bear."""
    life = dict.fromkeys(at_worst.down, ("lifecycle",))
    yield (*_keys(arrival.stored.facts & facts), *life.get(arrival.system, ()))
    clearance = judge.worst.law_for(at_worst.asker)
    for position in hops_of(arrival):
        hop = judge.best.network.hops[position]
        is_lawful = clearance.bits(position) & clearance.bit[source]
        law = () if is_lawful else ("agreements",)
        yield (*_keys(hop.facts & facts), *law, *life.get(hop.to, ()))


def _keys(facts: Iterable[Fact]) -> tuple[str, ...]:
    """What some facts are about: the last part of their keys; of what is carried, the form."""
    ways = (fact.key.split(".") for fact in sorted(facts))
    return tuple(dict.fromkeys("form" if way[0] == "carries" else way[-1] for way in ways))
