"""Calls of FHIRPath: functions whose argument is run on each item, and those that ask the world.

Those that look at what they are given alone stand in ``functions``.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from sharedcare.fhir.fhirpath.context import Compiled, Context, Items, NotSupported, World
from sharedcare.fhir.fhirpath.functions import FUNCTIONS
from sharedcare.fhir.fhirpath.items import CannotTell, Item, LooksAtTooMuch, Node
from sharedcare.fhir.fhirpath.operators import key_of, truth

#: Items that ``repeat`` gathers before it is taken to have no end.
MAX_REPEATED = 10_000


def typed(operator: str, run: Compiled, type_name: str) -> Compiled:
    """Return the test whether items are of a type (``is``), or those that are (``as``)."""
    if operator == "is":
        return lambda focus, context: [is_of(item, type_name) for item in run(focus, context)]
    return lambda focus, context: [item for item in run(focus, context) if is_of(item, type_name)]


#: What FHIRPath calls the types of values that stand for themselves.
_SYSTEM: dict[type, str] = {bool: "Boolean", int: "Integer", str: "String", Decimal: "Decimal"}


def is_of(item: Item, type_name: str) -> bool:
    """Whether an item is of a type or one made from it; a primitive is also of FHIRPath's own."""
    if not isinstance(item, Node):
        return _SYSTEM.get(type(item)) == type_name
    name, types = item.type, item.definitions.raw["types"]
    if name in item.definitions.primitives and _SYSTEM.get(type(item.value)) == type_name:
        return True
    while name != type_name:
        name = types[name].get("base", "") if name in types else ""
        if not name:
            return False
    return True


def called(name: str, arguments: list[Compiled]) -> Compiled:
    """Return the call of a function; those that look at each item have their argument run there."""
    if name in _EACH:
        make, least, most = _EACH[name]
        _check_count(arguments, least, most)
        return make(arguments)
    if name in _AROUND:
        _check_count(arguments, int(name != "resolve"), int(name != "resolve"))
        return _around(_AROUND[name], arguments)
    if name in FUNCTIONS:
        found = FUNCTIONS[name]
        _check_count(arguments, found.least, found.most)
        apply = found.apply
        if not arguments:
            return lambda focus, _context: apply(focus, [])
        return lambda focus, context: apply(focus, [_given(run, context) for run in arguments])
    raise NotSupported("its expression calls a function that is not known")


def _given(run: Compiled, context: Context) -> Items:
    """Run an argument: it is asked of what the whole expression is, not of the call's focus."""
    return run([context.element if context.this is None else context.this], context)


def _check_count(arguments: list[Compiled], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        raise NotSupported("its expression gives a function another number of arguments")


def _each(run: Compiled, focus: Items, context: Context) -> Iterator[tuple[Item, Items]]:
    """Run an argument on each item in turn."""
    before = context.this, context.index
    for context.index, item in enumerate(focus):
        context.this = item
        found = run([item], context)
        context.left -= 1 + len(found)
        if context.left < 0:
            raise LooksAtTooMuch
        yield item, found
    context.this, context.index = before


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


def _repeat(arguments: list[Compiled]) -> Compiled:
    """Gather what an argument gives, and what it gives of that, until there is nothing new."""
    select = _select(arguments)

    def run(focus: Items, context: Context) -> Items:
        found: dict[str, Item] = {}
        waiting = focus
        while waiting:
            inner = {key_of(item): item for item in select(waiting, context)}
            waiting = [item for key, item in inner.items() if key not in found]
            found.update(inner)
            if len(found) > MAX_REPEATED:
                raise CannotTell("its expression repeats without end")
        return list(found.values())

    return run


_EACH: dict[str, tuple[Callable[[list[Compiled]], Compiled], int, int]] = {
    "where": (_where, 1, 1),
    "select": (_select, 1, 1),
    "all": (_all, 1, 1),
    "exists": (_exists, 0, 1),
    "iif": (_iif, 2, 3),
    "repeat": (_repeat, 1, 1),
}

#: Functions whose argument is the name of a type.
WITH_TYPE = frozenset({"is", "as", "ofType"})


def _around(ask: Callable[[World, Item, str], Item], arguments: list[Compiled]) -> Compiled:
    """Make a function that asks the world about each item of its focus."""

    def run(focus: Items, context: Context) -> Items:
        if context.world is None:
            raise CannotTell("its expression asks for what is outside its resource")
        given = [_given(one, context) for one in arguments]
        words = [found[0] if len(found) == 1 else None for found in given]
        word = words[0] if words and isinstance(words[0], str) else ""
        return [ask(context.world, item, word) for item in focus]

    return run


def _ask_resolved(world: World, item: Item, _word: str) -> Item:
    return world.resolved(_node(item))


def _ask_member(world: World, item: Item, word: str) -> Item:
    return world.is_member(item, word)


def _ask_conforming(world: World, item: Item, word: str) -> Item:
    return world.conforms(_node(item), word)


def _node(item: Item) -> Node:
    if not isinstance(item, Node):
        raise CannotTell("its expression asks of a plain value what only an element has")
    return item


_AROUND: dict[str, Callable[[World, Item, str], Item]] = {
    "resolve": _ask_resolved,
    "memberOf": _ask_member,
    "conformsTo": _ask_conforming,
}
