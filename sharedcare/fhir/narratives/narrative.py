"""Narrative: well-formed XHTML with what FHIR lets in, and something to read.

Expat reads it, so the named entities of HTML, which FHIR does not have, make it no XML. A document
type, an entity of its own or a processing instruction is refused.
"""

import re
from collections.abc import Iterable
from functools import cache
from xml.parsers import expat

from sharedcare.fhir.narratives.structure import Place, attributes_of, may_hold_text, may_stand

NAMESPACE = "http://www.w3.org/1999/xhtml"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Elements that the invariant txt-1 lists, and those of HTML 4.0 that other readers let in as well.
ELEMENTS = _words(
    "p br div h1 h2 h3 h4 h5 h6 span a b em i strong small big tt dfn q var abbr acronym cite"
    " blockquote hr address bdo kbd ul ol li dl dt dd pre table caption colgroup col thead tr"
    " tfoot tbody th td code samp img map area sub sup"
)

#: Attributes that txt-1 lists, with those of XML and of maps in pictures; on any element.
ATTRIBUTES = _words(
    "abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign"
    " char charoff charset cite class colspan compact coords dir frame headers height href hreflang"
    " hspace id idref ismap lang longdesc name nohref nowrap rel rev rowspan rules scope shape span"
    " src start style summary tabindex title type usemap valign value vspace width xml:lang"
    " xml:space xmlns"
)

_RUNS = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
#: A character that an address may have.
_ADDRESS = r"[\w;?:@&=+$.,/%\-~#\[\]!'()*|]"
_NAME = re.compile(r"[a-z][a-z0-9]*")
_DATA = re.compile(r"data:[^,]*,")
#: Schemes of addresses that name something, and to which no link leads.
_NAMING = ("urn:", "cid:")
_LINKS = frozenset({"href", "src"})
_ROOT = f'div xmlns="{NAMESPACE}"'
_ENTITY_OF_XML = r"&(?:#[0-9]{1,5}|lt|gt|amp|quot|apos);"
#: Something to read between two elements.
_HAS_TEXT = re.compile(rf">\s*(?:[!-%'-;=-~]|{_ENTITY_OF_XML})|<img ")

#: Characters of a narrative that is taken apart, tags that are kept of a place, characters of one.
MAX_PLAIN, MAX_TAGS, MAX_TAG = 2**20, 64, 64


class _Tags:
    """Which tags may stand where, without their angle brackets; those that did are kept."""

    def __init__(self) -> None:
        value = r"""=(?:"[^"<&]*+"|'[^'<&]*+')"""
        self._forms = {name: re.compile(_form_of(name, value), re.ASCII) for name in ELEMENTS}
        self.is_root = re.compile(
            rf"{re.escape(_ROOT)}(?: (?:class|style|lang|xml:lang){value})*+", re.ASCII
        ).fullmatch
        self._root = Place("").inside("div")

    def stand_well(self, tags: list[str], texts: list[str]) -> bool:
        """Whether each tag after that of the root may stand where it does, and the text after it.

        They have to be well-formed, which is not looked at here.
        """
        place = self._root
        for tag, text in zip(tags[1:], texts[1:], strict=True):
            found = place.moves.get(tag) or self._moved(place, tag)
            if found is None:
                return False
            place = found
            if text and not place.holds_text and not text.isspace():
                return False
        return True

    def _moved(self, place: Place, tag: str) -> Place | None:
        """Return where a tag leads that was not met at a place; None if it may not stand there."""
        name = self._name_of(tag)
        found = place.after(name) if name else None
        if found is None or not found.is_kept or len(tag) > MAX_TAG:
            return found
        if len(place.moves) < MAX_TAGS:
            place.moves[tag] = found
        return found

    def _name_of(self, tag: str) -> str:
        """Return ``p``, ``/p`` or ``br/`` of a tag; empty if it may not stand in a narrative."""
        if tag[:1] == "/":
            return tag if tag[1:] in ELEMENTS else ""
        name = _NAME.match(tag)
        form = self._forms.get(name[0]) if name is not None else None
        if name is None or form is None or not form.fullmatch(tag):
            return ""
        return f"{name[0]}/" if tag.endswith("/") else name[0]


def _form_of(name: str, value: str) -> str:
    """Return the expression of a tag with attributes that its element may have."""
    attributes = "|".join(sorted(attributes_of(name) - _LINKS))
    link = {"a": "href", "img": "src"}.get(name)
    plain = rf"\s+(?:{attributes}){value}"
    if link is None:
        return rf"{name}(?:{plain})*+\s*/?"
    address = rf"(?!{_RUNS.pattern}|data:|urn:|cid:|#){_ADDRESS}++"
    return rf"{name}(?:{plain}|\s+{link}=\"{address}\")*+\s*/?"


@cache
def _tags() -> _Tags:
    return _Tags()


