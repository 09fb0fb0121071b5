"""Chains put into words once, for every format that people read.

The order is that of a reader who was never in the room: how it stands, what hurts most and why,
each thing that people feel, each thing that they see, then what to ask, to test and to measure.
"""

from collections.abc import Iterator

from sharedcare.experience import Chain, Chains, Mending, State, Turn
from sharedcare.experience.attributes import ENOUGH
from sharedcare.experience.chain import ActivityState, AttributeState, Cause, CauseKind, Measured
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Attribute, LinkStrength, Stage
from sharedcare.reports.experience.experience_parts import (
    ActivityView,
    AttributeView,
    ChainView,
    ExperienceView,
    MeasureView,
    MendingView,
)
from sharedcare.reports.experience.experience_words import (
    ATTRIBUTES,
    STATES,
    ExperienceWords,
    actor_words,
    differing,
    state_words,
)
from sharedcare.reports.words.figures import counted, date_words, listed, lowered, sentence
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.plain_sentences import plain_sentences
from sharedcare.reports.words.texts import each_text, visible

#: How that is shown to which no chain leads.
NO_LOOK = "none"

#: Columns of the table of chains.
COLUMNS = ("Behind the scenes", "What people see", "What people feel", "How it stands", "Why")

#: Titles of lists, and what is said of each first.
DIFFERING = (
    "Where people see it otherwise",
    "Those who give care and those who receive it do not say the same of these.",
)
UNTESTED = (
    "What nobody has asked people yet",
    "The plan takes these for granted. Ask people whether they are true.",
)

#: What a chain is, for a reader who never heard of one.
A_CHAIN = (
    "A chain leads from work behind the scenes, over what people see, to what they feel. It holds "
    "only if every part of it holds."
)

#: What the result rests on, and what it does not say.
LIMITS = (
    "The six things that people feel are those of Kuluski and others (2019). That work behind the "
    "scenes carries what people see is how Steele Gray (2024) puts it. How a chain is judged is "
    "our own rule.",
    "A chain that holds says that the work can be done. It does not say that it is done, or that "
    "anybody felt it. Only those who receive care can say that.",
    "Nothing here changes the readiness of the partners.",
)

NOTHING = (
    "The profile names no activities. Write under activities what people do, or take over the "
    "built-in ones with built_in: integrated."
)

FROM_CATALOGUE = (
    "Some activities come from the built-in list. Their links are our drafting. Ask people whether "
    "they are true here."
)


def experience_view(
    landscape: Landscape, found: Chains, names: Names, mending: Mending | None = None
) -> ExperienceView:
    """Put chains into words, and what is done to them if something is."""
    made = _Teller(landscape, found, names).view(_mending(mending, names) if mending else None)
    return each_text(each_text(made, names.in_words), visible)


def chain_cells(chain: ChainView) -> tuple[str, ...]:
    """A chain as a row of the table."""
    return chain.behind, chain.seen, chain.felt, chain.stand, chain.why


