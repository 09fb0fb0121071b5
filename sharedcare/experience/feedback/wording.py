"""What an answer does, by its words: thanks, regrets, leads elsewhere, tells what came of it.

The patterns are those of :mod:`sharedcare.experience.feedback.acts`. A greeting and all from the
closing formula on are left aside, and so are capitals, entities and doubled spaces. Stock words
are those that fit below any story.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from sharedcare.experience.feedback.acts import APOLOGY, ELSEWHERE, OPENLY, TELLS, THANKS
from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.thresholds import OWN_WORDS

_GREETING = re.compile(
    r"^\s*(?:(?:hello|hi|hiya|hey|dear|good (?:morning|afternoon|evening)|to)\b[^\n.!?]{0,40}"
    r"(?:\n|[,!:]|$))",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:^|[\n.!?])\s{0,9}(?:with )?(?:(?:kind(?:est)?|best|warm(?:est)?) (?:regards|wishes)"
    r"|regards|yours (?:sincerely|faithfully|truly)|many thanks|all the best|take care|thanks again"
    r"|sincerely)\W{0,3}(?=\n|$|\s*\w[^.!?\n]{0,60}$)",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGITS = re.compile(r"\d+")

_PLAIN = """
a about above after again against all also always am an and another any are arent around as at
away back be because been before being best better both but by can cannot cant come comes could
day days did didnt do does doing don dont down during each either else even ever every far few
first for from further get gets give given go goes going good got great had has have having he her
here hers him his how i if ill im in into is isnt it its itself ive just keep kept know let like
likely made make makes making many may me might more most much must my need needs never new next
no nor not now of off on once one only or other our ours out over own please really right said
same say see seem seems shall she should since so some still such take taken takes tell than that
thats the their theirs them then there these they thing things think this those through time times
to today tomorrow too try two under until up upon us use used very want wants was wasnt way we
week well were werent what when where which while who whom why will with within wont would year
years yes yet you your youre yours yourself youve
"""
_STOCK = """
able acknowledge acknowledged act acted action actions address advice advise answer apologies
apologise apology appreciate appreciated appropriate appropriately areas assist assistance assure
assured attention aware best bring care chance chased chuffed colleague colleagues com comment
comments commitment committed complain complaint complaints compliment compliments concern
concerned concerns consider consideration considered contact contacted continue continuing
delighted deliver delivering department details diolch disappointed discuss distress distressing
email ensure essential everybody everyone excellent expectations experience experienced
experiences express extremely fall fed feed feedback feel feelings feels fell form formal forum
forward forwarded forwarding friendly glad grateful happy hard hear hearing heart hello help
helpful helps hesitate high highest home hope hospital hospitals however http https immediately
importance important improve improved improvement improving inconvenience individual inform
information informed insight insights invaluable investigate investigated involved issue issues
kind kindly learn learned learning leave leaving lessons letting level liaison line link listen
listening local log logged look looked looking lot love lovely management manager managers matter
matters means meant meet member members message moment net nhs note noted number occasion office
ongoing online opportunity org pals particular pass passed passing patient patients people person
personal phone place pleased pleasure points positive possible post posted posting praise
priorities priority private process proud provide provided providing public quality raise raised
raising reach reaching read receive received recent recently recovery refer reflect reflection
regarding regards regret relevant remark remarks reply report response review ring satisfied seek
send sending seriously service services share shared sharing short site social sorry speak
speaking staff standard standards story strive strives striving support sure take taking team
teams telephone terms thank thankful thanks thrilled touch truly trust trusts unable understand
understanding unfortunately unhappy upset upsetting user users utmost valuable value valued views
visit visitors vital ward website welcome wellbeing wish wishes wonderful words work working world
worthwhile write writing wrote www
"""
_COMMON = frozenset((_PLAIN + _STOCK).split())

#: Of a longer answer so many words are kept for comparing: answers that differ, differ before.
MOST_WORDS = 400

#: A word with fewer letters says little by itself.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """What one answer does; ``words`` are the first of its body, folded, for comparing."""

    words: tuple[str, ...]
    own_words: int
    thanks: bool
    apologises: bool
    redirects: bool
    tells: bool

    @property
    def is_specific(self) -> bool:
        """Whether it has enough words that would not fit below any story."""
        return self.own_words >= OWN_WORDS

    def kind(self, is_template: bool) -> ResponseType:
        """The kind of this answer; sameness comes before redirection."""
        if is_template or not self.is_specific:
            return ResponseType.GENERIC
        if self.redirects and not self.tells:
            return ResponseType.OFFLINE
        return ResponseType.CONVERSATIONAL if self.tells else ResponseType.APPRECIATIVE


def wording(text: str) -> Wording:
    """Read one answer."""
    body = body_of(text)
    redirects = bool(ELSEWHERE.search(body))
    words = tuple(_DIGITS.sub("0", word) for word in _WORD.findall(body))
    return Wording(
        words=words[:MOST_WORDS],
        own_words=len(set(filter(_is_own, words))),
        thanks=bool(THANKS.search(body)),
        apologises=bool(APOLOGY.search(body)),
        redirects=redirects,
        tells=bool(TELLS.search(body)) or (not redirects and bool(OPENLY.search(body))),
    )


def body_of(text: str) -> str:
    """An answer without greeting and closing formula, folded; all of it if nothing else is left."""
    whole = _SPACES.sub(" ", html.unescape(text)).strip().casefold()
    body = _GREETING.sub("", whole, count=1)
    closing = next((found for found in _CLOSING.finditer(body) if found.start() > 0), None)
    body = body[: closing.start() + 1] if closing else body
    return body.strip() or whole


@lru_cache(maxsize=50_000)
def _is_own(word: str) -> bool:
    plain = word.replace("'", "").replace("’", "")
    is_mask = not plain.strip("x")
    return len(plain) >= _SHORTEST and plain not in _COMMON and not plain.isdigit() and not is_mask
