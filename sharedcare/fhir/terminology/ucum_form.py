"""How a unit of UCUM is written, which shows many that are none without knowing all units.

Source: The Unified Code for Units of Measure 2.1, sections 2.1 to 2.4: characters are printable
ASCII, without space but in notes; brackets and braces are closed; terms are joined by ``.`` and
``/``. Whether the units exist is not asked here (see ``sharedcare.fhir.harmonise.units``).
"""

import re

UCUM = "http://unitsofmeasure.org"

#: Notes hold spaces in HL7's own list of common units.
_NOTE = r"\{[ -z|~]*\}"
_ATOM = rf"(?:[!#$%&'*+\-0-9:;<>?@A-Z\\^_`a-z|~]|\[[!-Z\\^-z|~]+\])+(?:{_NOTE})?|{_NOTE}"
_TERM = re.compile(rf"(?:{_ATOM})(?:[./](?:{_ATOM}))*")


#: Characters of a unit; the longest that HL7 lists as common has 32.
MAX_LENGTH = 200


def is_unit_form(code: str) -> bool:
    """Whether a text may be a unit of UCUM by the way in which it is written."""
    if len(code) > MAX_LENGTH:
        return False
    if "(" in code:
        return _innermost_closed(code)
    return _TERM.fullmatch(code.removeprefix("/")) is not None


def _innermost_closed(code: str) -> bool:
    """Look at what stands in round brackets, those inside first, each as one atom."""
    inner = re.sub(_NOTE, "1", code)
    while (found := re.search(r"\(([^()]*)\)", inner)) is not None:
        if not is_unit_form(found[1]):
            return False
        inner = f"{inner[: found.start()]}1{inner[found.end() :]}"
    return "(" not in inner and ")" not in inner and is_unit_form(inner)
