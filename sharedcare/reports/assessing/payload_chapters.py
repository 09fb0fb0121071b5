"""What systems really send, and what that turns: two chapters of a report with payloads.

The HTML report draws the first (:func:`sharedcare.reports.drawing.page.drawings_of_chapters`).
"""

from collections.abc import Sequence

from sharedcare.assessment import Assessment
from sharedcare.fhir.harmonise.agreement import Agreement
from sharedcare.fhir.harmonise.mapping_first import ToMap
from sharedcare.flows.losses.disruption import Fate, NeedFate
from sharedcare.measured.differences import Difference, DifferenceKind
from sharedcare.measured.figures import given_shown, percent_words
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.payloads import Payloads
from sharedcare.reports.assessing.chapter import Chapter, ChapterTable, table_of
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.losses.change_view import verdict_words
from sharedcare.reports.payloads.harmonisation_document import lines_part, not_followed
from sharedcare.reports.payloads.harmonisation_words import count_words, target_words
from sharedcare.reports.words.figures import counted, cut, listed
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.payload_words import (
    COMPLETE_RULE,
    FORM_RULE,
    SMALL_COUNTS,
    answer_words,
    code_system_words,
    difference_words,
    form_words,
    gaps_words,
    late_words,
    not_found_words,
)
from sharedcare.scoring.two_answers import TwoAnswers
from sharedcare.vocabulary import Outcome

#: Rows that are shown of each table; the rest is counted.
MOST_SHOWN = 40

#: Needs named in one cell; the rest is counted.
MOST_NAMED = 4

#: Codes named to begin mapping with.
MOST_CODES = 3

#: Findings told of one criterion; the rest is counted.
MOST_FIGURES = 3

_GRAVEST = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.MET, Outcome.NOT_APPLICABLE)

OTHERWISE = "No payload answers it; the forms or verdicts that it looks at are otherwise."

DECIDES = (
    "What was measured decides every verdict, level and score of this report; what is declared "
    "decides where nothing was measured, and stands beside it here."
)

#: What to begin with where no code is left to map, and where none may be named.
CODE_WORDS = "words, which people have to code"
RARE_CODES = "codes of too few people to be named"

#: In place of a digest: a file was read once, or not whole, or may be of few people.
NO_DIGEST = "not known, or not shown of few"

MORE = "'sharedcare harmonise SYSTEM=PATH…' tells clashes, units, absences and who can be linked."

#: Kinds of difference in which payloads are worse than the profile says.
WORSE = (DifferenceKind.FORM, DifferenceKind.FLOW_FORM, DifferenceKind.IDENTIFIER)

_FATES = {
    Fate.LOST: "turns: no longer met",
    Fate.WORSE: "turns for the worse",
    Fate.UNCERTAIN: "turns: open otherwise",
    Fate.GAINED: "turns: met now",
    Fate.BETTER: "turns for the better",
}

#: What becomes of a need whose verdict stays, where it is met for more or fewer people.
_STAYS = {Fate.WORSE: "stays, and reaches fewer", Fate.BETTER: "stays, and reaches more"}


def payloads_chapter(assessment: Assessment, names: Names) -> Chapter:
    """What was read and measured of each system, and what to map first."""
    payloads = _payloads(assessment)
    return Chapter(
        id="payloads",
        menu="What is sent",
        title="What systems really send",
        lead=_sent_lead(payloads),
        tables=(*_read(payloads, names), *_measured(payloads, names), *_to_map(assessment, names),
                *_pairs(assessment, names), *_given(payloads, names)),
        notes=(FORM_RULE, COMPLETE_RULE, SMALL_COUNTS,
               *not_followed(payloads.harmonisation, payloads.shown), MORE),
    )  # fmt: skip


def _payloads(assessment: Assessment) -> Payloads:
    if assessment.payloads is None:
        raise ValueError("there is no such chapter of an assessment without payloads")
    return assessment.payloads


def _sent_lead(payloads: Payloads) -> str:
    systems = len(payloads.systems)
    held = [one for found in payloads.holdings.values() for one in found if one.found]
    formed = sum(one.form is not None for one in held)
    told = (
        f"Payloads of {counted(systems, 'system')} were measured. {len(held):,} categories were in "
        f"them, and of {formed:,} the form can be told."
    )
    if not payloads.partial:
        return told
    return f"{told} Not everything of {counted(len(payloads.partial), 'system')} could be read."


def _read(payloads: Payloads, names: Names) -> tuple[ChapterTable, ...]:
    rows = [
        (
            names.landscape.label("systems", key),
            count_words(lines.read),
            count_words(lines.ok),
            count_words(lines.quarantined),
            count_words(lines.blank),
            payloads.shown.words(counters.patients["all"]),
            percent_words(payloads.shown, counters.patients["valid"], counters.patients["all"]),
        )
        for key, counters in payloads.systems.items()
        for lines in (lines_part(counters, payloads.shown),)
    ]
    headers = ("System", "Read", "Ok", "Quarantined", "Blank", "People", "With a valid NHS number")
    caption = "What was read: lines, documents or rows"
    return table_of(caption, headers, rows, most=MOST_SHOWN, more="systems")


