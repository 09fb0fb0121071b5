"""From each backstage activity to the front-stage ones that it supports, by the best way.

Of all ways between the same two the one is taken whose worst part is least bad, then the shortest;
so one more support never makes a chain worse, and their number stays that of pairs.
"""

from collections import deque
from collections.abc import Iterator, Mapping

from sharedcare.experience.chain import ActivityState, State
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Stage

Path = tuple[str, ...]


def paths_of(landscape: Landscape, states: Mapping[str, ActivityState]) -> Iterator[Path]:
    """Yield the best way from each backstage activity to each front-stage one it leads to."""
    for key, activity in landscape.activities.items():
        if activity.stage is Stage.BACK:
            found: dict[str, Path] = {}
            for state in State:
                for front, path in _within(landscape, states, key, state).items():
                    found.setdefault(front, path)
            yield from (found[front] for front in landscape.activities if front in found)


def _within(
    landscape: Landscape, states: Mapping[str, ActivityState], start: str, limit: State
) -> dict[str, Path]:
    """The shortest ways from a backstage activity over those that are no worse than a limit."""
    if states[start].state.rank > limit.rank:
        return {}
    reached: dict[str, Path] = {start: (start,)}
    queue = deque([start])
    while queue:
        key = queue.popleft()
        for following in landscape.activities[key].supports:
            is_new = following in landscape.activities and following not in reached
            if is_new and states[following].state.rank <= limit.rank:
                reached[following] = (*reached[key], following)
                if landscape.activities[following].stage is Stage.BACK:
                    queue.append(following)
    fronts = (k for k in reached if landscape.activities[k].stage is Stage.FRONT)
    return {key: reached[key] for key in fronts}
