"""The page names every kind of comparison, every code and every key of the document."""

import re
from pathlib import Path

from sharedcare.fhir.capability import Kind
from sharedcare.fhir.capability.codes import CAPABILITY_CODES
from sharedcare.reports.document import Part
from sharedcare.reports.payloads import capability_document as document

PAGE = (Path(__file__).parents[3] / "docs" / "capability.md").read_text("utf-8")


def first_cells(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def between(start: str, end: str) -> str:
    return PAGE.split(start)[1].split(end)[0]


def test_every_kind_of_comparison_stands_on_the_page() -> None:
    section = between("## Beside a profile", "## What is refused")
    assert first_cells(section) == [kind.value for kind in Kind]


def test_every_code_stands_on_the_page() -> None:
    section = between("## What is refused", "## From Python")
    assert first_cells(section) == list(CAPABILITY_CODES)


def test_every_key_of_the_document_stands_on_the_page() -> None:
    told = first_cells(PAGE.split("### The document")[1])
    written = [
        found
        for found in vars(document).values()
        if isinstance(found, type) and issubclass(found, Part) and found is not Part
    ]
    assert sorted(told) == sorted(key for part in written for key in part.model_fields)