class _Teller:
    """Tells of the chains of one landscape."""

    def __init__(self, landscape: Landscape, found: Chains, names: Names) -> None:
        self.landscape, self.found, self.names = landscape, found, names
        self.words = ExperienceWords(names)
        self.traces = {trace.need: trace for trace in found.traces}

    def view(self, mending: MendingView | None) -> ExperienceView:
        title = self.landscape.meta.title
        return ExperienceView(
            title=f"What people notice: {title}" if title else "What people notice",
            as_of=date_words(self.landscape.as_of),
            naming=self.names.note,
            headline=tuple(self.headline()),
            attributes=tuple(map(self._attribute, self.found.attributes)),
            front=tuple(self._activities(Stage.FRONT)),
            behind=tuple(self._activities(Stage.BACK)),
            chains=tuple(map(self.chain, self.found.chains)),
            differing=tuple(self._differing()),
            untested=tuple(self._untested()),
            alone=tuple(self._alone()),
            costs=tuple(self._costs()),
            measures=tuple(map(self._measure, self.found.to_measure)),
            limits=tuple(self._limits()),
            mending=mending,
        )

    def _limits(self) -> Iterator[str]:
        if any(activity.built_in for activity in self.landscape.activities.values()):
            yield FROM_CATALOGUE
        yield from LIMITS

    def headline(self) -> Iterator[str]:
        """How it stands, what is hurt most, and by what."""
        if not self.found.activities:
            yield NOTHING
            return
        yield A_CHAIN
        yield _counts(self.found.chains)
        if self.found.hurt_most is None:
            yield "No need that the profile names is known to hurt any of them."
            return
        (hurt,) = (one for one in self.found.attributes if one.attribute is self.found.hurt_most)
        broken = f"{hurt.broken_by_needs} of its {counted(hurt.chains, 'chain')} broken by this"
        doubt = f"{hurt.questioned_by_needs} in doubt"
        name = lowered(ATTRIBUTES[hurt.attribute])
        yield f"Information that does not come hurts this most: {name} ({broken}, {doubt})."
        yield from self._told(hurt.needs[:1])

    def _told(self, needs: tuple[str, ...]) -> Iterator[str]:
        """What happens to needs, in short sentences; those that were not followed are named."""
        for key in needs:
            if key in self.traces:
                yield self.words.trace(self.traces[key])
            else:
                yield f"{sentence(self.words.need(key))} This was not followed up."

    # ── what people feel ─────────────────────────────────────────────────────────────────────────

    def _attribute(self, found: AttributeState) -> AttributeView:
        state = _best(found)
        followed = (self.traces[key] for key in found.needs if key in self.traces)
        return AttributeView(
            id=found.attribute.value,
            name=ATTRIBUTES[found.attribute],
            look=STATES[state][2] if found.chains else NO_LOOK,
            stand=state_words(state) if found.chains else "– no chain",
            carried=" ".join(_carried(found)),
            hurt=tuple(self._told(found.needs)),
            full=tuple(plain_sentences(trace.explanation, self.names)[0] for trace in followed),
        )

    # ── what people see, and what stands behind it ───────────────────────────────────────────────

    def _activities(self, stage: Stage) -> Iterator[ActivityView]:
        for found in self.found.activities:
            if found.stage is stage:
                yield self._activity(found)

    def _activity(self, found: ActivityState) -> ActivityView:
        _, _, look = STATES[found.state]
        return ActivityView(
            id=found.activity,
            name=self.words.activity(found.activity),
            look=look,
            stand=state_words(found.state),
            who=actor_words(found.actor),
            gives=self._gives(found.activity),
            support=self._support(found),
            why=tuple(self._why(found)),
        )

    def _gives(self, key: str) -> str:
        """What people feel by it, with a question mark where that is not sure."""
        told = []
        for link in self.found.links:
            if link.activity == key:
                sign = {LinkStrength.DEFINITE: "", LinkStrength.QUESTIONABLE: " (perhaps)"}
                told.append(
                    f"{lowered(ATTRIBUTES[link.attribute])}"
                    f"{sign.get(link.strength, ' (no, it is said)')}"
                )
        return listed(told)

    def _support(self, found: ActivityState) -> str:
        """What supports an activity that people see; what one behind the scenes supports."""
        activities = self.landscape.activities
        if found.stage is Stage.FRONT:
            keys = [key for key, one in activities.items() if found.activity in one.supports]
        else:
            keys = [key for key in activities[found.activity].supports if key in activities]
        return listed([lowered(self.words.activity(key)) for key in keys])

    def _why(self, found: ActivityState) -> Iterator[str]:
        for cause in found.causes:
            yield self._cause(cause)

    def _cause(self, cause: Cause) -> str:
        """One cause; information that does not come is followed to where it stops."""
        trace = self.traces.get(next(iter(cause.needs), ""))
        if trace is None:
            return self.words.cause(cause)
        if cause.kind is CauseKind.NEED:
            return self.words.trace(trace)
        return f"{self.words.cause(cause)} {self.words.trace(trace)}"

    def chain(self, chain: Chain) -> ChainView:
        """One chain as a row."""
        ordered = sorted(chain.causes, key=lambda pair: -pair[1].state.rank)
        causes = dict.fromkeys(self._cause(cause) for _, cause in ordered)
        return ChainView(
            behind=" → ".join(map(self.words.activity, chain.activities[:-1])) or "nothing",
            seen=self.words.activity(chain.front),
            felt=ATTRIBUTES[chain.attribute],
            look=STATES[chain.state][2],
            stand=state_words(chain.state),
            why=" ".join(causes),
        )

    # ── what to ask, to test and to measure ──────────────────────────────────────────────────────

    def _differing(self) -> Iterator[str]:
        for link in self.found.links:
            if link.differs:
                felt = lowered(ATTRIBUTES[link.attribute])
                asked = f"{self.words.activity(link.activity)}: does it help with {felt}?"
                yield f"{asked} {differing(link.voices)}"
        for attribute, voice in self.found.about_no_activity:
            yield f"{ATTRIBUTES[attribute]}, of nothing in particular. {differing([voice])}"

    def _untested(self) -> Iterator[str]:
        of: dict[str, list[str]] = {}
        for link in self.found.links:
            if not link.is_tested and link.strength is not LinkStrength.ABSENT:
                felt = lowered(ATTRIBUTES[link.attribute])
                of.setdefault(self.words.activity(link.activity), []).append(felt)
        for activity, all_felt in of.items():
            yield f"{activity}: {listed(all_felt)}."

    def _alone(self) -> Iterator[str]:
        for key in self.found.unsupported:
            yield f"{self.words.activity(key)}: people see it, and nothing behind it supports it."
        for key in self.found.unseen:
            yield f"{self.words.activity(key)}: it supports nothing that people see."
        for key in self.found.felt_by_nobody:
            yield f"{self.words.activity(key)}: nobody has said what people feel by it."

    def _costs(self) -> Iterator[str]:
        open_: dict[tuple[Attribute, Attribute], list[str]] = {}
        for one in self.found.trade_offs:
            gives, costs = (lowered(ATTRIBUTES[a]) for a in (one.gives, one.costs))
            name = self.words.activity(one.activity)
            if one.said is None:
                open_.setdefault((one.gives, one.costs), []).append(name)
            elif one.said is LinkStrength.ABSENT:
                yield f"{name}: it helps with {gives} and not with {costs}. One may cost the other."
            else:
                yield f"{name}: it helps with {gives}. Whether it helps with {costs} is in doubt."
        for (given, cost), names in open_.items():
            gives, costs = (lowered(ATTRIBUTES[a]) for a in (given, cost))
            yield f"These help with {gives}. Ask what they do for {costs}: {listed(names)}."

    def _measure(self, one: Measured) -> MeasureView:
        chain = one.chain
        way = " → ".join((*map(self.words.activity, chain.activities), ATTRIBUTES[chain.attribute]))
        return MeasureView(way, state_words(chain.state), tuple(self._counted(one)))

    def _counted(self, one: Measured) -> Iterator[str]:
        for proxy in one.proxies:
            what = proxy.words or "nothing is named yet; agree on something to count"
            if proxy.kind == "activities":
                yield f"{self.words.activity(proxy.about)}: {what}."
            elif proxy.kind == "needs":
                yield f"{sentence(self.words.need(proxy.about))[:-1]}: {what}."
            else:
                yield f"{ATTRIBUTES[Attribute(proxy.about)]}: {what}."


