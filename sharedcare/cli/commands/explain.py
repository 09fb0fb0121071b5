"""``sharedcare explain``: why a need is met or not; what a dimension, criterion or code means."""

from pathlib import Path

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.options import format_option, naming_option, output_option, quiet_option
from sharedcare.cli.writing import STDOUT, write
from sharedcare.errors import UsedWrongly

#: Endings of files that hold profiles.
ENDINGS = (".yaml", ".yml", ".json")


@click.command(name="explain")
@click.argument("what", metavar="WHAT|PROFILE")
@click.argument("need", required=False)
@format_option("text", "markdown", "json")
@output_option
@naming_option()
@quiet_option
def command(
    *,
    what: str,
    need: str | None,
    format_: str,
    output: str,
    name_organisations: bool,
    quiet: bool,
) -> int:
    """Explain why a NEED of a PROFILE is met or not, or what WHAT means.

    Of a need: two plain sentences, then the route with the room that it leaves and what it hangs
    on; or what stops it, the nearest miss and what would have to give way; or what to find out, and
    whom to ask. WHAT is a dimension, a criterion (dimension.words), the code of a reason or a fault
    (NO_AGREEMENT, UNKNOWN_KEY), or a rule of FHIR payloads (per-1, required-element).

    Exit code 5 if a search limit left the verdict not proven.

    For a word: sharedcare explain information_governance

    Example: sharedcare explain profiles/minimal.yaml medicines
    """
    if need is not None:
        made, code = _explained(what, need, format_, name_organisations, quiet)
        write(made.encode(), output)
        return code
    if _is_profile(what):
        raise UsedWrongly(_which_need(what, quiet))
    from sharedcare.reports.catalogue import render_explanation  # heavy

    write(render_explanation(what, format_).encode(), output)
    return Exit.DONE


def _explained(
    profile: str, need: str, format_: str, name_organisations: bool, quiet: bool
) -> tuple[str, Exit]:
    """The explanation of a need, and the exit code."""
    from sharedcare.assessment import installed_version  # heavy
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows.why.explanation import explain  # heavy
    from sharedcare.reports import Provenance  # heavy
    from sharedcare.reports.explaining.explanation import render_explained_need  # heavy
    from sharedcare.reports.words.names import Names  # heavy

    landscape, read = taken(profile, quiet)
    found = explain(landscape, need)
    names = Names(landscape, name_organisations)
    provenance = Provenance(Path(read.files[0]).name, read.digest, installed_version())
    made = render_explained_need(found, names, provenance, format_, read.place)
    return made, Exit.DONE if found.verdict.proven else Exit.LIMIT_REACHED


def _is_profile(what: str) -> bool:
    try:
        return what == STDOUT or what.endswith(ENDINGS) or Path(what).is_file()
    except OSError:  # longer than a name may be
        return False


def _which_need(profile: str, quiet: bool) -> str:
    """Say which needs a profile has, each with its verdict, and what to type."""
    from sharedcare.cli.profiles import taken  # heavy
    from sharedcare.flows import judge  # heavy
    from sharedcare.reports.assessing.needs import needs_to_choose  # heavy

    landscape, _ = taken(profile, quiet)
    lines = needs_to_choose(landscape, judge(landscape, explain=False))
    if not lines:
        return f"{Path(profile).name} declares no need to explain"
    told = "\n".join(lines)
    return f"which need of it? Type sharedcare explain {profile} NEED, where NEED is one of\n{told}"
