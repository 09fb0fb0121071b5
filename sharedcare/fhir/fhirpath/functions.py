"""Functions of FHIRPath that look at what they are given and at nothing else.

Each takes its focus and the results of its arguments, and gives items; what it cannot be asked of
gives nothing. Source of the meaning: http://hl7.org/fhirpath/N1.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation

from sharedcare.fhir.fhirpath.items import (
    MAX_TEXT,
    CannotTell,
    Item,
    LooksAtTooMuch,
    Node,
    children,
)
from sharedcare.fhir.fhirpath.operators import distinct, key_of, plain, truth
from sharedcare.fhir.fhirpath.patterns import pattern_for

Items = list[Item]
Apply = Callable[[Items, list[Items]], Items]

#: Places behind the point to which a number can be rounded.
MAX_PLACES = 100

_WHOLE = re.compile(r"[+-]?\d{1,300}", re.ASCII)
_FRACTION = re.compile(r"[+-]?\d{1,300}(?:\.\d{1,300})?", re.ASCII)
_SAID = dict.fromkeys(("true", "t", "yes", "y", "1", "1.0"), True) | dict.fromkeys(
    ("false", "f", "no", "n", "0", "0.0"), False
)


@dataclass(frozen=True, slots=True)
class Function:
    """What a name stands for, and how many arguments it takes."""

    apply: Apply
    least: int = 0
    most: int = 0


# ── How many, and whether ─────────────────────────────────────────────────────────────────────────


def _not(focus: Items, _arguments: list[Items]) -> Items:
    value = truth(focus)
    return [] if value is None else [not value]


def _has_value(focus: Items, _arguments: list[Items]) -> Items:
    return [len(focus) == 1 and plain(focus[0]) is not None]


def _distinct(focus: Items, _arguments: list[Items]) -> Items:
    return distinct(focus)


def _is_distinct(focus: Items, _arguments: list[Items]) -> Items:
    return [len(set(map(key_of, focus))) == len(focus)]


def _is_subset(focus: Items, arguments: list[Items]) -> Items:
    return [set(map(key_of, focus)) <= set(map(key_of, arguments[0]))]


def _is_superset(focus: Items, arguments: list[Items]) -> Items:
    return [set(map(key_of, focus)) >= set(map(key_of, arguments[0]))]


def _truths(test: Callable[[list[bool]], bool]) -> Apply:
    return lambda focus, _arguments: [test([truth([item]) is True for item in focus])]


# ── Some of them ──────────────────────────────────────────────────────────────────────────────────


def _single(focus: Items, _arguments: list[Items]) -> Items:
    if len(focus) > 1:
        raise CannotTell("its expression wants a single element where there are several")
    return focus


def _skipped(focus: Items, arguments: list[Items]) -> Items:
    count = _number(arguments[0])
    return [] if count is None else focus[max(int(count), 0) :]


def _taken(focus: Items, arguments: list[Items]) -> Items:
    count = _number(arguments[0])
    return [] if count is None else focus[: max(int(count), 0)]


def _intersect(focus: Items, arguments: list[Items]) -> Items:
    others = set(map(key_of, arguments[0]))
    return [item for item in focus if key_of(item) in others]


def _excluded(focus: Items, arguments: list[Items]) -> Items:
    others = set(map(key_of, arguments[0]))
    return [item for item in focus if key_of(item) not in others]


def _children(focus: Items, _arguments: list[Items]) -> Items:
    return [child for item in focus if isinstance(item, Node) for child in children(item)]


def _descendants(focus: Items, _arguments: list[Items]) -> Items:
    found: Items = []
    waiting = [item for item in focus if isinstance(item, Node)]
    while waiting:
        inner = [child for item in waiting for child in children(item)]
        found.extend(inner)
        waiting = inner
    return found


def _extension(focus: Items, arguments: list[Items]) -> Items:
    url = _text(arguments[0])
    return [
        child
        for item in focus
        if isinstance(item, Node)
        for child in children(item)
        if child.type == "Extension" and isinstance(child.value, dict)
        if child.value.get("url") == url
    ]


# ── Texts ─────────────────────────────────────────────────────────────────────────────────────────


def _text(items: Items) -> str | None:
    found = [plain(item) for item in items]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


def _on_text(apply: Callable[[str, str], Item]) -> Apply:
    """Make a function that has a text as focus and another as argument; else it gives nothing."""

    def run(focus: Items, arguments: list[Items]) -> Items:
        text, other = _text(focus), _text(arguments[0])
        return [] if text is None or other is None else [apply(text, other)]

    return run


def _of_text(apply: Callable[[str], Items]) -> Apply:
    """Make a function that has a text as focus and no argument."""

    def run(focus: Items, _arguments: list[Items]) -> Items:
        text = _text(focus)
        return [] if text is None else apply(text)

    return run


def _matches(text: str, pattern: str) -> Item:
    return pattern_for(pattern, text).search(text) is not None


def _matches_whole(text: str, pattern: str) -> Item:
    return pattern_for(pattern, text).fullmatch(text) is not None


def _replaced(focus: Items, arguments: list[Items]) -> Items:
    text, pattern, other = _text(focus), _text(arguments[0]), _text(arguments[1])
    if text is None or pattern is None or other is None:
        return []
    wanted = pattern_for(pattern, text)
    _check_room(text, sum(1 for _ in wanted.finditer(text)), other)
    return [wanted.sub(lambda _found: other, text)]


def _replaced_text(focus: Items, arguments: list[Items]) -> Items:
    text, old, new = _text(focus), _text(arguments[0]), _text(arguments[1])
    if text is None or old is None or new is None:
        return []
    _check_room(text, text.count(old), new)
    return [text.replace(old, new)]


def _check_room(text: str, times: int, other: str) -> None:
    """Raise LooksAtTooMuch where a text would grow beyond what is made."""
    if len(text) + times * len(other) > MAX_TEXT:
        raise LooksAtTooMuch


def _substring(focus: Items, arguments: list[Items]) -> Items:
    text, start = _text(focus), _number(arguments[0])
    if text is None or start is None or not 0 <= start < len(text):
        return []
    length = _number(arguments[1]) if len(arguments) > 1 else len(text)
    return [] if length is None else [text[int(start) : int(start) + max(int(length), 0)]]


def _split(focus: Items, arguments: list[Items]) -> Items:
    text, other = _text(focus), _text(arguments[0])
    if text is None or other is None:
        return []
    return [*text.split(other)] if other else [*text]


def _joined(focus: Items, arguments: list[Items]) -> Items:
    between = _text(arguments[0]) if arguments else ""
    found = [plain(item) for item in focus]
    texts = [one for one in found if isinstance(one, str)]
    if len(texts) != len(found) or not found:
        return []
    _check_room("".join(texts), len(texts), between or "")
    return [(between or "").join(texts)]


# ── Numbers and conversions ───────────────────────────────────────────────────────────────────────


def _number(items: Items) -> int | Decimal | None:
    found = [plain(item) for item in items]
    if len(found) != 1 or isinstance(found[0], bool) or not isinstance(found[0], int | Decimal):
        return None
    return found[0]


def _rounded(rounding: str) -> Apply:
    def run(focus: Items, arguments: list[Items]) -> Items:
        value = _number(focus)
        places = _number(arguments[0]) if arguments else 0
        if value is None or places is None or not 0 <= places <= MAX_PLACES:
            return []
        try:
            made = Decimal(value).quantize(Decimal(1).scaleb(-int(places)), rounding)
        except InvalidOperation:  # more digits than are reckoned with
            return []
        return [made if arguments else int(made)]

    return run


def _absolute(focus: Items, _arguments: list[Items]) -> Items:
    value = _number(focus)
    if value is None:
        return []
    return [value if value >= 0 else -value]


def _to_integer(focus: Items, _arguments: list[Items]) -> Items:
    found = [plain(item) for item in focus]
    if len(found) != 1:
        return []
    if isinstance(found[0], int):
        return [int(found[0])]
    text = str(found[0])
    return [int(text)] if _WHOLE.fullmatch(text) else []


def _to_decimal(focus: Items, _arguments: list[Items]) -> Items:
    found = [plain(item) for item in focus]
    if len(found) != 1:
        return []
    text = str(int(found[0])) if isinstance(found[0], bool) else str(found[0])
    return [Decimal(text)] if _FRACTION.fullmatch(text) else []


def _to_boolean(focus: Items, _arguments: list[Items]) -> Items:
    found = [plain(item) for item in focus]
    if len(found) != 1:
        return []
    if isinstance(found[0], bool):
        return [found[0]]
    said = _SAID.get(str(found[0]).lower())
    return [] if said is None else [said]


def _to_string(focus: Items, _arguments: list[Items]) -> Items:
    found = [plain(item) for item in focus]
    if len(found) != 1 or isinstance(found[0], dict | list) or found[0] is None:
        return []
    return [str(found[0]).lower() if isinstance(found[0], bool) else str(found[0])]


def _converts(apply: Apply) -> Apply:
    return lambda focus, arguments: [bool(apply(focus, arguments))] if focus else []


def _no_clock(_focus: Items, _arguments: list[Items]) -> Items:
    raise CannotTell("its expression asks what time it is, which is another answer each day")


def _no_narrative(_focus: Items, _arguments: list[Items]) -> Items:
    raise CannotTell("its expression asks for checks of narrative, which the base rules make")


FUNCTIONS: dict[str, Function] = {
    "not": Function(_not),
    "empty": Function(lambda focus, _arguments: [not focus]),
    "count": Function(lambda focus, _arguments: [len(focus)]),
    "hasValue": Function(_has_value),
    "getValue": Function(lambda focus, arguments: focus if _has_value(focus, arguments)[0] else []),
    "distinct": Function(_distinct),
    "isDistinct": Function(_is_distinct),
    "subsetOf": Function(_is_subset, 1, 1),
    "supersetOf": Function(_is_superset, 1, 1),
    "allTrue": Function(_truths(all)),
    "anyTrue": Function(_truths(any)),
    "allFalse": Function(_truths(lambda found: not any(found))),
    "anyFalse": Function(_truths(lambda found: not all(found))),
    "first": Function(lambda focus, _arguments: focus[:1]),
    "last": Function(lambda focus, _arguments: focus[-1:]),
    "tail": Function(lambda focus, _arguments: focus[1:]),
    "single": Function(_single),
    "skip": Function(_skipped, 1, 1),
    "take": Function(_taken, 1, 1),
    "intersect": Function(_intersect, 1, 1),
    "exclude": Function(_excluded, 1, 1),
    "combine": Function(lambda focus, arguments: [*focus, *arguments[0]], 1, 1),
    "union": Function(lambda focus, arguments: distinct([*focus, *arguments[0]]), 1, 1),
    "children": Function(_children),
    "descendants": Function(_descendants),
    "extension": Function(_extension, 1, 1),
    "trace": Function(lambda focus, _arguments: focus, 1, 2),
    "contains": Function(_on_text(lambda text, other: other in text), 1, 1),
    "startsWith": Function(_on_text(lambda text, other: text.startswith(other)), 1, 1),
    "endsWith": Function(_on_text(lambda text, other: text.endswith(other)), 1, 1),
    "indexOf": Function(_on_text(lambda text, other: text.find(other)), 1, 1),
    "matches": Function(_on_text(_matches), 1, 1),
    "matchesFull": Function(_on_text(_matches_whole), 1, 1),
    "replaceMatches": Function(_replaced, 2, 2),
    "replace": Function(_replaced_text, 2, 2),
    "substring": Function(_substring, 1, 2),
    "split": Function(_split, 1, 1),
    "join": Function(_joined, 0, 1),
    "length": Function(_of_text(lambda text: [len(text)])),
    "upper": Function(_of_text(lambda text: [text.upper()])),
    "lower": Function(_of_text(lambda text: [text.lower()])),
    "trim": Function(_of_text(lambda text: [text.strip()])),
    "toChars": Function(_of_text(list)),
    "abs": Function(_absolute),
    "ceiling": Function(_rounded(ROUND_CEILING)),
    "floor": Function(_rounded(ROUND_FLOOR)),
    "truncate": Function(_rounded(ROUND_DOWN)),
    "round": Function(_rounded(ROUND_HALF_UP), 0, 1),
    "toInteger": Function(_to_integer),
    "toDecimal": Function(_to_decimal),
    "toBoolean": Function(_to_boolean),
    "toString": Function(_to_string),
    "convertsToInteger": Function(_converts(_to_integer)),
    "convertsToDecimal": Function(_converts(_to_decimal)),
    "convertsToBoolean": Function(_converts(_to_boolean)),
    "convertsToString": Function(_converts(_to_string)),
    "today": Function(_no_clock),
    "now": Function(_no_clock),
    "timeOfDay": Function(_no_clock),
    "htmlChecks": Function(_no_narrative),
}
