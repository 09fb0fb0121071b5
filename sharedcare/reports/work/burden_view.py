"""The burden of a landscape as people read it: hours by role, and what is pushed at whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sharedcare.flows.work.burden import Burden, Overload, Pushed, Total
from sharedcare.flows.work.chores import LOGIN_TIME, Amount, Chore, Work
from sharedcare.quantities import WEEK, Range, Rate, number_words
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.words.figures import (
    counted,
    cut,
    date_words,
    listed,
    lowered,
    sentence,
    time_words,
)
from sharedcare.reports.words.flow_words import flow_words
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import each_text, visible

NOT_KNOWN = "not known"
PERSON = "no organisation"
SOMEBODY = "somebody there"

#: What is pushed where a flow carries everything as it is held.
EVERYTHING = {"all": "everything that it holds"}

CHORE_WORDS: dict[Chore, str] = {
    Chore.RETYPED: "types in again what comes by",
    Chore.HANDED_ON: "hands on what goes by",
    Chore.HANDLED: "takes in what comes by",
    Chore.LOGGED_IN: "logs in separately for",
    Chore.SEARCHED: "looks for",
}

#: How hours are counted, and what is assumed.
METHOD = (
    "Counted along the route of each verdict: as often as the need arises, for the share of people "
    "for whom it goes that way; two needs that name the same event and go by the same flow are one "
    "piece of work. A year has 365 days.",
    f"A login of its own that nobody timed is taken to last {LOGIN_TIME} (ours, after a "
    "measurement at one hospital, before and after single sign-on: Department of Health and Social "
    "Care, 4 January 2020).",
)


@dataclass(frozen=True, slots=True)
class TotalView:
    """The hours of a role, an organisation or a kind of work; ``unknown`` in words."""

    who: str
    organisation: str
    hours: str
    unknown: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """One piece of work; ``assumed`` and ``perhaps`` say what of it is not the profile's."""

    who: str
    organisation: str
    what: str
    often: str
    each: str
    hours: str
    remark: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PushView:
    """One flow that pushes at a role what it did not ask for."""

    flow: str
    beyond: str
    certain: bool
    often: str


@dataclass(frozen=True, slots=True)
class OverloadView:
    """What is pushed at one role beyond its needs."""

    who: str
    organisation: str
    words: str
    pushes: tuple[PushView, ...]


@dataclass(frozen=True, slots=True)
class BurdenView:
    """Everything that is said of the burden; ``to_time`` is what to time or count first.

    ``hours_headline`` says what the work comes to, ``pushed_headline`` how many roles get more than
    they need.
    """

    landscape: str
    as_of: str
    hours_headline: tuple[str, ...]
    pushed_headline: str
    organisations: tuple[TotalView, ...]
    roles: tuple[TotalView, ...]
    work: tuple[WorkView, ...]
    to_time: tuple[str, ...]
    overload: tuple[OverloadView, ...]
    off_route: str
    naming: str

    @property
    def headline(self) -> tuple[str, ...]:
        """What was found, in a few sentences."""
        return (*self.hours_headline, self.pushed_headline)


def burden_view(found: Burden, names: Names) -> BurdenView:
    """Put a burden into words, once for all formats."""
    view = _Reader(found, names).view()
    return each_text(each_text(view, names.in_words), visible)


def hours_words(total: Total) -> str:
    """Write hours a year with their bounds; where something is not known they are the least."""
    if total.hours is None:
        return NOT_KNOWN
    least = "at least " if total.unknown else ""
    return f"{least}{amount_words(total.hours)}"


def amount_words(amount: Amount) -> str:
    """Write an amount with its bounds: ``55 to 578 (likely 120)``."""
    low, high = _figure(amount.low), _figure(amount.high)
    if low == high:
        return low
    likely = f" (likely {_figure(amount.likely)})" if amount.likely is not None else ""
    return f"{low} to {high}{likely}"


def _figure(value: Fraction) -> str:
    """A figure in as many digits as an estimate is worth: from 10 on, whole."""
    return f"{int(value):,}" if value >= 10 else cut(value)  # noqa: PLR2004 # as said


