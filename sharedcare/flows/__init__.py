"""Where data goes: the flow graph, and the verdict on every need."""

from sharedcare.flows.asking import Asking, ask_first
from sharedcare.flows.judging import Judge, judge
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
    "Fact",
    "ItemVerdict",
    "Judge",
    "Judgement",
    "NeedVerdict",
    "SourceCoverage",
    "Step",
    "ask_first",
    "judge",
]
