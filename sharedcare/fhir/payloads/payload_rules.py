"""The rules of reading payloads, beside those of FHIR in :mod:`sharedcare.fhir.rules`."""

from sharedcare.fhir.rule import Rule
from sharedcare.fhir.rules import MAX_DEPTH, RULES
from sharedcare.reading.limits import (
    MAX_LINE_BYTES,
    MAX_PAYLOAD_VALUES,
    MAX_XML_ELEMENTS,
    MEBIBYTE,
)

LIMIT_RULES = {
    "line-too-long": Rule(
        "too-long",
        f"The line has more than {MAX_LINE_BYTES // MEBIBYTE} MiB and is left out; if it is a"
        " Bundle, write each of its resources on a line.",
    ),
    "too-many-values": Rule(
        "too-costly",
        f"The text holds more than {MAX_PAYLOAD_VALUES:,} values (in XML, {MAX_XML_ELEMENTS:,}"
        " elements) and is left out; split it.",
    ),
}

XML_UNREADABLE = {
    "xml-syntax": Rule(
        "structure", "This is not XML from here on; check tags, quotes and ampersands."
    ),
    "xml-doctype": Rule(
        "security", "A document type is declared; FHIR XML has none, and none is read. Delete it."
    ),
    "xml-encoding": Rule("structure", "FHIR XML is UTF-8; this file says it is another encoding."),
    "xml-depth": Rule("structure", f"More than {MAX_DEPTH} elements stand inside each other."),
    "xml-version": Rule(
        "not-supported", "FHIR XML is read as R4 only; give other versions of FHIR as JSON."
    ),
}

XML_RULES = {
    "xml-namespace": Rule(
        "structure", "The element is not in the namespace of FHIR, http://hl7.org/fhir."
    ),
    "xml-order": Rule("structure", "The element stands later than its definition has it."),
    "xml-text": Rule(
        "structure", "Text stands between elements; FHIR XML writes values as attributes."
    ),
    "xml-attribute": Rule("structure", "The element has an attribute that FHIR does not know."),
    "xml-resource": Rule("structure", "Inside this element one resource is expected."),
}

MODEL_RULES = {
    "model-value": Rule("value", "What stands here does not fit what the version says of it."),
}

#: All rules that an issue may name, by id; invariants of the specification come beside them.
ALL_RULES = {**RULES, **LIMIT_RULES, **XML_UNREADABLE, **XML_RULES, **MODEL_RULES}

#: Rules after which nothing of a text can be looked at: the line or document is quarantined.
UNREADABLE = frozenset(
    {"json-utf8", "json-syntax", "json-empty", "json-trailing", "json-depth", "json-control"}
    | LIMIT_RULES.keys()
    | XML_UNREADABLE.keys()
)
