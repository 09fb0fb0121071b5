"""How sturdy a need is that arrives: the room left, the weakest hop, what hangs on one system."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.flows.why.robustness import (
    ItemRobustness,
    Limit,
    RouteCount,
    SinglePoint,
    Slack,
    SourceRoutes,
    WeakestHop,
)
from sharedcare.quantities import Rate
from sharedcare.reports.words.figures import at_best, counted, percent, time_words
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Form

#: What each limit is about, to begin a line with.
_LABELS = {
    Limit.AGE: "Out of date",
    Limit.WAIT: "Waiting",
    Limit.REKEYS: "Typed in again",
    Limit.FORM: "Form",
    Limit.HISTORY: "Reaches back",
    Limit.CAPACITY: "Takes",
    Limit.COVERAGE: "Comes for",
}

#: Why a hop is the weakest: the limit of which it takes most.
_TAKES_MOST = {
    Limit.AGE: "it takes the largest share of the time that is allowed",
    Limit.WAIT: "it takes the largest share of the wait that is allowed",
    Limit.REKEYS: "there it is typed in again",
    Limit.FORM: "there the form falls nearest to what is asked for",
    Limit.HISTORY: "it reaches back the least",
    Limit.CAPACITY: "it can take the fewest",
    Limit.COVERAGE: "it reaches the fewest",
}

_SHOWN_LEAST = {
    "tested": "its standard is tested, as on every other hop",
    "claimed": "its standard is only claimed",
    "none": "it keeps no standard",
}


def sturdy_words(found: ItemRobustness, names: Names) -> Iterator[str]:
    """Say how sturdy one item is, a line for each limit, the weakest hop and the routes."""
    for slack in found.slacks:
        if slack.used != ENDLESS:
            yield _slack(slack)
    if found.weakest_hop is not None:
        yield _weakest(found, found.weakest_hop, names)
    for routes in found.routes:
        yield _routes(routes, names)
    if found.path and not found.sure:
        yield "These figures hold with what is unknown at its best."


def _slack(slack: Slack) -> str:
    label = _LABELS[slack.limit]
    if slack.limit is Limit.REKEYS and not slack.allowed:
        return f"{label}: {at_best('never', slack.open)}, as is asked for."
    used, allowed = (_amount(slack.limit, value) for value in (slack.used, slack.allowed))
    if slack.open and not slack.used:
        return f"{label}: not known; {allowed} is allowed."
    used = at_best(used, slack.open)
    if slack.limit in (Limit.AGE, Limit.WAIT, Limit.REKEYS):
        return f"{label}: {used} of {allowed} allowed; {_left(slack)}."
    if slack.limit is Limit.FORM:
        return f"{label}: {used}, where {allowed} or better is asked for."
    left = "too little" if slack.used < slack.allowed else _left(slack)
    return f"{label}: {used}, where {allowed} is asked for; {left}."


def _left(slack: Slack) -> str:
    return f"{_amount(slack.limit, slack.left)} to spare" if slack.left else "nothing to spare"


def _amount(limit: Limit, value: Time) -> str:
    if limit is Limit.FORM:
        return Form(int(value)).word
    if limit is Limit.REKEYS:
        return counted(int(value), "time")
    if limit is Limit.COVERAGE:
        return percent(Fraction(value))
    if limit is Limit.CAPACITY:
        return str(Rate(Fraction(value)))
    return time_words(value)


def _weakest(item: ItemRobustness, weakest: WeakestHop, names: Names) -> str:
    step = item.path[weakest.step]
    to = names.landscape.place_label(step.place)
    if weakest.limit is not None:
        why = _TAKES_MOST[weakest.limit]
    else:
        why = _SHOWN_LEAST.get(weakest.conformance or "", "nothing says which standard it keeps")
    return f"The weakest hop is the one to {to}: {why}."


def _routes(found: SourceRoutes, names: Names) -> str:
    source = names.organisation(found.organisation)
    apart, ways = found.apart, found.ways
    told = f"From {source}: {_number(apart)}"
    if apart.at_most > 1:
        told += " of which no two share a system"
    if ways.at_least > apart.at_least:
        told += f"; {_number(ways)} if they may begin and end in the same system"
    return f"{told}."


def _number(found: RouteCount) -> str:
    if not found.exact:
        return f"{found.at_least} to {counted(found.at_most, 'route')}"
    return "only one route" if found.at_least == 1 else counted(found.at_least, "route")


def single_point_words(found: SinglePoint, names: Names) -> str:
    """Say what the need is when one thing is lost."""
    label = names.landscape.label(found.kind, found.id)
    after = found.verdict_after.words
    if found.low_after is not found.high_after:
        after = f"{found.low_after.words} at worst, {found.high_after.words} at best"
    return f"{label}: without it the need is {after}."
