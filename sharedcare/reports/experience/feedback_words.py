"""How answers to feedback are spoken of: one sentence for each thing that may be said."""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.experience.feedback.answering import Answering
from sharedcare.experience.feedback.cast import Cast
from sharedcare.experience.feedback.deciding import Assumed, Near
from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.signals import Within, not_told
from sharedcare.experience.feedback.thresholds import FEW, LEAD, NEAR_RATE, NON_RESPONSE_RATE
from sharedcare.experience.prompts import Direction, Prompt
from sharedcare.landscape.activity import Outlook, Script, Seeking
from sharedcare.reports.words.figures import counted, cut, level_words, listed, percent, sentence
from sharedcare.reports.words.texts import shortened

NOT_TOLD = "not told"

#: Roles that a cast is told by, and columns of each; the JSON document holds them whole.
MOST_ROLES, LONGEST_ROLE = 8, 60

_SCRIPT = {
    Script.TEMPLATE: "a script: fixed answers",
    Script.GUIDELINE: "stage directions: a guideline that leaves people their own words",
    Script.NONE: "neither script nor stage directions",
}
_OUTLOOK = {
    Outlook.OPPORTUNITY.value: "Attested: feedback in public is seen as a window of opportunity.",
    Outlook.THREAT.value: "Attested: feedback in public is seen as a threat to reputation.",
}
_SEEKING = {
    Seeking.PROBLEMS.value: "Attested: problem-sensing, looking for weak points.",
    Seeking.COMFORT.value: "Attested: comfort-seeking, looking for assurance that all is well.",
}
_ASSUMED = {
    Assumed.ONE_ANSWER_A_STORY: "Assumed: as many stories are answered as there are answers, at "
    "most all; “answered” would say how many.",
    Assumed.MOST_STAY_PUBLIC: "Assumed: most answers do not lead elsewhere; “redirects” would say.",
    Assumed.RATE_NOT_TOLD: "Not told: how many stories went unanswered. The type is that of the "
    "answers there are.",
}
_ASK = {
    "stories": "How many stories were told in all?",
    "answered": "How many stories have an answer?",
    "identical": "What share of the answers is the same, or nearly?",
    "redirects": "What share of the answers sends people to another channel?",
    "told": "What share of the answers tells what came of the story, or will?",
}


def share_words(share: Within | None) -> str:
    """Write a share with its bounds, or that nobody told it."""
    if share is None:
        return NOT_TOLD
    low, high = percent(share.low), percent(share.high)
    return low if low == high else f"{low} to {high}"


def figure(value: Fraction | None) -> str:
    """Write a rate; from 10 on, whole."""
    if value is None:
        return NOT_TOLD
    return f"{int(value):,}" if value >= 10 else cut(value)  # noqa: PLR2004 # as said


def type_words(one: Answering) -> str:
    """Name the type, what it is near to, and the second tag: ``generic (redirects too)``."""
    decision = one.decision
    others = [kind.words for kind in decision.besides]
    remarks = ["redirects too"] if decision.redirects else []
    if decision.type is None:
        name = f"not decided between {listed(others)}"
    else:
        name = decision.type.words
        near = f", near to {listed(others)}" if others else ""
        remarks = [f"borderline{near}"] * decision.is_borderline + remarks
    return f"{name} ({'; '.join(remarks)})" if remarks else name


def few_answers_words(one: Answering) -> str:
    """Say of what kind the few answers of a non-responder are; nothing if there is none."""
    kind = one.decision.few_answers
    if kind is None:
        return ""
    also = " and redirect" if one.decision.redirects and kind is ResponseType.GENERIC else ""
    return f"The few answers that there are, are {kind.words}{also}."