def _counts(chains: tuple[Chain, ...]) -> str:
    """How many chains there are, and how they stand."""
    number = {state: sum(chain.state is state for chain in chains) for state in State}
    if not chains:
        return "There is no chain."
    if len(chains) == 1:
        stands = {State.WHOLE: "holds", State.QUESTIONABLE: "is in doubt"}
        return f"There is 1 chain: it {stands.get(chains[0].state, 'is broken')}."
    return (
        f"There are {counted(len(chains), 'chain')}: {number[State.WHOLE]} hold, "
        f"{number[State.QUESTIONABLE]} are in doubt and {number[State.BROKEN]} are broken."
    )


def _best(found: AttributeState) -> State:
    """How the best chain of an attribute stands."""
    if found.whole:
        return State.WHOLE
    return State.QUESTIONABLE if found.questionable else State.BROKEN


def _carried(found: AttributeState) -> Iterator[str]:
    """How many chains lead to an attribute, and whether enough of them hold."""
    if not found.chains:
        yield "No chain leads here. Nothing that is planned would give people this."
        return
    yield (
        f"{counted(found.chains, 'chain')}: {found.whole} hold, {found.questionable} in doubt, "
        f"{found.broken} broken."
    )
    if found.whole < ENOUGH:
        held = "only one holds" if found.whole else "none holds"
        yield f"Fewer than {ENOUGH} hold: {held}."


def _mending(found: Mending, names: Names) -> MendingView:
    landscape = found.changed
    labels = [_what_label(found, key) for key in found.what]
    words = _Teller(landscape, found.after, Names(landscape, names.named))
    return MendingView(
        title=f"After: {listed(labels)}",
        headline=f"Today: {_counts(found.before.chains)} Afterwards: {_counts(found.after.chains)}",
        mended=tuple(_turned(found, words.words, Turn.MENDED)),
        better=tuple(_turned(found, words.words, Turn.BETTER)),
        worse=tuple(_turned(found, words.words, Turn.WORSE, Turn.GONE)),
        attributes=tuple(_moved(found)),
        after=tuple(map(words.chain, found.after.chains)),
    )


def _what_label(found: Mending, key: str) -> str:
    """The name of a change, an option or a scenario."""
    kind, _, rest = key.partition(".")
    kinds = (kind,) if rest else ("changes", "options", "scenarios")
    for one in kinds:
        if (rest or key) in getattr(found.landscape, one):
            return lowered(found.landscape.label(one, rest or key).replace("_", " "))
    return key.replace("_", " ")


def _turned(found: Mending, words: ExperienceWords, *turns: Turn) -> Iterator[str]:
    for one in (turned for turn in turns for turned in found.turned(turn)):
        chain = one.after or one.before
        if chain is not None:
            was = state_words(one.before.state) if one.before else "not there"
            becomes = state_words(one.after.state) if one.after else "gone"
            way = " → ".join((*map(words.activity, chain.activities), ATTRIBUTES[chain.attribute]))
            yield f"{way}: {was}, then {becomes}."


def _moved(found: Mending) -> Iterator[str]:
    if found.lifted:
        yield f"Lifted: {listed([lowered(ATTRIBUTES[one]) for one in found.lifted])}."
    if found.lowered:
        yield f"Lowered: {listed([lowered(ATTRIBUTES[one]) for one in found.lowered])}."
    if found.lifted and found.lowered:
        yield "The one is bought at the cost of the other."
    if not found.lifted and not found.lowered:
        yield "No attribute is lifted, and none is lowered."
