"""`kg`, the command: a table of commands, loaded when they are called, and one place where errors end.

Nothing is imported here but click, so that `kg --help` costs what click costs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from kg.errors import KgError, ResourceError, UsageError, reason

COMMANDS = {
    "build": ("kg.cli.build:build", "Read articles into a graph."),
    "annotate": ("kg.cli.annotate:annotate", "Show an article with everything found in it marked."),
    "query": ("kg.cli.query:query", "Ask a graph a saved query, or one of your own."),
    "queries": ("kg.cli.queries:queries", "List the saved queries, or show one."),
    "show": ("kg.cli.show:show", "Show a person, organisation, group or place, with its events."),
    "why": ("kg.cli.why:why", "Say what a triple rests on: article, sentence, offsets."),
    "load": ("kg.cli.load:load", "Load a graph into a triple store over HTTP."),
    "validate": ("kg.cli.validate:validate", "Check a graph against the shapes."),
    "reason": ("kg.cli.reason:reason", "Check a graph for contradictions, and write what follows from it."),
    "status": ("kg.cli.status:status", "Say what is in a store, and by what it was built."),
    "remove": ("kg.cli.remove:remove", "Take articles out of a store."),
    "import": ("kg.cli.import_:import_", "Take RDF made elsewhere into a store."),
    "evaluate": ("kg.cli.evaluate:evaluate", "Measure a graph against gold of your own."),
    "export": ("kg.cli.export:export", "Write a graph in the shapes that other tools read."),
}
"""Name of a command: where it is, and what the list of commands says of it."""

_INTERRUPTED = 130
_BROKEN_PIPE = 141


class LazyGroup(click.Group):
    """A group that imports a command when it is called or asked for help, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        try:
            command = getattr(import_module(module), name)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise UsageError(f"this version has no 'kg {cmd_name}' yet: install a later one") from None
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{name} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(COMMANDS)}"
            ctx.fail(f"no such command {args[0]!r}: {hint}")
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from kg.config import program_version

        click.echo(f"kg {program_version()}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and leave.",
)
def kg() -> None:
    """Read news articles into a knowledge graph: who did what to whom, where, when, and on whose word.

    Exit status: 0 done, 1 the data was at fault, 2 usage, 3 a file or an endpoint could not be used.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Runs `kg` with `args` (those of the process by default) and exits; errors become one line each."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Runs `kg` and returns its exit status."""
    try:
        status = _invoke(sys.argv[1:] if args is None else args)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        message = error.format_message().rstrip(".")
        if isinstance(error, click.UsageError) and error.ctx is not None:
            message += f" (see '{error.ctx.command_path} --help')"
        return _fail(message, error.exit_code)
    except KgError as error:
        return _fail(str(error), error.exit_status)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", _INTERRUPTED)
    except BrokenPipeError:
        _silence_output()
        return _BROKEN_PIPE
    except OSError as error:
        _silence_output()
        place = error.filename if error.filename is not None else "standard output"
        return _fail(f"{place}: {reason(error)}", ResourceError.exit_status)
    return status


def _invoke(args: Sequence[str]) -> int:
    # Not kg.main(): it turns a broken pipe into status 1, which here says that the data was at fault.
    try:
        with kg.make_context("kg", list(args)) as context:
            status = kg.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return status if isinstance(status, int) else 0


def _fail(message: str, status: int) -> int:
    click.echo(f"kg: {message}", err=True)
    return status


def _silence_output() -> None:
    """What is left in the buffer of standard output would raise once more when Python closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
