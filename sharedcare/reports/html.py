"""The report as one HTML file: it loads nothing, runs nothing, prints well, and escapes every text.

Pictures are drawn in the page itself (SVG, tables); details open without a script and stand open
in print. The page forbids itself everything that it does not need.
"""

from fractions import Fraction
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from sharedcare.assessment import Assessment
from sharedcare.reports.assessing.dimensions_view import criteria_words
from sharedcare.reports.assessing.readiness_view import BANDS, BLOCKS_UNDER
from sharedcare.reports.assessing.view import view_of
from sharedcare.reports.drawing.page import drawings_of, drawings_of_chapters
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.words.figures import counted, listed
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import shortened

#: What a page may do: style itself, and show pictures that it holds itself.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)

#: What the cover shows of each list; the rest stands further down.
COVER = {"blockers": 4, "gates": 3, "needs": 6}


def render_html(
    assessment: Assessment, provenance: Provenance, name_organisations: bool = False
) -> str:
    """Write the report as one HTML file."""
    view = view_of(assessment, provenance, name_organisations)
    names = Names(assessment.landscape, name_organisations)
    made = (
        environment()
        .get_template("report.html.j2")
        .render(
            view=view,
            policy=POLICY,
            cover=COVER,
            chapter_drawings=drawings_of_chapters(assessment, names, provenance.version),
            drawings=drawings_of(assessment, view.needs, names),
            marks=Mark,
            bounds=BANDS,
            blocks_under=BLOCKS_UNDER,
        )
    )
    return made.rstrip("\n") + "\n"


@cache
def environment() -> Environment:
    """Templates in which every text is escaped and a slip of a name is an error."""
    made = Environment(
        autoescape=True,
        loader=PackageLoader("sharedcare.reports"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "along": along,
        "counted": counted,
        "criteria": criteria_words,
        "cut_at": shortened,
        "listed": listed,
    }
    return made


def along(value: Fraction | int, most: int, length: int, start: int = 0) -> str:
    """Where a value from 0 to ``most`` lies on a line of a length that begins at ``start``.

    The arithmetic is exact, to a tenth of a picture's unit; a line that runs upwards has a length
    under 0.
    """
    tenths = round(Fraction(value) * length * 10 / most) + start * 10
    return f"{tenths / 10:.1f}"
