"""Where what is declared and what was measured part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.landscape import Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.data_categories import covers
from sharedcare.measured.code_systems import are_same
from sharedcare.measured.forms import FEWEST_FACTS
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.patches import capped
from sharedcare.measured.thresholds import IDENTIFIED, NHS_NUMBER
from sharedcare.vocabulary import Form

#: Who people are goes along with whatever is sent of them, declared or not.
GOES_ALONG = "demographics"


class DifferenceKind(Enum):
    """What parts, what misleads most first."""

    FORM = "form"
    FLOW_FORM = "flow_form"
    IDENTIFIER = "identifier"
    CODE_SYSTEM = "code_system"
    UNDECLARED = "undeclared"
    NOT_FOUND = "not_found"
    BETTER_FORM = "better_form"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a profile says otherwise than payloads do.

    ``about`` is ``map.id`` of the entry that says it. ``declared`` and ``measured`` are words:
    forms, code systems, an identity domain; empty where nothing is said, or found.
    """

    kind: DifferenceKind
    system: str
    category: str
    about: str
    declared: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()

    @property
    def is_of_people(self) -> bool:
        """Whether it is about by what a system knows people, whatever is asked of it."""
        return self.kind is DifferenceKind.IDENTIFIER

    @property
    def order(self) -> int:
        """The key by which differences are listed."""
        return list(DifferenceKind).index(self.kind)


def differences(
    landscape: Landscape, system: str, counters: Counters, holdings: Iterable[MeasuredHolding]
) -> tuple[Difference, ...]:
    """Say where one system's payloads and the profile part."""
    found = tuple(holdings)
    made = [difference for holding in found for difference in _of(landscape, holding, found)]
    made += _identifier(landscape, system, counters)
    return tuple(sorted(made, key=lambda difference: difference.order))


def _of(
    landscape: Landscape, one: MeasuredHolding, all_: tuple[MeasuredHolding, ...]
) -> Iterator[Difference]:
    about = f"systems.{one.system}"
    if one.is_undeclared and one.category != GOES_ALONG:
        yield Difference(DifferenceKind.UNDECLARED, one.system, one.category, about)
    elif one.declared and not one.found:
        if not any(covers(one.category, name) for other in all_ for name in other.found):
            yield Difference(DifferenceKind.NOT_FOUND, one.system, one.category, about)
    else:
        yield from _forms(one, about)
        yield from _code_systems(one, about)
    yield from _flows(landscape, one)


def _forms(one: MeasuredHolding, about: str) -> Iterator[Difference]:
    declared, measured = one.declared_form, one.form
    if declared is None or measured is None or declared is measured:
        return
    kind = DifferenceKind.FORM if measured < declared else DifferenceKind.BETTER_FORM
    yield Difference(kind, one.system, one.category, about, (declared.word,), (measured.word,))


def _code_systems(one: MeasuredHolding, about: str) -> Iterator[Difference]:
    declared = one.declared.code_systems if one.declared else ()
    measured = one.code_systems
    if declared and one.form is not None and measured and not are_same(declared, measured):
        kind = DifferenceKind.CODE_SYSTEM
        yield Difference(kind, one.system, one.category, about, declared, measured)


def _flows(landscape: Landscape, one: MeasuredHolding) -> Iterator[Difference]:
    """Flows that are declared to carry more than their sender sends."""
    for key, flow in landscape.flows.items():
        if flow.from_ != one.system or one.form is None:
            continue
        for category, entry in flow.carries.items():
            bears = category != ALL and (
                covers(category, one.category) or covers(one.category, category)
            )
            form = capped(entry, one) if bears else None
            if form is not None and isinstance(entry.form, Form):
                kind = DifferenceKind.FLOW_FORM
                words = (entry.form.word,), (form.word,)
                yield Difference(kind, one.system, category, f"flows.{key}", *words)


def identified(counters: Counters) -> bool | None:
    """Whether a system knows people by their NHS number; None where too few were sent."""
    people = counters.patients["all"]
    if people < FEWEST_FACTS:
        return None
    return counters.patients["valid"] >= IDENTIFIED * people


def _identifier(landscape: Landscape, system: str, counters: Counters) -> Iterator[Difference]:
    domains = landscape.systems[system].identity_domains
    if not isinstance(domains, tuple) or NHS_NUMBER not in domains:
        return
    if identified(counters) is False:
        about = f"systems.{system}"
        kind = DifferenceKind.IDENTIFIER
        yield Difference(kind, system, "demographics", about, (NHS_NUMBER,))
