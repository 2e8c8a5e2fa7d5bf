"""`portfolio-check review PATH`, also `portfolio-check PATH`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from portfolio_check import __version__
from portfolio_check.cli.failing import GATED, UnusableError, check_condition, failures
from portfolio_check.cli.profiles import PROFILES

if TYPE_CHECKING:
    from pathlib import Path

    from portfolio_check.cli.config import Config
    from portfolio_check.repository.limits import Limits
    from portfolio_check.review.model import Review

DIGITS = 15
EPILOG = (
    "Exit status: 0; 1 where --fail-on asks for more than the repository shows; "
    "2 where the call, the repository, the configuration or the rules could not be used."
)


def _conditions(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(check_condition(value) for value in values)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(epilog=EPILOG, short_help="Review a repository; the word may be left out.")
@click.argument("path", default=".")
@click.option("--rev", metavar="REV", help="Review this commit, branch or tag; nothing is checked out.")
@click.option(
    "--name", metavar="NAME", help="Name of the repository in the report [default: the remote's, else the folder's]."
)
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="Role to weigh the criteria for [default: by the kind of repository].",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the report [default: text]."
)
@click.option("--output", metavar="FILE", help="Write the report there instead of to standard output.")
@click.option(
    "--fail-on",
    metavar="CONDITION",
    multiple=True,
    callback=_conditions,
    help="Exit with 1 on a gap: `missing`, `partial` (or missing), or a score below N: `score:N`. Repeatable.",
)
@click.option("--rules", metavar="DIR", multiple=True, help="Folder with further rules. Repeatable.")
@click.option(
    "--limit",
    "limits",
    metavar="NAME=VALUE",
    multiple=True,
    help="Set a limit on what is read, such as files=5000. Repeatable.",
)
@click.option("--config", metavar="FILE", help="TOML or YAML file with the keys profile, fail-on and rules.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour the text [default: auto]."
)
@click.option("--verbose", is_flag=True, help="Show every place, gap, fix and source.")
@click.option("--quiet", is_flag=True, help="Show one line for each gap.")
@click.version_option(__version__, prog_name="portfolio-check", message="%(prog)s %(version)s")
def review(
    path: str,
    *,
    rev: str | None,
    name: str | None,
    profile: str | None,
    form: str,
    output: str | None,
    fail_on: tuple[str, ...],
    rules: tuple[str, ...],
    limits: tuple[str, ...],
    config: str | None,
    color: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Review the machine-learning portfolio repository at PATH.

    PATH is a folder, with or without git, a folder inside a repository, or a bare git directory; the current folder
    unless given. Nothing of it is run. For each proof that a hiring reviewer looks for, the report says whether it is
    there, where, what is missing, what to do next, and who asks for it.
    """
    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet contradict each other")
    configured = _configured(config)
    done = _reviewed(path, rev, name, profile or configured.profile, (*configured.rules, *rules), limits)
    _write(done, form, output, color=color, verbose=verbose, quiet=quiet)
    failed = failures(done, fail_on or configured.fail_on)
    for reason in failed:
        click.echo(f"portfolio-check: {reason}", err=True)
    return GATED if failed else 0


def _configured(file: str | None) -> Config:
    from pathlib import Path

    from portfolio_check.cli.config import Config, ConfigError, read_config

    if file is None:
        return Config()
    try:
        return read_config(Path(file))
    except ConfigError as error:
        raise UnusableError(str(error)) from None


def _reviewed(
    path: str,
    rev: str | None,
    name: str | None,
    profile: str | None,
    rules: tuple[str | Path, ...],
    limits: tuple[str, ...],
) -> Review:
    from pathlib import Path

    from portfolio_check.cli.config import ConfigError
    from portfolio_check.repository.opening import OpenError
    from portfolio_check.review.check import check
    from portfolio_check.rules.errors import RuleError

    try:
        return check(
            path,
            rev=rev,
            name=name,
            profile=profile,
            rules=[Path(folder) for folder in rules],
            limits=_limits(limits),
        )
    except (OpenError, RuleError, ConfigError) as error:
        raise UnusableError(str(error)) from None


def _limits(settings: tuple[str, ...]) -> Limits | None:
    if not settings:
        return None
    import msgspec

    from portfolio_check.repository.limits import Limits

    names = [field.name for field in msgspec.structs.fields(Limits)]
    values: dict[str, str] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in names:
            raise click.BadParameter(f"{name!r} is no limit; limits are {', '.join(names)}", param_hint="--limit")
        if not (value.isascii() and value.isdigit() and len(value) <= DIGITS and int(value)):
            raise click.BadParameter(
                f"{setting!r}: the value must be a whole number above 0, of at most {DIGITS} digits",
                param_hint="--limit",
            )
        values[name] = value
    try:
        return msgspec.convert(values, Limits, strict=False)
    except msgspec.ValidationError as error:
        raise click.BadParameter(str(error), param_hint="--limit") from None


def _write(done: Review, form: str, output: str | None, *, color: str, verbose: bool, quiet: bool) -> None:
    from portfolio_check.cli.output import report_width, standard_encoding, wants_color, write_report

    if form == "json":
        from portfolio_check.reports.json import to_json

        data = to_json(done)
    else:
        from portfolio_check.reports.text import to_text

        text = to_text(
            done,
            width=report_width(output),
            color=wants_color(color, output),
            verbose=verbose,
            quiet=quiet,
        )
        data = text.encode(standard_encoding(output), "replace")
    write_report(data, output)
