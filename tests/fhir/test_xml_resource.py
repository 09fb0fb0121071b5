"""FHIR XML is read as the JSON of the same resource, with places in the XML."""

import json
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.payloads import Settings
from sharedcare.fhir.payloads.tally import Tally
from sharedcare.fhir.payloads.work import Checking
from sharedcare.fhir.payloads.xml_resource import XmlRefused, read_xml
from tests.fhir.examples import EXAMPLES

Json = dict[str, Any]

HEAD = '<Patient xmlns="http://hl7.org/fhir">'


def as_xml(resource: Json) -> str:
    """Write a resource as XML by the rules of the specification, from its JSON alone."""
    return _resource(resource).replace(">", ' xmlns="http://hl7.org/fhir">', 1)


def _resource(resource: Json) -> str:
    name = resource["resourceType"]
    return f"<{name}>{_members(resource)}</{name}>"


def _members(value: Json) -> str:
    keys = dict.fromkeys(key.removeprefix("_") for key in value if key != "resourceType")
    return "".join(
        _one(key, *pair) for key in keys for pair in _pairs(value.get(key), value.get(f"_{key}"))
    )


def _pairs(value: Any, companion: Any) -> list[tuple[Any, Any]]:
    if not isinstance(value, list) and not isinstance(companion, list):
        return [(value, companion)]
    length = max(len(value or ()), len(companion or ()))
    values = [*(value or ()), *[None] * (length - len(value or ()))]
    companions = [*(companion or ()), *[None] * (length - len(companion or ()))]
    return list(zip(values, companions, strict=True))


def _one(key: str, value: Any, companion: Any) -> str:
    if key == "div":
        return str(value)
    if isinstance(value, dict) and "resourceType" in value:
        return f"<{key}>{_resource(value)}</{key}>"
    inner = value if isinstance(value, dict) else companion or {}
    attributes = {name: inner[name] for name in ("id",) if name in inner}
    if key in {"extension", "modifierExtension"}:
        attributes["url"] = inner["url"]
    if value is not None and not isinstance(value, dict):
        attributes["value"] = value if isinstance(value, str) else json.dumps(value)
    rest = {name: found for name, found in inner.items() if name not in attributes}
    text = " ".join(f"{name}={quoteattr(found)}" for name, found in attributes.items())
    return f"<{key} {text}>{_members(rest)}</{key}>"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: str(one["resourceType"]))
def test_the_same_resource_comes_back_from_xml(example: Json) -> None:
    made = read_xml(as_xml(example).encode())
    assert json.loads(made.data) == example
    # In JSON the example has the repeats of the dispensing before its validity, and may.
    rules = ["xml-order"] if example["resourceType"] == "MedicationRequest" else []
    assert [rule for rule, _ in made.faults] == rules
    assert Validator().issues(made.data) == ()


def test_what_stands_beside_a_value_in_json_comes_back() -> None:
    extension = {"url": "http://example.org/x", "valueBoolean": True}
    name = {"given": ["Ann", None, "Bea"], "_given": [None, {"extension": [extension]}, None]}
    example = {
        "resourceType": "Patient",
        "name": [{"id": "n1", **name}],
        "birthDate": "1950",
        "_birthDate": {"id": "b", "extension": [extension]},
        "_gender": {"extension": [extension]},
    }
    # The specification has gender before birthDate in XML, and no order in JSON.
    ordered = {key: example[key] for key in ("resourceType", "name", "_gender", "birthDate")}
    made = read_xml(as_xml({**ordered, "_birthDate": example["_birthDate"]}).encode())
    assert json.loads(made.data) == example
    assert made.faults == []


@pytest.mark.parametrize("lexeme", ["1.10", "0.0", "1E2", "-0", "12345678901234567890"])
def test_numbers_keep_their_digits(lexeme: str) -> None:
    text = f'<Quantity xmlns="http://hl7.org/fhir"><value value="{lexeme}"/></Quantity>'
    outer = text.replace("Quantity", "valueQuantity").replace(' xmlns="http://hl7.org/fhir"', "")
    data = f'<Observation xmlns="http://hl7.org/fhir">{outer}</Observation>'
    assert f'"value":{lexeme}'.encode() in read_xml(data.encode()).data


def tally(text: str) -> Tally:
    return Checking(Settings()).tally(Chunk("a.xml", "xml", text.encode()))


