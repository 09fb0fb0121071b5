"""Where data goes: the flow graph, and the verdict on every need."""

from sharedcare.flows.asking import Asking, ask_first
from sharedcare.flows.explanation import Explanation, explain
from sharedcare.flows.judging import Judge, judge
from sharedcare.flows.resilience import Loss, LossKind, Stress, stress
from sharedcare.flows.taking import Fact
from sharedcare.flows.verdict import (
    Bounds,
    ItemVerdict,
    Judgement,
    NeedVerdict,
    SourceCoverage,
    Step,
)

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
