"""Chains in plain words, as a panel of patients and carers would read them: short, and no codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sharedcare.dimensions import DIMENSIONS
from sharedcare.experience.acting import FIRM
from sharedcare.experience.chain import Cause, CauseKind, Hop, Party, State, Trace, Voice
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute, LinkStrength
from sharedcare.reports.words.figures import level_words, listed, lowered
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Reason, Verdict

#: What a person experiences, to stand alone. After Kuluski et al. 2019, in our words.
ATTRIBUTES: dict[Attribute, str] = {
    Attribute.ACCESS: "Reaching care easily",
    Attribute.HEARD: "Being heard and at ease",
    Attribute.SOMEONE_TO_COUNT_ON: "Someone to count on",
    Attribute.KNOWING: "Knowing what to do and expect",
    Attribute.INDEPENDENT: "Being independent",
    Attribute.SAFE: "Feeling safe",
}

#: The symbol, the words and the look of each state of a chain.
STATES: dict[State, tuple[str, str, str]] = {
    State.WHOLE: ("●", "holds", "met"),
    State.QUESTIONABLE: ("?", "in doubt", "open"),
    State.BROKEN: ("✕", "broken", "unmet"),
}

#: Who does an activity; other words are told as they are.
ACTORS = {
    "provider": "care staff",
    "manager": "a manager",
    "director": "a director",
    "patient": "the person",
    "person": "the person",
    "carer": "a carer",
    "volunteer": "a volunteer",
}

#: What is said of a link.
STRENGTHS = {
    LinkStrength.DEFINITE: "yes",
    LinkStrength.QUESTIONABLE: "perhaps",
    LinkStrength.ABSENT: "no",
}

#: Why information stops, for people who do not build systems.
STOPS: dict[Reason, str] = {
    Reason.NO_SOURCE: "nobody is known to hold it",
    Reason.NO_ROUTE: "nothing carries it there",
    Reason.NO_CARRY: "what is sent leaves it out",
    Reason.FORM: "it comes in a form that cannot be used for this",
    Reason.HISTORY: "it does not go back far enough",
    Reason.NOT_LIVE: "the connection is not in use",
    Reason.CAPACITY: "the connection cannot take so much",
    Reason.IDENTITY: "the two sides cannot tell that it is the same person",
    Reason.NO_AGREEMENT: "no agreement lets it be passed on",
    Reason.PURPOSE: "no agreement lets it be passed on for this",
    Reason.EXPIRED: "the agreement to pass it on has run out",
    Reason.LAWFUL_BASIS: "the agreement to pass it on lacks its legal ground",
    Reason.MODE: "it can only be looked at, and is not sent",
    Reason.AGE: "it is too old when it comes",
    Reason.WAIT: "it takes too long",
    Reason.REKEY: "it is typed in again too often",
    Reason.REACH: "it is not there for everybody",
}

_DIMENSIONS = {dimension.id: dimension.name for dimension in DIMENSIONS}

#: Kinds of information that a sentence names.
MOST = 2


def state_words(state: State) -> str:
    """Symbol and words of a state."""
    symbol, words, _ = STATES[state]
    return f"{symbol} {words}"


def plain_id(word: str) -> str:
    """A word that somebody chose, without the signs of an id."""
    return word.replace("_", " ").replace("-", " ")


def actor_words(actor: str) -> str:
    """Who does it."""
    return ACTORS.get(actor, plain_id(actor))


def speaker(voice: Voice) -> str:
    """Who says so."""
    if voice.party is Party.PLAN or voice.said_by is None:
        return "the plan"
    return plain_id(voice.said_by)


def voice_words(voice: Voice) -> str:
    """What one party says of a link: ``Carers: no (61 asked). “There is a number.”``."""
    asked = f" ({voice.respondents:,} asked)" if voice.respondents else ""
    quoted = f" “{voice.words}”" if voice.words else ""
    who = speaker(voice)
    return f"{who[:1].upper()}{who[1:]}: {STRENGTHS[voice.strength]}{asked}.{quoted}"


def differing(voices: Sequence[Voice]) -> str:
    """All that is said of a link, the party that experiences it last."""
    ordered = sorted(voices, key=lambda voice: voice.party is Party.PEOPLE)
    return " ".join(map(voice_words, ordered))


@dataclass(frozen=True)
class ExperienceWords:
    """Says things of the chains of one landscape."""

    names: Names

    @property
    def landscape(self) -> Landscape:
        """The landscape that is told of."""
        return self.names.landscape

    def activity(self, key: str) -> str:
        """An activity's name, or the words of its id."""
        label = self.landscape.label("activities", key)
        return plain_id(label).capitalize() if label == key else label

    def role(self, key: str) -> str:
        """Who needs something, in a sentence."""
        label = self.landscape.label("stakeholders", key)
        return f"the {lowered(plain_id(label) if label == key else label).removeprefix('the ')}"

    def goes_without(self, trace: Trace) -> str:
        """Who does not get what, in one short sentence."""
        found = trace.explanation.verdict
        need = self.landscape.needs[trace.need]
        required = [item for item in found.items if item.required] or list(found.items)
        short = [item for item in required if item.verdict is not Verdict.MET]
        labels = dict.fromkeys(
            lowered(self.landscape.category_label(item.category)) for item in short
        )
        what = listed(list(labels), most=MOST)
        who = self.role(need.stakeholder)
        if found.verdict is Verdict.UNDETERMINED or not found.proven:
            return f"Nobody knows yet whether {who} gets this: {what}."
        begun = who[:1].upper() + who[1:]
        if found.verdict is Verdict.PARTLY_MET:
            return f"{begun} gets this for some people only: {what}."
        return f"{begun} does not get this: {what}."

    def stops(self, hop: Hop, is_sure: bool = True) -> str:
        """Where information stops, or may, and why, in one short sentence."""
        from_, to = (self.landscape.place_label(place) for place in (hop.from_, hop.to))
        why = [STOPS[reason] for reason in hop.reasons[:MOST]]
        if not is_sure:
            return f"It may stop between {from_} and {to}."
        return f"It stops between {from_} and {to}: {', and '.join(why)}."

    def trace(self, trace: Trace) -> str:
        """Who goes without, and where it stops."""
        is_sure = trace.verdict is not Verdict.UNDETERMINED and trace.explanation.verdict.proven
        stops = f" {self.stops(trace.hop, is_sure)}" if trace.hop else ""
        return f"{self.goes_without(trace)}{stops}"

    def cause(self, cause: Cause) -> str:
        """What keeps an activity from being whole, where that is not a need."""
        if cause.kind is CauseKind.CATEGORY:
            return self._category(cause)
        if cause.kind is CauseKind.DIMENSION:
            return self._dimension(cause)
        if cause.kind is CauseKind.UNSUPPORTED:
            return "Nothing behind the scenes supports it."
        if cause.kind is CauseKind.LINK:
            does = "does not give" if cause.state is State.BROKEN else "may not give"
            return f"It {does} people this: {lowered(ATTRIBUTES[Attribute(cause.about)])}."
        return f"It needs this: {lowered(self.need(cause.about))}."

    def need(self, key: str) -> str:
        """What is needed: the need's name, else what it asks for."""
        label = self.landscape.label("needs", key)
        if label != key:
            return label
        items = self.landscape.needs[key].content
        labels = dict.fromkeys(self.landscape.category_label(item.category) for item in items)
        return listed([lowered(label) for label in labels], most=MOST)

    def _category(self, cause: Cause) -> str:
        what = lowered(self.landscape.category_label(cause.about))
        if cause.verdict is None:
            return f"Nobody has said who needs this, so whether it comes is not known: {what}."
        if cause.state is State.BROKEN:
            return f"Nobody who asks for this gets it: {what}."
        return f"Not everybody who asks for this surely gets it: {what}."

    @staticmethod
    def _dimension(cause: Cause) -> str:
        name = lowered(_DIMENSIONS.get(cause.about, plain_id(cause.about)))
        if cause.level is None:
            return f"A condition was not looked at yet: {name}."
        level = level_words(cause.level)
        if cause.level.high < FIRM:
            return f"A condition is weak: {name} (level {level} of 5)."
        return f"A condition may be weak: {name} (level {level} of 5)."

    def lacks(self, causes: Sequence[Cause]) -> Iterator[str]:
        """What an activity lacks, in a few words each: of the gravest kind alone."""
        for cause in causes:
            if (cause.kind, cause.state) == (causes[0].kind, causes[0].state):
                if cause.kind is CauseKind.NEED:
                    yield lowered(self.need(cause.about))
                elif cause.kind is CauseKind.CATEGORY:
                    yield lowered(self.landscape.category_label(cause.about))
                else:
                    yield lowered(_DIMENSIONS.get(cause.about, plain_id(cause.about)))
