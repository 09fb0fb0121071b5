"""What ``validate`` says, in each of its formats.

Nothing here shows a value of a document, unless the result was made with values.
"""

import importlib
from collections.abc import Callable

from sharedcare.errors import UsedWrongly
from sharedcare.fhir.payloads.conformance import Conformance

#: Format to the module that writes it, by its function ``render``.
FORMATS = {
    "text": "validation_text",
    "json": "validation_document",
    "operationoutcome": "validation_outcome",
    "sarif": "validation_sarif",
    "junit": "validation_junit",
}


def render_validation(conformance: Conformance, format_: str) -> str:
    """Write a result as one of :data:`FORMATS`; raises UsedWrongly for another."""
    if format_ not in FORMATS:
        raise UsedWrongly(f"the format is one of {', '.join(FORMATS)}")
    module = importlib.import_module(f"sharedcare.reports.payloads.{FORMATS[format_]}")
    render: Callable[[Conformance], str] = module.render
    return render(conformance)
