"""What code systems, definitions and a resource itself decide, each once broken and once kept."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Issue, Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from sharedcare.fhir.fhirpath.names import NotAnExpression, names_of
from sharedcare.fhir.questionnaires.enabling import is_enabled
from sharedcare.fhir.terminology.check_digits import has_slip, is_impossible
from sharedcare.fhir.terminology.languages import is_language
from sharedcare.fhir.terminology.ucum_form import is_unit_form
from tests.fhir.definition_slips import DEFINITION_SLIPS
from tests.fhir.examples import OBSERVATION, PATIENT, Json, changed
from tests.fhir.slips import SLIPS, answered, married
from tests.fhir.test_confused_values import VALUES, places

VALIDATOR = Validator(fast=False)
LANE = FastLane(r4())
_ALL = SLIPS | DEFINITION_SLIPS
_BASE = "http://hl7.org/fhir/StructureDefinition/"


def issues_of(resource: Any) -> tuple[Issue, ...]:
    return VALIDATOR.issues(json.dumps(resource).encode())


@pytest.mark.parametrize("rule", _ALL)
def test_a_slip_is_told_where_it_is_and_no_more_when_it_is_mended(rule: str) -> None:
    broken, path, kept = _ALL[rule]
    assert (rule, path) in {(issue.rule, issue.path) for issue in issues_of(broken)}
    assert [issue for issue in issues_of(kept) if issue.is_error or issue.rule == rule] == []


@given(
    resource=st.sampled_from([slip[2] for slip in _ALL.values()]),
    edits=st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(VALUES)), min_size=1, max_size=3),
)
def test_confused_values_end_in_issues(resource: Json, edits: list[tuple[float, Any]]) -> None:
    made = copy.deepcopy(resource)
    for share, value in edits:
        found = list(places(made))
        owner, key = found[int(share * len(found))]
        owner[key] = copy.deepcopy(value)
    text = json.dumps(made).encode()
    assert not (issues_of(made) and LANE.accepted([text])[0]), text


@pytest.mark.parametrize(
    "display", ["Married", "MARRIED", "married ", "M", "M: Married", "legally married"]
)
def test_a_display_that_says_the_name_or_the_code_is_let_be(display: str) -> None:
    assert issues_of(married(display=display)) == ()


def test_a_display_in_the_language_of_its_resource_is_let_be() -> None:
    german = {**married(display="Verheiratet"), "language": "de"}
    assert issues_of(german) == ()
    assert [issue.rule for issue in issues_of({**german, "language": "en"})] == ["code-display"]


@pytest.mark.parametrize(
    ("code_system", "code", "is_wrong"),
    [
        ("http://loinc.org", "8867-4", False),
        ("http://loinc.org", "8867-5", True),
        ("http://loinc.org", "8867", True),
        ("http://loinc.org", "LP7839-6", False),
        ("http://loinc.org", "X9999-0", False),
        ("http://snomed.info/sct", "73211009", False),
        ("http://snomed.info/sct", "diabetes", True),
        ("http://snomed.info/sct", "12345", True),
        ("http://snomed.info/sct", "128045006:363698007=56459004", False),
        ("http://example.org", "8867-5", False),
    ],
)
def test_a_code_that_no_terminology_would_write_is_known(
    code_system: str, code: str, is_wrong: bool
) -> None:
    assert is_impossible(code_system, code) is is_wrong


def test_the_check_digit_of_a_concept_shows_any_one_digit_that_is_wrong() -> None:
    good = "73211009"
    for place in range(len(good)):
        for digit in "123456789":
            made = good[:place] + digit + good[place + 1 :]
            assert has_slip("http://snomed.info/sct", made) is (made != good)


@pytest.mark.parametrize(
    "code",
    ["mm[Hg]", "10*3/uL", "{score}", "/min", "kg/m2", "mmol/(8.h.kg)", "%", "{# of calculi}", "1"],
)
def test_units_of_ucum_may_be_written_so(code: str) -> None:
    assert is_unit_form(code)


@pytest.mark.parametrize("code", ["", "mm[Hg", "mg / dL", "a//b", "m2.", "µg", "(a", "a)", "°C"])
def test_no_unit_of_ucum_is_written_so(code: str) -> None:
    assert not is_unit_form(code)


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hans-CN", "de-DE-1996", "es-419", "x-mine"])
def test_language_tags_may_be_written_so(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "en_GB", "xx", "en-XX", "english language", "en-"])
def test_no_language_tag_is_written_so(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    "expression",
    [
        "a.b.where(c = 'd' and e > 1.5)[0]",
        "(a as Quantity).value is decimal",
        "%`ext-x`.exists() implies $this.ofType(FHIR.code) ~ @2020-01-01T10:00:00Z",
        "a.all(b in (c | d)) xor -1 < 2 // why not",
        "age > 18 years and {}.empty()",
    ],
)
def test_expressions_may_be_written_so(expression: str) -> None:
    assert not names_of(expression).unknown_functions


@pytest.mark.parametrize(
    "expression", ["", "a.", "a b", "a.where(", "a and", "a..b", "a[1", "'a", "a#", "(" * 1000]
)
def test_no_expression_is_written_so(expression: str) -> None:
    with pytest.raises(NotAnExpression):
        names_of(expression)


@pytest.mark.parametrize(
    ("operator", "wanted", "is_asked"),
    [
        ("=", {"answerInteger": 3}, True),
        ("!=", {"answerInteger": 3}, False),
        (">", {"answerInteger": 2}, True),
        ("<=", {"answerInteger": 2}, False),
        ("exists", {"answerBoolean": True}, True),
        ("exists", {"answerBoolean": False}, False),
        (">", {"answerString": "a"}, True),  # what cannot be compared decides nothing
    ],
)
def test_a_question_is_asked_by_what_was_answered(
    operator: str, wanted: Json, is_asked: bool
) -> None:
    question = {"enableWhen": [{"question": "1", "operator": operator, **wanted}]}
    assert is_enabled(question, {"1": [3]}) is is_asked


def test_a_question_of_several_conditions_is_asked_by_any_or_by_all() -> None:
    conditions = [{"question": "1", "operator": "=", "answerInteger": number} for number in (3, 4)]
    assert is_enabled({"enableWhen": conditions, "enableBehavior": "any"}, {"1": [3]})
    assert not is_enabled({"enableWhen": conditions, "enableBehavior": "all"}, {"1": [3]})


def test_a_question_that_was_not_asked_need_not_be_answered() -> None:
    made = answered(False)
    made["contained"][0]["item"][1]["required"] = True
    made["item"].pop()
    assert issues_of(made) == ()
    made["item"][0]["answer"] = [{"valueBoolean": True}]
    assert [issue.rule for issue in issues_of(made)] == ["response-required"]


def test_an_option_may_be_a_text_and_is_held_to_the_list() -> None:
    made = answered(True)
    options = [{"valueString": "May"}, {"valueString": "June"}]
    made["contained"][0]["item"][1] |= {"type": "choice", "answerOption": options}
    assert issues_of(made) == ()
    made["item"][1]["answer"] = [{"valueString": "July"}]
    assert [issue.rule for issue in issues_of(made)] == ["response-option"]


def test_an_extension_of_hl7_has_a_code_of_its_value_set() -> None:
    def absent(code: str) -> Json:
        told = [{"url": f"{_BASE}data-absent-reason", "valueCode": code}]
        return changed(PATIENT, gender=None, _gender={"extension": told})

    assert issues_of(absent("unknown")) == ()
    assert [issue.rule for issue in issues_of(absent("banana"))] == ["code-required"]


def test_a_profile_of_the_specification_is_held_against_what_claims_it() -> None:
    group = {"resourceType": "Group", "type": "person", "actual": True}
    claimed = {**group, "meta": {"profile": [f"{_BASE}actualgroup"]}}
    assert issues_of(claimed) == ()
    assert [issue.rule for issue in issues_of({**claimed, "actual": False})] == ["fixed-value"]


def test_a_profile_of_another_type_cannot_be_claimed() -> None:
    claimed = changed(PATIENT, meta={"profile": [f"{_BASE}lipidprofile"]})
    assert [issue.rule for issue in issues_of(claimed)] == ["profile-type"]


def test_a_reference_without_address_says_a_type_that_it_may_lead_to() -> None:
    for name, rules in (
        ("Patient", []),
        ("Slot", ["reference-type"]),
        ("Person0", ["reference-type-unknown"]),
    ):
        made = changed(OBSERVATION, subject={"type": name, "display": "x"})
        assert [issue.rule for issue in issues_of(made)] == rules


def test_an_invariant_has_to_give_true_and_nothing_is_not_true() -> None:
    twice = {"linkId": "1", "type": "string", "initial": [{"valueString": "a"}] * 2}
    made = {"resourceType": "Questionnaire", "status": "draft", "item": [twice]}
    assert [issue.rule for issue in issues_of(made)] == ["que-13"]
    made["item"] = [{**twice, "repeats": True}]
    assert issues_of(made) == ()
