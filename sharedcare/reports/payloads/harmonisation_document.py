"""What harmonisation shows as a JSON document that others build on, and its JSON Schema.

Keys are stable: ``schema_version`` rises when one changes or goes. Counts are shown by the
disclosure rule, ``*`` for one to seven, unless exact counts were asked for; shares lie from 0 to 1
and are made of the counts as shown; null is a share of nothing.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from sharedcare.fhir.harmonise.agreement import Agreement, Side, records_by_code_system
from sharedcare.fhir.harmonise.clashes import (
    NAMING,
    Clash,
    Kind,
    late,
    not_units,
    repeats,
    with_unit,
)
from sharedcare.fhir.harmonise.code_lists import CodeLists
from sharedcare.fhir.harmonise.counters import CategoryCounts, Counters
from sharedcare.fhir.harmonise.disclosure import HIDDEN, Disclosure
from sharedcare.fhir.harmonise.mapping_first import ToMap
from sharedcare.fhir.harmonise.result import Harmonisation, Linkage
from sharedcare.fhir.harmonise.terminologies import Way, name_of
from sharedcare.fhir.harmonise.units import NOT_INSTALLED, can_check, is_plain_unit
from sharedcare.reports.document import Part
from sharedcare.reports.words.texts import visible

SCHEMA_VERSION = "1.0"

RULE = (
    "Counts of one to seven are shown as * and others rounded to the nearest five; shares are made"
    " of rounded counts."
)
EXACT = "Counts are exact: small ones may tell who is meant. Do not pass this on."

ELSEWHERE = (
    "The code of {records} records stands in another resource, as that of a medicine often does: it"
    " is looked up in the same Bundle and not in other lines, and they are in no share of codes."
)
IDLE_MAP = (
    "The map given from {source} into {target} has nothing to do here: nobody sends codes of one of"
    " the two. Look at how it names them."
)

FRUITLESS_MAP = (
    "The map given from {source} into {target} has a target for none of the codes that are sent."
    " Look at how it writes them: with or without a point, and to which depth."
)

#: Of codes, which are not of patients, shares are of exact counts.
EXACTLY = Disclosure(exact=True)

Count = int | str
Share = float | str | None

#: Days from happening to being recorded up to which each word holds; past the last: later.
LATENESS = (("same_day", 0), ("within_a_day", 1), ("within_a_week", 7), ("within_a_month", 31))


class ElementPart(Part):
    """An element that matters: records that have it, of those that could."""

    present: Count
    of: Count
    share: Share


class UnitsPart(Part):
    """Quantities with a unit, without one, and with one that is none of UCUM.

    ``invalid`` is null if nothing checked it.
    """

    measured: Count
    missing: Count
    invalid: Count | None


class ListedPart(Part):
    """Codes of which a list was given, by volume: on it, and not on it."""

    known: Count
    unknown: Count


class CellPart(Part):
    """One category in one system, in the words of Kahn et al. 2016."""

    category: str
    system: str
    records: Count
    people: Count
    types: dict[str, Count]
    ways: dict[str, Count] = Field(description="Conformance: how records say what they are about.")
    coded_share: Share
    code_systems: dict[str, Count]
    precision: dict[str, Count] = Field(description="Conformance: of the date it happened on.")
    units: UnitsPart
    listed: ListedPart | None = Field(description="Conformance: null without a list of its codes.")
    completeness: dict[str, ElementPart]
    lateness: dict[str, Count] = Field(description="Plausibility: from happening to recording.")
    late: Count
    repeats: Count
    states: dict[str, Count]
    reasons: dict[str, Count]
    sampled: bool


class ReadPart(Part):
    """Lines, documents or rows that were read: what was not is exact, the rest may be people."""

    read: Count
    ok: Count
    quarantined: int
    blank: int
    measured: Count
    other_resources: Count
    misshapen: int
    quarantined_because: dict[str, int]


class IdentityPart(Part):
    """Patients (of a table: rows), those with an NHS number, and those whose number is right."""

    patients: Count
    numbered: Count
    valid: Count
    distinct: Count
    verification: dict[str, Count]


class ProvenancePart(Part):
    """Of one resource type: how often Provenance names one, and how many there are."""

    targets: Count
    of: Count
    share: Share


class SystemPart(Part):
    """What was read of one system."""

    system: str
    lines: ReadPart
    fhir_versions: dict[str, Count]
    version_known_by: dict[str, Count]
    identity: IdentityPart
    provenance_targets: Count
    provenance: dict[str, ProvenancePart]


class ConversionPart(Part):
    """What a map given does to one side's codes."""

    source: str
    target: str
    equivalent: Count
    with_loss: Count
    unmapped: Count
    collapsed_codes: Count


