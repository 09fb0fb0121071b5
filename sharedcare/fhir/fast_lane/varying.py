"""What may vary between resources that are alike, since no rule asks more of it than its form.

Narrower than FHIR and never wider: what looks different is left to the full lane. A rule about one
of these values has to be minded here, unless it is an invariant: those are seen to by what they
name (``making``).
"""

from datetime import date, datetime
from typing import Annotated

import msgspec

from sharedcare.fhir.fast_lane.likeness import Judge
from sharedcare.fhir.narratives.narrative import narrative_faults
from sharedcare.fhir.primitives import check_base64

ID = r"[A-Za-z0-9\-.]{1,64}"
UUID = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

#: A reference to an entry of a Bundle, which is looked up among these as it stands.
URN = r"urn:uuid:[0-9a-f\-]{36}"

#: A text that begins with a letter or a sign, has no escapes, and is of any language.
TEXT = r'"[!#-\[\]-~\xc3-\xdf][^"\\\x00-\x1f]*+"'

#: Types of elements that vary as their pattern does.
FORMS = {
    "boolean": r"(?:true|false)",
    "decimal": r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,40})?",
    "integer": r"(?:0|-?[1-9]\d{0,8})",
    "unsignedInt": r"(?:0|[1-9]\d{0,8})",
    "positiveInt": r"[1-9]\d{0,8}",
    "string": TEXT,
    "markdown": TEXT,
}
DAY = r'"\d{4}-\d\d-\d\d"'
#: Of what msgspec takes for moments, those that FHIR does too.
MOMENT = r'"[0-9T:.\-]{19,26}(?:Z|[+\-](?:0[0-9]|1[0-3]):[0-9]{2})"'

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Between(msgspec.Struct):
    """A period of which both ends are told to the second."""

    start: _Moment
    end: _Moment


_decode = msgspec.json.Decoder(str).decode
is_day = msgspec.json.Decoder(date).decode
is_moment = msgspec.json.Decoder(_Moment).decode
_between = msgspec.json.Decoder(_Between).decode


def is_in_order(period: bytes) -> bool:
    """Whether a period has moments that exist, and ends after it begins."""
    try:
        found = _between(period)
    except msgspec.ValidationError:
        return False
    return found.start <= found.end


def is_narrative(quoted: bytes) -> bool:
    """Whether a narrative is good."""
    return not narrative_faults(_decode(quoted))


def is_base64(quoted: bytes) -> bool:
    """Whether a text is base 64 and holds something."""
    return check_base64(_decode(quoted)) is None


#: Types of which an expression cannot tell all: what they look like, and what judges them.
JUDGED: dict[str, tuple[str, Judge]] = {
    "xhtml": (r'"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt])*+"', is_narrative),
    "base64Binary": (r'"[0-9A-Za-z+/]++={0,2}"', is_base64),
}

#: Judges that take long.
DEAR = frozenset({is_narrative, is_base64})
