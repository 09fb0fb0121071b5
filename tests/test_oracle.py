"""The evaluator that the product is compared with, held to verdicts reasoned by hand."""

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.evaluator import NeedAnswer, evaluate
from tests.oracle.example import EXAMPLE
from tests.oracle.values import longest_closed

NEED = "needs/discharge_meds"
ITEM = f"{NEED}/content/0"
GP_HOLDING = "systems/gp/holds/medications.repeat"
HOUR = 3600


def edited(**edits: Any) -> dict[str, Any]:
    """The worked example with values put at slash paths; None takes an entry away."""
    profile = deepcopy(EXAMPLE)
    for path, value in edits.items():
        *parents, last = path.split("/")
        into: Any = profile
        for parent in parents:
            into = into[int(parent) if isinstance(into, list) else parent]
        if value is None:
            into.pop(last, None)
        else:
            into[last] = deepcopy(value)
    return profile


def answer(**edits: Any) -> NeedAnswer:
    """The answer to the example's need after some edits."""
    return evaluate(edited(**edits))["discharge_meds"]


def verdict(**edits: Any) -> str:
    """The verdict on the example's need after some edits."""
    return answer(**edits).verdict


def test_the_worked_example_is_met_for_eleven_of_twelve() -> None:
    """Pushed to the hub (35 min), viewed in `asc` (10 s), as a document, under the agreement."""
    met = answer()
    assert (met.verdict, met.low, met.high) == ("met", "met", "met")
    assert met.items[0].coverage_low == met.items[0].coverage_high == Fraction(11, 12)
    assert met.items[0].sources == ("hospital",)


def test_a_draft_agreement_that_names_both_parties_leaves_the_cover_absent() -> None:
    """The draft names hospital and council, so the cover is no unknown.

    The other way, the ward's call, may be made (`basis`), but is verbal where a document is asked.
    """
    assert verdict(**{"agreements/shcr/status": "draft"}) == "unmet"


def test_without_any_agreement_the_cover_is_unknown() -> None:
    """`hub_asc` lists none and none names both: absent at worst, met as in the example at best."""
    assert answer(agreements=None).low == "unmet"
    assert answer(agreements=None).high == "met"
    assert verdict(agreements=None) == "undetermined"


def test_a_view_with_too_short_a_history_shows_nothing_of_the_lookback() -> None:
    """14 d of history under a lookback of 30 d, and no other way than the verbal call."""
    assert verdict(**{"flows/hub_asc/history": "14 d"}) == "unmet"
    assert verdict(**{"flows/hub_asc/history": "30 d"}) == "met"


def test_an_unknown_time_to_write_up_decides_against_a_limit_on_age() -> None:
    """At worst it is endless, over 2 h; at best nothing. Without a limit it cannot matter."""
    written_up = "systems/epr/holds/medications.on_discharge/written_up_in"
    assert verdict(**{written_up: "unknown"}) == "undetermined"
    assert verdict(**{written_up: "unknown", f"{NEED}/max_age": None}) == "met"


def test_a_call_in_office_hours_comes_too_late_for_an_alert_within_two_hours() -> None:
    """The nurse reads `epr` (a hop by `uses`) and calls: 30 min + 2 h + 64 h over the weekend.

    The reading is a view, but before the last human place passed, so that an alert allows it;
    the hub's view is none that an alert allows. 66 h 30 min is over 2 h.
    """
    alert = {f"{NEED}/use": "alert", f"{ITEM}/min_form": "verbal"}
    assert verdict(**alert) == "unmet"


def test_the_same_call_is_in_time_for_an_alert_within_seventy_hours() -> None:
    """66 h 30 min ≤ 70 h; a phone into a person re-keys nothing; all of them are reached."""
    alert = {f"{NEED}/use": "alert", f"{ITEM}/min_form": "verbal", f"{NEED}/max_age": "70 h"}
    met = answer(**alert)
    assert met.verdict == "met"
    assert met.items[0].coverage_low == Fraction(1)
    assert verdict(**alert | {f"{NEED}/max_age": "66 h"}) == "unmet"


REPEATS = {f"{ITEM}/category": "medications.repeat", f"{NEED}/max_age": "2 d"}


