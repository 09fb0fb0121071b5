"""``sharedcare assess``: the main job, from a profile to a readiness report."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.measuring import (
    code_lists,
    codes_option,
    column_maps,
    columns_option,
    concept_maps,
    key_of,
    key_option,
    map_option,
    measured_systems,
    named_paths,
    said_versions,
    version_option,
)
from sharedcare.cli.options import (
    format_option,
    naming_option,
    output_option,
    profile_argument,
    quiet_option,
)
from sharedcare.cli.writing import tell, write
from sharedcare.errors import UsedWrongly

if TYPE_CHECKING:
    from sharedcare.assessment import Assessment
    from sharedcare.landscape import Landscape
    from sharedcare.measured.payloads import Payloads
    from sharedcare.reports import Provenance

FORMATS = ("text", "markdown", "json", "html")

#: The format that a report file's ending asks for.
BY_ENDING = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json", ".txt": "text"}

#: Stands for standard input.
STDIN = "-"

#: What --fail-on may ask for, from the least to the most severe.
FAIL_ON = ("never", "gates", "safety", "needs")


@click.command(name="assess")
@profile_argument
@format_option(*FORMATS)
@output_option
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="Write a report too, its format by its ending (.html, .md, .json, .txt); repeatable.",
)
@click.option(
    "--payloads",
    multiple=True,
    metavar="SYSTEM=PATH",
    help="Measure what a system of the profile really sends: a file or folder; repeatable.",
)
@columns_option
@map_option
@codes_option
@version_option
@key_option
@naming_option()
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="never",
    show_default=True,
    help="Exit 1 if a gate holds; if a safety-critical need is not met; if any need is not met.",
)
@quiet_option
def command(
    *,
    profile: str,
    format_: str,
    output: str,
    reports: tuple[str, ...],
    payloads: tuple[str, ...],
    columns: tuple[str, ...],
    maps: tuple[str, ...],
    codes: tuple[str, ...],
    versions: tuple[str, ...],
    key_file: str | None,
    name_organisations: bool,
    fail_on: str,
    quiet: bool,
) -> int:
    """Judge every need of PROFILE, score 25 dimensions, and say how ready the partners are.

    With --payloads the forms, codes and dates that systems really send decide, and what the profile
    declares is shown beside them. Exit code 4 if something of them could not be read, 5 if a search
    limit left a verdict not proven.

    Example: sharedcare assess profiles/minimal.yaml --report report.html
    """
    from sharedcare.assessment import assess  # heavy
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.reports import Provenance  # heavy

    wanted = {report: _format_of(report) for report in reports}
    if profile == STDIN and any(pair.endswith(f"={STDIN}") for pair in payloads):
        raise UsedWrongly("standard input can be the profile or a payload, not both")
    landscape, found = taken(profile, quiet)
    given = _Given(payloads, columns, maps, codes, versions, key_file)
    measured = _measured(landscape, given, quiet)
    tell(f"judging {len(landscape.needs)} needs, scoring 25 dimensions …", quiet)
    assessment = assess(landscape, payloads=measured)
    provenance = Provenance(Path(found.files[0]).name, found.digest, assessment.version)
    render = _renderer(assessment, provenance, name_organisations)
    write(render(format_), output)
    for report, report_format in wanted.items():
        write(render(report_format), report)
        tell(f"report: {report}", quiet)
    if measured is not None and measured.partial:
        return Exit.PARTIAL
    if _fails(assessment, fail_on):
        return Exit.FINDINGS
    proven = all(need.proven for need in assessment.judgement.needs)
    return Exit.DONE if proven else Exit.LIMIT_REACHED


@dataclass(frozen=True, slots=True)
class _Given:
    """What the options say of payloads."""

    payloads: tuple[str, ...]
    columns: tuple[str, ...]
    maps: tuple[str, ...]
    codes: tuple[str, ...]
    versions: tuple[str, ...]
    key_file: str | None

    @property
    def names_more(self) -> bool:
        """Whether something is said that only payloads have a use for."""
        return any((self.columns, self.maps, self.codes, self.versions, self.key_file))


def _measured(landscape: "Landscape", given: _Given, quiet: bool) -> "Payloads | None":
    """Measure the payloads that are given; None where none are."""
    if not given.payloads:
        if given.names_more:
            raise UsedWrongly(
                "what is said of payloads needs them: give --payloads SYSTEM=PATH too"
            )
        return None
    from sharedcare.fhir.harmonise.resources import Settings  # heavy
    from sharedcare.measured.given import given_files  # heavy
    from sharedcare.measured.payloads import check_systems, payloads_of  # heavy

    named = named_paths(given.payloads)
    check_systems(landscape, named)
    tables, maps = column_maps(given.columns), concept_maps(given.maps)
    lists, said = code_lists(given.codes), said_versions(given.versions)
    measured = measured_systems(named, tables, Settings(key_of(given.key_file)), quiet, said)
    return payloads_of(landscape, measured, maps, lists, given_files(named))


def _format_of(report: str) -> str:
    ending = Path(report).suffix.lower()
    if ending not in BY_ENDING:
        raise UsedWrongly(f"--report: the ending must be one of {', '.join(BY_ENDING)}")
    return BY_ENDING[ending]


def _renderer(
    assessment: "Assessment", provenance: "Provenance", name_organisations: bool
) -> Callable[[str], bytes]:
    from sharedcare.reports import render  # heavy

    def rendered(format_: str) -> bytes:
        return render(assessment, provenance, format_, name_organisations).encode()

    return rendered


def _fails(assessment: "Assessment", fail_on: str) -> bool:
    from sharedcare.vocabulary import Verdict  # heavy

    needs = assessment.judgement.needs
    not_met = [need for need in needs if need.verdict is not Verdict.MET]
    held = not all(gate.lets_through for gate in assessment.scores.readiness.gates)
    return {
        "never": False,
        "gates": held,
        "safety": any(need.safety_critical for need in not_met),
        "needs": bool(not_met),
    }[fail_on]
