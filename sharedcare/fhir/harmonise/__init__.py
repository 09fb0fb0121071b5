"""Does yours mean what mine means: measured from what systems really send.

Every door (:mod:`resources` for FHIR of any version, :mod:`rows` for tables) makes records,
:mod:`batch` counts them, :mod:`counters` adds counts up, and :mod:`result` says what they show. The
words conformance, completeness and plausibility are those of Kahn et al. 2016, A harmonized data
quality assessment terminology and framework (doi:10.13063/2327-9214.1244).
"""

from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.resources import measure_lines
from sharedcare.fhir.harmonise.result import Harmonisation, harmonisation

__all__ = ["Counters", "Harmonisation", "harmonisation", "measure_lines"]
