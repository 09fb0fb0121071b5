"""Value sets are listed as far as that can be done offline, and say so where it cannot."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import LimitReached, PackageFault
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.packages import Expansion, Packages, value_sets
from sharedcare.fhir.packages.code_sets import CodeSet
from tests.fhir.packages.made import HERE, Json, content, opened

ANIMALS = f"{HERE}/animals"
SNOMED_CT = "http://snomed.info/sct"


def concept(code: str, *below: Json, **properties: str) -> Json:
    said = [{"code": key, "valueCode": value} for key, value in properties.items()]
    return {"code": code, "concept": list(below), "property": said}


def code_system(*concepts: Json, url: str = ANIMALS, **said: object) -> Json:
    made = {"resourceType": "CodeSystem", "url": url, "content": "complete"}
    return {**made, "concept": list(concepts), **said}


ZOO = code_system(
    concept(
        "animal",
        concept("bird", concept("owl", active="night"), concept("wren", active="day")),
        concept("cat", active="night"),
    ),
    concept("stone"),
)


def value_set(*included: Json, name: str = "v", **said: object) -> Json:
    compose = {"include": list(included)}
    return {"resourceType": "ValueSet", "url": f"{HERE}/{name}", "compose": compose, **said}


def by(name: str, operation: str, value: str) -> Json:
    return {"system": ANIMALS, "filter": [{"property": name, "op": operation, "value": value}]}


def listed(*resources: Json) -> Expansion:
    found = opened(content(*resources)).value_set(f"{HERE}/v")
    assert found is not None
    return found


def codes(*resources: Json) -> set[str]:
    found = listed(*resources)
    assert found.complete, found.why_not
    return {code for each in found.codes.values() for code in each}


def test_a_list_of_concepts_needs_no_code_system() -> None:
    said = {"system": SNOMED_CT, "concept": [{"code": "1"}, {"code": "2"}]}
    found = listed(value_set(said))
    assert (found.complete, found.codes) == (True, {SNOMED_CT: frozenset({"1", "2"})})


def test_a_whole_code_system_is_listed_with_what_is_nested_in_it() -> None:
    everything = {"animal", "bird", "owl", "wren", "cat", "stone"}
    assert codes(ZOO, value_set({"system": ANIMALS})) == everything


@pytest.mark.parametrize(
    "known", [[], [code_system(concept("1"), url=SNOMED_CT, content="fragment")]]
)
def test_of_a_code_system_that_is_not_there_whole_every_code_is_in(known: list[Json]) -> None:
    found = listed(*known, value_set({"system": SNOMED_CT}))
    assert found.whole == frozenset({SNOMED_CT})
    assert found.complete
    assert found.holds(SNOMED_CT, "anything")
    assert found.holds("urn:other", "anything") is False
    assert found.holds_code("anything") is None


@pytest.mark.parametrize(
    ("name", "operation", "value", "found"),
    [
        ("concept", "is-a", "bird", {"bird", "owl", "wren"}),
        ("concept", "is-a", "fish", set()),
        ("concept", "descendent-of", "bird", {"owl", "wren"}),
        ("concept", "descendent-of", "animal", {"bird", "owl", "wren", "cat"}),
        ("concept", "is-not-a", "bird", {"animal", "cat", "stone"}),
        ("concept", "generalizes", "owl", {"owl", "bird", "animal"}),
        ("concept", "in", "owl, cat,fish", {"owl", "cat"}),
        ("concept", "not-in", "animal,bird,stone", {"owl", "wren", "cat"}),
        ("code", "=", "owl", {"owl"}),
        ("parent", "=", "animal", {"bird", "cat"}),
        ("active", "=", "night", {"owl", "cat"}),
        ("active", "in", "night,day", {"owl", "wren", "cat"}),
        ("active", "not-in", "night", {"animal", "bird", "wren", "stone"}),
        ("active", "exists", "true", {"owl", "wren", "cat"}),
        ("active", "exists", "false", {"animal", "bird", "stone"}),
    ],
)
def test_a_filter_takes_from_a_code_system(
    name: str, operation: str, value: str, found: set[str]
) -> None:
    assert codes(ZOO, value_set(by(name, operation, value))) == found


def test_several_filters_hold_together() -> None:
    said = by("concept", "is-a", "bird")
    said["filter"] += by("active", "=", "night")["filter"]
    assert codes(ZOO, value_set(said)) == {"owl"}


def test_a_hierarchy_may_be_said_by_properties_and_may_run_in_a_ring() -> None:
    system = code_system(
        concept("a", child="d"),
        concept("b", parent="c"),
        concept("c", subsumedBy="a"),
        concept("d", child="a", other="b"),
    )
    assert codes(system, value_set(by("concept", "descendent-of", "a"))) == {"b", "c", "d"}


@pytest.mark.parametrize(
    ("system", "said"),
    [
        (ZOO, by("code", "regex", "(a+)+$")),
        (ZOO | {"hierarchyMeaning": "part-of"}, by("concept", "is-a", "bird")),
        (ZOO | {"content": "fragment"}, by("concept", "is-a", "bird")),
        (ZOO | {"url": SNOMED_CT}, by("concept", "is-a", "bird")),
        (ZOO, {"valueSet": [f"{HERE}/none"]}),
    ],
)
def test_what_cannot_be_listed_offline_is_said(system: Json, said: Json) -> None:
    found = listed(system, value_set(said, {"system": "urn:x", "concept": [{"code": "1"}]}))
    assert not found.complete
    assert all(found.why_not)
    assert found.holds("urn:x", "1")
    assert found.holds(ANIMALS, "bird") is None
    assert found.holds_code("bird") is None


def test_a_value_set_without_composition_is_not_known() -> None:
    assert not listed({"resourceType": "ValueSet", "url": f"{HERE}/v"}).complete


def test_what_is_included_is_joined_and_what_is_excluded_is_taken_away() -> None:
    said = value_set(by("concept", "is-a", "bird"), by("code", "=", "stone"))
    said["compose"]["exclude"] = [by("code", "=", "owl")]
    assert codes(ZOO, said) == {"bird", "wren", "stone"}


def test_what_one_include_names_together_holds_together() -> None:
    night = value_set(by("active", "=", "night"), name="night")
    birds = value_set(by("concept", "is-a", "bird"), name="birds")
    both = {"valueSet": [f"{HERE}/night", f"{HERE}/birds"]}
    assert codes(ZOO, night, birds, value_set(both)) == {"owl"}
    with_system = by("code", "=", "cat") | {"valueSet": [f"{HERE}/night"]}
    assert codes(ZOO, night, value_set(with_system)) == {"cat"}


def test_codes_left_out_of_a_code_system_that_is_not_listed_leave_it_in_doubt() -> None:
    said = value_set({"system": SNOMED_CT})
    said["compose"]["exclude"] = [{"system": SNOMED_CT, "concept": [{"code": "1"}]}]
    found = listed(said)
    assert not found.complete
    assert found.holds(SNOMED_CT, "2") is None


def test_value_sets_that_include_each_other_are_refused_whichever_is_asked_for() -> None:
    ring = [
        value_set({"valueSet": [f"{HERE}/w"]}),
        value_set({"valueSet": [f"{HERE}/v"]}, name="w"),
    ]
    packages = opened(content(*ring))
    for name in "vwv":
        with pytest.raises(PackageFault) as caught:
            packages.value_set(f"{HERE}/{name}")
        assert [fault.code for fault in caught.value.faults] == ["PROFILE_CYCLE"]


def test_a_chain_of_value_sets_without_end_reaches_a_limit() -> None:
    chain = [value_set({"valueSet": [f"{HERE}/v{number + 1}"]}, name=f"v{number}")
             for number in range(60)]  # fmt: skip
    with pytest.raises(LimitReached):
        opened(content(*chain)).value_set(f"{HERE}/v0")


def test_a_value_set_that_would_take_without_end_reaches_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(value_sets, "MAX_CODES", 100)
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        listed(ZOO, value_set(*[by("concept", "is-a", "bird")] * 50))


def test_an_expansion_in_the_package_is_taken_where_the_composition_cannot_be_listed() -> None:
    inner = [{"system": SNOMED_CT, "code": "2"}]
    contains = [
        {"system": SNOMED_CT, "code": "1", "contains": inner},
        {"abstract": True, "code": "x"},
    ]
    snomed = by("concept", "is-a", "1") | {"system": SNOMED_CT}
    assert codes(value_set(snomed, expansion={"contains": contains})) == {"1", "2"}
    part = listed(value_set(snomed, expansion={"contains": contains, "total": 9}))
    assert (part.complete, part.holds(SNOMED_CT, "2")) == (False, True)
    assert codes(ZOO, value_set(by("code", "=", "owl"), expansion={"contains": contains})) == {
        "owl"
    }


@pytest.mark.parametrize(
    "wrong",
    [
        value_set({"system": 5}),
        value_set({"valueSet": "x"}),
        value_set({"valueSet": [5]}),
        value_set({"system": "urn:x", "concept": [{"code": 5}]}),
        value_set(5),  # type: ignore[arg-type]  # wrong on purpose
        value_set(expansion={"contains": [5]}),
    ],
)
def test_a_value_set_that_is_none_is_refused(wrong: Json) -> None:
    with pytest.raises(PackageFault) as caught:
        listed(wrong)
    assert [fault.code for fault in caught.value.faults] == ["BAD_DEFINITION"]


@pytest.mark.parametrize("wrong", [{"code": 5}, {}, {"code": "a", "property": 5}, 5])
def test_a_code_system_that_is_none_is_refused(wrong: Json) -> None:
    with pytest.raises(PackageFault) as caught:
        listed(code_system(wrong), value_set({"system": ANIMALS}))
    assert [fault.code for fault in caught.value.faults] == ["BAD_DEFINITION"]


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["include", "system", "filter", "op", "value", "concept", "code"]),
            inner,
        )
    ),
    max_leaves=6,
)


@given(said=st.dictionaries(st.sampled_from(["compose", "expansion", "contains"]), _ANY))
def test_any_value_set_is_listed_or_gives_a_documented_error(said: Json) -> None:
    with suppress(PackageFault):
        assert listed(value_set() | said).url == f"{HERE}/v"


@given(said=st.dictionaries(st.sampled_from(["content", "concept", "hierarchyMeaning"]), _ANY))
def test_any_code_system_is_read_or_gives_a_documented_error(said: Json) -> None:
    with suppress(PackageFault):
        assert listed(code_system() | said, value_set({"system": ANIMALS})).url == f"{HERE}/v"


def test_hl7s_required_value_sets_are_listed_as_the_definitions_of_the_r4_lane_have_them() -> None:
    packages, compared = Packages(), 0
    for url, wanted in r4().raw["value_sets"].items():
        found = packages.value_set(url)
        if wanted is None or found is None:
            continue
        compared += 1
        assert {system: sorted(held) for system, held in found.codes.items()} == wanted, url
        assert found.complete, url
    assert compared > 200


# Arithmetic with doubt, held to every set that each could be

CODES = st.frozensets(st.sampled_from("abc"))
SETS = st.builds(
    lambda first, second, whole, unknown: CodeSet(
        {
            system: held
            for system, held in (("s", first), ("t", second))
            if held and system not in whole
        },
        whole,
        ("for some reason",) if unknown else (),
    ),
    CODES,
    CODES,
    st.frozensets(st.sampled_from("st")),
    st.booleans(),
)
UNIVERSE = [(system, code) for system in "st" for code in "abcz"]


def sure(found: CodeSet) -> set[tuple[str, str]]:
    return {
        (system, code)
        for system, code in UNIVERSE
        if system in found.whole or code in found.codes.get(system, ())
    }


def possible(found: CodeSet) -> set[tuple[str, str]]:
    return set(UNIVERSE) if found.unknown else sure(found)


@given(SETS, SETS)
def test_nothing_is_sure_that_could_be_otherwise_and_nothing_possible_is_lost(
    first: CodeSet, second: CodeSet
) -> None:
    joined, common, left = first | second, first & second, first - second
    assert sure(joined) == sure(first) | sure(second)
    assert possible(joined) >= possible(first) | possible(second)
    assert sure(common) == sure(first) & sure(second)
    assert possible(common) >= possible(first) & possible(second)
    assert sure(left) <= sure(first) - possible(second)
    assert possible(left) >= possible(first) - sure(second)


@given(SETS, SETS)
def test_sets_without_doubt_leave_none_but_for_holes_in_what_is_not_listed(
    first: CodeSet, second: CodeSet
) -> None:
    if first.unknown or second.unknown:
        return
    assert not (first | second).unknown
    assert not (first & second).unknown
    holes = any(second.codes.get(system) for system in first.whole)
    assert bool((first - second).unknown) is holes
