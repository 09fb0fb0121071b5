"""Resource types of which the specification's text asks more than elements and invariants say."""

from collections.abc import Callable

from sharedcare.fhir.bundles import check_bundle
from sharedcare.fhir.definitional.constraining import check_constraining
from sharedcare.fhir.definitional.extension_contexts import check_contexts
from sharedcare.fhir.definitional.mapping_rules import check_structure_map
from sharedcare.fhir.definitional.parts import (
    check_code_system,
    check_guide,
    check_paths,
    check_questionnaire,
    check_specialised,
    check_structure_definition,
    check_url,
    check_value_set,
)
from sharedcare.fhir.definitional.searching import check_capabilities, check_search_parameter
from sharedcare.fhir.definitional.terminologies import (
    check_drawn_from,
    check_mapped_codes,
    check_own_codes,
)
from sharedcare.fhir.hl7_profiles.vital_signs import check_vital_signs
from sharedcare.fhir.questionnaires.responses import check_response
from sharedcare.fhir.walk import Scope

Check = Callable[[Scope], None]

#: What is checked of each type of resource beyond its elements.
FAMILIES: dict[str, tuple[Check, ...]] = {
    "Bundle": (check_bundle,),
    "CapabilityStatement": (check_url, check_capabilities),
    "CodeSystem": (check_url, check_code_system, check_own_codes),
    "ConceptMap": (check_url, check_mapped_codes),
    "ImplementationGuide": (check_url, check_guide),
    "Observation": (check_vital_signs,),
    "Questionnaire": (check_url, check_questionnaire),
    "QuestionnaireResponse": (check_response,),
    "StructureDefinition": (
        check_url,
        check_structure_definition,
        check_specialised,
        check_paths,
        check_constraining,
        check_contexts,
    ),
    "SearchParameter": (check_url, check_search_parameter),
    "StructureMap": (check_url, check_structure_map),
    "ValueSet": (check_url, check_value_set, check_drawn_from),
}


def check_family(scope: Scope) -> None:
    """Check what is asked of this type of resource."""
    for check in FAMILIES.get(scope.type, ()):
        check(scope)
