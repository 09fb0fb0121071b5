"""``sharedcare check``: every fault of a profile, and what it can already tell."""

import click

from sharedcare.cli.exits import Exit
from sharedcare.cli.options import format_option, output_option, profile_argument
from sharedcare.cli.writing import write


@click.command(name="check")
@profile_argument
@format_option("text", "json")
@output_option
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="From which severity on the exit code is not 0.",
)
def command(profile: str, format_: str, output: str, fail_on: str) -> int:
    """Say every fault of PROFILE with its line and column, and what it can already tell.

    Exit code 3 if the profile has errors, 1 for warnings with --fail-on warning.

    Example: sharedcare check profiles/minimal.yaml
    """
    from sharedcare.cli.profiles import checked  # heavy
    from sharedcare.reports.words.checking import check_report, render_check  # heavy

    report = check_report(checked(profile))
    write(render_check(report, format_).encode(), output)
    if report.errors:
        return Exit.INPUT_REFUSED
    return Exit.FINDINGS if fail_on == "warning" and report.warnings else Exit.DONE
