"""The same lines give the same result however they are cut into pieces, and in whatever order."""

import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir.harmonise import Counters, harmonisation, measure_lines
from sharedcare.fhir.harmonise.bounded import Bounded, hashed, shared
from sharedcare.fhir.harmonise.kept_counters import counters_from_json, counters_to_json
from tests.fhir.harmonise.sending import (
    ICD_10,
    LOCAL,
    SETTINGS,
    WRONG,
    Json,
    concept,
    condition,
    ndjson,
    observation,
    patient,
)

people = st.integers(1, 3)
codes = st.sampled_from(
    [concept(ICD_10, "J45", "Asthma"), concept(LOCAL, "A1"), {"text": "wheezy"}, concept(None, "x")]
)
resources: st.SearchStrategy[Json] = st.one_of(
    st.builds(condition, codes, people, onsetDateTime=st.sampled_from(["2026", "2026-02-30"])),
    st.builds(observation, people, issued=st.sampled_from(["2026-01-05", "2026-03-01T08:00:00Z"])),
    st.builds(patient, st.sampled_from([None, WRONG, "9990000018", "999 000 0026"])),
    st.just({"resourceType": "Bundle", "entry": [{"resource": condition()}, {"resource": 5}]}),
    st.just({"resourceType": "Observation", "code": 5}),
    st.just({"no": "resource"}),
)


def summed(parts: Sequence[Counters]) -> Counters:
    made = Counters()
    for part in parts:
        made.add(part)
    return made


@given(st.lists(resources, max_size=12), st.data())
def test_cutting_lines_into_pieces_changes_nothing(sent: list[Json], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(sent)))
    whole = measure_lines(ndjson(sent), SETTINGS)
    parts = [
        measure_lines(ndjson(sent[:cut]), SETTINGS),
        measure_lines(ndjson(sent[cut:]), SETTINGS, line=cut + 1),
    ]
    assert summed(parts) == whole
    assert summed(parts[::-1]) == whole
    assert whole.add_up


@given(st.lists(st.lists(resources, max_size=4), min_size=3, max_size=3))
def test_adding_is_associative(sent: list[list[Json]]) -> None:
    one, two, three = (measure_lines(ndjson(part), SETTINGS) for part in sent)
    assert summed([summed([one, two]), three]) == summed([one, summed([two, three])])


@given(st.lists(resources, max_size=12))
def test_the_order_of_lines_changes_no_clash(sent: list[Json]) -> None:
    turned = sorted(sent, key=str)
    found = [
        harmonisation({"a": measure_lines(ndjson(lines), SETTINGS)}) for lines in (sent, turned)
    ]
    assert found[0].clashes == found[1].clashes
    assert found[0].to_map == found[1].to_map


keys = st.lists(st.integers(0, 40).map(lambda key: hashed(bytes([key]))), max_size=60)


@given(keys, keys, st.integers(1, 8))
def test_a_sample_is_the_same_however_it_was_added(
    ours: list[int], theirs: list[int], most: int
) -> None:
    parts = [Bounded(most), Bounded(most), Bounded(most)]
    for key in ours:
        parts[0].add_all([(key, 1)])
    for key in theirs:
        parts[1].add_all([(key, 1)])
    for key in (*theirs, *ours):
        parts[2].add_all([(key, 1)])
    parts[0].add(parts[1])
    assert parts[0] == parts[2]
    assert parts[0].reaches == parts[2].reaches
    assert parts[0].is_sample == (len({*ours, *theirs}) > most)


def test_a_sample_estimates_how_many_there_are_and_how_many_are_shared() -> None:
    ours, theirs = Bounded(500), Bounded(500)
    ours.add_all((hashed(f"{n}".encode()), 1) for n in range(10_000))
    theirs.add_all((hashed(f"{n}".encode()), 1) for n in range(5_000, 15_000))
    assert 9_000 < ours.distinct < 11_000
    one, other, both = shared(ours, theirs)
    assert 0.4 < both / one < 0.6
    assert 0.4 < both / other < 0.6


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 12)), max_size=40), st.data())
def test_whose_codes_are_is_the_same_however_records_are_grouped(
    sent: list[tuple[str, int]], data: st.DataObject
) -> None:
    records = [condition(concept(LOCAL, code), person) for code, person in sent]
    cut = data.draw(st.integers(0, len(records)))
    whole = summed([measure_lines(ndjson(records), SETTINGS)])
    parts = [measure_lines(ndjson(part), SETTINGS) for part in (records[cut:], records[:cut])]
    assert summed(parts) == whole
    assert counters_from_json(json.loads(json.dumps(counters_to_json(whole)))) == whole
    for code in {code for code, _ in sent}:
        people = {person for name, person in sent if name == code}
        assert whole.categories["problems"].few.people((LOCAL, code)) == min(8, len(people))


def test_of_codes_that_are_not_kept_nothing_else_is_kept_either() -> None:
    found = [measure_lines(ndjson([condition(concept(LOCAL, code))]), SETTINGS) for code in "abcde"]
    for part in found:
        part.categories["problems"].codes.most = 2
    made = Counters()
    made.category("problems").codes.most = 2
    for part in found:
        made.add(part)
    counts = made.categories["problems"]
    assert counts.codes.is_sample
    assert counts.few.whose.keys() == counts.codes.counts.keys()
