"""One hop: whether it can be taken at all, and what it does to what is carried."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.law import Question, is_valid, may_pass
from tests.oracle.occurrences import record
from tests.oracle.values import (
    FORMS,
    UNKNOWN,
    form_rank,
    longest_closed,
    rate,
    rate_borne,
    seconds,
    share_reached,
    time_kept,
    time_taken,
)
from tests.oracle.world import EVERYTHING, World, longest_covering

STORING = ("push", "batch", "manual")
"""The modes whose receiver stores what they bring."""

HAND_MECHANISMS = ("phone", "fax", "email", "post")


@dataclass(frozen=True)
class Hop:
    """A hop that every rule but the route's own allows; times in seconds, form as its rank."""

    name: str
    sender: str
    receiver: str
    mode: str
    time: float
    form: int
    reach: Fraction
    rekeys: int


def hops_by_sender(world: World, question: Question) -> dict[str, list[Hop]]:
    """All hops that an item may take, by flows and by `uses`, under the place they leave."""
    hops: dict[str, list[Hop]] = {}
    for name, flow in world.entries("flows").items():
        if _is_open(world, question, name, flow):
            hops.setdefault(flow["from"], []).append(by_flow(world, question, name, flow))
    for stakeholder in world.entries("stakeholders"):
        for used in uses(world, stakeholder):
            if _use_is_open(world, question, stakeholder, used):
                hop = by_use(world, stakeholder, used)
                hops.setdefault(hop.sender, []).append(hop)
    return hops


def uses(world: World, stakeholder: str) -> list[Mapping[str, Any]]:
    """What a stakeholder uses, each as a map, without the entries that count for nothing."""
    declared = world.entries("stakeholders")[stakeholder].get("uses", [])
    used = [{"system": each} if isinstance(each, str) else each for each in declared]
    return [each for each in used if _has_access(world, each)]


def use_reach(world: World, used: Mapping[str, Any]) -> Fraction:
    """The share of a stakeholder whom a `uses` entry reaches; all, if not said."""
    world.tally["hop.reach.uses"] += "reach" in used
    count_unsettled(world, "uses_reach", used.get("reach", 1))
    return share_reached(used.get("reach", 1), world.best)


def count_unsettled(world: World, name: str, value: Any) -> None:
    """Counts a value that is unknown or an interval."""
    world.tally[f"unknown.{name}"] += value == UNKNOWN
    if isinstance(value, Mapping):
        world.tally[f"between.{name}"] += 1


def _has_access(world: World, used: Mapping[str, Any]) -> bool:
    access = used.get("access")
    if access == UNKNOWN:
        world.tally["unknown.access"] += 1
        return world.best
    said = {None: "unsaid", "no": "no"}.get(access, "said")
    world.tally[f"hop.access.{said}"] += 1
    return access != "no"


def _is_open(world: World, question: Question, name: str, flow: Mapping[str, Any]) -> bool:
    """Whether a flow satisfies all that does not depend on the route before it."""
    return record(world.tally, "hop", flow_conditions(world, question, name, flow))


def flow_conditions(
    world: World, question: Question, name: str, flow: Mapping[str, Any]
) -> dict[str, bool]:
    """Each condition of a flow that does not depend on the route before it."""
    ends = [place for place in (flow["from"], flow["to"]) if place in world.systems]
    return {
        "status": _is_running(world, flow.get("status", "live")),
        "valid": is_valid(world, flow.get("valid"), "flow"),
        "lifecycle": all(_is_live(world, place) for place in ends),
        "carry": _carries(world, name, question.category),
        "history": _reaches_back(world, question, flow),
        "capacity": _has_capacity(world, question, flow),
        "identity": _identifies(world, flow),
        "law": may_pass(world, question, flow["from"], flow["to"], flow),
    }


def _use_is_open(
    world: World, question: Question, stakeholder: str, used: Mapping[str, Any]
) -> bool:
    """Whether a `uses` hop is open."""
    world.tally["hop.history.uses"] += "lookback" in question.item
    return record(world.tally, "hop", use_conditions(world, question, stakeholder, used))


def use_conditions(
    world: World, question: Question, stakeholder: str, used: Mapping[str, Any]
) -> dict[str, bool]:
    """Each condition of a `uses` hop: its system live, and the law."""
    return {
        "lifecycle": _is_live(world, used["system"]),
        "law": may_pass(world, question, used["system"], stakeholder, {}),
    }


def _is_live(world: World, system: str) -> bool:
    lifecycle = world.systems[system].get("lifecycle")
    world.tally["hop.lifecycle.end_of_support"] += lifecycle == "end_of_support"
    return world.is_live(system)


def _is_running(world: World, status: str) -> bool:
    """Status live or pilot; an unknown one may be."""
    if status == UNKNOWN:
        world.tally["unknown.status"] += 1
        return world.best
    if status != "live":
        world.tally[f"hop.status.{status}"] += 1
    return status in {"live", "pilot"}


def _carries(world: World, name: str, category: str) -> bool:
    """Whether some entry of `carries` is the category or an ancestor, or all is carried."""
    entries = world.carried[name]
    entry = longest_covering(entries, category)
    world.tally["hop.carry.as_held"] += entry == EVERYTHING
    world.tally["hop.carry.ancestor"] += entry not in {None, EVERYTHING, category}
    world.tally["hop.carry.below_category"] += entry is None and any(
        each.startswith(f"{category}.") for each in entries
    )
    return entry is not None


