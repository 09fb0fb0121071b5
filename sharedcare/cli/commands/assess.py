"""``sharedcare assess``: the main job, from a profile to a readiness report."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sharedcare.cli.exits import Exit
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
    from sharedcare.reports import Provenance

FORMATS = ("text", "markdown", "json", "html")

#: The format that a report file's ending asks for.
BY_ENDING = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json", ".txt": "text"}

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
    name_organisations: bool,
    fail_on: str,
    quiet: bool,
) -> int:
    """Judge every need of PROFILE, score 25 dimensions, and say how ready the partners are.

    Exit code 5 if a search limit left a verdict not proven.

    Example: sharedcare assess profiles/minimal.yaml --report report.html
    """
    from sharedcare.assessment import assess  # heavy
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.reports import Provenance  # heavy

    wanted = {report: _format_of(report) for report in reports}
    landscape, found = taken(profile, quiet)
    tell(f"judging {len(landscape.needs)} needs, scoring 25 dimensions …", quiet)
    assessment = assess(landscape)
    provenance = Provenance(Path(found.files[0]).name, found.digest, assessment.version)
    render = _renderer(assessment, provenance, name_organisations)
    write(render(format_), output)
    for report, report_format in wanted.items():
        write(render(report_format), report)
        tell(f"report: {report}", quiet)
    if _fails(assessment, fail_on):
        return Exit.FINDINGS
    proven = all(need.proven for need in assessment.judgement.needs)
    return Exit.DONE if proven else Exit.LIMIT_REACHED


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
