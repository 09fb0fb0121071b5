"""An explanation begins with two plain sentences that name the real hop and the real reason."""

from typing import Any

import pytest

from sharedcare.flows.why.explanation import explain
from sharedcare.reports.explaining.view import explanation_view
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.names import Names
from tests.builders import landscape, two_partners
from tests.reports.explaining import (
    MET,
    ONE_OF_EACH,
    PARTLY,
    UNDETERMINED,
    UNMET,
    asking,
    changed,
    part_of,
    region,
    seen,
    written,
)
from tests.reports.making import EXAMPLE, example, need_of

FLOWS = EXAMPLE["flows"]


# ── One need of each verdict ──────────────────────────────────────────────────────────────────────


def test_of_a_met_need_the_first_sentence_tells_the_route_and_how_out_of_date_it_is() -> None:
    first, _ = seen(MET).sentences
    assert first.startswith(
        "The social worker in Anyshire is told of the planned date of discharge"
    )
    assert "from Hospital record by MESH message to Social care record of Anyshire" in first
    assert "20 min out of date where 4 h is allowed" in first


def test_of_a_met_need_the_second_sentence_tells_what_it_hangs_on() -> None:
    _, second = seen(MET).sentences
    assert "hangs on" in second
    assert "Hospital record" in second
    assert "Social care record of Anyshire" in second


def test_of_a_partly_met_need_it_is_told_whom_it_reaches_and_where_the_others_are_lost() -> None:
    first, second = seen(PARTLY).sentences
    assert first.startswith("The senior carer sees the medicines on discharge for 40 of 65 ")
    assert "where 90 % is asked for" in first
    assert "because Care homes look into the shared record reaches 40 of 65" in first
    assert "more people or sites" in second


def test_of_an_unmet_need_it_is_told_at_which_hop_it_fails_and_by_how_much() -> None:
    first, second = seen(UNMET).sentences
    assert first.startswith("The duty desk in Otherborough is not told of the planned date")
    assert "because the flow from Hospital record to Duty desk in Otherborough by email" in first
    assert "2 d 17 h out of date" in first
    assert "at most 1 d is allowed" in first
    assert second.startswith("It would be met if it came soon enough")


def test_of_an_undetermined_need_it_is_told_what_nobody_says_and_what_either_answer_does() -> None:
    first, second = seen(UNDETERMINED).sentences
    assert first.startswith("Nobody can say yet whether the district nurse sees the medications")
    assert "nobody says how many in the role District nurse can use Community record" in first
    assert second == "If that turns out well the need is met; if not, it is unmet."


def test_an_agreement_that_has_lapsed_is_named_with_its_last_day() -> None:
    first, _ = seen("hospice_plan_at_night").sentences
    assert "may not be passed on from Shared record to After-hours doctor (Community ser" in first
    assert 'the agreement "Sharing with the hospice" ended on 30 September 2026' in first


def test_a_need_of_which_one_source_is_missing_names_that_sources_hop() -> None:
    first, _ = seen("alerts_in_emergency").sentences
    assert "Social care record of Otherborough to Shared record by file" in first
    assert "runs every 1 w" in first
    assert (
        "7 d 4 h out of date, and at most 2 d is allowed (the part of Local authority B)" in first
    )


@pytest.mark.parametrize("need", ONE_OF_EACH)
def test_the_sentences_stand_first_and_are_sentences(need: str) -> None:
    sentences = seen(need).sentences
    assert all(words[0].isupper() and words.endswith(".") for words in sentences)
    text = " ".join(written(need, "text").split())
    assert text.startswith(" ".join(sentences))


# ── Each reason, by the hop that it is found at ───────────────────────────────────────────────────

CODED = {"category": "medications.on_discharge", "min_form": "coded"}
PAST = {"category": "medications.on_discharge", "lookback": "3 y"}
AGREEMENT = EXAMPLE["agreements"]["shcr"]
WINDOW = "the flow from Shared record to Social care system by a window in the record"
FEED = "the flow from Hospital record to Shared record"


