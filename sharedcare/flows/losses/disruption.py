"""Disruption: what works today and would not after a change, an option or a scenario.

Nothing is a green field: flows that work, on paper too, are what people rely on, and breaking them
is a harm that the one who gains by a change seldom sees (Cresswell et al. 2023). So both landscapes
are judged by the same rules, and set beside each other need by need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sharedcare.flows.judging import Extent, judge
from sharedcare.flows.losses.verdict_change import Direction, direction
from sharedcare.flows.verdict import ItemVerdict, Judgement, NeedVerdict
from sharedcare.landscape import Landscape
from sharedcare.landscape.changing import carried_out, lost_entries
from sharedcare.landscape.planning import Plan, plan_of
from sharedcare.places import Placed, by_path
from sharedcare.vocabulary import Reason, Verdict


class Fate(Enum):
    """What becomes of a need, from the one to look at first.

    ``LOST`` was met and no longer is for sure; ``WORSE`` is met less, or for fewer people;
    ``UNCERTAIN`` is open otherwise than before, or not proven. ``NEW`` is only asked for
    afterwards, ``GONE`` only before.
    """

    LOST = "lost"
    WORSE = "worse"
    UNCERTAIN = "uncertain"
    GONE = "gone"
    GAINED = "gained"
    BETTER = "better"
    NEW = "new"
    SAME = "same"


#: Fates in which somebody has less than before.
WORSENED = (Fate.LOST, Fate.WORSE, Fate.UNCERTAIN)

#: Fates in which somebody has more than before.
IMPROVED = (Fate.GAINED, Fate.BETTER)


@dataclass(frozen=True, slots=True)
class NeedFate:
    """One need before and after; None where it is not asked for."""

    need: str
    fate: Fate
    before: NeedVerdict | None
    after: NeedVerdict | None

    @property
    def safety_critical(self) -> bool:
        """Whether harm can come of it, as declared before or after."""
        return any(found.safety_critical for found in (self.before, self.after) if found)

    @property
    def turns(self) -> bool:
        """Whether the verdict is another, and not only how many people it is met for."""
        if self.before is None or self.after is None:
            return True
        return _extent(self.before) != _extent(self.after)

    @property
    def breaks(self) -> bool:
        """Whether it is worse off and not met afterwards."""
        is_met = self.after is not None and self.after.verdict is Verdict.MET
        return self.fate in (Fate.LOST, Fate.WORSE) and not is_met


@dataclass(frozen=True, slots=True)
class Loss:
    """One item that somebody would have less of: who, what, and why.

    ``organisation`` is None for the person cared for and those beside them. ``sources`` are the
    organisations whose part would arrive for fewer people, or not at all.
    """

    need: str
    stakeholder: str
    organisation: str | None
    category: str
    sources: tuple[str, ...]
    before: ItemVerdict
    after: ItemVerdict | None
    reasons: tuple[Reason, ...]
    safety_critical: bool


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A system or flow that changes say they disturb, and the needs that go by it today."""

    kind: str
    id: str
    by: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Disruption:
    """What a plan would do to the needs: ``needs`` in the order of the profile, new ones last.

    ``losses`` begin with what is safety-critical. ``lost`` are the entries, as (map, id), that
    scenarios take away.
    """

    plan: Plan
    landscape: Landscape
    changed: Landscape
    before: Judgement
    after: Judgement
    needs: tuple[NeedFate, ...]
    losses: tuple[Loss, ...]
    disturbed: tuple[Disturbed, ...]
    lost: tuple[tuple[str, str], ...]

    def with_fate(self, *fates: Fate) -> tuple[NeedFate, ...]:
        """The needs with one of these fates, safety-critical ones first."""
        found = [need for need in self.needs if need.fate in fates]
        return tuple(sorted(found, key=lambda need: (not need.safety_critical, -_weight(need))))

    @property
    def proven(self) -> bool:
        """Whether no search was given up."""
        judged = (*self.before.needs, *self.after.needs)
        return all(need.proven for need in judged)

    @property
    def breaks_safety(self) -> bool:
        """Whether a safety-critical need breaks."""
        return any(need.breaks and need.safety_critical for need in self.needs)


def disruption(
    landscape: Landscape, *what: str, before: Judgement | None = None, place: Placed = by_path
) -> Disruption:
    """Judge a landscape before and after changes, options and scenarios, made together.

    ``before`` is the judgement of the landscape, where it is at hand. Raises as
    :func:`sharedcare.landscape.changing.what_if` does.
    """
    plan = plan_of(landscape, *what)
    changed = carried_out(landscape, plan, place)
    now, then = before or judge(landscape), judge(changed)
    fates = fates_of(now, then)
    return Disruption(
        plan=plan,
        landscape=landscape,
        changed=changed,
        before=now,
        after=then,
        needs=fates,
        losses=tuple(_losses(fates, landscape)),
        disturbed=tuple(_disturbed(landscape, plan, now)),
        lost=tuple(entry for lost in plan.lost for entry in lost_entries(changed, lost)),
    )


