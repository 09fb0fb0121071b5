"""The page of FHIR payloads is held to the code: limits, rules, codes, versions, exit codes."""

import re
from pathlib import Path

import pytest

from sharedcare.fhir.payloads import payload_rules
from sharedcare.fhir.payloads.conformance import FILE_CODES, LIMIT_CODES
from sharedcare.fhir.payloads.settings import VERSIONS
from sharedcare.fhir.rules import JSON_RULES
from sharedcare.reading import CODES, limits
from sharedcare.reading.codes import PAYLOAD_CODES
from sharedcare.reports.payloads.rule_words import rule_ids, rule_words
from sharedcare.reports.payloads.validation import FORMATS

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "fhir.md").read_text("utf-8")


@pytest.mark.parametrize(
    "most",
    [
        limits.MAX_DOCUMENT_BYTES,
        limits.MAX_LINE_BYTES,
        limits.MAX_PAYLOAD_VALUES,
        limits.MAX_XML_ELEMENTS,
        limits.MAX_LISTED,
        limits.MAX_RATIO,
        limits.RATIO_FROM,
        limits.MAX_EMPTY_PARTS,
        limits.MAX_PAYLOAD_FILES,
    ],
)
def test_the_page_gives_every_limit(most: int) -> None:
    assert re.search(rf"(?<![\d,]){most:,}(?![\d,])", PAGE), most


def test_the_page_names_every_rule_and_code_of_reading_with_its_sentence() -> None:
    rules = {
        **JSON_RULES,
        **payload_rules.LIMIT_RULES,
        **payload_rules.XML_UNREADABLE,
        **payload_rules.XML_RULES,
        **payload_rules.MODEL_RULES,
    }
    said = {**{rule: found.sentence for rule, found in rules.items()}, **PAYLOAD_CODES}
    written = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert said.items() <= written.items()


def test_the_page_names_every_version_and_format() -> None:
    assert all(f"`{name}`" in PAGE or name in PAGE for name in (*VERSIONS, *FORMATS))


def test_every_code_that_decides_an_exit_code_is_one_that_is_explained() -> None:
    assert {*CODES, *PAYLOAD_CODES} >= LIMIT_CODES | FILE_CODES


def test_every_rule_has_words() -> None:
    words = {rule: rule_words(rule) for rule in rule_ids()}
    assert [rule for rule, found in words.items() if found is None or not found.meaning] == []
    assert rule_words("no-such-rule") is None


def test_the_example_is_valid() -> None:
    from sharedcare.fhir import validate_resource

    folder = PROJECT / "examples" / "payloads"
    for path in sorted(folder.glob("*.json")):
        assert validate_resource(path.read_bytes()) == ()
