"""The two sentences that an explanation begins with, in planners' words.

The first says whether the role gets it and names the hop and the reason; the second what it hangs
on, what would change it, or what to find out.
"""

from collections.abc import Sequence
from fractions import Fraction

from sharedcare.flows import ItemVerdict, Step
from sharedcare.flows.taking import ENDLESS
from sharedcare.flows.why.deciding import Deciding
from sharedcare.flows.why.explanation import Explanation
from sharedcare.flows.why.frontier import Frontier
from sharedcare.flows.why.nearest import NearestMiss
from sharedcare.flows.why.relaxations import Relaxations
from sharedcare.flows.why.robustness import ItemRobustness, Limit, Robustness
from sharedcare.landscape import Item
from sharedcare.reports.words.asking import fact_words
from sharedcare.reports.words.family_words import would_be_met
from sharedcare.reports.words.figures import listed, lowered, time_at_best
from sharedcare.reports.words.flow_words import means
from sharedcare.reports.words.lacking_words import loss_words
from sharedcare.reports.words.miss_words import broken_hops
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.reach import coverage_words
from sharedcare.reports.words.reasons import Asked, reason_words
from sharedcare.vocabulary import Family, Use, Verdict

#: What a role does and does not, for each use.
_DOES = {Use.VIEW: "sees", Use.INGEST: "can take in", Use.ALERT: "is told of"}
_DOES_NOT = {
    Use.VIEW: "does not see",
    Use.INGEST: "cannot take in",
    Use.ALERT: "is not told of",
}

#: Names of categories that are no nouns begin so.
_NO_NOUN = ("about ", "how ", "if ", "no ", "what ", "when ", "where ", "who ")

#: Clauses, facts, items and single points that a sentence names; more are counted.
MOST = 2

#: Hops of a route that a sentence tells one by one.
MOST_HOPS = 4


def plain_sentences(found: Explanation, names: Names, below: bool = True) -> tuple[str, str]:
    """Say in two sentences what the verdict on a need is and why.

    ``below``: further down stands every way in which the need would be met.
    """
    teller = _Teller(found, names, below)
    if not found.verdict.proven:
        return teller.not_proven()
    return {
        Verdict.MET: teller.met,
        Verdict.PARTLY_MET: teller.partly_met,
        Verdict.UNMET: teller.unmet,
        Verdict.UNDETERMINED: teller.undetermined,
    }[found.verdict.verdict]()


