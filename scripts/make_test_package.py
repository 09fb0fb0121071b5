"""Write the project's own FHIR package: what tests and examples check payloads against.

    python3 scripts/make_test_package.py [FOLDER]

Anytown is nowhere. Its profiles are small, of the kind that British programmes publish, and between
them hold everything that a package may ask: snapshots and differentials, a profile of a profile, a
profile of one of HL7's, slices told apart by value, pattern, exists, type and profile, closed and
ordered slicing, fixed values, invariants, extensions simple and complex, a code system with a
hierarchy, and value sets of which some can be listed and some cannot. The same script gives the
same bytes.
"""

import gzip
import io
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAME, VERSION = "anytown.example.core", "0.2.0"
FOLDER = Path(__file__).resolve().parent.parent / "examples" / "packages"
ARCHIVE = f"{NAME}-{VERSION}.tgz"

HERE = "https://example.org/fhir/anytown"
HL7 = "http://hl7.org/fhir/StructureDefinition"
HL7_VALUE_SETS = "http://hl7.org/fhir/ValueSet"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"

Json = dict[str, Any]


def main() -> None:
    """Write the package and say its size."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ARCHIVE).write_bytes(packed(dict(files())))
    print(f"{ARCHIVE}: {(folder / ARCHIVE).stat().st_size:,} bytes")


def packed(content: dict[str, bytes]) -> bytes:
    """Pack files as packages are packed, without times and owners."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in sorted(content.items()):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), 9, mtime=0)


def files() -> Iterator[tuple[str, bytes]]:
    """Go through the files of the package."""
    yield "package/package.json", _bytes(MANIFEST)
    for resource in (*structures(), *code_systems(), *value_sets()):
        yield f"package/{resource['resourceType']}-{resource['id']}.json", _bytes(resource)
    yield "package/example/Patient-ada.json", _bytes(EXAMPLE)


def _bytes(document: Json) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


MANIFEST: Json = {
    "name": NAME,
    "version": VERSION,
    "title": "Anytown: profiles for tests and examples",
    "description": "Written for sharedcare; of use for nothing else.",
    "canonical": HERE,
    "url": HERE,
    "fhirVersions": ["4.0.1"],
    "dependencies": {"hl7.fhir.r4.core": "4.0.1"},
    "license": "Apache-2.0",
    "type": "fhir.ig",
}

EXAMPLE: Json = {
    "resourceType": "Patient",
    "id": "ada",
    "meta": {"profile": [f"{HERE}/StructureDefinition/anytown-patient"]},
    "identifier": [{"system": NHS_NUMBER, "value": "9990000018"}],
    "name": [{"use": "official", "family": "Example", "given": ["Ada"]}],
    "gender": "female",
    "birthDate": "1950-02-28",
}


def canonical(name: str) -> str:
    """Return the address of one of the package's structures."""
    return f"{HERE}/StructureDefinition/anytown-{name}"


def value_set_address(name: str) -> str:
    """Return the address of one of the package's value sets."""
    return f"{HERE}/ValueSet/anytown-{name}"


CARE_KINDS = f"{HERE}/CodeSystem/anytown-care-kind"
VERIFICATION = f"{HERE}/CodeSystem/anytown-verification-status"


def structure(name: str, type_: str, base: str, *elements: Json, **more: Any) -> Json:
    """Return a profile or extension by its differential; ``base`` may be short if it is HL7's."""
    kind = "resource" if type_[0].isupper() and type_ not in DATA_TYPES else "complex-type"
    return {
        "resourceType": "StructureDefinition",
        "id": f"anytown-{name}",
        "url": canonical(name),
        "version": VERSION,
        "name": "".join(part.capitalize() for part in ("anytown", *name.split("-"))),
        "status": "active",
        "fhirVersion": "4.0.1",
        "kind": kind,
        "abstract": False,
        "type": type_,
        "baseDefinition": base if "://" in base else f"{HL7}/{base}",
        "derivation": "constraint",
        **more,
        "differential": {"element": list(elements)},
    }


DATA_TYPES = frozenset({"Extension", "Identifier", "HumanName"})


