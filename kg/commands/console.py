"""Where commands print: results on standard output, all else on standard error, faults in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.query.plain import printable

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
grid = Console(highlight=False, emoji=False)  # for tables, which fit themselves to the width


def fail(message: str, status: int = 1) -> NoReturn:
    """End with one line on standard error."""
    warn(message)
    raise typer.Exit(status)


def warn(message: str) -> None:
    """Say one line on standard error."""
    err.print(f"kg: {printable(message)}", markup=False)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the errors that a user can mend into one line and exit status 1."""
    from kg.knowledge_graph import NotABuildError
    from kg.query.check import CheckError
    from kg.query.store import QueryError
    from kg.read.source import ReadError

    try:
        yield
    except (ReadError, QueryError, NotABuildError, CheckError) as error:
        fail(str(error))
    except BrokenPipeError:
        raise  # who reads has read enough
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}; check that the folder exists and can be written")
    except MemoryError:
        fail("out of memory; build fewer papers at a time")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, silence in a pipe; told of stage, steps done and steps in all."""
    if not err.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done)

        yield advance


def print_json(content: Any) -> None:
    """Print plain types as JSON."""
    sys.stdout.write(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode() + "\n")


def print_columns(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> None:
    """Print rows of untrusted text under a title.

    Args:
        title: what the table tells.
        header: the names of the columns.
        rows: their cells.
        numbers: how many of the last columns hold numbers.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(printable(title)), title_justify="left", box=box.SIMPLE_HEAD, header_style="bold"
    )
    for place, name in enumerate(header):
        is_number = place >= len(header) - numbers
        table.add_column(Text(printable(name)), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    grid.print(table)


def print_table(header: list[str], rows: list[list[str]]) -> None:
    """Print rows of untrusted text, and how many there are."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for name in header:
        table.add_column(Text(printable(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    grid.print(table)
    out.print(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}")
