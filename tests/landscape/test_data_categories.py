import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.resource import Resource
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.landscape.catalogue.targets import to_ips, to_uscdi
from sharedcare.landscape.data_categories import (
    BUILT_IN,
    USCDI_CLASSES,
    Contributor,
    DataCategory,
    Grade,
    Mapping,
    ancestors,
    built_in,
    covers,
)

# The sixteen sections of the International Patient Summary, written down a second time.
IPS_CODES = {
    ("Problems", "11450-4"),
    ("Allergies and Intolerances", "48765-2"),
    ("Medication Summary", "10160-0"),
    ("Immunizations", "11369-6"),
    ("Results", "30954-2"),
    ("History of Procedures", "47519-4"),
    ("Medical Devices", "46264-8"),
    ("Advance Directives", "42348-3"),
    ("Alerts", "104605-1"),
    ("Functional Status", "47420-5"),
    ("Past Problems", "11348-0"),
    ("History of Pregnancy", "10162-6"),
    ("Patient Story", "81338-6"),
    ("Plan of Care", "18776-5"),
    ("Social History", "29762-2"),
    ("Vital Signs", "8716-3"),
}

# Sections of the PRSB Core Information Standard v2.
PRSB_SECTIONS = {
    "Person demographics",
    "GP practice",
    "About me",
    "Individual requirements",
    "Alerts",
    "Legal information",
    "Safeguarding",
    "Professional contacts",
    "Personal contacts",
    "Participation in research",
    "Referral details",
    "Contacts with professionals",
    "Admission details",
    "Discharge details",
    "Future appointments",
    "Vaccinations",
    "Problem list",
    "Procedures and therapies",
    "Social context",
    "Services and care",
    "Primary support reason",
    "Family history",
    "Investigation results",
    "Investigations requested",
    "Examination findings",
    "Pregnancy status",
    "Assessments",
    "Formulation",
    "Risks",
    "Allergies and adverse reactions",
    "Medications and medical devices",
    "Equipment and adaptations",
    "Plan and requested actions",
    "Care and support plan",
    "Contingency/safety plans",
    "Additional support plans",
    "End of life care",
    "Documents (including correspondence, audio and images)",
}

# R4B is R4 but for what regulators and evidence use: these types are not in R4. The types that R4B
# dropped (MedicinalProduct..., EffectEvidenceSynthesis, RiskEvidenceSynthesis, Substance... but
# Substance itself) carry nothing about a person, so the catalogue cannot miss them.
IN_R4B_BUT_NOT_IN_R4 = {
    "AdministrableProductDefinition",
    "Citation",
    "ClinicalUseDefinition",
    "EvidenceReport",
    "Ingredient",
    "ManufacturedItemDefinition",
    "MedicinalProductDefinition",
    "NutritionProduct",
    "PackagedProductDefinition",
    "RegulatedAuthorization",
    "SubscriptionStatus",
    "SubscriptionTopic",
    "SubstanceDefinition",
}

# What planners ask for by name.
ASKED_FOR = [
    "medications.repeat",
    "medications.on_admission",
    "medications.on_discharge",
    "medications.administered",
    "medications.changes",
    "discharge_details.planned_date",
    "discharge_details.summary",
    "infection_status",
    "skin_and_wounds.pressure_areas",
    "functional_status.continence",
    "functional_status.nutrition",
    "functional_status.swallowing",
    "functional_status.mobility",
    "functional_status.falls",
    "funding.decision",
    "legal_information.mental_capacity",
    "legal_information.best_interests_decision",
    "legal_information.deprivation_of_liberty",
    "legal_information.power_of_attorney",
    "assessments.carer",
    "problems.past",
    "investigation_results.laboratory",
    "investigation_results.imaging",
    "examination_findings.vital_signs",
    "examination_findings.early_warning_score",
    "social_context.housing",
    "social_context.smoking",
    "social_context.alcohol",
    "social_context.employment",
    "social_context.caring_responsibilities",
    "safeguarding.concern",
    "safeguarding.enquiry",
    "end_of_life_care.resuscitation_status",
    "end_of_life_care.preferred_place_of_death",
    "documents.letters",
    "services_and_care.package",
    "services_and_care.visit_schedule",
    "risks.to_staff",
    "medical_devices",
]

SLUG = st.sampled_from(["a", "b", "ab", "a_b"])
CATEGORY_IDS = st.lists(SLUG, min_size=1, max_size=4).map(".".join)
STANDARDS = pytest.mark.parametrize("standard", ["ips", "uscdi"])


def claim(category: DataCategory, standard: str) -> Mapping | None:
    """Return what a category claims to be in ``ips`` or ``uscdi``."""
    return category.ips if standard == "ips" else category.uscdi


