"""The page says from where on a measurement counts, as the code has it."""

from pathlib import Path

from sharedcare.measured.forms import DOCUMENTS, FEWEST_FACTS
from sharedcare.measured.thresholds import COMPLETE_SHARE, FORM_SHARE, IDENTIFIED
from sharedcare.reports.words.figures import percent
from sharedcare.reports.words.payload_words import COMPLETE_RULE, FORM_RULE

PAGE = (Path(__file__).parents[2] / "docs" / "harmonise.md").read_text("utf-8")
SECTION = " ".join(PAGE.split("## In the assessment")[1].split("\n## ")[0].split())


def test_the_page_gives_every_threshold() -> None:
    assert f"the highest that at least {percent(FORM_SHARE)} of its records reach" in SECTION
    assert f"Of fewer than {FEWEST_FACTS} records no form is told" in SECTION
    assert f"at least {percent(IDENTIFIED)} of the people" in SECTION
    assert f"fewer than {percent(COMPLETE_SHARE)} of the records say whom" in SECTION
    assert f"`{DOCUMENTS}`" in SECTION


def test_a_report_gives_the_same_ones() -> None:
    assert percent(FORM_SHARE) in FORM_RULE
    assert f"fewer than {FEWEST_FACTS} records" in FORM_RULE
    assert percent(IDENTIFIED) in COMPLETE_RULE
