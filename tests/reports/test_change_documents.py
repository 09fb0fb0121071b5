"""The page about changes names every key and word of what ``whatif`` and ``burden`` write."""

import pytest
from pydantic import BaseModel

from sharedcare.flows.losses.disruption import Fate
from sharedcare.flows.work.chores import Chore
from sharedcare.reports.document import Part
from sharedcare.reports.losses import whatif_document
from sharedcare.reports.work import burden_document
from tests.docs.pages import keys_in, section

PAGE = "changes.md"

PARTS: dict[str, type[BaseModel]] = {
    "The document of `whatif`": whatif_document.WhatIfDocument,
    "`changes` of `whatif`": whatif_document.ChangePart,
    "`effort` of `whatif`": whatif_document.EffortPart,
    "`needs` of `whatif`": whatif_document.FatePart,
    "`losses` of `whatif`": whatif_document.ItemLossPart,
    "`disturbed` of `whatif`": whatif_document.DisturbedPart,
    "The document of `burden`": burden_document.BurdenDocument,
    "`work` of `burden`": burden_document.WorkPart,
    "`overload` of `burden`": burden_document.OverloadPart,
    "`overload.pushes` of `burden`": burden_document.PushPart,
}

#: Parts that are told in the row of the key that holds them, or with their document.
TOLD_IN_A_ROW = {"EstimatePart", "CostPart", "JudgedPart", "TotalPart", "RoleTotalPart",
                 "OrganisationTotalPart", "ChoreTotalPart", "BurdenPart",
                 "MadeFromPart"}  # fmt: skip


@pytest.mark.parametrize("heading", PARTS)
def test_a_table_names_every_key_of_a_part(heading: str) -> None:
    assert keys_in(section(PAGE, heading), 2) == list(PARTS[heading].model_fields)


def test_every_part_has_its_table_or_its_row() -> None:
    found = {
        part.__name__
        for module in (whatif_document, burden_document)
        for part in vars(module).values()
        if isinstance(part, type) and issubclass(part, Part) and part.__module__ == module.__name__
    }
    assert found == {part.__name__ for part in PARTS.values()} | TOLD_IN_A_ROW


def test_every_fate_and_every_chore_is_explained() -> None:
    assert set(keys_in(section(PAGE, "What becomes of a need"), 2)) == {f.value for f in Fate}
    assert keys_in(section(PAGE, "The work"), 3) == [chore.value for chore in Chore]