def families() -> list[tuple[DataCategory, DataCategory]]:
    """Return each sub-item after the next wider category."""
    return [(built_in()[ancestors(c.id)[0]], c) for c in BUILT_IN if ancestors(c.id)]


def shared_claims(standard: str) -> list[tuple[str, Grade, Grade]]:
    """Return sub-items that name their category's own target: id, its grade, the sub-item's."""
    return [
        (narrow.id, above.grade, below.grade)
        for wide, narrow in families()
        if (above := claim(wide, standard))
        and (below := claim(narrow, standard))
        and above.target == below.target
    ]


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return set(re.findall(r"[a-z']+", text.lower()))


def repeated(items: Iterable[str]) -> list[str]:
    """Return what occurs more than once."""
    return [item for item, n in Counter(items).items() if n > 1]


def test_ids_names_and_descriptions_are_unique() -> None:
    assert repeated(category.id for category in BUILT_IN) == []
    assert repeated(category.name for category in BUILT_IN) == []
    assert repeated(category.description for category in BUILT_IN) == []


def test_the_catalogue_by_id_keeps_the_order_and_cannot_be_changed() -> None:
    assert tuple(built_in().values()) == BUILT_IN
    assert all(key == category.id for key, category in built_in().items())
    with pytest.raises(TypeError):
        built_in()["extra"] = BUILT_IN[0]  # type: ignore[index] # the refusal is the point


def test_what_planners_ask_for_by_name_is_there() -> None:
    assert [category_id for category_id in ASKED_FOR if category_id not in built_in()] == []


def test_an_id_is_a_dotted_slug_in_lower_case() -> None:
    shape = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
    assert [category.id for category in BUILT_IN if not shape.fullmatch(category.id)] == []


def test_every_ancestor_is_in_the_catalogue() -> None:
    assert {wider for c in BUILT_IN for wider in ancestors(c.id)} <= set(built_in())


def test_a_category_stands_before_its_sub_items_which_follow_at_once() -> None:
    tops = [category.id.split(".")[0] for category in BUILT_IN]
    blocks = [top for before, top in pairwise(["", *tops]) if before != top]
    assert repeated(blocks) == []
    order = list(built_in())
    assert all(order.index(wide.id) < order.index(narrow.id) for wide, narrow in families())


def test_a_description_is_one_sentence() -> None:
    shape = re.compile(r"[A-Z][^.]*[^.\s]\.")
    assert [c.id for c in BUILT_IN if not shape.fullmatch(c.description)] == []


def test_a_description_says_more_than_the_name() -> None:
    assert [c.id for c in BUILT_IN if len(words(c.description) - words(c.name)) < 4] == []


def test_a_note_ends_as_a_sentence() -> None:
    shape = re.compile(r"[A-Z].*\w\.")
    assert [c.id for c in BUILT_IN if c.note is not None and not shape.fullmatch(c.note)] == []


def test_fhir_types_are_resource_types_of_r4() -> None:
    assert [category.id for category in BUILT_IN if not category.fhir_types] == []
    named = {name for category in BUILT_IN for name in category.fhir_types}
    assert sorted(named & IN_R4B_BUT_NOT_IN_R4) == []
    assert [name for name in sorted(named) if not is_resource_of_r4b(name)] == []


def is_resource_of_r4b(name: str) -> bool:
    """Whether R4B has a resource type, and not a data type or nothing, of that name."""
    try:
        return issubclass(get_fhir_model_class(name), Resource)
    except ValueError:
        return False


@pytest.mark.parametrize("name", ["Patient.communication", "Address", "DeviceUsage"])
def test_a_path_a_data_type_and_a_type_of_r5_are_no_resource_types_of_r4b(name: str) -> None:
    assert not is_resource_of_r4b(name)


def test_code_systems_are_canonical_uris_and_no_identifier_systems() -> None:
    named = {uri for category in BUILT_IN for uri in category.code_systems}
    shape = re.compile(r"(https?://|urn:ietf:)[A-Za-z0-9./:-]+[A-Za-z0-9]")
    assert [uri for uri in sorted(named) if not shape.fullmatch(uri) or "/Id/" in uri] == []


def test_no_type_or_code_system_is_named_twice_in_a_category() -> None:
    twice = [c.id for c in BUILT_IN if repeated(c.fhir_types) or repeated(c.code_systems)]
    assert twice == []


def test_a_category_has_every_type_and_code_system_of_its_sub_items() -> None:
    for wide, narrow in families():
        assert set(narrow.fhir_types) <= set(wide.fhir_types), narrow.id
        assert set(narrow.code_systems) <= set(wide.code_systems), narrow.id


def test_what_maps_to_ips_names_one_of_the_sixteen_sections_with_its_code() -> None:
    named = {(c.ips.target, c.ips.code) for c in BUILT_IN if c.ips}
    assert named - IPS_CODES == set()