def fates_of(before: Judgement, after: Judgement) -> tuple[NeedFate, ...]:
    """What becomes of each need between two judgements, in the order of the first."""
    was, becomes = ({need.need: need for need in found.needs} for found in (before, after))
    needs = dict.fromkeys((*was, *becomes))
    return tuple(_fate(need, was.get(need), becomes.get(need)) for need in needs)


def _fate(need: str, before: NeedVerdict | None, after: NeedVerdict | None) -> NeedFate:
    if before is None:
        return NeedFate(need, Fate.NEW, before, after)
    if after is None:
        return NeedFate(need, Fate.GONE, before, after)
    went = _direction(before, after)
    fate = Fate.SAME
    if went is Direction.WORSE:
        was_met = before.verdict is Verdict.MET and after.verdict is not Verdict.MET
        fate = Fate.LOST if was_met else Fate.WORSE
    elif went is Direction.BETTER:
        is_met = after.verdict is Verdict.MET and before.verdict is not Verdict.MET
        fate = Fate.GAINED if is_met else Fate.BETTER
    elif went is not None:
        fate = Fate.UNCERTAIN
    return NeedFate(need, fate, before, after)


def _direction(before: NeedVerdict, after: NeedVerdict) -> Direction | None:
    """Which way a need goes: by its verdict, else by how many people it is met for."""
    was, becomes = _extent(before), _extent(after)
    if was != becomes:
        return direction(was, becomes)
    steps = {
        step
        for old, new in _items_beside(before, after)
        for step in (
            (Fraction(-1),)
            if new is None
            else (new.coverage.low - old.coverage.low, new.coverage.high - old.coverage.high)
        )
    }
    if any(step < 0 for step in steps):
        return Direction.WORSE
    return Direction.BETTER if any(steps) else None


def _extent(found: NeedVerdict) -> Extent:
    return Extent(found.low, found.high, found.proven)


def _items_beside(
    before: NeedVerdict, after: NeedVerdict
) -> Iterator[tuple[ItemVerdict, ItemVerdict | None]]:
    """Each item of before with the one of after that asks for the same, in order."""
    left = list(after.items)
    for item in before.items:
        same = next((other for other in left if other.category == item.category), None)
        if same is not None:
            left.remove(same)
        yield item, same


def _losses(fates: tuple[NeedFate, ...], landscape: Landscape) -> Iterator[Loss]:
    worse = [found for found in fates if found.fate in WORSENED]
    worse.sort(key=lambda found: (not found.safety_critical, not found.breaks, -_weight(found)))
    for found in worse:
        before, after = found.before, found.after
        for old, new in _items_beside(before, after) if before and after else ():
            if new is None or _is_less(old, new):
                yield _loss(found, landscape, old, new)


def _is_less(before: ItemVerdict, after: ItemVerdict) -> bool:
    was, becomes = before.coverage, after.coverage
    return becomes.low < was.low or becomes.high < was.high


def _loss(
    found: NeedFate, landscape: Landscape, before: ItemVerdict, after: ItemVerdict | None
) -> Loss:
    stakeholder = landscape.needs[found.need].stakeholder
    return Loss(
        need=found.need,
        stakeholder=stakeholder,
        organisation=landscape.organisation_of(stakeholder),
        category=before.category,
        sources=tuple(_less_of(before, after)),
        before=before,
        after=after,
        reasons=after.reasons if after else (),
        safety_critical=found.safety_critical,
    )


def _less_of(before: ItemVerdict, after: ItemVerdict | None) -> Iterator[str]:
    now = {source.organisation: source.coverage for source in after.sources} if after else {}
    for source in before.sources:
        becomes = now.get(source.organisation)
        was = source.coverage
        if becomes is None or becomes.low < was.low or becomes.high < was.high:
            yield source.organisation


def _weight(found: NeedFate) -> Fraction:
    judged = found.before or found.after
    return judged.weight if judged else Fraction(0)


def _disturbed(landscape: Landscape, plan: Plan, before: Judgement) -> Iterator[Disturbed]:
    by: dict[str, list[str]] = {}
    for change in plan.changes:
        for named in landscape.changes[change].disrupts:
            by.setdefault(named, []).append(change)
    through = _needs_through(before)
    for named, changes in by.items():
        for kind in ("systems", "flows"):
            if named in getattr(landscape, kind):
                yield Disturbed(kind, named, tuple(changes), through.get((kind, named), ()))


def _needs_through(before: Judgement) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The needs whose witness goes through each flow and place."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for need in before.needs:
        for step in (step for item in need.items for step in item.path):
            found.setdefault(("systems", step.place), {})[need.need] = None
            if step.flow is not None:
                found.setdefault(("flows", step.flow), {})[need.need] = None
    return {key: tuple(needs) for key, needs in found.items()}
