"""Codes of SNOMED CT and LOINC carry a check digit, so that many slips show without a terminology.

Sources: SNOMED CT Release File Specifications, 5.5 (Verhoeff's dihedral check); LOINC Users' Guide,
"The LOINC code" (modulus 10). What has another form, such as a post-coordinated expression or a
part of LOINC, is let be.
"""

import re
from itertools import cycle

SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"

_CONCEPT = re.compile(r"[1-9][0-9]{5,17}")
_TERM = re.compile(r"[0-9]{1,8}-[0-9]")
_NUMBER = re.compile(r"[0-9]+")
_NO_CODE = re.compile(r"[A-Za-z]+")
_NO_CONCEPT = re.compile(r"0[0-9]*|[0-9]{1,5}|[0-9]{19,}")

_MULTIPLIED = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_PERMUTED = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)

#: By position from the end and by digit: what each number becomes by it.
_STEPS = [
    {str(digit): [int(row[int(to)]) for row in _MULTIPLIED] for digit, to in enumerate(permuted)}
    for permuted in _PERMUTED
]
#: The digits of the double of a digit, added up.
_DOUBLED = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}


def is_impossible(code_system: str, code: str) -> bool:
    """Whether no code of SNOMED CT or LOINC looks so; of other code systems nothing is known."""
    if code_system == SNOMED_CT:
        wrong = _NO_CODE if not _NUMBER.fullmatch(code) else _NO_CONCEPT
        return wrong.fullmatch(code) is not None
    if code_system != LOINC:
        return False
    if not _TERM.fullmatch(code):
        return _NUMBER.fullmatch(code) is not None
    number, _, digit = code.partition("-")
    return _modulus_10(number) != int(digit)


def has_slip(code_system: str, code: str) -> bool:
    """Whether the check digit of a concept of SNOMED CT is not that of its other digits.

    HL7's own examples have two such codes, so that this is told apart.
    """
    is_concept = code_system == SNOMED_CT and _CONCEPT.fullmatch(code) is not None
    return is_concept and _verhoeff(code) != 0


def _verhoeff(digits: str) -> int:
    """Return 0 where the last of the digits is the check digit of the others."""
    found = 0
    for multiplied, digit in zip(cycle(_STEPS), reversed(digits), strict=False):
        found = multiplied[digit][found]
    return found


def _modulus_10(digits: str) -> int:
    """Return the check digit of a number: every other digit, from the last on, counts double."""
    doubled = sum(map(_DOUBLED.__getitem__, digits[::-2]))
    return -(doubled + sum(map(int, digits[-2::-2]))) % 10
