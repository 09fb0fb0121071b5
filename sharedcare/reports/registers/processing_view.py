"""The table of flows that a data protection impact assessment starts from, in words.

It has what articles 30 and 35 of the UK GDPR ask about each flow, as far as a profile says it; what
it does not say stands under *gaps* and is never filled in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sharedcare.flows.law import Law
from sharedcare.flows.meaning.feeds import told
from sharedcare.flows.registers.processing import Cover, Processing, purposes_of
from sharedcare.flows.taking import worst
from sharedcare.landscape import Agreement, Flow, Landscape
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.quantities import Unknown
from sharedcare.reports.words.figures import date_words, sentence
from sharedcare.reports.words.flow_words import means
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible
from sharedcare.vocabulary import AgreementStatus, FlowStatus, Reason

UNTITLED = "A shared care landscape"
NOT_SAID = "not said"
NOT_KNOWN = "not known"

#: What the table is and is not; it stands in front of every format for people.
NOTES = (
    "A table to begin a data protection impact assessment with (UK GDPR, articles 30 and 35), and "
    "no legal advice: it says what partners declare of flows, and marks what they do not.",
    "Security measures, transfers abroad, categories of people and contracts with processors are "
    "not in a profile; they are to be added.",
)

#: What the slots of a lawful basis are called in a gap.
_SLOTS = {
    "article_6": "article 6",
    "article_9": "article 9",
    "confidentiality": "what lifts confidentiality",
}


@dataclass(frozen=True, slots=True)
class ProcessingView:
    """One row of the table; ``gaps`` is what is missing in it or not in force."""

    flow: str
    from_organisation: str
    from_place: str
    to_organisation: str
    to_place: str
    whose: str
    categories: str
    people: str
    purposes: str
    cover: str
    agreement: str
    status: str
    valid: str
    article_6: str
    article_9: str
    confidentiality: str
    controllers: str
    processors: str
    objections: str
    retention: str
    impact_assessed: str
    mechanism: str
    in_use: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The whole table."""

    title: str
    as_of: str
    naming: str
    notes: tuple[str, ...]
    rows: tuple[ProcessingView, ...]


def register_view(
    landscape: Landscape, found: Sequence[Processing], name_organisations: bool
) -> RegisterView:
    """Put the rows into words, once for all formats."""
    names = Names(landscape, name_organisations)
    law = Law(landscape, worst())
    view = RegisterView(
        title=f"{landscape.meta.title or UNTITLED}: what is passed on, and under which cover",
        as_of=date_words(landscape.as_of),
        naming=names.note,
        notes=NOTES,
        rows=tuple(_Teller(row, names, law).row() for row in found),
    )
    return each_text(each_text(view, names.in_words), visible)


