"""From a file to a statement: JSON or XML, STU3, R4, R4B or R5."""

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec

from sharedcare.errors import InputRefused
from sharedcare.fhir.capability.statement import Interface, Served, Statement, printable
from sharedcare.fhir.harmonise.resources import MISSHAPEN
from sharedcare.fhir.harmonise.versions import version_by_number
from sharedcare.fhir.harmonise.xml_documents import mended
from sharedcare.fhir.json_texts.as_written import read_json
from sharedcare.fhir.payloads.xml_resource import XmlRefused, read_xml
from sharedcare.places import Fault, Place
from sharedcare.reading import Source

_TORN = "this is neither JSON nor XML that is read; save what the server gives under /metadata"
_OTHER = (
    "this is no CapabilityStatement; save what the server gives under /metadata; the Conformance of"
    " DSTU2 is not read"
)
_MISSHAPEN = "its elements are not shaped as FHIR has them; sharedcare validate says which"
_NO_VERSION = "fhirVersion is missing or is none of STU3, R4, R4B and R5 (3.0.x, 4.x, 5.0.x)"

Json = dict[str, Any]


def read_statement(source: Source) -> Statement:
    """Read a CapabilityStatement; raises InputRefused where it is none, with its place."""
    resource = _resource(source)
    if not isinstance(resource, dict) or resource.get("resourceType") != "CapabilityStatement":
        raise _refused(source, "NOT_A_STATEMENT", _OTHER)
    version = version_by_number(resource.get("fhirVersion"))
    if version is None or version == "DSTU2":
        raise _refused(source, "NO_FHIR_VERSION", _NO_VERSION)
    try:
        return _statement(source.name, resource, version)
    except MISSHAPEN:
        raise _refused(source, "NOT_A_STATEMENT", _MISSHAPEN) from None


def _resource(source: Source) -> object:
    if source.data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        try:
            return mended(msgspec.json.decode(read_xml(source.data).data))
        except XmlRefused as refused:
            raise _refused(source, "NOT_A_STATEMENT", _TORN, refused.byte) from None
    text = read_json(source.data)
    if not text.is_readable or text.faults:
        raise _refused(source, "NOT_A_STATEMENT", _TORN, text.fault_at)
    return text.value


def _refused(source: Source, code: str, said: str, at: int = 0) -> InputRefused:
    line = source.data.count(b"\n", 0, at) + 1
    column = at - source.data.rfind(b"\n", 0, at)
    fault = Fault(Place(source.name, line, column), code, said)
    return InputRefused(f"{source.name} cannot be used as a CapabilityStatement", (fault,))


def _statement(name: str, found: Json, version: str) -> Statement:
    software: Json = found.get("software", {})
    rest = _many(found.get("rest"))
    supported = _addresses(found.get("profile")) if version == "STU3" else ()
    documents, messages = _many(found.get("document")), _many(found.get("messaging"))
    return Statement(
        source=name,
        number=printable(str(found["fhirVersion"])),
        version=version,
        kind=_text(found.get("kind")),
        title=_text(found.get("title")) or _text(found.get("name")),
        url=_text(found.get("url")),
        date=_day(_text(found.get("date"))),
        software=_text(software.get("name")),
        software_version=_text(software.get("version")),
        formats=_texts(found.get("format")),
        guides=_addresses(found.get("implementationGuide")),
        server=_interface(rest, "server", supported),
        client=_interface(rest, "client", ()),
        sends=_messages(messages, "sender"),
        receives=_messages(messages, "receiver"),
        makes=_documents(documents, "producer"),
        reads=_documents(documents, "consumer"),
    )


def _interface(rest: list[Any], mode: str, supported: tuple[str, ...]) -> Interface | None:
    """Everything that is said of one mode, put together; None where nothing is."""
    parts = [one for one in rest if one.get("mode") == mode]
    if not parts:
        return None
    types: dict[str, Served] = {}
    for part in parts:
        for resource in _many(part.get("resource")):
            one = _served(resource, supported)
            types[one.type] = _together(types[one.type], one) if one.type in types else one
    security = [part["security"] for part in parts if "security" in part]
    return Interface(
        tuple(types.values()),
        _unique(_codes(part.get("interaction")) for part in parts),
        _unique(_operations(part.get("operation")) for part in parts),
        _unique(_services(one) for one in security),
    )


def _served(resource: Json, supported: tuple[str, ...]) -> Served:
    """One type; of STU3 the profiles that the statement as a whole names are looked through."""
    type_ = resource["type"]
    profiles = _addresses(resource.get("profile")) + _addresses(resource.get("supportedProfile"))
    of_whole = (address for address in supported if _is_about(address, type_))
    return Served(
        printable(str(type_)),
        _codes(resource.get("interaction")),
        tuple(printable(str(one["name"])) for one in _many(resource.get("searchParam"))),
        tuple(dict.fromkeys((*filter(_says_more, profiles), *of_whole))),
        _operations(resource.get("operation")),
    )


def _says_more(address: str) -> bool:
    """Whether a profile says more than the resource type itself does."""
    return not address.startswith("http://hl7.org/fhir/StructureDefinition/") or "-" in address


def _is_about(address: str, type_: str) -> bool:
    """Whether the name of a profile holds that of the type: ``CareConnect-Condition-1``."""
    return type_ in address.rsplit("/", 1)[-1].split("-")


def _together(one: Served, other: Served) -> Served:
    return Served(
        one.type,
        _unique((one.interactions, other.interactions)),
        _unique((one.searches, other.searches)),
        _unique((one.profiles, other.profiles)),
        _unique((one.operations, other.operations)),
    )


def _unique(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in parts for word in part))


def _services(security: Json) -> tuple[str, ...]:
    """The words for how others are let in: codes, else texts."""
    found = []
    for service in _many(security.get("service")):
        codes = [_text(coding.get("code")) for coding in _many(service.get("coding"))]
        found += [code for code in codes if code] or list(_texts(service.get("text")))
    return tuple(found)


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(printable(str(one["code"])) for one in _many(value))


def _operations(value: Any) -> tuple[str, ...]:
    return tuple(printable(str(one["name"])).removeprefix("$") for one in _many(value))


def _messages(messaging: list[Any], mode: str) -> tuple[str, ...]:
    """What is sent or received: definitions, in STU3 codes of events too."""
    found: list[str] = []
    for one in messaging:
        for message in _many(one.get("supportedMessage")):
            found += _addresses(message["definition"]) if message["mode"] == mode else ()
        for event in _many(one.get("event")):
            found += [printable(str(event["code"]["code"]))] if event["mode"] == mode else []
    return tuple(dict.fromkeys(found))


def _documents(documents: list[Any], mode: str) -> tuple[str, ...]:
    found = [one for one in documents if one["mode"] == mode]
    return _unique(_addresses(one.get("profile")) for one in found)


def _addresses(value: Any) -> tuple[str, ...]:
    """Canonical addresses; in STU3 references hold them."""
    found = (one.get("reference") if isinstance(one, dict) else one for one in _many(value))
    return tuple(printable(str(one)) for one in found if one)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(printable(str(one)) for one in _many(value))


def _many(value: Any) -> list[Any]:
    """A list, whatever is there: the reader of XML cannot know what repeats in other versions."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    """What must be a text where it is there, on one line, without what cannot be seen."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError
    return printable(value) or None


def _day(text: str | None) -> str | None:
    """The day of a date with or without a time; None for a month or a year, or for what is none."""
    try:
        return datetime.date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None