def test_an_issue_is_told_where_it_stands_in_the_xml() -> None:
    text = f'{HEAD}\n  <name>\n    <family value="Ŵ"/><use value="x"/>\n  </name>\n</Patient>'
    found = tally(text)
    (listed,) = found.listed["code-required", ""]
    line = text.split("\n")[2]
    assert (listed.line, listed.column) == (3, line.index("<use") + 1)
    assert [one.line for one in found.listed["xml-order", ""]] == [3]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('<!DOCTYPE Patient><Patient xmlns="http://hl7.org/fhir"/>', "xml-doctype"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml-doctype"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml-doctype"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><Patient/>', "xml-encoding"),
        (HEAD, "xml-syntax"),
        (f"{HEAD}&b;</Patient>", "xml-syntax"),
        ("", "xml-syntax"),
        (f"{HEAD}{'<a>' * 300}", "xml-depth"),
    ],
)
def test_what_is_no_plain_xml_is_quarantined(text: str, rule: str) -> None:
    found = tally(text)
    assert found.counts.quarantined == 1
    assert {key[1] for key in found.issues} == {rule}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<Patient/>", "xml-namespace"),
        (f'{HEAD}<a:id xmlns:a="urn:a" value="1"/></Patient>', "xml-namespace"),
        (f'{HEAD}<birthDate value="1950"/><active value="true"/></Patient>', "xml-order"),
        (f'{HEAD}<name/><active value="true"/><name/></Patient>', "xml-order"),
        (f"{HEAD}text</Patient>", "xml-text"),
        (f'{HEAD}<active value="true" colour="red"/></Patient>', "xml-attribute"),
        (f"{HEAD}<contained/></Patient>", "xml-resource"),
    ],
)
def test_what_only_xml_can_have_wrong_is_told(text: str, rule: str) -> None:
    assert rule in {key[1] for key in tally(text).issues}


@pytest.mark.parametrize(
    "profile",
    [
        "http://hl7.org/fhir/3.0/StructureDefinition/Patient",
        "https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-GPC-Patient-1",
    ],
)
def test_what_says_that_it_is_of_another_version_is_not_taken_for_r4(profile: str) -> None:
    found = tally(f'{HEAD}<meta><profile value="{profile}"/></meta></Patient>')
    assert found.counts.quarantined == 1
    assert {key[1] for key in found.issues} == {"xml-version"}


TEXT = as_xml(EXAMPLES[0]).encode()


@given(end=st.integers(0, len(TEXT) - 1))
def test_every_prefix_of_an_xml_file_is_refused(end: int) -> None:
    with pytest.raises(XmlRefused):
        read_xml(TEXT[:end])


@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 8),
    put=st.sampled_from([b"", b"<", b">", b'"', b"&", b"</", b"<a/>", b"value", b"\xff", b"\0"]),
)
def test_a_torn_text_is_refused_or_read(start: int, length: int, put: bytes) -> None:
    try:
        made = read_xml(TEXT[:start] + put + TEXT[start + length :])
    except XmlRefused:
        return
    json.loads(made.data)


# ── Narratives, which are taken as they are written ───────────────────────────────────────────────

_XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def narrative(text: str, root: str = HEAD, prefix: str = "") -> Any:
    inner = f'<{prefix}text><{prefix}status value="generated"/>{text}</{prefix}text>'
    return json.loads(read_xml(f"{root}{inner}</{prefix}Patient>".encode()).data)["text"]["div"]


@pytest.mark.parametrize(
    "div",
    [
        f"<div {_XHTML}>a<br/></div>",
        f"<div {_XHTML}>a/></div >",
        f"<div {_XHTML}/>",
        f'<div {_XHTML} title="a>b"/>',
        f"<div {_XHTML}><div>a</div></div>",
        f'<h:div {_XHTML.replace("xmlns", "xmlns:h")} title="é">a</h:div>',
    ],
)
def test_a_narrative_is_the_text_of_its_element_and_no_more(div: str) -> None:
    assert narrative(div) == div


@pytest.mark.parametrize(
    ("root", "prefix", "div", "expected"),
    [
        (
            f'<f:Patient xmlns:f="http://hl7.org/fhir" {_XHTML}>',
            "f:",
            '<div id="a">b</div>',
            f'<div {_XHTML} id="a">b</div>',
        ),
        (
            f'<Patient xmlns="http://hl7.org/fhir" {_XHTML.replace("xmlns", "xmlns:h")}>',
            "",
            "<h:div><h:b>c</h:b></h:div>",
            f"<h:div {_XHTML.replace('xmlns', 'xmlns:h')}><h:b>c</h:b></h:div>",
        ),
    ],
)
def test_a_namespace_that_is_declared_outside_a_narrative_goes_with_it(
    root: str, prefix: str, div: str, expected: str
) -> None:
    assert narrative(div, root, prefix) == expected
    text = f'{root}<{prefix}text><{prefix}status value="generated"/>{div}</{prefix}text>'
    assert tally(f"{text}</{prefix}Patient>").counts.ok == 1


_NAMES = st.sampled_from(
    ["Patient", "Bundle", "div", "text", "name", "value", "contained", "entry", "resource", "id"]
)
_NAMESPACES = st.sampled_from(["http://hl7.org/fhir", "http://www.w3.org/1999/xhtml", "urn:a"])


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(name: str, space: str, prefix: str, inside: str, is_empty: bool) -> str:
        tag, declared = (f"{prefix}:{name}", f"xmlns:{prefix}") if prefix else (name, "xmlns")
        head = f'{tag} {declared}="{space}" value="1"'
        return f"<{head}/>" if is_empty else f"<{head}>{inside}</{tag}>"

    return st.builds(made, _NAMES, _NAMESPACES, st.sampled_from(["", "f"]), inner, st.booleans())


_TREES = _element(
    st.recursive(
        st.sampled_from(["", "a"]),
        lambda t: _element(t) | st.builds("{}{}".format, t, t),
        max_leaves=6,
    )
)


@given(text=_TREES)
def test_elements_in_any_place_and_namespace_are_accounted_for(text: str) -> None:
    assert tally(text).counts.add_up
