"""The rules of definitions, questionnaires, code systems and their like: what their parts ask.

They stand with the others in :data:`sharedcare.fhir.rules.RULES`.
"""

from sharedcare.fhir.rule import Rule
from sharedcare.places import Severity


def _value(sentence: str) -> Rule:
    return Rule("value", sentence)


#: What types of resources ask beyond their elements (``resources``).
FAMILY_RULES = {
    "questionnaire-question": Rule(
        "not-found", "enableWhen asks a question that the questionnaire does not have."
    ),
    "questionnaire-itself": Rule("business-rule", "enableWhen asks the question that it is for."),
    "questionnaire-inner": Rule(
        "business-rule", "enableWhen asks a question that is inside of the one that it is for."
    ),
    "guide-dependency": Rule(
        "business-rule",
        "The address of a guide that this one depends on is that of its definition, with"
        " /ImplementationGuide/ in it.",
    ),
    "code-system-count": Rule(
        "business-rule", "The code system is complete, and has another count of concepts."
    ),
    "code-system-property-type": Rule(
        "business-rule", "A property of a concept is not of the type that is declared for it."
    ),
    "code-system-supplement": Rule("required", "A supplement says which code system it is for."),
    "code-system-supplement-case": Rule(
        "business-rule",
        "A supplement does not say whether codes are case-sensitive; the code system itself does.",
    ),
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
    "code-system-property-twice": Rule(
        "duplicate",
        "Another property of the code system is declared with the same code or address.",
    ),
    "code-system-property-address": _value("The address of a property is an absolute one."),
    "code-system-property-kin": Rule(
        "code-invalid", "A parent, child or other kin of a concept is none of this code system."
    ),
    "code-system-property-unknown": Rule(
        "business-rule", "FHIR has no property of concepts with this address."
    ),
    "code-system-property-code": Rule(
        "code-invalid",
        "A property of type code has a code that this code system does not have.",
        Severity.WARNING,
    ),
    "value-set-code-system": Rule(
        "code-invalid", "The address is of a code system; name it as system, or its value set."
    ),
    "value-set-filter": Rule(
        "business-rule",
        "A filter that asks whether a property is there has the value true or false.",
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
    "map-group": Rule("not-found", "The map imports nothing, and has no group of this name."),
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
    "definition-base": Rule("not-found", "FHIR R4 has no base of this name.", Severity.WARNING),
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
    "definition-binding-weaker": Rule(
        "business-rule", "The element is bound to codes as required, which a profile cannot relax."
    ),
    "definition-specialised": Rule(
        "business-rule",
        "A new type has another name than the type that it is made from; a profile of that is a"
        " constraint.",
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
    "response-range": _value("The answer is less or more than its question lets it be."),
    "response-decimals": _value("The answer has more decimals than its question lets it have."),
    "response-short": _value("The answer is shorter than its question lets it be."),
    "response-attachment": _value(
        "The answer is larger, or of another media type, than its question lets it be."
    ),
    "response-count": Rule(
        "business-rule", "There are fewer or more answers than the question lets there be."
    ),
    "response-exclusive": Rule(
        "business-rule", "One of the answers excludes others, and there are others."
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
