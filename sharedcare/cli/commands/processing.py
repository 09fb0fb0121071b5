"""``sharedcare processing``: the table of flows that an impact assessment starts from."""

import click

from sharedcare.cli.options import (
    format_option,
    naming_option,
    output_option,
    profile_argument,
    quiet_option,
)
from sharedcare.cli.writing import write


@click.command(name="processing")
@profile_argument
@format_option("csv", "markdown", "json")
@output_option
@naming_option()
@quiet_option
def command(profile: str, format_: str, output: str, name_organisations: bool, quiet: bool) -> None:
    """List what PROFILE's organisations pass on to each other, and under which cover.

    Every row marks what is missing in it, such as "No agreement recorded."

    Example: sharedcare processing profiles/minimal.yaml --format markdown
    """
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows.registers.processing import processing  # heavy
    from sharedcare.reports.registers.processing import render_processing  # heavy

    landscape, _ = taken(profile, quiet)
    found = processing(landscape)
    write(render_processing(landscape, found, format_, name_organisations).encode(), output)
