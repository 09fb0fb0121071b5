"""What a profile may say of an element: less than its base allows, never more."""

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from sharedcare.fhir.packages.refusal import named
from sharedcare.fhir.packages.structure import CORE, ElementDefinition, TypeReference

if TYPE_CHECKING:
    from sharedcare.fhir.packages.package import PackageId, Packages


def faults_of(
    base: ElementDefinition,
    made: ElementDefinition,
    packages: "Packages",
    seen_from: "PackageId",
) -> Iterator[tuple[str, str]]:
    """Go through what an element allows that its base does not: the code and a sentence of each."""
    yield from _cardinality(base, made)
    yield from _slicing(base, made)
    yield from _value_type(made)
    before = {one.code: one for one in base.types}
    for one in made.types if before else ():
        if not _is_among(one.code, before.keys(), packages):
            listed = ", ".join(sorted(before))
            yield "PROFILE_TYPE", f"the type {named(one.code)} is none of its base's: {listed}"
        elif one != before.get(one.code):
            yield from _profiles(one, before.get(one.code), packages, seen_from)


def _profiles(
    one: TypeReference, before: TypeReference | None, packages: "Packages", seen_from: "PackageId"
) -> Iterator[tuple[str, str]]:
    """Go through the profiles of a type that are of another type than they may be.

    Those that no package has are taken on trust; whoever checks a value will miss them.
    """
    for profile in one.profiles:
        of = packages.type_of(profile, seen_from)
        if of is not None and not _is_among(of, {one.code}, packages):
            said = f"the profile {named(profile)} is one of {named(of)}, and its type is {one.code}"
            yield "PROFILE_TYPE", said
    targets = before.target_profiles if before is not None else ()
    allowed = {packages.type_of(target, seen_from) for target in targets} - {None}
    for target in one.target_profiles if allowed else ():
        of = packages.type_of(target, seen_from)
        if of is not None and not _is_among(of, allowed, packages):
            said = f"{named(target)} is of {named(of)}, and its base refers to others"
            yield "PROFILE_TYPE", said


def _cardinality(base: ElementDefinition, made: ElementDefinition) -> Iterator[tuple[str, str]]:
    if made.min < base.min:
        said = f"its least number is {made.min}, and its base requires {base.min}"
        yield "PROFILE_CARDINALITY", said
    if base.max is not None and (made.max is None or made.max > base.max):
        most = "*" if made.max is None else made.max
        yield (
            "PROFILE_CARDINALITY",
            f"its greatest number is {most}, and its base allows {base.max}",
        )
    if made.max is not None and made.min > made.max:
        said = f"it requires {made.min} and allows {made.max}; no resource can do both"
        yield "PROFILE_CARDINALITY", said


def _slicing(base: ElementDefinition, made: ElementDefinition) -> Iterator[tuple[str, str]]:
    before, after = base.slicing, made.slicing
    if before is None or after is None:
        return
    if set(before.discriminators) - set(after.discriminators):
        yield "PROFILE_SLICE", "it tells slices apart otherwise than its base; keep what that says"
    if before.rules == "closed" and after.rules != "closed":
        yield "PROFILE_SLICE", "it opens a list of slices that its base has closed"


def _value_type(made: ElementDefinition) -> Iterator[tuple[str, str]]:
    """Go through the values that an element of its types cannot have."""
    allowed = {one.code for one in made.types}
    for value in (made.fixed, made.pattern):
        if value is not None and allowed and value.type not in allowed:
            listed = ", ".join(sorted(allowed))
            said = f"its value is written as {named(value.type)}, and its type is {listed}"
            yield "PROFILE_TYPE", said


def _is_among(code: str, allowed: Container[str | None], packages: "Packages") -> bool:
    """Whether a type is one of those allowed, or made from one of them."""
    for _ in range(10):
        if code in allowed:
            return True
        known = packages.structure(CORE + code)
        if known is None or not known.base:
            return "*" in allowed
        code = known.base.removeprefix(CORE)
    return False
