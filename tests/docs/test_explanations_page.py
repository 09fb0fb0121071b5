"""The page of explanations is held to the code: every key of the JSON document."""

import pytest
from pydantic import BaseModel

from sharedcare.reports import document
from sharedcare.reports.explaining import document as explanation_document
from sharedcare.vocabulary import Family
from tests.docs.pages import is_part, keys_in, section

#: Each part of the explanation's document, by the heading over its table.
EXPLANATION_PARTS: dict[str, type[BaseModel]] = {
    "The explanation as JSON": explanation_document.ExplanationDocument,
    "`robustness`": explanation_document.RobustnessPart,
    "`robustness.items`": explanation_document.ItemRobustnessPart,
    "`path` of an explanation": explanation_document.RouteStepPart,
    "`robustness.items.slacks`": explanation_document.SlackPart,
    "`robustness.items.weakest_hop`": explanation_document.WeakestHopPart,
    "`robustness.items.routes`": explanation_document.SourceRoutesPart,
    "`robustness.single_points`": explanation_document.SinglePointPart,
    "`relaxations`": explanation_document.RelaxationsPart,
    "`frontiers`": explanation_document.FrontierPart,
    "`frontiers.settled`": explanation_document.SettledPart,
    "`frontiers.labels`": explanation_document.LabelPart,
    "`frontiers.blocked`": explanation_document.BlockedPart,
    "`nearest`": explanation_document.NearestPart,
    "`lacking`": explanation_document.LackingPart,
    "`lacking.losses`": explanation_document.LossPart,
    "`deciding`": explanation_document.DecidingPart,
    "`deciding.facts`": explanation_document.FactPart,
    "`deciding.facts.ask`": explanation_document.KnowerPart,
}


@pytest.mark.parametrize("heading", EXPLANATION_PARTS)
def test_a_table_names_every_key_of_a_part_of_an_explanation(heading: str) -> None:
    fields_of = EXPLANATION_PARTS[heading].model_fields
    keys = [field.serialization_alias or name for name, field in fields_of.items()]
    assert keys_in(section("explanation.md", heading), 2) == keys


def test_every_part_of_an_explanation_has_its_table() -> None:
    written = {found for found in vars(explanation_document).values() if is_part(found)}
    borrowed = {document.Interval, document.NeedPart}
    assert written - set(EXPLANATION_PARTS.values()) == borrowed


def test_the_page_of_explanations_names_every_family() -> None:
    text = section("explanation.md", "The explanation as JSON")
    assert all(f"`{family.value}`" in text for family in Family)