@pytest.mark.parametrize(
    ("maps", "asks", "told"),
    [
        (
            {"flows": {"hub_asc": {**FLOWS["hub_asc"], "carries": {"document": ["medications"]}}}},
            {"content": [CODED]},
            f"{WINDOW} brings it as document, and coded or better is asked for",
        ),
        ({}, {"content": [PAST]}, f"{WINDOW} reaches 12 mo back, and 3 y is asked for"),
        (
            {"flows": {"hub_asc": {**FLOWS["hub_asc"], "carries": {"coded": ["allergies"]}}}},
            {},
            f"{WINDOW} does not carry it",
        ),
        (
            {"flows": {"hub_asc": {**FLOWS["hub_asc"], "status": "planned"}}},
            {},
            f"{WINDOW} is only planned",
        ),
        (
            {"systems": {"hub": {**EXAMPLE["systems"]["hub"], "lifecycle": "retired"}}},
            {},
            "Shared record is no longer in use",
        ),
        (
            {"flows": {"hub_asc": {**FLOWS["hub_asc"], "valid": {"until": "2026-10-01"}}}},
            {},
            f"{WINDOW} is not in use on 1 November 2026 (it is valid until 1 October 2026)",
        ),
        (
            {"flows": {"epr_hub": {**FLOWS["epr_hub"], "capacity": "30/week"}}},
            {},
            f"{FEED} takes 30/week, and 40/week arise",
        ),
        (
            {
                "systems": {
                    "hub": {**EXAMPLE["systems"]["hub"], "identity_domains": ["nhs_number"]},
                    "asc": {**EXAMPLE["systems"]["asc"], "identity_domains": ["local"]},
                }
            },
            {},
            "Shared record (the NHS number) and Social care system (a number of its own) share no",
        ),
        (
            {"agreements": {"shcr": {**AGREEMENT, "status": "draft"}}},
            {},
            '(Local authority A): the agreement "The sharing agreement" is only a draft',
        ),
        (
            {"agreements": {"shcr": {**AGREEMENT, "categories": ["allergies"]}}},
            {},
            'the agreement "The sharing agreement" does not cover this',
        ),
        (
            {"agreements": {"shcr": {**AGREEMENT, "purposes": ["research"]}}},
            {},
            'the agreement "The sharing agreement" is for research and not for direct care',
        ),
        (
            {"agreements": {"shcr": {**AGREEMENT, "valid": {"from": "2027-01-01"}}}},
            {},
            'the agreement "The sharing agreement" begins only on 1 January 2027',
        ),
        (
            {"agreements": {"shcr": {**AGREEMENT, "lawful_basis": {"article_9": "none"}}}},
            {},
            'the agreement "The sharing agreement" has no ground under article 9',
        ),
        (
            {"flows": {"hub_asc": {**FLOWS["hub_asc"], "agreements": []}}},
            {},
            "the flow says that no agreement covers it",
        ),
        ({}, {"use": "ingest"}, f"{WINDOW} only shows it, so that it cannot be taken in"),
        ({}, {"use": "alert"}, f"by {WINDOW} it can be looked up, and nobody is told"),
        (
            {},
            {"max_age": "20 min"},
            "30 min old before Hospital record holds it, and at most 20 min",
        ),
        ({}, {"max_age": "32 min"}, f"{FEED} (takes 5 min) leaves it 35 min out of date"),
        ({}, {"max_wait": "5 s"}, f"{WINDOW} (takes 10 s) makes one wait 10 s, and at most 5 s"),
        (
            {"flows": {"epr_hub": {**FLOWS["epr_hub"], "rekeyed": True}}},
            {"max_rekeys": 0},
            f"after {FEED} it has been typed in again, and none is allowed",
        ),
        (
            {"flows": {"hub_asc": {**FLOWS["hub_asc"], "reach": 0}}},
            {},
            f"{WINDOW} reaches nobody",
        ),
    ],
)
def test_a_reason_is_told_with_the_hop_the_figure_and_the_limit(
    maps: dict[str, Any], asks: dict[str, Any], told: str
) -> None:
    view = changed(example(**maps, needs={"discharge_meds": need_of(**asks)}))
    assert view.mark is Mark.UNMET
    assert told in view.sentences[0]


def test_where_nobody_holds_it_the_sentence_says_so() -> None:
    first, _ = asking(content=["vaccinations"]).sentences
    assert first == (
        "The hospital social worker does not see the vaccinations, because nobody who is asked for "
        "it holds it in a system in use."
    )


def test_where_no_flow_leads_the_sentences_say_how_far_it_comes_and_that_one_is_needed() -> None:
    landscape = example()
    kept = {key: flow for key, flow in landscape.flows.items() if key != "hub_asc"}
    first, second = changed(landscape.model_copy(update={"flows": kept})).sentences
    assert "because it comes to Hospital record and Shared record" in first
    assert "no flow leads on" in first
    assert second.endswith("a new flow is needed.")


def test_a_part_that_is_missing_altogether_is_told_as_only_in_part() -> None:
    item = {"category": "medications.on_discharge", "from": ["hospital", "practices"]}
    first, second = asking(content=[item], max_age=None).sentences
    assert first.startswith("The hospital social worker sees the medicines on discharge only in ")
    assert "GP system does not hold it" in first or "holds it in a system in use" in first
    assert second.startswith("It would be met if somebody who is asked for it held it")


def test_an_age_that_nobody_knows_and_nobody_limits_is_told_as_such() -> None:
    late = {**FLOWS["epr_hub"], "delay": "unknown"}
    asks = need_of(max_age=None)
    view = changed(example(flows={"epr_hub": late}, needs={"discharge_meds": asks}))
    assert view.sentences[0].endswith("; how far out of date it then is nobody says.")
    hops = part_of(view, "By which way").hops
    assert [hop.age for hop in hops] == ["30 min", "not known", "not known", "not known"]


def test_a_time_just_past_its_limit_is_told_as_a_little_more() -> None:
    slow = {**FLOWS["hub_asc"], "wait": "1 d 1 s"}
    asks = need_of(max_wait="1 d", max_age=None)
    view = changed(example(flows={"hub_asc": slow}, needs={"discharge_meds": asks}))
    told = "makes one wait a little more than 1 d, and at most 1 d is allowed"
    assert told in view.sentences[0]


