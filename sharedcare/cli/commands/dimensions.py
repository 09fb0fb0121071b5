"""``sharedcare dimensions``: the catalogue of dimensions and criteria."""

import click

from sharedcare.cli.options import format_option, output_option
from sharedcare.cli.writing import write


@click.command(name="dimensions")
@click.argument("dimension", required=False)
@format_option("text", "markdown", "json")
@output_option
def command(dimension: str | None, format_: str, output: str) -> None:
    """List the 25 dimensions, or the criteria of one DIMENSION.

    Example: sharedcare dimensions information_governance
    """
    from sharedcare.reports.catalogue import render_catalogue, render_dimension

    made = render_dimension(dimension, format_) if dimension else render_catalogue(format_)
    write(made.encode(), output)