def test_a_batch_is_as_old_as_its_interval_and_reaches_some_practices() -> None:
    """1 d 10 min ≤ 2 d; 27 of 30 practices are as low as 0.9; the hub is a processor for all."""
    met = answer(**REPEATS)
    assert met.verdict == "met"
    assert met.items[0].coverage_low == Fraction(27, 30)
    assert verdict(**REPEATS | {f"{NEED}/max_age": "1 d"}) == "unmet"
    assert verdict(**REPEATS | {"flows/gp_hub/reach": "26 of 30"}) == "partly_met"


def test_a_hub_that_is_no_processor_needs_an_agreement_with_its_own_organisation() -> None:
    """gp → hub is then practices → hospital, which a draft does not cover; basis does."""
    own = REPEATS | {"systems/hub/processor_for": None}
    assert verdict(**own) == "met"
    assert verdict(**own | {"flows/gp_hub/agreements": []}) == "unmet"
    by_basis = {"flows/gp_hub/agreements": [], "flows/gp_hub/basis": "direct_care"}
    assert verdict(**own | by_basis) == "met"


def test_a_processor_passes_nothing_to_its_own_organisation_without_cover() -> None:
    """As a processor for the hospital `asc` may be sent to, but the worker must be agreed on."""
    processor = {"systems/asc/processor_for": ["acute"]}
    assert verdict(**processor) == "met"
    assert verdict(**processor, **{"agreements/shcr/status": "draft"}) == "unmet"
    assert verdict(**processor, agreements=None) == "undetermined"


@pytest.mark.parametrize(
    ("jurisdiction", "slots", "expected"),
    [
        ("england", {"article_6": "e", "article_9": "h"}, "undetermined"),
        ("england", {"article_6": "e", "article_9": "h", "confidentiality": "none"}, "unmet"),
        ("england", "none", "unmet"),
        ("england", "unknown", "undetermined"),
        ("england", None, "undetermined"),
        ("eu", {"article_6": "e", "article_9": "h"}, "met"),
        ("eu", {"article_6": "e"}, "undetermined"),
        ("other", "none", "met"),
        (None, "none", "met"),
    ],
)
def test_the_lawful_basis_is_what_the_jurisdiction_asks_for(
    jurisdiction: str | None, slots: Any, expected: str
) -> None:
    """Unsaid is unknown, `none` is known to be lacking, and elsewhere nothing is asked."""
    edits = {"meta/jurisdiction": jurisdiction, "agreements/shcr/lawful_basis": slots}
    assert verdict(**edits) == expected


@pytest.mark.parametrize(
    ("valid", "expected"),
    [
        ({"until": "2026-11-01"}, "met"),
        ({"from": "2026-11-01"}, "met"),
        ({"until": "2026-10-31"}, "unmet"),
        ({"from": "2026-11-02"}, "unmet"),
        ({"from": "2026-11-02", "until": "unknown"}, "unmet"),
        ({"from": "2026-11-01", "until": "unknown"}, "undetermined"),
        ("unknown", "undetermined"),
    ],
)
def test_both_days_of_a_period_belong_to_it(valid: Any, expected: str) -> None:
    """Of an agreement and of a flow alike."""
    assert verdict(**{"agreements/shcr/valid": valid}) == expected
    assert verdict(**{"flows/hub_asc/valid": valid}) == expected


@pytest.mark.parametrize(
    ("mode", "use", "expected"),
    [
        ("view", "view", "met"),
        ("view", "ingest", "unmet"),
        ("pull", "view", "met"),
        ("pull", "ingest", "met"),
        ("pull", "alert", "unmet"),
        ("push", "ingest", "met"),
        ("push", "alert", "met"),
    ],
)
def test_what_a_mode_is_good_for(mode: str, use: str, expected: str) -> None:
    """Ingest bears no view, alert neither view nor pull."""
    time = {"delay": "10 s"} if mode == "push" else {"wait": "10 s"}
    flow = EXAMPLE["flows"]["hub_asc"] | {"mode": mode, "wait": None} | time
    assert verdict(**{"flows/hub_asc": flow, f"{NEED}/use": use}) == expected


