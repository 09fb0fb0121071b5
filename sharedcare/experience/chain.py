"""What is said of chains: from an activity behind the scenes to what a person experiences.

Source: Steele Gray 2024 (backstage supports front stage, front stage is what people experience; a
link is definite, questionable or absent; where providers and people differ, that is the finding).
How a chain is judged is ours, and stands in :mod:`sharedcare.experience.acting`.
"""

from dataclasses import dataclass
from enum import Enum

from sharedcare.flows import Bounds, Explanation
from sharedcare.landscape.activity import Attribute, LinkStrength, Stage
from sharedcare.vocabulary import Reason, Verdict


class State(Enum):
    """How a chain or a part of it stands, the best first."""

    WHOLE = "whole"
    QUESTIONABLE = "questionable"
    BROKEN = "broken"

    @property
    def rank(self) -> int:
        """How bad it is: 0 for whole."""
        return list(State).index(self)


def worst(states: "list[State]") -> State:
    """The worst of some states; of none, whole."""
    return max(states, key=lambda state: state.rank, default=State.WHOLE)


class CauseKind(Enum):
    """What keeps a part of a chain from being whole."""

    NEED = "need"
    CATEGORY = "category"
    DIMENSION = "dimension"
    LINK = "link"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that keeps an activity or a link from being whole, and how badly.

    ``about`` is the id of a need, data category, dimension, attribute or activity. ``needs`` are
    the needs behind it that are not met. ``verdict`` is that of a need, None where no need asks for
    a category; ``level`` that of a dimension, None where it is not assessed.
    """

    kind: CauseKind
    about: str
    state: State
    needs: tuple[str, ...] = ()
    verdict: Verdict | None = None
    level: Bounds | None = None


@dataclass(frozen=True, slots=True)
class ActivityState:
    """How one activity stands, and why it is not whole."""

    activity: str
    actor: str
    stage: Stage
    state: State
    causes: tuple[Cause, ...]


class Party(Enum):
    """Whose word it is that a link is there."""

    PEOPLE = "people"
    PROVIDERS = "providers"
    EVIDENCE = "evidence"
    OTHERS = "others"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one party says of a link; ``said_by`` is its own word, None for the plan itself."""

    party: Party
    strength: LinkStrength
    said_by: str | None = None
    words: str | None = None
    respondents: int | None = None


@dataclass(frozen=True, slots=True)
class FrontLink:
    """What a front-stage activity does for an attribute, by all who say something of it.

    ``strength`` is definite or absent where all say so, else questionable. ``differs`` says that
    those who give care (else the plan) and those cared for see it differently; ``is_tested`` that
    people cared for, carers or a study have spoken. ``state`` counts in how the activity stands.
    """

    activity: str
    attribute: Attribute
    strength: LinkStrength
    voices: tuple[Voice, ...]
    differs: bool
    is_tested: bool
    state: State


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one activity, over those it supports, to an attribute.

    ``activities`` lead from backstage to the front-stage one, which is the last; a front-stage
    activity that nothing supports is alone. Of several ways between the same ends the best stands
    here. ``causes`` keep it from being whole, each with the activity that it is found at.
    """

    activities: tuple[str, ...]
    attribute: Attribute
    state: State
    causes: tuple[tuple[str, Cause], ...]

    @property
    def ends(self) -> tuple[str, str, Attribute]:
        """What tells one chain from another: where it begins, is seen, and is felt."""
        return self.activities[0], self.activities[-1], self.attribute

    @property
    def front(self) -> str:
        """The activity that the person sees."""
        return self.activities[-1]

    @property
    def is_backed(self) -> bool:
        """Whether anything backstage supports it."""
        return len(self.activities) > 1

    @property
    def hurt(self) -> State:
        """How badly needs that are not met hurt it by themselves."""
        return worst([cause.state for _, cause in self.causes if cause.needs])


@dataclass(frozen=True, slots=True)
class AttributeState:
    """How many chains carry one attribute, and what hurts it.

    ``broken_by_needs`` and ``questioned_by_needs`` count chains of which a need that is not met is
    a cause; ``needs`` are those behind it, the one that hurts most chains first.
    """

    attribute: Attribute
    whole: int
    questionable: int
    broken: int
    broken_by_needs: int
    questioned_by_needs: int
    needs: tuple[str, ...]

    @property
    def chains(self) -> int:
        """How many chains lead to it."""
        return self.whole + self.questionable + self.broken


@dataclass(frozen=True, slots=True)
class TradeOff:
    """An activity that surely gives one attribute, and not surely the one that it may cost.

    ``said`` is what is said of the other, None where nobody has said anything.
    """

    activity: str
    gives: Attribute
    costs: Attribute
    said: LinkStrength | None


@dataclass(frozen=True, slots=True)
class Hop:
    """Where information stops on its way: a flow, or the use of a system where it is None."""

    flow: str | None
    from_: str
    to: str
    reasons: tuple[Reason, ...]
    is_uncovered: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A need that is not met, followed to the hop that stops it; ``hop`` is None if none does."""

    need: str
    verdict: Verdict
    hop: Hop | None
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Proxy:
    """What could be counted for one link of a chain; ``words`` is None where nobody named it.

    ``kind`` is ``activities``, ``needs`` or ``attribute``.
    """

    kind: str
    about: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A chain that is worth measuring from end to end, with something to count at each link."""

    chain: Chain
    proxies: tuple[Proxy, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """Everything that is said of one landscape's chains.

    ``hurt_most`` is the attribute of which information that does not come hurts most chains.
    ``unsupported`` are front-stage activities that nothing backstage supports, ``unseen`` backstage
    ones that support nothing a person sees, ``felt_by_nobody`` front-stage ones without a link.
    ``untraced`` are needs behind the causes that were not followed, as there are too many.
    ``about_no_activity`` is what people said of an attribute, and of nothing that they see.
    ``proven`` is false where a search limit left the verdict on any need open.
    """

    activities: tuple[ActivityState, ...] = ()
    links: tuple[FrontLink, ...] = ()
    chains: tuple[Chain, ...] = ()
    attributes: tuple[AttributeState, ...] = ()
    hurt_most: Attribute | None = None
    trade_offs: tuple[TradeOff, ...] = ()
    unsupported: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    felt_by_nobody: tuple[str, ...] = ()
    to_measure: tuple[Measured, ...] = ()
    traces: tuple[Trace, ...] = ()
    untraced: tuple[str, ...] = ()
    about_no_activity: tuple[tuple[Attribute, Voice], ...] = ()
    proven: bool = True

    def activity(self, key: str) -> ActivityState:
        """How one activity stands; raises KeyError if there is none of that id."""
        found = {one.activity: one for one in self.activities}
        return found[key]

    def in_state(self, state: State) -> tuple[Chain, ...]:
        """The chains in one state."""
        return tuple(chain for chain in self.chains if chain.state is state)
