"""Options that several verbs share, so that they mean the same everywhere."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from sharedcare.cli.writing import STDOUT

F = TypeVar("F", bound=Callable[..., Any])

#: A profile's path, ``-`` for standard input.
profile_argument = click.argument("profile", type=click.Path(allow_dash=True))


def format_option(*formats: str) -> Callable[[F], F]:
    """``--format``, one of these; the first if it is not said."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the result is written.",
    )


def naming_option(more: str = "") -> Callable[[F], F]:
    """``--name-organisations``; ``more`` ends its help with what is special to a verb."""
    said = "Name organisations; else they are named by their type."
    return click.option("--name-organisations", is_flag=True, help=f"{said} {more}".rstrip())


output_option = click.option(
    "--output",
    "-o",
    default=STDOUT,
    type=click.Path(allow_dash=True),
    help="File to write; standard output if not given.",
)

quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing beside the result.")
