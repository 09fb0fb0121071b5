"""Chores: what people do by hand, or look for, so that a need is met.

They are counted along the witness routes of the needs: as often as a need arises, for the share of
people for whom it goes that way. Two needs that name the same event and go by the same flow are one
piece of work. What nobody has timed or counted is *not known*, and never nothing.

Of each item one route is looked at, that of its verdict; where several sources send, the others may
go otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from sharedcare.flows.hops import is_rekeyed
from sharedcare.flows.verdict import ItemVerdict, Judgement, NeedVerdict, Step
from sharedcare.flows.work.handwork import worker_of
from sharedcare.landscape import Flow, Landscape, Need
from sharedcare.quantities import HOUR, Duration, Range, Unknown
from sharedcare.vocabulary import Mode, Use, Verdict

#: What a login of its own takes where nobody timed it: between what staff of one hospital needed
#: after single sign-on was brought in (10 s) and, for several systems together, before it (1 min
#: 45 s). Source: Department of Health and Social Care, news of 4 January 2020 on NHS login times.
#: That it holds elsewhere is our assumption.
LOGIN_TIME = Range(Duration(Fraction(10), "10 s"), Duration(Fraction(105), "1 min 45 s"))

#: What a use of a system says in ``sign_on`` where it asks for a login of its own.
SEPARATE = "separate"

#: The mechanism of a flow that takes a login of its own.
SEPARATE_LOGIN = "separate_login"


class Chore(Enum):
    """What a person does because no machine does it."""

    RETYPED = "retyped"
    HANDED_ON = "handed_on"
    HANDLED = "handled"
    LOGGED_IN = "logged_in"
    SEARCHED = "searched"


#: How much something comes to, within bounds; ``likely`` is None where nobody made a guess.
Amount = Range[Fraction]


def exactly(amount: Fraction) -> Amount:
    """An amount that is known."""
    return Range(amount, amount, amount)


def times(amount: Amount, factor: Fraction) -> Amount:
    """So many times as much."""
    likely = None if amount.likely is None else amount.likely * factor
    return Range(amount.low * factor, amount.high * factor, likely)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work that comes again and again.

    ``flow`` or ``system`` says where it is done (neither where somebody searches), ``role`` who
    does it, None where only the organisation is known; ``organisation`` is None for the person
    cared for and those beside them. ``events`` are those a year that take it, None where that is
    not known; ``seconds`` what each takes, None where nobody timed it. It is not ``certain`` where
    the profile leaves open whether it is done at all, and ``assumed`` where the time is ours.
    """

    chore: Chore
    role: str | None
    organisation: str | None
    needs: tuple[str, ...]
    events: Fraction | None
    seconds: Amount | None
    flow: str | None = None
    system: str | None = None
    certain: bool = True
    assumed: bool = False

    @property
    def hours(self) -> Amount | None:
        """Hours a year, from 0 where it may not be done at all; None where that is not known."""
        if self.events is None or self.seconds is None:
            return None
        whole = times(self.seconds, self.events / HOUR)
        return whole if self.certain else Range(Fraction(0), whole.high)


def chores(landscape: Landscape, judgement: Judgement) -> tuple[Work, ...]:
    """Return the work that the needs take, in the order of organisations, roles and needs."""
    found: dict[tuple[object, ...], Work] = {}
    for verdict in judgement.needs:
        event = landscape.needs[verdict.need].event
        for work in _of_need(landscape, verdict):
            is_alone = event is None or work.chore is Chore.SEARCHED
            when = verdict.need if is_alone else event
            key = (is_alone, when, work.chore, work.flow, work.system, work.role, work.organisation)
            found[key] = _as_one(found[key], work) if key in found else work
    order = _Order(landscape)
    return tuple(sorted(found.values(), key=order.of))


def _as_one(work: Work, same: Work) -> Work:
    """The work for two needs that arise together: as often as the one that arises more."""
    events = [piece.events for piece in (work, same) if piece.events is not None]
    return replace(
        work,
        needs=tuple(dict.fromkeys((*work.needs, *same.needs))),
        events=max(events, default=None),
        seconds=work.seconds or same.seconds,
        certain=work.certain or same.certain,
    )


def _of_need(landscape: Landscape, verdict: NeedVerdict) -> Iterator[Work]:
    need = landscape.needs[verdict.need]
    search = _search(landscape, need, verdict)
    if search is not None:
        yield search
    for item in verdict.items:
        for work in _Route(landscape, need, verdict.need, item).work():
            if not (work.chore is Chore.LOGGED_IN and need.search_time is not None):
                yield work


