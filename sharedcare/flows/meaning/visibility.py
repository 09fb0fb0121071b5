"""Visibility: what each role can see of everything that anybody holds, in which of its systems.

It is worked out from routes and not from needs: a role sees what can come to a system that it uses
under some agreement, whether or not anybody declared a need for it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sharedcare.errors import NotFoundError
from sharedcare.flows.meaning.feeds import carried_entry
from sharedcare.flows.meaning.gaps import Gap, gaps_in_sight, lasting_covers
from sharedcare.flows.meaning.sights import Sight, Sights
from sharedcare.flows.sources import covering_entry
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape import Flow, Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.landscape.data_categories import ancestors, covers
from sharedcare.landscape.entry import Period
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Purpose, Reason


@dataclass(frozen=True, slots=True)
class Permitted:
    """A purpose for which something may be seen, under which agreements, until when.

    ``asked``: the law asks for an agreement on the way; ``recorded``: one is recorded wherever it
    does. ``until`` is the first day on which an agreement or a flow on the way ends: None where
    none has an end, unknown where that is not known. ``certain``: it surely comes for this purpose.
    """

    purpose: Purpose
    agreements: tuple[str, ...]
    asked: bool
    recorded: bool
    until: date | Unknown | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Visible:
    """One part of one category that a role can see at one place, and what may be missing in it.

    ``also`` are further flows that bring the same to the same place, such as documents beside
    fields.
    """

    sight: Sight
    permitted: tuple[Permitted, ...]
    also: tuple[str, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Unseen:
    """One organisation's part of a category of which nothing comes to a role, and why."""

    stakeholder: str
    category: str
    organisation: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Visibility:
    """What the roles asked about can see, and what not; ``purposes`` are those looked at.

    ``proven`` is no where a search limit left something open.
    """

    stakeholders: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    visible: tuple[Visible, ...]
    unseen: tuple[Unseen, ...]
    proven: bool


def visibility(
    landscape: Landscape,
    stakeholders: Collection[str] | None = None,
    category: str | None = None,
    purpose: Purpose | None = None,
) -> Visibility:
    """Find what roles can see, of one category (with all below it) or of all, for each purpose.

    Roles and purposes that are not given are all of them: direct care, and what agreements and
    needs name. Raises NotFoundError if nobody holds anything of the category.
    """
    chosen = [key for key in landscape.stakeholders if stakeholders is None or key in stakeholders]
    purposes = (purpose,) if purpose else purposes_of(landscape)
    if category is not None and not any(covers(category, key) for key in categories_of(landscape)):
        hint = did_you_mean(category, categories_of(landscape))
        raise NotFoundError(f"nobody holds the data category {category}{hint}")
    guide = _Guide(landscape, category, purposes)
    visible: list[Visible] = []
    unseen: list[Unseen] = []
    for role in chosen:
        guide.sights.start_afresh()
        seen = guide.visible(role)
        visible += seen
        unseen += guide.unseen(role, seen)
    return Visibility(tuple(chosen), purposes, tuple(visible), tuple(unseen), guide.sights.proven)


def purposes_of(landscape: Landscape) -> tuple[Purpose, ...]:
    """Direct care, and every purpose that an agreement or a need names."""
    named = {purpose for found in landscape.agreements.values() for purpose in found.purposes}
    named |= {need.purpose for need in landscape.needs.values()} | {Purpose.DIRECT_CARE}
    return tuple(purpose for purpose in Purpose if purpose in named)


def roles_of(
    landscape: Landscape, organisation: str | None = None, role: str | None = None
) -> tuple[str, ...]:
    """The stakeholders of an organisation (by id or type), or one of them, or all.

    Raises NotFoundError if there is no such organisation, type or stakeholder.
    """
    if role is not None and role not in landscape.stakeholders:
        hint = did_you_mean(role, landscape.stakeholders)
        raise NotFoundError(f"there is no stakeholder {role}{hint}")
    within = set(landscape.named_by(organisation)) if organisation is not None else None
    if within == set():
        known = (*landscape.organisations, *landscape.organisations_by_type)
        hint = did_you_mean(organisation or "", known)
        raise NotFoundError(f"there is no organisation or type {organisation}{hint}")
    return tuple(
        key
        for key, stakeholder in landscape.stakeholders.items()
        if role in (None, key) and (within is None or stakeholder.organisation in within)
    )


