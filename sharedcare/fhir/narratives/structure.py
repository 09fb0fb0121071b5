"""Where elements of HTML in a narrative may stand in each other, and which attributes they have.

Sources: https://hl7.org/fhir/R4/narrative.html and the content models of HTML 4.0, of which those
are held that HL7's own validator holds.
"""

from collections.abc import Set


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Attributes that every element may have.
_OF_ALL = _words(
    "title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff"
    " abbr axis headers scope rowspan colspan xml:space idref"
)
#: Attributes that some elements may have besides.
_OF_SOME = {
    "a": _words("href name charset type hreflang rel rev shape coords"),
    "img": _words("src border alt longdesc height width usemap ismap"),
    "blockquote": _words("cite"),
    "q": _words("cite"),
    "map": _words("name"),
    "area": _words("shape coords href nohref alt"),
    "table": _words("summary width border frame rules cellspacing cellpadding"),
    "pre": _words("space"),
    "td": _words("nowrap"),
}

#: Elements of text, inside of which no block stands; a paragraph holds no other one either.
_BLOCKS = _words("div pre table ul ol")
_TEXTUAL = _words(
    "p h1 h2 h3 h4 h5 h6 pre address span caption dd dt a b em i strong small big sub sup code tt"
    " dfn q var abbr acronym cite bdo kbd samp"
)
_NOT_IN_A_PARAGRAPH = _words("div blockquote table ol ul p")
#: Elements that do not stand in one of their own kind.
_NOT_IN_ITSELF = _TEXTUAL - _words("p h1 h2 h3 h4 h5 h6 pre address span caption dd dt")
_EMPTY = _words("br img hr area")
#: Elements that hold nothing but some others, and no text.
_HOLDS = {
    "table": _words("tbody tr caption thead tfoot col colgroup"),
    "tr": _words("td th"),
    **dict.fromkeys(("tbody", "thead", "tfoot"), _words("tr")),
    **dict.fromkeys(("ul", "ol"), _words("li")),
    "dl": _words("dd dt"),
    "map": _words("area"),
}
#: Elements that stand in some others alone.
_STANDS_IN = {
    "tr": _words("table thead tfoot tbody"),
    **dict.fromkeys(("tbody", "thead", "tfoot", "caption", "colgroup"), _words("table")),
    "col": _words("table colgroup"),
    **dict.fromkeys(("th", "td"), _words("tr")),
    "li": _words("ul ol"),
    **dict.fromkeys(("dd", "dt"), _words("dl")),
}

#: Elements inside each other that are told apart as places, and places that are kept.
MAX_DEPTH, MAX_PLACES = 12, 1000


def attributes_of(name: str) -> frozenset[str]:
    """Return the attributes that an element may have, without those that name a namespace."""
    return _OF_ALL | _OF_SOME.get(name, frozenset())


def may_stand(name: str, parent: str, around: Set[str]) -> bool:
    """Whether an element may stand in its parent; around it are others, its parent among them."""
    if parent in _EMPTY or name not in _HOLDS.get(parent, (name,)):
        return False
    if parent not in _STANDS_IN.get(name, (parent,)) or (name in _NOT_IN_ITSELF and name in around):
        return False
    if name in _NOT_IN_A_PARAGRAPH and "p" in around:
        return False
    return name not in _BLOCKS or _TEXTUAL.isdisjoint(around)


def may_hold_text(name: str) -> bool:
    """Whether text may stand in an element."""
    return name not in _HOLDS and name not in _EMPTY


class Place:
    """Where a narrative is read: inside an element, with others around it.

    ``moves`` keeps where tags lead from here, as they are written; only to places that are kept.
    """

    __slots__ = (
        *("_around", "_depth", "_inner", "_kept", "_name", "_parent"),
        *("holds_text", "is_kept", "moves"),
    )

    def __init__(self, name: str, parent: "Place | None" = None) -> None:
        self._name = name
        self._parent = parent
        self._around: frozenset[str] = parent._around | {name} if parent else frozenset()
        self._depth: int = parent._depth + 1 if parent else 0
        self._inner: dict[str, Place] = {}
        self._kept: list[Place] = parent._kept if parent else []
        self.is_kept = len(self._kept) < MAX_PLACES
        self.holds_text = bool(name) and may_hold_text(name)
        self.moves: dict[str, Place] = {}

    def after(self, tag: str) -> "Place | None":
        """Return where a tag leads, told as ``p``, ``/p`` or ``br/``; None if it may not stand."""
        if tag[0] == "/":
            return self._parent if tag[1:] == self._name else None
        name = tag.removesuffix("/")
        if not may_stand(name, self._name, self._around) or self._depth > MAX_DEPTH:
            return None
        return self if tag.endswith("/") else self.inside(name)

    def inside(self, name: str) -> "Place":
        """Return the place inside an element that stands here."""
        found = self._inner.get(name)
        if found is None:
            found = Place(name, self)
            if found.is_kept:
                self._inner[name] = found
                self._kept.append(found)
        return found
