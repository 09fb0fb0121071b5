"""The part of FHIRPath that the specification's own invariants are written in.

An expression is compiled once into nested functions; see ``fhirpath_functions`` for what they call.
It is no general FHIRPath: whatever the invariants do not use is refused when it is compiled.
Source of the meaning: http://hl7.org/fhirpath/N1 and https://hl7.org/fhir/R4/fhirpath.html.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sharedcare.fhir.fhirpath_items import Item, Node, children, named
from sharedcare.fhir.fhirpath_operators import OPERATORS, truth

Items = list[Item]


@dataclass(slots=True)
class Context:
    """What an expression may look at besides its focus.

    Where it began, what that is inside of, and the item that is being looked at in turn.
    """

    element: Node
    resource: Node
    root: Node
    this: Item | None = None


Compiled = Callable[[Items, Context], Items]

_TOKENS = re.compile(
    r"\s*(?:(?P<string>'(?:[^'\\]|\\.)*')|(?P<number>\d+(?:\.\d+)?)|(?P<variable>[%$]\w+)"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<sign><=|>=|!=|[=<>+&|().,{}]))"
)
_ESCAPE = re.compile(r"\\(.)")
_UCUM = "http://unitsofmeasure.org"

#: Operators from the loosest to the tightest.
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"implies"}),
    frozenset({"or", "xor"}),
    frozenset({"and"}),
    frozenset({"in", "contains"}),
    frozenset({"=", "!="}),
    frozenset({"<", ">", "<=", ">="}),
    frozenset({"|"}),
    frozenset({"is", "as"}),
    frozenset({"+", "&"}),
)
_TYPED = {"is", "as"}


class NotSupported(ValueError):
    """The expression uses what the specification's invariants do not."""


@cache
def compiled(expression: str) -> Callable[[Context], bool]:
    """Compile an invariant; the result tells whether it holds for an element.

    An empty result is no violation: what cannot be decided is not wrong.
    """
    parser = _Parser(expression)
    run = parser.parsed()

    def holds(context: Context) -> bool:
        return truth(run([context.element], context)) is not False

    return holds