class _Guide:
    """Goes through the categories of one landscape, role by role."""

    def __init__(
        self, landscape: Landscape, category: str | None, purposes: tuple[Purpose, ...]
    ) -> None:
        self.landscape = landscape
        self.purposes = purposes
        self.sights = Sights(landscape)
        self._between: dict[tuple[str, str], list[str]] = {}
        for key, flow in landscape.flows.items():
            self._between.setdefault((flow.from_, flow.to), []).append(key)
        self.categories = tuple(
            key for key in categories_of(landscape) if category is None or covers(category, key)
        )

    def visible(self, role: str) -> list[Visible]:
        """What one role can see, in order of category, source and place; told once."""
        found = [
            visible
            for category in self.categories
            for place in self._places(role)
            for visible in self._at(role, category, place)
        ]
        apart = [self._apart_from_category(one) for one in found]
        told: dict[object, set[str]] = {}
        for one, rest in zip(found, apart, strict=True):
            told.setdefault(rest, set()).add(one.sight.category)
        return [
            one
            for one, rest in zip(found, apart, strict=True)
            if told[rest].isdisjoint(ancestors(one.sight.category))
        ]

    def _apart_from_category(self, one: Visible) -> object:
        """All that is told of a part but its category: alike, a wider category tells it too."""
        sight = one.sight
        holds = self.landscape.systems[sight.system].holds
        held = covering_entry(holds, sight.category)
        way = (sight.organisation, sight.at, sight.system, sight.flows)
        return (*way, sight.form, one.permitted, held)

    def _places(self, role: str) -> tuple[str | None, ...]:
        """The systems that a role is let into, and None for what it is told outside any."""
        used = self.landscape.stakeholders[role].uses
        systems = dict.fromkeys(use.system for use in used if use.access is not False)
        return (*systems, None)

    def _at(self, role: str, category: str, place: str | None) -> Iterator[Visible]:
        """What a role sees of a category at one place, by source and way; purposes together."""
        ways: dict[tuple[str, tuple[str, ...]], list[tuple[Purpose, Sight]]] = {}
        alike: dict[object, list[Sight]] = {}
        for purpose in self.purposes:
            law = self.sights.law_of(category, purpose)
            if law not in alike:
                alike[law] = self._sights(role, category, purpose, place)
            for sight in alike[law]:
                ways.setdefault((sight.organisation, sight.flows), []).append((purpose, sight))
        for _, found in sorted(ways.items()):
            surest = max((sight for _, sight in found), key=lambda sight: sight.certain)
            yield Visible(
                sight=surest,
                permitted=tuple(self._permitted(*one) for one in found),
                also=tuple(self._also(surest)),
                gaps=gaps_in_sight(self.landscape, surest),
            )

    def _sights(self, role: str, category: str, purpose: Purpose, place: str | None) -> list[Sight]:
        if place is None:
            return self.sights.told(role, category, purpose)
        return self.sights.seen(role, category, purpose, place)

    def _permitted(self, purpose: Purpose, sight: Sight) -> Permitted:
        covers = lasting_covers(self.landscape, sight)
        return Permitted(
            purpose=purpose,
            agreements=covers,
            asked=bool(sight.covers),
            recorded=all(sight.covers),
            until=self._until(sight, covers),
            certain=sight.certain,
        )

    def _until(self, sight: Sight, covers: Iterable[str]) -> date | Unknown | None:
        flows, agreements = self.landscape.flows, self.landscape.agreements
        periods = [flows[key].valid for key in sight.flows]
        periods += [agreements[key].valid for key in covers]
        return first_end(periods)

    def _also(self, sight: Sight) -> Iterator[str]:
        """Flows beside the last one that bring the category the same way in another form."""
        if not sight.flows:
            return
        last = self.landscape.flows[sight.flows[-1]]
        carried = carried_entry(last, sight.category)
        for key in self._between.get((last.from_, last.to), ()):
            flow = self.landscape.flows[key]
            beside = carried_entry(flow, sight.category)
            if beside is not None and beside != carried and _runs_like(flow, last):
                yield key

    def unseen(self, role: str, visible: Iterable[Visible]) -> list[Unseen]:
        """The parts of which a role sees nothing, the widest categories alone."""
        told = {(one.sight.category, one.sight.organisation) for one in visible}
        found: list[Unseen] = []
        for category in self.categories:
            wider = (category, *ancestors(category))
            missing = tuple(
                organisation
                for organisation in self.sights.starts(category)
                if not any((key, organisation) in told for key in wider)
            )
            told |= {(category, organisation) for organisation in missing}
            reasons = self.sights.reasons(role, category, self.purposes[0], missing)
            found += [Unseen(role, category, who, reasons.get(who, ())) for who in missing]
        return found


def _runs_like(flow: Flow, other: Flow) -> bool:
    """Whether a flow is in use, and may pass things on, as another is and may."""
    return (flow.status, flow.valid, flow.agreements, flow.basis) == (
        other.status,
        other.valid,
        other.agreements,
        other.basis,
    )


def categories_of(landscape: Landscape) -> tuple[str, ...]:
    """What is held anywhere, and what flows, agreements and needs name below that; sorted."""
    held = {category for system in landscape.systems.values() for category in system.holds}
    named = {category for flow in landscape.flows.values() for category in flow.carries}
    named |= {key for agreement in landscape.agreements.values() for key in agreement.categories}
    named |= {item.category for need in landscape.needs.values() for item in need.content}
    below = {key for key in named - {ALL} if any(name in held for name in ancestors(key))}
    return tuple(sorted(held | below))


def first_end(periods: Iterable[Period | None]) -> date | Unknown | None:
    """The earliest last day of some periods; unknown where one of them is and none ends before."""
    ends = [period.until for period in periods if period is not None and period.until is not None]
    days = [end for end in ends if isinstance(end, date)]
    return min(days, default=next((end for end in ends if isinstance(end, Unknown)), None))
