"""Why something may not be passed on, by name: which agreement is missing, lapsed or incomplete."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sharedcare.flows.law import covers_category, parties_of
from sharedcare.landscape import Agreement, Flow, Need
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.quantities import Unknown
from sharedcare.reports.words.figures import date_words, listed
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import AgreementStatus, Reason


@dataclass(frozen=True, slots=True)
class Passing:
    """A source's information on its way to an organisation, by a flow or a use (None)."""

    names: Names
    need: Need
    category: str
    source: str
    to: str
    flow: Flow | None

    @property
    def between(self) -> dict[str, Agreement]:
        """The agreements that could cover it: those listed by the flow, else all that name both."""
        listed_ids = None if self.flow is None else self.flow.agreements
        landscape = self.names.landscape
        return {
            key: found
            for key, found in landscape.agreements.items()
            if (listed_ids is None or key in listed_ids)
            and {self.source, self.to} <= parties_of(landscape, found)
        }

    @property
    def covering(self) -> dict[str, Agreement]:
        """Those among them that cover the category."""
        found = self.between.items()
        return {key: each for key, each in found if covers_category(each, self.category)}

    def called(self, agreement: str) -> str:
        """An agreement by its name."""
        label = self.names.landscape.label("agreements", agreement)
        return f'the agreement "{label}"'


def refusal_words(reason: Reason, passing: Passing) -> str:
    """Say why something may not be passed on, as a clause that names the agreement."""
    return next(_OF_REASON[reason](passing), "") or _not_covered(passing)


def _unsigned(passing: Passing) -> Iterator[str]:
    for key, agreement in passing.covering.items():
        if agreement.status is AgreementStatus.DRAFT:
            yield f"{passing.called(key)} is only a draft"
        elif agreement.status is AgreementStatus.NONE:
            yield f"{passing.called(key)} is not signed"
        elif agreement.status is not AgreementStatus.SIGNED:
            yield f"nobody says whether {passing.called(key)} is signed"


def _not_covered(passing: Passing) -> str:
    """What there is where no agreement covers the category."""
    if passing.flow is not None and passing.flow.agreements == ():
        return "the flow says that no agreement covers it"
    source, to = passing.names.organisations((passing.source, passing.to))
    between = passing.between
    if not between:
        return f"no agreement names both {source} and {to}"
    named = listed([passing.called(key) for key in between], most=2)
    return f"{named} {'does' if len(between) == 1 else 'do'} not cover this"


def _expired(passing: Passing) -> Iterator[str]:
    day = passing.names.landscape.as_of
    for key, agreement in passing.covering.items():
        starts, ends = (
            (agreement.valid.from_, agreement.valid.until) if agreement.valid else (None, None)
        )
        if isinstance(ends, date) and ends < day:
            yield f"{passing.called(key)} ended on {date_words(ends)}"
        elif isinstance(starts, date) and starts > day:
            yield f"{passing.called(key)} begins only on {date_words(starts)}"
        elif isinstance(starts, Unknown) or isinstance(ends, Unknown):
            yield f"nobody says from when until when {passing.called(key)} is valid"


def _other_purpose(passing: Passing) -> Iterator[str]:
    wanted = passing.need.purpose
    for key, agreement in passing.covering.items():
        if wanted not in agreement.purposes:
            purposes = listed([found.value.replace("_", " ") for found in agreement.purposes])
            for_what = f"is for {purposes} and not" if purposes else "names no purpose, and so not"
            yield f"{passing.called(key)} {for_what} for {wanted.value.replace('_', ' ')}"


def _no_basis(passing: Passing) -> Iterator[str]:
    asked = passing.names.landscape.meta.lawful_basis_asked
    for key, agreement in passing.covering.items():
        said = {
            slot: agreement.lawful_basis.slot(slot) if agreement.lawful_basis else None
            for slot in asked
        }
        none = [slot for slot, words in said.items() if words == NO_BASIS]
        silent = [slot for slot, words in said.items() if words is None]
        if none:
            yield f"{passing.called(key)} has no ground under {_slots(none)}"
        elif silent:
            yield f"{passing.called(key)} does not say its ground under {_slots(silent)}"


def _slots(slots: list[str]) -> str:
    return listed([_SLOTS.get(slot, slot) for slot in slots])


_SLOTS = {
    "article_6": "article 6",
    "article_9": "article 9",
    "confidentiality": "the duty of confidentiality",
}

_OF_REASON: dict[Reason, Callable[[Passing], Iterator[str]]] = {
    Reason.NO_AGREEMENT: _unsigned,
    Reason.EXPIRED: _expired,
    Reason.PURPOSE: _other_purpose,
    Reason.LAWFUL_BASIS: _no_basis,
}
