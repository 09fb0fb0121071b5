"""``sharedcare needs``: of each need, whether it is met."""

import click

from sharedcare.cli.options import format_option, output_option, profile_argument, quiet_option
from sharedcare.cli.writing import write


@click.command(name="needs")
@profile_argument
@format_option("text", "markdown", "csv")
@output_option
@quiet_option
def command(profile: str, format_: str, output: str, quiet: bool) -> None:
    """Say of each need of PROFILE whether it is met, how far, and why not.

    Example: sharedcare needs profiles/minimal.yaml
    """
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows import judge  # heavy
    from sharedcare.reports.assessing.needs import render_needs  # heavy

    landscape, _ = taken(profile, quiet)
    write(render_needs(landscape, judge(landscape), format_).encode(), output)
