"""What to find out about an undetermined need: the facts, who would know, what each answer does."""

from collections.abc import Iterator, Sequence

from sharedcare.flows import Fact
from sharedcare.flows.why.deciding import Deciding
from sharedcare.flows.why.explanation import Explanation
from sharedcare.reports.part import Part
from sharedcare.reports.words.asking import fact_question
from sharedcare.reports.words.figures import listed
from sharedcare.reports.words.knowers import knower_words
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Verdict

#: Sets of facts that are told for each way; the rest is counted.
MOST_SETS = 12


def deciding_parts(found: Explanation, names: Names) -> Iterator[Part]:
    """What to find out, both ways; nothing where the verdict is known."""
    decided = found.deciding
    if decided is None or not (decided.if_good or decided.if_bad):
        return
    shown = (decided.if_good[:MOST_SETS], decided.if_bad[:MOST_SETS])
    facts = _in_order(fact for sets in shown for facts in sets for fact in sorted(facts))
    knowers = {knower.fact: knower.who for knower in found.knowers}
    yield Part(
        title="What to find out",
        points=tuple(_question(fact, knowers.get(fact, ()), names) for fact in facts),
        numbered=True,
        after=tuple(_ways(decided, facts)),
    )


def _in_order(facts: Iterator[Fact]) -> list[Fact]:
    """Each fact once, those of the smallest sets first."""
    return list(dict.fromkeys(facts))


def _question(fact: Fact, who: Sequence[tuple[str, str]], names: Names) -> str:
    told = knower_words(who, names)
    ask = f" Ask {listed(told)}." if told else " Nothing says who would know."
    return f"{fact_question(names.landscape, fact)}{ask}"


def _ways(decided: Deciding, facts: Sequence[Fact]) -> Iterator[str]:
    yield from _way(decided.if_good, decided.to_good, "well", facts)
    yield from _way(decided.if_bad, decided.to_bad, "badly", facts)
    if not decided.complete:
        yield "There may be more such sets: too many facts are unknown to go through all of them."


def _way(
    sets: Sequence[frozenset[Fact]], to: Verdict, how: str, facts: Sequence[Fact]
) -> Iterator[str]:
    """What the need is if some of the facts turn out one way, by their numbers."""
    if not sets:
        return
    numbers = [sorted(facts.index(fact) + 1 for fact in one) for one in sets[:MOST_SETS]]
    single = [str(one[0]) for one in numbers if len(one) == 1]
    several = [f"{listed([str(n) for n in one])} all turn" for one in numbers if len(one) > 1]
    told = [f"{_any_of(single)} turns", *several] if single else several
    rest = len(sets) - MOST_SETS
    more = f"; and in {rest} more ways" if rest > 0 else ""
    verdict = to.words
    begun = f"{verdict[:1].upper()}{verdict[1:]}, whatever else is unknown, if "
    yield f"{begun}{', or if '.join(told)} out {how}{more}."


def _any_of(numbers: Sequence[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"any one of {listed(numbers)}"
