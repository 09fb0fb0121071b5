"""What was assessed and what was not, on which assumptions, by which method, and what it is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.assessment import Assessment
from sharedcare.dimension import CRESSWELL, Kind
from sharedcare.landscape.evidence import SHELF_LIFE_DAYS
from sharedcare.quantities import YEAR, number_words
from sharedcare.reports.assessing.dimensions_view import dimension_names
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.words.figures import counted, date_words, listed
from sharedcare.reports.words.names import Names
from sharedcare.scoring.rules import (
    BAND_BOUNDS,
    ENOUGH,
    EXPONENT,
    FEWEST_ASSESSED,
    HEADROOM,
    LAST_LEVEL_OF_ASSERTIONS,
    SAND,
    SMALLEST_GROUP,
)
from sharedcare.vocabulary import Outcome

#: Assumptions and assumed entries that are shown; the rest is counted.
MOST_ASSUMPTIONS = 25
MOST_ASSUMED = 40
MOST_UNMEASURED = 6


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """Something that verdicts take for granted, and the needs whose verdict does."""

    words: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BasisView:
    """What stands behind the report."""

    provenance: tuple[tuple[str, str], ...]
    assessed: tuple[str, ...]
    not_assessed: tuple[str, ...]
    assumptions: tuple[AssumptionView, ...]
    more_assumptions: int
    assumed: tuple[str, ...]
    more_assumed: int
    method: tuple[str, ...]
    is_not: tuple[str, ...]


def basis_view(assessment: Assessment, provenance: Provenance, names: Names) -> BasisView:
    """Say what the report rests on."""
    assumptions = _assumptions(assessment)
    assumed = tuple(_assumed(assessment, names))
    return BasisView(
        provenance=tuple(_provenance(assessment, provenance)),
        assessed=tuple(_assessed(assessment)),
        not_assessed=tuple(_not_assessed(assessment, names)),
        assumptions=assumptions[:MOST_ASSUMPTIONS],
        more_assumptions=max(0, len(assumptions) - MOST_ASSUMPTIONS),
        assumed=assumed[:MOST_ASSUMED],
        more_assumed=max(0, len(assumed) - MOST_ASSUMED),
        method=METHOD,
        is_not=IS_NOT,
    )


def _provenance(assessment: Assessment, provenance: Provenance) -> Iterator[tuple[str, str]]:
    meta = assessment.landscape.meta
    yield "As of", date_words(meta.as_of)
    yield "Legal system", meta.jurisdiction.replace("_", " ").title()
    if meta.author:
        yield "Author of the profile", meta.author
    yield "Profile", provenance.profile
    yield "SHA-256 of its files", provenance.digest
    yield "Made by", f"sharedcare {provenance.version}"


def _assessed(assessment: Assessment) -> Iterator[str]:
    landscape, readiness = assessment.landscape, assessment.scores.readiness
    yield f"{readiness.assessed} of {readiness.dimensions} dimensions of readiness."
    yield f"{counted(len(assessment.judgement.needs), 'need')}, each judged by routes."
    criteria = [c for d in assessment.scores.dimensions for c in d.criteria]
    computed = sum(c.criterion.kind is Kind.COMPUTED for c in criteria)
    known = sum(c.outcome in (Outcome.MET, Outcome.NOT_MET) for c in criteria)
    yield (
        f"{len(criteria)} criteria asked: {computed} of the profile, {len(criteria) - computed} of "
        f"the partners; {known} have an answer for the region."
    )
    if assessment.payloads is not None:
        systems = counted(len(assessment.payloads.systems), "system")
        yield f"Payloads of {systems}: forms, codes and dates as they were sent."
    kinds = ("organisations", "systems", "stakeholders", "flows", "agreements")
    counts = [f"{len(getattr(landscape, kind))} {kind}" for kind in kinds]
    yield f"The profile declares {listed(counts)}."


def _not_assessed(assessment: Assessment, names: Names) -> Iterator[str]:
    scores = assessment.scores
    called = dimension_names(scores)
    silent = [called[key] for key in scores.not_assessed]
    if silent:
        yield f"Dimensions without any known answer, outside the index: {listed(silent)}."
    unproven = [need.need for need in assessment.judgement.needs if not need.proven]
    if unproven:
        yield f"{counted(len(unproven), 'need')} not proven: a search limit was reached."
    never = _never_assessed(assessment)
    if never:
        silent_ones = listed(names.organisations(never))
        yield f"Organisations without any answer of their own: {silent_ones}."
    yield from _not_measured(assessment)
    yield "Whether information that arrives is read, understood and acted on."


def _not_measured(assessment: Assessment) -> Iterator[str]:
    """Which systems are taken at the profile's word."""
    if assessment.payloads is None:
        yield "What systems really send: no payload was measured; the profile is taken at its word."
        return
    measured = assessment.payloads.systems
    holding = [key for key, system in assessment.landscape.systems.items() if system.holds]
    others = [assessment.landscape.label("systems", key) for key in holding if key not in measured]
    if others:
        yield (
            "What other systems really send, of which no payload was measured; the profile is "
            f"taken at its word: {listed(others, most=MOST_UNMEASURED)}."
        )
    yield "Whether what was measured is all that a system sends: payloads are a sample of it."


