"""Any text is measured, quarantined or refused; none ends in an error of ours."""

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import InputRefused
from sharedcare.fhir.capability import fragment, read_statement, served
from sharedcare.fhir.harmonise import harmonisation, measure_lines
from sharedcare.fhir.harmonise.code_lists import read_code_list
from sharedcare.fhir.harmonise.concept_maps import read_concept_map
from sharedcare.fhir.harmonise.elements import ELEMENTS
from sharedcare.fhir.harmonise.kinds import KINDS
from sharedcare.fhir.harmonise.xml_documents import measure_xml
from sharedcare.reading import Source
from tests.fhir.harmonise.facts import FACTS, as_xml
from tests.fhir.harmonise.sending import SETTINGS, counted, ndjson

FACTS_OF_ALL = [resource for found in FACTS.values() for resource in found.values()]
NAMES = sorted(
    {part for found in ELEMENTS.values() for keys in found.values() for key in keys
     for part in key.split(".")}
    | {"coding", "code", "system", "display", "reference", "concept", "start", "meta", "profile",
       "security", "contained", "id", "extension", "url", "identifier", "value", "entry",
       "parameter", "resource", "target", "section", "emptyReason", "_status", "taken",
       "adherence", "dataAbsentReason", "verificationStatus", "clinicalStatus", "fhirVersion"}
)  # fmt: skip
TYPES = [*KINDS, "Bundle", "Parameters", "List", "Provenance", "Nothing"]
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())
values = st.recursive(
    scalars | st.sampled_from(["#m", "Patient/1", "2026-01-01", "3.0.1", "not-taking"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*NAMES, "resourceType"]), inner, max_size=5)
    ),
    max_leaves=20,
)
resources = st.builds(
    lambda type_, found: {**found, "resourceType": type_},
    st.sampled_from(TYPES) | scalars,
    st.dictionaries(st.sampled_from(NAMES), values, max_size=8),
)


@given(st.lists(resources, max_size=4))
def test_whatever_stands_in_a_resource_is_accounted_for(sent: list[dict[str, Any]]) -> None:
    found = counted(*sent)
    assert found.add_up
    assert found.versions.total() == found.measured
    harmonisation({"a": found, "b": found})


@given(st.sampled_from(FACTS_OF_ALL), st.data())
def test_a_fact_with_one_element_replaced_is_accounted_for(
    resource: dict[str, Any], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(resource)))
    found = counted({**resource, key: data.draw(values)})
    assert found.add_up


@given(st.binary(max_size=200))
def test_any_bytes_are_accounted_for(text: bytes) -> None:
    assert measure_lines(text, SETTINGS).add_up
    assert measure_xml(text, SETTINGS).add_up
    for read in (read_code_list, read_concept_map, read_statement):
        with contextlib.suppress(InputRefused):
            read(Source("a", text))


@given(st.sampled_from(FACTS_OF_ALL), st.data())
def test_any_piece_of_xml_is_accounted_for(resource: dict[str, Any], data: st.DataObject) -> None:
    text = as_xml(resource)
    begin, end = (data.draw(st.integers(0, len(text))) for _ in range(2))
    found = measure_xml(text[:begin] + text[end:], SETTINGS)
    assert found.add_up


REST = ("mode", "resource", "interaction", "operation", "security", "service", "type", "name",
        "searchParam", "supportedProfile", "definition", "document", "messaging", "event",
        "software", "format", "implementationGuide", "date", "server", "rest")  # fmt: skip
stated = st.recursive(
    scalars | st.sampled_from(["server", "client", "Condition", "Observation", "read"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*REST, *NAMES]), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(REST), stated, max_size=6))
def test_whatever_stands_in_a_statement_is_read_or_refused(found: dict[str, Any]) -> None:
    made = {**found, "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"}
    with contextlib.suppress(InputRefused):
        statement = read_statement(Source("a", json.dumps(made).encode()))
        served(statement.server)
        fragment(statement, "gp")


def test_what_refers_to_itself_ends() -> None:
    contained = [{"resourceType": "Medication", "id": "m", "code": {"reference": "#m"}}]
    request = {
        "resourceType": "MedicationRequest",
        "contained": contained,
        "medicationReference": {"reference": "#m"},
    }
    assert counted(request).measured == 1


def test_lists_in_lists_end() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    found = measure_lines(
        ndjson([{"resourceType": "FamilyMemberHistory", "condition": deep}]), SETTINGS
    )
    assert found.add_up
