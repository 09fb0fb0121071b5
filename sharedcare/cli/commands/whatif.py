"""``sharedcare whatif``: what changes, options or scenarios would do to the needs."""

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
from sharedcare.cli.writing import tell, write


@click.command(name="whatif")
@profile_argument
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@format_option("text", "markdown", "csv", "json")
@output_option
@naming_option()
@click.option(
    "--fail-on",
    type=click.Choice(("never", "disruption")),
    default="never",
    show_default=True,
    help="Exit 1 if a safety-critical need breaks.",
)
@quiet_option
def command(
    *,
    profile: str,
    what: tuple[str, ...],
    format_: str,
    output: str,
    name_organisations: bool,
    fail_on: str,
    quiet: bool,
) -> int:
    """Judge PROFILE before and after WHAT: a change, an option or a scenario, by its id.

    Several are carried out together, with all changes that they require. Says which needs break,
    whom that hits and why, what is gained, and what the changes cost and how long they take. Where
    two things have one id, options.ID or scenarios.ID says which is meant.

    Exit code 5 if a search limit left a verdict not proven.

    Example: sharedcare whatif profiles/fictional-region.yaml retire_green_folder
    """
    from importlib.metadata import version

    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows.losses.disruption import disruption  # heavy
    from sharedcare.reports.losses.whatif import render_whatif  # heavy
    from sharedcare.reports.provenance import Provenance

    landscape, checked = taken(profile, quiet)
    tell(f"judging {len(landscape.needs)} needs twice …", quiet)
    found = disruption(landscape, *what, place=checked.place)
    made_from = Provenance(Path(checked.files[0]).name, checked.digest, version("sharedcare"))
    write(render_whatif(found, made_from, format_, name_organisations).encode(), output)
    if fail_on == "disruption" and found.breaks_safety:
        return Exit.FINDINGS
    return Exit.DONE if found.proven else Exit.LIMIT_REACHED