def is_plain(text: str) -> bool:
    """Whether a narrative is good at first sight; :func:`narrative_faults` tells of the others.

    Where there are as many brackets that close as open, and expat finds it well-formed, they take
    turns: every other piece between them is a tag.
    """
    if len(text) > MAX_PLAIN or not text.startswith("<"):
        return False
    pieces = text.replace(">", "<").split("<")
    tags = pieces[1::2]
    if len(pieces) != 2 * text.count("<") + 1 or _tags().is_root(tags[0]) is None:
        return False
    return (
        _tags().stand_well(tags, pieces[2::2])
        and _HAS_TEXT.search(text) is not None
        and _is_well_formed(text)
    )


def _is_well_formed(text: str) -> bool:
    try:
        expat.ParserCreate("utf-8").Parse(text.encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError):
        return False
    return True


def narrative_faults(text: str) -> list[str]:
    """Return the rules that a narrative breaks, each once.

    A link to a place that the narrative does not have breaks one; :func:`open_links` tells where it
    leads, which may be elsewhere in the resource.
    """
    return [] if is_plain(text) else thorough_faults(text)


def thorough_faults(text: str) -> list[str]:
    """Return the rules that a narrative breaks by reading all of it."""
    reading = _Reading()
    try:
        reading.read(text)
    except expat.ExpatError:
        return ["narrative-xml"]
    except UnicodeEncodeError:  # half of a surrogate pair, which is told of elsewhere
        return []
    if not reading.has_content and not reading.faults:
        reading.faults["narrative-blank" if reading.has_space else "txt-2"] = None
    if reading.links - reading.targets - {""}:
        reading.faults["narrative-target"] = None
    return list(reading.faults)


def open_links(text: str) -> set[str]:
    """Return the names of the places to which links of a good narrative lead outside of it."""
    reading = _Reading()
    reading.read(text)
    return reading.links - reading.targets - {""}


class _Reading:
    """What expat finds; faults in the order in which they come."""

    def __init__(self) -> None:
        self.faults: dict[str, None] = {}
        self.has_content = False
        self.has_space = False
        self.links: set[str] = set()
        self.targets: set[str] = set()
        self._around: list[str] = []
        self._open: dict[str, int] = {}
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ProcessingInstructionHandler = self._refuse
        self._parser = parser

    def read(self, text: str) -> None:
        """Read a whole narrative; raises ExpatError where it is not well-formed."""
        self._parser.Parse(text.encode("utf-8"), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._around:
            self._check_root(local, name, attributes)
        elif attributes.get("xmlns", NAMESPACE) != NAMESPACE:
            self.faults["narrative-root"] = None
        elif not may_stand(local, self._around[-1], self._open.keys()):
            self.faults["narrative-structure"] = None
        self._around.append(local)
        if local in ELEMENTS:
            self._open[local] = self._open.get(local, 0) + 1
        if local == "img":
            self.has_content = True
        self._check_names(local, _unbound(attributes))
        self.targets.update(attributes[key] for key in ("id", "name") if key in attributes)
        for address in (attributes[key] for key in ("href", "src") if key in attributes):
            self._check_address(local, address)

    def _check_names(self, local: str, attributes: list[str]) -> None:
        """Check that FHIR lets in an element, and its attributes on it."""
        if local not in ELEMENTS or not ATTRIBUTES.issuperset(attributes):
            self.faults["txt-1"] = None
        elif not attributes_of(local).issuperset(attributes):
            self.faults["narrative-attribute"] = None

    def _check_address(self, local: str, address: str) -> None:
        """Check where a link leads, or where a picture is."""
        is_link = local == "a"
        if _RUNS.match(address):
            self.faults["narrative-script"] = None
        elif not _is_address(address) or (is_link and address.startswith(_NAMING)):
            self.faults["narrative-link"] = None
        elif is_link and address[0] == "#":
            self.links.add(address[1:])

    def _check_root(self, local: str, name: str, attributes: dict[str, str]) -> None:
        prefix = name.rpartition(":")[0]
        bound = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns")
        if local != "div" or bound != NAMESPACE:
            self.faults["narrative-root"] = None

    def _end(self, _name: str) -> None:
        local = self._around.pop()
        if self._open.get(local) == 1:
            del self._open[local]
        elif local in self._open:
            self._open[local] -= 1

    def _text(self, text: str) -> None:
        if text.isspace():
            self.has_space = True
            return
        self.has_content = True
        if not may_hold_text(self._around[-1]):
            self.faults["narrative-structure"] = None

    def _refuse(self, *_what: object) -> None:
        self.faults["txt-1"] = None
        raise expat.ExpatError


def _is_address(text: str) -> bool:
    """Whether a text may be an address: of characters that these have, and of data with a comma."""
    if text.startswith("data:"):
        return _DATA.match(text) is not None
    return re.fullmatch(f"{_ADDRESS}+", text) is not None


def _unbound(attributes: Iterable[str]) -> list[str]:
    return [name for name in attributes if not name.startswith("xmlns")]