def _measured(payloads: Payloads, names: Names) -> tuple[ChapterTable, ...]:
    rows = [
        _measured_row(one, payloads, names)
        for found in payloads.holdings.values()
        for one in found
        if one.found
    ]
    headers = (
        "System", "Category", "Records", "Declared", "Sent", "Code systems", "Whom, what, when",
        "Recorded",
    )  # fmt: skip
    caption = "What was measured, beside what is declared"
    return table_of(caption, headers, rows, most=MOST_SHOWN, more="categories")


def _measured_row(one: MeasuredHolding, payloads: Payloads, names: Names) -> tuple[str, ...]:
    whole = [names.landscape.category_label(name) for name in one.found] if one.is_whole else []
    of = f" (measured of {listed(whole)} as a whole)" if whole else ""
    said = one.declared_form.word if one.declared_form else "form not said"
    return (
        names.landscape.label("systems", one.system),
        f"{names.landscape.category_label(one.category)}{of}",
        payloads.shown.words(one.counts.records),
        said if one.declared else "passed on" if one.passed_on else "not declared",
        form_words(one, payloads.shown),
        code_system_words(one.code_systems),
        gaps_words(one, payloads.shown),
        late_words(one, payloads.shown),
    )


def _to_map(assessment: Assessment, names: Names) -> tuple[ChapterTable, ...]:
    rows = [_map_row(found, assessment, names) for found in assessment.map_first]
    headers = ("What", "Into", "Records left", "Begin with", "Weight", "Needs that depend on it")
    caption = "What to map first: records left, times the weight of the needs that depend on them"
    return table_of(caption, headers, rows, most=MOST_SHOWN, more="things to map")


def _map_row(found: ToMap, assessment: Assessment, names: Names) -> tuple[str, ...]:
    shown = _payloads(assessment).shown
    codes = [one[1] for one in found.codes if shown.may_name(min(one[2:]))]
    system = names.landscape.label("systems", found.system)
    return (
        f"{system}, {names.landscape.category_label(found.category)}",
        target_words(found.target),
        shown.words(found.left),
        listed(codes[:MOST_CODES]) or (RARE_CODES if found.codes else CODE_WORDS),
        f"{found.weight:g}",
        _named(assessment.needs_on(found.system, found.category), names),
    )


def _named(needs: Sequence[str], names: Names) -> str:
    labels = [need_label(names.landscape, need) for need in needs]
    rest = len(labels) - MOST_NAMED
    more = [f"and {rest:,} more"] if rest > 0 else []
    return "; ".join((*labels[:MOST_NAMED], *more)) or "no need draws on it"


def _pairs(assessment: Assessment, names: Names) -> tuple[ChapterTable, ...]:
    rows = [_pair_row(found, assessment, names) for found in assessment.exchanged]
    headers = ("Category", "Between", "One code system", "Codes that both have", "Comparable")
    caption = "Whether those mean the same who exchange a category, or meet in what somebody needs"
    return table_of(caption, headers, rows, most=MOST_SHOWN, more="pairs")


def _pair_row(found: Agreement, assessment: Assessment, names: Names) -> tuple[str, ...]:
    shown = _payloads(assessment).shown
    sides = (found.one, found.other)
    labels = [names.landscape.label("systems", side.system) for side in sides]
    both, either = found.jaccard
    comparable = [
        f"{percent_words(shown, side.comparable, side.coded)} of {label}"
        for side, label in zip(sides, labels, strict=True)
    ]
    return (
        names.landscape.category_label(found.category),
        listed(labels),
        "yes" if found.same_code_system else "no",
        f"{both:,} of {either:,}",
        "; ".join(comparable),
    )


def _given(payloads: Payloads, names: Names) -> tuple[ChapterTable, ...]:
    rows = [
        (
            names.landscape.label("systems", one.system),
            one.name,
            count_words(found.files),
            count_words(found.size),
            found.digest or NO_DIGEST,
        )
        for one in payloads.given
        for found in (given_shown(one, payloads.systems[one.system].ok, payloads.shown),)
    ]
    headers = ("System", "File or folder", "Files", "Bytes, to the next thousand", "SHA-256")
    caption = "What it was measured from; a folder has the SHA-256 of those of its files"
    return table_of(caption, headers, rows, most=MOST_SHOWN, more="files and folders")


def two_ways_chapter(assessment: Assessment, names: Names) -> Chapter:
    """Where the profile and payloads part, and every verdict and answer both ways."""
    payloads = _payloads(assessment)
    told = (one for one in payloads.differences if one.kind is not DifferenceKind.NOT_FOUND)
    parting = sorted(told, key=lambda one: _rank(one, assessment))
    return Chapter(
        id="two_ways",
        menu="Declared and measured",
        title="What is declared, and what was measured",
        lead=_two_lead(assessment, names),
        tables=(
            *table_of(
                "Where the profile and payloads part",
                ("What", "Needs that depend on it"),
                [*_parting_rows(parting, assessment, names), *_not_found_rows(assessment, names)],
                most=MOST_SHOWN,
                more="differences",
            ),
            *_verdicts(assessment, names),
            *_answers(assessment, names),
        ),
        notes=(DECIDES, _sufficiency_words(assessment)),
    )


