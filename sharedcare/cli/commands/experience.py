"""``sharedcare experience``: what people notice, and where the chain that leads there is broken."""

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


@click.command(name="experience")
@profile_argument
@click.option(
    "--what",
    multiple=True,
    metavar="ID",
    help="Also say what this change, option or scenario does to it; may be given again.",
)
@format_option("text", "markdown", "html", "csv", "json")
@output_option
@naming_option()
@quiet_option
def command(
    *,
    profile: str,
    what: tuple[str, ...],
    format_: str,
    output: str,
    name_organisations: bool,
    quiet: bool,
) -> int:
    """Say what the people cared for in PROFILE would notice: chains that hold, or are broken.

    A chain leads from work behind the scenes, over what people see, to what they feel. Says where
    each is broken and why, where people see it otherwise than those who give care, what nobody has
    asked them yet, and what to measure first. No number of the assessment moves with it.

    Exit code 5 if a search limit left a verdict not proven.

    Example: sharedcare experience profiles/covering-a-crossing.yaml --what cover_the_ward
    """
    from sharedcare.assessment import installed_version  # heavy
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.experience import experience, mending  # heavy
    from sharedcare.reports.experience.experience import ToldExperience, render_experience  # heavy
    from sharedcare.reports.provenance import Provenance

    landscape, read = taken(profile, quiet)
    tell(f"following {len(landscape.activities)} activities …", quiet)
    done = mending(landscape, *what, place=read.place) if what else None
    told = ToldExperience(landscape, done.before if done else experience(landscape), done)
    made_from = Provenance(Path(read.files[0]).name, read.digest, installed_version())
    write(render_experience(told, made_from, format_, name_organisations).encode(), output)
    is_proven = told.found.proven and (done is None or done.after.proven)
    return Exit.DONE if is_proven else Exit.LIMIT_REACHED
