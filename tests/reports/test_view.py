"""What a view says of readiness, of what to do, of doubts, of sectors, of what stands behind it."""

from functools import cache
from typing import Any

import pytest

from sharedcare.reports.assessing.view import FIRST_STEPS, UNTITLED, View, view_of
from sharedcare.reports.words.marks import Mark
from sharedcare.scoring.rules import FEWEST_ASSESSED
from tests.reports.making import (
    EXAMPLE,
    MADE_FROM,
    assessed,
    example,
    need_of,
    nothing_declared,
    viewed,
)


@cache
def region() -> View:
    return view_of(assessed("fictional-region"), MADE_FROM, False)


@cache
def nothing() -> View:
    return view_of(nothing_declared(), MADE_FROM, False)


def test_the_headline_counts_needs_then_safety_then_says_where_work_starts() -> None:
    needs = {"safe": need_of(), "late": need_of(max_age="1 min"), "more": need_of(weight=1)}
    headline = viewed(example(needs=needs)).readiness.headline
    assert headline.startswith("3 of 4 needs are met, 3 of 4 that are safety-critical; ")
    assert "; work starts with needs and pathways, where " in headline


def test_the_headline_counts_a_safety_critical_need_as_met_only_if_it_is() -> None:
    partly = {"discharge_meds": need_of(quantity={"coverage": 1})}
    assert ", 1 of 1 that are safety-critical; " in viewed(example()).readiness.headline
    headline = viewed(example(needs=partly)).readiness.headline
    assert headline.startswith("0 of 1 need is met, 0 of 1 that are safety-critical; ")


def test_the_headline_leaves_safety_out_where_no_need_is_marked() -> None:
    needs = {"discharge_meds": need_of(safety_critical=False)}
    assert "safety" not in viewed(example(needs=needs)).readiness.headline


def test_of_nothing_nothing_is_judged() -> None:
    view = nothing()
    assert view.title == UNTITLED
    assert view.readiness.headline == (
        "No need is declared, so nothing is judged; no dimension of readiness is assessed yet."
    )
    assert view.readiness.axes.sufficiency_words == "not judged"
    assert str(FEWEST_ASSESSED) in view.readiness.axes.index_words
    assert view.first_steps == ()
    assert view.heatmaps == ()


def test_the_stages_stand_in_the_order_of_work_and_one_of_them_is_now() -> None:
    stages = region().readiness.stages
    assert [stage.name for stage in stages] == [
        "Needs and pathways",
        "People and organisations",
        "Technology",
        "No blocker found",
    ]
    assert sum(stage.now for stage in stages) == 1
    assert sum(stage.dimensions for stage in stages) == len(region().dimensions)
    assert sum(stage.blocking for stage in stages) == len(region().readiness.blockers)


def test_blockers_of_the_stage_to_work_at_come_first() -> None:
    now = [blocker.now for blocker in region().readiness.blockers]
    assert now == sorted(now, reverse=True)


def test_a_gate_of_the_profile_that_asks_what_a_standing_one_asks_is_said_once() -> None:
    gates = region().readiness.gates
    assert len({(gate.asks, gate.words) for gate in gates}) == len(gates)
    (liability,) = [gate for gate in gates if gate.asks.startswith("Liability")]
    assert liability.whose == "standing and of this profile"


def test_a_gate_tells_who_needs_what_and_not_only_an_id() -> None:
    late = {"discharge_meds": need_of(max_age="1 min")}
    safety = viewed(example(needs=late)).readiness.gates[0]
    assert safety.words == "Hospital social worker: medicines on discharge is unmet."
    assert (safety.mark, safety.holds) == (Mark.NOT_MET, True)


def test_what_is_not_known_is_to_be_found_out_before_it_is_mended() -> None:
    steps = [step for entry in region().roadmap for step in entry.steps]
    unknown = [step for step in steps if step.mark is Mark.NOT_KNOWN]
    known = [step for step in steps if step.mark is Mark.NOT_MET]
    assert unknown
    assert known
    assert all(step.words.startswith(f"Find out: {step.question} If not: ") for step in unknown)
    assert all(step.words == step.remedy for step in known)


def test_the_first_steps_unblock_the_stage_and_are_each_said_once() -> None:
    view = region()
    now = {step.criterion for b in view.readiness.blockers if b.now for step in b.steps}
    first = [step.criterion for step in view.first_steps]
    assert len(first) == len(set(first)) == FIRST_STEPS
    assert first[0] in now
    assert not any(step.borne for step in view.first_steps)


def test_every_dimension_has_a_next_step_and_a_level_to_reach() -> None:
    assert {entry.id for entry in region().roadmap} == {found.id for found in region().dimensions}
    assert all(entry.target and entry.steps for entry in region().roadmap)


def test_dimensions_stand_in_two_groups_with_claims_beside_computations() -> None:
    dimensions = region().dimensions
    groups = [found.group for found in dimensions]
    assert groups == sorted(groups)
    assert groups.count("Socio-organisational") == 16
    assert any(found.claimed != found.computed for found in dimensions)
    assert any(found.limited_by for found in dimensions)
    assert any(found.is_contested for found in dimensions)
    assert {found.exposure for found in dimensions} > {""}


def test_long_lists_of_findings_are_cut_and_the_rest_is_counted_exactly() -> None:
    scores = assessed("fictional-region").scores
    for shown, scored in zip(region().dimensions, scores.dimensions, strict=True):
        for view, criterion in zip(shown.criteria, scored.criteria, strict=True):
            told = {(found.outcome, found.message) for found in criterion.findings}
            assert len(view.findings) + view.rest == len(told)
    assert any(view.rest for shown in region().dimensions for view in shown.criteria)


