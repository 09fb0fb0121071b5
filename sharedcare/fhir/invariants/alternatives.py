"""Which elements have to be absent for an invariant to hold, whatever else is there.

Many invariants are alternatives, one of which is that some element is absent, or ask something of
an element only where it exists. This is read from how they are written: ``a or b.empty()`` and
``b.exists() implies a`` hold for every object without ``b``. Of an alternative that is not written
in one of these ways nothing is told.
"""

import re
from collections.abc import Iterator

_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'")
_SIGN = re.compile(r"[()]|\b(?:implies|or|xor|and)\b")
_IN_BRACKETS = re.compile(r"\((?:[^()]|\(\))+\)")
#: A path, perhaps with a condition that is empty here (see ``_flat``), of which nothing is there.
_ABSENT = re.compile(
    r"(?P<name>\w+)(?:(?:\.\w+(?!\()|\.where\(\))*\.empty\(\)|\.hasValue\(\)\.not\(\))"
)
_EXISTS = re.compile(r"(?P<name>\w+)\.exists\(\)")


def holds_without(expression: str) -> Iterator[frozenset[str]]:
    """Go through sets of names: an object that has none of one of them keeps to the invariant."""
    written = _TEXT.sub("''", expression)
    condition, *asked = _apart("implies", written)
    if len(asked) > 1:
        return
    if asked and (found := _EXISTS.fullmatch(condition)):
        yield frozenset({found["name"]})
    for alternative in _apart("or", *asked or [condition]):
        names = _absent(alternative)
        if names:
            yield names


def _absent(alternative: str) -> frozenset[str]:
    """Return what has to be absent for an alternative to be true; nothing where it asks more."""
    inner = _without_brackets(alternative)
    found = [_ABSENT.fullmatch(_flat(one)) for one in _apart("and", inner)]
    return frozenset(one["name"] for one in found if one) if all(found) else frozenset()


def _apart(word: str, written: str) -> list[str]:
    """Take an expression apart where a word stands outside all brackets; not beside ``xor``."""
    parts, begun, depth = [], 0, 0
    for found in _SIGN.finditer(written):
        sign = found.group()
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign == "xor":
            return [written]
        if depth == 0 and sign == word:
            parts.append(written[begun : found.start()].strip())
            begun = found.end()
    return [*parts, written[begun:].strip()]


def _flat(written: str) -> str:
    """Return an expression without what stands in its brackets."""
    flat, count = _IN_BRACKETS.subn("()", written)
    return _flat(flat) if count else flat


def _without_brackets(written: str) -> str:
    """Return an expression without brackets around the whole of it."""
    return written[1:-1].strip() if _flat(written) == "()" else written
