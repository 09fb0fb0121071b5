"""Answers against the questionnaire that they contain; others lie where nobody here can look."""

from collections.abc import Iterator

from sharedcare.fhir.questionnaires.enabling import given_answers
from sharedcare.fhir.questionnaires.questions import Level, Question
from sharedcare.fhir.walk import Json, Pointer, Scope

_OPTIONS = {"valueCoding", "valueString", "valueInteger", "valueDate", "valueTime"}
#: The types of answer that a type of question may have.
_ANSWERS = {
    "boolean": {"valueBoolean"},
    "decimal": {"valueDecimal"},
    "integer": {"valueInteger"},
    "date": {"valueDate"},
    "dateTime": {"valueDateTime"},
    "time": {"valueTime"},
    "string": {"valueString"},
    "text": {"valueString"},
    "url": {"valueUri"},
    "attachment": {"valueAttachment"},
    "reference": {"valueReference"},
    "quantity": {"valueQuantity"},
    "choice": _OPTIONS,
    "open-choice": _OPTIONS,
}
_UNASKED = frozenset({"group", "display"})
#: In these states every answer is there that has to be.
_DONE = frozenset({"completed", "amended"})


def check_response(scope: Scope) -> None:
    """Check items and answers where the questionnaire is contained."""
    address = scope.resource.get("questionnaire")
    found = scope.contained.get(address[1:]) if isinstance(address, str) else None
    if found is None or not str(address).startswith("#") or found.type != "Questionnaire":
        return
    known = {str(item.get("linkId")) for item in _nested(found.resource)}
    level = Level(found.resource, given_answers(scope.resource))
    _Response(scope, known).check_level(scope.resource, level, scope.pointer)


class _Response:
    """The answers of one resource; ``known`` are the linkIds of its whole questionnaire."""

    def __init__(self, scope: Scope, known: set[str]) -> None:
        self._walk = scope.walk
        self._known = known
        self._is_done = str(scope.resource.get("status")) in _DONE

    def check_level(self, owner: Json, level: Level, pointer: Pointer) -> None:
        """Check the items inside one item or answer against those that are asked there."""
        questions, places = level.questions, level.places
        last = 0
        given: set[str] = set()
        for position, item in enumerate(_objects(owner, "item")):
            name, place = item.get("linkId"), ((pointer, "item"), position)
            if not isinstance(name, str):
                continue
            if name not in questions:
                rule = "response-nesting" if name in self._known else "response-question"
                self._walk.add(rule, (place, "linkId"))
                continue
            if places[name] < last:
                self._walk.add("response-order", place)
            last = max(last, places[name])
            if name in given and questions[name].asked.get("repeats") is not True:
                self._walk.add("response-repeats", place)
            given.add(name)
            self._check_item(item, questions[name], place)
        if self._is_done and not level.required <= given:
            self._walk.add("response-required", pointer)

    def _check_item(self, item: Json, asking: Question, pointer: Pointer) -> None:
        answers, question = _objects(item, "answer"), asking.asked
        self._check_asked(item, asking, pointer)
        if str(question.get("type")) in _UNASKED:
            if answers:
                self._walk.add("response-no-question", pointer)
        elif len(answers) > 1 and question.get("repeats") is not True:
            self._walk.add("response-repeats", pointer)
        elif not answers and question.get("required") is True and self._is_done:
            self._walk.add("response-required", pointer)
        elif (rule := asking.limits.broken_by_all(answers)) is not None:
            self._walk.add(rule, pointer)
        for position, answer in enumerate(answers):
            place = ((pointer, "answer"), position)
            self._check_answer(answer, asking, place)
            if "item" in answer:
                self.check_level(answer, asking.level, place)
        if question.get("type") == "group":
            self.check_level(item, asking.level, pointer)
        elif "item" in item:
            self._check_inside(item, pointer)

    def _check_asked(self, item: Json, question: Question, pointer: Pointer) -> None:
        """Check that an item repeats what was asked, if it does, and is answered only if it was."""
        said, wanted = item.get("text"), question.asked.get("text")
        if isinstance(said, str) and isinstance(wanted, str) and said != wanted:
            self._walk.add("response-text", (pointer, "text"))
        if "answer" in item and not question.is_enabled:
            self._walk.add("response-not-enabled", pointer)

    def _check_inside(self, item: Json, pointer: Pointer) -> None:
        """Check the linkIds of items that stand where an answer should be around them."""
        for position, inner in enumerate(_objects(item, "item")):
            name = inner.get("linkId")
            if isinstance(name, str) and name not in self._known:
                self._walk.add("response-question", (((pointer, "item"), position), "linkId"))

    def _check_answer(self, answer: Json, question: Question, pointer: Pointer) -> None:
        given = {key for key in answer if key.startswith("value")}
        allowed = _ANSWERS.get(str(question.asked.get("type")))
        if allowed is not None and given - allowed:
            self._walk.add("response-answer", (pointer, min(given - allowed)))
        elif _is_listed(question.asked, given) and not question.is_option(answer):
            self._walk.add("response-option", (pointer, min(given)))
        elif _is_too_long(question.asked, answer):
            self._walk.add("response-length", (pointer, "valueString"))
        elif (rule := question.limits.broken_by(answer)) is not None:
            self._walk.add(rule, (pointer, min(given)))


def _is_listed(asked: Json, given: set[str]) -> bool:
    """Whether an answer has to be an option; an open choice lets text be, and no other coding."""
    kind = asked.get("type")
    return kind == "choice" or (kind == "open-choice" and "valueCoding" in given)


def _is_too_long(asked: Json, answer: Json) -> bool:
    text, most = answer.get("valueString"), asked.get("maxLength")
    is_text = str(asked.get("type")) in {"string", "text"} and isinstance(text, str)
    return is_text and type(most) is int and len(str(text)) > most


def _nested(value: Json) -> Iterator[Json]:
    """Go through the items of a questionnaire."""
    for item in _objects(value, "item"):
        yield item
        yield from _nested(item)


def _objects(value: Json, key: str) -> list[Json]:
    """Return the objects that a list holds; other values are told of elsewhere."""
    found = value.get(key)
    listed = found if isinstance(found, list) else []
    return [one if isinstance(one, dict) else {} for one in listed]
