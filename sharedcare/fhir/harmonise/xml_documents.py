"""FHIR XML of any version, measured as the JSON of the same resource would be.

The guarded reader of XML knows the definitions of R4. Of what other versions name otherwise it
cannot know what is a list and what a code; the few of these that are looked at are mended here.
"""

from typing import Any

import msgspec

from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.resources import Measuring, Settings
from sharedcare.fhir.harmonise.shapes import NOT_DONE
from sharedcare.fhir.payloads.xml_resource import XmlRefused, read_xml

#: Elements that repeat wherever they stand, in every version.
_LISTS = frozenset(("coding", "extension", "modifierExtension"))

#: Codes of older versions that have become codings or concepts.
_CODES = frozenset(("class", "clinicalStatus", "type", "verificationStatus"))

#: What may stand beside a simple value; anything else makes it no simple value.
_BESIDE = frozenset(("id", "extension"))

_TRUTHS = {"true": True, "false": False}


def measure_xml(data: bytes, settings: Settings, file: str = "") -> Counters:
    """Measure one document in XML: a pure function."""
    measuring = Measuring(settings)
    try:
        made = read_xml(data)
    except XmlRefused as refused:
        measuring.counters.read = 1
        line = data.count(b"\n", 0, refused.byte) + 1
        measuring.quarantine(file, line, _REASONS.get(refused.rule, "not_xml"))
        return measuring.ended()
    root = min((byte for rule, byte in made.faults if rule == "xml-namespace"), default=-1)
    is_fhir = root < 0 or root > made.byte_in_xml(0)
    value = mended(msgspec.json.decode(made.data)) if is_fhir else None
    measuring.document(value, file, 1)
    return measuring.ended()


_REASONS = {"too-many-values": "too_many_values"}


def mended(value: Any, key: str = "") -> Any:
    """What the definitions of R4 could not tell of elements that other versions have."""
    if isinstance(value, list):
        return [mended(one, key) for one in value]
    if isinstance(value, dict):
        if key in _CODES and isinstance(value.get("value"), str):
            return value["value"]
        made = {_name(name, inner): inner for name, inner in value.items()}
        return {name: _listed(name, mended(inner, name)) for name, inner in made.items()}
    return _TRUTHS.get(value, value) if key in NOT_DONE and isinstance(value, str) else value


def _name(name: str, value: Any) -> str:
    """The name of an element that is a simple value in R4 and holds others here."""
    is_whole = name.startswith("_") and isinstance(value, dict) and value.keys() - _BESIDE
    return name[1:] if is_whole else name


def _listed(name: str, value: Any) -> Any:
    return [value] if name in _LISTS and not isinstance(value, list) else value
