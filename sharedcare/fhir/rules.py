"""The rules of ours: what FHIR says in prose rather than as an invariant with an id.

The ids are stable. Sentences name elements and types of the specification, never what stood in the
document. Codes are those of http://hl7.org/fhir/ValueSet/issue-type.
"""

from sharedcare.fhir.family_rules import FAMILY_RULES
from sharedcare.fhir.profile_rules import PROFILE_RULES
from sharedcare.fhir.rule import Rule
from sharedcare.places import Severity

#: Levels of objects and arrays inside each other; 64 nested items of a questionnaire need 130.
MAX_DEPTH = 200

#: The largest power of ten that readers agree on.
MAX_EXPONENT = 308

#: Elements of StructureDefinitions in one document: each of them is asked more than other objects
#: are. All resource types of R4 together have about 8,000 in each view.
MAX_DEFINED = 20_000


def _json(sentence: str) -> Rule:
    return Rule("structure", sentence)


def _value(sentence: str) -> Rule:
    return Rule("value", sentence)


JSON_RULES = {
    "json-utf8": _json("The text is not UTF-8 from here on; save it as UTF-8."),
    "json-syntax": _json("This is not JSON from here on; check commas, quotes and brackets."),
    "json-empty": _json("There is nothing here; a resource is a JSON object."),
    "json-trailing": _json("More follows after the end of the resource; delete it."),
    "json-duplicate-key": _json(
        "The same key stands twice in one object, and readers disagree which counts; keep one."
    ),
    "json-number": _json(
        "NaN and Infinity are no JSON; leave the element out and give a data-absent-reason."
    ),
    "json-number-range": _json(
        f"The number lies beyond 10 to the power of {MAX_EXPONENT}; readers cannot agree on it."
    ),
    "json-surrogate": _json(
        "Half of a surrogate pair stands alone in a text; write the character itself in UTF-8."
    ),
    "json-depth": _json(f"More than {MAX_DEPTH} objects and arrays stand inside each other."),
    "json-control": _json("A control character stands in a text; write it as an escape."),
}

STRUCTURE_RULES = {
    "definition-too-many": Rule(
        "too-costly",
        f"The definitions in this document have more than {MAX_DEFINED:,} elements together; this"
        " one is left out. Give it in a document of its own, or leave out its snapshot.",
    ),
    "resource-object": _json("A resource is a JSON object."),
    "resource-type-missing": Rule("required", "The resource does not say its resourceType."),
    "resource-type-unknown": _json(
        "This resourceType is none of FHIR R4; check its spelling and the version of FHIR."
    ),
    "unknown-element": _json("{owner} has no such element{guess}."),
    "object-expected": _json("{name} is an object; another kind of value stands here."),
    "array-expected": _json("{name} may repeat and is written as an array, also where it is one."),
    "array-unexpected": _json("{name} does not repeat; write it without an array."),
    "array-empty": _json("An array is empty; leave the element out."),
    "object-empty": _json("An object is empty; leave the element out."),
    "null-value": _json(
        "null may stand only in an array of primitives, where its companion has an extension."
    ),
    "primitive-expected": _json("{name} is a single value; an object or array stands here."),
    "companion-object": _json("What follows the underscore holds only id and extension."),
    "companion-array": _json("The element and its companion are both arrays, or neither is."),
    "required-element": Rule("required", "{name} is missing, and {owner} has to have it."),
    "too-many": _json("{name} may be there at most {maximum} times."),
    "choice-exclusive": _json("Only one form of {name} may be there at a time."),
    "ele-1": Rule("invariant", "An element has to have a value or something inside it."),
    "ext-1": Rule("invariant", "An extension has either a value or extensions of its own."),
    "extension-url": Rule("required", "The url of an extension is an absolute address."),
    "extension-value": Rule(
        "value", "The specification defines this extension, and not with a value of this type."
    ),
    "extension-context": Rule(
        "extension", "The specification defines this extension, and not for this element."
    ),
    "extension-asks": Rule(
        "extension",
        "The specification lets this extension stand only on other elements of this kind, such as"
        " questions of another type.",
    ),
    "extension-version": Rule("extension", "The url of an extension says no version."),
    "extension-parts": Rule(
        "extension", "The specification defines this extension with a value, and without parts."
    ),
    "extension-part-unknown": Rule(
        "extension", "The specification defines this extension without such a part."
    ),
    "extension-part-minimum": Rule(
        "required", "The specification defines this extension with a part that is missing: {part}."
    ),
    "extension-part-maximum": Rule(
        "extension", "The specification lets an extension have this part only once."
    ),
    "element-id-duplicate": Rule("duplicate", "Another element of the resource has the same id."),
    "element-id-format": _value("The id of an element holds no white space."),
}