class _Reader:
    """Puts one burden into words."""

    def __init__(self, found: Burden, names: Names) -> None:
        self.found = found
        self.names = names
        self.landscape = names.landscape

    def view(self) -> BurdenView:
        """The whole view."""
        found = self.found
        off_route = [self._flow(flow) for flow in found.off_route]
        return BurdenView(
            landscape=self.landscape.meta.title or "",
            as_of=date_words(self.landscape.as_of),
            hours_headline=tuple(self._hours_headline()),
            pushed_headline=self._pushed_headline(),
            organisations=tuple(
                self._total("", organisation, total)
                for organisation, total in found.by_organisation().items()
            ),
            roles=tuple(
                self._total(self._role(role), organisation, total)
                for (organisation, role), total in found.by_role().items()
            ),
            work=tuple(map(self._work, found.work)),
            to_time=tuple(self._to_time()),
            overload=tuple(map(self._overload, found.overload)),
            off_route=(
                f"By hand too, and no need goes that way: {listed(off_route)}." if off_route else ""
            ),
            naming=self.names.note,
        )

    def _hours_headline(self) -> Iterator[str]:
        total = self.found.total
        if not self.found.work:
            yield "Nothing that is needed takes anybody's hand, as far as the profile says."
        elif total.hours is None:
            yield f"{counted(total.unknown, 'piece')} of work by hand, and nobody has timed any."
        else:
            yield f"Work by hand takes {hours_words(total)} hours a year."
            if total.unknown:
                yield f"Of {counted(total.unknown, 'piece')} of work the hours are not known."

    def _pushed_headline(self) -> str:
        surely = sum(any(push.certain for push in one.pushes) for one in self.found.overload)
        if not surely:
            return "Nothing is surely pushed at anybody beyond a need of theirs."
        gets = "gets" if surely == 1 else "get"
        return f"{counted(surely, 'role')} surely {gets} told of what no need of theirs asks for."

    def _role(self, role: str | None) -> str:
        return SOMEBODY if role is None else self.landscape.label("stakeholders", role)

    def _whose(self, organisation: str | None) -> str:
        return PERSON if organisation is None else self.names.organisation(organisation)

    def _flow(self, flow: str) -> str:
        return flow_words(self.landscape, flow)

    def _total(self, who: str, organisation: str | None, total: Total) -> TotalView:
        unknown = f"{total.unknown} not known" if total.unknown else ""
        return TotalView(who, self._whose(organisation), hours_words(total), unknown)

    def _work(self, work: Work) -> WorkView:
        hours = NOT_KNOWN if work.hours is None else amount_words(work.hours)
        return WorkView(
            who=self._role(work.role),
            organisation=self._whose(work.organisation),
            what=f"{CHORE_WORDS[work.chore]} {self._thing(work)}",
            often=NOT_KNOWN if work.events is None else f"{_figure(work.events)} a year",
            each=_each(work),
            hours=hours,
            remark="; ".join(_remarks(work)),
            needs=tuple(need_label(self.landscape, need) for need in work.needs),
        )

    def _thing(self, work: Work) -> str:
        """What the work is done on: a flow, a system, or what a need asks for."""
        if work.flow is not None:
            name = self.landscape.flows[work.flow].name
            return f"“{name}”" if name else self._flow(work.flow)
        if work.system is not None:
            return self.landscape.label("systems", work.system)
        items = self.landscape.needs[work.needs[0]].content
        return listed([lowered(self._category(item.category)) for item in items], most=3)

    def _category(self, category: str) -> str:
        return EVERYTHING.get(category) or self.landscape.category_label(category)

    def _to_time(self) -> Iterator[str]:
        """What to time or count first: what surely is done, and most often."""
        unknown = [work for work in self.found.work if work.hours is None]
        unknown.sort(key=lambda work: (not work.certain, -(work.events or Fraction(0))))
        for work in unknown:
            asks = "how long it takes" if work.seconds is None else "how often it is done"
            often = f" ({_figure(work.events)} a year)" if work.events is not None else ""
            doing = f"{CHORE_WORDS[work.chore]} {self._thing(work)}"
            yield sentence(f"{self._role(work.role)} {doing}{often}: {asks}")

    def _overload(self, found: Overload) -> OverloadView:
        return OverloadView(
            who=self._role(found.role),
            organisation=self._whose(found.organisation),
            words=" ".join(self._told(found)),
            pushes=tuple(map(self._push, found.pushes)),
        )

    def _told(self, found: Overload) -> Iterator[str]:
        if not found.asks:
            yield "What this role needs is not in the profile."
        if found.expected.per_second:
            rate = number_words(found.expected.per_second * WEEK)
            least = "" if found.expected.complete else "at least "
            yield f"It has asked to be told of {least}{rate} a week."
        if isinstance(found.attention, Rate | Range):
            yield f"It can take in {found.attention}."

    def _push(self, push: Pushed) -> PushView:
        often = "how often is not said"
        if push.per_week is not None:
            runs = amount_words(push.per_week)
            often = f"{runs} {'run' if runs == '1' else 'runs'} a week"
        elif push.at_most is not None:
            often = f"at most {_figure(push.at_most)} a week"
        return PushView(
            flow=self._flow(push.flow),
            beyond=listed([lowered(self._category(category)) for category in push.beyond]),
            certain=push.certain,
            often=often,
        )


def _each(work: Work) -> str:
    if work.seconds is None:
        return NOT_KNOWN
    low, high = time_words(work.seconds.low), time_words(work.seconds.high)
    return low if low == high else f"{low} to {high}"


def _remarks(work: Work) -> Iterator[str]:
    if not work.certain:
        yield "whether it is done is not said"
    if work.assumed:
        yield "time assumed"


def overloaded(views: Iterable[OverloadView], certain: bool) -> Iterator[OverloadView]:
    """The roles with pushes that surely, or only perhaps, interrupt them, and those alone."""
    for view in views:
        pushes = tuple(push for push in view.pushes if push.certain is certain)
        if pushes:
            yield OverloadView(view.who, view.organisation, view.words, pushes)
