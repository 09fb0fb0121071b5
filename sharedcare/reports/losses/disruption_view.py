"""What a change, option or scenario would do to the needs, as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.flows.judging import Extent
from sharedcare.flows.losses.disruption import Disruption, Disturbed, Fate, Loss, NeedFate
from sharedcare.flows.verdict import Judgement, NeedVerdict
from sharedcare.landscape import Landscape
from sharedcare.landscape.effort import Effort, effort
from sharedcare.quantities import Duration, Money, Range, Unknown, duration_words
from sharedcare.reports.assessing.needs_view import need_label, need_views
from sharedcare.reports.losses.change_view import extent_words
from sharedcare.reports.words.figures import (
    counted,
    date_words,
    listed,
    lowered,
    percent_words,
    sentence,
)
from sharedcare.reports.words.flow_words import flow_words
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible

NOT_KNOWN = "not known"
NOT_ASKED = "not asked for"
PERSON = "no organisation"

#: What the fate of a need is called.
FATE_WORDS: dict[Fate, str] = {
    Fate.LOST: "lost",
    Fate.WORSE: "worse",
    Fate.UNCERTAIN: "open otherwise than before",
    Fate.GONE: "no longer asked for",
    Fate.GAINED: "gained",
    Fate.BETTER: "better",
    Fate.NEW: "newly asked for",
    Fate.SAME: "as it is",
}

#: Said wherever a disruption is: what it does not take into account.
ONLY_VERDICTS = (
    "What it takes to get there (training, double running, a weekend without a feed) is seen only "
    "where a change says what it disrupts."
)


@dataclass(frozen=True, slots=True)
class FateView:
    """One need before and after; ``why`` says why it is not met afterwards."""

    need: str
    title: str
    safety_critical: bool
    weight: str
    fate: Fate
    words: str
    breaks: bool
    before: str
    after: str
    mark: Mark | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LossView:
    """One item that somebody would have less of."""

    need: str
    who: str
    organisation: str
    what: str
    sources: tuple[str, ...]
    before: str
    after: str
    why: tuple[str, ...]
    safety_critical: bool


@dataclass(frozen=True, slots=True)
class PlannedView:
    """One change that is made; ``required`` where nobody named it and another requires it."""

    id: str
    name: str
    required: bool
    cost: str
    duration: str
    owner: str
    paid_by: str


@dataclass(frozen=True, slots=True)
class DisruptionView:
    """Everything that is said of a plan."""

    title: str
    landscape: str
    as_of: str
    headline: tuple[str, ...]
    circumstances: tuple[str, ...]
    changes: tuple[PlannedView, ...]
    effort: tuple[str, ...]
    needs: tuple[FateView, ...]
    losses: tuple[LossView, ...]
    disturbed: tuple[str, ...]
    naming: str

    def of(self, *fates: Fate) -> tuple[FateView, ...]:
        """The needs with one of these fates."""
        return tuple(need for need in self.needs if need.fate in fates)


def disruption_view(found: Disruption, name_organisations: bool) -> DisruptionView:
    """Put a disruption into words, once for all formats."""
    names, names_after = (
        Names(_with_all_organisations(landscape, found), name_organisations)
        for landscape in (found.landscape, found.changed)
    )
    view = _Reader(found, names, names_after).view()
    for known in (names, names_after):
        view = each_text(view, known.in_words)
    return each_text(view, visible)


def _with_all_organisations(landscape: Landscape, found: Disruption) -> Landscape:
    """A landscape that knows the organisations of before and after, so that no letter moves."""
    organisations = {**found.landscape.organisations, **found.changed.organisations}
    return landscape.model_copy(update={"organisations": organisations})


class _Reader:
    """Puts one disruption into words."""

    def __init__(self, found: Disruption, names: Names, names_after: Names) -> None:
        self.found = found
        self.names = names
        self.after = {view.id: view for view in need_views(found.after, names_after)}
        self.names_after = names_after

    def view(self) -> DisruptionView:
        """The whole view."""
        found, landscape = self.found, self.found.landscape
        asked = [landscape.label(kind, key) for kind, key in found.plan.what]
        return DisruptionView(
            title=f"What if: {listed(asked)}",
            landscape=landscape.meta.title or "",
            as_of=date_words(found.changed.as_of),
            headline=tuple(self._headline()),
            circumstances=tuple(self._circumstances()),
            changes=tuple(map(self._planned, found.plan.changes)),
            effort=tuple(effort_words(landscape, effort(landscape, found.plan.changes))),
            needs=tuple(map(self._fate, found.with_fate(*Fate))),
            losses=tuple(map(self._loss, found.losses)),
            disturbed=tuple(map(self._disturbed, found.disturbed)),
            naming=self.names.note,
        )

    def _headline(self) -> Iterator[str]:
        needs = self.found.needs
        broken = [need for need in needs if need.breaks]
        critical = sum(need.safety_critical for need in broken)
        gained = sum(need.fate is Fate.GAINED for need in needs)
        same = sum(need.fate is Fate.SAME for need in needs)
        verb = "breaks" if len(broken) == 1 else "break"
        safety = f"{critical or 'none'} safety-critical"
        whole = f"{counted(len(broken), 'need')} {verb} ({safety})"
        yield f"{whole}." if broken else "No need breaks."
        yield f"{counted(gained, 'need')} {'is' if gained == 1 else 'are'} gained."
        yield f"{counted(same, 'need')} {'stays as it is' if same == 1 else 'stay as they are'}."
        yield from _sufficiency_words(self.found.before, self.found.after)

    def _circumstances(self) -> Iterator[str]:
        """What is lost, and on which day it is."""
        found = self.found
        if found.plan.at is not None:
            today = date_words(found.landscape.as_of)
            yield f"It is {date_words(found.plan.at)}, and not {today}."
        if found.lost:
            lost = [self._entry(found.changed, kind, key) for kind, key in found.lost]
            yield f"Taken away: {listed(lost)}."

    @staticmethod
    def _entry(landscape: Landscape, kind: str, key: str) -> str:
        return flow_words(landscape, key) if kind == "flows" else landscape.label(kind, key)

    def _planned(self, key: str) -> PlannedView:
        landscape = self.found.landscape
        change = landscape.changes[key]
        return PlannedView(
            id=key,
            name=landscape.label("changes", key),
            required=key in self.found.plan.pulled_in,
            cost=money_words(change.cost),
            duration=NOT_KNOWN if _is_unknown(change.duration) else str(change.duration),
            owner=change.owner or NOT_KNOWN,
            paid_by=self._payer(change.paid_by),
        )

    def _payer(self, paid_by: str | None) -> str:
        if paid_by is None:
            return NOT_KNOWN
        is_partner = paid_by in self.found.landscape.organisations
        return self.names.organisation(paid_by) if is_partner else paid_by.replace("_", " ")

    def _fate(self, need: NeedFate) -> FateView:
        judged = need.before or need.after
        landscape = self.found.landscape if need.before else self.found.changed
        after = self.after.get(need.need)
        return FateView(
            need=need.need,
            title=need_label(landscape, need.need),
            safety_critical=need.safety_critical,
            weight=f"{float(judged.weight):g}" if judged else "",
            fate=need.fate,
            words=FATE_WORDS[need.fate],
            breaks=need.breaks,
            before=_extent(need.before),
            after=_extent(need.after),
            mark=mark_of(need.after.verdict) if need.after else None,
            why=after.why if after else (),
        )

    def _loss(self, loss: Loss) -> LossView:
        landscape = self.found.landscape
        category = landscape.category_label(loss.category)
        after = self.after.get(loss.need)
        items = [item for item in after.items if item.category == category] if after else []
        return LossView(
            need=loss.need,
            who=landscape.label("stakeholders", loss.stakeholder),
            organisation=self._whose(loss.organisation),
            what=lowered(category),
            sources=self.names.organisations(loss.sources),
            before=percent_words(loss.before.coverage),
            after=percent_words(loss.after.coverage) if loss.after else NOT_ASKED,
            why=items[0].why if items else (),
            safety_critical=loss.safety_critical,
        )

    def _whose(self, organisation: str | None) -> str:
        return PERSON if organisation is None else self.names.organisation(organisation)

    def _disturbed(self, found: Disturbed) -> str:
        landscape = self.found.landscape
        entry = self._entry(landscape, found.kind, found.id)
        by = listed([landscape.label("changes", change) for change in found.by])
        needs = [need_label(landscape, need) for need in found.needs]
        goes = f"today it serves {listed(needs)}" if needs else "no need goes by it today"
        return sentence(f"{entry}, by {by}: {goes}")


def _extent(found: NeedVerdict | None) -> str:
    if found is None:
        return NOT_ASKED
    return extent_words(Extent(found.low, found.high, found.proven))


def _sufficiency_words(before: Judgement, after: Judgement) -> Iterator[str]:
    if before.sufficiency is None or after.sufficiency is None:
        return
    was, becomes = map(percent_words, (before.sufficiency, after.sufficiency))
    if was == becomes:
        yield f"By weight {was} of the needs are met before and after."
    else:
        yield f"By weight {was} of the needs are met before, {becomes} after."


def _is_unknown(stated: object) -> bool:
    return stated is None or isinstance(stated, Unknown)


def money_words(stated: Money | Range[Money] | Unknown | None) -> str:
    """Write an amount with its bounds, or that it is not known."""
    if stated is None or isinstance(stated, Unknown):
        return NOT_KNOWN
    if isinstance(stated, Money) or stated.low == stated.high:
        return str(stated if isinstance(stated, Money) else stated.low)
    likely = f", likely {stated.likely}" if stated.likely is not None else ""
    return f"{stated}{likely}"


def effort_words(landscape: Landscape, found: Effort) -> Iterator[str]:
    """Say what changes cost together and how long they take, and of which that is not known."""
    if found.costs:
        yield f"Together they cost {listed([money_words(cost) for cost in found.costs])}."
    if found.time is not None:
        yield (f"Side by side, each after what it requires, they take {_span_words(found.time)}.")
    for what, unknown in (("cost", found.cost_unknown), ("time", found.time_unknown)):
        if unknown:
            names = listed([landscape.label("changes", key) for key in unknown])
            yield f"The {what} of {names} is not known and comes on top."


def _span_words(span: Range[Duration]) -> str:
    low, high = duration_words(span.low.seconds), duration_words(span.high.seconds)
    if low == high:
        return low
    likely = f", likely {duration_words(span.likely.seconds)}" if span.likely else ""
    return f"{low} to {high}{likely}"
