"""Narrative: well-formed XHTML with what FHIR lets in, and something to read.

Expat reads it. A document type, an entity of its own or a processing instruction is refused; the
named entities of HTML that FHIR allows are put in place of themselves first.
"""

import re
from functools import cache
from html.entities import name2codepoint
from xml.parsers import expat

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

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = {"lt", "gt", "amp", "quot", "apos"}
_RUNS = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_SPACED = re.compile(r"[\s<>\"]")
_DATA = re.compile(r"data:[^,]*,")
_LINKS = frozenset({"href", "src", "xmlns"})
_ROOT = f'div xmlns="{NAMESPACE}"'
_ENTITY_OF_XML = r"&(?:#[0-9]{1,5}|lt|gt|amp|quot|apos);"
#: Something to read between two elements.
_HAS_TEXT = re.compile(rf">\s*(?:[!-%'-;=-~]|{_ENTITY_OF_XML})|<img ")

#: Characters of a narrative that is taken apart, tags that are kept, characters of one of them.
MAX_PLAIN, MAX_TAGS, MAX_TAG = 2**20, 1024, 64


class _Tags:
    """Which tags FHIR lets in, without their angle brackets; those that were met are kept."""

    def __init__(self) -> None:
        value = r"""=(?:"[^"<&]*+"|'[^'<&]*+')"""
        names, attributes = "|".join(sorted(ELEMENTS)), "|".join(sorted(ATTRIBUTES - _LINKS))
        self._is_one = re.compile(
            rf"(?:{names})(?:\s+(?:{attributes}){value}"
            rf"|\s+(?:href|src)=\"(?!{_RUNS.pattern}|data:)[^\"<>&\s]++\")*+\s*/?",
            re.ASCII,
        ).fullmatch
        self.is_root = re.compile(
            rf"{re.escape(_ROOT)}(?: (?:class|style|lang|xml:lang){value})*+", re.ASCII
        ).fullmatch
        self._known = {f"{mark}{name}" for name in ELEMENTS for mark in ("", "/")}

    def has_all(self, tags: list[str]) -> bool:
        """Whether all tags may stand in a narrative."""
        if self._known.issuperset(tags):
            return True
        new = set(tags) - self._known
        if not all(map(self._is_one, new)):
            return False
        if len(self._known) < MAX_TAGS:
            self._known.update(tag for tag in new if len(tag) <= MAX_TAG)
        return True


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
    is_even = len(pieces) == 2 * text.count("<") + 1
    return (
        is_even
        and _tags().is_root(tags[0]) is not None
        and _tags().has_all(tags[1:])
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
    """Return the rules that a narrative breaks, each once."""
    if is_plain(text):
        return []
    reading = _Reading()
    try:
        reading.read(_ENTITY.sub(_spelt_out, text))
    except expat.ExpatError:
        return ["narrative-xml"]
    except UnicodeEncodeError:  # half of a surrogate pair, which is told of elsewhere
        return []
    if not reading.has_content and not reading.faults:
        reading.faults["narrative-blank" if reading.has_space else "txt-2"] = None
    return list(reading.faults)


class _Reading:
    """What expat finds; faults in the order in which they come."""

    def __init__(self) -> None:
        self.faults: dict[str, None] = {}
        self.has_content = False
        self.has_space = False
        self._depth = 0
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
        self._depth += 1
        local = name.rpartition(":")[2]
        if self._depth == 1:
            self._check_root(local, name, attributes)
        elif attributes.get("xmlns", NAMESPACE) != NAMESPACE:
            self.faults["narrative-root"] = None
        if local == "img":
            self.has_content = True
        if local not in ELEMENTS or not ATTRIBUTES.issuperset(_unbound(attributes)):
            self.faults["txt-1"] = None
        for address in (attributes[key] for key in ("href", "src") if key in attributes):
            if _RUNS.match(address):
                self.faults["narrative-script"] = None
            elif not _is_address(address):
                self.faults["narrative-link"] = None

    def _check_root(self, local: str, name: str, attributes: dict[str, str]) -> None:
        prefix = name.rpartition(":")[0]
        bound = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns")
        if local != "div" or bound != NAMESPACE:
            self.faults["narrative-root"] = None

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _text(self, text: str) -> None:
        if text.isspace():
            self.has_space = True
        else:
            self.has_content = True

    def _refuse(self, *_what: object) -> None:
        self.faults["txt-1"] = None
        raise expat.ExpatError


def _is_address(text: str) -> bool:
    """Whether a text may be an address: not empty, without spaces, and of data with a comma."""
    if not text.strip() or _SPACED.search(text.strip()):
        return False
    return not text.startswith("data:") or _DATA.match(text) is not None


def _unbound(attributes: dict[str, str]) -> list[str]:
    return [name for name in attributes if not name.startswith("xmlns:")]


def _spelt_out(found: re.Match[str]) -> str:
    """Replace a named entity of HTML by its number; XML's own stand, and unknown ones too."""
    name = found[1]
    if name in _OF_XML or name not in name2codepoint:
        return found[0]
    return f"&#{name2codepoint[name]};"