@pytest.mark.parametrize(
    ("mode", "kind", "expected"),
    [
        ("view", "shared_record", "unmet"),
        ("view", "paper", "met"),
        ("pull", "shared_record", "met"),
        ("push", "shared_record", "met"),
    ],
)
def test_what_was_merely_shown_is_passed_on_by_people_only(
    mode: str, kind: str, expected: str
) -> None:
    """A view into the hub ends there; out of a human place, or after a pull, a view goes on."""
    flow = EXAMPLE["flows"]["epr_hub"] | {"mode": mode, "wait": "5 s", "history": "1 y"}
    assert verdict(**{"flows/epr_hub": flow, "systems/hub/kind": kind}) == expected


def test_a_push_needs_what_is_stored() -> None:
    """What the hub pulled it has not stored, so that it cannot push it on."""
    pulled = {"mode": "pull", "wait": "5 s", "history": "1 y"}
    pushed = {"mode": "push", "delay": "1 min"}
    edits = {
        "flows/epr_hub": EXAMPLE["flows"]["epr_hub"] | pulled,
        "flows/hub_asc": EXAMPLE["flows"]["hub_asc"] | pushed,
    }
    assert verdict(**edits) == "unmet"
    assert verdict(**edits | {"systems/hub/kind": "paper"}) == "met"


@pytest.mark.parametrize(
    ("mode", "max_wait", "expected"),
    [("view", "30 s", "unmet"), ("view", "40 s", "met"), ("manual", "1 s", "met")],
)
def test_a_person_keeps_one_waiting_until_something_is_stored(
    mode: str, max_wait: str, expected: str
) -> None:
    """20 s to look it up and 20 s to be shown it are 40 s of wait; once told, it is just there."""
    carries = {"as_held": "all"}
    edits = {
        "stakeholders/ward_nurse/uses": None,
        "flows/hub_asc": None,
        "flows/lookup": {
            "from": "epr",
            "to": "ward_nurse",
            "mechanism": "separate_login",
            "mode": "view",
            "wait": "20 s",
            "history": "5 y",
            "carries": carries,
        },
        "flows/passed_on": {
            "from": "ward_nurse",
            "to": "social_worker",
            "mechanism": "in_context_launch" if mode == "view" else "phone",
            "mode": mode,
            "wait" if mode == "view" else "delay": "20 s",
            "history": "5 y",
            "carries": carries,
        },
        f"{NEED}/max_wait": max_wait,
    }
    assert verdict(**edits) == expected


def test_the_holder_itself_fits_a_view_and_an_ingest_but_no_alert() -> None:
    """The nurse uses `epr`: an empty route; to be alerted something would have to come."""
    nurse = {f"{NEED}/stakeholder": "ward_nurse", f"{ITEM}/min_form": "coded"}
    assert verdict(**nurse) == "met"
    assert verdict(**nurse, **{f"{NEED}/use": "ingest"}) == "met"
    assert verdict(**nurse, **{f"{NEED}/use": "alert"}) == "unmet"


def test_a_need_at_a_system_ends_there_and_nowhere_else() -> None:
    """The call ends at the worker; with `at` it does not count; nor what they do not use."""
    call = {"flows/hub_asc": None, f"{ITEM}/min_form": "verbal", f"{NEED}/max_age": "70 h"}
    assert verdict(**call) == "met"
    assert verdict(**call, **{f"{NEED}/at": "asc"}) == "unmet"
    assert verdict(**{f"{NEED}/at": "asc"}) == "met"
    assert verdict(**{f"{NEED}/at": "hub"}) == "unmet"


@pytest.mark.parametrize(
    ("access", "expected"), [("yes", "met"), ("no", "unmet"), ("unknown", "undetermined")]
)
def test_a_system_without_access_counts_for_nothing(access: str, expected: str) -> None:
    """Neither as an end nor as a hop."""
    use = {"system": "asc", "access": access}
    assert verdict(**{"stakeholders/social_worker/uses": [use]}) == expected