def _never_assessed(assessment: Assessment) -> list[str]:
    found = {
        one.organisation
        for dimension in assessment.scores.dimensions
        for one in dimension.organisations
        if one.level is not None
    }
    return [key for key in assessment.landscape.organisations if key not in found]


def _assumptions(assessment: Assessment) -> tuple[AssumptionView, ...]:
    """What verdicts assume, what most of them assume first."""
    needs: dict[str, list[str]] = {}
    for found in assessment.judgement.needs:
        for words in found.assumptions:
            needs.setdefault(words, []).append(need_label(assessment.landscape, found.need))
    ordered = sorted(needs, key=lambda words: -len(needs[words]))
    return tuple(AssumptionView(words, tuple(needs[words])) for words in ordered)


def _assumed(assessment: Assessment, names: Names) -> Iterator[str]:
    for kind, key, entry in assessment.landscape.entries():
        if entry.assumed:
            label = names.organisation(key) if kind == "organisations" else entry.name or key
            what = "everything" if "all" in entry.assumed else listed(entry.assumed)
            yield f"{label} ({kind.replace('_', ' ')}): {what}"


def _band_words() -> str:
    low, middle, high = (number_words(bound) for bound in BAND_BOUNDS)
    lower = f"under {low} not ready, from {low} prepare"
    return f"{lower}, from {middle} pilot, from {high} no blocker found"


METHOD = (
    f"The names of the 25 dimensions and the order of work (needs and pathways, then people and "
    f"organisations, then technology) are those of {CRESSWELL.text}, doi:{CRESSWELL.doi}. The "
    "wording, criteria, levels, prerequisites, thresholds and arithmetic are ours.",
    "A need is met if a route satisfies everything it asks for at once: content, form, how far out "
    "of date, waiting, what may be passed on, typing in again, reach. Each verdict is worked out "
    "twice, with everything unknown at its worst and at its best; where the two differ, it is "
    "undetermined.",
    "A level is the highest of which every criterion, and every one below, is met, plus the share "
    "met of the next. Unknown is neither yes nor no: it makes an interval. A yes that nothing "
    f"stands behind counts up to level {LAST_LEVEL_OF_ASSERTIONS}; evidence past its shelf life "
    f"({min(SHELF_LIFE_DAYS.values())} to {max(SHELF_LIFE_DAYS.values())} days, by kind) counts as "
    "unknown.",
    f"An effective level lies at most {HEADROOM} above the lowest effective level that it leans "
    f"on. Under {ENOUGH} a dimension blocks; {SAND} or more above what it leans on, it rests on "
    "sand.",
    "Information governance and liability are chains: the region has the level of its weakest "
    "partner. Elsewhere it has the lower median, weighted by population, else by sites.",
    f"The index is the power mean of effective levels with exponent {number_words(EXPONENT)}, from "
    f"0 to 100, given once {FEWEST_ASSESSED} dimensions are assessed: {_band_words()}. Gates cap "
    "the band and never the number.",
    "Readiness says whether partners can do it; sufficiency says what part of the weight of needs "
    "is met. They are never made into one number. Partly met counts nothing in sufficiency.",
    f"Groups of fewer than {SMALLEST_GROUP} respondents are not shown. A year counts "
    f"{YEAR // 86400} days and a month 30.",
)

IS_NOT = (
    "A met need says that information can arrive. It does not say that it is read.",
    "It is no safety case: those who deploy a system keep theirs (in England DCB0129 and DCB0160).",
    "It is no legal advice: whether something may be shared is for those who answer for it.",
    "It is no league table: no organisation is ranked, and levels of two regions do not compare.",
)
