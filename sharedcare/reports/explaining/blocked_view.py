"""What stops it: the hops on the frontier with their reasons, and the route that nearly works."""

from collections.abc import Iterator
from dataclasses import replace

from sharedcare.flows.why.explanation import Explanation
from sharedcare.flows.why.frontier import Blocked, Frontier
from sharedcare.flows.why.nearest import NearestMiss
from sharedcare.landscape import Need
from sharedcare.reports.explaining.hop_view import HopView, hop_views
from sharedcare.reports.part import Part
from sharedcare.reports.words.broken_words import BrokenHop, broken_words, open_by_itself
from sharedcare.reports.words.family_words import would_be_met
from sharedcare.reports.words.figures import counted, listed, lowered, sentence
from sharedcare.reports.words.flow_words import means
from sharedcare.reports.words.miss_words import broken_hops
from sharedcare.reports.words.names import Names

#: What is told of each list; the rest is counted.
MOST_BLOCKED = 5
MOST_FRONTIERS = 6
MOST_MISSES = 3
MOST_REACHED = 6


def blocked_parts(found: Explanation, names: Names) -> Iterator[Part]:
    """Where each source's part is held up, so that a person can check it."""
    need = names.landscape.needs[found.verdict.need]
    for frontier in shown_frontiers(found, need):
        hops = shown_hops(frontier)
        rest = len(frontier.refused) + len(frontier.blocked) - len(hops)
        at_worst = "" if frontier.at_best else ", with the unknown at worst"
        yield Part(
            title=f"What stops it: {_of(frontier.category, frontier.source, names)}{at_worst}",
            lead=tuple(_reached(frontier, names)),
            points=tuple(_point(hop, frontier, need, names) for hop in hops),
            after=(_rest(rest),) if rest else (),
        )
    rest = sum(_counts(need, one.position) for one in found.frontiers) - MOST_FRONTIERS
    if rest > 0:
        yield Part(title="What stops it elsewhere", lead=(_more_sources(rest),))


def _counts(need: Need, position: int) -> bool:
    """Whether the verdict hangs on an item: it is required, or none is."""
    return need.content[position].required or not any(item.required for item in need.content)


def shown_frontiers(found: Explanation, need: Need) -> list[Frontier]:
    """The frontiers that are told: those of the items that the verdict hangs on."""
    chosen = [one for one in found.frontiers if _counts(need, one.position)]
    return chosen[:MOST_FRONTIERS]


def shown_hops(frontier: Frontier) -> tuple[Blocked, ...]:
    """The hops that are told: where it cannot start, and what may be all that is missing, first.

    With the unknown at its worst no more than these are told, if there are any.
    """
    hops = (*frontier.refused, *frontier.blocked)
    nearest = (*frontier.refused, *(hop for hop in frontier.blocked if hop.leads_on))
    return (hops if frontier.at_best else nearest or hops)[:MOST_BLOCKED]


def _rest(number: int) -> str:
    more = f"{counted(number, 'hop')} more stop" + ("s" if number == 1 else "")
    return f"{more} it; --format json lists them all."


def _more_sources(rest: int) -> str:
    return f"{counted(rest, 'more source')} in the same way; --format json lists all of them."


def _of(category: str, source: str, names: Names) -> str:
    what = lowered(names.landscape.category_label(category))
    return f"{what} from {names.organisation(source)}"


def _reached(frontier: Frontier, names: Names) -> Iterator[str]:
    """To which places it comes under every condition, and where it goes on from none of them."""
    if not frontier.complete:
        yield "Not proven: there was too much to go through."
    called = names.landscape.place_label
    reached = [called(place) for place in frontier.reached]
    if reached:
        yield f"It comes as far as {listed(reached, most=MOST_REACHED)}."
    else:
        yield "It starts nowhere."
    if not frontier.blocked and not frontier.refused and frontier.complete:
        yield "No flow leads on to the role from there."


def _point(hop: Blocked, frontier: Frontier, need: Need, names: Names) -> str:
    item = need.content[frontier.position]
    flow = names.landscape.flows[hop.flow] if hop.flow else None
    open_ = open_by_itself(flow) if flow and frontier.at_best else ()
    broken = BrokenHop(names, need, item, frontier.source, hop, brief=True, open=open_)
    only = " From there a route leads on as things are." if hop.leads_on else ""
    return f"{_called(broken)}: {sentence('; and '.join(broken_words(broken)))}{only}"


def _called(broken: BrokenHop) -> str:
    """A hop by its ends and means."""
    if broken.starts:
        return broken.from_
    flow = broken.flow
    by = f" ({flow.name or means(flow)})" if flow else ""
    return f"{broken.from_} → {broken.to}{by}"


def miss_parts(found: Explanation, names: Names) -> Iterator[Part]:
    """The routes that come nearest, with what is broken where."""
    need = names.landscape.needs[found.verdict.need]
    for miss in shown_misses(found, need):
        yield Part(
            title=f"The nearest miss: {_of(miss.category, miss.source, names)}",
            lead=(f"This route would serve if {would_be_met(miss.let_go)}.",),
            hops=tuple(_hops(miss, need, names)),
        )


def shown_misses(found: Explanation, need: Need) -> list[NearestMiss]:
    """The near misses that are told: of the items that the verdict hangs on, the nearest first."""
    chosen = [miss for miss in found.nearest if _counts(need, miss.position)]
    return sorted(chosen, key=lambda miss: len(miss.let_go))[:MOST_MISSES]


def _hops(miss: NearestMiss, need: Need, names: Names) -> Iterator[HopView]:
    told = broken_hops(miss, need, names, brief=True)
    for hop, clauses in zip(hop_views(miss.path, names), told, strict=True):
        yield replace(hop, broken=tuple(map(sentence, clauses)))
