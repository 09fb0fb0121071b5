"""The one or two chains that are worth measuring from end to end, and what to count at each link.

Source: Steele Gray 2024 ("one or two clear paths can be used as a start"). Which path is clear is
ours: a whole one before others, then the one that people themselves confirmed, then the one with
something to count at most links. What to ask people of each attribute is ours too; no published
questionnaire is copied.
"""

from collections.abc import Iterable, Iterator

from sharedcare.experience.chain import Chain, FrontLink, Measured, Proxy, State
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute, LinkStrength

#: Chains that are proposed.
MOST = 2

#: What to ask people who are cared for, for each attribute.
ASKED: dict[Attribute, str] = {
    Attribute.ACCESS: "share of people who say: I got to the right help without telling it all "
    "again",
    Attribute.HEARD: "share of people who say: they listened, and I felt at ease",
    Attribute.SOMEONE_TO_COUNT_ON: "share of people who can name the person they would ring, and "
    "say that they answer",
    Attribute.KNOWING: "share of people who can say what to do next, and what to expect",
    Attribute.INDEPENDENT: "share of people who say: I live as I want to, with the help I chose",
    Attribute.SAFE: "share of people who say: I feel safe where I am, and I know whom to call",
}

#: What can be counted of any need.
OF_NEED = "share of times at which this was there when it was needed"


def to_measure(
    landscape: Landscape, chains: Iterable[Chain], links: Iterable[FrontLink]
) -> tuple[Measured, ...]:
    """Choose the clearest backed chain, and the clearest of another attribute and activity.

    A broken chain is proposed only where there is no other; and then it is the only one.
    """
    by_ends = {(link.activity, link.attribute): link for link in links}
    open_ = sorted(
        (Measured(chain, tuple(_proxies(landscape, chain))) for chain in chains if chain.is_backed),
        key=lambda one: _clearness(one, by_ends[one.chain.front, one.chain.attribute]),
    )
    chosen: list[Measured] = []
    for one in open_:
        is_new = all(
            one.chain.attribute is not before.chain.attribute
            and one.chain.front != before.chain.front
            for before in chosen
        )
        is_clear = not chosen or one.chain.state is not State.BROKEN
        if is_new and is_clear and len(chosen) < MOST:
            chosen.append(one)
    return tuple(chosen)


def _clearness(one: Measured, link: FrontLink) -> tuple[int, bool, bool, int, int]:
    """What puts one chain before another; less is clearer."""
    is_confirmed = link.is_tested and link.strength is LinkStrength.DEFINITE
    unmeasured = sum(proxy.words is None for proxy in one.proxies)
    causes = len(one.chain.causes)
    return one.chain.state.rank, not is_confirmed, link.differs, unmeasured, causes


def _proxies(landscape: Landscape, chain: Chain) -> Iterator[Proxy]:
    """What to count: of each activity, of the needs that they name, of the attribute."""
    counted: set[str] = set()
    for key in chain.activities:
        activity = landscape.activities[key]
        for need in activity.needs:
            if need not in counted:
                counted.add(need)
                yield Proxy("needs", need, OF_NEED)
        yield Proxy("activities", key, activity.proxy)
    yield Proxy("attribute", chain.attribute.value, ASKED[chain.attribute])
