"""FHIR XML to the JSON of the same resource, so that one validator serves both.

The JSON text is written with a list that says where each of its parts stood in the XML, so that an
issue found in the one is told in the other. Numbers keep their digits. What JSON cannot show, such
as the order of elements, is told here, by rules of its own.

The reader is expat. A document type is refused before anything in it is read, so no entity is ever
declared, and nothing outside the text is looked at.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from sharedcare.fhir.definitions import Definitions, Element, TypeDefinition, r4
from sharedcare.fhir.rules import MAX_DEPTH
from sharedcare.reading.limits import MAX_XML_ELEMENTS

NAMESPACE = "http://hl7.org/fhir"
_XHTML = "http://www.w3.org/1999/xhtml"

_TAG = re.compile(rb"<([^\s/>]+)")

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
#: What a resource of a type that R4 does not have is read as: what all have in common.
_ANY_RESOURCE = "DomainResource"

_NUMERIC = frozenset({"decimal", "integer", "positiveInt", "unsignedInt"})


class XmlRefused(Exception):
    """The text is not taken as XML: by which rule, and the byte where it breaks it."""

    def __init__(self, rule: str, byte: int) -> None:
        super().__init__(rule)
        self.rule, self.byte = rule, byte


@dataclass(slots=True, eq=False)
class _Node:
    name: str
    namespace: str
    attributes: dict[str, str]
    at: int
    children: list["_Node"] = field(default_factory=list)
    text_at: int = -1
    source: str = ""

    @property
    def value(self) -> str | None:
        """The value of a primitive, which is the text itself of a narrative."""
        return self.source or self.attributes.get("value")

    @property
    def has_companion(self) -> bool:
        """Whether a primitive has an id or extensions beside its value."""
        return not self.source and bool(self.children or "id" in self.attributes)


_Write = Callable[[_Node], None]


@dataclass(slots=True)
class XmlResource:
    """The JSON text, what XML alone shows wrong (rule and byte of the XML), and the places."""

    data: bytes
    faults: list[tuple[str, int]]
    _starts: list[int]
    _bytes: list[int]

    def byte_in_xml(self, byte: int) -> int:
        """Return the byte of the XML from which a byte of the JSON text comes."""
        found = bisect_right(self._starts, byte) - 1
        return self._bytes[found] if found >= 0 else 0


def read_xml(data: bytes) -> XmlResource:
    """Read one R4 resource in FHIR XML; raises XmlRefused."""
    return _Writing(r4()).resource(_Tree(data).root())


class _Tree:
    """A guarded tree of elements that know their bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack: list[_Node] = []
        self._root: _Node | None = None
        self._count = self._inside_div = 0
        self._prefixes: set[str] = set()  # those that the element declares which begins next
        self._is_declared = False
        parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        self._parser = parser

    def root(self) -> _Node:
        """Read the text and return its outermost element."""
        if self._data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise XmlRefused("xml-encoding", 0)
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError:
            at = max(self._parser.ErrorByteIndex, 0)
            raise XmlRefused("xml-syntax", at) from None
        if self._root is None:
            raise XmlRefused("xml-syntax", 0)
        return self._root

    @property
    def _at(self) -> int:
        return self._parser.CurrentByteIndex

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in {"UTF-8", "UTF8", "US-ASCII"}:
            raise XmlRefused("xml-encoding", self._at)

    def _doctype(self, *_said: object) -> None:
        raise XmlRefused("xml-doctype", self._at)

    def _namespace(self, prefix: str | None, _uri: str) -> None:
        self._prefixes.add(prefix or "")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        declared, self._prefixes = self._prefixes, set()
        self._count += 1
        if self._count > MAX_XML_ELEMENTS:
            raise XmlRefused("too-many-values", self._at)
        if self._inside_div:
            self._inside_div += 1
            return
        if len(self._stack) >= MAX_DEPTH:
            raise XmlRefused("xml-depth", self._at)
        namespace, _, local = name.rpartition(" ")
        node = _Node(local, namespace, attributes, self._at)
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self._root = node
        self._stack.append(node)
        self._inside_div = int(local == "div" and namespace in {_XHTML, NAMESPACE})
        if self._inside_div:
            self._is_declared = _prefix_of(self._tag(node)) in declared

    def _end(self, _name: str) -> None:
        if self._inside_div > 1:
            self._inside_div -= 1
            return
        node = self._stack.pop()
        if self._inside_div:
            self._inside_div = 0
            node.source = self._narrative(node)

    def _narrative(self, div: _Node) -> str:
        """Return a narrative as it is written, with its namespace, which may be declared outside.

        Where an element is empty, expat tells of its end behind it.
        """
        tag, at = self._tag(div), self._at
        if self._data.startswith(b"</" + tag, at):
            at = self._data.index(b">", at) + 1
        source = self._data[div.at : at].decode("utf-8")
        if self._is_declared or div.namespace != _XHTML:
            return source
        prefix, begun = _prefix_of(tag), 1 + len(tag.decode("utf-8"))
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        return f'{source[:begun]} {name}="{_XHTML}"{source[begun:]}'

    def _tag(self, node: _Node) -> bytes:
        """Return the name of an element as it is written."""
        found = _TAG.match(self._data, node.at)
        return found[1] if found else b""

    def _text(self, text: str) -> None:
        if not self._inside_div and self._stack and text.strip():
            self._stack[-1].text_at = self._at


