"""``sharedcare import capability``: what an interface says of itself, beside what is declared."""

from typing import TYPE_CHECKING

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.measuring import named_paths
from sharedcare.cli.options import format_option, naming_option, output_option, quiet_option
from sharedcare.cli.writing import write
from sharedcare.errors import UsedWrongly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sharedcare.fhir.capability import Statement
    from sharedcare.reports.payloads.capability_document import CapabilityDocument


@click.command(name="capability")
@click.argument("file", type=click.Path(allow_dash=True))
@click.argument("profile", required=False, type=click.Path(allow_dash=True))
@click.option("--system", required=True, metavar="ID", help="The id of the system in the profile.")
@click.option(
    "--against",
    multiple=True,
    metavar="SYSTEM=FILE",
    help="The statement of a system at the other end of a flow; needs PROFILE.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("never", "contradictions")),
    default="never",
    show_default=True,
    help="Exit code 1 if something does not go together with PROFILE.",
)
@format_option("text", "markdown", "yaml", "json")
@output_option
@naming_option()
@quiet_option
def command(
    *,
    file: str,
    profile: str | None,
    system: str,
    against: tuple[str, ...],
    fail_on: str,
    format_: str,
    output: str,
    name_organisations: bool,
    quiet: bool,
) -> int:
    """Say what an interface can serve, by the CapabilityStatement in FILE (JSON or XML).

    It says which data categories it can serve and in which form, and with --format yaml writes the
    part of a profile that the statement bears out. With PROFILE it compares what is declared of the
    system, and each flow from or to it: does the sender serve what the flow carries, does the
    receiver take it, do both speak the same FHIR.

    Example: sharedcare import capability examples/capability/gp-record.json --system gp
    """
    from sharedcare.identifiers import is_slug
    from sharedcare.reports.payloads.capability import render_capability  # heavy

    if not is_slug(system):
        raise UsedWrongly("--system: an id is made of the letters a-z, digits, _ and -")
    if against and profile is None:
        raise UsedWrongly("--against compares across the flows of a PROFILE: name one")
    statement, others = _read(file), {key: _read(path) for key, path in _one_each(against)}
    if profile is None:
        document = _alone(statement, system)
    else:
        document = _beside(
            statement, system, others, profile, named=name_organisations, quiet=quiet
        )
    write(render_capability(document, format_).encode(), output)
    fails = any(one.outcome == "not_met" for one in document.compared or ())
    return Exit.FINDINGS if fails and fail_on == "contradictions" else Exit.DONE


def _alone(statement: "Statement", system: str) -> "CapabilityDocument":
    from importlib.metadata import version

    from sharedcare.fhir.capability import fragment  # heavy
    from sharedcare.reports.payloads.capability_document import capability_document  # heavy

    written = fragment(statement, system)
    return capability_document(statement, system, written, version("sharedcare"))


def _beside(
    statement: "Statement",
    system: str,
    others: "Mapping[str, Statement]",
    profile: str,
    *,
    named: bool,
    quiet: bool,
) -> "CapabilityDocument":
    from importlib.metadata import version

    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.fhir.capability import compared, fragment  # heavy
    from sharedcare.reports.payloads.capability_document import capability_document  # heavy
    from sharedcare.reports.words.names import Names  # heavy

    landscape, _ = taken(profile, quiet)
    return capability_document(
        statement,
        system,
        fragment(statement, system, landscape),
        version("sharedcare"),
        compared=compared(landscape, system, statement, others),
        names=Names(landscape, named),
    )


def _read(path: str) -> "Statement":
    from sharedcare.fhir.capability import read_statement  # heavy
    from sharedcare.reading import read_source

    return read_statement(read_source(path))


def _one_each(pairs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Systems with the file of each; the last that is named counts."""
    return [(system, paths[-1]) for system, paths in named_paths(pairs).items()]
