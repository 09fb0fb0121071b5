import json
import re

import pytest

from sharedcare.dimensions import DIMENSIONS
from sharedcare.errors import NotFoundError
from sharedcare.fhir.capability.codes import CAPABILITY_CODES
from sharedcare.fhir.harmonise.codes import HARMONISATION_CODES, REASONS
from sharedcare.reading.codes import PAYLOAD_CODES
from sharedcare.reports.catalogue import render_catalogue, render_dimension, render_explanation
from sharedcare.reports.fault_codes import code_meanings
from sharedcare.vocabulary import Reason
from tests.reports.making import PROJECT

CRITERIA = [found for each in DIMENSIONS for found in each.criteria]


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_the_catalogue_lists_every_dimension_in_the_order_of_the_paper(format_: str) -> None:
    made = " ".join(render_catalogue(format_).split())
    places = [made.index(f"{found.id} ") for found in DIMENSIONS]
    assert places == sorted(places)
    assert "Definitions, criteria, levels, prerequisites and thresholds are ours." in made


def test_the_catalogue_as_data_holds_every_criterion() -> None:
    data = json.loads(render_catalogue("json"))
    assert [entry["id"] for entry in data] == [found.id for found in DIMENSIONS]
    told = [criterion for entry in data for criterion in entry["criteria"]]
    assert [entry["id"] for entry in told] == [found.id for found in CRITERIA]
    assert {entry["kind"] for entry in told} == {"computed", "attested"}


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda found: found.id)
def test_one_dimension_is_told_with_every_criterion_on_80_columns(dimension: object) -> None:
    found = next(each for each in DIMENSIONS if each is dimension)
    text = render_dimension(found.id, "text")
    assert max(map(len, text.splitlines())) <= 80
    joined = " ".join(text.split())
    assert all(f"{each.question} ({each.id};" in joined for each in found.criteria)
    assert json.loads(render_dimension(found.id, "json"))["name"] == found.name


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_criterion_is_explained_with_its_remedy_and_its_source(format_: str) -> None:
    found = next(each for each in CRITERIA if each.claim is not None)
    joined = " ".join(render_explanation(found.id, format_).split())
    assert found.remedy in joined
    assert found.question in joined
    assert "ource" in joined or "citation" in joined


def test_a_dimension_a_reason_and_a_fault_are_explained() -> None:
    assert render_explanation("vision", "text") == render_dimension("vision", "text")
    assert "not valid on the day" in render_explanation("EXPIRED", "text")
    assert render_explanation("expired", "text") == render_explanation("EXPIRED", "text")
    assert json.loads(render_explanation("UNKNOWN_KEY", "json"))["code"] == "UNKNOWN_KEY"


def test_what_is_not_there_is_not_explained_and_the_nearest_is_named() -> None:
    with pytest.raises(NotFoundError, match="did you mean vision"):
        render_explanation("visoin", "text")
    with pytest.raises(NotFoundError):
        render_dimension("nothing_of_the_kind", "text")


def test_every_reason_is_explained() -> None:
    assert {reason.value for reason in Reason} <= set(code_meanings())


def test_every_code_of_a_fault_in_what_is_measured_is_explained() -> None:
    used = {reason.upper() for reason in REASONS}
    for path in (PROJECT / "sharedcare" / "fhir" / "harmonise").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"(?:Fault|_tell)\([^\"]*\"([A-Z_]{4,})\"", source))
    assert len(used) > 15
    assert [code for code in sorted(used) if not render_explanation(code, "text")] == []
    assert HARMONISATION_CODES.keys() <= used | {"NOT_A_CODE_LIST", "UNKNOWN_WORD"}
    assert HARMONISATION_CODES.keys().isdisjoint(code_meanings())


def test_every_code_of_a_fault_in_a_capability_statement_is_explained() -> None:
    reading = PROJECT / "sharedcare" / "fhir" / "capability" / "reading.py"
    used = set(re.findall(r"\"([A-Z]+(?:_[A-Z]+)+)\"", reading.read_text(encoding="utf-8")))
    assert used == CAPABILITY_CODES.keys()
    assert all(render_explanation(code, "text") for code in used)


def test_every_code_of_a_fault_in_a_profile_is_explained() -> None:
    used: set[str] = set()
    for folder in ("landscape", "loading", "reading"):
        for path in (PROJECT / "sharedcare" / folder).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            used |= {word.upper() for word in re.findall(r"refusal\(\s*\"(\w+)\"", source)}
            used |= set(
                re.findall(r"(?:Fault|_fault|_warning|tell)\([^\"]*\"([A-Z_]{4,})\"", source)
            )
    assert len(used) > 30
    assert sorted(used - set(code_meanings()) - set(PAYLOAD_CODES)) == []


@pytest.mark.parametrize("word", ["vision", "liability.owner_named", "EXPIRED", "json-syntax"])
def test_what_is_said_of_a_word_has_a_version_and_keys_for_programs(word: str) -> None:
    data = json.loads(render_explanation(word, "json"))
    assert next(iter(data.items())) == ("schema_version", "1.0")
    assert all(re.fullmatch("[a-z_]+", key) for key in data)
