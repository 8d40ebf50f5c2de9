"""``kg path``: the chain of papers between two people."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import out, plainly, print_json
from kg.commands.options import AsJson, Graph
from kg.query.plain import printable

if TYPE_CHECKING:
    from kg.query.chain import Chain


def path(
    one: Annotated[str, typer.Argument(help="A person.", metavar="NAME")],
    other: Annotated[str, typer.Argument(help="Another person.", metavar="NAME")],
    graph: Graph = Path("exports"),
    as_json: AsJson = False,
) -> None:
    """Show the shortest chain of papers between two people.

    Example: kg path "Yoshua Bengio" "Bernhard Schölkopf"
    """
    from kg.query.chain import connection

    with plainly():
        found = connection(graph, one, other)
    if as_json:
        print_json(asdict(found))
        return
    out.print(printable(_headline(found)), markup=False)
    for link in found.path:
        year = f" ({link.year})" if link.year is not None else ""
        more = f", and {link.papers - 1} more" if link.papers > 1 else ""
        out.print(printable(f"  {link.one.name} and {link.other.name}"), markup=False)
        out.print(printable(f"    {link.title}{year}{more}"), markup=False)


def _headline(found: Chain) -> str:
    start, end = found.start.name, found.end.name
    if not found.connected:
        return f"{start} and {end} are not connected: no chain of papers in this graph leads from one to the other"
    if found.start == found.end:
        return f"{start} and {end} are one person in this graph"
    count = len(found.path)
    return f"{start} and {end} are connected by {count} {'paper' if count == 1 else 'papers'}"
