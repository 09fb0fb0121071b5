"""The worked example: a discharge, a social worker, the medicines on the first evening at home.

Each variant changes one fact; the verdict is reasoned in the comment beside it, not computed.
"""

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from sharedcare.flows import NeedVerdict, judge
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Form, Reason, Verdict
from tests.oracle.example import EXAMPLE

NEED = "discharge_meds"


def verdict_with(edit: Callable[[dict[str, Any]], object]) -> NeedVerdict:
    """The verdict on the example's need after an edit of the profile."""
    raw = copy.deepcopy(EXAMPLE)
    edit(raw)
    (found,) = judge(landscape_of(raw)).needs
    return found


def as_it_is(raw: dict[str, Any]) -> None:
    """Leave the example as it is."""


def alert_by_phone(within: str) -> Callable[[dict[str, Any]], None]:
    """Ask to be told, by whatever means, within a time."""

    def edit(raw: dict[str, Any]) -> None:
        raw["needs"][NEED] |= {"use": "alert", "max_age": within, "max_rekeys": 1}
        raw["needs"][NEED]["content"][0]["min_form"] = "verbal"

    return edit


def test_the_need_is_met_for_eleven_of_twelve_social_workers() -> None:
    found = verdict_with(as_it_is)
    (item,) = found.items
    assert found.verdict is Verdict.MET
    assert item.coverage.low == item.coverage.high == Fraction(11, 12)
    assert [step.place for step in item.path] == ["epr", "hub", "asc", "social_worker"]
    # Written up in 30 min, pushed in 5 min, shown within 10 s.
    assert (item.age, item.wait) == (30 * 60 + 5 * 60 + 10, 10)
    assert item.form is Form.DOCUMENT


def unsigned(raw: dict[str, Any]) -> None:
    """The agreement is a draft."""
    raw["agreements"]["shcr"]["status"] = "draft"


def no_agreements(raw: dict[str, Any]) -> None:
    """Nothing is recorded about agreements at all."""
    del raw["agreements"]


def short_history(raw: dict[str, Any]) -> None:
    """The view reaches back a week only."""
    raw["flows"]["hub_asc"]["history"] = "1 w"


def not_known_when_written_up(raw: dict[str, Any]) -> None:
    """Nobody knows how long the ward takes to write it up."""
    raw["systems"]["epr"]["holds"]["medications.on_discharge"]["written_up_in"] = "unknown"


@pytest.mark.parametrize(
    ("edit", "verdict", "reasons"),
    [
        # A draft names both parties, so cover is known to be absent; the call says direct care and
        # needs none, but it is out of date by 64 h closed + 2 h and only spoken.
        (unsigned, Verdict.UNMET, (Reason.NO_AGREEMENT,)),
        # Nobody recorded anything: perhaps there is cover. Between unmet and met.
        (no_agreements, Verdict.UNDETERMINED, None),
        # The view shows a week where 30 days are asked; the call is too old and only spoken.
        (short_history, Verdict.UNMET, (Reason.HISTORY,)),
        # At best at once, at worst never: between unmet and met.
        (not_known_when_written_up, Verdict.UNDETERMINED, (Reason.AGE,)),
        # The nurse reads at once (30 min old), and from Friday 17:00 the phone is quiet for 64 h;
        # with 2 h for the call itself 66 h 30 min pass. The view is no alert.
        (alert_by_phone("2 h"), Verdict.UNMET, None),
        (alert_by_phone("70 h"), Verdict.MET, ()),
    ],
)
def test_a_variant_has_the_verdict_that_the_rules_give(
    edit: Callable[[dict[str, Any]], object],
    verdict: Verdict,
    reasons: tuple[Reason, ...] | None,
) -> None:
    found = verdict_with(edit)
    assert found.verdict is verdict
    if reasons is not None:
        assert found.items[0].reasons == reasons


def test_the_call_reaches_every_social_worker_even_those_without_the_system() -> None:
    # Told by phone they need no system: all twelve are reached, 66 h 30 min after the event.
    (item,) = verdict_with(alert_by_phone("70 h")).items
    assert item.coverage.low == 1
    assert item.age == 66 * 3600 + 30 * 60
    assert [step.flow for step in item.path] == [None, None, "ward_call"]


def test_what_is_assumed_is_said() -> None:
    assumed = verdict_with(as_it_is).assumptions
    assert "Hospital social worker is let into Social care system." in assumed
    assert any("by which identifier" in sentence for sentence in assumed)


def test_without_written_up_in_the_age_counts_from_when_the_record_holds_it() -> None:
    def edit(raw: dict[str, Any]) -> None:
        del raw["systems"]["epr"]["holds"]["medications.on_discharge"]["written_up_in"]

    found = verdict_with(edit)
    assert found.verdict is Verdict.MET
    assert found.items[0].age == 5 * 60 + 10
    assert (
        "Medicines on discharge: how old it is counts from when Hospital record holds it."
        in found.assumptions
    )