class _Parser:
    """Reads an expression from left to right."""

    def __init__(self, expression: str) -> None:
        self._tokens = _tokens(expression)
        self._at = 0

    def parsed(self) -> Compiled:
        """Return the whole expression; raises NotSupported where it goes beyond the subset."""
        run = self._binary(0)
        if self._peek() is not None:
            raise NotSupported("something follows the end of the expression")
        return run

    def _peek(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def _take(self) -> tuple[str, str]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _skip(self, sign: str) -> None:
        if self._peek() != sign:
            raise NotSupported(f"{sign} is expected")
        self._at += 1

    def _binary(self, level: int) -> Compiled:
        if level == len(_LEVELS):
            return self._dotted()
        left = self._binary(level + 1)
        while self._peek() in _LEVELS[level]:
            operator = self._take()[1]
            if operator in _TYPED:
                left = _typed(operator, left, self._take()[1])
            else:
                left = _operated(operator, left, self._binary(level + 1))
        return left

    def _dotted(self) -> Compiled:
        run = self._term()
        while self._peek() == ".":
            self._at += 1
            run = _then(run, self._member())
        return run

    def _term(self) -> Compiled:
        kind, word = self._tokens[self._at]
        if kind == "name":
            return self._member()
        self._at += 1
        if kind == "string":
            return _constant([_ESCAPE.sub(r"\1", word[1:-1])])
        if kind == "number":
            return _constant([Decimal(word) if "." in word else int(word)])
        if kind == "variable":
            return _variable(word)
        return self._bracketed(word)

    def _bracketed(self, sign: str) -> Compiled:
        if sign == "{":
            self._skip("}")
            return _constant([])
        if sign != "(":
            raise NotSupported(f"{sign} is not expected")
        run = self._binary(0)
        self._skip(")")
        return run

    def _member(self) -> Compiled:
        """An element by its name, or a function with its arguments."""
        _, name = self._take()
        if self._peek() != "(":
            return _literal(name)
        self._at += 1
        arguments: list[Compiled] = []
        words: list[str] = []
        while self._peek() != ")":
            words.append(str(self._peek()))
            arguments.append(self._binary(0))
            if self._peek() == ",":
                self._at += 1
        self._at += 1
        return _called(name, arguments, words)


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = expression.strip()
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None or match.lastgroup is None:
            raise NotSupported("a character is not expected")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _constant(items: Items) -> Compiled:
    return lambda _focus, _context: items


def _literal(name: str) -> Compiled:
    if name in {"true", "false"}:
        return _constant([name == "true"])
    return lambda focus, _context: [
        found for item in focus if isinstance(item, Node) for found in named(item, name)
    ]


def _variable(word: str) -> Compiled:
    if word == "$this":
        return lambda _focus, context: [context.element if context.this is None else context.this]
    if word == "%ucum":
        return _constant([_UCUM])
    if word == "%context":
        return lambda _focus, context: [context.element]
    if word == "%resource":
        return lambda _focus, context: [context.resource]
    if word == "%rootResource":
        return lambda _focus, context: [context.root]
    raise NotSupported(f"{word} is not known")


def _then(first: Compiled, second: Compiled) -> Compiled:
    return lambda focus, context: second(first(focus, context), context)


def _operated(operator: str, left: Compiled, right: Compiled) -> Compiled:
    apply = OPERATORS[operator]
    return lambda focus, context: apply(left(focus, context), right(focus, context))


def _typed(operator: str, run: Compiled, type_name: str) -> Compiled:
    if operator == "is":
        return lambda focus, context: [_is_of(item, type_name) for item in run(focus, context)]
    return lambda focus, context: [item for item in run(focus, context) if _is_of(item, type_name)]


def _is_of(item: Item, type_name: str) -> bool:
    wanted = type_name if type_name != "Boolean" else "boolean"
    return isinstance(item, Node) and item.type == wanted


def _called(name: str, arguments: list[Compiled], words: list[str]) -> Compiled:
    """Return the call of a function; those that look at each item have their argument run there."""
    if name in {"is", "as", "ofType"}:
        return _typed("is" if name == "is" else "as", lambda focus, _context: focus, words[0])
    if name in _EACH:
        return _EACH[name](arguments)
    if name in _PLAIN:
        apply = _PLAIN[name]
        return lambda focus, context: apply(focus, [run(focus, context) for run in arguments])
    raise NotSupported(f"{name}() is not known")


def _each(run: Compiled, focus: Items, context: Context) -> Iterator[tuple[Item, Items]]:
    """Run an argument on each item in turn."""
    before = context.this
    for item in focus:
        context.this = item
        yield item, run([item], context)
    context.this = before


def _where(arguments: list[Compiled]) -> Compiled:
    (test,) = arguments
    return lambda focus, context: [
        item for item, found in _each(test, focus, context) if truth(found) is True
    ]


def _select(arguments: list[Compiled]) -> Compiled:
    (run,) = arguments
    return lambda focus, context: [one for _, found in _each(run, focus, context) for one in found]


def _all(arguments: list[Compiled]) -> Compiled:
    (test,) = arguments
    return lambda focus, context: [
        not [item for item, found in _each(test, focus, context) if truth(found) is False]
    ]


def _exists(arguments: list[Compiled]) -> Compiled:
    if not arguments:
        return lambda focus, _context: [bool(focus)]
    found = _where(arguments)
    return lambda focus, context: [bool(found(focus, context))]


def _iif(arguments: list[Compiled]) -> Compiled:
    test, yes, *no = arguments

    def run(focus: Items, context: Context) -> Items:
        if truth(test(focus, context)) is True:
            return yes(focus, context)
        return no[0](focus, context) if no else []

    return run


_EACH: dict[str, Callable[[list[Compiled]], Compiled]] = {
    "where": _where,
    "select": _select,
    "all": _all,
    "exists": _exists,
    "iif": _iif,
}


def _not(focus: Items, _arguments: list[Items]) -> Items:
    value = truth(focus)
    return [] if value is None else [not value]


def _descendants(focus: Items, _arguments: list[Items]) -> Items:
    found: Items = []
    waiting = [item for item in focus if isinstance(item, Node)]
    while waiting:
        inner = [child for item in waiting for child in children(item)]
        found.extend(inner)
        waiting = inner
    return found


def _text(items: Items) -> str | None:
    found = [item.value if isinstance(item, Node) else item for item in items]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


def _on_text(apply: Callable[[str, str], Item]) -> Callable[[Items, list[Items]], Items]:
    """Make a function that has a text as focus and another as argument; else it gives nothing."""

    def run(focus: Items, arguments: list[Items]) -> Items:
        text, other = _text(focus), _text(arguments[0])
        return [] if text is None or other is None else [apply(text, other)]

    return run


def _plain(item: Item) -> Item:
    return item.value if isinstance(item, Node) else item


def _distinct(focus: Items, _arguments: list[Items]) -> Items:
    keys = [_key(item) for item in focus]
    return [len(set(keys)) == len(keys)]


def _key(item: Item) -> str:
    """The same text for items that are equal, and for no others."""
    import json

    return json.dumps(_plain(item), sort_keys=True, default=str)


def _intersect(focus: Items, arguments: list[Items]) -> Items:
    others = {_key(item) for item in arguments[0]}
    return [item for item in focus if _key(item) in others]


def _to_integer(focus: Items, _arguments: list[Items]) -> Items:
    found = [_plain(item) for item in focus]
    if len(found) != 1:
        return []
    if isinstance(found[0], int):
        return list(found)
    text = str(found[0])
    return [int(text)] if re.fullmatch(r"[+-]?\d{1,300}", text, re.ASCII) else []


def _replaced(focus: Items, arguments: list[Items]) -> Items:
    text, pattern, other = _text(focus), _text(arguments[0]), _text(arguments[1])
    if text is None or pattern is None or other is None:
        return []
    return [re.sub(pattern, lambda _found: other, text)]


_PLAIN: dict[str, Callable[[Items, list[Items]], Items]] = {
    "not": _not,
    "empty": lambda focus, _arguments: [not focus],
    "count": lambda focus, _arguments: [len(focus)],
    "first": lambda focus, _arguments: focus[:1],
    "tail": lambda focus, _arguments: focus[1:],
    "hasValue": lambda focus, _arguments: [len(focus) == 1 and _plain(focus[0]) is not None],
    "trace": lambda focus, _arguments: focus,
    "children": lambda focus, _arguments: [
        child for item in focus if isinstance(item, Node) for child in children(item)
    ],
    "descendants": _descendants,
    "isDistinct": _distinct,
    "combine": lambda focus, arguments: [*focus, *arguments[0]],
    "intersect": _intersect,
    "toInteger": _to_integer,
    "toString": lambda focus, _arguments: [str(_plain(item)) for item in focus],
    "contains": _on_text(lambda text, other: other in text),
    "startsWith": _on_text(lambda text, other: text.startswith(other)),
    "matches": _on_text(lambda text, other: re.search(other, text) is not None),
    "replaceMatches": _replaced,
}