def near_words(one: Answering) -> Iterator[str]:
    """Say why a type is borderline, or open."""
    words = {
        Near.RATE: f"The share of stories answered lies within {percent(NEAR_RATE)} of "
        f"{percent(NON_RESPONSE_RATE)}, where non-response ends.",
        Near.LEAD: f"The most frequent kind of answer leads the next by less than {percent(LEAD)}.",
        Near.FEW: f"Fewer than {FEW} answers or stories: another dozen could change the type.",
        Near.RANGE: "What is declared within bounds gives different types at its two ends.",
    }
    yield from (words[near] for near in one.decision.near)


def assumed_words(one: Answering) -> tuple[str, ...]:
    """Say what the type rests on and nobody told."""
    return tuple(_ASSUMED[word] for word in one.decision.assumed)


def ask_words(one: Answering) -> tuple[str, ...]:
    """Ask what would decide a type that is open."""
    if one.decision.type is not None:
        return ()
    return tuple(_ASK[key] for key in not_told(one.signals))


def cast_words(cast: Cast) -> Iterator[str]:
    """Say who answers."""
    if cast.size is None:
        yield "How many people answer is not told."
    else:
        rate = f", {figure(cast.per_1000)} a thousand stories" if cast.per_1000 is not None else ""
        answers = "answers" if cast.size == 1 else "answer"
        yield f"{counted(cast.size, 'person', 'people')} {answers}{rate}."
    if cast.disciplines:
        who = [shortened(role, LONGEST_ROLE) for role in cast.disciplines]
        yield sentence(f"Who: {listed(who, most=MOST_ROLES)}")
    if cast.levels:
        read = " (told by the words of their roles)" if cast.levels_are_read else ""
        yield sentence(f"From {listed(cast.levels)}{read}")
    if cast.is_named is not None:
        yield "They sign by name." if cast.is_named else "They stay masked: no names are signed."
    elif cast.named is not None:
        yield f"{share_words(cast.named)} of answers are signed by name."
    if cast.directed_by:
        yield sentence(f"Who directs: {cast.directed_by}")
    yield from _channel_words(cast)


def _channel_words(cast: Cast) -> Iterator[str]:
    if cast.has_account is False:
        through = f"through {cast.channel}, " if cast.channel else ""
        yield f"They answer {through}without an account on the platform where the stories stand."
    elif cast.channel:
        yield sentence(f"They answer through {cast.channel}")
    if cast.registered:
        yield f"{counted(cast.registered, 'account')} on the platform."


def stage_facts(one: Answering) -> Iterator[tuple[str, str]]:
    """Name what is known of the stage, each with its label."""
    stage, type_ = one.stage, one.decision.type
    if stage.script is not None:
        read = " (read from the answers)" if stage.script_is_read else ""
        yield "Script or stage directions", f"{_SCRIPT[stage.script]}{read}"
    told = (
        ("Scripting", stage.scripting),
        ("Setting", stage.setting),
        ("Staging", stage.staging),
        ("Performance", stage.performance),
        ("The board", stage.board),
    )
    yield from ((label, words) for label, words in told if words)
    if type_ is not None:
        yield "Preparedness to perform", type_.preparedness


def attested_words(one: Answering) -> tuple[str, ...]:
    """Say what is attested of outlook and seeking; neither is ever inferred."""
    found = (_OUTLOOK.get(one.stage.outlook or ""), _SEEKING.get(one.stage.seeking or ""))
    return tuple(words for words in found if words)


def prompt_words(prompt: Prompt, called: str) -> str:
    """Ask to look again where a claim and what outsiders see point apart."""
    whose = "claims" if prompt.is_own else "and its partners claim"
    level = f"{called} {whose} level {level_words(prompt.claimed)} in {prompt.name}"
    type_ = f"{prompt.type.words}{' (borderline)' if prompt.is_borderline else ''}"
    if prompt.direction is Direction.CLAIMS_MORE:
        return (
            f"{level}; its answers to feedback are {type_}. Look again at both: what would people "
            "who told a story see of it?"
        )
    return (
        f"{level}; its answers to feedback are {type_}. Look again at both: is more done than is "
        "claimed, or is the front more open than what is behind it?"
    )
