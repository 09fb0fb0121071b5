"""Where data goes: the flow graph, and the verdict on every need."""

from sharedcare.flows.judging import Judge, judge
from sharedcare.flows.losses.resilience import Loss, LossKind, Stress, stress
from sharedcare.flows.taking import Fact
from sharedcare.flows.verdict import (
    Bounds,
    ItemVerdict,
    Judgement,
    NeedVerdict,
    SourceCoverage,
    Step,
)
from sharedcare.flows.why.asking import Asking, ask_first
from sharedcare.flows.why.explanation import Explanation, explain

__all__ = [
    "Asking",
    "Bounds",
    "Explanation",
    "Fact",
    "ItemVerdict",
    "Judge",
    "Judgement",
    "Loss",
    "LossKind",
    "NeedVerdict",
    "SourceCoverage",
    "Step",
    "Stress",
    "ask_first",
    "explain",
    "judge",
    "stress",
]
