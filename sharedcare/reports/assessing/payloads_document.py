"""What payloads show, as the part ``payloads`` of the assessment's JSON document.

What ``harmonise`` writes of systems, categories, pairs and linkage stands here as it writes it;
beside it stand what is declared, where both part, and every verdict and answer both ways. Counts
are shown by the disclosure rule.
"""

from pydantic import Field

from sharedcare.assessment import Assessment
from sharedcare.fhir.harmonise.mapping_first import ToMap
from sharedcare.flows.losses.disruption import NeedFate
from sharedcare.measured.completeness import essentials
from sharedcare.measured.differences import Difference
from sharedcare.measured.figures import given_shown
from sharedcare.measured.forms import FEWEST_FACTS
from sharedcare.measured.given import Given
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.payloads import Payloads
from sharedcare.measured.thresholds import COMPLETE_SHARE, FORM_SHARE, IDENTIFIED
from sharedcare.quantities import as_number
from sharedcare.reports.document import Interval, Number, Part, interval
from sharedcare.reports.losses.whatif_document import JudgedPart, judged_part
from sharedcare.reports.payloads.harmonisation_document import (
    AgreementPart,
    CellPart,
    Count,
    ElementPart,
    LinkagePart,
    SystemPart,
    ToMapPart,
    harmonisation_document,
)
from sharedcare.scoring.two_answers import TwoAnswers


class ThresholdsPart(Part):
    """From where on what was measured counts."""

    form_share: Number
    fewest_records: int
    complete_share: Number
    identified_share: Number


class FormsPart(Part):
    """Records by the form that they are in; silent ones do not say what they are about."""

    coded: Count
    structured: Count
    text: Count
    document: Count
    silent: Count


class HoldingPart(Part):
    """One category of one system: what is declared of it, and what was measured."""

    system: str
    category: str
    declared: bool
    passed_on: bool = Field(description="Whether a flow brings it there, where it is not declared.")
    measured_of: list[str] = Field(description="Categories of the records; none where none were.")
    records: Count
    forms: FormsPart
    declared_form: str | None
    measured_form: str | None = Field(description="Null where too few records tell it.")
    form: str | None = Field(description="The one to go by; null where nothing is known.")
    declared_code_systems: list[str]
    code_systems: list[str]
    complete: dict[str, ElementPart] = Field(description="By whom, what and when.")


class DifferencePart(Part):
    """One thing that the profile says otherwise than payloads do."""

    kind: str
    system: str
    category: str
    about: str
    declared: list[str]
    measured: list[str]
    needs: list[str]


class BothVerdictsPart(Part):
    """One need as declared and as measured; the measured verdict is the one that counts."""

    need: str
    fate: str
    declared: JudgedPart | None
    measured: JudgedPart | None


class BothAnswersPart(Part):
    """One criterion as declared and as measured; null where there was nothing to count."""

    criterion: str
    organisation: str | None
    declared: str | None
    measured: str | None
    contradict: bool
    by_payloads: bool
    findings: list[str]


class MapFirstPart(Part):
    """What to map, what matters most first; the weight is that of the needs that draw on it."""

    to_map: ToMapPart
    weight: Number
    needs: list[str]


class GivenPart(Part):
    """A file or folder that was named for a system."""

    system: str
    name: str
    files: Count
    bytes: Count = Field(description="To the next thousand.")
    sha256: str | None = Field(
        description="Of the file; of a folder, of the digests of its files, a line each, in the"
        " order of their names. Null of standard input, where a file cannot be read, and where it"
        " may be of few people, since a digest of little can be guessed."
    )


class PayloadsPart(Part):
    """What systems send, and what that turns."""

    given: list[GivenPart]
    thresholds: ThresholdsPart
    notes: list[str]
    systems: list[SystemPart]
    partial: list[str] = Field(description="Systems of which something could not be read.")
    cells: list[CellPart]
    holdings: list[HoldingPart]
    differences: list[DifferencePart]
    sufficiency_declared: Interval | None
    needs: list[BothVerdictsPart]
    criteria: list[BothAnswersPart]
    agreements: list[AgreementPart] = Field(
        description="Of pairs that exchange the category, or whose parts meet at a need."
    )
    linkages: list[LinkagePart]
    map_first: list[MapFirstPart]


