"""``sharedcare harmonise``: whether systems mean the same, measured from what they send."""

from collections.abc import Callable

import click

from sharedcare.cli.driving import driver_of, output_dir_option, spark_option, workers_option
from sharedcare.cli.exits import Exit
from sharedcare.cli.measuring import (
    code_lists,
    codes_option,
    column_maps,
    columns_option,
    concept_maps,
    input_option,
    key_of,
    key_option,
    map_option,
    measured_systems,
    named_paths,
    said_versions,
    version_option,
)
from sharedcare.cli.options import format_option, output_option, quiet_option
from sharedcare.cli.writing import write
from sharedcare.errors import UsedWrongly

_NO_KEY = (
    "--output-dir keeps hashes of people for a later run, which has to know them again: name the"
    " same --key-file for both, kept apart from that folder"
)


@click.command(name="harmonise")
@click.argument("sources", nargs=-1, required=True, metavar="SYSTEM=PATH…")
@columns_option
@map_option
@codes_option
@input_option
@version_option
@click.option("--profile", help="Landscape profile: its needs say what matters most.")
@key_option
@workers_option
@spark_option
@output_dir_option
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
@format_option("text", "markdown", "html", "json")
@output_option
@quiet_option
def command(
    *,
    sources: tuple[str, ...],
    columns: tuple[str, ...],
    maps: tuple[str, ...],
    codes: tuple[str, ...],
    holds: str,
    versions: tuple[str, ...],
    profile: str | None,
    key_file: str | None,
    workers: int,
    spark: str | None,
    output_dir: str | None,
    exact_counts: bool,
    fail_on: str,
    format_: str,
    output: str,
    quiet: bool,
) -> int:
    """Measure what systems send, and say what stands between them.

    SYSTEM=PATH names a system and a file or folder of what it sends: FHIR of any version as NDJSON,
    JSON or XML, packed or not, or a table (CSV) with --columns. A system may be named several
    times; - is standard input.

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
    given, tables, lists = concept_maps(maps), column_maps(columns), code_lists(codes)
    settings, said = Settings(key_of(key_file), holds=holds), said_versions(versions)
    if output_dir is not None and key_file is None:
        raise UsedWrongly(_NO_KEY)
    with driver_of(workers, spark) as driver:
        measured = measured_systems(
            named_paths(sources), tables, settings, quiet, said, driver=driver, folder=output_dir
        )
    found = harmonisation({n: m.counters for n, m in measured.items()}, given, weight, lists)
    document = harmonisation_document(found, version("sharedcare"), Disclosure(exact_counts))
    write(render_harmonisation(document, format_).encode(), output)
    if not all(one.is_whole for one in measured.values()):
        return Exit.PARTIAL
    return Exit.FINDINGS if fail_on == "clashes" and found.clashes else Exit.DONE


def _weights(profile: str | None, quiet: bool) -> Callable[[str], float]:
    """The weight of the needs that ask for a category; of all alike without a profile."""
    if profile is None:
        return lambda _category: 1.0
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.measured.payloads import weight_of  # heavy

    landscape, _ = taken(profile, quiet)
    return lambda category: weight_of(landscape, category)
