"""What every entry of a landscape profile has in common."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator

from sharedcare.landscape.fields import DateOrUnknown, Id, Ids, Text, Texts, refusal
from sharedcare.places import LocatedMap, LocatedText

_NULLS = frozenset({"~", "null", "Null", "NULL"})


def _is_null(value: object) -> bool:
    return value is None or (isinstance(value, LocatedText) and value.plain and value in _NULLS)


def says_nothing(key: object, value: object, texts: frozenset[str]) -> bool:
    """Whether a value is null, and so not said. In a text, ``null`` is what was written."""
    return _is_null(value) and not (key in texts and value is not None and value != "~")


def without_nulls(entry: Mapping[Any, object], texts: frozenset[str]) -> dict[Any, object]:
    """Drop what is said to be null: it is not said."""
    return {key: value for key, value in entry.items() if not says_nothing(key, value, texts)}


class Declared(BaseModel):
    """A frozen part of a landscape profile; keys it does not know are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )

    #: Keys whose value is text for people, where ``null`` is a word like any other.
    text_keys: ClassVar[frozenset[str]] = frozenset({"name", "title", "author", "note", "words"})

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, entry: object) -> object:
        if not isinstance(entry, Mapping):
            return entry
        kept = without_nulls(entry, cls.text_keys)
        if not isinstance(entry, LocatedMap):
            return kept
        located = LocatedMap(kept.items(), entry.place)
        located.keys_at = entry.keys_at
        return located


def _by_organisation(value: object) -> object:
    """Take a list of organisations, or one, for a map from each to no words."""
    if isinstance(value, str):
        return {value: ""}
    return dict.fromkeys(value, "") if isinstance(value, list) else value


def _words(value: object) -> object:
    return value if isinstance(value, str) else ""


Said = Annotated[
    dict[Id, Annotated[str, BeforeValidator(_words)]],
    BeforeValidator(_by_organisation, json_schema_input_type=Id | Ids | dict[str, Text]),
]


#: Takes a value as it was written and what the profile's bundles stand for.
ShortForm = Callable[[object, ValidationInfo], object]


class Entry(Declared):
    """An entry of a top-level map.

    ``source`` says where its facts are published; ``assumed`` lists the keys whose values the
    author assumed. ``confirmed_by`` and ``disputed_by`` hold organisations with their words.
    Left out, a key says nothing; a list written empty, or ``none``, says that there is none.
    """

    name: Text | None = None
    note: Text | None = None
    source: Text | None = None
    assumed: Texts = ()
    confirmed_by: Said = {}
    disputed_by: Said = {}

    #: Keys that hold data categories with forms, and what brings each short way of writing them
    #: into ``{category: …}``.
    short_forms: ClassVar[Mapping[str, ShortForm]] = {}


class Period(Declared):
    """From the first day to the last, both included; an end that is not given is open."""

    from_: DateOrUnknown | None = None
    until: DateOrUnknown | None = None

    model_config = ConfigDict(
        alias_generator=lambda field: field.rstrip("_"), frozen=True, extra="forbid",
        populate_by_name=True, arbitrary_types_allowed=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        ends = [end for end in (self.from_, self.until) if isinstance(end, date)]
        if ends != sorted(ends):
            raise refusal("bad_period", "a period ends before it begins")
        return self
