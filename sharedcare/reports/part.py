"""One part of a page about one thing: sentences, points, and the table of a route."""

from dataclasses import dataclass

from sharedcare.reports.explaining.hop_view import HopView


@dataclass(frozen=True, slots=True)
class Part:
    """A part under its title: sentences, then points, then a route.

    ``numbered`` points are referred to by number from the sentences that ``after`` holds.
    """

    title: str
    lead: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbered: bool = False
    after: tuple[str, ...] = ()
    hops: tuple[HopView, ...] = ()
