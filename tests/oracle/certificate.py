"""Checks, from the profile alone, a certificate that nothing of a source arrives.

The certificate is plain data: labels, which say how the information stands where it has come to,
the starts, and the blocked hops. Nothing is searched for here. Each label is tried on each hop out
of its place: either what comes of it is no better than another label of the certificate, or the hop
stops it. A hop that stops every label, and beyond which flows lead on to the stakeholder, must be
listed with what is wrong with it. No label may count as arrived. It follows that none ever does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tests.oracle.evaluator import End, arrives, ends_of, has_history, start_step
from tests.oracle.hops import Hop, by_flow, by_use, flow_conditions, use_conditions, uses
from tests.oracle.law import Question
from tests.oracle.values import FORMS, UNKNOWN, Profile, rate_borne, seconds, time_kept
from tests.oracle.walks import Step, may_follow, taken
from tests.oracle.world import Holding, World, starts_by_source, written_out

Claims = Mapping[str, Any]
"""A certificate as plain data, see `tests/flows/certificates.py`."""

Key = tuple[str | None, str, str]
"""A hop: its flow, None if it is the use of a system, and the places at its ends."""

REASONS = {
    "status": "NOT_LIVE",
    "valid": "NOT_LIVE",
    "lifecycle": "NOT_LIVE",
    "carry": "NO_CARRY",
    "history": "HISTORY",
    "capacity": "CAPACITY",
    "identity": "IDENTITY",
    "law": "LAW",
}
"""What is wrong with a hop where a condition fails; of the law, only that it refuses."""

OF_LAW = {"NO_AGREEMENT", "PURPOSE", "EXPIRED", "LAWFUL_BASIS"}
SHOWN, ANSWERED, STORED = "shown", "answered", "stored"


@dataclass(frozen=True)
class Way:
    """A hop out of a place, what is wrong with it whatever is to take it, and its own figures."""

    key: Key
    hop: Hop
    wrong: frozenset[str]
    history: float | None = None
    capacity: Fraction | float | None = None


@dataclass(frozen=True)
class Stop:
    """What comes of a label where it is stopped, all that stops it, and how far back, how much."""

    step: Step
    reasons: frozenset[str]
    history: float | None = None
    capacity: Fraction | float | None = None


def faults(profile: Profile, claims: Claims) -> list[str]:
    """What is wrong with a certificate; nothing, if it proves what it claims."""
    return list(_Check(profile, claims).faults())


def is_needed(profile: Profile, claims: Claims, position: int) -> bool:
    """Whether no other label of a certificate is as good as one of them."""
    label, others = claims["labels"][position], list(claims["labels"])
    del others[position]
    check = _Check(profile, {**claims, "labels": others})
    return not check.is_matched(check.step(label))


class _Check:
    """Checks one certificate."""

    def __init__(self, profile: Profile, claims: Claims) -> None:
        self.profile, self.claims = profile, claims
        self.need = profile["needs"][claims["need"]]
        self.item = self.need["content"][claims["position"]]
        self.question = Question(self.need, self.item, claims["source"])
        self.world = world_of(profile, claims)
        self.ends = ends_of(self.world, self.question)
        self.ways = self._ways()
        self.labels: dict[str, list[Step]] = {}
        for label in claims["labels"]:
            self.labels.setdefault(label["place"], []).append(self.step(label))

    def faults(self) -> Iterator[str]:
        """Every fault, the starts first."""
        yield from self._of_starts()
        yield from self._of_labels()
        yield from self._of_places()
        expected = self._stops()
        listed = Counter(key_of(stop) for stop in self.claims["blocked"])
        yield from (f"{key} is blocked, and not told" for key in expected if key not in listed)
        yield from (f"{key} is not blocked" for key in listed if key not in expected)
        yield from (f"{key} is told twice" for key, count in listed.items() if count > 1)
        for stop in self.claims["blocked"]:
            if not any(self._is_as_told(stop, found) for found in expected.get(key_of(stop), ())):
                yield f"{key_of(stop)} is not blocked as it is told"

    def step(self, label: Claims) -> Step:
        """What a label says, as the step of a route."""
        phase, place = label["phase"], label["place"]
        return Step(
            place=place,
            stored=phase == STORED,
            shown=phase == SHOWN and not self.world.is_human(place),
            viewed=phase == SHOWN,
            asked=phase != STORED,
            moved=label["moved"],
            form=label["form"],
            age=label["age"],
            wait=label["wait"],
            reach=Fraction(1),
            rekeys=label["rekeys"],
        )

    def _ways(self) -> dict[str, list[Way]]:
        """All hops by the place they leave, open or not."""
        ways: dict[str, list[Way]] = defaultdict(list)
        for name, flow in self.world.entries("flows").items():
            conditions = flow_conditions(self.world, self.question, name, flow)
            way = _way(name, by_flow(self.world, self.question, name, flow), conditions)
            history = time_kept(flow.get("history", UNKNOWN), self.world.best)
            capacity = rate_borne(flow.get("capacity", UNKNOWN), self.world.best)
            ways[flow["from"]].append(replace(way, history=history, capacity=capacity))
        for stakeholder in self.world.entries("stakeholders"):
            for used in uses(self.world, stakeholder):
                conditions = use_conditions(self.world, self.question, stakeholder, used)
                way = _way(None, by_use(self.world, stakeholder, used), conditions)
                ways[used["system"]].append(way)
        return ways

    def _of_starts(self) -> Iterator[str]:
        """Whether the routes start where they can, and nowhere else."""
        starts = starts_by_source(self.world, self.item)
        if self.question.source not in starts:
            yield f"{self.question.source} is no source"
            return
        stopped = {}
        for holding in starts[self.question.source]:
            stopped[holding[0]] = stop = self._start(holding)
            if not stop.reasons and not self.is_matched(stop.step):
                yield f"no label stands for what {holding[0]} holds"
        starting = [system for system, stop in stopped.items() if not stop.reasons]
        if sorted(starting) != sorted(self.claims["starts"]):
            yield f"routes start at {starting}"
        yield from self._of_refused(stopped)

    def _of_refused(self, stopped: Mapping[str, Stop]) -> Iterator[str]:
        told = {stop["from"]: stop for stop in self.claims["refused"]}
        idle = {system for system, stop in told.items() if "NOT_LIVE" in stop["reasons"]}
        if {system for system, stop in stopped.items() if stop.reasons} != told.keys() - idle:
            yield "it is not told where routes cannot start"
        yield from (f"{system} is in use" for system in idle if self.world.is_live(system))
        for system in told.keys() & stopped.keys():
            if not self._is_as_told(told[system], stopped[system]):
                yield f"what is held in {system} is not refused as it is told"

    def _start(self, holding: Holding) -> Stop:
        step = start_step(self.world, holding)
        reasons = self._spent(step) | ({"REACH"} if not step.reach else set())
        if not has_history(self.world, self.question, holding):
            reasons |= {"HISTORY"}
        system, entry = holding
        history = self.world.held[system][entry].get("history", UNKNOWN)
        return Stop(step, reasons, time_kept(history, self.world.best))

    def _of_labels(self) -> Iterator[str]:
        """Whether each label comes from somewhere, leads to labels only, and has not arrived."""
        made = {start_step(self.world, holding) for holding in self._holdings()}
        for step, way in self._tries():
            after, is_stopped = self._tried(step, way)
            if not is_stopped:
                made.add(after)
                if not self.is_matched(after):
                    yield f"{way.key} leads on"
        for step in self._steps():
            if not any(_same(step, other) for other in made):
                yield f"a label at {step.place} comes from nowhere"
            if any(self._arrives(step, end) for end in self.ends):
                yield f"a label at {step.place} arrives"

    def _holdings(self) -> list[Holding]:
        return starts_by_source(self.world, self.item).get(self.question.source, [])

    def _steps(self) -> Iterator[Step]:
        for steps in self.labels.values():
            yield from steps

    def _tries(self) -> Iterator[tuple[Step, Way]]:
        """Every label with every hop out of its place."""
        for step in self._steps():
            for way in self.ways.get(step.place, ()):
                yield step, way

    def _tried(self, step: Step, way: Way) -> tuple[Step, frozenset[str]]:
        """What comes of a label by a hop, and all that is wrong with that."""
        after = taken(self.world, step, way.hop)
        mode = set() if may_follow(self.world, step, way.hop) else {"MODE"}
        return after, way.wrong | mode | self._spent(after)

    def _spent(self, step: Step) -> frozenset[str]:
        """The limits that are passed and that nothing later can keep again."""
        kept = {
            "FORM": step.form >= FORMS.index(self.item.get("min_form", FORMS[0])),
            "AGE": "max_age" not in self.need or step.age <= self._limit("max_age"),
            "REKEY": "max_rekeys" not in self.need or step.rekeys <= self.need["max_rekeys"],
        }
        return frozenset(reason for reason, is_kept in kept.items() if not is_kept)

    def _limit(self, name: str) -> float:
        return seconds(self.need[name])

    def is_matched(self, step: Step) -> bool:
        """Whether some label is at least as good in all that the need limits."""
        return any(self._is_as_good(label, step) for label in self.labels.get(step.place, ()))

    def _is_as_good(self, one: Step, other: Step) -> bool:
        return (
            one.stored >= other.stored
            and (one.shown, one.viewed, one.asked) <= (other.shown, other.viewed, other.asked)
            and (one.moved >= other.moved or self.need["use"] != "alert")
            and ("max_age" not in self.need or one.age <= other.age)
            and ("max_wait" not in self.need or one.wait <= other.wait)
            and ("max_rekeys" not in self.need or one.rekeys <= other.rekeys)
        )

    def _arrives(self, step: Step, end: End) -> bool:
        here = end.place == step.place and end.reach > 0
        return here and arrives(self.world, self.question, step, end)

    def _of_places(self) -> Iterator[str]:
        """Whether it is told right where it comes to, and from where nothing leads on."""
        places = {step.place for step in self._steps()}
        if places != set(self.claims["reached"]):
            yield "other places are reached"
        if places - self._upstream() != set(self.claims["dead_ends"]):
            yield "other places are dead ends"

    def _upstream(self) -> set[str]:
        """The places from which flows and uses lead to where the need could be met."""
        found = {end.place for end in self.ends}
        while True:
            more = {
                place
                for place, ways in self.ways.items()
                if any(way.hop.receiver in found for way in ways)
            }
            if more <= found:
                return found
            found |= more

    def _stops(self) -> dict[Key, list[Stop]]:
        """For every hop that must be listed, how it stops each label."""
        stops: dict[Key, list[Stop]] = defaultdict(list)
        passing, ends, upstream = set(), self._ends(), self._upstream()
        for step, way in self._tries():
            if way.key in ends:
                stops[way.key].append(self._stop(step, way.wrong | self._unfit(step), way))
            elif way.hop.receiver in upstream:
                after, reasons = self._tried(step, way)
                stops[way.key].append(self._stop(after, reasons, way))
                if not reasons:
                    passing.add(way.key)
        told = self.need["stakeholder"]
        if any(end.place == told for end in self.ends):
            for step in self.labels.get(told, ()):
                stops[None, told, told].append(Stop(step, self._unfit(step)))
        return {key: found for key, found in stops.items() if key not in passing}

    def _stop(self, step: Step, reasons: frozenset[str], way: Way) -> Stop:
        return Stop(step, reasons, way.history, way.capacity)

    def _ends(self) -> set[Key]:
        """The uses of systems by which the need could be met."""
        told = self.need["stakeholder"]
        return {(None, end.place, told) for end in self.ends if end.place != told}

    def _unfit(self, step: Step) -> frozenset[str]:
        """Why what has come to where it could be used does not count as arrived."""
        late = "max_wait" in self.need and step.wait > self._limit("max_wait")
        use = self.need["use"]
        fits = {
            "view": True,
            "ingest": not step.viewed,
            "alert": step.moved and not step.asked,
        }[use]
        return self._spent(step) | ({"WAIT"} if late else set()) | (set() if fits else {"MODE"})

    def _is_as_told(self, told: Claims, stop: Stop) -> bool:
        """Whether a label is stopped as is told, for the same reasons and with these figures."""
        reasons = {"LAW" if reason in OF_LAW else reason for reason in told["reasons"]}
        figures = {
            "AGE": ("age", stop.step.age),
            "WAIT": ("wait", stop.step.wait),
            "REKEY": ("rekeys", stop.step.rekeys),
            "FORM": ("form", stop.step.form),
            "HISTORY": ("history", stop.history),
            "CAPACITY": ("capacity", stop.capacity),
        }
        return reasons == stop.reasons and all(
            told[name] == (figure if reason in reasons else None)
            for reason, (name, figure) in figures.items()
        )


def key_of(stop: Claims) -> Key:
    """The hop that a certificate lists."""
    return stop["flow"], stop["from"], stop["to"]


def world_of(profile: Profile, claims: Claims) -> World:
    """The run that a certificate is about; what it does not settle does not decide a source."""
    alive = {id_: good for kind, id_, key, good in claims["settled"] if key == "lifecycle"}
    authority: dict[Holding, bool] = defaultdict(bool)
    for _, id_, key, good in claims["settled"]:
        if key != "lifecycle":
            authority[id_, key.removeprefix("holds.").removesuffix(".authoritative")] = good
    held, carried = (
        {key: written_out(entry.get(field, {})) for key, entry in profile.get(name, {}).items()}
        for name, field in (("systems", "holds"), ("flows", "carries"))
    )
    best = claims["at_best"]
    return World(profile, held, carried, best, alive, authority, Counter())


def _way(flow: str | None, hop: Hop, conditions: Mapping[str, bool]) -> Way:
    wrong = {REASONS[name] for name, holds in conditions.items() if not holds}
    nobody = set() if hop.reach else {"REACH"}
    return Way((flow, hop.sender, hop.receiver), hop, frozenset(wrong | nobody))


def _same(one: Step, other: Step) -> bool:
    """Whether two steps are the same but for the share of people."""
    return one._replace(reach=Fraction(1)) == other._replace(reach=Fraction(1))
