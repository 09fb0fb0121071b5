"""What is nearly good is not accepted, nor after what it is nearly was met and is remembered."""

from collections.abc import Iterator

import pytest

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from tests.fhir.fast_lane.nearly_good import ANN, PAIRS, SERVER, line, managed, match, searched

pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

FULL = Validator(fast=False)
LANE = FastLane(r4())


@pytest.mark.parametrize("what", PAIRS)
def test_what_is_nearly_good_is_not_accepted(what: str) -> None:
    rule, good, wrong = PAIRS[what]
    assert FULL.issues(line(good)) == ()
    assert rule in {issue.rule for issue in FULL.issues(line(wrong))}
    for lane in (LANE, FastLane(r4())):
        assert not lane.accepted([line(wrong)])[0]
        for _ in range(2):
            assert not lane.accepted([line(good), line(wrong)])[1]


@pytest.mark.parametrize("what", PAIRS)
def test_what_is_good_is_accepted_so_that_it_is_remembered(what: str) -> None:
    assert LANE.accepted([line(PAIRS[what][1])]) == [True]


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address",
    [
        "Group",
        "http:Group",
        "http:Group/_search",
        "http:Group?a=b",
        "urn:Group",
        "x:y/Group",
        "?_type=Group",
        "http://example.org/Group",
        "http://example.org/a/Group/_search?b=c",
        "http://example.org?_type=Group",
        "http://example.org/a?%5ftype=Group",
        "http://example.org/a?_type=Group,Goal",
        "http://Patient?_type=Group",
    ],
)
def test_what_matches_is_of_the_type_that_any_self_link_says(address: str) -> None:
    wrong = line(searched(address, match(ANN)))
    assert "bundle-search-type" in {issue.rule for issue in FULL.issues(wrong)}
    assert LANE.accepted([wrong]) == [False]


def addresses() -> Iterator[str]:
    """Addresses of references, good and strange."""
    hosts = ("", "http://", "https://", "HTTP://", "http://a.b/", "http:///", "http:/", "urn:", "/")
    for host in hosts:
        for name in ("Group", "Organization", "Nobody", "organization", "_history"):
            for end in (
                "",
                "/",
                "/1",
                "/1#a",
                "/1/_history/2",
                "/1/_history/",
                "/a_b",
                "?a=b",
                "//1",
            ):
                yield f"{host}{name}{end}"
    yield from (
        "",
        " ",
        "#",
        "#a b",
        "urn:uuid:",
        "urn:oid:x",
        "urn:uuid:1",
        "mailto:a",
        "a:b",
        "é/1",
    )


@pytest.mark.parametrize("said", [None, "Organization", "Group", f"{SERVER}Organization"])
def test_no_reference_is_accepted_that_leads_where_it_may_not(said: str | None) -> None:
    lines = [line(managed(one, **({"type": said} if said else {}))) for one in addresses()]
    accepted = LANE.accepted(lines)
    found = [one for one, is_accepted in zip(lines, accepted, strict=True) if is_accepted]
    assert found
    assert [one for one in found if FULL.issues(one)] == []


# ── Numbers ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("digits", [18, 60, 308, 309, 4_301, 100_000])
@pytest.mark.parametrize("number", ["{0}", "-{0}.5", "{0}e5", "1e{0}", "0.{0}", "0{0}", "-{0}"])
def test_no_number_is_accepted_that_is_too_large_or_none(number: str, digits: int) -> None:
    written = number.format("1" * digits)
    text = '{"resourceType":"Observation","status":"final","code":{"text":"a"},"valueQuantity":'
    data = f'{text}{{"value":{written}}}}}'.encode()
    assert not (LANE.accepted([data])[0] and FULL.issues(data))
    assert LANE.accepted([f'{text}{{"value":-7.50}}}}'.encode()]) == [True]
