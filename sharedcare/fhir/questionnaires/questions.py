"""What is asked on one level of a questionnaire, worked out once however often it is answered."""

from functools import cached_property

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.questionnaires.enabling import Given, is_enabled
from sharedcare.fhir.questionnaires.limits import Limits
from sharedcare.fhir.walk import Json

#: Options that are compared as they are; codings are by code system and code.
PLAIN_OPTIONS = frozenset({"valueString", "valueInteger", "valueDate", "valueTime"})


class Question:
    """A question, whether it is asked after these answers, and what may be chosen."""

    def __init__(self, asked: Json, given: Given) -> None:
        self.asked = asked
        self.is_enabled = is_enabled(asked, given)
        self._options = [one for one, _ in objects_at(asked, "answerOption", None)]
        self._known: dict[str, tuple[set[object], list[object]]] = {}
        self._level: Level | None = None
        self._given = given

    @property
    def level(self) -> "Level":
        """What is asked inside it."""
        if self._level is None:
            self._level = Level(self.asked, self._given)
        return self._level

    @cached_property
    def limits(self) -> Limits:
        """How large, how long and how many answers may be."""
        return Limits(self.asked)

    def is_option(self, answer: Json) -> bool:
        """Whether an answer is one of the options that are listed; what else is asked is let be."""
        form = next((key for key in answer if key.startswith("value")), None)
        if not self._options or form is None:
            return True
        value: object = answer[form]
        if form == "valueCoding":
            if not isinstance(value, dict) or not isinstance(value.get("code"), str):
                return True
            value = (value.get("system"), value["code"])
        elif form not in PLAIN_OPTIONS:
            return True
        listed, others = self._listed(form)
        try:
            return value in listed or value in others
        except TypeError:  # a list or an object, which cannot be looked up
            return any(value == one for one in (*listed, *others))

    def _listed(self, form: str) -> tuple[set[object], list[object]]:
        """Return the options of a form: those that can be looked up, and the others."""
        if form not in self._known:
            listed, others = self._known.setdefault(form, (set(), []))
            for value in self._values(form):
                try:
                    listed.add(value)
                except TypeError:
                    others.append(value)
        return self._known[form]

    def _values(self, form: str) -> list[object]:
        values = [one[form] for one in self._options if form in one]
        if form != "valueCoding":
            return values
        return [(one.get("system"), one.get("code")) for one in values if isinstance(one, dict)]


class Level:
    """The questions that stand side by side, by their linkIds."""

    def __init__(self, owner: Json, given: Given) -> None:
        items = [one for one, _ in objects_at(owner, "item", None)]
        self.questions = {str(one.get("linkId")): Question(one, given) for one in items}
        self.places = {name: position for position, name in enumerate(self.questions)}
        self.required = frozenset(
            name for name, found in self.questions.items() if _is_required(found)
        )


def _is_required(question: Question) -> bool:
    """Whether it has to be answered; a display is not, nor what a condition takes away."""
    asked = question.asked
    is_question = asked.get("required") is True and asked.get("type") != "display"
    return is_question and question.is_enabled
