"""The page of harmonisation names every clash and key, and the figures of the rules."""

import re
from pathlib import Path

from sharedcare.fhir.harmonise.batch import MOST_DAYS
from sharedcare.fhir.harmonise.bounded import MOST_KEYS
from sharedcare.fhir.harmonise.clashes import CLASH_SHARE, LATE_AFTER_DAYS, LATE_SHARE, Kind
from sharedcare.fhir.harmonise.column_map import DEMOGRAPHICS, ELEMENTS, read_column_map
from sharedcare.fhir.harmonise.disclosure import MOST_HIDDEN
from sharedcare.fhir.harmonise.kinds import EVENTS, KINDS, SECTIONS, UNSORTED
from sharedcare.landscape.data_categories import built_in, covers
from sharedcare.reading import Source
from sharedcare.reports.document import Part
from sharedcare.reports.payloads import harmonisation_document as document

PAGE = (Path(__file__).parents[3] / "docs" / "harmonise.md").read_text("utf-8")


def first_cells(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def test_every_kind_of_clash_stands_on_the_page_in_its_order() -> None:
    section = PAGE.split("### Clashes")[1].split("## What is shown")[0]
    assert first_cells(section) == [kind.value for kind in Kind]


def test_every_key_of_the_document_stands_on_the_page_part_by_part() -> None:
    told = first_cells(PAGE.split("### The document")[1])
    written = [
        found
        for found in vars(document).values()
        if isinstance(found, type) and issubclass(found, Part) and found is not Part
    ]
    assert sorted(told) == sorted(key for part in written for key in part.model_fields)


def test_the_column_map_of_the_page_can_be_read_and_its_elements_are_all() -> None:
    text = PAGE.split("```yaml columns.yaml\n")[1].split("```")[0]
    made = read_column_map(Source("columns.yaml", text.encode()))
    assert [record.category for record in made.records] == [
        "primary_support_reason",
        "examination_findings.vital_signs",
    ]
    assert all(f"`{element}`" in PAGE for element in (*ELEMENTS, *DEMOGRAPHICS))


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    assert f"{MOST_KEYS:,} distinct ones" in PAGE
    assert (MOST_HIDDEN, CLASH_SHARE, LATE_SHARE, LATE_AFTER_DAYS) == (7, 1 / 20, 1 / 5, 7)
    assert MOST_DAYS > 36_500


def test_every_category_that_a_resource_is_sorted_into_is_built_in() -> None:
    sorted_into = {kind.category for kind in KINDS.values()} | set(SECTIONS.values())
    assert sorted_into - {UNSORTED} <= built_in().keys()
    assert all(any(covers(event, name) for name in built_in()) for event in EVENTS)
