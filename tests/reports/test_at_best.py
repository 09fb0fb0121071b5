"""A figure that rests on something unknown is printed as what it is at best, or as not known."""

from fractions import Fraction

import pytest

from sharedcare.flows import judge
from sharedcare.landscape import Landscape
from sharedcare.quantities import Duration
from sharedcare.reports.assessing.needs_view import age_words
from sharedcare.reports.document import need_part
from sharedcare.reports.explaining.hop_view import HopView, hop_views
from sharedcare.reports.words.figures import at_best, time_at_best
from sharedcare.reports.words.names import Names
from tests.builders import landscape, two_partners


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (at_best("coded", is_open=False), "coded"),
        (at_best("coded", is_open=True), "at best coded"),
        (at_best("", is_open=False), ""),
        (at_best("", is_open=True), "not known"),
        (time_at_best(0, is_open=False), "0 s"),
        (time_at_best(0, is_open=True), "not known"),
        (time_at_best(90, is_open=True), "at best 1 min 30 s"),
    ],
)
def test_what_is_open_is_told_at_its_best_and_nothing_is_not_known(told: str, words: str) -> None:
    assert told == words


def last_hop(changes: dict[str, object]) -> HopView:
    """The feed of two partners as the table of hops shows it."""
    made: Landscape = landscape(**two_partners(changes))
    (need,) = judge(made).needs
    return list(hop_views(need.items[0].path, Names(made, named=False)))[1]


def test_a_letter_of_which_nobody_knows_how_long_it_takes_is_not_there_at_once() -> None:
    hop = last_hop({"flows/feed/delay": None})
    assert (hop.age, hop.wait, hop.form) == ("not known", "0 s", "coded")


def test_an_interval_is_told_by_its_better_end() -> None:
    assert last_hop({"flows/feed/delay": {"low": "1 h", "high": "3 h"}}).age == "at best 1 h"
    assert last_hop({"flows/feed/reach": {"low": 0.5, "high": 0.9}}).reach == "at best 90 %"


def test_a_need_that_is_met_however_old_does_not_claim_to_be_fresh() -> None:
    (need,) = judge(landscape(**two_partners({"flows/feed/delay": "unknown"}))).needs
    assert age_words(need.items, None) == "not known"
    assert age_words(need.items, Duration(Fraction(86400), "1 d")) == "not known; limit 1 d"


def test_the_document_names_the_open_figures_beside_the_numbers() -> None:
    (need,) = judge(landscape(**two_partners({"flows/feed/delay": "unknown"}))).needs
    (item,) = need_part(need).items
    assert (item.age, item.open) == (0, ["age"])
    assert [step.open for step in item.path] == [[], ["age"], ["age"]]
