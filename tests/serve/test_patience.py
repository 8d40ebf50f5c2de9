"""Slow clients, on a server with little patience in this process."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.serve import patience
from kg.serve.requests import BodyError, body, response
from kg.serve.web import web

HEAD, BODY, STALL = 0.4, 0.4, 0.6  # seconds
LARGE = 30_000_000


async def read(request: Request) -> Response:
    try:
        content = await body(request, 1_000, BODY)
    except BodyError as error:
        return response(error.reply)
    return PlainTextResponse(f"{len(content)} bytes")


async def large(request: Request) -> Response:
    return Response(b"x" * LARGE)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    usual = web()
    hasty = replace(usual, connections=replace(usual.connections, head_seconds=HEAD, stall_seconds=STALL))
    app = Starlette(routes=[Route("/", read, methods=["POST", "GET"]), Route("/large", large)])
    config = uvicorn.Config(app, http=patience.PatientProtocol, log_level="error", ws="none")
    server = uvicorn.Server(config)
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as sock:
        patch.setattr(patience, "web", lambda: hasty)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield sock.getsockname()[1]
        server.should_exit = True
        thread.join()


@contextlib.contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as sock:
        yield sock


def said(sock: socket.socket) -> bytes:
    """All that comes until the connection is closed."""
    heard = b""
    with contextlib.suppress(ConnectionError):
        while part := sock.recv(65_536):
            heard += part
    return heard


def drip(sock: socket.socket, content: bytes) -> None:
    """Send a byte at a time until nobody listens."""
    with contextlib.suppress(OSError):
        for byte in content:
            sock.sendall(bytes([byte]))
            time.sleep(0.05)


def test_a_head_that_drips_in_is_cut_off(port: int) -> None:
    with connected(port) as sock:
        began = time.perf_counter()
        drip(sock, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 100)
        assert said(sock) == b""
        assert time.perf_counter() - began < 8


def test_a_client_that_says_nothing_is_cut_off(port: int) -> None:
    with connected(port) as sock:
        assert said(sock) == b""


def test_a_second_head_that_drips_in_is_cut_off(port: int) -> None:
    with connected(port) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert sock.recv(65_536).startswith(b"HTTP/1.1 200")
        drip(sock, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 40)
        assert b"200" not in said(sock)


def test_a_body_that_drips_in_is_refused(port: int) -> None:
    with connected(port) as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n")
        drip(sock, b"a" * 20)
        assert said(sock).startswith(b"HTTP/1.1 408")


def test_a_client_that_reads_no_answer_is_cut_off(port: int) -> None:
    with connected(port) as sock:
        sock.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(STALL + 1)
        assert len(said(sock)) < LARGE


def test_a_client_with_manners_is_answered_again_and_again(port: int) -> None:
    with connected(port) as sock:
        for _ in range(3):
            sock.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")
            heard = b""
            while b"3 bytes" not in heard:
                heard += sock.recv(65_536)
            time.sleep(HEAD * 0.6)
