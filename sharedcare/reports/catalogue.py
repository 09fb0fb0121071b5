"""The catalogue as people and programs read it: dimensions, criteria, and codes of messages."""

import json
from collections.abc import Iterator

from sharedcare.dimension import CRESSWELL, Criterion, Dimension, Kind, Measure, Scope
from sharedcare.dimensions import DIMENSIONS, criterion, dimension
from sharedcare.errors import NotFoundError
from sharedcare.identifiers import did_you_mean
from sharedcare.reports.assessing.dimensions_view import GROUPS
from sharedcare.reports.fault_codes import code_meanings
from sharedcare.reports.payloads.rule_words import LABELS, RuleWords, rule_ids, rule_words
from sharedcare.reports.sheet import Section, Sheet, sheet_as
from sharedcare.reports.words.figures import listed, percent

#: Of what is said of a word in JSON.
WORDS_VERSION = "1.0"

#: What is the paper's and what is ours; stands on every page of the catalogue.
WHOSE = (
    f"The names, the two groups and the order are those of {CRESSWELL.text}, doi:{CRESSWELL.doi}. "
    "Definitions, criteria, levels, prerequisites and thresholds are ours."
)


def render_catalogue(format_: str) -> str:
    """Write all dimensions as ``text``, ``markdown`` or ``json``."""
    if format_ == "json":
        return _json([_dimension_data(found) for found in DIMENSIONS])
    return sheet_as(_catalogue(), format_)


def render_dimension(dimension_id: str, format_: str) -> str:
    """Write one dimension with its criteria; raises NotFoundError if there is none."""
    found = dimension(dimension_id)
    if format_ == "json":
        return _document(_dimension_data(found))
    return sheet_as(_dimension(found), format_)


def render_explanation(what: str, format_: str) -> str:
    """Explain a dimension, a criterion, the code of a fault or reason, or a rule of FHIR payloads.

    Raises NotFoundError if it is none of these.
    """
    codes = code_meanings()
    dimensions = {found.id for found in DIMENSIONS}
    criteria = {found.id for each in DIMENSIONS for found in each.criteria}
    if what in dimensions:
        return render_dimension(what, format_)
    if what in criteria:
        found = criterion(what)
        made = _document(_criterion_data(found)) if format_ == "json" else ""
        return made or sheet_as(_criterion(found), format_)
    if what.upper() in codes:
        return _code(what.upper(), codes[what.upper()], format_)
    rule = rule_words(what) or rule_words(what.upper())
    if rule is not None:
        return _rule(rule, format_)
    known = (*dimensions, *criteria, *codes, *rule_ids())
    hint = did_you_mean(what, known)
    raise NotFoundError(f"there is no dimension, criterion, code or rule of that name{hint}")


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _document(data: dict[str, object]) -> str:
    """Write what is said of one word, for programs."""
    return _json({"schema_version": WORDS_VERSION, **data})


def _code(code: str, meaning: str, format_: str) -> str:
    if format_ == "json":
        return _document({"code": code, "meaning": meaning})
    return sheet_as(Sheet(code, (Section(sentences=(meaning,)),)), format_)


def _rule(rule: RuleWords, format_: str) -> str:
    if format_ == "json":
        return _document({"rule": rule.id, "meaning": rule.meaning, **dict(rule.facts)})
    facts = tuple((LABELS[key], words) for key, words in rule.facts)
    sections = (Section(sentences=(rule.meaning,)), Section(facts=facts))
    return sheet_as(Sheet(rule.id, sections if rule.facts else sections[:1]), format_)


def _catalogue() -> Sheet:
    groups = tuple(
        Section(
            title=f"{words} dimensions",
            headers=("Id", "Name", "Criteria"),
            rows=tuple(
                (found.id, found.name, _counts(found))
                for found in DIMENSIONS
                if found.group is group
            ),
            widths=(28, 31, 16),
        )
        for group, words in GROUPS.items()
    )
    about = "'sharedcare dimensions ID' shows one with its criteria, 'explain' each criterion."
    return Sheet(
        "Dimensions of readiness",
        (Section(sentences=(WHOSE,)), *groups, Section(sentences=(about,))),
    )


