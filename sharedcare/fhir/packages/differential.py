"""A differential laid over the snapshot of its base: how the snapshot of a profile is made.

After the rules of FHIR R4 (``profiling.html``, ``elementdefinition.html``). Each element of the
differential is looked for by the way to it; what lies deeper than the base's snapshot goes is
unfolded from the type or the profile of a type, and slices are made as they are named.
"""

from typing import TYPE_CHECKING

from sharedcare.fhir.packages.element_json import Json, NotAsFhirSays, objects, overlaid, text
from sharedcare.fhir.packages.narrowing import faults_of
from sharedcare.fhir.packages.part import EXTENSIONS, Part, flattened, tree_of
from sharedcare.fhir.packages.refusal import named, refused
from sharedcare.fhir.packages.slices import (
    NoWay,
    inherit,
    labelled,
    made_slice,
    narrow,
    value_profiles,
)
from sharedcare.fhir.packages.structure import CORE, ElementDefinition
from sharedcare.fhir.packages.unfolding import Unfolding
from sharedcare.fhir.packages.ways import Step, id_of, ways
from sharedcare.places import Fault

if TYPE_CHECKING:
    from sharedcare.fhir.packages.package import PackageResource, Packages
    from sharedcare.fhir.packages.structure import StructureDefinition


class Differential:
    """One differential on its way to a snapshot."""

    def __init__(self, resource: "PackageResource", raw: Json, packages: "Packages") -> None:
        self._resource = resource
        self._raw = raw
        self._packages = packages
        self._faults: list[Fault] = []

    def elements(self) -> tuple[ElementDefinition, ...]:
        """Return the snapshot; raises PackageFault with every fault of the differential."""
        base = self._base()
        root, _ = tree_of(base.elements)
        if root is None:
            raise refused([self._fault("PROFILE_BASE", "the base has no element")])
        differential = self._raw.get("differential", {})
        if not isinstance(differential, dict):
            raise NotAsFhirSays("differential")
        self._unfolding = Unfolding(self._packages, self._resource, root)
        for steps, raw in ways(objects(differential, "element")):
            self._apply(root, steps, raw)
        if self._faults:
            raise refused(self._faults)
        for part in root.everything():
            if part.is_short:
                narrow(part)
        return flattened(root)

    def _base(self) -> "StructureDefinition":
        canonical = text(self._raw, "baseDefinition")
        base = self._packages.structure(canonical, self._resource.package)
        if base is None:
            said = f"its base {named(canonical)} is in no package that was given; give that too"
            raise refused([self._fault("PROFILE_BASE", said)])
        if base.type != text(self._raw, "type").removeprefix(CORE):
            said = f"its base is a profile of {named(base.type)}, and so it has to be itself"
            raise refused([self._fault("PROFILE_BASE", said)])
        return base

    def _fault(self, code: str, said: str) -> Fault:
        return Fault(self._resource.place, code, said)

    def _apply(self, root: Part, steps: tuple[Step, ...], raw: Json) -> None:
        """Lay one element of the differential over what it is about."""
        name = id_of(steps)
        try:
            part = self._part(root, steps)
            made = overlaid(part.element, raw)
            wrong = list(faults_of(part.element, made, self._packages, self._resource.package))
        except NotAsFhirSays as refusal:
            said = f"{name}: {refusal} holds what FHIR does not have there"
            self._faults.append(self._fault("BAD_DEFINITION", said))
            return
        except NoWay as refusal:
            self._faults.append(self._fault(refusal.code, f"{name}: {refusal}"))
            return
        if part.is_new and value_profiles(made) != value_profiles(part.element):
            part.children = None
        if part is not root:
            self._faults += [self._fault(code, f"{name}: {said}") for code, said in wrong]
        part.element = made

    def _part(self, root: Part, steps: tuple[Step, ...]) -> Part:
        """Return what a way leads to; raises NoWay."""
        if steps[0].name != root.name:
            raise NoWay("PROFILE_PATH", f"its first step has to be {root.name}")
        part = root
        for position, step in enumerate(steps[1:], start=2):
            part = self._next(part, step, is_last=position == len(steps))
        return part

    def _next(self, part: Part, step: Step, is_last: bool) -> Part:
        """Return what a step leads to, made if it is a slice that is named first; raises NoWay."""
        if part.children is None:
            self._unfolding.unfold(part)
        found = part.child(step.name)
        name, is_short = step.slice_name, step.is_short
        if found is None:
            found, name, is_short = part.choice(step.name), name or step.name, True
        if found is None:
            raise NoWay("PROFILE_PATH", f"{named(step.name)} is no element of its base")
        if not name:
            return found
        known = found.slice(name)
        if known is None:
            return self._new_slice(found, name, is_short, is_last)
        inherit(found, known)
        return known

    def _new_slice(self, found: Part, name: str, is_short: bool, is_last: bool) -> Part:
        type_, is_sliced = found.type_named(name), found.element.slicing is not None
        if is_sliced and not (is_last or type_):
            raise NoWay("PROFILE_SLICE", f"there is no slice {named(name)} of {found.name}")
        if not (is_sliced or type_ or found.name in EXTENSIONS or "/" in name):
            return labelled(found, name)
        found.is_short = found.is_short or (is_short and not is_sliced)
        self._unfolding.count(found)
        return made_slice(found, name, type_)