class SidePart(Part):
    """One side of a pair."""

    system: str
    code_systems: list[str]
    coded: Count
    comparable: Count
    covered_share: Share
    conversions: list[ConversionPart]


class AgreementPart(Part):
    """Two systems on one category."""

    category: str
    same_code_system: bool
    jaccard: Share
    one: SidePart
    other: SidePart


class ClashPart(Part):
    """One clash, the largest first."""

    kind: str
    category: str
    systems: list[str]
    affected: Count
    of: Count
    convertible: Count
    weight: float
    about: list[str]


class CodePart(Part):
    """A code to map, or null where so few records have it that it is not shown."""

    code_system: str | None
    code: str | None
    label: str | None
    records: Count


class ToMapPart(Part):
    """Records to bring into the target code system."""

    category: str
    system: str
    target: str | None = Field(description="Null where no code system is agreed for the category.")
    coded: Count
    mapped: Count
    texts: Count
    weight: float
    codes: list[CodePart]


class LinkagePart(Part):
    """Distinct valid NHS numbers of two systems and of both."""

    one: str
    other: str
    one_has: Count
    other_has: Count
    both: Count
    one_linkable: Share
    other_linkable: Share
    sampled: bool


class HarmonisationDocument(Part):
    """Everything that harmonisation shows, for programs."""

    schema_version: str = Field(description="Rises when a key changes or goes.")
    sharedcare_version: str
    exact_counts: bool
    notes: list[str]
    systems: list[SystemPart]
    categories: list[str]
    cells: list[CellPart]
    agreements: list[AgreementPart]
    clashes: list[ClashPart]
    map_first: list[ToMapPart]
    linkages: list[LinkagePart]


def harmonisation_document(
    found: Harmonisation, version: str, disclosure: Disclosure
) -> HarmonisationDocument:
    """Put a harmonisation into its document, with counts as they may be shown."""
    parts = _Parts(disclosure, found.code_lists)
    return HarmonisationDocument(
        schema_version=SCHEMA_VERSION,
        sharedcare_version=version,
        exact_counts=disclosure.exact,
        notes=_notes(found, disclosure),
        systems=[parts.system(name, counters) for name, counters in found.systems.items()],
        categories=list(found.categories),
        cells=[
            parts.cell(category, name, counters.categories[category])
            for category in found.categories
            for name, counters in found.systems.items()
            if category in counters.categories
        ],
        agreements=[parts.agreement(one) for one in found.agreements],
        clashes=[parts.clash(one) for one in found.clashes],
        map_first=[parts.to_map(one) for one in found.to_map],
        linkages=[parts.linkage(one) for one in found.linkages],
    )


def with_visible_texts(document: HarmonisationDocument) -> HarmonisationDocument:
    """Show what cannot be seen in texts for people: codes and code systems come from payloads."""
    return HarmonisationDocument.model_validate(_visible(document.model_dump()))


def _visible(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_visible(one) for one in value]
    if isinstance(value, dict):
        return {_visible(key): _visible(one) for key, one in value.items()}
    return value


