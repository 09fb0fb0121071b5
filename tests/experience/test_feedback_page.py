"""The page about feedback tells every line, every column and every key as the code has them."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from sharedcare.experience.feedback.tables import ANSWERS
from sharedcare.experience.feedback.thresholds import THRESHOLDS
from sharedcare.experience.prompts import CLAIMED_HIGH, CLAIMED_LOW
from sharedcare.reports.document import Part
from sharedcare.reports.experience import feedback_document
from sharedcare.reports.words.figures import cut, percent

PAGE = (Path(__file__).parents[2] / "docs" / "feedback.md").read_text("utf-8")

PARTS: dict[str, type[BaseModel]] = {
    "The document of `feedback`": feedback_document.FeedbackDocument,
    "`feedback` of an assessment": feedback_document.FeedbackPart,
    "`organisations` of `feedback`": feedback_document.OrganisationPart,
    "`organisations.signals` of `feedback`": feedback_document.SignalsPart,
    "`organisations.texts` of `feedback`": feedback_document.TextsPart,
    "`organisations.texts.templates` of `feedback`": feedback_document.TemplatePart,
    "`organisations.texts.kinds` of `feedback`": feedback_document.KindPart,
    "`organisations.cast` of `feedback`": feedback_document.CastPart,
    "`organisations.stage` of `feedback`": feedback_document.StagePart,
    "`prompts` of `feedback`": feedback_document.PromptPart,
    "`thresholds` of `feedback`": feedback_document.ThresholdPart,
}


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    below = re.split(rf"^#+ {re.escape(heading)}$", PAGE, flags=re.MULTILINE)[1]
    section = re.split(r"^#", below, flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[2:]]


def test_every_line_stands_on_the_page_with_its_value_and_whose_it_is() -> None:
    told = [
        [f"`{t.name}`", percent(t.value) if t.is_share else cut(t.value), t.decides, t.paper]
        for t in THRESHOLDS
    ]
    assert rows("Every line") == told


def test_every_column_of_answers_stands_on_the_page() -> None:
    assert [row[0].strip("`") for row in rows("A table of answers")] == list(ANSWERS.names)


@pytest.mark.parametrize("heading", PARTS)
def test_a_table_names_every_key_of_a_part_of_the_document(heading: str) -> None:
    assert [row[0].strip("`") for row in rows(heading)] == list(PARTS[heading].model_fields)


def test_every_part_of_the_document_has_its_table() -> None:
    own = feedback_document.__name__
    made = {found for found in vars(feedback_document).values() if isinstance(found, type)}
    parts = {found for found in made if issubclass(found, Part) and found.__module__ == own}
    assert parts == set(PARTS.values())


def test_the_page_says_from_which_level_on_a_claim_is_a_prompt() -> None:
    assert f"level of {CLAIMED_HIGH} or more" in " ".join(PAGE.split())
    assert f"level under {CLAIMED_LOW}" in " ".join(PAGE.split())
