"""The rules of ours: what FHIR says in prose rather than as an invariant with an id.

The ids are stable. Sentences name elements and types of the specification, never what stood in the
document. Codes are those of http://hl7.org/fhir/ValueSet/issue-type.
"""

from sharedcare.fhir.profile_rules import PROFILE_RULES
from sharedcare.fhir.rule import Rule
from sharedcare.places import Severity

#: Levels of objects and arrays inside each other; 64 nested items of a questionnaire need 130.
MAX_DEPTH = 200

#: The largest power of ten that readers agree on.
MAX_EXPONENT = 308


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
        "code-invalid", "The address of a well-known code system is written in another way."
    ),
    "code-system-unknown": Rule(
        "code-invalid",
        "HL7 has no code system of this address in R4; those of V2 and V3 are at"
        " terminology.hl7.org.",
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
    "system-absolute": Rule("value", "The system of an identifier is an absolute address."),
}

REFERENCE_RULES = {
    "reference-format": _value(
        "The reference is no address: write Type/id, an absolute address, urn:uuid: or #id."
    ),
    "reference-type": _value("{name} may lead to {targets}; this leads to another type."),
    "reference-type-unknown": _value("The reference names a type that FHIR R4 does not have."),
    "reference-type-differs": _value("The reference leads to another type than it says."),
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
        "invalid", "The narrative has a link or picture whose address is empty or none."
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

FAMILY_RULES = {
    "questionnaire-question": Rule(
        "not-found", "enableWhen asks a question that the questionnaire does not have."
    ),
    "questionnaire-itself": Rule("business-rule", "enableWhen asks the question that it is for."),
    "code-system-count": Rule(
        "business-rule", "The code system is complete, and has another count of concepts."
    ),
    "code-system-property-type": Rule(
        "business-rule", "A property of a concept is not of the type that is declared for it."
    ),
    "code-system-supplement": Rule("required", "A supplement says which code system it is for."),
    "code-system-supplements": Rule(
        "business-rule", "Only a code system whose content is supplement says what it supplements."
    ),
    "code-system-content": Rule(
        "business-rule", "The code system says that its content is not present, and has concepts."
    ),
    "code-system-version": _value(
        "The address of a code system holds no version here; say it in version."
    ),
    "code-system-property": Rule(
        "business-rule", "A concept has a property that the code system does not declare."
    ),
    "code-system-property-unknown": Rule(
        "business-rule", "FHIR has no property of concepts with this address."
    ),
    "code-system-property-code": Rule(
        "code-invalid", "A property of type code has a code that this code system does not have."
    ),
    "value-set-code-system": Rule(
        "code-invalid", "The address is of a code system; name it as system, or its value set."
    ),
    "value-set-itself": Rule("business-rule", "A value set includes itself."),
    "search-base": Rule(
        "business-rule", "The search parameter that this is derived from is not for this type."
    ),
    "search-components": Rule(
        "required", "A search parameter of type composite has at least two components."
    ),
    "search-expression": Rule(
        "invalid", "The expression begins with none of the types that the parameter is for."
    ),
    "search-type": Rule(
        "business-rule", "HL7 defines this search parameter with the type {wanted}."
    ),
    "map-code-unknown": Rule(
        "code-invalid", "HL7's code system that is mapped has no such code.", Severity.WARNING
    ),
    "map-value-set": Rule(
        "code-invalid", "A concept map is from and to value sets; this is the address of another."
    ),
    "map-context": Rule(
        "not-found", "The context is no variable of the group, nor of a rule around this one."
    ),
    "definition-url": _value("A definition is named by an absolute address."),
    "definition-path": Rule("structure", "{owner} has no such element."),
    "definition-minimum": Rule(
        "business-rule", "An element of a profile may be there less often than its base requires."
    ),
    "definition-maximum": Rule(
        "business-rule", "An element of a profile may be there more often than its base allows."
    ),
    "definition-type": Rule(
        "code-invalid",
        "FHIR R4 has no type of this name; one of your own is named by an absolute address.",
    ),
    "definition-derivation": Rule(
        "required", "A definition with a base says in derivation how it comes from it."
    ),
    "definition-no-extension": Rule(
        "business-rule", "Only a definition of an extension says on what it may stand."
    ),
    "definition-context": Rule(
        "not-found", "FHIR R4 has no element of this path; a choice is written as value[x] is."
    ),
    "definition-base": Rule("not-found", "FHIR R4 has no base of this name."),
    "definition-base-type": Rule(
        "business-rule", "What is constrained is of the type {name}, and another is said."
    ),
    "definition-kind": Rule(
        "business-rule", "{name} is of another kind than the profile of it says."
    ),
    "definition-extension-url": Rule(
        "required", "An extension fixes Extension.url to the address of its definition."
    ),
    "definition-type-wider": Rule(
        "business-rule", "{name} has no such type in what the profile is of."
    ),
    "definition-profile-type": Rule(
        "business-rule", "The profile that is named is for another type than may stand there."
    ),
    "definition-binding": Rule(
        "business-rule", "The element is bound to codes, and has no type that holds a code."
    ),
    "definition-order": Rule(
        "structure", "{name} stands in another order than its type has its elements in."
    ),
    "definition-slicing": Rule(
        "required", "{name} has a slice, and nothing says by what it is sliced."
    ),
    "definition-slicing-single": Rule(
        "structure", "{name} is there once at most and in one form, so that it cannot be sliced."
    ),
    "definition-slicing-root": Rule("structure", "The root of a profile cannot be sliced."),
    "expression-syntax": Rule("invalid", "The expression is no FHIRPath: {reason}."),
    "expression-function": Rule("invalid", "The expression calls a function that there is not."),
    "expression-element": Rule(
        "invalid", "The expression names an element that no type of FHIR R4 has."
    ),
    "response-question": Rule(
        "not-found", "The questionnaire that is contained has no item with this linkId."
    ),
    "response-nesting": Rule(
        "structure", "The contained questionnaire asks this elsewhere: not inside this item."
    ),
    "response-order": Rule(
        "structure", "The items stand in another order than the contained questionnaire has."
    ),
    "response-repeats": Rule(
        "structure", "The contained questionnaire lets this be answered only once."
    ),
    "response-no-question": Rule(
        "structure", "A group or display of the contained questionnaire cannot be answered."
    ),
    "response-required": Rule(
        "required", "The contained questionnaire requires an answer that is not given."
    ),
    "response-text": Rule(
        "value", "The text of the item is not that of the question in the contained questionnaire."
    ),
    "response-not-enabled": Rule(
        "business-rule",
        "The contained questionnaire does not ask this, by what was answered before.",
    ),
    "response-option": Rule(
        "code-invalid", "The answer is none of the options of the contained questionnaire."
    ),
    "response-length": Rule(
        "too-long", "The answer has more characters than the contained questionnaire allows."
    ),
    "response-answer": Rule(
        "value", "The answer is not of the type that the contained questionnaire asks for."
    ),
    "definition-fixed-type": Rule(
        "business-rule", "A fixed value or pattern has a type that the element does not have."
    ),
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
