"""Activities on both stages, what links them to experience, and how feedback is answered.

Sources: Steele Gray 2024 (front stage and backstage, providers and managers), Kuluski et al. 2019
(six attributes of person-centred care), Ramsey 2023 (answers to feedback).
"""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from sharedcare.landscape.agreement import Categories
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import (
    Count,
    FlagOrUnknown,
    Id,
    Ids,
    ShareEstimate,
    Text,
    Texts,
    Word,
    refusal,
    word,
    word_schema,
)

#: Who says so of a link that came with a built-in activity: it is our drafting, and untested.
CATALOGUE = "catalogue"


class Stage(Enum):
    """Whether the person cared for sees the activity. Source: Steele Gray 2024, Box 1."""

    FRONT = "front"
    BACK = "back"


class LinkStrength(Enum):
    """How sure a link from an activity to an attribute is. Source: Steele Gray 2024."""

    DEFINITE = "definite"
    QUESTIONABLE = "questionable"
    ABSENT = "absent"


class Attribute(Enum):
    """What a person experiences. Source: Kuluski et al. 2019, in Steele Gray 2024."""

    ACCESS = "access"
    HEARD = "heard"
    SOMEONE_TO_COUNT_ON = "someone_to_count_on"
    KNOWING = "knowing"
    INDEPENDENT = "independent"
    SAFE = "safe"


StrengthWord = Annotated[LinkStrength, word(LinkStrength), word_schema(LinkStrength)]


class Link(Declared):
    """What one activity does for one attribute, and who says so."""

    strength: StrengthWord
    said_by: Word | None = None
    words: Text | None = None


def _links(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return {
        attribute: [{"strength": said}] if isinstance(said, str) else _as_list(said)
        for attribute, said in value.items()
    }


def _as_list(said: object) -> object:
    return [said] if isinstance(said, Mapping) else said


class Activity(Entry):
    """Something that a provider, manager, patient, carer or volunteer does.

    ``built_in`` names the built-in activity whose keys it took over where it says nothing itself
    (:mod:`sharedcare.landscape.repertoire`).
    """

    built_in: Id | None = None
    actor: Word
    stage: Annotated[Stage, word(Stage), word_schema(Stage)]
    description: Text | None = None
    links: Annotated[
        dict[Annotated[Attribute, word(Attribute), word_schema(Attribute)], tuple[Link, ...]],
        BeforeValidator(
            _links, json_schema_input_type=dict[str, StrengthWord | Link | tuple[Link, ...]]
        ),
    ] = {}
    supports: Ids = ()
    needs: Ids = ()
    categories: Categories = ()
    dimensions: Ids = ()
    proxy: Text | None = None


class Experience(Entry):
    """What people cared for say of one attribute: who was asked, how many, in which words."""

    attribute: Annotated[Attribute, word(Attribute), word_schema(Attribute)] | None = None
    activity: Id | None = None
    said_by: Word | None = None
    strength: StrengthWord | None = None
    respondents: Count | None = None
    words: Text | None = None


class Script(Enum):
    """What those who answer are given: a template fixes words, a guideline frees for one's own."""

    TEMPLATE = "template"
    GUIDELINE = "guideline"
    NONE = "none"


class Outlook(Enum):
    """What public feedback is seen as, by those who work there. Source: Ramsey 2023."""

    OPPORTUNITY = "opportunity"
    THREAT = "threat"


class Seeking(Enum):
    """What feedback is gathered for. Source: Dixon-Woods et al. 2014, in Ramsey 2023."""

    PROBLEMS = "problems"
    COMFORT = "comfort"


class Feedback(Entry):
    """How an organisation answers public feedback, as counts and attested circumstances.

    ``responses`` counts answers and ``answered`` the stories that have one, since a story may have
    several. ``identical``, ``redirects``, ``told`` and ``named`` are shares of the answers. What
    people make of feedback (``outlook``, ``seeking``) is only ever attested.
    """

    organisation: Id
    stories: Count | None = None
    answered: Count | None = None
    responses: Count | None = None
    responders: Count | None = None
    registered: Count | None = None
    reads: Count | None = None
    changes_made: Count | None = None
    changes_planned: Count | None = None
    identical: ShareEstimate | None = None
    redirects: ShareEstimate | None = None
    template_redirects: FlagOrUnknown | None = None
    told: ShareEstimate | None = None
    named: ShareEstimate | None = None
    channel: Text | None = None
    cast: Texts = ()
    levels: Texts = ()
    directed_by: Text | None = None
    script: Annotated[Script, word(Script), word_schema(Script)] | None = None
    scripting: Text | None = None
    setting: Text | None = None
    staging: Text | None = None
    performance: Text | None = None
    board: Text | None = None
    outlook: Annotated[Outlook, word(Outlook), word_schema(Outlook)] | None = None
    seeking: Annotated[Seeking, word(Seeking), word_schema(Seeking)] | None = None
    file: Text | None = None

    @model_validator(mode="after")
    def _counts_agree(self) -> "Feedback":
        answered = self.answered or 0
        for whole, counted in (("stories", self.stories), ("responses", self.responses)):
            if counted is not None and answered > counted:
                said = f"more stories are answered than there are {whole}"
                raise refusal("bad_count", f"{said} ({answered:,} of {counted:,})")
        if self.stories == 0 and self.responses:
            raise refusal("bad_count", f"there are {self.responses:,} responses and no stories")
        return self
