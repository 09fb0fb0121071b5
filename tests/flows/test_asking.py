"""What to ask first is what decides most."""

import copy

from sharedcare.flows import ask_first, judge
from sharedcare.landscape import landscape_of
from tests.oracle.example import EXAMPLE


def test_the_one_unknown_fact_is_asked_for_with_what_it_would_decide() -> None:
    raw = copy.deepcopy(EXAMPLE)
    raw["systems"]["epr"]["holds"]["medications.on_discharge"]["written_up_in"] = "unknown"
    landscape = landscape_of(raw)
    first, *_ = ask_first(landscape, judge(landscape))
    assert str(first.fact) == "systems.epr.holds.medications.on_discharge.written_up_in"
    assert first.if_good == first.if_bad == ("discharge_meds",)


def test_nothing_is_asked_where_everything_is_decided() -> None:
    landscape = landscape_of(copy.deepcopy(EXAMPLE))
    assert ask_first(landscape, judge(landscape)) == ()
