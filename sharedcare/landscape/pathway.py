"""Shared care pathways: ordered steps, each with its actor, needs and activities."""

from typing import Annotated

from pydantic import BeforeValidator, model_validator

from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import Date, DurationLimit, Id, Ids, Text, refusal


class Step(Declared):
    """One step of a pathway; ``within`` is how soon it has to follow the step before it."""

    id: Id
    name: Text | None = None
    actor: Id | None = None
    needs: Ids = ()
    activities: Ids = ()
    within: DurationLimit | None = None


def _steps(value: object) -> object:
    """Take ids for steps."""
    if not isinstance(value, list | tuple):
        return value
    return [{"id": step} if isinstance(step, str) else step for step in value]


class Pathway(Entry):
    """A pathway for a named group of people, agreed by organisations on a date."""

    cohort: Text | None = None
    steps: Annotated[
        tuple[Step, ...], BeforeValidator(_steps, json_schema_input_type=tuple[Step | Id, ...])
    ] = ()
    agreed_by: Ids = ()
    agreed_on: Date | None = None
    owner: Text | None = None

    @model_validator(mode="after")
    def _steps_differ(self) -> "Pathway":
        ids = [step.id for step in self.steps]
        if len(set(ids)) < len(ids):
            raise refusal("named_twice", "two steps of a pathway have the same id")
        return self
