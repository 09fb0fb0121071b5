"""Hazards: what can go wrong around a safety-critical need, as far as the profile tells.

A need that is unmet or not known may leave somebody acting without what they need. One that is met
rests on what was taken for granted. And what does arrive can be misread: as meaning what another
source means by it, as fresher than it is, or, where nothing is shown, as a no.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sharedcare.flows.meaning.clash import Clash, ClashKind
from sharedcare.flows.meaning.clashes import clashes
from sharedcare.flows.verdict import RANKED, ItemVerdict, Judgement
from sharedcare.flows.why.explanation import Explanation, explain
from sharedcare.landscape import Landscape, Need
from sharedcare.vocabulary import Reason, Scope, Use, Verdict


class HazardKind(Enum):
    """What is the matter, as it stands in a hazard's id; from what is worst to what is least."""

    MISSING = "missing"
    NOT_TOLD = "not_told"
    OUT_OF_DATE = "out_of_date"
    TOO_SLOW = "too_slow"
    WRONG_FORM = "wrong_form"
    TOO_SHORT = "too_short"
    INCOMPLETE = "incomplete"
    NOT_KNOWN = "not_known"
    TWO_MEANINGS = "two_meanings"
    BLANK = "blank_read_as_no"
    CODES = "no_common_codes"
    UNEVEN = "unevenly_fresh"
    MIXED = "live_and_periodic"
    UNTOLD = "no_notification"
    ASSUMED = "rests_on_assumptions"


#: What is the matter with an item, by the first reason that it has among these.
_BY_REASON = (
    (Reason.AGE, HazardKind.OUT_OF_DATE),
    (Reason.WAIT, HazardKind.TOO_SLOW),
    (Reason.FORM, HazardKind.WRONG_FORM),
    (Reason.HISTORY, HazardKind.TOO_SHORT),
    (Reason.REACH, HazardKind.INCOMPLETE),
    (Reason.CAPACITY, HazardKind.INCOMPLETE),
)

#: The clashes that are hazards where a safety-critical need draws on them.
_BY_CLASH = {
    ClashKind.MEANING: HazardKind.TWO_MEANINGS,
    ClashKind.ABSENCE: HazardKind.BLANK,
    ClashKind.CODE_SYSTEM: HazardKind.CODES,
    ClashKind.LIVELINESS: HazardKind.UNEVEN,
    ClashKind.MIXTURE: HazardKind.MIXED,
    ClashKind.UNTOLD: HazardKind.UNTOLD,
}


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard of one need.

    ``position`` is that of the item that it is about, None where it is about several or all;
    ``clash`` is what does not go together; ``assumed`` are the entries, as (map, id), on which the
    need rests and in which the profile's author assumed something.
    """

    kind: HazardKind
    need: str
    categories: tuple[str, ...]
    explanation: Explanation
    position: int | None = None
    clash: Clash | None = None
    assumed: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """An id that stays while need, kind and categories do."""
        about = ("+".join(self.categories),) if self.categories else ()
        return ":".join((self.need, self.kind.value, *about))

    @property
    def item(self) -> ItemVerdict | None:
        """The item that it is about."""
        items = self.explanation.verdict.items
        return None if self.position is None else items[self.position]


def hazards(landscape: Landscape) -> tuple[Hazard, ...]:
    """List the hazards of the safety-critical needs, the gravest need first, then by kind."""
    critical = [key for key, need in landscape.needs.items() if need.safety_critical]
    explained = {key: explain(landscape, key) for key in critical}
    found = [hazard for key in critical for hazard in _of_need(landscape, explained[key])]
    judged = Judgement(tuple(explained[key].verdict for key in critical), None)
    for clash in clashes(landscape, judged):
        if clash.kind in _BY_CLASH:
            kind = _BY_CLASH[clash.kind]
            for need in clash.needs:
                if kind is HazardKind.UNTOLD and not _waits_to_be_told(landscape.needs[need]):
                    continue
                categories = clash.categories if kind is not HazardKind.MIXED else ()
                found.append(Hazard(kind, need, categories, explained[need], clash=clash))
    order = {key: (_gravity(explained[key]), at) for at, key in enumerate(critical)}
    kinds = list(HazardKind)
    return tuple(sorted(found, key=lambda one: (order[one.need], kinds.index(one.kind))))


def _waits_to_be_told(need: Need) -> bool:
    """Whether a need is about what changes over time, and not looked up at one event."""
    return need.use is Use.ALERT or need.scope is Scope.CASELOAD


def _gravity(found: Explanation) -> int:
    """Where a need stands by its verdict at worst: unmet first, and what is met last."""
    verdict = found.verdict
    return RANKED.index(verdict.low) + (verdict.verdict is Verdict.MET)


def _of_need(landscape: Landscape, found: Explanation) -> Iterator[Hazard]:
    """The hazards of what does not arrive, or of what a need that is met takes for granted."""
    verdict = found.verdict
    if verdict.verdict is Verdict.MET:
        assumed = tuple(_assumed(landscape, verdict.items))
        if verdict.assumptions or assumed:
            categories = tuple(dict.fromkeys(item.category for item in verdict.items))
            yield Hazard(HazardKind.ASSUMED, verdict.need, categories, found, assumed=assumed)
        return
    use = landscape.needs[verdict.need].use
    for position, item in enumerate(verdict.items):
        if item.verdict is not Verdict.MET:
            kind = _kind(item, use)
            yield Hazard(kind, verdict.need, (item.category,), found, position=position)


def _kind(item: ItemVerdict, use: Use) -> HazardKind:
    if item.verdict is Verdict.UNDETERMINED:
        return HazardKind.NOT_KNOWN
    if use is Use.ALERT and Reason.MODE in item.reasons:
        return HazardKind.NOT_TOLD
    if item.verdict is Verdict.PARTLY_MET:
        return HazardKind.INCOMPLETE
    found = (kind for reason, kind in _BY_REASON if set(item.reasons) == {reason})
    return next(found, HazardKind.MISSING)


def _assumed(landscape: Landscape, items: tuple[ItemVerdict, ...]) -> Iterator[tuple[str, str]]:
    """The systems and flows on the witness routes in which the author assumed something."""
    steps = [step for item in items for step in item.path]
    on_it = [("systems", step.place) for step in steps if step.place in landscape.systems]
    on_it += [("flows", step.flow) for step in steps if step.flow is not None]
    for kind, key in dict.fromkeys(on_it):
        entry = (landscape.systems if kind == "systems" else landscape.flows)[key]
        if entry.assumed:
            yield kind, key
