"""What does not go together, in words: who says what, those together who say the same."""

from sharedcare.flows.meaning.clash import Clash, ClashKind
from sharedcare.reports.words.figures import listed, lowered
from sharedcare.reports.words.names import Names

#: How a sentence about each kind of clash begins; ``{}`` is what it is about.
_BEGINNINGS: dict[ClashKind, str] = {
    ClashKind.MEANING: "“{}” does not mean the same to all who send it",
    ClashKind.ABSENCE: "where nothing stands under {}, something may still exist",
    ClashKind.CODE_SYSTEM: "the sources of {} have no code system in common",
    ClashKind.STANDARD: "the sources of {} follow different standards",
    ClashKind.LIVELINESS: "{} is not as fresh from one source as from another",
    ClashKind.MIXTURE: "some of it comes live and some periodically: {}",
    ClashKind.HISTORY: "{} does not go back as far from one source as from another",
    ClashKind.UNTOLD: "nobody is told when something new arrives in {}",
    ClashKind.NOTIFICATION: "some are told of what is new in {}, and some are not",
}

#: How a sentence begins where not all that would tell is known.
_PERHAPS: dict[ClashKind, str] = {
    ClashKind.LIVELINESS: "{} may be fresher from one source than from another",
    ClashKind.MIXTURE: "some of it may come live and some periodically: {}",
    ClashKind.HISTORY: "{} may go back further from one source than from another",
    ClashKind.MEANING: "“{}” may not mean the same to all who send it",
}

#: What is said of a party that does not say its own.
_UNSAID = {
    ClashKind.LIVELINESS: "periodic, how often is not known",
    ClashKind.MIXTURE: "periodic, how often is not known",
}


def clash_words(clash: Clash, names: Names) -> str:
    """Say in a clause what does not go together."""
    beginnings = _BEGINNINGS if clash.certain else {**_BEGINNINGS, **_PERHAPS}
    what = listed([lowered(names.landscape.category_label(key)) for key in clash.categories])
    return beginnings[clash.kind].format(what)


def parties_words(clash: Clash, names: Names) -> str:
    """Say what does not go together, and what each party says."""
    told: dict[str, dict[str, list[str]]] = {}
    for party in clash.parties:
        said = (party.said or _UNSAID.get(clash.kind, "not said")).rstrip(".")
        who = names.organisation(party.organisation) if party.organisation else "the person"
        label = lowered(names.landscape.category_label(party.category))
        told.setdefault(said, {}).setdefault(who, []).append(label)
    several = len(clash.categories) > 1
    said_by = [f"{_who(by, several)}: {said}" for said, by in told.items()]
    return f"{clash_words(clash, names)} ({'; '.join(said_by)})"


def _who(by: dict[str, list[str]], several: bool) -> str:
    """Who says it, and of which categories where there are several."""
    return listed(
        [
            f"{who} ({listed(list(dict.fromkeys(labels)))})" if several else who
            for who, labels in by.items()
        ]
    )
