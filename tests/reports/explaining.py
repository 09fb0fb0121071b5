"""Explanations that the tests of their words share."""

from functools import cache
from typing import Any

from sharedcare.flows.why.explanation import Explanation, explain
from sharedcare.landscape import Landscape
from sharedcare.loading import load_landscape
from sharedcare.reports.explaining.explanation import render_explained_need
from sharedcare.reports.explaining.view import ExplanationView, explanation_view
from sharedcare.reports.part import Part
from sharedcare.reports.words.names import Names
from tests.reports.making import MADE_FROM, PROJECT, example, need_of

#: One need of the fictional region for each verdict.
MET = "leaving_day_anyshire"
PARTLY = "medicines_chart_at_home"
UNMET = "leaving_day_otherborough"
UNDETERMINED = "both_records_on_a_visit"
ONE_OF_EACH = (MET, PARTLY, UNMET, UNDETERMINED)


@cache
def region(profile: str = "fictional-region") -> Landscape:
    return load_landscape(PROJECT / "profiles" / f"{profile}.yaml")


@cache
def explained(need: str, profile: str = "fictional-region") -> Explanation:
    return explain(region(profile), need)


def seen(need: str, profile: str = "fictional-region", named: bool = False) -> ExplanationView:
    return explanation_view(explained(need, profile), Names(region(profile), named))


def written(need: str, format_: str, named: bool = False) -> str:
    return render_explained_need(explained(need), Names(region(), named), MADE_FROM, format_)


def changed(landscape: Landscape) -> ExplanationView:
    """The explanation of the one need of the worked example, changed."""
    return explanation_view(explain(landscape, "discharge_meds"), Names(landscape, named=False))


def asking(**keys: Any) -> ExplanationView:
    """The explanation of the worked example, whose need asks something else."""
    return changed(example(needs={"discharge_meds": need_of(**keys)}))


def part_of(view: ExplanationView, title: str) -> Part:
    (found,) = [part for part in view.parts if part.title.startswith(title)]
    return found
