"""What would have to be so for a need to be met, by the families of condition that give way."""

from sharedcare.reports.words.figures import listed
from sharedcare.vocabulary import Family

#: What would have to be so, for each family of condition, to follow "if".
_WERE_SO = {
    Family.SOURCE: "somebody who is asked for it held it in a system in use",
    Family.CARRY: "the flows that lead there carried it",
    Family.FORM: "it came in the form that is asked for",
    Family.HISTORY: "it reached back far enough",
    Family.LAW: "it might be passed on",
    Family.TIME: "it came soon enough",
    Family.REKEY: "it were typed in again less often",
    Family.MODE: "it were sent and kept instead of only shown",
    Family.REACH: "it came for more people or sites",
    Family.IDENTITY: "the systems shared an identifier of people",
    Family.LIVE: "what is not in use were in use",
    Family.CAPACITY: "the flows could take as many as arise",
}


def would_be_met(families: frozenset[Family]) -> str:
    """What would have to be so, to follow "if"."""
    return listed([_WERE_SO[family] for family in Family if family in families])
