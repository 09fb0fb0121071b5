"""What of a statement a profile can say, written as a part of one, and what it leaves open.

Nothing is invented: what the statement does not say is left out, and named in a comment.
"""

import json
from collections.abc import Iterator
from pathlib import PurePath

from sharedcare.fhir.capability.serving import possible, served
from sharedcare.fhir.capability.statement import Statement, printable
from sharedcare.identifiers import MAX_ID_LENGTH, is_slug
from sharedcare.landscape import Landscape

#: Kinds of system that pass on what others hold, so that serving something is not holding it.
PASSES_ON = frozenset(
    ("shared_record", "portal", "integration_engine", "data_platform", "national_service")
)

_ENDING = "_capability"

#: What no statement says, though a profile can.
LEFT_OUT = (
    "whose system it is, its kind and owner",
    "whether what it serves is authoritative, how far back and how complete it is",
    "whether there are codes inside, and of which code systems",
    "by which numbers it knows people",
    "what moves to whom, how fast and under which agreement",
)


def fragment(statement: Statement, system: str, landscape: Landscape | None = None) -> str:
    """Write the part of a profile that a statement bears out.

    Where the landscape says that the system only carries or shows what others hold, nothing is
    written under ``holds``. Raises ValueError for what is no id.
    """
    if not is_slug(system):
        raise ValueError(system)
    return "\n".join(_lines(statement, system, landscape)) + "\n"


def evidence_id(system: str) -> str:
    """The id of the evidence that a statement of a system is."""
    return f"{system[: MAX_ID_LENGTH - len(_ENDING)]}{_ENDING}"


def _lines(statement: Statement, system: str, landscape: Landscape | None) -> Iterator[str]:
    number = printable(statement.number)
    yield f"# From a CapabilityStatement of FHIR {number}: what an interface says of itself."
    yield "# Not said by it, and left out:"
    yield from (f"#   - {words}" for words in LEFT_OUT)
    yield "systems:"
    yield f"  {system}:"
    yield from (f"    {key}: {_quoted(value)}" for key, value in _facts(statement))
    if _passes_on(system, landscape):
        yield "    # holds: the profile says that it passes on what others hold; nothing is added"
    else:
        yield from _holds(statement)
    for key, flow in landscape.flows.items() if landscape else ():
        if system in (flow.from_, flow.to):
            yield f"# Evidence for the flow {key}, if it goes by this interface."
    yield "evidence:"
    yield f"  {evidence_id(system)}:"
    yield "    name: CapabilityStatement"
    yield "    kind: document"
    yield f"    {f'date: {statement.date}' if statement.date else '# date: the statement has none'}"
    if statement.url:
        yield f"    url: {_quoted(statement.url)}"


def _facts(statement: Statement) -> Iterator[tuple[str, str]]:
    if statement.software:
        yield "product", statement.software
    if statement.software_version:
        yield "version", statement.software_version
    yield "source", statement.url or PurePath(statement.source).name


def _holds(statement: Statement) -> Iterator[str]:
    found = served(statement.server)
    if found:
        yield "    # It serves these; take out what it only passes on for others."
        yield "    holds:"
    standard = f"FHIR {statement.version}"
    for one in found:
        types = ", ".join(found.type for found in one.types)
        written = f"{{form: {one.form.word}, standard: {standard}}}"
        yield f"      {one.category}: {written}  # {types}"
    for type_, categories in possible(statement.server):
        yield f"    # It serves {type_.type} and does not say as what: {_few(categories)}?"


def _few(categories: tuple[str, ...]) -> str:
    """Three of the categories that a type may mean; all would say nothing."""
    most = 3
    shown = ", ".join(categories[:most])
    return shown if len(categories) <= most else f"{shown}, …"


def _passes_on(system: str, landscape: Landscape | None) -> bool:
    known = landscape.systems.get(system) if landscape else None
    return known is not None and (known.kind in PASSES_ON or bool(known.processor_for))


def _quoted(text: str) -> str:
    """A text that YAML reads as itself, whatever is in it."""
    return json.dumps(printable(text), ensure_ascii=False)
