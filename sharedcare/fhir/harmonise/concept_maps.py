"""Maps between code systems that the user gives: FHIR ConceptMaps of any version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sharedcare.errors import InputRefused
from sharedcare.fhir.harmonise.resources import MISSHAPEN
from sharedcare.fhir.harmonise.terminologies import agreed_name
from sharedcare.places import Fault, Place
from sharedcare.reading import Source

#: Words of R4 (equivalence) and R5 (relationship) for a target that means the same.
_SAME = frozenset(("equal", "equivalent"))

#: … and for no target at all.
_NONE = frozenset(("unmatched", "disjoint", "not-related-to"))

#: Code → its targets, each with whether it means the same.
Targets = Mapping[str, tuple[tuple[str, bool], ...]]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a map does to codes of one system, by volume.

    ``equivalent`` and ``with_loss`` are mapped, ``unmapped`` are not; ``collapsed`` are distinct
    codes that share a target with another, so that they cannot be told apart afterwards.
    """

    source: str
    target: str
    equivalent: int
    with_loss: int
    unmapped: int
    collapsed: int

    @property
    def mapped(self) -> int:
        """What arrives, with or without loss."""
        return self.equivalent + self.with_loss


@dataclass(slots=True)
class Maps:
    """Every map given, by source and target code system."""

    by_pair: dict[tuple[str, str], dict[str, tuple[tuple[str, bool], ...]]] = field(
        default_factory=dict
    )

    def convert(
        self, codes: Iterable[tuple[str, int]], source: str, target: str
    ) -> Conversion | None:
        """What becomes of codes with their volume; None where no map is given."""
        targets = self.by_pair.get((source, target))
        if targets is None:
            return None
        equivalent = with_loss = unmapped = 0
        into: dict[str, set[str]] = {}
        for code, count in codes:
            found = targets.get(code, ())
            if not found:
                unmapped += count
            elif len(found) == 1 and found[0][1]:
                equivalent += count
            else:
                with_loss += count
            for goal, _ in found:
                into.setdefault(goal, set()).add(code)
        shared = {code for sources in into.values() if len(sources) > 1 for code in sources}
        return Conversion(source, target, equivalent, with_loss, unmapped, len(shared))

    def has(self, source: str, code: str, target: str) -> bool:
        """Whether a code has a target, with or without loss."""
        return bool(self.by_pair.get((source, target), {}).get(code))

    def add(self, other: "Maps") -> None:
        """Add maps; of two for the same codes the targets are put together."""
        for pair, targets in other.by_pair.items():
            ours = self.by_pair.setdefault(pair, {})
            for code, found in targets.items():
                ours[code] = tuple(sorted({*ours.get(code, ()), *found}))


def read_concept_map(source: Source) -> Maps:
    """Read a ConceptMap in JSON; raises InputRefused if it is none."""
    try:
        return _maps(msgspec.json.decode(source.data))
    except (*MISSHAPEN, msgspec.DecodeError, RecursionError):
        said = "this is no ConceptMap in JSON with groups that name their source and target"
        fault = Fault(Place(source.name), "NOT_A_CONCEPT_MAP", said)
        raise InputRefused(f"{source.name} cannot be used as a map", (fault,)) from None


def _maps(resource: Any) -> Maps:
    if resource["resourceType"] != "ConceptMap":
        raise ValueError
    made = Maps()
    for group in resource["group"]:
        pair = agreed_name(group["source"]), agreed_name(group["target"])
        one = Maps({pair: {e["code"]: _targets(e) for e in group["element"]}})
        made.add(one)
    return made


def _targets(element: dict[str, Any]) -> tuple[tuple[str, bool], ...]:
    found = []
    for target in element.get("target", ()):
        word = target.get("equivalence", target.get("relationship"))
        if word not in _NONE and isinstance(target.get("code"), str):
            found.append((target["code"], word in _SAME))
    return tuple(sorted(found))
