"""What is wrong with one hop, with what it has against what is asked: one clause for each reason.

A clause follows "because" or stands as a sentence of its own: it begins small and ends open.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sharedcare.flows.search import FORBIDDEN
from sharedcare.flows.sources import covering_entry
from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.flows.why.frontier import Blocked
from sharedcare.landscape import Flow, Item, Need
from sharedcare.landscape.entry import Period
from sharedcare.landscape.system import Holding
from sharedcare.quantities import Duration, Hours, Rate, Unknown
from sharedcare.reports.words.figures import counted, date_words, listed, time_words
from sharedcare.reports.words.flow_words import flow_words
from sharedcare.reports.words.law_words import Passing, refusal_words
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import FlowStatus, Lifecycle, Mode, Reason, Use


@dataclass(frozen=True, slots=True)
class BrokenHop:
    """A hop that fails, for one item of one need and one source's part of it.

    ``brief``: it is told just before which hop it is, so that its clauses need not say it again.
    ``open`` names the figures of the hop that hold only at best, as a step of a route does.
    """

    names: Names
    need: Need
    item: Item
    source: str
    hop: Blocked
    brief: bool = False
    open: tuple[str, ...] = ()

    @property
    def flow(self) -> Flow | None:
        """The flow, None where it is the use of a system or no hop at all."""
        return self.names.landscape.flows[self.hop.flow] if self.hop.flow else None

    @property
    def starts(self) -> bool:
        """Whether it is the start of a route that fails, and no hop."""
        return self.hop.from_ == self.hop.to

    @property
    def from_(self) -> str:
        """The place that it leaves, by name."""
        return self.names.landscape.place_label(self.hop.from_)

    @property
    def to(self) -> str:
        """The place that it goes to, by name."""
        return self.names.landscape.place_label(self.hop.to)

    @property
    def called(self) -> str:
        """What the hop is called: the flow, the use of a system, or the place where it starts."""
        if self.starts:
            return self.from_
        if self.hop.flow:
            return "this flow" if self.brief else flow_words(self.names.landscape, self.hop.flow)
        return "this use" if self.brief else f"{self.to}'s use of {self.from_}"


def broken_words(found: BrokenHop) -> tuple[str, ...]:
    """Say everything that is wrong with a hop, a clause for each reason."""
    return tuple(_CLAUSES[reason](found, reason) for reason in found.hop.reasons)


def pace(flow: Flow) -> str:
    """How long a flow takes by itself, in brackets: ``(takes 1 h, open Mon-Fri 09:00-17:00)``."""
    told = [
        f"{words} {said}"
        for words, said in (
            ("takes", flow.delay if flow.mode.delivers else flow.wait),
            ("runs every", flow.interval),
            ("open", flow.hours if isinstance(flow.hours, Hours) else None),
        )
        if said is not None and not isinstance(said, Unknown)
    ]
    return f" ({', '.join(told)})" if told else ""


def open_by_itself(flow: Flow) -> tuple[str, ...]:
    """The figures that a flow leaves open, as a step of a route names them, by its own times."""
    times = [flow.delay if flow.mode.delivers else flow.wait]
    times += [flow.interval] if flow.mode is Mode.BATCH else []
    known = all(isinstance(time, Duration) for time in times)
    return () if known else ("age",) if flow.mode.delivers else ("age", "wait")


def _no_source(found: BrokenHop, _: Reason) -> str:
    return f"{found.from_} does not hold it"


def _no_carry(found: BrokenHop, _: Reason) -> str:
    return f"{found.called} does not carry it"


def _form(found: BrokenHop, _: Reason) -> str:
    wanted = f"{found.item.min_form.word} or better is asked for"
    does = "holds" if found.starts else "brings"
    if found.hop.form is None or (found.flow is not None and _form_is_open(found.flow)):
        return f"nobody says in what form {found.called} {does} it, and {wanted}"
    return f"{found.called} {does} it as {found.hop.form.word}, and {wanted}"


def _form_is_open(flow: Flow) -> bool:
    return any(carried.form is None and not carried.as_held for carried in flow.carries.values())


def _history(found: BrokenHop, _: Reason) -> str:
    wanted = f"{found.item.lookback} is asked for"
    holder = found.flow or _holding(found)
    said = holder.history if holder else None
    if said is None or isinstance(said, Unknown):
        return f"nobody says how far back {found.called} reaches, and {wanted}"
    does = "holds it" if found.starts else "reaches"
    return f"{found.called} {does} {said} back, and {wanted}"


def _holding(found: BrokenHop) -> Holding | None:
    """What the place that a route starts at holds of the category."""
    system = found.names.landscape.systems.get(found.hop.from_)
    held = covering_entry(system.holds, found.item.category) if system else None
    return system.holds[held] if system and held else None


def _not_live(found: BrokenHop, _: Reason) -> str:
    landscape, flow = found.names.landscape, found.flow
    states: list[tuple[str, Lifecycle | FlowStatus | Unknown]] = []
    states += [(found.called, flow.status)] if flow else []
    states += [
        (landscape.place_label(place), landscape.systems[place].lifecycle)
        for place in (found.hop.from_, found.hop.to)
        if place in landscape.systems
    ]
    told = [_state(called, state) for called, state in states if not _works(state)]
    if told:
        return " and ".join(dict.fromkeys(told))
    if flow is None:
        return f"nobody says whether {found.to} is let into {found.from_}"
    return f"{found.called} is not in use on {date_words(landscape.as_of)}{_period(flow.valid)}"


def _works(state: Lifecycle | FlowStatus | Unknown) -> bool:
    return not isinstance(state, Unknown) and state.works


def _state(called: str, state: Lifecycle | FlowStatus | Unknown) -> str:
    """That something is not in use yet, or no longer, or nobody knows."""
    if isinstance(state, Unknown):
        return f"nobody says whether {called} is in use"
    planned = state in (Lifecycle.PLANNED, FlowStatus.PLANNED)
    return f"{called} is {'only planned' if planned else 'no longer in use'}"


def _period(period: Period | None) -> str:
    if period is None:
        return ""
    ends = (("from", period.from_), ("until", period.until))
    told = [
        f"{word} {'a day that nobody says' if isinstance(day, Unknown) else date_words(day)}"
        for word, day in ends
        if day is not None
    ]
    return f" (it is valid {' '.join(told)})"


def _capacity(found: BrokenHop, _: Reason) -> str:
    events = found.need.quantity.events
    said = found.flow.capacity if found.flow else None
    if isinstance(said, Rate):
        return f"{found.called} takes {said}, and {events} arise"
    return f"nobody is sure how many {found.called} can take, and {events} arise"


def _identity(found: BrokenHop, _: Reason) -> str:
    ends = [_domains(found, place) for place in (found.hop.from_, found.hop.to)]
    by = found.flow.identity_domain if found.flow else None
    matched = f", and {found.called} matches by {_worded(by)}" if isinstance(by, str) else ""
    return f"{' and '.join(ends)} share no identifier of people{matched}"


def _domains(found: BrokenHop, place: str) -> str:
    """A place with the identifiers that it holds."""
    landscape = found.names.landscape
    system = landscape.systems.get(place)
    domains = system.identity_domains if system else ()
    if domains is None or isinstance(domains, Unknown):
        held = "nobody says which it holds"
    else:
        held = listed([_worded(domain) for domain in domains]) or "none"
    return f"{landscape.place_label(place)} ({held})"


def _worded(domain: str) -> str:
    return {"nhs_number": "the NHS number", "local": "a number of its own"}.get(
        domain, domain.replace("_", " ")
    )


def _law(found: BrokenHop, reason: Reason) -> str:
    to = found.names.landscape.organisation_of(found.hop.to)
    category = found.item.category
    passing = Passing(found.names, found.need, category, found.source, to or "", found.flow)
    whither = passing.names.organisation(passing.to)
    if not found.brief:
        whither = f"{found.to} ({whither})"
    by = "" if found.brief else f" from {found.from_}"
    return f"it may not be passed on{by} to {whither}: {refusal_words(reason, passing)}"


def _mode(found: BrokenHop, _: Reason) -> str:
    use, flow = found.need.use, found.flow
    if found.starts and use is Use.ALERT:
        return f"{found.from_} comes by it by looking, and is not told that there is news"
    if found.starts:
        return f"{found.from_} is told, and it has to be in a system that they use"
    if use is Use.ALERT and (flow is None or flow.mode in FORBIDDEN[use]):
        by = f"by {found.called}" if flow else f"in {found.from_}"
        return f"{by} it can be looked up, and nobody is told that there is news"
    if use is Use.INGEST and (flow is None or flow.mode in FORBIDDEN[use]):
        shown = f"{found.called} only shows it" if flow else f"{found.from_} is only shown it"
        return f"{shown}, so that it cannot be taken in"
    return f"{found.from_} is only shown it and does not keep it, so {found.called} cannot take it"


def _age(found: BrokenHop, _: Reason) -> str:
    limit = f"at most {found.need.max_age} is allowed"
    if found.hop.age is None or found.hop.age == ENDLESS:
        return f"nobody says how far out of date it is after {found.called}, and {limit}"
    age = _over(found.hop.age, found.need.max_age, "age" in found.open)
    if found.starts:
        return f"it is {age} old before {found.from_} holds it, and {limit}"
    if found.flow is None:
        return f"it is {age} out of date by then, and {limit}"
    return f"{found.called}{pace(found.flow)} leaves it {age} out of date, and {limit}"


def _wait(found: BrokenHop, _: Reason) -> str:
    limit = f"at most {found.need.max_wait} is allowed"
    if found.hop.wait is None or found.hop.wait == ENDLESS:
        return f"nobody says how long one waits for {found.called} to answer, and {limit}"
    wait = _over(found.hop.wait, found.need.max_wait, "wait" in found.open)
    if found.flow is None:
        return f"one has waited {wait} by then, and {limit}"
    return f"{found.called}{pace(found.flow)} makes one wait {wait}, and {limit}"


def _over(time: Time, limit: Duration | None, is_open: bool) -> str:
    """A time past its limit; where both are written alike it is said to be more.

    ``is_open``: it is so long even at best.
    """
    words = time_words(time)
    if limit is not None and words == time_words(limit.seconds):
        return f"more than {words}" if is_open else f"a little more than {words}"
    return f"at least {words}" if is_open else words


def _rekey(found: BrokenHop, _: Reason) -> str:
    most = found.need.max_rekeys or 0
    limit = f"at most {counted(most, 'time')} is allowed" if most else "none is allowed"
    done = found.hop.rekeys or 1
    times = "typed in again" if done == 1 else f"typed in again for the {_ordinal(done)} time"
    return f"after {found.called} it has been {times}, and {limit}"


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _reach(found: BrokenHop, _: Reason) -> str:
    does = "holds it for" if found.starts else "reaches"
    if any(isinstance(share, Unknown) for share in _shares(found)):
        return f"nobody says what share of people {found.called} {does}"
    return f"{found.called} {does} nobody"


def _shares(found: BrokenHop) -> tuple[object, ...]:
    """What is said of the share of people for whom a hop works."""
    landscape = found.names.landscape
    if found.flow is not None:
        return (found.flow.reach, found.flow.match_rate)
    if found.starts:
        holding = _holding(found)
        return (holding.completeness,) if holding else ()
    uses = (
        landscape.stakeholders[found.hop.to].uses if found.hop.to in landscape.stakeholders else ()
    )
    return tuple(use.reach for use in uses if use.system == found.hop.from_)


_CLAUSES: dict[Reason, Callable[[BrokenHop, Reason], str]] = {
    Reason.NO_SOURCE: _no_source,
    Reason.NO_ROUTE: lambda found, _: f"no flow leads on from {found.from_}",
    Reason.NO_CARRY: _no_carry,
    Reason.FORM: _form,
    Reason.HISTORY: _history,
    Reason.NOT_LIVE: _not_live,
    Reason.CAPACITY: _capacity,
    Reason.IDENTITY: _identity,
    Reason.NO_AGREEMENT: _law,
    Reason.PURPOSE: _law,
    Reason.EXPIRED: _law,
    Reason.LAWFUL_BASIS: _law,
    Reason.MODE: _mode,
    Reason.AGE: _age,
    Reason.WAIT: _wait,
    Reason.REKEY: _rekey,
    Reason.REACH: _reach,
}
