"""A witness says which of its figures rest on something unknown: they hold only at best."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.flows import ItemVerdict, Judge, judge
from sharedcare.landscape import landscape_of
from sharedcare.vocabulary import Verdict
from tests.builders import landscape, two_partners
from tests.oracle.landscapes import random_landscape


def witness(changes: dict[str, object]) -> ItemVerdict:
    """The item of the need of two partners, with some changes."""
    (need,) = judge(landscape(**two_partners(changes))).needs
    return need.items[0]


def test_where_everything_is_known_no_figure_is_open() -> None:
    found = witness({})
    assert found.open == ()
    assert not any(step.open for step in found.path)


@pytest.mark.parametrize(
    ("changes", "open_"),
    [
        ({"flows/feed/delay": None}, ("age",)),
        ({"flows/feed/mode": "view", "flows/feed/delay": None}, ("age", "wait")),
        ({"flows/feed/delay": {"low": "1 h", "likely": "2 h", "high": "3 h"}}, ("age",)),
        ({"flows/feed/carries": ["medications"]}, ("form",)),
        ({"flows/feed/reach": "unknown"}, ("reach",)),
        ({"flows/feed/rekeyed": "unknown"}, ("rekeys",)),
        ({"flows/feed/basis": None}, ("cover",)),
        ({"flows/feed/status": "unknown"}, ()),
    ],
)
def test_a_figure_is_open_from_where_the_unknown_comes_in(
    changes: dict[str, object], open_: tuple[str, ...]
) -> None:
    found = witness(changes)
    start, arrived, used = found.path
    assert start.open == ()
    assert arrived.open == open_
    # Whether it may be passed on is asked of each hop by itself.
    assert found.open == used.open == tuple(name for name in open_ if name != "cover")


def test_what_the_source_leaves_open_stays_open_on_the_way() -> None:
    found = witness({"systems/epr/holds/medications/written_up_in": "unknown"})
    assert [step.open for step in found.path] == [("age",)] * 3
    assert found.age == 300


def test_a_form_that_is_lower_than_the_unknown_one_is_not_open() -> None:
    found = witness(
        {
            "systems/epr/holds/medications/form": "verbal",
            "flows/feed/carries": ["medications"],
        }
    )
    assert found.open == ()


def test_a_need_without_a_limit_is_met_though_nobody_knows_how_old_it_is() -> None:
    (need,) = judge(landscape(**two_partners({"flows/feed/delay": "unknown"}))).needs
    assert need.verdict is Verdict.MET
    assert need.items[0].open == ("age",)


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=100)
def test_figures_that_are_not_open_stay_when_what_is_unknown_turns_out_badly(seed: int) -> None:
    judging = Judge(landscape_of(random_landscape(random.Random(seed))), explain=False)
    before = judging.judge()
    after = judging.knowing(dict.fromkeys(judging.unknown, False)).judge()
    for need, later in zip(before.needs, after.needs, strict=True):
        for item, then in zip(need.items, later.items, strict=True):
            same = [(s.place, s.flow) for s in item.path] == [(s.place, s.flow) for s in then.path]
            for name in ("age", "wait", "form", "reach", "rekeys") if same else ():
                if name not in item.open:
                    assert getattr(item, name) == getattr(then, name)
