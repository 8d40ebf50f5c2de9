"""``kg serve``: the graph on the web, an endpoint for queries and a page for each thing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import fail, plainly
from kg.commands.options import Graph


def serve(
    graph: Graph = Path("exports"),
    host: Annotated[str, typer.Option(help="Where to listen; 0.0.0.0 for every network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free one.")] = 8000,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds that a query may take.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes for queries.")] = None,
    memory: Annotated[int | None, typer.Option(min=64, help="MiB that a query may take.")] = None,
    rate: Annotated[
        int | None, typer.Option(min=0, help="Requests a minute of one client; 0 for any number.")
    ] = None,
    at_once: Annotated[
        int | None, typer.Option(min=0, help="Requests of one client at once; 0 for any number.")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A further name that the server goes by, behind a proxy; may be repeated."),
    ] = None,
) -> None:
    """Serve the graph: SPARQL at /sparql, a page for each thing, search and the explorer.

    It listens on this machine alone unless told otherwise, and then counts what each client asks.

    Example: kg serve -g exports --port 8000
    """
    from kg.serve.listening import ListenError, listening
    from kg.serve.serving import Options, run

    chosen = Options(timeout, workers, memory, rate, at_once, tuple(allow_host or ()))
    with plainly():
        try:
            with listening(host, port) as sock:
                came_up = run(graph, sock, chosen, _announce)
        except ListenError as error:
            fail(str(error))
        except KeyboardInterrupt:
            return
    if not came_up:
        fail("the server could not start; see the lines above")


def _announce(address: str) -> None:
    """The one line, at once even in a pipe."""
    sys.stdout.write(f"{address}/\n")
    sys.stdout.flush()