def element(element_id: str, **said: Any) -> Json:
    """Return an element of a differential: its path and slice name follow from its id."""
    steps = [step.partition(":") for step in element_id.split(".")]
    made: Json = {"id": element_id, "path": ".".join(name for name, _, _ in steps)}
    if steps[-1][2]:
        made["sliceName"] = steps[-1][2]
    return made | said


def slicing(by: str, path: str, rules: str = "open", **more: Any) -> Json:
    """Return how a list is sliced."""
    return {"discriminator": [{"type": by, "path": path}], "rules": rules, **more}


def bound(name: str, strength: str) -> Json:
    """Return a binding; ``name`` may be whole, else it is one of the package's value sets."""
    return {"strength": strength, "valueSet": name if "://" in name else value_set_address(name)}


def invariant(key: str, human: str, expression: str, severity: str = "error") -> Json:
    """Return an invariant."""
    return {"key": key, "severity": severity, "human": human, "expression": expression}


def coded(code_system: str, code: str) -> Json:
    """Return a concept with one coding, as patterns have it."""
    return {"coding": [{"system": code_system, "code": code}]}


def extension(name: str) -> list[Json]:
    """Return the type of an extension that is one of the package's."""
    return [{"code": "Extension", "profile": [canonical(name)]}]


def structures() -> Iterator[Json]:
    """Go through the profiles and extensions."""
    yield nhs_number()
    yield verification_status()
    yield communication_needs()
    yield patient()
    yield child()
    yield observation()
    yield blood_pressure()
    yield condition()
    yield allergy()
    yield summary()


def nhs_number() -> Json:
    """Return a profile of a data type, with a snapshot that is written by hand."""
    made = structure(
        "nhs-number",
        "Identifier",
        "Identifier",
        element("Identifier.extension", slicing=slicing("value", "url")),
        element(
            "Identifier.extension:verificationStatus",
            max="1",
            type=extension("verification-status"),
            mustSupport=True,
        ),
        element("Identifier.system", min=1, fixedUri=NHS_NUMBER),
        element("Identifier.value", min=1, maxLength=10, mustSupport=True),
    )
    text = [{"code": "string"}]
    uri = [{"code": "uri"}]
    numbers = invariant("any-nhs-1", "An NHS number has ten digits", "value.matches('^[0-9]{10}$')")
    snapshot = [
        element("Identifier", min=0, max="*", constraint=[numbers]),
        element("Identifier.id", min=0, max="1", type=text),
        element(
            "Identifier.extension",
            slicing=slicing("value", "url"),
            min=0,
            max="*",
            type=[{"code": "Extension"}],
        ),
        element(
            "Identifier.extension:verificationStatus",
            min=0,
            max="1",
            type=extension("verification-status"),
            mustSupport=True,
        ),
        element(
            "Identifier.use",
            min=0,
            max="1",
            type=[{"code": "code"}],
            isModifier=True,
            isModifierReason="An identifier may be one that is no longer used",
            binding=bound(f"{HL7_VALUE_SETS}/identifier-use|4.0.1", "required"),
        ),
        element("Identifier.type", min=0, max="1", type=[{"code": "CodeableConcept"}]),
        element("Identifier.system", min=1, max="1", type=uri, fixedUri=NHS_NUMBER),
        element("Identifier.value", min=1, max="1", type=text, maxLength=10, mustSupport=True),
        element("Identifier.period", min=0, max="1", type=[{"code": "Period"}]),
        element(
            "Identifier.assigner",
            min=0,
            max="1",
            type=[{"code": "Reference", "targetProfile": [f"{HL7}/Organization"]}],
        ),
    ]
    for one in snapshot:
        one["definition"] = one["path"]
        one["base"] = {"path": one["path"], "min": one["min"], "max": one["max"]}
    made["differential"]["element"].insert(0, element("Identifier", constraint=[numbers]))
    return made | {"snapshot": {"element": snapshot}}


