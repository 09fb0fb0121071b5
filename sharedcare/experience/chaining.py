"""The chains of a landscape: whole, questionable or broken, and what follows from that."""

from collections.abc import Iterator, Mapping

from sharedcare.experience.acting import Acting
from sharedcare.experience.attributes import attribute_states, hurt_most, trade_offs
from sharedcare.experience.chain import (
    Cause,
    CauseKind,
    Chain,
    Chains,
    FrontLink,
    State,
    worst,
)
from sharedcare.experience.measures import to_measure
from sharedcare.experience.paths import Path, paths_of
from sharedcare.experience.traces import traces_of
from sharedcare.experience.voices import (
    OF_STRENGTH,
    about_no_activity,
    front_link,
    voices_of,
)
from sharedcare.flows import Explanation, Judgement
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Stage
from sharedcare.scoring import Scores


def chains_of(
    landscape: Landscape,
    judgement: Judgement,
    scores: Scores,
    explanations: Mapping[str, Explanation] | None = None,
) -> Chains:
    """Join activities to what people experience, by verdicts and scores of the same landscape.

    Needs are followed by their ``explanations`` where these are given, by need, and else explained
    here. Nothing here moves a verdict, a level or an index.
    """
    acting = Acting(landscape, judgement, scores)
    links = tuple(
        front_link(activity, attribute, voices, acting.states[activity].state)
        for (activity, attribute), voices in voices_of(landscape).items()
    )
    paths = list(paths_of(landscape, acting.states))
    backed = {path[-1] for path in paths}
    alone: list[Path] = [(key,) for key in _fronts(landscape) if key not in backed]
    chains = tuple(_chains(acting, [*paths, *alone], links))
    attributes = attribute_states(landscape, chains)
    traces, untraced = traces_of(landscape, judgement, chains, explanations)
    return Chains(
        activities=tuple(acting.states.values()),
        links=links,
        chains=chains,
        attributes=attributes,
        hurt_most=hurt_most(attributes),
        trade_offs=tuple(trade_offs(links)),
        unsupported=tuple(path[-1] for path in alone),
        unseen=tuple(_unseen(landscape, paths)),
        felt_by_nobody=tuple(_felt_by_nobody(landscape, links)),
        to_measure=to_measure(landscape, chains, links),
        traces=traces,
        untraced=untraced,
        about_no_activity=about_no_activity(landscape),
        proven=all(found.proven for found in judgement.needs),
    )


def _fronts(landscape: Landscape) -> Iterator[str]:
    for key, activity in landscape.activities.items():
        if activity.stage is Stage.FRONT:
            yield key


def _chains(acting: Acting, paths: list[Path], links: tuple[FrontLink, ...]) -> Iterator[Chain]:
    """Each way to a front-stage activity, on to each attribute that it is linked to."""
    of_front: dict[str, list[FrontLink]] = {}
    for link in links:
        of_front.setdefault(link.activity, []).append(link)
    for path in paths:
        for link in of_front.get(path[-1], ()):
            yield _chain(acting, path, link)


def _chain(acting: Acting, path: Path, link: FrontLink) -> Chain:
    causes = [(key, cause) for key in path for cause in acting.states[key].causes]
    if len(path) == 1:
        alone = Cause(CauseKind.UNSUPPORTED, path[0], State.QUESTIONABLE)
        causes.append((path[0], alone))
    strength = OF_STRENGTH[link.strength]
    if strength is not State.WHOLE:
        causes.append((path[-1], Cause(CauseKind.LINK, link.attribute.value, strength)))
    state = worst([cause.state for _, cause in causes])
    return Chain(path, link.attribute, state, tuple(causes))


def _unseen(landscape: Landscape, paths: list[Path]) -> Iterator[str]:
    """Backstage activities that lead to nothing a person sees."""
    leading = {path[0] for path in paths}
    for key, activity in landscape.activities.items():
        if activity.stage is Stage.BACK and key not in leading:
            yield key


def _felt_by_nobody(landscape: Landscape, links: tuple[FrontLink, ...]) -> Iterator[str]:
    linked = {link.activity for link in links}
    return (key for key in _fronts(landscape) if key not in linked)