def _counts(found: Dimension) -> str:
    computed = sum(each.kind is Kind.COMPUTED for each in found.criteria)
    return f"{computed} of {len(found.criteria)} computed"


def _dimension(found: Dimension) -> Sheet:
    facts = tuple((label, words) for label, words in _dimension_facts(found) if words)
    ordered = sorted(found.criteria, key=lambda each: each.level)
    criteria = Section(title="Criteria", facts=tuple(map(_line, ordered)))
    return Sheet(
        f"{found.name} ({found.id})",
        (
            Section(sentences=(found.definition, found.rationale), facts=facts),
            criteria,
            Section(sentences=(WHOSE,)),
        ),
    )


def _line(found: Criterion) -> tuple[str, str]:
    return f"Level {found.level}", f"{found.question} ({found.id}; {_kind(found)}; {_scope(found)})"


def _dimension_facts(found: Dimension) -> Iterator[tuple[str, str]]:
    names = {each.id: each.name for each in DIMENSIONS}
    yield "Group", GROUPS[found.group]
    yield "Leans on", listed([names[key] for key in found.prerequisites])
    yield (
        "Held up by it",
        listed([each.name for each in DIMENSIONS if found.id in each.prerequisites]),
    )
    yield "Burden", "; ".join(map(_measure, found.exposure))
    yield "Sources", "; ".join(citation.text for citation in found.citations)


def _measure(measure: Measure) -> str:
    bounds = f"complicated from {measure.complicated:,}, complex from {measure.complex:,}"
    return f"{measure.words} ({bounds})"


def _kind(found: Criterion) -> str:
    return "from the profile" if found.kind is Kind.COMPUTED else "by partners"


def _scope(found: Criterion) -> str:
    return "each organisation" if found.scope is Scope.ORGANISATION else "the region as one"


def _criterion(found: Criterion) -> Sheet:
    name = dimension(found.dimension).name
    facts = tuple((label, words) for label, words in _criterion_facts(found) if words)
    return Sheet(
        found.id,
        (
            Section(sentences=(found.question,)),
            Section(facts=(("Dimension", name), *facts)),
            Section(title="If the answer is no", sentences=(found.remedy,)),
        ),
    )


def _criterion_facts(found: Criterion) -> Iterator[tuple[str, str]]:
    computed = found.kind is Kind.COMPUTED
    yield "Level", str(found.level)
    yield "Asked of", _scope(found)
    yield "Answered", f"{_kind(found)}{', with evidence' if not computed else ''}"
    yield "Met when", f"{percent(found.threshold)} of what is looked at holds" if computed else ""
    yield "May not apply", "yes, with a reason" if found.may_not_apply else ""
    doi = f", doi:{found.citation.doi}" if found.citation.doi else ""
    yield "Source", f"{found.citation.text}{doi}"


def _dimension_data(found: Dimension) -> dict[str, object]:
    return {
        "id": found.id,
        "name": found.name,
        "group": found.group.value,
        "definition": found.definition,
        "rationale": found.rationale,
        "prerequisites": list(found.prerequisites),
        "exposure": [
            {"id": m.id, "words": m.words, "complicated": m.complicated, "complex": m.complex}
            for m in found.exposure
        ],
        "citations": [{"text": c.text, "doi": c.doi} for c in found.citations],
        "criteria": [_criterion_data(each) for each in found.criteria],
    }


def _criterion_data(found: Criterion) -> dict[str, object]:
    return {
        "id": found.id,
        "level": found.level,
        "scope": found.scope.value,
        "kind": found.kind.value,
        "question": found.question,
        "remedy": found.remedy,
        "threshold": float(found.threshold) if found.kind is Kind.COMPUTED else None,
        "may_not_apply": found.may_not_apply,
        "citation": {"text": found.citation.text, "doi": found.citation.doi},
    }
