"""Harmonisation in sentences for the person who must act, made from the document alone.

The document holds counts as they may be shown, so that nothing else can get into a sentence.
"""

from collections.abc import Callable

from sharedcare.fhir.harmonise.clashes import LATE_AFTER_DAYS, Kind
from sharedcare.fhir.harmonise.disclosure import percent_of
from sharedcare.fhir.harmonise.terminologies import name_of
from sharedcare.fhir.harmonise.units import is_unit
from sharedcare.fhir.harmonise.versions import ToldBy
from sharedcare.landscape.catalogue.code_systems import DMD, ICD_10, LOINC, SNOMED_CT
from sharedcare.landscape.data_categories import built_in
from sharedcare.reports.payloads.harmonisation_document import (
    AgreementPart,
    CellPart,
    ClashPart,
    ConversionPart,
    Count,
    HarmonisationDocument,
    LinkagePart,
    Share,
    SystemPart,
    ToMapPart,
)
from sharedcare.reports.words.figures import counted, lowered

TITLE = "Does yours mean what mine means?"

NO_CATEGORY = "Nothing of a data category was in what was read."


def headline(document: HarmonisationDocument) -> str:
    """What was found, in a sentence."""
    if not document.clashes:
        return "No clash was found in what was compared."
    clashes, systems = len(document.clashes), len(document.systems)
    touched, sent = len({one.category for one in document.clashes}), len(document.categories)
    found = f"{counted(clashes, 'clash', 'clashes')} {'was' if clashes == 1 else 'were'} found"
    where = f"{touched} of the {sent} categories" if sent > 1 else "the category"
    who = f"these {systems} systems send" if systems > 1 else "this system sends"
    return f"{found}, in {where} that {who}."


def clashes_title(document: HarmonisationDocument) -> str:
    """The heading of the clashes, which says their order."""
    is_weighed = any(clash.weight != 1 for clash in document.clashes)
    return f"Clashes, {'what matters most' if is_weighed else 'the largest'} first"


def made_by(document: HarmonisationDocument) -> str:
    """What made the result, in which version."""
    return f"sharedcare {document.sharedcare_version}"


def count_words(count: Count) -> str:
    """A count as it may be shown: ``1,250``, ``*``."""
    return count if isinstance(count, str) else f"{count:,}"


def share_words(share: Share) -> str:
    """A share for people, cut off and never rounded up: ``98 %``, ``*``, ``–`` of nothing."""
    return percent_of(share)


def category_words(category: str) -> str:
    """The catalogue's name of a category, or its own word."""
    return built_in()[category].name if category in built_in() else category.capitalize()


def cell_words(cell: CellPart) -> str:
    """One cell of the matrix: ``1,250, 98 % coded: SNOMED CT``."""
    if not cell.ways:
        return count_words(cell.records)
    names = ", ".join(name_of(code_system) for code_system in cell.code_systems)
    coded = f"{share_words(cell.coded_share)} coded"
    return f"{count_words(cell.records)}, {coded}{f': {names}' if names else ''}"


def clash_words(clash: ClashPart) -> str:
    """A clash and what to do about it."""
    what = f"{category_words(clash.category)}, {' and '.join(clash.systems)}"
    touched = f"{count_words(clash.affected)} of {count_words(clash.of)} records"
    return f"{what}: {_WORDS[Kind(clash.kind)](clash, touched)}{_needed(clash.weight)}"


def _needed(weight: float) -> str:
    if weight == 0:
        return " No need of the profile asks for it."
    return "" if weight == 1 else f" Needs of weight {weight:g} depend on it."


def _code_systems(clash: ClashPart, touched: str) -> str:
    one, other = map(name_of, clash.about)
    ours, theirs = clash.systems
    said = f"{ours} codes in {one} and {theirs} in {other}, so that {touched} cannot be compared"
    advice = _ADVICE.get(frozenset(clash.about), "")
    if clash.convertible:
        mapped = f"the maps given turn {count_words(clash.convertible)} into the same meaning"
        return f"{said}; {mapped}.{advice}"
    return f"{said}; agree on one, or give a map.{advice}"


#: What is known of pairs of code systems that are often met. Sources: UK Core; NHS England, whose
#: classifications are made for statistics.
_ADVICE = {
    frozenset((SNOMED_CT, LOINC)): (
        " Laboratory results and vital signs are in SNOMED CT in the UK and in LOINC elsewhere."
    ),
    frozenset((SNOMED_CT, ICD_10)): (
        " ICD-10 is put on records after care, for counting: a map back from it loses detail."
    ),
    frozenset((SNOMED_CT, DMD)): (
        " Codes of dm+d are codes of SNOMED CT: look first whether only the URI differs."
    ),
}


