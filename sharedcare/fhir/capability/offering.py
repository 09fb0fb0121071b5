"""Which categories the types that an interface offers surely serve, perhaps, or never."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sharedcare.fhir.capability.serving import names_of, surely, types_of
from sharedcare.fhir.capability.statement import Served
from sharedcare.landscape import Landscape


@dataclass(slots=True)
class Sorted:
    """Categories by the types that serve them, as a sentence names these.

    ``never`` has for each category the types that would have served it, ``no_types`` those of
    which none is known. ``offers`` are categories with the types that are offered for them.
    """

    surely: dict[str, list[str]] = field(default_factory=dict)
    perhaps: dict[str, list[str]] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)
    no_types: list[str] = field(default_factory=list)
    offers: list[tuple[str, tuple[Served, ...]]] = field(default_factory=list)


def sort(landscape: Landscape, categories: Iterable[str], offered: tuple[Served, ...]) -> Sorted:
    """Sort categories by what is offered for them."""
    made = Sorted()
    for category in categories:
        wanted = types_of(category, landscape)
        fitting = surely(category, offered)
        maybe = tuple(one for one in offered if one.type in wanted)
        made.offers.append((category, fitting or maybe))
        if fitting:
            made.surely.setdefault(names_of(fitting), []).append(category)
        elif maybe:
            made.perhaps.setdefault(names_of(maybe), []).append(category)
        elif wanted:
            made.never[category] = ", ".join(wanted)
        else:
            made.no_types.append(category)
    return made
