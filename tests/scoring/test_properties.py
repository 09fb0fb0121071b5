"""What must hold of any answers: evidence moves scores its own way, order and names do not.

Evidence for a yes never lowers what is assessed, evidence for a no never raises it. A first answer
may do either, because it brings in what stood outside: a dimension or an organisation that nobody
had assessed. Hence every organisation drawn here answers the first criterion of every dimension.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.findings import Finding
from sharedcare.flows import Bounds
from sharedcare.scoring import Scores
from sharedcare.scoring.index import index_of
from sharedcare.vocabulary import Outcome
from tests.scoring.making import attested, criterion, dimension, finds, scored

ORGANISATIONS = ("a", "b", "c")
#: Dimensions by their prerequisites, one of them a chain.
PREREQUISITES = {"root": (), "liability": ("root",), "top": ("liability", "root")}
OPEN_ANSWERS = ("yes", "no", "unknown")
OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED)


@dataclass(frozen=True)
class Drawn:
    """Attestations by id, findings by criterion, and the organisations' entries."""

    attestations: dict[str, dict[str, Any]]
    findings: dict[str, tuple[Finding, ...]]
    organisations: dict[str, dict[str, Any]]


def criteria_of(key: str) -> tuple[tuple[str, int, Scope], ...]:
    return (
        (f"{key}.first", 1, Scope.ORGANISATION),
        (f"{key}.second", 2, Scope.ORGANISATION),
        (f"{key}.region", 2, Scope.REGION),
        (f"{key}.third", 3, Scope.ORGANISATION),
        (f"{key}.fourth", 4, Scope.REGION),
    )


ASKED = tuple(asked for key in PREREQUISITES for asked in criteria_of(key))


def dimensions(drawn: Drawn) -> Iterator[Dimension]:
    for key, below in PREREQUISITES.items():
        yield dimension(
            key, *(made(drawn, *asked) for asked in criteria_of(key)), prerequisites=below
        )


def made(drawn: Drawn, key: str, level: int, scope: Scope) -> Criterion:
    found = drawn.findings.get(key)
    return criterion(
        key, level, scope, claim=finds(*found) if found else None, threshold=Fraction(1, 2)
    )


def result(drawn: Drawn) -> Scores:
    return scored(
        *dimensions(drawn), organisations=drawn.organisations, attestations=drawn.attestations
    )


def figures(scores: Scores) -> dict[str, Bounds]:
    """Every level and effective level of the region and its organisations, and the index."""
    found: dict[str, Bounds | None] = {}
    for score in scores.dimensions:
        found |= {f"{score.id}": score.level, f"{score.id} effective": score.effective}
        for each in score.organisations:
            found |= {
                f"{score.id} {each.organisation}": each.level,
                f"{score.id} {each.organisation} effective": each.effective,
            }
    found["index"] = index_of({s.id: s.effective for s in scores.dimensions}, {}, fewest=1)
    assert all(found.values())
    return {key: bounds for key, bounds in found.items() if bounds}


@st.composite
def drawings(draw: st.DrawFn) -> Drawn:
    attestations: dict[str, dict[str, Any]] = {}
    for key in PREREQUISITES:
        for organisation in ORGANISATIONS:
            answer = draw(st.sampled_from(("yes", "no")))
            attestations[f"own.{key}.{organisation}"] = attested(
                answer, criterion=f"{key}.first", organisations=[organisation]
            )
    for number in range(draw(st.integers(0, 6))):
        attestations[f"more{number}"] = draw(words(st.sampled_from(OPEN_ANSWERS)))
    return Drawn(attestations, draw(found()), draw(entries()))


