"""Needs behind broken and questionable chains, followed to the hop at which information stops."""

from collections.abc import Iterable, Mapping

from sharedcare.experience.attributes import hurting
from sharedcare.experience.chain import Chain, Hop, Trace
from sharedcare.flows import Explanation, Judge, Judgement
from sharedcare.flows.why.explanation import explained
from sharedcare.flows.why.nearest import NearestMiss
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import FAMILY_OF, Family, Reason

#: Needs that are followed; those that hurt most chains come first.
MOST_TRACED = 60


def traces_of(
    landscape: Landscape,
    judgement: Judgement,
    chains: Iterable[Chain],
    explanations: Mapping[str, Explanation] | None = None,
) -> tuple[tuple[Trace, ...], tuple[str, ...]]:
    """Follow the needs that hurt chains; past ``MOST_TRACED`` they are only named.

    Where there are ``explanations`` already, by need, those without one are only named too.
    """
    needs = hurting(landscape, chains)
    known = _explained(landscape, needs) if explanations is None else explanations
    followed = [need for need in needs if need in known][:MOST_TRACED]
    verdicts = {found.need: found.verdict for found in judgement.needs}
    traces = tuple(
        Trace(need, verdicts[need], hop_of(landscape, known[need]), known[need])
        for need in followed
    )
    return traces, tuple(need for need in needs if need not in followed)


def _explained(landscape: Landscape, needs: tuple[str, ...]) -> dict[str, Explanation]:
    judge = Judge(landscape)
    return {need: explained(judge, need) for need in needs[:MOST_TRACED]}


def hop_of(landscape: Landscape, explanation: Explanation) -> Hop | None:
    """The hop that stops a need: of the nearest miss, else one that blocks, or lets few through.

    Of an undetermined need it is the hop that stops it if what is unknown turns out badly.
    """
    for miss in sorted(explanation.nearest, key=lambda miss: (len(miss.let_go), miss.source)):
        return _of_miss(miss)
    for frontier in explanation.frontiers:
        for blocked in frontier.blocked:
            return _hop(blocked.flow, blocked.from_, blocked.to, blocked.reasons)
    return _where_lost(landscape, explanation)


def _where_lost(landscape: Landscape, explanation: Explanation) -> Hop | None:
    """The flow, or the use of a system, that lets too few people through."""
    for loss in (loss for one in explanation.lacking for loss in one.losses):
        if loss.kind == "flows":
            flow = landscape.flows[loss.id]
            return _hop(loss.id, flow.from_, flow.to, (Reason.REACH,))
        if loss.kind == "stakeholders":
            system = loss.key.removeprefix("uses.").removesuffix(".reach")
            return _hop(None, system, loss.id, (Reason.REACH,))
    return None


def _of_miss(miss: NearestMiss) -> Hop | None:
    """The first step of a near miss at which something is wrong."""
    steps = zip(miss.path, miss.path[1:], miss.broken[1:], strict=False)
    for before, step, reasons in steps:
        if reasons:
            return _hop(step.flow, before.place, step.place, reasons)
    return None


def _hop(flow: str | None, from_: str, to: str, reasons: tuple[Reason, ...]) -> Hop:
    is_uncovered = any(FAMILY_OF.get(reason) is Family.LAW for reason in reasons)
    return Hop(flow, from_, to, reasons, is_uncovered)
