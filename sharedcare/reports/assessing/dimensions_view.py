"""Every dimension as people read it: levels, what limits them, and every criterion asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sharedcare.dimension import Kind, Scope
from sharedcare.findings import Finding
from sharedcare.flows import Bounds
from sharedcare.quantities import number_words
from sharedcare.reports.words.figures import counted, level_words, percent_words
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names
from sharedcare.scoring import CriterionScore, DimensionScore, Doubt, Exposure, Reply, Scores
from sharedcare.scoring.rules import ESTABLISHED
from sharedcare.vocabulary import Group, Outcome

GROUPS = {
    Group.SOCIO_ORGANISATIONAL: "Socio-organisational",
    Group.TECHNOLOGICAL: "Technological",
}

#: Findings of one criterion that a report shows, and how many of them may be passes; the rest is
#: counted.
MOST_FINDINGS = 8
MOST_PASSES = 3

_GRAVEST = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.MET, Outcome.NOT_APPLICABLE)

_OPEN = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED)

_DOUBTS = {
    Doubt.ASSERTION_ONLY: (
        "A yes was given without evidence; above level 2 that counts as unknown."
    ),
    Doubt.STALE: "What stands behind the answer is out of date, so that it counts as unknown.",
    Doubt.DISPUTED: "The answer is disputed, so that it counts as unknown.",
    Doubt.DISAGREEMENT: "Two partners answer differently, so that it counts as unknown.",
    Doubt.MAY_NOT_BE_LEFT_OUT: "It was answered with 'does not apply', which is not possible here.",
    Doubt.CLAIM_AGAINST_COMPUTATION: "The answer given stands against what the profile shows.",
}


@dataclass(frozen=True, slots=True)
class FindingView:
    """One answer about one thing."""

    mark: Mark
    message: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One question, its answer for the region, who answers otherwise, and what to do.

    ``rest`` counts the findings that are not shown; ``remedy`` is empty where nothing is open.
    """

    id: str
    level: int
    kind: str
    scope: str
    question: str
    mark: Mark
    share: str
    not_met_by: tuple[str, ...]
    not_known_of: tuple[str, ...]
    remedy: str
    findings: tuple[FindingView, ...]
    rest: int
    borne: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionView:
    """One dimension; ``effective`` and ``level`` are None where it is not assessed."""

    id: str
    name: str
    group: str
    definition: str
    rationale: str
    level: Bounds | None
    effective: Bounds | None
    limited_by: tuple[str, ...]
    claimed: str
    evidenced: str
    computed: str
    exposure: str
    measures: tuple[str, ...]
    is_contested: bool
    established: str
    not_assessed: tuple[str, ...]
    criteria: tuple[CriterionView, ...]

    @property
    def words(self) -> str:
        """The effective level."""
        return level_words(self.effective)

    @property
    def level_words(self) -> str:
        """The level before limits."""
        return level_words(self.level)

    @property
    def is_limited(self) -> bool:
        """Whether a prerequisite holds it down."""
        return bool(self.limited_by)

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(criterion.mark is Mark.MET for criterion in self.criteria)

    @property
    def open(self) -> int:
        """How many criteria nobody has answered in a way that counts."""
        return sum(criterion.mark is Mark.NOT_KNOWN for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One organisation in one dimension; the level is None where it is not assessed."""

    level: Bounds | None
    limited_by: tuple[str, ...]

    @property
    def words(self) -> str:
        """The level in a narrow cell."""
        return "–" if self.level is None else level_words(self.level)

    @property
    def step(self) -> str:
        """The whole number under the low end, which chooses the shade; empty if not assessed."""
        return "" if self.level is None else str(int(self.level.low))


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One dimension by organisation; no cells where only the region as one is asked."""

    name: str
    region: HeatCell
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Dimension by organisation, as tables that fit on a page."""

    organisations: tuple[str, ...]
    rows: tuple[HeatRow, ...]


#: Organisations that fit on a printed page.
MOST_ORGANISATIONS = 14


def dimension_names(scores: Scores) -> dict[str, str]:
    """The name of each dimension by its id."""
    return {found.id: found.name for found in scores.dimensions}


def dimension_views(scores: Scores, names: Names) -> tuple[DimensionView, ...]:
    """Every dimension, in the order of the catalogue."""
    called = dimension_names(scores)
    return tuple(_dimension(found, called, names) for found in scores.dimensions)


def _dimension(found: DimensionScore, called: dict[str, str], names: Names) -> DimensionView:
    return DimensionView(
        id=found.id,
        name=found.name,
        group=GROUPS[found.group],
        definition=found.dimension.definition,
        rationale=found.dimension.rationale,
        level=found.level,
        effective=found.effective,
        limited_by=tuple(called.get(key, key) for key in found.limited_by),
        claimed=_column(found.claimed),
        evidenced=_column(found.evidenced),
        computed=_column(found.computed),
        exposure=_exposure(found.exposure),
        measures=tuple(_measures(found.exposure)),
        is_contested=found.is_contested,
        established=_established(found),
        not_assessed=names.organisations(found.region.not_assessed),
        criteria=tuple(_criterion(criterion, names) for criterion in found.criteria),
    )


def _column(level: Bounds | None) -> str:
    return "–" if level is None else level_words(level)


def _exposure(exposure: Exposure | None) -> str:
    if exposure is None:
        return ""
    return exposure.degree.value if exposure.degree else "nothing to count"


def _measures(exposure: Exposure | None) -> Iterator[str]:
    for found in exposure.measures if exposure else ():
        measure = found.measure
        amount = "nothing to count" if found.amount is None else number_words(found.amount)
        degree = f", {found.degree.value}" if found.degree else ""
        bounds = f"complicated from {measure.complicated:,}, complex from {measure.complex:,}"
        yield f"{measure.words}: {amount}{degree} ({bounds})"


def _established(found: DimensionScore) -> str:
    region = found.region
    if region.established is None or region.weighing is None:
        return ""
    share = percent_words(region.established)
    spread = "Spread undefined: one organisation is assessed."
    if region.spread:
        lowest, highest = level_words(region.spread.lowest), level_words(region.spread.highest)
        spread = f"Organisations lie between {lowest} and {highest}."
    return f"{share} at level {ESTABLISHED} or above, weighted by {region.weighing.value}. {spread}"


def _criterion(found: CriterionScore, names: Names) -> CriterionView:
    criterion = found.criterion
    findings = _distinct(found.findings)
    shown = _shown(findings)
    is_open = found.outcome in _OPEN
    not_met_by = _who(found.replies, Outcome.NOT_MET, names)
    return CriterionView(
        id=criterion.id,
        level=criterion.level,
        kind="from the profile" if criterion.kind is Kind.COMPUTED else "by answers",
        scope="each organisation" if criterion.scope is Scope.ORGANISATION else "the region as one",
        question=criterion.question,
        mark=mark_of(found.outcome),
        share=_share(found.replies),
        not_met_by=not_met_by,
        not_known_of=_who(found.replies, Outcome.NOT_EVIDENCED, names),
        remedy=criterion.remedy if is_open or not_met_by else "",
        findings=shown,
        rest=len(findings) - len(shown),
        borne=found.borne,
        doubts=tuple(dict.fromkeys(_DOUBTS[d] for reply in found.replies for d in reply.doubts)),
    )


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Findings, the gravest first; what is said of two organisations alike is said once."""
    ordered = sorted(findings, key=lambda finding: _GRAVEST.index(finding.outcome))
    return list({(found.outcome, found.message): found for found in reversed(ordered)}.values())[
        ::-1
    ]


def _shown(findings: Sequence[Finding]) -> tuple[FindingView, ...]:
    """As many findings as a reader looks at: what is open first, of passes only a few."""
    open_ = [found for found in findings if found.outcome in _OPEN]
    passes = [found for found in findings if found.outcome not in _OPEN][:MOST_PASSES]
    shown = [*open_, *passes][:MOST_FINDINGS]
    return tuple(FindingView(mark_of(found.outcome), found.message) for found in shown)


def _who(replies: tuple[Reply, ...], outcome: Outcome, names: Names) -> tuple[str, ...]:
    keys = [reply.organisation for reply in replies if reply.outcome is outcome]
    return names.organisations(key for key in keys if key is not None)


def _share(replies: tuple[Reply, ...]) -> str:
    """The share of what was looked at that holds, where the region as one was computed."""
    share = replies[0].share
    return "" if share is None else percent_words(share)


def heatmaps(scores: Scores, names: Names) -> tuple[Heatmap, ...]:
    """Dimension by organisation; an organisation that nobody asked stands in no table."""
    asked = [one.organisation for found in scores.dimensions for one in found.organisations]
    organisations = [key for key in names.landscape.organisations if key in frozenset(asked)]
    starts = range(0, len(organisations), MOST_ORGANISATIONS)
    parts = [organisations[start : start + MOST_ORGANISATIONS] for start in starts]
    return tuple(_heatmap(scores, part, names) for part in parts)


def _heatmap(scores: Scores, organisations: list[str], names: Names) -> Heatmap:
    called = dimension_names(scores)
    rows = tuple(_heat_row(found, organisations, called) for found in scores.dimensions)
    return Heatmap(names.organisations(organisations), rows)


def _heat_row(found: DimensionScore, organisations: list[str], called: dict[str, str]) -> HeatRow:
    cells = {
        one.organisation: HeatCell(one.effective, _called(one.limited_by, called))
        for one in found.organisations
    }
    region = HeatCell(found.effective, _called(found.limited_by, called))
    return HeatRow(found.name, region, tuple(cells[key] for key in organisations if cells))


def _called(keys: tuple[str, ...], called: dict[str, str]) -> tuple[str, ...]:
    return tuple(called.get(key, key) for key in keys)


def criteria_words(dimension: DimensionView) -> str:
    """Count a dimension's criteria: ``3 of 7 met, 2 not known``."""
    open_ = f", {dimension.open} not known" if dimension.open else ""
    return (
        f"{dimension.met} of {counted(len(dimension.criteria), 'criterion', 'criteria')} met{open_}"
    )