VALUE_RULES = {
    "type-boolean": _value("{name} is true or false, without quotes."),
    "type-integer": _value("{name} is a whole number, without quotes and point."),
    "type-decimal": _value("{name} is a number, without quotes."),
    "type-string": _value("{name} is a text in quotes."),
    "integer-range": _value("{name} is beyond the whole numbers of 32 bits."),
    "integer-negative": _value("{name} is a whole number of at least 0."),
    "integer-not-positive": _value("{name} is a whole number of at least 1."),
    "string-empty": _value("{name} is empty; leave it out."),
    "string-blank": Rule(
        "value", "{name} holds white space and nothing else; leave it out.", Severity.WARNING
    ),
    "string-length": _value("{name} is longer than the 1,048,576 characters of a text."),
    "string-control": _value(
        "{name} holds a control character other than tab, line feed and carriage return."
    ),
    "uri-format": _value("{name} is an address, and holds white space."),
    "uri-scheme": _value("{name} begins with oid: or uuid:; write urn:oid: or urn:uuid:."),
    "urn-placeholder": Rule(
        "value",
        "{name} is a placeholder for an OID or UUID; write a real one.",
        severity=Severity.WARNING,
    ),
    "base64-format": _value("{name} is not base 64."),
    "date-format": _value("{name} is a date: YYYY, YYYY-MM or YYYY-MM-DD."),
    "dateTime-format": _value(
        "{name} is a date, or a date with a time to the second and a time zone."
    ),
    "instant-format": _value("{name} is a date with a time to the second and a time zone."),
    "time-format": _value("{name} is a time of day, hh:mm:ss."),
    "date-impossible": _value("{name} names a day that its month does not have."),
    "id-format": _value("{name} has 1 to 64 letters of A-Z, a-z, digits, hyphen and full stop."),
    "code-format": _value("{name} is a code: no white space at its ends, single spaces inside."),
    "oid-format": _value("{name} is an OID written as urn:oid:2.16.3 is."),
    "uuid-case": _value("{name} is a UUID in capital letters; FHIR writes them small."),
    "uuid-format": _value("{name} is a UUID written as urn:uuid: with 32 hexadecimal digits."),
    "attachment-size": _value("The size of the attachment is not that of its data."),
    "attachment-hash": _value("The hash of the attachment is not the SHA-1 of its data."),
    "mime-type": Rule("code-invalid", "{name} is no media type such as text/plain."),
    "currency": Rule("code-invalid", "{name} is no currency of ISO 4217, such as GBP."),
    "identifier-uri": _value("An identifier whose system is urn:ietf:rfc:3986 has a URI as value."),
    "identifier-oid": Rule(
        "value",
        "An identifier whose system is urn:ietf:rfc:3986 has a URI as value; begin its OID with"
        " urn:oid:.",
        severity=Severity.WARNING,
    ),
    "language": Rule("code-invalid", "{name} is no language tag such as en-GB."),
    "unit-system": Rule(
        "code-invalid",
        "The code system of a unit is named by an absolute address, and is one that there is.",
    ),
    "unit-form": Rule("code-invalid", "A unit of UCUM is not written so; see unitsofmeasure.org."),
    "canonical-absolute": _value(
        "{name} names a definition, by an absolute address or by # and the id of one contained."
    ),
    "canonical-relative": Rule(
        "value",
        "{name} names a definition by a relative address; others can only find an absolute one.",
        Severity.WARNING,
    ),
    "canonical-contained": Rule("not-found", "{name} leads to no contained resource."),
}

