"""Who is not covered, and where on the way they are lost, as sentences."""

from sharedcare.flows.why.lacking import Lacking, Loss
from sharedcare.reports.words.figures import listed, lowered, percent
from sharedcare.reports.words.flow_words import flow_words
from sharedcare.reports.words.names import Names


def loss_words(loss: Loss, names: Names) -> str:
    """Say where people or sites are lost, as a clause."""
    what, share = _what(loss, names), _share(loss, names)
    if loss.kind == "systems":
        return f"{what} holds it for {share}"
    if loss.kind == "stakeholders":
        return f"{_system(loss, names)} is open to {share} in the role {what}"
    if loss.key == "match_rate":
        return f"{what} finds the right record for {share}"
    return f"{what} reaches {share}"


def _what(loss: Loss, names: Names) -> str:
    if loss.kind == "flows":
        return flow_words(names.landscape, loss.id)
    return names.landscape.label(loss.kind, loss.id)


def _system(loss: Loss, names: Names) -> str:
    return names.landscape.label("systems", loss.key.removeprefix("uses.").removesuffix(".reach"))


def _share(loss: Loss, names: Names) -> str:
    if not loss.known:
        return "a share that nobody says"
    if loss.of is None:
        return percent(loss.share)
    whose = f" ({names.organisation(loss.organisation)})" if loss.organisation else ""
    return f"{loss.of[0]} of {loss.of[1]}{whose}"


def lacking_words(found: Lacking, names: Names) -> str:
    """Say of one source for whom something of it comes, and where the others are lost."""
    what = lowered(names.landscape.category_label(found.category))
    source = names.organisation(found.organisation)
    reached = f"{found.sites[0]} of {found.sites[1]}" if found.sites else percent(found.reached)
    told = f"{source}, {what}: it comes for {reached if found.reached else 'nobody'}"
    losses = [loss_words(loss, names) for loss in found.losses]
    told += f"; {listed(losses)}" if losses else ""
    paper = [names.landscape.label("systems", key) for key in found.on_paper]
    told += f"; on paper or in somebody's head there is {listed(paper)}" if paper else ""
    return f"{told}."
