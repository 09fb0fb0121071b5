"""What the catalogue maps to: the sections of the International Patient Summary, classes of USCDI.

Sources: HL7 International Patient Summary implementation guide (composition profile: section titles
and their LOINC codes); the classes of USCDI (United States Core Data for Interoperability) as the
US Core implementation guide tables them.
"""

from sharedcare.landscape.catalogue.category import Grade, Mapping

#: Every section of the International Patient Summary, with the LOINC code that marks it.
IPS_SECTIONS = {
    "Problems": "11450-4",
    "Allergies and Intolerances": "48765-2",
    "Medication Summary": "10160-0",
    "Immunizations": "11369-6",
    "Results": "30954-2",
    "History of Procedures": "47519-4",
    "Medical Devices": "46264-8",
    "Advance Directives": "42348-3",
    "Alerts": "104605-1",
    "Functional Status": "47420-5",
    "Past Problems": "11348-0",
    "History of Pregnancy": "10162-6",
    "Patient Story": "81338-6",
    "Plan of Care": "18776-5",
    "Social History": "29762-2",
    "Vital Signs": "8716-3",
}

#: The classes of USCDI that a category of ours is compared with.
USCDI_CLASSES = frozenset(
    {
        "Allergies and Intolerances",
        "Care Plan",
        "Care Team Members",
        "Clinical Notes",
        "Clinical Tests",
        "Diagnostic Imaging",
        "Encounter",
        "Family Health History",
        "Goals and Preferences",
        "Health Status Assessments",
        "Immunizations",
        "Laboratory",
        "Medical Devices",
        "Medications",
        "Orders",
        "Patient Demographics",
        "Problems",
        "Procedures",
        "Provenance",
        "Vital Signs",
    }
)


def to_ips(section: str, grade: Grade) -> Mapping:
    """Map to a section of IPS by its title; raises KeyError if there is no such section."""
    return Mapping(section, grade, IPS_SECTIONS[section])


def to_uscdi(uscdi_class: str, grade: Grade) -> Mapping:
    """Map to a class of USCDI by its name; raises KeyError if the name is not a known class."""
    if uscdi_class not in USCDI_CLASSES:
        raise KeyError(uscdi_class)
    return Mapping(uscdi_class, grade)
