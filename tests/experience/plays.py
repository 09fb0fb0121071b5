"""Small landscapes with activities, and what is said of their chains."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sharedcare.experience import Chains, State, experience
from sharedcare.landscape import Landscape
from tests.builders import landscape, two_partners

#: A nurse checks the list behind the scenes; a visit is seen; somebody feels safe. It all holds.
PLAY: dict[str, Any] = {
    "check": {"actor": "provider", "stage": "back", "supports": ["visit"], "needs": ["medicines"]},
    "visit": {"actor": "provider", "stage": "front", "links": {"safe": "definite"}},
}


def play(changes: Mapping[str, object] | None = None) -> Landscape:
    """Two partners with ``PLAY``, and each change laid at its way (``activities/visit/links``)."""
    return landscape(**two_partners({"activities": deepcopy(PLAY), **(changes or {})}))


def found(changes: Mapping[str, object] | None = None) -> Chains:
    """What is said of the chains of ``play``."""
    return experience(play(changes))


def states(chains: Chains) -> dict[tuple[str, str, str], State]:
    """The state of each chain by its ends."""
    return {
        (chain.activities[0], chain.front, chain.attribute.value): chain.state
        for chain in chains.chains
    }


def only(chains: Chains) -> State:
    """The state of the only chain."""
    (chain,) = chains.chains
    return chain.state
