"""The payloads of a landscape's systems: what was read, what was measured, what follows from it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sharedcare.errors import FileTrouble, NotFoundError
from sharedcare.fhir.harmonise.code_lists import CodeLists
from sharedcare.fhir.harmonise.column_map import ColumnMap
from sharedcare.fhir.harmonise.concept_maps import Maps
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.disclosure import Disclosure
from sharedcare.fhir.harmonise.resources import Settings
from sharedcare.fhir.harmonise.result import Harmonisation, harmonisation
from sharedcare.fhir.harmonise.sources import Measured, measure_system
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape
from sharedcare.landscape.data_categories import covers
from sharedcare.measured.differences import Difference, differences
from sharedcare.measured.given import Given, given_files
from sharedcare.measured.holdings import MeasuredHolding, measured_holdings
from sharedcare.measured.patches import as_measured

#: Bytes of a key that is made for one run.
KEY_BYTES = 32


@dataclass(frozen=True)
class Payloads:
    """What systems of a landscape send, joined to what is declared of them.

    ``declared`` is the landscape as the profile has it. ``partial`` are the systems of which
    something could not be read, ``given`` the files and folders, where they are known. Counts are
    exact; ``shown`` turns them into what may be shown.
    """

    declared: Landscape
    harmonisation: Harmonisation
    partial: tuple[str, ...] = ()
    shown: Disclosure = field(default_factory=Disclosure)
    given: tuple[Given, ...] = ()

    @property
    def systems(self) -> Mapping[str, Counters]:
        """What was counted of each system, in the order in which they were given."""
        return self.harmonisation.systems

    @cached_property
    def holdings(self) -> Mapping[str, tuple[MeasuredHolding, ...]]:
        """What was measured and what is declared, by system."""
        return {
            key: measured_holdings(self.declared, key, counters)
            for key, counters in self.systems.items()
        }

    @cached_property
    def as_measured(self) -> Landscape:
        """The landscape with what was measured laid over what is declared."""
        every = (one for found in self.holdings.values() for one in found)
        return as_measured(self.declared, every)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where payloads and the profile part, what misleads most first."""
        found = [
            one
            for key, counters in self.systems.items()
            for one in differences(self.declared, key, counters, self.holdings[key])
        ]
        return tuple(sorted(found, key=lambda one: one.order))

    def of(self, system: str, category: str) -> MeasuredHolding | None:
        """What was measured of a category in a system; None where nothing of it was."""
        held = self.holdings.get(system, ())
        covering = [one for one in held if covers(one.category, category) and one.found]
        return max(covering, key=lambda one: len(one.category)) if covering else None


def measure_payloads(
    landscape: Landscape,
    paths: Mapping[str, Iterable[str]],
    columns: Mapping[str, ColumnMap] | None = None,
    maps: Maps | None = None,
    settings: Settings | None = None,
) -> Payloads:
    """Measure what systems send: by the system's id, its files and folders.

    ``columns`` say what the columns of a system's tables mean, ``maps`` what code systems can be
    turned into each other; without ``settings`` a key is made that nobody will know again. Raises
    NotFoundError for a system that the landscape does not have, FileTrouble where nothing of a
    system could be read, and as :func:`sharedcare.fhir.harmonise.sources.measure_system` does.
    """
    check_systems(landscape, paths)
    by = settings or Settings(secrets.token_bytes(KEY_BYTES))
    tables = columns or {}
    measured = {key: measure_system(given, by, tables.get(key)) for key, given in paths.items()}
    for key, found in measured.items():
        if found.faults and not found.counters.read:
            raise FileTrouble(f"{key}: nothing could be read")
    return payloads_of(landscape, measured, maps, given=given_files(paths))


def payloads_of(
    landscape: Landscape,
    measured: Mapping[str, Measured],
    maps: Maps | None = None,
    lists: CodeLists | None = None,
    given: tuple[Given, ...] = (),
) -> Payloads:
    """Join what was measured of systems to the landscape that declares them.

    ``lists`` are the codes that there are, where they are known; ``given`` the files. Raises
    NotFoundError for a system that the landscape does not have.
    """
    check_systems(landscape, measured)
    counters = {key: found.counters for key, found in measured.items()}

    def weight(category: str) -> float:
        return weight_of(landscape, category)

    partial = tuple(key for key, found in measured.items() if not found.is_whole)
    found = harmonisation(counters, maps, weight, lists)
    return Payloads(landscape, found, partial, given=given)


def check_systems(landscape: Landscape, named: Iterable[str]) -> None:
    """Raise NotFoundError, with what may be meant, for a system that is not in the landscape."""
    for key in named:
        if key not in landscape.systems:
            hint = did_you_mean(key, landscape.systems)
            raise NotFoundError(f"payloads are given of {key}, and there is no such system{hint}")


def weight_of(landscape: Landscape, category: str) -> float:
    """The weight of the needs that ask for a category, for a part of it, or for what it is in."""
    return float(
        sum(
            need.weight
            for need in landscape.needs.values()
            if any(
                covers(item.category, category) or covers(category, item.category)
                for item in need.content
            )
        )
    )
