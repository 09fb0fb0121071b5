"""The kinds of value that a landscape profile is written in, as pydantic annotations.

Every scalar of a profile arrives as text, just as its author wrote it, or as a Python value from
the library's user; these types alone decide what it means. A refusal is a
:class:`pydantic_core.PydanticCustomError` whose type is the fault's code in lower case.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sharedcare.identifiers import did_you_mean, is_category_id, is_slug
from sharedcare.places import place_of
from sharedcare.quantities import (
    UNKNOWN,
    Duration,
    Hours,
    Money,
    QuantityError,
    Range,
    Rate,
    Share,
    Unknown,
    duration_of,
    in_order,
    parse_duration,
    parse_fraction,
    parse_hours,
    parse_money,
    parse_rate,
    parse_share,
)
from sharedcare.vocabulary import Form, Purpose

MAX_TEXT_LENGTH = 10_000
MAX_COUNT = 10_000_000_000

#: Under this name an error carries the place of its fault, if it knows it.
PLACE = "place"

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Q = TypeVar("Q", Duration, Rate, Share, Money, Fraction)
Json: TypeAlias = dict[str, Any]

_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_UNKNOWN_SCHEMA: Json = {"const": "unknown", "description": "Nobody has told us."}


def refusal(code: str, message: str, at: object = None) -> PydanticCustomError:
    """Make the error that a validator raises; the message is a sentence without the value.

    ``at`` is a part of the value that knows its place, where that is nearer to the fault.
    """
    return PydanticCustomError(code, "{message}", {"message": message, PLACE: place_of(at)})


def scalar_text(value: object) -> str:
    """Return a scalar as text; refuses maps and lists, and Python's bool as a number."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return str(value)
    raise refusal("wrong_type", f"a single value is expected, not {kind_of(value)}")


def kind_of(value: object) -> str:
    """Name the kind of a value for a sentence, never the value itself."""
    if isinstance(value, Mapping):
        return "a map"
    if isinstance(value, list | tuple):
        return "a list"
    return "nothing" if value is None else "this value"


def _is_unknown(value: object) -> bool:
    return value is UNKNOWN or (isinstance(value, str) and value == "unknown")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = scalar_text(value).strip()
    if not text:
        raise refusal("empty_value", "a text is expected; leave the line out if there is none")
    if len(text) > MAX_TEXT_LENGTH:
        raise refusal("too_long", f"a text has at most {MAX_TEXT_LENGTH:,} characters")
    return text


def _id(value: object) -> str:
    text = scalar_text(value)
    if text == "unknown":
        raise refusal("unknown_refused", "an id cannot be unknown; leave the line out instead")
    if not is_slug(text):
        raise refusal("bad_id", "an id is made of the letters a-z, digits, _ and -")
    return text


def _word(value: object) -> str:
    text = scalar_text(value)
    if text == "unknown":
        raise refusal("unknown_refused", "this word cannot be unknown; leave the line out instead")
    if not is_slug(text):
        raise refusal("bad_word", "one word of the letters a-z, digits, _ and - is expected")
    return text


def _category(value: object) -> str:
    text = scalar_text(value)
    if text == "unknown":
        raise refusal("unknown_refused", "a data category cannot be unknown")
    if not is_category_id(text):
        raise refusal("bad_id", "a data category's id is slugs joined by dots")
    return text


def _party(value: object) -> str:
    return "all" if value == "all" else _id(value)


def _category_or_all(value: object) -> str:
    return "all" if value == "all" else _category(value)


def listed(value: object) -> object:
    """Take a single scalar for a list of one, so that short lists can be written short."""
    return [value] if isinstance(value, str | Enum) else value


def _bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = scalar_text(value).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise refusal("bad_value", "yes or no is expected")