def test_facts_that_decide_only_together_are_named_with_what_one_bad_answer_does() -> None:
    late = {**FLOWS["epr_hub"], "delay": "unknown"}
    slow = {**FLOWS["hub_asc"], "wait": "unknown"}
    first, second = changed(example(flows={"epr_hub": late, "hub_asc": slow})).sentences
    assert f"nobody says how long {FEED} takes from sending to arriving and how long" in first
    assert second.startswith("If all of that turns out well the need is met; it is unmet already ")


# ── The parts below ───────────────────────────────────────────────────────────────────────────────


def test_the_route_of_a_met_need_is_a_table_of_hops_with_cover_and_evidence() -> None:
    hops = part_of(seen(MET), "By which way").hops
    assert [hop.place for hop in hops] == [
        "Hospital record",
        "Social care record of Anyshire",
        "Social worker in Anyshire",
    ]
    assert hops[1].way == "MESH message"
    assert hops[1].age == "20 min"
    assert hops[1].evidence == "its standard is tested"


def test_the_room_that_is_left_to_each_limit_is_told() -> None:
    points = part_of(seen(MET), "By which way").points
    assert "Out of date: 20 min of 4 h allowed; 3 h 40 min to spare." in points
    assert any(words.startswith("The weakest hop is the one to ") for words in points)
    assert "From Acute hospital A: only one route." in points


def test_what_a_need_hangs_on_is_told_with_what_it_is_without_it() -> None:
    points = part_of(seen(MET), "What it hangs on").points
    assert "Social care record of Anyshire: without it the need is unmet." in points


def test_what_would_have_to_give_way_is_told_choice_by_choice() -> None:
    part = part_of(seen(UNMET), "What would have to give way")
    assert part.points == (
        "How out of date it may be, and how long it may take.",
        "Whether it is sent and kept, or only shown; and what is in use.",
    )


def test_the_hop_that_may_be_all_that_is_missing_stands_first_among_those_that_stop_it() -> None:
    points = part_of(seen(UNMET), "What stops it").points
    assert points[0].startswith("Hospital record → Duty desk in Otherborough (email): This flow")
    assert points[0].endswith("From there a route leads on as things are.")


def test_the_nearest_miss_marks_the_hop_at_which_it_fails() -> None:
    hops = part_of(seen(UNMET), "The nearest miss").hops
    assert [bool(hop.broken) for hop in hops] == [False, True]


def test_who_is_not_covered_is_told_with_where_they_are_lost() -> None:
    (told,) = part_of(seen(PARTLY), "Who is not covered").points
    assert "Care homes look into the shared record reaches 40 of 65" in told
    assert "The folder at the care home" in told


def test_what_to_find_out_says_whom_to_ask_and_what_each_answer_does() -> None:
    part = part_of(seen(UNDETERMINED), "What to find out")
    (question,) = part.points
    assert question.startswith("District nurse: How many of them can use Community record?")
    assert "Ask Community services A" in question
    assert part.after == (
        "Met, whatever else is unknown, if 1 turns out well.",
        "Unmet, whatever else is unknown, if 1 turns out badly.",
    )


def test_an_undetermined_need_shows_the_route_at_best_and_what_stops_it_at_worst() -> None:
    titles = [part.title for part in seen(UNDETERMINED).parts]
    assert "At best: medications from Primary care A" in titles
    assert "What stops it: medications from Primary care A, with the unknown at worst" in titles


def test_no_raw_id_of_a_category_or_of_a_flow_is_shown() -> None:
    landscape = region()
    ids = [name for name in landscape.flows if "_" in name]
    ids += [item.category for need in landscape.needs.values() for item in need.content]
    for need in ONE_OF_EACH:
        words = f" {written(need, 'text')} "
        assert not [name for name in ids if "_" in name and name in words]


@pytest.mark.parametrize(
    ("interval", "words"),
    [("1 d", "leaves it 1 d 16 h out"), ("unknown", "leaves it at least 16 h out")],
)
def test_a_flow_that_is_too_slow_even_at_best_is_told_to_be_at_least_that_slow(
    interval: str, words: str
) -> None:
    late = {"mode": "batch", "interval": interval, "delay": "0 s", "hours": "Mon-Sun 09:00-17:00"}
    feed = two_partners({f"flows/feed/{key}": value for key, value in late.items()})
    feed["needs"]["medicines"]["max_age"] = "1 h"
    found = landscape(**feed)
    view = explanation_view(explain(found, "medicines"), Names(found, named=False))
    assert words in view.sentences[0]
    assert words in part_of(view, "What stops it").points[0]


def test_a_need_that_hangs_on_two_systems_is_lost_with_either() -> None:
    found = landscape(**two_partners())
    view = explanation_view(explain(found, "medicines"), Names(found, named=False))
    assert view.sentences[1] == (
        "It hangs on Care system and Hospital record: without either of them the need is no longer "
        "met."
    )
