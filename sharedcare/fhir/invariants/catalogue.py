"""The specification's invariants as a page: which are checked, how, and which are not and why."""

from sharedcare.fhir.definitions import Definitions, r4
from sharedcare.fhir.invariants.running import ELSEWHERE, UNCHECKED

_HEAD = """# FHIR R4 invariants

FHIR R4 4.0.1 has {total} invariants of error severity on its resources and data types, of which
{checked} are checked; not checked: {left}. Those checked *as written* are run from the expression
of the specification and have to give true. An empty result breaks them, but for `per-1` and
`rng-2`, where two dates or quantities cannot be compared; `que-12` and `ras-2` are run as their
words have them, since their expressions say something else. The others are checked by code of
their own, because they ask for more than one element. Invariants of warning severity, best
practice among them, are not checked.

| invariant | checked | the specification's words |
|---|---|---|
"""
_EVERYWHERE = {
    "ele-1": "All FHIR elements must have a @value or children",
    "ext-1": "Must have either extensions or value[x], not both",
}


def render_invariants(definitions: Definitions | None = None) -> str:
    """Return the page in Markdown."""
    words = {rule: said["human"] for rule, said in (definitions or r4()).invariants.items()}
    words |= _EVERYWHERE
    rows = [f"| `{rule}` | {_checked(rule)} | {_cell(words[rule])} |" for rule in sorted(words)]
    head = _HEAD.format(total=len(words), checked=len(words) - len(UNCHECKED), left=len(UNCHECKED))
    return head + "\n".join(rows) + "\n"


def _checked(rule: str) -> str:
    if rule in UNCHECKED:
        return f"no: {UNCHECKED[rule]}"
    return f"by `{ELSEWHERE[rule]}`" if rule in ELSEWHERE else "as written"


def _cell(text: str) -> str:
    """Return words as they may stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
