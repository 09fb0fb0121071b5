"""Gates: conditions without which no more than preparing is said.

A gate caps the band, never the number. What a gate asks is met, not met, not evidenced (then it
does not let through either) or not applicable (then it asks nothing).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows import Bounds, Judgement, NeedVerdict
from sharedcare.landscape import Landscape
from sharedcare.landscape.change import Gate
from sharedcare.quantities import number_words
from sharedcare.scoring.contested import Contested
from sharedcare.scoring.index import Band
from sharedcare.scoring.rules import ENOUGH, GATED
from sharedcare.vocabulary import Outcome, Verdict

#: The highest band that a gate which does not let through leaves.
CAP = Band.PREPARE


@dataclass(frozen=True, slots=True)
class GateResult:
    """What came of a gate.

    ``asks`` and ``words`` are sentences: the condition, and what was found. ``standing`` says that
    the gate holds for every landscape and was not set by the profile.
    """

    id: str
    asks: str
    outcome: Outcome
    words: str
    standing: bool
    decision: str | None = None

    @property
    def lets_through(self) -> bool:
        """Whether the gate caps nothing."""
        return self.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class GateView:
    """What gates look at: verdicts, effective levels, dimensions' names, what is contested."""

    landscape: Landscape
    judgement: Judgement
    effective: Mapping[str, Bounds | None]
    names: Mapping[str, str]
    contested: Sequence[Contested]


def capped(low: Band, high: Band, gates: Iterable[GateResult]) -> tuple[Band, Band]:
    """Cap both ends of the band: the low one by what may fail, the high one by what does."""
    results = tuple(gates)
    if not all(gate.lets_through for gate in results):
        low = min(low, CAP)
    if any(gate.outcome is Outcome.NOT_MET for gate in results):
        high = min(high, CAP)
    return low, high


def judge_gates(view: GateView) -> tuple[GateResult, ...]:
    """Judge the standing gates, then the profile's own in its order."""
    return (*_standing_gates(view), *_own_gates(view))


def _standing_gates(view: GateView) -> Iterator[GateResult]:
    yield _safety_gate(view)
    for dimension in GATED:
        if dimension in view.names:
            yield _level_gate(f"{dimension}_at_{ENOUGH}", dimension, Fraction(ENOUGH), view, True)
    yield _contested_gate(view)


def _own_gates(view: GateView) -> Iterator[GateResult]:
    for key, gate in view.landscape.gates.items():
        if gate.dimension is not None:
            least = gate.at_least if gate.at_least is not None else Fraction(ENOUGH)
            yield _level_gate(key, gate.dimension, least, view, False)
        else:
            yield _needs_gate(key, gate, view)


def _safety_gate(view: GateView) -> GateResult:
    asks = "No safety-critical need is unmet or undetermined."
    needs = [need for need in view.judgement.needs if need.safety_critical]
    failing = [need for need in needs if need.verdict is Verdict.UNMET]
    open_ = [need for need in needs if need.verdict is Verdict.UNDETERMINED]
    if not needs:
        outcome, words = Outcome.NOT_APPLICABLE, "No need is marked as safety-critical."
    elif failing:
        outcome, words = Outcome.NOT_MET, f"{_listed(failing, view)} unmet."
    elif open_:
        outcome, words = Outcome.NOT_EVIDENCED, f"{_listed(open_, view)} undetermined."
    else:
        outcome, words = Outcome.MET, f"None of {len(needs)} safety-critical needs is."
    return GateResult("safety_critical_needs", asks, outcome, words, True)


def _listed(needs: Sequence[NeedVerdict], view: GateView) -> str:
    names = ", ".join(view.landscape.label("needs", need.need) for need in needs)
    return f"{names} {'is' if len(needs) == 1 else 'are'}"


def _level_gate(
    key: str, dimension: str, least: Fraction, view: GateView, standing: bool
) -> GateResult:
    name = view.names.get(dimension, dimension)
    asks = f"{name} is effectively at level {_level(least)} or above."
    outcome, words = _level_outcome(dimension, least, view)
    found = (gate.decision for gate in view.landscape.gates.values() if gate.dimension == dimension)
    decision = next((text for text in found if text), None)
    return GateResult(key, asks, outcome, words, standing, decision)


def _level_outcome(dimension: str, least: Fraction, view: GateView) -> tuple[Outcome, str]:
    level = view.effective.get(dimension)
    if level is None:
        return Outcome.NOT_EVIDENCED, "It is not assessed."
    low, high = _level(level.low), _level(level.high)
    words = f"It is at {low}." if low == high else f"It is between {low} and {high}."
    if level.high < least:
        return Outcome.NOT_MET, words
    if _is_undecided(dimension, view):
        return Outcome.NOT_EVIDENCED, f"{words} It is contested: decide, and record the decision."
    return (Outcome.MET if level.low >= least else Outcome.NOT_EVIDENCED), words


def _level(value: Fraction) -> str:
    """A level with two decimals, cut off and not rounded up to what it has not reached."""
    return number_words(Fraction(int(value * 100), 100))


def _is_undecided(dimension: str, view: GateView) -> bool:
    return any(
        found.dimension == dimension and found.criterion is None and found.decision is None
        for found in view.contested
    )


def _contested_gate(view: GateView) -> GateResult:
    asks = "Nothing is contested without a recorded decision."
    undecided = [found.dimension for found in view.contested if found.decision is None]
    if not undecided:
        return GateResult("nothing_contested", asks, Outcome.MET, "Nothing is.", True)
    names = ", ".join(dict.fromkeys(view.names[dimension] for dimension in undecided))
    words = f"Contested without a decision: {names}."
    return GateResult("nothing_contested", asks, Outcome.NOT_MET, words, True)


def _needs_gate(key: str, gate: Gate, view: GateView) -> GateResult:
    wanted = gate.needs.ids if gate.needs else ()
    every_critical = bool(gate.needs and gate.needs.safety_critical)
    needs = [
        need
        for need in view.judgement.needs
        if need.need in wanted or (every_critical and need.safety_critical)
    ]
    asks = "Every safety-critical need is met." if every_critical else "The needs named are met."
    outcome, words = _needs_outcome(needs, view)
    return GateResult(key, asks, outcome, words, False, gate.decision)


def _needs_outcome(needs: Sequence[NeedVerdict], view: GateView) -> tuple[Outcome, str]:
    if not needs:
        return Outcome.NOT_APPLICABLE, "No need is asked for."
    failing = [need for need in needs if need.high is not Verdict.MET]
    open_ = [need for need in needs if need.low is not Verdict.MET]
    if failing:
        return Outcome.NOT_MET, f"{_listed(failing, view)} not met."
    if open_:
        return Outcome.NOT_EVIDENCED, f"{_listed(open_, view)} undetermined."
    return Outcome.MET, f"All {len(needs)} are met."
