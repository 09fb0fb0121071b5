"""A rule of a FHIR profile that would go on without end is told as not checked, and soon."""

from contextlib import suppress
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fhirpath.compiling import Context, NotSupported, answering
from sharedcare.fhir.fhirpath.items import CannotTell, Node
from tests.fhir.fhir_profiles.holding import issues
from tests.fhir.packages.made import HERE, element, profile

Json = dict[str, Any]

PERSON: Json = {
    "resourceType": "Patient",
    "active": True,
    "name": [{"family": "a" * 40}],
    "identifier": [{"system": f"http://s/{n}", "value": str(n)} for n in range(500)],
}
TOO_MUCH = "looks at more than is looked at for one rule"


def held(expression: str, path: str = "Patient") -> tuple[list[str], float]:
    """Return what is told of a person who is held against a rule, and the seconds it took."""
    rule = {"key": "r-1", "severity": "error", "human": "x", "expression": expression}
    asked = profile(element(path, constraint=[rule]))
    begun = perf_counter()
    told = [found.message for found in issues(PERSON, asked, asked=f"{HERE}/a")]
    return told, perf_counter() - begun


@pytest.mark.parametrize(
    "expression",
    [
        "descendants().select(%resource.descendants()).select(%resource.descendants()).empty()",
        "name.family" + ".replace('a', 'aaaaaaaaaa')" * 20 + " = ''",
        "name.family" + ".replaceMatches('a', 'aaaaaaaaaa')" * 20 + " = ''",
        "name.family" + ".select($this & $this)" * 40 + " = ''",
        "name.family" + ".select($this + $this)" * 40 + " = ''",
        "name.family" + f".select($this.toChars().join('{'a' * 60}'))" * 12 + " = ''",
    ],
)
def test_a_rule_that_looks_at_more_and_more_is_given_up(expression: str) -> None:
    told, _ = held(expression)
    assert len(told) == 1
    assert TOO_MUCH in told[0]


def test_what_was_given_up_once_is_not_asked_of_the_same_document_again() -> None:
    endless = "%resource.descendants().select(%resource.descendants()).empty()"
    _, once = held(endless)
    told, many = held(endless, "Patient.identifier")
    assert len(told) == len(PERSON["identifier"])
    assert all(TOO_MUCH in one for one in told)
    assert many < 20 * once


def test_an_honest_rule_over_all_of_a_document_is_checked() -> None:
    told, _ = held("identifier.all(%resource.identifier.where(system = 'http://s/1').exists())")
    assert told == []


@pytest.mark.parametrize(
    "expression",
    [
        "1 < 2" + " * 99999999999999999" * 900,
        "active and 0.1" + " * 0.00000000000000001" * 900 + " >= 0",
        f"active or {'1' * 5_000} > 1",
    ],
)
def test_numbers_without_end_give_an_answer_or_none(expression: str) -> None:
    told, _ = held(expression)
    assert all("not checked" in one or "does not hold" in one for one in told)


WORDS = st.sampled_from(
    [
        *("name", "identifier", "family", "active", "$this", "%resource", "descendants()", "'a'"),
        *("children()", "first()", "count()", "toInteger()", "toString()", "toDecimal()", "abs()"),
        *("select($this)", "where($this = $this)", "repeat(children())", "exists()", "not()"),
        *("substring(0, 2)", "skip(1)", "take(99999999999)", "round(2)", "iif(true, 1, 'x')"),
        *("replace('a', 'aa')", "join(',')", "toChars()", "distinct()", "matches('a+')", "1.5"),
        *("ofType(string)", "extension('x')", "upper()", "length()", "indexOf('a')", "{}", "7"),
    ]
)
SIGNS = st.sampled_from([".", ".", ".", " + ", " & ", " * ", " / ", " mod ", " div ", " | ", " = ",
                         " < ", " and ", " ~ ", " in ", " - ", " is "])  # fmt: skip


@given(st.lists(st.tuples(WORDS, SIGNS), min_size=1, max_size=8), WORDS)
def test_any_expression_gives_an_answer_or_a_reason(
    parts: list[tuple[str, str]], last: str
) -> None:
    node = Node({**PERSON, "identifier": PERSON["identifier"][:3]}, None, "Patient", r4())
    written = "".join(word + sign for word, sign in parts) + last
    with suppress(NotSupported, CannotTell):
        assert answering(written)(Context(node, node, node, left=10_000)) in {True, False, None}
