"""A server on a port, from its start to Ctrl-C."""

from __future__ import annotations

import contextlib
import ipaddress
import resource
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.types import ASGIApp

from kg.serve.patience import PatientProtocol
from kg.serve.web import web


class ListenError(Exception):
    """The server cannot listen where it should; the message is one line with the remedy."""


class _Server(uvicorn.Server):
    """A server that says when it is up, and gives up what it works on when it is stopped."""

    def __init__(
        self, config: uvicorn.Config, up: Callable[[], None], down: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._up = up
        self._down = down

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._up()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()  # nobody new, before those who wait are sent away
        await self._down()
        await super().shutdown(sockets)


def listening(host: str, port: int) -> socket.socket:
    """A socket that clients can connect to.

    Args:
        host: a name or address of this machine.
        port: 0 for any that is free.

    Raises:
        ListenError: where the port is taken or the host is not this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        sock = socket.socket(family, kind, protocol)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(web().connections.backlog)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ListenError(
            f"cannot listen on {host} port {port}: {reason}; choose another with --port"
        ) from None
    return sock


def address(sock: socket.socket) -> str:
    """The address of a socket as a browser takes it.

    Example:
        >>> with listening("127.0.0.1", 0) as sock:
        ...     address(sock).startswith("http://127.0.0.1:")
        True
    """
    host, port = sock.getsockname()[:2]
    return f"http://[{host}]:{port}" if sock.family == socket.AF_INET6 else f"http://{host}:{port}"


def on_loopback(sock: socket.socket) -> bool:
    """Whether only this machine can connect."""
    return ipaddress.ip_address(sock.getsockname()[0].partition("%")[0]).is_loopback


def serve(
    app: ASGIApp, sock: socket.socket, up: Callable[[], None], down: Callable[[], Awaitable[None]]
) -> bool:
    """Answer requests until interrupted or terminated.

    Args:
        app: what answers.
        sock: where clients connect.
        up: called once the first client would be answered.
        down: called when it is stopped; ends the work under way.

    Returns:
        whether it came up at all.
    """
    limits = web().connections
    _allow_files(limits.most)
    config = uvicorn.Config(
        app,
        loop="asyncio",  # the workers' sockets count on its transports; uvloop gains little here
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=limits.most,
        timeout_keep_alive=limits.keep_alive_seconds,
        timeout_graceful_shutdown=limits.farewell_seconds,
    )
    server = _Server(config, up, down)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[sock])
    return server.started


def _allow_files(connections: int) -> None:
    """Let this process have a file for each connection, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * connections if hard == resource.RLIM_INFINITY else min(2 * connections, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
