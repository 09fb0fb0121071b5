"""A near miss in words: at which hop it fails, and why.

A wait may begin anew, and what was merely shown may yet be passed on by a person; so both count
against a route at its end. People want to know which hop brought it about.
"""

from collections.abc import Iterator, Sequence

from sharedcare.flows import Step
from sharedcare.flows.search import FORBIDDEN
from sharedcare.flows.why.frontier import Blocked
from sharedcare.flows.why.nearest import NearestMiss
from sharedcare.landscape import Landscape, Need
from sharedcare.reports.words.broken_words import BrokenHop, broken_words
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Reason


def broken_hops(
    miss: NearestMiss, need: Need, names: Names, brief: bool = False
) -> Iterator[tuple[str, ...]]:
    """What is wrong at each step of a nearest miss, in clauses."""
    item, before = need.content[miss.position], miss.path[0]
    placed = _reasons_by_culprit(miss, need, names.landscape)
    for step, reasons in zip(miss.path, placed, strict=True):
        hop = _as_blocked(before, step, reasons)
        yield broken_words(BrokenHop(names, need, item, miss.source, hop, brief, step.open))
        before = step


def _as_blocked(before: Step, step: Step, reasons: tuple[Reason, ...]) -> Blocked:
    """A step of a route as a hop, with what it has by then."""
    return Blocked(
        flow=step.flow,
        from_=before.place,
        to=step.place,
        reasons=reasons,
        age=step.age,
        wait=step.wait,
        rekeys=step.rekeys,
        form=step.form,
    )


def _reasons_by_culprit(
    miss: NearestMiss, need: Need, landscape: Landscape
) -> tuple[tuple[Reason, ...], ...]:
    """The reasons of each step of a near miss, each where the hop is that brings it about."""
    placed: list[list[Reason]] = [[] for _ in miss.path]
    for position, reasons in enumerate(miss.broken):
        for reason in reasons:
            culprit = _culprit(miss.path, position, reason, need, landscape)
            placed[culprit].append(reason)
    return tuple(tuple(r for r in Reason if r in reasons) for reasons in placed)


def _culprit(
    path: Sequence[Step], position: int, reason: Reason, need: Need, landscape: Landscape
) -> int:
    """The step at which the hop arrives that is to be named."""
    if reason is Reason.WAIT:
        return max(range(1, position + 1), key=lambda n: _waited(path, n), default=position)
    if reason is Reason.MODE and path[position].flow is None:
        return next(
            (n for n in range(position, 0, -1) if _is_forbidden(path[n], need, landscape)), position
        )
    return position


def _waited(path: Sequence[Step], position: int) -> float:
    """How much longer one waits after the hop to a step."""
    return float(path[position].wait) - float(path[position - 1].wait)


def _is_forbidden(step: Step, need: Need, landscape: Landscape) -> bool:
    """Whether a step came by a flow of a mode that the need's use does not take."""
    return step.flow is not None and landscape.flows[step.flow].mode in FORBIDDEN[need.use]