def harmonisation_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document."""
    schema = HarmonisationDocument.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "sharedcare harmonisation"
    return schema


def render_harmonisation_json(document: HarmonisationDocument) -> str:
    """Write the document."""
    return json.dumps(document.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def _notes(found: Harmonisation, disclosure: Disclosure) -> list[str]:
    notes = [EXACT if disclosure.exact else RULE, *not_followed(found, disclosure)]
    return notes if can_check() else [*notes, NOT_INSTALLED]


def not_followed(found: Harmonisation, shown: Disclosure) -> Iterator[str]:
    """Say of how many records the code was not looked up, and which maps had nothing to do."""
    if found.elsewhere:
        yield ELSEWHERE.format(records=shown.words(found.elsewhere))
    for one, other in found.idle_maps:
        yield IDLE_MAP.format(source=name_of(one), target=name_of(other))
    for one, other in found.fruitless_maps:
        yield FRUITLESS_MAP.format(source=name_of(one), target=name_of(other))


def lines_part(counters: Counters, shown: Disclosure) -> ReadPart:
    """What was read of a system.

    A line, document or row is often a person, or one record of theirs: exact beside rounded counts
    it would give away those that are hidden. So ``ok`` goes by the rule, and ``read`` is made of
    what is shown.
    """
    ok = shown.count(counters.ok)
    left = counters.quarantined + counters.blank
    return ReadPart(
        read=ok if isinstance(ok, str) else ok + left,
        ok=ok,
        quarantined=counters.quarantined,
        blank=counters.blank,
        measured=shown.count(counters.measured),
        other_resources=shown.count(counters.others.total()),
        misshapen=counters.misshapen,
        quarantined_because=dict(sorted(counters.why.items())),
    )


class _Parts:
    """Makes the parts, with every count through the disclosure rule."""

    def __init__(self, disclosure: Disclosure, lists: CodeLists) -> None:
        self._shown = disclosure
        self._lists = lists
        self._count = disclosure.count

    def _counts(self, counts: Mapping[str, int]) -> dict[str, Count]:
        return {name: self._count(counts[name]) for name in sorted(counts) if counts[name]}

    def system(self, name: str, counters: Counters) -> SystemPart:
        patients = counters.patients
        return SystemPart(
            system=name,
            lines=lines_part(counters, self._shown),
            fhir_versions=self._counts(counters.versions),
            version_known_by=self._counts(counters.told_by),
            identity=IdentityPart(
                patients=self._count(patients["all"]),
                numbered=self._count(patients["numbered"]),
                valid=self._count(patients["valid"]),
                distinct=self._count(counters.numbers.distinct),
                verification=self._counts(counters.verification),
            ),
            provenance_targets=self._count(counters.provenance.total()),
            provenance=self._provenance(counters),
        )

    def _provenance(self, counters: Counters) -> dict[str, ProvenancePart]:
        types = counters.others.copy()
        for counts in counters.categories.values():
            types.update(counts.types)
        return {
            type_: ProvenancePart(
                targets=self._count(targets),
                of=self._count(types[type_]),
                share=self._shown.share(targets, types[type_]),
            )
            for type_, targets in sorted(counters.provenance.items())
        }

    def cell(self, category: str, system: str, counts: CategoryCounts) -> CellPart:
        coded, asked = counts.ways[Way.CODED], counts.ways.total() - counts.ways[Way.REFERENCE]
        bounded = (counts.beside, counts.labels, counts.units, counts.people, counts.facts)
        measured = with_unit(counts)
        known, unknown = self._lists.counted(counts)
        return CellPart(
            category=category,
            system=system,
            records=self._count(counts.records),
            people=self._count(counts.people.distinct),
            types=self._counts(counts.types),
            ways=self._counts(counts.ways),
            coded_share=self._shown.share(coded, asked),
            code_systems=self._code_systems(counts),
            precision=self._counts(counts.precision),
            units=UnitsPart(
                measured=self._count(measured),
                missing=self._count(sum(counts.units.counts.values()) - measured),
                invalid=self._count(not_units(counts)) if can_check() else None,
            ),
            listed=ListedPart(known=self._count(known), unknown=self._count(unknown))
            if known + unknown
            else None,
            completeness=self._completeness(counts),
            lateness=self._counts(_lateness(counts)),
            late=self._count(late(counts)),
            repeats=self._count(repeats(counts)),
            states=self._counts(counts.states),
            reasons=self._counts(counts.reasons),
            sampled=any(one.is_sample for one in bounded),
        )

    def _code_systems(self, counts: CategoryCounts) -> dict[str, Count]:
        records = records_by_code_system(counts)
        return self._counts({n: c for n, c in records.items() if self._shown.may_name(c)})

    def _completeness(self, counts: CategoryCounts) -> dict[str, ElementPart]:
        return {
            element: ElementPart(
                present=self._count(counts.present[element]),
                of=self._count(of),
                share=self._shown.share(counts.present[element], of),
            )
            for element, of in sorted(counts.asked.items())
        }

    def agreement(self, found: Agreement) -> AgreementPart:
        return AgreementPart(
            category=found.category,
            same_code_system=found.same_code_system,
            jaccard=EXACTLY.share(*found.jaccard),
            one=self._side(found.one),
            other=self._side(found.other),
        )

    def _side(self, side: Side) -> SidePart:
        return SidePart(
            system=side.system,
            code_systems=list(side.code_systems),
            coded=self._count(side.coded),
            comparable=self._count(side.comparable),
            covered_share=self._shown.share(side.covered, side.codes),
            conversions=[
                ConversionPart(
                    source=one.source,
                    target=one.target,
                    equivalent=self._count(one.equivalent),
                    with_loss=self._count(one.with_loss),
                    unmapped=self._count(one.unmapped),
                    collapsed_codes=one.collapsed,
                )
                for one in side.conversions
            ],
        )

    def clash(self, found: Clash) -> ClashPart:
        return ClashPart(
            kind=found.kind.value,
            category=found.category,
            systems=list(found.systems),
            affected=self._count(found.affected),
            of=self._count(found.of),
            convertible=self._count(found.convertible),
            weight=found.weight,
            about=list(self._about(found)),
        )

    def _about(self, found: Clash) -> Iterator[str]:
        """Codes and labels of few people are hidden, and units that are none; the rest is not."""
        may_name = self._shown.may_name(found.people)
        for position, text in enumerate(found.about):
            is_naming = position in NAMING.get(found.kind, ()) or (
                found.kind is Kind.UNITS and position > 1 and not is_plain_unit(text)
            )
            yield HIDDEN if is_naming and not may_name else text

    def to_map(self, found: ToMap) -> ToMapPart:
        return ToMapPart(
            category=found.category,
            system=found.system,
            target=found.target or None,
            coded=self._count(found.coded),
            mapped=self._count(found.mapped),
            texts=self._count(found.texts),
            weight=found.weight,
            codes=[self._code(*code) for code in found.codes],
        )

    def _code(self, code_system: str, code: str, records: int, people: int) -> CodePart:
        if not self._shown.may_name(min(records, people)):
            return CodePart(code_system=None, code=None, label=None, records=HIDDEN)
        label = self._lists.label(code_system, code) or None
        count = self._count(records)
        return CodePart(code_system=code_system, code=code, label=label, records=count)

    def linkage(self, found: Linkage) -> LinkagePart:
        one, other = found.linkable
        return LinkagePart(
            one=found.one,
            other=found.other,
            one_has=self._count(found.one_has),
            other_has=self._count(found.other_has),
            both=self._count(found.both),
            one_linkable=self._shown.share(*one),
            other_linkable=self._shown.share(*other),
            sampled=found.is_sample,
        )


def _lateness(counts: CategoryCounts) -> dict[str, int]:
    """Records by the time from happening to being recorded."""
    made: dict[str, int] = {}
    for days, count in counts.lateness.items():
        within = (name for name, most in LATENESS if days <= most)
        name = "before_it_happened" if days < 0 else next(within, "later")
        made[name] = made.get(name, 0) + count
    return made
