"""The ways of answering feedback in public.

Non-response, generic, and transparent and conversational are described in Ramsey 2023 (Table 1);
appreciative and offline are named in Ramsey et al. 2019, and described here in our words.
"""

from enum import Enum


class ResponseType(Enum):
    """How stories are answered; the order is that of asking: sameness before redirection."""

    NON_RESPONSE = "non_response"
    GENERIC = "generic"
    OFFLINE = "offline"
    CONVERSATIONAL = "conversational"
    APPRECIATIVE = "appreciative"

    @property
    def words(self) -> str:
        """What the type is called."""
        return _WORDS[self]

    @property
    def meaning(self) -> str:
        """What outsiders see, in a sentence."""
        return _MEANINGS[self]

    @property
    def preparedness(self) -> str:
        """Where it stands between invisibility and public conversation (Ramsey 2023)."""
        return _PREPAREDNESS[self]


_WORDS = {
    ResponseType.NON_RESPONSE: "non-response",
    ResponseType.GENERIC: "generic",
    ResponseType.OFFLINE: "offline",
    ResponseType.CONVERSATIONAL: "transparent, conversational",
    ResponseType.APPRECIATIVE: "appreciative",
}
_MEANINGS = {
    ResponseType.NON_RESPONSE: "Most stories get no answer; outsiders cannot tell whether anybody "
    "reads them.",
    ResponseType.GENERIC: "Stories get the same answer, or one that would fit any story: thanks, "
    "regret, a promise to pass it on, and no word of who does what when.",
    ResponseType.OFFLINE: "Answers speak to the story and lead away from it: to the telephone, an "
    "e-mail address, the complaints office. What comes of it is not seen.",
    ResponseType.CONVERSATIONAL: "Answers speak to the story in public and tell what came of it, "
    "what will, or what stands in the way.",
    ResponseType.APPRECIATIVE: "Answers are warm and often personal; nothing learnt or changed is "
    "told.",
}
_PREPAREDNESS = {
    ResponseType.NON_RESPONSE: "stays out of sight",
    ResponseType.GENERIC: "on stage with a script and nothing beside it",
    ResponseType.OFFLINE: "meets people, out of the public's sight",
    ResponseType.CONVERSATIONAL: "talks with people in public",
    ResponseType.APPRECIATIVE: "on stage to give thanks",
}
