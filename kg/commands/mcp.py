"""``kg mcp``: the graph as tools of an assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import fail, plainly
from kg.commands.options import Graph

_PACKAGES = ("mcp", "mcp_types")


def mcp(
    graph: Graph = Path("exports"),
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds that a query may take.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes for queries.")] = None,
    memory: Annotated[int | None, typer.Option(min=64, help="MiB that a query may take.")] = None,
) -> None:
    """Let an assistant ask the graph: a server of the Model Context Protocol on standard input and output.

    Assistants start it themselves; see docs/assistants.md for how to tell them.

    Example: kg mcp -g exports
    """
    try:
        from kg.serve.assistant.stdio import run
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in (*_PACKAGES, "jsonschema"):
            raise
        fail("kg mcp needs the package mcp, version 2; run: pip install 'paperkg[mcp]'")
    from kg.serve.serving import Options

    with plainly():
        try:
            run(graph, Options(timeout, workers, memory))
        except KeyboardInterrupt:
            return
