"""The fast lane accepts nothing in which the full lane finds an issue, and most of what is good.

It is shown what breaks a rule, after what keeps it: the slips, mutants, values that stand
elsewhere, keys and items that are missing, doubled or those of others, texts that write the same in
another way, and resources of every type. One lane sees all, so that whatever it remembers is tried
too.
"""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from tests.fhir.broken import BROKEN
from tests.fhir.definition_slips import DEFINITION_SLIPS
from tests.fhir.examples import EXAMPLES, Json
from tests.fhir.fast_lane.growing import grown
from tests.fhir.fast_lane.swaps import Others, changed_by, rewritten
from tests.fhir.mutants import CLASSES, mutant
from tests.fhir.slips import SLIPS

pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

FULL = Validator(fast=False)
LANE = FastLane(r4())
RULES = SLIPS | DEFINITION_SLIPS
KEPT = [*(slip[2] for slip in RULES.values()), *EXAMPLES]
TYPES = sorted(r4().resource_types)


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def spaced(value: object) -> bytes:
    return json.dumps(value).encode()


def indented(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()


def unescaped(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


SPELLINGS: list[Callable[[object], bytes]] = [compact, spaced, indented, unescaped]


def accepted_wrongly(lines: list[bytes]) -> list[bytes]:
    """The lines that the lane accepts although the full lane has something to tell."""
    accepted = LANE.accepted(lines)
    pairs = zip(lines, accepted, strict=True)
    return [line for line, is_accepted in pairs if is_accepted and FULL.issues(line)]


# ── What is good ──────────────────────────────────────────────────────────────────────────────────

#: Rules of which what keeps them is left to the full lane: data with a size or hash of their own, a
#: search for several types.
LEFT = {"attachment-hash", "bundle-search-type"}

#: What no chance fills in: invariants ask for some elements together.
BY_HAND: dict[str, Json] = {
    "Appointment": {
        "resourceType": "Appointment",
        "status": "proposed",
        "participant": [{"actor": {"reference": "Patient/1"}, "status": "accepted"}],
    },
}


def is_left(rule: str, resource: Json) -> bool:
    """Whether a resource is left to the full lane: if invariants ask of all that is in a part."""
    contained = [one["resourceType"] for one in resource.get("contained", ())]
    is_far = resource["resourceType"] == "StructureDefinition" or "Questionnaire" in contained
    return rule in LEFT or is_far


def test_what_keeps_a_rule_is_accepted_unless_it_is_left_to_the_full_lane() -> None:
    accepted = LANE.accepted([compact(slip[2]) for slip in RULES.values()])
    refused = {rule for rule, is_accepted in zip(RULES, accepted, strict=True) if not is_accepted}
    assert refused == {rule for rule, slip in RULES.items() if is_left(rule, slip[2])}


def is_accepted(name: str) -> bool:
    """Whether some good resource of a type is accepted."""
    some = (grown(seed, name, share=0.1 * (seed % 4)) for seed in range(40))
    lines = (compact(one) for one in (BY_HAND.get(name, {}), *some))
    return any(LANE.accepted([line])[0] for line in lines if not FULL.issues(line))


def test_a_resource_of_every_type_is_accepted_but_for_structure_definitions() -> None:
    assert [name for name in TYPES if not is_accepted(name)] == ["StructureDefinition"]


# ── What breaks a rule ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_nothing_that_breaks_a_rule_is_accepted_after_what_keeps_it(
    spelt: Callable[[object], bytes],
) -> None:
    LANE.accepted([spelt(one) for one in KEPT])
    slips = [spelt(slip[0]) for slip in RULES.values()]
    broken = [spelt(resource) for resource, _ in BROKEN.values() if type(resource) is not bytes]
    for lines in (slips, broken):
        assert lines
        assert not any(LANE.accepted(lines))
        assert not any(LANE.accepted([line])[0] for line in lines)


@pytest.mark.parametrize("name", CLASSES)
def test_no_mutant_is_accepted_that_has_an_issue(name: str) -> None:
    made = [mutant(name, resource, seed) for seed, resource in enumerate(KEPT)]
    lines = [one for one in made if one is not None]
    assert lines
    assert accepted_wrongly([*lines, *map(as_compact, lines)]) == []


def as_compact(line: bytes) -> bytes:
    try:
        return compact(json.loads(line))
    except (ValueError, RecursionError):
        return line


@pytest.mark.parametrize("name", TYPES)
def test_nothing_grown_of_a_type_is_accepted_that_has_an_issue(name: str) -> None:
    lines = [compact(grown(seed, name, share=0.15 * (seed % 5))) for seed in range(10, 25)]
    assert accepted_wrongly(lines) == []


# ── Values, keys and items of others, and other ways to write them ────────────────────────────────

GROWN = [grown(seed, name, share=0.1) for name in TYPES for seed in range(2)]
SOURCES = [*KEPT, *(one for one in GROWN if not FULL.issues(compact(one)))]
OTHERS = Others(SOURCES)


@settings(max_examples=150)
@given(
    resources=st.lists(st.sampled_from(SOURCES), min_size=1, max_size=20),
    seed=st.integers(0, 2**32),
    spelt=st.sampled_from(SPELLINGS),
    is_rewritten=st.booleans(),
)
def test_nothing_is_accepted_that_has_an_issue_whatever_stands_elsewhere(
    resources: list[Json], seed: int, spelt: Callable[[object], bytes], is_rewritten: bool
) -> None:
    lines = [spelt(changed_by(seed + number, one, OTHERS)) for number, one in enumerate(resources)]
    if is_rewritten:
        lines = [rewritten(seed + number, line) for number, line in enumerate(lines)]
    assert accepted_wrongly(lines) == []


PIECES = [b'""', b" ", b"null", b"[]", b"{}", b'"', b",", b"1e5", b"0.10", b"\\u0041", b"\\n", b"-"]
PIECES += [b'"id":"x",', b'"  "', b"\t", b'"2020-02-30"', b"\xc2\xa0", b"#", b'"active":true,']
PIECES += [b"\xff", b"\x01", b"9" * 400, b'"display":"x",', b"\xc3\xa9", b"T25:00:00Z", b"#med"]


@given(
    text=st.sampled_from([spelt(one) for spelt in (compact, spaced) for one in KEPT]),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 5), st.sampled_from([b"", *PIECES])), max_size=3
    ),
)
def test_no_torn_text_is_accepted_that_has_an_issue(
    text: bytes, edits: list[tuple[float, int, bytes]]
) -> None:
    for share, length, put in edits:
        at = int(share * len(text))
        text = text[:at] + put + text[at + length :]
    assert accepted_wrongly([text]) == []
