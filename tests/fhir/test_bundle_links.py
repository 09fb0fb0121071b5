"""What leads where in Bundles: links, narratives, URNs, and entries without an address."""

import json
from typing import Any

import pytest

from sharedcare.fhir import Validator
from tests.fhir.examples import Json

VALIDATOR = Validator(fast=False)
URN = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f0{}"
SHEET = {"resourceType": "Binary", "id": "sheet", "contentType": "text/css", "data": "aGVsbG8="}
PERSON = {"resourceType": "Practitioner", "id": "p1", "active": True}
BASE = "http://example.org"


def rules_of(resource: Json) -> list[str]:
    return [issue.rule for issue in VALIDATOR.issues(json.dumps(resource).encode())]


def letter(*entries: Json, text: str = "", **parts: Any) -> Json:
    composition = {
        "resourceType": "Composition",
        "id": "c1",
        "status": "final",
        "type": {"text": "Letter"},
        "date": "2026-01-01",
        "title": "Letter",
        "author": [{"reference": "Practitioner/p1"}],
    }
    if text:
        div = f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'
        composition["text"] = {"status": "generated", "div": div}
    first = {"fullUrl": f"{BASE}/Composition/c1", "resource": composition}
    author = {"fullUrl": f"{BASE}/Practitioner/p1", "resource": PERSON}
    return {
        "resourceType": "Bundle",
        "type": "document",
        "identifier": {"system": BASE, "value": "1"},
        "timestamp": "2026-01-01T10:00:00Z",
        "entry": [first, author, *entries],
        **parts,
    }


def posted(reference: str, kind: str, **entry: Any) -> Json:
    group = {"resourceType": "Group", "type": "person", "actual": True}
    resource = {**group, "managingEntity": {"reference": reference}}
    request = {} if kind == "collection" else {"request": {"method": "POST", "url": "Group"}}
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [{"resource": resource, **request, **entry}],
    }


def test_a_style_sheet_that_the_document_links_to_belongs_to_it() -> None:
    sheet = {"fullUrl": f"{BASE}/Binary/sheet", "resource": SHEET}
    link = [{"relation": "stylesheet", "url": "Binary/sheet"}]
    assert rules_of(letter(sheet)) == ["bundle-unreachable"]
    assert rules_of(letter(sheet, link=link)) == []


def test_a_picture_that_a_narrative_shows_belongs_to_its_document() -> None:
    picture = {"fullUrl": f"{BASE}/Binary/sheet", "resource": SHEET}
    assert rules_of(letter(picture, text='<img src="Binary/sheet" alt="x"/>')) == []


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("transaction", "bundle-reference"),
        ("batch", "bundle-reference"),
        ("collection", "bundle-part"),
    ],
)
def test_a_urn_leads_nowhere_outside_a_transaction_and_perhaps_outside_others(
    kind: str, rule: str
) -> None:
    assert rules_of(posted(URN.format(2), kind, fullUrl=URN.format(1))) == [rule]


@pytest.mark.parametrize("reference", ["Organization/1", f"{BASE}/Organization/1", URN.format(1)])
def test_what_refers_to_others_says_where_it_is_itself(reference: str) -> None:
    found = rules_of(posted(reference, "transaction"))
    assert "bundle-full-url-needed" in found
    assert "bundle-full-url-needed" not in rules_of(
        posted(reference, "transaction", fullUrl=URN.format(3))
    )


def test_what_refers_to_nothing_outside_itself_needs_no_address() -> None:
    made = posted("#o", "transaction")
    inside = {"resourceType": "Organization", "id": "o", "name": "x"}
    made["entry"][0]["resource"]["contained"] = [inside]
    assert rules_of(made) == []
