"""What an interface says of itself, beside what a profile declares of its system and its flows.

Each comparison is a finding: it holds, it does not, or the statement does not tell. The silence of
a statement is neither.
"""

from collections.abc import Iterator, Mapping

from sharedcare.errors import NotFoundError
from sharedcare.fhir.capability.across import across
from sharedcare.fhir.capability.compared import Compared, Kind, fails, holds, not_told
from sharedcare.fhir.capability.forms import forms_of, labels, standards_of
from sharedcare.fhir.capability.offering import Sorted, sort
from sharedcare.fhir.capability.serving import given, served
from sharedcare.fhir.capability.statement import Statement
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Landscape, System
from sharedcare.landscape.data_categories import covers

__all__ = ["Compared", "Kind", "compared"]


def compared(
    landscape: Landscape,
    system: str,
    statement: Statement,
    against: Mapping[str, Statement] | None = None,
) -> tuple[Compared, ...]:
    """Compare a system's statement with its profile, and across each flow from or to it.

    ``against`` are statements of other systems. What does not hold comes first. Raises
    NotFoundError for a system that the landscape does not have.
    """
    statements = {**(against or {}), system: statement}
    for key in statements:
        if key not in landscape.systems:
            hint = did_you_mean(key, landscape.systems)
            raise NotFoundError(f"there is no system {key} in the profile{hint}")
    found = [*_system(landscape, system, statement)]
    for key, flow in landscape.flows.items():
        if system in (flow.from_, flow.to):
            found += across(landscape, key, statements)
    return tuple(sorted(found, key=lambda one: one.order))


def _system(landscape: Landscape, key: str, statement: Statement) -> Iterator[Compared]:
    declared, about = landscape.systems[key], f"systems.{key}"
    yield from _product(declared, about, statement)
    if statement.server is None:
        said = "The statement describes no server, so it does not tell what can be had from it."
        yield not_told(Kind.HELD, about, said)
        return
    yield from _holdings(landscape, about, declared, statement)
    served_only = [
        one.category
        for one in served(statement.server)
        if not any(covers(one.category, c) or covers(c, one.category) for c in declared.holds)
    ]
    if served_only:
        names = labels(landscape, served_only)
        said = f"The interface serves what the profile does not say that it holds: {names}."
        yield not_told(Kind.NOT_DECLARED, about, said, *served_only)


def _product(declared: System, about: str, statement: Statement) -> Iterator[Compared]:
    pairs = (
        ("product", declared.product, statement.software),
        ("version", declared.version, statement.software_version),
    )
    for word, ours, theirs in pairs:
        if ours is not None and theirs is not None:
            same = ours.casefold() == theirs.casefold()
            rest = "as the profile does" if same else f"and the profile {ours}"
            said = f"The statement gives the {word} {theirs}, {rest}."
            yield (holds if same else fails)(Kind.PRODUCT, about, said)


def _holdings(
    landscape: Landscape, about: str, declared: System, statement: Statement
) -> Iterator[Compared]:
    """Whether what is declared to be held can be had over the interface."""
    sorted_ = sort(landscape, declared.holds, given(statement.server))
    yield from _by_offer(landscape, about, sorted_)
    forms = ((name, declared.holds[name].form, types) for name, types in sorted_.offers)
    yield from forms_of(landscape, about, forms)
    standards = {name: holding.standard for name, holding in declared.holds.items()}
    yield from standards_of(landscape, about, standards, statement)


def _by_offer(landscape: Landscape, about: str, found: Sorted) -> Iterator[Compared]:
    for types, categories in found.surely.items():
        said = f"{labels(landscape, categories)} can be had over the interface, as {types}."
        yield holds(Kind.HELD, about, said, *categories)
    for types, categories in found.perhaps.items():
        names = labels(landscape, categories)
        said = (
            f"{names} may be among what the interface serves as {types}; the statement does not"
            " say. Ask the supplier."
        )
        yield not_told(Kind.HELD, about, said, *categories)
    for category, wanted in found.never.items():
        names = labels(landscape, [category])
        said = f"The profile says that {names} is held; the interface serves none of {wanted}."
        yield fails(Kind.HELD, about, said, category)
    if found.no_types:
        names = labels(landscape, found.no_types)
        said = f"No resource type is known for {names}, so the statement cannot tell."
        yield not_told(Kind.HELD, about, said, *found.no_types)
