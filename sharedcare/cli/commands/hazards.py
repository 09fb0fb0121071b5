"""``sharedcare hazards``: what can go wrong around safety-critical needs, for a hazard log."""

import click

from sharedcare.cli.options import (
    format_option,
    naming_option,
    output_option,
    profile_argument,
    quiet_option,
)
from sharedcare.cli.writing import tell, write

NO_SAFETY_CASE = (
    "a list to begin with, not a safety case: severity, likelihood and acceptability are for the "
    "clinical safety officer (DCB0129, DCB0160)"
)


@click.command(name="hazards")
@profile_argument
@format_option("csv", "markdown", "json")
@output_option
@naming_option()
@quiet_option
def command(profile: str, format_: str, output: str, name_organisations: bool, quiet: bool) -> None:
    """List hazards of PROFILE's safety-critical needs that are unmet, not known or only assumed.

    It is a list to begin a hazard log with and no safety case.

    Example: sharedcare hazards profiles/hospital-to-care-home.yaml --format markdown
    """
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows.registers.hazards import hazards  # heavy
    from sharedcare.reports.registers.hazards import render_hazards  # heavy

    landscape, _ = taken(profile, quiet)
    found = hazards(landscape)
    write(render_hazards(landscape, found, format_, name_organisations).encode(), output)
    tell(NO_SAFETY_CASE, quiet)
