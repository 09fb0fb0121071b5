"""FHIRPath, as far as invariants of the specification and of FHIR profiles are written in it.

An expression is compiled once into nested functions; see ``calls`` for what they call.
It is not all of FHIRPath: what is not known is refused when it is compiled, and what an answer
would need that is not at hand (a terminology server, the time) raises CannotTell when it is run.
Source of the meaning: http://hl7.org/fhirpath/N1 and https://hl7.org/fhir/R4/fhirpath.html.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from sharedcare.fhir.fhirpath.calls import WITH_TYPE, called, typed
from sharedcare.fhir.fhirpath.context import Compiled, Context, Items, NotSupported
from sharedcare.fhir.fhirpath.items import Item, Kept, Node, named
from sharedcare.fhir.fhirpath.operators import MAX_DIGITS, OPERATORS, truth

__all__ = ["Context", "NotSupported", "Parser", "answering", "compiled", "evaluating"]

_TOKENS = re.compile(
    r"(?:\s|//[^\n]*|/\*.*?\*/)*(?:(?P<string>'(?:[^'\\]|\\.)*')|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<variable>[%$](?:\w+|'[^']*'|`[^`]*`))|(?P<date>@\d{4}[\d:T.Z+\-]*)"
    r"|(?P<name>[A-Za-z_]\w*)|`(?P<quoted>[^`]+)`"
    r"|(?P<sign><=|>=|!=|!~|[=~<>+\-*/&|().,{}\[\]]))",
    re.DOTALL,
)
_SPACE = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*\Z", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}

#: Addresses that expressions may name by a word.
_NAMED = {
    "%ucum": "http://unitsofmeasure.org",
    "%sct": "http://snomed.info/sct",
    "%loinc": "http://loinc.org",
}
_VALUE_SETS = "%vs-"
_EXTENSIONS = "%ext-"

#: Characters of an expression, and brackets in it: far more than any invariant has.
MAX_LENGTH, MAX_BRACKETS = 20_000, 100

#: Operators from the loosest to the tightest.
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"implies"}),
    frozenset({"or", "xor"}),
    frozenset({"and"}),
    frozenset({"in", "contains"}),
    frozenset({"=", "!=", "~", "!~"}),
    frozenset({"<", ">", "<=", ">="}),
    frozenset({"|"}),
    frozenset({"is", "as"}),
    frozenset({"+", "-", "&"}),
    frozenset({"*", "/", "div", "mod"}),
)
_TYPED = {"is", "as"}
#: Words behind a number that make a quantity of time of it.
_PERIODS = frozenset(
    name + end
    for name in ("year", "month", "week", "day", "hour", "minute", "second", "millisecond")
    for end in ("", "s")
)


@cache
def compiled(expression: str, *, when_empty: bool = False) -> Callable[[Context], bool]:
    """Compile an invariant; the result tells whether it holds for an element.

    An invariant has to give true; ``when_empty`` is what an empty result counts as.
    """
    answer = answering(expression)

    def holds(context: Context) -> bool:
        found = answer(context)
        return when_empty if found is None else found

    return holds


@cache
def answering(expression: str) -> Callable[[Context], bool | None]:
    """Compile an invariant; the result tells whether it holds, None where it gives nothing.

    Raises NotSupported where the expression cannot be compiled.
    """
    run = evaluating(expression)
    return lambda context: truth(run(context))


@cache
def evaluating(expression: str) -> Callable[[Context], Items]:
    """Compile an expression; the result gives the items that it evaluates to."""
    run = Parser(expression).parsed()
    return lambda context: run([context.element], context)


class Parser:
    """Reads an expression from left to right; ``at`` is the position of the next of its tokens.

    To note the parts of an expression, override :meth:`part`, through which all of them are read.
    """

    def __init__(self, expression: str) -> None:
        self.tokens = _tokens(expression)
        self.at = 0

    def parsed(self) -> Compiled:
        """Return the whole expression; raises NotSupported where it goes beyond the subset."""
        run = self.part(0)
        if self._peek() is not None:
            raise NotSupported("something follows the end of its expression")
        return run

    def _peek(self) -> str | None:
        """The next sign or word, None at the end; a text or a quoted name is neither."""
        if self.at >= len(self.tokens):
            return None
        kind, word = self.tokens[self.at]
        return word if kind not in {"string", "quoted"} else ""

    def _take(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise NotSupported("its expression ends too early")
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _skip(self, sign: str) -> None:
        if self._peek() != sign:
            raise NotSupported(f"its expression lacks a {sign}")
        self.at += 1

    def part(self, level: int) -> Compiled:
        """Take what operators of a level, or tighter ones, join; perhaps no more than a term."""
        if level == len(_LEVELS):
            return self._signed()
        left = self.part(level + 1)
        while self._peek() in _LEVELS[level]:
            operator = self._take()[1]
            if operator in _TYPED:
                left = typed(operator, left, self._type_name())
            else:
                left = _operated(operator, left, self.part(level + 1))
        return left

    def _type_name(self) -> str:
        """Take the name of a type, perhaps with the namespace before it."""
        _, name = self._take()
        while self._peek() == ".":
            self.at += 1
            name = self._take()[1]
        return name

    def _signed(self) -> Compiled:
        """Take a term with what follows it, perhaps with a sign before it."""
        if self._peek() not in {"+", "-"}:
            return self._dotted()
        operator = self._take()[1]
        return _operated(operator, _constant([0]), self._dotted())

    def _dotted(self) -> Compiled:
        run = self._far() if self._peek() in _FAR else self._term()
        while self._peek() in {".", "["}:
            if self._take()[1] == ".":
                run = _then(run, self._member())
            else:
                run = _indexed(run, self.part(0))
                self._skip("]")
        return run

    def _far(self) -> Compiled:
        """Take what is the same wherever it is asked for: a variable with the names after it."""
        run = self._term()
        while self._peek() == "." and self._is_name(self.at + 1):
            self.at += 1
            run = _then(run, self._member())
        return _once(run)

    def _is_name(self, at: int) -> bool:
        """Whether a name stands there that asks for elements, or for the first of them."""
        following = [word for _, word in self.tokens[at : at + 2]]
        return following == ["first", "("] or (bool(following) and following[1:] != ["("])

    def _term(self) -> Compiled:
        if self.at >= len(self.tokens):
            raise NotSupported("its expression ends too early")
        kind, word = self.tokens[self.at]
        if kind in {"name", "quoted"}:
            return self._member()
        self.at += 1
        return self._bracketed(word) if kind == "sign" else self._plain(kind, word)

    def _plain(self, kind: str, word: str) -> Compiled:
        """A value that stands for itself, or a variable."""
        if kind == "variable":
            return _variable(word.replace("`", "").replace("'", ""))
        if kind == "date":
            return _dated(word[1:])
        if kind == "string":
            return _constant([_ESCAPE.sub(_unescaped, word[1:-1])])
        kind, following = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "string" or (kind == "name" and following in _PERIODS):
            raise NotSupported("its expression has a quantity in it")
        if len(word) > MAX_DIGITS:
            raise NotSupported("its expression has a number with more digits than any that is read")
        return _constant([Decimal(word) if "." in word else int(word)])

    def _bracketed(self, sign: str) -> Compiled:
        if sign == "{":
            self._skip("}")
            return _constant([])
        if sign != "(":
            raise NotSupported(f"its expression has a {sign} that is not expected")
        run = self.part(0)
        self._skip(")")
        return run

    def _member(self) -> Compiled:
        """An element by its name, or a function with its arguments."""
        kind, name = self._take()
        if kind == "variable":
            return _variable(name)
        if kind not in {"name", "quoted"}:
            raise NotSupported("its expression lacks a name")
        if self._peek() != "(" or kind == "quoted":
            return _literal(name, kind == "quoted")
        self.at += 1
        if name in WITH_TYPE:
            type_name = self._type_name()
            self._skip(")")
            return typed("is" if name == "is" else "as", _focus, type_name)
        return called(name, self._arguments())

    def _arguments(self) -> list[Compiled]:
        arguments: list[Compiled] = []
        while self._peek() != ")":
            arguments.append(self.part(0))
            if self._peek() == ",":
                self.at += 1
            elif self._peek() != ")":
                raise NotSupported("its expression lacks a )")
        self.at += 1
        return arguments


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at = [], 0
    if len(expression) > MAX_LENGTH or expression.count("(") > MAX_BRACKETS:
        raise NotSupported("its expression is longer than any that is read")
    while not _SPACE.match(expression, at):
        match = _TOKENS.match(expression, at)
        if match is None or match.lastgroup is None:
            raise NotSupported("its expression has a character that is not expected")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _unescaped(found: re.Match[str]) -> str:
    """What an escape stands for; one that FHIRPath does not know is one of a regular expression."""
    word = found[1]
    if len(word) > 1:
        return chr(int(word[1:], 16))
    if word in "'\"`\\/":
        return word
    return _ESCAPED.get(word, found[0])


def _constant(items: Items) -> Compiled:
    return lambda _focus, _context: items


def _focus(focus: Items, _context: Context) -> Items:
    return focus


def _literal(name: str, is_quoted: bool = False) -> Compiled:
    if name in {"true", "false"} and not is_quoted:
        return _constant([name == "true"])

    def of(focus: Items, _context: Context) -> Items:
        if len(focus) == 1:
            (item,) = focus
            return [*named(item, name)] if isinstance(item, Node) else []
        return [found for item in focus if isinstance(item, Node) for found in named(item, name)]

    return of


#: What these stand for is the same in a whole expression.
_FAR = frozenset({"%resource", "%rootResource", "%context"})


def _once(run: Compiled) -> Compiled:
    """Run what gives the same for a whole expression once for each element it is asked of."""

    def found(focus: Items, context: Context) -> Items:
        items = context.known.get(run)
        if items is None:
            items = context.known[run] = Kept(run(focus, context))
        return items

    return found


def _dated(word: str) -> Compiled:
    name = "dateTime" if "T" in word else "date"
    text = word.removesuffix("T")
    return lambda _focus, context: [Node(text, None, name, context.element.definitions)]


def _variable(word: str) -> Compiled:
    if word in _NAMED:
        return _constant([_NAMED[word]])
    if word.startswith(_VALUE_SETS):
        return _constant([f"http://hl7.org/fhir/ValueSet/{word.removeprefix(_VALUE_SETS)}"])
    if word.startswith(_EXTENSIONS):
        name = word.removeprefix(_EXTENSIONS)
        return _constant([f"http://hl7.org/fhir/StructureDefinition/{name}"])
    if word not in _VARIABLES:
        raise NotSupported("its expression has a variable that is not known")
    take = _VARIABLES[word]
    return lambda _focus, context: [take(context)]


_VARIABLES: dict[str, Callable[[Context], Item]] = {
    "$this": lambda context: context.element if context.this is None else context.this,
    "$index": lambda context: context.index,
    "%context": lambda context: context.element,
    "%resource": lambda context: context.resource,
    "%rootResource": lambda context: context.root,
}


def _then(first: Compiled, second: Compiled) -> Compiled:
    return lambda focus, context: second(first(focus, context), context)


def _indexed(run: Compiled, index: Compiled) -> Compiled:
    def at(focus: Items, context: Context) -> Items:
        found, wanted = run(focus, context), index(focus, context)
        place = wanted[0] if len(wanted) == 1 else None
        if not isinstance(place, int) or not 0 <= place < len(found):
            return []
        return [found[place]]

    return at


def _operated(operator: str, left: Compiled, right: Compiled) -> Compiled:
    if operator in _DECIDED_BY:
        return _decided(*_DECIDED_BY[operator], OPERATORS[operator], left, right)
    apply = OPERATORS[operator]
    return lambda focus, context: apply(left(focus, context), right(focus, context))


#: What the left side has to say for the right one not to matter, and what the answer is then.
_DECIDED_BY = {"and": (False, False), "or": (True, True), "implies": (False, True)}


def _decided(
    by: bool,
    answer: bool,
    apply: Callable[[Items, Items], Items],
    left: Compiled,
    right: Compiled,
) -> Compiled:
    def run(focus: Items, context: Context) -> Items:
        first = left(focus, context)
        return [answer] if truth(first) is by else apply(first, right(focus, context))

    return run
