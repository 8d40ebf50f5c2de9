"""A build, opened and served."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.serve.app import application
from kg.serve.frontdoor import LOOPBACK
from kg.serve.limits import Limits, limits
from kg.serve.listening import address, on_loopback, serve
from kg.serve.world import open_world


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose; None for what ``limits.toml`` says.

    Attributes:
        seconds: that a query may take.
        workers: processes for queries.
        memory_mib: that a query may take.
        per_minute: requests of one client.
        at_once: requests of one client under way.
        names: further names that the server goes by.
    """

    seconds: float | None = None
    workers: int | None = None
    memory_mib: int | None = None
    per_minute: int | None = None
    at_once: int | None = None
    names: tuple[str, ...] = ()


def run(graph: Path, sock: socket.socket, options: Options, up: Callable[[str], None]) -> bool:
    """Serve a build until interrupted.

    Args:
        graph: its folder, or the Turtle file of a graph alone.
        sock: where clients connect.
        options: what was chosen.
        up: told the address once the server answers.

    Returns:
        whether it came up at all.

    Raises:
        kg.query.store.QueryError: where there is no graph, or one that cannot be read.
    """
    alone = on_loopback(sock)
    names = {*LOOPBACK, *options.names} if alone else set(options.names)
    world = open_world(graph)
    folder = graph if graph.is_dir() else graph.parent
    file = graph / "graph.ttl" if graph.is_dir() else graph
    app = application(world, folder, _version(file), chosen(options, alone), names)
    return serve(app, sock, lambda: up(address(sock)), app.state.served.pool.close)


def chosen(options: Options, alone: bool) -> Limits:
    """The limits with what was chosen; a server for this machine alone does not count its only client.

    Example:
        >>> chosen(Options(seconds=3.0), alone=True).seconds
        3.0
        >>> chosen(Options(), alone=True).client_per_minute
        0
    """
    usual = limits()
    if alone:
        usual = replace(usual, client_per_minute=0, client_at_once=0)
    wanted: dict[str, Any] = {
        "seconds": options.seconds,
        "query_workers": options.workers,
        "memory_mib": options.memory_mib,
        "client_per_minute": options.per_minute,
        "client_at_once": options.at_once,
    }
    return replace(usual, **{name: value for name, value in wanted.items() if value is not None})


def _version(file: Path) -> str:
    with file.open("rb") as stream:
        return f"{version('paperkg')} {hashlib.file_digest(stream, 'blake2b').hexdigest()}"
