"""An explanation is written for a terminal, in Markdown and as JSON: each time the same."""

import json
import random
import re

import jsonschema
import pytest

from sharedcare.flows.why.explanation import explain
from sharedcare.landscape import landscape_of
from sharedcare.reports.explaining.document import explanation_schema
from sharedcare.reports.explaining.explanation import render_explained_need
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import columns_of
from tests.oracle.landscapes import random_landscape
from tests.reports.explaining import MET, ONE_OF_EACH, PARTLY, UNDETERMINED, UNMET, region, written
from tests.reports.making import MADE_FROM, example, need_of


@pytest.mark.parametrize("need", ONE_OF_EACH)
def test_a_terminal_of_80_columns_shows_it_without_cutting_a_word(need: str) -> None:
    lines = written(need, "text").splitlines()
    assert max(map(len, lines)) <= 80
    assert not _cut_words(need)


def _cut_words(need: str) -> list[str]:
    """Words that Markdown shows, apart from the heads of its columns, and the terminal does not."""
    shown = " ".join(written(need, "text").split()).lower()
    lines = written(need, "markdown").lower().splitlines()
    told = " ".join(line for line in lines if not line.startswith("| place |"))
    return [word for word in re.findall(r"[a-z]{4,}", told) if word not in shown]


@pytest.mark.parametrize("need", ONE_OF_EACH)
def test_its_json_is_valid_by_the_published_schema(need: str) -> None:
    document = json.loads(written(need, "json"))
    jsonschema.Draft202012Validator(explanation_schema()).validate(document)
    assert document["need"]["id"] == need
    assert len(document["sentences"]) == 2


def test_json_has_what_a_verdict_calls_for_and_null_for_the_rest() -> None:
    met, unmet, open_ = (json.loads(written(n, "json")) for n in (MET, UNMET, UNDETERMINED))
    assert met["robustness"]["single_points"]
    assert (met["relaxations"], met["deciding"], met["frontiers"]) == (None, None, [])
    assert unmet["robustness"] is None
    assert unmet["relaxations"]["sets"][0] == ["time"]
    assert unmet["nearest"][0]["path"][-1]["broken"] == ["AGE"]
    assert unmet["frontiers"][0]["blocked"][0]["flow"] == "notice_otherborough"
    assert open_["deciding"]["if_good"] == [
        ["stakeholders.district_nurse.uses.community_record.reach"]
    ]
    assert open_["deciding"]["to_bad"] == "unmet"


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_organisations_are_named_only_if_that_is_asked_for(format_: str) -> None:
    hidden, shown = written(PARTLY, format_), written(PARTLY, format_, named=True)
    assert "Care homes of Anyshire" not in hidden
    assert "Care homes of Anyshire" in " ".join(shown.split()) or format_ == "json"


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_the_same_profile_gives_the_same_bytes(format_: str) -> None:
    again = explain(region(), UNMET)
    made = render_explained_need(again, Names(region(), named=False), MADE_FROM, format_)
    assert made == written(UNMET, format_)


def test_markdown_shows_what_authors_wrote_as_itself() -> None:
    flow = {"name": "A | *bold* <b>feed</b>", "from": "epr", "to": "asc", "mode": "push"}
    told = {**flow, "delay": "3 d", "carries": {"coded": ["medications"]}}
    landscape = example(flows={"a": told}, needs={"discharge_meds": need_of(max_wait="1 s")})
    found = explain(landscape, "discharge_meds")
    made = render_explained_need(found, Names(landscape, named=False), MADE_FROM, "markdown")
    assert "A \\| \\*bold\\* \\<b\\>feed\\</b\\>" in made
    assert "<b>" not in made


@pytest.mark.parametrize("seed", range(60))
def test_every_need_of_a_random_landscape_is_explained_in_every_format(seed: int) -> None:
    landscape = landscape_of(random_landscape(random.Random(seed)))
    names = Names(landscape, named=False)
    for need in landscape.needs:
        found = explain(landscape, need)
        text, markdown, data = (
            render_explained_need(found, names, MADE_FROM, format_)
            for format_ in ("text", "markdown", "json")
        )
        assert max(map(columns_of, text.splitlines())) <= 80
        assert "{" not in text
        assert "None" not in text + markdown
        jsonschema.Draft202012Validator(explanation_schema()).validate(json.loads(data))
