"""Payloads that verbs measure: the options for them, reading them, and saying what was read."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sharedcare.cli.writing import tell
from sharedcare.errors import FileTrouble, LimitReached, UsedWrongly

if TYPE_CHECKING:
    from sharedcare.fhir.bulk.done import Driver
    from sharedcare.fhir.harmonise.code_lists import CodeLists
    from sharedcare.fhir.harmonise.column_map import ColumnMap
    from sharedcare.fhir.harmonise.concept_maps import Maps
    from sharedcare.fhir.harmonise.resources import Settings
    from sharedcare.fhir.harmonise.sources import Measured

#: Faults that are told of each system; of the rest the count.
MOST_FAULTS = 20

#: Bytes of a map or a list of codes: the maps of whole classifications have some ten mebibytes.
MAX_MAP_BYTES = 16 * 2**20

#: Systems of one run: each is set beside each other one, 19,900 pairs of them.
MOST_SYSTEMS = 200

_TOO_MANY = (
    f"{{found:,}} systems are named, and at most {MOST_SYSTEMS} are set beside each other in one"
    " run; give the files of those that are alike under one name, as SYSTEM=ONE SYSTEM=OTHER"
)

#: Bytes of a key that is made for one run, and the fewest of one that is given.
KEY_BYTES = 32
FEWEST_KEY_BYTES = 16
MOST_KEY_BYTES = 64

columns_option = click.option(
    "--columns",
    multiple=True,
    metavar="SYSTEM=MAP",
    help="What the columns of a system's tables mean (YAML).",
)

map_option = click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FILE",
    help="A FHIR ConceptMap in JSON, or a table (CSV) of codes and their targets.",
)

codes_option = click.option(
    "--codes",
    multiple=True,
    metavar="FILE",
    help="The codes that there are: a CodeSystem or ValueSet in JSON, or a table (CSV).",
)

input_option = click.option(
    "--input",
    "holds",
    type=click.Choice(("auto", "json", "ndjson", "xml")),
    default="auto",
    show_default=True,
    help="What files hold that are no tables; auto goes by the name, else by how they begin.",
)

version_option = click.option(
    "--fhir-version",
    "versions",
    multiple=True,
    metavar="SYSTEM=VERSION",
    help="The version of a system's FHIR: DSTU2, STU3, R4, R4B or R5; else it is looked for.",
)

key_option = click.option(
    "--key-file",
    help="File with a secret of 16 to 64 bytes to hash identifiers with; without it, one a run.",
)


def named_paths(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """Paths by system; raises UsedWrongly for what is no SYSTEM=PATH."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        system, equals, path = pair.partition("=")
        if not (system and equals and path):
            raise UsedWrongly("write SYSTEM=PATH: a name for the system, and where its files are")
        found.setdefault(system, []).append(path)
    return found


def measured_systems(
    named: Mapping[str, list[str]],
    tables: Mapping[str, "ColumnMap"],
    settings: "Settings",
    quiet: bool,
    versions: Mapping[str, str] | None = None,
    *,
    driver: "Driver | None" = None,
    folder: str | None = None,
) -> dict[str, "Measured"]:
    """Measure each system's files and say what was read.

    ``versions`` are the versions of FHIR that the user says, by system; ``driver`` says who works,
    and ``folder`` keeps what is done. Raises UsedWrongly where a table has no column map or a
    column map no table, FileTrouble where nothing of a system could be read, LimitReached where
    there are too many systems.
    """
    from sharedcare.fhir.harmonise.sources import measure_system  # heavy

    for system in tables.keys() - named.keys():
        raise UsedWrongly(f"--columns names the system {system}, of which no path is given")
    if len(named) > MOST_SYSTEMS:
        raise LimitReached(_TOO_MANY.format(found=len(named)))
    said = versions or {}
    for system in said.keys() - named.keys():
        raise UsedWrongly(f"--fhir-version names the system {system}, of which no path is given")
    measured = {}
    for system, paths in named.items():
        by = replace(settings, version=said.get(system, ""))
        told, table = _progress(system, quiet), tables.get(system)
        found = measure_system(paths, by, table, told, driver=driver, folder=folder)
        _tell_read(system, found, quiet)
        if found.faults and not found.counters.read:
            raise FileTrouble(f"{system}: nothing could be read")
        measured[system] = found
    return measured


