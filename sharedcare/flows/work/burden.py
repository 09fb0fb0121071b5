"""Burden: hours that people spend on what machines leave to them, and what is pushed at them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from sharedcare.flows.judging import judge
from sharedcare.flows.live import live_flows
from sharedcare.flows.verdict import Judgement
from sharedcare.flows.work.chores import Amount, Chore, Work, chores, exactly, takes_a_hand
from sharedcare.flows.work.interruptions import Expected, Push, Reached, reached_roles
from sharedcare.landscape import Flow, Landscape
from sharedcare.quantities import WEEK, Duration, Range, Rate, Unknown

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Total:
    """The hours a year of several pieces of work, and of how many pieces they are not known."""

    hours: Amount | None
    unknown: int


@dataclass(frozen=True, slots=True)
class Pushed:
    """One flow that pushes at a role what it did not ask for.

    It is ``certain`` where the role surely notices. ``per_week`` is how often it runs, where it
    runs at intervals; ``at_most`` how much it can take a week. Both are None where that is not
    declared.
    """

    flow: str
    beyond: tuple[str, ...]
    certain: bool
    per_week: Amount | None
    at_most: Fraction | None


@dataclass(frozen=True, slots=True)
class Overload:
    """What is pushed at one role beyond any need of theirs; what can only be looked up is none.

    ``asks`` tells whether the profile says at all what the role needs. ``expected`` is how often
    the needs arise about which it is told, to set beside what it can take in (``attention``).
    """

    role: str
    organisation: str
    pushes: tuple[Pushed, ...]
    asks: bool
    expected: Expected
    attention: Rate | Range[Rate] | Unknown | None


@dataclass(frozen=True, slots=True)
class Burden:
    """The work of a landscape, in the order of the profile, and what is pushed at roles.

    ``off_route`` are flows in use that take somebody's hand and by which no need goes: what they
    come to is not known.
    """

    work: tuple[Work, ...]
    overload: tuple[Overload, ...]
    off_route: tuple[str, ...]

    def by_role(self) -> dict[tuple[str | None, str | None], Total]:
        """The hours of each role, as (organisation, role)."""
        return _totals(self.work, lambda work: (work.organisation, work.role))

    def by_organisation(self) -> dict[str | None, Total]:
        """The hours of each organisation; None stands for the person and those beside them."""
        return _totals(self.work, lambda work: work.organisation)

    def by_chore(self) -> dict[Chore, Total]:
        """The hours of each kind of work, in their order."""
        found = _totals(self.work, lambda work: work.chore)
        return {chore: found[chore] for chore in Chore if chore in found}

    @property
    def total(self) -> Total:
        """All hours together."""
        return total(self.work)


def burden(landscape: Landscape, judgement: Judgement | None = None) -> Burden:
    """Count the work by hand in a landscape; ``judgement`` is that of its needs, if at hand."""
    judged = judgement or judge(landscape, explain=False)
    live = live_flows(landscape)
    steps = (step for need in judged.needs for item in need.items for step in item.path)
    on_route = {step.flow for step in steps}
    return Burden(
        work=chores(landscape, judged),
        overload=tuple(_overload(reached_roles(landscape, live))),
        off_route=tuple(
            key
            for key, flow in live.items()
            if key not in on_route and takes_a_hand(landscape, flow)
        ),
    )


def total(work: Iterable[Work]) -> Total:
    """Add up hours; of what is not known, only how much of it there is."""
    hours = [piece.hours for piece in work]
    known = [amount for amount in hours if amount is not None]
    if not known:
        return Total(None, len(hours))
    likely = [amount.likely for amount in known if amount.likely is not None]
    whole = Range(
        sum((amount.low for amount in known), Fraction(0)),
        sum((amount.high for amount in known), Fraction(0)),
        sum(likely, Fraction(0)) if len(likely) == len(known) else None,
    )
    return Total(whole, len(hours) - len(known))


def _totals(work: Iterable[Work], of: Callable[[Work], K]) -> dict[K, Total]:
    pieces: dict[K, list[Work]] = {}
    for piece in work:
        pieces.setdefault(of(piece), []).append(piece)
    return {key: total(found) for key, found in pieces.items()}


def _overload(roles: Iterable[Reached]) -> Iterator[Overload]:
    for role in roles:
        pushes = tuple(_pushed(role, push) for push in role.pushes if role.unasked(push))
        if pushes:
            yield Overload(
                role=role.key,
                organisation=role.organisation,
                pushes=pushes,
                asks=bool(role.wanted),
                expected=role.expected,
                attention=role.stakeholder.attention,
            )


def _pushed(role: Reached, push: Push) -> Pushed:
    return Pushed(
        flow=push.flow_id,
        beyond=role.unasked(push),
        certain=push.certain,
        per_week=_runs(push.flow.interval),
        at_most=_most(push.flow),
    )


def _runs(interval: Duration | Range[Duration] | Unknown | None) -> Amount | None:
    """How often a week something happens that happens every so often."""
    if isinstance(interval, Duration) and interval.seconds:
        return exactly(WEEK / interval.seconds)
    if isinstance(interval, Range) and interval.low.seconds:
        likely = None if interval.likely is None else WEEK / interval.likely.seconds
        return Range(WEEK / interval.high.seconds, WEEK / interval.low.seconds, likely)
    return None


def _most(flow: Flow) -> Fraction | None:
    """How much a flow can take a week, at most."""
    most = flow.capacity.high if isinstance(flow.capacity, Range) else flow.capacity
    return most.per_second * WEEK if isinstance(most, Rate) else None
