"""What becomes of the entries that name one which is removed.

It is taken out of every list that may be shorter for it, and flows from or to a removed place go
with it. An entry that hangs on it (a need on its stakeholder, a system on its organisation, a gate
on a need) would mean something else without it, and often something better; so that is told, and
not guessed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sharedcare.landscape.entry import Entry
from sharedcare.landscape.flow import Flow
from sharedcare.landscape.landscape import ENTRY_MODELS
from sharedcare.landscape.patching import declared
from sharedcare.landscape.pathway import Step
from sharedcare.landscape.planning import KINDS
from sharedcare.landscape.references import INTO, Reference, references
from sharedcare.landscape.stakeholder import Uses
from sharedcare.landscape.written import Way

#: Entries by map and id.
Maps = dict[str, dict[str, Entry]]

#: An entry that was removed: map and id.
Removed = tuple[str, str]


def _without(ids: Iterable[str], gone: str) -> tuple[str, ...]:
    return tuple(found for found in ids if found != gone)


def _without_uses(uses: Iterable[Uses], gone: str) -> tuple[Uses, ...]:
    return tuple(use for use in uses if use.system != gone)


def _without_needs(steps: Iterable[Step], gone: str) -> tuple[Step, ...]:
    return tuple(
        step.model_copy(update={"needs": _without(step.needs, gone)})
        if gone in step.needs
        else step
        for step in steps
    )


def _without_words(said: Mapping[str, str], gone: str) -> dict[str, str]:
    return {organisation: words for organisation, words in said.items() if organisation != gone}


#: What takes an id out of the value of an entry's key, by map and by the words of the way to it.
_SHORTER: dict[tuple[str, ...], Callable[[Any, str], Any]] = {
    ("stakeholders", "uses", "system"): _without_uses,
    ("systems", "processor_for"): _without,
    ("flows", "agreements"): _without,
    ("flows", "evidence"): _without,
    ("agreements", "parties"): _without,
    ("agreements", "controllers"): _without,
    ("pathways", "agreed_by"): _without,
    ("pathways", "steps", "needs"): _without_needs,
    ("activities", "needs"): _without,
    ("activities", "supports"): _without,
    ("attestations", "evidence"): _without,
}


def forget(
    maps: Maps, removed: Iterable[Removed], added: Iterable[str]
) -> Iterator[tuple[Removed, Way]]:
    """Take what is removed out of all entries; yield what still hangs on it, with the way to it.

    ``added`` are flows that are new: they do not go with their ends.
    """
    gone = frozenset(removed)
    _drop_flows(maps["flows"], gone, frozenset(added))
    for kind in ENTRY_MODELS:
        for key, entry in list(maps[kind].items() if kind not in KINDS else ()):
            for reference in references(entry):
                found = _removed_by(reference, gone)
                if found is not None and not _is_forgotten(maps[kind], kind, key, reference):
                    yield found, (kind, key, *reference.way)


def _drop_flows(flows: dict[str, Entry], gone: frozenset[Removed], added: frozenset[str]) -> None:
    for key, flow in list(flows.items()):
        ends = {(kind, end) for kind in INTO["places"].maps for end in _ends(flow)}
        if ends & gone and key not in added:
            del flows[key]


def _ends(flow: Entry) -> tuple[str, ...]:
    return (flow.from_, flow.to) if isinstance(flow, Flow) else ()


def _removed_by(reference: Reference, gone: frozenset[Removed]) -> Removed | None:
    """The removed entry that a reference names."""
    maps = INTO[reference.into].maps if reference.into in INTO else ()
    if reference.into == "parties":
        maps = ("organisations",)
    return next(((kind, reference.id) for kind in maps if (kind, reference.id) in gone), None)


def _is_forgotten(entries: dict[str, Entry], kind: str, key: str, reference: Reference) -> bool:
    """Take a reference out of an entry, if it stands in a list that may be shorter for it."""
    words = tuple(step for step in reference.way if isinstance(step, str))
    is_said = words[0] in ("confirmed_by", "disputed_by")
    shorter = _without_words if is_said else _SHORTER.get((kind, *words))
    if shorter is None:
        return False
    values = declared(entries[key])
    values[words[0]] = shorter(values[words[0]], reference.id)
    entries[key] = ENTRY_MODELS[kind].model_validate(values)
    return True