def verification_status() -> Json:
    """Return a simple extension: one coded value."""
    return structure(
        "verification-status",
        "Extension",
        "Extension",
        element("Extension", max="1"),
        element("Extension.extension", max="0"),
        element("Extension.url", fixedUri=canonical("verification-status")),
        element(
            "Extension.value[x]",
            min=1,
            type=[{"code": "CodeableConcept"}],
            binding=bound("verification-status", "required"),
        ),
        context=[{"type": "element", "expression": "Identifier"}],
    )


def communication_needs() -> Json:
    """Return a complex extension: two extensions inside it."""
    return structure(
        "communication-needs",
        "Extension",
        "Extension",
        element("Extension", max="1"),
        element("Extension.extension:interpreter", min=1, max="1"),
        element("Extension.extension:interpreter.extension", max="0"),
        element("Extension.extension:interpreter.url", fixedUri="interpreter"),
        element("Extension.extension:interpreter.value[x]", min=1, type=[{"code": "boolean"}]),
        element("Extension.extension:language", max="1"),
        element("Extension.extension:language.extension", max="0"),
        element("Extension.extension:language.url", fixedUri="language"),
        element(
            "Extension.extension:language.value[x]",
            min=1,
            type=[{"code": "CodeableConcept"}],
            binding=bound(f"{HL7_VALUE_SETS}/languages", "preferred"),
        ),
        element("Extension.url", fixedUri=canonical("communication-needs")),
        element("Extension.value[x]", max="0"),
        context=[{"type": "element", "expression": "Patient"}],
    )


def patient() -> Json:
    """Return a profile with slices by value, by profile of a type, and by what is referred to."""
    nhs_type = [{"code": "Identifier", "profile": [canonical("nhs-number")]}]
    return structure(
        "patient",
        "Patient",
        "Patient",
        element(
            "Patient",
            constraint=[
                invariant(
                    "any-pat-1",
                    "Whoever has no NHS number has an address",
                    f"identifier.where(system = '{NHS_NUMBER}').exists() or address.exists()",
                ),
                invariant(
                    "any-pat-2",
                    "A telephone number helps who has to be reached",
                    "telecom.where(system = 'phone').exists()",
                    "warning",
                ),
            ],
        ),
        element(
            "Patient.extension:communicationNeeds",
            max="1",
            type=extension("communication-needs"),
            mustSupport=True,
        ),
        element("Patient.identifier", slicing=slicing("value", "system"), mustSupport=True),
        element("Patient.identifier:nhsNumber", max="1", type=nhs_type, mustSupport=True),
        element("Patient.identifier:nhsNumber.use", patternCode="official"),
        element("Patient.identifier:local", max="3"),
        element("Patient.identifier:local.system", min=1, fixedUri=f"{HERE}/local-number"),
        element("Patient.name", min=1, mustSupport=True),
        element("Patient.name.family", min=1, mustSupport=True),
        element("Patient.gender", min=1),
        element("Patient.birthDate", mustSupport=True),
        element("Patient.deceased[x]", type=[{"code": "dateTime"}]),
        element("Patient.address.postalCode", maxLength=8),
        element("Patient.generalPractitioner", slicing=slicing("type", "resolve()")),
        element(
            "Patient.generalPractitioner:practice",
            max="1",
            type=[{"code": "Reference", "targetProfile": [f"{HL7}/Organization"]}],
        ),
        element("Patient.link", max="0"),
    )


def child() -> Json:
    """Return a profile of a profile, with slices by pattern."""
    relationship = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
    return structure(
        "child",
        "Patient",
        canonical("patient"),
        element("Patient.identifier:nhsNumber", min=1),
        element("Patient.identifier:nhsNumber.period", max="0"),
        element("Patient.birthDate", min=1),
        element(
            "Patient.contact",
            min=1,
            slicing=slicing("pattern", "relationship", rules="openAtEnd", ordered=True),
        ),
        element("Patient.contact:parent", max="2"),
        element(
            "Patient.contact:parent.relationship",
            min=1,
            max="1",
            patternCodeableConcept=coded(relationship, "PRN"),
        ),
        element("Patient.contact:guardian", max="1"),
        element(
            "Patient.contact:guardian.relationship",
            min=1,
            max="1",
            patternCodeableConcept=coded(relationship, "GUARD"),
        ),
        element("Patient.contact:guardian.telecom", min=1),
        element("Patient.contact:guardian.telecom.value", min=1),
    )


