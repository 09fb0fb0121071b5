"""How each activity stands: by the needs, the information and the conditions that it rests on.

The rules are ours. A need that is unmet breaks an activity; one that is partly met, undetermined or
not proven makes it questionable. Of a data category all needs are looked at that ask for it: it
breaks where every one of them goes without, and is questionable where some do, or where nobody in
the profile asks for it, since silence is no success. A dimension that is not surely at level
``FIRM`` makes it questionable: work of people can carry what conditions do not, and often must.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sharedcare.experience.chain import ActivityState, Cause, CauseKind, State, worst
from sharedcare.flows import Bounds, ItemVerdict, Judgement, NeedVerdict
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Activity
from sharedcare.landscape.data_categories import covers
from sharedcare.scoring import Scores
from sharedcare.vocabulary import Verdict

#: A chain that rests on a dimension below this level is questionable.
FIRM = Fraction(2)

#: What becomes of an activity by the verdict on a need that it names.
_OF_VERDICT = {
    Verdict.MET: State.WHOLE,
    Verdict.PARTLY_MET: State.QUESTIONABLE,
    Verdict.UNDETERMINED: State.QUESTIONABLE,
    Verdict.UNMET: State.BROKEN,
}


@dataclass(frozen=True)
class Acting:
    """The activities of one landscape, judged by its verdicts and scores."""

    landscape: Landscape
    judgement: Judgement
    scores: Scores

    @cached_property
    def states(self) -> dict[str, ActivityState]:
        """How each activity stands, in the order of the profile."""
        return {
            key: self._state(key, activity) for key, activity in self.landscape.activities.items()
        }

    def _state(self, key: str, activity: Activity) -> ActivityState:
        causes = tuple(self._causes(activity))
        state = worst([cause.state for cause in causes])
        return ActivityState(key, activity.actor, activity.stage, state, causes)

    def _causes(self, activity: Activity) -> Iterator[Cause]:
        """What keeps an activity from being whole, the gravest first."""
        found = [
            *(self._need(key) for key in activity.needs),
            *(self._category(key) for key in activity.categories),
            *(self._dimension(key) for key in activity.dimensions),
        ]
        faults = [cause for cause in found if cause.state is not State.WHOLE]
        yield from sorted(dict.fromkeys(faults), key=lambda cause: -cause.state.rank)

    def _need(self, key: str) -> Cause:
        found = self._verdicts[key]
        state = _OF_VERDICT[found.verdict] if found.proven else State.QUESTIONABLE
        needs = () if state is State.WHOLE else (key,)
        return Cause(CauseKind.NEED, key, state, needs, found.verdict)

    @cached_property
    def _verdicts(self) -> dict[str, NeedVerdict]:
        return {found.need: found for found in self.judgement.needs}

    def _category(self, category: str) -> Cause:
        """How a category comes to whoever asks for it; what nobody asks for is not known."""
        asked = [
            (found.need, item)
            for found in self.judgement.needs
            for item in found.items
            if covers(category, item.category) or covers(item.category, category)
        ]
        short = tuple(dict.fromkeys(key for key, item in asked if not _comes(item)))
        if asked and not short:
            return Cause(CauseKind.CATEGORY, category, State.WHOLE, verdict=Verdict.MET)
        verdicts = {item.verdict for _, item in asked}
        is_broken = verdicts == {Verdict.UNMET}
        state = State.BROKEN if is_broken else State.QUESTIONABLE
        return Cause(CauseKind.CATEGORY, category, state, short, _together(verdicts))

    def _dimension(self, key: str) -> Cause:
        level = self._levels.get(key)
        is_firm = level is not None and level.low >= FIRM
        state = State.WHOLE if is_firm else State.QUESTIONABLE
        return Cause(CauseKind.DIMENSION, key, state, level=level)

    @cached_property
    def _levels(self) -> dict[str, Bounds | None]:
        return {found.id: found.effective for found in self.scores.dimensions}


def _comes(item: ItemVerdict) -> bool:
    return item.verdict is Verdict.MET


def _together(verdicts: set[Verdict]) -> Verdict | None:
    """One verdict for several: partly met where some and not all are met or unmet."""
    if not verdicts:
        return None
    return verdicts.pop() if len(verdicts) == 1 else Verdict.PARTLY_MET
