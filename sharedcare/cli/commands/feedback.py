"""``sharedcare feedback``: how feedback is answered in public, and what that shows."""

from typing import TYPE_CHECKING

import click

from sharedcare.cli.options import format_option, naming_option, output_option, quiet_option
from sharedcare.cli.writing import tell, write

if TYPE_CHECKING:
    from sharedcare.experience.feedback import Answering
    from sharedcare.experience.prompts import Prompt
    from sharedcare.landscape import Landscape


@click.command(name="feedback")
@click.argument("path", type=click.Path(allow_dash=True))
@format_option("text", "markdown", "csv", "json")
@output_option
@naming_option()
@click.option(
    "--show-texts",
    is_flag=True,
    help="Show templates and an answer of each kind as they stand; they may tell of people.",
)
@quiet_option
def command(
    *,
    path: str,
    format_: str,
    output: str,
    name_organisations: bool,
    show_texts: bool,
    quiet: bool,
) -> None:
    """Say of each organisation of PATH how it answers what people tell of their care in public.

    PATH is a CSV of answers (columns story and response; story_date, response_date, role,
    responder and organisation if there are), a CSV or YAML of counts, or a profile with a
    feedback map. The type, the signals that decide it and where they are near a line, the cast,
    the stage, and what none of this can tell. Several organisations stand side by side, unranked.

    Example: sharedcare feedback profiles/feedback/three-trusts.yaml
    """
    from importlib.metadata import version

    from sharedcare.experience.feedback import answerings, read_feedback  # heavy
    from sharedcare.reports.experience.feedback import render_feedback  # heavy
    from sharedcare.reports.provenance import Provenance
    from sharedcare.reports.words.names import Names

    read = read_feedback(path)
    for fault in read.warnings:
        tell(str(fault), quiet)
    found = answerings(read.landscape, read.responses)
    made = render_feedback(
        found,
        Names(read.landscape, name_organisations),
        Provenance(read.name, read.digest, version("sharedcare")),
        format_,
        prompts=_prompts(read.landscape, found),
        show_texts=show_texts,
    )
    write(made.encode("utf-8", "replace"), output)


def _prompts(landscape: "Landscape", found: "tuple[Answering, ...]") -> "tuple[Prompt, ...]":
    """Compare with what is claimed, where anything is."""
    if not landscape.attestations:
        return ()
    from sharedcare.assessment import assess  # heavy
    from sharedcare.experience.prompts import prompts

    return prompts(assess(landscape).scores, found)