def _date(value: object) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    text = scalar_text(value)
    try:
        if len(text) != len("2026-11-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise refusal("bad_date", "a date such as 2026-11-01 is expected") from None


def _count(value: object) -> int:
    text = scalar_text(value)
    short = len(text) <= len(str(MAX_COUNT))
    if not (short and text.isascii() and text.isdigit() and int(text) <= MAX_COUNT):
        raise refusal("bad_number", "a whole number is expected")
    return int(text)


def _positive_count(value: object) -> int:
    count = _count(value)
    if count == 0:
        raise refusal("bad_number", "a whole number of at least 1 is expected")
    return count


def parsed(parse: Callable[[str], T], kind: type[T]) -> Callable[[object], T]:
    """Make a validator of a parser of text; values already of ``kind`` pass."""

    def validate(value: object) -> T:
        if isinstance(value, kind):
            return value
        if isinstance(value, timedelta) and kind is Duration:
            return duration_of(value)  # type: ignore[return-value] # kind is Duration here
        if _is_unknown(value):
            raise refusal("unknown_refused", "this must be plain; it cannot be unknown")
        if isinstance(value, Mapping):
            raise refusal("range_refused", "this must be plain; it cannot be a range")
        try:
            return parse(scalar_text(value))
        except QuantityError as error:
            raise refusal("bad_quantity", str(error)) from None

    return validate


def or_unknown(validate: Callable[[object], T]) -> Callable[[object], T | Unknown]:
    """Let a validator take ``unknown`` too."""

    def wider(value: object) -> T | Unknown:
        return UNKNOWN if _is_unknown(value) else validate(value)

    return wider


def estimated(plain: Callable[[object], Q]) -> Callable[[object], Q | Range[Q] | Unknown]:
    """Let a validator of a quantity take ``{low, likely, high}`` and ``unknown`` too."""

    def validate(value: object) -> Q | Range[Q] | Unknown:
        if _is_unknown(value):
            return UNKNOWN
        if isinstance(value, Range):
            return value
        return _range(value, plain) if isinstance(value, Mapping) else plain(value)

    return validate


def _range(value: Mapping[Any, object], plain: Callable[[object], Q]) -> Range[Q]:
    stray = [str(key) for key in value if key not in ("low", "likely", "high")]
    if stray or "low" not in value or "high" not in value:
        raise refusal(
            "bad_range", "a range is {low: …, likely: …, high: …}; likely may be left out"
        )
    likely = plain(value["likely"]) if "likely" in value else None
    try:
        return in_order(plain(value["low"]), likely, plain(value["high"]))
    except QuantityError as error:
        raise refusal("bad_range", str(error)) from None


def one_of(words: type[E]) -> Callable[[object], E]:
    """Make a validator that takes a member of an enum by its word."""
    known = {_enum_word(member): member for member in words}

    def validate(value: object) -> E:
        if isinstance(value, words):
            return value
        word = scalar_text(value)
        if word in known:
            return known[word]
        if word == "unknown":
            raise refusal("unknown_refused", "this word cannot be unknown")
        raise refusal(
            "bad_word", f"one of {', '.join(known)} is expected{did_you_mean(word, known)}"
        )

    return validate


def _enum_word(member: Enum) -> str:
    return member.word if isinstance(member, Form) else str(member.value)


def enum_schema(words: type[Enum]) -> Json:
    """The JSON Schema of an enum's words."""
    return {"enum": [_enum_word(member) for member in words]}


def _maybe_unknown(schema: Json) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [schema, _UNKNOWN_SCHEMA]})


def _estimate_schema(schema: Json) -> WithJsonSchema:
    parts = dict.fromkeys(("low", "likely", "high"), schema)
    bounds = {
        "type": "object",
        "properties": parts,
        "required": ["low", "high"],
        "additionalProperties": False,
    }
    return WithJsonSchema({"anyOf": [schema, bounds, _UNKNOWN_SCHEMA]})


_TEXT_SCHEMA: Json = {"type": ["string", "number", "boolean"]}
_DURATION_SCHEMA: Json = {"type": "string", "examples": ["15 min", "2 h", "1 d", "12 mo", "5 y"]}
_RATE_SCHEMA: Json = {"type": "string", "examples": ["40/week"]}
_SHARE_SCHEMA: Json = {"type": ["string", "number"], "examples": [0.95, "27 of 30"]}
_MONEY_SCHEMA: Json = {"type": "string", "examples": ["GBP 40k"]}
_NUMBER_SCHEMA: Json = {"type": ["string", "number"]}
_DATE_SCHEMA: Json = {"type": "string", "format": "date"}
_HOURS_SCHEMA: Json = {"type": "string", "examples": ["Mon-Fri 09:00-17:00"]}
_COUNT_SCHEMA: Json = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}
_BOOL_SCHEMA: Json = {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]}
_ID_SCHEMA: Json = {"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$"}
_CATEGORY_SCHEMA: Json = {
    "type": "string",
    "pattern": r"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)*$",
}

_duration = parsed(parse_duration, Duration)
_rate = parsed(parse_rate, Rate)
_share = parsed(parse_share, Share)
_money = parsed(parse_money, Money)
_number = parsed(parse_fraction, Fraction)

