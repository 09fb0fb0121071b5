"""An unknown fact is asked about by names: of flows, of categories, of agreements, of roles."""

from typing import Any

import pytest

from sharedcare.flows import Fact
from sharedcare.reports.words.asking import fact_question, fact_words
from tests.reports.making import EXAMPLE, example

WINDOW = "the flow from Shared record to Social care system by a window in the record"


@pytest.mark.parametrize(
    ("fact", "question", "words"),
    [
        (
            Fact("flows", "hub_asc", "carries.medications"),
            f"In what form does {WINDOW} carry medications?",
            f"in what form {WINDOW} carries medications",
        ),
        (
            Fact("flows", "hub_asc", "carries.all"),
            f"In what form does {WINDOW} carry everything?",
            f"in what form {WINDOW} carries everything",
        ),
        (
            Fact("systems", "epr", "holds.medications.on_discharge.form"),
            "In what form does Hospital record hold this (medicines on discharge)?",
            "in what form Hospital record holds this (medicines on discharge)",
        ),
        (
            Fact("agreements", "shcr", "lawful_basis.article_9"),
            'Which lawful basis does the agreement "The sharing agreement" name (article 9)?',
            'which lawful basis the agreement "The sharing agreement" names (article 9)',
        ),
        (
            Fact("agreements", "shcr", "status"),
            'Is the agreement "The sharing agreement" signed?',
            'whether the agreement "The sharing agreement" is signed',
        ),
        (
            Fact("agreements", "hospital+anytown_council", "recorded"),
            "Does any agreement cover Anytown Hospital and Anytown Council?",
            "whether any agreement covers Anytown Hospital and Anytown Council",
        ),
        (
            Fact("stakeholders", "social_worker", "uses.asc.reach"),
            "Hospital social worker: How many of them can use Social care system?",
            "how many in the role Hospital social worker can use Social care system",
        ),
        (
            Fact("stakeholders", "social_worker", "uses.asc.access"),
            "Hospital social worker: Are all of them let into Social care system?",
            "whether Hospital social worker is let into Social care system",
        ),
    ],
)
def test_a_fact_is_asked_about_by_names(fact: Fact, question: str, words: str) -> None:
    assert fact_question(example(), fact) == question
    assert fact_words(example(), fact) == words


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "Window"}, "Window"),
        ({"mechanism": "phone"}, "the flow from Shared record to Social care system by phone"),
        ({"mechanism": None}, "the flow from Shared record to Social care system"),
    ],
)
def test_a_flow_without_a_name_is_told_by_its_ends_and_means(
    change: dict[str, Any], told: str
) -> None:
    landscape = example(flows={"hub_asc": {**EXAMPLE["flows"]["hub_asc"], **change}})
    fact = Fact("flows", "hub_asc", "wait")
    assert fact_question(landscape, fact) == f"How long does one wait for {told} to answer?"
