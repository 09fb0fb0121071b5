"""The page of FHIR packages is held to the code: its limits and its codes."""

import re
from pathlib import Path

import pytest

from sharedcare.fhir.packages import limits
from sharedcare.reading.codes import PACKAGE_CODES

PAGE = (Path(__file__).parents[3] / "docs" / "fhir-packages.md").read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.startswith("MAX_")])
def test_the_page_gives_every_limit(name: str) -> None:
    assert re.search(rf"\| {getattr(limits, name):,} \|", PAGE), name


def test_the_page_names_every_code_with_its_sentence() -> None:
    written = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert written == PACKAGE_CODES
