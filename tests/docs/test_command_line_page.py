"""The page of the command line is held to the code: verbs, exit codes, JSON documents."""

import pytest
from pydantic import BaseModel

from sharedcare.cli.exits import Exit
from sharedcare.cli.main import VERBS
from sharedcare.flows.meaning.clashes import ClashKind, GapKind
from sharedcare.measured.differences import DifferenceKind
from sharedcare.reports import document
from sharedcare.reports.assessing import assessment_document, payloads_document
from sharedcare.reports.experience import experience_document, feedback_document
from sharedcare.reports.losses import resilience_document
from sharedcare.reports.work import burden_document
from tests.docs.pages import DOCS, blocks_of, is_part, keys_in, section


def test_every_verb_has_its_section_and_an_example_that_runs() -> None:
    text = (DOCS / "command-line.md").read_text("utf-8")
    run = "".join(b.text for b in blocks_of(DOCS / "command-line.md") if b.kind == "console")
    for verb in VERBS:
        assert f"\n## {verb}\n" in text
        assert f"[`{verb}`](#{verb})" in text
        assert f"$ sharedcare {verb}" in run


def test_every_exit_code_is_told() -> None:
    assert keys_in(section("command-line.md", "Exit codes"), 2) == [str(int(e)) for e in Exit]


#: Each part of the assessment's document, by the heading over its table.
PARTS: dict[str, type[BaseModel]] = {
    "The document": assessment_document.AssessmentDocument,
    "`readiness`": document.ReadinessPart,
    "`readiness.gates`": document.Gate,
    "`dimensions`": document.DimensionPart,
    "`dimensions.exposure`": document.ExposurePart,
    "`dimensions.exposure.measures`": document.MeasurePart,
    "`dimensions.organisations`": document.OrganisationLevel,
    "`dimensions.criteria`": document.CriterionPart,
    "`dimensions.criteria.findings`": document.FindingPart,
    "`needs`": document.NeedPart,
    "`needs.items`": document.ItemPart,
    "`needs.items.path`": document.StepPart,
    "`needs.items.sources`": document.SourcePart,
    "`explanations`": assessment_document.NeedExplanationPart,
    "`resilience`": assessment_document.ResiliencePart,
    "`clashes`": assessment_document.ClashPart,
    "`clashes.parties`": assessment_document.PartyPart,
    "`clashes.gaps`": assessment_document.GapPart,
    "`roadmap`": document.NextStep,
    "`payloads`": payloads_document.PayloadsPart,
    "`payloads.given`": payloads_document.GivenPart,
    "`payloads.thresholds`": payloads_document.ThresholdsPart,
    "`payloads.holdings`": payloads_document.HoldingPart,
    "`payloads.holdings.forms`": payloads_document.FormsPart,
    "`payloads.differences`": payloads_document.DifferencePart,
    "`payloads.needs`": payloads_document.BothVerdictsPart,
    "`payloads.criteria`": payloads_document.BothAnswersPart,
    "`payloads.map_first`": payloads_document.MapFirstPart,
}

#: Parts of the assessment's document that another document has too, and that are told with it.
TOLD_ELSEWHERE = {
    burden_document.BurdenPart,
    experience_document.ChainsPart,
    feedback_document.FeedbackPart,
    resilience_document.CalendarPart,
    resilience_document.ConcentrationPart,
    resilience_document.LossPart,
}


@pytest.mark.parametrize("heading", PARTS)
def test_a_table_names_every_key_of_a_part_of_the_document(heading: str) -> None:
    keys = keys_in(section("command-line.md", heading), 2)
    assert keys == list(PARTS[heading].model_fields)


def test_every_part_of_the_document_has_its_table() -> None:
    written = {
        found
        for module in (document, assessment_document)
        for found in vars(module).values()
        if is_part(found)
    }
    assert written - set(PARTS.values()) == {document.Interval, *TOLD_ELSEWHERE}


def test_every_kind_of_difference_between_what_is_declared_and_measured_is_told() -> None:
    kinds = [kind.value for kind in DifferenceKind]
    assert keys_in(section("command-line.md", "Kinds of difference"), 2) == kinds


def test_every_kind_of_clash_and_of_gap_is_told() -> None:
    kinds = [kind.name.lower() for kind in ClashKind]
    assert keys_in(section("command-line.md", "Kinds of clash"), 2) == kinds
    gaps = [kind.name.lower() for kind in GapKind]
    assert keys_in(section("command-line.md", "Kinds of gap"), 2) == gaps