def payloads_part(assessment: Assessment, version: str) -> PayloadsPart | None:
    """Put what payloads show into its part of the document; None where none were measured."""
    payloads = assessment.payloads
    if payloads is None:
        return None
    found = harmonisation_document(payloads.harmonisation, version, payloads.shown)
    exchanged = [(one.category, one.one.system, one.other.system) for one in assessment.exchanged]
    return PayloadsPart(
        given=[_given(one, payloads) for one in payloads.given],
        thresholds=_thresholds(),
        notes=found.notes,
        systems=found.systems,
        partial=list(payloads.partial),
        cells=found.cells,
        holdings=[_holding(one, payloads) for held in payloads.holdings.values() for one in held],
        differences=[_difference(one, assessment) for one in payloads.differences],
        sufficiency_declared=interval(assessment.declared.judgement.sufficiency),
        needs=[_both_verdicts(one) for one in assessment.fates],
        criteria=[_both_answers(one) for one in assessment.answered_twice],
        agreements=[
            one
            for one in found.agreements
            if (one.category, one.one.system, one.other.system) in exchanged
        ],
        linkages=found.linkages,
        map_first=_map_first(assessment, found.map_first),
    )


def _given(one: Given, payloads: Payloads) -> GivenPart:
    shown = given_shown(one, payloads.systems[one.system].ok, payloads.shown)
    return GivenPart(
        system=one.system,
        name=one.name,
        files=shown.files,
        bytes=shown.size,
        sha256=shown.digest,
    )


def _thresholds() -> ThresholdsPart:
    return ThresholdsPart(
        form_share=as_number(FORM_SHARE),
        fewest_records=FEWEST_FACTS,
        complete_share=as_number(COMPLETE_SHARE),
        identified_share=as_number(IDENTIFIED),
    )


def _holding(one: MeasuredHolding, payloads: Payloads) -> HoldingPart:
    shown, forms = payloads.shown, one.forms
    effective = one.form or one.declared_form
    return HoldingPart(
        system=one.system,
        category=one.category,
        declared=one.declared is not None,
        passed_on=one.passed_on,
        measured_of=list(one.found),
        records=shown.count(one.counts.records),
        forms=FormsPart(
            coded=shown.count(forms.coded),
            structured=shown.count(forms.structured),
            text=shown.count(forms.text),
            document=shown.count(forms.document),
            silent=shown.count(forms.silent),
        ),
        declared_form=one.declared_form.word if one.declared_form else None,
        measured_form=forms.form.word if forms.form else None,
        form=effective.word if effective else None,
        declared_code_systems=list(one.declared.code_systems) if one.declared else [],
        code_systems=list(one.code_systems),
        complete={
            filled.what: ElementPart(
                present=shown.count(filled.present),
                of=shown.count(filled.of),
                share=shown.share(filled.present, filled.of),
            )
            for filled in essentials(one)
        },
    )


def _difference(one: Difference, assessment: Assessment) -> DifferencePart:
    return DifferencePart(
        kind=one.kind.value,
        system=one.system,
        category=one.category,
        about=one.about,
        declared=list(one.declared),
        measured=list(one.measured),
        needs=list(assessment.needs_hit(one)),
    )


def _both_verdicts(one: NeedFate) -> BothVerdictsPart:
    return BothVerdictsPart(
        need=one.need,
        fate=one.fate.value,
        declared=judged_part(one.before),
        measured=judged_part(one.after),
    )


def _both_answers(one: TwoAnswers) -> BothAnswersPart:
    return BothAnswersPart(
        criterion=one.criterion.id,
        organisation=one.organisation,
        declared=one.declared.value if one.declared else None,
        measured=one.measured.value if one.measured else None,
        contradict=one.contradict,
        by_payloads=one.by_payloads,
        findings=[finding.message for finding in one.findings],
    )


def _map_first(assessment: Assessment, parts: list[ToMapPart]) -> list[MapFirstPart]:
    """As harmonise writes each, with the needs that draw on it, in their order."""
    written = {(part.category, part.system): part for part in parts}
    found = ((one, written[one.category, one.system]) for one in assessment.map_first)
    return [_to_map(one, part, assessment) for one, part in found]


def _to_map(one: ToMap, part: ToMapPart, assessment: Assessment) -> MapFirstPart:
    needs = list(assessment.needs_on(one.system, one.category))
    return MapFirstPart(to_map=part, weight=one.weight, needs=needs)
