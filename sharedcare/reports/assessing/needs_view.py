"""Every need as people read it: verdict, why, by which way, and how far out of date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from sharedcare.flows import Asking, ItemVerdict, Judgement, NeedVerdict
from sharedcare.flows.taking import Time
from sharedcare.flows.why.explanation import Explanation
from sharedcare.landscape import Item, Landscape, Need
from sharedcare.quantities import Duration
from sharedcare.reports.explaining.hop_view import HopView, hop_views
from sharedcare.reports.words.asking import fact_question
from sharedcare.reports.words.figures import (
    at_best,
    listed,
    lowered,
    percent,
    percent_words,
    sentence,
    time_words,
)
from sharedcare.reports.words.limit_words import item_limits, need_limits
from sharedcare.reports.words.marks import Mark, mark_of
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.plain_sentences import plain_sentences
from sharedcare.reports.words.reach import coverage_words
from sharedcare.reports.words.reasons import WOULD_HELP, Asked, reason_words
from sharedcare.vocabulary import Reason, Verdict

T = TypeVar("T")

#: Where a reason holds that does not hold everywhere.
AT_WORST, FROM_SOME = "At worst", "From some sources"

#: A reason's sentence, after where it holds (empty: everywhere).
Why = tuple[str, str]

#: What to do about a need that is undetermined, where no fact decides it by itself.
FIND_OUT_TOGETHER = (
    "No single fact decides it; 'sharedcare explain PROFILE {}' says which together would."
)


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
    """One need: ``age`` is how far out of date against the limit.

    ``sentences`` say in two sentences what the verdict is and why; of a need that was not explained
    there are none.

    ``helps`` is what would help where it is known that it is not met; of an undetermined need
    ``find_out`` is what to find out instead. ``declared`` is the verdict by what is declared alone,
    where what was measured turns it.
    """

    id: str
    who: str
    what: str
    objective: str
    asks: tuple[str, ...]
    verdict: Verdict
    mark: Mark
    range: str
    sentences: tuple[str, ...]
    safety_critical: bool
    weight: str
    coverage: str
    age: str
    why: tuple[str, ...]
    helps: tuple[str, ...]
    find_out: tuple[str, ...]
    ways: tuple[str, ...]
    items: tuple[ItemView, ...]
    assumptions: tuple[str, ...]
    fallback: str
    owner: str
    pathway: str
    declared: str = ""

    @property
    def title(self) -> str:
        """Who needs what."""
        return f"{self.who}: {self.what}"


def need_views(
    judgement: Judgement,
    names: Names,
    asked: Sequence[Asking] | None = None,
    explanations: Mapping[str, Explanation] | None = None,
) -> tuple[NeedView, ...]:
    """Every need, the gravest first: by verdict, safety, weight, then as declared.

    ``asked`` are the facts that decide needs by themselves, None where nobody looked for them;
    ``explanations`` are of the needs that were explained.
    """
    reader = _Reader(names, asked, explanations or {})
    return tuple(reader.need(found) for found in judgement.gravest_first)


def need_label(landscape: Landscape, need_id: str) -> str:
    """Return a need's name, or who needs what."""
    need = landscape.needs[need_id]
    who = landscape.label("stakeholders", need.stakeholder)
    return f"{who}: {need_content(landscape, need)}"


def need_content(landscape: Landscape, need: Need) -> str:
    """Return a need's name, or what it asks for."""
    if need.name:
        return need.name
    categories = [landscape.category_label(item.category) for item in need.content]
    return listed([lowered(name) for name in categories], most=3)


def age_words(found: Iterable[ItemVerdict], limit: Duration | None) -> str:
    """Say how far out of date the oldest of some items is, against its limit: ``35 min of 2 h``."""
    items = tuple(found)
    ages = [item.age for item in items if item.age is not None]
    is_open = any(item.verdict is Verdict.UNDETERMINED for item in items)
    if not ages or (is_open and any(Reason.AGE in item.reasons for item in items)):
        return f"limit {limit}" if limit else ""
    if any("age" in item.open for item in items):
        is_open = True
        if not max(ages):
            return f"not known; limit {limit}" if limit else "not known"
    return f"{at_best(time_words(max(ages)), is_open)}{f' of {limit}' if limit else ''}"


