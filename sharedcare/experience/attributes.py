"""Each of the six attributes by the chains that carry it, what hurts it, and what it may cost."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sharedcare.experience.chain import AttributeState, Chain, FrontLink, State, TradeOff
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute, LinkStrength

#: An attribute that fewer whole chains carry hangs on one thing or on nothing.
ENOUGH = 2

#: Attributes that pull against each other. "Being independent while also feeling safe" is how
#: Steele Gray 2024 tells them, after Kuluski et al. 2019; that one may cost the other is our step.
PULLING = ((Attribute.INDEPENDENT, Attribute.SAFE), (Attribute.SAFE, Attribute.INDEPENDENT))


def attribute_states(landscape: Landscape, chains: Iterable[Chain]) -> tuple[AttributeState, ...]:
    """Count the chains of every attribute, in order of the vocabulary."""
    of: dict[Attribute, list[Chain]] = {attribute: [] for attribute in Attribute}
    for chain in chains:
        of[chain.attribute].append(chain)
    return tuple(_state(landscape, attribute, found) for attribute, found in of.items())


def _state(landscape: Landscape, attribute: Attribute, chains: list[Chain]) -> AttributeState:
    states = Counter(chain.state for chain in chains)
    hurt = Counter(chain.hurt for chain in chains)
    return AttributeState(
        attribute=attribute,
        whole=states[State.WHOLE],
        questionable=states[State.QUESTIONABLE],
        broken=states[State.BROKEN],
        broken_by_needs=hurt[State.BROKEN],
        questioned_by_needs=hurt[State.QUESTIONABLE],
        needs=hurting(landscape, chains),
    )


def hurting(landscape: Landscape, chains: Iterable[Chain]) -> tuple[str, ...]:
    """The needs that hurt chains: those that break most first, then that question most.

    Of equals a safety-critical one is first, then the one of more weight, then as in the profile.
    """
    breaks: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for chain in chains:
        states: dict[str, State] = {}
        for _, cause in chain.causes:
            for need in cause.needs:
                states[need] = max(states.get(need, State.WHOLE), cause.state, key=_rank)
        breaks.update(need for need, state in states.items() if state is State.BROKEN)
        questions.update(need for need, state in states.items() if state is State.QUESTIONABLE)

    def order(key: str) -> tuple[object, ...]:
        need = landscape.needs[key]
        return -breaks[key], -questions[key], not need.safety_critical, -need.weight

    return tuple(sorted((k for k in landscape.needs if breaks[k] or questions[k]), key=order))


def _rank(state: State) -> int:
    return state.rank


def hurt_most(attributes: Iterable[AttributeState]) -> Attribute | None:
    """The attribute of which most chains are broken, then questioned, by needs that are not met.

    Of equals the first of the vocabulary; None where no need hurts any.
    """

    def hurt(found: AttributeState) -> tuple[int, int]:
        return found.broken_by_needs, found.questioned_by_needs

    most = max(attributes, key=hurt, default=None)
    return most.attribute if most is not None and any(hurt(most)) else None


def trade_offs(links: Iterable[FrontLink]) -> Iterator[TradeOff]:
    """Where an activity surely gives an attribute, and not surely the one that pulls against it."""
    said: dict[str, dict[Attribute, LinkStrength]] = {}
    for link in links:
        said.setdefault(link.activity, {})[link.attribute] = link.strength
    for activity, strengths in said.items():
        for gives, costs in PULLING:
            other = strengths.get(costs)
            is_given = strengths.get(gives) is LinkStrength.DEFINITE
            if is_given and other is not LinkStrength.DEFINITE:
                yield TradeOff(activity, gives, costs, other)