def _parting_rows(
    parting: Sequence[Difference], assessment: Assessment, names: Names
) -> list[tuple[str, str]]:
    payloads = _payloads(assessment)
    return [
        (
            difference_words(one, payloads, names),
            _named(assessment.needs_hit(one), names),
        )
        for one in parting
    ]


def _not_found_rows(assessment: Assessment, names: Names) -> list[tuple[str, str]]:
    """What is declared and was not in the payloads, one row for each system."""
    by_system: dict[str, list[str]] = {}
    for one in _payloads(assessment).differences:
        if one.kind is DifferenceKind.NOT_FOUND:
            by_system.setdefault(one.system, []).append(one.category)
    rows = []
    for system, categories in by_system.items():
        needs = [need for one in categories for need in assessment.needs_on(system, one)]
        words = not_found_words(system, categories, names)
        rows.append((words, _named(tuple(dict.fromkeys(needs)), names)))
    return rows


def _rank(found: Difference, assessment: Assessment) -> tuple[int, float]:
    needs = assessment.landscape.needs
    weight = sum(needs[key].weight for key in assessment.needs_hit(found))
    return found.order, -float(weight)


def _two_lead(assessment: Assessment, names: Names) -> str:
    payloads = _payloads(assessment)
    worse = sum(one.kind in WORSE for one in payloads.differences)
    turned = [found for found in assessment.fates if found.turns]
    told = (
        f"In {counted(worse, 'place')} what is sent falls short of what is declared"
        if worse
        else "What was measured nowhere falls short of what is declared"
    )
    if not turned:
        return f"{told}. No verdict turns: each need stands as declared also by what was measured."
    labels = [need_label(names.landscape, found.need) for found in turned]
    verb = "turns" if len(turned) == 1 else "turn"
    verdicts = counted(len(turned), "verdict")
    return f"{told}. {verdicts} {verb} with what was measured: {'; '.join(labels[:MOST_NAMED])}."


def _sufficiency_words(assessment: Assessment) -> str:
    before, after = assessment.declared.judgement.sufficiency, assessment.judgement.sufficiency
    if before is None or after is None:
        return "There is no weight of needs to compare."
    both = [
        f"{cut(found.low * 100)} to {cut(found.high * 100)} %"
        if found.low != found.high
        else f"{cut(found.low * 100)} %"
        for found in (before, after)
    ]
    return f"Weight of needs met: {both[0]} as declared, {both[1]} as measured."


def _verdicts(assessment: Assessment, names: Names) -> tuple[ChapterTable, ...]:
    """Every need both ways, those that turn first."""
    ordered = sorted(assessment.fates, key=lambda found: list(Fate).index(found.fate))
    rows = [
        (
            f"{need_label(names.landscape, found.need)}{_critical(found)}",
            verdict_words(found.before),
            verdict_words(found.after),
            _becomes(found),
        )
        for found in ordered
    ]
    headers = ("Need", "As declared", "As measured", "What becomes of it")
    return table_of("Every verdict both ways", headers, rows, most=MOST_SHOWN, more="needs")


def _becomes(found: NeedFate) -> str:
    if found.turns:
        return _FATES[found.fate]
    return _STAYS.get(found.fate, "stays")


def _critical(found: NeedFate) -> str:
    return " (safety-critical)" if found.safety_critical else ""


def _answers(assessment: Assessment, names: Names) -> tuple[ChapterTable, ...]:
    """Criteria that payloads answer, what contradicts first; then those that turn with verdicts."""
    ordered = sorted(
        assessment.answered_twice, key=lambda one: (not one.contradict, not one.by_payloads)
    )
    rows = [_answer_row(one, names) for one in ordered]
    headers = ("Criterion", "Of", "As declared", "As measured", "Figures")
    caption = "Criteria that payloads answer, or that turn with them"
    return table_of(caption, headers, rows, most=MOST_SHOWN, more="answers")


def _answer_row(one: TwoAnswers, names: Names) -> tuple[str, ...]:
    against = " (contradicts)" if one.contradict else ""
    findings = sorted(one.findings, key=lambda finding: _GRAVEST.index(finding.outcome))
    told = " ".join(finding.message for finding in findings[:MOST_FIGURES])
    rest = len(findings) - MOST_FIGURES
    return (
        one.criterion.question,
        "the region" if one.organisation is None else names.organisation(one.organisation),
        answer_words(one.declared),
        f"{answer_words(one.measured)}{against}",
        f"{told} And {rest:,} more." if rest > 0 else told or OTHERWISE,
    )
