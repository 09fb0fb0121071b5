"""Needs: who needs what, how good, how fresh, how fast, how often, to achieve what.

Source: Cresswell et al. 2023 ("who needs to share what kinds of data, in what quantities, when, at
what speed, and to achieve what objective").
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo

from sharedcare.landscape.carried import unbundled
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import (
    CategoryId,
    Count,
    DurationLimit,
    Flag,
    FormWord,
    Id,
    Ids,
    Number,
    PurposeWord,
    RateLimit,
    ShareLimit,
    Text,
    word,
    word_schema,
)
from sharedcare.vocabulary import Form, Scope, Sources, Use


class Item(Declared):
    """One data category of a need's content.

    ``from_`` names the source organisations (ids or types) instead of whoever holds it best;
    ``lookback`` is how far back the information must reach.
    """

    category: CategoryId
    from_: Ids | None = Field(default=None, alias="from")
    sources: Annotated[Sources, word(Sources), word_schema(Sources)] = Sources.EACH
    min_form: FormWord = Form.VERBAL
    lookback: DurationLimit | None = None
    required: Flag = True


def _content(value: object, info: ValidationInfo) -> object:
    """Take ids for items, one for a list of one, and put a bundle's categories in its place."""
    given = [value] if isinstance(value, str | Mapping) else value
    if not isinstance(given, list | tuple):
        return given
    items: list[object] = []
    for item in given:
        named = {"category": item} if isinstance(item, str) else item
        if not isinstance(named, Mapping):
            items.append(named)
            continue
        categories = unbundled(named.get("category"), info)
        items += [
            named if c is named.get("category") else {**named, "category": c} for c in categories
        ]
    return items


class Quantity(Declared):
    """How often a need arises, how many people it is about, and what share must be covered."""

    events: RateLimit | None = None
    people: Count | None = None
    coverage: ShareLimit | None = None


class Need(Entry):
    """What one stakeholder needs to know, within limits that are plain.

    ``at`` narrows the systems that they use to one. ``fallback`` says what they do when it fails,
    ``step`` to which step of a pathway (``pathway.step``) it belongs.
    """

    stakeholder: Id
    objective: Text | None = None
    event: Text | None = None
    content: Annotated[
        tuple[Item, ...],
        BeforeValidator(_content, json_schema_input_type=tuple[Item | str, ...] | Item | str),
    ] = Field(min_length=1)
    quantity: Quantity = Quantity()
    max_age: DurationLimit | None = None
    max_wait: DurationLimit | None = None
    max_rekeys: Count | None = None
    use: Annotated[Use, word(Use), word_schema(Use)] = Use.VIEW
    purpose: PurposeWord
    at: Id | None = None
    scope: Annotated[Scope, word(Scope), word_schema(Scope)] = Scope.PERSON
    pathway: Id | None = None
    step: Id | None = None
    weight: Number = Field(default=1, validate_default=True)
    safety_critical: Flag = False
    fallback: Text | None = None
    owner: Text | None = None
    search_time: DurationLimit | None = None
