"""An assessment as people and programs read it: terminal, Markdown, HTML, JSON.

All formats for people are made from one view (:mod:`sharedcare.reports.view`), so that wording and
order exist once. Nothing here knows of the command line.
"""

from sharedcare.assessment import Assessment
from sharedcare.reports.document import render_json
from sharedcare.reports.html import render_html
from sharedcare.reports.markdown import render_markdown
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text import render_text

__all__ = [
    "Provenance",
    "render",
    "render_html",
    "render_json",
    "render_markdown",
    "render_text",
]


def render(
    assessment: Assessment,
    provenance: Provenance,
    format_: str,
    name_organisations: bool = False,
    colour: bool = False,
) -> str:
    """Write an assessment as ``text``, ``markdown``, ``html`` or ``json``.

    ``colour`` counts for ``text`` alone. JSON is data: it keeps the ids of organisations always.
    """
    if format_ == "json":
        return render_json(assessment, provenance.version, provenance.digest)
    if format_ == "html":
        return render_html(assessment, provenance, name_organisations)
    if format_ == "markdown":
        return render_markdown(assessment, provenance, name_organisations)
    return render_text(assessment, provenance, name_organisations, colour)
