import csv
import io
from typing import Any

import pytest

from sharedcare.flows import judge
from sharedcare.landscape import Landscape
from sharedcare.quantities import number_words
from sharedcare.reports.assessing.needs import render_needs
from sharedcare.reports.assessing.needs_view import NeedView
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.reasons import WOULD_HELP, Asked, reason_meaning, reason_words
from sharedcare.vocabulary import Reason, Use
from tests.reports.making import EXAMPLE, assessed, example, need_of, viewed

CODED = {"category": "medications.on_discharge", "min_form": "coded"}


def need(landscape: Landscape) -> NeedView:
    return viewed(landscape).needs[0]


def changed(**keys: Any) -> Landscape:
    return example(needs={"discharge_meds": need_of(**keys)})


def test_a_met_need_shows_its_way_its_age_against_the_limit_and_whom_it_reaches() -> None:
    found = need(example())
    assert found.mark is Mark.MET
    assert found.ways == (
        "Hospital record → Shared record → Social care system → Hospital social worker",
    )
    assert found.age == "35 min 10 s of 2 h"
    assert found.coverage == "11 of 12"
    assert found.why == ()


def test_a_share_that_was_declared_as_sites_is_said_as_sites_and_whose() -> None:
    item = {"category": "allergies"}
    landscape = example(
        needs={"discharge_meds": need_of(content=[item], max_age=None)},
        stakeholders={
            "social_worker": {"name": "SW", "organisation": "anytown_council", "uses": "asc"}
        },
    )
    found = need(landscape)
    assert found.coverage == "27 of 30 (Primary care A)"
    assert found.mark is Mark.MET


def test_a_need_that_is_partly_met_says_how_many_are_reached_and_how_many_are_asked_for() -> None:
    found = need(changed(quantity={"coverage": 1}))
    assert found.mark is Mark.PARTLY_MET
    assert found.why == ("It reaches 11 of 12; 100 % is asked for.",)


def test_a_need_that_is_too_old_names_the_limit() -> None:
    found = need(changed(max_age="20 min"))
    assert found.mark is Mark.UNMET
    assert found.why == ("On every route it is more than 20 min out of date when it can be used.",)
    assert found.age == "limit 20 min"
    assert found.helps == ("send it sooner or more often",)


def test_what_may_not_be_passed_on_is_said_so() -> None:
    found = need(example(agreements={"shcr": {"status": "draft", "parties": "all"}}))
    assert found.why == ("It may not be passed on: no signed agreement covers it.",)


def test_an_undetermined_need_says_what_it_is_at_worst_and_at_best() -> None:
    landscape = example(flows={"hub_asc": {**EXAMPLE["flows"]["hub_asc"], "wait": "unknown"}})
    found = need(landscape)
    assert found.mark is Mark.UNDETERMINED
    assert found.range == "unmet at worst, met at best"
    assert all(words.startswith("At worst: ") for words in found.why)
    assert found.helps == ()
    assert found.find_out == (
        "How long does one wait for the flow from Shared record to Social care system by a window "
        "in the record to answer?",
    )


def test_what_holds_only_at_worst_is_said_to_do_so_once() -> None:
    silent = {
        **EXAMPLE["flows"]["hub_asc"],
        "wait": "unknown",
        "carries": {"medications": "unknown"},
    }
    found = need(
        example(flows={"hub_asc": silent}, needs={"discharge_meds": need_of(content=[CODED])})
    )
    (why,) = found.why
    assert why.count("At worst") == 1
    assert "coded or better" in why
    assert "; and on every route the answer takes longer than 30 s." in why


def test_an_undetermined_need_that_no_single_fact_decides_says_who_tells_which_together() -> None:
    silent = {
        **EXAMPLE["flows"]["hub_asc"],
        "wait": "unknown",
        "carries": {"medications": "unknown"},
    }
    late = {**EXAMPLE["flows"]["epr_hub"], "delay": "unknown"}
    other = {**silent, "from": "epr", "wait": "unknown"}
    flows = {"hub_asc": silent, "epr_hub": late, "other": other}
    asks = need_of(content=[CODED])
    found = need(example(flows=flows, needs={"discharge_meds": asks}))
    assert found.mark is Mark.UNDETERMINED
    assert found.find_out == (
        "No single fact decides it; 'sharedcare explain PROFILE discharge_meds' says which "
        "together would.",
    )


def test_a_need_without_a_name_is_told_by_what_it_asks_for() -> None:
    assert need(example()).title == "Hospital social worker: medicines on discharge"
    assert need(changed(name="The first evening")).title.endswith(": The first evening")


def test_hops_say_flow_form_and_the_agreement_that_covers_them() -> None:
    named = {**EXAMPLE["flows"]["epr_hub"], "name": "Medicines feed"}
    hops = need(example(flows={"epr_hub": named})).items[0].hops
    assert [hop.way for hop in hops] == ["", "Medicines feed (push)", "a window in the record", ""]
    assert hops[2].cover == "The sharing agreement"
    assert hops[2].form == "coded"


