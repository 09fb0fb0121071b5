"""The rules of FHIR profiles, told where packages are given or a profile of HL7's is claimed.

They stand with the others in :data:`sharedcare.fhir.rules.RULES`.
"""

from sharedcare.fhir.rule import Rule
from sharedcare.places import Severity

#: What FHIR profiles of packages ask: StructureDefinitions that constrain a type.
PROFILE_RULES = {
    "profile-unknown": Rule(
        "not-found",
        "The FHIR profile that is claimed is in none of the packages, and was not checked.",
        Severity.WARNING,
    ),
    "profile-unusable": Rule(
        "not-supported",
        "The definition of {profile} cannot be used, so that nothing of it was checked: {reason}.",
        Severity.WARNING,
    ),
    "profile-too-deep": Rule(
        "too-costly",
        "FHIR profiles apply inside each other more deeply here than can be followed, so that not"
        " all of them was checked.",
        Severity.WARNING,
    ),
    "profile-asked-type": Rule(
        "structure", "{profile} was asked for, and is for another type of resource."
    ),
    "profile-not-checked": Rule(
        "incomplete",
        "{profile} names another FHIR profile for {name}, which was not checked: {reason}.",
        Severity.INFORMATION,
    ),
    "profile-minimum": Rule("required", "{profile} requires {name} at least {least}."),
    "profile-maximum": Rule("structure", "{profile} allows {name} at most {most}."),
    "profile-value-type": Rule("structure", "{profile} allows {name} only as {types}."),
    "profile-value": Rule(
        "structure", "{name} fits none of the FHIR profiles that {profile} allows for it."
    ),
    "profile-target-type": Rule(
        "structure", "{name} may lead to {targets} by {profile}; this leads to another type."
    ),
    "profile-target": Rule(
        "structure",
        "{name} has to lead to what fits {targets} by {profile}; what it leads to breaks {broken}.",
    ),
    "profile-target-not-checked": Rule(
        "incomplete",
        "What {name} leads to is not at hand, so that it was not held against what {profile} asks"
        " of it.",
        Severity.INFORMATION,
    ),
    "fixed-value": Rule("value", "{name} has to be exactly what {profile} fixes."),
    "pattern-value": Rule("value", "{name} has to hold all that is in the pattern of {profile}."),
    "profile-length": Rule(
        "value", "{name} is longer than {profile} allows: {maximum} characters."
    ),
    "profile-value-low": Rule("value", "{name} is less than {profile} allows."),
    "profile-value-high": Rule("value", "{name} is more than {profile} allows."),
    "must-support-absent": Rule(
        "informational",
        "{name} is not there; {profile} asks that systems support it.",
        Severity.INFORMATION,
    ),
    "slice-minimum": Rule("required", "{profile} requires {slice} at least {least}."),
    "slice-maximum": Rule("structure", "{profile} allows {slice} at most {most}."),
    "slice-none": Rule("structure", "This fits no slice of {name}, and {profile} has no others."),
    "slice-several": Rule("structure", "This fits more than one slice of {name} in {profile}."),
    "slice-order": Rule(
        "structure", "The slices of {name} stand in another order than {profile} has them."
    ),
    "slice-at-end": Rule(
        "structure", "What fits no slice of {name} stands behind all slices, by {profile}."
    ),
    "slice-not-checked": Rule(
        "incomplete",
        "Which slice of {name} this is cannot be told, so that it was held against none of"
        " {profile}: {reason}.",
        Severity.INFORMATION,
    ),
    "profile-code-required": Rule(
        "code-invalid", "{name} has to have one of the codes of {value_set} by {profile}."
    ),
    "profile-code-extensible": Rule(
        "code-invalid",
        "{name} has no code of {value_set}; {profile} wants one of them where one fits.",
        Severity.WARNING,
    ),
    "profile-code-widest": Rule(
        "code-invalid", "{name} has a code beyond {value_set}, and {profile} lets it have none."
    ),
    "profile-code-not-checked": Rule(
        "incomplete",
        "{name} was not held against {value_set} of {profile}: {reason}.",
        Severity.INFORMATION,
    ),
    "extension-unknown": Rule(
        "extension",
        "This extension is defined in none of the packages, and what it holds was not checked.",
        Severity.INFORMATION,
    ),
    "modifier-extension-unknown": Rule(
        "extension",
        "This modifier extension is defined in none of the packages; it may turn what is said into"
        " its contrary, so that nobody may pass over it.",
    ),
    "extension-part-unknown": Rule(
        "extension", "The extension that this stands in does not define it."
    ),
    "extension-modifier": Rule(
        "extension",
        "Extensions that change the meaning of an element stand in modifierExtension, and no"
        " others do.",
    ),
    "extension-place": Rule(
        "extension", "The package defines this extension, and not for this element."
    ),
    "extension-place-not-checked": Rule(
        "incomplete",
        "Whether this extension may stand here was not checked: {reason}.",
        Severity.INFORMATION,
    ),
    "profile-rule": Rule("invariant", "A rule of {profile} does not hold: {human}"),
    "profile-rule-not-checked": Rule(
        "incomplete", "{key} of {profile} was not checked: {reason}.", Severity.INFORMATION
    ),
}
