"""What is said of a need: the verdict, item by item, with the witness route."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.taking import Time
from sharedcare.vocabulary import Form, Reason, Verdict

#: From worst to best; undetermined lies nowhere: it is between two of them.
RANKED = (Verdict.UNMET, Verdict.PARTLY_MET, Verdict.MET)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest that something can be, given what is unknown."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """A place on a route and what holds when the information is there.

    ``flow`` is the flow by which it came, None at the start and after the use of a system;
    ``age`` and ``wait`` are seconds so far; ``cover`` is the agreement that lets it pass, None
    where none is needed or none is recorded. ``open`` names which of ``age``, ``wait``, ``form``,
    ``reach``, ``rekeys`` and ``cover`` rest on something unknown: they hold only at best.
    """

    place: str
    flow: str | None
    age: Time
    wait: Time
    form: Form
    reach: Fraction
    rekeys: int
    cover: str | None
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How much of one source organisation's part arrives, from 0 to 1."""

    organisation: str
    coverage: Bounds


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """The verdict on one item of a need, and the best-run witness of its tightest covered source.

    ``age`` and ``wait`` are in seconds; they, ``form``, ``reach``, ``rekeys`` and ``source`` are
    None where there is no witness. ``open`` names which of these figures hold only at best.
    """

    category: str
    required: bool
    verdict: Verdict
    low: Verdict
    high: Verdict
    coverage: Bounds
    sources: tuple[SourceCoverage, ...]
    reasons: tuple[Reason, ...]
    path: tuple[Step, ...] = ()
    source: str | None = None
    age: Time | None = None
    wait: Time | None = None
    form: Form | None = None
    reach: Fraction | None = None
    rekeys: int | None = None
    open: tuple[str, ...] = ()


#: Verdicts from the one to look at first.
GRAVEST_FIRST = (Verdict.UNMET, Verdict.UNDETERMINED, Verdict.PARTLY_MET, Verdict.MET)


@dataclass(frozen=True, slots=True)
class NeedVerdict:
    """The verdict on one need; ``low`` and ``high`` are what it is at worst and at best."""

    need: str
    stakeholder: str
    verdict: Verdict
    low: Verdict
    high: Verdict
    weight: Fraction
    safety_critical: bool
    items: tuple[ItemVerdict, ...]
    assumptions: tuple[str, ...]
    proven: bool = True

    @property
    def gravity(self) -> tuple[int, bool, Fraction]:
        """The key by which needs are listed: by verdict, safety-critical ones first, by weight."""
        return GRAVEST_FIRST.index(self.verdict), not self.safety_critical, -self.weight


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on every need, in the order of the profile.

    ``sufficiency`` is the weight of the needs met over all weight, None without any weight.
    """

    needs: tuple[NeedVerdict, ...]
    sufficiency: Bounds | None

    @property
    def gravest_first(self) -> tuple[NeedVerdict, ...]:
        """The verdicts, the gravest first; of equals, as declared."""
        return tuple(sorted(self.needs, key=lambda need: need.gravity))


def between(low: Verdict, high: Verdict) -> Verdict:
    """The verdict when the worst and the best run say these."""
    return low if low is high else Verdict.UNDETERMINED


def sufficiency(needs: Iterable[NeedVerdict]) -> Bounds | None:
    """The weight of the needs met at worst and at best over all weight; partly met is nothing."""
    judged = tuple(needs)
    whole = sum((need.weight for need in judged), Fraction(0))
    if not whole:
        return None
    low = sum((need.weight for need in judged if need.low is Verdict.MET), Fraction(0))
    high = sum((need.weight for need in judged if need.high is Verdict.MET), Fraction(0))
    return Bounds(low / whole, high / whole)