class _Reader:
    """Puts the verdicts of one landscape into words."""

    def __init__(
        self,
        names: Names,
        asked: Sequence[Asking] | None,
        explanations: Mapping[str, Explanation],
    ) -> None:
        self.landscape = names.landscape
        self.names = names
        self.asked = asked
        self.explanations = explanations

    def need(self, found: NeedVerdict) -> NeedView:
        need = self.landscape.needs[found.need]
        judged = tuple(zip(need.content, found.items, strict=True))
        items = tuple(self.item(need, item, verdict) for item, verdict in judged)
        why = (why for item, verdict in judged for why in self._why(need, item, verdict))
        is_open = found.verdict is Verdict.UNDETERMINED
        reasons = () if is_open else (reason for item in found.items for reason in item.reasons)
        return NeedView(
            id=found.need,
            who=self.landscape.label("stakeholders", found.stakeholder),
            what=need_content(self.landscape, need),
            objective=need.objective or "",
            asks=tuple(need_limits(need)),
            verdict=found.verdict,
            mark=mark_of(found.verdict),
            range=range_words(found),
            sentences=self._sentences(found.need),
            safety_critical=found.safety_critical,
            weight=f"{float(found.weight):g}",
            coverage=self._coverage(found),
            age=age_words(found.items, need.max_age),
            why=_told_once(why),
            helps=_once(WOULD_HELP[reason] for reason in reasons),
            find_out=tuple(self._find_out(found)) if is_open else (),
            ways=_once(item.way for item in items if item.way),
            items=items,
            assumptions=tuple(map(sentence, found.assumptions)),
            fallback=need.fallback or "",
            owner=need.owner or "",
            pathway=self._pathway(need),
        )

    def _sentences(self, need_id: str) -> tuple[str, ...]:
        found = self.explanations.get(need_id)
        return plain_sentences(found, self.names, below=False) if found else ()

    def _find_out(self, found: NeedVerdict) -> Iterator[str]:
        """The questions of which each, by itself, may decide an undetermined need."""
        if self.asked is None or not found.proven:
            return
        deciding = [asking.fact for asking in self.asked if found.need in asking.decides]
        for fact in deciding:
            yield fact_question(self.landscape, fact)
        if not deciding:
            yield FIND_OUT_TOGETHER.format(found.need)

    def _why(self, need: Need, item: Item, found: ItemVerdict) -> tuple[Why, ...]:
        is_open = found.verdict is Verdict.UNDETERMINED
        reaches = percent(found.coverage.low) if is_open else coverage_words(found, self.names)
        return tuple(_why(found, Asked(self.landscape, need, item, reaches)))

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
        return f"{words}, for {lowered(self.landscape.category_label(weakest.category))}"

    def item(self, need: Need, item: Item, found: ItemVerdict) -> ItemView:
        hops = tuple(hop_views(found.path, self.names))
        return ItemView(
            category=self.landscape.category_label(item.category),
            asked=", ".join(item_limits(item, self.names)),
            required=item.required,
            mark=mark_of(found.verdict),
            coverage=coverage_words(found, self.names),
            why=_told_once(self._why(need, item, found)),
            way=" → ".join(hop.place for hop in hops),
            hops=hops,
            age=age_words((found,), need.max_age),
            form=at_best(found.form.word, "form" in found.open) if found.form is not None else "",
            sources=tuple(
                SourceView(self.names.organisation(s.organisation), percent_words(s.coverage))
                for s in found.sources
            ),
        )


def _why(found: ItemVerdict, asked: Asked) -> Iterator[Why]:
    """The sentences of the reasons, each with where it holds."""
    for reason in found.reasons:
        where = ""
        if found.verdict is Verdict.UNDETERMINED:
            where = AT_WORST
        elif found.verdict is Verdict.PARTLY_MET and reason is not Reason.REACH:
            where = FROM_SOME
        yield where, reason_words(reason, asked)


def _told_once(reasons: Iterable[Why]) -> tuple[str, ...]:
    """The sentences of reasons; where they hold only there, that is said once for all of them."""
    grouped: dict[str, list[str]] = {"": [], AT_WORST: [], FROM_SOME: []}
    for where, words in _once(reasons):
        grouped[where].append(words)
    told = grouped.pop("")
    for where, sentences in grouped.items():
        if sentences:
            joined = "; and ".join(lowered(words).rstrip(".") for words in sentences)
            told.append(f"{where}: {joined}.")
    return tuple(told)


def _once(words: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(words))


def range_words(found: NeedVerdict) -> str:
    """Say between what an undetermined verdict lies; of a known one, nothing."""
    if not found.proven:
        return "not proven: a search limit was reached"
    if found.verdict is not Verdict.UNDETERMINED:
        return ""
    return f"{found.low.words} at worst, {found.high.words} at best"


def tightness(age: Time | None, limit: Duration | None) -> Fraction:
    """How much of a limit an age takes up; without a limit, none."""
    if age is None or limit is None or not limit.seconds or age == float("inf"):
        return Fraction(0)
    return Fraction(age) / limit.seconds