class _Teller:
    """Tells of one explanation."""

    def __init__(self, found: Explanation, names: Names, below: bool) -> None:
        self.found, self.names, self.landscape = found, names, names.landscape
        self.below = below
        self.need = self.landscape.needs[found.verdict.need]

    @property
    def who(self) -> str:
        """The role, to begin a sentence with."""
        label = self.landscape.label("stakeholders", self.need.stakeholder)
        plain = lowered(label.replace("_", " ") if label == self.need.stakeholder else label)
        return f"The {plain.removeprefix('the ')}"

    def what(self, items: Sequence[ItemVerdict]) -> str:
        """Some items by the names of their categories."""
        named = [_with_article(self.landscape.category_label(item.category)) for item in items]
        return listed(list(dict.fromkeys(named)), most=MOST + 1)

    @property
    def required(self) -> list[tuple[Item, ItemVerdict]]:
        """The items that the verdict hangs on; all of them where none does."""
        judged = list(zip(self.need.content, self.found.verdict.items, strict=True))
        return [pair for pair in judged if pair[0].required] or judged

    @property
    def failing(self) -> list[tuple[Item, ItemVerdict]]:
        """The required items that fail: at best, or where none does, that are not surely met."""
        at_best = [pair for pair in self.required if pair[1].high is not Verdict.MET]
        return at_best or [pair for pair in self.required if pair[1].verdict is not Verdict.MET]

    def not_proven(self) -> tuple[str, str]:
        does = _DOES[self.need.use]
        what = self.what([item for _, item in self.required])
        return (
            f"Whether {lowered(self.who)} {does} {what} is not proven: there is too much to go "
            "through.",
            "Say more of what is unknown, or judge a smaller part of the landscape by itself.",
        )

    # ── met ──────────────────────────────────────────────────────────────────────────────────────

    def met(self) -> tuple[str, str]:
        sturdy = self.found.robustness
        what = self.what([item for _, item in self.required])
        told = f"{self.who} {_DOES[self.need.use]} {what}"
        tightest = _tightest(sturdy)
        if sturdy is None or tightest is None:
            return f"{told}.", "Nothing is asked that could fail."
        categories = {item.category for item, _ in self.required}
        it = "it" if len(categories) == 1 else self._it(tightest.category)
        return f"{told}: {it} {self._journey(tightest.path)}.", self._hangs_on(sturdy)

    def _it(self, category: str) -> str:
        return _with_article(self.landscape.category_label(category))

    def _journey(self, path: Sequence[Step]) -> str:
        """How it goes along a route and how it is on arrival."""
        start = self.landscape.place_label(path[0].place)
        hops = [step for step in path[1:] if step.flow or step is not path[-1]]
        if not hops:
            return f"stands in {start}, which they use{self._on_arrival(path[-1])}"
        told = [self._hop(step) for step in hops]
        if len(told) > MOST_HOPS:
            told = [f"over {len(told)} hops", self._hop(hops[-1])]
        return f"goes from {start} {', then '.join(told)}{self._on_arrival(path[-1])}"

    def _hop(self, step: Step) -> str:
        flow = self.landscape.flows[step.flow] if step.flow else None
        by = f"by {means(flow)} " if flow is not None and flow.mechanism else ""
        return f"{by}to {self.landscape.place_label(step.place)}"

    def _on_arrival(self, last: Step) -> str:
        """How far out of date it is when it can be used."""
        is_open = "age" in last.open
        if last.age == ENDLESS or (is_open and not last.age):
            return "; how far out of date it then is nobody says"
        if self.need.max_age is None and not last.age:
            return ""
        limit = f" where {self.need.max_age} is allowed" if self.need.max_age is not None else ""
        return f", {time_at_best(last.age, is_open)} out of date{limit}"

    def _hangs_on(self, sturdy: Robustness) -> str:
        points = [self.landscape.label(point.kind, point.id) for point in sturdy.single_points]
        if not points:
            return "No single system takes it away when it is lost."
        named = listed(points, most=MOST + 1)
        which = {1: "it", 2: "either of them"}.get(len(points), "any one of them")
        return f"It hangs on {named}: without {which} the need is no longer met."

    # ── partly met and unmet ─────────────────────────────────────────────────────────────────────

    def unmet(self) -> tuple[str, str]:
        what = self.what([item for _, item in self.failing])
        told = f"{self.who} {_DOES_NOT[self.need.use]} {what}"
        return f"{told}, because {self._because()}.", self._would_help()

    def partly_met(self) -> tuple[str, str]:
        _, verdict = self.failing[0]
        what = self.what([verdict])
        does = _DOES_NOT if verdict.verdict is Verdict.UNMET else _DOES
        told = f"{self.who} {does[self.need.use]} {what}{self._so_far(verdict)}"
        return f"{told}, because {self._because()}.", self._would_help()

    def _so_far(self, verdict: ItemVerdict) -> str:
        """How much of an item comes, where some of it does."""
        if verdict.verdict is Verdict.UNMET:
            return ""
        if not verdict.coverage.high:
            return " only in part"
        wanted = self.need.quantity.coverage or "everybody"
        return f" for {coverage_words(verdict, self.names)} only, where {wanted} is asked for"

    def _because(self) -> str:
        """Why the first failing item does not come, by the hop that it fails at."""
        item, verdict = self.failing[0]
        position = self.need.content.index(item)
        if self._nearest is not None:
            hops = broken_hops(self._nearest, self.need, self.names)
            clauses = [clause for of_hop in hops for clause in of_hop]
            return self._joined(clauses, self._whose(verdict, self._nearest.source))
        if any(frontier.position == position for frontier in self.found.frontiers):
            return self._without_route(position, item, verdict)
        losses = [
            loss for one in self.found.lacking if one.position == position for loss in one.losses
        ]
        told = [loss_words(loss, self.names) for loss in losses]
        return self._joined(told, "") if told else self._without_route(position, item, verdict)

    @property
    def _nearest(self) -> NearestMiss | None:
        """The nearest miss of the first failing item, by the fewest kinds that must give way."""
        position = self.need.content.index(self.failing[0][0])
        misses = [miss for miss in self.found.nearest if miss.position == position]
        return min(misses, key=lambda miss: (len(miss.let_go), miss.source), default=None)

    def _whose(self, verdict: ItemVerdict, source: str) -> str:
        """Whose part does not come, where there are several sources."""
        if len(verdict.sources) == 1:
            return ""
        return f" (the part of {self.names.organisation(source)})"

    @staticmethod
    def _joined(clauses: Sequence[str], whose: str) -> str:
        told = list(dict.fromkeys(clauses))
        return f"{'; and '.join(told[:MOST])}{whose}"

    def _without_route(self, position: int, item: Item, verdict: ItemVerdict) -> str:
        for frontier in self.found.frontiers:
            if frontier.position == position and frontier.reached:
                return f"{self._dead_end(frontier)}{self._whose(verdict, frontier.source)}"
        asked = Asked(self.landscape, self.need, item, coverage_words(verdict, self.names))
        reasons = [lowered(reason_words(reason, asked)).rstrip(".") for reason in verdict.reasons]
        return "; and ".join(reasons[:MOST]) or "nothing that is asked for arrives"

    def _dead_end(self, frontier: Frontier) -> str:
        reached = [self.landscape.place_label(place) for place in frontier.reached]
        return f"it comes to {listed(reached, most=MOST + 1)}, and no flow leads on from there"

    def _would_help(self) -> str:
        choices = self.found.relaxations
        if choices is None or not choices.sets:
            return self._nothing_helps(choices is None or choices.complete)
        wanted = self._nearest.let_go if self._nearest else frozenset({Family.REACH})
        chosen = wanted if wanted in choices.sets else choices.sets[0]
        return f"It would be met if {would_be_met(chosen)}; {self._other_ways(choices)}."

    def _nothing_helps(self, complete: bool) -> str:
        if not complete:
            return "What would help is not proven: there is too much to go through."
        if self._nearest is not None:
            return "Even if that gave way the need would not be met: a new flow is needed as well."
        return "No condition that could give way would help: a new flow is needed."

    def _other_ways(self, choices: Relaxations) -> str:
        others = len(choices.sets) - 1
        if others and not self.below:
            return "there is another way" if others == 1 else f"there are {others} other ways"
        if others:
            return "another way stands below" if others == 1 else f"{others} other ways stand below"
        return "nothing else stands in the way" if choices.complete else "there may be other ways"

    # ── undetermined ─────────────────────────────────────────────────────────────────────────────

    def undetermined(self) -> tuple[str, str]:
        what = self.what([item for _, item in self.failing or self.required])
        told = f"Nobody can say yet whether {lowered(self.who)} {_DOES[self.need.use]} {what}"
        decided = self.found.deciding
        if decided is None or not (decided.if_good or decided.if_bad):
            return f"{told}.", "Too much is unknown to say what would decide it."
        (chosen, *_) = decided.if_good or decided.if_bad
        facts = [fact_words(self.landscape, fact) for fact in sorted(chosen)]
        return f"{told}, because nobody says {listed(facts, most=MOST)}.", self._either_way(decided)

    def _either_way(self, decided: Deciding) -> str:
        good, bad = decided.if_good[:1], decided.if_bad[:1]
        to_good, to_bad = decided.to_good.words, decided.to_bad.words
        if good == bad:
            return f"If that turns out well the need is {to_good}; if not, it is {to_bad}."
        told = []
        if good:
            that = "that" if len(good[0]) == 1 else "all of that"
            told.append(f"if {that} turns out well the need is {to_good}")
        if bad:
            facts = listed([fact_words(self.landscape, fact) for fact in sorted(bad[0])], most=MOST)
            these = "already if this one thing turns" if len(bad[0]) == 1 else "if these turn"
            told.append(f"it is {to_bad} {these} out badly: {facts}")
        joined = "; ".join(told)
        return f"{joined[:1].upper()}{joined[1:]}."


def _with_article(category: str) -> str:
    """A category in a sentence; a name that is no noun stands in quotation marks."""
    plain = lowered(category)
    return f'"{category}"' if plain.startswith(_NO_NOUN) else f"the {plain}"


def _tightest(found: Robustness | None) -> ItemRobustness | None:
    """The required item with the least room left to a limit of time."""
    items = [item for item in found.items if item.path] if found else []
    required = [item for item in items if item.required] or items
    return min(required, key=_least_room, default=None)


def _least_room(item: ItemRobustness) -> Fraction:
    rooms = [slack.share for slack in item.slacks if slack.limit in (Limit.AGE, Limit.WAIT)]
    return min((room for room in rooms if room is not None), default=Fraction(1))