def _reaches_back(world: World, question: Question, flow: Mapping[str, Any]) -> bool:
    """Whether the flow's history is long enough, where it is tested."""
    stores_one = flow["mode"] in {"push", "manual"}
    if "lookback" not in question.item:
        world.tally["hop.history.no_lookback"] += 1
        return True
    if stores_one and "history" not in flow:
        world.tally["hop.history.asked_undeclared_stored"] += 1
        return True
    world.tally["hop.history.declared_stored"] += stores_one
    history, lookback = flow.get("history", UNKNOWN), seconds(question.item["lookback"])
    count_unsettled(world, "flow_history", history)
    kept = time_kept(history, world.best)
    world.tally["hop.history.equal"] += kept == lookback
    return kept >= lookback


def _has_capacity(world: World, question: Question, flow: Mapping[str, Any]) -> bool:
    """Whether the flow bears the need's events, where both are declared."""
    events = question.need.get("quantity", {}).get("events")
    if "capacity" not in flow:
        world.tally["hop.capacity.undeclared"] += 1
        return True
    if events is None:
        world.tally["hop.capacity.no_events"] += 1
        return True
    count_unsettled(world, "capacity", flow["capacity"])
    borne = rate_borne(flow["capacity"], world.best)
    world.tally["hop.capacity.equal"] += borne == rate(events)
    return borne >= rate(events)


def _identifies(world: World, flow: Mapping[str, Any]) -> bool:
    """Whether both ends share a domain (the flow's own, if it has one), where both declare."""
    sender, receiver = (
        set(world.systems.get(flow[end], {}).get("identity_domains", [])) for end in ("from", "to")
    )
    own = flow.get("identity_domain")
    if not sender or not receiver:
        world.tally["hop.identity.own_domain_untested" if own else "hop.identity.untested"] += 1
        return True
    shared = sender & receiver
    if own is None or not shared:
        return bool(shared)
    world.tally[f"hop.identity.own_domain.{'pass' if own in shared else 'fail'}"] += 1
    return own in shared


def by_flow(world: World, question: Question, name: str, flow: Mapping[str, Any]) -> Hop:
    """What a flow does to what it carries."""
    return Hop(
        name=name,
        sender=flow["from"],
        receiver=flow["to"],
        mode=flow["mode"],
        time=_time(world, flow),
        form=_surviving_form(world, name, question.category),
        reach=_reach(world, flow),
        rekeys=_rekeys(world, flow),
    )


def by_use(world: World, stakeholder: str, used: Mapping[str, Any]) -> Hop:
    """What a use of a system does to what is there."""
    return Hop(
        name=f"{stakeholder} uses {used['system']}",
        sender=used["system"],
        receiver=stakeholder,
        mode="uses",
        time=0,
        form=len(FORMS) - 1,
        reach=use_reach(world, used),
        rekeys=0,
    )


def _time(world: World, flow: Mapping[str, Any]) -> float:
    """Delay or wait, the interval of a batch, and the longest stretch that the flow is closed."""
    taken: float = 0
    for field in _time_fields(flow["mode"]):
        value = flow.get(field, UNKNOWN)
        count_unsettled(world, field, value)
        taken += time_taken(value, world.best)
    if "hours" in flow:
        closed = longest_closed(flow["hours"])
        world.tally["hop.hours" if closed else "hop.hours.closed_nothing"] += 1
        taken += closed
    return taken


def _time_fields(mode: str) -> tuple[str, ...]:
    if mode == "batch":
        return ("delay", "interval")
    return ("delay",) if mode in STORING else ("wait",)


def _surviving_form(world: World, name: str, category: str) -> int:
    """The best form that the flow lets through: that of its longest covering entry.

    A flow that does not carry it, and so cannot be taken, spoils no form.
    """
    entries = world.carried[name]
    entry = longest_covering(entries, category)
    if entry is None:
        return len(FORMS) - 1
    several = sum(longest_covering({each: {}}, category) is not None for each in entries) > 1
    world.tally["hop.carry.longest_of_several"] += several
    form = entries[entry].get("form", UNKNOWN)
    count_unsettled(world, "flow_form", form)
    return form_rank(form, world.best)


def _reach(world: World, flow: Mapping[str, Any]) -> Fraction:
    """The lower of reach and match_rate, each 1 if not said."""
    for field in ("reach", "match_rate"):
        count_unsettled(world, field, flow.get(field))
        world.tally["hop.reach.flow" if field == "reach" else "hop.reach.match_rate"] += (
            field in flow
        )
    return min(share_reached(flow.get(field, 1), world.best) for field in ("reach", "match_rate"))


def _rekeys(world: World, flow: Mapping[str, Any]) -> int:
    """1 if somebody types it again; unknown if not said where a hand must have done it."""
    by_hand = flow["mode"] == "manual" or flow["mechanism"] in HAND_MECHANISMS
    unsaid: Any = False
    if by_hand and world.is_human(flow["to"]):
        world.tally["hop.rekeyed.not_into_human_place"] += "rekeyed" not in flow
    elif by_hand:
        unsaid = UNKNOWN
    rekeyed = flow.get("rekeyed", unsaid)
    if rekeyed == UNKNOWN:
        world.tally["unknown.rekeyed"] += 1
        return int(not world.best)
    if "rekeyed" in flow:
        world.tally["hop.rekeyed.said" if rekeyed else "hop.rekeyed.denied"] += 1
    return int(rekeyed)
