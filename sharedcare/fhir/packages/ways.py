"""The way to each element of a differential: its steps, with the slice that each goes through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sharedcare.fhir.packages.element_json import (
    Json,
    checked_slice_name,
    path_of,
    slice_name_of,
    text,
)
from sharedcare.fhir.packages.refusal import named


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``identifier``, or its slice ``nhsNumber``.

    ``is_short`` where the path names the type of a choice: ``valueQuantity``.
    """

    name: str
    slice_name: str = ""
    is_short: bool = False


Steps = tuple[Step, ...]


def id_of(steps: Steps) -> str:
    """Return the id of an element, as it may be printed."""
    return named(".".join(f"{one.name}:{one.slice_name}".rstrip(":") for one in steps))


def ways(differential: Sequence[Json]) -> Iterator[tuple[Steps, Json]]:
    """Go through a differential with the way to each element; raises NotAsFhirSays.

    The id tells it where it fits the path; else the path and what went before: an element stands in
    the last one before it that its path goes on from.
    """
    above: list[tuple[str, Steps]] = []
    for raw in differential:
        path = path_of(raw)
        while above and not path.startswith(f"{above[-1][0]}."):
            above.pop()
        steps = _by_id(path, text(raw, "id")) or _by_order(path, above)
        slice_name = slice_name_of(raw)
        if slice_name:
            steps = (*steps[:-1], replace(steps[-1], slice_name=slice_name))
        above.append((path, steps))
        yield steps, raw


def _by_id(path: str, element_id: str) -> Steps:
    """Read an id whose steps are those of the path; nothing where it is another."""
    names, parts = path.split("."), element_id.split(".")
    if len(names) != len(parts):
        return ()
    made = []
    for name, part in zip(names, parts, strict=True):
        said, _, slice_name = part.partition(":")
        is_choice = said.endswith("[x]") and name.startswith(said.removesuffix("[x]"))
        if said != name and not is_choice:
            return ()
        is_short = is_choice and said != name
        checked_slice_name(slice_name)
        made.append(Step(said, slice_name or (name if is_short else ""), is_short))
    return tuple(made)


def _by_order(path: str, above: list[tuple[str, Steps]]) -> Steps:
    """Go on from the nearest element above; where there is none, without slices."""
    known, steps = above[-1] if above else ("", ())
    left = path.removeprefix(f"{known}.") if known else path
    return (*steps, *(Step(name) for name in left.split(".")))