def _uris(clash: ClashPart, touched: str) -> str:
    one, other = map(name_of, clash.about)
    return (
        f"the same codes stand under {one} in one and under {other} in the other ({touched}); agree"
        " on one URI, nothing has to be mapped."
    )


def _types(clash: ClashPart, touched: str) -> str:
    ours, theirs = clash.systems
    one, other = (_CONTENT.get(type_, type_) for type_ in clash.about)
    return (
        f"under one name {ours} sends {one} and {theirs} {other} ({touched}); say which is meant,"
        " and do not count them together."
    )


#: What resources of types that are taken for each other stand for.
_CONTENT = {
    "MedicationRequest": "what was prescribed",
    "MedicationStatement": "what is said to be taken",
    "Observation": "single findings",
    "QuestionnaireResponse": "filled-in forms",
    "ClinicalImpression": "clinical impressions",
    "DocumentReference": "files",
    "Composition": "documents in sections",
    "Encounter": "contacts",
    "EpisodeOfCare": "episodes of care",
}


def _units(clash: ClashPart, touched: str) -> str:
    code_system, code, one, other = clash.about
    said = f"{name_of(code_system)} {code} is measured in {one} and in {other} ({touched})"
    if clash.convertible:
        return f"{said}; the one can be calculated from the other."
    wrong = [unit for unit in (one, other) if is_unit(unit) is False]
    if wrong:
        return f"{said}; not of UCUM, and so not to be calculated: {' and '.join(wrong)}."
    if is_unit(one) is None:
        return f"{said}; agree on one."
    return f"{said}; no factor of units alone turns the one into the other. Agree on one."


def _same_label(clash: ClashPart, touched: str) -> str:
    code_system, label, one, other = clash.about
    return (
        f'"{label}" is {name_of(code_system)} {one} in one and {other} in the other ({touched});'
        " look at whether both mean it."
    )


def _same_code(clash: ClashPart, touched: str) -> str:
    code_system, code, one, other = clash.about
    return (
        f'{name_of(code_system)} {code} is "{one}" in one and "{other}" in the other ({touched});'
        " look at which is right."
    )


def _plainly(words: str) -> Callable[[ClashPart, str], str]:
    return lambda _clash, touched: words.format(touched=touched)


_WORDS: dict[Kind, Callable[[ClashPart, str], str]] = {
    Kind.MISSING_NUMBERS: lambda clash, _touched: (
        f"{count_words(clash.affected)} of {count_words(clash.of)} patients have no NHS number that"
        " can be right, and cannot be linked by it; trace them."
    ),
    Kind.DIFFERENT_CODE_SYSTEMS: _code_systems,
    Kind.DIFFERENT_URIS: _uris,
    Kind.TYPES: _types,
    Kind.UNITS: _units,
    Kind.NOT_UNITS: _plainly(
        "{touched} have a unit that is none of UCUM; map units at the source."
    ),
    Kind.NO_UNIT: _plainly(
        "{touched} are numbers without a unit, which nobody can compare; send the unit with them."
    ),
    Kind.SAME_LABEL: _same_label,
    Kind.SAME_CODE: _same_code,
    Kind.LOCAL_CODES: _plainly("{touched} have a local code alone; map it to an agreed one."),
    Kind.UNKNOWN_CODES: lambda clash, _touched: (
        f"{count_words(clash.affected)} of {count_words(clash.of)} codes are not on the list that"
        " was given; look for slips, or bring the list up to date."
    ),
    Kind.NO_CODE_SYSTEM: _plainly("{touched} have a code that does not say of which code system."),
    Kind.TEXT: _plainly(
        "{touched} are text without a code; nothing but a person can compare them."
    ),
    Kind.LATE: _plainly(
        f"{{touched}} were recorded more than {LATE_AFTER_DAYS} days after they happened."
    ),
    Kind.EARLY: _plainly("{touched} were recorded before they happened; look at the dates."),
    Kind.DATES: _plainly(
        "{touched} have a date that is none; of a table, the column map says how dates are written."
    ),
    Kind.REPEATS: _plainly("{touched} are there already: same person, code, time and value."),
}


#: Into what codes are mapped where the catalogue names no code system and nobody uses one.
TO_BE_AGREED = "a code system that is still to be agreed"


def target_words(target: str | None) -> str:
    """The code system to map into, for people."""
    return name_of(target) if target else TO_BE_AGREED


