"""Invariants that hold where an element is absent: what is read from them against running them."""

import random
from collections.abc import Iterator

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.invariants.alternatives import holds_without
from sharedcare.fhir.invariants.keys import asked
from sharedcare.fhir.invariants.running import ELSEWHERE, UNCHECKED


def _asked_somewhere() -> Iterator[tuple[str, str]]:
    """Go through each type with each invariant that is run on it."""
    definitions = r4()
    for name in definitions.raw["types"]:
        rules = set(definitions.type_of(name).rules)
        yield from ((name, rule) for rule in sorted(rules - ELSEWHERE.keys() - UNCHECKED.keys()))


def test_an_invariant_holds_without_the_elements_whose_absence_is_one_of_its_alternatives() -> None:
    draw, tried = random.Random(6), 0
    for name, rule in _asked_somewhere():
        ready = asked(r4(), name, rule)
        elements = r4().type_of(name).by_path_name
        for absent in holds_without(r4().invariants[rule]["expression"]):
            gone = {element.name for one in absent for element in elements.get(one, ())}
            others = [key for key in ready.keys if key not in gone]
            for _ in range(4):
                there = draw.sample(others, draw.randrange(len(others) + 1))
                assert ready.of_object(dict.fromkeys(there, True)), (rule, there)
                tried += 1
    assert tried > 200


def test_an_alternative_is_read_only_where_no_other_word_joins_it() -> None:
    assert list(holds_without("a.empty() or (b.empty() and c.d.empty())")) == [{"a"}, {"b", "c"}]
    assert list(holds_without("a.exists() implies b.where(c = 'd or e').empty()")) == [{"a"}, {"b"}]
    for other in ("a.empty() xor b", "a.empty() and b", "(a or b.empty()) and c", "a.not()"):
        assert list(holds_without(other)) == []