def words(answers: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """An attestation of any criterion, with fresh evidence or none, by one, all or the region."""
    parties = st.sampled_from(([], ["a"], ["b"], ["a", "c"], ["all"]))
    evidence = st.sampled_from(((), ("word",), ("audit",)))
    return st.builds(
        lambda answer, asked, who, behind: attested(
            answer, *behind, criterion=asked[0], organisations=who
        ),
        answers,
        st.sampled_from(ASKED),
        parties,
        evidence,
    )


@st.composite
def found(draw: st.DrawFn) -> dict[str, tuple[Finding, ...]]:
    """Findings for some criteria; organisations' own only where organisations are asked."""
    made: dict[str, tuple[Finding, ...]] = {}
    for key, _, scope in draw(st.lists(st.sampled_from(ASKED), max_size=4, unique=True)):
        about = ORGANISATIONS if scope is Scope.ORGANISATION else (None,)
        count = draw(st.integers(1, 4))
        made[key] = tuple(
            Finding(
                draw(st.sampled_from(OUTCOMES)), f"flows.f{n}", "", draw(st.sampled_from(about))
            )
            for n in range(count)
        )
    return made


def entries() -> st.SearchStrategy[dict[str, dict[str, Any]]]:
    entry = st.fixed_dictionaries(
        {"instances": st.integers(1, 5)}, optional={"population": st.integers(0, 9)}
    )
    return st.fixed_dictionaries(dict.fromkeys(ORGANISATIONS, entry))


def with_words(drawn: Drawn, key: str, said: dict[str, Any]) -> Drawn:
    return replace(drawn, attestations={**drawn.attestations, key: said})


@settings(max_examples=60)
@given(drawings(), words(st.just("yes")))
def test_evidence_for_a_yes_never_lowers_anything(drawn: Drawn, said: dict[str, Any]) -> None:
    before, after = figures(result(drawn)), figures(result(with_words(drawn, "added", said)))
    for key, bounds in before.items():
        assert after[key].low >= bounds.low, key
        assert after[key].high >= bounds.high, key


@settings(max_examples=60)
@given(drawings(), words(st.just("no")))
def test_evidence_for_a_no_never_raises_anything(drawn: Drawn, said: dict[str, Any]) -> None:
    before, after = figures(result(drawn)), figures(result(with_words(drawn, "added", said)))
    for key, bounds in before.items():
        assert after[key].low <= bounds.low, key
        assert after[key].high <= bounds.high, key


@settings(max_examples=60)
@given(drawings(), st.data())
def test_a_silent_finding_that_turns_out_lies_within_what_was_said(
    drawn: Drawn, data: st.DataObject
) -> None:
    silent = [
        (key, index)
        for key, findings in drawn.findings.items()
        for index, finding in enumerate(findings)
        if finding.outcome is Outcome.NOT_EVIDENCED
    ]
    if not silent:
        return
    key, index = data.draw(st.sampled_from(silent))
    findings = [*drawn.findings[key]]
    findings[index] = replace(findings[index], outcome=Outcome.MET)
    turned = replace(drawn, findings={**drawn.findings, key: tuple(findings)})
    attested_too = any(said["criterion"] == key for said in drawn.attestations.values())
    before, after = figures(result(drawn)), figures(result(turned))
    for name, bounds in before.items():
        assert after[name].low >= bounds.low, name
        if not attested_too:
            assert after[name].high <= bounds.high, name


@settings(max_examples=40)
@given(drawings())
def test_what_is_neither_computed_nor_claimed_to_be_met_never_scores_as_met(drawn: Drawn) -> None:
    scores = result(drawn)
    for each in (each for score in scores.dimensions for each in score.criteria):
        for reply in each.replies:
            backed = Outcome.MET in (reply.computed, reply.claimed)
            assert backed or reply.outcome is not Outcome.MET
        known = {reply.outcome for reply in each.replies if reply.answered}
        assert each.outcome is not Outcome.MET or Outcome.MET in known


@settings(max_examples=40)
@given(drawings(), st.data())
def test_the_order_of_what_is_declared_changes_no_figure(drawn: Drawn, data: st.DataObject) -> None:
    shuffled = Drawn(
        dict(data.draw(st.permutations(list(drawn.attestations.items())))),
        {key: tuple(reversed(each)) for key, each in drawn.findings.items()},
        dict(data.draw(st.permutations(list(drawn.organisations.items())))),
    )
    one, other = result(drawn), result(shuffled)
    assert figures(one) == figures(other)
    assert one.readiness.gates == other.readiness.gates
    assert one.readiness.stage == other.readiness.stage
    assert [entry.dimension for entry in one.roadmap] == [e.dimension for e in other.roadmap]
    assert [q.criterion.id for q in one.ask_first] == [q.criterion.id for q in other.ask_first]


@settings(max_examples=40)
@given(drawings())
def test_ends_are_in_order_and_effective_levels_lie_under_levels(drawn: Drawn) -> None:
    for score in result(drawn).dimensions:
        assert score.level is not None
        assert score.effective is not None
        assert 0 <= score.effective.low <= score.effective.high <= 5
        assert score.level.low <= score.level.high
        assert score.effective.low <= score.level.low
        assert score.effective.high <= score.level.high
