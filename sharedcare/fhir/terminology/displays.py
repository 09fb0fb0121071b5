"""What HL7's code systems call their codes, and whether a display says something else.

``scripts/build_r4_definitions.py`` makes the artefact from HL7's package (CC0). It is read when a
coding with a display is first met.
"""

import json
import re
import zlib
from functools import cache
from importlib import resources

ARTEFACT = "r4-displays.json.z"

_WORD = re.compile(r"\w+")

#: Code system to code to its names, in English first.
Displays = dict[str, dict[str, list[str]]]


@cache
def displays() -> Displays:
    """Return the names of all codes of the code systems that HL7's package holds whole."""
    packed = (resources.files("sharedcare.fhir") / ARTEFACT).read_bytes()
    found: Displays = json.loads(zlib.decompress(packed))
    return found


def says_another(code_system: str, code: str, display: str) -> bool:
    """Whether a display is none of the names of its code.

    Case, spacing and marks do not matter. A display that is the code itself, or has more or fewer
    words than a name has, leaves no doubt of what is meant, and many systems write such.
    """
    names = displays().get(code_system, {}).get(code)
    if not names or not display.strip():
        return False
    said = _words(display)
    if _words(code) <= said:
        return False
    return not any(said <= words or words <= said for words in map(_words, names))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) or frozenset({text.strip()})
