"""Why a blank is no negative, in words for those who read the blank."""

import re

from sharedcare.flows.meaning.gaps import Gap, GapKind
from sharedcare.reports.words.names import Names

#: What is said of each kind of gap: where it is known how large it is, and where it is not. ``{0}``
#: is what was said of it, ``{1}`` whose part it is.
_WORDS: dict[GapKind, tuple[str, str]] = {
    GapKind.WINDOW: (
        "what is older than {0} is not shown",
        "how far back it goes is not known",
    ),
    GapKind.NOT_FOR_ALL: (
        "the source holds it for {0} of people",
        "for how many people the source holds it is not known",
    ),
    GapKind.FIELDS: ("fields may be blank: {0}", "which fields may be blank is not known"),
    GapKind.WITHHELD: ("the source holds back: {0}", "what the source holds back is not known"),
    GapKind.NOT_ALL_REACHED: (
        "it comes for {0} of people",
        "for how many people it comes is not known",
    ),
    GapKind.OBJECTIONS: ("whoever objects is left out: {0}", "whoever objects is left out"),
    GapKind.PERHAPS: ("whether it comes at all is not known",) * 2,
    GapKind.MISSING: ("the part of {1} does not come",) * 2,
    GapKind.NO_COVER: ("the part of {1} may not be passed on",) * 2,
}

#: What is said where nobody has said anything of what a blank means.
ASK = "Nobody has said what a blank means: ask before it is read as a no."


def gap_words(gap: Gap, names: Names) -> str:
    """Say in a clause what one gap may hide."""
    known, unknown = _WORDS[gap.kind]
    if gap.said is None:
        return unknown.format("", names.organisation(gap.organisation))
    if gap.kind is GapKind.WINDOW and " to " in gap.said:
        return f"how far back it goes is not known: {gap.said}"
    if _SITES.fullmatch(gap.said):
        known = _of_sites(gap, names)
    return known.format(gap.said.rstrip("."), names.organisation(gap.organisation))


#: A share that was declared as sites or people out of so many.
_SITES = re.compile(r"\d+ of (\d+)")


def _of_sites(gap: Gap, names: Names) -> str:
    """Say of a share that was declared as a count whose sites it counts, where that is plain."""
    if gap.kind is GapKind.NOT_FOR_ALL:
        return "the source holds it for {0}"
    flow = names.landscape.flows[gap.about.removeprefix("flows.")]
    found = _SITES.fullmatch(gap.said or "")
    for place, words in ((flow.to, "are connected"), (flow.from_, "send it")):
        organisation = names.landscape.organisation_of(place)
        sites = names.landscape.organisations[organisation].instances if organisation else None
        if organisation and found and sites == int(found[1]):
            return f"only {{0}} ({names.organisation(organisation)}) {words}"
    return "it comes for {0}"