class _Teller:
    """Tells of one row."""

    def __init__(self, row: Processing, names: Names, law: Law) -> None:
        self.found, self.names, self.law = row, names, law
        self.landscape = names.landscape
        self.agreement = names.landscape.agreements.get(row.agreement or "")

    @property
    def flow(self) -> Flow | None:
        return self.landscape.flows[self.found.flow] if self.found.flow else None

    def row(self) -> ProcessingView:
        found, flow, agreement = self.found, self.flow, self.agreement
        return ProcessingView(
            flow=found.flow or "",
            from_organisation=self._organisation_at(found.from_),
            from_place=self.landscape.place_label(found.from_),
            to_organisation=self._organisation_at(found.to),
            to_place=self.landscape.place_label(found.to),
            whose=self._organisations(self.found.sources),
            categories="; ".join(map(self.landscape.category_label, self.found.categories)),
            people=self._people(),
            purposes=self._purposes(),
            cover=self.found.cover.value,
            agreement=self._label() if agreement else "",
            status=_status(agreement) if agreement else "",
            valid=_valid(agreement) if agreement else "",
            article_6=self._slot("article_6"),
            article_9=self._slot("article_9"),
            confidentiality=self._slot("confidentiality"),
            controllers=self._controllers(),
            processors=self._organisations(self.found.processors),
            objections=_text(agreement.objections) if agreement else "",
            retention=_text(agreement.retention) if agreement else "",
            impact_assessed=_day(agreement.impact_assessed) if agreement else "",
            mechanism=_mechanism(flow) if flow else "use of the system",
            in_use=_in_use(flow) if flow else "live",
            gaps=tuple(map(sentence, self._gaps())),
        )

    def _organisation_at(self, place: str) -> str:
        organisation = self.landscape.organisation_of(place)
        return self.names.organisation(organisation) if organisation else "the person or a carer"

    def _organisations(self, keys: Sequence[str]) -> str:
        return "; ".join(self.names.organisations(keys))

    def _label(self) -> str:
        """The agreement's name, or the words of its id."""
        key = self.found.agreement or ""
        return (self.agreement.name if self.agreement else None) or key.replace("_", " ")

    def _slot(self, name: str) -> str:
        if self.agreement is None:
            return ""
        basis = self.agreement.lawful_basis
        return (basis.slot(name) if basis else None) or NOT_SAID

    def _people(self) -> str:
        """How many people the sources serve, where they say so."""
        told_of = [
            f"{_number(population)} ({self.names.organisation(key)})"
            for key in self.found.sources
            if (population := self.landscape.organisations[key].population) is not None
        ]
        return "; ".join(told_of)

    def _purposes(self) -> str:
        if self.found.cover is Cover.PROCESSOR:
            return "those of the controllers"
        purposes = purposes_of(self.landscape, self.found)
        return "; ".join(purpose.value.replace("_", " ") for purpose in purposes)

    def _controllers(self) -> str:
        """Those that the agreement names; of what is only carried, those whose it is."""
        if self.found.cover is Cover.PROCESSOR:
            return self._organisations(self.found.sources)
        return self._organisations(self.agreement.controllers if self.agreement else ())

    def _gaps(self) -> Iterator[str]:
        """What is missing in the row, or not in force."""
        cover = self.found.cover
        if cover.is_gap:
            yield cover.value
        if cover is Cover.DIRECT_CARE:
            yield "no agreement recorded for direct care; the flow itself says that it is for that"
        if self.agreement is not None:
            yield from self._lacks(self.found.agreement or "", self.agreement)
        if self.flow is not None:
            yield from _of_flow(self.flow)

    def _lacks(self, key: str, agreement: Agreement) -> Iterator[str]:
        """What is missing in an agreement, or not in force."""
        faults = self.law.faults(key, agreement)
        if Reason.NO_AGREEMENT in faults:
            yield f"agreement not signed ({_status(agreement)})"
        if Reason.EXPIRED in faults:
            yield f"agreement not in force on the day ({_valid(agreement)})"
        for name in self.landscape.meta.lawful_basis_asked:
            slot = agreement.lawful_basis.slot(name) if agreement.lawful_basis else None
            if slot in (None, NO_BASIS):
                yield f"{_SLOTS[name]}: {'none' if slot else NOT_SAID}"
        if not agreement.controllers:
            yield "no controllers named"
        for words, text in (
            ("how objections are honoured", agreement.objections),
            ("how long it is kept", agreement.retention),
        ):
            if told(text) is None:
                yield f"{words}: {NOT_SAID}"
        if not isinstance(agreement.impact_assessed, date):
            yield "no impact assessment recorded"


def _of_flow(flow: Flow) -> Iterator[str]:
    """What a flow does not say of itself."""
    if flow.mechanism is None:
        yield "by which means it goes is not said"
    if isinstance(flow.status, Unknown):
        yield "whether it is in use is not known"
    if "all" in flow.assumed:
        yield "the author of the profile assumed this flow"


def _mechanism(flow: Flow) -> str:
    return f"{means(flow)} ({flow.mode.value})" if flow.mechanism else flow.mode.value


def _status(agreement: Agreement) -> str:
    status = agreement.status
    return status.value if isinstance(status, AgreementStatus) else NOT_KNOWN


def _valid(agreement: Agreement) -> str:
    """From when until when, both days included."""
    period = agreement.valid
    if period is None:
        return "no end said"
    begins = f"from {_day(period.from_)} " if period.from_ is not None else ""
    return f"{begins}until {_day(period.until)}" if period.until else f"{begins}without end"


def _day(day: date | Unknown | None) -> str:
    if day is None:
        return NOT_SAID
    return date_words(day) if isinstance(day, date) else NOT_KNOWN


def _text(text: str | None) -> str:
    return NOT_SAID if text is None else text


def _number(value: object) -> str:
    return f"{int(value):,}" if isinstance(value, Fraction) else str(value)


def _in_use(flow: Flow) -> str:
    status = flow.status
    words = status.value if isinstance(status, FlowStatus) else NOT_KNOWN
    until = flow.valid.until if flow.valid else None
    return f"{words}, until {_day(until)}" if until else words
