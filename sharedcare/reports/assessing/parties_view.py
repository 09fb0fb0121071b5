"""Who pays, who does the work, who gains, by sector: as far as the landscape says.

Social care has less money and power than health care (Cresswell et al. 2023): where one sector pays
and another gains, a plan is worth a second look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.assessment import Assessment
from sharedcare.evidence import Evidence
from sharedcare.flows import NeedVerdict
from sharedcare.flows.work.handwork import worker_of
from sharedcare.landscape import Landscape
from sharedcare.quantities import Money, Range
from sharedcare.reports.words.figures import counted
from sharedcare.vocabulary import Mode, Verdict

NO_SECTOR = "Sector not said"
NO_ORGANISATION = "The person cared for and their family"


@dataclass(frozen=True, slots=True)
class SectorView:
    """One sector: what it gains, what it is asked for, what it does by hand, what it pays."""

    name: str
    partners: str
    gains: str
    gives: str
    does: str
    pays: str


def sector_views(assessment: Assessment) -> tuple[SectorView, ...]:
    """One row for each sector of the landscape, in the order of the profile."""
    landscape = assessment.landscape
    sectors = [_sector(key, landscape) for key in landscape.organisations]
    taking = [_sector_of_place(need.stakeholder, landscape) for need in landscape.needs.values()]
    return tuple(_row(name, assessment) for name in dict.fromkeys((*sectors, *taking)))


def _sector(organisation: str, landscape: Landscape) -> str:
    sector = landscape.organisations[organisation].sector
    return sector.replace("_", " ").capitalize() if sector else NO_SECTOR


def _sector_of_place(place: str, landscape: Landscape) -> str:
    organisation = landscape.organisation_of(place)
    return _sector(organisation, landscape) if organisation else NO_ORGANISATION


def _row(name: str, assessment: Assessment) -> SectorView:
    landscape = assessment.landscape
    partners = sum(_sector(key, landscape) == name for key in landscape.organisations)
    return SectorView(
        name=name,
        partners=str(partners),
        gains=_gains(name, assessment),
        gives=_gives(name, assessment),
        does=_does(name, landscape),
        pays=_pays(name, landscape),
    )


def _gains(name: str, assessment: Assessment) -> str:
    landscape, needs = assessment.landscape, assessment.judgement.needs
    own = [need for need in needs if _sector_of_place(need.stakeholder, landscape) == name]
    met = [need for need in own if need.verdict is Verdict.MET]
    if not own:
        return "no need declared"
    return (
        f"{len(met)} of {counted(len(own), 'need')} met ({_weight(met)} of weight {_weight(own)})"
    )


def _weight(needs: Iterable[NeedVerdict]) -> str:
    return f"{float(sum((need.weight for need in needs), Fraction(0))):g}"


def _gives(name: str, assessment: Assessment) -> str:
    evidence = Evidence(assessment.landscape, assessment.judgement)
    needs = {
        found.need
        for found in evidence.contributions
        if _sector(found.organisation, assessment.landscape) == name
    }
    return f"asked for in {counted(len(needs), 'need')}" if needs else "nothing asked for"


def _does(name: str, landscape: Landscape) -> str:
    flows = [
        flow
        for flow in landscape.flows.values()
        if (place := worker_of(flow)) is not None and _sector_of_place(place, landscape) == name
    ]
    by_hand = sum(flow.mode is Mode.MANUAL or flow.rekeyed is True for flow in flows)
    return f"{counted(by_hand, 'flow')} by hand" if by_hand else "none by hand"


def _pays(name: str, landscape: Landscape) -> str:
    changes = [
        change
        for change in landscape.changes.values()
        if change.paid_by in landscape.organisations
        and _sector(change.paid_by or "", landscape) == name
    ]
    if not changes:
        return "no change said to be"
    costs = [change.cost for change in changes]
    told = [_ends(cost) for cost in costs if isinstance(cost, Money | Range)]
    return f"{counted(len(changes), 'planned change')}{_total(told)}"


def _ends(cost: Money | Range[Money]) -> tuple[Money, Money]:
    return (cost.low, cost.high) if isinstance(cost, Range) else (cost, cost)


def _total(costs: list[tuple[Money, Money]]) -> str:
    """The sum of costs in one currency; of several, none."""
    currencies = {end.currency for ends in costs for end in ends}
    if len(currencies) != 1:
        return ""
    (currency,) = currencies
    low, high = (
        Money(currency, sum((ends[end].amount for ends in costs), Fraction(0))) for end in (0, 1)
    )
    return f", {low}" if low == high else f", {low} to {high}"
