"""The program: which verbs there are, and what becomes of errors."""

import hashlib
import importlib
import keyword
import os
import sys
import traceback
from collections.abc import Sequence

import click

from sharedcare.cli.exits import Exit, exit_for
from sharedcare.errors import InputRefused, SharedcareError

#: Verb → what it does, in one line; each stands in ``cli/commands/<verb>.py`` as ``command``; a
#: word of Python's own has an underscore behind it there.
VERBS: dict[str, str] = {
    "init": "Write a commented starter profile, or a pathway template.",
    "check": "Say every fault of a profile, and what it can already tell.",
    "assess": "Judge needs, score 25 dimensions, say how ready the partners are.",
    "needs": "Say of each need whether it is met.",
    "whatif": "Say what a change, option or scenario would break and gain.",
    "burden": "Say how many hours go into work by hand, and what is pushed at whom.",
    "stress": "Say what falls when a system, supplier or agreement is lost, and what lapses when.",
    "graph": "Write the landscape as a graph, or draw a need, an organisation or a cut.",
    "explain": "Explain why a need is met or not; or a dimension, criterion or code.",
    "experience": "Say what people notice, and which chains behind that are broken.",
    "visibility": "Say what each role can see, how old it is, and what a blank means.",
    "hazards": "List hazards of safety-critical needs, for a clinical safety officer.",
    "processing": "List the flows that a data protection impact assessment starts from.",
    "feedback": "Say how feedback from people is answered in public, and what that shows.",
    "validate": "Say every fault of FHIR payloads, with its place.",
    "harmonise": "Say whether systems mean the same, measured from what they send.",
    "import": "Turn what others write into what a profile can hold: capability.",
    "dimensions": "List the 25 dimensions and their criteria.",
    "categories": "List the built-in data categories.",
    "schema": "Print a JSON Schema: of the profile, or of what programs read.",
}


class Verbs(click.Group):
    """A group that imports a verb's module only when the verb is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The verbs, in the order of work."""
        return list(VERBS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb's command; None if there is no such verb."""
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"sharedcare.cli.commands.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one was probably meant."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from sharedcare.identifiers import did_you_mean  # only on a slip

            hint = did_you_mean(args[0], VERBS)
            ctx.fail(f"there is no verb {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sharedcare", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show a traceback where the fault is ours.")
@click.pass_context
def program(ctx: click.Context, debug: bool) -> None:
    """Will the right information reach the right person in time, and how ready are the partners?

    Start with `sharedcare init profile.yaml`, then `sharedcare check profile.yaml` and
    `sharedcare assess profile.yaml --report report.html`.

    Exit codes: 0 done, 1 findings (only if asked for with --fail-on), 2 used wrongly,
    3 input refused, 4 partial, 5 a limit was reached, 6 file trouble, 70 our fault,
    130 interrupted.
    """
    from sharedcare.cli.settings import defaults_of, read_settings  # not for --help

    verb = program.get_command(ctx, ctx.invoked_subcommand or "")
    if verb is not None:
        ctx.default_map = defaults_of(read_settings(), VERBS, verb)
    ctx.obj = {"debug": debug}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code (see :class:`sharedcare.cli.exits.Exit`)."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        # Where nothing is given click takes what the shell gave and, on Windows, expands *.ndjson.
        given = None if arguments is None else args
        result = program.main(given, prog_name="sharedcare", standalone_mode=False)
        return int(result) if isinstance(result, int) else Exit.DONE
    except click.ClickException as error:
        error.show()
        return Exit.USED_WRONGLY
    except SharedcareError as error:
        return _refused(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; nothing was written half", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; say nothing more, not even at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 # the last door: no traceback without --debug
        return _our_fault(error, debug="--debug" in args)


def _refused(error: SharedcareError) -> int:
    faults = error.faults if isinstance(error, InputRefused) else ()
    told = "\n".join(map(str, faults))
    if told:
        click.echo(told, err=True)
    if str(error) != told:  # a package tells its faults and nothing beside them
        click.echo(f"sharedcare: {error}", err=True)
    return exit_for(error)


def _our_fault(error: Exception, debug: bool) -> int:
    """Say that the fault is ours, with a reference that is the same for the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "|".join(f"{frame.name}:{frame.lineno}" for frame in frames)
    reference = hashlib.sha256(f"{type(error).__name__}|{where}".encode()).hexdigest()[:8]
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo(
        f"sharedcare: this is a fault of ours ({type(error).__name__}, reference {reference}); "
        "please report it, with the output of --debug if it shows nothing private",
        err=True,
    )
    return Exit.OUR_FAULT
