"""Every route that goes on from a start, one by one, by depth-first search."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tests.oracle.hops import STORING, Hop
from tests.oracle.world import World


class Step(NamedTuple):
    """Where a route stands: the place, and what has become of it on the way.

    It is `stored` or not; `shown` (a view brought it to a place that is not human); `viewed` and
    `asked` (a view, a view or pull, since the start or the last human place passed before this
    one); `moved` (at least one hop). Then its form as a rank, age and wait in seconds, reach and
    re-keys.
    """

    place: str
    stored: bool
    shown: bool
    viewed: bool
    asked: bool
    moved: bool
    form: int
    age: float
    wait: float
    reach: Fraction
    rekeys: int


def walk(
    world: World,
    trail: Sequence[Step],
    hops: Mapping[str, Sequence[Hop]],
    visit: Callable[[Step], None],
    follows: Callable[[World, Step, Hop], bool] | None = None,
) -> None:
    """Visits the end of the trail and of every trail that continues it.

    `follows` says which hop may follow, where that is not `may_follow`.

    A walk is cut only where it comes back to a place with nothing better than on an earlier
    visit: whatever could follow could have followed then, and would have arrived no worse. Of
    form, age, reach and re-keys a walk only ever loses, and `stored` and the like take few
    values; wait alone can fall. So each return to a place needs another of these few values or a
    wait below all before; waits are sums over hops since it was last stored, of which there are
    finitely many below any bound, and every walk ends.
    """
    here = trail[-1]
    visit(here)
    for hop in hops.get(here.place, ()):
        if (follows or may_follow)(world, here, hop):
            there = taken(world, here, hop)
            if not _comes_round(world, trail, there):
                walk(world, [*trail, there], hops, visit, follows)


def may_follow(world: World, here: Step, hop: Hop) -> bool:
    """Whether the way it arrived lets it leave by this hop."""
    if hop.mode == "uses":
        world.tally["mode.uses_after_shown"] += here.shown
        return True
    if world.is_human(here.place):
        world.tally["mode.stored_again_out_of_human_place"] += (
            hop.mode in STORING and not here.stored
        )
        return True
    if here.shown:
        world.tally["mode.shown_goes_no_further"] += 1
        return False
    if hop.mode in STORING:
        world.tally["mode.pulled_is_not_stored"] += not here.stored
        return here.stored
    world.tally["mode.pull_after_pull"] += not here.stored
    return True


def taken(world: World, here: Step, hop: Hop) -> Step:
    """The step after a hop."""
    stores = hop.mode in STORING
    is_view = hop.mode in {"view", "uses"}
    afresh = world.is_human(here.place)
    there = Step(
        place=hop.receiver,
        stored=stores,
        shown=is_view and not world.is_human(hop.receiver),
        viewed=is_view or (here.viewed and not afresh),
        asked=not stores or (here.asked and not afresh),
        moved=True,
        form=min(here.form, hop.form),
        age=here.age + hop.time,
        wait=0 if stores else here.wait + hop.time,
        reach=min(here.reach, hop.reach),
        rekeys=here.rekeys + hop.rekeys,
    )
    _count_step(world, here, hop, there)
    return there


def _count_step(world: World, here: Step, hop: Hop, there: Step) -> None:
    world.tally[f"mode.{hop.mode}"] += 1
    world.tally["hop.form.lowered" if there.form < here.form else "hop.form.kept"] += 1
    if world.is_human(here.place):
        world.tally["mode.view_forgotten_out_of_human_place"] += here.viewed and not there.viewed
        world.tally["mode.ask_forgotten_out_of_human_place"] += here.asked and not there.asked
    if here.wait:
        world.tally["mode.wait_forgotten_when_stored"] += there.stored
        world.tally["mode.human_place_keeps_wait"] += (
            world.is_human(here.place) and not there.stored
        )


def _comes_round(world: World, trail: Sequence[Step], there: Step) -> bool:
    """Whether the walk was at this place before, and then worse off in nothing."""
    for earlier in trail:
        if earlier.place == there.place:
            if no_better(there, earlier):
                world.tally["walk.came_round"] += 1
                return True
            world.tally["walk.came_round_the_better"] += 1
    return False


def no_better(there: Step, earlier: Step) -> bool:
    """Whether a step improves in nothing on an earlier one at the same place."""
    return (
        there.stored <= earlier.stored
        and there.shown >= earlier.shown
        and there.viewed >= earlier.viewed
        and there.asked >= earlier.asked
        and there.moved <= earlier.moved
        and there.form <= earlier.form
        and there.age >= earlier.age
        and there.wait >= earlier.wait
        and there.reach <= earlier.reach
        and there.rekeys >= earlier.rekeys
    )