def observation() -> Json:
    """Return a profile with a choice in slices by type, closed, and one path that names its type.

    Its elements have no id, as in older packages: their order tells where each belongs.
    """
    made = structure(
        "observation",
        "Observation",
        "Observation",
        element(
            "Observation",
            constraint=[
                invariant(
                    "any-obs-1",
                    "A result that is final says when it was taken",
                    "status = 'final' implies effective.exists()",
                )
            ],
        ),
        element("Observation.category", slicing=slicing("pattern", "$this")),
        element(
            "Observation.category:care",
            min=1,
            max="1",
            patternCodeableConcept={"coding": [{"system": CARE_KINDS}]},
            binding=bound("care-kind", "required"),
        ),
        element("Observation.subject", min=1),
        element("Observation.effectiveDateTime", mustSupport=True),
        element("Observation.value[x]", slicing=slicing("type", "$this", rules="closed")),
        element("Observation.value[x]:valueQuantity", type=[{"code": "Quantity"}]),
        element("Observation.value[x]:valueQuantity.system", min=1, fixedUri=UCUM),
        element("Observation.value[x]:valueQuantity.code", min=1),
        element("Observation.value[x]:valueCodeableConcept", type=[{"code": "CodeableConcept"}]),
    )
    for one in made["differential"]["element"]:
        del one["id"]
    return made


def blood_pressure() -> Json:
    """Return a profile of one of HL7's, that says more of its slices and adds one at the end."""
    return structure(
        "blood-pressure",
        "Observation",
        "bp",
        element("Observation.subject", mustSupport=True),
        element("Observation.component:SystolicBP", mustSupport=True),
        element("Observation.component:SystolicBP.interpretation", max="0"),
        element("Observation.component:pulse", max="1"),
        element("Observation.component:pulse.code", patternCodeableConcept=coded(LOINC, "8867-4")),
        element("Observation.component:pulse.valueQuantity", min=1),
        element("Observation.component:pulse.valueQuantity.code", min=1, fixedCode="/min"),
    )


def condition() -> Json:
    """Return a profile with slices by what is there, an extensible and a broken-off binding."""
    return structure(
        "condition",
        "Condition",
        "Condition",
        element(
            "Condition.verificationStatus",
            min=1,
            patternCodeableConcept=coded(
                "http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed"
            ),
        ),
        element("Condition.category", min=1, binding=bound("condition-category", "extensible")),
        element("Condition.code", min=1, binding=bound("problem", "required"), mustSupport=True),
        element("Condition.onset[x]", type=[{"code": "dateTime"}, {"code": "Age"}]),
        element("Condition.evidence", slicing=slicing("exists", "detail", rules="closed")),
        element("Condition.evidence:documented", max="1"),
        element("Condition.evidence:documented.detail", min=1),
        element("Condition.evidence:told"),
        element("Condition.evidence:told.code", min=1),
        element("Condition.evidence:told.detail", max="0"),
    )


def allergy() -> Json:
    """Return a profile whose slices are sliced again."""
    return structure(
        "allergy",
        "AllergyIntolerance",
        "AllergyIntolerance",
        element("AllergyIntolerance.clinicalStatus", min=1),
        element("AllergyIntolerance.code", min=1),
        element("AllergyIntolerance.code.coding", slicing=slicing("value", "system"), min=1),
        element("AllergyIntolerance.code.coding:snomed", slicing=slicing("value", "code")),
        element("AllergyIntolerance.code.coding:snomed.system", min=1, fixedUri=SNOMED_CT),
        element("AllergyIntolerance.code.coding:snomed/none", max="1"),
        element("AllergyIntolerance.code.coding:snomed/none.code", min=1, fixedCode="716186003"),
        element("AllergyIntolerance.recordedDate", min=1, mustSupport=True),
        element("AllergyIntolerance.reaction.manifestation", binding=bound("problem", "preferred")),
    )


