"""What changes cost together, and how long they take."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from sharedcare.landscape.change import Change
from sharedcare.landscape.landscape import Landscape
from sharedcare.quantities import Duration, Money, Range, Unknown

Q = TypeVar("Q", Duration, Money)


@dataclass(frozen=True, slots=True)
class Effort:
    """The cost by currency, and the time from the first start to the last end.

    What is not known is left out of both and named: they are then the least that it can be.
    ``time`` counts changes side by side, and each after what it requires; it is None where no
    duration is known.
    """

    costs: tuple[Range[Money], ...]
    cost_unknown: tuple[str, ...]
    time: Range[Duration] | None
    time_unknown: tuple[str, ...]


def effort(landscape: Landscape, change_ids: Iterable[str]) -> Effort:
    """Add up what changes take, given in an order in which they can be made."""
    changes = {key: landscape.changes[key] for key in change_ids}
    return Effort(
        costs=_costs(changes.values()),
        cost_unknown=tuple(key for key, change in changes.items() if _range(change.cost) is None),
        time=_time(changes),
        time_unknown=tuple(
            key for key, change in changes.items() if _range(change.duration) is None
        ),
    )


def _range(stated: Q | Range[Q] | Unknown | None) -> Range[Q] | None:
    """An amount with its bounds; None where it is not known."""
    if stated is None or isinstance(stated, Unknown):
        return None
    return stated if isinstance(stated, Range) else Range(stated, stated, stated)


def _costs(changes: Iterable[Change]) -> tuple[Range[Money], ...]:
    by_currency: dict[str, list[Range[Money]]] = {}
    for change in changes:
        cost = _range(change.cost)
        if cost is not None:
            by_currency.setdefault(cost.low.currency, []).append(cost)
    return tuple(_sum(currency, costs) for currency, costs in by_currency.items())


def _sum(currency: str, costs: list[Range[Money]]) -> Range[Money]:
    likely = [cost.likely.amount for cost in costs if cost.likely is not None]
    return Range(
        Money(currency, sum((cost.low.amount for cost in costs), Fraction(0))),
        Money(currency, sum((cost.high.amount for cost in costs), Fraction(0))),
        Money(currency, sum(likely, Fraction(0))) if len(likely) == len(costs) else None,
    )


def _time(changes: dict[str, Change]) -> Range[Duration] | None:
    """The longest chain of changes of which each requires the one before it."""
    done: dict[str, tuple[Fraction, Fraction, Fraction | None]] = {}
    for key, change in changes.items():
        before = [done[other] for other in change.requires if other in done]
        low, high, likely = _longest(before)
        takes = _range(change.duration)
        if takes is not None:
            low, high = low + takes.low.seconds, high + takes.high.seconds
            told = None if takes.likely is None else takes.likely.seconds
            likely = None if likely is None or told is None else likely + told
        done[key] = (low, high, likely)
    if all(_range(change.duration) is None for change in changes.values()):
        return None
    low, high, likely = _longest(list(done.values()))
    return Range(Duration(low), Duration(high), None if likely is None else Duration(likely))


def _longest(
    chains: list[tuple[Fraction, Fraction, Fraction | None]],
) -> tuple[Fraction, Fraction, Fraction | None]:
    """The latest end of some chains, at the least, at most, and likely if all have a guess."""
    zero = Fraction(0)
    likely = [guess for _, _, guess in chains if guess is not None]
    return (
        max((low for low, _, _ in chains), default=zero),
        max((high for _, high, _ in chains), default=zero),
        max(likely, default=zero) if len(likely) == len(chains) else None,
    )
