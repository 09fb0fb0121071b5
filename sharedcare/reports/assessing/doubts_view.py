"""What to doubt: contradictions, what rests on sand, what is contested, how respondents differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.assessment import Assessment
from sharedcare.quantities import number_words
from sharedcare.reports.assessing.dimensions_view import dimension_names
from sharedcare.reports.words.figures import cut, date_words
from sharedcare.reports.words.names import Names
from sharedcare.scoring import Agreement, GroupView, SuppressionState


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """One answer that stands against another."""

    dimension: str
    criterion: str
    question: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class SandView:
    """A level that lies far above one that it leans on."""

    dimension: str
    rests_on: str
    words: str


@dataclass(frozen=True, slots=True)
class ContestedView:
    """Something that partners do not agree on."""

    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class RespondentsView:
    """How respondents see one dimension; ``counts`` are those nearest to each point from 0 to 5."""

    dimension: str
    respondents: str
    median: str
    agreement: str
    counts: tuple[int, ...]
    sectors: tuple[str, ...]
    polarised: bool


@dataclass(frozen=True, slots=True)
class SuppressionView:
    """A finding that is known and borne, why, and until when."""

    criterion: str
    about: str
    reason: str
    by: str
    until: str
    active: bool


@dataclass(frozen=True, slots=True)
class DoubtsView:
    """Everything that gives reason to look twice."""

    contradictions: tuple[ContradictionView, ...]
    sand: tuple[SandView, ...]
    contested: tuple[ContestedView, ...]
    respondents: tuple[RespondentsView, ...]
    suppressions: tuple[SuppressionView, ...]


def doubts_view(assessment: Assessment, names: Names) -> DoubtsView:
    """Put everything that gives reason to look twice into words."""
    called = dimension_names(assessment.scores)
    questions = {
        found.criterion.id: found.criterion.question
        for dimension in assessment.scores.dimensions
        for found in dimension.criteria
    }
    return DoubtsView(
        tuple(_contradictions(assessment, called, questions, names)),
        tuple(_sand(assessment, called)),
        tuple(_contested(assessment, called, questions, names)),
        tuple(_respondents(assessment)),
        tuple(_suppression(found, names) for found in assessment.scores.suppressions),
    )


def _who(organisation: str | None, names: Names) -> str:
    return "the region" if organisation is None else names.organisation(organisation)


def _contradictions(
    assessment: Assessment, called: dict[str, str], questions: dict[str, str], names: Names
) -> Iterator[ContradictionView]:
    for found in assessment.scores.contradictions:
        yield ContradictionView(
            called[found.dimension],
            found.criterion,
            questions[found.criterion],
            _who(found.organisation, names),
            found.words,
        )


def _sand(assessment: Assessment, called: dict[str, str]) -> Iterator[SandView]:
    for found in assessment.scores.sand:
        sure = "whatever the unknown answers are" if found.certain else "by what is known"
        words = f"Two levels or more above what it leans on, {sure}."
        yield SandView(called[found.dimension], called[found.prerequisite], words)


def _contested(
    assessment: Assessment, called: dict[str, str], questions: dict[str, str], names: Names
) -> Iterator[ContestedView]:
    for found in assessment.scores.contested:
        polarised = found.criterion is None
        what = called[found.dimension] if polarised else questions[found.criterion or ""]
        why = "Respondents are polarised." if polarised else "The answer is disputed."
        decided = f"Decided: {found.decision}" if found.decision else "No decision is recorded."
        yield ContestedView(what, _who(found.organisation, names), f"{why} {decided}")


def _respondents(assessment: Assessment) -> Iterator[RespondentsView]:
    for dimension in assessment.scores.dimensions:
        found = dimension.agreement
        if found is not None:
            yield RespondentsView(
                dimension=dimension.name,
                respondents=_answered(found),
                median=number_words(found.median),
                agreement=_agreement(found),
                counts=found.distribution or (),
                sectors=tuple(map(_group, found.sectors)),
                polarised=found.polarised,
            )


def _answered(found: Agreement) -> str:
    missing = f" ({found.missing} could not say)" if found.missing else ""
    return f"{found.respondents:,}{missing}"


def _agreement(found: Agreement) -> str:
    if found.polarised:
        return "polarised"
    if found.r_wg is None:
        return "too few to tell"
    return _strength(found.r_wg)


#: From where on respondents agree strongly, and well enough to go on. Source: LeBreton and Senter
#: 2008, who call r_wg above 0.7 strong and above 0.5 moderate agreement.
_STRONG, _MODERATE = Fraction(7, 10), Fraction(1, 2)


def _strength(r_wg: Fraction) -> str:
    word = "strong" if r_wg > _STRONG else "moderate" if r_wg > _MODERATE else "weak"
    return f"{word} ({cut(r_wg, 2)})"


def _group(group: GroupView) -> str:
    name = group.name.replace("_", " ")
    if group.median is None:
        return f"{name}: too few to show"
    return f"{name} {number_words(group.median)}"


def _suppression(found: SuppressionState, names: Names) -> SuppressionView:
    return SuppressionView(
        criterion=found.criterion,
        about=_about(found.about, names),
        reason=found.reason,
        by=found.by or "",
        until=date_words(found.until),
        active=found.active,
    )


def _about(about: str | None, names: Names) -> str:
    """The name of what a suppression is about, which it names by id or by ``map.id``."""
    if about is None:
        return ""
    key = about.rpartition(".")[2]
    if key in names.landscape.organisations:
        return names.organisation(key)
    labels = (e.name for _, entry_id, e in names.landscape.entries() if entry_id == key and e.name)
    return next(labels, about)