Text = Annotated[str, PlainValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
Id = Annotated[str, PlainValidator(_id), WithJsonSchema(_ID_SCHEMA)]
Word = Annotated[str, PlainValidator(_word), WithJsonSchema(_ID_SCHEMA)]
CategoryId = Annotated[str, PlainValidator(_category), WithJsonSchema(_CATEGORY_SCHEMA)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(listed, json_schema_input_type=tuple[Id, ...] | Id)]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(listed, json_schema_input_type=tuple[Text, ...] | Text)
]
Party = Annotated[str, PlainValidator(_party), WithJsonSchema(_ID_SCHEMA)]
Parties = Annotated[
    tuple[Party, ...], BeforeValidator(listed, json_schema_input_type=tuple[Party, ...] | Party)
]
CategoryOrAll = Annotated[str, PlainValidator(_category_or_all), WithJsonSchema(_CATEGORY_SCHEMA)]
Flag = Annotated[bool, PlainValidator(_bool), WithJsonSchema(_BOOL_SCHEMA)]
FlagOrUnknown = Annotated[
    bool | Unknown, PlainValidator(or_unknown(_bool)), _maybe_unknown(_BOOL_SCHEMA)
]
Date = Annotated[date, PlainValidator(_date), WithJsonSchema(_DATE_SCHEMA)]
DateOrUnknown = Annotated[
    date | Unknown, PlainValidator(or_unknown(_date)), _maybe_unknown(_DATE_SCHEMA)
]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema(_COUNT_SCHEMA)]
PositiveCount = Annotated[
    int, PlainValidator(_positive_count), WithJsonSchema(_COUNT_SCHEMA | {"minimum": 1})
]
Number = Annotated[Fraction, PlainValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
DurationLimit = Annotated[Duration, PlainValidator(_duration), WithJsonSchema(_DURATION_SCHEMA)]
RateLimit = Annotated[Rate, PlainValidator(_rate), WithJsonSchema(_RATE_SCHEMA)]
ShareLimit = Annotated[Share, PlainValidator(_share), WithJsonSchema(_SHARE_SCHEMA)]

NumberEstimate = Annotated[
    Fraction | Range[Fraction] | Unknown,
    PlainValidator(estimated(_number)),
    _estimate_schema(_NUMBER_SCHEMA),
]
DurationEstimate = Annotated[
    Duration | Range[Duration] | Unknown,
    PlainValidator(estimated(_duration)),
    _estimate_schema(_DURATION_SCHEMA),
]
RateEstimate = Annotated[
    Rate | Range[Rate] | Unknown,
    PlainValidator(estimated(_rate)),
    _estimate_schema(_RATE_SCHEMA),
]
ShareEstimate = Annotated[
    Share | Range[Share] | Unknown,
    PlainValidator(estimated(_share)),
    _estimate_schema(_SHARE_SCHEMA),
]
MoneyEstimate = Annotated[
    Money | Range[Money] | Unknown,
    PlainValidator(estimated(_money)),
    _estimate_schema(_MONEY_SCHEMA),
]


def _hours(value: object) -> Hours:
    joined = ", ".join(scalar_text(part) for part in value) if isinstance(value, list) else value
    return parsed(parse_hours, Hours)(joined)


def _words_or_unknown(value: object) -> tuple[str, ...] | Unknown:
    if _is_unknown(value):
        return UNKNOWN
    given = listed(value)
    if not isinstance(given, list | tuple):
        raise refusal("wrong_type", f"a list of words is expected, not {kind_of(value)}")
    return tuple(_word(part) for part in given)


WordsOrUnknown = Annotated[
    tuple[str, ...] | Unknown,
    PlainValidator(_words_or_unknown),
    WithJsonSchema({"anyOf": [_ID_SCHEMA, {"type": "array", "items": _ID_SCHEMA}]}),
]

HoursField = Annotated[
    Hours | Unknown,
    PlainValidator(or_unknown(_hours)),
    WithJsonSchema(
        {"anyOf": [_HOURS_SCHEMA, {"type": "array", "items": _HOURS_SCHEMA}, _UNKNOWN_SCHEMA]}
    ),
]


def word(words: type[E]) -> PlainValidator:
    """The validator of a closed word that cannot be unknown."""
    return PlainValidator(one_of(words))


def word_or_unknown(words: type[E]) -> PlainValidator:
    """The validator of a closed word that may be unknown."""
    return PlainValidator(or_unknown(one_of(words)))


def word_schema(words: type[Enum], unknown: bool = False) -> WithJsonSchema:
    """The JSON Schema annotation of a closed word."""
    return _maybe_unknown(enum_schema(words)) if unknown else WithJsonSchema(enum_schema(words))


FormOrUnknown = Annotated[Form | Unknown, word_or_unknown(Form), word_schema(Form, unknown=True)]
FormWord = Annotated[Form, word(Form), word_schema(Form)]
PurposeWord = Annotated[Purpose, word(Purpose), word_schema(Purpose)]
Purposes = Annotated[
    tuple[PurposeWord, ...],
    BeforeValidator(listed, json_schema_input_type=tuple[PurposeWord, ...] | PurposeWord),
]
