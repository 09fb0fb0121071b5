"""What a FHIR profile can ask: a resource that does it, one that does not, and what is told of it.

Each profile is as small as its point. Where HL7's own validator is at hand the same cases can be
given to it: it takes the good ones and finds a fault in the bad ones.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.fhir.packages.made import HERE, HL7, element, profile, sliced

Json = dict[str, Any]

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
TERMS = "http://terminology.hl7.org/CodeSystem/"


@dataclass(frozen=True)
class Case:
    """``told`` are rules and paths of the bad resource; the good one is told of nothing."""

    name: str
    elements: tuple[Json, ...]
    good: Json
    bad: Json
    told: frozenset[tuple[str, str]]
    type: str = "Patient"
    others: tuple[Json, ...] = field(default=())

    @property
    def resources(self) -> tuple[Json, ...]:
        """What the package holds."""
        return (profile(*self.elements, type_=self.type), *self.others)


def patient(**parts: Any) -> Json:
    return {"resourceType": "Patient", "id": "p", **parts}


def observation(**parts: Any) -> Json:
    made = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "x"}}
    return {**made, **parts}


def quantity(code: str = "mg", **parts: Any) -> Json:
    return {"value": 1, "unit": "x", "system": UCUM, "code": code, **parts}


def coded(code: str, system: str = LOINC) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def identifier(system: str, value: str = "1", **parts: Any) -> Json:
    return {"system": f"{HERE}/{system}", "value": value, **parts}


def bundle(*resources: Json) -> Json:
    """A collection of these resources."""
    entries = [
        {"fullUrl": f"urn:uuid:1a2b3c4d-0000-4000-8000-{number:012}", "resource": one}
        for number, one in enumerate(resources, 1)
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def case(
    name: str,
    elements: list[Json],
    good: Json,
    bad: Json,
    *told: tuple[str, str],
    others: tuple[Json, ...] = (),
) -> Case:
    return Case(
        name, tuple(elements), good, bad, frozenset(told), good["resourceType"], others=others
    )


BY_SYSTEM = element("Patient.identifier", slicing=sliced("value", "system"))


def by_system(**said: Any) -> list[Json]:
    """A profile with a slice ``a`` of identifiers, told apart by their system."""
    return [
        BY_SYSTEM | said.pop("slicing", {}),
        element("Patient.identifier:a", **said),
        element("Patient.identifier:a.system", min=1, fixedUri=f"{HERE}/a"),
    ]


COUNTS = [
    case(
        "an element that FHIR leaves open is required",
        [element("Patient.birthDate", min=1)],
        patient(birthDate="2001"),
        patient(),
        ("profile-minimum", "Patient"),
    ),
    case(
        "an element is required that may be there without a value",
        [element("Patient.birthDate", min=1)],
        patient(
            _birthDate={"extension": [{"url": f"{HL7}/data-absent-reason", "valueCode": "unknown"}]}
        ),
        patient(gender="male"),
        ("profile-minimum", "Patient"),
    ),
    case(
        "an element is forbidden",
        [element("Patient.photo", max="0")],
        patient(),
        patient(photo=[{"title": "x"}]),
        ("profile-maximum", "Patient.photo[0]"),
    ),
    case(
        "an element may be there twice",
        [element("Patient.name", max="2")],
        patient(name=[{"text": "a"}, {"text": "b"}]),
        patient(name=[{"text": "a"}, {"text": "b"}, {"text": "c"}]),
        ("profile-maximum", "Patient.name[2]"),
    ),
    case(
        "what is required inside an element is asked only where that is there",
        [element("Patient.contact.name", min=1)],
        patient(),
        patient(
            contact=[
                {"name": {"text": "a"}},
                {"gender": "male", "telecom": [{"value": "1", "system": "phone"}]},
            ]
        ),
        ("profile-minimum", "Patient.contact[1]"),
    ),
    case(
        "an element of a data type is required",
        [element("Patient.name.family", min=1)],
        patient(name=[{"family": "a"}]),
        patient(name=[{"text": "a"}]),
        ("profile-minimum", "Patient.name[0]"),
    ),
    case(
        "a choice is required in any form",
        [element("Observation.value[x]", min=1)],
        observation(valueString="a"),
        observation(),
        ("profile-minimum", "Observation"),
    ),
]

VALUES = [
    case(
        "a code is fixed",
        [element("Patient.gender", fixedCode="other")],
        patient(gender="other"),
        patient(gender="male"),
        ("fixed-value", "Patient.gender"),
    ),
    case(
        "a boolean is fixed",
        [element("Patient.active", fixedBoolean=True)],
        patient(active=True),
        patient(active=False),
        ("fixed-value", "Patient.active"),
    ),
    case(
        "a decimal is fixed with its precision",
        [element("Observation.valueQuantity.value", fixedDecimal=1.5)],
        observation(valueQuantity=quantity(value=1.5)),
        observation(valueQuantity=quantity(value=2.5)),
        ("fixed-value", "Observation.value.ofType(Quantity).value"),
    ),
    case(
        "a concept is fixed: nothing may be added",
        [element("Observation.code", fixedCodeableConcept=coded("1-8"))],
        observation(code=coded("1-8")),
        observation(code=coded("1-8") | {"text": "more"}),
        ("fixed-value", "Observation.code"),
    ),
    case(
        "a pattern has to be held: more may be there",
        [element("Observation.code", patternCodeableConcept=coded("1-8"))],
        observation(
            code={"coding": [coded("2-6")["coding"][0], coded("1-8")["coding"][0]], "text": "x"}
        ),
        observation(code=coded("2-6")),
        ("pattern-value", "Observation.code"),
    ),
    case(
        "a pattern of a quantity",
        [element("Observation.valueQuantity", patternQuantity={"system": UCUM, "code": "mg"})],
        observation(valueQuantity=quantity("mg")),
        observation(valueQuantity=quantity("kg")),
        ("pattern-value", "Observation.value.ofType(Quantity)"),
    ),
    case(
        "a pattern of a primitive",
        [element("Patient.language", patternCode="en")],
        patient(language="en"),
        patient(language="cy"),
        ("pattern-value", "Patient.language"),
    ),
    case(
        "a text has a length",
        [element("Patient.name.family", maxLength=3)],
        patient(name=[{"family": "Ŵxy"}]),
        patient(name=[{"family": "Ŵxyz"}]),
        ("profile-length", "Patient.name[0].family"),
    ),
    case(
        "a number has a lowest value",
        [element("Observation.valueInteger", minValueInteger=2)],
        observation(valueInteger=2),
        observation(valueInteger=1),
        ("profile-value-low", "Observation.value.ofType(integer)"),
    ),
    case(
        "a number has a highest value",
        [element("Observation.valueInteger", maxValueInteger=2)],
        observation(valueInteger=2),
        observation(valueInteger=3),
        ("profile-value-high", "Observation.value.ofType(integer)"),
    ),
    case(
        "a day has a first one",
        [element("Patient.birthDate", minValueDate="1900-01-01")],
        patient(birthDate="1900-01-01"),
        patient(birthDate="1899-12-31"),
        ("profile-value-low", "Patient.birthDate"),
    ),
]

SLICES = [
    case(
        "what fits two slices cannot be told apart",
        [
            element("Observation.category", slicing=sliced("value", "coding.code")),
            element("Observation.category:a"),
            element("Observation.category:a.coding.code", min=1, fixedCode="a"),
            element("Observation.category:b"),
            element("Observation.category:b.coding.code", min=1, fixedCode="b"),
        ],
        observation(category=[coded("a", f"{HERE}/cs"), coded("b", f"{HERE}/cs")]),
        observation(
            category=[{"coding": [{"code": "a", "system": HERE}, {"code": "b", "system": HERE}]}]
        ),
        ("slice-several", "Observation.category[0]"),
        ("fixed-value", "Observation.category[0].coding[1].code"),
    ),
    case(
        "a slice by value is required",
        by_system(min=1),
        patient(identifier=[identifier("b"), identifier("a")]),
        patient(identifier=[identifier("b")]),
        ("slice-minimum", "Patient"),
    ),
    case(
        "a slice is there too often",
        by_system(max="1"),
        patient(identifier=[identifier("a"), identifier("b")]),
        patient(identifier=[identifier("a"), identifier("b"), identifier("a", "2")]),
        ("slice-maximum", "Patient.identifier[2]"),
    ),
    case(
        "what a slice asks is asked of it alone",
        [*by_system(), element("Patient.identifier:a.period", min=1)],
        patient(identifier=[identifier("b"), identifier("a", period={"start": "2020"})]),
        patient(identifier=[identifier("b"), identifier("a")]),
        ("profile-minimum", "Patient.identifier[1]"),
    ),
    case(
        "slicing is closed",
        [
            element("Patient.identifier", slicing=sliced("value", "system", "closed")),
            *by_system()[1:],
        ],
        patient(identifier=[identifier("a")]),
        patient(identifier=[identifier("a"), identifier("b")]),
        ("slice-none", "Patient.identifier[1]"),
    ),
    case(
        "what is no slice stands at the end",
        [
            element("Patient.identifier", slicing=sliced("value", "system", "openAtEnd")),
            *by_system()[1:],
        ],
        patient(identifier=[identifier("a"), identifier("b")]),
        patient(identifier=[identifier("b"), identifier("a")]),
        ("slice-at-end", "Patient.identifier[0]"),
    ),
    case(
        "slices stand in their order",
        [
            element("Patient.identifier", slicing=sliced("value", "system") | {"ordered": True}),
            *by_system()[1:],
            element("Patient.identifier:b"),
            element("Patient.identifier:b.system", min=1, fixedUri=f"{HERE}/b"),
        ],
        patient(identifier=[identifier("a"), identifier("c"), identifier("b")]),
        patient(identifier=[identifier("b"), identifier("c"), identifier("a")]),
        ("slice-order", "Patient.identifier[2]"),
    ),
    case(
        "a slice by pattern",
        [
            element("Observation.category", slicing=sliced("pattern", "$this")),
            element(
                "Observation.category:lab",
                min=1,
                patternCodeableConcept=coded("laboratory", TERMS + "observation-category"),
            ),
        ],
        observation(category=[coded("laboratory", TERMS + "observation-category") | {"text": "x"}]),
        observation(category=[coded("survey", TERMS + "observation-category")]),
        ("slice-minimum", "Observation"),
    ),
    case(
        "a slice by a value deeper inside, in a slice of its own",
        [
            element("Observation.component", slicing=sliced("value", "code.coding.code")),
            element("Observation.component:a", min=1),
            element("Observation.component:a.code.coding.code", min=1, fixedCode="8480-6"),
            element("Observation.component:a.value[x]", min=1),
        ],
        observation(
            component=[{"code": coded("8480-6"), "valueInteger": 1}, {"code": coded("8462-4")}]
        ),
        observation(
            component=[{"code": coded("8462-4"), "valueInteger": 1}, {"code": coded("8480-6")}]
        ),
        ("profile-minimum", "Observation.component[1]"),
    ),
    case(
        "a slice by what is there",
        [
            element("Patient.contact", slicing=sliced("exists", "organization", "closed")),
            element("Patient.contact:firm"),
            element("Patient.contact:firm.telecom", min=1),
            element("Patient.contact:firm.organization", min=1),
            element("Patient.contact:person"),
            element("Patient.contact:person.name", min=1),
            element("Patient.contact:person.organization", max="0"),
        ],
        patient(contact=[{"name": {"text": "a"}}]),
        patient(contact=[{"organization": {"display": "x"}, "name": {"text": "a"}}]),
        ("profile-minimum", "Patient.contact[0]"),
    ),
    case(
        "forms of a choice are slices by type",
        [
            element("Observation.value[x]", slicing=sliced("type", "$this")),
            element("Observation.value[x]:valueQuantity", type=[{"code": "Quantity"}]),
            element("Observation.value[x]:valueQuantity.code", min=1),
        ],
        observation(valueString="x"),
        observation(valueQuantity={"value": 1}),
        ("profile-minimum", "Observation.value.ofType(Quantity)"),
    ),
    case(
        "a closed choice has the forms that are slices",
        [
            element("Observation.value[x]", slicing=sliced("type", "$this", "closed")),
            element("Observation.value[x]:valueQuantity", type=[{"code": "Quantity"}]),
            element("Observation.value[x]:valueInteger", type=[{"code": "integer"}]),
        ],
        observation(valueInteger=1),
        observation(valueString="x"),
        ("slice-none", "Observation.value.ofType(string)"),
    ),
    case(
        "entries of a Bundle are slices by type",
        [
            element("Bundle.entry", slicing=sliced("type", "resource")),
            element("Bundle.entry:person", min=1),
            element("Bundle.entry:person.resource", min=1, type=[{"code": "Patient"}]),
        ],
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {"fullUrl": "urn:uuid:1a2b3c4d-0000-4000-8000-000000000001", "resource": patient()}
            ],
        },
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {
                    "fullUrl": "urn:uuid:1a2b3c4d-0000-4000-8000-000000000001",
                    "resource": observation(),
                }
            ],
        },
        ("slice-minimum", "Bundle"),
    ),
    case(
        "references are slices by the type of what they lead to",
        [
            element("Patient.generalPractitioner", slicing=sliced("type", "resolve()")),
            element(
                "Patient.generalPractitioner:practice",
                max="1",
                type=[{"code": "Reference", "targetProfile": [f"{HL7}/Organization"]}],
            ),
        ],
        patient(
            generalPractitioner=[
                {"reference": "Organization/1"},
                {"reference": "Practitioner/1"},
                {"reference": "Practitioner/2"},
            ]
        ),
        patient(
            generalPractitioner=[{"reference": "Organization/1"}, {"reference": "Organization/2"}]
        ),
        ("slice-maximum", "Patient.generalPractitioner[1]"),
    ),
    case(
        "a slice is sliced again",
        [
            element("Observation.category", slicing=sliced("value", "coding.system")),
            element("Observation.category:a", slicing=sliced("value", "coding.code")),
            element("Observation.category:a.coding.system", min=1, fixedUri=f"{HERE}/cs"),
            element("Observation.category:a/x", max="1"),
            element("Observation.category:a/x.coding.code", min=1, fixedCode="x"),
        ],
        observation(
            category=[
                coded("x", f"{HERE}/cs"),
                coded("y", f"{HERE}/cs"),
                coded("x", f"{HERE}/other"),
            ]
        ),
        observation(category=[coded("x", f"{HERE}/cs"), coded("x", f"{HERE}/cs")]),
        ("slice-maximum", "Observation.category[1]"),
    ),
    case(
        "all that is no other slice is the default slice",
        [
            *by_system(),
            element("Patient.identifier:@default"),
            element("Patient.identifier:@default.value", maxLength=2),
        ],
        patient(identifier=[identifier("a", "long"), identifier("b", "x")]),
        patient(identifier=[identifier("a", "long"), identifier("b", "long")]),
        ("profile-length", "Patient.identifier[1].value"),
    ),
]

TYPES = [
    case(
        "a data type fits one of several FHIR profiles",
        [
            element(
                "Patient.identifier",
                type=[{"code": "Identifier", "profile": [f"{HERE}/short", f"{HERE}/dated"]}],
            )
        ],
        patient(identifier=[{"value": "1", "period": {"start": "2020"}}, identifier("a")]),
        patient(identifier=[{"value": "1"}]),
        ("profile-value", "Patient.identifier[0]"),
        others=(
            profile(element("Identifier.system", min=1), type_="Identifier", name="short")
            | {"kind": "complex-type"},
            profile(element("Identifier.period", min=1), type_="Identifier", name="dated")
            | {"kind": "complex-type"},
        ),
    ),
    case(
        "a slice by a value that is in the pattern of what is above it",
        [
            element("Observation.component", slicing=sliced("value", "code.coding.code")),
            element("Observation.component:a", min=1),
            element("Observation.component:a.code", patternCodeableConcept=coded("8480-6")),
        ],
        observation(component=[{"code": coded("8462-4")}, {"code": coded("8480-6")}]),
        observation(component=[{"code": coded("8462-4")}]),
        ("slice-minimum", "Observation"),
    ),
    case(
        "entries of a Bundle are slices by the FHIR profile that they fit",
        [
            element("Bundle.entry", slicing=sliced("profile", "resource", "closed")),
            element("Bundle.entry:named", min=1),
            element(
                "Bundle.entry:named.resource",
                min=1,
                type=[{"code": "Patient", "profile": [f"{HERE}/named"]}],
            ),
            element("Bundle.entry:other"),
            element(
                "Bundle.entry:other.resource",
                min=1,
                type=[{"code": "Observation", "profile": [f"{HERE}/taken"]}],
            ),
        ],
        bundle(patient(name=[{"text": "a"}]), observation(issued="2020-01-01T00:00:00Z")),
        bundle(patient(name=[{"text": "a"}]), observation()),
        ("slice-none", "Bundle.entry[1]"),
        others=(
            profile(element("Patient.name", min=1), name="named"),
            profile(element("Observation.issued", min=1), type_="Observation", name="taken"),
        ),
    ),
    case(
        "a choice is narrowed",
        [element("Patient.deceased[x]", type=[{"code": "dateTime"}])],
        patient(deceasedDateTime="2020"),
        patient(deceasedBoolean=True),
        ("profile-value-type", "Patient.deceased.ofType(boolean)"),
    ),
    case(
        "a data type fits a FHIR profile",
        [
            element(
                "Patient.identifier", type=[{"code": "Identifier", "profile": [f"{HERE}/short"]}]
            )
        ],
        patient(identifier=[identifier("a")]),
        patient(identifier=[{"value": "1"}]),
        ("profile-minimum", "Patient.identifier[0]"),
        others=(
            profile(element("Identifier.system", min=1), type_="Identifier", name="short")
            | {"kind": "complex-type"},
        ),
    ),
    case(
        "an entry of a Bundle fits a FHIR profile",
        [
            element(
                "Bundle.entry.resource", type=[{"code": "Patient", "profile": [f"{HERE}/named"]}]
            )
        ],
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {
                    "fullUrl": "urn:uuid:1a2b3c4d-0000-4000-8000-000000000001",
                    "resource": patient(name=[{"text": "a"}]),
                }
            ],
        },
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [
                {"fullUrl": "urn:uuid:1a2b3c4d-0000-4000-8000-000000000001", "resource": patient()}
            ],
        },
        ("profile-minimum", "Bundle.entry[0].resource"),
        others=(profile(element("Patient.name", min=1), name="named"),),
    ),
    case(
        "a reference leads to one of fewer types",
        [
            element(
                "Observation.subject",
                type=[{"code": "Reference", "targetProfile": [f"{HL7}/Patient"]}],
            )
        ],
        observation(subject={"reference": "Patient/1"}),
        observation(subject={"reference": "Group/1"}),
        ("profile-target-type", "Observation.subject"),
    ),
    case(
        "what is contained fits the FHIR profile of the reference to it",
        [
            element(
                "Observation.subject",
                type=[{"code": "Reference", "targetProfile": [f"{HERE}/named"]}],
            )
        ],
        observation(contained=[patient(name=[{"text": "a"}])], subject={"reference": "#p"}),
        observation(contained=[patient()], subject={"reference": "#p"}),
        ("profile-target", "Observation.subject"),
        others=(profile(element("Patient.name", min=1), name="named"),),
    ),
]

CODES = f"{HERE}/codes"
LISTED = {
    "resourceType": "ValueSet",
    "url": f"{HERE}/listed",
    "status": "active",
    "compose": {"include": [{"system": CODES, "concept": [{"code": "a"}, {"code": "b"}]}]},
}
#: A value set that nobody can list without a terminology server.
UNLISTED = {
    "resourceType": "ValueSet",
    "url": f"{HERE}/unlisted",
    "status": "active",
    "compose": {
        "include": [
            {"system": CODES, "concept": [{"code": "a"}]},
            {
                "system": "http://snomed.info/sct",
                "filter": [{"property": "concept", "op": "is-a", "value": "138875005"}],
            },
        ]
    },
}


def bound(strength: str, name: str = "listed") -> Json:
    return {"strength": strength, "valueSet": f"{HERE}/{name}"}


BINDINGS = [
    case(
        "a concept has one of the codes that are required",
        [element("Observation.code", binding=bound("required"))],
        observation(code={"coding": [*coded("1-8")["coding"], *coded("a", CODES)["coding"]]}),
        observation(code=coded("c", CODES)),
        ("profile-code-required", "Observation.code"),
        others=(LISTED,),
    ),
    case(
        "words are no code that is required",
        [element("Observation.code", binding=bound("required"))],
        observation(code=coded("b", CODES) | {"text": "x"}),
        observation(),
        ("profile-code-required", "Observation.code"),
        others=(LISTED,),
    ),
    case(
        "a code of another code system is another",
        [element("Observation.code", binding=bound("required"))],
        observation(code=coded("a", CODES)),
        observation(code=coded("a", f"{CODES}-of-others")),
        ("profile-code-required", "Observation.code"),
        others=(LISTED,),
    ),
    case(
        "a plain code is looked for without a code system",
        [element("Patient.address.state", binding=bound("required"))],
        patient(address=[{"state": "a"}]),
        patient(address=[{"state": "c"}]),
        ("profile-code-required", "Patient.address[0].state"),
        others=(LISTED,),
    ),
    case(
        "a unit is one of those that are required, where there is one",
        [element("Observation.value[x]", binding=bound("required"))],
        observation(valueQuantity={"value": 1}),
        observation(valueQuantity={"value": 1, "system": CODES, "code": "c"}),
        ("profile-code-required", "Observation.value.ofType(Quantity)"),
        others=(LISTED,),
    ),
    case(
        "a value of a type without codes is held against no value set",
        [element("Observation.value[x]", binding=bound("required"))],
        observation(valuePeriod={"start": "2020"}),
        observation(valueCodeableConcept={"text": "x"}),
        ("profile-code-required", "Observation.value.ofType(CodeableConcept)"),
        others=(LISTED,),
    ),
]


def extension_of(*elements: Json, name: str = "ext", **more: Any) -> Json:
    """Return the definition of an extension with one value, unless its elements say otherwise."""
    values = [one for one in elements if one["id"].startswith("Extension.value")]
    before = [one for one in elements if one not in values]
    url = element("Extension.url", fixedUri=f"{HERE}/{name}")
    made = profile(*before, url, *values, type_="Extension", name=name)
    context = [{"type": "element", "expression": "Patient"}]
    return made | {"kind": "complex-type", "context": context, **more}


def extended(**value: Any) -> Json:
    """Return an extension of that definition, as a resource has it."""
    return {"url": f"{HERE}/ext", **value}


ONE_BOOLEAN = extension_of(
    element("Extension.extension", max="0"),
    element("Extension.value[x]", min=1, type=[{"code": "boolean"}]),
)
TWO_PARTS = extension_of(
    element("Extension.extension", slicing=sliced("value", "url", "closed")),
    element("Extension.extension:one", min=1, max="1"),
    element("Extension.extension:one.url", fixedUri="one"),
    element("Extension.extension:one.value[x]", min=1, type=[{"code": "string"}]),
    element("Extension.extension:two", max="1"),
    element("Extension.extension:two.url", fixedUri="two"),
    element("Extension.value[x]", max="0"),
)
OPEN_PARTS = extension_of(
    element("Extension.extension:one", min=1, max="1"),
    element("Extension.extension:one.url", fixedUri="one"),
    element("Extension.value[x]", max="0"),
)
SLICED_BY_URL = [
    element("Patient.extension", slicing=sliced("value", "url")),
    element(
        "Patient.extension:ext", min=1, type=[{"code": "Extension", "profile": [f"{HERE}/ext"]}]
    ),
]

EXTENSIONS = [
    case(
        "an extension is required",
        SLICED_BY_URL,
        patient(extension=[extended(valueBoolean=True)]),
        patient(),
        ("slice-minimum", "Patient"),
        others=(ONE_BOOLEAN,),
    ),
    case(
        "an extension is required whose definition is in no package",
        SLICED_BY_URL,
        patient(extension=[extended(valueBoolean=True)]),
        patient(gender="male"),
        ("slice-minimum", "Patient"),
    ),
    case(
        "an extension has a value of its type",
        SLICED_BY_URL,
        patient(extension=[extended(valueBoolean=True)]),
        patient(extension=[extended(valueString="x")]),
        ("profile-value-type", "Patient.extension[0].value.ofType(string)"),
        others=(ONE_BOOLEAN,),
    ),
    case(
        "an extension is held against its definition wherever it stands",
        [],
        patient(extension=[extended(valueBoolean=True)]),
        patient(extension=[extended(valueInteger=1)]),
        ("profile-value-type", "Patient.extension[0].value.ofType(integer)"),
        others=(ONE_BOOLEAN,),
    ),
    case(
        "a part of an extension is missing",
        [],
        patient(extension=[extended(extension=[{"url": "one", "valueString": "x"}])]),
        patient(extension=[extended(extension=[{"url": "two", "valueString": "x"}])]),
        ("slice-minimum", "Patient.extension[0]"),
        others=(TWO_PARTS,),
    ),
    case(
        "an extension has a part that its definition does not have",
        [],
        patient(extension=[extended(extension=[{"url": "one", "valueString": "x"}])]),
        patient(
            extension=[
                extended(
                    extension=[
                        {"url": "one", "valueString": "x"},
                        {"url": "three", "valueString": "x"},
                    ]
                )
            ]
        ),
        ("slice-none", "Patient.extension[0].extension[1]"),
        others=(TWO_PARTS,),
    ),
    case(
        "an extension has a part that its definition does not know",
        [],
        patient(extension=[extended(extension=[{"url": "one", "valueString": "x"}])]),
        patient(
            extension=[
                extended(
                    extension=[
                        {"url": "one", "valueString": "x"},
                        {"url": "three", "valueString": "x"},
                    ]
                )
            ]
        ),
        ("extension-part-unknown", "Patient.extension[0].extension[1]"),
        others=(OPEN_PARTS,),
    ),
    case(
        "an extension stands where its definition does not let it",
        [],
        patient(extension=[extended(valueBoolean=True)]),
        patient(name=[{"text": "x", "extension": [extended(valueBoolean=True)]}]),
        ("extension-place", "Patient.name[0].extension[0]"),
        others=(ONE_BOOLEAN,),
    ),
    case(
        "an extension that changes no meaning is no modifier extension",
        [],
        patient(extension=[extended(valueBoolean=True)]),
        patient(modifierExtension=[extended(valueBoolean=True)]),
        ("extension-modifier", "Patient.modifierExtension[0]"),
        others=(ONE_BOOLEAN,),
    ),
    case(
        "an extension that changes meaning is a modifier extension",
        [],
        patient(modifierExtension=[extended(valueBoolean=True)]),
        patient(extension=[extended(valueBoolean=True)]),
        ("extension-modifier", "Patient.extension[0]"),
        others=(
            extension_of(
                element("Extension", isModifier=True, isModifierReason="it negates"),
                element("Extension.extension", max="0"),
                element("Extension.value[x]", min=1, type=[{"code": "boolean"}]),
            ),
        ),
    ),
]


def rule(expression: str, severity: str = "error", key: str = "any-1") -> list[Json]:
    """Return the constraints of an element: one rule."""
    return [{"key": key, "severity": severity, "human": "so it is", "expression": expression}]


RULES = [
    case(
        "a rule of the whole resource",
        [element("Patient", constraint=rule("name.exists() or telecom.exists()"))],
        patient(name=[{"text": "a"}]),
        patient(),
        ("any-1", "Patient"),
    ),
    case(
        "a rule of an element",
        [element("Patient.identifier", constraint=rule("value.matches('^[0-9]{10}$')"))],
        patient(identifier=[identifier("a", "1234567890")]),
        patient(identifier=[identifier("a", "1234567890"), identifier("a", "12345")]),
        ("any-1", "Patient.identifier[1]"),
    ),
    case(
        "a rule of a slice",
        [*by_system(constraint=rule("value.length() = 2"))],
        patient(identifier=[identifier("b", "1"), identifier("a", "12")]),
        patient(identifier=[identifier("b", "1"), identifier("a", "1")]),
        ("any-1", "Patient.identifier[1]"),
    ),
    case(
        "a rule that reckons",
        [
            element(
                "Patient.identifier",
                constraint=rule(
                    "(11 - (value.substring(0, 1).toInteger() * 10"
                    " + value.substring(1, 1).toInteger() * 9) mod 11) = 3"
                ),
            )
        ],
        patient(identifier=[identifier("a", "98")]),
        patient(identifier=[identifier("a", "97")]),
        ("any-1", "Patient.identifier[0]"),
    ),
    case(
        "a rule that asks for an extension",
        [
            element(
                "Patient.name",
                constraint=rule(
                    f"family.exists() or extension('{HL7}/data-absent-reason').exists()"
                ),
            )
        ],
        patient(
            name=[{"extension": [{"url": f"{HL7}/data-absent-reason", "valueCode": "masked"}]}]
        ),
        patient(name=[{"text": "x"}]),
        ("any-1", "Patient.name[0]"),
    ),
    case(
        "a rule has to give true, and an empty result is not",
        [element("Patient", constraint=rule("name.family = 'x'"))],
        patient(name=[{"family": "x"}]),
        patient(gender="male"),
        ("any-1", "Patient"),
    ),
    case(
        "a rule that follows a reference",
        [
            element(
                "Observation", constraint=rule("subject.resolve().ofType(Patient).active = true")
            )
        ],
        observation(contained=[patient(active=True)], subject={"reference": "#p"}),
        observation(contained=[patient(active=False)], subject={"reference": "#p"}),
        ("any-1", "Observation"),
    ),
    case(
        "a rule that asks for a value set",
        [element("Observation", constraint=rule(f"code.memberOf('{HERE}/listed')"))],
        observation(code=coded("a", CODES)),
        observation(code=coded("c", CODES)),
        ("any-1", "Observation"),
        others=(LISTED,),
    ),
    case(
        "a rule that asks for a FHIR profile",
        [
            element(
                "Observation",
                constraint=rule(f"contained.all(conformsTo('{HERE}/named'))"),
            )
        ],
        observation(contained=[patient(name=[{"text": "a"}])], subject={"reference": "#p"}),
        observation(contained=[patient()], subject={"reference": "#p"}),
        ("any-1", "Observation"),
        others=(profile(element("Patient.name", min=1), name="named"),),
    ),
]
