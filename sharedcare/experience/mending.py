"""What a change, an option or a scenario does to chains: which it mends, which attributes it lifts.

A change that lifts one attribute and lowers another buys the one at the other's cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sharedcare.dimension import Dimension
from sharedcare.dimensions import DIMENSIONS
from sharedcare.evidence import Evidence
from sharedcare.experience.chain import AttributeState, Chain, Chains
from sharedcare.experience.chaining import chains_of
from sharedcare.flows import judge
from sharedcare.landscape import Landscape, what_if
from sharedcare.landscape.activity import Attribute
from sharedcare.places import Placed, by_path
from sharedcare.scoring import score


class Turn(Enum):
    """What becomes of a chain."""

    MENDED = "mended"
    BETTER = "better"
    WORSE = "worse"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ChainTurn:
    """One chain that becomes another; None where it is not there. ``MENDED`` is whole after."""

    turn: Turn
    before: Chain | None
    after: Chain | None


@dataclass(frozen=True, slots=True)
class Mending:
    """Chains before and after something is done.

    ``lifted`` are attributes that more whole chains carry or, with as many, fewer broken ones;
    ``lowered`` those that fewer whole ones carry or, with as many, more broken ones.
    """

    what: tuple[str, ...]
    landscape: Landscape
    changed: Landscape
    before: Chains
    after: Chains
    turns: tuple[ChainTurn, ...]
    lifted: tuple[Attribute, ...]
    lowered: tuple[Attribute, ...]

    def turned(self, turn: Turn) -> tuple[ChainTurn, ...]:
        """The chains of which this becomes."""
        return tuple(found for found in self.turns if found.turn is turn)


def experience(landscape: Landscape) -> Chains:
    """Judge every need, and join what people do to what people notice.

    Of the dimensions those are scored that an activity rests on, with all that they lean on.
    """
    judgement = judge(landscape)
    scores = score(Evidence(landscape, judgement), _rested_on(landscape))
    return chains_of(landscape, judgement, scores)


def _rested_on(landscape: Landscape) -> tuple[Dimension, ...]:
    """The dimensions that activities name, and their prerequisites, whose levels limit theirs."""
    named = [key for activity in landscape.activities.values() for key in activity.dimensions]
    by_id = {dimension.id: dimension for dimension in DIMENSIONS}
    found: set[str] = set()
    while named:
        key = named.pop()
        if key in by_id and key not in found:
            found.add(key)
            named += by_id[key].prerequisites
    return tuple(dimension for dimension in DIMENSIONS if dimension.id in found)


def mending(landscape: Landscape, *what: str, place: Placed = by_path) -> Mending:
    """Say what changes, options and scenarios, by id and carried out together, do to chains.

    Raises NotFoundError for an id that there is not, UsedWrongly if two exclude each other, and
    ProfileRefused if they cannot be carried out.
    """
    changed = what_if(landscape, *what, place=place)
    before, after = experience(landscape), experience(changed)
    return Mending(
        what=what,
        landscape=landscape,
        changed=changed,
        before=before,
        after=after,
        turns=tuple(_turns(before, after)),
        lifted=tuple(_moved(before, after, 1)),
        lowered=tuple(_moved(before, after, -1)),
    )


def _turns(before: Chains, after: Chains) -> Iterator[ChainTurn]:
    """The chains that do not stay as they are."""
    was, becomes = ({chain.ends: chain for chain in found.chains} for found in (before, after))
    for ends in dict.fromkeys((*was, *becomes)):
        turn = _turn(was.get(ends), becomes.get(ends))
        if turn is not None:
            yield ChainTurn(turn, was.get(ends), becomes.get(ends))


def _turn(before: Chain | None, after: Chain | None) -> Turn | None:
    if before is None or after is None:
        return Turn.NEW if before is None else Turn.GONE
    step = before.state.rank - after.state.rank
    if step > 0:
        return Turn.BETTER if after.state.rank else Turn.MENDED
    return Turn.WORSE if step < 0 else None


def _moved(before: Chains, after: Chains, way: int) -> Iterator[Attribute]:
    for old, new in zip(before.attributes, after.attributes, strict=True):
        was, becomes = _carried(old), _carried(new)
        if (becomes > was) - (becomes < was) == way:
            yield old.attribute


def _carried(found: AttributeState) -> tuple[int, int]:
    """How well an attribute is carried; more is better."""
    return found.whole, -found.broken
