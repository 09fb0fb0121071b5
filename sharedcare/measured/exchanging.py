"""Whether two systems exchange a category, directly or through others."""

from collections.abc import Mapping

from sharedcare.fhir.harmonise.agreement import Agreement
from sharedcare.landscape import Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.data_categories import covers


def is_exchanged(landscape: Landscape, found: Agreement) -> bool:
    """Whether flows can carry the category from one system of a pair to the other."""
    one, other = found.one.system, found.other.system
    onward = _carrying(landscape, found.category)
    return other in _reached(onward, one) or one in _reached(onward, other)


def _carrying(landscape: Landscape, category: str) -> dict[str, list[str]]:
    """Where flows that carry a category, or something of it, lead from each place."""
    onward: dict[str, list[str]] = {}
    for flow in landscape.flows.values():
        if any(
            key == ALL or covers(key, category) or covers(category, key) for key in flow.carries
        ):
            onward.setdefault(flow.from_, []).append(flow.to)
    return onward


def _reached(onward: Mapping[str, list[str]], start: str) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        for place in onward.get(waiting.pop(), ()):
            if place not in reached:
                reached.add(place)
                waiting.append(place)
    return reached
