"""Which FHIR profiles apply to which resource of a document: those asked for, those claimed.

A resource claims profiles in ``meta.profile``; one that no package has is told, not passed over.
"""

from collections.abc import Iterable, Iterator

from sharedcare.errors import NotFoundError
from sharedcare.fhir.definitions import Definitions, r4
from sharedcare.fhir.fhir_profiles.constrained import Constrained
from sharedcare.fhir.fhir_profiles.found import Found, profile_words
from sharedcare.fhir.fhir_profiles.instance import Document
from sharedcare.fhir.fhir_profiles.known_extensions import check_extensions
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes, Unusable
from sharedcare.fhir.fhir_profiles.value_types import is_kind_of
from sharedcare.fhir.packages.core_package import core_package
from sharedcare.fhir.packages.package import Packages
from sharedcare.fhir.walk import Fault, Pointer, Scope, way_of
from sharedcare.identifiers import did_you_mean

#: Bytes without which nothing in a resource can be held against a FHIR profile, unless one is asked
#: for: no claim and no extension; an escape may hide either.
_SIGNS = (b'"profile"', b"xtension", b"\\u")


class FhirProfiles:
    """Holds resources against the FHIR profiles of packages.

    ``asked`` are canonicals that every resource is held against, whatever it claims: of several,
    those for its type, and one of another type alone is a fault. Raises NotFoundError where one of
    them is in no package, PackageFault where its definition cannot be used.
    """

    def __init__(
        self,
        packages: Packages,
        asked: Iterable[str] = (),
        *,
        must_support: bool = False,
        definitions: Definitions | None = None,
    ) -> None:
        self._shapes = Shapes(packages, definitions or r4())
        self._asked = tuple(self._wanted(canonical) for canonical in asked)
        self._must_support = must_support

    def concern(self, data: bytes) -> bool:
        """Whether anything in a resource may have to be held against a FHIR profile."""
        return bool(self._asked) or any(sign in data for sign in _SIGNS)

    def faults(self, root: Scope) -> list[Fault]:
        """Return what is wrong with a document, which the base rules have walked through."""
        document = Document(root.walk.definitions, root)
        constrained = Constrained(document, self._shapes, self._must_support)
        found = Found()
        try:
            self._check_all(found, constrained, root)
        except RecursionError:
            found.note("profile-too-deep", root.pointer)
        told = {(fault.rule, way_of(fault.pointer)) for fault in root.walk.faults}
        made = {(one.rule, way_of(one.pointer), one.sentence): one for one in found.faults}
        return [one for (rule, way, _), one in made.items() if (rule, way) not in told]

    def _check_all(self, found: Found, constrained: Constrained, root: Scope) -> None:
        """Check a document against what is asked for, what it claims, and its extensions."""
        self._check_asked(found, constrained, root)
        for scope in constrained.document.scopes():
            for pointer, canonical in _claims(scope):
                self._check_claim(found, constrained, scope, pointer, canonical)
        check_extensions(found, constrained)

    def _check_asked(self, found: Found, constrained: Constrained, scope: Scope) -> None:
        """Check the document as a whole against what was asked for."""
        fitting = [shape for shape in self._asked if self._is_for(shape, scope)]
        for shape in fitting:
            found.add_all(constrained.held(constrained.document.resource(scope), shape))
        if self._asked and not fitting:
            found.note("profile-asked-type", scope.pointer, profile=profile_words(self._asked[0]))

    def _check_claim(
        self,
        found: Found,
        constrained: Constrained,
        scope: Scope,
        pointer: Pointer,
        canonical: str,
    ) -> None:
        """Check a resource against a profile that it claims to fit."""
        try:
            shape = self._shapes.root(canonical)
        except Unusable as unusable:
            words = f"the FHIR profile {canonical.partition('|')[0].rpartition('/')[2]}"
            found.note("profile-unusable", pointer, profile=words, reason=str(unusable))
            return
        if shape is None:
            found.note("profile-unknown", pointer)
        elif not self._is_for(shape, scope):
            found.note("profile-type", pointer)
        elif shape.structure.derivation == "constraint":
            found.add_all(constrained.held(constrained.document.resource(scope), shape))

    def _is_for(self, shape: Shape, scope: Scope) -> bool:
        return is_kind_of(scope.walk.definitions, scope.type, shape.structure.type)

    def _wanted(self, canonical: str) -> Shape:
        """Return a profile that is asked for; raises NotFoundError where there is none."""
        shape = self._shapes.asked(canonical)
        if shape is None:
            everything = (*self._shapes.packages.resources(), *core_package().resources)
            known = [one.url for one in everything if one.resource_type == "StructureDefinition"]
            hint = did_you_mean(canonical, known)
            raise NotFoundError(f"no package has the FHIR profile {canonical}{hint}")
        return shape


def _claims(scope: Scope) -> Iterator[tuple[Pointer, str]]:
    """Go through the profiles that a resource claims to fit, each with its place."""
    meta = scope.resource.get("meta")
    listed = meta.get("profile") if isinstance(meta, dict) else None
    for at, canonical in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(canonical, str) and canonical:
            yield (((scope.pointer, "meta"), "profile"), at), canonical