def test_the_longest_holding_of_a_live_system_is_the_source() -> None:
    """With `epr` gone, a GP's holding of all medications is the nearest; then it is a day old."""
    gp = {"systems/gp/holds": {"coded": ["medications"]}, f"{ITEM}/lookback": None}
    assert answer(**gp).items[0].sources == ("hospital",)
    retired = gp | {"systems/epr/lifecycle": "retired", f"{NEED}/max_age": "2 d"}
    assert answer(**retired).items[0].sources == ("practices",)
    assert verdict(**retired) == "met"


def test_not_knowing_who_is_a_source_can_make_more_the_worse() -> None:
    """If `epr` is live it is the source and does not arrive; if not, the GP is, and does."""
    unsure = {
        "systems/gp/holds": {"coded": ["medications"]},
        f"{ITEM}/lookback": None,
        f"{NEED}/max_age": "2 d",
        "systems/epr/lifecycle": "unknown",
        "flows/epr_hub/status": "retired",
    }
    found = answer(**unsure)
    assert (found.low, found.high, found.verdict) == ("unmet", "met", "undetermined")
    assert found.items[0].sources == ("hospital", "practices")


BOTH_HOLD = {
    "systems/gp/holds": {"medications.on_discharge": {"form": "coded", "history": "1 y"}},
    "systems/epr/holds": {"medications.on_discharge": {"form": "coded", "history": "1 y"}},
}


def test_an_authoritative_holding_is_the_only_source() -> None:
    """Both hold it alike: both are sources; one is authoritative: it alone; unknown: who knows.

    The GP's part is a day old, over 2 h, so that it counts against the need where it is asked for.
    """
    authoritative = "systems/epr/holds/medications.on_discharge/authoritative"
    assert answer(**BOTH_HOLD).items[0].sources == ("hospital", "practices")
    assert verdict(**BOTH_HOLD) == "partly_met"
    assert verdict(**BOTH_HOLD, **{authoritative: True}) == "met"
    assert verdict(**BOTH_HOLD, **{authoritative: "unknown"}) == "undetermined"


def test_the_part_of_each_type_is_wanted_unless_any_will_do() -> None:
    """Acute 11/12, primary care 0: the lowest is 0, yet one source arrives; the highest is met."""
    each, either = answer(**BOTH_HOLD), answer(**BOTH_HOLD, **{f"{ITEM}/sources": "any"})
    assert (each.verdict, each.items[0].coverage_high) == ("partly_met", Fraction(0))
    assert (either.verdict, either.items[0].coverage_low) == ("met", Fraction(11, 12))


@pytest.mark.parametrize(
    ("population", "instances", "expected"),
    [
        (100000, 3, Fraction(2, 3) * Fraction(11, 12)),
        (None, 3, Fraction(1, 4) * Fraction(11, 12)),
        (None, None, Fraction(1, 2) * Fraction(11, 12)),
        ("unknown", 3, Fraction(1, 4) * Fraction(11, 12)),
    ],
)
def test_sources_of_one_type_are_weighted_by_population_or_else_by_instances(
    population: Any, instances: int | None, expected: Fraction
) -> None:
    """A second hospital holds nothing: 200,000 of 300,000 people, or 1 of 4 sites, are covered."""
    second = {"name": "Second", "type": "acute", "population": population, "instances": instances}
    kept = {name: value for name, value in second.items() if value is not None}
    found = answer(**{"organisations/second": kept, f"{ITEM}/from": ["acute"]})
    assert found.verdict == "partly_met"
    assert found.items[0].coverage_low == expected


def test_a_named_source_that_holds_nothing_is_not_covered() -> None:
    """The council and the hospital are asked for; only the hospital's part comes."""
    asked = {f"{ITEM}/from": ["council", "acute"]}
    assert answer(**asked).items[0].sources == ("council", "hospital")
    assert verdict(**asked) == "partly_met"
    assert verdict(**{f"{ITEM}/from": ["council"]}) == "unmet"


def test_an_item_that_nobody_holds_has_no_source_and_is_unmet() -> None:
    """An entry below the category holds nothing of it."""
    assert verdict(**{f"{ITEM}/category": "medications"}) == "unmet"
    assert answer(**{f"{ITEM}/category": "medications"}).items[0].sources == ()


