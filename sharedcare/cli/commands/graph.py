"""``sharedcare graph``: a landscape as a graph; a need, an organisation or a cut drawn."""

from typing import TYPE_CHECKING

import click

from sharedcare.cli.options import (
    format_option,
    naming_option,
    output_option,
    profile_argument,
    quiet_option,
)
from sharedcare.cli.writing import write
from sharedcare.errors import NotFoundError, UsedWrongly
from sharedcare.identifiers import did_you_mean

if TYPE_CHECKING:
    from sharedcare.landscape import Landscape
    from sharedcare.reports.drawing.sketch import Picture
    from sharedcare.reports.words.names import Names

FORMATS = ("graphml", "dot", "mermaid", "json", "svg")


@click.command(name="graph")
@profile_argument
@format_option(*FORMATS)
@output_option
@click.option("--need", metavar="ID", help="Only a need: its routes, and where they are stopped.")
@click.option("--cut", metavar="ID", help="Only how far a need's information gets.")
@click.option("--organisation", metavar="ID", help="Only an organisation and its neighbours.")
@click.option("--verdicts", is_flag=True, help="Judge too: say what comes by which way.")
@naming_option("JSON keeps ids and names.")
@quiet_option
def command(
    *,
    profile: str,
    format_: str,
    output: str,
    need: str | None,
    cut: str | None,
    organisation: str | None,
    verdicts: bool,
    name_organisations: bool,
    quiet: bool,
) -> None:
    """Write the landscape of PROFILE as a graph of its places and the ways between them.

    With --need, --cut or --organisation a part of it, which as svg is a drawing for people.

    Example: sharedcare graph profiles/minimal.yaml --need medicines --format svg -o medicines.svg
    """
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows import Judge  # heavy
    from sharedcare.flows.why.marking import judged_graph  # heavy
    from sharedcare.reports.drawing import svg_of  # heavy
    from sharedcare.reports.graph import render_graph  # heavy
    from sharedcare.reports.words.names import Names  # heavy

    asked = {"need": need, "cut": cut, "organisation": organisation}
    chosen = [(kind, key) for kind, key in asked.items() if key is not None]
    _check(chosen, format_)
    landscape, _ = taken(profile, quiet)
    names = Names(landscape, name_organisations)
    picture = _picture(landscape, names, *chosen[0]) if chosen else None
    if format_ == "svg" and picture:
        made = svg_of(picture.drawing)
    else:
        graph = judged_graph(Judge(landscape)) if verdicts else landscape.graph()
        if picture:
            graph.remove_nodes_from([place for place in graph if place not in picture.places])
        made = render_graph(graph, format_, names)
    write(made.encode(), output)


def _check(chosen: list[tuple[str, str]], format_: str) -> None:
    if len(chosen) > 1:
        raise UsedWrongly("--need, --cut and --organisation are one picture each: give one of them")
    if format_ == "svg" and not chosen:
        raise UsedWrongly(
            "a drawing of everything cannot be read: give --need, --cut or --organisation"
        )


def _picture(landscape: "Landscape", names: "Names", kind: str, key: str) -> "Picture":
    from sharedcare.flows import Judge  # heavy
    from sharedcare.reports.drawing.cut import picture_of_cut  # heavy
    from sharedcare.reports.drawing.need import picture_of_need  # heavy
    from sharedcare.reports.drawing.organisation import picture_of_organisation  # heavy

    judge = Judge(landscape)
    if kind == "organisation":
        return picture_of_organisation(landscape, key, names, judge.judge())
    if key not in landscape.needs:
        raise NotFoundError(f"there is no need {key!r}{did_you_mean(key, landscape.needs)}")
    (found,) = judge.judge([key]).needs
    draw = picture_of_need if kind == "need" else picture_of_cut
    return draw(judge, found, names)