def test_open_findings_are_shown_before_passes() -> None:
    for dimension in region().dimensions:
        for criterion in dimension.criteria:
            met = [finding.mark is Mark.MET for finding in criterion.findings]
            assert met == sorted(met)


def test_the_heatmap_has_every_dimension_and_no_organisation_by_name() -> None:
    (heatmap,) = region().heatmaps
    assert [row.name for row in heatmap.rows] == [found.name for found in region().dimensions]
    assert "Local authority B" in heatmap.organisations
    widths = {len(row.cells) for row in heatmap.rows}
    assert widths == {0, len(heatmap.organisations)}


def test_an_organisation_that_is_not_assessed_is_no_zero_in_the_heatmap() -> None:
    cells = [cell for row in region().heatmaps[0].rows for cell in row.cells]
    silent = [cell for cell in cells if cell.level is None]
    assert silent
    assert all((cell.words, cell.step) == ("–", "") for cell in silent)
    assert any(cell.words.startswith("0") for cell in cells)


def test_more_organisations_than_fit_on_a_page_go_on_in_a_further_table() -> None:
    many = {
        f"o{n}": {"name": f"Council {n}", "type": "local_authority", "sector": "social_care"}
        for n in range(20)
    }
    heatmaps = viewed(example(organisations=many)).heatmaps
    assert [len(heatmap.organisations) for heatmap in heatmaps] == [14, 9]


def test_respondents_in_small_groups_are_not_shown() -> None:
    told = [words for found in region().doubts.respondents for words in found.sectors]
    assert "social care: too few to show" in told
    assert not any(words.startswith("social care ") for words in told)
    assert any(found.polarised for found in region().doubts.respondents)


def test_what_is_contested_says_whether_anything_was_decided() -> None:
    assert all("decision" in found.words or "Decided" in found.words
               for found in region().doubts.contested)  # fmt: skip
    assert any(found.what == "Information governance" for found in region().doubts.contested)


def test_a_suppression_names_what_it_is_about_and_whether_it_still_holds() -> None:
    suppressions = region().doubts.suppressions
    assert {found.active for found in suppressions} == {True, False}
    assert "Emergency department system" in {found.about for found in suppressions}


def test_sectors_tell_who_gains_gives_does_and_pays() -> None:
    health, social_care = region().sectors[:2]
    assert (health.name, social_care.name) == ("Health", "Social care")
    assert health.gains.startswith("5 of 20 needs met")
    assert social_care.pays == "7 planned changes, GBP 282,000 to GBP 492,000"
    assert social_care.does == "3 flows by hand"


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        ("GBP 40k", "1 planned change, GBP 40,000"),
        ({"low": "GBP 3k", "high": "GBP 5k"}, "1 planned change, GBP 3,000 to GBP 5,000"),
        ("unknown", "1 planned change"),
    ],
)
def test_what_a_sector_pays_is_the_sum_of_what_is_said(cost: Any, words: str) -> None:
    changes = {"one": {"name": "One", "paid_by": "hospital", "cost": cost}}
    assert viewed(example(changes=changes)).sectors[0].pays == words


def test_costs_in_two_currencies_are_not_added() -> None:
    changes = {
        "one": {"paid_by": "hospital", "cost": "GBP 1k"},
        "two": {"paid_by": "hospital", "cost": "EUR 1k"},
    }
    assert viewed(example(changes=changes)).sectors[0].pays == "2 planned changes"


def test_what_verdicts_assume_stands_with_the_needs_that_do() -> None:
    assumptions = {found.words: found.needs for found in viewed(example()).basis.assumptions}
    label = ("Hospital social worker: medicines on discharge",)
    assert assumptions["Hospital social worker is let into Social care system."] == label


def test_what_the_author_assumed_is_listed() -> None:
    flow = {**EXAMPLE["flows"]["hub_asc"], "name": "Window", "assumed": ["wait", "history"]}
    assert viewed(example(flows={"hub_asc": flow})).basis.assumed == (
        "Window (flows): wait and history",
    )


def test_what_was_not_assessed_is_named_and_so_is_what_the_report_is_not() -> None:
    basis = nothing().basis
    assert any("Information governance" in words for words in basis.not_assessed)
    assert any("no payload was measured" in words for words in basis.not_assessed)
    said = " ".join(basis.is_not)
    for part in ("no safety case", "no legal advice", "no league table"):
        assert part in said
    assert any("names of the 25 dimensions" in words for words in basis.method)


def test_a_fact_between_two_organisations_hides_its_way_into_the_profile() -> None:
    silent = example(agreements={"shcr": {"parties": [], "status": "signed"}})
    hidden, shown = viewed(silent), viewed(silent, named=True)
    assert hidden.ask.facts
    assert {fact.place for fact in hidden.ask.facts} == {""}
    assert {fact.place for fact in shown.ask.facts} == {
        "agreements.hospital+anytown_council.recorded"
    }
    assert "Acute hospital A and Local authority A" in hidden.ask.facts[0].question


def test_each_need_is_explained_in_two_sentences_that_point_to_nothing_below() -> None:
    assert region().unexplained == ""
    for need in region().needs:
        assert len(need.sentences) == 2
        assert "below" not in " ".join(need.sentences)
