"""What a question says of its answers by extensions of HL7's: how large, how long, how many.

Sources: https://hl7.org/fhir/R4/extension-minvalue.html and its like. Expressions for texts
(``regex``) are let be: they are somebody's programs, and may run for ever.
"""

from decimal import Decimal
from typing import Any

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.walk import Json

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_SIDES = ("min", "max")
_NUMBERS = ("valueInteger", "valueDecimal")
#: Days, of which the longer is cut to the shorter; hours within them are let be.
_DAYS = ("valueDate", "valueDateTime")
_LONGEST_DAY = len("YYYY-MM-DD")
_EXCLUSIVE = f"{_HL7}questionnaire-optionExclusive"


class Limits:
    """What one question says, read once however often it is answered."""

    def __init__(self, asked: Json) -> None:
        self._said: dict[str, list[Any]] = {}
        for one, _ in objects_at(asked, "extension", None):
            name = str(one.get("url")).removeprefix(_HL7)
            values = [value for key, value in one.items() if key.startswith("value")]
            self._said.setdefault(name, []).extend(values)
        options = objects_at(asked, "answerOption", None)
        self._exclusive = {_value_of(one) for one, _ in options if _is_exclusive(one)}

    def broken_by(self, answer: Json) -> str | None:
        """Return the rule that an answer breaks by itself, None if it breaks none."""
        if not self._said:
            return None
        if self._is_outside(answer):
            return "response-range"
        if self._has_more_decimals(answer.get("valueDecimal")):
            return "response-decimals"
        text, least = answer.get("valueString"), self._number("minLength")
        if isinstance(text, str) and least is not None and len(text) < least:
            return "response-short"
        return "response-attachment" if self._is_other(answer.get("valueAttachment")) else None

    def broken_by_all(self, answers: list[Json]) -> str | None:
        """Return the rule that the answers break together, None if they break none."""
        least, most = (self._number(f"questionnaire-{side}Occurs") for side in _SIDES)
        count = len(answers)
        if count and ((most is not None and count > most) or (least is not None and count < least)):
            return "response-count"
        is_alone = count <= 1 or self._exclusive.isdisjoint(map(_value_of, answers))
        return None if is_alone else "response-exclusive"

    def _is_outside(self, answer: Json) -> bool:
        least, most = (next(iter(self._said.get(f"{side}Value", ())), None) for side in _SIDES)
        for form in (*_NUMBERS, *_DAYS):
            given = answer.get(form)
            if given is not None:
                return _is_less(given, least, form) or _is_less(most, given, form)
        return False

    def _has_more_decimals(self, value: Any) -> bool:
        most = self._number("maxDecimalPlaces")
        if most is None or not isinstance(value, Decimal) or not value.is_finite():
            return False
        return bool(-int(value.as_tuple().exponent) > most)

    def _is_other(self, attachment: Any) -> bool:
        """Whether an attachment is larger than it may be, or of another media type."""
        if not isinstance(attachment, dict):
            return False
        kinds = [kind for kind in self._said.get("mimeType", ()) if isinstance(kind, str)]
        most, data = self._number("maxSize"), attachment.get("data")
        kind = str(attachment.get("contentType", ""))
        is_large = most is not None and isinstance(data, str) and _bytes_of(data) > most
        return is_large or (bool(kinds) and not kind.startswith(tuple(kinds)))

    def _number(self, name: str) -> Any:
        found = next(iter(self._said.get(name, ())), None)
        return found if _is_number(found) else None


def _is_less(one: Any, other: Any, form: str) -> bool:
    """Whether one value is less than another for certain."""
    if form in _NUMBERS:
        return _is_number(one) and _is_number(other) and bool(one < other)
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    length = min(len(one), len(other), _LONGEST_DAY)
    return one[:length] < other[:length]


def _bytes_of(data: str) -> int:
    """Return how many bytes base 64 stands for."""
    plain = "".join(data.split())
    return len(plain) * 3 // 4 - plain.count("=")


def _is_exclusive(option: Json) -> bool:
    told = objects_at(option, "extension", None)
    return any(one.get("url") == _EXCLUSIVE and one.get("valueBoolean") is True for one, _ in told)


def _value_of(one: Json) -> str:
    """Return the value of an option or an answer, as a text that can be looked up."""
    return str(sorted((key, str(one[key])) for key in one if key.startswith("value")))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