def _search(landscape: Landscape, need: Need, verdict: NeedVerdict) -> Work | None:
    """Looking for what a need asks for: as timed, or of a need not met in a time not known."""
    if need.search_time is None and (verdict.verdict is Verdict.MET or need.use is not Use.VIEW):
        return None
    return Work(
        Chore.SEARCHED,
        role=need.stakeholder,
        organisation=landscape.organisation_of(need.stakeholder),
        needs=(verdict.need,),
        events=need.quantity.events.per_year if need.quantity.events else None,
        seconds=_amount(need.search_time),
        certain=need.search_time is not None,
    )


def _amount(time: Duration | Range[Duration] | Unknown | None) -> Amount | None:
    """A time in seconds with its bounds; None where nobody timed it."""
    if isinstance(time, Range):
        likely = None if time.likely is None else time.likely.seconds
        return Range(time.low.seconds, time.high.seconds, likely)
    return exactly(time.seconds) if isinstance(time, Duration) else None


@dataclass(frozen=True, slots=True)
class _Route:
    """The witness route of one item of a need."""

    landscape: Landscape
    need: Need
    need_id: str
    item: ItemVerdict

    def work(self) -> Iterator[Work]:
        """Yield the work on the way, hop by hop."""
        following = (*self.item.path[2:], None)
        for (before, step), after in zip(pairwise(self.item.path), following, strict=False):
            if step.flow is None:
                yield from self._use(before.place, step.place)
            else:
                yield from self._flow(step.flow, after)

    def _work(self, chore: Chore, place: str, after: Step | None, seconds: Amount | None) -> Work:
        role = self._role_at(place, after)
        events, reach = self.need.quantity.events, self.item.reach or Fraction(0)
        return Work(
            chore,
            role=role,
            organisation=self.landscape.organisation_of(role or place),
            needs=(self.need_id,),
            events=events.per_year * reach if events else None,
            seconds=seconds,
        )

    def _flow(self, flow_id: str, after: Step | None) -> Iterator[Work]:
        """The work of a flow: the sender's, the receiver's, or that of whoever looks."""
        flow = self.landscape.flows[flow_id]
        time, is_sent = _amount(flow.staff_time), flow.mode is Mode.MANUAL
        if is_sent:
            yield self._by_flow(Chore.HANDED_ON, flow_id, flow.from_, None, time)
        rekeyed = is_rekeyed(self.landscape, flow)
        if rekeyed is not False:
            typing = self._by_flow(
                Chore.RETYPED, flow_id, flow.to, after, None if is_sent else time
            )
            yield replace(typing, certain=rekeyed is True)
        elif flow.mechanism == SEPARATE_LOGIN:
            login = self._by_flow(Chore.LOGGED_IN, flow_id, flow.to, after, time)
            yield login if time else replace(login, seconds=_amount(LOGIN_TIME), assumed=True)
        elif worker_of(flow) == flow.to:
            yield self._by_flow(Chore.HANDLED, flow_id, flow.to, after, time)

    def _by_flow(
        self, chore: Chore, flow_id: str, place: str, after: Step | None, time: Amount | None
    ) -> Work:
        return replace(self._work(chore, place, after, time), flow=flow_id)

    def _use(self, system: str, role: str) -> Iterator[Work]:
        """The login that a use of a system takes, where it is said to be one of its own."""
        for use in self.landscape.stakeholders[role].uses:
            if use.system == system and use.sign_on == SEPARATE:
                login = self._work(Chore.LOGGED_IN, role, None, _amount(LOGIN_TIME))
                yield replace(login, system=system, assumed=True)

    def _role_at(self, place: str, after: Step | None) -> str | None:
        """The role that does the work at a place: itself, who uses it next, or its only user."""
        if place in self.landscape.stakeholders:
            return place
        if after is not None and after.flow is None:
            return after.place
        organisation = self.landscape.organisation_of(place)
        users = [
            key
            for key, stakeholder in self.landscape.stakeholders.items()
            if stakeholder.organisation == organisation
            and any(use.system == place for use in stakeholder.uses)
        ]
        return users[0] if len(users) == 1 else None


class _Order:
    """The order in which work is told: that of the profile."""

    def __init__(self, landscape: Landscape) -> None:
        self.organisations = {key: at for at, key in enumerate(landscape.organisations)}
        self.roles = {key: at for at, key in enumerate(landscape.stakeholders)}
        self.needs = {key: at for at, key in enumerate(landscape.needs)}
        self.chores = {chore: at for at, chore in enumerate(Chore)}

    def of(self, work: Work) -> tuple[int, int, int, str, int]:
        """Where a piece of work stands; what is nobody's in particular comes last."""
        return (
            self.organisations.get(work.organisation or "", len(self.organisations)),
            self.roles.get(work.role or "", len(self.roles)),
            self.chores[work.chore],
            work.flow or work.system or "",
            self.needs[work.needs[0]],
        )


def takes_a_hand(landscape: Landscape, flow: Flow) -> bool:
    """Whether a flow takes somebody's hand, or may do so."""
    return worker_of(flow) is not None or is_rekeyed(landscape, flow) is not False
