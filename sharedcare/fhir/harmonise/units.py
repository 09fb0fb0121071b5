"""Units of measurement by UCUM: which are units at all, and which can be turned into which.

The work is done by the library ucumvert, the extra ``units``; without it units are compared as they
are written, and the result says so.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

#: A number that no honest unit has; raising ten to it would take for ever.
_LONG_NUMBER = re.compile("[0-9]{5}")

_ANNOTATION = re.compile("{[^{}]*}")
_NOT_KNOWN = ("", 0.0)

#: Units longer than this are not looked at: none is.
LONGEST = 64

NOT_INSTALLED = (
    "Units were compared as they are written: install sharedcare[units] to have them checked by"
    " UCUM and to learn which can be converted."
)


def can_check() -> bool:
    """Whether the library is there."""
    return find_spec("ucumvert") is not None


def is_unit(text: str) -> bool | None:
    """Whether a text is a unit of UCUM; None where nothing can check it."""
    return _is_written_right(text) if can_check() else None


def is_plain_unit(text: str) -> bool:
    """Whether a text is surely a unit and nothing else: braces may hold anything."""
    return "{" not in text and is_unit(text) is True


def can_convert(one: str, other: str) -> bool | None:
    """Whether two units measure the same kind of quantity; None where nothing can check it."""
    if not can_check():
        return None
    return _dimension(one) != "" and _dimension(one) == _dimension(other)


def is_same(one: str, other: str) -> bool:
    """Whether two units are one, written in two ways; where nothing can check it, the texts."""
    if one == other:
        return True
    return bool(can_convert(one, other)) and _read(one) == _read(other)


def _dimension(text: str) -> str:
    """The dimension of a unit, empty where it is not known."""
    return _read(text)[0]


@cache
def _is_written_right(text: str) -> bool:
    from lark.exceptions import LarkError

    try:
        _parser().parse(text if len(text) <= LONGEST else "")
    except (LarkError, RecursionError):
        return False
    return True


@cache
def _read(text: str) -> tuple[str, float]:
    """The dimension of a unit and its size in base units; an empty text where it is not known.

    The library knows no size of a few units of UCUM, such as ``[pH]``.
    """
    if not _is_written_right(text) or _LONG_NUMBER.search(text):
        return _NOT_KNOWN
    if _ANNOTATION.fullmatch(text):  # UCUM: the same as 1, whatever stands in the braces
        return "dimensionless", 1.0
    from lark.exceptions import LarkError
    from pint.errors import PintError

    try:
        found = _quantities()(text).to_base_units()
        return str(found.dimensionality), float(found.magnitude)
    except (LarkError, PintError, ArithmeticError, AttributeError, ValueError, RecursionError):
        return _NOT_KNOWN  # AttributeError: there is no quantity of several braces


@cache
def _parser() -> Any:
    library: Any = import_module("ucumvert")  # heavy, and without types
    return library.get_ucum_parser()


@cache
def _quantities() -> Callable[[str], Any]:
    library: Any = import_module("ucumvert")
    read: Callable[[str], Any] = library.PintUcumRegistry().from_ucum
    return read
