"""Answers against the questionnaire that they contain; others lie where nobody here can look."""

from collections.abc import Iterator

from sharedcare.fhir.walk import Json, Pointer, Scope

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
    _Response(scope, known).check_level(scope.resource, found.resource, scope.pointer)


class _Response:
    """The answers of one resource; ``known`` are the linkIds of its whole questionnaire."""

    def __init__(self, scope: Scope, known: set[str]) -> None:
        self._walk = scope.walk
        self._known = known
        self._is_done = str(scope.resource.get("status")) in _DONE

    def check_level(self, owner: Json, asked: Json, pointer: Pointer) -> None:
        """Check the items inside one item or answer against those that are asked there."""
        questions = {str(one.get("linkId")): one for one in _objects(asked, "item")}
        places = {name: position for position, name in enumerate(questions)}
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
            if name in given and questions[name].get("repeats") is not True:
                self._walk.add("response-repeats", place)
            given.add(name)
            self._check_item(item, questions[name], place)
        self._check_required(questions, given, pointer)

    def _check_required(
        self, questions: dict[str, Json], given: set[str], pointer: Pointer
    ) -> None:
        """Check that what has to be answered is; a condition may have taken a question away."""
        for name, question in questions.items():
            is_asked = question.get("type") != "display" and "enableWhen" not in question
            if (
                self._is_done
                and question.get("required") is True
                and is_asked
                and name not in given
            ):
                self._walk.add("response-required", pointer)

    def _check_item(self, item: Json, question: Json, pointer: Pointer) -> None:
        answers = _objects(item, "answer")
        if str(question.get("type")) in _UNASKED:
            if answers:
                self._walk.add("response-no-question", pointer)
        elif len(answers) > 1 and question.get("repeats") is not True:
            self._walk.add("response-repeats", pointer)
        elif not answers and question.get("required") is True and self._is_done:
            self._walk.add("response-required", pointer)
        for position, answer in enumerate(answers):
            place = ((pointer, "answer"), position)
            self._check_answer(answer, question, place)
            if "item" in answer:
                self.check_level(answer, question, place)
        if question.get("type") == "group":
            self.check_level(item, question, pointer)
        elif "item" in item:
            self._check_inside(item, pointer)

    def _check_inside(self, item: Json, pointer: Pointer) -> None:
        """Check the linkIds of items that stand where an answer should be around them."""
        for position, inner in enumerate(_objects(item, "item")):
            name = inner.get("linkId")
            if isinstance(name, str) and name not in self._known:
                self._walk.add("response-question", (((pointer, "item"), position), "linkId"))

    def _check_answer(self, answer: Json, question: Json, pointer: Pointer) -> None:
        given = {key for key in answer if key.startswith("value")}
        allowed = _ANSWERS.get(str(question.get("type")))
        if allowed is not None and given - allowed:
            self._walk.add("response-answer", (pointer, min(given - allowed)))
        elif question.get("type") == "choice" and not _is_option(answer, question):
            self._walk.add("response-option", (pointer, "valueCoding"))


def _is_option(answer: Json, question: Json) -> bool:
    """Whether a coding is one of the options that are listed; what else is asked is let be."""
    options = [one.get("valueCoding") for one in _objects(question, "answerOption")]
    coding = answer.get("valueCoding")
    if not options or not isinstance(coding, dict) or not isinstance(coding.get("code"), str):
        return True
    listed = [one for one in options if isinstance(one, dict)]
    wanted = (coding.get("system"), coding["code"])
    return any((one.get("system"), one.get("code")) == wanted for one in listed)


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
