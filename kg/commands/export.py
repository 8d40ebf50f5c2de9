"""``kg export``: a built graph in other formats."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import fail, out, plainly, warn
from kg.commands.options import Graph
from kg.export.formats import FORMATS, Format

_STREAM = "-"
_DATE_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_CHOICES = "; ".join(f"{form.name}: {form.title}" for form in FORMATS.values())


def export(
    graph: Graph = Path("exports"),
    name: Annotated[str, typer.Option("--format", "-f", help=f"{_CHOICES}.", metavar="NAME")] = "nt",
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", help="File or folder; - for standard output; else beside the graph."),
    ] = None,
    created: Annotated[
        str | None,
        typer.Option(help="Date of nanopublications, ISO 8601; else SOURCE_DATE_EPOCH.", metavar="WHEN"),
    ] = None,
    creator: Annotated[
        str | None, typer.Option(help="Who publishes nanopublications: an ORCID or other web address.")
    ] = None,
) -> None:
    """Write a built graph in another format.

    Example: kg export -g exports --format jsonld
    """
    from kg.export.source import Source
    from kg.export.writing import export as write
    from kg.query.store import base_of, load_graph

    form = _format(name)
    when, who = _instant(created), _address(creator)
    with plainly():
        store = load_graph(graph)
        source = Source(store, base_of(store), when, who)
        if form.name == "nanopub" and not when:
            warn("nanopublications without a date; give --created or SOURCE_DATE_EPOCH to date them")
        if output == _STREAM:
            write(source, form, sys.stdout.buffer)
            return
        target = _target(form, graph, output)
        write(source, form, target)
    out.print(f"{target}", markup=False)


def _format(name: str) -> Format:
    if name not in FORMATS:
        fail(f"no format {name!r}; there are {', '.join(FORMATS)}", status=2)
    return FORMATS[name]


def _target(form: Format, graph: Path, output: str | None) -> Path:
    """Where the export goes: as asked, inside a folder that is there already, or beside the graph."""
    if output is None:
        return (graph if graph.is_dir() else graph.parent) / form.path
    path = Path(output)
    return path / form.path if path.is_dir() and not form.is_folder else path


def _instant(created: str | None) -> str:
    """The date as an xsd:dateTime in UTC; empty where neither option nor environment tells one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if created is not None:
            moment = datetime.fromisoformat(created)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC).strftime(_DATE_FORMAT)
        return datetime.fromtimestamp(int(epoch), UTC).strftime(_DATE_FORMAT) if epoch else ""
    except (ValueError, OverflowError, OSError):
        fail(f"{created or epoch!r} is no date; write one like 2026-03-31T12:00:00Z", status=2)


def _address(creator: str | None) -> str:
    from kg.write.rdf import web_address

    if creator is None:
        return ""
    if not creator.startswith(("https://", "http://")):
        fail(f"{creator!r} is no web address; give one like https://orcid.org/0000-0002-1825-0097", status=2)
    return web_address(creator).value
