"""Finding the place of something in a profile as it was written."""

from collections.abc import Iterator, Mapping

from sharedcare.identifiers import is_category_id
from sharedcare.places import LocatedMap, Place, key_place_of, place_of

#: A way into a profile or an entry: keys and list positions.
Way = tuple[str | int, ...]

#: pydantic's word for "the key itself is at fault".
KEY = "[key]"


def path_words(way: tuple[str | int, ...]) -> str:
    """Write a way into a profile as ``needs.discharge_meds.content[0]``.

    A key that is no id is not repeated: it may hold what no message should.
    """
    words = ""
    for step in way:
        if step == KEY:
            continue
        if isinstance(step, int):
            words += f"[{step}]"
        else:
            words += ("." if words else "") + (step if is_category_id(step) else "…")
    return words


def locate(
    value: object, way: tuple[str | int, ...], file: str, fallback: Place | None = None
) -> Place:
    """Return the place of what a way leads to, or of the nearest thing that was written.

    Short forms are written otherwise than the way says (``{coded: [allergies]}`` for
    ``allergies: {form: coded}``); then the id itself is looked for below the last step found.
    """
    best = place_of(value) or fallback or Place(file)
    for position, step in enumerate(way):
        if step == KEY:
            return best
        if way[position + 1 : position + 2] == (KEY,):
            at = _key_place(value, step)
            return at or _named(value, way[position:]) or best
        found = _step(value, step)
        if found is None:
            named = _named(value, way[position:])
            return named or best
        value, place = found
        best = place or best
    return best


def _step(value: object, step: str | int) -> tuple[object, Place | None] | None:
    if isinstance(value, Mapping) and isinstance(step, str) and step in value:
        inner = value[step]
        at = value.keys_at.get(step) if isinstance(value, LocatedMap) else key_place_of(inner)
        return inner, at if isinstance(inner, Mapping | list) else place_of(inner) or at
    if isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
        return value[step], place_of(value[step])
    return None


def _key_place(value: object, key: str | int) -> Place | None:
    return value.keys_at.get(str(key)) if isinstance(value, LocatedMap) else None


def _named(value: object, way: tuple[str | int, ...]) -> Place | None:
    """Return the place of the first text below a value that is the next named step of a way."""
    wanted = next((step for step in way if isinstance(step, str)), None)
    return next((place for text, place in _texts(value) if text == wanted), None)


def _texts(value: object) -> Iterator[tuple[str, Place]]:
    if isinstance(value, LocatedMap):
        yield from value.keys_at.items()
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        place = place_of(value)
        if place is not None:
            yield str(value), place
