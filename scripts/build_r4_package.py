"""Write what profiles need of the official FHIR R4 package into compressed files.

    python3 -m scripts.build_r4_package [PATH]

``PATH`` is the package ``hl7.fhir.r4.core`` 4.0.1 (CC0), as for ``build_r4_definitions.py``. The
same package gives the same bytes.

What is written are resources as the package has them, one on a line, sorted by type and address,
without what no snapshot or value set is made from (words for readers, narrative, mappings,
examples): every StructureDefinition of a type, profile or extension with its snapshot, every
ValueSet with what it is composed of, every CodeSystem with its codes and what each stands below.
``sharedcare/fhir/packages/core_package.py`` reads them as a package that is always there.

A second file, for tests alone, holds the differentials of HL7's profiles and extensions: snapshots
that are made of these have to be HL7's.
"""

import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from scripts.build_r4_definitions import compressed, documents, downloaded

PROJECT = Path(__file__).resolve().parent.parent
ARTEFACT = PROJECT / "sharedcare" / "fhir" / "packages" / "r4-package.ndjson.z"
DIFFERENTIALS = PROJECT / "tests" / "fhir" / "packages" / "r4-differentials.ndjson.z"

Json = dict[str, Any]

_HEAD = ("resourceType", "id", "url", "version", "name")
_STRUCTURE = ("type", "baseDefinition", "kind", "derivation", "abstract")
_ELEMENT = {
    "id", "path", "min", "max", "sliceName", "slicing", "type", "contentReference", "isModifier",
    "mustSupport", "maxLength",
}  # fmt: skip
_VALUES = ("fixed", "pattern", "minValue", "maxValue")
_CONSTRAINT = ("key", "severity", "human", "expression")
_BINDING = ("strength", "valueSet")

#: Every element has them, so that they are not listed each time.
_EVERYWHERE = {"ele-1", "ext-1"}

#: The properties of a concept that say where it stands in its hierarchy.
_STANDING = {"child", "parent"}

#: Terminologies that are not HL7's, of which the package has only a part.
_CONTENT = ("content", "hierarchyMeaning", "caseSensitive", "valueSet", "supplements")


def main() -> None:
    """Build the files from the package and say their sizes."""
    given = list(documents(Path(sys.argv[1])) if len(sys.argv) > 1 else downloaded())
    for path, content in ((ARTEFACT, built(given)), (DIFFERENTIALS, differentials(given))):
        path.write_bytes(compressed(content))
        print(f"{path.name}: {path.stat().st_size:,} bytes, {len(content):,} unpacked")


def unpacked(path: Path) -> bytes:
    """Return what one of the files holds."""
    return zlib.decompress(path.read_bytes())


def built(package: Iterable[Json]) -> bytes:
    """Build the content of the artefact: JSON with sorted keys, a resource a line."""
    return _lines(made for document in package if (made := _kept(document)))


def differentials(package: Iterable[Json]) -> bytes:
    """Build the content of the file for tests: what has a differential beside its snapshot."""
    return _lines(
        _some(document, _HEAD) | _structure(document, "differential")
        for document in package
        if document.get("derivation") == "constraint"
        and document["resourceType"] == "StructureDefinition"
        and {"snapshot", "differential"} <= document.keys()
    )


def _lines(resources: Iterable[Json]) -> bytes:
    ordered = sorted(resources, key=lambda made: (str(made["resourceType"]), str(made["url"])))
    return b"".join(map(_line, ordered))


def _line(made: Json) -> bytes:
    text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _kept(document: Json) -> Json:
    """Return what is kept of a resource; nothing if it is of no use."""
    head = _some(document, _HEAD)
    match document.get("resourceType"):
        case "StructureDefinition" if document["kind"] != "logical":
            where = "snapshot" if "snapshot" in document else "differential"
            return head | _structure(document, where)
        case "ValueSet":
            return head | _value_set(document)
        case "CodeSystem":
            concepts = {"concept": list(_concepts(document.get("concept", ())))}
            return head | _some(document, _CONTENT) | concepts
    return {}


def _some(document: Json, keys: Iterable[str]) -> Json:
    return {key: document[key] for key in keys if key in document}


def _structure(document: Json, where: str) -> Json:
    made = _some(document, _STRUCTURE)
    made[where] = {"element": [_element(found) for found in document[where]["element"]]}
    if "context" in document:
        made["context"] = [_some(one, ("type", "expression")) for one in document["context"]]
    return made


def _element(element: Json) -> Json:
    made = {
        key: value
        for key, value in element.items()
        if key in _ELEMENT or (key.startswith(_VALUES) and key != "patternProperties")
    }
    if element.get("base", {}).get("path") == "Resource.id":
        made["base"] = {"path": "Resource.id"}
    if "constraint" in element:
        made["constraint"] = [
            _some(one, _CONSTRAINT)
            for one in element["constraint"]
            if one["key"] not in _EVERYWHERE
        ]
    if "binding" in element:
        made["binding"] = _some(element["binding"], _BINDING)
    return made


def _value_set(document: Json) -> Json:
    return {
        key: _without_words(document[key]) for key in ("compose", "expansion") if key in document
    }


def _without_words(value: Any) -> Any:
    """Leave out what is written for readers."""
    if isinstance(value, list):
        return [_without_words(one) for one in value]
    if not isinstance(value, dict):
        return value
    words = {"designation", "display", "extension"}
    return {key: _without_words(one) for key, one in value.items() if key not in words}


def _concepts(concepts: Iterable[Json]) -> Iterator[Json]:
    for concept in concepts:
        made: Json = {"code": concept["code"]}
        standing = [one for one in concept.get("property", ()) if one["code"] in _STANDING]
        if standing:
            made["property"] = standing
        if "concept" in concept:
            made["concept"] = list(_concepts(concept["concept"]))
        yield made


if __name__ == "__main__":
    main()
