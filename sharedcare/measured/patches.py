"""The landscape as measured: declared forms and code systems give way to those that were sent.

A holding takes the form that was measured, be it more or less than what is declared. What leaves a
system goes out in no other form than it was sent in, so the flows out of it carry no more than
that, also where the system only passes on what others hold; but a flow that is declared to carry
less still does.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sharedcare.landscape import Flow, Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.changing import laid_over
from sharedcare.landscape.data_categories import covers
from sharedcare.landscape.flow import Carried
from sharedcare.landscape.patching import Values, declared, merged
from sharedcare.measured.code_systems import are_same, as_written, spellings
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.vocabulary import Form

Patches = dict[str, dict[str, Values]]


def as_measured(landscape: Landscape, holdings: Iterable[MeasuredHolding]) -> Landscape:
    """Return the landscape with what was measured laid over what is declared."""
    found = tuple(holdings)
    patches = patches_of(landscape, found)
    return laid_over(landscape, patches) if patches else landscape


def patches_of(landscape: Landscape, holdings: Iterable[MeasuredHolding]) -> Patches:
    """What becomes different, by map and id; what is measured as declared is left out."""
    written = spellings(landscape)
    made: Patches = {}
    for holding in holdings:
        for kind, key, patch in _of_holding(landscape, holding, written):
            entries = made.setdefault(kind, {})
            entries[key] = _together(entries.get(key, {}), patch)
    return made


def _together(one: Values, other: Values) -> Values:
    """Both patches as one; none says what another says."""
    made: dict[str, Any] = dict(one)
    for key, said in other.items():
        inside = isinstance(said, dict) and isinstance(made.get(key), dict)
        made[key] = _together(made[key], said) if inside else said
    return made


def _of_holding(
    landscape: Landscape, found: MeasuredHolding, written: Mapping[str, str]
) -> Iterator[tuple[str, str, Values]]:
    held = _held(found, written)
    if held:
        yield "systems", found.system, {"holds": {found.category: held}}
    for key, flow in landscape.flows.items():
        if flow.from_ == found.system:
            carries = dict(_carried(flow, found))
            if carries:
                yield "flows", key, {"carries": carries}


def _held(found: MeasuredHolding, written: Mapping[str, str]) -> Values:
    """What becomes different of a holding that is declared."""
    if found.declared is None or found.form is None:
        return {}
    made: Values = {}
    if found.form is not found.declared.form:
        made["form"] = found.form
    measured = found.code_systems
    is_told = measured or found.form < Form.STRUCTURED
    if is_told and not are_same(found.declared.code_systems, measured):
        made["code_systems"] = tuple(as_written(name, written) for name in measured)
    return made


def _carried(flow: Flow, found: MeasuredHolding) -> Iterator[tuple[str, Values]]:
    """What becomes different of what a flow carries of a category."""
    inside = [key for key in flow.carries if key != ALL and covers(found.category, key)]
    for key in inside:
        form = capped(flow.carries[key], found)
        if form is not None:
            yield key, {"form": form, "as_held": None}
    wider = [key for key in flow.carries if key == ALL or covers(key, found.category)]
    if found.category not in inside and wider:
        entry = flow.carries[max(wider, key=lambda key: (key != ALL, len(key)))]
        form = capped(entry, found)
        if form is not None:
            yield found.category, merged(declared(entry), {"form": form, "as_held": None})


def capped(entry: Carried, found: MeasuredHolding) -> Form | None:
    """The form that a flow can carry by what was measured, None where that is as declared."""
    measured = found.form
    if measured is None or (entry.as_held and measured >= found.forms.ceiling):
        return None
    if entry.as_held:
        return measured
    if not isinstance(entry.form, Form) or entry.form <= measured:
        return None
    return None if measured >= found.forms.ceiling else measured
