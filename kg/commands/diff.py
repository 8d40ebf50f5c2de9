"""``kg diff``: what changed between two builds, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import fail, out, plainly, print_columns, print_json
from kg.commands.options import AsJson
from kg.query.plain import printable

if TYPE_CHECKING:
    from kg.diff.compare import Difference
    from kg.diff.summary import Group

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def diff(
    old: Annotated[Path, typer.Argument(help="The older build, or its graph.ttl.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="The newer build, or its graph.ttl.", metavar="NEW")],
    html: Annotated[
        Path | None, typer.Option(help="Write a page, to be opened offline.", metavar="FILE")
    ] = None,
    patch: Annotated[
        Path | None, typer.Option(help="Write an RDF patch that brings OLD to NEW.", metavar="FILE")
    ] = None,
    examples: Annotated[
        int | None, typer.Option(min=1, help="How many examples of each cause at most.", metavar="N")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with status 1 where they differ.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell what changed between two builds, and why.

    Example: kg diff exports-before exports --html changes.html
    """
    from kg.diff.compare import compare
    from kg.diff.page import page
    from kg.diff.summary import as_dict

    if html and patch and html.resolve() == patch.resolve():
        fail("--html and --patch name one file; name two", 2)
    with plainly():
        with ExitStack() as files:
            take = files.enter_context(_written(patch)) if patch else None
            difference = compare(old, new, take)
        if html:
            with _written(html) as write:
                write(page(difference, str(old), str(new)).encode())
    if as_json:
        print_json(as_dict(difference))
    else:
        _print(difference, examples)
    if exit_code and difference:
        raise typer.Exit(1)


@contextmanager
def _written(file: Path) -> Iterator[Callable[[bytes], object]]:
    """A file that takes bytes and stands in its place once it is whole."""
    from kg.write.aside import aside

    if file.is_dir():
        fail(f"{file}: is a folder; name a file")
    with aside(file.parent) as folder, (folder / file.name).open("wb") as stream:
        yield stream.write


def _print(difference: Difference, examples: int | None) -> None:
    from kg.diff.summary import groups

    if not difference:
        out.print(f"no difference; {difference.new.triples} triples in both")
        return
    found = groups(difference)
    rows = [
        [group.cause, str(group.counts.added), str(group.counts.removed), str(group.counts.changed)]
        for group in found
    ]
    print_columns("Statements by cause", ["cause", "added", "removed", "changed"], rows, numbers=3)
    for group in found:
        _print_group(difference, group, examples)
    out.print(f"{difference.new.only} triples added, {difference.old.only} removed")


def _print_group(difference: Difference, group: Group, examples: int | None) -> None:
    from kg.diff.settings import settings
    from kg.diff.summary import top, wording
    from kg.diff.wording import in_line, shortened

    limits, words = settings().limits, wording(difference)
    of_predicate = examples or limits.examples_of_predicate
    counts = [
        f"{name} {c.added + c.removed + c.changed}" for name, c in group.predicates[: limits.predicates]
    ]
    further = len(group.predicates) - len(counts)
    counts += [f"{further} more"] if further > 0 else []
    out.print(printable(f"{group.cause}: {', '.join(counts)}"), style="bold", markup=False)
    for change in top(group, examples or limits.examples, of_predicate):
        told = words.tell(change)
        line = f"{shortened(told.about, limits.text)}: {in_line(told, limits.text)}"
        out.print(printable(f"  {_SIGNS[told.kind]} {line}"), markup=False)
    out.print()
