"""``sharedcare import``: what others write, turned into what a profile can hold."""

import importlib

import click

#: What can be imported → what that does, in one line; each is ``importing/<name>.py``.
IMPORTS: dict[str, str] = {
    "capability": "Read what an interface says of itself (CapabilityStatement).",
}


class Imports(click.Group):
    """A group that imports a module only when its command is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """What can be imported."""
        return list(IMPORTS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is no such."""
        if cmd_name not in IMPORTS:
            return None
        module = importlib.import_module(f"sharedcare.cli.commands.importing.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing them."""
        with formatter.section("What can be imported"):
            formatter.write_dl(list(IMPORTS.items()))


@click.group(name="import", cls=Imports)
def command() -> None:
    """Turn what others write into what a profile can hold.

    Example: sharedcare import capability examples/capability/gp-record.json --system gp
    """
