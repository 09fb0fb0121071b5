"""A refused entry without what is wrong with it, so that the rest of it can still be checked.

Nothing is ever judged on a mended entry; it only lends its references, so that a wrong id is told
beside a wrong value and not one round later.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sharedcare.landscape.written import KEY

#: Stands for an id that is missing; it refers to nothing and nothing is said about it.
PLACEHOLDER = "what-is-missing"

#: Mending is tried this often; each time what was found wrong is taken out.
ROUNDS = 4

#: What stands for a missing key that cannot be any text.
_STAND_INS: dict[str, object] = {
    "mode": "push",
    "purpose": "direct_care",
    "content": [PLACEHOLDER],
    "answer": "unknown",
    "as_of": "2000-01-01",
}

M = TypeVar("M", bound=BaseModel)


def mend(model: type[M], written: object, context: dict[str, object]) -> M | None:
    """Return the entry without its faulty parts, None if nothing sensible is left."""
    value = _copy(written)
    for _ in range(ROUNDS):
        try:
            return model.model_validate(value, context=context)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                way = tuple(step for step in detail["loc"] if step != KEY)
                _take_out(value, way, is_missing=detail["type"] == "missing")
    return None


def _copy(value: object) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _take_out(value: Any, way: tuple[str | int, ...], is_missing: bool) -> None:
    """Take out what a way leads to, or as near to it as what was written reaches."""
    *before, last = way or ("",)
    holder, key = value, last
    for step in before:
        inner = _inner(holder, step)
        if not isinstance(inner, dict | list):
            key = step
            break
        holder = inner
    if is_missing and isinstance(holder, dict):
        holder[key] = _STAND_INS.get(str(key), PLACEHOLDER)
    elif isinstance(holder, dict):
        holder.pop(key, None)
    elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
        holder[key] = PLACEHOLDER


def _inner(holder: Any, step: str | int) -> Any:
    if isinstance(holder, dict):
        return holder.get(step)
    return holder[step] if isinstance(step, int) and step < len(holder) else None