CODE_RULES = {
    "code-required": Rule("code-invalid", "{name} has to have one of the codes of {value_set}."),
    "code-unknown": Rule("code-invalid", "HL7's code system that is named has no such code."),
    "code-system-absolute": Rule("code-invalid", "A code system is named by an absolute address."),
    "code-system-value-set": Rule(
        "code-invalid", "The address is of a value set; name the code system that it draws from."
    ),
    "code-system-form": Rule(
        "code-invalid",
        "The address of a well-known code system is written in another way.",
        Severity.WARNING,
    ),
    "code-system-unknown": Rule(
        "code-invalid",
        "HL7 has no code system of this address in R4; those of V2 and V3 are at"
        " terminology.hl7.org.",
        Severity.WARNING,
    ),
    "coding-system": Rule(
        "code-invalid", "The code system of a tag or an extension has an address of its own in R4."
    ),
    "code-display": Rule(
        "code-invalid", "The display is none of the names of this code in HL7's code system."
    ),
    "code-form": Rule("code-invalid", "No code of SNOMED CT or LOINC is written so."),
    "code-check-digit": Rule(
        "code-invalid",
        "The last digit of the SNOMED CT concept does not fit the others; one is mistyped.",
        Severity.WARNING,
    ),
    "profile-absolute": Rule("value", "A profile is named by an absolute address."),
    "profile-type": Rule("value", "The profile that is claimed is for another type."),
    "system-absolute": Rule(
        "value", "The system of an identifier is an absolute address: http:, https:, urn: or ldap:."
    ),
}

REFERENCE_RULES = {
    "reference-format": _value(
        "The reference is no address: write Type/id, an absolute address, urn:uuid: or #id."
    ),
    "reference-type": _value("{name} may lead to {targets}; this leads to another type."),
    "reference-type-unknown": _value("The reference names a type that FHIR R4 does not have."),
    "reference-type-differs": _value("The reference leads to another type than it says."),
    "reference-type-absolute": _value(
        "The type of a reference is a name such as Patient; only logical models have an address."
    ),
    "ref-1": Rule("not-found", "The reference leads to no contained resource."),
    "bundle-reference": Rule("not-found", "The reference leads to no entry of the Bundle."),
    "bundle-part": Rule(
        "not-found",
        "The reference leads to no entry of this Bundle, and by its URN it leads nowhere else.",
        Severity.WARNING,
    ),
    "contained-id": Rule("required", "A contained resource has to have an id."),
    "contained-duplicate": Rule("duplicate", "Another contained resource has the same id."),
    "dom-2": Rule("invariant", "A contained resource contains no other resources."),
    "dom-3": Rule("invariant", "A contained resource is referred to, or refers to its container."),
    "dom-4": Rule("invariant", "A contained resource has no versionId and no lastUpdated."),
    "dom-5": Rule("invariant", "A contained resource has no security label."),
}

NARRATIVE_RULES = {
    "narrative-xml": Rule("structure", "The narrative is no well-formed XHTML."),
    "narrative-root": Rule(
        "structure", "A narrative is one div of the namespace http://www.w3.org/1999/xhtml."
    ),
    "narrative-link": Rule(
        "invalid",
        "The narrative has a link or picture whose address is empty, none, or leads nowhere.",
    ),
    "narrative-structure": Rule(
        "structure",
        "The narrative has an element or text where HTML lets none stand, such as a list in a"
        " paragraph.",
    ),
    "narrative-attribute": Rule(
        "structure", "The narrative has an attribute on an element that has no such attribute."
    ),
    "narrative-target": Rule(
        "not-found", "The narrative has a link to a place that the resource does not have."
    ),
    "txt-1": Rule("invariant", "The narrative has an element or attribute that FHIR forbids."),
    "txt-2": Rule("invariant", "The narrative has neither text nor picture."),
    "narrative-blank": Rule(
        "invariant",
        "The narrative holds white space and nothing to read.",
        severity=Severity.WARNING,
    ),
    "narrative-script": Rule("security", "The narrative holds a link that would run a program."),
}