def test_a_hop_says_what_stands_behind_its_flow_and_who_disputes_it() -> None:
    evidence = {"trial": {"name": "Trial of the feed", "kind": "test", "date": "2026-03-01"}}
    told = {"conformance": "claimed", "evidence": ["trial"], "monitored": "no"}
    flow = {**EXAMPLE["flows"]["epr_hub"], **told, "disputed_by": ["hospital"]}
    hops = need(example(flows={"epr_hub": flow}, evidence=evidence)).items[0].hops
    assert [hop.evidence for hop in hops] == [
        "",
        "its standard is claimed and not tested; Trial of the feed (test); nobody watches it; "
        "disputed by Acute hospital A",
        "only the profile says so",
        "",
    ]


def test_evidence_past_its_shelf_life_is_said_to_be() -> None:
    evidence = {"trial": {"name": "Trial", "kind": "test", "date": "2022-03-01"}}
    flow = {**EXAMPLE["flows"]["epr_hub"], "evidence": ["trial"]}
    hops = need(example(flows={"epr_hub": flow}, evidence=evidence)).items[0].hops
    assert hops[1].evidence == "Trial (test, no longer fresh)"


def test_needs_come_the_gravest_first_and_safety_before_weight() -> None:
    needs = viewed(assessed("fictional-region").landscape).needs
    order = [Mark.UNMET, Mark.UNDETERMINED, Mark.PARTLY_MET, Mark.MET]
    ranks = [(order.index(one.mark), not one.safety_critical) for one in needs]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 5


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_a_meaning_and_what_would_help(reason: Reason) -> None:
    landscape = changed(max_rekeys=0)
    asks = landscape.needs["discharge_meds"]
    words = reason_words(reason, Asked(landscape, asks, asks.content[0], "7 of 12"))
    assert words.endswith(".")
    assert reason.value not in words
    assert reason_meaning(reason).endswith(".")
    assert WOULD_HELP[reason]


@pytest.mark.parametrize(
    ("reason", "keys", "part"),
    [
        (Reason.FORM, {}, "(document or better)"),
        (Reason.AGE, {}, "more than 2 h out of date"),
        (Reason.WAIT, {}, "longer than 30 s"),
        (Reason.CAPACITY, {}, "40/week"),
        (Reason.PURPOSE, {}, "for direct care"),
        (Reason.REKEY, {"max_rekeys": 0}, "not at all"),
        (Reason.REKEY, {"max_rekeys": 2}, "at most 2 times"),
        (Reason.MODE, {"use": Use.ALERT.value}, "nothing tells this role"),
        (Reason.MODE, {"use": Use.INGEST.value}, "cannot be taken into"),
        (Reason.REACH, {}, "7 of 12; 90 % is asked for"),
        (Reason.NOT_LIVE, {}, "1 November 2026"),
    ],
)
def test_a_sentence_names_the_limit_of_the_need(
    reason: Reason, keys: dict[str, Any], part: str
) -> None:
    landscape = changed(**keys)
    asks = landscape.needs["discharge_meds"]
    assert part in reason_words(reason, Asked(landscape, asks, asks.content[0], "7 of 12"))


def test_the_matrix_has_the_gravest_verdict_of_each_role_and_category() -> None:
    late = need_of(max_age="20 min", safety_critical=False)
    (matrix,) = viewed(example(needs={"late": late})).matrix
    assert matrix.columns == ("Medications",)
    (row,) = matrix.rows
    cell = row.cells[0]
    assert cell is not None
    assert cell.mark is Mark.UNMET
    assert set(cell.needs) == {"discharge_meds", "late"}
    assert cell.safety_critical


def test_a_cell_that_is_met_shows_how_much_of_its_limit_is_used_up() -> None:
    (matrix,) = viewed(example()).matrix
    cell = matrix.rows[0].cells[0]
    assert cell is not None
    assert cell.used is not None
    assert number_words(cell.used, 3) == "0.293"


def test_a_wide_matrix_goes_on_in_a_further_table() -> None:
    matrices = viewed(assessed("fictional-region").landscape).matrix
    assert len(matrices) == 2
    assert all(len(row.cells) == len(m.columns) for m in matrices for row in m.rows)
    assert all(any(row.cells) for m in matrices for row in m.rows)


def test_the_table_of_needs_in_csv_has_a_row_for_each_and_no_formula() -> None:
    landscape = changed(name="=1+1", objective="-2")
    made = render_needs(landscape, judge(landscape), "csv")
    rows = list(csv.DictReader(io.StringIO(made)))
    assert [row["need"] for row in rows] == ["discharge_meds"]
    assert rows[0]["what"] == "'=1+1"
    assert rows[0]["verdict"] == "met"
    assert "\r" not in made


@pytest.mark.parametrize("format_", ["text", "markdown", "csv"])
def test_the_table_of_needs_names_no_organisation_unless_asked(format_: str) -> None:
    landscape = assessed("fictional-region").landscape
    judgement = judge(landscape)
    hidden = render_needs(landscape, judgement, format_)
    shown = render_needs(landscape, judgement, format_, name_organisations=True)
    assert "Care home A" in hidden
    assert "Care homes of Anyshire" not in hidden
    assert "Care homes of Anyshire" in shown


def test_the_table_of_needs_fits_a_terminal_and_says_when_there_is_none() -> None:
    landscape = assessed("fictional-region").landscape
    lines = render_needs(landscape, judge(landscape), "text").splitlines()
    assert max(map(len, lines)) <= 80
    empty = example().model_copy(update={"needs": {}})
    assert render_needs(empty, judge(empty), "text") == "No need is declared.\n"
