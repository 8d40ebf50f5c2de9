"""The command line: arguments in, one library call, a table out."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from kg.commands.build import build
from kg.commands.check import check
from kg.commands.console import out
from kg.commands.diff import diff
from kg.commands.evaluate import evaluate
from kg.commands.export import export
from kg.commands.mcp import mcp
from kg.commands.network import network
from kg.commands.path import path
from kg.commands.query import query
from kg.commands.read import read
from kg.commands.recommend import recommend
from kg.commands.serve import serve
from kg.commands.show import show, view
from kg.commands.train import train

app = typer.Typer(
    name="kg",
    help="Research papers in, a knowledge graph out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        out.print(f"kg {version('paperkg')}")
        raise typer.Exit


@app.callback()
def main_options(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Research papers in, a knowledge graph out.

    Example: kg build seeds -o exports
    """


_COMMANDS = (
    *(read, build, query, show, view, serve, mcp),
    *(network, path, recommend),
    *(check, diff, export, evaluate, train),
)
for _command in _COMMANDS:
    app.command()(_command)


def main() -> None:
    """The command ``kg``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit("kg: stopped; the files of the last build are as they were")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
