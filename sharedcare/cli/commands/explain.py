"""``sharedcare explain``: what a dimension, a criterion or a fault code means."""

import click

from sharedcare.cli.options import format_option, output_option
from sharedcare.cli.writing import write


@click.command(name="explain")
@click.argument("what")
@format_option("text", "markdown", "json")
@output_option
def command(what: str, format_: str, output: str) -> None:
    """Explain WHAT: a dimension, a criterion (dimension.words) or a fault code (UNKNOWN_KEY).

    Example: sharedcare explain information_governance
    """
    from sharedcare.reports.catalogue import render_explanation  # heavy

    write(render_explanation(what, format_).encode(), output)