def to_map_words(found: ToMapPart) -> str:
    """What to map, into what, and with which codes to begin."""
    what = f"{category_words(found.category)} of {found.system} into {target_words(found.target)}"
    parts = []
    if found.coded:
        other = "another code" if found.target else "a code"
        parts.append(f"{count_words(found.coded)} records with {other}")
    if found.mapped:
        parts.append(f"{count_words(found.mapped)} of them brought there by the maps given")
    if found.texts:
        parts.append(f"{count_words(found.texts)} of text to be coded by people")
    codes = [
        f"{code.code} ({f'{code.label}; ' if code.label else ''}{count_words(code.records)})"
        for code in found.codes
        if code.code is not None
    ]
    begin = f"; begin with {', '.join(codes)}" if codes else ""
    return f"{what}: {', '.join(parts)}{begin}.{_needed(found.weight)}"


def conversion_words(category: str, system: str, found: ConversionPart) -> str:
    """What a map given does to a system's codes, and what it loses."""
    lost = found.collapsed_codes
    collapsed = f" {lost:,} codes cannot be told apart afterwards." if lost else ""
    return (
        f"{category_words(category)} of {system}, {name_of(found.source)} into"
        f" {name_of(found.target)}: the maps given turn {count_words(found.equivalent)} into the"
        f" same meaning and {count_words(found.with_loss)} with loss; {count_words(found.unmapped)}"
        f" have no target.{collapsed}"
    )


def linkage_words(found: LinkagePart) -> str:
    """How many people two systems share, by NHS number."""
    about = "about " if found.sampled else ""
    said = (
        f"{found.one} and {found.other}: {about}{count_words(found.both)} NHS numbers of both, of"
        f" {count_words(found.one_has)} and {count_words(found.other_has)}"
    )
    if found.one_linkable is None or found.other_linkable is None:
        return f"{said}."
    return (
        f"{said}; so {share_words(found.one_linkable)} of the patients of {found.one} and"
        f" {share_words(found.other_linkable)} of those of {found.other} can be linked."
    )


def versions_words(system: SystemPart) -> str:
    """Of which version of FHIR a system's resources are: ``R4 1,200, STU3 15``."""
    found = (f"{name} {count_words(count)}" for name, count in system.fhir_versions.items())
    return ", ".join(found) or "no FHIR"


def known_by_words(system: SystemPart) -> str:
    """How it is known of which version they are."""
    found = system.version_known_by.items()
    return ", ".join(f"{_KNOWN_BY[name]} {count_words(count)}" for name, count in found)


_KNOWN_BY: dict[str, str] = {
    ToldBy.OPTION: "by --fhir-version",
    ToldBy.SAID: "said by them",
    ToldBy.ELEMENTS: "by their elements",
    ToldBy.ASSUMED: "assumed",
}


def provenance_words(system: SystemPart) -> str:
    """Which resources have provenance: ``Condition 98 %``."""
    found = system.provenance.items()
    return ", ".join(f"{type_} {share_words(part.share)}" for type_, part in found) or "none"


def state_words(cell: CellPart) -> str:
    """Why there is nothing: each state apart."""
    states = ", ".join(f"{s.replace('_', ' ')} {count_words(n)}" for s, n in cell.states.items())
    return f"{category_words(cell.category)}, {cell.system}: {lowered(states)}." if states else ""


#: The headings of :func:`measure_row`.
MEASURE_HEADERS = (
    "Category", "System", "Elements that are there", "Late", "There already", "Without unit",
    "Not on the list",
)  # fmt: skip


def measure_row(cell: CellPart) -> tuple[str, ...]:
    """What was measured of one category of one system, as a row of a table."""
    elements = (
        f"{name.replace('_', ' ')} {share_words(element.share)}"
        for name, element in cell.completeness.items()
    )
    return (
        category_words(cell.category),
        cell.system,
        ", ".join(elements),
        count_words(cell.late),
        count_words(cell.repeats),
        count_words(cell.units.missing),
        count_words(cell.listed.unknown) if cell.listed else "–",
    )


#: The headings of :func:`agreement_row`.
AGREEMENT_HEADERS = (
    "Category", "One", "Other", "Same code system", "Codes of both", "Of one", "Of other",
)  # fmt: skip


def agreement_row(found: AgreementPart) -> tuple[str, ...]:
    """How two systems agree in one category, as a row of a table."""
    return (
        category_words(found.category),
        found.one.system,
        found.other.system,
        "yes" if found.same_code_system else "no",
        share_words(found.jaccard),
        share_words(found.one.covered_share),
        share_words(found.other.covered_share),
    )
