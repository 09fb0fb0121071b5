"""Where one way of answering is told from the next: every threshold, and whose it is.

Ramsey 2023 gives three trusts and describes types; it draws no line in numbers. So every line is
ours, drawn where its three trusts fall on the right side by far, and each says so.
"""

from dataclasses import dataclass
from fractions import Fraction

#: At most this share of stories is answered: the organisation does not respond.
NON_RESPONSE_RATE = Fraction(1, 5)

#: So near to that share the type is called borderline.
NEAR_RATE = Fraction(1, 20)

#: Two answers whose words are alike to this share, in order, are near-identical.
ALIKE = Fraction(3, 4)

#: An answer is from a template if it is near-identical to those below this many stories.
TEMPLATE_USES = 3

#: An answer with fewer words of its own than this is not specific to a story.
OWN_WORDS = 3

#: The most frequent kind of answer gives the type; led by less than this it is borderline.
LEAD = Fraction(1, 5)

#: With fewer answers (or, unanswered, stories) than this the type is borderline.
FEW = 10

#: At least this share of answers sends people elsewhere: the organisation also "redirects".
REDIRECTS_SHARE = Fraction(1, 4)

#: Where no answer was read and nobody says how many tell of change: changes a hundred stories …
CHANGES_PER_100 = Fraction(2)

#: … and people who answer a thousand stories …
RESPONDERS_PER_1000 = Fraction(10)

#: … and at most this share of near-identical answers stand for answers that tell of change.
SELDOM_IDENTICAL = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One line: the constant's name and value, what it decides, and what the paper says of it."""

    name: str
    value: Fraction
    is_share: bool
    decides: str
    paper: str


THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        "NON_RESPONSE_RATE", NON_RESPONSE_RATE, True,
        "at most this share of stories answered is non-response",
        "site A, the non-responder, rose from 0 % to 8 %; sites B and C answered nearly all",
    ),
    Threshold(
        "NEAR_RATE", NEAR_RATE, True,
        "so near to that share the type is borderline",
        "nothing",
    ),
    Threshold(
        "ALIKE", ALIKE, True,
        "answers whose words are alike to this share, in order, are near-identical",
        "“slight variants” of one answer count as the same",
    ),
    Threshold(
        "TEMPLATE_USES", Fraction(TEMPLATE_USES), False,
        "so many stories with near-identical answers show a template",
        "site B answered all stories from two",
    ),
    Threshold(
        "OWN_WORDS", Fraction(OWN_WORDS), False,
        "with fewer words that are no stock phrases an answer is generic",
        "generic answers lack personalisation and do not say who, how and when",
    ),
    Threshold(
        "LEAD", LEAD, True,
        "if the most frequent kind of answer leads by less, the type is borderline",
        "the organisation sets the style, so that one kind prevails",
    ),
    Threshold(
        "FEW", Fraction(FEW), False,
        "with fewer answers the type is borderline",
        "nothing: its sites have more than a thousand stories each",
    ),
    Threshold(
        "REDIRECTS_SHARE", REDIRECTS_SHARE, True,
        "so many answers that lead elsewhere give the tag “redirects” beside the type",
        "sites A and B, whose answers are generic, redirect too",
    ),
    Threshold(
        "CHANGES_PER_100", CHANGES_PER_100, False,
        "without texts, so many changes made or planned a hundred stories stand for openness",
        "site C: 390 changes on over 6,500 stories, 6 a hundred",
    ),
    Threshold(
        "RESPONDERS_PER_1000", RESPONDERS_PER_1000, False,
        "and so many people who answer, a thousand stories",
        "site C: 890 users on over 6,500 stories, 136 a thousand; sites A and B at most 2",
    ),
    Threshold(
        "SELDOM_IDENTICAL", SELDOM_IDENTICAL, True,
        "and at most this share of near-identical answers",
        "site C gave almost all feedback an answer of its own",
    ),
)  # fmt: skip

#: What no result may be read without.
LIMITS: tuple[str, ...] = (
    "The types come from a study of three English trusts in 2019/20 (Ramsey 2023, resting on "
    "Ramsey et al. 2019); elsewhere and later they are a way of looking, not a measure.",
    "A front stage can be open without the culture behind it.",
    "Silence, or the same answer to all, is no proof that nothing was learnt behind the scenes.",
    "A type says what is done in public. It never says why: lack of time, caution and "
    "unwillingness look alike from here.",
    "The appreciative and the offline type are defined in our words; the study published none.",
)
