"""Narrative: well-formed XHTML with what FHIR lets in, and something to read.

Expat reads it. A document type, an entity of its own or a processing instruction is refused; the
named entities of HTML that FHIR allows are put in place of themselves first.
"""

import re
from collections.abc import Callable
from functools import cache
from html.entities import name2codepoint
from xml.parsers import expat

NAMESPACE = "http://www.w3.org/1999/xhtml"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Elements of chapters 7 to 11 and 15 of HTML 4.0, images and links, by the specification.
ELEMENTS = _words(
    "p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite"
    " blockquote hr address bdo kbd ul ol li dl dt dd pre table caption colgroup col thead tr"
    " tfoot tbody th td code samp img map area sub sup ins del center u s strike"
)

#: Attributes that any element may have.
COMMON = _words("title style class id idref lang xml:lang xml:space dir accesskey tabindex xmlns")

ATTRIBUTES = {
    "a": "charset type name href hreflang rel rev shape coords target",
    "q": "cite",
    "blockquote": "cite",
    "ins": "cite datetime",
    "del": "cite datetime",
    "ul": "type compact",
    "ol": "type compact start",
    "dl": "compact",
    "li": "value type",
    "pre": "width",
    "hr": "align noshade size width",
    "div": "align",
    "p": "align",
    "h1": "align",
    "h2": "align",
    "h3": "align",
    "h4": "align",
    "h5": "align",
    "h6": "align",
    "br": "clear",
    "img": "src alt longdesc height width usemap ismap name align border hspace vspace",
    "map": "name",
    "area": "shape coords href nohref alt target",
    "table": "align bgcolor width border frame rules cellspacing cellpadding summary",
    "caption": "align",
    "colgroup": "span align width valign char charoff",
    "col": "span align width valign char charoff",
    "thead": "align char charoff valign",
    "tfoot": "align char charoff valign",
    "tbody": "align char charoff valign",
    "tr": "align char charoff valign bgcolor",
    "th": "abbr axis headers scope rowspan colspan align char charoff valign nowrap width height"
    " bgcolor",
    "td": "abbr axis headers scope rowspan colspan align char charoff valign nowrap width height"
    " bgcolor",
}
ALLOWED = {name: COMMON | _words(ATTRIBUTES.get(name, "")) for name in ELEMENTS}

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = {"lt", "gt", "amp", "quot", "apos"}
_RUNS = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_LINKS = frozenset({"href", "src", "xmlns"})
_USUAL = ("td", "p", "b", "tr", "br", "a", "div", "span", "li", "table", "th", "ul", "tbody")
#: Something to read between two elements.
_HAS_TEXT = re.compile(r">\s*[!-;=-~]|<img ")


def _rank(name: str) -> tuple[int, str]:
    """Put the elements that are met most first, where a pattern tries one after another."""
    return (_USUAL.index(name) if name in _USUAL else len(_USUAL), name)


def _plain_pattern() -> re.Pattern[str]:
    """Text and elements that FHIR lets in, without regard to how they are nested."""
    groups: dict[frozenset[str], list[str]] = {}
    for name in sorted(ALLOWED, key=_rank):
        allowed = ALLOWED[name]
        groups.setdefault(allowed, []).append(name)
    value = r"""=(?:"[^"<&]*+"|'[^'<&]*+')"""
    opened = "|".join(
        rf"(?:{'|'.join(names)})(?:\s+(?:{'|'.join(sorted(allowed - _LINKS))}){value}"
        rf"|\s+(?:href|src)=\"(?!{_RUNS.pattern})[^\"<&]*+\")*+\s*/?>"
        for allowed, names in groups.items()
    )
    entity = r"&(?:#[0-9]{1,5}|lt|gt|amp|quot|apos);"
    closed = rf"/(?:{'|'.join(sorted(ELEMENTS, key=_rank))})>"
    root = rf'<div xmlns="{re.escape(NAMESPACE)}"(?: (?:class|style|lang|xml:lang){value})*+>'
    return re.compile(rf"{root}(?:[^<&]++|<(?:{closed}|{opened})|{entity})*+", re.ASCII)


@cache
def _plain() -> Callable[[str], re.Match[str] | None]:
    return _plain_pattern().fullmatch


def is_plain(text: str) -> bool:
    """Whether a narrative is good at first sight; :func:`narrative_faults` tells of the others.

    The pattern knows which elements and attributes may stand there, expat that they are nested.
    """
    if not _plain()(text) or not _HAS_TEXT.search(text):
        return False
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
        allowed = ALLOWED.get(local)
        if allowed is None or not all(map(allowed.__contains__, _unbound(attributes))):
            self.faults["txt-1"] = None
        if any(_RUNS.match(attributes.get(name, "")) for name in ("href", "src")):
            self.faults["narrative-script"] = None

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


def _unbound(attributes: dict[str, str]) -> list[str]:
    return [name for name in attributes if not name.startswith("xmlns:")]


def _spelt_out(found: re.Match[str]) -> str:
    """Replace a named entity of HTML by its number; XML's own stand, and unknown ones too."""
    name = found[1]
    if name in _OF_XML or name not in name2codepoint:
        return found[0]
    return f"&#{name2codepoint[name]};"
