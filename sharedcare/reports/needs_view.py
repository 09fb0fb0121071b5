"""Every need as people read it: verdict, why, by which way, and how far out of date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows import ItemVerdict, Judgement, NeedVerdict, Step
from sharedcare.flows.taking import Time
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.landscape.data_categories import built_in
from sharedcare.quantities import Duration
from sharedcare.reports.figures import counted, listed, percent, percent_words, sentence, time_words
from sharedcare.reports.marks import Mark, gravity, mark_of
from sharedcare.reports.names import Names
from sharedcare.reports.reach import coverage_words, reach_words
from sharedcare.reports.reasons import WOULD_HELP, Asked, reason_words
from sharedcare.vocabulary import Form, Reason, Sources, Use, Verdict

#: What a stakeholder does with the information, in the words of a limit.
_USES = {
    Use.VIEW: "to look at",
    Use.INGEST: "to take into their own system",
    Use.ALERT: "to be told",
}


@dataclass(frozen=True, slots=True)
class HopView:
    """One place on a route, how the information came there, and what holds when it is there."""

    place: str
    by: str
    mechanism: str
    age: str
    wait: str
    form: str
    reach: str
    cover: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One organisation whose part is asked for, and how much of it arrives."""

    organisation: str
    coverage: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a need; ``way`` and ``hops`` are empty where nothing arrives."""

    category: str
    asked: str
    required: bool
    mark: Mark
    coverage: str
    why: tuple[str, ...]
    way: str
    hops: tuple[HopView, ...]
    age: str
    form: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need: ``age`` is how far out of date against the limit, ``helps`` what would help."""

    id: str
    who: str
    what: str
    objective: str
    asks: tuple[str, ...]
    verdict: Verdict
    mark: Mark
    range: str
    safety_critical: bool
    weight: str
    coverage: str
    age: str
    why: tuple[str, ...]
    helps: tuple[str, ...]
    ways: tuple[str, ...]
    items: tuple[ItemView, ...]
    assumptions: tuple[str, ...]
    fallback: str
    owner: str
    pathway: str

    @property
    def title(self) -> str:
        """Who needs what."""
        return f"{self.who}: {self.what}"


def need_views(landscape: Landscape, judgement: Judgement, names: Names) -> tuple[NeedView, ...]:
    """Every need, the gravest first: by verdict, safety, weight, then as declared."""
    ordered = sorted(
        judgement.needs,
        key=lambda need: (gravity(need.verdict), not need.safety_critical, -need.weight),
    )
    return tuple(_Reader(landscape, names).need(found) for found in ordered)


def category_name(category: str, landscape: Landscape) -> str:
    """Return a data category's name for people."""
    own = landscape.data_categories.get(category)
    if own is not None and own.name:
        return own.name
    return built_in()[category].name if category in built_in() else category


def need_label(landscape: Landscape, need_id: str) -> str:
    """Return a need's name, or who needs what."""
    need = landscape.needs[need_id]
    who = landscape.label("stakeholders", need.stakeholder)
    return f"{who}: {need_content(landscape, need)}"


def need_content(landscape: Landscape, need: Need) -> str:
    """Return a need's name, or what it asks for."""
    if need.name:
        return need.name
    categories = [category_name(item.category, landscape) for item in need.content]
    return listed([lowered(name) for name in categories], most=3)


def age_words(found: Iterable[ItemVerdict], limit: Duration | None) -> str:
    """Say how far out of date the oldest of some items is, against its limit: ``35 min of 2 h``."""
    items = tuple(found)
    ages = [item.age for item in items if item.age is not None]
    is_open = any(item.verdict is Verdict.UNDETERMINED for item in items)
    if not ages or (is_open and any(Reason.AGE in item.reasons for item in items)):
        return f"limit {limit}" if limit else ""
    best = "at best " if is_open else ""
    return f"{best}{time_words(max(ages))}{f' of {limit}' if limit else ''}"


