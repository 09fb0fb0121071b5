"""Entries as what they declare, and merge patches on that.

A patch says only what becomes different, as a JSON merge patch (RFC 7396) does: a map is merged
key by key, anything else replaces what was there, and ``null`` takes a key away, so that it is no
longer said. A list and a range are one value, and are replaced whole.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from sharedcare.landscape.entry import Declared, Entry, says_nothing

#: What an entry declares: values by key, the maps among them as maps.
Values = dict[str, Any]


def declared(entry: Declared) -> Values:
    """Return what an entry says, key by key; what it does not say is not there."""
    return {
        field.alias or name: _plain(getattr(entry, name))
        for name, field in type(entry).model_fields.items()
        if name in entry.model_fields_set
    }


def _plain(value: object) -> object:
    """Open up maps, which are merged; everything else is one value."""
    if isinstance(value, Declared):
        return declared(value)
    if isinstance(value, Mapping):
        return {_written(key): _plain(inner) for key, inner in value.items()}
    return value


def _written(key: object) -> object:
    return key.value if isinstance(key, Enum) else key


def merged(values: Mapping[str, Any], patch: Mapping[str, Any]) -> Values:
    """Return declared values with a patch laid over them; neither is changed."""
    made = dict(values)
    for key, said in patch.items():
        if says_nothing(key, said, Entry.text_keys):
            made.pop(key, None)
        elif isinstance(said, Mapping):
            below = made.get(key)
            made[key] = merged(below if isinstance(below, Mapping) else {}, said)
        else:
            made[key] = said
    return made


def in_full(model: type[Entry], key: str, said: object, context: Mapping[str, object]) -> object:
    """Bring a short way in which a patch may name data categories into ``{category: …}``.

    Whatever stands under another key is returned as it is. ``context`` holds the bundles of the
    profile. Raises pydantic's ValidationError, with ways that begin below the key.
    """
    if key not in model.short_forms or says_nothing(key, said, Entry.text_keys):
        return said
    if isinstance(said, Mapping):
        said = {
            name: None if says_nothing("", inner, frozenset()) else inner
            for name, inner in said.items()
        }
    return _reader(model, key).validate_python(said, context=dict(context))


@cache
def _reader(model: type[Entry], key: str) -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[Any, BeforeValidator(model.short_forms[key])])


def leaves(patch: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield everything that a patch sets, with the way to it; what it takes away is None."""
    for key, said in patch.items():
        if isinstance(said, Mapping):
            yield from (((key, *way), value) for way, value in leaves(said))
        else:
            gone = says_nothing(key, said, Entry.text_keys)
            yield (key,), None if gone else said
