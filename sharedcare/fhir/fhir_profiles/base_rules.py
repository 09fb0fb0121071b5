"""Which rules of a snapshot are FHIR's own, and so are left to the base rules."""

import re

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fhir_profiles.shapes import Shape
from sharedcare.fhir.invariants.running import ELSEWHERE, UNCHECKED
from sharedcare.fhir.packages.structure import Constraint

#: Rules of the specification that are advice (a narrative should be there, names should suit
#: programs); the base rules leave them out as well.
ADVICE = frozenset({"dom-6", "con-3", "nor-1", "eld-20", "eld-21"})
_NAME_ADVICE = re.compile(r"name\.matches\('\[A-Z\]\(\[A-Za-z0-9_\]\)\{0,254\}'\)")


#: Rules that R4 publishes with a slip, which the base rules run mended: que-12 (more than one
#: condition, not two) and ras-2 (where there is no probability).
AS_PUBLISHED = frozenset(
    {
        "enableWhen.count()>2impliesenableBehavior.exists()",
        "probabilityisdecimalimplies(probabilityasdecimal)<=100",
    }
)


def is_of_base(definitions: Definitions, rule: Constraint) -> bool:
    """Whether a rule is one of FHIR's own rather than one that a profile adds."""
    if rule.key in ELSEWHERE or rule.key in UNCHECKED or rule.key in ADVICE:
        return True
    if _NAME_ADVICE.fullmatch(rule.expression):
        return True
    expression = _plain(rule.expression)
    return expression in AS_PUBLISHED or any(
        _plain(base["expression"]) == expression
        for key, base in definitions.invariants.items()
        if key.partition(".")[0] == rule.key
    )


def added_rules(definitions: Definitions, shape: Shape) -> tuple[Constraint, ...]:
    """Return the rules of a shape that are not FHIR's own, found out once."""
    if shape.added_rules is None:
        rules = shape.element.constraints
        shape.added_rules = tuple(rule for rule in rules if not is_of_base(definitions, rule))
    return shape.added_rules


def _plain(expression: str) -> str:
    """An expression without its white space, which packages set in their own way."""
    return "".join(expression.split())
