"""An assessment as people and programs read it: terminal, Markdown, HTML, JSON.

All formats for people are made from one view (:mod:`sharedcare.reports.assessing.view`), so that
wording and order exist once. Nothing here knows of the command line.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sharedcare.assessment import Assessment
    from sharedcare.reports.assessing.assessment_document import render_json
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


#: Where each public name is; it is imported when it is first asked for, since some are heavy.
_HOMES = {
    "Provenance": "provenance",
    "render_html": "html",
    "render_json": "assessing.assessment_document",
    "render_markdown": "markdown",
    "render_text": "text",
}


def __getattr__(name: str) -> object:
    """Import a public name; raises AttributeError where there is none."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"sharedcare.reports.{_HOMES[name]}"), name)


def render(
    assessment: "Assessment",
    provenance: "Provenance",
    format_: str,
    name_organisations: bool = False,
    colour: bool = False,
) -> str:
    """Write an assessment as ``text``, ``markdown``, ``html`` or ``json``.

    ``colour`` counts for ``text`` alone. JSON is data: it keeps the ids of organisations always.
    """
    from sharedcare.reports.assessing.assessment_document import render_json
    from sharedcare.reports.html import render_html
    from sharedcare.reports.markdown import render_markdown
    from sharedcare.reports.text import render_text

    if format_ == "json":
        return render_json(assessment, provenance.version, provenance.digest)
    if format_ == "html":
        return render_html(assessment, provenance, name_organisations)
    if format_ == "markdown":
        return render_markdown(assessment, provenance, name_organisations)
    return render_text(assessment, provenance, name_organisations, colour)
