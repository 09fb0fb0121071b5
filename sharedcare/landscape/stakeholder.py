"""Stakeholders: the people who need information, and the systems that they use."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from sharedcare.landscape.entry import Declared, Entry
from sharedcare.landscape.fields import (
    Count,
    FlagOrUnknown,
    Id,
    RateEstimate,
    ShareEstimate,
    Text,
    Word,
)


class Uses(Declared):
    """One system that a stakeholder uses.

    ``reach`` is the share of the stakeholder's people who can; ``access`` whether they are let in
    (not said: assumed); ``sign_on`` is ``single`` where one sign-on opens everything, ``separate``
    where this system asks for its own; ``point_of_care`` the share who can where the person is.
    """

    system: Id
    reach: ShareEstimate | None = None
    access: FlagOrUnknown | None = None
    sign_on: Text | None = None
    point_of_care: ShareEstimate | None = None


def _uses(value: object) -> object:
    """Take ids for uses, and one for a list of one."""
    given = [value] if isinstance(value, str | Mapping) else value
    if not isinstance(given, list | tuple):
        return given
    return [{"system": use} if isinstance(use, str) else use for use in given]


class Stakeholder(Entry):
    """A role that needs or passes on information; without organisation, the person cared for.

    ``trained`` is the share of its people trained in using shared information, ``skilled`` the
    share who, by a survey, have the digital and data skills that the role asks for; ``attention``
    how many pushed items they can take in (a rate).
    """

    organisation: Id | None = None
    role: Text | None = None
    profession: Word | None = None
    headcount: Count | None = None
    trained: ShareEstimate | None = None
    skilled: ShareEstimate | None = None
    attention: RateEstimate | None = None
    uses: Annotated[
        tuple[Uses, ...],
        BeforeValidator(_uses, json_schema_input_type=tuple[Id | Uses, ...] | Id | Uses),
    ] = ()
