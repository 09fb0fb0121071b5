"""``sharedcare validate``: whether FHIR payloads are valid, with every fault and its place."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from sharedcare.cli.driving import driver_of, output_dir_option, spark_option, workers_option
from sharedcare.cli.exits import Exit
from sharedcare.cli.options import format_option, output_option, quiet_option
from sharedcare.cli.writing import tell, write
from sharedcare.errors import UsedWrongly

if TYPE_CHECKING:
    from sharedcare.fhir.payloads.conformance import Conformance, Progress
    from sharedcare.fhir.payloads.settings import FromPackages, Suppression
    from sharedcare.fhir.payloads.tally import Counts, Kind

#: Bytes of one file after which it is said again how far the work has come.
TOLD_EVERY = 32 * 2**20

#: Permissions of a report that shows values: for its owner alone.
PRIVATE = 0o600


@click.command(name="validate")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@format_option("text", "json", "operationoutcome", "sarif", "junit")
@output_option
@click.option(
    "--input",
    "holds",
    type=click.Choice(("auto", "json", "ndjson", "xml")),
    default="auto",
    show_default=True,
    help="What the files hold; auto goes by the name, else by how the text begins.",
)
@click.option(
    "--fhir-version",
    type=click.Choice(("auto", "R4", "R4B", "R5", "STU3"), case_sensitive=False),
    default="auto",
    show_default=True,
    help="By which version to validate; auto takes what a resource says, else R4.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="PACKAGE",
    help="FHIR package to hold resources against: a .tgz, a folder, or name#version of the cache.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="CANONICAL",
    help="FHIR profile to hold resources of its type against, whatever they claim.",
)
@click.option(
    "--package-cache",
    type=click.Path(),
    help="Folder of the FHIR package cache, in place of ~/.fhir/packages.",
)
@click.option("--must-support", is_flag=True, help="Tell of absent elements marked mustSupport.")
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "never")),
    default="error",
    show_default=True,
    help="From which severity on the exit code is 1.",
)
@workers_option
@spark_option
@output_dir_option
@click.option("--baseline", type=click.Path(), help="Issues that are known; only more are told.")
@click.option("--write-baseline", type=click.Path(), help="File to write all issues to as known.")
@click.option(
    "--suppressions",
    type=click.Path(),
    help="YAML list of rules not to tell, each with a reason and a last day.",
)
@click.option("--as-of", metavar="DATE", help="The day on which suppressions still have to hold.")
@click.option("--show-values", is_flag=True, help="Show what stands at each fault: patients' data.")
@quiet_option
def command(
    *,
    paths: tuple[str, ...],
    format_: str,
    output: str,
    holds: str,
    fhir_version: str,
    packages: tuple[str, ...],
    profiles: tuple[str, ...],
    package_cache: str | None,
    must_support: bool,
    fail_on: str,
    workers: int,
    spark: str | None,
    output_dir: str | None,
    baseline: str | None,
    write_baseline: str | None,
    suppressions: str | None,
    as_of: str | None,
    show_values: bool,
    quiet: bool,
) -> int:
    """Validate FHIR payloads: JSON, NDJSON and XML, packed by gzip or not; files, folders, or -.

    Every fault comes with file, line and column, and no value of a record. Everything that is read
    is accounted for. Exit code 1 for findings, 3 if nothing could be read, 4 if something was left
    out, 5 at a limit, 6 for a file that cannot be read.

    Example: sharedcare validate examples/payloads/patient.json
    """
    from sharedcare.fhir.payloads.conformance import validate_paths
    from sharedcare.fhir.payloads.settings import Settings
    from sharedcare.reports.payloads.validation import render_validation

    known = _baseline(baseline)
    settings = Settings(
        version=fhir_version,
        show_values=show_values,
        suppressions=_suppressions(suppressions, as_of, bool(packages or profiles), quiet),
        apart=frozenset(known),
        packages=_packages(packages, profiles, package_cache, must_support),
    )
    with driver_of(workers, spark) as driver:
        made = validate_paths(
            paths,
            settings,
            holds=holds,
            driver=driver,
            folder=output_dir,
            known=known,
            progress=None if quiet else _progress(),
        )
    if write_baseline is not None:
        _write_baseline(made, write_baseline, quiet)
    rendered = render_validation(made, format_).encode("utf-8", "backslashreplace")
    write(rendered, output, PRIVATE if show_values else None)
    return _exit(made, fail_on)


def _baseline(path: str | None) -> "Mapping[Kind, int]":
    if path is None:
        return {}
    from sharedcare.fhir.payloads.known import read_baseline
    from sharedcare.reading import read_source

    return read_baseline(read_source(path))


def _write_baseline(made: "Conformance", path: str, quiet: bool) -> None:
    """Write all issues as known; not where nothing was read, which would make nothing known."""
    if made.nothing_read:
        tell(f"{path} was not written, since nothing could be looked at", quiet)
        return
    from sharedcare.fhir.payloads.known import baseline_of

    write(baseline_of(made.tally).encode(), path)
    tell(f"wrote {path}", quiet)


def _packages(
    sources: tuple[str, ...], asked: tuple[str, ...], cache: str | None, must_support: bool
) -> "FromPackages | None":
    """Read the packages that are named; without any, and nothing asked for, nothing is read."""
    if not sources and not asked:
        if cache is not None or must_support:
            raise UsedWrongly("--package-cache and --must-support go with --package or --profile")
        return None
    from sharedcare.fhir.payloads.given_packages import from_packages

    return from_packages(sources, cache, asked, must_support)


def _suppressions(
    path: str | None, as_of: str | None, any_rule: bool, quiet: bool
) -> "tuple[Suppression, ...]":
    """Read suppressions and leave out, and tell, those that hold no longer."""
    if path is None:
        return ()
    from sharedcare.fhir.payloads.known import expired, read_suppressions
    from sharedcare.reading import read_source
    from sharedcare.reports.payloads.validation_words import suppression_words

    found = read_suppressions(read_source(path), any_rule)
    day = _day(as_of, any(one.until for one in found))
    gone = expired(found, day)
    for one in gone:
        tell(f"no longer suppressed: {suppression_words(one)}", quiet)
    return tuple(one for one in found if one not in gone)


def _day(as_of: str | None, is_needed: bool) -> str:
    from datetime import date

    if as_of is None:
        if is_needed:
            raise UsedWrongly("suppressions end on a day: say with --as-of which day it is")
        return ""
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise UsedWrongly("--as-of is a day that there is, written 2026-11-01") from None


def _progress() -> "Progress":
    """Tell how far the work has come, after every so many bytes of a file."""
    told: dict[str, int] = {}

    def tell_progress(name: str, byte: int, counts: "Counts") -> None:
        step = byte // TOLD_EVERY if name else 0
        if step > told.get(name, 0):
            told[name] = step
            said = f"{name}: {byte // 2**20:,} MiB; {counts.read:,} read in all"
            tell(f"{said}, {counts.with_issues:,} with issues")

    return tell_progress


def _exit(made: "Conformance", fail_on: str) -> Exit:
    """What could not be looked at comes before what was found in the rest."""
    if made.is_limited:
        return Exit.LIMIT_REACHED
    if made.is_file_trouble:
        return Exit.FILE_TROUBLE
    if made.nothing_read:
        return Exit.INPUT_REFUSED
    if made.is_partial:
        return Exit.PARTIAL
    severities = {severity for severity, _ in made.told}
    fails = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}[fail_on]
    return Exit.FINDINGS if severities & fails else Exit.DONE
