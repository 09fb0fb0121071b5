"""What falls when something is lost, as people read it: the gravest loss first.

A section of a report or a page of its own; :mod:`sharedcare.reports.losses.resilience` writes the
page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.losses.concentration import WHOLE_INDEX, Concentration, SupplierShare
from sharedcare.flows.losses.lapses import Calendar
from sharedcare.flows.losses.resilience import Loss, LossKind, Stress
from sharedcare.flows.losses.verdict_change import Direction
from sharedcare.landscape import Landscape
from sharedcare.quantities import number_words
from sharedcare.reports.losses.change_view import ChangeView, change_views
from sharedcare.reports.losses.lapses_view import CalendarView, calendar_view
from sharedcare.reports.words.figures import (
    counted,
    cut,
    date_words,
    listed,
    percent,
    percent_words,
)
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible

#: One and several of each kind.
KIND_WORDS: dict[LossKind, tuple[str, str]] = {
    LossKind.SYSTEM: ("system", "systems"),
    LossKind.SUPPLIER: ("supplier", "suppliers"),
    LossKind.AGREEMENT: ("agreement", "agreements"),
    LossKind.IDENTITY_DOMAIN: ("identity domain", "identity domains"),
}

LOST_MEANS = (
    "A need counts as lost if its verdict is worse than before; one that is unmet already has "
    "nothing to lose. To lose something is to delete it from the profile with every reference to "
    "it, and to judge again."
)

#: What is said of what hangs on a supplier.
SHARES_MEAN = (
    "Shares of the weight of the needs that are met: on a route of theirs lies a system of the "
    "supplier (rests on it); they are worse without all its systems (falls with it)."
)


@dataclass(frozen=True, slots=True)
class LossView:
    """One loss, or two things lost together (``ids`` has two then).

    ``falls`` are the needs lost, safety-critical ones first, ``others`` those whose verdict is
    another without being worse; ``hits`` are the roles, with the organisation of each.
    """

    kind: str
    ids: tuple[str, ...]
    title: str
    critical: int
    weight: str
    counts: str
    sufficiency: str
    falls: tuple[ChangeView, ...]
    others: tuple[ChangeView, ...]
    hits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupplierView:
    """What hangs on one supplier."""

    supplier: str
    systems: str
    rests: str
    falls: str


@dataclass(frozen=True, slots=True)
class ConcentrationView:
    """How much hangs on single suppliers; ``index`` is empty where no system names one."""

    suppliers: tuple[SupplierView, ...]
    means: str
    index: str


@dataclass(frozen=True, slots=True)
class ResilienceView:
    """Everything that is said of what falls; ``pairs`` is None where nobody asked for them."""

    title: str
    as_of: str
    naming: str
    headline: tuple[str, ...]
    losses: tuple[LossView, ...]
    harmless: str
    pairs: tuple[LossView, ...] | None
    concentration: ConcentrationView | None
    calendar: CalendarView


def resilience_view(
    landscape: Landscape, found: Stress, calendar: Calendar, names: Names
) -> ResilienceView:
    """Put what falls into words, once for all formats."""
    reader = _Reader(landscape, names)
    view = ResilienceView(
        title=landscape.meta.title or "A shared care landscape",
        as_of=date_words(landscape.as_of),
        naming=names.note,
        headline=tuple(reader.headline(found)),
        losses=tuple(reader.loss(loss) for loss in found.losses if loss.changes),
        harmless=_harmless(found.losses),
        pairs=None if found.pairs is None else tuple(map(reader.loss, found.pairs)),
        concentration=_concentration(found.concentration),
        calendar=calendar_view(landscape, calendar),
    )
    return each_text(each_text(view, names.in_words), visible)


def loss_name(landscape: Landscape, kind: LossKind, thing: str) -> str:
    """Return what one thing that may be lost is called."""
    if kind is LossKind.SYSTEM:
        return landscape.label("systems", thing)
    return landscape.label("agreements", thing) if kind is LossKind.AGREEMENT else thing


class _Reader:
    """Puts the losses of one landscape into words."""

    def __init__(self, landscape: Landscape, names: Names) -> None:
        self.landscape, self.names = landscape, names
        weights = (need.weight for need in landscape.needs.values())
        self.weight = number_words(sum(weights, Fraction(0)))

    def headline(self, found: Stress) -> Iterable[str]:
        """What was lost in turn, how much of it takes something, and the gravest loss."""
        tried = [
            counted(number, *KIND_WORDS[kind])
            for kind in found.kinds
            if (number := sum(loss.kind is kind for loss in found.losses))
        ]
        if not tried:
            yield "The profile declares nothing that could be lost."
            return
        yield f"Lost one at a time: {listed(tried)}."
        taking = [loss for loss in found.losses if loss.lost]
        critical = sum(bool(loss.safety_critical) for loss in taking)
        if taking:
            yield f"{_of_them(len(taking))} needs; {_critical_words(critical)}"
            yield self._gravest(taking[0])
        else:
            yield "No single loss takes any need."
        if not found.proven:
            yield "Some verdicts are not proven: a search limit was reached."

    def _gravest(self, loss: Loss) -> str:
        those = f", {len(loss.safety_critical)} safety-critical" if loss.safety_critical else ""
        whole = len(self.landscape.needs)
        verb = "is" if len(loss.lost) == 1 else "are"
        return (
            f"The gravest: without {self._called(loss)} {len(loss.lost)} of "
            f"{counted(whole, 'need')} {verb} worse off{those}."
        )

    def _called(self, loss: Loss) -> str:
        one, several = KIND_WORDS[loss.kind]
        names = [loss_name(self.landscape, loss.kind, thing) for thing in loss.ids]
        return f"the {one if len(names) == 1 else several} {listed(names)}"

    def loss(self, loss: Loss) -> LossView:
        """One loss in words."""
        return LossView(
            kind=loss.kind.value,
            ids=loss.ids,
            title=self._title(loss),
            critical=len(loss.safety_critical),
            weight=number_words(loss.weight),
            counts=self._counts(loss),
            sufficiency="" if loss.sufficiency is None else percent_words(loss.sufficiency),
            falls=change_views(self.landscape, loss.changes, (Direction.WORSE,)),
            others=change_views(self.landscape, loss.changes, _OTHER_WAYS),
            hits=tuple(map(self._role, loss.stakeholders)),
        )

    def _title(self, loss: Loss) -> str:
        words = self._called(loss).removeprefix("the ")
        begun = words[:1].upper() + words[1:]
        if loss.kind is LossKind.SUPPLIER:
            return f"{begun} ({counted(len(loss.systems), 'system')})"
        return begun

    def _counts(self, loss: Loss) -> str:
        if not loss.lost:
            return "no need lost"
        critical = f", {len(loss.safety_critical)} safety-critical" if loss.safety_critical else ""
        lost = counted(len(loss.lost), "need")
        return f"{lost} lost{critical}; weight {number_words(loss.weight)} of {self.weight}"

    def _role(self, stakeholder: str) -> str:
        role = self.landscape.label("stakeholders", stakeholder)
        organisation = self.landscape.organisation_of(stakeholder)
        return f"{role} ({self.names.organisation(organisation)})" if organisation else role


#: Ways in which a verdict may go without being worse.
_OTHER_WAYS = tuple(way for way in Direction if way is not Direction.WORSE)


def _of_them(number: int) -> str:
    return f"{number:,} of them {'takes' if number == 1 else 'take'}"


def _critical_words(number: int) -> str:
    if not number:
        return "none takes a safety-critical one."
    return f"{number:,} {'takes' if number == 1 else 'take'} a safety-critical one."


def _harmless(losses: Sequence[Loss]) -> str:
    """How many things of each kind could be lost without any verdict changing."""
    counts = [
        counted(number, *words)
        for kind, words in KIND_WORDS.items()
        if (number := sum(loss.kind is kind and not loss.changes for loss in losses))
    ]
    return f"Changes no verdict: {listed(counts)}." if counts else ""


def _concentration(found: Concentration | None) -> ConcentrationView | None:
    if found is None or not found.suppliers:
        return None
    return ConcentrationView(
        suppliers=tuple(map(_supplier, found.suppliers)),
        means=SHARES_MEAN,
        index=_index(found),
    )


def _supplier(share: SupplierShare) -> SupplierView:
    return SupplierView(
        supplier=share.supplier,
        systems=str(len(share.systems)),
        rests=_share(share.rests_share, len(share.rests)),
        falls=_share(share.falls_share, len(share.falls)),
    )


def _share(share: Fraction | None, needs: int) -> str:
    number = counted(needs, "need")
    return number if share is None else f"{percent(share)} ({number})"


def _index(found: Concentration) -> str:
    if found.index is None:
        return ""
    named = sum(len(share.systems) for share in found.suppliers)
    verb = "names" if found.unnamed == 1 else "name"
    unnamed = f" {counted(found.unnamed, 'system')} in use {verb} none." if found.unnamed else ""
    return (
        f"Herfindahl-Hirschman index of the {counted(named, 'system')} in use with a supplier: "
        f"{int(cut(found.index, 0)):,} of {WHOLE_INDEX:,}, where one supplier would have all "
        f"(Hirschman 1964).{unnamed}"
    )
