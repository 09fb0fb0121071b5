"""The page of verdicts is held to the code: its worked example, reasons and families."""

import copy
import re
from fractions import Fraction
from typing import Any

import pytest
import yaml

from sharedcare.flows import judge
from sharedcare.flows.judging import MAX_DECIDING_FACTS
from sharedcare.flows.search import MAX_WAYS, MAX_WAYS_IN_ALL
from sharedcare.flows.why.relaxations import MAX_WAYS_FOR_A_NEED
from sharedcare.flows.why.spread import MAX_LABELS
from sharedcare.landscape import (
    landscape_of,
)
from sharedcare.reports.words.figures import time_words
from sharedcare.vocabulary import Family, Reason
from tests.docs.pages import DOCS, blocks_of, keys_in, rows, section


def worked_example() -> dict[str, Any]:
    (block,) = (block for block in blocks_of(DOCS / "verdicts.md") if block.kind == "yaml")
    made: dict[str, Any] = yaml.load(block.text, Loader=yaml.BaseLoader)  # everything as text
    return made


def variants() -> list[list[str]]:
    return rows(section("verdicts.md", "What changes it"), 4)


def changed(profile: dict[str, Any], cell: str) -> dict[str, Any]:
    """Apply what the first column of a variant says: ways with their values, or left out."""
    made = copy.deepcopy(profile)
    for way, value, left_out in re.findall(r"`([^`:]+)(?:: ([^`]*))?`( left out)?", cell):
        holder, key = parting(made, way)
        if left_out:
            del holder[key]
        else:
            holder[key] = yaml.load(value, Loader=yaml.BaseLoader)
    return made


def parting(profile: dict[str, Any], way: str) -> tuple[Any, str]:
    """Follow ``needs.a.content[0].from`` to its last key and what holds it; ids may hold dots."""
    holder: Any = profile
    while True:
        position = re.match(r"\[(\d+)\]\.?", way)
        if position:
            holder, way = holder[int(position[1])], way[position.end() :]
            continue
        starts = [key for key in holder if re.match(rf"{re.escape(key)}[.\[]", way)]
        if not starts:
            return holder, way
        longest = max(starts, key=len)
        holder, way = holder[longest], way.removeprefix(longest).removeprefix(".")


def covered_words(low: Fraction, high: Fraction) -> str:
    return str(low) if low == high else f"{low} to {high}"


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: str(variant[0]))
def test_each_variant_of_the_worked_example_has_the_verdict_that_is_told(
    variant: list[str],
) -> None:
    change_said, verdict, covered, reasons = variant
    (found,) = judge(landscape_of(changed(worked_example(), change_said))).needs
    (item,) = found.items
    assert found.verdict.words == verdict
    assert covered_words(item.coverage.low, item.coverage.high) == covered
    assert [reason.value for reason in item.reasons] == re.findall("`(.*?)`", reasons)


def test_the_variants_show_every_reason_that_can_be_shown_on_one_need() -> None:
    shown = {reason for row in variants() for reason in re.findall("`(.*?)`", row[3])}
    assert {reason.value for reason in Reason} - shown == {"NO_ROUTE", "REKEY"}


def test_the_hops_of_the_worked_example_are_those_that_are_told() -> None:
    (found,) = judge(landscape_of(worked_example())).needs
    (item,) = found.items
    told = rows(section("verdicts.md", "A worked example"), 7)
    assert [time_words(step.age) for step in item.path] == [row[2] for row in told]
    assert [step.wait for step in item.path] == [int(row[3].removesuffix(" s")) for row in told]
    assert [step.form.word for step in item.path] == [row[4] for row in told]
    assert [Fraction(row[5].replace(" of ", "/")) for row in told] == [s.reach for s in item.path]


def test_the_page_explains_every_reason() -> None:
    assert keys_in(section("verdicts.md", "Reasons"), 3) == [reason.value for reason in Reason]


def test_the_page_explains_every_family_of_condition_and_when_its_search_is_given_up() -> None:
    text = section("verdicts.md", "Why not: what would have to give way")
    told = [(row[0].strip("`"), row[1]) for row in rows(text, 3)]
    assert told == [(family.value, family.words) for family in Family]
    assert f"({MAX_WAYS_FOR_A_NEED:,} ways for one need" in text
    assert f"({MAX_LABELS:,} labels for one source)" in section("verdicts.md", "The certificate")


COUNT_WORDS = {6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


def test_the_page_says_when_a_search_is_given_up() -> None:
    text = " ".join(section("verdicts.md", "What is not known").split())
    item, together = MAX_WAYS, MAX_WAYS_IN_ALL
    assert f"{item:,} for one item, {together:,} for all together" in text
    assert f"more than {COUNT_WORDS[MAX_DECIDING_FACTS]} such facts" in text
