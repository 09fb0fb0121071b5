"""What may change: changes, options, scenarios; and how results are judged: gates, suppressions."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema, model_validator

from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import (
    CategoryId,
    Date,
    DurationEstimate,
    Flag,
    Id,
    Ids,
    MoneyEstimate,
    Number,
    Text,
    Texts,
    kind_of,
    refusal,
    word,
    word_schema,
)


class ChangeKind(Enum):
    """What sort of work a change is. Ours, after Cresswell et al. 2023."""

    GOVERNANCE = "governance"
    WORKFORCE = "workforce"
    SEMANTIC = "semantic"
    TECHNICAL = "technical"


def _edits(value: object) -> dict[str, dict[str, Any]]:
    """Keep a map of maps as it was written: :mod:`sharedcare.landscape.edits` reads it."""
    if not isinstance(value, Mapping):
        raise refusal("wrong_type", f"a map such as {{flows: …}} is expected, not {kind_of(value)}")
    for entries in value.values():
        if not isinstance(entries, Mapping):
            raise refusal("wrong_type", f"a map of entries is expected, not {kind_of(entries)}")
    return dict(value)


Edits = Annotated[
    dict[str, dict[str, Any]],
    PlainValidator(_edits),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "object"}}),
]


class Change(Entry):
    """Something that could be done: what it adds, patches and removes in the profile.

    In a landscape ``adds`` holds whole entries, and ``patches`` values by key, as
    :func:`sharedcare.landscape.patching.merged` lays them over what an entry declares.
    """

    kind: Annotated[ChangeKind, word(ChangeKind), word_schema(ChangeKind)] | None = None
    adds: Edits = {}
    patches: Edits = {}
    removes: dict[str, Ids] = {}
    cost: MoneyEstimate | None = None
    duration: DurationEstimate | None = None
    requires: Ids = ()
    excludes: Ids = ()
    owner: Text | None = None
    paid_by: Text | None = None
    disrupts: Ids = ()


class Option(Entry):
    """A named set of changes that competes with the other options of its ``group``."""

    changes: Ids = ()
    group: Id | None = None


class Scenario(Entry):
    """What if: changes applied, things lost, another day.

    ``disrupt`` names systems, flows or agreements, or a supplier with all its systems.
    """

    apply: Ids = ()
    disrupt: Texts = ()
    at: Date | None = None


class NeedGate(Declared):
    """Needs that must be met: ids, or every safety-critical one."""

    ids: Ids = ()
    safety_critical: Flag = False


def _need_gate(value: object) -> object:
    if value == "safety_critical":
        return {"safety_critical": True}
    return {"ids": value} if isinstance(value, list) else value


class Gate(Entry):
    """A condition without which no more than preparing is said: a dimension's level, or needs met.

    ``decision`` records who settled a contested dimension, and how.
    """

    dimension: Id | None = None
    at_least: Number | None = None
    needs: (
        Annotated[
            NeedGate, BeforeValidator(_need_gate, json_schema_input_type=NeedGate | Ids | str)
        ]
        | None
    ) = None
    decision: Text | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> "Gate":
        if (self.dimension is None) == (self.needs is None):
            raise refusal(
                "bad_gate", "a gate asks for a dimension's level or for needs, one of them"
            )
        return self


class Suppression(Entry):
    """A finding that is known and borne for now: of a criterion, by whom, why, until when."""

    criterion: CategoryId
    about: CategoryId | None = None
    reason: Text
    until: Date
    by: Text | None = None
