"""``sharedcare schema``: the JSON Schema that editors complete from, or that others read by."""

import json

import click

from sharedcare.cli.writing import STDOUT, write


@click.command(name="schema")
@click.argument("what", type=click.Choice(["profile", "assessment"]), default="profile")
@click.option("--output", "-o", default=STDOUT, help="File to write; standard output if not given.")
def command(what: str, output: str) -> None:
    """Print the JSON Schema of the profile (for editors) or of the assessment (for programs).

    Example: sharedcare schema profile -o landscape.schema.json
    """
    document = json.dumps(_schema(what), indent=2, ensure_ascii=False) + "\n"
    write(document.encode(), output)


def _schema(what: str) -> dict[str, object]:
    if what == "profile":
        from sharedcare.landscape.schema import profile_schema  # heavy

        return profile_schema()
    from sharedcare.reports.document import assessment_schema  # heavy

    return assessment_schema()
