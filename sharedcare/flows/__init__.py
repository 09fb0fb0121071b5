"""Where data goes: the flow graph, and the verdict on every need."""

from sharedcare.flows.judging import Judge, judge
from sharedcare.flows.verdict import (
    Bounds,
    ItemVerdict,
    Judgement,
    NeedVerdict,
    SourceCoverage,
    Step,
)

__all__ = [
    "Bounds",
    "ItemVerdict",
    "Judge",
    "Judgement",
    "NeedVerdict",
    "SourceCoverage",
    "Step",
    "judge",
]
