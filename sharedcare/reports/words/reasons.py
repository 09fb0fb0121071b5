"""Why something does not arrive, as sentences for a planner: one for each reason.

A sentence speaks of routes, of forms, of what may be passed on, and of how far out of date it may
be; it names the limit that the need itself sets.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sharedcare.landscape import Item, Landscape, Need
from sharedcare.reports.words.figures import counted, date_words
from sharedcare.vocabulary import Reason, Use


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of one need, the landscape that both stand in, and how much of the item arrives."""

    landscape: Landscape
    need: Need
    item: Item
    reaches: str

    @property
    def day(self) -> str:
        """The day of the assessment, in words."""
        return date_words(self.landscape.as_of)


def reason_words(reason: Reason, asked: Asked) -> str:
    """Return the sentence of a reason about one item."""
    return _SENTENCES[reason](asked)


def reason_meaning(reason: Reason) -> str:
    """Return what a reason means, apart from any need: for ``explain``."""
    return _MEANINGS[reason]


def _form(asked: Asked) -> str:
    word = asked.item.min_form.word
    return f"No route keeps it in the form that is asked for ({word} or better)."


def _history(asked: Asked) -> str:
    back = asked.item.lookback
    return f"No route reaches back far enough: {back or 'a history'} is asked for."


def _capacity(asked: Asked) -> str:
    events = asked.need.quantity.events
    return f"A route is there and takes fewer than the {events or 'number'} that arise."


def _purpose(asked: Asked) -> str:
    purpose = asked.need.purpose.value.replace("_", " ")
    return f"It may not be passed on for {purpose}: the agreement is for other purposes."


def _mode(asked: Asked) -> str:
    if asked.need.use is Use.ALERT:
        return "It can be looked up, but nothing tells this role that there is something new."
    if asked.need.use is Use.INGEST:
        return "It is only shown on the way, so that it cannot be taken into the system here."
    return "Something on the way is only shown it and does not keep it, so cannot pass it on."


def _age(asked: Asked) -> str:
    return f"On every route it is more than {asked.need.max_age} out of date when it can be used."


def _wait(asked: Asked) -> str:
    return f"On every route the answer takes longer than {asked.need.max_wait}."


def _rekey(asked: Asked) -> str:
    most = asked.need.max_rekeys or 0
    limit = f"at most {counted(most, 'time')}" if most else "not at all"
    return f"It would have to be typed in again; this is allowed {limit}."


def _reach(asked: Asked) -> str:
    wanted = asked.need.quantity.coverage
    return f"It reaches {asked.reaches}; {wanted or 'everybody'} is asked for."


_SENTENCES: dict[Reason, Callable[[Asked], str]] = {
    Reason.NO_SOURCE: lambda _: "Nobody who is asked for it holds it in a system in use.",
    Reason.NO_ROUTE: lambda _: "No route leads from where it is held to this role.",
    Reason.NO_CARRY: lambda _: "Routes lead to this role, but nothing on them carries this.",
    Reason.FORM: _form,
    Reason.HISTORY: _history,
    Reason.NOT_LIVE: lambda a: f"The route takes a system or flow that is not in use on {a.day}.",
    Reason.CAPACITY: _capacity,
    Reason.IDENTITY: lambda _: (
        "Two systems on the route share no identifier, so cannot tell that it is the same person."
    ),
    Reason.NO_AGREEMENT: lambda _: "It may not be passed on: no signed agreement covers it.",
    Reason.PURPOSE: _purpose,
    Reason.EXPIRED: lambda a: (
        f"It may not be passed on: the agreement that covers it is not valid on {a.day}."
    ),
    Reason.LAWFUL_BASIS: lambda _: (
        "It may not be passed on: the agreement that covers it lacks a complete lawful basis."
    ),
    Reason.MODE: _mode,
    Reason.AGE: _age,
    Reason.WAIT: _wait,
    Reason.REKEY: _rekey,
    Reason.REACH: _reach,
}

_MEANINGS: dict[Reason, str] = {
    Reason.NO_SOURCE: "No organisation that is asked for it holds it in a system that is in use.",
    Reason.NO_ROUTE: "No chain of flows leads from where it is held to the role that needs it.",
    Reason.NO_CARRY: "Flows lead to the role, but one that every route takes does not carry it.",
    Reason.FORM: "It arrives in a form that a machine can use less than the need asks for.",
    Reason.HISTORY: "It does not reach as far back as the need asks for.",
    Reason.NOT_LIVE: "A system or flow that every route takes is not in use on the day.",
    Reason.CAPACITY: "A flow that every route takes can carry less than the need gives rise to.",
    Reason.IDENTITY: "Two systems on the route hold no identifier of people in common.",
    Reason.NO_AGREEMENT: "It may not be passed on: no signed agreement names both and covers it.",
    Reason.PURPOSE: "It may not be passed on: the agreement does not cover what it is needed for.",
    Reason.EXPIRED: "It may not be passed on: the agreement is not valid on the day.",
    Reason.LAWFUL_BASIS: (
        "It may not be passed on: the agreement does not state every part of the lawful basis that "
        "the legal system asks for."
    ),
    Reason.MODE: (
        "It is shown where it would have to be kept, or can be looked up where somebody would have "
        "to be told."
    ),
    Reason.AGE: "When it can be used it is further out of date than the need allows.",
    Reason.WAIT: "The answer takes longer than the need allows.",
    Reason.REKEY: "It has to be typed in again more often than the need allows.",
    Reason.REACH: "It arrives for fewer people or sites than the need asks for.",
}

#: What would have to change, in a few words, for each reason.
WOULD_HELP: dict[Reason, str] = {
    Reason.NO_SOURCE: "find who holds it, or have it recorded",
    Reason.NO_ROUTE: "connect this role's systems to where it is held",
    Reason.NO_CARRY: "add it to what an existing flow carries",
    Reason.FORM: "carry it in a form that is as good as it is held",
    Reason.HISTORY: "widen how far back the flow reaches",
    Reason.NOT_LIVE: "bring the planned system or flow into use",
    Reason.CAPACITY: "let the flow take more",
    Reason.IDENTITY: "hold a common identifier at both ends",
    Reason.NO_AGREEMENT: "sign an agreement that covers it",
    Reason.PURPOSE: "widen the agreement's purposes",
    Reason.EXPIRED: "renew the agreement",
    Reason.LAWFUL_BASIS: "complete the agreement's lawful basis",
    Reason.MODE: "send it, and not only show it",
    Reason.AGE: "send it sooner or more often",
    Reason.WAIT: "make it answer faster",
    Reason.REKEY: "hand it over between systems, without typing",
    Reason.REACH: "bring the rest of the sites or people in",
}
