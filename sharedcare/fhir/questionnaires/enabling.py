"""Which questions of a questionnaire are asked, by the answers that are given to others.

Source: https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen. A
condition that compares what cannot be compared here is taken to hold, as is one of an operator that
FHIR does not know.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from sharedcare.fhir.walk import Json

#: The values that were given, by the linkId of their question.
Given = dict[str, list[Any]]

_ORDERED: dict[str, Callable[[Any, Any], bool]] = {">": gt, "<": lt, ">=": ge, "<=": le}


def given_answers(response: Json) -> Given:
    """Gather the values of all answers; an item that is there without one has none."""
    found: Given = {}
    waiting: list[Any] = [response]
    while waiting:
        owner = waiting.pop()
        for item in objects(owner, "item"):
            values = found.setdefault(str(item.get("linkId")), [])
            for answer in objects(item, "answer"):
                values += [value for key, value in answer.items() if key.startswith("value")]
                waiting.append(answer)
            waiting.append(item)
    return found


def is_enabled(question: Json, given: Given) -> bool:
    """Whether a question is asked: by any of its conditions, or by all if it says so."""
    conditions = objects(question, "enableWhen")
    held = [_holds(one, given) for one in conditions]
    return all(held) if question.get("enableBehavior") == "all" or not held else any(held)


def _holds(condition: Json, given: Given) -> bool:
    values = given.get(str(condition.get("question")), [])
    wanted = next((one for key, one in condition.items() if key.startswith("answer")), None)
    operator = condition.get("operator")
    if operator == "exists":
        return bool(values) is (wanted is not False)
    return any(_compares(str(operator), value, wanted) for value in values)


def _compares(operator: str, value: Any, wanted: Any) -> bool:
    if operator in {"=", "!="}:
        return _is_same(value, wanted) is (operator == "=")
    compare = _ORDERED.get(operator)
    one, other = _comparable(value), _comparable(wanted)
    if compare is None or type(one) is not type(other) or not isinstance(one, str | Decimal):
        return True
    return compare(one, other)


def _is_same(value: Any, wanted: Any) -> bool:
    """Whether two values are one: codings by system and code, quantities by number and unit."""
    if isinstance(value, dict) and isinstance(wanted, dict):
        return all(value.get(key) == wanted.get(key) for key in ("system", "code", "value"))
    return bool(value == wanted) and isinstance(value, bool) is isinstance(wanted, bool)


def _comparable(value: Any) -> Any:
    number = value.get("value") if isinstance(value, dict) else value
    if isinstance(number, int | Decimal) and not isinstance(number, bool):
        return Decimal(number)
    return number


def objects(value: Any, key: str) -> Iterator[Json]:
    """Go through the objects that a list holds; other values are told of elsewhere."""
    found = value.get(key) if isinstance(value, dict) else None
    for one in found if isinstance(found, list) else ():
        yield one if isinstance(one, dict) else {}