def test_an_item_that_is_not_required_does_not_count() -> None:
    """Allergies come from nowhere: partly met if required, by default; else met."""
    items = [*EXAMPLE["needs"]["discharge_meds"]["content"], {"category": "allergies"}]
    assert verdict(**{f"{NEED}/content": items}) == "partly_met"
    items[1] = {"category": "allergies", "required": False}
    spared = answer(**{f"{NEED}/content": items})
    assert (spared.verdict, spared.items[1].verdict) == ("met", "unmet")


@pytest.mark.parametrize(
    ("own", "hub", "expected"),
    [
        (None, None, "met"),
        (None, ["local"], "unmet"),
        (None, ["local", "nhs_number"], "met"),
        ("local", ["local", "nhs_number"], "unmet"),
        ("nhs_number", ["local", "nhs_number"], "met"),
        ("local", None, "met"),
    ],
)
def test_both_ends_know_people_by_one_domain(
    own: str | None, hub: list[str] | None, expected: str
) -> None:
    """`epr` declares the NHS number; where the hub declares nothing it is not tested."""
    edits = {"flows/epr_hub/identity_domain": own, "systems/hub/identity_domains": hub}
    assert verdict(**edits) == expected


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [
        ("40/week", "met"),
        ("5/day", "unmet"),
        ("6/day", "met"),
        ("unknown", "undetermined"),
        ({"low": "30/week", "likely": "40/week", "high": "50/week"}, "undetermined"),
    ],
)
def test_a_flow_bears_the_events_of_the_need(capacity: Any, expected: str) -> None:
    """40 events a week: 5 a day are 35, 6 a day are 42."""
    assert verdict(**{"flows/epr_hub/capacity": capacity}) == expected


@pytest.mark.parametrize(
    ("rekeyed", "mechanism", "kind", "expected"),
    [
        (None, "email", "shared_record", "undetermined"),
        (None, "email", "paper", "met"),
        (None, "mesh", "shared_record", "met"),
        (True, "mesh", "shared_record", "unmet"),
        (False, "email", "shared_record", "met"),
        ("unknown", "mesh", "paper", "undetermined"),
    ],
)
def test_typing_it_again_is_unknown_where_a_hand_must_have_done_it(
    rekeyed: Any, mechanism: str, kind: str, expected: str
) -> None:
    """No re-key is allowed; an e-mail into a record is silent about it, one onto paper is not."""
    edits = {
        "flows/epr_hub/rekeyed": rekeyed,
        "flows/epr_hub/mechanism": mechanism,
        "systems/hub/kind": kind,
    }
    assert verdict(**edits) == expected


def test_a_form_that_is_not_said_is_unknown_and_nothing_raises_a_form() -> None:
    """Coded is wanted at the hub's end: unsaid in transit it may be; shown as a document never."""
    coded = {f"{ITEM}/min_form": "coded"}
    assert verdict(**coded) == "unmet"
    assert verdict(**coded, **{"flows/hub_asc/carries": {"medications": {}}}) == "undetermined"
    assert verdict(**coded, **{"flows/hub_asc/carries": {"as_held": "all"}}) == "met"
    longest = {"medications": "coded", "medications.on_discharge": "text"}
    assert verdict(**coded, **{"flows/hub_asc/carries": longest}) == "unmet"


@pytest.mark.parametrize(
    ("hours", "closed"),
    [
        ("Mon-Fri 09:00-17:00", 64),
        ("Mon-Fri 09:00-17:00, Sat 10:00-12:00", 45),
        ("09:00-17:00", 16),
        ("22:00-06:00", 16),
        ("Sat 10:00-12:00", 166),
        ("Fri-Mon 20:00-02:00", 90),
        ("Mon-Thu 06:00-18:00, 12:00-21:00", 15),
        ("Mon-Sun 06:00-18:00, 18:00-06:00", 0),
    ],
)
def test_the_longest_closed_stretch_of_a_week(hours: str, closed: int) -> None:
    """From Friday 17:00 to Monday 09:00 are 64 h; from Tuesday 02:00 to Friday 20:00 are 90 h."""
    assert longest_closed(hours) == closed * HOUR