def test_every_section_of_ips_is_reached_by_some_category() -> None:
    reached = {
        (c.ips.target, c.ips.code) for c in BUILT_IN if c.ips and c.ips.grade is not Grade.NONE
    }
    assert IPS_CODES - reached == set()


def test_a_section_that_ips_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="Equipment"):
        to_ips("Equipment", Grade.RELATED)


def test_a_class_that_uscdi_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="Safeguarding"):
        to_uscdi("Safeguarding", Grade.RELATED)


def test_classes_of_uscdi_have_no_code_and_none_is_known_in_vain() -> None:
    claims = [category.uscdi for category in BUILT_IN if category.uscdi]
    assert {mapping.code for mapping in claims} == {None}
    assert {mapping.target for mapping in claims} == USCDI_CLASSES


@STANDARDS
def test_no_two_categories_are_equivalent_to_one_target(standard: str) -> None:
    claims = [mapping for c in BUILT_IN if (mapping := claim(c, standard))]
    assert repeated(m.target for m in claims if m.grade is Grade.EQUIVALENT) == []


@STANDARDS
def test_a_sub_item_claims_no_target_that_its_category_denies(standard: str) -> None:
    denied = [i for i, above, below in shared_claims(standard) if above is Grade.NONE is not below]
    assert denied == []


@STANDARDS
def test_a_sub_item_of_what_lies_within_a_target_is_not_as_wide_as_it(standard: str) -> None:
    within = (Grade.EQUIVALENT, Grade.NARROWER)
    as_wide = [
        category_id
        for category_id, above, below in shared_claims(standard)
        if above in within and below is Grade.EQUIVALENT
    ]
    assert as_wide == []


@pytest.mark.parametrize("category_id", ["individual_requirements", "equipment_and_adaptations"])
def test_what_is_often_taken_for_an_ips_section_is_graded_none(category_id: str) -> None:
    ips = built_in()[category_id].ips
    assert ips is not None
    assert ips.grade is Grade.NONE


def test_a_risk_is_not_an_alert() -> None:
    grades = {c.ips.grade for c in BUILT_IN if covers("risks", c.id) and c.ips}
    assert grades <= {Grade.RELATED, Grade.NONE}
    assert built_in()["risks"].ips is not None


def test_every_prsb_section_is_named_and_by_one_category_but_for_medicines_and_devices() -> None:
    named = [category.prsb for category in BUILT_IN if category.prsb]
    assert set(named) == PRSB_SECTIONS
    assert repeated(named) == ["Medications and medical devices"]


def test_a_sub_item_has_no_prsb_section_of_its_own() -> None:
    assert [narrow.id for _, narrow in families() if narrow.prsb] == []


def test_safeguarding_is_a_concern_or_an_enquiry_and_never_a_diagnosis() -> None:
    found = [category for category in BUILT_IN if covers("safeguarding", category.id)]
    assert len(found) > 1
    assert [c.id for c in found if "Condition" in c.fhir_types or not c.sensitive] == []
    assert [c.id for c in found if c.ips or c.uscdi] == []


def test_what_is_sensitive_makes_the_wider_category_sensitive() -> None:
    leaks = [narrow.id for wide, narrow in families() if narrow.sensitive and not wide.sensitive]
    assert leaks == []


def test_a_sub_item_is_written_by_those_who_write_the_category() -> None:
    others = [
        narrow.id
        for wide, narrow in families()
        if wide.contributed_by not in (Contributor.BOTH, narrow.contributed_by)
    ]
    assert others == []


def test_ancestors_come_nearest_first() -> None:
    assert ancestors("a.b.c") == ("a.b", "a")
    assert ancestors("a") == ()


def test_a_category_does_not_cover_one_whose_id_merely_begins_alike() -> None:
    assert not covers("risk", "risks.falls")
    assert not covers("medications", "medications_given")
    assert not covers("medications.repeat", "medications")


@given(CATEGORY_IDS)
def test_covers_is_reflexive(category_id: str) -> None:
    assert covers(category_id, category_id)


@given(CATEGORY_IDS, CATEGORY_IDS)
def test_two_categories_that_cover_each_other_are_one(one: str, other: str) -> None:
    assert (covers(one, other) and covers(other, one)) == (one == other)


@given(CATEGORY_IDS, st.lists(SLUG, max_size=2), st.lists(SLUG, max_size=2))
def test_covers_is_transitive(top: str, more: list[str], most: list[str]) -> None:
    middle = ".".join([top, *more])
    bottom = ".".join([middle, *most])
    assert covers(top, middle)
    assert covers(middle, bottom)
    assert covers(top, bottom)


@given(CATEGORY_IDS, CATEGORY_IDS)
def test_a_category_covers_itself_and_what_it_is_an_ancestor_of(wider: str, narrower: str) -> None:
    assert covers(wider, narrower) == (wider in (narrower, *ancestors(narrower)))