BUNDLE_RULES = {
    "bundle-full-url": _value("The fullUrl of an entry is an absolute address."),
    "bundle-full-url-missing": Rule("required", "In a Bundle of this type an entry has a fullUrl."),
    "bundle-full-url-id": _value("The fullUrl of the entry ends in another id than its resource."),
    "bundle-full-url-type": _value("The fullUrl of the entry names another type of resource."),
    "bundle-full-url-no-id": Rule(
        "required", "The fullUrl of the entry is that of a server, and its resource has no id."
    ),
    "bundle-link": Rule(
        "business-rule",
        "A Bundle has one link at most of each of self, first, previous, next, last.",
    ),
    "bundle-link-page": Rule(
        "business-rule",
        "Only a Bundle that a search or a history gave has links to first, previous, next and last"
        " pages.",
    ),
    "bundle-full-url-needed": Rule(
        "required",
        "The resource of the entry refers to others, and the entry does not say where it is itself;"
        " give it a fullUrl, as HL7's own validator asks.",
    ),
    "bundle-search-id": Rule("required", "What a search found has an id."),
    "bundle-search-type": Rule(
        "business-rule",
        "The address in the self link seeks another type; what comes along has the mode include.",
    ),
    "bundle-copy-id": Rule(
        "value",
        "The fullUrl of the entry ends in another id than its resource, which a message or a"
        " collection may have copied.",
        severity=Severity.WARNING,
    ),
    "bundle-search-mode": _value(
        "What a search says of itself is an OperationOutcome, and has the mode outcome."
    ),
    "bundle-unreachable": Rule(
        "invalid", "No path of references leads to this entry of the document."
    ),
    "bundle-no-entry": Rule("required", "A document or message has at least one entry."),
    "bundle-document-reference": Rule("not-found", "The Composition refers to no entry."),
}

#: What observations of vital signs have to have; ``vs-1`` to ``vs-3`` are the specification's ids.
VITAL_SIGN_RULES = {
    "vital-sign-category": Rule(
        "required", "The code is of a vital sign, and the category does not say vital-signs."
    ),
    "vital-sign-subject": Rule("required", "A vital sign says whose it is."),
    "vital-sign-effective": Rule("required", "A vital sign has a dateTime or period of its own."),
    "vital-sign-quantity": _value(
        "The quantity of this vital sign has a value, a unit, the system"
        " http://unitsofmeasure.org and one of the codes of its profile."
    ),
    "vital-sign-pressure": Rule(
        "structure",
        "A blood pressure has one systolic (8480-6) and one diastolic (8462-4) component, and no"
        " quantity of its own.",
    ),
    "vital-sign-panel": Rule("structure", "A panel of vital signs has members and no value."),
    "vs-1": Rule("invariant", "The time of a vital sign is told at least to the day."),
    "vs-2": Rule("invariant", "A vital sign has a value, a reason why not, components or members."),
    "vs-3": Rule("invariant", "A component of a vital sign has a value or a reason why not."),
}

#: All rules of ours by their id.
RULES: dict[str, Rule] = {
    **JSON_RULES,
    **STRUCTURE_RULES,
    **VALUE_RULES,
    **CODE_RULES,
    **REFERENCE_RULES,
    **NARRATIVE_RULES,
    **BUNDLE_RULES,
    **FAMILY_RULES,
    **VITAL_SIGN_RULES,
    **PROFILE_RULES,
}
