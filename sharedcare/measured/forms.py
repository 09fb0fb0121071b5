"""In which form information was sent: from counts of records to one form.

A record is coded if it has a code of a code system that more than one partner can look up,
structured if its code is somebody's own or does not say of which code system it is, text if words
alone say what it is about, and a document if it is one. A record that does not say what it is
about, or whose code stands in another resource, is in none of these.
"""

from dataclasses import dataclass

from sharedcare.fhir.harmonise.counters import CategoryCounts
from sharedcare.fhir.harmonise.disclosure import MOST_HIDDEN
from sharedcare.fhir.harmonise.terminologies import Way
from sharedcare.landscape.data_categories import covers
from sharedcare.measured.thresholds import FORM_SHARE
from sharedcare.vocabulary import Form

#: Facts from which a form is told; fewer tell too little, and are not shown either.
FEWEST_FACTS = MOST_HIDDEN + 1

#: Whatever stands under this category is a document, however its kind is coded.
DOCUMENTS = "documents"

#: Resource types whose code says what kind of record it is, and nothing of what stands in it.
LABELLED = frozenset((
    "Appointment", "CarePlan", "Consent", "DiagnosticReport", "Encounter", "EpisodeOfCare",
    "QuestionnaireResponse",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormCounts:
    """Records by the form that they are in; ``silent`` do not say what they are about.

    ``labelled`` of the records have a code for their kind alone.
    """

    coded: int = 0
    structured: int = 0
    text: int = 0
    document: int = 0
    silent: int = 0
    labelled: int = 0

    def __add__(self, other: "FormCounts") -> "FormCounts":
        return FormCounts(
            self.coded + other.coded,
            self.structured + other.structured,
            self.text + other.text,
            self.document + other.document,
            self.silent + other.silent,
            self.labelled + other.labelled,
        )

    @property
    def facts(self) -> int:
        """Records that are in some form."""
        return self.coded + self.structured + self.text + self.document

    def at_least(self, form: Form) -> int:
        """Facts in a form, or in one of which a machine can make more."""
        steps = (
            (Form.DOCUMENT, self.document),
            (Form.TEXT, self.text),
            (Form.STRUCTURED, self.structured),
            (Form.CODED, self.coded),
        )
        return sum(count for step, count in steps if step >= form)

    @property
    def form(self) -> Form | None:
        """The form that enough of the facts reach; None where there are too few facts."""
        if self.facts < FEWEST_FACTS:
            return None
        forms = (Form.CODED, Form.STRUCTURED, Form.TEXT, Form.DOCUMENT)
        found = next(form for form in forms if self._reaches(form))
        return min(found, self.ceiling)

    def _reaches(self, form: Form) -> bool:
        return self.at_least(form) >= FORM_SHARE * self.facts

    @property
    def ceiling(self) -> Form:
        """The form past which payloads do not tell: a code for the kind says nothing of content."""
        return Form.STRUCTURED if 2 * self.labelled > self.facts else Form.CODED

    def settles(self, declared: Form | None) -> Form | None:
        """The form to go by: the measured one, or what is declared past where payloads tell."""
        found = self.form
        if found is None or declared is None:
            return declared if found is None else found
        return declared if found >= self.ceiling and declared >= found else found


def form_counts(category: str, counts: CategoryCounts) -> FormCounts:
    """Count the records of one category by their form."""
    ways = counts.ways
    said = {way: ways[way] for way in Way if way not in (Way.REFERENCE, Way.ABSENT)}
    if covers(DOCUMENTS, category):
        return FormCounts(document=counts.records)
    return FormCounts(
        coded=said[Way.CODED],
        structured=said[Way.LOCAL] + said[Way.NO_CODE_SYSTEM],
        text=said[Way.DISPLAY_ONLY] + said[Way.TEXT_ONLY],
        silent=ways[Way.ABSENT],
        labelled=sum(counts.types[type_] for type_ in LABELLED),
    )
