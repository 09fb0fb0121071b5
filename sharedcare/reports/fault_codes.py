"""What each code means that a message may begin with: faults of a profile, reasons of a verdict."""

from sharedcare.reading import CODES
from sharedcare.reports.words.reasons import reason_meaning
from sharedcare.vocabulary import Reason

#: Codes of faults in what a profile says; those in how a file is written are in ``CODES``.
_PROFILE: dict[str, str] = {
    "AMBIGUOUS_ID": "Two things that are looked up alike have the same id.",
    "BAD_COUNT": "Two counts cannot both be right: a part is more than the whole.",
    "BAD_CURRENCY": "A currency is three capital letters, such as GBP.",
    "BAD_DATE": "A date is written year first: 2026-11-01. It must be a day that there is.",
    "BAD_GATE": "A gate asks for the level of a dimension or for needs, and for one of them only.",
    "BAD_ID": "An id is made of the letters a-z, digits, _ and -; a category joins ids by dots.",
    "BAD_NUMBER": "A number is expected.",
    "BAD_ODS_CODE": "An ODS code is three to ten capital letters and digits.",
    "BAD_PERIOD": "A period ends before it begins.",
    "BAD_QUANTITY": "A duration, rate, share or amount is not written as one.",
    "BAD_RANGE": "A range is {low: …, likely: …, high: …}, in this order; likely may be left out.",
    "BAD_VALUE": "Yes or no is expected.",
    "BAD_WORD": "Only certain words may stand here; the message lists them.",
    "CARRIES_NOTHING": "A flow that carries nothing helps no need.",
    "CIRCULAR": "A bundle holds itself, directly or through others.",
    "CLASH": "Two changes want two things of one entry, and neither requires the other.",
    "EMPTY_LIST": "At least one entry is expected.",
    "EMPTY_VALUE": "A text is expected; a line that says nothing is better left out.",
    "EXCLUDED": "Of changes that are to be made together, one excludes another.",
    "ID_TAKEN": "A change adds an entry under an id that another has; to change it, patch it.",
    "MISSING_CELL": "A cell is empty without which its row says nothing.",
    "MISSING_KEY": "Something without which an entry means nothing is not said.",
    "NAMED_TWICE": "The same thing is named twice, and the two might differ.",
    "NEW_WORD": "A category or party is used that nobody declared; others cannot know its meaning.",
    "NOT_USED": "What is said here changes no verdict, because of something else that is said.",
    "OFF_SCALE": "A rating lies between 0 and 5.",
    "RANGE_REFUSED": "A limit of a need is plain: a range would leave open what is asked for.",
    "REASON_MISSING": "An answer that a criterion does not apply needs a reason.",
    "STILL_NAMED": "An entry hangs on what a change removes; say what becomes of it.",
    "TOO_LARGE": "The file, or what its bundles stand for, is larger than what is read.",
    "TOO_LONG": "A text has more characters than are read.",
    "UNKNOWN_CRITERION": "An answer or a suppression names a criterion that there is not.",
    "UNKNOWN_DIMENSION": "A gate or a rating names a dimension that there is not.",
    "UNKNOWN_ID": "Nothing in the profile has this id.",
    "UNKNOWN_KEY": "Nothing is read under this key here; it may be a slip of another.",
    "UNKNOWN_REFUSED": "This cannot be unknown; leave the line out instead.",
    "UNUSUAL_WORD": "The word is taken, and may be a slip of a usual one.",
    "WRONG_TYPE": "A map, a list or a text stands where another of them is expected.",
}


def code_meanings() -> dict[str, str]:
    """Return every code with what it means, in the order of the alphabet."""
    reasons = {reason.value: reason_meaning(reason) for reason in Reason}
    return dict(sorted({**CODES, **_PROFILE, **reasons}.items()))
