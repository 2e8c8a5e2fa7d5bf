"""`portfolio-check`: the entry point, and what it says when a call goes wrong."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import Any

import click

from portfolio_check.cli.failing import UNUSABLE, UnusableError
from portfolio_check.cli.review import review
from portfolio_check.reports.printable import printable

PROGRAM = "portfolio-check"
INTERRUPTED = 130


class ReviewByDefault(click.Group):
    """A group whose first word may be left out: `portfolio-check PATH` is `portfolio-check review PATH`.

    A folder with the name of a command is reached as `./review`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `review` before arguments that name no command."""
        if args[:1] != ["--help"] and not (args and args[0] in self.commands):
            args = ["review", *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of `review`: here they can be used without its name."""
        review.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


commands = ReviewByDefault(
    name=PROGRAM,
    help=review.help,
    commands=[review],
    options_metavar="[OPTIONS]",
    subcommand_metavar="[PATH]",
    epilog=review.epilog,
)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    Status 0; 1 where `--fail-on` asks for more than the repository shows; 2 where the call, the repository, the
    configuration or the rules could not be used, with one line on standard error; 130 when interrupted.
    """
    sys.exit(_status(args))


def _status(args: Sequence[str] | None) -> int:
    # One review and the process is over: what it builds is kept to the end, so looking for cycles only costs time.
    gc.disable()
    try:
        status: Any = commands.main(args=args, prog_name=PROGRAM, standalone_mode=False)
    except (click.ClickException, UnusableError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"{PROGRAM}: {printable(message)}", err=True)
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return int(status or 0)
