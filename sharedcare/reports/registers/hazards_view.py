"""A hazard list in the words of a hazard log: what may happen, why, to what effect, what holds it.

Severity, likelihood and acceptability are no business of a program: their columns stand empty for
the clinical safety officer (DCB0129 for the manufacturer, DCB0160 for the one who deploys).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sharedcare.flows.meaning.clash import Clash, ClashKind
from sharedcare.flows.meaning.feeds import told
from sharedcare.flows.registers.hazards import Hazard, HazardKind
from sharedcare.flows.why.nearest import NearestMiss
from sharedcare.landscape import Landscape, Need
from sharedcare.reports.explaining.deciding_view import deciding_parts
from sharedcare.reports.words.clash_words import parties_words
from sharedcare.reports.words.figures import date_words, listed, lowered, sentence
from sharedcare.reports.words.gap_words import gap_words
from sharedcare.reports.words.lacking_words import lacking_words
from sharedcare.reports.words.miss_words import broken_hops
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.reach import coverage_words
from sharedcare.reports.words.reasons import WOULD_HELP, Asked, reason_words
from sharedcare.reports.words.texts import each_text, visible
from sharedcare.vocabulary import Verdict

UNTITLED = "A shared care landscape"

#: What the list is and is not; it stands in front of every format for people.
NOTES = (
    "This is a list to begin with and no safety case: it holds what follows from a profile of "
    "systems, flows, agreements and needs, and nothing that the profile does not say.",
    "The clinical safety officer judges severity, likelihood and acceptability, adds hazards that "
    "no profile can tell, and keeps the hazard log that DCB0129 asks of the manufacturer and "
    "DCB0160 of the organisation that deploys.",
    "A need that is met says that information can arrive, not that it is right or read.",
)

#: What is the matter, by kind: ``{who}`` does what about ``{what}``.
_SENTENCES: dict[HazardKind, str] = {
    HazardKind.MISSING: "{who} acts without {what}",
    HazardKind.NOT_TOLD: "{who} is not told of {what} and acts as if nothing were new",
    HazardKind.OUT_OF_DATE: "{who} acts on {what} that is out of date, or without it",
    HazardKind.TOO_SLOW: "{who} acts before {what} has come",
    HazardKind.WRONG_FORM: "{who} has {what} in a form that cannot be used as needed, and misses "
    "or mistypes some of it",
    HazardKind.TOO_SHORT: "{who} acts on {what} that does not go back far enough",
    HazardKind.INCOMPLETE: "{who} acts, for some people, without {what} or a part of it",
    HazardKind.NOT_KNOWN: "{who} may have to act without {what}, or on what is late or incomplete: "
    "whether it comes as needed is not known",
    HazardKind.TWO_MEANINGS: "{who} takes {what} from one source for what another means by it",
    HazardKind.BLANK: "{who} reads an empty place under {what} as a no although something exists",
    HazardKind.CODES: "{who}, or a system that warns them, does not recognise the same thing in "
    "{what} from two sources",
    HazardKind.UNEVEN: "{who} takes {what} from one source to be as fresh as from another",
    HazardKind.MIXED: "{who} takes for one moment what is partly live and partly periodic: {what}",
    HazardKind.UNTOLD: "{who} is told of nothing new in {what}, and does not look again in time",
    HazardKind.ASSUMED: "{who} relies on {what}, and acts without it if what was taken for granted "
    "does not hold",
}


@dataclass(frozen=True, slots=True)
class HazardView:
    """One hazard as a row of a log, without what the safety officer fills in."""

    id: str
    need: str
    role: str
    event: str
    hazard: str
    cause: str
    where: str
    effect: str
    controls: str
    confirm: str
    verdict: str
    weight: str
    need_owner: str


@dataclass(frozen=True, slots=True)
class HazardListView:
    """The whole list."""

    title: str
    as_of: str
    naming: str
    notes: tuple[str, ...]
    hazards: tuple[HazardView, ...]


def hazard_list_view(
    landscape: Landscape, found: Sequence[Hazard], name_organisations: bool
) -> HazardListView:
    """Put hazards into words, once for all formats."""
    names = Names(landscape, name_organisations)
    view = HazardListView(
        title=f"{landscape.meta.title or UNTITLED}: hazards around safety-critical needs",
        as_of=date_words(landscape.as_of),
        naming=names.note,
        notes=NOTES,
        hazards=tuple(_Teller(hazard, names).row() for hazard in found),
    )
    return each_text(each_text(view, names.in_words), visible)


class _Teller:
    """Tells of one hazard."""

    def __init__(self, hazard: Hazard, names: Names) -> None:
        self.hazard, self.names, self.landscape = hazard, names, names.landscape
        self.found = hazard.explanation
        self.verdict = hazard.explanation.verdict

    @property
    def need(self) -> Need:
        return self.landscape.needs[self.hazard.need]

    @property
    def what(self) -> str:
        categories = self.hazard.categories or (self.hazard.clash or _nothing()).categories
        return listed([lowered(self.landscape.category_label(key)) for key in categories])

    def row(self) -> HazardView:
        need = self.need
        return HazardView(
            id=self.hazard.id,
            need=self.hazard.need,
            role=self.landscape.label("stakeholders", need.stakeholder),
            event=need.event or "",
            hazard=self._hazard(),
            cause=" ".join(dict.fromkeys(map(sentence, self._causes()))),
            where="; ".join(dict.fromkeys(self._routes())),
            effect=self._effect(),
            controls=" ".join(map(sentence, self._controls())) or "None is named.",
            confirm=" ".join(dict.fromkeys(map(sentence, self._to_confirm()))),
            verdict=self.verdict.verdict.words,
            weight=f"{float(need.weight):g}",
            need_owner=told(need.owner) or "",
        )

    def _hazard(self) -> str:
        label = self.landscape.label("stakeholders", self.need.stakeholder)
        who = f"the {lowered(label).removeprefix('the ')}"
        words = _SENTENCES[self.hazard.kind].format(who=who, what=self.what)
        return sentence(f"{self.need.event}: {words}" if self.need.event else words)

    def _causes(self) -> Iterator[str]:
        """Why it may happen: the hop that fails, else what is not known or does not go together."""
        if self.hazard.clash is not None:
            yield from _clash_causes(self.hazard.clash, self.names)
        elif self.hazard.kind is HazardKind.ASSUMED:
            yield "It is met as far as what is taken for granted holds"
        else:
            yield from self._failing()

    def _failing(self) -> Iterator[str]:
        """What fails on the nearest miss of each source, and who is not covered."""
        hops = [
            clause
            for miss in self._misses()
            for clauses in broken_hops(miss, self.need, self.names)
            for clause in clauses
        ]
        lacking = [
            lacking_words(one, self.names)
            for one in self.found.lacking
            if one.position == self.hazard.position and one.losses
        ]
        yield from hops
        yield from lacking
        if not (hops or lacking):
            yield from self._reasons()

    def _reasons(self) -> Iterator[str]:
        """The reasons of the verdict, where no route can be told that nearly works."""
        item = self.hazard.item
        if item is None or self.hazard.position is None:
            return
        coverage = coverage_words(item, self.names)
        asked = Asked(self.landscape, self.need, self.need.content[self.hazard.position], coverage)
        yield from (reason_words(reason, asked) for reason in item.reasons)

    def _misses(self) -> Iterator[NearestMiss]:
        for miss in self.found.nearest:
            if miss.position == self.hazard.position:
                yield miss

    def _routes(self) -> Iterator[str]:
        """The routes on which it would happen."""
        for miss in self._misses():
            yield " → ".join(self.landscape.place_label(step.place) for step in miss.path)
        items = self.verdict.items if self.hazard.kind is HazardKind.ASSUMED else ()
        for item in items:
            yield " → ".join(self.landscape.place_label(step.place) for step in item.path)
        for party in self.hazard.clash.parties if self.hazard.clash else ():
            yield self._entry(party.about)

    def _entry(self, about: str) -> str:
        kind, _, key = about.partition(".")
        if kind != "flows":
            return self.landscape.label(kind, key)
        flow = self.landscape.flows[key]
        return flow.name or " → ".join(map(self.landscape.place_label, (flow.from_, flow.to)))

    def _effect(self) -> str:
        """What is not achieved, and what is then left to do."""
        objective = self.need.objective
        sure = self.hazard.position is not None and self.hazard.kind is not HazardKind.NOT_KNOWN
        missed = f"{'Not achieved' if sure else 'At risk'}: {objective or 'what it is needed for'}"
        if told(self.need.fallback) is None:
            return f"{sentence(missed)} Nobody has said what is done instead."
        return sentence(missed)

    def _controls(self) -> Iterator[str]:
        """What holds it back today: the fallback, what does come, what sources say themselves."""
        fallback = told(self.need.fallback)
        if fallback is not None:
            yield f"Fallback: {fallback}"
        item = self.hazard.item
        if item is not None and item.coverage.low:
            yield f"It does come for {coverage_words(item, self.names)}"
        clash = self.hazard.clash
        if clash is not None and clash.kind is ClashKind.ABSENCE:
            for party in clash.parties:
                if party.said is not None:
                    who = self.names.organisation(party.organisation)
                    yield f"{who} says: {party.said}"

    def _to_confirm(self) -> Iterator[str]:
        """What somebody has to find out or confirm."""
        if self.hazard.clash is not None:
            yield from _clash_asks(self.hazard.clash, self.names)
            return
        yield from self._assumed_need()
        if self.hazard.kind is HazardKind.ASSUMED:
            yield from self.verdict.assumptions
            yield from map(self._assumed, self.hazard.assumed)
        elif self.verdict.verdict is Verdict.UNDETERMINED:
            parts = deciding_parts(self.found, self.names)
            yield from (point for part in parts for point in part.points)
        else:
            item = self.hazard.item
            helps = [WOULD_HELP[reason] for reason in item.reasons] if item else []
            yield f"What would help: {'; '.join(helps)}" if helps else "Who could provide it"

    def _assumed_need(self) -> Iterator[str]:
        """What of the need itself the profile's author assumed."""
        if self.need.assumed:
            what = "everything" if "all" in self.need.assumed else listed(self.need.assumed)
            yield f"The author of the profile assumed {what.replace('_', ' ')} of the need itself"

    def _assumed(self, entry: tuple[str, str]) -> str:
        """What of an entry the profile's author assumed."""
        kind, key = entry
        found = (self.landscape.systems if kind == "systems" else self.landscape.flows)[key]
        what = "everything" if "all" in found.assumed else listed(found.assumed)
        return f"The author of the profile assumed {what} of {self._entry(f'{kind}.{key}')}"