class _Reader:
    """Puts the verdicts of one landscape into words."""

    def __init__(self, landscape: Landscape, names: Names) -> None:
        self.landscape = landscape
        self.names = names

    def need(self, found: NeedVerdict) -> NeedView:
        need = self.landscape.needs[found.need]
        items = tuple(
            self.item(need, item, verdict)
            for item, verdict in zip(need.content, found.items, strict=True)
        )
        return NeedView(
            id=found.need,
            who=self.landscape.label("stakeholders", found.stakeholder),
            what=need_content(self.landscape, need),
            objective=need.objective or "",
            asks=tuple(_limits(need)),
            verdict=found.verdict,
            mark=mark_of(found.verdict),
            range=_range(found),
            safety_critical=found.safety_critical,
            weight=f"{float(found.weight):g}",
            coverage=self._coverage(found),
            age=age_words(found.items, need.max_age),
            why=_once(why for item in items for why in item.why),
            helps=_once(WOULD_HELP[reason] for item in found.items for reason in item.reasons),
            ways=_once(item.way for item in items if item.way),
            items=items,
            assumptions=tuple(map(sentence, found.assumptions)),
            fallback=need.fallback or "",
            owner=need.owner or "",
            pathway=self._pathway(need),
        )

    def _pathway(self, need: Need) -> str:
        if need.pathway is None:
            return ""
        steps = self.landscape.pathways[need.pathway].steps
        step = next((step.name or step.id for step in steps if step.id == need.step), "")
        return ", ".join(filter(None, (self.landscape.label("pathways", need.pathway), step)))

    def _coverage(self, found: NeedVerdict) -> str:
        """The coverage of the required item of which least arrives, and which item that is."""
        items = [item for item in found.items if item.required] or list(found.items)
        weakest = min(items, key=lambda item: (item.coverage.low, item.coverage.high))
        words = coverage_words(weakest, self.names)
        if len({item.coverage for item in items}) == 1:
            return words
        return f"{words}, for {lowered(category_name(weakest.category, self.landscape))}"

    def item(self, need: Need, item: Item, found: ItemVerdict) -> ItemView:
        coverage = coverage_words(found, self.names)
        reaches = percent(found.coverage.low) if found.verdict is Verdict.UNDETERMINED else coverage
        asked = Asked(self.landscape, need, item, reaches)
        hops = tuple(self._hops(found.path))
        return ItemView(
            category=category_name(item.category, self.landscape),
            asked=", ".join(_item_limits(item, self._from(item))),
            required=item.required,
            mark=mark_of(found.verdict),
            coverage=coverage,
            why=tuple(_why(found, asked)),
            way=" → ".join(hop.place for hop in hops),
            hops=hops,
            age=age_words((found,), need.max_age),
            form="" if found.form is None else found.form.word,
            sources=tuple(
                SourceView(self.names.organisation(s.organisation), percent_words(s.coverage))
                for s in found.sources
            ),
        )

    def _from(self, item: Item) -> str:
        organisations = self.landscape.organisations
        named = [
            self.names.organisation(key) if key in organisations else key.replace("_", " ")
            for key in item.from_ or ()
        ]
        return listed(named)

    def _hops(self, path: Sequence[Step]) -> Iterator[HopView]:
        for step in path:
            flow = self.landscape.flows[step.flow] if step.flow else None
            yield HopView(
                place=self.landscape.place_label(step.place),
                by=self.landscape.label("flows", step.flow) if step.flow else "",
                mechanism=(flow.mechanism or flow.mode.value).replace("_", " ") if flow else "",
                age=time_words(step.age),
                wait=time_words(step.wait),
                form=step.form.word,
                reach=reach_words(step.reach),
                cover=self.landscape.label("agreements", step.cover) if step.cover else "",
            )


def _why(found: ItemVerdict, asked: Asked) -> Iterator[str]:
    """The sentences of the reasons; each says where it is so only at worst, or only for some."""
    for reason in found.reasons:
        words = reason_words(reason, asked)
        if found.verdict is Verdict.UNDETERMINED:
            yield f"At worst: {lowered(words)}"
        elif found.verdict is Verdict.PARTLY_MET and reason is not Reason.REACH:
            yield f"From some sources: {lowered(words)}"
        else:
            yield words


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def lowered(name: str) -> str:
    """A name in the middle of a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _range(found: NeedVerdict) -> str:
    if not found.proven:
        return "not proven: a search limit was reached"
    if found.verdict is not Verdict.UNDETERMINED:
        return ""
    return f"{found.low.words} at worst, {found.high.words} at best"


def _limits(need: Need) -> Iterator[str]:
    """What the need asks for, limit by limit."""
    yield _USES[need.use]
    if need.max_age is not None:
        yield f"at most {need.max_age} out of date"
    if need.max_wait is not None:
        yield f"within {need.max_wait} of asking"
    if need.max_rekeys is not None:
        yield f"typed in again at most {counted(need.max_rekeys, 'time')}"
    if need.quantity.coverage is not None:
        yield f"for {need.quantity.coverage} at least"
    if need.quantity.events is not None:
        yield f"{need.quantity.events}"
    yield f"for {need.purpose.value.replace('_', ' ')}"


def _item_limits(item: Item, from_: str) -> Iterator[str]:
    if item.min_form is not Form.VERBAL:
        yield f"{item.min_form.word} or better"
    if item.lookback is not None:
        yield f"{item.lookback} back"
    if from_:
        yield f"from {from_}"
    if item.sources is Sources.ANY:
        yield "any source will do"
    if not item.required:
        yield "not required"


def tightness(age: Time | None, limit: Duration | None) -> Fraction:
    """How much of a limit an age takes up; without a limit, none."""
    if age is None or limit is None or not limit.seconds or age == float("inf"):
        return Fraction(0)
    return Fraction(age) / limit.seconds
