"""What ``check`` says: every fault, what the profile can already tell, what would add most."""

import json
from collections import Counter
from dataclasses import dataclass

from sharedcare.flows import Asking, Judgement, ask_first, judge
from sharedcare.landscape import Landscape
from sharedcare.loading import Checked
from sharedcare.places import Fault, Severity
from sharedcare.reports.words.asking import fact_question
from sharedcare.reports.words.figures import listed
from sharedcare.reports.words.knowers import knower_words
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Verdict

#: Facts and maps that are suggested at most.
SUGGESTED = 5

#: What each map that a profile may leave out would add to what it can tell.
_WOULD_ADD: dict[str, str] = {
    "needs": "say what each stakeholder needs, and every need gets a verdict",
    "flows": "say what goes where, and routes are found",
    "agreements": "say what may be shared with whom, and cover is known instead of unknown",
    "pathways": "say the steps of a pathway, and needs are tied to them",
    "attestations": "answer criteria that no profile can compute",
    "evidence": "say what stands behind the answers, so that they count above level 2",
    "ratings": "let people of all partners rate the dimensions, and disagreement shows",
    "activities": "tie needs to what people do, and to what the person cared for notices",
    "changes": "say what could be done at which cost, and options can be compared",
}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The faults of a profile; judgement and suggestions only where it holds together."""

    name: str
    faults: tuple[Fault, ...]
    landscape: Landscape | None
    judgement: Judgement | None
    asked: tuple[Asking, ...]
    errors: int

    @property
    def warnings(self) -> int:
        """How many of the faults are warnings."""
        return sum(fault.severity is Severity.WARNING for fault in self.faults)


def check_report(checked: Checked) -> CheckReport:
    """Say what can be said of a profile that was read."""
    landscape = checked.landscape
    judgement = judge(landscape, explain=False) if landscape else None
    asked = ask_first(landscape, judgement) if landscape and judgement else ()
    return CheckReport(
        checked.files[0], checked.faults, landscape, judgement, asked, checked.errors
    )


def render_check(report: CheckReport, format_: str) -> str:
    """Write the report as ``text`` or ``json``."""
    return _as_json(report) if format_ == "json" else _as_text(report)


def _as_text(report: CheckReport) -> str:
    lines = [
        f"{fault}" if fault.severity is Severity.ERROR else f"{fault} (warning)"
        for fault in report.faults
    ]
    lines += [_summary(report)]
    if report.landscape and report.judgement:
        lines += ["", *_told(report.landscape, report.judgement)]
        lines += _suggestions(report.landscape, report.asked)
    return "\n".join(lines) + "\n"


def _summary(report: CheckReport) -> str:
    found = [
        f"{count:,} {noun if count == 1 else noun + 's'}"
        for count, noun in ((report.errors, "error"), (report.warnings, "warning"))
        if count
    ]
    return f"{report.name}: {' and '.join(found) if found else 'holds together'}"


def _told(landscape: Landscape, judgement: Judgement) -> list[str]:
    counts = ", ".join(
        counted(len(getattr(landscape, kind)), kind)
        for kind in ("organisations", "systems", "stakeholders", "flows", "agreements", "needs")
        if getattr(landscape, kind)
    )
    lines = [f"It declares {counts or 'nothing yet'}."]
    verdicts = Counter(need.verdict for need in judgement.needs)
    if verdicts:
        said = ", ".join(f"{verdicts[v]} {v.words}" for v in Verdict if verdicts[v])
        needs = counted(len(judgement.needs), "needs")
        lines += [f"What it can already tell: of {needs}, {said}."]
    return lines


def counted(count: int, plural: str) -> str:
    """A count with its noun, in the singular where there is one."""
    return f"{count} {plural.removesuffix('s') if count == 1 else plural}"


def _suggestions(landscape: Landscape, asked: tuple[Asking, ...]) -> list[str]:
    lines: list[str] = []
    names = Names(landscape, named=False)
    if asked:
        lines += ["", "One more fact would decide:"]
        for asking in asked[:SUGGESTED]:
            needs = ", ".join(asking.decides)
            lines += [f"  {asking.fact}", f"    {fact_question(landscape, asking.fact)}"]
            lines += [f"    may decide: {needs}"]
            whom = listed(knower_words(asking.who, names))
            lines += [f"    who would know: {whom}"] if whom else []
    missing = [kind for kind in _WOULD_ADD if not getattr(landscape, kind)]
    if missing:
        lines += ["", "What more would add:"]
        lines += [f"  {kind}: {_WOULD_ADD[kind]}" for kind in missing[:SUGGESTED]]
    return lines


def _as_json(report: CheckReport) -> str:
    needs = report.judgement.needs if report.judgement else ()
    document = {
        "schema_version": "1.0",
        "profile": report.name,
        "errors": report.errors,
        "warnings": report.warnings,
        "faults": [
            {
                "file": fault.place.file,
                "line": fault.place.line,
                "column": fault.place.column,
                "code": fault.code,
                "severity": fault.severity.value,
                "message": fault.message,
            }
            for fault in report.faults
        ],
        "needs": {need.need: need.verdict.value for need in needs},
        "ask_first": [
            {
                "fact": str(asking.fact),
                "decides_if_good": list(asking.if_good),
                "decides_if_bad": list(asking.if_bad),
                "who": [{"kind": kind, "id": key} for kind, key in asking.who],
            }
            for asking in report.asked
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
