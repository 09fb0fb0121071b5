"""The cast: who answers, from which disciplines and levels, named or masked, who directs them.

Declared where the profile says it; else read from the roles that stand beside the answers. That a
role belongs to a level is told by its words (ours).
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.experience.feedback.responses import TextSignals
from sharedcare.experience.feedback.signals import Signals, Within
from sharedcare.landscape.activity import Feedback, Script

#: Levels of an organisation, and what tells a role of each; the first that fits.
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("board", re.compile(r"\bchief\b|\bexecutive\b|\bdirector\b|\bboard\b|\bgovernor\b|\bchair\b")),
    ("communications", re.compile(r"\bcommunications?\b|\bpress\b|\bmedia\b|\bpublic relations\b")),
    ("complaints and advice", re.compile(r"\bcomplaints?\b|\bpals\b|\badvice\b|\bliaison\b")),
    ("patient experience", re.compile(r"\bexperience\b|\binvolvement\b|\bengagement\b")),
    ("managers", re.compile(r"\bmanager\b|\bhead\b|\blead(?:er)?\b|\bmatron\b|\bsupervisor\b")),
    ("frontline", re.compile(r"\w")),
)

#: From this share of signed answers on the cast is called named, up to the other masked (ours).
NAMED_FROM, MASKED_TO = Fraction(3, 4), Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who answers; what nobody tells is None or empty.

    ``named`` is the share of answers that a person signs. ``has_account`` is false where people
    answer and none is registered on the platform: the answers come in another way.
    """

    size: int | None
    per_1000: Fraction | None
    registered: int | None
    disciplines: tuple[str, ...]
    levels: tuple[str, ...]
    levels_are_read: bool
    named: Within | None
    is_named: bool | None
    directed_by: str | None
    channel: str | None
    has_account: bool | None


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage as it is attested: script or stage directions, setting, staging, performance.

    ``script`` is read from the texts where nobody declares it: templates in most answers.
    """

    script: Script | None
    script_is_read: bool
    scripting: str | None
    setting: str | None
    staging: str | None
    performance: str | None
    board: str | None
    outlook: str | None
    seeking: str | None


def cast_of(declared: Feedback, signals: Signals, texts: TextSignals | None) -> Cast:
    """Put the cast together."""
    roles = tuple(role for role, _ in texts.roles) if texts else ()
    answering = signals.answers is not None and signals.answers > 0
    return Cast(
        size=signals.responders,
        per_1000=signals.responders_per_1000,
        registered=declared.registered,
        disciplines=declared.cast or roles,
        levels=declared.levels or levels_in(declared.cast or roles),
        levels_are_read=not declared.levels,
        named=signals.named,
        is_named=_is_named(signals.named),
        directed_by=declared.directed_by,
        channel=declared.channel,
        has_account=None
        if declared.registered is None or not answering
        else declared.registered > 0,
    )


def levels_in(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The levels that roles belong to by their words, from the top."""
    found = {_level(role.casefold()) for role in roles}
    return tuple(level for level, _ in _LEVELS if level in found)


def _level(role: str) -> str:
    return next((level for level, words in _LEVELS if words.search(role)), _LEVELS[-1][0])


def _is_named(named: Within | None) -> bool | None:
    if named is None:
        return None
    if named.low >= NAMED_FROM:
        return True
    return False if named.high <= MASKED_TO else None


def stage_of(declared: Feedback, signals: Signals) -> Stage:
    """Put together what is attested of the stage; only the script may be read from the texts."""
    from_texts = declared.script is None and bool(signals.shares)
    most = signals.identical is not None and signals.identical.low >= Fraction(1, 2)
    read = Script.TEMPLATE if from_texts and most else None
    return Stage(
        script=declared.script or read,
        script_is_read=read is not None,
        scripting=declared.scripting,
        setting=declared.setting,
        staging=declared.staging,
        performance=declared.performance,
        board=declared.board,
        outlook=declared.outlook.value if declared.outlook else None,
        seeking=declared.seeking.value if declared.seeking else None,
    )