class _Writing:
    """Writes the JSON text, and where each part of it came from."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._bytes: list[int] = []
        self._faults: list[tuple[str, int]] = []
        self._orders: dict[str, dict[str, int]] = {}

    def resource(self, node: _Node) -> XmlResource:
        self._resource(node)
        data = "".join(self._parts).encode("utf-8", "surrogatepass")
        return XmlResource(data, self._faults, self._starts, self._bytes)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text) if text.isascii() else len(text.encode("utf-8"))

    def _mark(self, node: _Node) -> None:
        self._starts.append(self._length)
        self._bytes.append(node.at)

    def _key(self, name: str, node: _Node) -> None:
        self._mark(node)
        self._put(f"{json.dumps(name, ensure_ascii=False)}:")

    def _resource(self, node: _Node) -> None:
        if node.namespace != NAMESPACE:
            self._faults.append(("xml-namespace", node.at))
        self._mark(node)
        self._put("{")
        self._key("resourceType", node)
        self._put(json.dumps(node.name, ensure_ascii=False))
        is_known = node.name in self._definitions.resource_types
        definition = self._definitions.type_of(node.name if is_known else _ANY_RESOURCE)
        self._attributes(node, frozenset(), first=False)
        self._members(node, definition, first=False)
        self._put("}")

    def _attributes(self, node: _Node, taken: frozenset[str], first: bool) -> bool:
        """Write id and url, and tell of attributes that are not known; return what is first."""
        if node.text_at >= 0:
            self._faults.append(("xml-text", node.text_at))
        for name, value in node.attributes.items():
            if name in taken:
                self._put("" if first else ",")
                self._key(name, node)
                self._put(json.dumps(value, ensure_ascii=False))
                first = False
            elif name != "value" and " " not in name:  # with a namespace they may stand
                self._faults.append(("xml-attribute", node.at))
        return first

    def _members(self, node: _Node, definition: TypeDefinition | None, first: bool) -> None:
        self._tell_order(node.children, definition)
        for name, group in _grouped(node.children).items():
            element = definition.elements.get(name) if definition else None
            self._put("" if first else ",")
            first = False
            self._element(name, element, group)

    def _tell_order(self, children: list[_Node], definition: TypeDefinition | None) -> None:
        """Tell of elements of another namespace, or not where the definition has them."""
        if not children:
            return
        order = self._order(definition) if definition else {}
        last, before = -1, ""
        seen: set[str] = set()
        for child in children:
            if child.namespace != NAMESPACE and not child.source:
                self._faults.append(("xml-namespace", child.at))
            at = order.get(child.name, last)
            if at < last or (child.name != before and child.name in seen):
                self._faults.append(("xml-order", child.at))
            last, before = max(at, last), child.name
            seen.add(child.name)

    def _order(self, definition: TypeDefinition) -> dict[str, int]:
        if definition.name not in self._orders:
            names = enumerate(definition.elements)
            self._orders[definition.name] = {name: at for at, name in names}
        return self._orders[definition.name]

    def _element(self, name: str, element: Element | None, group: list[_Node]) -> None:
        is_list = len(group) > 1 or (element is not None and element.is_list)
        is_primitive = (
            element.is_primitive if element else all(node.value is not None for node in group)
        )
        if is_primitive:
            self._primitives(name, element, group, is_list)
            return
        self._key(name, group[0])
        self._several([*group], is_list, element)

    def _several(self, group: list[_Node], is_list: bool, element: Element | None) -> None:
        self._put("[" if is_list else "")
        for position, node in enumerate(group):
            self._put("," if position else "")
            self._complex(node, element)
        self._put("]" if is_list else "")

    def _complex(self, node: _Node, element: Element | None) -> None:
        if element is not None and element.type == "Resource":
            self._wrapped(node)
            return
        self._mark(node)
        self._put("{")
        is_extension = element is not None and element.type == "Extension"
        taken = frozenset({"id", "url"} if is_extension else {"id"})
        first = self._attributes(node, taken, first=True)
        if "value" in node.attributes:
            self._put("" if first else ",")
            self._key("value", node)
            self._put(json.dumps(node.attributes["value"], ensure_ascii=False))
            first = False
        self._members(node, self._definition(element), first)
        self._put("}")

    def _definition(self, element: Element | None) -> TypeDefinition | None:
        return self._definitions.type_of(element.type) if element else None

    def _wrapped(self, node: _Node) -> None:
        """Write the resource inside an element such as contained."""
        self._attributes(node, frozenset(), first=True)
        if len(node.children) != 1:
            self._faults.append(("xml-resource", node.at))
        if node.children:
            self._resource(node.children[0])
        else:
            self._put("{}")

    def _primitives(
        self, name: str, element: Element | None, group: list[_Node], is_list: bool
    ) -> None:
        """Write values, and beside them their ids and extensions, which JSON keeps apart."""
        has_companions = any(node.has_companion for node in group)
        for node in group:
            if not node.has_companion and not node.source:
                self._attributes(node, frozenset(), first=True)
        if not has_companions or any(node.value is not None for node in group):
            self._key(name, group[0])
            self._listed(group, is_list, lambda node: self._put(_lexeme(node, element)))
            self._put("," if has_companions else "")
        if has_companions:
            self._key(f"_{name}", group[0])
            self._listed(group, is_list, self._companion)

    def _listed(self, group: list[_Node], is_list: bool, write: _Write) -> None:
        self._put("[" if is_list else "")
        for position, node in enumerate(group):
            self._put("," if position else "")
            self._mark(node)
            write(node)
        self._put("]" if is_list else "")

    def _companion(self, node: _Node) -> None:
        if not node.has_companion:
            self._put("null")
            return
        self._put("{")
        first = self._attributes(node, frozenset({"id"}), first=True)
        self._members(node, self._definitions.type_of("Element"), first)
        self._put("}")


def _prefix_of(tag: bytes) -> str:
    return tag.rpartition(b":")[0].decode("utf-8")


def _grouped(children: list[_Node]) -> dict[str, list[_Node]]:
    """Return children by name, in the order of the first of each."""
    groups: dict[str, list[_Node]] = {}
    for child in children:
        groups.setdefault(child.name, []).append(child)
    return groups


def _lexeme(node: _Node, element: Element | None) -> str:
    """Return a value as JSON writes it: numbers and booleans bare where they are such."""
    value = node.value
    if value is None:
        return "null"
    type_ = element.type if element else ""
    if type_ in _NUMERIC and _NUMBER.fullmatch(value):
        return value
    if type_ == "boolean" and value in {"true", "false"}:
        return value
    return json.dumps(value, ensure_ascii=False)