def _nothing() -> Clash:
    return Clash(ClashKind.MIXTURE, (), (), certain=False, roles=(), needs=())


def _clash_causes(clash: Clash, names: Names) -> Iterator[str]:
    """Why the parts do not go together, as far as that is known."""
    if clash.kind is ClashKind.ABSENCE:
        several = len(clash.parties) > 1
        for gap in clash.gaps:
            whose = f"{names.organisation(gap.organisation)}: " if several else ""
            yield f"{whose}{gap_words(gap, names)}"
    else:
        yield parties_words(clash, names)


#: What to do about parts that do not go together, by kind; ``{}`` is what they are parts of.
_ASKS: dict[ClashKind, Callable[[str], str]] = {
    ClashKind.MEANING: lambda what: f"Who reads it is shown what each source means by {what}",
    ClashKind.ABSENCE: lambda what: (
        f"Where nothing stands under {what}, the screen says that this is no negative"
    ),
    ClashKind.CODE_SYSTEM: lambda what: f"Which map between the code systems of {what} is in use",
    ClashKind.LIVELINESS: lambda what: f"Who reads it is shown the date of each part of {what}",
    ClashKind.MIXTURE: lambda what: f"Who reads it is shown the date of each part: {what}",
    ClashKind.UNTOLD: lambda what: f"How often {what} has to be looked up, and by whom",
}


def _clash_asks(clash: Clash, names: Names) -> Iterator[str]:
    """What to find out, and what readers must be shown."""
    landscape = names.landscape
    what = listed([lowered(landscape.category_label(key)) for key in clash.categories])
    yield _ASKS[clash.kind](what)
    for party in clash.parties:
        if party.said is None and clash.kind is not ClashKind.UNTOLD:
            who = names.organisation(party.organisation)
            yield f"{who} says {_UNSAID.get(clash.kind, 'its part')}"
    for gap in clash.gaps:
        if gap.said is None:
            yield f"{names.organisation(gap.organisation)}: {gap_words(gap, names)}"


#: What a party has to say that has not.
_UNSAID = {
    ClashKind.MEANING: "what it means by it",
    ClashKind.ABSENCE: "what a blank means",
    ClashKind.CODE_SYSTEM: "in which codes it holds it",
    ClashKind.LIVELINESS: "how often its feed runs",
    ClashKind.MIXTURE: "how often its feed runs",
}