def _progress(system: str, quiet: bool) -> Callable[[str, int], None]:
    if quiet or not sys.stderr.isatty():
        return lambda _name, _read: None
    return lambda name, read: click.echo(f"\r{system}: {name}, {read:,} lines", nl=False, err=True)


def _tell_read(system: str, found: "Measured", quiet: bool) -> None:
    """Say what was read and what was not: faults always, the sum unless asked not to."""
    for fault in found.faults[:MOST_FAULTS]:
        tell(str(fault))
    if len(found.faults) > MOST_FAULTS:
        tell(f"and {len(found.faults) - MOST_FAULTS:,} more")
    if found.others:
        tell(
            f"{system}: files of other kinds in its folders were not read ({found.others:,}); name"
            " a table by its own name",
            quiet,
        )
    from sharedcare.fhir.harmonise.codes import REASONS  # heavy

    counters = found.counters
    for file, line, why in counters.places:
        tell(f"{file}:{line}:1: {why.upper()}: {REASONS[why]}")
    if counters.quarantined > len(counters.places):
        tell(f"and {counters.quarantined - len(counters.places):,} more lines of {system}")
    tell(
        f"{system}: {counters.read:,} read = {counters.ok:,} ok + {counters.quarantined:,}"
        f" quarantined + {counters.blank:,} blank",
        quiet,
    )


def key_of(path: str | None) -> bytes:
    """The key of hashes: the file's bytes, else one that nobody will know again."""
    if path is None:
        import secrets

        return secrets.token_bytes(KEY_BYTES)
    from sharedcare.reading import read_source

    key = read_source(path).data.strip()
    if not FEWEST_KEY_BYTES <= len(key) <= MOST_KEY_BYTES:
        raise UsedWrongly(
            f"the key has to have {FEWEST_KEY_BYTES} to {MOST_KEY_BYTES} bytes; make one at random"
        )
    return key


def concept_maps(paths: tuple[str, ...]) -> "Maps":
    """Read ConceptMaps; raises InputRefused for a file that is none."""
    from sharedcare.fhir.harmonise.concept_maps import Maps, read_concept_map  # heavy
    from sharedcare.reading import read_source

    made = Maps()
    for path in paths:
        made.add(read_concept_map(read_source(path, MAX_MAP_BYTES)))
    return made


def code_lists(paths: tuple[str, ...]) -> "CodeLists":
    """Read lists of codes; raises InputRefused for a file that is none."""
    from sharedcare.fhir.harmonise.code_lists import CodeLists, read_code_list  # heavy
    from sharedcare.reading import read_source

    made = CodeLists()
    for path in paths:
        made.add(read_code_list(read_source(path, MAX_MAP_BYTES)))
    return made


def said_versions(pairs: tuple[str, ...]) -> dict[str, str]:
    """The version of FHIR that the user says of a system; raises UsedWrongly where it is none."""
    from sharedcare.fhir.harmonise.versions import VERSIONS  # heavy

    found: dict[str, str] = {}
    for pair in pairs:
        system, _, version = pair.partition("=")
        if not system or version.upper() not in VERSIONS:
            raise UsedWrongly(f"write SYSTEM=VERSION, with one of {', '.join(sorted(VERSIONS))}")
        found[system] = version.upper()
    return found


def column_maps(pairs: tuple[str, ...]) -> dict[str, "ColumnMap"]:
    """Read the column map of each system; raises InputRefused with every fault."""
    from sharedcare.fhir.harmonise.column_map import read_column_map  # heavy
    from sharedcare.reading import read_source

    named = named_paths(pairs)
    return {system: read_column_map(read_source(paths[-1])) for system, paths in named.items()}
