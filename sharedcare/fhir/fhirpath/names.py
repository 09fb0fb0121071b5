"""Expressions in FHIRPath that are only written down: whether they are well formed, what they name.

The invariants of profiles and the paths of search parameters are not run when their definition is
checked, so that all of the grammar is read here, whatever ``compiling`` can run. Source:
http://hl7.org/fhirpath/N1/grammar.html and https://hl7.org/fhir/R4/fhirpath.html.
"""

import re
from dataclasses import dataclass, field


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Functions of FHIRPath, its later releases among them, and those that FHIR adds.
FUNCTIONS = _words(
    "abs aggregate all allFalse allTrue anyFalse anyTrue as ceiling checkModifiers children"
    " combine comparable conformsTo contains convertsToBoolean convertsToDate convertsToDateTime"
    " convertsToDecimal convertsToInteger convertsToLong convertsToQuantity convertsToString"
    " convertsToTime count dateOf dayOf decode defineVariable descendants distinct"
    " elementDefinition empty encode endsWith escape exclude exists exp extension first floor"
    " getReferenceKey getResourceKey getValue hasExtension hasTemplateIdOf hasValue highBoundary"
    " hourOf htmlChecks htmlChecks2 iif indexOf intersect is isDistinct join last lastIndexOf"
    " length ln log lowBoundary lower matches matchesFull memberOf millisecondOf minuteOf monthOf"
    " not now ofType power precision repeat repeatAll replace replaceMatches resolve round"
    " secondOf select single skip slice sort split sqrt startsWith subsetOf substring subsumedBy"
    " subsumes sum supersetOf tail take timeOf timeOfDay timezoneOffsetOf toBoolean toChars toDate"
    " toDateTime toDecimal toInteger toLong toQuantity toString toTime today trace trim truncate"
    " type unescape union upper where yearOf min max avg"
)
_OPERATORS = _words("and or xor implies in contains div mod = != ~ !~ < > <= >= | + - & * /")
_TYPED = _words("is as")
_UNITS = _words(
    "year years month months week weeks day days hour hours minute minutes second seconds"
    " millisecond milliseconds"
)
_TOKEN = re.compile(
    r"(?:\s|//[^\n]*|/\*.*?\*/)*(?:(?P<literal>'(?:[^'\\]|\\.)*'|@[0-9T][\d:T.Z+\-]*)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<variable>%(?:[\w\-]+|'[^']*'|`[^`]*`)|\$(?:this|index|total))"
    r"|(?P<name>[A-Za-z_]\w*|`[^`]+`)|(?P<sign><=|>=|!=|!~|[=~<>+\-*/&|().,{}\[\]]))",
    re.DOTALL,
)
_SPACE = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*\Z", re.DOTALL)

#: Brackets inside each other, and characters, that are read; none that people write has so many.
MAX_BRACKETS, MAX_LENGTH = 60, 20_000


class NotAnExpression(ValueError):
    """The text is no FHIRPath."""


@dataclass
class Named:
    """What an expression names: elements (types among them), and functions that there are not."""

    elements: set[str] = field(default_factory=set)
    unknown_functions: set[str] = field(default_factory=set)


def names_of(expression: str) -> Named:
    """Read an expression; raises NotAnExpression where it is none."""
    reading = _Reading(expression)
    reading.expression()
    if reading.kind:
        raise NotAnExpression("something follows its end")
    return reading.named


class _Reading:
    """Reads an expression from left to right; ``kind`` and ``text`` are of what comes next."""

    def __init__(self, expression: str) -> None:
        if len(expression) > MAX_LENGTH:
            raise NotAnExpression("it is longer than any that is read")
        self.named = Named()
        self._source = expression
        self._at = self._depth = 0
        self.kind = self.text = ""
        self._next()

    def expression(self) -> None:
        """Read terms joined by operators; which binds more is of no matter here."""
        self._depth += 1
        if self._depth > MAX_BRACKETS:
            raise NotAnExpression("it has too many brackets")
        self._term()
        while self.text in _OPERATORS or self.text in _TYPED:
            is_typed = self.text in _TYPED
            self._next()
            if is_typed:
                self._type()
            else:
                self._term()
        self._depth -= 1

    def _next(self) -> None:
        if _SPACE.match(self._source, self._at):
            self.kind = self.text = ""
            return
        found = _TOKEN.match(self._source, self._at)
        if found is None or found.lastgroup is None:
            raise NotAnExpression("a character is not expected")
        self.kind, self.text = found.lastgroup, found[found.lastgroup]
        self._at = found.end()

    def _skip(self, sign: str) -> None:
        if self.text != sign or self.kind != "sign":
            raise NotAnExpression(f"{sign} is expected")
        self._next()

    def _term(self) -> None:
        while self.text in {"+", "-"} and self.kind == "sign":
            self._next()
        self._first()
        while self.kind == "sign" and self.text in {".", "["}:
            is_index = self.text == "["
            self._next()
            if is_index:
                self.expression()
                self._skip("]")
            else:
                self._member()

    def _first(self) -> None:
        kind = self.kind
        if kind == "name":
            self._member()
        elif kind == "sign" and self.text in {"(", "{"}:
            self._bracketed(self.text)
        elif kind in {"literal", "variable", "number"}:
            self._next()
            is_unit = self.kind == "literal" or self.text in _UNITS
            if kind == "number" and is_unit:
                self._next()
        else:
            raise NotAnExpression("it ends too early, or a sign is not expected")

    def _bracketed(self, sign: str) -> None:
        self._next()
        if sign == "{":
            self._skip("}")
            return
        self.expression()
        self._skip(")")

    def _member(self) -> None:
        """Read an element, or a function with its arguments."""
        name, kind = self.text.strip("`"), self.kind
        if kind not in {"name", "variable"}:
            raise NotAnExpression("a name is expected")
        self._next()
        if self.kind != "sign" or self.text != "(":
            if kind == "name":
                self.named.elements.add(name)
            return
        if name not in FUNCTIONS:
            self.named.unknown_functions.add(name)
        self._next()
        while self.text != ")" or self.kind != "sign":
            self.expression()
            if self.text != ")":
                self._skip(",")
        self._next()

    def _type(self) -> None:
        """Read the name of a type, perhaps with FHIR or System before it."""
        is_bracketed = self.text == "("
        if is_bracketed:
            self._next()
        if self.kind != "name":
            raise NotAnExpression("a type is expected")
        self._next()
        if self.text == ".":
            self._next()
            self._next()
        if is_bracketed:
            self._skip(")")
