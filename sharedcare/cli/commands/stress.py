"""``sharedcare stress``: what falls when something is lost, and what lapses when."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.options import (
    format_option,
    naming_option,
    output_option,
    profile_argument,
    quiet_option,
)
from sharedcare.cli.writing import tell, write
from sharedcare.errors import UsedWrongly

if TYPE_CHECKING:
    from sharedcare.flows.losses.resilience import Stress
    from sharedcare.quantities import Duration

#: What may be lost, as the option says it.
KINDS = ("system", "supplier", "agreement", "identity_domain")

#: Losses after which it is said again how far the work has come.
TOLD_EVERY = 250


@click.command(name="stress")
@profile_argument
@format_option("text", "markdown", "csv", "json")
@output_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Lose only what is of this kind; repeatable. All kinds if not given.",
)
@click.option("--pairs", is_flag=True, help="Lose every two of a kind at once too.")
@click.option(
    "--horizon",
    default="12 mo",
    show_default=True,
    help="How far ahead to look for what ends and begins; a month counts 30 days.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="How much of each list text and Markdown show; CSV and JSON are whole.",
)
@naming_option()
@click.option(
    "--fail-on",
    type=click.Choice(("never", "safety")),
    default="never",
    show_default=True,
    help="Exit 1 if a single loss takes a safety-critical need.",
)
@quiet_option
def command(
    *,
    profile: str,
    format_: str,
    output: str,
    kinds: tuple[str, ...],
    pairs: bool,
    horizon: str,
    top: int,
    name_organisations: bool,
    fail_on: str,
    quiet: bool,
) -> int:
    """Lose each system, supplier, agreement and identity domain of PROFILE in turn.

    Says which needs fall, the safety-critical ones first, whom that hits, how much hangs on single
    suppliers, and what ends and begins within the horizon. Exit code 5 if a search limit left a
    verdict not proven, or if there are too many pairs.

    Example: sharedcare stress profiles/fictional-region.yaml --kind supplier
    """
    from importlib.metadata import version

    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows.losses.lapses import lapses  # heavy
    from sharedcare.flows.losses.resilience import LossKind, stress  # heavy
    from sharedcare.reports.losses.resilience import render_stress  # heavy
    from sharedcare.reports.provenance import Provenance

    ahead = _horizon(horizon)
    landscape, found = taken(profile, quiet)
    wanted = tuple(map(LossKind, kinds or KINDS))

    def progress(kind: LossKind, at_once: int, done: int, of: int) -> None:
        if done % TOLD_EVERY == 0:
            what = kind.value.replace("_", " ")
            things = f"{what} by {what}" if at_once == 1 else f"every two of the kind {what}"
            tell(f"losing {things}: {done:,} of {of:,} …", quiet)

    lost = stress(landscape, wanted, pairs, progress)
    made_from = Provenance(Path(found.files[0]).name, found.digest, version("sharedcare"))
    calendar = lapses(landscape, ahead)
    made = render_stress(
        lost,
        calendar,
        landscape,
        made_from,
        format_,
        top=top,
        name_organisations=name_organisations,
    )
    write(made.encode(), output)
    return _exit(lost, fail_on)


def _horizon(words: str) -> "Duration":
    from sharedcare.quantities import QuantityError, parse_duration

    try:
        return parse_duration(words)
    except QuantityError as error:
        raise UsedWrongly(f"--horizon: {error}") from None


def _exit(lost: "Stress", fail_on: str) -> Exit:
    if fail_on == "safety" and any(loss.safety_critical for loss in lost.losses):
        return Exit.FINDINGS
    return Exit.DONE if lost.proven else Exit.LIMIT_REACHED
