"""``sharedcare categories``: the built-in data categories."""

import click

from sharedcare.cli.options import format_option, output_option
from sharedcare.cli.writing import write


@click.command(name="categories")
@format_option("text", "markdown", "json")
@output_option
def command(format_: str, output: str) -> None:
    """List the built-in data categories, with FHIR types and how they map to IPS and USCDI.

    Example: sharedcare categories --format markdown
    """
    from sharedcare.reports.words.categories import render_categories  # heavy

    write(render_categories(format_).encode(), output)
