"""The page of the profile is held to the code: its keys, maps, fault codes and limits."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from sharedcare.landscape import (
    activity,
    agreement,
    building,
    bundles,
    carried,
    change,
    edits,
    fields,
    flow,
    need,
    pathway,
    stakeholder,
    system,
)
from sharedcare.landscape.entry import Entry, Period
from sharedcare.landscape.landscape import ENTRY_MODELS
from sharedcare.landscape.meta import Meta
from sharedcare.landscape.pydantic_faults import known_keys
from sharedcare.loading import check_profile_text
from sharedcare.quantities import MAX_NUMBER_LENGTH, Unknown
from sharedcare.reading import limits
from sharedcare.reports.fault_codes import code_meanings
from sharedcare.vocabulary import Reason
from tests.docs.pages import DOCS, blocks_of, keys_in, rows, section

#: Each model of the profile, by the heading over its table.
MODELS: dict[str, type[BaseModel]] = {
    "meta": Meta,
    **ENTRY_MODELS,
    "`valid`": Period,
    "`holds`": system.Holding,
    "`contract`": system.Contract,
    "`safety`": system.Safety,
    "`uses`": stakeholder.Uses,
    "`carries`": flow.Carried,
    "`use` of a flow": flow.FlowUse,
    "`lawful_basis`": agreement.LawfulBasis,
    "`content`": need.Item,
    "`quantity`": need.Quantity,
    "`steps`": pathway.Step,
    "`links`": activity.Link,
    "`needs` of a gate": change.NeedGate,
}

#: Keys whose text ``unknown`` is read as unknown, although their type does not say so.
READ_AS_UNKNOWN = {"lawful_basis", "article_6", "article_9", "confidentiality"}


def own_keys(model: type[BaseModel]) -> dict[str, str]:
    """A model's keys as they are written, with the names of their fields; without every entry's."""
    shared = set(Entry.model_fields) if issubclass(model, Entry) else set()
    written = zip(known_keys(model), model.model_fields, strict=True)
    return {key: name for key, name in written if name not in shared}


def may_be_unknown(annotation: Any) -> bool:
    """Whether ``unknown`` may stand for a value, or for a value of a map."""
    is_part = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation is Unknown or (
        not is_part and any(may_be_unknown(inner) for inner in get_args(annotation))
    )


def test_every_part_of_a_profile_has_its_table() -> None:
    parts = set(MODELS.values())
    fields_of = [
        field.annotation for model in MODELS.values() for field in model.model_fields.values()
    ]
    assert {found for annotation in fields_of for found in models_in(annotation)} <= parts


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


@pytest.mark.parametrize("heading", MODELS)
def test_a_table_names_every_key_which_are_required_and_which_may_be_unknown(heading: str) -> None:
    model, table = MODELS[heading], rows(section("profile.md", heading), 4)
    written = {row[0].strip("`"): row for row in table}
    keys = own_keys(model)
    assert list(written) == list(keys)
    for key, name in keys.items():
        field, row = model.model_fields[name], written[key]
        unknown = may_be_unknown(field.annotation) or key in READ_AS_UNKNOWN
        assert ("**required**" in row[2]) is field.is_required(), key
        assert row[3] == ("yes" if unknown else "–"), key


def test_the_page_names_what_every_entry_may_say() -> None:
    assert keys_in(section("profile.md", "What every entry may say"), 4) == list(Entry.model_fields)


def test_the_page_names_every_map_and_every_way_of_writing() -> None:
    text = (DOCS / "profile.md").read_text("utf-8")
    for key in (*building.OTHER_KEYS, *ENTRY_MODELS):
        assert re.search(rf"^##+ `?{key}`?$", text, re.MULTILINE), key


def test_the_examples_of_the_page_are_together_a_profile_that_holds_together() -> None:
    examples = (block for block in blocks_of(DOCS / "profile.md") if block.kind == "yaml")
    checked = check_profile_text("".join(block.text for block in examples if not block.name))
    assert checked.faults == ()
    assert checked.landscape is not None
    assert all(getattr(checked.landscape, kind) for kind in ENTRY_MODELS)


def test_the_page_explains_every_fault_code() -> None:
    codes = set(code_meanings()) - {reason.value for reason in Reason}
    assert set(keys_in(section("profile.md", "Fault codes"), 2)) == codes


def test_the_page_gives_every_limit() -> None:
    text = section("profile.md", "Limits")
    for most in (
        limits.MAX_PROFILE_BYTES,
        limits.MAX_NODES,
        limits.MAX_DEPTH,
        limits.MAX_ALIASED,
        limits.MAX_INCLUDES,
        limits.MAX_LISTED,
        fields.MAX_TEXT_LENGTH,
        fields.MAX_COUNT,
        bundles.MAX_DEPTH,
        bundles.MAX_MEMBERS,
        carried.MAX_UNBUNDLED,
        building.MAX_DEFAULTED,
        edits.MAX_PATCHED,
        MAX_NUMBER_LENGTH,
    ):
        assert re.search(rf"(?<![\d,]){most:,}(?![\d,])", text), most
