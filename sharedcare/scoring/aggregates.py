"""How one figure is made of many organisations' figures."""

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction

from sharedcare.landscape import Landscape


class Weighing(Enum):
    """By what organisations are weighted against each other."""

    POPULATION = "population"
    INSTANCES = "instances"


#: How much an organisation counts: people or instances.
Weights = Mapping[str, int | Fraction]


def weights_of(organisations: Iterable[str], landscape: Landscape) -> tuple[Weighing, Weights]:
    """Weights by population if all declare a plain number of people, else by instances."""
    entries = {key: landscape.organisations[key] for key in organisations}
    people = {
        key: entry.population
        for key, entry in entries.items()
        if isinstance(entry.population, Fraction)
    }
    if len(people) == len(entries) and any(people.values()):
        return Weighing.POPULATION, people
    return Weighing.INSTANCES, {key: entry.instances for key, entry in entries.items()}


def lower_median(values: Mapping[str, Fraction], weights: Weights) -> Fraction:
    """The smallest value at or under which at least half of the weight lies."""
    at: dict[Fraction, int | Fraction] = {}
    for key, value in values.items():
        at[value] = at.get(value, 0) + weights[key]
    whole = sum(at.values())
    reached: int | Fraction = 0
    for value in sorted(at):
        reached += at[value]
        if 2 * reached >= whole:
            return value
    raise ValueError("there is no median of nothing")


def share_from(bound: int, values: Mapping[str, Fraction], weights: Weights) -> Fraction:
    """The share of the weight whose value is at the bound or above."""
    above = sum(weights[key] for key, value in values.items() if value >= bound)
    return Fraction(above) / sum(weights[key] for key in values)
