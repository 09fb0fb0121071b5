"""What the drawn regions are made of: who writes which data categories, and how often."""

#: Forty data categories by the type of organisation that writes them first.
WRITTEN_BY: dict[str, tuple[str, ...]] = {
    "acute": (
        "medications.on_admission",
        "medications.on_discharge",
        "investigation_results.laboratory",
        "investigation_results.imaging",
        "admission_details.date",
        "admission_details.reason",
        "discharge_details.planned_date",
        "discharge_details.summary",
        "procedures",
        "examination_findings.early_warning_score",
    ),
    "primary_care": (
        "medications.repeat",
        "medications.acute",
        "allergies",
        "problems.active",
        "problems.past",
        "vaccinations",
        "referral_details",
        "gp_practice",
    ),
    "community": (
        "skin_and_wounds.wounds",
        "assessments.frailty",
        "functional_status.mobility",
        "examination_findings.vital_signs",
        "contacts_with_professionals",
    ),
    "mental_health": (
        "risks.to_self",
        "formulation",
        "examination_findings.mental_state",
        "legal_information.mental_health_detention",
    ),
    "local_authority": (
        "services_and_care.package",
        "assessments.care_needs",
        "safeguarding.concern",
        "funding.decision",
        "personal_contacts.unpaid_carer",
        "equipment_and_adaptations.ordered",
    ),
    "care_home": ("services_and_care.daily_notes", "functional_status.nutrition", "about_me"),
    "pharmacy": ("medications.dispensed",),
    "hospice": ("medications.anticipatory", "care_and_support_plan.goals"),
    "ambulance": ("contacts_with_professionals.emergency_attendances",),
}

CATEGORIES: tuple[str, ...] = tuple(sorted(name for names in WRITTEN_BY.values() for name in names))

#: The first words of their ids, by which a viewer is opened to a part of the record.
THEMES: tuple[str, ...] = tuple(sorted({name.partition(".")[0] for name in CATEGORIES}))

#: Categories that a second type of organisation writes too, so that both parts are wanted.
ALSO_WRITTEN_BY = {
    "allergies": "acute",
    "problems.active": "mental_health",
    "about_me": "community",
}

#: How often a type of organisation is drawn.
TYPES = {
    "primary_care": 30,
    "care_home": 20,
    "acute": 12,
    "community": 10,
    "pharmacy": 10,
    "local_authority": 8,
    "mental_health": 5,
    "hospice": 3,
    "ambulance": 2,
}

SOCIAL_CARE = ("local_authority", "care_home")

#: The kind of the main system of each type of organisation.
MAIN_KINDS = {
    "primary_care": "gp_system",
    "care_home": "digital_social_care_record",
    "acute": "epr",
    "community": "community_system",
    "pharmacy": "pharmacy_system",
    "local_authority": "social_care_system",
    "mental_health": "mental_health_system",
    "hospice": "epr",
    "ambulance": "ambulance_system",
}

#: How often each kind of a further system is drawn.
OTHER_KINDS = {"portal": 5, "spreadsheet": 3, "integration_engine": 3, "paper": 1}
