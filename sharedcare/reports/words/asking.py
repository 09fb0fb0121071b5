"""An unknown fact, as a question to a person and as what nobody has said."""

from sharedcare.flows import Fact
from sharedcare.landscape import Landscape
from sharedcare.reports.words.figures import lowered
from sharedcare.reports.words.flow_words import flow_words

#: What is asked about each key that may be unknown: as a question, and as what nobody has said;
#: ``{}`` is the entry's name.
_ASKED: dict[str, tuple[str, str]] = {
    "delay": (
        "How long does {} take from sending to arriving?",
        "how long {} takes from sending to arriving",
    ),
    "wait": (
        "How long does one wait for {} to answer?",
        "how long one waits for {} to answer",
    ),
    "interval": ("How often does {} run?", "how often {} runs"),
    "hours": ("When is {} open?", "when {} is open"),
    "history": ("How far back does {} reach?", "how far back {} reaches"),
    "reach": (
        "What share of people or sites does {} reach?",
        "what share of people or sites {} reaches",
    ),
    "match_rate": (
        "For what share of people does {} find the right record?",
        "for what share of people {} finds the right record",
    ),
    "capacity": ("How many can {} take in a week?", "how many {} can take in a week"),
    "rekeyed": (
        "Is what comes by {} typed in again?",
        "whether what comes by {} is typed in again",
    ),
    "status": ("Is {} in use?", "whether {} is in use"),
    "signed": ("Is {} signed?", "whether {} is signed"),
    "valid": ("From when until when is {} valid?", "from when until when {} is valid"),
    "basis": ("On what basis does {} share?", "on what basis {} shares"),
    "identity_domain": (
        "By which identifier does {} match people?",
        "by which identifier {} matches people",
    ),
    "identity_domains": (
        "Which identifiers of people does {} hold?",
        "which identifiers of people {} holds",
    ),
    "lifecycle": ("Is {} in use?", "whether {} is in use"),
    "form": ("In what form does {} hold this?", "in what form {} holds this"),
    "completeness": (
        "For what share of people does {} hold this?",
        "for what share of people {} holds this",
    ),
    "written_up_in": (
        "How long after the event does this stand in {}?",
        "how long after the event this stands in {}",
    ),
    "authoritative": (
        "Is {} the record that counts for this?",
        "whether {} is the record that counts for this",
    ),
    "lawful_basis": ("Which lawful basis does {} name?", "which lawful basis {} names"),
}


def fact_question(landscape: Landscape, fact: Fact) -> str:
    """Return the question that would settle a fact."""
    return _asked(landscape, fact)[0]


def fact_words(landscape: Landscape, fact: Fact) -> str:
    """Return what is not said, to follow "nobody says"."""
    return _asked(landscape, fact)[1]


def _asked(landscape: Landscape, fact: Fact) -> tuple[str, str]:
    """The question, and what is not said."""
    label = _label(landscape, fact)
    first, *rest = fact.key.split(".")
    if first == "recorded":
        return (f"Does any agreement cover {label}?", f"whether any agreement covers {label}")
    if first == "carries":
        what = _category(landscape, rest)
        return (f"In what form does {label} carry {what}?", f"in what form {label} carries {what}")
    if first == "uses":
        return _asked_of_use(label, landscape.label("systems", ".".join(rest[:-1])), rest[-1])
    key = "signed" if fact.kind == "agreements" and first == "status" else first
    key = rest[-1] if first == "holds" else key
    question, words = (told.format(label) for told in _ASKED[key])
    if not rest:
        return question, words
    what = _category(landscape, rest[:-1]) if first == "holds" else rest[-1].replace("_", " ")
    return f"{question.removesuffix('?')} ({what})?", f"{words} ({what})"


def _asked_of_use(who: str, system: str, key: str) -> tuple[str, str]:
    if key == "access":
        return f"{who}: Are all of them let into {system}?", f"whether {who} is let into {system}"
    return (
        f"{who}: How many of them can use {system}?",
        f"how many in the role {who} can use {system}",
    )


def _label(landscape: Landscape, fact: Fact) -> str:
    """What the entry is called; a flow without a name by its ends and means."""
    if fact.key == "recorded":
        ends = (landscape.label("organisations", key) for key in fact.id.split("+"))
        return " and ".join(ends)
    if fact.kind == "flows":
        return flow_words(landscape, fact.id)
    label = landscape.label(fact.kind, fact.id)
    return f'the agreement "{label}"' if fact.kind == "agreements" else label


def _category(landscape: Landscape, parts: list[str]) -> str:
    """The name of a category whose id a key holds in parts; ``all`` is everything."""
    category = ".".join(parts)
    return "everything" if category == "all" else lowered(landscape.category_label(category))
