"""When is a need met: by enumeration of every route, every completion, at best and at worst."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle.hops import count_unsettled, hops_by_sender, use_reach, uses
from tests.oracle.law import Question, may_pass
from tests.oracle.occurrences import Tally, record
from tests.oracle.values import (
    ENDLESS,
    FORMS,
    UNKNOWN,
    Profile,
    form_rank,
    seconds,
    share,
    share_reached,
    time_kept,
    time_taken,
)
from tests.oracle.walks import Step, walk
from tests.oracle.world import (
    Entries,
    Holding,
    World,
    covers,
    starts_by_source,
    written_out,
)

Completion = tuple[dict[str, bool], dict[Holding, bool]]
"""Which unknown holding systems are live, and which unknown holdings are authoritative."""

LIMITS = ("max_age", "max_wait")
"""The limits of a need that are times."""


class Rank(IntEnum):
    """The verdicts of one run, worst first."""

    UNMET = 0
    PARTLY_MET = 1
    MET = 2

    @property
    def word(self) -> str:
        """The verdict as the rules write it."""
        return self.name.lower()


@dataclass(frozen=True)
class ItemAnswer:
    """One item: its own verdict, its coverage, and the coverage of each source.

    `sources` are the organisations that are a source in any completion; `source_coverage` is
    over the completions in which each is one. Low and high are the lowest and highest over
    completions, at worst and at best.
    """

    category: str
    verdict: str
    low: str
    high: str
    coverage_low: Fraction
    coverage_high: Fraction
    sources: tuple[str, ...]
    source_coverage: Mapping[str, tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class NeedAnswer:
    """One need: its verdict, between which two it lies, and its items in their order."""

    verdict: str
    low: str
    high: str
    items: tuple[ItemAnswer, ...]


@dataclass(frozen=True)
class Outturn:
    """What one run of a need came to: the coverage of each source and item, and the ranks."""

    by_source: tuple[Mapping[str, Fraction], ...]
    coverage: tuple[Fraction, ...]
    item_ranks: tuple[Rank, ...]
    rank: Rank


@dataclass(frozen=True)
class End:
    """A place where a route may end, with the share reached there and whether the law lets it."""

    place: str
    reach: Fraction
    lawful: bool


def evaluate(profile: Profile, tally: Tally | None = None) -> dict[str, NeedAnswer]:
    """The answer to each need of a profile, given as the dict that its YAML stands for."""
    counts: Tally = Counter() if tally is None else tally
    return {name: _answer(profile, need, counts) for name, need in profile["needs"].items()}


def worlds(
    profile: Profile, need: Mapping[str, Any], at_best: bool, tally: Tally
) -> Iterator[World]:
    """The runs of a need at worst or at best, one for each completion."""
    held = _all_written_out(profile.get("systems", {}), "holds")
    carried = _all_written_out(profile.get("flows", {}), "carries")
    for alive, authority in completions(profile, held, need):
        yield World(profile, held, carried, at_best, alive, authority, tally)


def _all_written_out(declared: Mapping[str, Any], field: str) -> dict[str, Entries]:
    return {each: written_out(entry.get(field, {})) for each, entry in declared.items()}


def _answer(profile: Profile, need: Mapping[str, Any], tally: Tally) -> NeedAnswer:
    """The lowest and the highest verdict over all completions, at worst and at best."""
    worst, best = (
        [outturn(world, need) for world in worlds(profile, need, at_best, tally)]
        for at_best in (False, True)
    )
    low, high = min(run.rank for run in worst), max(run.rank for run in best)
    verdict = joined(low, high)
    _count_verdict(tally, worst, best, verdict)
    items = tuple(_item_answer(need, index, worst, best) for index in range(len(need["content"])))
    return NeedAnswer(verdict, low.word, high.word, items)


def joined(low: Rank, high: Rank) -> str:
    """The verdict that both ends share, else `undetermined`."""
    return low.word if low == high else "undetermined"


def completions(
    profile: Profile, held: Mapping[str, Entries], need: Mapping[str, Any]
) -> Iterator[Completion]:
    """Every way to settle what decides who is a source, one for all items of the need.

    The first settles all as no, the last all as yes.
    """
    categories = [item["category"] for item in need["content"]]
    holdings = [
        (system, entry)
        for system in held
        for entry in held[system]
        if any(covers(entry, category) for category in categories)
    ]
    lives = sorted(
        {each for each, _ in holdings if profile["systems"][each].get("lifecycle") == UNKNOWN}
    )
    claims = [
        (system, entry)
        for system, entry in holdings
        if held[system][entry].get("authoritative") == UNKNOWN
    ]
    for guesses in product((False, True), repeat=len(lives) + len(claims)):
        alive = dict(zip(lives, guesses[: len(lives)], strict=True))
        yield alive, dict(zip(claims, guesses[len(lives) :], strict=True))


def outturn(world: World, need: Mapping[str, Any]) -> Outturn:
    """What one run of a need comes to."""
    by_source = tuple(source_coverages(world, need, item) for item in need["content"])
    coverage = tuple(
        item_coverage(world, item, reached)
        for item, reached in zip(need["content"], by_source, strict=True)
    )
    ranks = tuple(
        rank(world, need, [covered], [reached])
        for covered, reached in zip(coverage, by_source, strict=True)
    )
    required = [item.get("required", True) for item in need["content"]]
    whole = rank(
        world,
        need,
        [covered for covered, wanted in zip(coverage, required, strict=True) if wanted],
        [reached for reached, wanted in zip(by_source, required, strict=True) if wanted],
    )
    world.tally["verdict.item_not_required"] += not all(required)
    if whole != rank(world, need, coverage, by_source):
        world.tally["verdict.not_required_would_change"] += 1
    return Outturn(by_source, coverage, ranks, whole)


def rank(
    world: World,
    need: Mapping[str, Any],
    coverage: Sequence[Fraction],
    by_source: Sequence[Mapping[str, Fraction]],
) -> Rank:
    """The verdict on some items of a need from their coverage and that of their sources."""
    wanted = need.get("quantity", {}).get("coverage")
    world.tally["coverage.default_whole"] += wanted is None
    threshold = share(str(wanted or 1))
    world.tally["coverage.equal"] += threshold in coverage and wanted is not None
    enough = [covered >= threshold for covered in coverage]
    if all(enough):
        return Rank.MET
    if not any(any(reached.values()) for reached in by_source):
        return Rank.UNMET
    world.tally["verdict.partly_by_some_items"] += any(enough)
    world.tally["verdict.partly_with_lowest_type_bare"] += not any(coverage)
    world.tally["verdict.partly_by_reach"] += any(0 < each < threshold for each in coverage)
    return Rank.PARTLY_MET


def source_coverages(
    world: World, need: Mapping[str, Any], item: Mapping[str, Any]
) -> dict[str, Fraction]:
    """The best reach over its routes of every source of an item."""
    return {
        source: best_reach(world, Question(need, item, source), starts)
        for source, starts in starts_by_source(world, item).items()
    }


def best_reach(world: World, question: Question, starts: Sequence[Holding]) -> Fraction:
    """The best reach over every route from a source to an end; 0 if none arrives."""
    hops = hops_by_sender(world, question)
    ends = ends_of(world, question)
    reached = [Fraction(0)]

    def visit(step: Step) -> None:
        reached.extend(
            min(step.reach, end.reach)
            for end in ends
            if end.place == step.place and arrives(world, question, step, end)
        )

    for holding in starts:
        if has_history(world, question, holding):
            walk(world, [start_step(world, holding)], hops, visit)
    return max(reached)


def has_history(world: World, question: Question, holding: Holding) -> bool:
    """Whether a holding reaches back as far as the item looks."""
    if "lookback" not in question.item:
        world.tally["start.history.untested"] += 1
        return True
    system, entry = holding
    history = world.held[system][entry].get("history", UNKNOWN)
    count_unsettled(world, "holding_history", history)
    kept, lookback = time_kept(history, world.best), seconds(question.item["lookback"])
    world.tally["start.history.equal"] += kept == lookback
    world.tally["start.history.pass" if kept >= lookback else "start.history.fail"] += 1
    return kept >= lookback


def start_step(world: World, holding: Holding) -> Step:
    """A route that has gone nowhere yet: stored at the holder."""
    system, entry = holding
    declared = world.held[system][entry]
    form = declared.get("form", UNKNOWN)
    written = declared.get("written_up_in", "0 s")
    completeness = declared.get("completeness", 1)
    world.tally["start.written_up_in"] += "written_up_in" in declared
    world.tally["start.completeness"] += "completeness" in declared
    world.tally["start.human_place"] += world.is_human(system)
    count_unsettled(world, "holding_form", form)
    count_unsettled(world, "written_up_in", written)
    count_unsettled(world, "completeness", completeness)
    return Step(
        place=system,
        stored=True,
        shown=False,
        viewed=False,
        asked=False,
        moved=False,
        form=form_rank(form, world.best),
        age=time_taken(written, world.best),
        wait=0,
        reach=share_reached(completeness, world.best),
        rekeys=0,
    )


def ends_of(world: World, question: Question) -> list[End]:
    """The systems that the stakeholder uses (only `at`, if said), and the stakeholder."""
    need = question.need
    stakeholder, at = need["stakeholder"], need.get("at")
    used = [each for each in uses(world, stakeholder) if at in {None, each["system"]}]
    world.tally["arrival.at_not_used"] += at is not None and not used
    world.tally["arrival.at_named_system"] += at is not None and bool(used)
    ends = [
        End(
            place=each["system"],
            reach=use_reach(world, each),
            lawful=may_pass(world, question, each["system"], stakeholder, {}),
        )
        for each in used
    ]
    if at is None and need["use"] in {"view", "alert"}:
        ends.append(End(place=stakeholder, reach=Fraction(1), lawful=True))
    return ends


def arrives(world: World, question: Question, step: Step, end: End) -> bool:
    """Whether a route that ends here brings what is needed, as it is needed."""
    need = question.need
    form = form_rank(question.item.get("min_form", FORMS[0]), world.best)
    age, wait = (seconds(need[limit]) if limit in need else None for limit in LIMITS)
    rekeys = need.get("max_rekeys")
    _count_arrival(world, step, end, (age, wait, rekeys))
    return record(
        world.tally,
        "arrival",
        {
            "law": end.lawful,
            "form": step.form >= form,
            "rekeys": rekeys is None or step.rekeys <= rekeys,
            "age": age is None or step.age <= age,
            "wait": wait is None or step.wait <= wait,
            "use": _fits_use(world, need["use"], step),
        },
    )


def _fits_use(world: World, use: str, step: Step) -> bool:
    """View takes any route; ingest no view, alert neither view nor pull, since a human place."""
    if use == "view":
        return True
    if use == "ingest":
        fits = not step.viewed
    else:
        world.tally["arrival.use.alert.empty_route"] += not step.moved
        fits = step.moved and not step.asked
    world.tally[f"arrival.use.{use}.{'pass' if fits else 'fail'}"] += 1
    return fits


def _count_arrival(
    world: World, step: Step, end: End, limits: tuple[int | None, int | None, int | None]
) -> None:
    at_system = end.place in world.systems
    world.tally["arrival.at_system" if at_system else "arrival.at_stakeholder"] += 1
    world.tally["arrival.empty_route"] += not step.moved
    world.tally["arrival.reach_of_uses"] += end.reach < step.reach
    world.tally["arrival.age.endless_without_limit"] += step.age == ENDLESS and limits[0] is None
    for name, value, limit in zip(
        ("age", "wait", "rekeys"), (step.age, step.wait, step.rekeys), limits, strict=True
    ):
        world.tally[f"arrival.{name}.equal"] += value == limit


def item_coverage(
    world: World, item: Mapping[str, Any], by_source: Mapping[str, Fraction]
) -> Fraction:
    """The weighted mean within each type of organisation; of these the lowest or the highest."""
    organisations = world.entries("organisations")
    types = sorted({organisations[source]["type"] for source in by_source})
    means = [
        _mean(
            world,
            {each: by_source[each] for each in by_source if organisations[each]["type"] == kind},
        )
        for kind in types
    ]
    if not means:
        return Fraction(0)
    chosen = max if item.get("sources", "each") == "any" else min
    if min(means) < max(means):
        world.tally["coverage.any_highest_of_types"] += chosen is max
        world.tally["coverage.each_lowest_of_types"] += chosen is min
    return chosen(means)


def _mean(world: World, by_source: Mapping[str, Fraction]) -> Fraction:
    """Weighted by population if every source declares a plain number, else by instances."""
    organisations = world.entries("organisations")
    populations = [organisations[source].get("population") for source in by_source]
    plain = [isinstance(population, int) for population in populations]
    field = "population" if all(plain) else "instances"
    if len(set(by_source.values())) > 1:
        world.tally["coverage.mean_within_type"] += 1
        world.tally[f"coverage.by_{field}"] += 1
        world.tally["coverage.by_instances_though_some_populations"] += any(plain) != all(plain)
    weights = {source: Fraction(organisations[source].get(field, 1)) for source in by_source}
    total = sum(weights.values(), Fraction(0))
    return sum((weights[each] * by_source[each] for each in by_source), Fraction(0)) / total


def _item_answer(
    need: Mapping[str, Any], index: int, worst: Sequence[Outturn], best: Sequence[Outturn]
) -> ItemAnswer:
    """One item over all completions."""
    low = min(run.item_ranks[index] for run in worst)
    high = max(run.item_ranks[index] for run in best)
    sources = sorted({source for run in worst for source in run.by_source[index]})
    return ItemAnswer(
        category=need["content"][index]["category"],
        verdict=joined(low, high),
        low=low.word,
        high=high.word,
        coverage_low=min(run.coverage[index] for run in worst),
        coverage_high=max(run.coverage[index] for run in best),
        sources=tuple(sources),
        source_coverage={
            source: (
                min(run.by_source[index].get(source, Fraction(1)) for run in worst),
                max(run.by_source[index].get(source, Fraction(0)) for run in best),
            )
            for source in sources
        },
    )


def _count_verdict(
    tally: Tally, worst: Sequence[Outturn], best: Sequence[Outturn], verdict: str
) -> None:
    low, high = min(run.rank for run in worst), max(run.rank for run in best)
    between = f".{low.word}_{high.word}" if low != high else ""
    tally[f"verdict.{verdict}{between}"] += 1
    tally["completion.sources_differ"] += any(
        [set(each) for each in run.by_source] != [set(each) for each in worst[0].by_source]
        for run in worst
    )
    tally["completion.more_is_not_better"] += low < worst[0].rank or high > best[-1].rank
