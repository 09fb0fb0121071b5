"""Sixty organisations by a writer who saw no pattern: typed right, or said to be borderline.

``fresh/types.csv`` says what each was written as; a second type stands where it was written to be
of two minds, and either is right then.
"""

import csv
from pathlib import Path

import pytest

from sharedcare.experience.feedback import Answering, answerings, read_feedback

FRESH = Path(__file__).parent / "fresh"

#: The writer's word for a type, where it is another than ours.
WORDS = {"transparent": "conversational"}


def written() -> dict[str, tuple[str, ...]]:
    """What each organisation was written as: its type, and a second one if it has two."""
    with (FRESH / "types.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["organisation"]: tuple(
            WORDS.get(type_, type_) for type_ in (row["type"], row["second_type"]) if type_
        )
        for row in rows
    }


@pytest.fixture(scope="module")
def found() -> dict[str, Answering]:
    read = read_feedback(FRESH / "answers.csv")
    assert not read.warnings
    return {
        read.landscape.organisations[one.organisation].name or "": one
        for one in answerings(read.landscape, read.responses)
    }


def test_every_organisation_of_the_fresh_writer_is_read(found: dict[str, Answering]) -> None:
    assert set(found) == set(written())
    assert len(found) == 60


@pytest.mark.parametrize("name", written())
def test_an_organisation_of_the_fresh_writer_is_typed_right_or_said_to_be_borderline(
    name: str, found: dict[str, Answering]
) -> None:
    decision = found[name].decision
    types = written()[name]
    named = {kind.value for kind in (decision.type, *decision.besides) if kind}
    assert named & set(types)
    assert decision.is_borderline or (decision.type and decision.type.value in types)


def test_of_those_written_with_one_mind_every_type_that_is_given_is_right(
    found: dict[str, Answering],
) -> None:
    single = {name: types[0] for name, types in written().items() if len(types) == 1}
    given = {name: found[name].decision.type for name in single}
    assert {name: kind.value if kind else None for name, kind in given.items()} == single
