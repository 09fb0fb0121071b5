"""The landscape as measured is the one that an honest author would have written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.flows import judge
from sharedcare.flows.coverage import rank
from sharedcare.landscape import Landscape
from sharedcare.measured.code_systems import LONGEST
from sharedcare.measured.patches import patches_of
from sharedcare.vocabulary import Form, Verdict
from tests.measured.sent import LOCAL, LOINC, Json, coded, medicine, partners, payloads, shares

CODED_NEED = [{"category": "medications", "min_form": "coded"}]
ASKS_CODED: dict[str, object] = {"needs/medicines/content": CODED_NEED}


def as_measured(sent: list[Json], changes: dict[str, object] | None = None) -> Landscape:
    return payloads(partners(changes), {"epr": sent}).as_measured


def form_of(found: Landscape, category: str = "medications") -> object:
    return found.systems["epr"].holds[category].form


def test_declared_coded_and_measured_two_fifths_coded_turns_the_need() -> None:
    declared = partners(ASKS_CODED)
    measured = payloads(declared, {"epr": shares(40, 60)}).as_measured
    assert [judge(found).needs[0].verdict for found in (declared, measured)] == [
        Verdict.MET,
        Verdict.UNMET,
    ]
    assert form_of(declared) is Form.CODED


def test_it_is_what_an_author_would_have_written_who_knew() -> None:
    written = partners(
        {
            **ASKS_CODED,
            "systems/epr/holds/medications/form": "text",
            "systems/epr/holds/medications/code_systems": ["http://snomed.info/sct"],
            "flows/feed/carries": {"medications": "text"},
        }
    )
    assert as_measured(shares(40, 60), ASKS_CODED) == written


def test_what_is_measured_as_declared_changes_nothing() -> None:
    changes: dict[str, object] = {"systems/epr/holds/medications/code_systems": ["SNOMED CT"]}
    found = payloads(partners(changes), {"epr": shares(100, 0)})
    assert found.as_measured is found.declared


@pytest.mark.parametrize("declared", [{"form": "unknown"}, {}])
def test_a_form_that_nobody_knew_is_known_then(declared: dict[str, object]) -> None:
    changes: dict[str, object] = {"systems/epr/holds/medications": declared}
    assert form_of(as_measured(shares(100, 0), changes)) is Form.CODED


def test_a_better_form_than_is_declared_is_taken_too_but_no_flow_is_raised() -> None:
    changes: dict[str, object] = {
        "systems/epr/holds/medications/form": "text",
        "flows/feed/carries": {"medications": "document"},
    }
    found = as_measured(shares(100, 0), changes)
    assert form_of(found) is Form.CODED
    assert found.flows["feed"].carries["medications"].form is Form.DOCUMENT


def test_profiled_is_more_than_payloads_can_show_and_stays() -> None:
    changes: dict[str, object] = {
        "systems/epr/holds/medications/form": "profiled",
        "flows/feed/carries": {"medications": "profiled"},
    }
    found = as_measured(shares(100, 0), changes)
    assert form_of(found) is Form.PROFILED
    assert found.flows["feed"].carries["medications"].form is Form.PROFILED


def test_too_few_records_leave_everything_as_declared() -> None:
    found = payloads(partners(), {"epr": shares(0, 7)})
    assert found.as_measured is found.declared


@pytest.mark.parametrize(
    ("carries", "entry"),
    [
        ({"as_held": "all"}, "medications"),
        ({"as_held": ["medications"]}, "medications"),
        ({"coded": ["medications.repeat"]}, "medications.repeat"),
    ],
)
def test_whatever_way_a_flow_carries_it_no_more_goes_out_than_was_sent(
    carries: dict[str, Any], entry: str
) -> None:
    found = as_measured(shares(40, 60), {"flows/feed/carries": carries})
    assert found.flows["feed"].carries[entry].form is Form.TEXT
    assert not found.flows["feed"].carries[entry].as_held


def test_what_a_flow_carries_besides_stays_as_it_is() -> None:
    found = as_measured(shares(40, 60), {"flows/feed/carries": {"as_held": "all"}})
    assert found.flows["feed"].carries["all"].as_held


def test_a_system_that_only_passes_on_lowers_what_leaves_it() -> None:
    onward: dict[str, object] = {
        **ASKS_CODED,
        "systems/hub": {"name": "Hub", "organisation": "hospital"},
        "flows/feed/to": "hub",
        "flows/onward": {
            "from": "hub",
            "to": "asc",
            "mode": "push",
            "delay": "1 min",
            "carries": {"as_held": "all"},
            "basis": "direct_care",
        },
    }
    declared = partners(onward)
    measured = payloads(declared, {"hub": shares(40, 60)}).as_measured
    assert measured.systems == declared.systems
    verdicts = [judge(found).needs[0].verdict for found in (declared, measured)]
    assert verdicts == [Verdict.MET, Verdict.UNMET]


def test_the_changes_of_the_profile_stay_its_own() -> None:
    changes: dict[str, object] = {"changes/laid_over": {"name": "A new record"}}
    assert set(as_measured(shares(40, 60), changes).changes) == {"laid_over"}


def test_measured_code_systems_are_written_as_the_profile_writes_them() -> None:
    changes: dict[str, object] = {
        "systems/epr/holds/medications/code_systems": ["dm+d"],
        "systems/asc/holds": {
            "problems": {"form": "coded", "code_systems": ["Snomed CT", "LOINC"]}
        },
    }
    sent = [*shares(50, 0), *(medicine(coded(LOINC)) for _ in range(20))]
    found = as_measured([*sent, *(medicine(coded(LOCAL)) for _ in range(10))], changes)
    assert found.systems["epr"].holds["medications"].code_systems == ("Snomed CT", "LOINC", LOCAL)


@pytest.mark.parametrize("name", [" ", "a" * 20_000, "unknown", "\u202e", "\x00"])
def test_no_code_system_of_a_payload_ends_the_measurement(name: str) -> None:
    found = as_measured([medicine(coded(name)) for _ in range(20)])
    (written,) = found.systems["epr"].holds["medications"].code_systems
    assert written not in {"", "unknown"}
    assert len(written) <= LONGEST


def test_where_nothing_is_coded_no_code_system_is_left() -> None:
    changes: dict[str, object] = {"systems/epr/holds/medications/code_systems": ["dm+d"]}
    found = as_measured(shares(0, 20), changes)
    assert found.systems["epr"].holds["medications"].code_systems == ()


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(list(Form)))
def test_more_coded_records_never_worsen_a_verdict(coded_: int, more: int, least: Form) -> None:
    declared = partners(
        {"needs/medicines/content": [{"category": "medications", "min_form": least.word}]}
    )
    verdicts = [
        rank(judge(payloads(declared, {"epr": shares(n, 100 - n)}).as_measured).needs[0].verdict)
        for n in (min(coded_, 100), min(coded_ + more, 100))
    ]
    assert verdicts[0] <= verdicts[1]


@given(st.integers(0, 30), st.integers(0, 30))
def test_no_patch_says_what_is_declared_already(coded_: int, text: int) -> None:
    found = payloads(partners(), {"epr": shares(coded_, text)})
    patches = patches_of(found.declared, found.holdings["epr"])
    for kind, entries in patches.items():
        before, after = getattr(found.declared, kind), getattr(found.as_measured, kind)
        assert all(before[key] != after[key] for key in entries)