def summary() -> Json:
    """Return a profile of a Bundle: slices by profile and by type, in an order."""
    return structure(
        "summary",
        "Bundle",
        "Bundle",
        element("Bundle.type", fixedCode="collection"),
        element(
            "Bundle.entry",
            min=1,
            slicing={
                "discriminator": [{"type": "profile", "path": "resource"}],
                "rules": "openAtEnd",
                "ordered": True,
            },
        ),
        element("Bundle.entry:person", min=1, max="1"),
        element(
            "Bundle.entry:person.resource",
            min=1,
            type=[{"code": "Patient", "profile": [canonical("patient")]}],
        ),
        element("Bundle.entry:allergy"),
        element(
            "Bundle.entry:allergy.resource",
            min=1,
            type=[{"code": "AllergyIntolerance", "profile": [canonical("allergy")]}],
        ),
    )


def code_systems() -> Iterator[Json]:
    """Go through the code systems: one with a hierarchy and properties, one plain."""
    yield _code_system(
        CARE_KINDS,
        _concept(
            "care",
            "Care",
            _concept(
                "health",
                "Health care",
                _concept("community-nursing", "Community nursing", setting="home"),
                _concept("outpatient", "Outpatient care", setting="hospital"),
            ),
            _concept(
                "social",
                "Social care",
                _concept("reablement", "Reablement", setting="home"),
                _concept("residential", "Residential care", setting="care-home"),
            ),
        ),
        _concept("retired", "No longer used", setting="none"),
    )
    yield _code_system(
        VERIFICATION,
        _concept("verified", "Number present and verified"),
        _concept("not-verified", "Number present and not verified"),
        _concept("traced", "Number traced"),
    )


def _code_system(url: str, *concepts: Json) -> Json:
    return {
        "resourceType": "CodeSystem",
        "id": url.rpartition("/")[2],
        "url": url,
        "version": VERSION,
        "status": "active",
        "caseSensitive": True,
        "hierarchyMeaning": "is-a",
        "content": "complete",
        "property": [{"code": "setting", "type": "string"}],
        "concept": list(concepts),
    }


def _concept(code: str, display: str, *below: Json, setting: str = "") -> Json:
    made: Json = {"code": code, "display": display}
    if setting:
        made["property"] = [{"code": "setting", "valueString": setting}]
    if below:
        made["concept"] = list(below)
    return made


def value_sets() -> Iterator[Json]:
    """Go through the value sets."""
    categories = "http://terminology.hl7.org/CodeSystem/condition-category"
    disorders = {"property": "concept", "op": "is-a", "value": "64572001"}
    yield _value_set("verification-status", {"system": VERIFICATION})
    yield _value_set(
        "care-kind",
        {"system": CARE_KINDS, "filter": [_filter("concept", "descendent-of", "care")]},
        excluded={"system": CARE_KINDS, "concept": [{"code": "residential"}]},
    )
    yield _value_set(
        "care-at-home", {"system": CARE_KINDS, "filter": [_filter("setting", "=", "home")]}
    )
    yield _value_set(
        "condition-category",
        {"system": categories},
        {"valueSet": [value_set_address("care-at-home")]},
    )
    yield _value_set("problem", {"system": SNOMED_CT, "filter": [disorders]})
    yield _value_set(
        "trial",
        {"system": SNOMED_CT, "filter": [disorders]},
        expansion={"total": 1, "contains": [{"system": SNOMED_CT, "code": "195967001"}]},
    )


def _filter(name: str, operation: str, value: str) -> Json:
    return {"property": name, "op": operation, "value": value}


def _value_set(
    name: str, *included: Json, excluded: Json | None = None, expansion: Json | None = None
) -> Json:
    compose: Json = {"include": list(included)}
    if excluded is not None:
        compose["exclude"] = [excluded]
    made: Json = {
        "resourceType": "ValueSet",
        "id": f"anytown-{name}",
        "url": value_set_address(name),
        "version": VERSION,
        "status": "active",
        "compose": compose,
    }
    if expansion is not None:
        made["expansion"] = {"timestamp": "2026-11-01T00:00:00Z", **expansion}
    return made


if __name__ == "__main__":
    main()
