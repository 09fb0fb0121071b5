"""What an interface says of itself: CapabilityStatements, and what they mean for a landscape.

:mod:`reading` makes a :class:`statement.Statement` of a file, whatever its version; :mod:`serving`
says which data categories it can serve; :mod:`fragment` writes what of that a profile can say; and
:mod:`comparison` sets it beside what a profile declares, also across each flow.
"""

from sharedcare.fhir.capability.comparison import Compared, Kind, compared
from sharedcare.fhir.capability.fragment import fragment
from sharedcare.fhir.capability.reading import read_statement
from sharedcare.fhir.capability.serving import ServedCategory, accepted, possible, served
from sharedcare.fhir.capability.statement import Served, Statement

__all__ = [
    "Compared",
    "Kind",
    "Served",
    "ServedCategory",
    "Statement",
    "accepted",
    "compared",
    "fragment",
    "possible",
    "read_statement",
    "served",
]
