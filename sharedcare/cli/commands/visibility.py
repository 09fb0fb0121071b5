"""``sharedcare visibility``: what each role can see, from whom, how old, and what a blank means."""

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
from sharedcare.vocabulary import Purpose


@click.command(name="visibility")
@profile_argument
@format_option("text", "markdown", "html", "csv")
@output_option
@click.option("--organisation", help="Only the roles of this organisation, by id or type.")
@click.option("--role", help="Only this role, by its stakeholder id.")
@click.option("--category", help="Only this data category and what is below it.")
@click.option(
    "--purpose",
    type=click.Choice([purpose.value for purpose in Purpose]),
    help="Only for this purpose; else for direct care and all that agreements and needs name.",
)
@naming_option("A guide for staff must.")
@quiet_option
def command(
    *,
    profile: str,
    format_: str,
    output: str,
    organisation: str | None,
    role: str | None,
    category: str | None,
    purpose: str | None,
    name_organisations: bool,
    quiet: bool,
) -> int:
    """Write the data visibility guide of PROFILE, role by role.

    Exit code 5 if a search limit left something open.

    Example: sharedcare visibility profiles/minimal.yaml --name-organisations
    """
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows.meaning.visibility import roles_of, visibility  # heavy
    from sharedcare.reports.registers.visibility import render_visibility  # heavy

    landscape, _ = taken(profile, quiet)
    roles = roles_of(landscape, organisation, role)
    found = visibility(landscape, roles, category, Purpose(purpose) if purpose else None)
    write(render_visibility(landscape, found, format_, name_organisations).encode(), output)
    return Exit.DONE if found.proven else Exit.LIMIT_REACHED
