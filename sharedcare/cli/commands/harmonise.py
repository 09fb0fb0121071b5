"""``sharedcare harmonise``: whether systems mean the same, measured from what they send."""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.options import format_option, output_option, quiet_option
from sharedcare.cli.writing import tell, write
from sharedcare.errors import FileTrouble, UsedWrongly

if TYPE_CHECKING:
    from sharedcare.fhir.harmonise.column_map import ColumnMap
    from sharedcare.fhir.harmonise.concept_maps import Maps
    from sharedcare.fhir.harmonise.resources import Settings
    from sharedcare.fhir.harmonise.sources import Measured

#: Faults that are told of each system; of the rest the count.
MOST_FAULTS = 20

#: Bytes of a key that is made for one run, and the fewest of one that is given.
KEY_BYTES = 32
FEWEST_KEY_BYTES = 16
MOST_KEY_BYTES = 64


@click.command(name="harmonise")
@click.argument("sources", nargs=-1, required=True, metavar="SYSTEM=PATH…")
@click.option(
    "--columns",
    multiple=True,
    metavar="SYSTEM=MAP",
    help="What the columns of a system's tables mean (YAML).",
)
@click.option("--map", "maps", multiple=True, metavar="FILE", help="A FHIR ConceptMap in JSON.")
@click.option("--profile", help="Landscape profile: its needs say what matters most.")
@click.option(
    "--key-file",
    help="File with a secret of 16 to 64 bytes to hash identifiers with; without it, one a run.",
)
@click.option(
    "--exact-counts",
    is_flag=True,
    help="Show exact counts; else 1 to 7 are shown as * and others rounded to 5.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("never", "clashes")),
    default="never",
    show_default=True,
    help="Exit code 1 if a clash is found.",
)
@format_option("text", "markdown", "json")
@output_option
@quiet_option
def command(
    *,
    sources: tuple[str, ...],
    columns: tuple[str, ...],
    maps: tuple[str, ...],
    profile: str | None,
    key_file: str | None,
    exact_counts: bool,
    fail_on: str,
    format_: str,
    output: str,
    quiet: bool,
) -> int:
    """Measure what systems send, and say what stands between them.

    SYSTEM=PATH names a system and a file or folder of what it sends: FHIR of any version as NDJSON
    or JSON, packed or not, or a table (CSV) with --columns. A system may be named several times.

    No value of a patient is kept or shown. Exit code 4 if something could not be read.

    Example: sharedcare harmonise gp=gp.ndjson epr=export/ asc=asc.csv --columns asc=asc.yaml
    """
    from importlib.metadata import version

    from sharedcare.fhir.harmonise.disclosure import Disclosure  # heavy
    from sharedcare.fhir.harmonise.resources import Settings  # heavy
    from sharedcare.fhir.harmonise.result import harmonisation  # heavy
    from sharedcare.reports.payloads.harmonisation import render_harmonisation  # heavy
    from sharedcare.reports.payloads.harmonisation_document import harmonisation_document  # heavy

    weight = _weights(profile, quiet)
    given, tables = _concept_maps(maps), _column_maps(columns)
    measured = _measured(_named(sources), tables, Settings(_key(key_file)), quiet)
    found = harmonisation({n: m.counters for n, m in measured.items()}, given, weight)
    document = harmonisation_document(found, version("sharedcare"), Disclosure(exact_counts))
    write(render_harmonisation(document, format_).encode(), output)
    if not all(_is_whole(one) for one in measured.values()):
        return Exit.PARTIAL
    return Exit.FINDINGS if fail_on == "clashes" and found.clashes else Exit.DONE


def _named(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """Paths by system; raises UsedWrongly for what is no SYSTEM=PATH."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        system, equals, path = pair.partition("=")
        if not (system and equals and path):
            raise UsedWrongly("write SYSTEM=PATH: a name for the system, and where its files are")
        found.setdefault(system, []).append(path)
    return found


def _measured(
    named: Mapping[str, list[str]],
    tables: Mapping[str, "ColumnMap"],
    settings: "Settings",
    quiet: bool,
) -> dict[str, "Measured"]:
    from sharedcare.fhir.harmonise.sources import measure_system  # heavy

    for system in tables.keys() - named.keys():
        raise UsedWrongly(f"--columns names the system {system}, of which no path is given")
    measured = {}
    for system, paths in named.items():
        found = measure_system(paths, settings, tables.get(system), _progress(system, quiet))
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
    counters = found.counters
    for file, line, why in counters.places:
        tell(f"{file}:{line}:1: {why.upper()}: {_WHY[why]}")
    tell(
        f"{system}: {counters.read:,} read = {counters.ok:,} ok + {counters.quarantined:,}"
        f" quarantined + {counters.blank:,} blank",
        quiet,
    )


_WHY = {
    "not_json": "this line is no JSON; a document over several lines goes into a file named .json",
    "no_resource": "this is no FHIR resource: it does not say its resourceType",
    "misshapen": "elements of this resource are not shaped as FHIR has them",
    "too_long": "this line is too long and was left out",
    "too_many_values": "this line holds too many values and was left out",
    "torn_row": "this row does not end; look for a quotation mark that is not closed",
    "row_length": "this row has more or fewer cells than the first line",
    "not_utf8": "this row is not UTF-8; save the table as CSV UTF-8",
}


def _is_whole(found: "Measured") -> bool:
    counters = found.counters
    return not (found.faults or counters.quarantined or counters.misshapen)


def _key(path: str | None) -> bytes:
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


def _concept_maps(paths: tuple[str, ...]) -> "Maps":
    from sharedcare.fhir.harmonise.concept_maps import Maps, read_concept_map  # heavy
    from sharedcare.reading import read_source

    made = Maps()
    for path in paths:
        made.add(read_concept_map(read_source(path)))
    return made


def _column_maps(pairs: tuple[str, ...]) -> dict[str, "ColumnMap"]:
    from sharedcare.fhir.harmonise.column_map import read_column_map  # heavy
    from sharedcare.reading import read_source

    named = _named(pairs)
    return {system: read_column_map(read_source(paths[-1])) for system, paths in named.items()}


def _weights(profile: str | None, quiet: bool) -> Callable[[str], float]:
    """The weight of the needs that ask for a category; of all alike without a profile."""
    if profile is None:
        return lambda _category: 1.0
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.landscape.data_categories import covers

    landscape, _ = taken(profile, quiet)

    def weight(category: str) -> float:
        return float(
            sum(
                need.weight
                for need in landscape.needs.values()
                if any(
                    covers(item.category, category) or covers(category, item.category)
                    for item in need.content
                )
            )
        )

    return weight
