"""The data visibility guide as people read it: role by role, what is seen, what a blank means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sharedcare.flows.meaning.clash import ClashKind
from sharedcare.flows.meaning.differences import differ
from sharedcare.flows.meaning.feeds import Feeds, carried_entry, told
from sharedcare.flows.meaning.gaps import narrowest_window
from sharedcare.flows.meaning.parts import Part, parts_of
from sharedcare.flows.meaning.sights import Sight
from sharedcare.flows.meaning.visibility import Permitted, Unseen, Visibility, Visible
from sharedcare.flows.relaxed import OF_LAW
from sharedcare.flows.sources import covering_entry
from sharedcare.flows.taking import ENDLESS
from sharedcare.landscape import Landscape
from sharedcare.quantities import Duration, Unknown
from sharedcare.reports.words.figures import (
    date_words,
    listed,
    percent,
    sentence,
    time_words,
)
from sharedcare.reports.words.flow_words import means
from sharedcare.reports.words.gap_words import ASK, gap_words
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible
from sharedcare.vocabulary import Form, Mode, Purpose, Reason

#: How a front-line worker meets each form.
_FORMS = {
    Form.VERBAL: "by word of mouth",
    Form.DOCUMENT: "document",
    Form.TEXT: "free text",
    Form.STRUCTURED: "structured",
    Form.CODED: "structured, coded",
    Form.PROFILED: "structured, to a profile",
}

#: Forms and paces in one word each, for an overview; of modes the slowest first.
_SHORT_FORMS = {
    Form.VERBAL: "spoken",
    Form.DOCUMENT: "document",
    Form.TEXT: "text",
    Form.STRUCTURED: "structured",
    Form.CODED: "structured",
    Form.PROFILED: "structured",
}
_PACES = (
    (Mode.MANUAL, "by people"),
    (Mode.BATCH, "periodic"),
    (Mode.PUSH, "sent"),
    (Mode.PULL, "live"),
    (Mode.VIEW, "live"),
)

NOT_KNOWN = "not known"
NOT_SAID = "not said"

#: Where somebody is told, and sees nothing in a system.
TOLD = "outside any system"

UNTITLED = "A shared care landscape"

NOT_SEEN_FOR = {
    "law": "It may not be passed on.",
    "live": "The way that leads here is not in use.",
    "none": "No way leads here.",
}


@dataclass(frozen=True, slots=True)
class RowView:
    """One part of one category at one place; every field is told as it stands.

    ``purposes`` are those for which it surely comes, ``perhaps`` those for which it may; ``short``
    is form and pace in two words, for an overview.
    """

    category_id: str
    category: str
    source: str
    place: str
    comes: str
    form: str
    pace: str
    age: str
    back: str
    reach: str
    purposes: tuple[str, ...]
    perhaps: tuple[str, ...]
    until: str
    meaning: str
    blank: tuple[str, ...]
    route: str
    assumed: str
    short: str

    @property
    def is_certain(self) -> bool:
        """Whether it surely comes."""
        return self.comes == "yes"


@dataclass(frozen=True, slots=True)
class UnseenView:
    """One category of which the parts of some organisations do not come to a role."""

    category_id: str
    category: str
    sources: str
    why: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """One role: where it looks, what it sees, what it cannot see, what to mind while reading."""

    id: str
    role: str
    organisation: str
    systems: str
    minding: tuple[str, ...]
    rows: tuple[RowView, ...]
    unseen: tuple[UnseenView, ...]


@dataclass(frozen=True, slots=True)
class GuideView:
    """The whole guide; ``about`` are the sentences that it begins with."""

    title: str
    as_of: str
    naming: str
    about: tuple[str, ...]
    roles: tuple[RoleView, ...]


def guide_view(landscape: Landscape, found: Visibility, name_organisations: bool) -> GuideView:
    """Put what roles can see into words, once for all formats."""
    names = Names(landscape, name_organisations)
    teller = _Teller(names)
    view = GuideView(
        title=f"{landscape.meta.title or UNTITLED}: what can be seen where",
        as_of=date_words(landscape.as_of),
        naming=names.note if name_organisations else f"{names.note} {_HAND_OUT}",
        about=tuple(_about(found)),
        roles=tuple(teller.role(key, found) for key in found.stakeholders),
    )
    return each_text(each_text(view, names.in_words), visible)


_HAND_OUT = "A guide that is handed out to staff needs the names."


def _about(found: Visibility) -> Iterator[str]:
    yield (
        "This guide says what can come to each role's own systems and under which agreement, as "
        "the partners declare it: not what stands there for one person, and not that it was read."
    )
    yield (
        "An empty place is no answer. The last column says what may still exist where nothing is "
        "shown; where it matters, ask the source."
    )
    yield f"Looked at: {listed([_purpose(purpose) for purpose in found.purposes])}."
    if not found.proven:
        yield "A search limit was reached: something that can be seen may be missing here."


def _purpose(purpose: Purpose) -> str:
    return purpose.value.replace("_", " ")


class _Teller:
    """Tells what the roles of one landscape can see."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.landscape = names.landscape
        self.feeds = Feeds(names.landscape)

    def role(self, key: str, found: Visibility) -> RoleView:
        stakeholder = self.landscape.stakeholders[key]
        seen = [one for one in found.visible if one.sight.stakeholder == key]
        used = [self.landscape.place_label(use.system) for use in stakeholder.uses]
        return RoleView(
            id=key,
            role=self.landscape.label("stakeholders", key),
            organisation=(
                self.names.organisation(stakeholder.organisation)
                if stakeholder.organisation
                else "no organisation"
            ),
            systems=listed(used) or "none",
            minding=tuple(self._minding(seen)),
            rows=tuple(map(self.row, seen)),
            unseen=tuple(self._unseen([u for u in found.unseen if u.stakeholder == key])),
        )

    def _minding(self, seen: Sequence[Visible]) -> Iterator[str]:
        """Where one word stands for two things among what a role sees."""
        by_category: dict[str, list[str]] = {}
        for one in seen:
            by_category.setdefault(one.sight.category, []).append(one.sight.organisation)
        for category, organisations in by_category.items():
            sources = tuple(dict.fromkeys(organisations))
            parts = parts_of(ClashKind.MEANING, category, sources, self.feeds)
            if differ(ClashKind.MEANING, parts):
                name = self.landscape.category_label(category)
                told_apart = " ".join(map(sentence, self._meanings(parts)))
                yield f"“{name}” does not mean the same everywhere. {told_apart}"

    def _meanings(self, parts: Iterable[Part]) -> Iterator[str]:
        """What each source means by a category, those together that mean the same."""
        said: dict[str | None, list[str]] = {}
        for part in parts:
            organisation = self.names.organisation(part.party.organisation)
            said.setdefault(part.party.said, []).append(organisation)
        for meaning, organisations in said.items():
            who = listed(list(dict.fromkeys(organisations)))
            yield f"to {who}: {meaning}" if meaning else f"what {who} means is not said"

    def row(self, one: Visible) -> RowView:
        sight = one.sight
        return RowView(
            category_id=sight.category,
            category=self.landscape.category_label(sight.category),
            source=self.names.organisation(sight.organisation),
            place=self.landscape.place_label(sight.at) if sight.at else self._told_by(sight),
            comes="yes" if sight.certain else "perhaps",
            form=self._form(one),
            pace=self._pace(sight),
            age=_age(sight),
            back=self._back(sight),
            reach=_reach(sight),
            purposes=tuple(self._purposes(one, certain=True)),
            perhaps=tuple(self._purposes(one, certain=False)),
            until=_until(one.permitted),
            meaning=self._meaning(sight),
            blank=tuple(self._blank(one)),
            route=" → ".join(self.landscape.place_label(step.place) for step in sight.path),
            assumed=self._assumed(sight),
            short=self._short(sight),
        )

    def _told_by(self, sight: Sight) -> str:
        """By which means somebody is told outside any system."""
        by = means(self.landscape.flows[sight.flows[-1]]) if sight.flows else ""
        return f"{TOLD}, by {by}" if by else TOLD

    def _form(self, one: Visible) -> str:
        low, high = one.sight.form
        words = _FORMS[low] if low is high else NOT_KNOWN
        others = {
            carried.form
            for key in one.also
            if (carried := carried_entry(self.landscape.flows[key], one.sight.category))
        }
        also = sorted(form for form in others if isinstance(form, Form) and form is not low)
        return "; ".join([words, *(f"also as {_FORMS[form]}" for form in also)])

    def _pace(self, sight: Sight) -> str:
        """How lively it is: as the slowest step on the way."""
        flows = [self.landscape.flows[key] for key in sight.flows]
        if not flows:
            return "kept here"
        modes = {flow.mode for flow in flows}
        if Mode.MANUAL in modes:
            return "passed on by people"
        if Mode.BATCH in modes:
            spans = [flow.interval for flow in flows if flow.mode is Mode.BATCH]
            known = [str(span) for span in spans if isinstance(span, Duration)]
            is_open = len(known) < len(spans)
            return "periodic, how often is not known" if is_open else f"every {listed(known)}"
        return "sent as it happens" if Mode.PUSH in modes else "live"

    def _short(self, sight: Sight) -> str:
        """Form and pace in two words."""
        low, high = sight.form
        form = _SHORT_FORMS[low] if low is high else "form not known"
        modes = {self.landscape.flows[key].mode for key in sight.flows}
        return f"{form}, {next((word for mode, word in _PACES if mode in modes), 'kept here')}"

    def _back(self, sight: Sight) -> str:
        """How far back it reaches, as it was declared."""
        _, said = narrowest_window(self.landscape, sight) or ("", NOT_SAID)
        if said is None or said == NOT_SAID or " to " in said:
            return said or NOT_KNOWN
        return said if sight.history.low == sight.history.high else f"at most {said}"

    def _purposes(self, one: Visible, certain: bool) -> Iterator[str]:
        """For what it may be seen, surely or perhaps, and under which agreement."""
        chosen = [permitted for permitted in one.permitted if permitted.certain is certain]
        if chosen and not any(permitted.asked for permitted in one.permitted):
            reader = self.landscape.organisation_of(one.sight.stakeholder)
            own = "own information: " if reader == one.sight.organisation else ""
            yield f"{own}no agreement is asked for"
            return
        groups: dict[str, list[Purpose]] = {}
        for permitted in chosen:
            groups.setdefault(self._under(permitted), []).append(permitted.purpose)
        for under, purposes in groups.items():
            yield f"{listed([_purpose(purpose) for purpose in purposes])}: {under}"

    def _under(self, permitted: Permitted) -> str:
        if not permitted.asked:
            return "no agreement is asked for"
        labels = [self._agreement(key) for key in permitted.agreements]
        named = f"under {listed(labels)}" if labels else ""
        if not permitted.recorded:
            return (
                f"{named}{', and ' if named else ''}no agreement is recorded that covers all of it"
            )
        return named or "no agreement is asked for"

    def _agreement(self, key: str) -> str:
        """An agreement's name, or the words of its id."""
        label = self.landscape.label("agreements", key)
        return key.replace("_", " ") if label == key else label

    def _meaning(self, sight: Sight) -> str:
        """What is meant by it: as the feed says, else as its source does."""
        for key in sight.flows[:1]:
            carried = carried_entry(self.landscape.flows[key], sight.category)
            if carried is not None and told(carried.meaning):
                return told(carried.meaning) or ""
        holds = self.landscape.systems[sight.system].holds
        held = covering_entry(holds, sight.category)
        return (told(holds[held].meaning) or "") if held is not None else ""

    def _blank(self, one: Visible) -> Iterator[str]:
        """What a blank means: what the source says of it, and what may hide something."""
        holds = self.landscape.systems[one.sight.system].holds
        held = covering_entry(holds, one.sight.category)
        said = told(holds[held].absence) if held is not None else None
        if said is not None:
            yield sentence(said)
        clauses = [gap_words(gap, self.names) for gap in one.gaps]
        if clauses:
            yield sentence("; ".join(clauses))
        if said is None:
            yield ASK

    def _assumed(self, sight: Sight) -> str:
        """What on the way the author of the profile assumed."""
        entries = [
            self.landscape.systems[sight.system],
            *(self.landscape.flows[key] for key in sight.flows),
        ]
        found = [entry.assumed for entry in entries]
        if any("all" in assumed for assumed in found):
            return "assumed by the author"
        return "assumed in part" if any(found) else ""

    def _unseen(self, unseen: Iterable[Unseen]) -> Iterator[UnseenView]:
        """What cannot be seen, with the sources of one category and reason together."""
        groups: dict[tuple[str, str], list[str]] = {}
        for one in unseen:
            why = NOT_SEEN_FOR[_why(one.reasons)]
            source = self.names.organisation(one.organisation)
            groups.setdefault((one.category, why), []).append(source)
        for (category, why), sources in groups.items():
            label = self.landscape.category_label(category)
            yield UnseenView(category, label, listed(sources), why)


def _why(reasons: Sequence[Reason]) -> str:
    if OF_LAW & set(reasons):
        return "law"
    return "live" if Reason.NOT_LIVE in reasons else "none"


def _age(sight: Sight) -> str:
    """How old the newest of it can be, at worst."""
    low, high = sight.age
    if not sight.flows and not high:
        return "as it is written"
    if high == ENDLESS:
        return (
            f"how old is not known; at least {time_words(low)}" if low else "how old is not known"
        )
    return (
        f"up to {time_words(high)} old"
        if low == high
        else (f"{time_words(low)} to {time_words(high)} old")
    )


def _reach(sight: Sight) -> str:
    """For what share of people or sites it comes."""
    low, high = sight.reach.low, sight.reach.high
    if not low and high == 1:
        return NOT_KNOWN
    if low == high:
        return "everybody" if high == 1 else percent(high)
    return f"{percent(low)} to {percent(high)}"


def _until(permitted: Sequence[Permitted]) -> str:
    """Until when it may be seen for the first purpose."""
    until = permitted[0].until
    if isinstance(until, date):
        return date_words(until)
    return NOT_KNOWN if isinstance(until, Unknown) else "no end"
