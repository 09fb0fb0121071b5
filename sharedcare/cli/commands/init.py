"""``sharedcare init``: a commented starter profile, or a pathway template."""

from pathlib import Path

import click

from sharedcare.cli.options import quiet_option
from sharedcare.cli.writing import STDOUT, tell, write
from sharedcare.errors import UsedWrongly


@click.command(name="init")
@click.argument("path", default=STDOUT, type=click.Path(allow_dash=True))
@click.option("--pathway", help="A pathway template instead of the starter; 'list' names them.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@quiet_option
def command(path: str, pathway: str | None, force: bool, quiet: bool) -> None:
    """Write a commented starter profile to PATH (standard output if not given).

    Example: sharedcare init my-region.yaml --pathway discharge
    """
    from sharedcare.loading.starting import template, templates  # heavy

    if pathway == "list":
        write("".join(f"{name}\n" for name in templates()).encode(), STDOUT)
        return
    if path != STDOUT and Path(path).exists() and not force:
        raise UsedWrongly(f"{Path(path).name} is there already; --force replaces it")
    write(template(pathway), path)
    if path != STDOUT:
        tell(f"wrote {path}; next: sharedcare check {path}", quiet)
