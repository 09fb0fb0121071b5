"""What a resource that was found good looks like, piece by piece (see ``varying``)."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sharedcare.fhir.datatypes import (
    CHECKS_OF_TYPES,
    OF_DATA,
    URI_SYSTEM,
    check_attachment,
    check_extension,
    check_identifier,
    check_meta,
    check_quantity,
    note_reference,
)
from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.fast_lane.asked import is_looked_into, looked_into
from sharedcare.fhir.fast_lane.tokens import (
    Likenesses,
    Of,
    Sort,
    Token,
    Unlike,
    Written,
    repeated,
    tied,
)
from sharedcare.fhir.fast_lane.varying import (
    DAY,
    FORMS,
    ID,
    JUDGED,
    MOMENT,
    TEXT,
    URN,
    is_day,
    is_in_order,
    is_moment,
)
from sharedcare.fhir.hl7_profiles.vital_signs import check_vital_signs
from sharedcare.fhir.resources import FAMILIES
from sharedcare.fhir.walk import Json

#: Objects of a list that may stand in one expression.
MAX_WRITTEN_OUT = 12

#: How a text begins that has a space after each comma and colon.
SPACED = b'{"resourceType": "'

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_decode_text = msgspec.json.Decoder(str).decode
_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_RELATIVE = re.compile(rf"((?:https?://[!-~]*/)?[A-Z][A-Za-z]+/)({ID})")
_WITH_DAY = frozenset({"date", "dateTime", "instant"})
#: What decides which rules there are for others, and is the same in all that are alike.
_OF_ALL = frozenset({"resourceType", "language"})
_DECIDING = frozenset({"Extension.url", "Meta.profile"})

#: The checks of data types that ask nothing more of what varies in them (see ``varying``). Of
#: types with another check all is kept.
_MINDED = (
    check_attachment,
    check_extension,
    check_identifier,
    check_meta,
    check_quantity,
    note_reference,
)
_PROFILES = "http://hl7.org/fhir/"

#: Types of elements that are kept also where they stand in a list, and of which all that is asked
#: is asked wherever they stand.
_CONCEPTS = frozenset({"CodeableConcept", "Coding"})

#: The system of an identifier whose value may be any text.
_NO_URI_SYSTEM = rf'"(?!{URI_SYSTEM}"|#)[^"]*+"'

#: Types of elements that may lead to what is contained, and any other address.
_ADDRESSES = frozenset({"uri", "url", "canonical"})
_NO_LOCAL_ADDRESS = '"(?!#)[^"]*+"'
#: References that lead to an entry of a Bundle are noted where they are no more than that.
_NO_LOCAL_REFERENCE = '"(?!#|urn:)[^"]*+"'

#: Of these types the checks of their family look at nothing but what is kept together.
_FAMILIES_OF_THE_KEPT = {"Observation": (check_vital_signs,)}


def learn(likenesses: Likenesses, definitions: Definitions, data: bytes) -> None:
    """Add what a good resource looks like; raises Unlike where more varies than may."""
    resource = _decode(data)
    name = resource["resourceType"]
    if FAMILIES.get(name, ()) != _FAMILIES_OF_THE_KEPT.get(name, ()):
        raise Unlike
    if any(one.startswith(_PROFILES) for one in resource.get("meta", {}).get("profile", ())):
        raise Unlike
    _Maker(likenesses, definitions, resource, data).learn()


def link(likenesses: Likenesses, definitions: Definitions, data: bytes) -> None:
    """Add the elements of a good resource in their order; raises Unlike if any is in a new form.

    Where elements are bound to each other they are learnt with the resource alone.
    """
    texts = _members(data)
    name, language = _decode_text(texts["resourceType"]), None
    if name in FAMILIES or "contained" in texts:
        raise Unlike
    if "language" in texts:
        language = _decode_text(texts["language"])
    comma, colon = _spacing(data)
    beginning = f'{{"resourceType"{colon}"{name}'
    place = f"{beginning} {language}"
    elements: list[Written] = []
    for names, text in _written(texts, comma, colon):
        if not likenesses.has_form(place, names, text):
            raise Unlike
        elements.append(Written(names, [], is_bound=False, is_known=True))
    if not texts.keys().isdisjoint(looked_into(definitions, name, dict(texts))):
        raise Unlike
    likenesses.add(beginning, place, elements)


def _written(texts: dict[str, msgspec.Raw], comma: str, colon: str) -> Iterator[tuple[str, bytes]]:
    """Go through elements by the keys and the text of each; what decides for others is before."""
    before, names, text = "{", "", b""
    for key, value in texts.items():
        names, text = f"{names} {key}", text + f'{before}"{key}"{colon}'.encode() + bytes(value)
        before = comma
        if key not in _OF_ALL:
            yield names, text
            names, text = "", b""
    if names:
        yield names, text


def _spacing(data: bytes) -> tuple[str, str]:
    """Return what stands after a member of a resource, and after a key."""
    return (", ", ": ") if data.startswith(SPACED) else (",", ":")


class _Maker:
    """Goes through one resource."""

    def __init__(
        self, likenesses: Likenesses, definitions: Definitions, resource: Json, data: bytes
    ) -> None:
        self._likenesses = likenesses
        self._definitions = definitions
        self._resource = resource
        self._texts = _members(data)
        self._comma, self._colon = _spacing(data)
        self._is_of_family = resource["resourceType"] in FAMILIES
        self._tokens: list[Token] = []
        self._within_fixed = 0
        self._within_kept = 0
        self._is_contained = False
        self._language: object = resource.get("language")
        self._of = Of("", "")

    def learn(self) -> None:
        """Add what the resource looks like, and what the objects in its lists do."""
        name = self._resource["resourceType"]
        beginning = f'{{"resourceType"{self._colon}"{name}'
        place = f"{beginning} {self._language}"
        elements = list(self._elements(name, place))
        self._likenesses.add(beginning, place, elements)

    def _elements(self, name: str, place: str) -> Iterator[Written]:
        """Go through the elements of the resource; what decides for others stands before one."""
        all_asked = set(looked_into(self._definitions, name, self._resource))
        are_bound = self._is_of_family or "contained" in self._resource
        before, names, text = "{", "", b""
        for key, value in self._resource.items():
            names = f"{names} {key}"
            self._put(Sort.FIXED, f'{before}"{key}"{self._colon}')
            text += self._tokens[-1].pattern.encode() + bytes(self._texts[key])
            before = self._comma
            if key in _OF_ALL:
                self._as_it_is(value)
                continue
            is_asked = key in all_asked
            is_free = not (are_bound or is_asked)
            if is_free and self._likenesses.has_form(place, names, text):
                yield Written(names, [], is_bound=False, is_known=True)
            else:
                is_bound = self._member(name, key, value, self._resource, place, is_asked=is_asked)
                yield Written(names, self._tokens, is_bound=are_bound or is_bound)
            self._tokens, names, text = [], "", b""
        if self._tokens:
            yield Written(names, self._tokens, are_bound)

    def _put(self, sort: Sort, pattern: str, more: Any = None) -> None:
        self._tokens.append(Token(sort, pattern, more))

    def _object(self, name: str, value: Json, place: str) -> None:
        all_asked = set(looked_into(self._definitions, name, value))
        is_resource = "resourceType" in value
        self._leave_what_asks(name, value)
        before = "{"
        for key, inner in value.items():
            self._put(Sort.FIXED, f'{before}"{key}"{self._colon}')
            before = self._comma
            if (is_resource and key in _OF_ALL) or f"{name}.{key}" in _DECIDING:
                self._as_it_is(inner)
            else:
                self._member(name, key, inner, value, place, is_asked=key in all_asked)
        self._put(Sort.FIXED, "}")

    def _leave_what_asks(self, name: str, value: Json) -> None:
        """Leave an extension to the full lane that asks something of the element it stands on."""
        defined = self._definitions.extensions.get(value.get("url", ""), {})
        if name == "Extension" and defined.get("asks"):
            raise Unlike

    def _member(
        self, name: str, key: str, value: Any, holder: Json, place: str, *, is_asked: bool
    ) -> bool:
        """Take an element of an object after its key; tell whether a rule asks what it holds."""
        is_resource = "resourceType" in holder
        element = self._definitions.type_of(name).elements.get(key)
        if element is None or (key == "id" and not is_resource):
            raise Unlike
        if is_resource or "." in name:
            self._enter(element, value, is_resource)
        is_fixed = is_asked or is_looked_into(self._definitions, element, value)
        self._within_fixed += is_fixed
        self._element(name, element, value, holder, f"{place}.{key}")
        self._within_fixed -= is_fixed
        return is_fixed

    def _as_it_is(self, value: Any) -> None:
        """Take a value that decides what is asked of the others, and is the same in all texts."""
        text = json.dumps(value, ensure_ascii=False, separators=(self._comma, self._colon))
        if not text.isascii() or "\\" in text:
            raise Unlike
        self._put(Sort.FIXED, text)

    def _enter(self, element: Element, value: Any, is_resource: bool) -> None:
        """Note which element comes, and that nothing is kept across its beginning."""
        self._put(Sort.BORDER, "")
        member = element.name if is_resource and not self._is_contained else self._of.member
        is_anywhere = element.type in _CONCEPTS and b'"extension"' not in _encode(value)
        kind = f"{element.type} {element.codes} {self._language}" if is_anywhere else ""
        self._of = Of(member, kind)

    def _element(self, owner: str, element: Element, value: Any, holder: Json, place: str) -> None:
        if element.type == "Resource" and element.name != "contained":
            raise Unlike
        if not element.is_list:
            self._one(owner, element, value, holder, place)
        elif element.is_primitive or element.type in _CONCEPTS or self._is_bound(value, place):
            self._written_out(owner, element, value, holder, place)
        else:
            self._apart(owner, element, value, holder, place)

    def _is_bound(self, values: list[Any], place: str) -> bool:
        """Whether the objects of a list are kept with the rest: what they say depends on it."""
        if self._is_of_family or self._is_contained or self._within_fixed:
            return True
        is_deep = place.count(".") > 1 or place.endswith(".contained")
        return is_deep or ("contained" in self._resource and b'"#' in _encode(values))

    def _written_out(
        self, owner: str, element: Element, values: list[Any], holder: Json, place: str
    ) -> None:
        if len(values) > MAX_WRITTEN_OUT:
            raise Unlike
        before = "["
        for value in values:
            self._put(Sort.FIXED, before)
            before = self._comma
            self._one(owner, element, value, holder, place)
        self._put(Sort.FIXED, "]")

    def _apart(
        self, owner: str, element: Element, values: list[Any], holder: Json, place: str
    ) -> None:
        """Add what each object of a list looks like, unless one expression does for all."""
        tokens, items = self._tokens, []
        for value in values:
            self._tokens = []
            self._one(owner, element, value, holder, place)
            items.append(self._tokens)
        self._tokens = tokens
        simple = repeated(items, self._comma)
        if simple is not None:
            self._tokens.append(simple)
            return
        for item in items:
            self._likenesses.add_object(place, item)
        self._put(Sort.LIST, "", self._likenesses.objects_at(place))

    def _one(self, owner: str, element: Element, value: Any, holder: Json, place: str) -> None:
        if element.is_primitive:
            self._primitive(owner, element, value, holder)
        elif element.type == "Resource":
            self._contained(value, place)
        elif element.type == "Attachment" and "data" in value and value.keys() & OF_DATA:
            raise Unlike
        elif self._within_fixed or self._within_kept:
            self._object(element.type, value, place)
        elif element.type == "Reference" and value.keys() <= {"reference", "display"}:
            self._reference(element, value)
        elif element.type == "Period" and _has_moments(value):
            start, end = f'"start"{self._colon}{MOMENT}', f'"end"{self._colon}{MOMENT}'
            self._put(Sort.JUDGED, rf"\{{{start}{self._comma}{end}\}}", is_in_order)
        else:
            self._data_type(element.type, value, place)

    def _data_type(self, name: str, value: Json, place: str) -> None:
        """Take an object; where it has a check of its own, what is kept of it is kept together."""
        check, start = CHECKS_OF_TYPES.get(name), len(self._tokens)
        is_minded = check is None or check in _MINDED
        self._within_kept += not is_minded
        self._object(name, value, place)
        self._within_kept -= not is_minded
        if check is not None:
            self._tokens[start:] = tied(self._tokens[start:])

    def _contained(self, value: Json, place: str) -> None:
        """Take what is contained, with its id: others refer to that."""
        if value["resourceType"] in FAMILIES or "contained" in value:
            raise Unlike
        outer = self._language, self._of
        self._is_contained, self._language = True, value.get("language")
        self._object(value["resourceType"], value, place)
        self._is_contained = False
        self._language, self._of = outer

    def _reference(self, element: Element, value: Json) -> None:
        before = "{"
        for key in value:
            self._put(Sort.FIXED, f'{before}"{key}"{self._colon}')
            before = self._comma
            if key == "display":
                self._put(Sort.VARYING, TEXT)
            else:
                self._address(element, value["reference"])
        self._put(Sort.FIXED, "}")

    def _address(self, element: Element, address: str) -> None:
        if re.fullmatch(URN, address):
            targets = frozenset(element.targets) or self._definitions.resource_types
            self._put(Sort.LEAD, f'"{URN}"', targets)
        elif found := _RELATIVE.fullmatch(address):
            self._put(Sort.FIXED, f'"{found[1]}')
            self._put(Sort.VARYING, f'{ID}"')
        else:
            self._keep_address(address, _NO_LOCAL_REFERENCE)

    def _keep_address(self, address: str, pattern: str) -> None:
        """Keep an address; one of what is contained is the same in all texts, with the id there."""
        if address.startswith("#"):
            self._as_it_is(address)
        elif re.fullmatch(pattern, f'"{address}"'):
            self._keep(address, pattern)
        else:
            raise Unlike

    def _primitive(self, owner: str, element: Element, value: Any, holder: Json) -> None:
        place = f"{owner}.{element.name}"
        if element.type == "id" and self._is_contained:
            self._as_it_is(value)
        elif place == "Identifier.system" and value != URI_SYSTEM:
            self._keep(value, _NO_URI_SYSTEM)
        elif place == "Reference.reference" or element.type in _ADDRESSES:
            is_uri = element.type in _ADDRESSES
            self._keep_address(value, _NO_LOCAL_ADDRESS if is_uri else _NO_LOCAL_REFERENCE)
        elif self._is_kept(place, element, holder):
            self._keep(value)
        elif element.type == "id":
            self._put(Sort.VARYING, f'"{ID}"')
        elif element.type in FORMS:
            self._put(Sort.VARYING, FORMS[element.type])
        elif element.type in JUDGED:
            self._put(Sort.JUDGED, *JUDGED[element.type])
        elif element.type in _WITH_DAY and "T" in value:
            self._put(Sort.JUDGED, MOMENT, is_moment)
        elif element.type in _WITH_DAY and len(value) == len("YYYY-MM-DD"):
            self._put(Sort.JUDGED, DAY, is_day)
        else:
            self._keep(value)

    def _is_kept(self, place: str, element: Element, holder: Json) -> bool:
        """Whether a primitive is kept whatever its type."""
        if self._within_fixed or self._within_kept or element.codes is not None:
            return True
        return place == "Identifier.value" and holder.get("system") == URI_SYSTEM

    def _keep(self, value: Any, text: str = '"[^"]*+"') -> None:
        is_bound = self._within_fixed or self._is_of_family
        pattern = text if isinstance(value, str) else r"(?:true|false|-?[0-9.]{1,40}+)"
        self._put(Sort.TOGETHER if is_bound else Sort.ALONE, pattern, self._of)


def _has_moments(period: Json) -> bool:
    return list(period) == ["start", "end"] and all("T" in one for one in period.values())
