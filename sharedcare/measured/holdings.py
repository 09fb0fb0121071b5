"""What was measured, joined to what is declared: category by category, in each system.

Payloads are sorted into categories by what resources say of themselves, profiles name what their
authors care about; neither is always the narrower. What is narrower than a declared category
belongs to it; what is only known as a whole (medicines, where those on discharge are declared) is
taken for each declared part of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sharedcare.fhir.harmonise.agreement import USED_SHARE
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.disclosure import MOST_HIDDEN
from sharedcare.fhir.harmonise.kinds import UNSORTED
from sharedcare.landscape import Holding, Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.data_categories import built_in, covers
from sharedcare.measured.forms import FormCounts, form_counts
from sharedcare.vocabulary import Form


@dataclass(frozen=True)
class MeasuredHolding:
    """One category of one system: what the profile declares of it, and what was found of it.

    ``declared`` is None where the system holds no such thing by the profile; ``passed_on`` says
    that a flow brings it there. ``found`` are the categories of the records behind ``counts``; they
    are none where there was nothing of it.
    """

    system: str
    category: str
    declared: Holding | None
    passed_on: bool
    found: tuple[str, ...]
    counts: CategoryCounts
    forms: FormCounts

    @property
    def is_whole(self) -> bool:
        """Whether only a wider category could be told in the payloads."""
        return any(name != self.category and covers(name, self.category) for name in self.found)

    @property
    def is_undeclared(self) -> bool:
        """Whether the system sends something that the profile does not know of it."""
        return self.declared is None and not self.passed_on

    @property
    def declared_form(self) -> Form | None:
        """The form that is declared, None where none is."""
        form = self.declared.form if self.declared else None
        return form if isinstance(form, Form) else None

    @property
    def form(self) -> Form | None:
        """The form to go by; None where nothing was measured."""
        return None if self.forms.form is None else self.forms.settles(self.declared_form)

    @cached_property
    def code_systems(self) -> tuple[str, ...]:
        """Code systems, local ones too, of a twentieth of the coded records; most records first.

        Of so few records that they are not shown there is none.
        """
        records: dict[str, int] = {}
        whole = 0
        for names, count in self.counts.code_systems.counts.items():
            whole += count
            for name in names if isinstance(names, tuple) else ():
                records[name] = records.get(name, 0) + count
        used = [
            name
            for name, count in records.items()
            if count >= USED_SHARE * whole and count > MOST_HIDDEN
        ]
        return tuple(sorted(used, key=lambda name: (-records[name], name)))


def measured_holdings(
    landscape: Landscape, system: str, counters: Counters
) -> tuple[MeasuredHolding, ...]:
    """Join what was counted of a system to what is declared of it.

    First what is declared, in the order of the profile; then what is not, in the order of the
    catalogue.
    """
    return tuple(_Joining(landscape, system, counters).joined())


class _Joining:
    """One system on its way from counters to holdings."""

    def __init__(self, landscape: Landscape, system: str, counters: Counters) -> None:
        self.landscape = landscape
        self.system = system
        self.holds = landscape.systems[system].holds
        self.cells = {
            name: counters.categories[name]
            for name in _in_order(counters.categories)
            if name != UNSORTED and counters.categories[name].records
        }

    def joined(self) -> Iterator[MeasuredHolding]:
        for category, holding in self.holds.items():
            yield self._made(category, holding, self._own(category) or self._wider(category))
        for name in self.cells:
            if not any(covers(held, name) or covers(name, held) for held in self.holds):
                yield self._made(name, None, (name,))

    def _own(self, category: str) -> tuple[str, ...]:
        """What was found under a declared category, and under no narrower one that is declared."""
        covered = (name for name in self.cells if covers(category, name))
        return tuple(name for name in covered if self._narrowest(name) == category)

    def _narrowest(self, name: str) -> str:
        return max((held for held in self.holds if covers(held, name)), key=len)

    def _wider(self, category: str) -> tuple[str, ...]:
        """What was found of which a declared category is a part."""
        found = [name for name in self.cells if covers(name, category)]
        return (max(found, key=len),) if found else ()

    def _made(
        self, category: str, declared: Holding | None, found: tuple[str, ...]
    ) -> MeasuredHolding:
        counts, forms = CategoryCounts(), FormCounts()
        for name in found:
            counts.add(self.cells[name])
            forms += form_counts(name, self.cells[name])
        passed_on = declared is None and self._is_brought(category)
        return MeasuredHolding(self.system, category, declared, passed_on, found, counts, forms)

    def _is_brought(self, category: str) -> bool:
        """Whether a flow into the system carries the category, or something of it."""
        return any(
            key == ALL or covers(key, category) or covers(category, key)
            for flow in self.landscape.flows.values()
            if flow.to == self.system
            for key in flow.carries
        )


def _in_order(names: Iterable[str]) -> list[str]:
    """Categories of the catalogue in its order, then others by name."""
    known = {name: place for place, name in enumerate(built_in())}
    return sorted(names, key=lambda name: (known.get(name, len(known)), name))
