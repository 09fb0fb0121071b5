"""``sharedcare schema``: the JSON Schema that editors complete from, or that others read by."""

import importlib
import json

import click

from sharedcare.cli.writing import STDOUT, write

#: What has a JSON Schema: the module that makes it, and the function there.
SCHEMAS: dict[str, tuple[str, str]] = {
    "profile": ("sharedcare.landscape.schema", "profile_schema"),
    "assessment": ("sharedcare.reports.assessing.assessment_document", "assessment_schema"),
    "explanation": ("sharedcare.reports.explaining.document", "explanation_schema"),
    "whatif": ("sharedcare.reports.losses.whatif_document", "whatif_schema"),
    "experience": ("sharedcare.reports.experience.experience_document", "experience_schema"),
    "burden": ("sharedcare.reports.work.burden_document", "burden_schema"),
    "stress": ("sharedcare.reports.losses.resilience_document", "stress_schema"),
    "validation": ("sharedcare.reports.payloads.validation_document", "validation_schema"),
    "feedback": ("sharedcare.reports.experience.feedback_document", "feedback_schema"),
    "hazards": ("sharedcare.reports.registers.registers_document", "hazards_schema"),
    "capability": ("sharedcare.reports.payloads.capability_document", "capability_schema"),
    "harmonisation": ("sharedcare.reports.payloads.harmonisation_document", "harmonisation_schema"),
    "processing": ("sharedcare.reports.registers.registers_document", "processing_schema"),
}


@click.command(name="schema")
@click.argument("what", type=click.Choice(list(SCHEMAS)), default="profile")
@click.option("--output", "-o", default=STDOUT, help="File to write; standard output if not given.")
def command(what: str, output: str) -> None:
    """Print a JSON Schema: of the profile (for editors), or of what programs read.

    Programs read the assessment (assess --format json), the explanation of a need (explain
    PROFILE NEED --format json), and what whatif, experience, burden, stress, feedback, hazards and
    processing write with --format json.

    Example: sharedcare schema profile -o landscape.schema.json
    """
    document = json.dumps(_schema(what), indent=2, ensure_ascii=False) + "\n"
    write(document.encode(), output)


def _schema(what: str) -> dict[str, object]:
    module, function = SCHEMAS[what]
    schema: dict[str, object] = getattr(importlib.import_module(module), function)()
    return schema
