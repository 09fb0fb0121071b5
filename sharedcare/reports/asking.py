"""An unknown fact as a question to a person, and who would know."""

from sharedcare.flows import Fact
from sharedcare.landscape import Landscape

#: What is asked about each key that may be unknown; ``{}`` is the entry's name.
_QUESTIONS: dict[str, str] = {
    "delay": "How long does {} take from sending to arriving?",
    "wait": "How long does one wait for {} to answer?",
    "interval": "How often does {} run?",
    "hours": "When is {} open?",
    "history": "How far back does {} reach?",
    "reach": "What share of people or sites does {} reach?",
    "match_rate": "For what share of people does {} find the right record?",
    "capacity": "How many can {} take in a week?",
    "rekeyed": "Is what comes by {} typed in again?",
    "status": "Is {} in force or in use?",
    "valid": "From when until when is {} valid?",
    "basis": "On what basis does {} share?",
    "identity_domain": "By which identifier does {} match people?",
    "identity_domains": "Which identifiers of people does {} hold?",
    "lifecycle": "Is {} in use?",
    "access": "Are they let into {}?",
    "form": "In what form does {} hold this?",
    "completeness": "For what share of people does {} hold this?",
    "written_up_in": "How long after the event does this stand in {}?",
    "authoritative": "Is {} the record that counts for this?",
    "lawful_basis": "Which lawful basis does {} name?",
}


def fact_question(landscape: Landscape, fact: Fact) -> str:
    """Return the question that would settle a fact."""
    if fact.key == "recorded":
        source, _, to = fact.id.partition("+")
        names = (landscape.label("organisations", key) for key in (source, to))
        return f"Does any agreement cover {' and '.join(names)}?"
    label = landscape.label(fact.kind, fact.id)
    first, *rest = fact.key.split(".")
    if first == "carries":
        return f"In what form does {label} carry {'.'.join(rest)}?"
    if first == "holds":
        question = _QUESTIONS[rest[-1]].format(label)
        return f"{question.removesuffix('?')} ({'.'.join(rest[:-1])})?"
    if first == "uses":
        system = landscape.label("systems", ".".join(rest[:-1]))
        asked = "Are all of them let into" if rest[-1] == "access" else "How many of them can use"
        return f"{label}: {asked} {system}?"
    return _QUESTIONS[first].format(label)
