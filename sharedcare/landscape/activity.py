"""Activities on both stages, what links them to experience, and how feedback is answered.

Sources: Steele Gray 2024 (front stage and backstage, providers and managers), Kuluski et al. 2019
(six attributes of person-centred care), Ramsey 2023 (answers to feedback).
"""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

from pydantic import BeforeValidator

from sharedcare.landscape.agreement import Categories
from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import (
    Count,
    Id,
    Ids,
    ShareEstimate,
    Text,
    Texts,
    Word,
    word,
    word_schema,
)


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
    """Something that a provider, manager, patient, carer or volunteer does."""

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


class Feedback(Entry):
    """How an organisation answers public feedback, as counts and attested circumstances."""

    organisation: Id
    stories: Count | None = None
    responses: Count | None = None
    responders: Count | None = None
    changes_made: Count | None = None
    changes_planned: Count | None = None
    identical: ShareEstimate | None = None
    channel: Text | None = None
    staging: Text | None = None
    scripting: Text | None = None
    cast: Texts = ()
    file: Text | None = None
