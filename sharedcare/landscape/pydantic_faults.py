"""What pydantic says is wrong, as sentences for a planner, never with the value at fault."""

import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sharedcare.identifiers import Hints
from sharedcare.landscape.fields import kind_of
from sharedcare.landscape.written import KEY

Way = tuple[str | int, ...]

_EXPECTED = {
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
    "tuple_type": "a list",
    "list_type": "a list",
    "string_type": "a text",
}


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that an entry may have, as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def sentence(detail: ErrorDetails, model: type[BaseModel], hints: Hints) -> tuple[str, str, Way]:
    """Turn an error of pydantic's into (code, sentence, way to the place of the fault)."""
    way: Way = tuple(detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        return "MISSING_KEY", f"{way[-1]} is missing", way[:-1]
    if kind == "extra_forbidden":
        return "UNKNOWN_KEY", f"there is no such key{_hint(model, way, hints)}", (*way, KEY)
    if kind in _EXPECTED:
        found = kind_of(detail["input"])
        return "WRONG_TYPE", f"{_EXPECTED[kind]} is expected, not {found}", way
    if kind == "too_short":
        return "EMPTY_LIST", "at least one is expected", way
    return kind.upper(), detail["msg"], way


def _hint(model: type[BaseModel], way: Way, hints: Hints) -> str:
    inner = _model_at(model, way[:-1])
    return hints.hint(str(way[-1]), known_keys(inner)) if inner else ""


def _model_at(model: type[BaseModel], way: Way) -> type[BaseModel] | None:
    """Follow a way through the fields of a model to the model that it ends in."""
    found: type[BaseModel] | None = model
    for step in way:
        if isinstance(step, int) or step == KEY or found is None:
            continue
        names = {field.alias or name: field for name, field in found.model_fields.items()}
        if step in names:
            found = _inner_model(names[step].annotation)
    return found


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model within an annotation: through Annotated, unions, tuples and the values of maps."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner_model(inner[0])
    if origin in (Union, types.UnionType, tuple, dict, Mapping):
        return next(filter(None, map(_inner_model, inner)), None)
    return None
