"""``sharedcare burden``: work by hand in hours a year, and what is pushed at people."""

from pathlib import Path

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.options import (
    format_option,
    naming_option,
    output_option,
    profile_argument,
    quiet_option,
)
from sharedcare.cli.writing import write


@click.command(name="burden")
@profile_argument
@format_option("text", "markdown", "csv", "json")
@output_option
@naming_option()
@quiet_option
def command(
    *, profile: str, format_: str, output: str, name_organisations: bool, quiet: bool
) -> int:
    """Count the hours a year that the needs of PROFILE take by hand, by role and organisation.

    Typing in again, phoning, writing and carrying, separate logins, looking for things; what nobody
    has timed is not known, and never nothing. Then what is pushed at roles that no need of theirs
    asks for: what can only be looked up is no overload.

    Exit code 5 if a search limit left a verdict not proven.

    Example: sharedcare burden profiles/fictional-region.yaml
    """
    from importlib.metadata import version

    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows import judge  # heavy
    from sharedcare.flows.work.burden import burden  # heavy
    from sharedcare.reports.provenance import Provenance
    from sharedcare.reports.work.burden import render_burden  # heavy

    landscape, checked = taken(profile, quiet)
    judgement = judge(landscape, explain=False)
    found = burden(landscape, judgement)
    made_from = Provenance(Path(checked.files[0]).name, checked.digest, version("sharedcare"))
    made = render_burden(found, landscape, made_from, format_, name_organisations)
    write(made.encode(), output)
    proven = all(need.proven for need in judgement.needs)
    return Exit.DONE if proven else Exit.LIMIT_REACHED
