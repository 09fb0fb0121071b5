"""Maps between code systems that the user gives: ConceptMaps of STU3, R4 and R5, or tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sharedcare.errors import InputRefused
from sharedcare.fhir.harmonise.resources import MISSHAPEN
from sharedcare.fhir.harmonise.terminologies import agreed_name, as_uri
from sharedcare.places import Fault, Place
from sharedcare.reading import Source
from sharedcare.reading.table import Columns, Row, read_table

#: Words of R4 (equivalence) and R5 (relationship) for a target that means the same.
_SAME = frozenset(("equal", "equivalent"))

#: … of which this holds in STU3 where nothing is said.
_UNSAID = "equivalent"

#: … and for no target at all.
_NONE = frozenset(("unmatched", "disjoint", "not-related-to"))

#: … and for one that loses something.
_LOSSY = frozenset((
    "wider", "narrower", "subsumes", "specializes", "inexact", "relatedto", "related-to",
    "source-is-narrower-than-target", "source-is-broader-than-target",
))  # fmt: skip

#: Columns of a map that is a table.
_COLUMNS = Columns(
    {
        "source_code_system": ("source_system",),
        "source_code": (),
        "target_code_system": ("target_system",),
        "target_code": (),
        "relationship": ("equivalence",),
    },
    ("source_code_system", "source_code", "target_code_system", "target_code", "relationship"),
)

#: Targets of a code, each with whether it means the same.
Targets = tuple[tuple[str, bool], ...]

#: Words of ``unmapped.mode`` (R4, R5) by which a code that is not listed is its own target.
_ITSELF = frozenset(("provided", "use-source-code"))


@dataclass(slots=True)
class CodeMap:
    """Targets by code from one code system into another, and what becomes of any other code.

    ``is_itself``: a code that is not listed is its own target; ``fixed``: one that all of them get.
    """

    by_code: dict[str, Targets] = field(default_factory=dict)
    is_itself: bool = False
    fixed: str = ""

    def targets(self, code: str) -> Targets:
        """The targets of a code, none where it has none."""
        if code in self.by_code:
            return self.by_code[code]
        if self.is_itself:
            return ((code, True),)
        return ((self.fixed, False),) if self.fixed else ()

    def put(self, code: str, targets: Targets) -> None:
        """Give a code targets, beside those that it has."""
        held = self.by_code.get(code)
        self.by_code[code] = targets if held is None else tuple(sorted({*held, *targets}))

    def add(self, other: "CodeMap") -> None:
        """Add a map; of codes in both the targets are put together."""
        for code, found in other.by_code.items():
            self.put(code, found)
        self.is_itself |= other.is_itself
        self.fixed = self.fixed or other.fixed


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

    by_pair: dict[tuple[str, str], CodeMap] = field(default_factory=dict)

    def convert(
        self, codes: Iterable[tuple[str, int]], source: str, target: str
    ) -> Conversion | None:
        """What becomes of codes with their volume; None where no map is given."""
        map_ = self.by_pair.get((source, target))
        if map_ is None:
            return None
        equivalent = with_loss = unmapped = 0
        into: dict[str, set[str]] = {}
        for code, count in codes:
            found = map_.targets(code)
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
        map_ = self.by_pair.get((source, target))
        return map_ is not None and bool(map_.targets(code))

    def add(self, other: "Maps") -> None:
        """Add maps; of two for the same codes the targets are put together."""
        for pair, map_ in other.by_pair.items():
            self.by_pair.setdefault(pair, CodeMap()).add(map_)


def read_concept_map(source: Source) -> Maps:
    """Read a ConceptMap in JSON, or a table (CSV) of codes and their targets.

    Raises InputRefused if it is neither, LimitReached where a table is too long.
    """
    if source.name.lower().endswith((".csv", ".tsv")):
        return _of_table(source)
    try:
        return _maps(msgspec.json.decode(source.data))
    except (*MISSHAPEN, msgspec.DecodeError, RecursionError):
        said = (
            "this is no ConceptMap in JSON with groups that name their source and target; a table"
            " of codes and targets is read from a file whose name ends in .csv"
        )
        fault = Fault(Place(source.name), "NOT_A_CONCEPT_MAP", said)
        raise InputRefused(f"{source.name} cannot be used as a map", (fault,)) from None


def _maps(resource: Any) -> Maps:
    if resource["resourceType"] != "ConceptMap":
        raise ValueError
    made = Maps()
    for group in resource["group"]:
        pair = agreed_name(group["source"]), agreed_name(group["target"])
        made.add(Maps({pair: _code_map(group)}))
    return made


def _code_map(group: dict[str, Any]) -> CodeMap:
    """One group; a code stands in it once, so that of two entries the targets are put together."""
    made = CodeMap()
    for element in group["element"]:
        made.put(element["code"], _targets(element))
    other = group.get("unmapped", {})
    made.is_itself = other.get("mode") in _ITSELF
    made.fixed = str(other.get("code", "")) if other.get("mode") == "fixed" else ""
    return made


def _of_table(source: Source) -> Maps:
    made, faults = Maps(), list[Fault]()
    for row in read_table(source, _COLUMNS).rows:
        said = row.get("relationship")
        if said is not None and said not in _SAME | _LOSSY | _NONE:
            words = ", ".join(sorted(_SAME | _LOSSY | _NONE))
            faults.append(Fault(said.place, "UNKNOWN_WORD", f"one of {words} is expected"))
        made.add(_of_row(row, source.name, faults))
    if faults:
        raise InputRefused(f"{source.name} cannot be used as a map", faults)
    return made


def _of_row(row: Row, name: str, faults: list[Fault]) -> Maps:
    """One code with its target; a code without a target is mapped to nothing."""
    needed = ["source_code_system", "source_code", "target_code_system"]
    needed += ["relationship"] if "target_code" in row else []
    missing = [column for column in needed if column not in row]
    if missing:
        place = next((cell.place for cell in row.values()), Place(name))
        faults.append(Fault(place, "MISSING_CELL", f"this row has no {' and no '.join(missing)}"))
        return Maps()
    pair = as_uri(row["source_code_system"]), as_uri(row["target_code_system"])
    target = row.get("target_code")
    is_one = target is not None and row["relationship"] not in _NONE
    targets = ((str(target), row["relationship"] in _SAME),) if is_one else ()
    return Maps({pair: CodeMap({str(row["source_code"]): targets})})


def _targets(element: dict[str, Any]) -> Targets:
    """The targets of one code; one that holds only if something else is so does not mean the same.

    STU3 may leave out the relationship, which then is that both mean the same.
    """
    found = set()
    for target in element.get("target", ()):
        word = target.get("equivalence", target.get("relationship", _UNSAID))
        if word not in _NONE and isinstance(target.get("code"), str):
            found.add((target["code"], word in _SAME and not target.get("dependsOn")))
    return tuple(sorted(found))
